"""Makes names in backticks links: `lgt_softmax_f32`, `LGT_E_ALIAS`, `lgt_temperature`."""

from __future__ import annotations

import table
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.nodes import make_refnode

_API = table.read()
_PLACES = table.places(_API)
_DECLARED = {
    name
    for kind in table.KINDS
    for entry in _API[kind]
    for name in (entry["name"], *(value["name"] for value in entry.get("values", [])))
}


def add_links(app: Sphinx, tree: nodes.document, here: str) -> None:
    for literal in list(tree.findall(nodes.literal)):
        name = literal.astext().removesuffix("()")
        if name not in _PLACES or _is_linked(literal):
            continue
        page = f"reference/{_PLACES[name]}"
        anchor = f"c.{name}" if name in _DECLARED else ""
        if page in app.env.all_docs:
            link = make_refnode(app.builder, here, page, anchor, literal.deepcopy())
            literal.replace_self(link)


def _is_linked(node: nodes.Node) -> bool:
    while node is not None:
        if isinstance(node, (nodes.reference, nodes.title)):
            return True
        node = node.parent
    return False


def setup(app: Sphinx) -> None:
    app.connect("doctree-resolved", add_links)
