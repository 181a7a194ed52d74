"""The pictures of docs/plots.md, of the digits in examples/data.

    python examples/python/plots.py [folder]
"""

import sys
from pathlib import Path

import logitude as lg
import matplotlib
import numpy as np
from logitude import plot
from matplotlib.figure import Figure

ROOT = Path(__file__).parents[2]
SIMILAR = 8  # the digit that is taken for others

# Words as text, and the same bytes in every run.
SVG = {"svg.fonttype": "none", "svg.hashsalt": "logitude"}


def digits() -> tuple[np.ndarray, np.ndarray]:
    data = ROOT / "examples" / "data"
    return np.load(data / "digits_logits.npy"), np.load(data / "digits_labels.npy")


def curves(raw: np.ndarray, labels: np.ndarray) -> Figure:
    """All curves of one classifier."""
    figure = Figure((7, 6.4), layout="constrained")
    (roc, pr), (det, risk) = figure.subplots(2, 2)
    scores, truth = raw[:, SIMILAR], labels == SIMILAR
    plot.roc_curve(scores, truth, ax=roc)
    plot.precision_recall_curve(scores, truth, ax=pr)
    plot.det_curve(scores, truth, ax=det)
    confidences, classes = lg.top_label(raw)
    plot.risk_coverage(confidences, classes != labels, ax=risk, optimal=True)
    risk.set_box_aspect(1)
    return figure


def main(folder: Path) -> None:
    logits, labels = digits()
    half = len(labels) // 2
    scaling = lg.TemperatureScaling().fit(logits[:half], labels[:half])
    raw, scaled = lg.softmax(logits[half:]), scaling.predict_proba(logits[half:])
    made = Figure((6.4, 4.4), layout="constrained")
    plot.before_and_after(raw, scaled, labels[half:], figure=made)
    pictures = {"before_and_after": made, "curves": curves(raw, labels[half:])}
    with matplotlib.rc_context(SVG):
        for name, figure in pictures.items():
            figure.savefig(folder / f"{name}.svg", metadata={"Date": None})
            print(folder / f"{name}.svg")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "plots")
