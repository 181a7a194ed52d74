"""Losses of what is to be among the first, against definitions and differences."""

import numpy as np
import pytest
from gradients import check_loss
from scipy import special

import logitude as lg

inf = np.inf


@pytest.mark.parametrize("dtype", ["f8", "f4", "f2"])
@pytest.mark.parametrize("cols", [2, 15, 16, 17, 255, 256, 257, 700])
def test_soft_topk_loss(cols, dtype, rng):
    x = (rng.normal(size=(6, cols)) * 4).astype(dtype)
    flags, weights = rng.uniform(size=x.shape) < 0.3, rng.integers(0, 3, 6).astype("f4")
    k = rng.uniform(0.5, cols - 0.5)
    logs = lg.soft_topk(x.astype("f8"), k, 1.5, log=True)
    truth = -np.where(flags, logs, 0).sum(1) / np.maximum(flags.sum(1), 1)
    found = lg.soft_topk_loss(x, flags, weights, k=k, alpha=1.5)
    np.testing.assert_allclose(found.loss, np.where(weights > 0, truth, 0), rtol=1e-12, atol=1e-14)
    assert found.total == pytest.approx(weights @ truth, rel=1e-12)
    whole = lg.soft_topk_loss(x, flags.astype("i8"), weights, k=k, alpha=1.5)
    np.testing.assert_array_equal(whole.grad, found.grad)


def test_soft_topk_loss_gradient(rng):
    for _ in range(100):
        x, k, alpha = rng.normal(size=(3, 5)) * 2, rng.uniform(0.3, 4.7), rng.uniform(0.5, 3)
        flags = rng.uniform(size=x.shape) < 0.4
        check_loss(
            lg.soft_topk_loss, x, relevant=flags, k=k, alpha=alpha,
            weights=rng.uniform(0.1, 2, 3), tol=1e-7,
        )  # fmt: skip


def test_soft_topk_loss_corners():
    x = [[0.0, -inf, 1.0], [0, 1, 2], [np.nan, 0, 0]]
    found = lg.soft_topk_loss(x, [[0, 1, 0], [0, 0, 0], [1, 0, 0]], k=1.5)
    assert found.loss[0] == inf and found.loss[1] == 0 and np.isnan(found.loss[2])
    np.testing.assert_array_equal(found.grad[1], 0)
    assert found.grad[0, 1] == 0
    mean = lg.soft_topk_loss(x[1:2] * 2, [[0, 0, 0], [1, 0, 0]], k=1, reduction="mean")
    p = special.expit(2 * (np.array(x[1]) + lg.soft_topk(x[1], 1, return_t=True)[1]))
    assert mean.total == pytest.approx(-np.log(p[0]) / 2, rel=1e-13)
    with pytest.raises(lg.LogitudeError, match="LGT_E_LABEL"):
        lg.soft_topk_loss([[0.0, 1.0]], [[0, 2]], k=1)
    with pytest.raises(lg.LogitudeError, match="LGT_E_VALUE"):
        lg.soft_topk_loss([[0.0, 1.0]], [[0, 1]], k=2)
    with pytest.raises(lg.LogitudeError, match="LGT_E_SHAPE"):
        lg.soft_topk_loss([[0.0, 1.0]], [0, 1], k=1)
