"""The story of one relationship, in finished words: of the run whose network the page draws.

Months count from 0, as everywhere on the page.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from relsim.app.figures_of_pair import LINES
from relsim.app.messages import packed
from relsim.app.settings import ARMS, Settings, parameters
from relsim.app.texts import Words, event_key
from relsim.comparison import seeds
from relsim.io.errors import known
from relsim.model.events import ENDINGS, OFTEN, YEAR
from relsim.model.simulation import simulate
from relsim.model.state import PHASES
from relsim.play.refusals import RefusedError, refusing

MOST_RECORDS = 100_000
"""Months of relationships in the largest run that is followed: some 90 MB while it is read."""

COUNTED = {
    "broken": "promise broken",
    "voiced": "problem voiced",
    "swallowed": "problem swallowed",
}
"""Events that a year is summed up by."""

REASONS = {sentence: reason for reason, sentence in ENDINGS.items()}
"""Why relationships end, by how a log says so."""


class Pair(NamedTuple):
    """What passed between two: months, and what happened in them."""

    months: pd.DataFrame
    log: pd.DataFrame


def story(settings: Settings, asked: Mapping[str, Any], words: Words) -> dict[str, Any]:
    """What the page shows of a relationship.

    Parameters
    ----------
    settings : Settings
        Of the page.
    asked : mapping
        ``arm``, ``buyer`` and ``supplier``; without the latter, or if the two never traded, the
        supplier with which that buyer traded for longest is followed.
    words : Words
        To tell it in.

    Returns
    -------
    dict
        ``buyers``, how many there are; ``supplier`` that is followed and all ``suppliers`` of that
        buyer, number and name; ``title``; ``sources`` of the pictures and their ``alternatives``;
        ``years``, each with its title, sum and events in sentences.

    Raises
    ------
    InputError
        If there is no such market or buyer, or the market is too large.
    """
    known("market", [asked.get("arm")], ARMS)
    made = parameters(settings, ARMS.index(asked["arm"]))
    if made.buyers * made.suppliers_per_buyer * made.periods > MOST_RECORDS:
        raise RefusedError("follow_size")
    run = simulate(made, seeds(settings.seed, 1)[0], history=True)
    buyer = asked.get("buyer")
    with refusing("follow_buyer", most=made.buyers - 1):
        partners = run.history(-1 if buyer is None else buyer)["supplier"].value_counts()
    supplier = asked.get("supplier")
    if supplier not in set(partners.index):
        supplier = int(partners.index[0])
    pair = Pair(run.history(buyer, supplier), run.events(buyer, supplier))
    return {
        "buyers": made.buyers,
        "supplier": supplier,
        "suppliers": [
            [int(number), words("follow.partner", supplier=number, months=count)]
            for number, count in partners.items()
        ],
        "title": _title(buyer, supplier, pair, words),
        "sources": {name: packed(columns) for name, columns in _sources(pair).items()},
        "alternatives": _alternatives(pair, words),
        "years": _years(pair, words),
    }


def _title(buyer: Any, supplier: Any, pair: Pair, words: Words) -> str:
    """What came of it, in a line."""
    first = pair.log.drop_duplicates("event").set_index("event")["period"]
    said = [
        words(f"follow.{event.replace(' ', '_')}", month=first[event])
        for event in ("became collaborative", "became personal")
        if event in first
    ]
    phases = pair.months["phase"].dropna()
    if not said:
        last = _phase_words(words)[PHASES.index(phases.iloc[-1])]
        always = (phases == phases.iloc[-1]).all()
        said = [words("follow.always" if always else "follow.last", phase=last)]
    ends = pair.log.loc[pair.log["event"] == "ended", "period"]
    if len(ends):
        said.append(words("follow.ended", month=ends.iloc[-1]))
    return words("follow.finding", buyer=buyer, supplier=supplier, what=", ".join(said))


def _phase_words(words: Words) -> list[str]:
    """Words of the phases; the first is that of no relationship, which is not told."""
    return ["", *words.table("phases").values()]


def _phases(pair: Pair) -> list[pd.DataFrame]:
    """Spans of months in one phase, for each phase: first month and last."""
    phase = pair.months["phase"].fillna("")
    spans = pair.months.groupby((phase != phase.shift()).cumsum())
    ends = spans.agg(left=("period", "first"), right=("period", "last"), phase=("phase", "first"))
    return [ends[ends["phase"] == name] for name in PHASES[1:]]


def _sources(pair: Pair) -> dict[str, dict[str, Any]]:
    """Columns of the two pictures."""
    lines = {name: pair.months[name].tolist() for name in itertools.chain(*LINES.values())}
    bands = {
        f"followed_{place}": {
            # The first is none, so that also a phase that never was is in the legend.
            "left": [math.nan, *(spans["left"] - 0.5)],
            "right": [math.nan, *(spans["right"] + 0.5)],
        }
        for place, spans in enumerate(_phases(pair))
    }
    return {"followed": {"month": pair.months["period"].tolist(), **lines}, **bands}


def _alternatives(pair: Pair, words: Words) -> dict[str, str]:
    """What the two pictures show, for who does not see them."""
    trust, told = (
        {called: pair.months[name].dropna() for name, called in LINES[picture].items()}
        for picture in ("followed_trust", "followed_told")
    )
    ends = {
        f"{place}_{called}": f"{values.iloc[at]:.0%}"
        for called, values in trust.items()
        for place, at in (("from", 0), ("to", -1))
    }
    lasted = [int((one["right"] - one["left"] + 1).sum()) for one in _phases(pair)]
    parts = [
        words("alternatives.part", name=name, value=count)
        for name, count in zip(_phase_words(words)[1:], lasted, strict=True)
        if count
    ]
    return {
        "followed_trust": words(
            "alternatives.followed_trust",
            title=words("pictures.followed_trust"),
            phases=", ".join(parts),
            **ends,
        ),
        "followed_told": words(
            "alternatives.followed_told",
            title=words("pictures.followed_told"),
            **{called: values.iloc[-1] for called, values in told.items()},
        ),
    }


def _years(pair: Pair, words: Words) -> list[dict[str, Any]]:
    """Year by year what happened; what happens often is counted."""
    traded = pair.months[pair.months["age"].notna()]
    told = []
    for year, rows in traded.groupby(traded["period"] // YEAR):
        there = pair.log[pair.log["period"] // YEAR == year]
        counts = there["event"].value_counts()
        last = rows.iloc[-1]
        prices = rows.loc[rows["price"] > 0.0, "price"]
        summed = words(
            "follow.year",
            price=float(prices.mean()) if len(prices) else "-",
            ideas=f"{rows['ideas_received'].sum():.0f}",
            process_ideas=f"{rows['process_ideas_received'].sum():.0f}",
            first=f"{last['buyer_trust_in_seller']:.0%}",
            second=f"{last['seller_trust_in_buyer']:.0%}",
            **{name: counts.get(event, 0) for name, event in COUNTED.items()},
        )
        events = [
            words(
                "follow.event",
                month=each.period,
                sentence=_sentence(each, pair, words),
            )
            for each in there.itertuples()
            if each.event not in OFTEN
        ]
        told.append(
            {"title": words("follow.year_title", year=year + 1), "sum": summed, "events": events}
        )
    return told


def _sentence(event: Any, pair: Pair, words: Words) -> str:
    """An event in the words of the page; an end is told by its reason."""
    name = REASONS.get(event.sentence, event.event)
    return words(f"events.{event_key(name)}", extras=pair.months.loc[event.period, "extras"])
