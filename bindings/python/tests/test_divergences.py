"""Divergences and entropies against numpy and scipy, their gradients against differences."""

import warnings

import numpy as np
import pytest
from gradients import check_loss, differences
from scipy import special, stats

import logitude as lg

TYPES = [("f8", 4e-15), ("f4", 1e-6)]
COLS = [1, 2, 15, 16, 17, 255, 256, 257, 700]


def span(x, temperature=1.0):
    """How large what is added up may be: 1, the logarithm of how many, and the range."""
    x = np.where(np.isfinite(x), x, np.nan)
    apart = np.nanmax(x, -1) - np.nanmin(x, -1)
    return 1 + np.log(x.shape[-1]) + np.nanmax(apart) / temperature


def agrees(found, truth, tol):
    np.testing.assert_array_less(np.abs(np.asarray(found, float) - truth), tol + 1e-300)


def logits(rng, cols, dtype, rows=9):
    x = (rng.normal(size=(rows, cols)) * 3).astype(dtype)
    x[1] = 0
    x[2] = x[2] * 10
    if cols > 2:
        x[3, rng.integers(cols)] = -np.inf
    return x


@pytest.mark.parametrize("dtype, tol", TYPES)
@pytest.mark.parametrize("cols", COLS)
@pytest.mark.parametrize("temperature", [1.0, 4.0, 0.3])
def test_kl_div(cols, dtype, tol, temperature, rng):
    x, t = logits(rng, cols, dtype), logits(rng, cols, dtype)
    x[3] = np.where(np.isfinite(t[3]), x[3], 0)
    x[3] = np.where(np.isfinite(x[3]), x[3], 0)
    log_p = special.log_softmax(x.astype(float) / temperature, 1)
    log_q = special.log_softmax(t.astype(float) / temperature, 1)
    q = np.exp(log_q)
    with np.errstate(invalid="ignore"):
        truth = np.where(q > 0, q * (log_q - log_p), 0).sum(1)
    found = lg.kl_div(x, t, target_type="logits", temperature=temperature)
    agrees(found.loss, truth, tol * max(span(x, temperature), span(t, temperature)))
    rounding = 6e-8 if dtype == "f4" else 0
    grad = (np.exp(log_p) - q) / temperature
    agrees(found.grad, grad, (tol + rounding) / temperature)
    shares = q.astype(dtype)
    found = lg.kl_div(x, shares, temperature=temperature)
    q = shares.astype(float)
    truth = (special.xlogy(q, q) - np.where(q > 0, q * log_p, 0)).sum(1)
    agrees(found.loss, truth, tol * max(span(x, temperature), span(t, temperature)))


def test_kl_div_gradient(rng):
    for n in range(100):
        x = rng.normal(size=(3, 5)) * 2
        weights, temperature = rng.uniform(0, 2, 3), rng.uniform(0.5, 4)
        if n % 2:
            targets, kind = rng.normal(size=x.shape), "logits"
        else:
            targets = rng.dirichlet(np.ones(5), 3) * rng.uniform(0.2, 1, (3, 1))
            kind = "probabilities"
        check_loss(
            lg.kl_div,
            x,
            targets=targets,
            target_type=kind,
            weights=weights,
            temperature=temperature,
        )


def test_kl_div_corners():
    inf = np.inf
    found = lg.kl_div([[0, -inf], [0, -inf]], [[0.5, 0.5], [1.0, 0.0]])
    assert found.loss[0] == inf and found.loss[1] == 0
    x = np.array([[1.0, 2.0, 3.0]])
    assert lg.kl_div(x, x + 5, target_type="logits").loss[0] == pytest.approx(0, abs=1e-15)
    assert lg.kl_div(x, x, target_type="logits").loss[0] >= 0
    nan = lg.kl_div([[np.nan, 0.0], [0.0, 0.0]], [[0.5, 0.5], [0.5, 0.5]])
    assert np.isnan(nan.loss[0]) and np.isnan(nan.grad[0]).all() and nan.loss[1] == 0
    nan = lg.kl_div([[0.0, 0.0]], [[np.nan, 0.0]], target_type="logits")
    assert np.isnan(nan.loss[0]) and np.isnan(nan.grad[0]).all()
    with pytest.warns(lg.LogitudeWarning, match="LGT_EMPTY_ROW"):
        empty = lg.kl_div([[0.0, 0.0]], [[-inf, -inf]], target_type="logits")
    assert np.isnan(empty.loss[0]) and np.isnan(empty.grad).all()
    with pytest.raises(ValueError, match="target_type"):
        lg.kl_div(x, x, target_type="scores")
    with pytest.raises(ValueError, match="LGT_E_VALUE"):
        lg.kl_div(x, x)


@pytest.mark.parametrize("dtype, tol", TYPES)
@pytest.mark.parametrize("cols", COLS)
@pytest.mark.parametrize("temperature", [1.0, 4.0])
def test_js_div(cols, dtype, tol, temperature, rng):
    x, y = logits(rng, cols, dtype), logits(rng, cols, dtype)
    p = special.softmax(x.astype(float) / temperature, 1)
    q = special.softmax(y.astype(float) / temperature, 1)
    m = (p + q) / 2
    truth = (special.rel_entr(p, m) + special.rel_entr(q, m)).sum(1) / 2
    found = lg.js_div(x, y, temperature=temperature)
    agrees(found.loss, truth, tol)
    turned = lg.js_div(y, x, temperature=temperature)
    np.testing.assert_allclose(turned.loss, found.loss, rtol=0, atol=2 * tol)
    agrees(turned.grad, found.other_grad, 2 * tol / temperature)
    assert (found.loss >= 0).all() and (found.loss <= np.log(2) + tol).all()


