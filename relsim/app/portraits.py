"""One pair of markets drawn in full: who deals with whom, and what was disclosed.

Much less than the runs that it is made of.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from relsim.app.texts import Words
from relsim.app.views import Columns, Views
from relsim.model.run import Run
from relsim.plots.palette import near_partners

DOMAINS = ("business", "personal")


class Portrait(NamedTuple):
    """What is drawn of one run beside its measures; much less than the run.

    Attributes
    ----------
    album : dict
        See ``album``.
    told : list of float
        See ``told``.
    together : ndarray
        Months that each buyer dealt with each salesperson.
    slots : int
        Suppliers that a buyer may have.
    """

    album: Columns
    told: list[float]
    together: NDArray[np.float64]
    slots: int

    @property
    def nbytes(self) -> int:
        """Bytes that it takes."""
        return int(self.together.nbytes + sum(part.nbytes for part in self.album.values()))


def portrait(run: Run, step: int = 1) -> Portrait:
    """Draw one run.

    Parameters
    ----------
    run : Run
        With snapshots.
    step : int
        Months from one picture of the network to the next.

    Returns
    -------
    Portrait
        For ``of_portraits``.
    """
    slots = run.parameters.suppliers_per_buyer
    together = np.zeros((run.parameters.buyers, run.parameters.salespeople))
    sellers = run.snapshots["seller"]
    buyers = np.broadcast_to(np.arange(sellers.shape[1]) // slots, sellers.shape)
    there = sellers >= 0
    np.add.at(together, (buyers[there], sellers[there]), 1.0)
    return Portrait(album(run, step), told(run), together, slots)


def of_portraits(first: Portrait, second: Portrait, words: Words) -> Views:
    """Network and disclosure of one pair of runs.

    Parameters
    ----------
    first, second : Portrait
        Of a run of either arm, with the same random draws.
    words : Words
        For the names of layers.

    Returns
    -------
    dict
        ``album_a`` and ``album_b``: flat arrays, month by month, of every place for a supplier;
        ``nodes``: where firms stand, alike in both; ``disclosure``.
    """
    return {
        "album_a": first.album,
        "album_b": second.album,
        "nodes": _nodes(first, second),
        "disclosure": {
            "layer": list(words.table("layers").values()),
            "a": first.told,
            "b": second.told,
        },
    }


def alternatives(first: Portrait, second: Portrait, words: Words) -> dict[str, str]:
    """What the networks and the picture of disclosure show, for who does not see them."""
    said = {}
    for letter, one in (("a", first), ("b", second)):
        last = one.album["seller"][-one.together.shape[0] * one.slots :]
        said[f"network_{letter}"] = words(
            "alternatives.network",
            title=words("pictures.network", letter=letter.upper()),
            count=int((last >= 0).sum()),
        )
    layers = [
        words("alternatives.layer", name=name, a=f"{a:.0%}", b=f"{b:.0%}")
        for name, a, b in zip(words.table("layers").values(), first.told, second.told, strict=True)
    ]
    title = words("pictures.disclosure")
    return said | {
        "disclosure": words("alternatives.disclosure", title=title, parts=", ".join(layers))
    }


def album(run: Run, step: int = 1) -> Columns:
    """Who trades with whom, phase and trust in percent, month by month in flat arrays.

    Parameters
    ----------
    run : Run
        With snapshots.
    step : int
        Months from one picture to the next.
    """
    pictures = {name: values[::step] for name, values in run.snapshots.items()}
    percent = {
        name: np.rint(100.0 * np.nan_to_num(pictures[name])).astype(np.uint8).ravel()
        for name in ("buyer_trust_in_seller", "seller_trust_in_buyer")
    }
    return {
        "seller": pictures["seller"].astype(np.int16).ravel(),
        "phase": pictures["phase"].astype(np.uint8).ravel(),
        "first": percent["buyer_trust_in_seller"],
        "second": percent["seller_trust_in_buyer"],
    }


def told(run: Run) -> list[float]:
    """Share of the relationships at the end in which the supplier told at least half of a layer."""
    rows = run.relationships
    return [
        float((rows[f"{domain}_disclosure_by_seller"] >= layer - 0.5).mean()) if len(rows) else 0.0
        for domain in DOMAINS
        for layer in (1, 2, 3)
    ]


def _nodes(first: Portrait, second: Portrait) -> Columns:
    """Places of buyers and sellers from 0 to 1, such that partners of many months are near."""
    shape = np.maximum(first.together.shape, second.together.shape)
    together = np.zeros(shape)
    for one in (first, second):
        rows, columns = one.together.shape
        together[:rows, :columns] += one.together
    return {
        "x": np.concatenate(near_partners(together)),
        "y": np.repeat([1.0, 0.0], shape),
        "side": np.repeat([0, 1], shape),
        "slots": np.repeat(first.slots, sum(shape)),
    }
