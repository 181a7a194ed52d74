"""What the tests reach: lines and branches by floor, and what they do not reach, with reasons.

    python tools/coverage/report.py build/coverage/coverage.lcov docs/coverage.md

Fails if fewer lines than LEAST are reached of the core, which is all but the functions that
are generated for Rust, or if a file has more than FEW lines that are not and
tools/coverage/reasons.json gives no reason.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LEAST = 95.0
FEW = 5
GENERATED = "safe"
AVX512 = "simd/x86/avx512"


@dataclass
class File:
    """How often each line and each branch ran."""

    lines: dict[int, int] = field(default_factory=dict)
    branches: dict[tuple, int] = field(default_factory=dict)

    def missed(self) -> list[int]:
        return [line for line, times in sorted(self.lines.items()) if not times]


def read(lcov: Path) -> dict[str, File]:
    files: dict[str, File] = defaultdict(File)
    at = File()
    for record in lcov.read_text().splitlines():
        tag, _, value = record.partition(":")
        if tag == "SF":
            at = files[str(Path(value).relative_to(ROOT / "src"))] if value.startswith(f"{ROOT}/src/") else File()
        elif tag == "DA":
            line, times = map(int, value.split(",")[:2])
            at.lines[line] = max(times, at.lines.get(line, 0))
        elif tag == "BRDA":
            *place, times = value.split(",")
            taken = 0 if times == "-" else int(times)
            at.branches[tuple(place)] = max(taken, at.branches.get(tuple(place), 0))
    return dict(files)


def without_lacking(files: dict[str, File]) -> dict[str, File]:
    """Those that this machine could run."""
    processor = Path("/proc/cpuinfo")
    if not processor.exists() or "avx512vl" in processor.read_text():
        return files
    print("NOT RUN: the code of avx512, which this machine lacks: left out of what is counted")
    return {name: file for name, file in files.items() if not name.startswith(AVX512)}


def floor(name: str) -> str:
    """The folder of a file, or the file itself where it stands alone."""
    return name.split("/")[0] if "/" in name else "others"


def share(counts: list[int]) -> tuple[int, int, float]:
    reached = sum(1 for times in counts if times)
    return len(counts), reached, 100 * reached / max(1, len(counts))


def row(name: str, files: list[File]) -> dict:
    lines, reached, percent = share([t for f in files for t in f.lines.values()])
    branches, taken, _ = share([t for f in files for t in f.branches.values()])
    return {"table": "coverage", "part": name, "lines": lines, "reached": reached,
            "percent": round(percent, 2), "branches": branches, "taken": taken}


def ranges(lines: list[int]) -> str:
    """12-15, 18."""
    runs = [[line for _, line in run] for _, run in groupby(enumerate(lines), lambda p: p[1] - p[0])]
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def reason(name: str, reasons: dict[str, str]) -> str:
    """That of the file, or of the nearest folder."""
    path = Path(name)
    return next((reasons[str(p)] for p in [path, *path.parents] if str(p) in reasons), "")


def main(lcov: Path, page: Path) -> int:
    files = without_lacking(read(lcov))
    reasons = json.loads((Path(__file__).with_name("reasons.json")).read_text())
    floors = sorted({floor(name) for name in files})
    rows = [row(f, [file for name, file in files.items() if floor(name) == f]) for f in floors]
    core = row("the core: all but safe", [f for name, f in files.items() if floor(name) != GENERATED])
    for r in [*rows, core, row("all", list(files.values()))]:
        print("proof", json.dumps(r))
    missed = {name: file.missed() for name, file in sorted(files.items()) if file.missed()}
    text = ["# Lines that no test reaches", "",
            "By `make coverage`, which writes this page: of the library compiled for this processor "
            "family, what neither the C tests nor the Rust tests run, and why.", "",
            "| file | lines | | reason |", "| --- | ---: | --- | --- |"]
    text += [f"| `src/{name}` | {len(lines)} | {ranges(lines)} | {reason(name, reasons)} |"
             for name, lines in missed.items()]
    page.write_text("\n".join(text) + "\n")
    silent = [name for name, lines in missed.items() if len(lines) > FEW and not reason(name, reasons)]
    for name in silent:
        print(f"no reason for {name}: {ranges(missed[name])}")
    if core["percent"] < LEAST:
        print(f"{core['percent']} % of lines of the core, not {LEAST}")
    return bool(silent) or core["percent"] < LEAST


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
