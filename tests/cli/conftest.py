"""What tests of commands share."""

import pytest

from relsim.sweep import Plan, run


@pytest.fixture(scope="session")
def stored(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A sweep of two parameters, with rows of all kinds."""
    path = tmp_path_factory.mktemp("sweep") / "results.duckdb"
    plan = Plan(
        design="morris",
        points=4,
        replicates=3,
        periods=6,
        arms=["aggressive", "trusting"],
        measures=["total_cost_per_unit", "suppliers_trust_in_buyer"],
        keep=["runs", "buyers", "series"],
        base={"buyers": 4, "salespeople": 4, "warm_up": 2},
        parameters={
            "uncertainty": {"low": 0.1, "high": 0.5},
            "candour": {"low": 0.1, "high": 0.9},
        },
    )
    run(plan, path)
    return str(path)
