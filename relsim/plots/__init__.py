"""Pictures of results: tables in, matplotlib figures out. Imports no model.

One file a picture: ``arms.py`` (a comparison), ``trust.py`` (trust against cost), ``followed.py``
(one relationship), ``relationships.py`` (who deals with whom); their one look is ``style.py``.
Every picture has a sibling, named with ``_text``, that says in words what is seen.
"""

from typing import TYPE_CHECKING

from relsim.io.lazy import names_of

if TYPE_CHECKING:
    from relsim.plots.arms import comparison, comparison_text
    from relsim.plots.followed import pair, pair_text
    from relsim.plots.relationships import network, network_text
    from relsim.plots.style import (
        LABEL,
        SMALL,
        TITLE,
        colours,
        in_own_settings,
        new_figure,
        save,
    )
    from relsim.plots.trust import trust_versus_cost, trust_versus_cost_text

__all__ = [
    "LABEL",
    "SMALL",
    "TITLE",
    "colours",
    "comparison",
    "comparison_text",
    "in_own_settings",
    "network",
    "network_text",
    "new_figure",
    "pair",
    "pair_text",
    "save",
    "trust_versus_cost",
    "trust_versus_cost_text",
]

_HOMES = {
    "comparison": "relsim.plots.arms",
    "comparison_text": "relsim.plots.arms",
    "network": "relsim.plots.relationships",
    "network_text": "relsim.plots.relationships",
    "pair": "relsim.plots.followed",
    "pair_text": "relsim.plots.followed",
    "trust_versus_cost": "relsim.plots.trust",
    "trust_versus_cost_text": "relsim.plots.trust",
}

__getattr__ = names_of("relsim.plots", dict.fromkeys(__all__, "relsim.plots.style") | _HOMES)
