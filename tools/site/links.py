"""Makes names in backticks links: `lgt_softmax_f32`, `LGT_E_ALIAS`, `lgt_temperature`."""

from __future__ import annotations

from pathlib import Path

import table
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.nodes import make_refnode


def add_links(app: Sphinx, tree: nodes.document, here: str) -> None:
    places = app.logitude_places
    for literal in list(tree.findall(nodes.literal)):
        name = literal.astext().removesuffix("()")
        if name in places and not _within_a_link(literal):
            family, anchor = places[name]
            page = f"reference/{family}"
            link = make_refnode(app.builder, here, page, anchor, literal.deepcopy())
            literal.replace_self(link)


def _within_a_link(node: nodes.Node | None) -> bool:
    while node is not None and not isinstance(node, (nodes.reference, nodes.title)):
        node = node.parent
    return node is not None


def read_places(app: Sphinx) -> None:
    app.logitude_places = table.places(table.read(Path(app.config.logitude_api)))


def setup(app: Sphinx) -> None:
    app.add_config_value("logitude_api", str(table.API), "env")
    app.connect("builder-inited", read_places)
    app.connect("doctree-resolved", add_links)
