"""Runs the parts of the proof, gathers what they saw, and writes docs/proof.md.

    python tools/proof/run.py build/proof docs/proof.md [PART ...]

Each part is a target of proof.mk. Its output goes to build/proof/PART.log and, of that, the
lines `proof {..}` and `NOT RUN ..`, with the time and the commit, to PART.json. The page is
made of what is there, so that one part can be run again without the others.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import page
from parts import PARTS, Part

WRITTEN = [":!docs/proof.md", ":!docs/coverage.md"]


def commit() -> str:
    """What is checked out, with a plus if files differ from it, other than what is written here."""
    def git(*words: str) -> str:
        return subprocess.run(["git", *words], capture_output=True, text=True, check=True).stdout.strip()

    return git("rev-parse", "--short", "HEAD") + "+" * bool(git("status", "--porcelain", "-uno", "--", ".", *WRITTEN))


def rows_of(log: Path) -> list[dict]:
    """What the check said it saw, wherever in a line: test runners put words before it."""
    found = []
    for line in log.read_text(errors="replace").splitlines():
        _, mark, row = line.partition('proof {"table"')
        if mark:
            found.append(json.loads('{"table"' + row))
    return found


def left_out(log: Path) -> list[str]:
    """What it said that it did not do, once each."""
    said = re.findall("NOT RUN:? (.*)", log.read_text(errors="replace"))
    return list(dict.fromkeys(said))


def run(part: Part, folder: Path) -> dict:
    log = folder / f"{part.name}.log"
    started, at = time.time(), commit()
    with log.open("w") as out:
        code = subprocess.run(part.command, shell=True, stdout=out, stderr=out).returncode
    seconds = round(time.time() - started)
    done = {
        "part": part.name,
        "passed": code == 0,
        "seconds": seconds,
        "date": time.strftime("%Y-%m-%d", time.gmtime(started)),
        "commit": at,
        "rows": rows_of(log),
        "left_out": left_out(log),
    }
    (folder / f"{part.name}.json").write_text(json.dumps(done, indent=0))
    print(f"{part.name}: {'passed' if code == 0 else f'FAILED, see {log}'} in {seconds} s", flush=True)
    return done


def main(folder: Path, target: Path, *names: str) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    started = time.time()
    wanted = [part for part in PARTS if not names or part.name in names]
    # Two at a time: while one compiles, on one core, the other has work for more.
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda part: run(part, folder), wanted))
    # Of parts from several runs there is no such time.
    page.write(folder, target, 0 if names else round(time.time() - started))
    return any(not part["passed"] for part in done)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:]))