def test_js_div_gradient(rng):
    for n in range(100):
        x, y = rng.normal(size=(2, 3, 5)) * 2
        weights, temperature = rng.uniform(0, 2, 3), rng.uniform(0.5, 4)
        reduction = "mean" if n % 2 else "sum"
        more = dict(weights=weights, temperature=temperature, reduction=reduction)
        found = lg.js_div(x, y, **more)
        first = differences(lambda z: lg.js_div(z, y, **more).total, x)
        second = differences(lambda z: lg.js_div(x, z, **more).total, y)
        np.testing.assert_allclose(found.grad, first, rtol=0, atol=1e-9)
        np.testing.assert_allclose(found.other_grad, second, rtol=0, atol=1e-9)


def test_js_div_left_out(rng):
    x, y = rng.normal(size=(2, 3, 4))
    found = lg.js_div(x, y, weights=[1, 0, 2])
    assert found.loss[1] == 0 and (found.grad[1] == 0).all() and (found.other_grad[1] == 0).all()
    assert (found.other_grad[[0, 2]] != 0).any(1).all()


@pytest.mark.parametrize("dtype, tol", TYPES)
@pytest.mark.parametrize("cols", COLS)
@pytest.mark.parametrize("temperature", [1.0, 4.0, 0.3])
def test_entropy(cols, dtype, tol, temperature, rng):
    x = logits(rng, cols, dtype)
    p = special.softmax(x.astype(float) / temperature, 1)
    found = lg.entropy(x, temperature=temperature)
    truth = stats.entropy(p, axis=1)
    agrees(found.loss, truth, tol * max(1, np.log(cols)))
    assert (found.loss >= 0).all()


def test_entropy_gradient(rng):
    for _ in range(100):
        x = rng.normal(size=(3, 5)) * 2
        more = dict(weights=rng.uniform(0, 2, 3), temperature=rng.uniform(0.5, 4))
        check_loss(lg.entropy, x, **more)


def renyi(p, alpha):
    if alpha == 1:
        return stats.entropy(p, axis=1)
    if alpha == np.inf:
        return -np.log(p.max(1))
    with np.errstate(divide="ignore"):
        logs = np.where(p > 0, np.log(p), -np.inf)
    return special.logsumexp(alpha * logs, axis=1) / (1 - alpha)


@pytest.mark.parametrize("dtype, tol", TYPES)
@pytest.mark.parametrize("cols", COLS)
@pytest.mark.parametrize("alpha", [0.01, 0.5, 0.74, 0.76, 1, 1.24, 1.26, 2, 7.5, 1000, np.inf])
def test_renyi_entropy(cols, dtype, tol, alpha, rng):
    x = logits(rng, cols, dtype)
    logs = special.log_softmax(x.astype(float), 1)
    if alpha in (1, np.inf):
        truth = renyi(np.exp(logs), alpha)
    else:
        truth = special.logsumexp(alpha * logs, axis=1) / (1 - alpha)
    found = lg.renyi_entropy(x, alpha)
    agrees(found.loss, truth, 10 * tol * max(1, np.log(cols)))
    assert (found.loss >= 0).all()


@pytest.mark.parametrize("alpha", [0.1, 0.5, 0.9, 1, 1 + 1e-10, 1.1, 2, 5, np.inf])
def test_renyi_entropy_gradient(alpha, rng):
    for _ in range(40):
        x = rng.normal(size=(3, 5)) * 2
        more = dict(weights=rng.uniform(0, 2, 3), temperature=rng.uniform(0.5, 4))
        check_loss(lg.renyi_entropy, x, alpha=alpha, **more)


def test_renyi_entropy_falls_with_its_order(rng):
    x = rng.normal(size=(20, 30)) * 3
    orders = [1e-3, 0.2, 0.7, 0.9, 1 - 1e-9, 1, 1 + 1e-9, 1.1, 1.3, 3, 100, 1e4, np.inf]
    found = np.array([lg.renyi_entropy(x, alpha).loss for alpha in orders])
    assert (np.diff(found, axis=0) <= 1e-13).all()
    np.testing.assert_allclose(found[5], lg.entropy(x).loss, rtol=1e-14)
    np.testing.assert_allclose(found[4:7], found[5:6].repeat(3, 0), rtol=1e-7)
    np.testing.assert_allclose(found[0], np.log(30), rtol=1e-2)


def test_any_shape_and_type(rng):
    x = rng.normal(size=(2, 3, 5)).astype("f2")
    found = lg.entropy(x)
    assert found.loss.shape == (2, 3) and found.grad.dtype == np.float16
    assert lg.entropy(x[0, 0]).loss.shape == ()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert lg.entropy(np.empty((0, 4))).total == 0
    for call in (lambda: lg.kl_div(x, x[0]), lambda: lg.js_div(x, x[0])):
        with pytest.raises(ValueError, match="LGT_E_SHAPE"):
            call()
