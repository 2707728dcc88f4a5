"""A sweep that is killed and resumed ends with the rows of one that is not."""

import os
from pathlib import Path

import pytest
from kills import survive


@pytest.mark.skipif(os.name == "nt", reason="signals differ")
def test_killed_and_resumed_it_ends_with_the_same_rows(tmp_path: Path) -> None:
    assert survive(tmp_path, kills=2) >= 1
