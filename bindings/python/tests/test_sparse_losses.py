"""Losses of sparse shares against their definition, gradients against differences."""

import numpy as np
import pytest
from gradients import check_loss
from scipy import special
from test_sparse_maps import SHORT, SIZES, entmax, entmax15, sparsemax

import logitude as lg

L = np.longdouble
LOSSES = {
    "sparsemax": (lg.sparsemax_loss, lambda z: sparsemax(z)[0], 2, 4e-15),
    "entmax15": (lg.entmax15_loss, lambda z: entmax15(z)[0], 1.5, 4e-15),
    **{
        f"entmax {a}": (
            lambda *p, a=a, **k: lg.entmax_loss(*p, alpha=a, **k),
            lambda z, a=a: entmax(z, a),
            a,
            1e-13,
        )
        for a in (1.25, 1.8, 3, 10)
    },
}
ALL = pytest.mark.parametrize("name", LOSSES)


def definition(z, p, label, alpha):
    z, alpha = z.astype(L), L(alpha)
    entropy = (1 - np.sum(p**alpha)) / (alpha * (alpha - 1))
    return np.sum(p * (z - z[label])) + entropy


@ALL
@pytest.mark.parametrize("dtype, unit", [("f8", 1e-16), ("f4", 6e-8)])
def test_losses(name, dtype, unit, rng):
    loss, shares, alpha, tol = LOSSES[name]
    for cols in SHORT if " " in name else SIZES:
        x = (rng.normal(size=(7, cols)) * [[0.01], [0.1], [0.3], [1], [2], [5], [50]]).astype(dtype)
        y = rng.integers(0, cols, 7)
        weights = rng.integers(0, 3, 7).astype(dtype)
        found = loss(x, y, weights)
        for r in range(7):
            p = shares(x[r])
            want = definition(x[r], p, y[r], alpha) if weights[r] else L(0)
            assert abs(found.loss[r] - want) <= tol * max(1, want)
            grad = weights[r] * (p - (np.arange(cols) == y[r]))
            assert np.all(np.abs(found.grad[r] - grad) <= 2 * tol + unit * np.abs(grad))
        assert found.total == pytest.approx(weights.astype(float) @ found.loss, rel=1e-14)


def test_cross_entropy_is_the_first(rng):
    x, y = rng.normal(size=(20, 9)) * 3, rng.integers(0, 9, 20)
    want = -special.log_softmax(x, axis=1)[np.arange(20), y]
    np.testing.assert_allclose(lg.entmax_loss(x, y, alpha=1).loss, want, rtol=1e-13)
    np.testing.assert_allclose(lg.entmax_loss(x, y, alpha=1 + 1e-9).loss, want, rtol=1e-7)
    for alpha, other in ((1.5, lg.entmax15_loss), (2, lg.sparsemax_loss)):
        one, two = lg.entmax_loss(x, y, alpha=alpha), other(x, y)
        np.testing.assert_array_equal(one.loss, two.loss)
        np.testing.assert_array_equal(one.grad, two.grad)


@ALL
def test_gradients(name, rng):
    loss = LOSSES[name][0]
    for _ in range(100):
        x = rng.normal(size=(3, 5))
        check_loss(
            lambda z, labels, **k: loss(z, labels, **k),
            x,
            tol=1e-6,
            labels=rng.integers(0, 5, 3),
            weights=rng.uniform(0.1, 2, 3),
        )


@ALL
def test_corners(name):
    loss, _, alpha, tol = LOSSES[name]
    inf, nan = np.inf, np.nan
    x = [[0, 9, 0], [0, 9, -inf], [inf, inf, 0], [inf, inf, 0], [nan, 0, 0]]
    found = loss(x, [1, 2, 0, 2, 1])
    assert found.loss[0] == 0 and np.all(found.grad[0] == 0)
    assert found.loss[1] == inf and list(found.grad[1]) == [0, 1, -1]
    half = (1 - 2 * 0.5**alpha) / (alpha * (alpha - 1))
    assert found.loss[2] == pytest.approx(half, rel=1e-14)
    np.testing.assert_array_equal(found.grad[2:4], [[-0.5, 0.5, 0], [0.5, 0.5, -1]])
    assert found.loss[3] == inf and np.isnan(found.loss[4]) and np.isnan(found.grad[4]).all()
    with pytest.warns(lg.LogitudeWarning, match="LGT_EMPTY_ROW"):
        assert np.isnan(loss([[-inf, -inf]], [0]).loss).all()
    # The margin at which nothing is lost.
    assert loss([[1 / (alpha - 1), 0]], [0]).loss[0] <= tol
    with pytest.raises(ValueError):
        loss([[1.0, 2]], [2])


def test_bad_alpha():
    for bad in (0.9, 65, np.nan):
        with pytest.raises(ValueError, match="LGT_E_VALUE"):
            lg.entmax_loss([[1.0, 2]], [0], alpha=bad)
