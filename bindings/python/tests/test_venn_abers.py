"""Venn-Abers predictors against two isotonic fits for each score, and by their own laws."""

import pickle

import numpy as np
import pytest
from scipy import optimize
from sklearn.metrics import log_loss

import logitude as lg
from logitude.multiclass_calibration import OneVsRest, TopLabel

pytestmark = pytest.mark.filterwarnings("ignore::logitude.LogitudeWarning")


def data(seed, n, digits=None):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=n)
    if digits is not None:
        x = np.round(x, digits) + 0.0
    y = (rng.random(n) < 1 / (1 + np.exp(-x))).astype(np.uint8)
    return x, y, rng.random(n) * rng.choice([0, 0.1, 1, 10], n)


def isotonic_at(x, y, w, score, label):
    """The value at a score of the isotonic fit to all rows and one of that score more."""
    x, y, w = np.append(x, score), np.append(y, label).astype(float), np.append(w, 1.0)
    x, y, w = x[w > 0], y[w > 0], w[w > 0]
    scores, group = np.unique(x, return_inverse=True)
    weights = np.bincount(group, w)
    means = np.bincount(group, w * y) / weights
    fitted = optimize.isotonic_regression(means, weights=weights).x
    return fitted[np.searchsorted(scores, score)]


def asked(x):
    """Every score, what lies between two, and what is outside."""
    scores = np.unique(x)
    between = (scores[1:] + scores[:-1]) / 2
    return np.concatenate([scores, between, [-np.inf, -9, 9, np.inf]]).astype(x.dtype)


