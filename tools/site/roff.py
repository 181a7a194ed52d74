"""Doc comments in mdoc(7), the language of man pages that groff and mandoc read."""

from __future__ import annotations

import re
import textwrap

from comment import Block, Code, Items, sections, spans

# What roff takes for its own, or sets as another sign than is written.
_SIGNS = {"\\": r"\e", "^": r"\(ha", "~": r"\(ti", "`": r"\(ga"}
# In code these are what they are in C, not hyphens and quotation marks.
_CODE_SIGNS = {**_SIGNS, "-": r"\-", "'": r"\(aq"}


def escaped(text: str, signs: dict[str, str] = _SIGNS) -> str:
    found = re.sub(r"[\\^~`'-]", lambda sign: signs.get(sign[0], sign[0]), text)
    return re.sub(r"[^\x00-\x7f]", lambda sign: f"\\[u{ord(sign[0]):04X}]", found)


def _guarded(line: str) -> str:
    """A line that begins like a macro and is none."""
    return rf"\&{line}" if line.startswith((".", "'")) else line


def prose(text: str) -> list[str]:
    """A sentence begins a line, so that roff sees where it ends; code is in bold and whole."""
    made = "".join(
        rf"\fB{_unbroken(escaped(part, _CODE_SIGNS))}\fR" if code else escaped(part)
        for code, part in spans(text)
    )
    return [
        _guarded(line)
        for sentence in re.split(r"(?<=[\w)][\w)\"R][.?!]) ", made)
        for line in textwrap.wrap(sentence, 80, break_long_words=False, break_on_hyphens=False)
    ]


def _unbroken(code: str) -> str:
    """Without a hyphen within a name."""
    return re.sub(r"\b(?=lgt_|LGT_)", lambda _: r"\%", code)


def code(text: str) -> list[str]:
    lines = [_guarded(escaped(line, _CODE_SIGNS)) for line in text.rstrip().split("\n")]
    return [".Bd -literal -offset indent", *lines, ".Ed"]


def doc(comment: str) -> list[str]:
    """The prose, then a list of the sections."""
    named = sections(comment)
    lines = _blocks(named.pop("", []))
    if named:
        lines.append(".Bl -tag -width Ds")
        for title, blocks in named.items():
            lines += [f'.It Sy "{title}"', *_blocks(blocks)]
        lines.append(".El")
    return lines


def _blocks(blocks: list[Block]) -> list[str]:
    lines: list[str] = []
    for number, block in enumerate(blocks):
        if isinstance(block, Code):
            lines += code(block.text)
        elif isinstance(block, Items):
            items = [line for item in block.texts for line in (".It", *prose(item))]
            lines += [".Bl -bullet", *items, ".El"]
        else:
            lines += [".Pp"] * (number > 0) + prose(block.text)
    return lines
