"""The whole study: run what is missing, judge, write tables and figures."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from relsim.claims.robust import deciding, figures, judging
from relsim.claims.robust.task import Effects
from relsim.io.console import as_csv
from relsim.io.files import write_atomically
from relsim.plots.writing import write_figure
from relsim.studies import calibration
from relsim.sweep.forecast import pilot
from relsim.sweep.progress import Progress, Summary, duration
from relsim.sweep.results import load
from relsim.sweep.runner import run as run_sweep

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from relsim.design.plan import Plan
    from relsim.sweep.results import Results

Say = Callable[[str], object]


def carry_out(
    plan: Plan,
    store: Path,
    workers: int | None = None,
    progress: Progress = False,
    changed_code: bool = False,
    say: Say | None = None,
) -> Summary:
    """Run what is missing in a file, after saying how long that will take.

    Parameters
    ----------
    plan : Plan
        From ``over_space`` or ``over_family``. More points or replicates than in the file are added
        to it.
    store : Path
        The file: made if it is not there, continued if it is.
    workers : int, optional
        Threads, by default one a processor.
    progress : bool or callable
        As for ``relsim.sweep.run``.
    changed_code : bool
        Whether to go on with a file that other code of relsim began.
    say : callable, optional
        Told the forecast.

    Returns
    -------
    Summary
        Of what is in the file now.
    """
    there = len(load(store).runs) if store.exists() else 0
    left = plan.runs - there
    if left > 0 and say is not None:
        threads = workers or os.cpu_count() or 1
        seconds = pilot(plan, threads)
        say(
            f"{plan.size} points x {plan.replicates} replicates of "
            f"{len(plan.task.columns)} effects, {there} of {plan.runs} are there; "
            f"one every {seconds:.2f} s, so about {duration(left * seconds)} with {threads} "
            f"workers. Stopped at any time, the same command continues."
        )
    return run_sweep(
        plan, store, workers=workers, progress=progress, extend=True, changed_code=changed_code
    )


def write(store: Path, folder: Path, name: str) -> pd.DataFrame:
    """Judge what a file holds, and write the table of shares and the figures.

    Parameters
    ----------
    store : Path
        A complete file of ``carry_out``.
    folder : Path
        Where ``NAME.csv``, ``NAME.png`` and, over parameter space, ``NAME_deciding.csv`` and a
        figure a claim go.
    name : {"robust", "family"}
        Which study it is.

    Returns
    -------
    DataFrame
        See ``judging.shares``.
    """
    results = load(store)
    task = _task(results)
    design = results.points.drop(columns="point")
    found = judging.judged(results.runs, task.claims, len(design))
    if name == "family":
        table = _shares(results, found, weights=calibration.family()["weight"].to_numpy(float))
        title = f"Over {len(design)} settings that fit the calibration equally well"
    else:
        every = {claim.id: deciding.deciding(found, claim, design) for claim in task.claims}
        words = {claim: deciding.in_words(one) for claim, one in every.items()}
        table = _shares(results, found, words)
        title = f"Over {len(design)} points of parameter space"
        write_atomically(folder / f"{name}_deciding.csv", as_csv(deciding.rankings(every)))
    write_atomically(folder / f"{name}.csv", as_csv(table))
    whole = table[table["part"] == 0]
    text = f"{title}, share at which each claim holds: " + ", ".join(
        f"{claim} {share:.0%}" for claim, share in zip(whole["claim"], whole["holds"], strict=True)
    )
    write_figure(folder / f"{name}.png", lambda: (figures.overview(table, title), text))
    if name != "family":
        for claim, rows in table.groupby("claim", sort=False):
            draw = partial(_drawn, rows, every[str(claim)], design)
            write_figure(folder / f"{claim}_{name}.png", draw)
    return table


def _task(results: Results) -> Effects:
    """Claims of a file, as the table has them; a file of other columns was made by other code."""
    from relsim.claims.robust.task import of_table

    columns = results.plan.task.columns
    return of_table(list(dict.fromkeys(column.split(".")[0] for column in columns)))


def _shares(
    results: Results,
    found: judging.Judged,
    words: dict[str, str] | None = None,
    weights: np.ndarray | None = None,
) -> pd.DataFrame:
    plan, sources = results.plan, str(results.meta["sources"])
    return judging.shares(found, plan.replicates, plan.seed, sources, words, weights)


def _drawn(
    rows: pd.DataFrame, one: deciding.Deciding | None, design: pd.DataFrame
) -> tuple[Figure, str]:
    return figures.claim_figure(rows, one, design), figures.claim_text(rows)
