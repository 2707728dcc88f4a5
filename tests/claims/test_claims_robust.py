"""Claims over parameter space: resumable, counted right, and what decides is found."""

from __future__ import annotations

import math
import pickle
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from claims_made_up import claim, made_up, part, planted
from settings_of_others import settings_of_others  # noqa: F401 - a fixture
from sweep.sweeps import assert_same_rows

from relsim import Parameters, load
from relsim.claims import stored
from relsim.claims.forms import DIFFERENCE
from relsim.claims.readings.base import Reading
from relsim.claims.robust import deciding, figures, judging, study
from relsim.claims.robust.task import Effects, of_table, over_family, over_space
from relsim.claims.running import check
from relsim.claims.table import CLAIMS
from relsim.claims.table.arms import market
from relsim.cli import main as cli
from relsim.cli import odd
from relsim.io.errors import InputError
from relsim.studies import calibration
from relsim.sweep import Plan, run

# Whatever is drawn here is drawn under settings that must not show.
pytestmark = pytest.mark.usefixtures("settings_of_others", "soon_foretold")

SMALL = {"buyers": 6, "salespeople": 6, "periods": 12, "warm_up": 3}
NAMES = ["value_per_idea", "candour"]


DEARER = claim(
    part(
        "aggressive buyers pay more",
        arms=(
            market("trusting", buyer_stances="trusting"),
            market("aggressive", buyer_stances="aggressive"),
        ),
        form=DIFFERENCE,
    ),
    part("they pay at all"),
)


# --- running --------------------------------------------------------------------------------------


def test_a_point_is_judged_as_the_claims_are_at_the_defaults(tmp_path: Path) -> None:
    """Same markets, same random draws, same rule: only the point differs."""
    default = Parameters().value_per_idea
    base = Parameters(**SMALL)
    plan = over_space([DEARER], 2, 4, base=SMALL, names=["value_per_idea"])
    run(plan, tmp_path / "a.duckdb")
    results = load(tmp_path / "a.duckdb")
    for point, worth in enumerate(results.points["value_per_idea"]):
        assert worth != default
        there = check([DEARER], base.with_values(value_per_idea=worth), 4, ablate=False)[0]
        here = results.runs[results.runs["point"] == point]
        found = judging.judged(here.assign(point=0), [DEARER], 1)
        assert found.means[0].tolist() == [one.effect.mean for one in there.parts]
        assert found.verdicts[0].tolist() == [one.verdict for one in there.parts]
        assert found.verdict(DEARER)[0] == there.verdict


class StoppedError(Exception):
    pass


def test_stopped_and_started_again_it_ends_with_the_same_rows(tmp_path: Path) -> None:
    plan = over_space([DEARER], 5, 3, base=SMALL, names=NAMES)
    run(plan, tmp_path / "whole.duckdb")

    def stop(status: object) -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        run(plan, tmp_path / "stopped.duckdb", workers=1, progress=stop, chunk=2)
    there = len(load(tmp_path / "stopped.duckdb").runs)
    assert 0 < there < plan.runs
    said: list[str] = []
    done = study.carry_out(plan, tmp_path / "stopped.duckdb", say=said.append)
    assert done.computed == plan.runs - there
    assert f"{there} of {plan.runs} are there" in said[0]
    assert_same_rows(tmp_path / "whole.duckdb", tmp_path / "stopped.duckdb")


def test_more_points_and_replicates_are_added(tmp_path: Path) -> None:
    study.carry_out(over_space([DEARER], 3, 2, base=SMALL, names=NAMES), tmp_path / "a.duckdb")
    longer = over_space([DEARER], 5, 3, base=SMALL, names=NAMES)
    assert study.carry_out(longer, tmp_path / "a.duckdb").computed == 5 * 3 - 3 * 2
    run(longer, tmp_path / "b.duckdb")
    one, other = load(tmp_path / "a.duckdb"), load(tmp_path / "b.duckdb")
    assert one.points.equals(other.points)
    columns = ["point", "replicate", "seed", "T1.1", "T1.2"]
    assert one.runs[columns].equals(other.runs[columns])


