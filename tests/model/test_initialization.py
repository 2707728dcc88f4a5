"""A market before its first period."""

from typing import Any

import numpy as np
import pytest
from markets import as_bytes

from relsim.io.errors import InputError
from relsim.model import initialization
from relsim.model.draws import check_seed
from relsim.model.initialization import initialize, parameter_record, small_world
from relsim.model.stance_allotment import (
    aggressiveness_of_buyers,
    allotted,
    drawn_stances,
    set_stances,
)
from relsim.model.state import NOBODY, Market
from relsim.parameters import Parameters
from relsim.parameters.stances import BUYER_STANCES, STANCE_RANGES, interpolated

SMALL = Parameters(buyers=10, salespeople=6, suppliers_per_buyer=3, periods=6)


def same(one: Market, other: Market, without: set[str] = frozenset()) -> bool:  # type: ignore[assignment]
    """Say whether two markets agree in every bit."""
    pairs = zip(one._fields, one, other, strict=True)
    return all(
        all(map(np.array_equal, a, b)) if name.endswith("contacts") else as_bytes(a) == as_bytes(b)
        for name, a, b in pairs
        if name not in without
    )


def test_another_seed_is_another_market_and_zero_is_a_seed() -> None:
    markets = [initialize(SMALL, seed).market for seed in (0, 1, 2**53 - 1)]
    assert len({market.buyers["volume"].tobytes() for market in markets}) == 3
    assert same(initialize(SMALL, 0).market, markets[0])


def test_global_random_state_is_neither_used_nor_changed() -> None:
    np.random.seed(1)  # noqa: NPY002 - the global state is the subject
    before = np.random.get_state()[1].copy()  # type: ignore[index] # noqa: NPY002
    initialization._worlds.cache_clear()
    first = initialize(SMALL, 3).market
    np.random.seed(2)  # noqa: NPY002
    initialization._worlds.cache_clear()
    assert same(first, initialize(SMALL, 3).market)
    np.random.seed(1)  # noqa: NPY002
    assert (np.random.get_state()[1] == before).all()  # type: ignore[index] # noqa: NPY002


def test_stances_do_not_touch_who_the_agents_are() -> None:
    """Paired arms meet the same agents and the same luck."""
    aggressive, trusting = (
        initialize(SMALL.with_values(buyer_stances=name), 7) for name in ("aggressive", "trusting")
    )
    assert same(aggressive.market, trusting.market)
    assert (aggressive.stream == trusting.stream).all()


@pytest.mark.parametrize(
    "change",
    [{"uncertainty": 0.9}, {"volume_spread": 0.0}, {"contacts": 0}, {"practice_share": 1.0}],
)
def test_parameters_do_not_shift_the_draws(change: dict[str, Any]) -> None:
    base, other = initialize(SMALL, 7), initialize(SMALL.with_values(**change), 7)
    assert (base.market.salespeople["capability"] == other.market.salespeople["capability"]).all()
    assert (base.market.relationships["seller"] == other.market.relationships["seller"]).all()
    assert (base.stream == other.stream).all()


@pytest.mark.parametrize("seed", [-1, 2**53, 1.0, True, "1", None])
def test_what_is_no_seed_is_refused(seed: Any) -> None:
    with pytest.raises(InputError, match="allowed is a whole number"):
        check_seed(seed)


def test_numpy_integers_are_seeds() -> None:
    assert type(check_seed(np.int64(5))) is int


def test_every_buyer_has_different_suppliers() -> None:
    relationships = initialize(SMALL, 1).market.relationships
    suppliers = relationships["seller"].reshape(SMALL.buyers, SMALL.suppliers_per_buyer)
    assert (suppliers != NOBODY).all()
    assert all(len(set(row)) == len(row) for row in suppliers.tolist())


def test_everybody_is_neutral_until_stances_are_set() -> None:
    market = initialize(SMALL.with_values(buyer_stances="aggressive"), 0).market
    for item, value in interpolated(0.5).items():
        assert (market.buyers[item] == value).all()
    set_stances(market, SMALL.with_values(buyer_stances="loyal"), 0, neutral=False)
    for item in STANCE_RANGES:
        assert (market.buyers[item] == BUYER_STANCES["loyal"][item]).all()


def test_stance_items_are_set_apart_from_the_stance() -> None:
    parameters = SMALL.with_values(buyer_stances="trusting", stance_items={"rival_quotes": 4.0})
    market = initialize(parameters, 0).market
    set_stances(market, parameters, 0, neutral=False)
    assert (market.buyers["rival_quotes"] == 4.0).all()
    assert (market.buyers["horizon"] == BUYER_STANCES["trusting"]["horizon"]).all()


def test_a_mixture_is_dealt_out_by_seed_in_its_shares() -> None:
    parameters = SMALL.with_values(buyer_stances={"aggressive": 0.3, "trusting": 0.7})
    dealt = [drawn_stances(parameters, seed) for seed in range(4)]
    assert all(names.count("aggressive") == 3 for names in dealt)
    assert len({tuple(names) for names in dealt}) > 1
    assert dealt[0] == drawn_stances(parameters, 0)


def test_one_stance_each_keeps_its_order() -> None:
    names = ["loyal", "shopper"] * 5
    assert drawn_stances(SMALL.with_values(buyer_stances=names), 3) == names


def test_buyers_that_differ_little_differ() -> None:
    """The name of a place on the line is rounded, the stance is not."""
    values = [0.501, 0.502, 0.5, 0.0, 1.0, 0.25, 0.3, 0.35, 0.4, 0.45]
    parameters = SMALL.with_values(aggressiveness=values)
    market = initialize(parameters, 7).market
    set_stances(market, parameters, 7, neutral=False)
    for buyer, value in zip(market.buyers, values, strict=True):
        for item, wanted in interpolated(value).items():
            assert buyer[item] == wanted


def test_aggressiveness_of_stances_off_the_line_is_unknown() -> None:
    order = np.arange(10)
    numbers = aggressiveness_of_buyers(SMALL.with_values(buyer_stances="shopper"), order)
    assert np.isnan(numbers).all()
    numbers = aggressiveness_of_buyers(SMALL.with_values(aggressiveness=0.25), order)
    assert (numbers == 0.25).all()


def test_mixture_of_one() -> None:
    assert allotted({"a": 0.4, "b": 0.6}, np.arange(1)) in (["a"], ["b"])


def test_record_of_parameters_says_what_is_switched_off_and_held() -> None:
    parameters = Parameters(without={"ideas"}, hold={"trust": 0.7, "clauses": 2.0})
    (record,) = parameter_record(parameters)
    assert record.with_ideas == 0.0
    assert record.with_audits == 1.0
    assert (record.hold_buyer_trust, record.hold_seller_trust) == (0.7, 0.7)
    assert record.hold_clauses == 2.0
    assert np.isnan(record.hold_service)


@pytest.mark.parametrize(("count", "contacts"), [(1, 4), (2, 4), (3, 2), (5, 0), (40, 4)])
def test_small_worlds_of_any_size(count: int, contacts: int) -> None:
    ties = small_world(count, contacts, 1)
    pairs = {
        (i, int(j)) for i in range(count) for j in ties.other[ties.first[i] : ties.first[i + 1]]
    }
    assert len(ties.first) == count + 1
    assert all((j, i) in pairs and i != j for i, j in pairs)
