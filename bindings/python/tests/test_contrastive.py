"""Contrastive losses against numpy, their gradients against differences."""

import numpy as np
import pytest
from gradients import check_loss
from scipy import special

import logitude as lg

TYPES = [("f8", 2e-14), ("f4", 4e-6)]


def decoupled(x, labels, gains, temperature):
    """Losses and gradients in float64."""
    z = np.asarray(x, np.float64) / temperature
    loss, grad = np.zeros(len(z)), np.zeros(z.shape)
    for r, (s, y) in enumerate(zip(z, labels)):
        positive, negative = y == 1, y == 0
        if not positive.any() or not negative.any():
            continue
        log = special.logsumexp(s[negative])
        g = gains[r][positive] / positive.sum()
        loss[r] = (g * np.logaddexp(0, log - s[positive])).sum()
        pull = g * special.expit(log - s[positive])
        grad[r, positive] = -pull / temperature
        grad[r, negative] = special.softmax(s[negative]) * pull.sum() / temperature
    return loss, grad


@pytest.mark.parametrize("dtype, tol", TYPES)
@pytest.mark.parametrize("cols", [1, 2, 15, 16, 17, 255, 256, 257, 700])
def test_decoupled_softmax(cols, dtype, tol, rng):
    x = (rng.normal(size=(12, cols)) * 2).astype(dtype)
    labels = rng.choice([-1, 0, 0, 0, 1, 2], size=x.shape).astype("i1")
    gains = rng.uniform(0, 2, x.shape).astype(dtype)
    weights = rng.integers(0, 3, 12).astype(dtype)
    loss, grad = decoupled(x, labels, gains.astype(float), 0.7)
    found = lg.decoupled_softmax(x, labels, weights, gains=gains, temperature=0.7)
    np.testing.assert_allclose(found.loss, np.where(weights > 0, loss, 0), rtol=tol, atol=4 * tol)
    np.testing.assert_allclose(found.grad, grad * weights[:, None], rtol=0, atol=8 * tol)
    assert found.total == pytest.approx(weights @ loss, rel=tol)
    # By the logarithm of negatives that lie elsewhere.
    z = np.where(labels == 0, x.astype(float) / 0.7, -np.inf)
    log = special.logsumexp(z, axis=1)
    again = lg.decoupled_softmax(
        np.where(labels == 0, 0, x), np.where(labels == 0, 2, labels), weights, gains=gains,
        lse=log, temperature=0.7,
    )
    np.testing.assert_allclose(again.loss, found.loss, rtol=tol, atol=4 * tol)
    shares = np.exp(z - np.where(np.isfinite(log), log, 0)[:, None])
    negatives = np.where(labels == 0, found.grad, 0)
    pulled = shares * (weights * again.pull)[:, None] / 0.7
    np.testing.assert_allclose(negatives, pulled, rtol=0, atol=8 * tol)


def test_decoupled_softmax_gradient(rng):
    for _ in range(100):
        x = rng.normal(size=(3, 6)) * 2
        check_loss(
            lg.decoupled_softmax,
            x,
            labels=rng.integers(-1, 2, x.shape),
            gains=rng.uniform(0, 2, x.shape),
            weights=rng.uniform(0, 2, 3),
            temperature=0.6,
        )


def test_decoupled_softmax_corners():
    inf, nan = np.inf, np.nan
    x = [[10.0, 0.0, 0.0, 0.0]]
    found = lg.decoupled_softmax(x, [[1, 1, 0, 0]])
    # A positive is not pushed down by the others.
    assert -4.6e-5 < found.grad[0, 0] < -4.5e-5
    rows = [[0.0, 1.0, 2.0], [nan, 1.0, 2.0], [nan, 1.0, 2.0], [inf, 1.0, inf], [-inf, 0.0, -inf]]
    labels = [[1, 1, 2], [0, 1, 0], [2, 1, 0], [0, 1, 0], [0, 1, 0]]
    found = lg.decoupled_softmax(rows, labels)
    assert found.loss[0] == 0 and not found.grad[0].any()
    assert np.isnan(found.loss[1]) and found.loss[2] == pytest.approx(np.log1p(np.e))
    assert found.loss[3] == inf
    np.testing.assert_allclose(found.grad[3], [0.5, -1, 0.5])
    assert found.loss[4] == 0 and not found.grad[4].any()
    with pytest.raises(ValueError, match="LGT_E_LABEL"):
        lg.decoupled_softmax(x, [[3, 0, 0, 1]])
    with pytest.raises(ValueError, match="LGT_E_VALUE"):
        lg.decoupled_softmax(x, [[1, 0, 0, 1]], gains=[[-1.0, 0, 0, 0]])


@pytest.mark.parametrize("dtype, tol", TYPES)
@pytest.mark.parametrize("n", [1, 2, 15, 16, 17, 255, 256, 257, 300])
def test_info_nce(n, dtype, tol, rng):
    x = rng.normal(size=(n, n)).astype(dtype)
    weights = rng.integers(0, 3, n).astype(dtype)
    z, eye = x.astype(float) / 0.4, np.eye(n)
    rows = special.logsumexp(z, axis=1) - np.diag(z)
    columns = special.logsumexp(z, axis=0) - np.diag(z)
    found = lg.info_nce(x, None, weights, temperature=0.4, reduction="sum")
    np.testing.assert_allclose(found.loss, np.where(weights > 0, rows, 0), rtol=tol, atol=4 * tol)
    by_row = (special.softmax(z, axis=1) - eye) * weights[:, None] / 0.4
    np.testing.assert_allclose(found.grad, by_row, rtol=0, atol=8 * tol)
    found = lg.info_nce(x, None, weights, temperature=0.4, symmetric=True, reduction="sum")
    both = (rows + columns) / 2
    np.testing.assert_allclose(found.loss, np.where(weights > 0, both, 0), rtol=tol, atol=4 * tol)
    by_column = (special.softmax(z, axis=0) - eye) * weights / 0.4
    np.testing.assert_allclose(found.grad, (by_row + by_column) / 2, rtol=0, atol=16 * tol)
    assert found.total == pytest.approx(weights @ both, rel=tol)


def test_info_nce_gradient(rng):
    for i in range(100):
        x = rng.normal(size=(4, 4 + i % 2))
        symmetric = i % 2 == 0
        labels = None if symmetric else rng.integers(0, 5, 4)
        check_loss(
            lg.info_nce,
            x,
            labels=labels,
            weights=rng.uniform(0, 2, 4),
            symmetric=symmetric,
            temperature=0.5,
        )


def test_info_nce_refuses():
    for shape in ((3, 2), (2, 3)):
        with pytest.raises(ValueError, match="LGT_E_SHAPE"):
            lg.info_nce(np.zeros(shape), symmetric=True)
    with pytest.raises(ValueError, match="LGT_E_SHAPE"):
        lg.info_nce(np.zeros((3, 2)))
    with pytest.raises(ValueError, match="LGT_E_LABEL"):
        lg.info_nce(np.zeros((2, 2)), [0, 2])
    with pytest.raises(ValueError, match="LGT_E_VALUE"):
        lg.info_nce(np.zeros((2, 2)), temperature=0.0)
