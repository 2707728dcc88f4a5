"""The Mesa face: agents over records, a model that steps, and Mesa's own tools with it."""

from __future__ import annotations

import copy
import gc
import math
import pickle
import weakref
from typing import Any

import mesa
import numpy as np
import pytest
from mesa_models import PARAMETERS, SMALL, finished

from relsim import simulate
from relsim.io.errors import InputError
from relsim.model.actor import Actor
from relsim.model.agents import Buyer, Salesperson
from relsim.model.entities import BUYER, SALESPERSON
from relsim.model.mesa_model import RelationshipModel, run_agents
from relsim.model.observation import MEASURES
from relsim.model.schedule import SCHEDULE
from relsim.model.state import NOBODY

pytestmark = pytest.mark.mesa


# --- agents -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("face", "entity"), [(Buyer, BUYER), (Salesperson, SALESPERSON)], ids=["buyer", "salesperson"]
)
def test_every_variable_is_an_attribute(face: type[Actor], entity: Any) -> None:
    model = RelationshipModel(PARAMETERS, rng=1)
    agent = (model.buyers if face is Buyer else model.salespeople)[2]
    for variable in entity.variables:
        assert variable.name not in {*vars(mesa.Agent), *vars(Actor)}
        if variable.name == "stance":
            continue  # by its name, see test_custom_agents.py
        assert variable.meaning in getattr(face, variable.name).__doc__
        if variable.integer and variable.bounds is None:
            with pytest.raises(InputError, match=f"{variable.name}: can be read, not set"):
                setattr(agent, variable.name, 1)
            continue
        value = variable.bounds[1] if variable.bounds else 1
        setattr(agent, variable.name, value)
        assert agent.record[variable.name] == getattr(agent, variable.name) == value


@pytest.mark.parametrize("face", [Buyer, Salesperson])
def test_a_method_for_each_step_of_the_schedule(face: type[Actor]) -> None:
    steps = {step.submodel for step in SCHEDULE if step.agent == face.kind}
    others = {step.submodel for step in SCHEDULE} - steps
    assert all(getattr(face, name).__doc__ for name in steps)
    assert not any(hasattr(face, name) for name in others)


def test_relationships_are_the_records_of_the_market() -> None:
    model = RelationshipModel(PARAMETERS, rng=1)
    pairs = set()
    assert model.buyers[2].relationships[0] is model.buyers[2].relationships[0]
    for buyer in model.buyers:
        assert buyer.relationship_count == len(buyer.suppliers) == len(buyer.relationships)
        for supplier, relationship in zip(buyer.suppliers, buyer.relationships, strict=True):
            assert (relationship.buyer, relationship.seller) == (buyer.index, supplier.index)
            assert any(relationship is other for other in supplier.relationships)
            assert buyer in supplier.customers
            pairs.add((buyer.index, supplier.index))
            relationship.grievance = 7.0
    assert sum(len(seller.customers) for seller in model.salespeople) == len(pairs)
    records = model.market.relationships
    assert (records["grievance"][records["seller"] != NOBODY] == 7.0).all()


def test_mean_trust_is_in_the_partners() -> None:
    model = RelationshipModel(PARAMETERS, rng=1)
    buyer = model.buyers[0]
    expected = np.mean([r.buyer_trust_in_seller for r in buyer.relationships])
    assert buyer.mean_trust == pytest.approx(expected)
    model.market.relationships["seller"] = NOBODY
    assert math.isnan(buyer.mean_trust)


def test_own_attributes_are_kept_by_the_agent() -> None:
    buyer = RelationshipModel(PARAMETERS, rng=1).buyers[0]
    buyer.memory = [1, 2]
    assert buyer.memory == [1, 2]


# --- the model ----------------------------------------------------------------------------------


def test_steps_count_months_from_period_0() -> None:
    model = RelationshipModel(PARAMETERS, rng=1)
    assert (model.steps, model.period, model.running) == (0, 0, True)
    model.step()
    assert (model.steps, model.period, model.running) == (1, 1, True)
    assert finished().running is False


def test_no_step_after_the_last_period() -> None:
    model = finished()
    with pytest.raises(InputError, match="all 6 periods have passed"):
        model.step()


def same(measures: dict[str, float], others: dict[str, float]) -> bool:
    """Whether all measures are the same numbers; what has no value has none in both."""
    values = (np.array(list(m.values())) for m in (measures, others))
    return list(measures) == list(others) and np.array_equal(*values, equal_nan=True)


def test_seed_and_rng_are_the_same_and_none_is_a_new_one() -> None:
    assert same(finished(rng=0).measures, finished(rng=None, seed=0).measures)
    drawn = finished(rng=None)
    assert same(drawn.measures, finished(rng=drawn.seed).measures)
    assert drawn.seed != finished(rng=None).seed
    assert same(finished(rng=np.int64(5)).measures, finished(rng=5).measures)


