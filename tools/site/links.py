"""Makes names in backticks links: `lgt_softmax_f32`, `LGT_E_ALIAS`, `lgt_temperature`."""

from __future__ import annotations

import table
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.nodes import make_refnode

_PLACES = table.places(table.read())


def add_links(app: Sphinx, tree: nodes.document, here: str) -> None:
    for literal in list(tree.findall(nodes.literal)):
        name = literal.astext().removesuffix("()")
        if name in _PLACES and not _within_a_link(literal):
            family, anchor = _PLACES[name]
            page = f"reference/{family}"
            link = make_refnode(app.builder, here, page, anchor, literal.deepcopy())
            literal.replace_self(link)


def _within_a_link(node: nodes.Node | None) -> bool:
    while node is not None and not isinstance(node, (nodes.reference, nodes.title)):
        node = node.parent
    return node is not None


def setup(app: Sphinx) -> None:
    app.connect("doctree-resolved", add_links)
