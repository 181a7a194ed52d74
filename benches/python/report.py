"""Time and memory of `python -m logitude report` beside reading the file with np.load.

python benches/python/report.py [--rows 500000] [--classes 1000] [--rounds 3]

Makes a file of float32 logits (2 GB) in a temporary folder, takes turns between np.load
and the command, from a cold cache (where the system lets a file be dropped from it) and
from a warm one, and prints the least and the median of each. The time of np.load is that
of the call; that of the command is of the whole process. The file is deleted at the end.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

_LOAD = """
import sys, time
import numpy as np
began = time.perf_counter()
np.load(sys.argv[1])
print(time.perf_counter() - began)
"""


def make(folder: Path, rows: int, classes: int) -> None:
    """Logits of normal numbers, of which the label's is higher for most rows."""
    rng = np.random.default_rng(0)
    labels = rng.integers(0, classes, rows)
    np.save(folder / "labels.npy", labels)
    with open(folder / "logits.npy", "wb") as file:
        header = {"descr": "<f4", "fortran_order": False, "shape": (rows, classes)}
        np.lib.format.write_array_header_1_0(file, header)
        for first in range(0, rows, 4096):
            y = labels[first : first + 4096]
            x = rng.standard_normal((len(y), classes), np.float32) * np.float32(2)
            x[np.arange(len(y)), y] += rng.normal(6, 3, len(y)).astype(np.float32)
            file.write(x.data)
        file.flush()
        os.fsync(file.fileno())


def drop(path: Path) -> bool:
    """Takes a file out of the cache, as far as that can be asked for."""
    if not hasattr(os, "posix_fadvise"):
        return False
    with open(path, "rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return True


def load(folder: Path) -> float:
    """Seconds of np.load."""
    command = [sys.executable, "-c", _LOAD, str(folder / "logits.npy")]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def report(folder: Path) -> tuple[float, int]:
    """Seconds of the command, and the most of anonymous memory it was seen with, in kB."""
    command = [sys.executable, "-m", "logitude", "report", "logits.npy", "labels.npy", "-q"]
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder)
    peak = 0
    while process.poll() is None:
        peak = max(peak, anonymous(process.pid))
        time.sleep(0.01)
    seconds = time.perf_counter() - began
    if process.returncode:
        raise SystemExit(f"the command ended with {process.returncode}")
    return seconds, peak


def anonymous(pid: int) -> int:
    try:
        with open(f"/proc/{pid}/status") as status:
            return next((int(line.split()[1]) for line in status if line.startswith("RssAnon")), 0)
    except OSError:
        return 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--rows", type=int, default=500_000)
    parser.add_argument("--classes", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    times: dict[tuple[str, str], list[float]] = {}
    peaks = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder, options.rows, options.classes)
        size = (folder / "logits.npy").stat().st_size / 1e9
        print(f"{options.rows} x {options.classes} float32, {size:.2f} GB, {os.cpu_count()} CPUs")
        for _ in range(options.rounds):
            for cache in ("cold", "warm"):
                if cache == "cold" and not drop(folder / "logits.npy"):
                    continue
                times.setdefault(("np.load", cache), []).append(load(folder))
                if cache == "cold":
                    drop(folder / "logits.npy")
                seconds, peak = report(folder)
                times.setdefault(("report", cache), []).append(seconds)
                peaks.append(peak)
    for (what, cache), seconds in times.items():
        shown = f"least {min(seconds):6.2f} s, median {statistics.median(seconds):6.2f} s"
        print(f"{what:8} {cache:5} {shown}")
    for cache in ("cold", "warm"):
        if ("report", cache) in times:
            ratios = [r / n for r, n in zip(times["report", cache], times["np.load", cache])]
            print(f"report / np.load, {cache}: median {statistics.median(ratios):.2f}")
    print(f"anonymous memory (RssAnon), peak: {max(peaks) / 1024:.0f} MB")


if __name__ == "__main__":
    main()
