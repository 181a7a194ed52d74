"""Docstrings: what is particular to Python is written next to the function, all
else comes from the documentation of the C function, in the table."""

from __future__ import annotations

import inspect
import re
from typing import Any, Callable, TypeVar

from ._abi import TABLE

T = TypeVar("T")

_DOCS = {
    (entry["family"], entry["verb"], entry["dtype"]): entry["doc"] for entry in TABLE["functions"]
}
# The other sections are about pointers, strides and status codes.
_KEPT = ("Accuracy", "Source")


def _sections(doc: str) -> dict[str, str]:
    """The text under each heading; what stands before the first is under ""."""
    parts = (part.partition("\n") for part in ("\n# \n" + doc).split("\n# ")[1:])
    return {
        title: re.sub(r"\s*Thread safety:.*", "", text, flags=re.DOTALL).strip()
        for title, _, text in parts
    }


def documented(
    family: str, verb: str = "", dtype: str | None = None, *, summary: bool = True
) -> Callable[[T], T]:
    """Appends the documentation of a C function, with or without its first paragraph."""

    def append(target: Any) -> Any:
        sections = _sections(_DOCS[family, verb, dtype])
        first, _, prose = sections[""].partition("\n\n")
        text = [inspect.cleandoc(target.__doc__), first if summary else "", prose]
        text += [f"{title}: {sections[title]}" for title in _KEPT if title in sections]
        target.__doc__ = "\n\n".join(part for part in text if part)
        return target

    return append
