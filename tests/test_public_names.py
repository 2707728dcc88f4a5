"""What is imported as relsim, and how little that takes."""

import importlib
import subprocess
import sys

import pytest

import relsim


def test_public_names_are_there() -> None:
    for name in relsim.__all__:
        assert getattr(relsim, name) is not None
    assert set(relsim.__all__) <= set(dir(relsim))


def test_presets_are_the_mapping_whatever_was_imported_before() -> None:
    importlib.import_module("relsim.parameters.presets")
    assert relsim.presets["classroom"].buyers > 0


def test_unknown_public_name() -> None:
    with pytest.raises(AttributeError, match="simulat"):
        _ = relsim.simulat


def test_import_waits_for_nothing() -> None:
    code = (
        "import relsim, sys;"
        "print({'numba', 'pandas', 'networkx', 'matplotlib'} & set(sys.modules) or 'nothing')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "nothing"
