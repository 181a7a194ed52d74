"""Isotonic calibration against scikit-learn, and by its own laws."""

import pickle

import numpy as np
import pytest
from scipy import optimize
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import log_loss

import logitude as lg


def data(seed, n, digits=None):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=n)
    if digits is not None:
        x = np.round(x, digits) + 0.0
    y = (rng.random(n) < 1 / (1 + np.exp(-x))).astype(np.uint8)
    return x, y, rng.random(n) + 0.1


@pytest.mark.filterwarnings("ignore::logitude.LogitudeWarning")
@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.float16])
@pytest.mark.parametrize("digits", [None, 1, 0])
@pytest.mark.parametrize("weighted", [False, True])
def test_against_scikit_learn(dtype, digits, weighted):
    for seed in range(40):
        x, y, w = data(seed, 1 + 7 * seed, digits)
        x, w = x.astype(dtype), (w.astype(np.float32) if weighted else None)
        wide = x.astype(np.float64)
        ours = lg.IsotonicCalibration().fit(x, y, w)
        wide_weights = None if w is None else w.astype(np.float64)
        theirs = IsotonicRegression(out_of_bounds="clip").fit(
            wide, y.astype(np.float64), wide_weights
        )
        again = lg.IsotonicCalibration.from_bytes(ours.to_bytes())
        asked = np.r_[wide, np.linspace(-4, 4, 101)]
        np.testing.assert_allclose(
            again.predict_proba(asked), theirs.predict(asked), rtol=0, atol=1e-12
        )
        got = ours.predict_proba(x)
        assert got.dtype == dtype
        np.testing.assert_allclose(got, theirs.predict(wide), atol=np.finfo(dtype).eps)


@pytest.mark.filterwarnings("ignore::logitude.LogitudeWarning")
def test_blocks_against_scipy():
    for n in [1, 2, 15, 16, 17, 63, 64, 65, 127, 128, 129, 1000]:
        x, y, w = data(n, n)
        order = np.argsort(x)
        for weights in (None, w):
            exact = optimize.isotonic_regression(
                y[order].astype(float), weights=None if weights is None else weights[order]
            )
            for kind in ("linear", "step"):
                ours = lg.IsotonicCalibration(kind).fit(x, y, weights)
                np.testing.assert_allclose(ours.predict_proba(x[order]), exact.x, atol=1e-12)
            centred = lg.IsotonicCalibration("centred").fit(x, y, weights)
            assert len(centred.thresholds_) == len(exact.weights)
            np.testing.assert_allclose(
                centred.thresholds_,
                [
                    np.average(x[order][a:b], weights=None if weights is None else w[order][a:b])
                    for a, b in zip(exact.blocks, exact.blocks[1:])
                ],
                atol=1e-12,
            )


def test_losses():
    x, y, w = data(3, 1000)
    p = 1 / (1 + np.exp(-x))
    for weights in (None, w):
        ours = lg.IsotonicCalibration().fit(p, y, weights)
        np.testing.assert_allclose(
            ours.nll_before_, log_loss(y, p, sample_weight=weights), rtol=1e-13
        )
        q = ours.predict_proba(p)
        given = np.where(y == 1, q, 1 - q)
        np.testing.assert_allclose(
            ours.nll_after_, -np.average(np.log(given), weights=weights), rtol=1e-12
        )
        assert ours.nll_after_ <= ours.nll_before_
    assert np.isnan(lg.IsotonicCalibration().fit(x, y).nll_before_)
    sure = lg.IsotonicCalibration().fit([0.0, 0.0, 1.0, 1.0], [0, 0, 1, 1])
    assert sure.nll_before_ == 0 and sure.nll_after_ == 0 and sure.status_ == "LGT_OK"
    assert lg.IsotonicCalibration().fit([0.0, 0.0, 1.0, 1.0], [1, 0, 1, 1]).nll_before_ == np.inf


