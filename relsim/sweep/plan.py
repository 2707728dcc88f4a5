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
from typing import Any, ClassVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from relsim.comparison.arms import MOST_REPLICATES, Arm, arm, seeds
from relsim.errors import InputError, known
from relsim.initialization import check_seed
from relsim.observation import MEASURES
from relsim.parameters import Parameters
from relsim.presets import presets
from relsim.sweep import design
from relsim.sweep.design import DESIGNS, SAMPLED

KEPT = ("runs", "buyers", "series")
LUCK = ("shared", "per_point")
ONLY_ARM = "base"
MOST_CHECKED = 1000
"""Points that are checked before a sweep begins; what is wrong with later ones fails its runs."""

EXAMPLE = """\
# A sweep: relsim sweep plan.toml --out results.duckdb
# Look at it first with --dry-run: points, runs, time and size.

design = "latin_hypercube"     # grid, latin_hypercube, sobol, morris, table
points = 200                   # if sampled; sobol: base points (a power of 2); morris: paths
replicates = 20                # runs of every arm at every point
periods = 120                  # months of a run
arms = ["aggressive", "trusting"]  # optional: stances or presets, on the same luck
measures = ["total_cost_per_unit", "ideas_received", "suppliers_trust_in_buyer"]  # all if left out
keep = ["runs"]                # "runs", "buyers" (a row a buyer), "series" (a row a period)
luck = "shared"                # the same for all points, or "per_point"
seed = 0
# preset = "classroom"         # where to start from; see: relsim presets

# [base]                       # what holds at every point
# salespeople = 30

[parameters]                   # what is swept; see: relsim parameters
uncertainty = { low = 0.1, high = 0.5 }               # a range, in a sampled design
detection = { low = 0.1, high = 0.9, scale = "log" }
candour = { low = 0.1, high = 0.9 }                   # in a grid: candour = [0.1, 0.5, 0.9]
# "hold.trust" = { low = 0.1, high = 0.9 }            # an entry of hold or stance_items
# parameters = "points.csv"    # in a table, instead of this section and above it: a column each
"""


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
        Whether replicate ``i`` meets the same luck at all points, or other luck at each.
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
    relsim.errors.InputError: unknown design 'gird'; did you mean 'grid'?
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    design: str
    parameters: Any
    # A method has this name, see below.
    counts: tuple[int, ...] = Field(default=(), alias="points")
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
    )

    def __init__(self, **values: Any) -> None:
        known("field of a plan", values, self.FIELDS)
        for needed in ("design", "parameters"):
            if needed not in values:
                raise InputError(f"{needed} is missing in the plan; allowed: {_ALLOWED[needed]}")
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
            values = tomllib.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise InputError(f"{file}: cannot be read as a plan in TOML ({reason})") from None
        if isinstance(values.get("parameters"), str):
            values["parameters"] = file.parent / values["parameters"]
        try:
            return cls(**values)
        except InputError as error:
            raise InputError(f"{file}: {error}") from None

    # --- checks ---------------------------------------------------------------------------------

    @field_validator("design", "luck", "preset", mode="before")
    @classmethod
    def _a_known_name(cls, given: Any, info: Any) -> Any:
        allowed: Sequence[str] = {"design": DESIGNS, "luck": LUCK, "preset": list(presets)}[
            info.field_name
        ]
        if given is None and info.field_name == "preset":
            return given
        if not isinstance(given, str):
            raise InputError(f"{info.field_name} = {given!r}: allowed: {', '.join(allowed)}")
        known(info.field_name, [given], allowed)
        return given

    @field_validator("measures", "keep", mode="before")
    @classmethod
    def _known_names(cls, given: Any, info: Any) -> Any:
        kind, allowed = {"measures": ("measure", MEASURES), "keep": ("table to keep", KEPT)}[
            info.field_name
        ]
        if isinstance(given, str) or not isinstance(given, Sequence) or not given:
            names = ", ".join(list(allowed)[:3]) + (", ..." if len(allowed) > 3 else "")
            raise InputError(f"{info.field_name} = {given!r}: allowed is a list of {names}")
        known(kind, given, allowed)
        if len(set(given)) < len(given):
            raise InputError(f"{info.field_name} = {list(given)!r}: allowed is each name once")
        return tuple(name for name in allowed if name in given) if kind != "measure" else given

    @field_validator("replicates", "periods", "levels", mode="before")
    @classmethod
    def _a_whole_number(cls, given: Any, info: Any) -> Any:
        low, high = {"replicates": (1, MOST_REPLICATES), "periods": (1, 12_000), "levels": (2, 64)}[
            info.field_name
        ]
        if given is None and info.field_name == "periods":
            return given
        if not _whole(given) or not low <= given <= high:
            raise InputError(
                f"{info.field_name} = {given!r}: allowed is a whole number from {low} to {high}"
            )
        if info.field_name == "levels" and given % 2:
            raise InputError(f"levels = {given!r}: allowed is an even number")
        return given

    @field_validator("second_order", mode="before")
    @classmethod
    def _a_flag(cls, given: Any) -> Any:
        if not isinstance(given, bool):
            raise InputError(f"second_order = {given!r}: allowed is true or false")
        return given

    @field_validator("seed", mode="before")
    @classmethod
    def _a_seed(cls, given: Any) -> int:
        return check_seed(given)

    @field_validator("counts", mode="before")
    @classmethod
    def _some_points(cls, given: Any) -> Any:
        counts = (given,) if _whole(given) else given
        if not isinstance(counts, Sequence) or isinstance(counts, str) or not counts:
            raise InputError(f"points = {given!r}: allowed is {_ALLOWED['points']}")
        for count in counts:
            if not _whole(count) or not 1 <= count <= 10_000_000:
                raise InputError(f"points = {given!r}: allowed is {_ALLOWED['points']}")
        return tuple(counts)

    @field_validator("base", mode="before")
    @classmethod
    def _a_base(cls, given: Any) -> Any:
        if isinstance(given, Parameters):
            return {name: getattr(given, name) for name in sorted(given.model_fields_set)}
        if not isinstance(given, Mapping):
            raise InputError(f"base = {given!r}: allowed is parameters by name")
        known("parameter in base", given, Parameters.model_fields)
        return dict(given)

    @field_validator("arms", mode="before")
    @classmethod
    def _some_arms(cls, given: Any) -> Any:
        if isinstance(given, Mapping):
            given = [{"name": name, **values} for name, values in given.items()]
        if isinstance(given, str) or not isinstance(given, Sequence):
            raise InputError(f"arms = {given!r}: allowed is a list of stances, presets or mappings")
        return tuple(given)

    @model_validator(mode="after")
    def _consistent(self) -> Plan:
        self._check_counts()
        # A model is frozen for its users; this is still its making.
        object.__setattr__(self, "parameters", self._checked_parameters())
        _ = self.variants
        for name in self.names:
            self._check_swept(name)
        if self.size > design.MOST_POINTS:
            raise InputError(f"{self.size} points: allowed are {design.MOST_POINTS}")
        self._check_points()
        return self

    def _check_counts(self) -> None:
        given = "counts" in self.model_fields_set
        if self.design not in SAMPLED:
            if given:
                raise InputError(
                    f"points = {self._points_field()!r}: a {self.design} has as many as its "
                    f"parameters say; allowed in {', '.join(SAMPLED)}"
                )
            return
        if not given:
            raise InputError(f"points is missing in the plan; allowed is {_ALLOWED['points']}")
        if len(self.counts) > 1 and self.design != "latin_hypercube":
            raise InputError(f"points = {list(self.counts)}: a list is allowed in latin_hypercube")
        count = self.counts[0]
        if self.design == "sobol" and count & (count - 1):
            nearest = 2 ** round(np.log2(count))
            raise InputError(
                f"points = {count}: allowed in a sobol design is a power of 2, such as {nearest}"
            )

    def _checked_parameters(self) -> Any:
        given = self.parameters
        if self.design == "table":
            return _table(given)
        if not isinstance(given, Mapping) or not given:
            raise InputError(f"parameters = {given!r}: allowed is {_ALLOWED['parameters']}")
        checked: dict[str, Any] = {}
        for name, content in given.items():
            design.bounds(name)
            if self.design == "grid":
                checked[name] = _values(name, content)
            elif isinstance(content, design.Range):
                checked[name] = content
            elif isinstance(content, Mapping):
                checked[name] = design.span(name, content)
            else:
                raise InputError(
                    f"parameters.{name} = {content!r}: allowed in a {self.design} is a range, "
                    "{ low = ..., high = ... }"
                )
        return checked

    def _check_swept(self, name: str) -> None:
        whole = name.partition(".")[0]
        if whole == "periods" and self.periods is not None:
            raise InputError(f"periods = {self.periods}: it is swept too; give it once")
        if name == whole and name in self.base:
            raise InputError(f"base.{name} = {self.base[name]!r}: it is swept too; give it once")
        start = self.start
        for one in self.variants:
            if name == whole and getattr(one.parameters, name) != getattr(start, name):
                raise InputError(
                    f"parameters.{name}: arm {one.name!r} sets {name} too; allowed is one of them"
                )

    def _check_points(self) -> None:
        # The same again for every arm would say nothing new but take as long.
        for values in self.settings(range(min(self.size, MOST_CHECKED))):
            for one in self.variants:
                with_point(one.parameters, values)

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
            name = given.get("name") if isinstance(given, Mapping) else None
            if isinstance(given, Mapping):
                given = {key: value for key, value in given.items() if key != "name"}
            one = arm(given, self.start)
            found.append(one._replace(name=str(name) if name is not None else one.name))
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

    def seed_of(self, point: int, replicate: int) -> int:
        """Seed of a replicate at a point, the same for all arms.

        Parameters
        ----------
        point, replicate : int
            Their numbers.

        Returns
        -------
        int
            From 0 to 2**53 - 1; with shared luck the same at all points.

        Examples
        --------
        >>> plan = Plan(design="grid", parameters={"candour": [0.1, 0.9]}, replicates=2)
        >>> plan.seed_of(0, 1) == plan.seed_of(1, 1) < 2**53
        True
        """
        if self.luck == "shared":
            return self._shared_seeds[replicate]
        key = np.random.SeedSequence(self.seed, spawn_key=(replicate, point))
        return int(key.generate_state(1, np.uint64)[0]) >> 11

    def _points_field(self) -> Any:
        return self.counts[0] if len(self.counts) == 1 else list(self.counts)

    def record(self) -> dict[str, Any]:
        """Write the plan down as JSON values, defaults included.

        Returns
        -------
        dict
            ``Plan(**record)`` is the same plan, but for a table, which the file keeps as points.
        """
        kept = {name: getattr(self, name) for name in self.FIELDS if name != "points"}
        if self.design in SAMPLED:
            kept["points"] = self._points_field()
        if self.design == "table":
            text = json.dumps(self.parameters, default=plain)
            digest = hashlib.sha256(text.encode()).hexdigest()
            kept["parameters"] = {"columns": list(self.names), "rows": self.size, "sha256": digest}
        elif self.design in SAMPLED:
            kept["parameters"] = {name: s._asdict() for name, s in self.parameters.items()}
        ordered = {name: kept[name] for name in self.FIELDS if name in kept}
        record: dict[str, Any] = json.loads(json.dumps(ordered, default=plain))
        return record


