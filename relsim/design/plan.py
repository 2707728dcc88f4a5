"""A plan: all that a sweep follows from.

The same plan and the same relsim give the same points, the same seeds and the same runs, wherever
and in however many pieces they are run.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from relsim.design import checks
from relsim.design import samples as design
from relsim.design import task as tasks
from relsim.design.arms import Arm, arm, seeds
from relsim.design.points import content_key, plain, plain_rows
from relsim.design.samples import SAMPLED
from relsim.io.errors import InputError, known, shown
from relsim.io.reading import read_text
from relsim.model.observation import MEASURES
from relsim.parameters import Parameters
from relsim.parameters.presets import presets

ONLY_ARM = "base"


class Plan(BaseModel):
    """What a sweep runs, checked.

    Parameters
    ----------
    design : {"grid", "latin_hypercube", "sobol", "morris", "table"}
        How points are chosen.
    parameters : mapping, path or DataFrame
        What is swept, by name: a list of values in a grid or a table, ``{low, high, scale}`` in a
        sampled design. A table may also be a DataFrame or the path of a CSV file. Entries of
        ``hold`` and ``stance_items`` have names such as ``hold.trust``.
    points : int or list of int
        Of sampled designs: points of a Latin hypercube (or of several, one after the other), base
        points of a Sobol design, trajectories of a Morris design.
    replicates : int
        Runs of every arm at every point.
    periods : int, optional
        Months of a run; those of the preset if not given.
    arms : list
        What ``relsim.compare`` takes: stances, presets, an aggressiveness, or a mapping of
        parameters, which may have a ``name``. One arm, ``base``, if none.
    measures : list of str
        What to keep; all if none are named.
    keep : list of str
        Of "runs" (always kept), "buyers" (a row a buyer) and "series" (a row a period).
    luck : {"shared", "per_point"}
        Whether replicate ``i`` meets the same random draws at all points, or others at each. Those
        of a point follow from its values: the same in a longer grid or in another order. Points
        that are equal meet the same.
    seed : int
        All points and seeds of runs follow from it.
    preset : str, optional
        A scenario to start from.
    base : mapping or Parameters
        Parameters that hold at every point.
    levels : int
        Levels of a Morris design, an even number.
    second_order : bool
        Whether a Sobol design allows interactions of two parameters.
    task : relsim.design.task.Task, optional
        What is done with every run instead of simulating one market; its columns take the place
        of measures. From Python only.

    Examples
    --------
    >>> plan = Plan(design="grid", parameters={"candour": [0.1, 0.9]}, arms=["loyal", "trusting"])
    >>> plan.points()
       point  candour
    0      0      0.1
    1      1      0.9
    >>> plan.names, plan.arm_names, plan.runs
    (('candour',), ('loyal', 'trusting'), 4)
    >>> Plan(design="gird", parameters={"candour": [0.1]})
    Traceback (most recent call last):
    relsim.io.errors.InputError: unknown design 'gird'; did you mean 'grid'?
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    design: str
    parameters: Any
    # A method has this name, see below.
    counts: tuple[int, ...] = Field(default=(), alias="points")
    # Before the measures, whose names it gives.
    task: Any = None
    replicates: int = 1
    periods: int | None = None
    arms: tuple[Any, ...] = ()
    measures: tuple[str, ...] = tuple(MEASURES)
    keep: tuple[str, ...] = ("runs",)
    luck: str = "shared"
    seed: int = 0
    preset: str | None = None
    base: dict[str, Any] = Field(default_factory=dict)
    levels: int = 4
    second_order: bool = False

    FIELDS: ClassVar[tuple[str, ...]] = (
        "design",
        "parameters",
        "points",
        "replicates",
        "periods",
        "arms",
        "measures",
        "keep",
        "luck",
        "seed",
        "preset",
        "base",
        "levels",
        "second_order",
        "task",
    )

    def __init__(self, /, **values: Any) -> None:
        known("field of a plan", values, self.FIELDS)
        for needed in ("design", "parameters"):
            if needed not in values:
                allowed = checks.ALLOWED[needed]
                raise InputError(f"{needed} is missing in the plan; allowed: {allowed}")
        try:
            super().__init__(**values)
        except ValidationError as error:
            raise _explained(error) from None

    @classmethod
    def from_toml(cls, path: str | Path) -> Plan:
        """Read a plan from a TOML file.

        Parameters
        ----------
        path : str or Path
            Of the file. A table of points in it is looked for beside it.

        Returns
        -------
        Plan
            Checked.

        Raises
        ------
        InputError
            If it cannot be read, or something in it is not allowed.
        """
        file = Path(path)
        try:
            values = tomllib.loads(read_text(file))
        except (OSError, ValueError, RecursionError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise InputError(f"{file}: cannot be read as a plan in TOML ({reason})") from None
        if "task" in values:
            raise InputError(f"{file}: task: allowed from Python only")
        if isinstance(values.get("parameters"), str):
            values["parameters"] = file.parent / values["parameters"]
        try:
            return cls(**values)
        except InputError as error:
            raise InputError(f"{file}: {error}") from None

    # --- checks ---------------------------------------------------------------------------------

    @field_validator(*checks.OF_FIELD, mode="before")
    @classmethod
    def _of_the_right_form(cls, given: Any, info: Any) -> Any:
        task = info.data.get("task")
        if info.field_name == "measures" and task is not None:
            return checks.known_names("measure", task.columns)("measures", given)
        return checks.OF_FIELD[info.field_name](info.field_name, given)

    @model_validator(mode="after")
    def _consistent(self) -> Plan:
        given = self.counts if "counts" in self.model_fields_set else None
        checks.check_counts(self.design, given)
        # A model is frozen for its users; this is still its making.
        object.__setattr__(self, "parameters", checks.swept(self.design, self.parameters))
        if self.task is not None:
            checks.check_kept_of_task(self.keep)
            object.__setattr__(self, "measures", tuple(self.task.columns))
        _ = self.variants
        for name in self.names:
            self._check_swept(name)
        if self.size > design.MOST_POINTS:
            raise InputError(f"{self.size} points: allowed are {design.MOST_POINTS}")
        checks.check_points(self._points, self.variants)
        return self

    def _check_swept(self, name: str) -> None:
        if name == "periods" and self.periods is not None:
            raise InputError(f"periods = {self.periods}: it is swept too; give it once")
        for other in (name, *_REPLACED.get(name, ())):
            given = _entry(self.base, other)
            if given is not None:
                raise InputError(
                    f"base.{other} = {shown(given)}: {name} is swept; allowed is one of them"
                )
            start = _entry(self.start, other)
            for one in self.variants:
                if _entry(one.parameters, other) not in (None, start):
                    raise InputError(
                        f"parameters.{name}: arm {one.name!r} sets {other} too; allowed is one "
                        "of them"
                    )

    # --- what follows from it ---------------------------------------------------------------------

    @property
    def names(self) -> tuple[str, ...]:
        """Parameters that are swept, in the order of the plan."""
        return tuple(self.parameters)

    @cached_property
    def start(self) -> Parameters:
        """What holds where neither point nor arm says anything."""
        values = dict(self.base)
        if self.periods is not None:
            if "periods" in values:
                raise InputError(f"base.periods = {values['periods']}: periods is given too")
            values["periods"] = self.periods
        start = presets[self.preset] if self.preset is not None else Parameters()
        return start.with_values(**values)

    @cached_property
    def variants(self) -> tuple[Arm, ...]:
        """The arms with their parameters, before those of a point."""
        if not self.arms:
            return (Arm(ONLY_ARM, self.start),)
        found = []
        for given in self.arms:
            name = None
            if isinstance(given, Mapping):
                name = given.get("name")
                given = {key: value for key, value in given.items() if key != "name"}
            one = arm(given, self.start)
            found.append(one if name is None else replace(one, name=name))
        names = [one.name for one in found]
        for name in names:
            if names.count(name) > 1:
                raise InputError(f"arms: {name!r} is there twice; allowed is each name once")
        return tuple(found)

    @property
    def arm_names(self) -> tuple[str, ...]:
        """Names of the arms."""
        return tuple(one.name for one in self.variants)

    @property
    def size(self) -> int:
        """How many points there are."""
        if self.design == "grid":
            return int(np.prod([len(content) for content in self.parameters.values()], dtype=float))
        if self.design == "table":
            return len(next(iter(self.parameters.values())))
        if self.design == "latin_hypercube":
            return sum(self.counts)
        swept = len(self.parameters)
        steps = {"morris": swept + 1, "sobol": (2 * swept if self.second_order else swept) + 2}
        return self.counts[0] * steps[self.design]

    @property
    def runs(self) -> int:
        """How many runs there are."""
        return self.size * len(self.variants) * self.replicates

    @cached_property
    def _points(self) -> pd.DataFrame:
        if self.design == "grid":
            frame = design.grid(self.parameters)
        elif self.design == "table":
            frame = pd.DataFrame({name: list(each) for name, each in self.parameters.items()})
        else:
            drawn = self.unit_sample()
            columns = {}
            for place, (name, span) in enumerate(self.parameters.items()):
                limits = design.bounds(name)
                assert limits is not None
                columns[name] = span.at(drawn[:, place], limits.integer)
            frame = pd.DataFrame(columns)
        frame.insert(0, "point", np.arange(len(frame)))
        return frame

    def points(self) -> pd.DataFrame:
        """Lay out the design.

        Returns
        -------
        DataFrame
            A row a point: its number, ``point``, and a column a parameter. Of Sobol and Morris
            designs in the order that SALib needs.
        """
        return self._points.copy()

    def unit_sample(self) -> NDArray[np.float64]:
        """Draw a sampled design in the unit cube, before it is stretched to the ranges.

        Returns
        -------
        ndarray
            A row a point, a column a parameter: what SALib's analyses want beside ``problem``.

        Raises
        ------
        InputError
            If the design is not a sampled one.
        """
        if self.design not in SAMPLED:
            raise InputError(f"design = {self.design}: allowed here: {', '.join(SAMPLED)}")
        return design.unit_sample(
            self.design,
            self.names,
            self.counts,
            self.seed,
            levels=self.levels,
            second_order=self.second_order,
        )

    def problem(self) -> dict[str, Any]:
        """Describe the parameters as SALib wants it: a unit cube, since ranges are stretched."""
        return design.unit_problem(self.names)

    def settings(self, rows: Sequence[int]) -> list[dict[str, Any]]:
        """Values of the swept parameters at some points, as plain Python."""
        return plain_rows(self._points.iloc[list(rows)], self.names)

    @cached_property
    def _shared_seeds(self) -> tuple[int, ...]:
        return seeds(self.seed, self.replicates)

    def seed_of(self, values: Mapping[str, Any], replicate: int) -> int:
        """Seed of a replicate at a point, the same for all arms.

        Parameters
        ----------
        values : mapping
            Of the swept parameters at the point.
        replicate : int
            Its number.

        Returns
        -------
        int
            From 0 to 2**53 - 1; with shared luck the same at all points.

        Examples
        --------
        >>> plan = Plan(design="grid", parameters={"candour": [0.1, 0.9]}, replicates=2)
        >>> plan.seed_of({"candour": 0.1}, 1) == plan.seed_of({"candour": 0.9}, 1) < 2**53
        True
        """
        if self.luck == "shared":
            return self._shared_seeds[replicate]
        key = np.random.SeedSequence(self.seed, spawn_key=(replicate, *content_key(values)))
        return int(key.generate_state(1, np.uint64)[0]) >> 11

    def _arm_record(self, given: Any, understood: Arm) -> Any:
        if not isinstance(given, Parameters):
            return given
        # What is complete by itself, as what differs from where the others start too.
        differing = {
            name: getattr(given, name)
            for name in Parameters.model_fields
            if getattr(given, name) != getattr(self.start, name)
        }
        return {"name": understood.name, **differing}

    def record(self) -> dict[str, Any]:
        """Write the plan down as JSON values, defaults included.

        Returns
        -------
        dict
            ``Plan(**record)`` is the same plan, but for a table, which the file keeps as points.
        """
        kept = {name: getattr(self, name) for name in self.FIELDS if name != "points"}
        kept["task"] = tasks.record(self.task)
        kept["arms"] = [
            self._arm_record(*each) for each in zip(self.arms, self.variants, strict=False)
        ]
        if self.design in SAMPLED:
            kept["points"] = checks.points_field(self.counts)
        if self.design == "table":
            text = json.dumps(self.parameters, default=plain)
            digest = hashlib.sha256(text.encode()).hexdigest()
            kept["parameters"] = {"columns": list(self.names), "rows": self.size, "sha256": digest}
        elif self.design in SAMPLED:
            kept["parameters"] = {name: s._asdict() for name, s in self.parameters.items()}
        ordered = {name: kept[name] for name in self.FIELDS if name in kept}
        record: dict[str, Any] = json.loads(json.dumps(ordered, default=plain))
        return record


_REPLACED = {"buyer_stances": ("aggressiveness",), "aggressiveness": ("buyer_stances",)}
"""What a value of a parameter takes the place of: both say how buyers bargain."""


def _entry(given: Parameters | Mapping[str, Any], name: str) -> Any:
    """A parameter, or with a dot an entry of one; None if it is not there."""
    whole, dot, part = name.partition(".")
    found = given.get(whole) if isinstance(given, Mapping) else getattr(given, whole)
    return found.get(part) if dot and isinstance(found, Mapping) else None if dot else found


def _explained(error: ValidationError) -> InputError:
    """One line for the first thing that pydantic found wrong."""
    first = error.errors()[0]
    cause = first.get("ctx", {}).get("error")
    if isinstance(cause, InputError):
        return cause
    name = ".".join(map(str, first["loc"])) or "plan"
    return InputError(f"{name} = {shown(first['input'])}: {first['msg'].lower()}")
