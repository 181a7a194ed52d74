"""Spline calibration against splines of scipy, fitted by quadrature and least squares, and
by its own laws."""

import pickle

import numpy as np
import pytest
from scipy.interpolate import CubicSpline
from sklearn.metrics import log_loss

import logitude as lg
from logitude.multiclass_calibration import OneVsRest, TopLabel


def data(seed, n, digits=None):
    rng = np.random.default_rng(seed)
    x = rng.beta(0.7, 0.7, size=n)
    if digits is not None:
        x = np.round(x, digits)
    y = (rng.random(n) < x**1.5).astype(np.uint8)
    return x, y, rng.random(n) + 0.1


def steps(x, y, w, target):
    """Different scores, shares of weight up to them from 0 on, and the curve there."""
    scores, which = np.unique(x, return_inverse=True)
    share = np.bincount(which, w) / w.sum()
    gain = np.bincount(which, w * (y - (x if target == "difference" else 0))) / w.sum()
    return scores, np.r_[0, np.cumsum(share)], np.r_[0, np.cumsum(gain)]


def exact(x, y, w, knots, target):
    """The spline nearest to the curve, and the value at each score."""
    scores, at, curve = steps(x, y, w, target)
    at[-1] = 1
    grid = np.linspace(0, 1, knots)
    ends = np.unique(np.r_[at, grid])
    nodes, weights = np.polynomial.legendre.leggauss(4)
    middle, half = (ends[1:] + ends[:-1]) / 2, np.diff(ends) / 2
    t = (middle[:, None] + half[:, None] * nodes).ravel()
    root = np.sqrt((half[:, None] * weights).ravel())
    # scipy has no natural spline of two knots: it is a line.
    natural = None if knots == 2 else CubicSpline(grid, np.eye(knots), bc_type="natural")
    basis = np.stack([1 - t, t], 1) if natural is None else natural(t)
    values = np.interp(t, at, curve)
    g = np.linalg.lstsq(basis * root[:, None], values * root, rcond=None)[0]
    height = np.interp(at, grid, g) if natural is None else natural(at) @ g
    slope = np.diff(height) / np.diff(at)
    return g, scores, slope + (scores if target == "difference" else 0)


@pytest.mark.parametrize("target", ["difference", "hits"])
@pytest.mark.parametrize("knots", [2, 3, 6, 13, 32])
@pytest.mark.parametrize("digits", [None, 1, 2])
@pytest.mark.parametrize("weighted", [False, True])
def test_against_scipy(target, knots, digits, weighted):
    for seed in range(5):
        x, y, w = data(seed, 12 + 170 * seed, digits)
        weights = w if weighted else None
        ours = lg.SplineCalibration(knots, target).fit(x, y, weights)
        again = lg.SplineCalibration.from_bytes(ours.to_bytes())
        g, scores, values = exact(x, y, w if weighted else np.ones(len(x)), knots, target)
        np.testing.assert_allclose(ours.spline_, g, atol=1e-10)
        np.testing.assert_array_equal(ours.scores_, scores)
        np.testing.assert_allclose(ours.values_, values, atol=1e-10 if digits else 1e-9)
        asked = np.r_[x, np.linspace(-1, 2, 101)]
        expected = np.clip(np.interp(asked, scores, values), 0, 1)
        np.testing.assert_allclose(again.predict_proba(asked), expected, atol=1e-9)


@pytest.mark.parametrize("dtype", [np.float32, np.float16])
def test_other_types(dtype):
    x, y, w = data(3, 500)
    x, w = x.astype(dtype), w.astype(np.float32)
    for weights in (None, w):
        narrow = lg.SplineCalibration().fit(x, y, weights)
        wide = lg.SplineCalibration().fit(
            x.astype(float), y, None if weights is None else w.astype(float)
        )
        np.testing.assert_allclose(narrow.spline_, wide.spline_, atol=1e-14)
        got = narrow.predict_proba(x)
        assert got.dtype == dtype
        eps = np.finfo(dtype).eps
        np.testing.assert_allclose(got, wide.predict_proba(x.astype(float)), atol=eps)


