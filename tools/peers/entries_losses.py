"""Losses with their gradients, of torch by automatic differentiation."""

from __future__ import annotations

from .entry import Entry

ROWS = "random, wide, digits"
SUM = 'reduction="sum"'
MEAN = 'reduction="mean"'


def ours(call: str) -> str:
    return f"(lambda found: (found.total, found.grad[::10]))(lg.{call})"


def torch(call: str, at: str = "x") -> str:
    """A loss of `z` and its derivative in that, at `x`: of every tenth row, since answers
    are kept."""
    return (
        "(lambda z: (lambda loss: (loss.backward(), loss.item(), z.grad[::10])[1:])"
        f"(F.{call}))({at}.clone().requires_grad_())"
    )


def pair(call: str, peer: str, **options: object) -> Entry:
    return Entry(ours(call), torch(peer), ROWS, scale=1.0, **options)  # type: ignore[arg-type]


FAMILIES = {
    "Losses with their gradients": [
        pair(f"cross_entropy(x, y, {SUM})", f"cross_entropy(z, y, {SUM})"),
        pair(f"cross_entropy(x, y, {MEAN})", f"cross_entropy(z, y, {MEAN})"),
        pair(
            f"cross_entropy(x, y, label_smoothing=0.1, {MEAN})",
            f"cross_entropy(z, y, label_smoothing=0.1, {MEAN})",
        ),
        pair(
            f"cross_entropy(x, y, class_weights=1 / np.arange(1, C + 1), {MEAN})",
            f"cross_entropy(z, y, weight=torch.tensor(1 / np.arange(1, C + 1)), {MEAN})",
        ),
        pair(
            "cross_entropy(x, y, class_weights=1 / np.arange(1, C + 1), label_smoothing=0.2, "
            f"{MEAN})",
            "cross_entropy(z, y, weight=torch.tensor(1 / np.arange(1, C + 1)), "
            f"label_smoothing=0.2, {MEAN})",
        ),
        pair(
            f"cross_entropy(x, y, ignore_index=1, {MEAN})",
            f"cross_entropy(z, y, ignore_index=1, {MEAN})",
        ),
        pair(
            f"cross_entropy(x, y, scale=0.5, {SUM})",
            f"cross_entropy(0.5 * z, y, {SUM})",
        ),
        pair(
            f"cross_entropy(x, y, lse_penalty=0.01, {SUM})",
            f"cross_entropy(z, y, {SUM}) + 0.01 * z.logsumexp(1).square().sum()",
        ),
        pair(f"cross_entropy(x, p, {MEAN})", f"cross_entropy(z, p, {MEAN})"),
        pair(
            "cross_entropy(x, p, class_weights=1 / np.arange(1, C + 1), label_smoothing=0.2, "
            f"{MEAN})",
            "cross_entropy(z, p, weight=torch.tensor(1 / np.arange(1, C + 1)), "
            f"label_smoothing=0.2, {MEAN})",
        ),
        pair(
            f"hinge(x, y, margin=1.5, {MEAN})",
            f"multi_margin_loss(z, y, margin=1.5, {MEAN})",
        ),
        pair(
            f"hinge(x, y, power=2, {MEAN})",
            f"multi_margin_loss(z, y, p=2, {MEAN})",
        ),
        Entry(
            "lg.hinge(x, y, form='max', reduction='mean').total",
            "sk.hinge_loss(y, x, labels=range(C))",
            "random, digits",
        ),
        Entry(
            "lg.pinball(x, p, 0.3, reduction='sum').total / x.size",
            "sk.mean_pinball_loss(p.ravel(), x.ravel(), alpha=0.3)",
            ROWS,
        ),
        Entry(
            ours("info_nce(x[:C], temperature=0.5, symmetric=True)"),
            torch(
                "cross_entropy(2 * z, torch.arange(C)) / 2 "
                "+ F.cross_entropy(2 * z.T, torch.arange(C)) / 2",
                "x[:C]",
            ),
            ROWS,
            scale=1.0,
        ),
    ],
}
