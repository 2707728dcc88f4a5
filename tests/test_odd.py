"""The description is current and leaves nothing out."""

from __future__ import annotations

import re

import pytest

from relsim.cli import equations, odd
from relsim.io.errors import InputError
from relsim.model.observation import MEASURES
from relsim.model.schedule import SCHEDULE
from relsim.parameters import FIXED, table
from relsim.parameters.mechanisms import HOLDS, MECHANISMS

TEXT = odd.DESCRIPTION.read_text(encoding="utf-8")
CLAIMS = [f"A{n}" for n in range(1, 9)] + [f"B{n}" for n in range(1, 23)]
HEADINGS = [
    "## 1 Purpose and patterns",
    "## 2 Entities, state variables, and scales",
    "## 3 Process overview and scheduling",
    "## 4 Design concepts",
    "## 5 Initialization",
    "## 6 Input data",
    "## 7 Submodels",
]
CONCEPTS = [
    "Basic principles",
    "Emergence",
    "Adaptation",
    "Objectives",
    "Learning",
    "Prediction",
    "Sensing",
    "Interaction",
    "Stochasticity",
    "Collectives",
    "Observation",
]
LOOPS = [
    "Deepening",
    "Exposure",
    "Value",
    "Squeeze",
    "Silence",
    "Attention",
    "Lock-in",
    "Market",
    "Flexibility",
]


def test_generated_parts_are_current() -> None:
    assert odd.refreshed(TEXT) == TEXT, "run: python -m relsim.cli.odd"


def test_every_part_stands_in_the_description_once() -> None:
    found = [name for _, name, _ in odd.PART.findall(TEXT)]
    assert sorted(found) == sorted(odd.PARTS)


def test_an_unknown_part_is_an_error() -> None:
    with pytest.raises(InputError, match="did you mean 'measures'"):
        odd.refreshed("<!-- generated: mesures -->\n<!-- end -->")


def test_headings_of_the_protocol_in_their_order() -> None:
    places = [TEXT.index(f"\n{heading}\n") for heading in HEADINGS]
    assert places == sorted(places)
    concepts = [TEXT.index(f"\n### {concept}\n") for concept in CONCEPTS]
    assert concepts == sorted(concepts)


def test_every_submodel_has_its_section_in_order() -> None:
    names = list(dict.fromkeys(step.submodel for step in SCHEDULE))
    for number, name in enumerate(names, 1):
        title = name.replace("_", " ").capitalize()
        assert f"\n### 7.{number} {title}\n" in TEXT
        section = TEXT.split(f"\n### 7.{number} ")[1].split("\n### ")[0].split("\n## ")[0]
        assert "Assumptions of ours" in section
        assert f"<!-- generated: equations {name} -->" in section


@pytest.mark.parametrize("claim", CLAIMS)
def test_every_claim_has_a_row_that_names_submodels_and_a_kind(claim: str) -> None:
    (row,) = re.findall(rf"^\| {claim} \|.*$", TEXT, re.MULTILINE)
    _, _, _, carried, kind, _, _ = (cell.strip() for cell in row.split("|"))
    names = {step.submodel for step in SCHEDULE} | {"observation"}
    assert any(name in carried for name in names)
    assert re.search("emergent|assumed|calibrated", kind)


def test_mechanisms_holds_measures_and_parameters_are_named() -> None:
    names = [*MECHANISMS, *HOLDS, *MEASURES, *(entry.name for entry in table())]
    assert [name for name in names if f"`{name}`" not in TEXT] == []


@pytest.mark.parametrize("loop", LOOPS)
def test_loops_are_drawn(loop: str) -> None:
    assert re.search(rf"\*\*[^*]*{loop} \([+-]", TEXT)


def test_sources_that_are_cited_are_listed() -> None:
    listed = set(re.findall(r"^\| ([A-Z]{1,3}\d*|Grimm et al\. 2020) \| [A-Z]", TEXT, re.MULTILINE))
    sources = {entry.source for entry in table()} - {"assumption", "calibrated"}
    assert sources <= listed
    cited = set(re.findall(r"\b(KJ22|ASR|L83|DC03|AT73|CM94|SP13|GO|KN01|GN06|K09|WKH00)\b", TEXT))
    assert cited <= listed


def test_no_docstring_is_printed_raw() -> None:
    prose = [line for line in TEXT.splitlines() if not line.startswith("|")]
    assert [line for line in prose if re.search(r"-{4,}|\b(Returns|Parameters) -", line)] == []


def test_sums_inside_steps_are_told() -> None:
    for (module, _), names in equations.SUMS.items():
        section = equations.equations(module)
        assert [name for name in names if f"\n  - `{name} = " not in section] == []
    assert {"good", "bad", "expected", "demand"} <= {
        name for names in equations.SUMS.values() for name in names
    }
    assert "p.weight_of_problem * min(1.0, felt(p, r, r.remedied))" in equations.equations("trust")


def test_what_interventions_cannot_change_is_listed() -> None:
    section = TEXT.split("\n## 6 Input data\n")[1].split("\n## ")[0].split("All parameters:")[0]
    assert {name for name in FIXED if f"`{name}`" not in section} == set()
    assert "replaces the earlier one" in section
