"""A relationship as custom code sees it, and a stance for it alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from relsim import Buyer, InputError, Parameters, RelationshipModel, simulate
from relsim.engine.compilation import plain
from relsim.model.entities import RELATIONSHIP
from relsim.model.state import BUYER_LEFT, NOBODY
from relsim.model.submodels import turnover
from relsim.parameters.stances import BUYER_STANCES, STANCE_RANGES

SMALL = Parameters(buyers=6, salespeople=6, suppliers_per_buyer=2, periods=24, warm_up=6)


def model(**given: Any) -> RelationshipModel:
    return RelationshipModel(SMALL.with_values(**given), rng=1, collect=False)


@pytest.fixture
def here() -> Any:
    return model().buyers[0].relationships[0]


@pytest.mark.quick
def test_every_variable_is_read_and_written_in_place() -> None:
    made = model()
    here, records = made.relationships[3], made.market.relationships
    named = {"phase": "collaborative", "promise_outcome": "kept"}
    codes = {"phase": 2, "promise_outcome": 1.0}
    for variable in RELATIONSHIP.variables:
        value = named.get(variable.name, variable.bounds[1] if variable.bounds else 1)
        if variable.integer and variable.name not in named:
            if variable.bounds is None:
                before = getattr(here, variable.name)
                with pytest.raises(InputError, match=f"{variable.name}: can be read, not set"):
                    setattr(here, variable.name, value)
                assert getattr(here, variable.name) == before
                continue
            value = int(value)
            with pytest.raises(InputError, match="allowed is a whole number"):
                setattr(here, variable.name, 2.5)
        setattr(here, variable.name, value)
        assert getattr(here, variable.name) == value
        assert records[variable.name][3] == codes.get(variable.name, value)


@pytest.mark.quick
@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("prise", 3.0, "did you mean 'price'"),
        ("stanse", "loyal", "did you mean 'stance'"),
        ("betrayals", 1, "keeps itself, by its firm"),
        ("phase", "commerce", "did you mean 'commercial'"),
        ("phase", 2, "unknown phase 2"),
        ("promise_outcome", -1.0, "unknown promise outcome"),
        ("opening_demand", 0.5, "opening_demand = 0.5: allowed is 0 to 0.3"),
        ("stance", "agressive", "did you mean 'aggressive'"),
        ("stance", 1.5, "aggressiveness = 1.5: allowed is 0 to 1"),
        ("stance", True, "allowed is a name or an aggressiveness"),
        ("stance", {"horizons": 3.0}, "did you mean 'horizon'"),
        ("stance", {"horizon": 3000.0}, "horizon = 3000.0: allowed is 1 to 120"),
        ("stance", {"horizon": 9.0, "rival_quotes": 99}, "rival_quotes = 99: allowed is 0 to 4"),
    ],
)
def test_what_a_relationship_does_not_have_is_refused(
    here: Any, name: str, value: Any, said: str
) -> None:
    before = here.stance, here.price, here.phase, here.promise_outcome
    with pytest.raises(InputError, match=said):
        setattr(here, name, value)
    assert (here.stance, here.price, here.phase, here.promise_outcome) == before


@pytest.mark.quick
def test_the_buyers_own_items_hold_where_nothing_is_set(here: Any) -> None:
    buyer = here._model.buyers[here.buyer]
    assert here.stance is None
    assert here.horizon == buyer.horizon
    here.horizon = 7.0
    buyer.horizon, buyer.opening_demand = 3.0, 0.25
    assert (here.horizon, here.opening_demand) == (7.0, 0.25)
    assert here.stance == {"horizon": 7.0}
    here.horizon = None
    assert here.stance is None


@pytest.mark.quick
@pytest.mark.parametrize("stance", [*BUYER_STANCES, "neutral"])
def test_a_stance_sets_all_its_items_here_and_nowhere_else(here: Any, stance: str) -> None:
    made = here._model
    here.stance = stance
    assert here.stance == stance
    others = [one for one in made.relationships if one is not here]
    assert all(one.stance is None for one in others)
    here.stance = None
    assert here.stance is None


@pytest.mark.quick
def test_items_that_parameters_set_for_all_hold_in_a_relationship_too() -> None:
    made = model(stance_items={"horizon": 9.0})
    here = made.relationships[0]
    here.stance = "loyal"
    assert (here.stance, here.horizon) == ("loyal", 9.0)


@pytest.mark.quick
def test_a_new_relationship_in_the_slot_begins_without() -> None:
    made = model()
    here = made.relationships[0]
    here.stance = "aggressive"
    plain(turnover.end)(made.market, 0, BUYER_LEFT)
    assert here.seller == NOBODY
    plain(turnover.begin)(made.market, 0, 3, made.period)
    assert (here.seller, here.stance) == (3, None)


def test_no_stance_outlives_its_supplier_in_a_run() -> None:
    class Marked(Buyer):
        """Marks the firms that it has met, by a stance for each."""

        def audit(self) -> None:
            super().audit()
            known = self.__dict__.setdefault("met", set())
            for one in self.relationships:
                firm = (one.index, one.firm, one.start)
                assert (one.stance is None) == (firm not in known)
                known.add(firm)
                one.stance = "shopper"

    busy = SMALL.with_values(periods=60, max_contract_months=12)
    run = simulate(busy, 3, buyer=Marked)
    assert len(run.spells) > 2 * len(run.relationships)


# --- what it changes ----------------------------------------------------------------------------


class Everywhere(Buyer):
    """Sets in each relationship what the buyer's own stance is anyway."""

    def exploitation(self) -> None:
        for one in self.relationships:
            one.stance = {name: getattr(self, name) for name in STANCE_RANGES}
        super().exploitation()


@pytest.mark.parametrize("stance", ["aggressive", "loyal"])
def test_the_buyers_own_items_set_here_change_nothing(stance: str) -> None:
    market = SMALL.with_values(buyer_stances=stance)
    ordinary = simulate(market, 2).measures
    assert simulate(market, 2, buyer=Everywhere).measures == pytest.approx(
        ordinary, rel=0.0, abs=0.0, nan_ok=True
    )


@pytest.mark.parametrize("item", STANCE_RANGES)
def test_every_item_acts_in_a_single_relationship(item: str) -> None:
    low, high = STANCE_RANGES[item]

    def end(value: float) -> dict[str, float]:
        class Own(Buyer):
            def exploitation(self) -> None:
                for one in self.relationships[:1]:
                    setattr(one, item, value)
                super().exploitation()

        return simulate(SMALL.with_values(periods=60), 2, buyer=Own).measures

    assert end(low) != pytest.approx(end(high), nan_ok=True)


def test_harder_demands_here_press_the_price_here() -> None:
    class OneHard(Buyer):
        """Bargains hard with one of its two suppliers."""

        def exploitation(self) -> None:
            for one in self.relationships:
                one.stance = "aggressive" if one.index % 2 else "trusting"
            super().exploitation()

    pressed = []
    for seed in range(8):
        table = simulate(SMALL.with_values(periods=60), seed, buyer=OneHard).relationships
        hard = table["opening_demand"] == BUYER_STANCES["aggressive"]["opening_demand"]
        ratio = table["price"] / table["fair_quote"]
        pressed.append(ratio[hard].mean() - ratio[~hard].mean())
    assert np.mean(pressed) < 0.0


def test_nothing_is_set_where_nobody_sets_it() -> None:
    table = simulate(SMALL, 1).relationships
    assert table[list(STANCE_RANGES)].isna().all().all()


@pytest.mark.quick
def test_state_of_a_relationship_stays_small() -> None:
    assert RELATIONSHIP.dtype.itemsize < 1200
