"""Divergences, distillation and preferences: losses by torch, gradients by its autograd."""

from __future__ import annotations

from .entry import Entry

ROWS = "random, wide"
# The teacher is the same logits, one row on.
OURS, THEIRS = "np.roll(x, 1, axis=0)", "x.roll(1, 0)"


def _kl(t: str, z: str = "z") -> str:
    """A divergence of `z` from the teacher at a temperature, a row each."""
    logs = f"F.log_softmax({z} / {t}, 1), F.log_softmax({THEIRS} / {t}, 1)"
    return f"F.kl_div({logs}, reduction='none', log_target=True).sum(1)"


def _both(ours: str, theirs: str, on: str = ROWS) -> list[Entry]:
    """The loss of each row and the gradient of every tenth, where theirs is a function of `z`."""
    grad = (
        f"(lambda z: torch.autograd.grad(({theirs}).sum(), z)[0][::10])"
        "(x.double().clone().requires_grad_())"
    )
    loss = f"(lambda z: {theirs})(x.double())"
    return [
        Entry(f"{ours}.loss", loss, on, scale=1.0),
        Entry(f"{ours}.grad[::10]", grad, on, scale=1.0),
    ]


def _entropy(z: str) -> str:
    return f"-(F.softmax({z}, 1) * F.log_softmax({z}, 1)).sum(1)"


_MIDDLE = f"torch.log((F.softmax(z, 1) + F.softmax({THEIRS}, 1)) / 2)"
_JS = " + ".join(
    f"F.kl_div({_MIDDLE}, F.log_softmax({of}, 1), reduction='none', log_target=True).sum(1) / 2"
    for of in ("z", THEIRS)
)


def _others(of: str, t: float) -> str:
    """Logarithms of the shares of the classes that are not the label."""
    hole = "F.one_hot(y, x.shape[1]).bool()"
    return f"F.log_softmax(({of})[~{hole}].reshape(len(y), -1) / {t}, 1)"


def _own(of: str, t: float) -> str:
    return f"torch.gather(F.softmax(({of}) / {t}, 1), 1, y[:, None])[:, 0]"


def _nkd(t: float) -> str:
    rest = f"({_others(THEIRS, t)}.exp() * {_others('z', t)}).sum(1)"
    return f"-{_own(THEIRS, 1)} * torch.log({_own('z', 1)}) - 1.5 * {t} ** 2 * {rest}"


def _dkd(t: float) -> str:
    two = f"torch.stack([{_own('{}', t)}, 1 - {_own('{}', t)}], 1)"
    target = (
        f"F.kl_div(torch.log({two.format('z', 'z')}), {two.format(THEIRS, THEIRS)}, "
        "reduction='none').sum(1)"
    )
    rest = (
        f"F.kl_div({_others('z', t)}, {_others(THEIRS, t)}, reduction='none', "
        "log_target=True).sum(1)"
    )
    return f"{t} ** 2 * ({target} + 6 * {rest})"


FAMILIES = {
    "Divergences, with their gradients": [
        *_both(f"lg.kl_div(x, {OURS}, target_type='logits', temperature=2)", _kl("2")),
        *_both(
            "lg.kl_div(x, np.roll(p, 1, axis=0))",
            "F.kl_div(F.log_softmax(z, 1), p.roll(1, 0), reduction='none').sum(1)",
        ),
        *_both(f"lg.js_div(x, {OURS})", _JS),
        *_both("lg.entropy(x, temperature=2)", _entropy("z / 2")),
        *_both("lg.renyi_entropy(x, 2)", "-torch.log((F.softmax(z, 1) ** 2).sum(1))"),
    ],
    "Distillation, with its gradients": [
        *_both(f"lg.kd(x, {OURS}, temperature=4)", f"16 * {_kl('4')}"),
        *_both(f"lg.nkd(x, {OURS}, y, temperature=2)", _nkd(2)),
        *_both(f"lg.dkd(x, {OURS}, y, beta=6, temperature=4)", _dkd(4)),
    ],
    "Preferences": [
        Entry(
            "lg.dpo(x[:, 0], x[:, 1], x[:, 2], x[:, 3], beta=0.3, label_smoothing=0.1).loss",
            "(lambda z: -0.9 * F.logsigmoid(z) - 0.1 * F.logsigmoid(-z))"
            "(0.3 * (x[:, 0] - x[:, 1] - x[:, 2] + x[:, 3]))",
            ROWS,
        ),
        Entry(
            "lg.pairwise_reward(x[:, 0], x[:, 1]).loss",
            "-F.logsigmoid(x[:, 0] - x[:, 1])",
            ROWS,
        ),
    ],
}
