"""What is drawn, against scikit-learn, scipy and formulas; nothing looks at pixels."""

import pickle
import subprocess
import sys
import warnings

import numpy as np
import pytest
from scipy.stats import norm
from sklearn import metrics as sk
from sklearn.calibration import calibration_curve

matplotlib = pytest.importorskip("matplotlib")
matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402
from matplotlib.collections import LineCollection  # noqa: E402
from matplotlib.figure import Figure  # noqa: E402

import logitude as lg  # noqa: E402
from logitude import plot  # noqa: E402
from logitude.curves import DETCurve  # noqa: E402

CURVES = [plot.roc_curve, plot.precision_recall_curve, plot.det_curve]


@pytest.fixture(autouse=True)
def quiet():
    """No warning of numpy or matplotlib is let through, nor a setting or a figure left."""
    before = dict(matplotlib.rcParams)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.simplefilter("ignore", lg.LogitudeWarning)
        yield
    assert dict(matplotlib.rcParams) == before
    pyplot.close("all")


@pytest.fixture
def ax():
    return Figure(layout="constrained").subplots()


@pytest.fixture
def binary(rng):
    probs = rng.uniform(size=2000) ** 2
    return probs, (rng.uniform(size=2000) < probs**1.4).astype(int)


@pytest.fixture
def scores(rng):
    labels = (rng.uniform(size=900) < 0.3).astype(int)
    return np.round(rng.normal(size=900) + 1.3 * labels, 2), labels


def series(ax):
    return [line for line in ax.lines if not line.get_label().startswith("_")]


def points(ax):
    return np.array(series(ax)[0].get_data())


def reference(ax):
    (line,) = (line for line in ax.lines if line.get_label().startswith("_"))
    return np.array(line.get_data())


def whiskers(ax):
    (lines,) = (c for c in ax.collections if isinstance(c, LineCollection))
    return np.array(lines.get_segments())


def counts_below(ax):
    (below,) = (other for other in ax.figure.axes if other is not ax)
    return below


