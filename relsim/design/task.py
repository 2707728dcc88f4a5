"""What a sweep does with every run, if it is more than one market and its measures.

A plan without a task simulates the market of its point and arm, and keeps measures. With a task it
hands parameters and seed to the task and keeps the numbers that come back, in the same file, by the
same runner, stopped and resumed in the same way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from relsim.design.custom_code import parts_of
from relsim.io.errors import InputError, shown
from relsim.parameters import Parameters


@runtime_checkable
class Task(Protocol):
    """From parameters and a seed to numbers; it must survive being sent to another process.

    Examples
    --------
    >>> isinstance(Recorded("claims", ("A1.1",), "0f"), Task)
    True
    """

    @property
    def name(self) -> str:
        """What it is called in the plan of a file."""
        ...

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of its numbers: the columns of ``runs``."""
        ...

    @property
    def sources(self) -> str:
        """Hash of files that its numbers depend on, beside the model and its own code."""
        ...

    def __call__(self, parameters: Parameters, seed: int) -> Sequence[float]:
        """Do it once."""
        ...


@dataclass(frozen=True)
class Recorded:
    """A task as a file of results remembers it: enough to read the file, not to go on with it."""

    name: str
    columns: tuple[str, ...]
    sources: str
    code: Mapping[str, str] | None = None

    def __call__(self, parameters: Parameters, seed: int) -> Sequence[float]:
        """Refuse: only its name is known."""
        raise InputError(f"task = {self.name!r}: allowed is the task itself, not its record")


def checked(given: Any) -> Task | None:
    """A task, or the record of one, as a plan takes it.

    Raises
    ------
    InputError
        If it is neither.

    Examples
    --------
    >>> checked({"name": "claims", "columns": ["A1.1"], "sources": "0f"})
    Recorded(name='claims', columns=('A1.1',), sources='0f', code=None)
    """
    if isinstance(given, dict) and given.keys() - {"code"} == {"name", "columns", "sources"}:
        return Recorded(**{**given, "columns": tuple(given["columns"])})
    if given is None or isinstance(given, Task):
        return given
    raise InputError(
        f"task = {shown(given)}: allowed is a function of parameters and a seed with name, columns "
        "and sources, from Python only"
    )


def record(task: Task | None) -> dict[str, Any] | None:
    """A task as JSON values."""
    if task is None:
        return None
    code = task.code if isinstance(task, Recorded) else parts_of(task) or None
    columns = list(task.columns)
    return {"name": task.name, "columns": columns, "sources": task.sources, "code": code}
