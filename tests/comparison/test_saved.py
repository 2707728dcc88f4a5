"""A comparison that was saved gives the same numbers again, or says what is in the way."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from comparisons import SMALL, same

from relsim import Arm, Buyer
from relsim.comparison import Comparison, again, compare
from relsim.io.errors import InputError
from relsim.parameters import Parameters


@pytest.fixture(scope="module")
def result() -> Comparison:
    return compare("aggressive", "trusting", base=SMALL, replicates=6, seed=2, workers=1)


def test_saved_comparison_gives_the_same_numbers_again(result: Comparison, tmp_path: Path) -> None:
    paths = result.save(tmp_path / "new" / "folder")
    assert [path.name for path in paths] == ["comparison.csv", "run.json"]
    repeated = again(tmp_path / "new" / "folder", workers=2)
    assert same(repeated, result)
    assert repeated.arms == result.arms
    # Every parameter is kept, not only those that differ from the defaults.
    kept = json.loads(paths[1].read_text(encoding="utf-8"))
    for setting in kept["arms"]:
        assert set(setting["parameters"]) == set(Parameters.model_fields)
    assert tuple(kept["seeds"]) == result.seeds
    assert pd.read_csv(paths[0])["difference"].tolist() == pytest.approx(
        result.table["difference"].tolist(), nan_ok=True
    )


def test_all_kinds_of_parameters_survive_being_saved(tmp_path: Path) -> None:
    unusual = SMALL.with_values(
        periods=6,
        buyer_stances={"loyal": 0.5, "shopper": 0.5},
        stance_items={"horizon": 9.0},
        without={"ideas", "audits"},
        hold={"trust": 1.0 / 3.0},
        interventions=[(2, {"erosion": 0.1, "without": ["bonds"]})],
    )
    before = compare(unusual, {"wage": 0.1 + 49.9}, base=SMALL, replicates=1)
    before.save(tmp_path)
    after = again(tmp_path / "run.json")
    assert after.arms == before.arms
    assert same(after, before)


def test_changed_code_is_told(result: Comparison, tmp_path: Path) -> None:
    result.save(tmp_path)
    path = tmp_path / "run.json"
    kept = json.loads(path.read_text(encoding="utf-8"))
    kept["versions"]["sources"] = "other"
    kept["replicates"], kept["seeds"] = 1, kept["seeds"][:1]
    path.write_text(json.dumps(kept), encoding="utf-8")
    with pytest.warns(UserWarning, match="code has changed"):
        again(path)


def buy(self: Buyer) -> None:
    Buyer.ordering(self)


def buy_nothing(self: Buyer) -> None:
    """None."""


def test_classes_of_one_name_are_told_apart_by_their_arms(tmp_path: Path) -> None:
    full, half = (type("Mine", (Buyer,), {"ordering": step}) for step in (buy, buy_nothing))
    arms = Arm("full", buyer=full), Arm("half", buyer=half)
    before = compare(*arms, base=SMALL, replicates=1)
    before.save(tmp_path)
    with pytest.raises(InputError, match=r"give buyers=\{'Mine of full': class\}"):
        again(tmp_path, buyers={"Mine": full})
    assert same(again(tmp_path, buyers={"Mine of full": full, "Mine of half": half}), before)


@pytest.mark.parametrize("wrong", [3, None])
def test_again_of_what_is_no_path_is_refused(wrong: Any) -> None:
    with pytest.raises(InputError, match=r"^path = .*allowed is a run\.json"):
        again(wrong)


def test_a_seed_of_numpy_can_be_saved(tmp_path: Path) -> None:
    result = compare("loyal", "trusting", base=SMALL, replicates=2, seed=np.int64(3))
    result.save(tmp_path)
    assert json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["seed"] == 3


@pytest.mark.quick
def test_another_comparison_is_not_replaced(tmp_path: Path) -> None:
    small = SMALL.with_values(periods=3, warm_up=1)
    first = compare("aggressive", "trusting", base=small, replicates=2)
    first.save(tmp_path)
    first.save(tmp_path)
    before = (tmp_path / "comparison.csv").read_bytes()
    other = compare("aggressive", "trusting", base=small, replicates=2, seed=1)
    with pytest.raises(InputError, match="another comparison is kept there"):
        other.save(tmp_path)
    assert (tmp_path / "comparison.csv").read_bytes() == before
