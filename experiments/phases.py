"""Phases: how relationships move between them, how long it takes, and who stays where.

- Flows between phases over ten years, of aggressive and of trusting buyers, with common draws.
- How long it takes to become collaborative, to become personal, to end, with censoring.
- Where long relationships stay if there is a reason to keep personal matters closed (A5).

``python experiments/phases.py`` takes a minute, ``--full`` ten times that.

It writes to ``results/``, with ``--figures`` to ``experiments/figures/``.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

from relsim import Parameters, plots
from relsim.analysis.statistics import median_duration, survival
from relsim.comparison import seeds
from relsim.plots import studies as pictures
from relsim.plots.palette import PHASES
from relsim.studies import phases

FOLDER = Path(__file__).with_name("figures") if "--figures" in sys.argv[1:] else Path("results")
ARMS = ("aggressive", "trusting")
GRID = np.arange(0.0, 109.0, 3.0)


def months_or_never(median: float) -> str:
    """Months until half have; of what fewer than half ever do, that."""
    return f"{median:.0f}" if np.isfinite(median) else "fewer than half"


def main(replicates: int, market: Parameters | None = None, folder: Path = FOLDER) -> None:
    folder.mkdir(exist_ok=True)
    base = market or Parameters()
    months = np.linspace(0, base.periods - 1, 6).astype(int).tolist()
    moves, standing, curves, rows, groups = {}, {}, [], [], []
    for arm in ARMS:
        results = phases.runs(base.with_values(buyer_stances=arm), seeds(0, replicates))
        moves[arm] = np.sum([phases.flows(run, months) for run in results], axis=0)
        standing[arm] = np.sum([phases.standing(run, months) for run in results], axis=0)
        spells = pd.concat([run.spells for run in results], ignore_index=True)
        for event in phases.EVENTS:
            lengths, seen = phases.durations(spells, event)
            curves.append(survival(lengths, seen, GRID).assign(arm=arm, event=event))
            rows.append((arm, event, len(seen), seen.sum(), median_duration(lengths, seen)))
        groups += [phases.closed(run) for run in results]
    curve = pd.concat(curves, ignore_index=True)
    names = dict(enumerate(PHASES, start=1))
    table = pd.concat(groups, ignore_index=True)
    shares = pd.crosstab(table["group"], table["phase"].map(names), normalize="index")
    shares = shares.reindex(index=phases.CLOSED, columns=list(names.values()), fill_value=0.0)
    shares.insert(0, "ever_personal", table.groupby("group")["ever_personal"].mean())

    curve.to_csv(folder / "phases_survival.csv", index=False, float_format="%.6g")
    shares.to_csv(folder / "phases_closed.csv", float_format="%.6g")
    flow = pd.concat(
        {arm: pd.DataFrame(moves[arm].reshape(-1, 4), columns=phases.STATES) for arm in ARMS},
        names=["arm"],
    )
    flow.insert(0, "before", list(phases.STATES[:3]) * (len(flow) // 3))
    flow.insert(0, "month", np.tile(np.repeat(months[:-1], 3), len(ARMS)))
    flow.reset_index("arm").to_csv(folder / "phases_flows.csv", index=False)
    medians = pd.DataFrame(rows, columns=["arm", "event", "relationships", "seen", "median"])
    text = "Phases over time. Median months, with censoring: " + "; ".join(
        f"{arm} to {event}: {months_or_never(value)}" for arm, event, _, _, value in rows
    )
    years = [round(month / 12) for month in months]
    flows = {arm: pictures.Flow(standing[arm], moves[arm]) for arm in ARMS}
    note = f"{replicates} markets of each stance, seed 0; bands: 95% intervals (Kaplan and Meier)"
    figure = pictures.phases(flows, years, curve, shares.reset_index(), note)
    plots.save(figure, folder / "phases.png", text)
    print(medians.to_string(index=False, formatters={"median": months_or_never}))
    print(shares.round(3).to_string())


if __name__ == "__main__":
    main(replicates=100 if "--full" in sys.argv[1:] else 10)
