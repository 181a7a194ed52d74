"""Reliability diagrams against scikit-learn, scipy and formulas; what all pictures share."""

import subprocess
import sys

import numpy as np
import pytest
from scipy.stats import norm
from sklearn import metrics as sk
from sklearn.calibration import calibration_curve

pytest.importorskip("matplotlib")
from matplotlib import pyplot  # noqa: E402
from matplotlib.figure import Figure  # noqa: E402
from pictures import (  # noqa: E402, F401
    ax,
    binary,
    counts_below,
    drawn,
    in_full,
    points,
    quiet,
    reference,
    series,
    texts,
    whiskers,
)

import logitude as lg  # noqa: E402
from logitude import plot  # noqa: E402

CURVES = [plot.roc_curve, plot.precision_recall_curve, plot.det_curve]


def wilson(share, n, confidence):
    z = norm.ppf((1 + confidence) / 2)
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return middle - half, middle + half


@pytest.mark.parametrize("kind", ["points", "bars"])
def test_points_are_scikit_learns(binary, ax, kind):
    probs, labels = binary
    in_full(plot.reliability_diagram(probs, labels, bins=10, ax=ax, kind=kind))
    frequency, mean = calibration_curve(labels, probs, n_bins=10)
    np.testing.assert_allclose(points(ax), [mean, frequency], rtol=1e-12)
    assert (ax.get_xlim(), ax.get_ylim(), ax.get_box_aspect()) == ((0, 1), (0, 1), 1)
    np.testing.assert_array_equal(reference(ax), [[0, 1], [0, 1]])


def test_points_of_the_top_label(scored, ax):
    logits, labels, _ = scored
    probs = lg.softmax(logits)
    plot.reliability_diagram(probs, labels, bins=8, ax=ax)
    frequency, mean = calibration_curve(probs.argmax(1) == labels, probs.max(1), n_bins=8)
    np.testing.assert_allclose(points(ax), [mean, frequency], rtol=1e-12)
    assert ax.get_ylabel() == "Accuracy" and counts_below(ax).get_xlabel() == "Confidence"


@pytest.mark.parametrize("confidence", [0.95, 0.5])
def test_whiskers_and_counts(binary, ax, confidence):
    probs, labels = binary
    plot.reliability_diagram(probs, labels, bins=10, ax=ax, confidence=confidence)
    rows, edges = np.histogram(probs, 10, (0, 1))  # no probability is an edge
    low, high = wilson(points(ax)[1], rows, confidence)
    np.testing.assert_allclose(whiskers(ax)[:, :, 1], np.stack([low, high], 1), atol=1e-12)
    np.testing.assert_array_equal(whiskers(ax)[:, :, 0].T, points(ax)[[0, 0]])
    bars = counts_below(ax).patches
    assert [bar.get_height() for bar in bars] == rows.tolist()
    np.testing.assert_allclose([bar.get_x() for bar in bars], edges[:-1])


def test_bars_are_frequencies_and_gaps(binary, ax):
    plot.reliability_diagram(*binary, bins=10, ax=ax, kind="bars", counts=False, confidence=None)
    x, y = points(ax)
    bars, gaps = ax.patches[:10], ax.patches[10:]
    np.testing.assert_allclose([bar.get_height() for bar in bars], y)
    np.testing.assert_allclose([gap.get_y() for gap in gaps], y)
    np.testing.assert_allclose([gap.get_height() for gap in gaps], x - y)
    assert not ax.collections and len(ax.figure.axes) == 1


def test_errors_in_the_legend(binary, ax):
    probs, labels = binary
    plot.reliability_diagram(probs, labels, bins=10, ax=ax, label="net")
    frequency, mean = calibration_curve(labels, probs, n_bins=10)
    gaps = abs(frequency - mean)
    ece = gaps @ np.histogram(probs, 10, (0, 1))[0] / len(probs)
    assert texts(ax) == [f"net (ECE {ece:.3f}, MCE {gaps.max():.3f})"]


def test_arrays_states_and_bins_are_one_picture(binary, scored):
    probs, labels = binary
    seen = lg.BinaryECE(12).update(probs, labels)
    sources = [(probs, labels), (seen,), (seen.bins(),), (lg.BinaryEvaluation(12).update(*binary),)]
    shuffled = np.empty(12, [(name, "f8") for name in reversed(seen.bins().dtype.names)])
    for name in shuffled.dtype.names:
        shuffled[name] = seen.bins()[name]
    same(sources + [(shuffled,)])
    logits, y, _ = scored
    p = lg.softmax(logits)
    evaluation = lg.Evaluation(12, input="probabilities").update(p, y)
    same([(p, y), (lg.ECE(12).update(p, y),), (evaluation,)])


