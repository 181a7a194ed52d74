"""Cross-entropy against numpy, its gradient against differences."""

import numpy as np
import pytest
from gradients import check_loss
from scipy import special

import logitude as lg

TYPES = [("f8", 2e-14), ("f4", 2e-6)]
ROUNDED = {"f8": 1e-15, "f4": 1e-7, "f2": 5e-4}


def truth(x, t, weights=1.0, *, smoothing=0.0, penalty=0.0, scale=1.0, class_weights=1.0):
    """Losses, gradients of their weighted sum, and lse, in float64."""
    z = scale * np.asarray(x, np.float64)
    t = (1 - smoothing) * t + smoothing / z.shape[1]
    t = t * np.asarray(class_weights)
    logs = special.log_softmax(z, axis=1)
    lse = special.logsumexp(z, axis=1)
    loss = -(t * np.where(t > 0, logs, 0)).sum(1) + penalty * lse**2
    grad = scale * ((t.sum(1) + 2 * penalty * lse)[:, None] * np.exp(logs) - t)
    return loss, grad * np.reshape(weights, (-1, 1)), lse


def hot(y, cols):
    return np.eye(cols)[y]


@pytest.mark.parametrize("dtype, tol", TYPES)
@pytest.mark.parametrize("cols", [1, 2, 15, 16, 17, 79, 80, 81, 255, 256, 257, 1000, 5003])
@pytest.mark.parametrize("options", [{}, {"smoothing": 0.1, "penalty": 0.01, "scale": 1.7}])
def test_values(options, cols, dtype, tol, rng):
    x = (rng.normal(size=(9, cols)) * 4).astype(dtype)
    y = rng.integers(0, cols, 9)
    weights = rng.integers(0, 3, 9).astype(dtype)
    loss, grad, lse = truth(x, hot(y, cols), weights, **options)
    names = {"smoothing": "label_smoothing", "penalty": "lse_penalty", "scale": "scale"}
    options = {names[name]: value for name, value in options.items()}
    wide = np.full((9, cols + 3), np.nan, dtype)
    wide[:, :cols] = x
    for rows in (x, wide[:, :cols]):
        found = lg.cross_entropy(rows, y, weights, **options)
        counts = weights > 0
        np.testing.assert_allclose(found.loss, np.where(counts, loss, 0), rtol=tol, atol=tol)
        np.testing.assert_allclose(found.grad, grad, rtol=0, atol=4 * tol)
        np.testing.assert_allclose(found.lse, np.where(counts, lse, np.nan), rtol=tol, atol=tol)
        assert found.total == pytest.approx(weights @ loss, rel=tol)


@pytest.mark.parametrize("dtype, rows", [("f4", 2100), ("f2", 4200), ("f8", 1100)])
@pytest.mark.parametrize("smoothing", [0.0, 0.1])
def test_past_the_cache(smoothing, dtype, rows, rng):
    cols = 4099  # no row starts where a line does
    x = (rng.normal(size=(rows, cols)) * 3).astype(dtype)
    y = rng.integers(0, cols, rows)
    y[:3] = [0, cols - 1, 4090]
    x[7, 2000], x[8, 100:] = 400, -np.inf
    x[9] = np.linspace(-40, 40, cols) ** 2 / -30
    weights = np.ones(rows, "f8" if dtype == "f8" else "f4")
    weights[20:22] = 0
    loss, grad, _ = truth(x, hot(y, cols), weights, smoothing=smoothing)
    found = lg.cross_entropy(x, y, weights, label_smoothing=smoothing)
    tol = 2e-14 if dtype == "f8" else 2e-6
    np.testing.assert_allclose(found.loss, loss * weights, rtol=tol, atol=tol)
    np.testing.assert_allclose(found.grad, grad, rtol=ROUNDED[dtype], atol=tol)


def test_small_losses_are_relatively_right(rng):
    for cols in (2, 17, 300):
        for gap in (10, 20, 30):
            x = rng.normal(size=(5, cols))
            y = rng.integers(0, cols, 5)
            x[np.arange(5), y] += gap
            rest = np.where(hot(y, cols) > 0, 0, np.exp(x - x[np.arange(5), y][:, None])).sum(1)
            found = lg.cross_entropy(x, y)
            np.testing.assert_allclose(found.loss, np.log1p(rest), rtol=1e-14)
            own = found.grad[np.arange(5), y]
            np.testing.assert_allclose(own, -rest / (1 + rest), rtol=1e-14)
            narrow = x.astype("f4")
            wide = lg.cross_entropy(narrow.astype("f8"), y)
            np.testing.assert_allclose(lg.cross_entropy(narrow, y).loss, wide.loss, rtol=1e-6)


@pytest.mark.parametrize("dtype, tol", TYPES)
@pytest.mark.parametrize("cols", [1, 2, 16, 17, 257, 700])
def test_soft(cols, dtype, tol, rng):
    x = (rng.normal(size=(9, cols)) * 4).astype(dtype)
    t = rng.dirichlet(np.ones(cols), 9).astype(dtype)
    t[0] = 0
    of = rng.uniform(0, 2, cols)
    weights = rng.integers(0, 3, 9).astype(dtype)
    loss, grad, _ = truth(
        x, t.astype(float), weights, smoothing=0.2, penalty=0.02, scale=0.6, class_weights=of
    )
    found = lg.cross_entropy(
        x, t, weights, label_smoothing=0.2, lse_penalty=0.02, scale=0.6, class_weights=of
    )
    np.testing.assert_allclose(found.loss, np.where(weights > 0, loss, 0), rtol=tol, atol=tol)
    np.testing.assert_allclose(found.grad, grad, rtol=0, atol=4 * tol)