_ALLOWED = {
    "design": ", ".join(DESIGNS),
    "parameters": "parameters by name, each a list of values (grid, table) or a range "
    "{ low = ..., high = ... } (sampled designs)",
    "points": "a whole number from 1 to 10000000, or in a latin_hypercube a list of them",
}


def plain_rows(points: pd.DataFrame, names: Sequence[str]) -> list[dict[str, Any]]:
    """Rows of points as mappings of Python's own numbers."""
    columns = [points[name].tolist() for name in names]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def with_point(parameters: Parameters, values: Mapping[str, Any]) -> Parameters:
    """Parameters of an arm at a point.

    Parameters
    ----------
    parameters : Parameters
        Of the arm.
    values : mapping
        Of the point; ``hold.trust`` is the entry ``trust`` of ``hold``.

    Returns
    -------
    relsim.Parameters
        Checked.

    Examples
    --------
    >>> with_point(Parameters(hold={"clauses": 2.0}), {"hold.trust": 0.5, "buyers": 8}).hold
    {'clauses': 2.0, 'trust': 0.5}
    """
    changes: dict[str, Any] = {}
    for name, value in values.items():
        whole, dot, part = name.partition(".")
        if dot:
            changes.setdefault(whole, dict(getattr(parameters, whole)))[part] = value
        elif name == "without":
            changes[name] = [each for each in value.split(",") if each]
        else:
            changes[name] = value
    return parameters.with_values(**changes)


