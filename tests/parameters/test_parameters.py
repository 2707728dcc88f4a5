"""Parameters of the wrong form get one line in the project's words; checked ones stay so."""

import copy
import json
import pickle
from typing import Any

import numpy as np
import pytest

from relsim.io.errors import InputError, nearest
from relsim.parameters import Parameters

WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "mechanisms a number": ({"without": 3}, r"^without = 3: allowed is a list of mechanisms"),
    "mechanisms a text": ({"without": "ideas"}, r"^without = 'ideas': allowed is a list"),
    "hold a number": ({"hold": 5}, r"^hold = 5: allowed is numbers by the name"),
    "hold of nothing": ({"hold": {"trust": None}}, r"^hold = {'trust': None}: allowed"),
    "hold of a flag": ({"hold": {"trust": True}}, r"^hold = {'trust': True}: allowed"),
    "interventions a number": ({"interventions": 3}, r"^interventions = 3: allowed is a list of"),
    "no intervention": ({"interventions": [[1]]}, r"^interventions = \[\[1\]\]: allowed"),
    "a mapping of them": ({"interventions": {12: {}}}, r"^interventions = {12: {}}: allowed"),
    "stances a number": ({"buyer_stances": 3}, r"^buyer_stances = 3: allowed is a stance"),
    "share no number": (
        {"buyer_stances": {"aggressive": float("nan")}},
        r"^buyer_stances = {'aggressive': nan}: allowed",
    ),
    "aggressiveness a text": (
        {"aggressiveness": [0.5, "a"]},
        r"^aggressiveness = \[0.5, 'a'\]: allowed is a number from 0 to 1",
    ),
    "flag as a number": ({"buyers": True}, r"^buyers = True: allowed is a whole number from 1"),
    "text as a number": ({"uncertainty": "0.5"}, r"^uncertainty = '0.5': allowed is a number"),
    "number as a flag": ({"reset_contracts": 1}, r"^reset_contracts = 1: allowed is true or"),
    "huge number": ({"buyers": 10**5000}, r"^buyers = a value too large to show: allowed"),
    "periods in mid-run": (
        {"interventions": [(3, {"periods": 5})]},
        r"^periods cannot change in mid-run",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_form_gets_one_line_in_our_words(case: str) -> None:
    values, expected = WRONG[case]
    with pytest.raises(InputError, match=expected) as error:
        Parameters(**values)
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 250


@pytest.mark.parametrize(
    "values", [{"qqqqq": 1}, {"interventions": [(3, {"qqqqq": 5})]}, {"without": ["qqqqq"]}]
)
def test_of_many_names_the_three_nearest_are_said(values: dict[str, Any]) -> None:
    with pytest.raises(InputError, match=r"unknown .* 'qqqqq'; the nearest are \w+, \w+, \w+$"):
        Parameters(**values)


def test_names_that_contain_a_word_are_nearer_than_such_that_look_like_it() -> None:
    assert nearest("price", ["service", "component_price", "grievance", "cash"], 2) == [
        "component_price",
        "service",
    ]


def test_unnamed_values_and_other_ways_in_get_the_same_errors() -> None:
    with pytest.raises(InputError, match=r"^Parameters\(8\): allowed are parameters by name"):
        Parameters(8)
    with pytest.raises(InputError, match=r"^buyers = 'x': allowed is a whole number"):
        Parameters.model_validate({"buyers": "x"})
    with pytest.raises(InputError, match=r"^parameters = 3: allowed is a mapping"):
        Parameters.model_validate(3)


def test_interventions_are_kept_as_they_were_checked() -> None:
    """Plain numbers, and mechanisms in one order, so that they can be written and compared."""
    names = ["remedy", "bonds", "ideas", "contact", "padding"]
    written = {
        json.dumps(
            Parameters(
                interventions=[
                    (np.int64(3), {"audit_interval": np.int64(3), "without": order(names)}),
                    (4, {"contact_hours": np.float32(3.0), "hold": {"trust": np.float32(0.5)}}),
                ],
                without=order(names),
            ).model_dump(mode="json")
        )
        for order in (tuple, list, sorted, lambda names: list(reversed(names)), set)
    }
    assert len(written) == 1
    kept = json.loads(written.pop())
    assert kept["without"] == kept["interventions"][0][1]["without"] == sorted(names)
    assert kept["interventions"][1][1] == {"contact_hours": 3.0, "hold": {"trust": 0.5}}


def test_what_is_on_or_off_is_clamped_at_nothing_between() -> None:
    with pytest.raises(InputError, match=r"hold of business_engagement = 0.3: allowed is 0 or 1"):
        Parameters(hold={"business_engagement": 0.3})
    assert Parameters(hold={"business_engagement": 1}).hold == {"business_engagement": 1.0}


def test_numbers_of_numpy_are_numbers() -> None:
    found = Parameters(buyers=np.int64(5), uncertainty=np.float64(0.25), service_life=240.0)
    assert (found.buyers, found.uncertainty, found.service_life) == (5, 0.25, 240)


UNUSUAL = Parameters(
    buyer_stances={"loyal": 0.5, "shopper": 0.5},
    hold={"trust": 0.5},
    without={"ideas"},
    interventions=[(3, {"hold": {"trust": 1.0}, "without": ["bonds"]})],
)


def test_what_was_checked_cannot_be_changed() -> None:
    several = Parameters(buyers=2, aggressiveness=[0.0, 1.0])
    for change in (
        lambda: UNUSUAL.hold.update(trust=7.0),
        lambda: UNUSUAL.hold.__setitem__("trust", 7.0),
        lambda: UNUSUAL.interventions[0][1]["hold"].clear(),
        lambda: several.aggressiveness.append(7.0),  # type: ignore[union-attr]
    ):
        with pytest.raises(TypeError, match="cannot be changed"):
            change()
    given = {"trust": 0.5}
    kept = Parameters(hold=given)
    given["trust"] = 7.0
    assert kept.hold == {"trust": 0.5}


def test_parameters_are_equal_and_keys_by_value() -> None:
    for same in (
        UNUSUAL.with_values(),
        copy.deepcopy(UNUSUAL),
        pickle.loads(pickle.dumps(UNUSUAL)),
        Parameters(**UNUSUAL.model_dump(mode="json")),
    ):
        assert same == UNUSUAL
        assert hash(same) == hash(UNUSUAL)
    assert {UNUSUAL: 1}[UNUSUAL.with_values()] == 1
