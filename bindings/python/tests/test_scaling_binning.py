"""Scaling-binning against its definition in numpy, with scikit-learn's regression."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss

import logitude as lg


def data(seed, n, digits=None):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=n)
    if digits is not None:
        x = np.round(x, digits) + 0.0
    y = (rng.random(n) < 1 / (1 + np.exp(-2 * x))).astype(np.uint8)
    y[:2] = [0, 1]
    return x, y, rng.random(n) + 0.1


def sigmoid(q):
    return 1 / (1 + np.exp(-q))


def exact(x, fitted, w, bins):
    """Where bins begin, and the mean of fitted values in each, from below."""
    order = np.argsort(x, kind="stable")
    x, fitted, w = x[order], fitted[order], w[order]
    up_to = np.cumsum(w)
    ends = []
    for j in range(1, bins):
        end = np.argmax(up_to * bins >= j * w.sum() * (1 - 1e-13)) + 1
        while end < len(x) and x[end] == x[end - 1]:
            end += 1
        if end < len(x) and end not in ends:
            ends.append(int(end))
    starts = [0, *ends]
    begins = [x[0]] + [(x[e - 1] + x[e]) / 2 for e in ends]
    parts = zip(starts, [*ends, len(x)])
    return np.array(begins), np.array([np.average(fitted[a:b], weights=w[a:b]) for a, b in parts])


@pytest.mark.filterwarnings("ignore::logitude.LogitudeWarning")
@pytest.mark.parametrize("scaling", ["smoothed", "plain", "logit"])
@pytest.mark.parametrize("bins", [1, 2, 3, 10, 50])
@pytest.mark.parametrize("digits", [None, 1, 0])
@pytest.mark.parametrize("weighted", [False, True])
def test_as_defined(scaling, bins, digits, weighted):
    for seed in range(4):
        x, y, w = data(seed, 12 + 61 * seed, digits)
        if scaling == "logit":
            x = sigmoid(x)
        weights = w if weighted else None
        w = w if weighted else np.ones(len(x))
        ours = lg.ScalingBinning(bins, scaling).fit(x, y, weights)
        again = lg.ScalingBinning.from_bytes(ours.to_bytes())
        if scaling == "logit":
            whole = lg.BetaCalibration("am").fit(x, y, weights)
            fitted = sigmoid(ours.a_ * np.log(x / (1 - x)) + ours.b_)
        else:
            whole = lg.PlattScaling(scaling).fit(x, y, weights)
            assert (ours.a_, ours.b_) == (whole.a_, whole.b_)
            fitted = sigmoid(ours.a_ * x + ours.b_)
        assert ours.status_ == whole.status_ and ours.n_iter_ == whole.n_iter_
        begins, values = exact(x, fitted, w, bins)
        np.testing.assert_allclose(ours.begins_, begins, atol=1e-15)
        np.testing.assert_allclose(ours.values_, values, rtol=1e-12)
        asked = np.r_[x, np.linspace(-4, 4, 101), -np.inf, np.inf]
        place = np.maximum(np.searchsorted(begins, asked, side="right") - 1, 0)
        np.testing.assert_allclose(again.predict_proba(asked), values[place], rtol=1e-12)
        p = ours.predict_proba(x)
        loss = -np.average(np.log(np.where(y == 1, p, 1 - p)), weights=w)
        np.testing.assert_allclose(ours.nll_after_, loss, rtol=1e-12)
        if scaling == "logit":
            before = log_loss(y, x, sample_weight=w)
            np.testing.assert_allclose(ours.nll_before_, before, rtol=1e-12)


def test_against_scikit_learn():
    x, y, _ = data(9, 1000)
    p = sigmoid(3 * x)
    x = np.log(p / (1 - p))
    model = LogisticRegression(C=1e12, tol=1e-12, max_iter=1000).fit(x[:, None], y)
    fitted = model.predict_proba(x[:, None])[:, 1]
    parts = np.array_split(np.argsort(x), 10)
    for scores, scaling in [(p, "logit"), (x, "plain")]:
        ours = lg.ScalingBinning(scaling=scaling).fit(scores, y)
        values = ours.predict_proba(scores)
        for part in parts:
            np.testing.assert_allclose(values[part], fitted[part].mean(), atol=1e-6)


@pytest.mark.parametrize("dtype", [np.float32, np.float16])
def test_other_types(dtype):
    x, y, w = data(3, 500)
    x, w = x.astype(dtype), w.astype(np.float32)
    for weights in (None, w):
        narrow = lg.ScalingBinning().fit(x, y, weights)
        wide = lg.ScalingBinning().fit(
            x.astype(float), y, None if weights is None else w.astype(float)
        )
        np.testing.assert_array_equal(narrow.begins_, wide.begins_)
        np.testing.assert_allclose(narrow.values_, wide.values_, atol=1e-10)
        got = narrow.predict_proba(x)
        assert got.dtype == dtype
        np.testing.assert_array_equal(got, wide.predict_proba(x.astype(float)).astype(dtype))


def test_neighbours_that_have_nothing_between():
    low = 1.0
    high = np.nextafter(low, 2)
    ours = lg.ScalingBinning(2).fit([low, low, high, high], [0, 1, 0, 1])
    np.testing.assert_array_equal(ours.begins_, [low, high])


@pytest.mark.parametrize(
    "scores, labels, weights, scaling, status",
    [
        ([], [], None, "smoothed", "LGT_DEGENERATE"),
        ([1.0, 2.0], [0, 1], [0.0, 0.0], "smoothed", "LGT_DEGENERATE"),
        ([3.0], [1], None, "smoothed", "LGT_DEGENERATE"),
        ([2.0, 2.0, 2.0], [0, 1, 1], None, "smoothed", "LGT_DEGENERATE"),
        ([1.0, 2.0, 3.0], [0, 0, 0], None, "smoothed", "LGT_OK"),
        ([1.0, 2.0, 3.0], [0, 0, 0], None, "plain", "LGT_DEGENERATE"),
        ([1.0, 2.0, 3.0], [0, 0, 1], None, "plain", "LGT_AT_BOUND"),
        ([-1e300, 1e300, 0.0], [0, 1, 1], None, "smoothed", "LGT_OK"),
        ([1e-310, 2e-310, 3e-310], [0, 1, 1], None, "smoothed", "LGT_DEGENERATE"),
    ],
)
@pytest.mark.filterwarnings("ignore::logitude.LogitudeWarning")
def test_what_is_left_open(scores, labels, weights, scaling, status):
    ours = lg.ScalingBinning(2, scaling)
    ours.fit(np.array(scores, float), np.array(labels, np.int64), weights)
    assert ours.status_ == status
    got = ours.predict_proba([-np.inf, -1e300, 0, 2, 1e300, np.inf, np.nan])
    assert ((got[:-1] >= 0) & (got[:-1] <= 1)).all() and np.isnan(got[-1])
    if not np.sum(weights if weights is not None else len(labels)):
        assert (got[:-1] == 0.5).all() and np.isnan(ours.nll_after_)
    elif status == "LGT_OK" and not any(labels):
        np.testing.assert_allclose(got[:-1], 1 / 5, rtol=1e-7)
    lg.ScalingBinning.from_bytes(ours.to_bytes())


@pytest.mark.filterwarnings("ignore::logitude.LogitudeWarning")
def test_bad_scores_are_refused_and_leave_the_model():
    for scaling, bad in [("smoothed", [np.nan, np.inf, 1e301]), ("logit", [np.nan, -0.1, 1.1])]:
        ours = lg.ScalingBinning(3, scaling).fit([0.1, 0.6, 0.3, 0.9], [0, 1, 1, 1])
        before = ours.to_bytes()
        for score in bad:
            for weights in (None, [1.0, 1.0, 1.0]):
                with pytest.raises(lg.LogitudeError) as caught:
                    ours.fit([0.0, score, 0.5], [0, 1, 1], weights)
                assert caught.value.name == "LGT_E_VALUE" and ours.to_bytes() == before
            other = lg.ScalingBinning(3, scaling)
            other.fit([0.0, score, 0.5, 0.2], [0, 1, 1, 1], [1, 0, 1, 1])
            np.testing.assert_allclose(other.begins_, [0, 0.1, 0.35])


def test_any_order_of_rows_is_the_same():
    x, y, w = data(5, 3000, 2)
    other = np.random.default_rng(1).permutation(len(x))
    for weights in (None, w):
        first = lg.ScalingBinning().fit(x, y, weights)
        again = lg.ScalingBinning().fit(
            x[other], y[other], None if weights is None else w[other]
        )
        np.testing.assert_array_equal(first.begins_, again.begins_)
        np.testing.assert_allclose(first.values_, again.values_, atol=1e-9)


def test_options():
    for bad in [
        lg.ScalingBinning(0),
        lg.ScalingBinning(1 << 17),
        lg.ScalingBinning(scaling="x"),
        lg.ScalingBinning(max_iter=2),
        lg.ScalingBinning(tol=-1.0),
        lg.ScalingBinning(scaling="logit", eps=0.5),
    ]:
        with pytest.raises(lg.LogitudeError):
            bad.fit([0.0, 1.0], [0, 1])
