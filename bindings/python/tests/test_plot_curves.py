"""Curves that are drawn, against scikit-learn, scipy and numpy."""

import pickle

import numpy as np
import pytest
from scipy.stats import norm
from sklearn import metrics as sk

pytest.importorskip("matplotlib")
from matplotlib.figure import Figure  # noqa: E402
from pictures import ax, in_full, points, quiet, reference, scores, series, texts  # noqa: E402, F401

import logitude as lg  # noqa: E402
from logitude import plot  # noqa: E402
from logitude.curves import DETCurve  # noqa: E402

CURVES = [plot.roc_curve, plot.precision_recall_curve, plot.det_curve]


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


def test_scales_pickle(scores, ax):
    plot.det_curve(*scores, ax=ax)
    in_full(pickle.loads(pickle.dumps(ax.figure)))


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
