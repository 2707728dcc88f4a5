"""All lessons in one HTML file that works from disk, without Python or internet.

The same page, pictures and script as the server's. In place of the server stands a table: every
stop of a lesson's one or two sliders was run beforehand with ``relsim.compare``'s own arithmetic.
Runs of an arm are made once, wherever the other arm's slider stands.
"""

from __future__ import annotations

import base64
import gzip
import itertools
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from relsim.app import page, parts, portraits, sentences, views
from relsim.app import settings as links
from relsim.app.entries import entries
from relsim.app.lessons import LESSONS, Lesson, Slider
from relsim.app.settings import Settings
from relsim.app.texts import Words, words
from relsim.comparison import Comparison, run_all, seeds
from relsim.comparison.running import run_arm
from relsim.comparison.tables import Outcome
from relsim.engine.versions import __version__
from relsim.io.files import write_atomically
from relsim.model.simulation import simulate

STOPS, REPLICATES = 9, 16
STEP = 12
"""Months between the pictures of the network that are kept."""

_MONTHLY = ("month", *(f"{name}{side}" for name in views.MONTHLY for side in views.SIDES))


def write(
    path: Path,
    lessons: Sequence[Lesson] = LESSONS,
    stops: int = STOPS,
    replicates: int = REPLICATES,
    language: str = "en",
) -> int:
    """Write the file.

    Parameters
    ----------
    path : Path
        Where to.
    lessons : sequence of Lesson
        Which ones.
    stops : int
        Of every slider.
    replicates : int
        Pairs of runs at every stop.
    language : str
        Of its words.

    Returns
    -------
    int
        Its size in bytes.
    """
    from bokeh.resources import Resources

    told = words(language)
    exported = {
        "step": STEP,
        "note": told(
            "export.note", version=__version__, replicates=replicates, seed=lessons[0].opened.seed
        ),
        "lessons": {one.key: _lesson(one, stops, replicates, told) for one in lessons},
    }
    scripts = Resources(mode="inline", components=["bokeh"]).render_js()
    html = page.html(scripts, Settings(), told, exported=exported)
    write_atomically(path, html)
    return len(html.encode())


def stops_of(lesson: Lesson, slider: Slider, count: int) -> tuple[list[float], int]:
    """Evenly spread stops, of which the nearest one gives way to the lesson's own setting.

    Parameters
    ----------
    lesson : Lesson
        Whose setting is kept.
    slider : Slider
        What it moves.
    count : int
        How many stops.

    Returns
    -------
    tuple
        The stops, and the place of the lesson's own setting.
    """
    arm = lesson.opened.first if slider.arms[0] == "a" else lesson.opened.second
    parameters = links.parameters(lesson.opened, "ab".index(slider.arms[0]))
    if slider.name in arm:
        own = float(arm[slider.name])
    elif slider.name == "aggressiveness":
        own = {"trusting": 0.0, "aggressive": 1.0}[arm["stance"]]
    elif slider.name == "life_cycle_weight":
        from relsim.parameters.stances import interpolated

        own = interpolated(float(arm["aggressiveness"]))["life_cycle_weight"]
    else:
        own = float(getattr(parameters, slider.name))
    entry = entries()[slider.name]
    values = np.linspace(entry.low, entry.high, count).round(4).tolist()
    place = int(np.argmin(np.abs(np.array(values) - own)))
    values[place] = round(own, 4)
    return values, place


def moved(settings: Settings, slider: Slider, value: float) -> Settings:
    """Settings with a slider at another stop."""
    for letter in slider.arms:
        field = "first" if letter == "a" else "second"
        arm = dict(getattr(settings, field))
        if slider.name == "aggressiveness":
            arm.pop("stance", None)
            arm.pop("aggressiveness", None)
            named = {0.0: "trusting", 1.0: "aggressive"}.get(value)
            arm |= {"stance": named} if named else {"aggressiveness": value}
        else:
            arm[slider.name] = value
        changes: dict[str, Any] = {field: arm}
        settings = settings._replace(**changes)
    return settings


