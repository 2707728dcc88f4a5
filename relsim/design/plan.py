"""A plan: all that a sweep follows from.

The same plan and the same relsim give the same points, the same seeds and the same runs, wherever
and in however many pieces they are run.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, ClassVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    StrictBool,
    ValidationError,
    model_validator,
)

from relsim.design import checks, fields
from relsim.design import measures as own_measures
from relsim.design import samples as design
from relsim.design import task as tasks
from relsim.design.arms import MOST_REPLICATES, Arm, different, seeds
from relsim.design.fields import Listed, Name, Points, Whole
from relsim.design.points import content_key, plain, plain_rows
from relsim.design.samples import DESIGNS, SAMPLED
from relsim.io.errors import InputError, known, shown
from relsim.io.reading import read_text
from relsim.model.draws import check_seed
from relsim.model.observation import MEASURES
from relsim.parameters import Parameters
from relsim.parameters.presets import presets

ONLY_ARM = "base"
KEPT = ("runs", "buyers", "series")
DRAWS = ("shared", "per_point")
MOST_PERIODS = 12_000
MOST_LEVELS = 64


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
    measures : list of str, or mapping of str to callable
        What to keep; all if none are named. A mapping adds measures of one's own: functions of a
        ``relsim.Run``, or their names as ``"module:function"``; it may stand in the list, too.
    keep : list of str
        Of "runs" (always kept), "buyers" (a row a buyer) and "series" (a row a period).
    draws : {"shared", "per_point"}
        Whether replicate ``i`` meets the same random draws at all points (common random numbers
        across points), or others at each, common to its arms. Those of a point follow from its
        values: the same in a longer grid or in another order. Points that are equal meet the same.
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

    design: Annotated[Name, fields.name_of("design", DESIGNS)] = Field(
        description=", ".join(DESIGNS)
    )
    parameters: Any = Field(description=checks.PARAMETERS)
    # A method has this name, see below.
    counts: Annotated[tuple[Points, ...], BeforeValidator(fields.counts)] = Field(
        default=(), alias="points", min_length=1, description=checks.POINTS
    )
    replicates: Whole = Field(
        default=1,
        ge=1,
        le=MOST_REPLICATES,
        description=f"a whole number from 1 to {MOST_REPLICATES}",
    )
    periods: Whole | None = Field(
        default=None, ge=1, le=MOST_PERIODS, description=f"a whole number from 1 to {MOST_PERIODS}"
    )
    arms: Annotated[tuple[Any, ...], BeforeValidator(fields.arms)] = ()
    measures: Annotated[tuple[Any, ...], BeforeValidator(own_measures.listed)] = Field(
        default=tuple(MEASURES), min_length=1, description="a list of measures, each once"
    )
    keep: Listed[Annotated[Name, fields.name_of("table to keep", KEPT)]] = Field(
        default=KEPT[:1], min_length=1, description=f"a list of {', '.join(KEPT)}, each once"
    )
    draws: Annotated[Name, fields.name_of("draws", DRAWS)] = Field(
        default=DRAWS[0], description=", ".join(DRAWS)
    )
    seed: Annotated[Any, BeforeValidator(check_seed)] = 0
    preset: Annotated[Name, fields.name_of("preset", presets)] | None = Field(
        default=None, description="the name of a preset"
    )
    base: Annotated[dict[str, Any], BeforeValidator(fields.base)] = Field(default_factory=dict)
    levels: Whole = Field(
        default=4,
        ge=2,
        le=MOST_LEVELS,
        multiple_of=2,
        description=f"an even number from 2 to {MOST_LEVELS}",
    )
    second_order: StrictBool = Field(default=False, description="true or false")
    task: Annotated[Any, BeforeValidator(tasks.checked)] = None

    _own: dict[str, own_measures.OwnMeasure] = PrivateAttr(default_factory=dict)

    FIELDS: ClassVar[tuple[str, ...]] = ()
    """Names as they are written, in their order."""

    def __init__(self, /, **values: Any) -> None:
        known("field of a plan", values, self.FIELDS)
        try:
            super().__init__(**values)
        except ValidationError as error:
            raise fields.explained(error, Plan) from None

    @classmethod
    def from_toml(cls, path: str | Path) -> Plan:
        """Read a plan from a TOML file; a table of points in it is looked for beside the file.

        Raises
        ------
        InputError
            If it cannot be read, or something in it is not allowed.
        """
        file = Path(path)
        try:
            values = tomllib.loads(read_text(file))
        except (OSError, ValueError, RecursionError) as error:
            why = fields.unreadable(error)
            raise InputError(f"{file}: cannot be read as a plan in TOML ({why})") from None
        if "task" in values:
            raise InputError(f"{file}: task: allowed from Python only")
        if isinstance(values.get("parameters"), str):
            values["parameters"] = file.parent / values["parameters"]
        try:
            return cls(**values)
        except InputError as error:
            raise InputError(f"{file}: {error}") from None

    # --- checks ---------------------------------------------------------------------------------

    @model_validator(mode="after")
    def _consistent(self) -> Plan:
        counts = self.counts if "counts" in self.model_fields_set else None
        checks.check_counts(self.design, counts)
        swept = checks.swept(self.design, self.parameters)
        # Which tables are kept does not depend on how they were listed.
        changes = {"parameters": swept, "keep": tuple(n for n in KEPT if n in self.keep)}
        if self.task is not None:
            if changes["keep"] != KEPT[:1]:
                keep = shown(list(self.keep))
                raise InputError(f"keep = {keep}: allowed with a task is {KEPT[0]}")
            changes["measures"] = tuple(self.task.columns)
        given = self.measures if "measures" in self.model_fields_set else ()
        names, self._own = own_measures.separated(given)
        if self.task is not None and self._own:
            raise InputError(f"measures.{next(iter(self._own))}: allowed without a task")
        known("measure", names, changes.get("measures", tuple(MEASURES)))
        changes |= {"measures": (*names, *self._own)} if given else {}
        # A model is frozen for its users; this is still its making.
        for name, value in changes.items():
            object.__setattr__(self, name, value)
        _ = self.variants
        checks.check_given_once(self.names, self.periods, self.base, self.start, self.variants)
        if self.size > design.MOST_POINTS:
            raise InputError(f"{self.size} points: allowed are {design.MOST_POINTS}")
        checks.check_points(self._points, self.variants)
        return self

    # --- what follows from it ---------------------------------------------------------------------

    @property
    def own(self) -> dict[str, own_measures.OwnMeasure]:
        """Measures of one's own, the last of ``measures``."""
        return dict(self._own)

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
        return fields.understood(self.arms, self.start)

    @property
    def arm_names(self) -> tuple[str, ...]:
        """Names of the arms."""
        return tuple(one.name for one in self.variants)

    @property
    def size(self) -> int:
        """How many points there are."""
        return design.size(self.design, self.parameters, self.counts, self.second_order)

    @property
    def runs(self) -> int:
        """How many runs there are."""
        return self.size * len(self.variants) * self.replicates

    @cached_property
    def _points(self) -> pd.DataFrame:
        drawn = self.unit_sample() if self.design in SAMPLED else None
        return design.lay_out(self.parameters, drawn, every_combination=self.design == "grid")

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

        A row a point, a column a parameter.
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

    def settings(self, rows: Sequence[int]) -> list[dict[str, Any]]:
        """Values of the swept parameters at some points, as plain Python."""
        return plain_rows(self._points.iloc[list(rows)], self.names)

    @cached_property
    def _shared_seeds(self) -> tuple[int, ...]:
        return seeds(self.seed, self.replicates)

    def seed_of(self, values: Mapping[str, Any], replicate: int) -> int:
        """Seed of a replicate at a point, the same for all arms; with shared draws at all points.

        Examples
        --------
        >>> plan = Plan(design="grid", parameters={"candour": [0.1, 0.9]}, replicates=2)
        >>> plan.seed_of({"candour": 0.1}, 1) == plan.seed_of({"candour": 0.9}, 1) < 2**53
        True
        """
        if self.draws == "shared":
            return self._shared_seeds[replicate]
        key = np.random.SeedSequence(self.seed, spawn_key=(replicate, *content_key(values)))
        return int(key.generate_state(1, np.uint64)[0]) >> 11

    def record(self) -> dict[str, Any]:
        """Write the plan down as JSON values, defaults included.

        Returns
        -------
        dict
            ``Plan(**record)`` is the same plan, but for a table, which the file keeps as points.
        """
        kept = {name: getattr(self, name) for name in self.FIELDS if name != "points"}
        kept["task"] = tasks.record(self.task)
        kept["measures"] = own_measures.record(self.measures, self._own)
        kept["arms"] = [
            # What is complete by itself, as what differs from where the others start too.
            {"name": one.name, **different(given, self.start)}
            if isinstance(given, Parameters)
            else given
            for given, one in zip(self.arms, self.variants, strict=False)
        ]
        if self.design == "table":
            text = json.dumps(self.parameters, default=plain)
            digest = hashlib.sha256(text.encode()).hexdigest()
            kept["parameters"] = {"columns": list(self.names), "rows": self.size, "sha256": digest}
        elif self.design in SAMPLED:
            kept["points"] = checks.points_field(self.counts)
            kept["parameters"] = {name: s._asdict() for name, s in self.parameters.items()}
        record: dict[str, Any] = json.loads(json.dumps(kept, default=plain))
        return record


Plan.FIELDS = tuple(field.alias or name for name, field in Plan.model_fields.items())
