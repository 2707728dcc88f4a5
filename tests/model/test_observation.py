"""Measures on ledgers written by hand."""

import re
import warnings
from typing import Any

import numpy as np
import pytest

from relsim.io.errors import InputError
from relsim.model.ledgers import BUYER_LEDGER, SALESPERSON_LEDGER
from relsim.model.observation import (
    BUYER_MEASURES,
    COST_PARTS,
    LEDGERS,
    MEASURES,
    SALESPERSON_MEASURES,
    Measure,
    evaluate,
    measures,
    table_of,
    totals,
)

LEAVING = {
    "suppliers_left": 1.0,
    "suppliers_withdrew": 1.0,
    "suppliers_failed": 1.0,
    "months": 100.0,
}


def filled(entity: Any, rows: int) -> Any:
    """Ledger in which every field has another number."""
    ledger = entity.empty(rows)
    for place, name in enumerate(ledger.dtype.names):
        ledger[name] = 1.0 + place + np.arange(rows) * 0.5
    return ledger


def value(name: str, **fields: float) -> float:
    measure = MEASURES[name]
    ledger = LEDGERS[measure.ledger].empty(1)
    for field, number in fields.items():
        ledger[field] = number
    return float(evaluate(measure, ledger)[0])


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda m: m.name)
def test_reads_only_fields_that_its_ledger_has(measure: Measure) -> None:
    fields = {variable.name for variable in LEDGERS[measure.ledger].variables}
    assert {term.removeprefix("-") for term in measure.numerator + measure.denominator} <= fields
    assert measure.unit
    assert measure.meaning


def test_names_are_unique_and_every_measure_belongs_to_a_ledger() -> None:
    assert len(MEASURES) == len(BUYER_MEASURES) + len(SALESPERSON_MEASURES)


def test_parts_add_up_to_the_total_cost() -> None:
    ledger = filled(BUYER_LEDGER, 3)
    parts = [evaluate(MEASURES[name], ledger) for name in COST_PARTS]
    total = sum(parts[:-1]) - parts[-1]
    assert COST_PARTS[-1] == "idea_savings_per_unit"
    assert evaluate(MEASURES["total_cost_per_unit"], ledger) == pytest.approx(total)


def test_every_money_field_of_the_buyer_is_part_of_its_cost() -> None:
    money = {v.name for v in BUYER_LEDGER.variables if v.unit == "money"}
    total = MEASURES["total_cost_per_unit"].numerator
    assert {term.removeprefix("-") for term in total} == money


def test_every_money_field_of_the_seller_is_part_of_its_margin() -> None:
    money = {v.name for v in SALESPERSON_LEDGER.variables if v.unit == "money"}
    assert {t.removeprefix("-") for t in MEASURES["seller_margin"].numerator} == money


@pytest.mark.parametrize(
    ("name", "fields", "expected"),
    [
        ("component_price", {"purchase": 900.0, "delivered": 10.0}, 90.0),
        (
            "transaction_time_share",
            {"haggling_hours": 2.0, "contract_hours": 1.0, "blame_hours": 1.0, "joint_hours": 12.0},
            0.25,
        ),
        ("transaction_hours", {"haggling_hours": 6.0, "blame_hours": 3.0, "months": 3.0}, 3.0),
        ("procurement_hours", {"inspection_hours": 3.0, "desk_hours": 2.0, "delivered": 500.0}, 10),
        ("ideas_received", {"ideas_received": 5.0, "months": 60.0}, 1.0),
        ("defects", {"serious_problems": 3.0, "delivered": 1500.0}, 2.0),
        (
            "retention",
            LEAVING,
            0.97**12,
        ),
        (
            "suppliers_lost",
            LEAVING,
            0.36,
        ),
        ("units_bought", {"delivered": 7.0}, 7.0),
        ("seller_margin", {"revenue": 100.0, "production": 70.0, "overhead": 20.0}, 0.1),
        ("seller_failures", {"failures": 1.0, "months": 240.0}, 0.05),
    ],
)
def test_known_values(name: str, fields: dict[str, float], expected: float) -> None:
    assert value(name, **fields) == pytest.approx(expected)


def test_nothing_to_measure_is_nan_without_a_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for measure in MEASURES.values():
            (number,) = evaluate(measure, LEDGERS[measure.ledger].empty(1))
            assert np.isnan(number) == bool(measure.denominator)


def test_cost_of_no_units_is_unknown_rather_than_infinite() -> None:
    assert np.isnan(value("total_cost_per_unit", haggling=100.0))


def test_evaluation_leaves_the_ledger_alone() -> None:
    ledger = filled(BUYER_LEDGER, 4)
    before = ledger.copy()
    table_of(BUYER_MEASURES, ledger)
    assert (ledger == before).all()


def test_rows_are_independent() -> None:
    ledger = filled(BUYER_LEDGER, 4)
    whole = table_of(BUYER_MEASURES, ledger)
    for row in range(4):
        assert (table_of(BUYER_MEASURES, ledger[row : row + 1])[0] == whole[row]).all()


@pytest.mark.parametrize(
    "chosen", [BUYER_MEASURES, SALESPERSON_MEASURES, measures(["retention", "units_bought"])]
)
def test_several_at_a_time_are_the_same_to_the_last_bit(chosen: tuple[Measure, ...]) -> None:
    generator = np.random.default_rng(1)
    ledger = LEDGERS[chosen[0].ledger].empty(20)
    for name in ledger.dtype.names:
        ledger[name] = generator.random(20) * (generator.random(20) < 0.8)
    table = table_of(chosen, ledger)
    assert np.isnan(table).any()
    for column, measure in zip(table.T, chosen, strict=True):
        assert column.tobytes() == evaluate(measure, ledger).tobytes()


def test_totals_add_every_field() -> None:
    ledger = filled(BUYER_LEDGER, 5)
    total = totals(ledger)
    assert total.shape == (1,)
    for name in ledger.dtype.names:
        assert total[name][0] == ledger[name].sum()


def test_formula_names_what_is_evaluated() -> None:
    for measure in MEASURES.values():
        words = set(re.findall(r"[a-z_]+", measure.formula))
        assert words == {t.removeprefix("-") for t in measure.numerator + measure.denominator}


def test_unknown_measures_are_refused_with_the_nearest_name() -> None:
    with pytest.raises(InputError, match="did you mean 'retention'"):
        measures(["retension"])


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda m: m.name)
def test_no_measure_is_infinite_however_little_there_is_to_divide_by(measure: Measure) -> None:
    """A sum may be so small that a ratio to it is beyond the numbers of a computer."""
    smallest = np.finfo(np.float64).smallest_subnormal
    ledger = LEDGERS[measure.ledger].empty(4)
    for name in ledger.dtype.names:
        ledger[name] = [1.0, 1e300, 0.0, smallest]
    for name in measure.denominator:
        ledger[name.removeprefix("-")] = smallest
    kind = BUYER_MEASURES if measure.ledger == "buyer" else SALESPERSON_MEASURES
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        values = evaluate(measure, ledger)
        table = table_of(kind, ledger)[:, [m.name for m in kind].index(measure.name)]
    assert not np.isinf(values).any()
    assert values.tobytes() == table.tobytes()