def test_of_many_scores_the_table_is_close():
    x, y, w = data(8, 40000)
    for weights in (None, w):
        for target in ("difference", "hits"):
            ours = lg.SplineCalibration(target=target).fit(x, y, weights)
            ones = np.ones(len(x))
            _, scores, values = exact(x, y, ones if weights is None else w, 6, target)
            assert len(ours.scores_) <= 1024
            kept = np.searchsorted(scores, ours.scores_)
            np.testing.assert_array_equal(scores[kept], ours.scores_)
            np.testing.assert_allclose(ours.values_, values[kept], atol=1e-8)
            off = 2e-2 if target == "hits" else 5e-3
            near = ours.predict_proba(scores)
            np.testing.assert_allclose(near, np.clip(values, 0, 1), atol=off)
    # One score that is much of the weight keeps its neighbours.
    heavy = np.where(np.arange(len(x)) < 20000, 0.5, x)
    ours = lg.SplineCalibration().fit(heavy, y)
    beside = np.sort(np.unique(heavy))
    place = np.searchsorted(beside, 0.5)
    assert set(beside[place - 1 : place + 2]) <= set(ours.scores_)


def test_losses():
    x, y, w = data(4, 3000)
    for weights in (None, w):
        ours = lg.SplineCalibration(4).fit(x, y, weights)
        np.testing.assert_allclose(
            ours.nll_before_, log_loss(y, x, sample_weight=weights), rtol=1e-12
        )
        given = np.where(y == 1, ours.predict_proba(x), 1 - ours.predict_proba(x))
        with np.errstate(divide="ignore"):
            loss = -np.average(np.log(given), weights=weights)
        np.testing.assert_allclose(ours.nll_after_, loss, rtol=1e-12)
    assert np.isnan(lg.SplineCalibration(target="hits").fit(x - 3, y).nll_before_)


def test_what_is_calibrated_stays():
    """Where every score's frequency is the score, nothing is added."""
    x = np.repeat(np.arange(1, 10) / 10, 10)
    y = np.concatenate([[1] * k + [0] * (10 - k) for k in range(1, 10)])
    ours = lg.SplineCalibration().fit(x, y)
    np.testing.assert_allclose(ours.spline_, 0, atol=1e-15)
    np.testing.assert_allclose(ours.predict_proba(x), x, atol=1e-13)


def test_hits_need_only_the_order():
    x, y, w = data(6, 700)
    for weights in (None, w):
        one = lg.SplineCalibration(target="hits").fit(x, y, weights)
        two = lg.SplineCalibration(target="hits").fit(1e300 * (x**3 - 0.5), y, weights)
        np.testing.assert_array_equal(one.values_, two.values_)
    ends = lg.SplineCalibration(target="hits").fit([-np.inf, 0.0, 1.0, np.inf], [0, 1, 0, 1])
    assert np.isfinite(ends.predict_proba([-np.inf, -1e308, 0.5, 1e308, np.inf])).all()
    lg.SplineCalibration.from_bytes(ends.to_bytes())


@pytest.mark.parametrize(
    "scores, labels, weights, value",
    [
        ([0.25], [1], None, 1),
        ([0.25, 0.5, 0.75], [0, 0, 0], None, 0),
        ([0.5, 0.5, 0.5, 0.5], [0, 1, 1, 1], None, 0.75),
        ([0.5, 0.5, 0.25], [0, 1, 1], [1.0, 3.0, 0.0], 0.75),
        ([-0.0, 0.0], [0, 1], None, 0.5),
    ],
)
def test_one_class_or_one_score_is_a_constant(scores, labels, weights, value):
    for target in ("difference", "hits"):
        ours = lg.SplineCalibration(target=target)
        with pytest.warns(lg.LogitudeWarning, match="LGT_DEGENERATE"):
            ours.fit(scores, labels, weights)
        assert ours.status_ == "LGT_DEGENERATE"
        np.testing.assert_array_equal(ours.predict_proba([-1e9, 0, 0.3, np.inf]), value)
        assert np.isnan(ours.predict_proba([np.nan])).all()


