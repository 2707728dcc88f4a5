"""The Mesa face: agents over records, a model that steps, and Mesa's own tools with it."""

from __future__ import annotations

import copy
import gc
import math
import pickle
import re
import weakref
from typing import Any

import mesa
import numpy as np
import pytest

from relsim import simulate
from relsim.io.errors import InputError
from relsim.model.agents import Actor, Buyer, Salesperson
from relsim.model.mesa_model import RelationshipModel, run_agents
from relsim.model.observation import MEASURES
from relsim.model.schedule import SCHEDULE
from relsim.model.state import BUYER, NOBODY, SALESPERSON
from relsim.parameters import Parameters

SMALL = {"buyers": 6, "salespeople": 5, "suppliers_per_buyer": 2, "periods": 6, "warm_up": 3}
PARAMETERS = Parameters(**SMALL)


def finished(**given: Any) -> RelationshipModel:
    model = RelationshipModel(PARAMETERS, **{"rng": 1, **given})
    while model.running:
        model.step()
    return model


class Miser(Buyer):
    """Orders all from whoever asks least."""

    def ordering(self) -> None:
        super().ordering()
        cheapest = min(self.relationships, key=lambda r: r.price, default=None)
        for relationship in self.relationships:
            relationship.units = self.need if relationship is cheapest else 0.0


# --- agents -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("face", "entity"), [(Buyer, BUYER), (Salesperson, SALESPERSON)], ids=["buyer", "salesperson"]
)
def test_every_variable_is_an_attribute(face: type[Actor], entity: Any) -> None:
    model = RelationshipModel(PARAMETERS, rng=1)
    agent = (model.buyers if face is Buyer else model.salespeople)[2]
    for variable in entity.variables:
        assert variable.name not in {*vars(mesa.Agent), *vars(Actor)}
        assert variable.meaning in getattr(face, variable.name).__doc__
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
    for buyer in model.buyers:
        assert buyer.relationship_count == len(buyer.suppliers) == len(buyer.relationships)
        for supplier, relationship in zip(buyer.suppliers, buyer.relationships, strict=True):
            assert relationship.seller == supplier.index
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


# --- overriding ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "item"), [("buyers", "horizon"), ("salespeople", "opportunism")])
def test_items_of_a_stance_stay_in_their_ranges_on_an_agent(kind: str, item: str) -> None:
    agent = getattr(RelationshipModel(Parameters(buyers=4, salespeople=4), rng=1), kind)[0]
    setattr(agent, item, 1.0)
    assert getattr(agent, item) == 1.0
    with pytest.raises(InputError, match=f"{item} = 500.0: allowed is"):
        setattr(agent, item, 500.0)
    assert getattr(agent, item) == 1.0


def test_an_override_changes_what_happens() -> None:
    market = finished(buyer=Miser).market
    for first in market.buyers["first_slot"]:
        units = market.relationships["units"][first : first + 2]
        assert (units > 0.0).sum() <= 1
    ordinary = finished().market
    assert (ordinary.relationships["units"] > 0.0).sum() > (market.relationships["units"] > 0).sum()


def test_simulate_runs_own_agents_like_the_model() -> None:
    run = simulate(PARAMETERS, 1, buyer=Miser)
    model = finished(buyer=Miser)
    assert run.measures != simulate(PARAMETERS, 1).measures
    last = run.series.iloc[-1].drop("period").to_dict()
    np.testing.assert_array_equal(list(last.values()), list(model.measures.values()))


def test_overrides_begin_with_period_0() -> None:
    periods = []

    class Witness(Buyer):
        def trust(self) -> None:
            periods.append(self.model.period)
            super().trust()

    finished(buyer={4: Witness})
    assert periods == list(range(6))


def test_agents_are_called_in_the_order_of_their_index() -> None:
    called = []

    class Witness(Salesperson):
        def offer(self) -> None:
            called.append(self.index)

    model = RelationshipModel(PARAMETERS, rng=1, salesperson=Witness)
    model.step()
    assert called == list(range(5))


