"""Problems: how many of a kind a delivery brings."""

import math

import pytest

from relsim.engine.compilation import plain
from relsim.model.submodels import problems


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
