"""Losses of the spherical family, whose gradients torch takes by itself."""

from __future__ import annotations

from .entry import Entry

# Rows of few classes.
ROWS = "random"


def _grad(loss: str) -> str:
    """Gradients of the sum of a loss of outputs `o` and the labels' own `c`."""
    own = "o.gather(1, y[:30, None].long())[:, 0]"
    return (
        f"(lambda o: torch.autograd.grad((lambda c: {loss})({own}).sum(), o))"
        "(x[:30].double().clone().requires_grad_())"
    )


FAMILIES = {
    "Losses of the spherical family": [
        Entry(
            "lg.z_loss(x[:30], y[:30], a=2, b=0.3).grad",
            _grad("F.softplus(2 * (0.3 - (c - o.mean(1)) / o.std(1, unbiased=False))) / 2"),
            ROWS,
            scale=1.0,
        ),
        Entry(
            "lg.taylor_loss(x[:30], y[:30]).grad",
            _grad("(1 + o + o * o / 2).sum(1).log() - (1 + c + c * c / 2).log()"),
            ROWS,
            scale=1.0,
        ),
        Entry(
            "lg.spherical_loss(x[:30], y[:30], eps=0.01).grad",
            _grad("(o * o + 0.01).sum(1).log() - (c * c + 0.01).log()"),
            ROWS,
            scale=1.0,
        ),
        Entry(
            "lg.squared_error(x[:30], y[:30]).grad",
            "(lambda o: torch.autograd.grad(F.mse_loss(o, F.one_hot(y[:30].long(), o.shape[1])"
            ".double(), reduction='sum'), o))(x[:30].double().clone().requires_grad_())",
            ROWS,
            scale=1.0,
        ),
    ],
}