class _Runs:
    """The runs of a lesson, each arm once wherever the other arm's slider stands."""

    def __init__(self, run_seeds: tuple[int, ...]) -> None:
        self.seeds = run_seeds
        self._outcomes: dict[str, list[Outcome]] = {}

    def compared(self, settings: Settings) -> tuple[list[str], Comparison]:
        """Keys of both arms, and what ``compare`` would say of them."""
        both = links.arms(settings)
        keys = [json.dumps(dict(arm), sort_keys=True) for arm in (settings.first, settings.second)]
        new = {key: arm for key, arm in zip(keys, both, strict=True) if key not in self._outcomes}
        made = run_all(list(new.values()), self.seeds, run_arm)
        self._outcomes |= zip(new, made, strict=True)
        result = Comparison(both, settings.seed, self.seeds)
        for number in range(len(self.seeds)):
            result.take(number, [self._outcomes[key][number] for key in keys])
        return keys, result


def _lesson(lesson: Lesson, count: int, replicates: int, told: Words) -> dict[str, Any]:
    """All that the page needs for a lesson."""
    found = [(slider, *stops_of(lesson, slider, count)) for slider in lesson.sliders]
    opened = lesson.opened
    runs = _Runs(seeds(opened.seed, replicates))
    arms: dict[str, dict[str, Any]] = {}
    points: dict[str, dict[str, Any]] = {}
    drawn: dict[str, portraits.Portrait] = {}
    for places in itertools.product(*(range(len(stops)) for _, stops, _ in found)):
        settings = opened
        for (slider, stops, opening), place in zip(found, places, strict=True):
            if place != opening:
                settings = moved(settings, slider, stops[place])
        keys, result = runs.compared(settings)
        seen = views.of_comparison(result, settings, told)
        for place, key in enumerate(keys):
            if key not in arms:
                run = simulate(links.parameters(settings, place), runs.seeds[0], snapshots=True)
                drawn[key] = portraits.portrait(run, STEP)
                arms[key] = _arm(seen, "ab"[place], drawn[key])
        order = list(arms)
        points[",".join(map(str, places))] = {
            "a": order.index(keys[0]),
            "b": order.index(keys[1]),
            "link": links.link(settings),
            **{name: _plain(seen[name], 9) for name in ("stack", "parts", "crossing", "words")},
            "summary": _plain(seen["summary"], 17),
            "alternatives": sentences.alternatives(seen, told)
            | portraits.alternatives(drawn[keys[0]], drawn[keys[1]], told),
        }
    table = {
        "stops": [stops for _, stops, _ in found],
        "arms": list(arms.values()),
        "points": points,
        **_pair(opened, runs.seeds[0], told),
    }
    packed = gzip.compress(json.dumps(table, allow_nan=False).encode(), 9, mtime=0)
    return {
        "box": parts.lesson_box(told, lesson, parts.stops(told, found)),
        "data": base64.b64encode(packed).decode(),
    }


def _pair(settings: Settings, seed: int, told: Words) -> dict[str, Any]:
    """Where firms stand in the networks, and what the layers of disclosure are called."""
    first, second = (
        portraits.portrait(simulate(one.parameters, seed, snapshots=True))
        for one in links.arms(settings)
    )
    drawn = portraits.of_portraits(first, second, told)
    return {"nodes": _plain(drawn["nodes"], 4), "layers": drawn["disclosure"]["layer"]}


def _arm(seen: views.Views, letter: str, drawn: portraits.Portrait) -> dict[str, Any]:
    """What is drawn of one arm whatever the other does."""
    return {
        "half": _plain(seen[f"half_{letter}"], 5),
        "month": _plain({name: seen[f"month_{letter}"][name] for name in _MONTHLY}, 5),
        "trust": _plain(seen[f"trust_{letter}"], 5),
        "album": {
            name: base64.b64encode(values.tobytes()).decode()
            for name, values in drawn.album.items()
        },
        "told": [round(share, 4) for share in drawn.told],
    }


def _plain(columns: dict[str, Any], digits: int) -> dict[str, Any]:
    """Columns as JSON can keep them; ``nan`` as null."""
    return {
        name: [
            _number(value, digits) if isinstance(value, float | int) else value for value in values
        ]
        for name, values in (
            (name, values.tolist() if isinstance(values, np.ndarray) else values)
            for name, values in columns.items()
        )
    }


def _number(value: float, digits: int) -> float | None:
    return float(f"{value:.{digits}g}") if np.isfinite(value) else None
