"""Gradients against central differences."""

import numpy as np


def differences(f, x, step=1e-5):
    """The gradient of `f`, a number, in every entry of `x`: central differences and one
    step of Richardson's."""
    x = np.array(x, np.float64)

    def at(h):
        grad = np.empty(x.size)
        for i in range(x.size):
            up, down = x.copy(), x.copy()
            up.flat[i] += h
            down.flat[i] -= h
            grad[i] = (f(up) - f(down)) / (up.flat[i] - down.flat[i])
        return grad.reshape(x.shape)

    return (4 * at(step / 2) - at(step)) / 3


def check_loss(loss, x, tol=1e-8, **arguments):
    """The gradient of a loss at float64 rows `x` is that of its total, summed and averaged,
    and so is that of its rows."""
    for reduction in ("sum", "mean"):
        found = loss(x, reduction=reduction, **arguments)
        truth = differences(lambda z: loss(z, reduction=reduction, **arguments).total, x)
        scale = max(1.0, np.abs(truth).max())
        np.testing.assert_allclose(found.grad, truth, rtol=0, atol=tol * scale)


def check_map(apply, grad, x, rng, tol=1e-8):
    """`grad(y, dy)` is the vector-Jacobian product of `y = apply(x)` for a random `dy`."""
    x = np.array(x, np.float64)
    y = apply(x)
    dy = rng.normal(size=np.shape(y))
    truth = differences(lambda z: float((apply(z) * dy).sum()), x)
    np.testing.assert_allclose(
        grad(y, dy), truth, rtol=0, atol=tol * max(1.0, np.abs(truth).max())
    )
