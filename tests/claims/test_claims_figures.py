"""Figures of claims can be read, and show what was found."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from settings_of_others import settings_of_others  # noqa: F401 - a fixture

from relsim.claims import matrix_report, report
from relsim.claims.forms import Claim, Part
from relsim.claims.matrix import Matrix
from relsim.claims.running import ArmResult, ClaimResult, PartResult, judged
from relsim.claims.table import CLAIMS
from relsim.parameters.mechanisms import THEORIES

# Whatever is drawn here is drawn under settings that must not show.
pytestmark = pytest.mark.usefixtures("settings_of_others")


@pytest.mark.parametrize("name", ["B14", "B19", "B22"])
def test_names_do_not_lie_on_each_other(name: str) -> None:
    """Of the parts with the most arms, the longest names, and with curves."""
    (claim,) = (claim for claim in CLAIMS if claim.id == name)
    drawn = report.figure(ClaimResult(claim, tuple(anything(claim, part) for part in claim.parts)))
    drawn.canvas.draw()
    panels = drawn.axes[: len(claim.parts)]
    for words in (
        [axes.xaxis.label for axes in panels],
        *(axes.get_xticklabels() for axes in panels),
        *(axes.get_yticklabels() for axes in panels),
    ):
        places = [one.get_window_extent() for one in words]
        assert not any(one.overlaps(other) for one, other in combinations(places, 2))


def test_a_figure_says_of_how_many_runs_it_is_and_with_which_seed() -> None:
    claim = next(claim for claim in CLAIMS if claim.id == "B4")
    parts = tuple(anything(claim, part) for part in claim.parts)
    for seed, said in ((7, "4 replicates, seed 7; whiskers"), (None, "4 replicates; whiskers")):
        drawn = report.figure(ClaimResult(claim, parts, seed))
        assert " ".join(drawn.get_supxlabel().split()).startswith(said)
        drawn.canvas.draw()
        note = drawn._supxlabel.get_window_extent()  # type: ignore[attr-defined]
        assert note.x1 <= drawn.bbox.x1
        for axes in drawn.axes[: len(parts)]:
            assert not axes.xaxis.label.get_window_extent().overlaps(note)


def anything(claim: Claim, part: Part) -> PartResult:
    """What could have come out for a part."""
    curved = part.contrast.kind == "curve"
    shape = (4, 120) if curved else (4,)
    random = np.random.default_rng(0)
    arms = tuple(ArmResult(arm.name, random.random(shape)) for arm in part.arms)
    return judged(claim, part, arms, arms if part.ablation else ())


def test_the_matrix_is_drawn_in_classes_and_said_in_words() -> None:
    left = np.array([[0.1, 1.0, -2.0], [0.1, np.nan, 1.4]])
    own = np.array([[True, False, False], [False, False, False]])
    names = ("without impatience", "without own norms", "without price only")
    says = ("hours count", "the comparison with others decides")
    found = Matrix(("T1", "T2"), says, names, left, np.array([True, False]), own)
    axes = matrix_report.figure(found).axes[0]
    drawn = np.ma.masked_invalid(axes.collections[0].get_array())
    assert drawn[0].tolist() == [1.0, 3.0, 0.0]
    assert drawn.mask[1].all()
    assert len(axes.patches) == 1
    for one, there in ((found, True), (found._replace(own=np.zeros_like(own)), False)):
        legend = matrix_report.figure(one).legends[0]
        assert ("named by the claim" in [t.get_text() for t in legend.get_texts()]) is there
    theories = [THEORIES[name.removeprefix("without ").replace(" ", "_")] for name in names]
    assert [label.get_text() for label in axes.get_xticklabels()] == theories
    assert axes.get_yticklabels()[0].get_text() == "hours count (T1)"
    assert matrix_report.text(found).endswith(": T1 without impatience.")
    table = matrix_report.as_table(found)
    assert table["left"].tolist()[:3] == [0.1, 1.0, -2.0]
    assert table["clear"].tolist() == [True] * 3 + [False] * 3