@pytest.mark.usefixtures("quickly_drawn")
def test_stopped_the_command_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ["claims", "--robust", "--only", "B4", "--points", "4", "--replicates", "2"]
    whole_run, stopped = tmp_path / "whole", tmp_path / "stopped"
    assert cli.main([*arguments, "--out", str(whole_run)]) == 0

    def stop(status: object) -> None:
        raise KeyboardInterrupt

    def stopping(plan: Plan, path: Path, **_: object) -> None:
        run(plan, path, workers=1, chunk=2, progress=stop)

    with monkeypatch.context() as patched:
        patched.setattr(study, "run_sweep", stopping)
        assert cli.main([*arguments, "--out", str(stopped)]) == 130
    assert 0 < len(load(stopped / "robust.duckdb").runs) < 4 * 2
    assert cli.main([*arguments, "--out", str(stopped)]) == 0
    assert_same_rows(whole_run / "robust.duckdb", stopped / "robust.duckdb")
    for name in ("robust.csv", "robust_deciding.csv"):
        assert (whole_run / name).read_text() == (stopped / name).read_text()


def test_the_task_travels_to_other_processes() -> None:
    task = of_table(["B4", "B16"])
    assert pickle.loads(pickle.dumps(task)) == task
    assert task.columns == ("B4.1", "B16.1", "B16.2", "B16.3", "B16.4")


def test_every_part_of_the_table_has_a_column() -> None:
    columns = Effects(CLAIMS).columns
    assert len(set(columns)) == sum(len(one.parts) for one in CLAIMS)


# --- the family -----------------------------------------------------------------------------------


def test_the_family_is_run_at_all_its_settings(tmp_path: Path) -> None:
    plan = over_family([DEARER], 2, base=SMALL)
    settings = calibration.settings()
    assert plan.size == len(settings)
    assert plan.settings(range(plan.size)) == settings
    assert plan.names == Parameters.TUNED
    # As many settings as it takes to see that they are read in their order.
    run(plan, tmp_path / "family.duckdb", part=(1, plan.size))
    runs = load(tmp_path / "family.duckdb").runs
    assert set(runs["point"]) == {0, plan.size - 1}


def test_shares_of_the_family_are_counted_and_weighted() -> None:
    claims = (claim(part()),)
    effects = np.array([[2.0, 2.1], [2.0, 2.1], [-2.0, -2.1], [-2.0, -2.1]])
    found = judging.judged(made_up(effects[:, :, None], claims), claims, 4)
    weights = np.array([0.4, 0.3, 0.2, 0.1])
    table = judging.shares(found, 2, 0, "abc", weights=weights)
    assert table["holds"].tolist() == [0.5, 0.5]
    assert table["weighted"].tolist() == pytest.approx([0.7, 0.7])


# --- what is written ------------------------------------------------------------------------------


def test_lines_say_where_it_holds_and_how_far_a_point_can_tell() -> None:
    found, design, one = planted(strength=20.0)
    words = {one.id: deciding.in_words(deciding.deciding(found, one, design))}
    table = judging.shares(found, 8, 0, "abc", words)
    text = judging.lines(table, parts=True).splitlines()
    assert len(text) == 3
    assert text[1].startswith("T1")
    assert text[1].endswith("c (low)")
    assert "it is above zero; +-0.2 of the smallest effect of interest" in text[2]


def test_figures() -> None:
    found, design, one = planted(strength=20.0)
    result = deciding.deciding(found, one, design)
    table = judging.shares(found, 8, 0, "abc", {one.id: "c (low)"})
    figure = figures.claim_figure(table, result, design)
    assert [axes.get_title(loc="left") for axes in figure.axes][1:] == [
        "What decides: holds",
        "Share: holds",
    ]
    for drawn in (figure, figures.overview(table, "Over points")):
        said = drawn.legends[0].get_title().get_text()
        assert said.startswith("300 points, 8 replicates of each arm at a point, seed 0")
    assert result is not None
    chance = result._replace(ranking=result.ranking.assign(p=0.7))
    drawn = figures.claim_figure(table, chance, design)
    assert drawn.axes[1].get_title(loc="left") == "Nothing beyond chance: holds"
    assert [text.get_text() for text in drawn.axes[2].texts] == [
        "no parameter decides beyond chance"
    ]
    assert len(figures.claim_figure(table, None, design).axes) == 3
    assert len(figures.overview(table, "Over points").axes[0].get_yticks()) == 1
    assert "c (low)" in figures.claim_text(table)


