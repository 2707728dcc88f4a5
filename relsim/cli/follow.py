"""What ``relsim run`` writes beside its tables: one relationship followed, and the network."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from relsim.io.console import as_csv
from relsim.io.errors import InputError, shortened

if TYPE_CHECKING:
    import networkx as nx
    from matplotlib.figure import Figure

    from relsim.model.run import Run


def followed_pair(text: str) -> tuple[int, int]:
    """Understand which relationship is to be followed.

    Raises
    ------
    InputError
        If it is not two numbers.

    Examples
    --------
    >>> followed_pair("16,14")
    (16, 14)
    """
    found = re.fullmatch(r"\s*([0-9]{1,9})\s*,\s*([0-9]{1,9})\s*", text)
    if found is None:
        raise InputError(
            f"--follow {shortened(text)}: allowed are the numbers of a buyer and of a supplier, "
            "for instance 16,14"
        )
    return int(found[1]), int(found[2])


def followed_tables(run: Run, pair: tuple[int, int]) -> dict[str, str]:
    """Months and events of a relationship, as files by their names."""
    end = "{}-{}.csv".format(*pair)
    return {
        f"history-{end}": as_csv(run.history(*pair)),
        f"events-{end}": as_csv(run.events(*pair)),
    }


def picture_of(done: Run, pair: tuple[int, int]) -> Callable[[], tuple[Figure, str]]:
    """Draw a relationship when it is time to; say what is seen."""

    def draw() -> tuple[Figure, str]:
        """Draw it."""
        from relsim import plots

        return plots.pair(done, *pair), plots.pair_text(done, *pair)

    return draw


def as_graphml(network: nx.Graph) -> str:
    """Write a network as GraphML that Gephi and networkx read: what is not known is left out."""
    import networkx as nx

    clean = network.copy()
    for *_, attributes in (*clean.nodes(data=True), *clean.edges(data=True)):
        for name, value in list(attributes.items()):
            if value != value:  # nan
                del attributes[name]
            elif hasattr(value, "item"):
                attributes[name] = value.item()
    written = io.BytesIO()
    nx.write_graphml(clean, written)
    return written.getvalue().decode("utf-8")
