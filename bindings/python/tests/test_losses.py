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


@pytest.mark.parametrize("dtype, tol", TYPES)
@pytest.mark.parametrize("cols", [1, 2, 15, 16, 17, 255, 256, 257])
@pytest.mark.parametrize("power", [1, 2])
def test_hinge(power, cols, dtype, tol, rng):
    x = rng.normal(size=(9, cols)).astype(dtype)
    y, weights = rng.integers(0, cols, 9), rng.integers(0, 3, 9).astype(dtype)
    z, own = x.astype(float), np.eye(cols)[y] > 0
    lacking = np.where(own, 0, np.maximum(0, 1.5 - z[own][:, None] + z)) ** power
    slopes = power * np.where(lacking > 0, lacking ** ((power - 1) / power), 0)
    found = lg.hinge(x, y, weights, margin=1.5, power=power)
    counts = weights > 0
    np.testing.assert_allclose(
        found.loss, np.where(counts, lacking.sum(1) / cols, 0), rtol=tol, atol=tol
    )
    grad = np.where(own, -slopes.sum(1)[:, None], slopes) * weights[:, None] / cols
    np.testing.assert_allclose(found.grad, grad, rtol=tol, atol=10 * tol)
    found = lg.hinge(x, y, weights, margin=1.5, power=power, form="max")
    most = lacking.max(1)
    np.testing.assert_allclose(found.loss, np.where(counts, most, 0), rtol=tol, atol=tol)
    first = (np.arange(cols) == lacking.argmax(1)[:, None]) & (lacking > 0)
    slope = np.where(first, slopes, 0) * weights[:, None]
    grad = np.where(own, -slope.sum(1)[:, None], slope)
    np.testing.assert_allclose(found.grad, grad, rtol=tol, atol=10 * tol)


def test_hinge_gradient(rng):
    for i in range(120):
        x = rng.normal(size=(3, 5))
        options = dict(
            labels=rng.integers(0, 5, 3),
            weights=rng.uniform(0, 2, 3),
            margin=0.7,
            power=1 + i % 2,
            form=("mean", "max")[i // 2 % 2],
        )
        check_loss(lg.hinge, x, tol=1e-7, **options)


def test_hinge_corners():
    inf, nan = np.inf, np.nan
    x = [[-inf, 0.0, 3.0], [nan, 0.0, 1.0], [inf, 0.0, -inf], [0.0, -inf, 0.0]]
    for form in ("mean", "max"):
        found = lg.hinge(x, [1, 1, 0, 1], form=form)
        assert found.loss[0] == pytest.approx(4 / 3 if form == "mean" else 4)
        assert found.grad[0, 0] == 0
        assert np.isnan(found.loss[1]) and found.loss[2] == 0 and found.loss[3] == inf
    # Two classes are the binary loss.
    s = np.array([-2.0, 0.3, 4.0])
    scores = np.stack([np.zeros(3), s], axis=1)
    np.testing.assert_allclose(
        lg.hinge(scores, [1, 1, 1], form="max").loss, np.maximum(0, 1 - s)
    )
    np.testing.assert_allclose(
        lg.hinge(scores, [0, 0, 0], form="max").loss, np.maximum(0, 1 + s)
    )
    for options in ({"power": 3}, {"form": "sum"}, {"margin": -1.0}):
        with pytest.raises(ValueError, match="LGT_E_"):
            lg.hinge(scores, [0, 0, 0], **options)


@pytest.mark.parametrize("dtype, tol", TYPES)
@pytest.mark.parametrize("cols", [1, 2, 15, 16, 17, 256, 257])
def test_pinball(cols, dtype, tol, rng):
    x, y = rng.normal(size=(2, 9, cols)).astype(dtype)
    q, weights = rng.uniform(size=cols), rng.integers(0, 3, 9).astype(dtype)
    x[0, 0] = y[0, 0]
    d = y.astype(float) - x.astype(float)
    truth = np.maximum(q * d, (q - 1) * d).sum(1)
    grad = np.where(d > 0, -q, np.where(d < 0, 1 - q, 0)) * weights[:, None]
    found = lg.pinball(x, y, q, weights)
    np.testing.assert_allclose(found.loss, np.where(weights > 0, truth, 0), rtol=tol, atol=tol)
    np.testing.assert_allclose(found.grad, grad, rtol=tol, atol=tol)
    one = lg.pinball(x, y[:, 0], 0.3)
    d = y[:, :1].astype(float) - x
    np.testing.assert_allclose(one.loss, np.maximum(0.3 * d, -0.7 * d).sum(1), rtol=tol, atol=tol)


def test_pinball_gradient_and_corners(rng):
    for _ in range(100):
        x, y = rng.normal(size=(2, 3, 4))
        check_loss(
            lg.pinball, x, targets=y, levels=rng.uniform(size=4), weights=rng.uniform(0, 2, 3)
        )
    inf, nan = np.inf, np.nan
    found = lg.pinball([[inf, inf, nan, inf, -inf]], [[0.0, 0.0, 0.0, inf, 0.0]], [0.25, 1, 1, 1, 0])
    assert np.isnan(found.loss[0])
    np.testing.assert_array_equal(found.grad, [[0.75, 0, nan, nan, 0]])
    assert lg.pinball([[inf]], [[0.0]], [1.0]).loss[0] == 0
    assert lg.pinball([[inf]], [[0.0]], [0.5]).loss[0] == inf
    for levels in ([1.5], [nan], [-0.1]):
        with pytest.raises(ValueError, match="LGT_E_VALUE"):
            lg.pinball([[0.0]], [[0.0]], levels)
