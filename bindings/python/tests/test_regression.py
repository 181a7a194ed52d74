"""Errors of predictions against scikit-learn."""

import numpy as np
import pytest
from sklearn import metrics as sk

import logitude as lg

CLOSE = {"rtol": 1e-12, "atol": 1e-15}
FUNCTIONS = [
    "r2_score",
    "explained_variance_score",
    "mean_squared_error",
    "root_mean_squared_error",
    "mean_absolute_error",
    "mean_absolute_percentage_error",
    "mean_pinball_loss",
]


def pair(rng, n):
    y = 3 * rng.standard_normal(n) + 1
    y[1 :: n // 3 + 1] = 0
    return y, y + rng.standard_normal(n)


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("n", [2, 15, 16, 17, 500, 5000])
def test_as_scikit_learn(rng, name, n):
    y, predicted = pair(rng, n)
    for weights in (None, rng.uniform(size=n), rng.integers(0, 3, n) + (np.arange(n) < 2)):
        ours = getattr(lg, name)(y, predicted, sample_weight=weights)
        theirs = getattr(sk, name)(y, predicted, sample_weight=weights)
        assert np.allclose(ours, theirs, **CLOSE)
    assert lg.max_error(y, predicted) == sk.max_error(y, predicted)


@pytest.mark.parametrize("alpha", [0, 0.1, 0.5, 0.9, 1])
def test_pinball(rng, alpha):
    y, predicted = pair(rng, 300)
    theirs = sk.mean_pinball_loss(y, predicted, alpha=alpha)
    assert np.allclose(lg.mean_pinball_loss(y, predicted, alpha=alpha), theirs, **CLOSE)
    with pytest.raises(lg.LogitudeError):
        lg.mean_pinball_loss(y, predicted, alpha=alpha + 1.5)


def test_far_from_zero(rng):
    y, predicted = pair(rng, 2000)
    y, predicted = np.round(y * 64) / 64 + 2**40, np.round(predicted * 64) / 64 + 2**40
    near = lg.r2_score(y - 2**40, predicted - 2**40)
    assert lg.r2_score(y, predicted) == near


def test_adjusted(rng):
    y, predicted = pair(rng, 40)
    expected = 1 - (1 - lg.r2_score(y, predicted)) * 39 / (40 - 3 - 1)
    assert np.allclose(lg.r2_score(y, predicted, predictors=3), expected, **CLOSE)


def test_a_state_is_its_bytes(rng):
    y, predicted = pair(rng, 1500)
    y[5] = 1e-300
    whole = lg.Regression().update(predicted, y)
    parts = [
        lg.Regression().update(predicted[part], y[part])
        for part in np.array_split(rng.permutation(1500), 11)
    ]
    merged = parts[0]
    for part in parts[1:]:
        merged += part
    assert merged.to_bytes() == whole.to_bytes()
    report = merged.report(alpha=0.25)
    assert report.rows == 1500 and report.mean_error == pytest.approx((y - predicted).mean())


def test_constants_and_nan():
    with pytest.warns(lg.LogitudeWarning, match="UNDEFINED"):
        assert np.isnan(lg.r2_score([2.0, 2.0, 2.0], [1.0, 2.0, 3.0]))
    assert lg.mean_squared_error([2.0, 2.0, 2.0], [1.0, 2.0, 3.0]) == 2 / 3
    for y in ([], [np.nan, 1.0], [np.inf, 1.0]):
        with pytest.warns(lg.LogitudeWarning, match="UNDEFINED"):
            assert np.isnan(lg.mean_squared_error(y, np.ones(len(y))))
    assert lg.mean_absolute_percentage_error([1e-300, 1.0], [1e300, 1.0]) == np.inf
