"""What type checkers are told is what is there."""

import runpy
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[3]

PROGRAM = """
import numpy as np
import logitude as lg

x = np.zeros((4, 3), np.float32)
y = np.array([0, 1, 2, 0])
loss: float = lg.nll(x, y)
metric = lg.ECE(bins=5).update(lg.softmax(x, axis=-1, out=x), y)
total: lg.ECE = metric + lg.ECE(bins=5)
value: float = total.compute()
rows: int = total.report().rows
accuracy: float = lg.evaluate(x, y).accuracy
scaling: lg.TemperatureScaling = lg.TemperatureScaling(t_min=0.1).fit(x, y)
temperature: float = scaling.temperature_
interval: lg.Interval = lg.proportion_interval(3, 10)
fpr = lg.roc_curve(x[:, 0], y > 0).fpr
{wrong}
"""
WRONG = [
    "lg.softmax(x, axes=1)",
    "lg.nll(x)",
    "lg.ECE(bin=3)",
    "metric.updates(x, y)",
    "total.report().no_such_field",
    "scaling.temperature",
    'lg.ECE(bins="many")',
    "text: str = lg.nll(x, y)",
]


def test_the_stub_is_current():
    made = runpy.run_path(str(PROJECT / "tools/stubs.py"))
    assert made["STUB"].read_text(encoding="utf-8") == made["Stub"]().text()


def test_a_program_is_checked(tmp_path):
    pytest.importorskip("mypy")
    for name, wrong in (("right.py", ""), ("wrong.py", "\n".join(WRONG))):
        (tmp_path / name).write_text(PROGRAM.format(wrong=wrong))
    command = [sys.executable, "-m", "mypy", "--strict", "right.py", "wrong.py"]
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True).stdout
    errors = [line for line in found.splitlines() if ": error: " in line]
    assert not [line for line in errors if not line.startswith("wrong.py")], found
    first = PROGRAM.count("\n") - 1
    lines = [int(line.split(":")[1]) for line in errors]
    assert sorted(set(lines)) == list(range(first + 1, first + 1 + len(WRONG))), found
