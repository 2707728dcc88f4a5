"""Plans: what they lay out, and one line for whatever is wrong."""

import ast
import itertools
import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sweeps import sampled_plan, small_plan

from relsim.cli.sweep import EXAMPLE
from relsim.comparison import seeds
from relsim.design import checks
from relsim.design.plan import Plan
from relsim.design.points import with_point
from relsim.io.errors import InputError
from relsim.parameters import Parameters, table
from relsim.parameters import checks as parameters_checks

SPAN = {"low": 0.1, "high": 0.9}


def test_example_is_a_plan() -> None:
    plan = Plan.from_toml(EXAMPLE)
    assert (plan.size, plan.runs) == (200, 8000)
    assert plan.arm_names == ("aggressive", "trusting")


@pytest.mark.parametrize(
    ("design", "points", "size"),
    [
        ("latin_hypercube", 7, 7),
        ("latin_hypercube", [7, 3], 10),
        ("sobol", 8, 32),
        ("morris", 5, 15),
    ],
)
def test_sampled_designs_keep_to_their_ranges_and_come_out_alike(
    design: str, points: Any, size: int
) -> None:
    plan = sampled_plan(design=design, points=points)
    found = plan.points()
    assert list(found.columns) == ["point", "candour", "buyers"]
    assert len(found) == plan.size == size == len(plan.unit_sample())
    assert found["candour"].between(0.1, 0.9).all()
    assert found["buyers"].between(4, 8).all()
    assert found["buyers"].dtype == np.int64
    pd.testing.assert_frame_equal(found, sampled_plan(design=design, points=points).points())
    assert not found.equals(sampled_plan(design=design, points=points, seed=1).points())


@pytest.mark.parametrize(
    ("design", "fewer", "more"),
    [("latin_hypercube", 8, [8, 4]), ("sobol", 4, 8), ("morris", 4, 6)],
)
def test_longer_designs_begin_with_shorter_ones(design: str, fewer: Any, more: Any) -> None:
    short = sampled_plan(design=design, points=fewer).points()
    long = sampled_plan(design=design, points=more).points()
    pd.testing.assert_frame_equal(short, long.iloc[: len(short)])
    assert len(long) > len(short)


def test_log_scale_spreads_evenly_over_magnitudes() -> None:
    span = {"detection": {"low": 0.05, "high": 0.8, "scale": "log"}}
    found = sampled_plan(points=400, parameters=span).points()["detection"]
    assert found.median() == pytest.approx(np.sqrt(0.05 * 0.8), rel=0.02)


def test_tables_come_from_frames_files_and_lists(tmp_path: Path) -> None:
    lists = {"candour": [0.1, 0.2], "buyer_stances": ["loyal", "shopper"]}
    frame = pd.DataFrame(lists)
    frame.to_csv(tmp_path / "points.csv", index=False)
    (tmp_path / "plan.toml").write_text('design = "table"\nparameters = "points.csv"\n')
    plans = [
        Plan(design="table", parameters=lists),
        Plan(design="table", parameters=frame),
        Plan.from_toml(tmp_path / "plan.toml"),
    ]
    for plan in plans:
        assert plan.points().to_dict("list") == {"point": [0, 1], **lists}
        assert plan.record() == plans[0].record()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_plans_and_tables_may_be_in_any_usual_encoding(
    encoding: str, end: str, tmp_path: Path
) -> None:
    plan = 'design = "table"\nparameters = "p\u00fcnkte.csv"  # from a shell of Windows\n'
    table = "candour,buyer_stances\n0.1,loyal\n0.2,shopper\n"
    for name, text in (("plan.toml", plan), ("p\u00fcnkte.csv", table)):
        (tmp_path / name).write_bytes(text.replace("\n", end).encode(encoding))
    expected = {"point": [0, 1], "candour": [0.1, 0.2], "buyer_stances": ["loyal", "shopper"]}
    assert Plan.from_toml(tmp_path / "plan.toml").points().to_dict("list") == expected


def test_text_in_no_such_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_bytes('design = "grid"  # f\u00fcr\n'.encode("latin-1"))
    with pytest.raises(InputError, match=r"plan\.toml: .*is no text in UTF-8 or UTF-16"):
        Plan.from_toml(tmp_path / "plan.toml")