def _whole(given: Any) -> bool:
    return isinstance(given, int | np.integer) and not isinstance(given, bool)


def _values(name: str, content: Any) -> tuple[Any, ...]:
    if isinstance(content, str | Mapping) or not isinstance(content, Sequence) or not content:
        raise InputError(
            f"parameters.{name} = {content!r}: allowed in a grid is a list of values, such as "
            "[0.1, 0.5]"
        )
    values = tuple(design.value(name, each) for each in content)
    if len(set(values)) < len(values):
        raise InputError(f"parameters.{name} = {list(content)!r}: allowed is each value once")
    return values


def _table(given: Any) -> dict[str, tuple[Any, ...]]:
    """Points from a DataFrame, a CSV file or lists of equal length."""
    if isinstance(given, str | Path):
        try:
            frame = pd.read_csv(given)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise InputError(f"parameters = {str(given)!r}: no CSV table ({reason})") from None
    elif isinstance(given, Mapping):
        lengths = {len(each) if isinstance(each, Sequence) else 0 for each in given.values()}
        if len(lengths) > 1:
            raise InputError("parameters: allowed in a table are lists of the same length")
        frame = pd.DataFrame(dict(given)) if lengths - {0} else pd.DataFrame()
    elif isinstance(given, pd.DataFrame):
        frame = given
    else:
        raise InputError(
            f"parameters = {given!r}: allowed in a table is a DataFrame, a CSV file or lists"
        )
    frame = frame.drop(columns=["point"], errors="ignore")
    if frame.empty:
        raise InputError("parameters: the table is empty; allowed is a column a parameter")
    columns = [str(name) for name in frame.columns]
    return {
        name: tuple(design.value(name, each) for each in frame.iloc[:, place].tolist())
        for place, name in enumerate(columns)
    }


def plain(value: Any) -> Any:
    """What JSON does not know, as something that it does."""
    if isinstance(value, Parameters):
        return {name: getattr(value, name) for name in sorted(value.model_fields_set)}
    if isinstance(value, set | frozenset):
        return sorted(value)
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, type):
        return f"{value.__module__}:{value.__qualname__}"
    return str(value)


def _explained(error: ValidationError) -> InputError:
    """One line for the first thing that pydantic found wrong."""
    first = error.errors()[0]
    cause = first.get("ctx", {}).get("error")
    if isinstance(cause, InputError):
        return cause
    name = ".".join(map(str, first["loc"])) or "plan"
    return InputError(f"{name} = {first['input']!r}: {first['msg'].lower()}")
