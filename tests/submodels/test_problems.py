"""Problems: how many of a kind a delivery brings."""

import math

import pytest
from equations import check_direction

from relsim.engine.compilation import plain
from relsim.model.submodels import problems

RANGES = {
    "rate": (0.05, 0.9),
    "units_at_risk": (0.0, 5000.0),
    "units_per_account": (100.0, 5000.0),
    "quality": (-2.5, 2.5),
    "proneness": (0.05, 20.0),
    "mean": (0.0, 10.0),
    "uniform": (0.0, 0.999),
}


@pytest.mark.parametrize(
    ("function", "argument", "sign"),
    [
        (problems.proneness, "quality", -1),
        (problems.problem_rate, "units_at_risk", 1),
        (problems.problem_rate, "proneness", 1),
        (problems.poisson, "mean", 1),
        (problems.poisson, "uniform", 1),
    ],
)
def test_direction(function, argument, sign):
    check_direction(function, argument, sign, RANGES)


@pytest.mark.parametrize("mean", [0.1, 1.0, 3.0])
def test_problems_have_the_distribution_they_are_named_after(mean):
    draws = [plain(problems.poisson)(mean, (n + 0.5) / 20_000) for n in range(20_000)]
    average = sum(draws) / len(draws)
    variance = sum((draw - average) * (draw - average) for draw in draws) / len(draws)
    assert average == pytest.approx(mean, rel=0.01)
    assert variance == pytest.approx(mean, rel=0.02)
    assert draws.count(0.0) / len(draws) == pytest.approx(math.exp(-mean), abs=0.001)


@pytest.mark.parametrize("mean", [0.0, 0.01, 0.2, 1.0, 6.0, 30.0])
def test_where_there_are_mostly_none_the_number_is_the_same(mean):
    draws = [(n + 0.5) / 2_000 for n in range(2_000)]
    one = [plain(problems.poisson)(mean, draw) for draw in draws]
    assert [plain(problems.poisson_of_few)(mean, draw) for draw in draws] == one
    assert min(one) >= 0.0
    assert max(one) <= problems.MAX_EVENTS
