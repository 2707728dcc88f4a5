"""The figure of one relationship says what is true of it, and its words stay in their places."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from settings_of_others import settings_of_others  # noqa: F401 - a fixture

from relsim import InputError, Parameters, Run, plots, simulate

# Whatever is drawn here is drawn under settings that must not show.
pytestmark = pytest.mark.usefixtures("settings_of_others")

MONTHS = 120
COMMERCIAL, COLLABORATIVE, PERSONAL = "commercial", "collaborative", "collaborative and personal"
COLUMNS = (
    "buyer_trust_in_seller",
    "seller_trust_in_buyer",
    *(
        f"{domain}_disclosure_by_{side}"
        for domain in ("business", "personal")
        for side in ("buyer", "seller")
    ),
    *("haggling_hours", "contract_hours", "blame_hours", "joint_hours", "personal_hours"),
    *("price", "idea_value"),
)


@dataclass
class Kept:
    """What a run has kept: months and phases of every time that two traded."""

    spells: list[tuple[int, list[str]]]
    price: float = 70.0

    def history(self, buyer: int, supplier: int) -> pd.DataFrame:
        columns = [*COLUMNS, "age"]
        table = pd.DataFrame(np.nan, index=range(MONTHS), columns=columns)
        table.insert(0, "period", np.arange(MONTHS))
        table["phase"] = pd.Series([None] * MONTHS, dtype=object)
        for first, phases in self.spells:
            rows = slice(first, first + len(phases) - 1)
            table.loc[rows, columns] = 0.5
            table.loc[rows, "price"] = self.price
            table.loc[rows, "age"] = np.arange(len(phases))
            table.loc[rows, "phase"] = phases
        return table

    def events(self, buyer: int, supplier: int) -> pd.DataFrame:
        ends = [first + len(phases) - 1 for first, phases in self.spells]
        ends = [month for month in ends if month < MONTHS - 1]
        return pd.DataFrame({"period": ends, "event": ["ended"] * len(ends)})

    def story(self, buyer: int, supplier: int) -> str:
        raise InputError("they never traded")


SAID = {
    "commercial all along": [(0, [COMMERCIAL] * 120)],
    "personal all along": [(0, [PERSONAL] * 120)],
    "commercial all along, ended in month 39": [(0, [COMMERCIAL] * 40)],
    "collaborative in month 10, personal in month 20, ended in month 49": [
        (0, [COMMERCIAL] * 10 + [COLLABORATIVE] * 10 + [PERSONAL] * 30)
    ],
    # Traded twice, and at the end: it has not ended.
    "(months 17 to 42 and 104 to 119): commercial all along": [
        (17, [COMMERCIAL] * 26),
        (104, [COMMERCIAL] * 16),
    ],
    "(months 0 to 36 and 80 to 117): collaborative at first, commercial at the end, ended in "
    "month 117": [(0, [COLLABORATIVE] * 37), (80, [COMMERCIAL] * 38)],
    # Another contract between the same two begins the month after.
    "(months 0 to 9 and 10 to 19): commercial all along, ended in month 19": [
        (0, [COMMERCIAL] * 10),
        (10, [COMMERCIAL] * 10),
    ],
}


@pytest.mark.parametrize(("said", "spells"), SAID.items())
def test_the_title_says_what_came_of_it(said: str, spells: list[tuple[int, list[str]]]) -> None:
    run = Kept(spells)
    space = "" if said.startswith("(") else ": "
    expected = f"Buyer 2 and supplier 39{space or ' '}{said}"
    assert plots.pair_text(run, 2, 39).startswith(f"{expected}. Trust at the end")
    drawn = plots.pair(run, 2, 39)
    assert drawn.texts[0].get_text().replace("\n", " ") == expected


@pytest.mark.parametrize("spells", SAID.values(), ids=list(SAID))
def test_words_stay_in_their_panels_and_apart(spells: list[tuple[int, list[str]]]) -> None:
    figure = plots.pair(Kept(spells), 2, 39)
    figure.canvas.draw()
    title = figure.texts[0].get_window_extent()
    assert figure.bbox.x0 < title.x0
    assert title.x1 < figure.bbox.x1
    assert title.y1 < figure.bbox.y1
    for axes in figure.axes:
        room, label = axes.get_window_extent(), axes.yaxis.label.get_window_extent()
        assert label.height <= room.height
        assert not axes._left_title.get_window_extent().overlaps(title)
    trust = figure.axes[0]
    room = trust.get_window_extent()
    for words in trust.texts:
        if words.get_text() in ("commercial", "collaborative", "personal"):
            box = words.get_window_extent()
            assert room.x0 <= box.x0
            assert box.x1 <= room.x1


def test_nothing_bought_has_no_price() -> None:
    run = Kept(SAID["commercial all along"], price=0.0)
    assert "No purchase. Promises" in plots.pair_text(run, 2, 39)
    plots.pair(run, 2, 39)


@pytest.fixture(scope="module")
def small() -> Run:
    return simulate(
        Parameters(buyers=4, salespeople=8, suppliers_per_buyer=1, periods=6), 0, history=True
    )


def test_two_that_never_traded_are_refused_as_their_story_is(small: Run) -> None:
    there = set(small.history(0)["supplier"])
    never = next(one for one in range(8) if one not in there)
    with pytest.raises(InputError, match="never traded; allowed for buyer 0 are") as told:
        small.story(0, never)
    for refuse in (plots.pair, plots.pair_text):
        with pytest.raises(InputError) as said:
            refuse(small, 0, never)
        assert str(said.value) == str(told.value)
