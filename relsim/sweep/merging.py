"""Files of results as a whole: parts joined into one, tables written out for other programs."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import duckdb

from relsim.design.identity import check_same_code
from relsim.design.plan import Plan
from relsim.io.console import check_folder
from relsim.io.errors import InputError, known, reason
from relsim.io.files import destination, replacing
from relsim.sweep.opening import connect, engine, explained, is_damage, making
from relsim.sweep.paths import quoted, the_path
from relsim.sweep.progress import Summary
from relsim.sweep.results import Results
from relsim.sweep.schema import TABLES, credit, lay_out

FORMS = ("parquet", "csv")
KEY = "point, arm, replicate"


def merge(paths: Sequence[str | Path], out: str | Path) -> Summary:
    """Join files of one sweep, such as the parts of a job array.

    Parameters
    ----------
    paths : sequence of str or Path
        Files of the same plan, made by the same relsim. A run that is in several is taken once.
    out : str or Path
        The file to make; nothing may be there.

    Returns
    -------
    Summary
        Of the new file. Where runs are missing, ``run`` with the same plan makes them.

    Raises
    ------
    InputError
        If a file cannot be read or does not belong to the first, or ``out`` is there already.
    """
    target = the_path(out)
    if not paths:
        raise InputError("no files to join: allowed are one or more")
    if target.exists():
        raise InputError(f"{target}: is there already; allowed is a new file")
    parts = [Results(path) for path in paths]
    for other in parts[1:]:
        _check_alike(parts[0], other)
    try:
        with closing(engine(target)) as connection, making(connection, target):
            lay_out(connection, parts[0].plan)
            _take_all(connection, parts)
    except FileExistsError:
        raise InputError(f"{target}: is there already; allowed is a new file") from None
    return _summary(parts[0].plan, Results(target))


def _check_alike(first: Results, other: Results) -> None:
    if first.meta["model"] != other.meta["model"]:
        raise InputError(f"{other.path}: was made by other code of relsim than {first.path}")
    mine, theirs = first.plan.record(), other.plan.record()
    check_same_code(other.path, mine, theirs)
    for name in mine:
        if mine[name] != theirs.get(name):
            raise InputError(
                f"{other.path}: the plan differs from that of {first.path}: {name} = "
                f"{theirs.get(name)}, there {mine[name]}"
            )
    if not first.points.equals(other.points):
        raise InputError(f"{other.path}: points are numbered unlike those of {first.path}")


def _take_all(connection: duckdb.DuckDBPyConnection, parts: Sequence[Results]) -> None:
    connection.begin()
    connection.execute("DELETE FROM points")
    # Not those of whoever joins them.
    credit(connection, *(part.meta for part in parts))
    for number, part in enumerate(parts):
        try:
            _take(connection, part, with_points=number == 0)
        except duckdb.Error as error:
            if is_damage(error):
                raise explained(part.path, error) from None
            raise
        connection.commit()
        connection.execute("DETACH part")
        connection.begin()
    # One part may have made good what failed in another.
    connection.execute(
        "DELETE FROM failures WHERE EXISTS (SELECT 1 FROM runs WHERE runs.point = failures.point "
        "AND runs.arm = failures.arm AND runs.replicate = failures.replicate)"
    )
    connection.commit()


def _take(connection: duckdb.DuckDBPyConnection, part: Results, *, with_points: bool) -> None:
    connection.execute(f"ATTACH {quoted(part.path)} AS part (READ_ONLY)")
    if with_points:
        connection.execute("INSERT INTO points BY NAME FROM part.points")
    # Rows of buyers and series first: runs tell what is there already.
    for table in ("buyers", "series", "runs"):
        connection.execute(
            f"INSERT INTO {table} BY NAME FROM part.{table} "  # noqa: S608 - our names
            f"ANTI JOIN (SELECT {KEY} FROM runs) USING ({KEY})"
        )
    connection.execute(
        f"INSERT INTO failures BY NAME FROM part.failures "  # noqa: S608 - our names
        f"ANTI JOIN (SELECT {KEY} FROM failures) USING ({KEY})"
    )


def _summary(plan: Plan, results: Results) -> Summary:
    counted = results.sql(
        "SELECT (SELECT count(*) FROM points) AS points, (SELECT count(*) FROM runs) AS runs, "
        "(SELECT count(*) FROM failures) AS failures"
    ).iloc[0]
    total = int(counted["points"]) * len(plan.variants) * plan.replicates
    return Summary(total, int(counted["runs"]), int(counted["failures"]), 0, 0.0)


def export(path: str | Path, folder: str | Path, to: str = "parquet") -> list[Path]:
    """Write the tables of a file of results for other programs.

    Parameters
    ----------
    path : str or Path
        File of results.
    folder : str or Path
        Where to; made if it is not there.
    to : {"parquet", "csv"}
        In which format.

    Returns
    -------
    list of Path
        A file a table; each is whole or not there.

    Raises
    ------
    InputError
        If the file cannot be read, or the folder cannot be written to.
    """
    known("format", [to], FORMS)
    names = {table: f"{table}.{to}" for table in ("meta", "plan", *TABLES)}
    target = check_folder(folder, names.values(), "folder")
    is_new = not target.exists()
    # Whatever is wrong with the file shows before anything is written.
    source = Results(path).path
    with closing(connect(source)) as connection:
        try:
            target.mkdir(parents=True, exist_ok=True)
            files = {destination(target / name).path: table for table, name in names.items()}
            with replacing(files) as asides:
                header = ", HEADER" if to == "csv" else ""
                for path, table in files.items():
                    aside = quoted(asides[path])
                    connection.execute(f"COPY {table} TO {aside} (FORMAT {to}{header})")
            return [target / name for name in names.values()]
        except (OSError, duckdb.Error) as error:
            if is_new:
                with contextlib.suppress(OSError):
                    target.rmdir()
            if is_damage(error):
                raise explained(source, error) from None
            raise InputError(
                f"folder {target}: {reason(error)}; allowed is a folder that can be written to"
            ) from None
