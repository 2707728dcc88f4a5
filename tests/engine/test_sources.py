"""Hashes of the sources: what they cover, what they leave out."""

from __future__ import annotations

from pathlib import Path

import pytest

from relsim.engine import source_hash as sources
from relsim.engine.source_hash import source_hash


def all_sources() -> str:
    return sources.hash_of_files(sources.source_files())


def test_source_hash_covers_every_file_and_its_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "PACKAGE", tmp_path)
    hashes = [all_sources()]
    (tmp_path / "submodels").mkdir()
    (tmp_path / "submodels" / "trust.py").write_text("RATE = 1\n")
    hashes.append(all_sources())
    (tmp_path / "submodels" / "trust.py").write_text("RATE = 2\n")
    hashes.append(all_sources())
    (tmp_path / "submodels" / "trust.py").rename(tmp_path / "trust.py")
    hashes.append(all_sources())
    assert len(set(hashes)) == len(hashes)


def test_source_hash_is_that_of_the_imported_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported = source_hash()
    monkeypatch.setattr(sources, "PACKAGE", tmp_path)
    assert source_hash() == imported != all_sources()


def test_the_model_hash_leaves_out_what_only_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "PACKAGE", tmp_path)
    for folder in ("plots", "cli", "model/submodels"):
        (tmp_path / folder).mkdir(parents=True)
    hashes = [(all_sources(), sources.hash_of_rooms(sources.MODEL))]
    for name in ("plots/arms.py", "cli/main.py", "model/submodels/trust.py", "model/new.py"):
        (tmp_path / name).write_text("RATE = 1\n")
        hashes.append((all_sources(), sources.hash_of_rooms(sources.MODEL)))
    assert len({everything for everything, _ in hashes}) == 5
    first, picture, command, submodel, invented = (model for _, model in hashes)
    assert first == picture == command
    assert len({first, submodel, invented}) == 3


def test_every_submodel_counts_for_the_numbers_and_the_machine_code() -> None:
    files = [name for name in sources.source_files() if "submodels/" in name]
    assert len(files) > 18
    assert all(
        name.startswith(rooms) for name in files for rooms in (sources.MODEL, sources.COMPILED)
    )