@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.float16])
@pytest.mark.parametrize("digits", [None, 1, 0])
@pytest.mark.parametrize("weighted", [False, True])
def test_against_two_fits_a_score(dtype, digits, weighted):
    for seed in range(14):
        x, y, w = data(seed, seed * seed // 2, digits)
        x, w = x.astype(dtype), w.astype(np.float32)
        ours = lg.VennAbers().fit(x, y, w if weighted else None)
        again = pickle.loads(pickle.dumps(ours))
        w = w.astype(float) if weighted else np.ones(len(x))
        lower, upper = ours.predict_interval(asked(x))
        points = ours.predict_proba(asked(x))
        exact = np.array(
            [[isotonic_at(x, y, w, s, label) for label in (0, 1)] for s in asked(x)]
        ).T
        one = {np.float16: 1e-3, np.float32: 1e-7, np.float64: 1e-12}[dtype]
        np.testing.assert_allclose([lower, upper], exact, rtol=0, atol=one)
        np.testing.assert_allclose(points, exact[1] / (1 - exact[0] + exact[1]), rtol=0, atol=one)
        np.testing.assert_array_equal(again.predict_proba(asked(x)), points)
        kept = np.unique(x[w > 0].astype(float))
        np.testing.assert_array_equal(ours.thresholds_, kept)
        fitted = np.array([[isotonic_at(x, y, w, s, label) for s in kept] for label in (0, 1)])
        np.testing.assert_allclose([ours.lower_, ours.upper_], fitted.reshape(2, -1), atol=1e-12)


def test_weights_far_from_1():
    rng = np.random.default_rng(8)
    x, y, _ = data(8, 200, 2)
    for scale in (1e-30, 1e-6, 1e6, 1e15):
        w = rng.random(len(x)) * scale
        lower, upper = lg.VennAbers().fit(x, y, w).predict_interval(asked(x))
        exact = np.array(
            [[isotonic_at(x, y, w, s, label) for label in (0, 1)] for s in asked(x)]
        ).T
        np.testing.assert_allclose([lower, upper], exact, rtol=0, atol=1e-12)
        assert (lower <= upper).all()


def test_whole_weights_are_so_many_rows():
    x, y, _ = data(2, 20_000)
    w = np.random.default_rng(2).integers(0, 4, len(x))
    one = lg.VennAbers().fit(x, y, w.astype(float))
    many = lg.VennAbers().fit(np.repeat(x, w), np.repeat(y, w))
    np.testing.assert_array_equal(one.thresholds_, many.thresholds_)
    np.testing.assert_allclose(one.lower_, many.lower_, atol=1e-15)
    np.testing.assert_allclose(one.upper_, many.upper_, atol=1e-15)


def test_shape_of_both():
    """They rise, hold what isotonic regression says without the new row, and turn into one
    another if labels and scores do."""
    x, y, w = data(4, 3000, 2)
    for weights in (None, w):
        ours = lg.VennAbers().fit(x, y, weights)
        for values in (ours.lower_, ours.upper_):
            assert (np.diff(values) >= 0).all()
        plain = lg.IsotonicCalibration().fit(x, y, weights).predict_proba(ours.thresholds_)
        assert (ours.lower_ <= plain + 1e-15).all() and (plain <= ours.upper_ + 1e-15).all()
        assert (ours.lower_ < ours.upper_).all()
        turned = lg.VennAbers().fit(-x, 1 - y, weights)
        np.testing.assert_allclose(turned.lower_[::-1], 1 - ours.upper_, atol=1e-14)
        np.testing.assert_allclose(turned.upper_[::-1], 1 - ours.lower_, atol=1e-14)


def test_losses():
    x, y, w = data(3, 1000)
    p = 1 / (1 + np.exp(-x))
    for weights in (None, w):
        ours = lg.VennAbers().fit(p, y, weights)
        np.testing.assert_allclose(
            ours.nll_before_, log_loss(y, p, sample_weight=weights), rtol=1e-13
        )
        np.testing.assert_allclose(
            ours.nll_after_, log_loss(y, ours.predict_proba(p), sample_weight=weights), rtol=1e-12
        )
    assert np.isnan(lg.VennAbers().fit(x, y).nll_before_)


def test_nothing_is_known_without_rows():
    for args in (([], []), ([1.0, 2.0], [0, 1], [0.0, 0.0])):
        ours = lg.VennAbers()
        with pytest.warns(lg.LogitudeWarning, match="LGT_DEGENERATE"):
            ours.fit(*(np.array(a, np.int64 if i == 1 else float) for i, a in enumerate(args)))
        lower, upper = ours.predict_interval([-np.inf, 0.0, np.nan])
        np.testing.assert_array_equal(lower, [0, 0, np.nan])
        np.testing.assert_array_equal(upper, [1, 1, np.nan])
        np.testing.assert_array_equal(ours.predict_proba([0.0, np.nan]), [0.5, np.nan])
        assert np.isnan(ours.nll_after_)


def test_one_class_and_one_score():
    ours = lg.VennAbers().fit([1.0, 2.0, 3.0], [0, 0, 0])
    assert ours.status_ == "LGT_OK"
    np.testing.assert_allclose(ours.upper_, [1 / 4, 1 / 3, 1 / 2], rtol=1e-15)
    np.testing.assert_array_equal(ours.lower_, 0)
    ours = lg.VennAbers().fit([1.0, 2.0, 3.0], [1, 1, 1])
    np.testing.assert_allclose(ours.lower_, [1 / 2, 2 / 3, 3 / 4], rtol=1e-15)
    np.testing.assert_array_equal(ours.upper_, 1)
    ours = lg.VennAbers().fit([-0.0, 0.0, 0.0], [0, 1, 1])
    assert ours.status_ == "LGT_DEGENERATE"
    np.testing.assert_array_equal(ours.predict_interval([-1, 0, -0.0, 1])[0], [0, 0.5, 0.5, 0.5])
    np.testing.assert_array_equal(ours.predict_interval([-1, 0, -0.0, 1])[1], [0.75] * 3 + [1])


def test_infinite_scores_are_in_order():
    x, y = [-np.inf, 0.0, np.inf], [0, 1, 1]
    lower, upper = lg.VennAbers().fit(x, y).predict_interval([-np.inf, -1e300, 0, 1e300, np.inf])
    np.testing.assert_allclose(lower, [0, 0, 1 / 2, 1 / 2, 2 / 3], rtol=1e-15)
    np.testing.assert_allclose(upper, [1 / 2, 1, 1, 1, 1], rtol=1e-15)


def test_nan_is_refused_and_leaves_the_model():
    ours = lg.VennAbers().fit([0.0, 1.0], [0, 1])
    before = ours.to_bytes()
    for weights in (None, [1.0, 1.0]):
        with pytest.raises(lg.LogitudeError) as caught:
            ours.fit([0.0, np.nan], [0, 1], weights)
        assert caught.value.name == "LGT_E_VALUE" and ours.to_bytes() == before
    ours.fit([0.0, np.nan, 1.0], [0, 1, 1], [1.0, 0.0, 1.0])
    np.testing.assert_array_equal(ours.thresholds_, [0, 1])


def test_any_order_of_rows_is_the_same():
    for digits in (None, 1):
        x, y, w = data(5, 3000, digits)
        other = np.random.default_rng(1).permutation(len(x))
        for dtype in (np.float32, np.float64):
            for weights in (None, w):
                first = lg.VennAbers().fit(x.astype(dtype), y, weights)
                again = lg.VennAbers().fit(
                    x[other].astype(dtype), y[other], None if weights is None else w[other]
                )
                for name in ("thresholds_", "lower_", "upper_", "nll_after_"):
                    np.testing.assert_array_equal(getattr(first, name), getattr(again, name))


def test_bytes_that_no_fit_writes_are_refused():
    good = lg.VennAbers().fit([0.0, 1.0, 2.0], [0, 1, 1]).to_bytes()
    assert lg.VennAbers.from_bytes(good).to_bytes() == good
    for word, value in ((0, 5.0), (1, np.nan), (3, 2.0), (8, -1.0), (4, 0.9)):
        numbers = np.frombuffer(good, np.uint8).copy()
        numbers[40:].view(np.float64)[word] = value
        with pytest.raises(lg.LogitudeError):
            lg.VennAbers.from_bytes(numbers.tobytes())


def test_many_classes():
    rng = np.random.default_rng(6)
    logits = rng.normal(size=(300, 3))
    labels = np.array([rng.choice(3, p=p) for p in lg.softmax(logits)])
    probs = lg.softmax(logits)
    single = [lg.VennAbers().fit(probs[:, c].copy(), labels == c) for c in range(3)]
    columns = np.stack([m.predict_proba(probs[:, c]) for c, m in enumerate(single)], -1)
    ours = OneVsRest(lg.VennAbers()).fit(probs, labels)
    np.testing.assert_allclose(
        ours.predict_proba(probs), columns / columns.sum(1, keepdims=True), rtol=1e-13
    )
    top = TopLabel(lg.VennAbers()).fit(probs, labels).predict_proba(probs)
    assert np.isfinite(top).all()
