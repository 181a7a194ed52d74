"""The pages that are written by hand, where the site has them.

`docs` is the site's own folder; what else is read is moved there. A link to a page is made
one to where that page is now, a link to anything else of the project is taken away.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from table import PROJECT

_LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)#:\s]+)((?:#[^)]*)?)\)")


def places(project: Path = PROJECT) -> dict[Path, str]:
    """Where each page is on the site, by the file it is in."""
    docs = project / "docs"
    known = {page: page.relative_to(docs).as_posix() for page in sorted(docs.rglob("*.md"))}
    for readme in sorted(project.glob("bindings/*/README.md")):
        known[readme] = f"languages/{readme.parent.name}.md"
    known[project / "SECURITY.md"] = "security.md"
    known[project / "examples" / "data" / "README.md"] = "examples-data.md"
    # What the header says is what the reference says.
    known[project / "include" / "logitude" / "logitude.h"] = "reference/index.md"
    return known


def copy(target: Path, project: Path = PROJECT) -> None:
    known = places(project)
    for page, place in known.items():
        if page.suffix == ".md":
            made = target / place
            made.parent.mkdir(parents=True, exist_ok=True)
            made.write_text(linked(page, known), encoding="utf-8")
    for picture in (project / "docs").rglob("*.svg"):
        made = target / picture.relative_to(project / "docs")
        made.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(picture, made)
    append_contents(target)


def linked(page: Path, known: dict[Path, str]) -> str:
    """The text of a page, with the links it has on the site."""
    here = os.path.dirname(known[page])

    def link(found: re.Match[str]) -> str:
        said, target, anchor = found.groups()
        place = known.get((page.parent / target).resolve())
        return f"[{said}]({os.path.relpath(place, here or '.')}{anchor})" if place else said

    return _LINK.sub(link, page.read_text(encoding="utf-8"))


def append_contents(target: Path) -> None:
    """Sphinx is told which pages there are: the parts of the start page, with the pages they
    link to, and what it does not link to. A README of a folder has the others of the folder."""
    index = target / "index.md"
    pages = {page.relative_to(target).as_posix() for page in target.rglob("*.md")} - {"index.md"}
    text = index.read_text(encoding="utf-8")
    parts = {"": ["reference/index.md"]}
    for part in text.split("\n## ")[1:]:
        title, _, body = part.partition("\n")
        parts[title] = [link[1] for link in _LINK.findall(body) if link[1] in pages]
    for readme in target.rglob("README.md"):
        folder = sorted(page.name for page in readme.parent.glob("*.md") if page != readme)
        with readme.open("a", encoding="utf-8") as file:
            file.write(_contents("", folder))
        pages -= {(readme.parent / name).relative_to(target).as_posix() for name in folder}
    unlinked = sorted(pages - {page for linked in parts.values() for page in linked})
    parts["Languages"] = [page for page in unlinked if page.startswith("languages/")]
    parts["More"] = [page for page in unlinked if not page.startswith("languages/")]
    index.write_text(text + "".join(_contents(*part) for part in parts.items()), encoding="utf-8")


def _contents(title: str, pages: list[str]) -> str:
    names = "\n".join(page.removesuffix(".md") for page in pages)
    caption = f":caption: {title}\n" if title else ""
    return f"\n```{{toctree}}\n:hidden:\n{caption}\n{names}\n```\n" if pages else ""
