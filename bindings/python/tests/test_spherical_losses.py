"""Losses of the spherical family against numpy, their gradients against differences."""

import numpy as np
import pytest
from gradients import check_loss, differences

import logitude as lg

# Of each loss its value from all outputs of a row, and parameters to ask it with.
KINDS = {
    "z": (lg.z_loss, {"a": 1.3, "b": 0.4}),
    "taylor": (lg.taylor_loss, {}),
    "softmax": (lg.spherical_loss, {"eps": 1e-3}),
    "squared_error": (lg.squared_error, {}),
}


def truth(kind, o, y, a=1.0, b=0.0, eps=1e-4):
    """In long double, from the outputs themselves."""
    o = np.asarray(o, np.longdouble)
    if kind == "z":
        z = (o[y] - o.mean()) / o.std() if o.std() > 1e-12 else np.longdouble(0)
        return np.logaddexp(0, a * (b - z)) / a
    if kind == "taylor":
        e = 1 + o + o * o / 2
        return -np.log(e[y] / e.sum())
    if kind == "softmax":
        e = o * o + np.longdouble(eps)
        return -np.log(e[y] / e.sum())
    return ((o - np.eye(len(o), dtype=o.dtype)[y]) ** 2).sum()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("dtype, tol", [("f8", 1e-13), ("f4", 2e-6), ("f2", 2e-6)])
@pytest.mark.parametrize("cols", [1, 2, 15, 16, 17, 255, 256, 257, 1000])
def test_losses(cols, dtype, tol, kind, rng):
    loss, parameters = KINDS[kind]
    x = (rng.normal(size=(7, cols)) * 3 + 1).astype(dtype)
    y, weights = rng.integers(0, cols, 7), rng.integers(0, 3, 7).astype("f4")
    found = loss(x, y, weights, **parameters)
    own = np.array([truth(kind, o, k, **parameters) for o, k in zip(x, y)], float)
    np.testing.assert_allclose(found.loss, np.where(weights > 0, own, 0), rtol=tol, atol=tol)
    assert found.total == pytest.approx(weights @ own, rel=2 * tol, abs=20 * tol)
    assert found.grad.dtype == x.dtype and not found.grad[weights == 0].any()
    wide = loss(x.astype("f8"), y, weights, **parameters).grad
    rounding = {"f8": 1e-14, "f4": 3e-6, "f2": 1e-3}[dtype]
    np.testing.assert_allclose(
        found.grad, wide, rtol=rounding, atol=rounding * max(1, np.abs(wide).max())
    )


@pytest.mark.parametrize("kind", KINDS)
def test_gradients(kind, rng):
    loss, parameters = KINDS[kind]
    for case in range(100):
        x = rng.normal(size=(3, 3 + case % 4)) * 2 + 1
        labels = rng.integers(0, x.shape[1], 3)
        check_loss(loss, x, labels=labels, weights=rng.uniform(0, 2, 3), **parameters)


def test_z_loss_laws(rng):
    """A shift and a positive scale change nothing; the gradient is orthogonal to both."""
    for _ in range(50):
        x, y = rng.normal(size=(4, 9)) ** 3, rng.integers(0, 9, 4)
        found = lg.z_loss(x, y, a=2.0, b=0.3)
        moved = lg.z_loss(7 * x - 3, y, a=2.0, b=0.3)
        np.testing.assert_allclose(moved.loss, found.loss, rtol=1e-12)
        scale = np.abs(found.grad).max()
        np.testing.assert_allclose(found.grad.sum(1), 0, atol=1e-13 * scale * 9)
        along = (found.grad * x).sum(1)
        np.testing.assert_allclose(along, 0, atol=1e-11 * scale * np.abs(x).max())
        # The least loss there can be.
        assert (found.loss >= np.logaddexp(0, 2.0 * (0.3 - np.sqrt(8))) / 2.0 - 1e-15).all()


def test_far_from_zero_in_single_precision(rng):
    x = (rng.normal(size=(5, 3000)) + 1e4).astype("f4")
    x[:, 0] = 0  # A first output that is far from the others.
    y = rng.integers(1, 3000, 5)
    own = [truth("z", o, k) for o, k in zip(x, y)]
    np.testing.assert_allclose(lg.z_loss(x, y).loss, np.array(own, float), rtol=2e-6)