@pytest.mark.parametrize(
    "scores, labels, weights, value",
    [
        ([], [], None, 0.5),
        ([1.0, 2.0], [0, 1], [0.0, 0.0], 0.5),
        ([3.0], [1], None, 1),
        ([1.0, 2.0, 3.0], [0, 0, 0], None, 0),
        ([2.0, 2.0, 2.0, 2.0], [0, 1, 1, 1], None, 0.75),
        ([1.0, 2.0], [1, 0], None, 0.5),
        ([-0.0, 0.0], [0, 1], None, 0.5),
    ],
)
def test_one_block_is_a_constant(scores, labels, weights, value):
    for kind in ("linear", "centred", "step"):
        ours = lg.IsotonicCalibration(kind)
        with pytest.warns(lg.LogitudeWarning, match="LGT_DEGENERATE"):
            ours.fit(np.array(scores, float), np.array(labels, np.int64), weights)
        assert ours.status_ == "LGT_DEGENERATE"
        np.testing.assert_array_equal(ours.predict_proba([-1e9, 0, 2, np.inf]), value)


def test_infinite_scores_are_in_order():
    inf = np.inf
    x, y = [-inf, 0.0, 1.0, inf], [0, 1, 0, 1]
    for weights in (None, [1.0] * 4):
        ours = lg.IsotonicCalibration().fit(x, y, weights)
        np.testing.assert_array_equal(
            ours.predict_proba([-inf, -1e300, 0, 0.5, 1, 1e300, inf]),
            [0, 0.5, 0.5, 0.5, 0.5, 0.5, 1],
        )
    both = lg.IsotonicCalibration().fit([-inf, inf], [0, 1])
    np.testing.assert_array_equal(both.predict_proba([-inf, 0, inf]), [0, 0.5, 1])
    huge = lg.IsotonicCalibration().fit([-1.7e308, 1.7e308], [0, 1])
    np.testing.assert_array_equal(huge.predict_proba([-1.7e308, 0, 1.7e308]), [0, 0.5, 1])
    assert np.isnan(huge.predict_proba([np.nan])).all()


def test_nan_is_refused_and_leaves_the_model():
    ours = lg.IsotonicCalibration().fit([0.0, 1.0], [0, 1])
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
                first = lg.IsotonicCalibration("centred").fit(x.astype(dtype), y, weights)
                again = lg.IsotonicCalibration("centred").fit(
                    x[other].astype(dtype), y[other], None if weights is None else w[other]
                )
                np.testing.assert_array_equal(first.thresholds_, again.thresholds_)
                np.testing.assert_array_equal(first.values_, again.values_)


def test_most_blocks_there_can_be():
    """Blocks of ever larger fractions fill the model that was asked for."""
    fractions = sorted({(p / q, p, q) for q in range(1, 12) for p in range(q + 1)
                        if np.gcd(p, q) == 1})  # fmt: skip
    y = np.concatenate([[1] * p + [0] * (q - p) for _, p, q in fractions]).astype(np.uint8)
    x = np.arange(len(y), dtype=float)
    ours = lg.IsotonicCalibration("step").fit(x, y)
    np.testing.assert_allclose(ours.values_, [f for f, _, _ in fractions])


def test_centred_keeps_the_order_of_scores():
    x, y, _ = data(9, 2000)
    centred = lg.IsotonicCalibration("centred").fit(x, y)
    first, last = centred.thresholds_[[0, -1]]
    inside = np.unique(x[(x > first) & (x < last)])
    assert (np.diff(centred.predict_proba(inside)) > 0).all()


def test_shapes_and_pickles():
    x, y, _ = data(2, 60)
    ours = lg.IsotonicCalibration().fit(x, y)
    np.testing.assert_array_equal(
        ours.predict_proba(x.reshape(6, 10)), ours.predict_proba(x).reshape(6, 10)
    )
    again = pickle.loads(pickle.dumps(ours))
    np.testing.assert_array_equal(again.predict_proba(x), ours.predict_proba(x))
    assert ours.predict_proba(x, out=x) is x
    with pytest.raises(lg.LogitudeError):
        lg.IsotonicCalibration("cubic").fit(x, y)
