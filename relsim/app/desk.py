"""What the page of the game asks, and what it is told.

A request has the link of the game and, at most, the decisions of its next year: the game is
replayed, so that nothing that a page says of itself counts.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from typing import Any

from relsim.app.lessons import LESSONS
from relsim.app.texts import words
from relsim.io.errors import InputError, known, shown
from relsim.model.draws import check_seed
from relsim.play import catalogue
from relsim.play.catalogue import LANGUAGES
from relsim.play.decisions import Decisions
from relsim.play.game import PART, RULES, Game
from relsim.play.refusals import RefusedError, refusing
from relsim.play.rewind import comparison, play_on_as
from relsim.play.scenarios import BUYERS, SCENARIOS, YEARS
from relsim.play.view import result, view

MAX_GAMES = 64
"""Games kept, by their links, so that the next year need not replay the years before."""

MAX_LINK = 4_000
"""Characters of the longest link of one player: ten years, each with single suppliers."""

TABLES = (
    *("page", "decision", "bargain", "disclose", "order", "inspect", "confided"),
    *("phase", "stance", "meaning", "ghost", "measure", "scenario"),
)
"""Tables of the game's words that its scripts put in place."""

FITTING = {
    "component_price": "price",
    "extras_per_unit": "promises",
    "later_service_per_unit": "service",
    "haggling_per_unit": "time",
    "contracting_per_unit": "time",
    "blame_per_unit": "time",
    "inspection_per_unit": "promises",
    "failure_per_unit": "silence",
    "delay_per_unit": "promises",
    "relationship_per_unit": "friends",
    "switching_per_unit": "patience",
    "idea_savings_per_unit": "ideas",
    "stopped": "silence",
    "turbulent": "storm",
    "commodity": "storm",
    "short_horizons": "patience",
}
"""Lessons by what the debrief names: a part of the cost, who stopped disclosing, the scenario."""

MOST_LESSONS = 3


def config(language: str) -> dict[str, Any]:
    """What the scripts of a desk must know: language, words, scenarios."""
    told = catalogue.words(language)
    return {
        "language": language,
        "words": {
            key: told.sentence(key) for key in told.sentences if key.partition(".")[0] in TABLES
        },
        "scenarios": list(SCENARIOS),
    }