@pytest.mark.parametrize("smoothing", [0.0, 0.3])
def test_class_weights_and_ignored_rows(smoothing, rng):
    x = rng.normal(size=(40, 6)) * 3
    y = rng.integers(0, 6, 40)
    of = np.array([0, 0.5, 1, 2, 3, 0.1])
    ignored = rng.uniform(size=40) < 0.3
    weights = rng.uniform(0, 2, 40)
    loss, grad, _ = truth(x, hot(y, 6), weights, smoothing=smoothing, class_weights=of)
    given = np.where(ignored, -100, y)
    found = lg.cross_entropy(
        x, given, weights, label_smoothing=smoothing, class_weights=of, reduction="mean"
    )
    counted = ~ignored
    divisor = (weights * of[y])[counted].sum()
    np.testing.assert_allclose(found.loss, np.where(ignored, 0, loss), atol=1e-13)
    np.testing.assert_allclose(
        found.grad, np.where(ignored[:, None], 0, grad) / divisor, rtol=0, atol=1e-14
    )
    assert found.total == pytest.approx((weights * loss)[counted].sum() / divisor, rel=1e-13)
    bytes_ = np.where(ignored, 255, y).astype("u1")
    again = lg.cross_entropy(
        x, bytes_, weights, ignore_index=255, label_smoothing=smoothing, class_weights=of
    )
    np.testing.assert_array_equal(again.loss, found.loss)


def test_gradient(rng):
    for i in range(120):
        cols = int(rng.integers(1, 7))
        x = rng.normal(size=(3, cols)) * 2
        options = dict(
            weights=rng.uniform(0, 2, 3),
            label_smoothing=(0.0, 0.25)[i % 2],
            lse_penalty=(0.0, 0.05)[i // 2 % 2],
            scale=(1.0, 1.8)[i // 4 % 2],
            class_weights=None if i // 8 % 2 else rng.uniform(0.1, 2, cols),
        )
        check_loss(lg.cross_entropy, x, targets=rng.integers(0, cols, 3), **options)
        check_loss(lg.cross_entropy, x, targets=rng.dirichlet(np.ones(cols), 3), **options)


@pytest.mark.parametrize("dtype", ["f8", "f4", "f2"])
def test_corners(dtype):
    inf, nan = np.inf, np.nan
    x = np.array([[inf, inf, 0], [inf, 0, -inf], [0, -inf, 0], [nan, 0, 1], [3e4, -3e4, 0]], dtype)
    found = lg.cross_entropy(x, [0, 1, 1, 0, 0])
    np.testing.assert_allclose(found.loss, [np.log(2), inf, inf, nan, 0], rtol=1e-7)
    np.testing.assert_array_equal(found.lse[:2], [inf, inf])
    np.testing.assert_allclose(found.grad[0], [-0.5, 0.5, 0], rtol=1e-7)
    np.testing.assert_allclose(found.grad[1], [1, -1, 0])
    np.testing.assert_allclose(found.grad[2], [0.5, -1, 0.5])
    assert np.isnan(found.grad[3]).all()
    np.testing.assert_array_equal(found.grad[4], [0, 0, 0])
    with pytest.warns(lg.LogitudeWarning, match="LGT_EMPTY_ROW"):
        empty = lg.cross_entropy(np.full((1, 3), -inf, dtype), [1])
    assert np.isnan(empty.loss[0]) and np.isnan(empty.grad).all()
    # What does not count is nothing, however unlikely.
    soft = lg.cross_entropy(x[2:3], np.array([[0.5, 0, 0.5]], dtype))
    assert soft.loss[0] == pytest.approx(np.log(2), rel=1e-6)
    smooth = lg.cross_entropy(x[2:3], [0], label_smoothing=0.1)
    assert smooth.loss[0] == inf and np.isfinite(smooth.grad).all()
    with pytest.raises(ValueError, match="LGT_E_LABEL"):
        lg.cross_entropy(x, [0, 0, 0, 0, 3])
    with pytest.raises(ValueError, match="LGT_E_VALUE"):
        lg.cross_entropy(x, [0, 0, 0, 0, 0], label_smoothing=1.5)
    with pytest.raises(ValueError, match="LGT_E_VALUE"):
        lg.cross_entropy(x, -np.ones(x.shape, dtype))
    with pytest.warns(lg.LogitudeWarning, match="LGT_UNDEFINED"):
        assert np.isnan(lg.cross_entropy(x[:1], [-100], reduction="mean").total)


@pytest.mark.parametrize("dtype", ["f8", "f4"])
def test_far_out_rows(dtype, rng):
    x = rng.normal(size=(6, 40)).astype(dtype)
    x[0] += 1e6
    x[1] -= 3e9
    x[2, 30] = 5e4
    x[3, :20] = -1e30
    x[4] *= 1e-30
    y = rng.integers(20, 40, 6)
    loss, grad, lse = truth(x, hot(y, 40))
    found = lg.cross_entropy(x, y)
    np.testing.assert_allclose(found.loss, loss, rtol=2e-6, atol=2e-6)
    np.testing.assert_allclose(found.grad, grad, atol=2e-6)
    np.testing.assert_allclose(found.lse, lse, rtol=2e-6)
    tiny = lg.cross_entropy(x, y, grad_scale=1e-30)
    np.testing.assert_allclose(tiny.grad, grad * 1e-30, atol=4e-36)
