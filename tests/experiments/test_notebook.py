"""The notebook of a lesson: it runs, and its numbers are those of the library."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from relsim import compare, presets

FILE = Path(__file__).resolve().parents[2] / "experiments" / "classroom.ipynb"

FEW = 12
"""Replicates, for those of the notebook: the same numbers come out of both."""

ENDS_WITH = """
import json
print(json.dumps({
    "answer": answer,
    "first": {name: float(cost[name]) for name in ("difference", "low", "high")},
    "played": costs["difference"].astype(float).tolist(),
}))
"""


@pytest.fixture(scope="module")
def notebook() -> Any:
    return nbformat.read(FILE, as_version=4)


def test_kept_without_outputs(notebook: Any) -> None:
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(cells) >= 5
    assert all(not cell.outputs and cell.execution_count is None for cell in cells)


def test_asks_before_it_shows(notebook: Any) -> None:
    places = {
        heading: next(
            place for place, cell in enumerate(notebook.cells) if f"## {heading}" in cell.source
        )
        for heading in ("Guess first", "See", "Then play")
    }
    assert list(places.values()) == sorted(places.values())
    first_run = next(
        place for place, cell in enumerate(notebook.cells) if "compare(" in cell.source
    )
    assert first_run > places["See"]


def test_ends_with_the_numbers_of_compare(notebook: Any) -> None:
    run = nbformat.from_dict(notebook)
    for cell in run.cells:
        cell.source = cell.source.replace("replicates=50", f"replicates={FEW}")
    run.cells.append(nbformat.v4.new_code_cell(ENDS_WITH))
    NotebookClient(run, timeout=300, kernel_name="python3").execute()
    drawn = [
        output
        for cell in run.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "image/png" in output.get("data", {})
    ]
    assert drawn, "the figure of the comparison is not shown"
    found = json.loads(run.cells[-1].outputs[0].text)
    market = presets["classroom"]
    row = (
        compare("aggressive", "trusting", base=market, replicates=FEW, seed=0)
        .table.set_index("measure")
        .loc["total_cost_per_unit"]
    )
    assert found["first"] == {name: row[name] for name in ("difference", "low", "high")}
    assert found["answer"] == ("B" if row["high"] < 0.0 else "A" if row["low"] > 0.0 else "neither")
    # Trusting against trusting with the same draws is the same market twice.
    assert found["played"][0] == 0.0
    assert found["played"][-1] == pytest.approx(row["difference"], rel=1e-9)
    assert len(set(found["played"])) == 5


def shown(notebook: Any) -> list[str]:
    """What cells print and return, words and numbers; figures have none."""
    found = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            text = output.get("text") or output.get("data", {}).get("text/plain", "")
            if output.get("name") != "stderr" and "Page size" not in text:
                found.append(" ".join(text.split()))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", ["follow_one_relationship", "sweep_and_sensitivity"])
def test_stored_outputs_are_those_of_today(name: str) -> None:
    stored = nbformat.read(FILE.with_name(f"{name}.ipynb"), as_version=4)
    run = nbformat.from_dict({**stored, "cells": [dict(cell) for cell in stored.cells]})
    NotebookClient(run, timeout=300, kernel_name="python3").execute()
    assert shown(run) == shown(stored) != []