def test_classes_may_differ_from_agent_to_agent() -> None:
    listed = RelationshipModel(PARAMETERS, rng=1, buyer=[Miser, Buyer] * 3)
    mapped = RelationshipModel(PARAMETERS, rng=1, buyer={0: Miser, 2: Miser, 4: Miser})
    for model in (listed, mapped):
        assert [type(buyer) is Miser for buyer in model.buyers] == [True, False] * 3


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"buyer": [Miser]}, "one for each of 6"),
        ({"buyer": {6: Miser}}, "from 0 to 5"),
        ({"buyer": Salesperson}, "subclass of relsim.Buyer"),
        ({"salesperson": [Buyer] * 5}, "subclass of relsim.Salesperson"),
        ({"rng": -1}, "seed"),
        ({"rng": np.random.default_rng(1)}, "seed"),
        ({"rng": 1, "seed": 1}, "give one"),
        ({"uncertanty": 0.1}, "did you mean 'uncertainty'"),
    ],
)
def test_what_is_not_understood_is_refused(given: dict[str, Any], complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        RelationshipModel(PARAMETERS, **given)


@pytest.mark.parametrize(
    ("kind", "name", "near"),
    [(Buyer, "negociation", "negotiation"), (Salesperson, "discloure", "disclosure")],
)
def test_a_method_that_is_nearly_a_step_is_refused(kind: Any, name: str, near: str) -> None:
    with pytest.raises(InputError, match=rf"Own.{name}: .* did you mean '{near}'"):
        type("Own", (kind,), {name: lambda self: None})


def test_a_step_of_mesa_is_refused() -> None:
    with pytest.raises(InputError, match=r"Own.step: .* negotiation"):
        type("Own", (Buyer,), {"step": lambda self: None})


def test_helpers_and_memories_of_ones_own_are_not_refused() -> None:
    class Own(Buyer):
        patience = 3

        def cheapest(self) -> None: ...
        def _negociation(self) -> None: ...

    buyer = RelationshipModel(PARAMETERS, rng=1, buyer=Own).buyers[0]
    buyer.patience = 2
    buyer.rounds_remembered = 4
    assert (buyer.patience, buyer.rounds_remembered) == (2, 4)


def test_an_attribute_that_is_nearly_a_variable_is_refused() -> None:
    buyer = RelationshipModel(PARAMETERS, rng=1).buyers[0]
    with pytest.raises(InputError, match=r"Buyer.volum: .* did you mean 'volume'"):
        buyer.volum = 3.0


@pytest.mark.parametrize(
    ("kind", "step", "variable", "value", "allowed"),
    [
        (Buyer, "ordering", "units", -1.0, "a number from 0"),
        (Buyer, "ordering", "units", math.nan, "a number from 0"),
        (Buyer, "trust", "buyer_trust_in_seller", 2.0, "0 to 1"),
        (Salesperson, "offer", "quote", math.inf, "a finite number"),
    ],
)
def test_impossible_values_of_an_own_step_are_named(
    kind: Any, step: str, variable: str, value: float, allowed: str
) -> None:
    def own(agent: Any) -> None:
        if agent.index == 2:
            setattr(agent.relationships[0], variable, value)

    face = type("Own", (kind,), {step: own})
    model = RelationshipModel(PARAMETERS, rng=1, **{face.kind: face})
    told = f"Own 2 in {step}, .*: {variable} = {value!r}; allowed is {allowed}"
    with pytest.raises(InputError, match=told):
        model.step()


def test_impossible_values_of_an_agents_own_record_are_named() -> None:
    class Own(Buyer):
        def evaluation(self) -> None:
            self.volume = -5.0

    with pytest.raises(InputError, match=r"Own 0 in evaluation: volume = -5.0; .* from 0"):
        finished(buyer=Own)


def test_ordinary_steps_never_write_what_is_checked_against() -> None:
    steps = {step.submodel for step in SCHEDULE}

    def thin(face: type[Actor]) -> Any:
        own = {n: lambda self, n=n: self.take(n) for n in steps if hasattr(face, n)}
        return type("Own", (face,), own)

    for capital in ({}, {"purchase_interval": 6, "lead_time": 3, "service_life": 24}):
        market = PARAMETERS.with_values(periods=36, **capital)
        run = simulate(market, 1, buyer=thin(Buyer), salesperson=thin(Salesperson))
        assert run.measures == pytest.approx(simulate(market, 1).measures, nan_ok=True, rel=0)


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


@pytest.mark.parametrize("processes", [1, 2])
def test_batch_run(processes: int) -> None:
    fixed = {name: [value] for name, value in SMALL.items()}
    if tuple(int(part) for part in mesa.__version__.split(".")[:2]) >= (3, 5):
        seeds: dict[str, Any] = {"rng": [1, 2]}
    else:
        seeds = {"iterations": 1}
        fixed["rng"] = [1, 2]
    rows = mesa.batch_run(
        RelationshipModel,
        parameters={**fixed, "aggressiveness": [0.0, 1.0]},
        number_processes=processes,
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


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"parameters": {"buyers": 4}}, "parameters = "),
        ({"parameters": 0}, "parameters = 0: allowed is a relsim.Parameters"),
        ({"buyer": 5}, "buyer = 5: allowed is a subclass of relsim.Buyer"),
        ({"buyer": None}, "buyer = None: allowed is a subclass of relsim.Buyer"),
        ({"buyer": {"a": Buyer, 9: Buyer}}, "buyer 'a': allowed is an index from 0 to"),
    ],
)
def test_odd_arguments_are_refused_in_one_line(arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=re.escape(words)):
        RelationshipModel(**arguments)