class Desk:
    """Answers requests of one player, and keeps the last games.

    Examples
    --------
    >>> desk = Desk()
    >>> seen = desk.answer("new", {"scenario": "commodity", "seed": 3})
    >>> seen["link"]
    '1~commodity~3~8~0.'
    >>> desk.answer("decide", {"game": seen["link"], "decisions": {}})["link"]
    '1~commodity~3~8~0.fuuuu'
    """

    def __init__(self) -> None:
        self._games: OrderedDict[str, Game] = OrderedDict()
        self._lock = Lock()
        self._requests: Mapping[str, tuple[set[str], Callable[..., dict[str, Any]]]] = {
            "new": ({"scenario", "seed"}, self._new),
            "view": ({"game"}, self._view),
            "decide": ({"game", "decisions", "before"}, self._decide),
            "rewind": ({"game", "year"}, self._rewind),
            "result": ({"game", "before"}, self._result),
        }

    def answer(self, request: str, asked: Any) -> dict[str, Any]:
        """The answer to a request.

        Parameters
        ----------
        request : str
            ``new`` (``scenario``, ``seed``), ``view`` (``game``), ``decide`` (``game``,
            ``decisions``, ``before``), ``rewind`` (``game``, ``year``) or ``result`` (``game``,
            ``before``). With ``before``, the link of a finished game, ``decide`` decides all
            following years as there, and ``result`` compares with it.
        asked : mapping
            Its values, and ``language``.

        Raises
        ------
        InputError
            In one line, what is wrong and what is allowed.
        """
        known("request", [request], self._requests)
        names, method = self._requests[request]
        if not isinstance(asked, Mapping):
            raise InputError(f"request = {shown(asked)}: allowed is a mapping")
        known(f"part of {request}", asked, [*sorted(names), "language"])
        language = asked.get("language", next(iter(LANGUAGES)))
        known("language", [language], LANGUAGES)
        given = {name: value for name, value in asked.items() if name != "language"}
        if "game" in names and "game" not in given:
            raise InputError("game is missing: allowed is the link of a game")
        return method(language, **given)

    def _new(self, language: str, scenario: Any = "usual", seed: Any = None) -> dict[str, Any]:
        with refusing("scenario"):
            known("scenario", [scenario], SCENARIOS)
        with refusing("seed", value=shown(seed)):
            # Short, for it is read out and typed; numbers of the model's draws, no secret.
            number = secrets.randbelow(10_000) if seed is None else check_seed(seed)
        buyer = SCENARIOS[scenario].buyer
        link = PART.join(map(str, (RULES, scenario, number, BUYERS, f"{buyer}.")))
        return self._view(language, link)

    def _view(self, language: str, game: Any) -> dict[str, Any]:
        with self._game(game) as opened:
            return view(opened, language=language)

    def _decide(
        self, language: str, game: Any, decisions: Any = None, before: Any = None
    ) -> dict[str, Any]:
        with refusing("decisions"):
            chosen = Decisions.read({} if decisions is None else decisions)
        with self._game(game) as opened:
            with refusing("decisions"):
                opened.advance(chosen)
            if before is not None:
                with self._game(before) as other:
                    _check_same(opened, other)
                    play_on_as(opened, other)
            return view(opened, language=language)

    def _rewind(self, language: str, game: Any, year: Any = None) -> dict[str, Any]:
        with self._game(game) as opened, refusing("year"):
            back = opened.rewind(year)
        with self._game(back.link, back) as again:
            return view(again, language=language)

    def _result(self, language: str, game: Any, before: Any = None) -> dict[str, Any]:
        with self._game(game) as opened:
            with refusing("result", years=YEARS):
                told = result(opened, language=language)
            told["lessons"] = lessons(told, language)
            if before is not None:
                with self._game(before) as other:
                    _check_same(opened, other)
                    said = comparison(opened, other)
                    text = catalogue.words(language)(f"rewind.{said['key']}", **said["values"])
                    told["before"] = {
                        "series": other.series(),
                        "cost": other.measures()["total_cost_per_unit"],
                        "comparison": {**said, "text": text},
                    }
            return told

    @contextmanager
    def _game(self, link: Any, game: Game | None = None) -> Iterator[Game]:
        """A game that nobody else has meanwhile, and that is kept under the link it then has."""
        with refusing("game"):
            check_single(link)
            if game is None:
                with self._lock:
                    game = self._games.pop(link, None)
            game = game or Game.from_link(link)
        yield game
        with self._lock:
            self._games[game.link] = game
            self._games.move_to_end(game.link)
            while len(self._games) > MAX_GAMES:
                self._games.popitem(last=False)


def check_single(link: Any) -> None:
    """Refuse a market of more than one player before time is spent on it."""
    if not isinstance(link, str) or len(link) > MAX_LINK:
        raise InputError(f"game: allowed is a link of at most {MAX_LINK} characters")
    parts = link.split(PART)
    if len(parts) > 3 and (len(parts) != 5 or parts[3] != str(BUYERS)):
        raise InputError(f"game: allowed is one player in a market of {BUYERS} buyers")


def _check_same(game: Game, before: Game) -> None:
    """Two games can be compared if only decisions differ."""
    same = (game.scenario, game.seed, list(game.decided)) == (
        before.scenario,
        before.seed,
        list(before.decided),
    )
    if not (same and before.is_over):
        raise RefusedError(
            "before", "before: allowed is a finished game of the same scenario and seed"
        )


def lessons(told: Mapping[str, Any], language: str) -> list[dict[str, str]]:
    """Lessons that explain a result: their keys and titles, those of the debrief first."""
    named = []
    for each in told["debrief"]:
        for side in ("against", "favour"):
            named += list(each["values"].get(side, {}))[:1]
        named.append(each["key"])
    keys = [FITTING[name] for name in (*named, told["scenario"]) if name in FITTING]
    keys += [one.key for one in LESSONS]
    chosen = list(dict.fromkeys(keys))[:MOST_LESSONS]
    return [{"key": key, "title": words(language)(f"lessons.{key}.title")} for key in chosen]
