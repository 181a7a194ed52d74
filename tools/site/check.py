"""Looks for what a reader of the site would miss.

    python tools/site/check.py build/site build/man [api.json]

Every link and every anchor within leads somewhere, pages ask nobody else for anything, and
every name of `api.json` is in the site and in the man pages.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from table import Entry, families, read

# What a browser fetches without being asked to.
_FETCHED = {
    "audio": "src", "embed": "src", "iframe": "src", "img": "src", "link": "href",
    "object": "data", "script": "src", "source": "src", "video": "src",
}  # fmt: skip
_FROM_ELSEWHERE = re.compile(r"""(?:url\(|@import)\s*["']?((?:https?:)?//[^"')\s]+)""")


class Page(HTMLParser):
    """The anchors of a page, its links, and what it fetches."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: set[str] = set()
        self.fetched: set[str] = set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self.anchors |= {given[name] for name in ("id", "name") if name in given}
        if tag == "a" and "href" in given:
            self.links.add(given["href"])
        if _FETCHED.get(tag) in given:
            self.fetched.add(given[_FETCHED[tag]])
        self.fetched |= set(_FROM_ELSEWHERE.findall(given.get("style", "")))


def problems(site: Path, man: Path, api: Entry) -> Iterator[str]:
    pages = {path.resolve(): Page(path) for path in sorted(site.rglob("*.html"))}
    for path, page in pages.items():
        name = path.relative_to(site.resolve())
        yield from (f"{name}: {found}" for found in _broken(path, page, pages))
    for path in sorted(site.rglob("*.css")):
        for url in _FROM_ELSEWHERE.findall(path.read_text(encoding="utf-8")):
            yield f"{path.relative_to(site)}: asks {url}"
    yield from _missing(site.resolve(), pages, man, api)


def _broken(path: Path, page: Page, pages: dict[Path, Page]) -> Iterator[str]:
    for url in page.links | page.fetched:
        scheme, host, target, _, anchor = urlsplit(url)
        if scheme or host:
            if url in page.fetched and scheme != "data":
                yield f"asks {url}"
            continue
        file = (path.parent / unquote(target)).resolve() if target else path
        if not file.is_file():
            yield f"no file {url}"
        elif anchor and file in pages and unquote(anchor) not in pages[file].anchors:
            yield f"no anchor {url}"


def _missing(site: Path, pages: dict[Path, Page], man: Path, api: Entry) -> Iterator[str]:
    for family in families(api):
        page = pages.get(site / "reference" / f"{family.name}.html")
        manual = man / "man3" / f"logitude_{family.name}.3"
        if page is None or not manual.exists():
            yield f"no page of {family.name}"
            continue
        text = manual.read_text(encoding="utf-8")
        for entry in (*family.functions, *family.structs, *family.enums, *family.constants):
            if f"c.{entry['name']}" not in page.anchors:
                yield f"{entry['name']} is not in the site"
            if entry["name"] not in text:
                yield f"{entry['name']} is not in the man page"
        for function in family.functions:
            if f".Fo {function['name']}\n" not in text:
                yield f"{function['name']} has no synopsis"
            if not (man / "man3" / f"{function['name']}.3").exists():
                yield f"{function['name']} has no man page"


def main(site: Path, man: Path, api: Entry) -> int:
    found = list(problems(site, man, api))
    print("\n".join(found) or f"{len(list(site.rglob('*.html')))} pages: nothing is missing")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), read(*map(Path, sys.argv[3:]))))
