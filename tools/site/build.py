"""Makes the site: Markdown into one folder, HTML into another.

    python tools/site/build.py build/site-src build/site [api.json]

Sphinx with MyST is taken because it knows C: every declaration is in the search and in the
index of names, and a type within a signature is a link. Its search needs no server. Furo is
a theme without anything from elsewhere.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import guides
import reference
from python_names import python_names
from sphinx.cmd.build import main as sphinx
from table import API, read


def write(sources: Path, api: Path) -> None:
    """Every page of the site as Markdown."""
    shutil.rmtree(sources, ignore_errors=True)
    guides.copy(sources)
    folder = sources / "reference"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in reference.pages(read(api), python_names()).items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")


def make(sources: Path, target: Path, api: Path) -> int:
    """HTML of these pages; 0 if Sphinx had nothing to say."""
    shutil.rmtree(target, ignore_errors=True)
    settings = str(Path(__file__).parent)
    doctrees = str(sources.with_name(f"{sources.name}-trees"))
    # -W: a link to nowhere is an error; --keep-going: all of them are shown.
    options = ["-q", "-W", "--keep-going", "-b", "html", "-c", settings, "-d", doctrees]
    return sphinx([*options, "-D", f"logitude_api={api}", str(sources), str(target)])


def main(sources: Path, target: Path, api: Path = API) -> int:
    write(sources, api)
    return make(sources, target, api)


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
