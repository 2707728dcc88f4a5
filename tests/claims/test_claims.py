"""The table of claims is whole, its judge is fair, and what it writes is there."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from claims_made_up import SMALLEST
from settings_of_others import settings_of_others  # noqa: F401 - a fixture

from relsim.claims import report, stored
from relsim.claims.forms import (
    CLAMP_LEVELS,
    LEVEL,
    NEUTRAL,
    Ablation,
    Claim,
    Part,
    counting,
    less_by,
    more_by,
)
from relsim.claims.matrix import ablations, matrix
from relsim.claims.readings.base import Reading
from relsim.claims.readings.ledgers import whole
from relsim.claims.running import ClaimResult, check
from relsim.claims.statistics import FAILS, HOLDS, OPEN, interval, overall, vanished, verdict
from relsim.claims.table import CLAIMS
from relsim.claims.table.arms import market
from relsim.cli import main as cli
from relsim.io.console import LINE
from relsim.parameters import Parameters
from relsim.parameters.mechanisms import HOLDS as HELD
from relsim.parameters.mechanisms import MECHANISMS, THEORIES

# Whatever is drawn here is drawn under settings that must not show.
pytestmark = pytest.mark.usefixtures("settings_of_others")

EVIDENCE = [f"A{n}" for n in range(1, 9)] + [f"B{n}" for n in range(1, 23)]
PARTS = [(claim, part) for claim in CLAIMS for part in claim.parts]
SMALL = Parameters(buyers=8, salespeople=8, periods=24, warm_up=6)


# --- the table -----------------------------------------------------------------------------------


def test_every_claim_of_the_evidence_has_one_row() -> None:
    assert [claim.id for claim in CLAIMS] == EVIDENCE


def test_statements_are_unique() -> None:
    assert len({claim.statement for claim in CLAIMS}) == len(CLAIMS)
    for claim in CLAIMS:
        assert len({part.says for part in claim.parts}) == len(claim.parts)


def test_every_claim_can_fail() -> None:
    for claim in CLAIMS:
        assert any(part.counts for part in claim.parts)
        for part in claim.parts:
            assert part.direction in (-1, 0, 1)
            assert part.smallest.effect >= 0.0
            assert part.smallest.reason


def test_every_claim_names_a_mechanism_or_says_why_not() -> None:
    for claim in CLAIMS:
        assert claim.parts[0].ablation is not None or claim.note, claim.id


@pytest.mark.parametrize(("claim", "part"), PARTS)
def test_ablations_name_what_exists(claim: Claim, part: Part) -> None:
    ablation = part.ablation or Ablation()
    assert set(ablation.without) <= set(MECHANISMS)
    assert set(ablation.hold) <= set(HELD)
    assert set(ablation.hold) <= set(CLAMP_LEVELS)
    for arm, _ in part.pairs():
        taken = ablation.applied(arm.parameters, dict.fromkeys(ablation.hold, 1.0))
        assert set(ablation.without) <= taken.without


def test_an_ablation_reaches_interventions_too() -> None:
    arm = market("stop", interventions=[(60, {"without": ["contact"]})])
    taken = Ablation(without=("ideas",)).applied(arm.parameters, {})
    assert taken.interventions[0][1]["without"] == ["contact", "ideas"]


def test_an_ablation_of_one_sides_trust_leaves_the_other_as_the_arm_holds_it() -> None:
    arm = market("held", hold={"trust": 0.3, "clauses": 1.0})
    taken = Ablation(hold=("seller_trust",)).applied(arm.parameters, {"seller_trust": 0.6})
    assert taken.hold == {"buyer_trust": 0.3, "seller_trust": 0.6, "clauses": 1.0}


def test_every_mechanism_can_be_taken_away_from_every_claim() -> None:
    """As the matrix does: every first part with every ablation of the table."""
    for claim in CLAIMS:
        for ablation in ablations(CLAIMS):
            for arm, _ in claim.parts[0].pairs():
                levels = dict.fromkeys(ablation.hold, 1.0)
                taken = ablation.applied(arm.parameters, levels)
                assert set(ablation.without) <= taken.without
                assert taken.hold.items() >= levels.items()


# --- the judge -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "direction", "smallest", "expected"),
    [
        ([2.0, 2.1, 1.9, 2.0], 1, 1.0, HOLDS),
        ([2.0, 2.1, 1.9, 2.0], -1, 1.0, FAILS),
        ([-2.0, -2.1, -1.9, -2.0], -1, 1.0, HOLDS),
        ([0.5, 0.6, 0.4, 0.5], 1, 1.0, FAILS),
        ([5.0, -4.0, 4.0, -1.0], 1, 1.0, OPEN),
        ([1.1, 0.7, 1.2, 0.9], 1, 1.0, OPEN),
        ([0.1, -0.1, 0.0, 0.05], 0, 1.0, HOLDS),
        ([3.1, 2.9, 3.0, 3.05], 0, 1.0, FAILS),
        ([3.1, -2.9, 3.0, -3.05], 0, 1.0, OPEN),
        ([1.0], 1, 0.5, OPEN),
        ([math.nan, math.nan], 1, 0.5, OPEN),
    ],
)
def test_verdicts(values: list[float], direction: int, smallest: float, expected: str) -> None:
    assert verdict(interval(np.array(values)), direction, smallest) == expected


def test_vanishing_needs_the_whole_interval() -> None:
    assert vanished(interval(np.array([0.1, -0.1, 0.0])), 0.5)
    assert not vanished(interval(np.array([2.0, -2.0, 0.0])), 0.5)
    assert not vanished(interval(np.array([0.6, 0.61, 0.6])), 0.5)


def test_a_claim_is_as_strong_as_its_weakest_part() -> None:
    assert overall([HOLDS, HOLDS]) == HOLDS
    assert overall([HOLDS, OPEN]) == OPEN
    assert overall([OPEN, FAILS]) == FAILS


def test_parts_that_ask_for_another_claim_name_one_that_asks_for_none() -> None:
    plain = {claim.id for claim in CLAIMS if not any(part.where_holds for part in claim.parts)}
    asked = [part.where_holds for _, part in PARTS if part.where_holds]
    assert asked == [f"A{n}" for n in range(1, 8)]
    assert set(asked) <= plain


def test_a_part_counts_where_the_claim_it_asks_for_holds() -> None:
    parts = (part_of(where_holds="A1"), part_of(where_holds="A2"), part_of())
    assert counting(parts, {"A1": HOLDS, "A2": FAILS}) == [True, False, True]
    assert counting(parts, {"A1": OPEN}) == [False, True, True]
    assert counting(parts, {}) == [True, True, True]
    # Where no pattern is there, there was nothing to be seen.
    assert counting(parts, {"A1": OPEN, "A2": FAILS}) == [False] * 3
    assert counting((part_of(counts=False), part_of()), {}) == [False, True]


# --- running -------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_tiny_run_measures_every_claim() -> None:
    for result in check(CLAIMS, replicates=2):
        for part in result.parts:
            if part.part.counts:
                assert math.isfinite(part.effect.mean), part.part.says
                if part.ablated is not None:
                    assert math.isfinite(part.ablated.mean), part.part.says


def part_of(**changes: object) -> Part:
    """A part that takes little time."""
    values = {
        "says": "aggressive buyers pay less",
        "arms": (
            market("trusting", buyer_stances="trusting"),
            market("aggressive", buyer_stances="aggressive"),
        ),
        "reading": whole("component_price"),
        "expects": less_by(SMALLEST),
        "ablation": Ablation(hold=("seller_trust",)),
    }
    return Part(**{**values, **changes})  # type: ignore[arg-type]


def made_up(*others: Part, name: str = "T1", **changes: object) -> Claim:
    """A claim that takes little time."""
    return Claim(
        id=name,
        statement="A statement.",
        source="ASR",
        kind="emergent",
        setting="between markets",
        parts=(part_of(**changes), *others),
    )


def test_each_distinct_market_runs_once_a_replicate() -> None:
    done: list[int] = []
    check([made_up(), made_up(says="again")], SMALL, 3, progress=done.append)
    # Two arms, and the same two with trust held.
    assert sum(done) == 4 * 3


def test_results_do_not_depend_on_threads() -> None:
    one, four = (check([made_up()], SMALL, 3, workers=n)[0].parts[0] for n in (1, 4))
    assert one.effect == four.effect
    assert one.ablated == four.ablated


def test_holding_uses_the_mean_of_the_arms() -> None:
    trust = whole("suppliers_trust_in_buyer")
    result = check([made_up(reading=trust)], SMALL, 4)[0].parts[0]
    pooled = np.mean([arm.readings for arm in result.arms])
    for arm in result.ablated_arms:
        assert arm.readings == pytest.approx(pooled)
    assert result.vanishes
    assert result.share_gone == pytest.approx(1.0)


def test_nothing_to_measure_is_inconclusive() -> None:
    nothing = Reading("nothing", "share", lambda run: math.nan)
    claim = made_up(reading=nothing, form=LEVEL, ablation=None)
    assert check([claim], SMALL, 2)[0].verdict == OPEN


def test_the_matrix_has_a_row_a_claim_and_a_column_a_mechanism() -> None:
    found = matrix([made_up()], SMALL, 2)
    assert found.left.shape == (1, len(ablations([made_up()])))
    assert found.mechanisms[len(THEORIES) :] == ("seller trust clamped",)
    assert found.own.tolist() == [[False] * len(THEORIES) + [True]]
    assert set(THEORIES) <= set(MECHANISMS)


# --- what is written -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def results() -> tuple[ClaimResult, ...]:
    return check([made_up()], SMALL, 3)


def test_table_and_lines(results: tuple[ClaimResult, ...]) -> None:
    table = report.as_table(results, 3, 0, "abc")
    assert list(table.columns) == list(stored.results().columns)
    header, first, text = report.lines(table).splitlines()
    assert header.split()[:2] == ["claim", "verdict"]
    assert first.startswith("T1")
    assert text.strip() == f"{table['statement'][0]} ({table['kind'][0]})"


def test_lines_of_all_claims_fit_a_terminal() -> None:
    lines = report.lines(stored.results(), parts=True).splitlines()
    assert max(map(len, lines)) <= LINE
    said = " ".join(" ".join(lines).split())
    assert all(" ".join(claim.statement.split()) in said for claim in CLAIMS)


def test_summary(results: tuple[ClaimResult, ...]) -> None:
    table = report.as_table(results, 3, 0, "abc")
    assert "1 claims" in report.summary(table)


def test_the_table_counts_a_part_by_what_came_out_for_the_claim_it_asks_for() -> None:
    sure = {"arms": (NEUTRAL,), "form": LEVEL, "ablation": None}
    failing, holding = made_up(**sure), made_up(name="T3", expects=more_by(SMALLEST), **sure)
    asking = made_up(part_of(says="other", where_holds="T3"), name="T2", where_holds="T1")
    found = check([failing, asking, holding], SMALL, 3, ablate=False)
    assert (found[0].verdict, found[2].verdict) == (FAILS, HOLDS)
    table = report.as_table(found, 3, 0, "abc").set_index(["claim", "part"])
    assert table["counts"].to_dict() == {
        ("T1", 1): True,
        ("T2", 1): False,
        ("T2", 2): True,
        ("T3", 1): True,
    }
    assert report.as_table(found[1:2], 3, 0, "abc")["counts"].all()


def test_figures(results: tuple[ClaimResult, ...]) -> None:
    assert len(report.figure(results[0]).axes) == 1
    assert "T1" in report.figure_text(results[0])


def test_the_command_writes_table_and_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["claims", "--only", "B3", "--replicates", "2", "--out", str(tmp_path)]
    status = cli.main(command)
    table = pd.read_csv(tmp_path / "claims.csv")
    assert status == int(FAILS in report.verdicts(table).values())
    assert set(table["claim"]) == {"B3"}
    assert (tmp_path / "B3.png").stat().st_size > 1000
    shown = capsys.readouterr().out.splitlines()
    assert shown[1].startswith("B3")
    assert shown[-1] == f"Written to {tmp_path}"
    assert cli.main([*command, "--seed", "1"]) == cli.WRONG_INPUT
    assert "other claims, replicates or another seed are kept there" in capsys.readouterr().err
    assert cli.main(command) == status
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == f"The same numbers were there already: {tmp_path}"


def test_the_command_says_what_it_does_not_understand(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["claims", "--only", "B99"]) == cli.WRONG_INPUT
    assert "unknown claim 'B99'" in capsys.readouterr().err
    assert cli.main(["claims", "--replicates", "many"]) == cli.WRONG_INPUT


# --- what is kept --------------------------------------------------------------------------------


def test_the_stored_results_are_those_of_the_table() -> None:
    kept = stored.results()
    assert [(row["claim"], row["says"]) for row in kept.to_dict("records")] == [
        (claim.id, part.says) for claim, part in PARTS
    ]
    for row, (_, part) in zip(kept.to_dict("records"), PARTS, strict=True):
        assert row["smallest"] == part.smallest.effect
        assert row["direction"] == part.direction
    assert (kept["replicates"] == 200).all()


def test_claims_that_do_not_hold_have_a_reason() -> None:
    reasons = stored.findings()
    assert set(reasons) <= {claim.id for claim in CLAIMS}
    for claim, found in report.verdicts(stored.results()).items():
        if found != HOLDS:
            assert reasons.get(claim), claim