def texts(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


def drawn(ax):
    """All numbers of a diagram."""
    bars = [(bar.get_x(), bar.get_width(), bar.get_height()) for bar in counts_below(ax).patches]
    return [points(ax), whiskers(ax), np.array(bars)], texts(ax)


def wilson(share, n, confidence):
    z = norm.ppf((1 + confidence) / 2)
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return middle - half, middle + half


def in_full(ax):
    """Draws it in full."""
    figure = ax if isinstance(ax, Figure) else ax.figure
    figure.draw_without_rendering()
    return ax


# ---- reliability diagrams ----


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


# ---- curves of two classes ----


@pytest.mark.parametrize("weighted", [False, True])
def test_curves_are_scikit_learns(scores, weighted, rng):
    x, y = scores
    w = rng.integers(1, 5, len(x)) / 2 if weighted else None
    fpr, tpr, _ = sk.roc_curve(y, x, sample_weight=w)
    ax = plot.roc_curve(x, y, w)
    np.testing.assert_allclose(points(ax), [fpr, tpr], atol=1e-12)
    assert texts(ax) == [f"AUC {sk.roc_auc_score(y, x, sample_weight=w):.3f}"]
    np.testing.assert_array_equal(reference(ax), [[0, 1], [0, 1]])

    ax = plot.precision_recall_curve(x, y, w)
    precision, recall, _ = sk.precision_recall_curve(
        y, x, sample_weight=w, drop_intermediate=True
    )
    np.testing.assert_allclose(points(ax), [recall, precision], atol=1e-12)
    assert texts(ax) == [f"AP {sk.average_precision_score(y, x, sample_weight=w):.3f}"]
    assert series(ax)[0].get_drawstyle() == "steps-post"
    np.testing.assert_allclose(reference(ax)[1], np.average(y, weights=w))

    ax = plot.det_curve(x, y, w)
    fpr, fnr, _ = sk.det_curve(y, x, sample_weight=w)
    assert set(map(tuple, np.round(points(ax).T, 9))) <= set(
        map(tuple, np.round(np.stack([fpr, fnr], 1), 9))
    )
    assert texts(ax) == [f"EER {lg.equal_error_rate(x, y, w):.3f}"]


def test_det_axes_are_normal_deviates(scores):
    ax = in_full(plot.det_curve(*scores))
    inside = np.linspace(0.002, 0.89, 50)
    at = ax.transData.transform(np.stack([inside, inside], 1))
    for pixels in at.T:
        slope, start = np.polyfit(norm.ppf(inside), pixels, 1)
        np.testing.assert_allclose(slope * norm.ppf(inside) + start, pixels, atol=1e-6)
    assert ax.get_xlim() == ax.get_ylim() == (0.001, 0.9) and ax.get_box_aspect() == 1
    x, y = reference(ax)
    np.testing.assert_allclose(x + y, 1)
    assert "5%" in [text.get_text() for text in ax.get_xticklabels()]


@pytest.mark.parametrize("draw", CURVES)
def test_curves_that_were_computed(draw, scores):
    one = draw(*scores, label="net")
    two = draw(getattr(lg, draw.__name__)(*scores), thin=False, label="net")
    assert texts(one) == texts(two)
    three = draw(getattr(lg, draw.__name__)(*scores, drop_intermediate=True))
    np.testing.assert_array_equal(points(one), points(three))


@pytest.mark.parametrize("draw", CURVES)
def test_thinned_curves_stay_within_a_pixel(draw, rng):
    y = (rng.uniform(size=100_000) < 0.3).astype(int)
    x = rng.normal(size=len(y)) + 1.5 * y
    curve = getattr(lg, draw.__name__)(x, y)
    figure = Figure((8, 8), layout="constrained")
    ax = in_full(draw(curve, ax=figure.subplots()))
    kept, whole = points(ax), np.array(columns_of(curve))
    assert kept.shape[1] < 8100 < whole.shape[1]
    assert set(map(tuple, kept.T)) <= set(map(tuple, whole.T))
    np.testing.assert_array_equal(kept[:, [0, -1]], whole[:, [0, -1]])
    steps = draw is plot.precision_recall_curve
    far = furthest(corners(whole, steps, ax), corners(kept, steps, ax))
    assert far < 0.5


def columns_of(curve):
    return (curve.recall, curve.precision) if hasattr(curve, "recall") else curve[:2]


def corners(curve, steps, ax):
    """The line as pixels, what is outside of the axes left out."""
    x, y = curve
    if steps:
        x, y = np.repeat(x, 2)[1:], np.repeat(y, 2)[:-1]
    low, high = ax.get_xlim()
    inside = (x >= low) & (x <= high) & (y >= low) & (y <= high)
    return ax.transData.transform(np.stack([x, y], 1)[inside])


def furthest(whole, kept):
    """The largest distance of a corner from the line of those kept, in pixels."""
    start, step = kept[:-1], np.diff(kept, axis=0)
    length = np.maximum((step**2).sum(1), 1e-30)
    worst = 0.0
    for point in whole[:: max(1, len(whole) // 400)]:
        along = np.clip(((point - start) * step).sum(1) / length, 0, 1)
        worst = max(worst, np.sqrt(((start + along[:, None] * step - point) ** 2).sum(1)).min())
    return worst


@pytest.mark.parametrize("draw", CURVES)
@pytest.mark.parametrize("labels", [[0, 0, 0], [1, 1, 1], []])
def test_one_class_or_none(draw, labels, ax):
    in_full(draw(np.arange(len(labels), dtype=float), labels, ax=ax))
    defined = draw is plot.precision_recall_curve and 1 in labels
    assert texts(ax)[0].endswith("1.000" if defined else "undefined")


@pytest.mark.parametrize("draw", CURVES)
def test_nan_and_perfect_scores(draw, ax):
    in_full(draw([0.1, np.nan, 0.3], [0, 1, 1], ax=ax))
    assert texts(ax)[0].endswith("undefined")
    in_full(draw([0.1, 0.2, 0.3], [0, 1, 1], ax=ax))
    assert texts(ax)[1][-5:] == ("0.000" if draw is plot.det_curve else "1.000")


@pytest.mark.parametrize("draw", CURVES)
def test_bad_curves(draw, scores, ax):
    x, y = scores
    curve = getattr(lg, draw.__name__)(x, y)
    with pytest.raises(ValueError, match="came alone"):
        draw(x, ax=ax)
    with pytest.raises(ValueError, match="go with scores"):
        draw(curve, y, ax=ax)
    with pytest.raises(ValueError, match=r"of class k draw scores\[:, k\]"):
        draw(np.stack([x, -x], 1), y, ax=ax)
    with pytest.raises(ValueError, match="came alone"):
        draw(lg.risk_coverage_curve(x, y), ax=ax)


def test_bad_limits(scores, ax):
    with pytest.raises(ValueError, match="limits rise"):
        plot.det_curve(*scores, ax=ax, limits=(0, 0.5))


def test_figures_pickle(scores, binary):
    for draw, data in ((plot.det_curve, scores), (plot.reliability_diagram, binary)):
        figure = draw(*data, ax=Figure().subplots()).figure
        in_full(pickle.loads(pickle.dumps(figure)))


def test_equal_error_rate_of_a_part():
    ax = plot.det_curve(DETCurve(np.array([0.2, 0.1]), np.array([0.3, 0.4]), np.zeros(2)))
    assert texts(ax) == ["EER undefined"]


# ---- risk against coverage ----


def test_risk_coverage(rng, ax):
    confidences = rng.permutation(500) / 500
    losses = (rng.uniform(size=500) > confidences).astype(int)
    in_full(plot.risk_coverage(confidences, losses, ax=ax, optimal=True))
    order = np.argsort(-confidences)
    k = np.arange(1, 501)
    risks = np.cumsum(losses[order]) / k
    np.testing.assert_allclose(points(ax), [k / 500, risks], rtol=1e-12)
    assert texts(ax) == [f"AURC {risks.mean():.3f}"]
    (best,) = (line for line in ax.lines if line.get_label() == "_optimal")
    share = np.maximum(k - (500 - losses.sum()), 0) / k
    np.testing.assert_allclose(best.get_data(), [k / 500, share], rtol=1e-12)
    assert ax.get_xlim() == (0, 1) and ax.get_ylim()[0] == 0
    other = plot.risk_coverage(lg.risk_coverage_curve(confidences, losses))
    assert texts(other) == texts(ax)
    np.testing.assert_array_equal(points(other), points(ax))


def test_risk_of_ties_and_of_negative_losses(ax):
    curve = lg.risk_coverage_curve([0.5, 0.5, 0.9], [0, 1, 0])
    plot.risk_coverage(curve, ax=ax)
    assert texts(ax) == ["risk"]
    plot.risk_coverage([0.5, 0.6], [-1.0, 2.0], ax=ax)
    assert ax.get_ylim()[0] < 0.5 and len(series(ax)) == 2


def test_risk_without_an_answer(ax):
    in_full(plot.risk_coverage([np.nan, 0.5], [0, 1], ax=ax, optimal=True))
    in_full(plot.risk_coverage([], [], ax=ax))
    assert texts(ax) == ["AURC undefined", "AURC undefined"]


def test_bad_risks(ax):
    with pytest.raises(ValueError, match="came alone"):
        plot.risk_coverage([0.5], ax=ax)
    with pytest.raises(ValueError, match="not a RiskCoverageCurve"):
        plot.risk_coverage(lg.risk_coverage_curve([0.5], [1]), optimal=True, ax=ax)
    with pytest.raises(ValueError, match="shape"):
        plot.risk_coverage([0.5], [1, 0], ax=ax)


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


# ---- the house ----


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
