"""Runs C tests of c_tests at every level, for docs/proof.md.

    python tools/faults/c_tests.py BUILD NAME ..
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

SOURCES = Path(__file__).parents[2] / "c_tests"
LEVELS = ["portable", "avx2", "avx512", "neon"]
# What a test returns where the machine lacks the level.
NOT_RUN = 77


def functions(name: str) -> int:
    """How many functions of the library a test calls; by a macro, those of four types."""
    text = (SOURCES / f"{name}.c").read_text(encoding="utf-8")
    named, typed = (set(re.findall(r"\blgt_\w+(?=%s)" % end, text)) for end in (r"\(", "##dtype"))
    return len(named) + 4 * len(typed)


def run(folder: Path, name: str) -> bool:
    started, cases, findings = time.monotonic(), 0, 0
    program = folder / f"c.{name}"
    for level in LEVELS:
        environment = {**os.environ, "LOGITUDE_LEVEL": level}
        made = subprocess.run([program, level], env=environment, capture_output=True, text=True)
        counted = re.search(r"(\d+) checks, (\d+) failed", made.stdout)
        if counted:
            cases += int(counted[1])
            findings += int(counted[2])
        elif made.returncode != NOT_RUN:
            findings += 1
        sys.stderr.write(made.stderr if made.returncode != NOT_RUN else "")
    line = {
        "table": "faults",
        "fault": name,
        "functions": functions(name),
        "cases": cases,
        "findings": findings,
        "seconds": round(time.monotonic() - started, 1),
    }
    print("proof", json.dumps(line))
    return findings == 0 and cases > 0


if __name__ == "__main__":
    done = [run(Path(sys.argv[1]) / "c_tests", name) for name in sys.argv[2:]]
    sys.exit(not all(done))
