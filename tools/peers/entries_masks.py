"""Softmax of masked scores."""

from __future__ import annotations

from .entry import Entry

ROWS = "random, wide, ties"
# Which entries are kept, and what is added, for both sides.
KEPT = "x[:9] > x[:9].mean()"

FAMILIES = {
    "Masked softmax": [
        Entry(
            f"lg.softmax(x[:9], mask={KEPT}, empty='zero')",
            f"torch.nan_to_num(torch.softmax(x[:9].masked_fill(~({KEPT}), -torch.inf), dim=1))",
            ROWS,
        ),
        Entry(
            "lg.softmax(x[:9], causal=True)",
            "torch.softmax(x[:9].masked_fill(torch.ones_like(x[:9]).triu(1) > 0, -torch.inf), "
            "dim=1)",
            ROWS,
        ),
        Entry("lg.softmax(x[:9], bias=x[9])", "torch.softmax(x[:9] + x[9], dim=1)", ROWS),
        Entry("lg.softmin(x[:9])", "F.softmin(x[:9], dim=1)", ROWS),
        Entry(
            "lg.logsumexp(x[:9], soft_cap=5.0)",
            "torch.logsumexp(5 * torch.tanh(x[:9] / 5), dim=1)",
            ROWS,
            scale=1.0,
        ),
        Entry(
            "lg.softmax(x[:9], sink=0)",
            "torch.softmax(F.pad(x[:9], (0, 1)), dim=1)[:, :-1]",
            ROWS,
        ),
        Entry(
            "lg.log_softmax(x[:9], columns=[1, 0])",
            "F.log_softmax(x[:9, [1, 0]], dim=1)",
            "random",
            scale=1.0,
        ),
    ]
}
