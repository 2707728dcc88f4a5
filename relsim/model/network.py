"""The network of a market: who trades with whom, as networkx has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relsim.model.entities import BUYER_TRAITS, SALESPERSON_TRAITS

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd


def network_of(
    buyers: pd.DataFrame, salespeople: pd.DataFrame, relationships: pd.DataFrame
) -> nx.Graph:
    """Make a graph of the tables of a run; see ``Run.network``."""
    import networkx as nx

    graph = nx.Graph()
    for kind, side, table, traits in (
        ("buyer", 0, buyers, BUYER_TRAITS),
        ("salesperson", 1, salespeople, SALESPERSON_TRAITS),
    ):
        kept = [name for name in ("stance", *traits, "accounts_at_end") if name in table.columns]
        for number, row in enumerate(table[kept].to_dict("records")):
            graph.add_node(f"{kind} {number}", bipartite=side, kind=kind, **row)
    for row in relationships.to_dict("records"):
        graph.add_edge(f"buyer {row.pop('buyer')}", f"salesperson {row.pop('seller')}", **row)
    return graph