def test_parameters_come_by_name_or_together() -> None:
    by_name = RelationshipModel(**SMALL, rng=1, uncertainty=0.7)
    together = RelationshipModel(PARAMETERS, uncertainty=0.7, rng=1)
    assert by_name.parameters == together.parameters
    assert together.parameters.uncertainty == 0.7


def test_interventions_change_the_parameters_in_force() -> None:
    changing = PARAMETERS.with_values(interventions=[(-2, {"erosion": 0.1}), (3, {"wage": 77.0})])
    model = RelationshipModel(changing, rng=1, collect=False)
    wages = []
    while model.running:
        model.step()
        wages.append((model.parameters.wage, model.market.parameters.wage[0]))
    assert [wage == (77.0, 77.0) for wage in wages] == [False] * 3 + [True] * 3
    assert model.parameters.erosion == 0.1
    run = simulate(changing, 1)
    np.testing.assert_array_equal(list(run.series_values[-1]), list(model.measures.values()))


def test_observers_see_every_period_from_0_on() -> None:
    seen: list[int] = []
    run_agents(PARAMETERS, 1, observe=lambda market: seen.append(int(market.clock.period[0])))
    assert seen == [1, 2, 3, 4, 5, 6]


def test_runs_with_own_agents_leave_nothing_behind() -> None:
    kept: list[Any] = []

    class Witness(Buyer):
        def meeting(self) -> None:
            if not kept:
                kept.append(weakref.ref(self.model))

    run_agents(PARAMETERS, 1, buyer=Witness)
    gc.collect()
    assert kept[0]() is None


@pytest.mark.parametrize("way", [copy.copy, copy.deepcopy, pickle.dumps])
def test_a_model_refuses_to_be_copied(way: Any) -> None:
    # Its agents and its luck would no longer share memory with its records.
    with pytest.raises(InputError, match="cannot be copied or pickled"):
        way(RelationshipModel(PARAMETERS, rng=1))


# --- Mesa's tools -------------------------------------------------------------------------------


def test_data_collector_has_every_measure_and_agent() -> None:
    model = finished()
    measured = model.datacollector.get_model_vars_dataframe()
    assert list(measured.columns) == ["seed", *MEASURES]
    expected = simulate(PARAMETERS, 1).series
    for name in MEASURES:
        np.testing.assert_array_equal(measured[name], expected[name], err_msg=name)
    agents = model.datacollector.get_agent_vars_dataframe().reset_index()
    assert len(agents) == 6 * 11
    assert set(agents["kind"]) == {"buyer", "salesperson"}
    assert agents["trust"].between(0.0, 1.0).sum() == (agents["relationships"] > 0).sum()


def test_model_without_data_collection() -> None:
    model = finished(collect=False)
    assert len(model.datacollector.get_model_vars_dataframe()) == 0
    assert same(model.measures, finished().measures)


def test_batch_run() -> None:
    fixed = {name: [value] for name, value in SMALL.items()}
    if tuple(int(part) for part in mesa.__version__.split(".")[:2]) >= (3, 5):
        seeds: dict[str, Any] = {"rng": [1, 2]}
    else:
        seeds = {"iterations": 1}
        fixed["rng"] = [1, 2]
    rows = mesa.batch_run(
        RelationshipModel,
        parameters={**fixed, "aggressiveness": [0.0, 1.0]},
        number_processes=2,
        data_collection_period=-1,
        display_progress=False,
        **seeds,
    )
    prices = {(row["seed"], row["aggressiveness"]): row["component_price"] for row in rows}
    assert len(prices) == 4
    for (seed, aggressiveness), price in prices.items():
        run = simulate(PARAMETERS.with_values(aggressiveness=aggressiveness), seed)
        assert price == run.series["component_price"].iloc[-1]


@pytest.mark.filterwarnings("ignore")
def test_mesa_visualisation_shows_the_model() -> None:
    solara = pytest.importorskip("solara", reason="Mesa draws with solara where it is installed")
    from mesa.visualization import SolaraViz, make_plot_component

    slider = {"type": "SliderFloat", "value": 0.5, "min": 0.0, "max": 1.0, "label": "stance"}
    page = SolaraViz(
        RelationshipModel(PARAMETERS, rng=1),
        components=[make_plot_component("component_price")],
        model_params={**SMALL, "aggressiveness": slider, "uncertainty": 0.3, "rng": 1},
    )
    box, shown = solara.render(page, handle_error=False)
    assert box.children
    shown.close()
