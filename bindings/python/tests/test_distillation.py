"""Distillation against numpy, its gradients against differences."""

import numpy as np
import pytest
from gradients import check_loss, differences
from scipy import special

import logitude as lg

TYPES = [("f8", 4e-15), ("f4", 1e-6)]
COLS = [1, 2, 15, 16, 17, 255, 256, 257, 600]


def without(x, y):
    """Rows without one entry each."""
    kept = np.arange(x.shape[1]) != np.asarray(y)[:, None]
    return x[kept].reshape(len(x), -1)


def kl(log_q, log_p):
    return (np.exp(log_q) * (log_q - log_p)).sum(1)


def kd(s, t, temperature):
    logs = [special.log_softmax(x / temperature, 1) for x in (t, s)]
    return temperature**2 * kl(*logs)


def nkd(s, t, y, gamma, temperature):
    rows = np.arange(len(s))
    target = -special.softmax(t, 1)[rows, y] * special.log_softmax(s, 1)[rows, y]
    if s.shape[1] == 1:
        return target
    q = special.softmax(without(t, y) / temperature, 1)
    rest = -(q * special.log_softmax(without(s, y) / temperature, 1)).sum(1)
    return target + gamma * temperature**2 * rest


def dkd(s, t, y, alpha, beta, temperature):
    rows = np.arange(len(s))

    def two(x):
        x = x / temperature
        if x.shape[1] == 1:
            return np.array([[0.0, -np.inf]] * len(x))
        rest = special.logsumexp(without(x, y), 1)
        return special.log_softmax(np.stack([x[rows, y], rest], 1), 1)

    if s.shape[1] == 1:
        return np.zeros(len(s))
    target = kl(two(t), two(s))
    logs = [special.log_softmax(without(x, y) / temperature, 1) for x in (t, s)]
    return temperature**2 * (alpha * target + beta * kl(*logs))


def data(rng, cols, dtype):
    s, t = (rng.normal(size=(2, 9, cols)) * 3).astype(dtype)
    s[2] *= 8
    t[3] *= 8
    bound = 1 + np.log(cols) + max(np.ptp(s, 1).max(), np.ptp(t, 1).max())
    return s, t, rng.integers(0, cols, 9), float(bound)


@pytest.mark.parametrize("dtype, tol", TYPES)
@pytest.mark.parametrize("cols", COLS)
@pytest.mark.parametrize("temperature", [1.0, 4.0])
def test_losses(cols, dtype, tol, temperature, rng):
    s, t, y, bound = data(rng, cols, dtype)
    s8, t8, tol = s.astype(float), t.astype(float), tol * bound * temperature**2
    found = lg.kd(s, t, temperature=temperature)
    np.testing.assert_allclose(found.loss, kd(s8, t8, temperature), rtol=0, atol=tol)
    found = lg.nkd(s, t, y, gamma=1.5, temperature=temperature)
    truth = nkd(s8, t8, y, 1.5, temperature)
    np.testing.assert_allclose(found.loss, truth, rtol=0, atol=2.5 * tol)
    found = lg.dkd(s, t, y, alpha=1, beta=6, temperature=temperature)
    truth = dkd(s8, t8, y, 1, 6, temperature)
    np.testing.assert_allclose(found.loss, truth, rtol=0, atol=7 * tol)


def test_gradients(rng):
    for _ in range(100):
        s, t = rng.normal(size=(2, 3, 5)) * 2
        y, temperature = rng.integers(0, 5, 3), rng.uniform(0.5, 5)
        more = dict(teacher=t, weights=rng.uniform(0, 2, 3), temperature=temperature)
        check_loss(lg.kd, s, **more)
        check_loss(lg.nkd, s, labels=y, gamma=rng.uniform(0, 2), **more)
        check_loss(lg.dkd, s, labels=y, alpha=rng.uniform(0, 2), beta=rng.uniform(0, 8), **more)


def test_kd_is_target_and_others(rng):
    """KL = TCKD + (1 - T_y) NCKD."""
    s, t = rng.normal(size=(2, 50, 7)) * 3
    y = rng.integers(0, 7, 50)
    for temperature in (1, 4):
        rest = 1 - special.softmax(t / temperature, 1)[np.arange(50), y]
        parts = [lg.dkd(s, t, y, alpha=a, beta=1 - a, temperature=temperature).loss for a in (1, 0)]
        whole = lg.kd(s, t, temperature=temperature).loss
        np.testing.assert_allclose(parts[0] + rest * parts[1], whole, rtol=1e-12)


def test_sure_teachers_lose_nothing():
    """Shares that are nearly 1 are told apart by what is left."""
    s, t = np.array([[30.0, 0.0, 0.0]]), np.array([[32.0, 0.0, 0.0]])
    target = lg.dkd(s, t, [0], alpha=1, beta=0, temperature=1)
    rest = 2 * np.exp(np.array([-30.0, -32.0]))
    p, q = rest / (1 + rest)
    truth = q * np.log(q / p) + (1 - q) * (np.log1p(-q) - np.log1p(-p))
    assert target.loss[0] == pytest.approx(truth, rel=1e-2)
    assert target.grad[0, 0] == pytest.approx(q - p, rel=1e-12)


