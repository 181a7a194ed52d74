"""Makes names links, in backticks and in C: `lgt_softmax_f32`, `LGT_E_ALIAS`, `lgt_temperature`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import table
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.nodes import make_refnode


# A name in code, as Pygments marks it.
_IN_CODE = re.compile(r'(?<=<span class="n">)(?:lgt|LGT)_\w+(?=</span>)')


def link_words(app: Sphinx, tree: nodes.document, here: str) -> None:
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


def link_code(app: Sphinx, here: str, _: str, context: dict[str, Any], __: Any) -> None:
    def link(found: re.Match[str]) -> str:
        if found[0] not in app.logitude_places:
            return found[0]
        family, anchor = app.logitude_places[found[0]]
        page = app.builder.get_relative_uri(here, f"reference/{family}")
        place = f"{page}#{anchor}" if anchor else page
        return f'<a href="{place}">{found[0]}</a>'

    if "body" in context:
        context["body"] = _IN_CODE.sub(link, context["body"])


def read_places(app: Sphinx) -> None:
    app.logitude_places = table.places(table.read(Path(app.config.logitude_api)))


def setup(app: Sphinx) -> None:
    app.add_config_value("logitude_api", str(table.API), "env")
    app.connect("builder-inited", read_places)
    app.connect("doctree-resolved", link_words)
    app.connect("html-page-context", link_code)