def same(sources):
    figures = [Figure() for _ in sources]
    made = [
        drawn(plot.reliability_diagram(*source, bins=12, ax=figure.subplots()))
        for source, figure in zip(sources, figures)
    ]
    for numbers, words in made[1:]:
        assert words == made[0][1]
        for mine, first in zip(numbers, made[0][0]):
            np.testing.assert_allclose(mine, first, rtol=1e-12)


def test_bins_of_equal_mass(binary, ax):
    known = lg.ece_equal_mass(*binary, 10, report=True)
    plot.reliability_diagram(known, ax=ax)
    frequency, mean = calibration_curve(*binary[::-1], n_bins=10, strategy="quantile")
    np.testing.assert_allclose(points(ax), [mean, frequency], atol=2e-3)


def test_weights(binary, ax, rng):
    probs, labels = binary
    weights = rng.integers(1, 4, len(probs))
    plot.reliability_diagram(probs, labels, bins=10, weights=weights, ax=ax)
    many = np.repeat(probs, weights), np.repeat(labels, weights)
    frequency, mean = calibration_curve(many[1], many[0], n_bins=10)
    np.testing.assert_allclose(points(ax), [mean, frequency], rtol=1e-12)


def test_series_share_axes(binary, ax):
    probs, labels = binary
    plot.reliability_diagram(probs, labels, ax=ax, label="one")
    plot.reliability_diagram(probs**1.4, labels, ax=ax, label="two")
    in_full(ax)
    first, second = series(ax)
    assert first.get_color() != second.get_color()
    assert first.get_linestyle() != second.get_linestyle()
    assert len(ax.figure.axes) == 2 and len(texts(ax)) == 2
    reference(ax)  # one


@pytest.mark.parametrize("layout", [None, "constrained", "tight"])
def test_counts_are_as_wide_as_the_square(binary, layout):
    figure = Figure((9, 4), layout=layout)
    given = [*figure.subplots(1, 2)]
    if layout != "tight":  # which takes no axes that were put somewhere
        given.append(figure.add_axes((0.4, 0.4, 0.2, 0.2)))
    for ax in given:
        plot.reliability_diagram(*binary, ax=ax)
    in_full(figure)
    for ax, below in zip(given, figure.axes[len(given) :]):
        upper, lower = ax.get_position(), below.get_position()
        np.testing.assert_allclose([upper.x0, upper.x1], [lower.x0, lower.x1], atol=1e-6)
        assert lower.y1 <= upper.y0


def test_rows_without_an_answer(ax):
    probs, labels = np.array([np.nan, 0.2, 0.9]), [1, 0, 1]
    in_full(plot.reliability_diagram(probs, labels, ax=ax))
    np.testing.assert_allclose(points(ax), [[0.2, 0.9], [0, 1]])
    assert texts(ax) == ["ECE undefined, MCE undefined"]


@pytest.mark.parametrize("kind", ["points", "bars"])
def test_no_rows(ax, kind):
    in_full(plot.reliability_diagram(lg.ECE(), ax=ax, kind=kind))
    assert points(ax).shape == (2, 0) and texts(ax) == ["ECE undefined, MCE undefined"]


def test_one_row_and_one_class(ax):
    in_full(plot.reliability_diagram([1.0], [1], ax=ax))
    np.testing.assert_allclose(whiskers(ax)[0, :, 1], wilson(1, 1, 0.95), atol=1e-12)
    in_full(plot.reliability_diagram(np.linspace(0, 1, 50), np.zeros(50, int), ax=ax))
    assert not series(ax)[1].get_ydata().any()


@pytest.mark.parametrize(
    ("arguments", "options", "words"),
    [
        (([0.5],), {}, "with labels"),
        ((3,), {}, "with labels"),
        ((lg.ECE(), [1]), {}, "labels go with arrays"),
        (([-3.0, 2.0], [0, 1]), {}, "from 0 to 1"),
        (([0.5], [0, 1]), {}, "labels"),
        (([0.5], [1]), {"kind": "pie"}, "kind is one of"),
        (([0.5], [1]), {"bins": 0}, "bins are at least 1"),
        (([0.5], [1]), {"confidence": 2}, "confidence is between"),
        ((lg.ClasswiseECE(3),), {}, r"draw bins\(label\)"),
    ],
)
def test_bad_diagrams(arguments, options, words, ax):
    with pytest.raises(ValueError, match=words):
        plot.reliability_diagram(*arguments, ax=ax, **options)
    assert not ax.lines and ax.figure.axes == [ax]