def test_corners():
    inf, nan = np.inf, np.nan
    s = np.array([[0.0, -inf, 1.0], [nan, 0, 0], [0, 0, 0], [-inf, -inf, -inf], [0, 0, 0]])
    t = np.array([[0.0, 1.0, 1.0], [0, 0, 0], [0, nan, 0], [0, 0, 0], [0, -inf, -inf]])
    y = [0, 0, 0, 0, 0]
    for loss in (lambda: lg.kd(s, t), lambda: lg.nkd(s, t, y), lambda: lg.dkd(s, t, y)):
        with pytest.warns(lg.LogitudeWarning, match="LGT_EMPTY_ROW"):
            found = loss()
        assert found.loss[0] == inf and np.isfinite(found.grad[0]).all()
        assert np.isnan(found.loss[1:4]).all() and np.isnan(found.grad[1:4]).all()
        assert np.isfinite(found.loss[4]) and np.isfinite(found.grad[4]).all()
    both = lg.kd([[inf, inf, 0]], [[inf, inf, 5]])
    assert both.loss[0] == pytest.approx(0, abs=1e-15) and (both.grad == 0).all()
    # A teacher that knows only the label teaches nothing about the others.
    only = lg.dkd([[0.0, 1.0, 2.0]], [[0, -inf, -inf]], [0], temperature=1)
    p = special.softmax([0.0, 1.0, 2.0])
    assert only.loss[0] == pytest.approx(-np.log(p[0]))
    np.testing.assert_allclose(only.grad[0], p - [1, 0, 0], rtol=1e-14)
    with pytest.raises(ValueError, match="label 3 of row 0"):
        lg.nkd([[0.0, 1, 2]], [[0.0, 1, 2]], [3])


def zipf(score, y, order):
    ranks = sorted(range(len(score)), key=lambda i: (-score[i], i))
    if order == "others":
        ranks = [i for i in ranks if i != y]
    z = np.zeros(len(score))
    for rank, i in enumerate(ranks):
        z[i] = 1 / (rank + 1)
    z[y] = 0
    return z / z.sum() if z.any() else z


def uskd_parts(s, w, y, weights, order, compat):
    """The constants of the loss: each label's target, and the others'."""
    rows, S, W = np.arange(len(s)), special.softmax(s, 1), special.softmax(w, 1)
    own = S[rows, y]
    p = own**2 + 1 - weights @ own**2 / weights.sum()
    part = special.log_softmax(s, 1) if compat else S
    score = W / (1 - W[rows, y] + 1e-6)[:, None] + part / (1 - part[rows, y] + 1e-6)[:, None]
    return p, np.array([zipf(r, k, order) for r, k in zip(score, y)])


def uskd_loss(s, w, y, p, z, alpha, beta, mu, smoothing):
    rows, cols = np.arange(len(s)), s.shape[1]
    target = -p * special.log_softmax(s, 1)[rows, y]
    rest = np.zeros(len(s))
    if cols > 1:
        rest = -(without(z, y) * special.log_softmax(without(s, y), 1)).sum(1)
    t = np.full(s.shape, smoothing / cols)
    t[rows, y] += 1 - smoothing
    return alpha * target + beta * rest - mu * (t * special.log_softmax(w, 1)).sum(1)


@pytest.mark.parametrize("order", ["all", "others"])
@pytest.mark.parametrize("compat", [False, True])
def test_uskd(order, compat, rng):
    for n in range(60):
        rows, cols = 4, int(rng.integers(1, 9))
        s, w = rng.normal(size=(2, rows, cols)) * 2
        y, weights = rng.integers(0, cols, rows), rng.uniform(0.1, 2, rows)
        numbers = dict(alpha=rng.uniform(), beta=rng.uniform(), mu=rng.uniform(), smoothing=0.2)
        p, z = uskd_parts(s, w, y, weights, order, compat)
        factor = weights / weights.sum() if n % 2 else weights
        more = dict(order=order, compat=compat, reduction="mean" if n % 2 else "sum")
        found = lg.uskd(s, w, y, weights, **more, **numbers)
        np.testing.assert_allclose(found.loss, uskd_loss(s, w, y, p, z, **numbers), rtol=1e-12)

        def total(s, w):
            return float(factor @ uskd_loss(s, w, y, p, z, **numbers))

        grad = differences(lambda v: total(v, w), s)
        weak = differences(lambda v: total(s, v), w)
        np.testing.assert_allclose(found.grad, grad, rtol=0, atol=1e-8)
        np.testing.assert_allclose(found.weak_grad, weak, rtol=0, atol=1e-8)
        np.testing.assert_allclose(lg.uskd_targets(s, y, weights), p, rtol=1e-13)


@pytest.mark.parametrize("cols", [1, 2, 15, 16, 17, 255, 256, 257, 1000])
@pytest.mark.parametrize("order", ["all", "others"])
def test_zipf_targets(cols, order, rng):
    x = rng.integers(0, 6 if cols < 200 else 10**6, size=(7, cols)).astype("f4")
    y = rng.integers(0, cols, 7)
    truth = np.array([zipf(r, k, order) for r, k in zip(x, y)])
    np.testing.assert_allclose(lg.zipf_targets(x.astype("f8"), y, order), truth, rtol=1e-13)
    np.testing.assert_allclose(lg.zipf_targets(x, y, order), truth, rtol=1e-6)


def test_uskd_in_other_types(rng):
    s, w = rng.normal(size=(2, 5, 40)) * 2
    y = rng.integers(0, 40, 5)
    for dtype, tol in (("f4", 1e-5), ("f2", 1e-2)):
        found = lg.uskd(s.astype(dtype), w.astype(dtype), y)
        truth = lg.uskd(s.astype(dtype).astype(float), w.astype(dtype).astype(float), y)
        np.testing.assert_allclose(found.loss, truth.loss, rtol=1e-5)
        np.testing.assert_allclose(found.grad, truth.grad, rtol=0, atol=tol)
        assert found.weak_grad.dtype == dtype
    with pytest.raises(ValueError, match="order"):
        lg.uskd(s, w, y, order="some")