def test_nothing_is_switched_off_where_a_cell_is_empty(tmp_path: Path) -> None:
    (tmp_path / "points.csv").write_text('candour,without\n0.1,\n0.2,"ideas, bonds"\n')
    tables = [
        tmp_path / "points.csv",
        pd.DataFrame({"candour": [0.1, 0.2], "without": [None, "ideas,bonds"]}),
        pd.DataFrame({"candour": [0.1, 0.2], "without": [np.nan, "ideas,bonds"]}),
        {"candour": [0.1, 0.2], "without": ["", "ideas,bonds"]},
    ]
    for points in tables:
        plan = Plan(design="table", parameters=points)
        first, second = (with_point(plan.start, values).without for values in plan.settings([0, 1]))
        assert (first, second) == (frozenset(), {"ideas", "bonds"})
    (tmp_path / "points.csv").write_text("candour,without\n,\n0.2,ideas\n")
    with pytest.raises(InputError, match=r"parameters\.candour = nan"):
        Plan(design="table", parameters=tmp_path / "points.csv")


def test_record_makes_the_same_plan() -> None:
    for plan in (small_plan(), sampled_plan(), sampled_plan(design="sobol", draws="per_point")):
        assert Plan(**plan.record()).record() == plan.record()


def test_entries_of_mappings_need_no_quotes_in_toml(tmp_path: Path) -> None:
    text = 'design = "grid"\n[parameters]\nhold.trust = [0.2, 0.8]\ncandour = [0.1]\n'
    (tmp_path / "plan.toml").write_text(text, encoding="utf-8")
    plan = Plan.from_toml(tmp_path / "plan.toml")
    assert plan.names == ("hold.trust", "candour")
    assert plan.record()["parameters"]["hold.trust"] == [0.2, 0.8]


def test_entries_of_mappings_can_be_swept() -> None:
    plan = small_plan(parameters={"hold.trust": [0.2, 0.8], "stance_items.horizon": [6.0]})
    parameters = with_point(plan.start, plan.settings([1])[0])
    assert parameters.hold == {"trust": 0.8}
    assert parameters.stance_items == {"horizon": 6.0}