def test_bad_axes(binary):
    with pytest.raises(TypeError, match="ax is matplotlib Axes or None, not Figure"):
        plot.reliability_diagram(*binary, ax=Figure())


# ---- before and after ----


def test_before_and_after(scored):
    logits, y, _ = scored
    sharp, soft = lg.softmax(3 * logits), lg.softmax(logits)
    figure = in_full(plot.before_and_after(sharp, soft, y, names=("raw", "scaled"), bins=10))
    panels = figure.axes[:2]
    for ax, probs, name in zip(panels, (sharp, soft), ("raw", "scaled")):
        frequency, mean = calibration_curve(probs.argmax(1) == y, probs.max(1), n_bins=10)
        np.testing.assert_allclose(points(ax), [mean, frequency], rtol=1e-12)
        assert ax.get_title("left") == name
        told = ax.texts[0].get_text()
        assert f"Accuracy {np.mean(probs.argmax(1) == y):.3f}" in told
        assert f"NLL {-np.log(probs[np.arange(len(y)), y]).mean():.3f}" in told
        assert f"Brier {((probs - np.eye(7)[y]) ** 2).sum(1).mean():.3f}" in told
    assert len({counts.get_ylim() for counts in figure.axes[2:]}) == 1
    assert panels[1].get_ylabel() == ""


def test_several_of_two_classes_in_a_given_figure(binary):
    probs, y = binary
    figure = Figure((9, 4), layout="constrained")
    after = {"a": probs**1.4, "b": probs**2}
    assert plot.before_and_after(probs, after, y, figure=figure, counts=False) is figure
    in_full(figure)
    assert [ax.get_title("left") for ax in figure.axes] == ["before", "a", "b"]
    told = figure.axes[0].texts[0].get_text()
    assert f"NLL {sk.log_loss(y, probs):.3f}" in told
    assert f"Brier {sk.brier_score_loss(y, probs):.3f}" in told
    assert f"Accuracy {np.mean((probs > 0.5) == y):.3f}" in told


def test_evaluations_before_and_after(scored):
    logits, y, _ = scored
    states = [lg.Evaluation().update(scale * logits, y) for scale in (3, 1)]
    figure = plot.before_and_after(*states)
    assert f"NLL {lg.nll(logits, y):.3f}" in figure.axes[1].texts[0].get_text()


@pytest.mark.parametrize(
    ("after", "options", "words"),
    [
        ({}, {}, "names other than"),
        ({"before": [0.5]}, {}, "names other than"),
        ([0.5], {"names": "ab"}, "names are two"),
        ([5.0], {}, "from 0 to 1"),
        ([0.5], {"labels": None}, "came alone"),
        (lg.Evaluation(), {}, "labels go with arrays"),
    ],
)
def test_bad_comparisons(after, options, words):
    with pytest.raises(ValueError, match=words):
        plot.before_and_after([0.5], after, **{"labels": [1], "figure": Figure(), **options})


# ---- all of them ----


def test_import_needs_no_matplotlib_and_drawing_no_pyplot():
    code = (
        "import sys, logitude; assert 'matplotlib' not in sys.modules; "
        "from logitude import plot; from matplotlib.figure import Figure; "
        "plot.reliability_diagram([0.5], [1], ax=Figure().subplots()); "
        "assert 'matplotlib.pyplot' not in sys.modules; "
        "sys.modules['matplotlib'] = None; del sys.modules['logitude.plot']; del logitude.plot\n"
        "try: from logitude import plot\n"
        "except ImportError as e: assert 'logitude[plot]' in str(e)\n"
        "else: raise AssertionError"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_new_axes_are_pyplots(binary):
    ax = plot.roc_curve(*binary)
    assert pyplot.gcf() is ax.figure
    diagram = plot.reliability_diagram(*binary)
    assert pyplot.gca() is diagram
    figure = plot.before_and_after(binary[0], binary[0], binary[1])
    assert pyplot.gcf() is figure


def test_style_and_no_legend(binary, ax):
    for draw in (*CURVES, plot.reliability_diagram, plot.risk_coverage):
        made = draw(*binary, legend=False, c="black", lw=3, label="x")
        line = series(made)[0]
        assert (line.get_color(), line.get_linewidth()) == ("black", 3)
        assert made.get_legend() is None


def test_warnings_are_told_where_the_caller_stands(ax):
    with pytest.warns(lg.LogitudeWarning) as told:
        plot.roc_curve([0.1, 0.2], [1, 1], ax=ax)
    assert told[0].filename == __file__
