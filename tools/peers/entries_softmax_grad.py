"""Gradients of the row transforms, along either axis, as torch differentiates them."""

from __future__ import annotations

from .entry import Entry

ROWS = "random"
# What is left of larger numbers.
LEFT = {"rtol": 1e-12, "scale": 1e-3}


def _back(made: str) -> str:
    """The gradient of `(made * p).sum()` in x, with x as `t`."""
    graph = f"(lambda t: torch.autograd.grad(({made}).sum(), t)[0].numpy())"
    return f"{graph}(torch.tensor(x, requires_grad=True))"


FAMILIES = {
    "Gradients of softmax": [
        Entry(
            "lg.softmax_grad(lg.softmax(x), p)",
            _back("F.softmax(t, 1) * torch.tensor(p)"),
            ROWS,
            **LEFT,
        ),
        Entry(
            "lg.softmax_grad(lg.softmax(x, 0), p, 0)",
            _back("F.softmax(t, 0) * torch.tensor(p)"),
            ROWS,
            **LEFT,
        ),
        Entry(
            "lg.log_softmax_grad(lg.log_softmax(x), p)",
            _back("F.log_softmax(t, 1) * torch.tensor(p)"),
            ROWS,
            **LEFT,
        ),
        Entry(
            "lg.log_softmax_grad(lg.log_softmax(x, 0), p, 0)",
            _back("F.log_softmax(t, 0) * torch.tensor(p)"),
            ROWS,
            **LEFT,
        ),
        Entry(
            "lg.logsumexp_grad(x, lg.logsumexp(x), p[:, 0])",
            _back("torch.logsumexp(t, 1) * torch.tensor(p[:, 0])"),
            ROWS,
            **LEFT,
        ),
        Entry(
            "lg.softmax_grad(lg.softmax(x, soft_cap=2.0), p, x=x, soft_cap=2.0)",
            _back("F.softmax(2 * torch.tanh(t / 2), 1) * torch.tensor(p)"),
            ROWS,
            **LEFT,
        ),
        Entry(
            "lg.softmax_grad(lg.softmax(x, sink=0.5), p, sink=0.5)",
            _back(
                "F.softmax(F.pad(t, (0, 1), value=0.5), 1)[:, :-1] * torch.tensor(p)",
            ),
            ROWS,
            **LEFT,
        ),
    ],
}
