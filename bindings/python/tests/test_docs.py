"""Every page with Python in it runs, and prints what it says it prints."""

import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from pages import PROJECT, Block, blocks, readers_directory, run

from logitude._abi import LIBRARY

PAGES = [
    "README.md",
    "bindings/python/README.md",
    "docs/arrays.md",
    "docs/calibrate.md",
    "docs/index.md",
    "docs/large-data.md",
    "docs/merge.md",
    "docs/report.md",
    "docs/sklearn.md",
]
C_PAGES = [
    "docs/calibrate.md",
    "docs/embed.md",
    "docs/index.md",
    "docs/merge.md",
    "docs/porting.md",
]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_runs(page):
    with readers_directory():
        names = run(PROJECT / page)
    if "probs" in names:
        assert np.allclose(names["probs"].sum(-1), 1, atol=1e-6)


def test_what_a_page_prints_is_compared(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("```python\nx = 1\n```\n\n```python\nprint(x)\n```\n\n```text\n2\n```\n")
    assert blocks(page) == [
        Block("python", "x = 1\n", 1, None),
        Block("python", "print(x)\n", 5, "2\n"),
    ]
    with pytest.raises(AssertionError, match=r"line 5: printed is\n1\n\nand not\n2\n"):
        run(page)


@pytest.mark.skipif(not shutil.which("cc"), reason="there is no C compiler")
@pytest.mark.parametrize("page", C_PAGES)
def test_the_c_of_a_page_is_a_program(page, tmp_path):
    pieces = [block for block in blocks(PROJECT / page) if block.language == "c"]
    (tmp_path / "page.c").write_text("".join(piece.code for piece in pieces), encoding="utf-8")
    header, library = PROJECT / "include", Path(LIBRARY._name).resolve()
    warnings = ["-std=c11", "-Wall", "-Wextra", "-pedantic", "-Werror"]
    built = ["cc", *warnings, f"-I{header}", "page.c", str(library), "-lm", "-pthread"]
    subprocess.check_call([*built, "-o", "page"], cwd=tmp_path)
    with readers_directory():
        # What Python leaves for it, where there is some.
        run(PROJECT / page)
        loader = {"LD_LIBRARY_PATH": str(library.parent)}
        printed = subprocess.check_output([str(tmp_path / "page")], env=loader, text=True)
    assert printed == "".join(piece.output or "" for piece in pieces)


def test_links_lead_somewhere():
    for page in {*PAGES, *C_PAGES}:
        path = PROJECT / page
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{page}: {target}"
