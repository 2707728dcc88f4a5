"""Shares of points where claims hold are counted right, and what decides is found."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from claims_made_up import SMALLEST, claim, made_up, part, planted

from relsim.claims.forms import Smallest, less_by, within
from relsim.claims.robust import deciding, judging
from relsim.claims.statistics import FAILS, HOLDS, OPEN

# --- shares ---------------------------------------------------------------------------------------


def test_shares_count_points_by_the_rule_of_verdicts() -> None:
    """Four points: holds, too small, wrong direction, nothing to measure."""
    claims = (claim(part()),)
    effects = np.array([[2.0, 2.1, 1.9], [0.5, 0.6, 0.4], [-3.0, -3.1, -2.9], [np.nan] * 3])
    found = judging.judged(made_up(effects[:, :, None], claims), claims, 4)
    assert found.verdict(claims[0]).tolist() == [HOLDS, FAILS, FAILS, OPEN]
    table = judging.shares(found, 3, 0, "abc")
    for row in table.to_dict("records"):
        assert (row["points"], row["measured"]) == (4, 3)
        assert (row["holds"], row["fails"], row["right"], row["large"]) == (0.25, 0.5, 0.5, 0.25)
        # Wilson's interval of one in four.
        assert row["holds_low"] == pytest.approx(0.0456, abs=1e-4)
        assert row["holds_high"] == pytest.approx(0.6994, abs=1e-4)
    assert table["part"].tolist() == [0, 1]
    assert table["effect"][1] == 0.5


def test_a_claim_holds_where_all_its_counting_parts_do() -> None:
    claims = (
        claim(part(), part("within", expects=within(SMALLEST)), part("reported", counts=False)),
    )
    up, near, down = [2.0, 2.1], [0.1, 0.2], [-2.0, -2.1]
    effects = np.array([[up, near, up], [up, up, up], [up, near, down], [down, near, up]])
    found = judging.judged(made_up(effects.transpose(0, 2, 1), claims), claims, 4)
    assert (found.verdict(claims[0]) == HOLDS).tolist() == [True, False, True, False]
    table = judging.shares(found, 2, 0, "abc").set_index("part")
    assert table["holds"].tolist() == [0.5, 0.75, 0.75, 0.75]
    assert table["right"].tolist() == [0.5, 0.75, 0.75, 0.75]


def test_a_part_counts_at_points_where_the_claim_it_asks_for_holds() -> None:
    """Both claims hold; the part fails where its claim does; it fails where its claim holds."""
    shown, seeing = claim(part()), claim(part(where_holds="T1"), part("seldom falsely"), name="T2")
    claims = (seeing, shown)
    up, down = [2.0, 2.1], [-2.0, -2.1]
    effects = np.array([[up, up, up], [down, up, down], [down, up, up]])
    found = judging.judged(made_up(effects.transpose(0, 2, 1), claims), claims, 3)
    assert found.verdict(seeing).tolist() == [HOLDS, OPEN, FAILS]
    assert found.counts(seeing).tolist() == [[True, True], [False, False], [True, True]]
    assert found.everywhere(seeing, found.right).tolist() == [True, False, False]
    alone = judging.judged(made_up(effects[:, :2].transpose(0, 2, 1), (seeing,)), (seeing,), 3)
    assert alone.verdict(seeing).tolist() == [HOLDS, FAILS, FAILS]


def test_points_whose_runs_all_failed_are_open() -> None:
    claims = (claim(part()),)
    runs = made_up(np.full((1, 2, 1), 2.0), claims)
    assert judging.judged(runs, claims, 3).verdict(claims[0]).tolist() == [HOLDS, OPEN, OPEN]


def test_nothing_large_is_on_the_wrong_side() -> None:
    claims = (claim(part(expects=less_by(Smallest(0.0, "none")))),)
    effects = np.array([[-1.0, -1.1], [1.0, 1.1], [0.0, 0.0]])
    found = judging.judged(made_up(effects[:, :, None], claims), claims, 3)
    assert found.right(0).tolist() == found.large(0).tolist() == [True, False, False]


# --- what decides ---------------------------------------------------------------------------------


def test_the_ranking_finds_a_planted_decider() -> None:
    found, design, one = planted(strength=20.0)
    result = deciding.deciding(found, one, design)
    assert result is not None
    assert result.asked == "holds"
    assert result.ranking["parameter"][0] == "c"
    assert result.ranking["wins_where"][0] == "low"
    assert deciding.in_words(result) == "c (low)"


def test_where_a_claim_never_holds_its_direction_is_ranked() -> None:
    """Effects too small to count, of a sign that depends on a parameter."""
    found, design, one = planted(strength=1.0)
    assert not (found.verdict(one) == HOLDS).any()
    result = deciding.deciding(found, one, design)
    assert result is not None
    assert result.asked == deciding.DIRECTION
    assert result.ranking["parameter"][0] == "c"


def test_where_the_direction_never_changes_the_size_is_ranked() -> None:
    found, design, one = planted(strength=0.5, noise=0.05)
    shifted = found._replace(means=found.means + 0.4)
    result = deciding.deciding(shifted, one, design)
    assert result is not None
    assert result.asked == deciding.SIZE
    assert result.ranking["parameter"][0] == "c"


def test_nothing_is_said_to_decide_what_luck_decides() -> None:
    random = np.random.default_rng(1)
    design = pd.DataFrame(random.random((300, 8)), columns=list("abcdefgh"))
    one = claim(part())
    effects = np.where(random.random((300, 1, 1)) < 0.5, 3.0, -3.0)
    effects = effects + 0.1 * random.standard_normal((300, 4, 1))
    found = judging.judged(made_up(effects, (one,)), (one,), 300)
    assert deciding.in_words(deciding.deciding(found, one, design)) == "nothing beyond chance"


def test_few_points_rank_nothing() -> None:
    found, design, one = planted(strength=20.0)
    few = judging.Judged((one,), found.means[:10], found.halves[:10], found.verdicts[:10])
    assert deciding.deciding(few, one, design.head(10)) is None
