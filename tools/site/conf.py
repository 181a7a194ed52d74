"""How Sphinx is to make the site; `build.py` calls it."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import links  # noqa: E402
from table import read  # noqa: E402

project = "Logitude"
release = version = read()["version"]
html_title = f"Logitude {release}"
language = "en"

extensions = ["myst_parser"]
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3
primary_domain = highlight_language = "c"

# An argument a line, where they are too many for one.
maximum_signature_line_length = 88
toc_object_entries = False

html_theme = "furo"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_copy_source = html_show_sourcelink = False
html_show_copyright = html_show_sphinx = False


def setup(app):
    links.setup(app)
