"""Makes every call of tests/calls.json, in a process that ends as others do.

    LOGITUDE_LEVEL=avx2 python tools/coverage/calls.py build/liblogitude.so
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bindings/python/tests"))

from replay import Library  # noqa: E402


def main(path: str) -> None:
    library = Library(path, json.loads((ROOT / "include/logitude/api.json").read_text()))
    for line in json.loads((ROOT / "tests/calls.json").read_text()):
        library.call(line, library.memory(line))


if __name__ == "__main__":
    main(sys.argv[1])
