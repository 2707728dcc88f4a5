"""The order of a period is written once as a list, and the code is that list."""

from __future__ import annotations

import re

import pytest

from relsim.engine.compilation import plain
from relsim.model import schedule
from relsim.model.schedule import SCHEDULE, keep_traded, link_applicants, list_accounts


def numbered_list() -> list[str]:
    """The submodels as the docstring numbers them."""
    lines = re.findall(r"^ ?(\d+)\. ([a-z ]+?) +- ", schedule.__doc__ or "", re.MULTILINE)
    assert [int(number) for number, _ in lines] == list(range(1, len(lines) + 1))
    return [name.replace(" ", "_") for _, name in lines]


def test_docstring_names_nineteen_submodels():
    assert len(numbered_list()) == 19


def test_schedule_follows_the_numbered_list():
    order = list(dict.fromkeys(step.submodel for step in SCHEDULE))
    assert order == numbered_list()


def test_each_submodel_runs_in_one_stretch():
    stretches = [
        step.submodel
        for place, step in enumerate(SCHEDULE)
        if place == 0 or SCHEDULE[place - 1].submodel != step.submodel
    ]
    assert len(stretches) == len(set(stretches))


def test_functions_are_the_ones_they_are_called():
    for step in SCHEDULE:
        name = plain(step.function).__name__
        module = plain(step.function).__module__
        if step.agent == "market":
            assert step.function in (keep_traded, link_applicants, list_accounts)
        else:
            assert name == f"{step.agent}_step"
            assert module == f"relsim.model.submodels.{step.submodel}"


@pytest.mark.parametrize("agent", ["buyer", "salesperson"])
def test_an_agent_has_one_step_a_submodel(agent):
    steps = [step.submodel for step in SCHEDULE if step.agent == agent]
    assert len(steps) == len(set(steps))
