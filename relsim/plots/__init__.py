"""Pictures of results: tables in, matplotlib figures out. Imports no model.

One file a picture: ``arms.py`` (a comparison), ``trust.py`` (trust against cost), ``followed.py``
(one relationship), ``relationships.py`` (who deals with whom); their one look is ``style.py``.
Every picture has a sibling, named with ``_text``, that says in words what is seen.
"""

from typing import TYPE_CHECKING

from relsim.io.lazy import names_of

if TYPE_CHECKING:
    from relsim.plots.arms import comparison as comparison
    from relsim.plots.arms import comparison_text as comparison_text
    from relsim.plots.followed import pair as pair
    from relsim.plots.followed import pair_text as pair_text
    from relsim.plots.relationships import network as network
    from relsim.plots.relationships import network_text as network_text
    from relsim.plots.style import LABEL as LABEL
    from relsim.plots.style import SMALL as SMALL
    from relsim.plots.style import TITLE as TITLE
    from relsim.plots.style import colours as colours
    from relsim.plots.style import in_own_settings as in_own_settings
    from relsim.plots.style import new_figure as new_figure
    from relsim.plots.style import save as save
    from relsim.plots.trust import trust_versus_cost as trust_versus_cost
    from relsim.plots.trust import trust_versus_cost_text as trust_versus_cost_text

_HOMES = {
    "LABEL": "relsim.plots.style",
    "SMALL": "relsim.plots.style",
    "TITLE": "relsim.plots.style",
    "colours": "relsim.plots.style",
    "comparison": "relsim.plots.arms",
    "comparison_text": "relsim.plots.arms",
    "in_own_settings": "relsim.plots.style",
    "network": "relsim.plots.relationships",
    "network_text": "relsim.plots.relationships",
    "new_figure": "relsim.plots.style",
    "pair": "relsim.plots.followed",
    "pair_text": "relsim.plots.followed",
    "save": "relsim.plots.style",
    "trust_versus_cost": "relsim.plots.trust",
    "trust_versus_cost_text": "relsim.plots.trust",
}

__all__ = list(_HOMES)

__getattr__ = names_of("relsim.plots", _HOMES)
