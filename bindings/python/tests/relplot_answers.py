"""Writes relplot_answers.json: what relplot's smECE says of some probabilities.

Run by hand, where relplot is installed (pip install relplot==1.0.3); the tests
read the answers and do without it.
"""

import json
from pathlib import Path

import numpy as np

ANSWERS = Path(__file__).with_suffix(".json")
CASES = [(200, 1.0, 1.0), (200, 2.0, 1.0), (1000, 0.5, 0.8), (1000, 3.0, 1.0), (5000, 1.0, 0.9)]


def case(n, power, scale):
    """Probabilities that fill 0 .. 1 evenly, and outcomes of `scale * p ** power`."""
    i = np.arange(1, n + 1)
    p = i * ((5**0.5 - 1) / 2) % 1
    return p, (i * 2**0.5 % 1 < scale * p**power).astype(int)


if __name__ == "__main__":
    import relplot

    answers = []
    for n, power, scale in CASES:
        p, y = case(n, power, scale)
        error, bandwidth = relplot.smECE(p, y, return_width=True)
        answers.append({"case": [n, power, scale], "error": error, "bandwidth": bandwidth})
    lines = ",\n ".join(json.dumps(answer) for answer in answers)
    ANSWERS.write_text(f"[{lines}]\n")