def test_corners():
    same = lg.z_loss([[0.1] * 5, [7.0] * 5], [1, 2], a=2.0, b=0.5)
    np.testing.assert_allclose(same.loss, np.log1p(np.e) / 2, rtol=1e-15)
    assert not same.grad.any()
    single = lg.z_loss(np.full((1, 700), 0.1, "f4"), [3])
    assert single.loss[0] == pytest.approx(np.log(2)) and not single.grad.any()
    assert lg.z_loss([[5.0]], [0]).loss[0] == pytest.approx(np.log(2))
    for loss, parameters in KINDS.values():
        for bad in (np.nan, np.inf, -np.inf):
            found = loss([[1.0, bad, 2.0], [1.0, 2.0, 3.0]], [0, 2], **parameters)
            assert np.isnan(found.loss[0]) and np.isnan(found.grad[0]).all()
            assert np.isfinite(found.loss[1]) and np.isfinite(found.grad[1]).all()
        found = loss(np.array([[1e30, 1.0]], "f4"), [0], **parameters)
        assert np.isnan(found.loss[0]) and np.isnan(found.grad).all()
        assert loss(np.empty((0, 3)), np.empty(0, int), **parameters).total == 0
    assert lg.squared_error([[0.0, 1.0, 0.0]], [1]).loss[0] == 0
    assert lg.spherical_loss([[0.0, 1.0]], [0], eps=1e-4).loss[0] == pytest.approx(np.log(10002))
    for a, b in ((0.0, 0.0), (np.nan, 0.0), (1.0, np.inf)):
        with pytest.raises(ValueError, match="LGT_E_VALUE"):
            lg.z_loss([[1.0, 2.0]], [0], a=a, b=b)
    with pytest.raises(ValueError, match="LGT_E_VALUE"):
        lg.spherical_loss([[1.0, 2.0]], [0], eps=0.0)
    with pytest.raises(ValueError, match="LGT_E_LABEL"):
        lg.taylor_loss([[1.0, 2.0]], [2])


@pytest.mark.parametrize("kind", KINDS)
def test_partials(kind, rng):
    """From sums of shards of the classes, the losses and gradients of whole rows."""
    loss, parameters = KINDS[kind]
    for _ in range(40):
        x, y = rng.normal(size=(6, 50)) * 2 + 0.5, rng.integers(0, 50, 6)
        whole = loss(x, y, **parameters)
        shards = np.split(x, [7, 20, 21], axis=1)
        total = sum(shard.sum(1) for shard in shards)
        squares = sum((shard**2).sum(1) for shard in shards)
        own = x[np.arange(6), y]
        found = lg.spherical_family(kind, own, total, squares, 50, **parameters)
        np.testing.assert_allclose(found.loss, whole.loss, rtol=1e-11)
        grad = found.d_sum[:, None] + 2 * found.d_squares[:, None] * x
        grad[np.arange(6), y] += found.d_own
        np.testing.assert_allclose(grad, whole.grad, atol=1e-12 * max(1, np.abs(grad).max()))


@pytest.mark.parametrize("kind", KINDS)
def test_partial_derivatives(kind, rng):
    _, parameters = KINDS[kind]
    for _ in range(100):
        x = rng.normal(size=20) + 0.3
        triple = np.array([x[3], x.sum(), (x * x).sum()])
        found = lg.spherical_family(kind, *triple, 20, **parameters)
        slopes = differences(lambda t: lg.spherical_family(kind, *t, 20, **parameters).loss, triple)
        np.testing.assert_allclose(found[1:], slopes, atol=1e-8 * max(1, np.abs(slopes).max()))


def test_partials_corners():
    one = lg.spherical_family("z", 2.0, 2.0, 6.0, 4)
    assert isinstance(one.loss, float) and one.d_own == pytest.approx(-0.18536141422998523)
    assert lg.spherical_family("z", 1.0, 4.0, 4.0, 4) == (np.log(2), 0, 0, 0)
    for kind in KINDS:
        for bad in ((np.nan, 1.0, 2.0), (1.0, np.inf, 2.0), (1.0, 2.0, np.inf)):
            assert np.isnan(lg.spherical_family(kind, *bad, 3)).all()
    with pytest.raises(ValueError, match="LGT_E_OPTION"):
        lg.spherical_family("other", 1.0, 1.0, 1.0, 3)
    with pytest.raises(ValueError, match="LGT_E_VALUE"):
        lg.spherical_family("taylor", 1.0, 1.0, 1.0, 0)
    assert lg.spherical_family("taylor", [], [], [], 3).loss.shape == (0,)
