"""All that a page needs of a game, as data for JSON.

Hidden stances are in ``result`` alone, which there is only when the game is over.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from relsim.io.errors import InputError
from relsim.play.catalogue import Words, words
from relsim.play.characters import name_of
from relsim.play.debrief import COST, debrief, shown_difference
from relsim.play.decisions import FOR_ALL, OPTIONS, Decisions
from relsim.play.digest import Message, binding, inbox
from relsim.play.game import Game
from relsim.play.ghosts import ghosts
from relsim.play.scenarios import MONTHS, YEARS
from relsim.play.series import COST_SO_FAR


def view(game: Game, player: int | None = None, language: str = "en") -> dict[str, Any]:
    """What a player sees at the desk.

    Parameters
    ----------
    game : Game
        As far as it has been played.
    player : int, optional
        Which one; the only one if none is given.
    language : str
        Of the sentences.

    Returns
    -------
    dict
        See the example. ``options`` are those for single suppliers, ``options_for_all`` those of
        the default; ``decided`` are the decisions of the last year, as ``Decisions.read``
        understands them; ``series`` has a list a measure, a number or None a month; ``sentences``
        are the question of the game, the year to decide on and what the line of cost shows.

    Examples
    --------
    >>> import json
    >>> game = Game("commodity", 3)
    >>> game.advance()
    >>> seen = view(game)
    >>> sorted(seen)  # doctest: +NORMALIZE_WHITESPACE
    ['about', 'decided', 'inbox', 'is_over', 'link', 'months', 'options', 'options_for_all',
     'sentences', 'series', 'suppliers', 'title', 'year', 'years']
    >>> sorted(seen["suppliers"][0])
    ['binding', 'firm', 'name', 'phase', 'price', 'share', 'told', 'trust']
    >>> sorted(seen["inbox"][0])
    ['kind', 'supplier', 'text', 'values']
    >>> len(seen["series"]["component_price"]), seen["months"]
    (12, 12)
    >>> json.loads(json.dumps(seen)) == seen
    True
    """
    own = game.player(player)
    years = game.decided.get(own, ())
    buyer = game.buyer(own)
    series = game.series(own)
    told = words(language)
    return {
        "title": told(f"scenario.{game.scenario.key}"),
        "about": told(f"about.{game.scenario.key}"),
        "year": game.year,
        "years": YEARS,
        "months": game.year * MONTHS,
        "is_over": game.is_over,
        "suppliers": _suppliers(game, own, told),
        "options": {name: list(options) for name, options in OPTIONS.items()},
        "options_for_all": {name: list(options) for name, options in FOR_ALL.items()},
        "decided": (years[-1] if years else Decisions()).written(),
        "inbox": [_said(message, told) for message in inbox(game, own)],
        "series": series,
        "sentences": {
            "start": told(
                "desk.start",
                volume=round(buyer.volume),
                suppliers=len(buyer.relationships),
                years=YEARS,
            ),
            "year": told("desk.year", year=min(game.year + 1, YEARS), years=YEARS),
            "chart": _of_line(series[COST_SO_FAR], told),
        },
        "link": game.link,
    }


def _of_line(costs: list[float | None], told: Words) -> str:
    """What a line of cost shows, for who does not see it."""
    yearly = costs[MONTHS - 1 :: MONTHS]
    if not yearly:
        return told("page.chart_empty")
    return told("page.chart", costs="; ".join(told("page.number", number=one) for one in yearly))


def _suppliers(game: Game, player: int, told: Words) -> list[dict[str, Any]]:
    """What a player knows of its suppliers, in the order of its slots.

    ``trust`` is its own in the supplier, ``told`` what the supplier has disclosed to it (layers, 0
    to 3), ``share`` its part of the last orders. ``binding`` says whether the player may leave.
    """
    relationships = game.buyer(player).relationships
    period = game.year * MONTHS
    ordered = sum(each.units for each in relationships)
    return [
        {
            "firm": int(each.firm),
            "name": name_of(int(each.firm)),
            "phase": each.phase,
            "price": each.price,
            "trust": each.buyer_trust_in_seller,
            "told": each.business_disclosure_by_seller,
            "share": each.units / ordered if ordered > 0.0 else 0.0,
            "binding": _binding(binding(each, period), told),
        }
        for each in relationships
    ]


def _binding(values: Mapping[str, float], told: Words) -> str:
    """What binds a player to a supplier, said alike wherever it is said."""
    months = values["months_left"]
    if months == 0:
        return told("binding.breach" if values["breach"] else "binding.none")
    return told("binding.one" if months == 1 else "binding.more", months=months)


def _said(message: Message, told: Words) -> dict[str, Any]:
    """A message with its sentence."""
    values: dict[str, Any] = {"supplier": name_of(message.supplier), **message.values}
    if "months_left" in values:
        values["binding"] = _binding(message.values, told)
    return {
        "kind": message.kind,
        "supplier": message.supplier,
        "values": message.values,
        "text": told(f"message.{message.kind}", **values),
    }


def result(game: Game, player: int | None = None, language: str = "en") -> dict[str, Any]:
    """What a player sees when the game is over.

    Returns
    -------
    dict
        ``you`` and ``ghosts`` (by stance) each have ``series`` and ``cost`` (of a unit); ``title``
        who paid least and ``chart`` what the lines show are sentences; ``suppliers`` all firms that
        the player has dealt with and their hidden stance; ``debrief`` three sentences with key and
        values.

    Raises
    ------
    InputError
        If the game is not over.

    Examples
    --------
    >>> result(Game("commodity", 3))
    Traceback (most recent call last):
    relsim.io.errors.InputError: the game is in year 0: allowed is a result after year 10
    """
    if not game.is_over:
        raise InputError(f"the game is in year {game.year}: allowed is a result after year {YEARS}")
    own, told = game.player(player), words(language)
    twins = ghosts(game, own)
    lines = {stance: _line(twin, own) for stance, twin in twins.items()}
    mine = _line(game, own)
    costs = {"you": mine["cost"], **{stance: line["cost"] for stance, line in lines.items()}}
    return {
        "scenario": game.scenario.key,
        "you": mine,
        "ghosts": lines,
        "title": _who_won(costs, told),
        "chart": told("page.chart_result", years=YEARS, **costs),
        "suppliers": _revealed(game, own),
        "debrief": [_sentence(each, told) for each in debrief(game, twins, own)],
    }


def _who_won(costs: dict[str, float], told: Words) -> str:
    """Who paid least, as long as the numbers that a page shows differ."""
    best = min(costs, key=lambda who: costs[who])
    if shown_difference(costs["you"], costs[best]) == 0.0:
        return told("page.first", cost=costs["you"])
    winner = told(f"ghost.{best}")
    return told("page.not_first", winner=winner, cost=costs[best], you=costs["you"])


def _line(game: Game, player: int) -> dict[str, Any]:
    return {"series": game.series(player), "cost": game.measures(player)[COST]}


def _revealed(game: Game, player: int) -> list[dict[str, Any]]:
    """Every firm that a player dealt with, and the stance that it had all the time."""
    records = game.records(player)
    there = records[records["seller"] >= 0]
    stances = {
        int(firm): game.salesperson(int(seller)).stance
        for firm, seller in zip(there["firm"], there["seller"], strict=True)
    }
    return [
        {"firm": firm, "name": name_of(firm), "stance": stance}
        for firm, stance in sorted(stances.items())
    ]


def _sentence(each: dict[str, Any], told: Words) -> dict[str, Any]:
    """A sentence of the debrief: what its values name in the words of the language."""
    values = dict(each["values"])
    text = told(f"debrief.{each['key']}", **{**values, **_names(values, told)})
    return {**each, "text": " ".join([text, *_parts(values, told)])}


def _names(values: dict[str, Any], told: Words) -> dict[str, str]:
    """Whom a sentence of the debrief names."""
    names = {}
    if "ghost" in values:
        names["ghost"] = told(f"ghost.{values['ghost']}")
    if "supplier" in values:
        names["supplier"] = name_of(values["supplier"])
    return names


def _parts(values: dict[str, Any], told: Words) -> list[str]:
    """Sentences on the parts of a difference, and on all that they leave over."""
    said = []
    for side in ("favour", "against"):
        if values.get(side):
            parts = [
                told("debrief.part", part=told(f"part.{part}"), amount=amount)
                for part, amount in values[side].items()
            ]
            said.append(told(f"debrief.{side}", parts=", ".join(parts)))
    if rest := values.get("rest"):
        said.append(told(f"debrief.rest_{'against' if rest > 0.0 else 'favour'}", rest=abs(rest)))
    return said