def test_the_command_writes_shares_and_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["claims", "--robust", "--only", "B4", "--points", "3", "--replicates", "2"]
    assert cli.main([*command, "--out", str(tmp_path)]) == 0
    table = pd.read_csv(tmp_path / "robust.csv")
    assert list(table.columns) == list(a_table("").columns)
    assert set(table["points"]) == {3}
    assert table["sources"][0] == load(tmp_path / "robust.duckdb").meta["sources"]
    for name in ("robust.png", "B4_robust.png"):
        assert (tmp_path / name).stat().st_size > 1000
    said = capsys.readouterr()
    assert said.out.splitlines()[1].startswith("B4")
    assert "0 of 6 are there" in said.err
    assert cli.main([*command, "--out", str(tmp_path)]) == 0
    assert "are there;" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--points", "8"], "--points: allowed with --robust"),
        (["--robust", "--points", "0"], "--points 0: allowed is"),
        (["--robust", "--replicates", "1"], "--replicates 1: allowed is"),
        (["--family", "--matrix"], "--matrix: allowed without"),
    ],
)
def test_the_command_says_what_does_not_go_together(
    options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["claims", *options]) == cli.WRONG_INPUT
    assert said in capsys.readouterr().err


@pytest.mark.usefixtures("quickly_drawn")
def test_another_selection_of_claims_needs_another_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["claims", "--robust", "--points", "2", "--replicates", "2", "--out", str(tmp_path)]
    assert cli.main([*command, "--only", "B4"]) == 0
    assert cli.main([*command, "--only", "B3"]) == cli.WRONG_INPUT
    assert "the plan differs" in capsys.readouterr().err


def test_a_reading_that_finds_nothing_is_no_effect() -> None:
    nothing = Reading("nothing", "share", lambda run: math.nan)
    task = Effects((claim(part(reading=nothing)),))
    assert np.isnan(task(Parameters(**SMALL), 0)).all()


# --- what is kept ---------------------------------------------------------------------------------


def a_table(sources: str) -> pd.DataFrame:
    found, _, one = planted(strength=20.0)
    return judging.shares(found, 8, 0, sources, {one.id: "c (low)"})


def test_stored_shares_belong_to_the_stored_results(tmp_path: Path) -> None:
    assert stored.study("robust", tmp_path) == "not run; `relsim claims --robust` does"
    a_table("other").to_csv(tmp_path / "robust.csv", index=False)
    assert str(stored.study("robust", tmp_path)).startswith("not run with the code that made")
    own = stored.results()["sources"][0]
    a_table(own).to_csv(tmp_path / "family.csv", index=False)
    kept = stored.study("family", tmp_path)
    assert isinstance(kept, pd.DataFrame)
    assert kept["decided_by"].tolist() == ["c (low)", ""]


def test_tables_of_a_folder_are_kept_with_six_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, place = tmp_path / "source", tmp_path / "place"
    source.mkdir()
    place.mkdir()
    one = a_table("abc")
    one.to_csv(source / "robust.csv", index=False)
    with pytest.raises(InputError, match=r"its table for robust.csv is without A1, .*B22; allowed"):
        stored.keep(source, place)
    assert not list(place.iterdir())
    pd.concat([one.assign(claim=claim.id) for claim in CLAIMS]).to_csv(
        source / "robust.csv", index=False
    )
    assert stored.keep(source, place) == [place / "robust.csv"]
    before, after = (pd.read_csv(folder / "robust.csv") for folder in (source, place))
    pd.testing.assert_frame_equal(before, after, rtol=1e-5)
    for arguments in ([], [str(tmp_path / "nowhere")]):
        assert stored.main(arguments) == 2
        assert capsys.readouterr().err.count("\n") == 1


def test_the_description_shows_shares_or_says_that_there_are_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tables = {"robust": a_table("abc"), "family": "not run; it can be"}
    monkeypatch.setattr(stored, "study", tables.get)
    text = odd.where()
    assert "Parameter space: 300 points, 8 replicates each" in text
    assert "| **T1** | all that counts |" in text
    assert text.count("c (low)") == 1
    assert "Settings that fit the calibration as well: not run; it can be." in text
