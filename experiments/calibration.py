"""Calibration: target and reached, how it was done, and the settings that would do as well.

Four published numbers, four tuned parameters. Prints target and reached over 200 replicates,
repeats the search for the nearest setting, and draws the stored family of settings that fit
equally well, with how it was found in ``relsim.studies.calibration``.

``python experiments/calibration.py`` takes a minute; ``--full`` searches for the family anew (ten
minutes and more) and stores it, for claims to be run over.

It writes to ``results/``, with ``--figures`` to ``experiments/figures/``.
"""

import sys
from pathlib import Path

from relsim import Parameters, plots
from relsim.parameters import table
from relsim.plots import studies as pictures
from relsim.studies import calibration

FOLDER = Path(__file__).with_name("figures") if "--figures" in sys.argv[1:] else Path("results")
COLUMNS = [*Parameters.TUNED, "weight", *(target.name for target in calibration.TARGETS)]


def main(replicates: int, fit_replicates: int, evaluations: int, folder: Path = FOLDER) -> None:
    folder.mkdir(exist_ok=True)
    reached = calibration.reached(replicates=replicates)
    print(reached.drop(columns="meaning").round(4).to_string(index=False))

    tried = calibration.fit(fit_replicates, evaluations)
    found = tried.loc[tried["objective"].idxmin()]
    print(f"\nnearest of {len(tried)} settings tried (Nelder-Mead), and the defaults:")
    for name in Parameters.TUNED:
        print(f"  {name:15s} {found[name]:8.4f} {getattr(Parameters(), name):8.4f}")

    family = calibration.family()[COLUMNS]
    entries = {entry.name: entry for entry in table()}
    ranges = {name: (entries[name].low, entries[name].high) for name in Parameters.TUNED}
    defaults = {name: entries[name].default for name in Parameters.TUNED}
    print(f"\n{len(family)} settings fit all four targets; from the least to the greatest:")
    print(family[list(Parameters.TUNED)].agg(["min", "median", "max"]).round(4).to_string())

    for name, rows in {"reached": reached, "fit": tried}.items():
        rows.to_csv(folder / f"calibration_{name}.csv", index=False, float_format="%.6g")
    note = f"{replicates} replicates at the defaults, seed 0; bars: 95% intervals"
    plots.save(
        pictures.target_and_reached(reached, family, note),
        folder / "calibration_reached.png",
        "Target and reached: "
        + "; ".join(
            f"{row['meaning']}: {row['mean']:.3f} ({row['target_low']} to {row['target_high']})"
            for row in reached.to_dict("records")
        ),
    )
    plots.save(
        pictures.family_pairs(family, defaults, ranges),
        folder / "calibration_family.png",
        f"{len(family)} settings of four tuned parameters that all reach the published numbers.",
    )


def renew() -> None:
    """Search for the family anew and store it."""
    population, rounds = calibration.search(progress=print)
    rows = calibration.confirmed(population)
    rows.to_csv(calibration.STORED, index=False, float_format="%.6g")
    print(f"tried {rounds['tried'].sum()}, confirmed {len(rows)} of {len(population.settings)}")


if __name__ == "__main__":
    if "--full" in sys.argv[1:]:
        renew()
    main(replicates=200, fit_replicates=48, evaluations=60)