@pytest.mark.filterwarnings("ignore::logitude.LogitudeWarning")
def test_without_rows():
    for scores, labels, weights in [([], [], None), ([0.5, 7.0], [0, 1], [0.0, 0.0])]:
        labels = np.array(labels, np.int64)
        ours = lg.SplineCalibration().fit(np.array(scores, float), labels, weights)
        assert ours.status_ == "LGT_DEGENERATE" and np.isnan(ours.nll_after_)
        np.testing.assert_array_equal(ours.predict_proba([0, 0.3, 1, 2]), [0, 0.3, 1, 1])
        ours = lg.SplineCalibration(target="hits").fit(np.array(scores, float), labels, weights)
        np.testing.assert_array_equal(ours.predict_proba([-1, 0.3]), 0.5)


def test_bad_scores_are_refused_and_leave_the_model():
    x, y, _ = data(2, 20)
    for target, bad in [
        ("difference", [np.nan, np.inf, -np.inf, -1e-9, 1.02, 1e300]),
        ("hits", [np.nan]),
    ]:
        ours = lg.SplineCalibration(target=target).fit(x, y)
        before = ours.to_bytes()
        for score in bad:
            for weights in (None, np.ones(21)):
                with pytest.raises(lg.LogitudeError) as caught:
                    ours.fit(np.r_[x, score], np.r_[y, 1], weights)
                assert caught.value.name == "LGT_E_VALUE" and ours.to_bytes() == before
            left_out = np.r_[np.ones(20), 0]
            ours.fit(np.r_[x, score], np.r_[y, 1], left_out)
            np.testing.assert_allclose(
                ours.values_, lg.SplineCalibration(target=target).fit(x, y).values_, atol=1e-13
            )
            before = ours.to_bytes()


def test_any_order_of_rows_is_the_same():
    for digits in (None, 1):
        x, y, w = data(5, 3000, digits)
        other = np.random.default_rng(1).permutation(len(x))
        for dtype in (np.float32, np.float64):
            for weights in (None, w):
                first = lg.SplineCalibration().fit(x.astype(dtype), y, weights)
                again = lg.SplineCalibration().fit(
                    x[other].astype(dtype), y[other], None if weights is None else w[other]
                )
                np.testing.assert_array_equal(first.values_, again.values_)
                np.testing.assert_array_equal(first.spline_, again.spline_)


def test_a_weight_is_as_many_rows():
    x, y, _ = data(7, 300, 2)
    times = np.random.default_rng(3).integers(1, 5, len(x))
    one = lg.SplineCalibration().fit(x, y, times.astype(float))
    many = lg.SplineCalibration().fit(np.repeat(x, times), np.repeat(y, times))
    np.testing.assert_allclose(one.values_, many.values_, atol=1e-12)


def test_options_shapes_and_pickles():
    x, y, _ = data(2, 60)
    ours = lg.SplineCalibration().fit(x, y)
    np.testing.assert_array_equal(
        ours.predict_proba(x.reshape(6, 10)), ours.predict_proba(x).reshape(6, 10)
    )
    again = pickle.loads(pickle.dumps(ours))
    np.testing.assert_array_equal(again.predict_proba(x), ours.predict_proba(x))
    assert ours.predict_proba(x, out=x) is x
    for bad in [lg.SplineCalibration(1), lg.SplineCalibration(33), lg.SplineCalibration(6, "x")]:
        with pytest.raises(lg.LogitudeError):
            bad.fit(x, y)


@pytest.mark.filterwarnings("ignore::logitude.LogitudeWarning")
@pytest.mark.parametrize("kind", [lg.SplineCalibration, lg.ScalingBinning])
def test_in_reductions(kind):
    rng = np.random.default_rng(1)
    y = rng.integers(0, 4, 500)
    p = lg.softmax(rng.normal(size=(500, 4)) + 2 * np.eye(4)[y])
    for reduction in (OneVsRest, TopLabel):
        ours = reduction(kind()).fit(p, y)
        again = reduction(kind()).from_bytes(ours.to_bytes())
        got = again.predict_proba(p)
        np.testing.assert_allclose(got.sum(1), 1, atol=1e-12)
        assert (got >= 0).all()
    parts = np.stack([kind().fit(p[:, k], y == k).predict_proba(p[:, k]) for k in range(4)], 1)
    got = OneVsRest(kind()).fit(p, y).predict_proba(p)
    np.testing.assert_allclose(got, parts / parts.sum(1, keepdims=True), atol=1e-12)
