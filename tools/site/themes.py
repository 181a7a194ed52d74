"""What a family is about: the floor of the house that its C functions call.

`src/capi/softmax.rs` calls `crate::softmax`; that floor's `mod.rs` says in its first
sentence what it is. So a new family has its place in the index without being put there.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from table import PROJECT, Family

SOURCES = PROJECT / "src"
# Floors that every family stands on say nothing of one.
_BELOW = {"capi", "math", "rows", "rt", "simd"}


class Theme(NamedTuple):
    name: str  # of the folder; "" for what all others use
    title: str
    summary: str


COMMON = Theme("", "Common to all", "Types, statuses, options and bytes that all families share.")


def themes() -> list[Theme]:
    floors = sorted(page.parent for page in SOURCES.glob("*/mod.rs"))
    named = [
        Theme(floor.name, floor.name.capitalize(), _first_sentence(floor / "mod.rs"))
        for floor in floors
        if floor.name not in _BELOW
    ]
    return [*named, COMMON]


def _first_sentence(page: Path) -> str:
    lines = re.match(r"(?://! ?.*\n)+", page.read_text(encoding="utf-8"))
    text = " ".join(re.sub(r"^//! ?", "", lines[0], flags=re.M).split()) if lines else ""
    return re.sub(r"(?<=\w\.) .*", "", text)


def by_theme(families: list[Family]) -> dict[Theme, list[Family]]:
    """The families of each theme that has any."""
    known = themes()
    found: dict[Theme, list[Family]] = {theme: [] for theme in known}
    for family in families:
        found[theme_of(family.name, known)].append(family)
    return {theme: members for theme, members in found.items() if members}


def theme_of(family: str, known: list[Theme]) -> Theme:
    """The theme whose floor the family calls most; a family of many floors is common to all."""
    floors = _floors(family, {theme.name for theme in known if theme.name})
    if not floors or len(floors) > 2:
        return COMMON
    (most, _), *_ = floors.most_common()
    return next(theme for theme in known if theme.name == most)


def _floors(module: str, known: set[str], deep: bool = True) -> Counter[str]:
    """How often a file of `src/capi` names each floor, or else the files that it uses do."""
    page = SOURCES / "capi" / f"{module}.rs"
    if not page.exists():
        return Counter()
    text = page.read_text(encoding="utf-8")
    grouped = re.findall(r"crate::\{(.*?)\};", text, re.DOTALL)
    named = re.findall(r"crate::(\w+)::", text) + re.findall(r"\b(\w+)::", " ".join(grouped))
    floors = Counter(floor for floor in named if floor in known)
    if floors or not deep:
        return floors
    for used in re.findall(r"^use super::(\w+)::", text, re.M):
        floors += _floors(used, known, deep=False)
    return floors
