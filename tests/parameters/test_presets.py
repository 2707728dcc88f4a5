"""Scenarios are what they are called, and unknown ones are told apart kindly."""

import pickle

import pytest

from relsim.io.errors import InputError
from relsim.parameters import Parameters
from relsim.parameters.presets import presets

NAMES = ("consumables", "capital_equipment", "services", "classroom", "eight_automakers")


@pytest.mark.parametrize("name", NAMES)
def test_promised_scenarios_are_there(name: str) -> None:
    assert isinstance(presets[name], Parameters)
    assert name in presets


@pytest.mark.parametrize("name", presets)
def test_meaning_is_one_line(name: str) -> None:
    meaning = presets.meaning(name)
    assert meaning
    assert "\n" not in meaning
    assert len(meaning) <= 100


def test_consumables_are_the_defaults() -> None:
    assert presets["consumables"] == Parameters()


def test_classroom_has_the_promised_size() -> None:
    classroom = presets["classroom"]
    assert (classroom.buyers, classroom.suppliers_per_buyer) == (40, 4)


def test_capital_equipment_is_ordered_built_and_used_for_years() -> None:
    scenario = presets["capital_equipment"]
    assert scenario.purchase_interval > 1
    assert scenario.lead_time >= 1
    assert scenario.service_life > 12 * 4
    # At period 0 equipment of every age is in use.
    assert scenario.warm_up >= scenario.service_life


def test_eight_automakers_are_evenly_spread_and_share_suppliers() -> None:
    scenario = presets["eight_automakers"]
    assert scenario.buyers == 8
    assert isinstance(scenario.aggressiveness, list)
    assert scenario.aggressiveness[0] == 0.0
    assert scenario.aggressiveness[-1] == 1.0
    steps = {
        round(high - low, 12)
        for low, high in zip(scenario.aggressiveness, scenario.aggressiveness[1:], strict=False)
    }
    assert len(steps) == 1
    accounts = scenario.buyers * scenario.suppliers_per_buyer / scenario.salespeople
    assert accounts >= 2


def test_presets_are_read_only() -> None:
    with pytest.raises(TypeError):
        presets["mine"] = Parameters()  # type: ignore[index]


def test_unknown_name_names_the_nearest() -> None:
    with pytest.raises(InputError, match=r"unknown preset 'servces'; did you mean 'services'\?"):
        presets["servces"]
    assert "servces" not in presets
    assert presets.get("servces") is None
    assert presets.get("services") is presets["services"]


def test_unknown_name_reads_the_same_from_another_process() -> None:
    with pytest.raises(InputError) as caught:
        presets["servces"]
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)
