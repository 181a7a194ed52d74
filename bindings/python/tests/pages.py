"""Runs the Python of a page of the documentation as a reader would who types it in.

    python pages.py README.md docs/calibrate.md ..

The blocks of a page run one after another in one namespace, in a new directory where the
data of `examples/data` is. A block that begins with a comment such as `# shards.py` is a
file of that name. A text block right after one of Python is what that prints, to the letter.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

import logitude as lg

PROJECT = Path(__file__).resolve().parents[3]
DATA = PROJECT / "examples" / "data"

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$(?:\s*^```text\n(.*?)^```$)?", re.DOTALL | re.MULTILINE)


class Block(NamedTuple):
    language: str
    code: str
    line: int  # of the page, on which the code begins
    output: str | None  # what the page says is printed, if it says so


def blocks(page: Path) -> list[Block]:
    """The blocks of code of a page."""
    text = page.read_text(encoding="utf-8")
    return [
        Block(found[1], found[2], text.count("\n", 0, found.start(2)), found[3])
        for found in _BLOCK.finditer(text)
    ]


def known(page: Path) -> dict[str, Any]:
    """The names that a README speaks of without saying where they come from. A guide says."""
    names: dict[str, Any] = {"__name__": "page"}
    if page.name == "README.md":
        logits, labels = np.load(DATA / "digits_logits.npy"), np.load(DATA / "digits_labels.npy")
        names.update(logits=logits[:600], labels=labels[:600])
        names.update(new_logits=logits[600:], new_labels=labels[600:])
        scored = lg.softmax(logits), labels
        names["batches"] = list(zip(*(np.array_split(column, 5) for column in scored)))
        names["shards"] = np.split(logits[:4], [3], axis=1)
    return names


@contextlib.contextmanager
def readers_directory() -> Iterator[Path]:
    """A new directory with the data in it, where the reader is and Python finds modules."""
    before = os.getcwd()
    with tempfile.TemporaryDirectory() as made:
        for file in DATA.glob("*.npy"):
            shutil.copy(file, made)
        os.chdir(made)
        sys.path.insert(0, made)
        try:
            yield Path(made)
        finally:
            sys.path.remove(made)
            os.chdir(before)


def run(page: Path) -> dict[str, Any]:
    """Runs the Python of a page here and now; the names it leaves behind."""
    names = known(page)
    for block in blocks(page):
        file = re.match(r"# (\w+\.py)\n", block.code)
        if block.language == "python" and file:
            Path(file[1]).write_text(block.code, encoding="utf-8")
        elif block.language == "python":
            printed = printed_by(block, page, names)
            if block.output is not None and printed != block.output:
                raise AssertionError(
                    f"{page}, line {block.line}: printed is\n{printed}\nand not\n{block.output}"
                )
    return names


def printed_by(block: Block, page: Path, names: dict[str, Any]) -> str:
    """What a block prints. A warning is an error: the reader would wonder."""
    code = compile("\n" * block.line + block.code, str(page), "exec")
    with contextlib.redirect_stdout(io.StringIO()) as printed, warnings.catch_warnings():
        warnings.simplefilter("error")
        exec(code, names)
    return printed.getvalue()


if __name__ == "__main__":
    for name in sys.argv[1:]:
        here = Path(name).resolve()
        with readers_directory():
            run(here)
        print(f"{name}: {sum(block.language == 'python' for block in blocks(here))} blocks ran")
