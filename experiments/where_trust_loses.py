"""Where does trust lose? The share of parameter space, what decides it, and clamped trust.

- All parameters are drawn at once from their ranges; at each point buyers of either stance meet
  the same random draws. Who has the lower total cost over ten years, and which parameters decide
  that?
- Trust is clamped at each level in three markets. Only this says what trust itself does.

``python experiments/where_trust_loses.py`` takes a minute, ``--full`` (1,024 points) ten or
more. Stopped and started again it goes on where it was, in ``results/``.

It writes to ``results/``, with ``--figures`` to ``experiments/figures/``.
"""

import sys
from pathlib import Path

from relsim import plots, sweep
from relsim.analysis.statistics import share_of
from relsim.plots import studies as pictures
from relsim.studies import space

FOLDER = Path(__file__).with_name("figures") if "--figures" in sys.argv[1:] else Path("results")
RESULTS = Path("results")


def main(exponent: int, replicates: int, held: int, folder: Path = FOLDER) -> None:
    folder.mkdir(exist_ok=True)
    plan = space.plan(exponent, replicates)
    store = RESULTS / f"where_trust_loses_{plan.size}_{replicates}.duckdb"
    store.parent.mkdir(exist_ok=True)
    sweep.run(plan, store, progress=True)
    results = sweep.load(store)
    gaps = space.gaps(results.runs).dropna()
    design = results.points.set_index("point").loc[gaps["point"]]
    print(f"{len(gaps)} of {plan.size} points measured, {len(results.failures)} runs failed")
    wins = (gaps["difference"] > 0.0).to_numpy()
    ranking = space.deciding(design, wins)
    x, y = ranking["parameter"].head(2)
    cells = space.map_of(design[x].to_numpy(float), design[y].to_numpy(float), wins)
    curves = space.clamped_trust(replicates=held)

    tables = {
        "points": gaps.join(design[ranking["parameter"].head(10)], on="point"),
        "deciding": ranking,
    }
    for name, rows in {**tables, "map": cells, "held": curves}.items():
        path = folder / f"where_trust_loses_{name}.csv"
        rows.to_csv(path, index=False, float_format="%.6g")
    text = pictures.where_trust_loses_text(gaps, ranking, curves)
    note = (
        f"{replicates} replicates of each arm at a point, {held} of each level of clamped trust; "
        "seed 0; bands: 95% intervals"
    )
    figure = pictures.where_trust_loses(gaps, ranking, cells, curves, note)
    plots.save(figure, folder / "where_trust_loses.png", text)
    for name, there in {
        "trusting cheaper": wins,
        "trusting cheaper, interval of the point above zero": (gaps["low"] > 0.0).to_numpy(),
        "aggressive cheaper, interval of the point below zero": (gaps["high"] < 0.0).to_numpy(),
    }.items():
        found = share_of(there)
        print(f"{name}: {found.share:.1%} of points ({found.low:.1%} to {found.high:.1%})")
    print(ranking.head(10).round(4).to_string(index=False))
    print(curves.round(2).to_string(index=False))
    print(text)


if __name__ == "__main__":
    full = "--full" in sys.argv[1:]
    main(exponent=10, replicates=8, held=60) if full else main(exponent=8, replicates=4, held=16)
