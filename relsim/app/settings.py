"""What a session is set to, and the link that says so.

A link is a query such as ``preset=classroom&seed=3&a.stance=aggressive&b.uncertainty=0.6``: ``a.``
and ``b.`` are the two arms, and what is not mentioned is as in the preset. Whatever comes in, from
a link or from a slider, goes through ``parse`` and through ``Parameters``, so that nothing else can
be computed than what the library allows.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, quote, urlencode

from relsim.app.entries import OPENING, OVER_PROMISING, entries
from relsim.comparison import Arm
from relsim.io.errors import InputError, known, shortened, whole, within
from relsim.model.draws import check_seed
from relsim.parameters import Entry, Parameters
from relsim.parameters.mechanisms import MECHANISMS
from relsim.parameters.presets import presets
from relsim.parameters.stances import BUYER_STANCES
from relsim.play.catalogue import LANGUAGES
from relsim.play.refusals import RefusedError, refusing

ARMS = ("a", "b")
"""Prefixes of the two arms in links, and their short names on the page."""

MOST_BUYERS, MOST_PERIODS, MOST_PLACES = 200, 360, 800
"""The largest market that a session may ask for: others wait for the same processors."""

SHARED = ("periods", "buyers", "salespeople", "suppliers_per_buyer")
"""What both markets have alike: otherwise neither their costs nor their networks compare."""

_COMMON = ("preset", "seed", "lesson", "theme", "lang")
THEMES = ("light", "dark")


class Settings(NamedTuple):
    """All that a page shows follows from these.

    Attributes
    ----------
    preset : str
        Scenario that both arms start from.
    seed : int
        Of the comparison.
    first, second : mapping of str to str or float
        What an arm sets: ``stance``, names of ``entries`` or ``without``.
    lesson : str
        Key of the lesson that is shown, or nothing.
    theme : str
        Light, dark, or nothing for what the browser prefers.
    lang : str
        Language, or nothing for the one that the browser asks for.
    """

    preset: str = "classroom"
    seed: int = 0
    first: Mapping[str, Any] = MappingProxyType({"stance": OPENING[0]})
    second: Mapping[str, Any] = MappingProxyType({"stance": OPENING[1]})
    lesson: str = ""
    theme: str = ""
    lang: str = ""


# --- from a link ----------------------------------------------------------------------------------


def parse(query: str) -> Settings:
    """Understand a link.

    Parameters
    ----------
    query : str
        What follows the question mark.

    Returns
    -------
    Settings
        Checked: both arms can be run.

    Raises
    ------
    InputError
        In one line, what is wrong and what is allowed.

    Examples
    --------
    >>> parse("seed=3&a.stance=loyal").first["stance"]
    'loyal'
    >>> parse("b.uncertainty=7")
    Traceback (most recent call last):
    relsim.play.refusals.RefusedError: b.uncertainty = 7: allowed is 0 to 1
    """
    common: dict[str, str] = {}
    arms: dict[str, dict[str, Any]] = {name: {} for name in ARMS}
    for key, value in parse_qsl(query.removeprefix("?"), keep_blank_values=True):
        arm, dot, name = key.partition(".")
        if dot:
            with refusing("link_name", name=shortened(key)):
                known("arm in the link", [arm], ARMS)
            arms[arm][name] = _value(key, name, value)
        else:
            with refusing("link_name", name=shortened(key)):
                known("setting in the link", [key], _COMMON)
            common[key] = value
    for arm, stance in zip(ARMS, OPENING, strict=True):
        if "aggressiveness" not in arms[arm]:
            arms[arm].setdefault("stance", stance)
        elif "stance" in arms[arm]:
            raise RefusedError(
                "link_stance",
                f"give {arm}.stance or {arm}.aggressiveness, not both",
                letter=arm.upper(),
            )
    settings = Settings(
        preset=common.get("preset", "classroom"),
        seed=_seed(common.get("seed", "0")),
        first=MappingProxyType(arms["a"]),
        second=MappingProxyType(arms["b"]),
        lesson=common.get("lesson", ""),
        theme=common.get("theme", ""),
        lang=common.get("lang", ""),
    )
    for name, what, allowed in (
        ("preset", "preset", presets),
        ("theme", "theme", ("", *THEMES)),
        ("lang", "language", ("", *LANGUAGES)),
    ):
        value = getattr(settings, name)
        with refusing("link_value", name=name, value=shortened(value)):
            known(what, [value], allowed)
    first, second = (parameters(settings, place) for place in range(len(ARMS)))
    for name in SHARED:
        if getattr(first, name) != getattr(second, name):
            raise RefusedError("link_alike", name=name)
    return settings


def _value(key: str, name: str, text: str) -> Any:
    given = {"name": shortened(key), "value": shortened(text)}
    if name == "stance":
        with refusing("link_value", **given):
            known(f"{key}:", [text], BUYER_STANCES)
        return text
    if name == "without":
        with refusing("link_value", **given):
            known("mechanism", text.split(","), MECHANISMS)
        return tuple(text.split(","))
    with refusing("link_name", name=shortened(key)):
        known("parameter in the link", [name], {*entries(), "stance", "without"})
    entry = entries()[name]
    sentence = "link_whole" if entry.integer else "link_range"
    with refusing(sentence, **given, low=float(entry.low), high=float(entry.high)):
        return _number(key, text, entry)


def _number(key: str, text: str, entry: Entry) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or (entry.integer and value != math.floor(value)):
        kind = "a whole number" if entry.integer else "a number"
        raise InputError(
            f"{key} = {shortened(text)}: allowed is {kind} from {entry.low:g} to {entry.high:g} "
            f"({entry.unit})"
        )
    within(key, _shortest(value), entry.low, entry.high)
    return int(value) if entry.integer else value


def _shortest(value: float) -> float:
    return int(value) if math.isfinite(value) and value == math.floor(value) else value


def _seed(text: str) -> int:
    with refusing("seed", value=shortened(text)):
        return check_seed(whole("seed =", text))


# --- to a link, and to what is run ----------------------------------------------------------------


def pairs(settings: Settings) -> list[tuple[str, str]]:
    """Settings as the names and values of a link."""
    common = [
        ("lesson", settings.lesson),
        ("preset", "" if settings.preset == Settings().preset else settings.preset),
        ("seed", str(settings.seed)),
    ]
    arms = [
        (f"{arm}.{name}", _written(value))
        for arm, changes in zip(ARMS, (settings.first, settings.second), strict=True)
        for name, value in changes.items()
    ]
    look = (("theme", settings.theme), ("lang", settings.lang))
    return [pair for pair in (*common, *arms, *look) if pair[1]]


def link(settings: Settings) -> str:
    """Write settings as a query: ``parse`` of it gives them back.

    Examples
    --------
    >>> link(Settings(seed=3))
    'seed=3&a.stance=aggressive&b.stance=trusting'
    """
    return urlencode(pairs(settings), safe=",", quote_via=quote)


def _written(value: Any) -> str:
    if isinstance(value, tuple):
        return ",".join(value)
    return repr(_shortest(value)) if isinstance(value, float) else str(value)


def parameters(settings: Settings, place: int) -> Parameters:
    """Parameters of one arm.

    Parameters
    ----------
    settings : Settings
        Of the page.
    place : int
        0 or 1.

    Returns
    -------
    relsim.Parameters
        As ``relsim.compare`` would be given for the same.

    Raises
    ------
    InputError
        If a value is out of range, values do not go together, or the market is too large here.
    """
    chosen = (settings.first, settings.second)[place]
    base = presets[settings.preset]
    changes: dict[str, Any] = {}
    for name, value in chosen.items():
        if name == "stance":
            changes["buyer_stances"] = value
        elif name == "life_cycle_weight":
            changes["stance_items"] = {name: value}
        elif name == OVER_PROMISING:
            changes["seller_stances"] = _mixture(base, value)
        elif name == "clamped_trust":
            changes["hold"] = {"trust": value}
        else:
            changes[name] = value
    try:
        made = base.with_values(**changes)
    except InputError as error:
        # Of the sliders, this one alone has values between that are not allowed.
        key = "link_even" if chosen.get("contacts", 0) % 2 else "link_market"
        words = dict.fromkeys(re.findall(r"\w+", str(error)))
        named = [word for word in words if word in entries()]
        raise RefusedError(
            key,
            f"{ARMS[place]}: {error}",
            letter=ARMS[place].upper(),
            names=", ".join(named or changes),
        ) from None
    _check_size(made)
    return made


def _mixture(base: Parameters, share: float) -> dict[str, float]:
    """Stances of sellers with this share of over-promising ones, the others in proportion."""
    usual = base.seller_stances
    assert isinstance(usual, dict)
    others = 1.0 - usual[OVER_PROMISING]
    mixture = {name: part / others * (1.0 - share) for name, part in usual.items()}
    mixture[OVER_PROMISING] = share
    return mixture


def _check_size(made: Parameters) -> None:
    limits = {"buyers": MOST_BUYERS, "salespeople": MOST_BUYERS, "periods": MOST_PERIODS}
    for name, most in limits.items():
        if getattr(made, name) > most:
            raise _too_large(name, getattr(made, name), most)
    places = made.buyers * made.suppliers_per_buyer
    if places > MOST_PLACES:
        raise _too_large("buyers * suppliers_per_buyer", places, MOST_PLACES)


def _too_large(name: str, value: int, most: int) -> RefusedError:
    detail = f"{name} = {value}: allowed in the classroom is 1 to {most}"
    return RefusedError("link_size", detail, name=name, value=value, most=most)


def arms(settings: Settings) -> tuple[Arm, Arm]:
    """Both arms as ``relsim.comparison`` runs them."""
    first, second = (
        Arm(name.upper(), parameters(settings, place)) for place, name in enumerate(ARMS)
    )
    return first, second
