"""Results of the claims as they were run last, kept with the code, and the reasons found.

When a submodel, a default or a claim has changed, ``relsim claims``, ``relsim claims --robust`` and
``relsim claims --family`` are run again, and ``python -m relsim.claims.stored FOLDER`` keeps the
tables that they wrote.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from relsim.claims.statistics import OPEN
from relsim.claims.table import CLAIMS
from relsim.io.errors import InputError
from relsim.io.files import write_atomically

RESULTS = Path(__file__).with_name("results.csv")
"""Table of results with 200 replicates; ``sources`` is the hash of the code that made it."""

STUDIES = {"robust": "--robust", "family": "--family"}
"""Tables of where claims hold, kept beside it, and the option that makes them anew."""

FINDINGS = Path(__file__).with_name("findings.md")


def findings() -> dict[str, str]:
    """Why a claim does not hold, or holds for another reason than its sources give.

    Returns
    -------
    dict of str to str
        A paragraph a claim, by its id.
    """
    _, *sections = FINDINGS.read_text("utf-8").split("\n## ")
    parts = (section.partition("\n") for section in sections)
    return {claim: " ".join(text.split()) for claim, _, text in parts}


def results() -> pd.DataFrame:
    """The stored table of results; verdicts and ablations in the words of today.

    Returns
    -------
    DataFrame
        A row a part of a claim, see ``report.as_table``.
    """
    table = pd.read_csv(RESULTS)
    words = table[["ablation", "vanishes"]].astype(object).fillna("")
    words["ablation"] = words["ablation"].str.replace(r" held\b", " clamped", regex=True)
    return table.assign(**words, verdict=table["verdict"].replace("not distinguishable", OPEN))


def study(name: str, folder: Path = RESULTS.parent) -> pd.DataFrame | str:
    """A stored table of where claims hold, if it belongs to the stored results.

    Parameters
    ----------
    name : {"robust", "family"}
        Over parameter space, or over settings that fit the calibration equally well.
    folder : Path
        Where tables are kept.

    Returns
    -------
    DataFrame or str
        See ``robust.judging.shares``; or why there is none.
    """
    path = folder / f"{name}.csv"
    command = f"`relsim claims {STUDIES[name]}`"
    if not path.exists():
        return f"not run; {command} does"
    table = pd.read_csv(path)
    if table["sources"][0] != results()["sources"][0]:
        return f"not run with the code that made the results above; {command} does"
    return table.assign(decided_by=table["decided_by"].astype(object).fillna(""))


def keep(folder: Path, place: Path = RESULTS.parent) -> list[Path]:
    """Keep the tables of a folder that ``relsim claims`` has written, with six figures.

    Parameters
    ----------
    folder : Path
        Where the command wrote ``claims.csv``, ``robust.csv``, ``family.csv``; those that are there
        are kept.
    place : Path
        Where to.

    Returns
    -------
    list of Path
        What was written.

    Raises
    ------
    InputError
        If there is no table, or one of them is not of all claims: nothing is kept then.
    """
    names = {"claims": RESULTS.name, **{name: f"{name}.csv" for name in STUDIES}}
    tables = {
        place / kept: pd.read_csv(folder / f"{name}.csv")
        for name, kept in names.items()
        if (folder / f"{name}.csv").exists()
    }
    if not tables:
        files = ", ".join(f"{name}.csv" for name in names)
        raise InputError(f"{folder}: allowed is a folder with one of {files}")
    for path, table in tables.items():
        missing = [claim.id for claim in CLAIMS if claim.id not in set(table["claim"])]
        if missing:
            raise InputError(
                f"{folder}: its table for {path.name} is without {', '.join(missing)}; allowed are "
                "tables of all claims"
            )
    for path, table in tables.items():
        text = table.to_csv(index=False, float_format="%.6g", lineterminator="\n")
        write_atomically(path, str(text))
    return list(tables)


def main(arguments: Sequence[str]) -> int:
    """Keep the tables of the folder that is named."""
    try:
        if len(arguments) != 1:
            raise InputError("allowed is one folder that relsim claims has written")
        written = keep(Path(arguments[0]))
    except InputError as error:
        sys.stderr.write(f"relsim: {error}\n")
        return 2
    sys.stdout.write("".join(f"kept {path.name}\n" for path in written))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
