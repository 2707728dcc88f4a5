"""What can 47 interviews see? Virtual interview studies on markets of 400 salespeople (A8).

An interview study counts what is told. For each of the patterns A1 to A7: the share of studies in
which enough salespeople tell it, the share with labels dealt out anew (false finds, at most 0.05),
and how the share grows with the number of interviews. When enough tell it was fixed beforehand, see
``relsim.studies.questions``.

``python experiments/virtual_interviews.py`` takes a minute, ``--full`` about ten.

It writes to ``results/``, with ``--figures`` to ``experiments/figures/``.
"""

import sys
from pathlib import Path

import pandas as pd

from relsim import Parameters, plots
from relsim.plots import studies as pictures
from relsim.studies import interviews
from relsim.studies.questions import QUESTIONS

FOLDER = Path(__file__).with_name("figures") if "--figures" in sys.argv[1:] else Path("results")
SIZES = (10, 20, 30, 70, 100, 150, 200)


def main(markets: int, studies: int, people: int = 400, folder: Path = FOLDER) -> None:
    folder.mkdir(exist_ok=True)
    market = Parameters(buyers=people, salespeople=people)
    everybody = interviews.markets(market, markets)
    # More studies of the size that matters: false finds are to be at most one in twenty.
    found = pd.concat(
        [
            interviews.studies(everybody, SIZES, studies),
            interviews.studies(everybody, [interviews.INTERVIEWS], 4 * studies),
        ]
    ).sort_values("interviews", kind="stable", ignore_index=True)
    found.to_csv(folder / "virtual_interviews.csv", index=False, float_format="%.6g")

    size = interviews.INTERVIEWS
    statements = {one.claim: one.statement for one in QUESTIONS}
    here = found[found["interviews"] == size]
    whole = here[here["part"] == "all"].set_index("claim")
    text = f"Seen and falsely seen by studies of {size} salespeople: " + "; ".join(
        f"{claim} ({words}) {whole['seen'][claim]:.0%} and {whole['false'][claim]:.1%}"
        for claim, words in statements.items()
    )
    note = (
        f"{markets} markets, {studies} studies of each size, seed 0; bands: 95% intervals (Wilson)"
    )
    figure = pictures.seen_by_size(found, statements, size, note)
    plots.save(figure, folder / "virtual_interviews.png", text)
    print(here.drop(columns="interviews").round(3).to_string(index=False))


if __name__ == "__main__":
    main(markets=10, studies=1000) if "--full" in sys.argv[1:] else main(markets=3, studies=100)
