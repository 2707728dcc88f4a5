"""The empty pictures as the page's browser gets them: made once a language, alike for all sessions.

Making a dozen figures takes half a second. They are a document that lives in the browser only;
what a session keeps on the server are the numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from bokeh.core.json_encoder import serialize_json
from bokeh.core.types import ID
from bokeh.document import Document
from bokeh.embed.elements import script_for_render_items
from bokeh.embed.util import standalone_docs_json_and_render_items
from bokeh.embed.wrappers import wrap_in_script_tag
from bokeh.events import DocumentReady
from bokeh.models import CustomJS

from relsim.app import figures, figures_of_pair
from relsim.app.texts import words

START = "relsim.start({models, sources});"


class Drawing(NamedTuple):
    """Where the page must make room, and what draws there.

    Attributes
    ----------
    places : mapping of str to str
        An empty HTML element for each picture.
    script : str
        HTML that fills them.
    """

    places: Mapping[str, str]
    script: str


@cache
def drawing(language: str) -> Drawing:
    """The empty pictures in a language: a line named ``overtaking``, and data to be filled in."""
    made, pair = figures.build(words(language)), figures_of_pair.build(words(language))
    drawn, sources = {**made.figures, **pair.figures}, {**made.sources, **pair.sources}
    document = Document()
    for name, one in drawn.items():
        one.name = name
        document.add_root(one)
    crossing = made.figures["cumulative"].select_one({"name": "overtaking"})
    models = {**drawn, "crossing": crossing}
    document.js_on_event(
        DocumentReady, CustomJS(args={"models": models, "sources": sources}, code=START)
    )
    documents, items = standalone_docs_json_and_render_items(document)
    data = serialize_json(documents).replace("<", "\\u003c")
    identity = ID("relsim-pictures")
    return Drawing(
        places={
            str(root.name): f'<div id="{root.elementid}" data-root-id="{root.id}" '
            'style="display: contents"></div>'
            for root in items[0].roots
        },
        script=wrap_in_script_tag(data, "application/json", identity)
        + wrap_in_script_tag(script_for_render_items(identity, items)),
    )
