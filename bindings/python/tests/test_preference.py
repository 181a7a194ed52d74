"""Losses of pairs against numpy and scipy, their derivatives against differences."""

import numpy as np
import pytest
from gradients import differences
from scipy import special

import logitude as lg


def truth(h, form, beta, smoothing):
    z = beta * h
    if form == "sigmoid":
        return -(1 - smoothing) * special.log_expit(z) - smoothing * special.log_expit(-z)
    return np.maximum(1 - z, 0) if form == "hinge" else (h - 0.5 / beta) ** 2


@pytest.mark.parametrize("dtype", ["f8", "f4"])
@pytest.mark.parametrize("form", ["sigmoid", "hinge", "ipo"])
@pytest.mark.parametrize("n", [0, 1, 15, 16, 17, 255, 256, 257, 1000])
def test_dpo(form, dtype, n, rng):
    numbers = (rng.normal(size=(4, n)) * 20 - 100).astype(dtype)
    pw, pl, rw, rl = numbers.astype(float)
    smoothing = 0.1 if form == "sigmoid" else 0.0
    found = lg.dpo(*numbers, beta=0.3, form=form, label_smoothing=smoothing, gamma=0.7)
    h = pw - pl - 0.7 * (rw - rl)
    loss = truth(h, form, 0.3, smoothing)
    np.testing.assert_allclose(found.loss, loss, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(found.margin, 0.3 * h, rtol=1e-12, atol=1e-12)
    assert found.total == pytest.approx(loss.sum(), rel=1e-12)


@pytest.mark.parametrize("form", ["sigmoid", "hinge", "ipo"])
def test_dpo_gradient(form, rng):
    for n in range(100):
        numbers = rng.normal(size=(4, 3)) * 3
        smoothing = rng.uniform(0, 0.5) if form == "sigmoid" else 0.0
        more = dict(
            weights=rng.uniform(0.1, 2, 3),
            beta=rng.uniform(0.1, 2),
            form=form,
            label_smoothing=smoothing,
            gamma=rng.uniform(0, 2),
            reduction="mean" if n % 2 else "sum",
        )
        found = lg.dpo(*numbers, **more)
        if form == "hinge" and (np.abs(found.margin - 1) < 1e-3).any():
            continue
        signs = [1, -1, -more["gamma"], more["gamma"]]
        for i, sign in enumerate(signs):

            def total(x):
                return lg.dpo(*numbers[:i], x, *numbers[i + 1 :], **more).total

            np.testing.assert_allclose(
                sign * found.grad, differences(total, numbers[i]), rtol=1e-7, atol=1e-7
            )


def test_dpo_without_reference():
    found = lg.dpo([0.0, 3.0], [0.0, 1.0], beta=1)
    np.testing.assert_allclose(found.loss, [np.log(2), np.log1p(np.exp(-2))], rtol=1e-15)
    np.testing.assert_allclose(found.margin, [0, 2])
    with pytest.raises(ValueError, match="LGT_E_NULL"):
        lg.dpo([0.0], [0.0], [0.0])
    with pytest.raises(ValueError, match="LGT_E_OPTION"):
        lg.dpo([0.0], [0.0], form="ipo", label_smoothing=0.1)
    with pytest.raises(ValueError, match="form"):
        lg.dpo([0.0], [0.0], form="kto")
    with pytest.raises(ValueError, match="LGT_E_SHAPE"):
        lg.dpo([0.0, 1.0], [0.0])


def test_small_losses_are_as_good_as_large_ones():
    found = lg.dpo([500.0, -5000.0], [0.0, 0.0], beta=1)
    np.testing.assert_allclose(found.loss, [np.exp(-500), 5000], rtol=1e-13)
    np.testing.assert_allclose(found.grad, [-np.exp(-500), -1], rtol=1e-13)


@pytest.mark.parametrize("dtype", ["f8", "f4"])
@pytest.mark.parametrize("n", [1, 15, 16, 17, 255, 256, 257, 1000])
def test_pairwise_reward(dtype, n, rng):
    w, l, m = (rng.normal(size=(3, n)) * 3).astype(dtype)
    weights = rng.uniform(0, 2, n).astype(dtype)
    h = w.astype(float) - l - m
    found = lg.pairwise_reward(w, l, m, weights, reduction="mean")
    np.testing.assert_allclose(found.loss, -special.log_expit(h), rtol=1e-13)
    grad = -weights / weights.astype(float).sum() * special.expit(-h)
    np.testing.assert_allclose(found.grad, grad, rtol=1e-13 if dtype == "f8" else 1e-7)
    plain = lg.pairwise_reward(w, l)
    np.testing.assert_allclose(plain.loss, np.logaddexp(0, l.astype(float) - w), rtol=1e-13)


def test_order_of_pairs_does_not_matter(rng):
    w, l = rng.normal(size=(2, 1000)) * 10
    turn = rng.permutation(1000)
    assert lg.pairwise_reward(w, l).total == lg.pairwise_reward(w[turn], l[turn]).total
