"""Makes every call of tests/calls.json, and those of tools/faults/nulls.py, in a process
that ends as others do.

    LOGITUDE_LEVEL=avx2 python tools/coverage/calls.py build/liblogitude.so
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bindings/python/tests"), str(ROOT / "tools/faults")]

import nulls  # noqa: E402
from replay import Library, value  # noqa: E402


def main(path: str) -> None:
    library = Library(path, json.loads((ROOT / "include/logitude/api.json").read_text()))
    for line in json.loads((ROOT / "tests/calls.json").read_text()):
        memory = library.memory(line)
        library.call(line, memory)
        for case in nulls.cases(line):
            library.functions[case.function](*(value(x, memory) for x in case.given()))


if __name__ == "__main__":
    main(sys.argv[1])