def test_seeds_are_plain_whole_numbers_by_replicate() -> None:
    plan = small_plan(draws="per_point")
    points = plan.settings(range(3))
    per_point = [plan.seed_of(values, replicate) for replicate in range(3) for values in points]
    assert len({*per_point, *seeds(0, 3)}) == 12
    assert all(type(seed) is int and 0 <= seed < 2**53 for seed in per_point)


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no such field": ({"desing": "grid"}, "'desing'.*'design'"),
    "design": ({"design": "gird"}, "'gird'.*'grid'"),
    "design of another kind": ({"design": 3}, "design = 3: allowed.*grid"),
    "points in a grid": ({"points": 10}, "points = 10: .*allowed in latin_hypercube"),
    "replicates": ({"replicates": 0}, "replicates = 0: .*from 1"),
    "replicates as text": ({"replicates": "3"}, "replicates = '3': .*from 1"),
    "replicates as a flag": ({"replicates": True}, "replicates = True: .*from 1"),
    "periods": ({"periods": 2.5}, "periods = 2.5: .*1 to 12000"),
    "arms": ({"arms": "aggressive"}, "arms = 'aggressive': .*list"),
    "unknown arm": ({"arms": ["agressive"]}, "'agressive'.*'aggressive'"),
    "arm twice": ({"arms": ["loyal", "loyal"]}, "'loyal'.*once"),
    "arm that is swept": (
        {"arms": ["services"], "parameters": {"contact_hours": [8.0]}},
        "contact_hours.*'services'.*one of them",
    ),
    "measures": ({"measures": ["total_cost"]}, "'total_cost'.*total_cost_per_unit"),
    "measures as text": ({"measures": "cash"}, "measures = 'cash': .*list"),
    "no measures": ({"measures": []}, r"measures = \[\]: .*list"),
    "keep": ({"keep": ["buyer"]}, "'buyer'.*'buyers'"),
    "draws": ({"draws": "sharde"}, "'sharde'.*'shared'"),
    "seed": ({"seed": -1}, "seed = -1.*0 to"),
    "preset": ({"preset": "servces"}, "'servces'.*'services'"),
    "base": ({"base": 3}, "base = 3: .*by name"),
    "parameter in base": ({"base": {"candor": 0.5}}, "'candor'.*'candour'"),
    "value in base": ({"base": {"uncertainty": 7}}, "uncertainty = 7.*0 to 1"),
    "base that is swept": ({"base": {"candour": 0.5}}, r"base\.candour.*one of them"),
    "arm that is replaced": (
        {"arms": ["loyal"], "parameters": {"aggressiveness": [0.5]}},
        "aggressiveness: arm 'loyal' sets buyer_stances too",
    ),
    "arm whose entry is swept": (
        {"arms": [{"hold": {"trust": 0.5}}], "parameters": {"hold.trust": [0.1]}},
        r"hold\.trust: arm .* sets hold\.trust too",
    ),
    "arm of two names": (
        {"arms": {"mine": {"name": "yours", "uncertainty": 0.3}}},
        r"arms\.mine\.name: 'mine' is its name",
    ),
    "arm without a name": ({"arms": [{"name": "", "uncertainty": 0.3}]}, "arm = '': .*text"),
    "arm of a number": ({"arms": [{"name": 5, "uncertainty": 0.3}]}, "arm = 5: .*text"),
    "a file in a grid": ({"parameters": Path("points.csv")}, "'points.csv': .*in a table only"),
    "a very large number": ({"parameters": {"buyers": [10**400]}}, r"buyers = 1000.*\.\.\..*whole"),
    "arm that is no mapping": ({"arms": {"mine": 0.5}}, r"arms\.mine = 0\.5: .*mapping"),
    "base whose entry is swept": (
        {"base": {"hold": {"trust": 0.5}}, "parameters": {"hold.trust": [0.1]}},
        r"base\.hold\.trust = 0\.5: .*one of them",
    ),
    "levels": ({"levels": 3}, "levels = 3: .*even"),
    "second_order": ({"second_order": 1}, "second_order = 1: .*true or false"),
    "parameters": ({"parameters": {}}, "parameters = {}: .*by name"),
    "swept parameter": ({"parameters": {"candor": [0.1]}}, "'candor'.*'candour'"),
    "swept value": ({"parameters": {"candour": [1.5]}}, r"parameters\.candour = 1\.5: .*0 to 1"),
    "swept text": ({"parameters": {"candour": ["high"]}}, "candour = 'high': .*a number"),
    "swept fraction": ({"parameters": {"buyers": [2.5]}}, r"buyers = 2\.5: .*whole number"),
    "swept stance": ({"parameters": {"buyer_stances": ["loyl"]}, "arms": []}, "'loyl'.*'loyal'"),
    "swept twice": ({"parameters": {"candour": [0.5, 0.5]}}, "candour.*once"),
    "range in a grid": ({"parameters": {"candour": SPAN}}, "candour.*in a grid is a list"),
    "hold as a whole": ({"parameters": {"hold": [1]}}, r"hold .*hold\."),
    "entry of hold": ({"parameters": {"hold.trst": [0.5]}}, "'trst'.*'trust'"),
    "points that do not fit": (
        {"parameters": {"suppliers_per_buyer": [4, 40]}},
        "suppliers_per_buyer = 40 exceeds",
    ),
}

WRONG_SAMPLED: dict[str, tuple[dict[str, Any], str]] = {
    "points": ({"points": 0}, "points = 0: .*from 1"),
    "points as text": ({"points": "ten"}, "points = 'ten': .*whole number"),
    "points of sobol": ({"design": "sobol", "points": 100}, "points = 100: .*power of 2.*128"),
    "points of morris": ({"design": "morris", "points": [2, 3]}, "points = .*latin_hypercube"),
    "list": ({"parameters": {"candour": [0.1]}}, "candour = .*allowed in a latin_hypercube"),
    "no high": ({"parameters": {"candour": {"low": 0.1}}}, "candour = .*high"),
    "entry": ({"parameters": {"candour": {**SPAN, "hi": 1}}}, "'hi'.*'high'"),
    "order": ({"parameters": {"candour": {"low": 0.9, "high": 0.1}}}, "low < high"),
    "end": ({"parameters": {"candour": {"low": 0.1, "high": 9}}}, "candour = 9.*0 to 1"),
    "scale": ({"parameters": {"candour": {**SPAN, "scale": "lgo"}}}, "'lgo'.*'log'"),
    "log of nothing": (
        {"parameters": {"candour": {"low": 0.0, "high": 1.0, "scale": "log"}}},
        "candour.low on a log scale = 0.0",
    ),
    "no number": ({"parameters": {"buyer_stances": SPAN}, "arms": []}, "buyer_stances.*list"),
}


