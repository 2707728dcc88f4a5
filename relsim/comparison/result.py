"""What came out of a comparison: its tables, a sentence, a figure, and what is kept of it."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from relsim.comparison.crossings import overtaking
from relsim.comparison.record import record_of
from relsim.comparison.tables import Tables
from relsim.comparison.words import finding
from relsim.io.files import save_all

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class Comparison(Tables):
    """What came out of a comparison. Tables are made when they are first asked for."""

    def __repr__(self) -> str:
        names = " vs ".join(self.names)
        return f"<Comparison of {names}: {self.replicates} replicates, seed {self.seed}>"

    def __str__(self) -> str:
        """Write the summary for a terminal."""
        table = self.summary.drop(columns=["contrast", "pairing"] if len(self.arms) == 2 else [])
        lines = [table.to_string(index=False, float_format="{:.4g}".format, na_rep="-")]
        if self.replicates == 1:
            lines.append("one replicate tells nothing of the uncertainty of a difference")
        rows = self.crossing.to_dict("records")
        lines += [f"{row['contrast']}: {overtaking(row)}" for row in rows]
        return "\n".join(lines)

    @cached_property
    def finding(self) -> str:
        """What came out, in a sentence made from the data."""
        return finding(self)

    def plot(self) -> Figure:
        """Draw the comparison.

        Returns
        -------
        matplotlib.figure.Figure
            Made by ``relsim.plots`` from ``table``, ``series``, ``runs`` and ``buyers``.
        """
        from relsim import plots

        return plots.comparison(self)

    def save(self, folder: str | Path) -> list[Path]:
        """Keep the results and all that is needed to get them again.

        Parameters
        ----------
        folder : str or Path
            Made if need be.

        Returns
        -------
        list of Path
            The files written: ``comparison.csv`` (the table) and ``run.json``.

        Raises
        ------
        InputError
            If that is no folder that can be written to, or another comparison is kept there.
        """
        files = {
            "comparison.csv": self.table.to_csv(index=False, lineterminator="\n"),
            "run.json": json.dumps(self.record(), indent=2) + "\n",
        }
        return save_all(folder, files, "run.json")

    def record(self) -> dict[str, Any]:
        """All that is needed to get these results again, as ``run.json`` keeps it.

        Returns
        -------
        dict
            Every parameter of every arm, the seeds and the versions of the code.
        """
        return record_of(self.arms, self.seed, self.seeds, self.own)
