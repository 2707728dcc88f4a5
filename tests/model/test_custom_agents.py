"""Custom agents: their steps take the place of ordinary ones, what is wrong is refused."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from mesa_models import PARAMETERS, finished

from relsim import simulate
from relsim.design.arms import arm
from relsim.io.errors import InputError
from relsim.model.actor import Actor
from relsim.model.agents import Buyer, Salesperson
from relsim.model.mesa_model import RelationshipModel
from relsim.model.schedule import SCHEDULE
from relsim.model.stance_allotment import items_of, number_of
from relsim.parameters import Parameters
from relsim.parameters.stances import BUYER_STANCES, SELLER_STANCES

pytestmark = pytest.mark.mesa


class Miser(Buyer):
    """Orders all from whoever asks least."""

    def ordering(self) -> None:
        super().ordering()
        cheapest = min(self.relationships, key=lambda r: r.price, default=None)
        for relationship in self.relationships:
            relationship.units = self.need if relationship is cheapest else 0.0


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
        ({"parameters": {"buyers": 4}}, "parameters = "),
        ({"parameters": 0}, "parameters = 0: allowed is a relsim.Parameters"),
        ({"buyer": 5}, "buyer = 5: allowed is a subclass of relsim.Buyer"),
        ({"buyer": None}, "buyer = None: allowed is a subclass of relsim.Buyer"),
        ({"buyer": {"a": Buyer, 9: Buyer}}, "buyer 'a': allowed is an index from 0 to"),
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
        RelationshipModel(**{"parameters": PARAMETERS, **given})


@pytest.mark.parametrize(
    ("kind", "name", "near"),
    [(Buyer, "negociation", "negotiation"), (Salesperson, "discloure", "disclosure")],
)
def test_a_method_that_is_nearly_a_step_is_refused(kind: Any, name: str, near: str) -> None:
    with pytest.raises(InputError, match=rf"Own.{name}: .* did you mean '{near}'"):
        type("Own", (kind,), {name: lambda self: None})


async def _later(agent: Any) -> None: ...


def _bit_by_bit(agent: Any) -> Iterator[None]:
    yield


@pytest.mark.parametrize(
    "step", [None, property(len), 3, _later, _bit_by_bit, type("Mixed", (), {})]
)
def test_a_step_that_would_not_run_is_refused(step: Any) -> None:
    with pytest.raises(InputError, match=r"Own.ordering: allowed is a plain method"):
        type("Own", (Buyer,), {"ordering": step})
    mixed = type("Mixed", (), {"ordering": step})
    with pytest.raises(InputError, match=r"Own.ordering: allowed is a plain method"):
        type("Own", (mixed, Buyer), {})


def test_buyers_and_sellers_may_share_a_base() -> None:
    class Patient(Actor):
        patience = 3

    class PatientBuyer(Patient, Buyer): ...

    assert RelationshipModel(PARAMETERS, rng=1, buyer=PatientBuyer).buyers[0].patience == 3


def test_a_step_is_not_set_on_an_agent() -> None:
    class Own(Buyer):
        def environment(self) -> None:
            self.ordering = lambda: None  # type: ignore[method-assign]

    with pytest.raises(InputError, match=r"Own.ordering: override it in the class"):
        finished(buyer=Own)


@pytest.mark.parametrize("stance", [*BUYER_STANCES, "neutral", 0.3, {"horizon": 9.0}])
def test_a_stance_set_by_a_custom_buyer_is_that_stance(stance: Any) -> None:
    class Own(Buyer):
        def environment(self) -> None:
            self.stance = stance
            super().environment()

    run = simulate(PARAMETERS, 1, buyer=Own)
    given = (
        PARAMETERS.with_values(stance_items=stance)
        if isinstance(stance, dict)
        else arm(stance, PARAMETERS).parameters
    )
    assert run.series.equals(simulate(given, 1).series)
    buyer = RelationshipModel(PARAMETERS, rng=1).buyers[0]
    buyer.stance = stance
    read = {**items_of("neutral", PARAMETERS), **stance} if isinstance(stance, dict) else stance
    assert read in (buyer.stance, buyer.aggressiveness)
    number = math.nan if isinstance(stance, dict) else number_of(stance)
    assert buyer.aggressiveness == pytest.approx(number, nan_ok=True)


def test_aggressiveness_and_stance_are_one_thing() -> None:
    buyer = RelationshipModel(PARAMETERS, rng=1).buyers[0]
    buyer.aggressiveness = 1.0
    assert (buyer.stance, buyer.horizon) == ("aggressive", BUYER_STANCES["aggressive"]["horizon"])
    buyer.horizon = 20.0
    assert buyer.stance == pytest.approx({**BUYER_STANCES["aggressive"], "horizon": 20.0})
    with pytest.raises(InputError, match="did you mean 'loyal'"):
        buyer.stance = "loyl"
    with pytest.raises(InputError, match="rival_quotes = 999: allowed is 0 to 4"):
        buyer.stance = {"horizon": 5.0, "rival_quotes": 999}
    assert buyer.horizon == 20.0
    buyer.aggressiveness = np.float32(0.5)
    assert (buyer.stance, buyer.aggressiveness) == ("neutral", 0.5)


def test_a_stance_set_by_a_custom_seller_is_that_stance() -> None:
    class Own(Salesperson):
        def audit(self) -> None:
            self.stance = "opportunist"
            super().audit()

    honest = PARAMETERS.with_values(seller_stances="honest")
    run = simulate(honest, 1, salesperson=Own)
    assert set(run.salespeople["stance"]) == {"opportunist"}
    assert run.salespeople["opportunism"].eq(SELLER_STANCES["opportunist"]["opportunism"]).all()
    assert run.measures != simulate(honest, 1).measures
    seller = RelationshipModel(PARAMETERS, rng=1).salespeople[0]
    with pytest.raises(InputError, match="unknown stance 'loyal'"):
        seller.stance = "loyal"


def test_no_classes_are_not_ordinary_ones() -> None:
    with pytest.raises(InputError, match="buyer has 0 classes"):
        simulate(PARAMETERS, 1, buyer=[])  # type: ignore[arg-type]


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