@pytest.mark.parametrize("case", [*WRONG, *(f"sampled: {case}" for case in WRONG_SAMPLED)])
def test_whatever_is_wrong_gets_one_line(case: str) -> None:
    sampled = case.startswith("sampled: ")
    changes, expected = WRONG_SAMPLED[case[9:]] if sampled else WRONG[case]
    with pytest.raises(InputError) as caught:
        (sampled_plan if sampled else small_plan)(**changes)
    text = str(caught.value)
    assert re.search(expected, text), text
    assert "\n" not in text


@pytest.mark.parametrize("name", ["design", "parameters"])
def test_what_is_needed_is_asked_for(name: str) -> None:
    values = {"design": "grid", "parameters": {"candour": [0.5]}}
    del values[name]
    with pytest.raises(InputError, match=f"{name} is missing"):
        Plan(**values)


@pytest.mark.parametrize(
    "text",
    ["design = ", "\x00", "design = " + "[" * 5000, 'design = "grid"\n[parameters]\ncandour = 3'],
)
def test_files_that_are_no_plans_are_named(text: str, tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"plan\.toml: "):
        Plan.from_toml(tmp_path / "plan.toml")


def test_every_point_is_checked_that_can_be_wrong_beside_others() -> None:
    fits = {"suppliers_per_buyer": [2] * 29_999, "candour": [0.5] * 29_999}
    assert small_plan(design="table", parameters=fits).size == 29_999
    wrong = {"suppliers_per_buyer": [2] * 29_999 + [7], "candour": [0.5] * 30_000}
    with pytest.raises(InputError, match="suppliers_per_buyer = 7 exceeds salespeople = 6"):
        small_plan(design="table", parameters=wrong)


def test_numbers_that_can_be_wrong_beside_others_are_all_named() -> None:
    """Points that differ in other numbers only are not checked one by one."""
    numeric = {entry.name for entry in table()}
    tree = ast.parse(Path(parameters_checks.__file__).read_text(encoding="utf-8"))
    read = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    read |= {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert numeric & read == set(checks.COUPLED)


def test_a_large_grid_is_laid_out_in_order() -> None:
    lists = {"candour": list(np.linspace(0.1, 0.9, 200)), "uncertainty": [0.1, 0.2]}
    plan = small_plan(parameters={**lists, "seller_stances": ["honest", "opportunist"]})
    found = plan.points()
    assert plan.size == len(found) == 800
    expected = list(itertools.product(*lists.values(), ["honest", "opportunist"]))
    assert list(found.drop(columns="point").itertuples(index=False, name=None)) == expected


def test_base_may_be_parameters() -> None:
    assert small_plan(base=Parameters(buyers=6)).start.buyers == 6


@pytest.mark.parametrize("rows", ["0.1,0.2,0.3", "0.1,0.2,0.3\n0.1,0.2,0.3", "0,1,0,2"])
def test_rows_longer_than_the_header_of_a_table_are_refused(rows: str, tmp_path: Path) -> None:
    """A decimal comma, mostly: none of its cells may be taken for another parameter's."""
    (tmp_path / "points.csv").write_text(f"candour,uncertainty\n{rows}\n", encoding="utf-8")
    with pytest.raises(InputError, match="no CSV table"):
        Plan(design="table", parameters=tmp_path / "points.csv")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("self = 1", "unknown field of a plan 'self'"),
        ('arms = [{ self = 1 }, "loyal"]', "unknown parameter 'self'"),
        (f"arms = [1{'0' * 400}]", "unknown arm"),
        ('task = { name = "x", columns = ["a"], sources = "0" }', "task: allowed from Python only"),
        ("[parameters]\nwithout = [true]", "parameters.without"),
        ("[parameters]\nhold = {}", "parameters.hold = {}: allowed is at least one entry"),
        (
            '[parameters]\n"hold.trust" = [0.1, 0.5]\nhold = { trust = [0.9] }',
            "parameters.hold.trust is there twice",
        ),
    ],
)
def test_odd_plans_are_refused_in_one_line(text: str, words: str, tmp_path: Path) -> None:
    own = "" if "[parameters]" in text else "\n[parameters]\ncandour = [0.1]\n"
    (tmp_path / "plan.toml").write_text(f'design = "grid"\n{text}\n{own}', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        Plan.from_toml(tmp_path / "plan.toml")
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
