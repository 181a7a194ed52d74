"""The doc comments: sections of paragraphs, lists and code, whatever they become."""

from __future__ import annotations

import re
from typing import NamedTuple, Union

# What is a section of its own, though it stands at the end of another.
_APART = ("Thread safety", "Stack")
_PARTED = re.compile(r"\n\s*\n|\s+(?=Thread safety: )")


class Paragraph(NamedTuple):
    text: str


class Items(NamedTuple):
    texts: list[str]


class Code(NamedTuple):
    text: str


Block = Union[Paragraph, Items, Code]


def sections(doc: str) -> dict[str, list[Block]]:
    """The blocks under each heading; those before the first are under ""."""
    found: dict[str, list[Block]] = {}
    title = ""
    for piece in _pieces(doc):
        if piece.startswith("# "):
            heading, _, piece = piece.partition("\n")
            title = heading[2:]
        apart = next((name for name in _APART if piece.startswith(f"{name}: ")), None)
        if apart:
            piece = piece[len(apart) + 2 :]
            piece = piece[0].upper() + piece[1:]
        if piece:
            found.setdefault(apart or title, []).append(_block(piece))
    return found


def _pieces(doc: str) -> list[str]:
    """What blank lines part, and code, whole."""
    pieces: list[str] = []
    for number, part in enumerate(doc.split("```")):
        if number % 2:
            pieces.append(f"```{part}")
        else:
            pieces += [piece.strip("\n") for piece in _PARTED.split(part)]
    return [piece for piece in pieces if piece]


def _block(piece: str) -> Block:
    if piece.startswith("```"):
        return Code(piece.partition("\n")[2])
    if piece.startswith(("* ", "- ")):
        return Items([one_line(item) for item in re.split(r"^[*-] ", piece, flags=re.M)[1:]])
    return Paragraph(one_line(piece))


def one_line(text: str) -> str:
    return " ".join(text.split())


def spans(text: str) -> list[tuple[bool, str]]:
    """Text as prose (False) and what stands in backticks (True)."""
    parts = text.split("`")
    return [(bool(number % 2), part) for number, part in enumerate(parts) if part]


def summary(doc: str) -> str:
    """The first sentence, without its end: what a list of functions shows."""
    first = sections(doc)[""][0]
    text = first.text if isinstance(first, Paragraph) else ""
    # A full stop after a single letter is that of a name; one in backticks is code.
    end = re.match(r"(?:`[^`]*`|[^`])*?(?<![ .][A-Z])(?<![ .])(?=[.:;](?: |$))", text)
    return end[0] if end else text
