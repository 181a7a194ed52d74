"""Losses against numpy and scipy, their gradients against differences."""

import numpy as np
import pytest
from gradients import check_loss
from scipy import special

import logitude as lg

TYPES = [("f8", 1e-13), ("f4", 3e-6)]


def rounded(dtype):
    return {"f8": 1e-13, "f4": 3e-6, "f2": 1e-3}[dtype]


@pytest.mark.parametrize("dtype, tol", TYPES)
@pytest.mark.parametrize("cols", [1, 2, 15, 16, 17, 255, 256, 257, 700])
def test_binary_cross_entropy(cols, dtype, tol, rng):
    x = (rng.normal(size=(9, cols)) * 8).astype(dtype)
    t, w = rng.uniform(size=x.shape).astype(dtype), rng.uniform(0, 3, cols).astype(dtype)
    weights = rng.integers(0, 3, 9).astype(dtype)
    z, p, w8 = x.astype(float), t.astype(float), w.astype(float)
    truth = (w8 * p * np.logaddexp(0, -z) + (1 - p) * np.logaddexp(0, z)).sum(1)
    grad = ((1 - p) * special.expit(z) - w8 * p * special.expit(-z)) * weights[:, None]
    found = lg.binary_cross_entropy(x, t, weights, positive=w)
    np.testing.assert_allclose(found.loss, np.where(weights > 0, truth, 0), rtol=tol)
    np.testing.assert_allclose(found.grad, grad, rtol=tol, atol=tol)
    assert found.total == pytest.approx(weights @ truth, rel=tol)


def test_binary_cross_entropy_gradient(rng):
    for _ in range(100):
        x = rng.normal(size=(3, 4)) * 3
        check_loss(
            lg.binary_cross_entropy,
            x,
            targets=rng.uniform(size=x.shape),
            positive=rng.uniform(0.2, 3, 4),
            weights=rng.uniform(0, 2, 3),
        )


def test_binary_cross_entropy_corners():
    inf = np.inf
    found = lg.binary_cross_entropy([[inf, -inf], [inf, -inf], [np.nan, 0]], [[1, 0], [0, 1], [1, 1]])
    assert found.loss[0] == 0 and found.loss[1] == inf and np.isnan(found.loss[2])
    np.testing.assert_array_equal(found.grad[:2], [[0, 0], [1, -1]])
    assert np.isnan(found.grad[2, 0]) and found.grad[2, 1] == -0.5
    small = lg.binary_cross_entropy([[40.0]], [[1.0]])
    assert small.loss[0] == pytest.approx(np.exp(-40), rel=1e-14)
    with pytest.raises(ValueError, match="LGT_E_VALUE"):
        lg.binary_cross_entropy([[0.0]], [[1.5]])
    with pytest.warns(lg.LogitudeWarning, match="LGT_UNDEFINED"):
        assert np.isnan(lg.binary_cross_entropy(np.empty((0, 2)), np.empty((0, 2)), reduction="mean").total)


@pytest.mark.parametrize("dtype, tol", TYPES)
@pytest.mark.parametrize("cols", [1, 2, 15, 16, 17, 1000])
def test_focal(cols, dtype, tol, rng):
    x = (rng.normal(size=(9, cols)) * 4).astype(dtype)
    y, gamma = rng.integers(0, cols, 9), 1.7
    logs = special.log_softmax(x.astype(float), axis=1)[np.arange(9), y]
    found = lg.focal(x, y, gamma=gamma)
    truth = -((1 - np.exp(logs)) ** gamma) * logs
    np.testing.assert_allclose(found.loss, truth, atol=tol * np.maximum(1, -logs).max())


@pytest.mark.parametrize("gamma", [0.0, 0.5, 2.0])
def test_focal_gradient(gamma, rng):
    for _ in range(40):
        x = rng.normal(size=(3, 5)) * 2
        check_loss(
            lg.focal, x, labels=rng.integers(0, 5, 3), weights=rng.uniform(0, 2, 3), gamma=gamma
        )
