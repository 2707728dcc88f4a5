"""What tests of sweeps share."""

from pathlib import Path

import pytest
from sweeps import small_plan

from relsim.sweep import run

# It loads the model where it is imported, which no look for doctests should.
collect_ignore = ["warmed.py"]


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a small sweep; tests that change it copy it before."""
    path = tmp_path_factory.mktemp("finished") / "a.duckdb"
    run(small_plan(), path)
    return path
