"""Maps of scores and their gradients, against torch's own and what autograd makes of them."""

from __future__ import annotations

from .entry import Entry

ROWS = "random"
FROM_Y = "torch takes the gradient from what came out, of which near 1 little is missing"


def _entries(ours: str, theirs: str) -> list[Entry]:
    """A function of single entries and its gradient."""
    grad = ours.format("_grad").replace("(x", "(x, np.cos(x)")
    return [
        Entry(f"lg.{ours.format('')}", theirs, ROWS, scale=1e-12),
        Entry(f"lg.{grad}", _gradient(theirs), ROWS, scale=1e-12),
    ]


def _divided(weights: str, more: str = "") -> str:
    """By their sum."""
    return f"(lambda a: a / (torch.sum(a, -1, keepdim=True){more}))({weights})"


def _gradient(made: str) -> str:
    """Of what is made of x, times cos x."""
    return (
        "(lambda x: torch.autograd.grad((" + made + " * torch.cos(x).detach()).sum(), x)[0])"
        "(x.double().requires_grad_())"
    )


FAMILIES = {
    "Maps of scores": [
        Entry("lg.sigmoid(x)", "torch.sigmoid(x)", ROWS, scale=1e-12),
        Entry("lg.sigmoid(x[:9])", "special.expit(x[:9])", ROWS, scale=1e-12),
        Entry("lg.log_sigmoid(x[:9])", "special.log_expit(x[:9])", ROWS, scale=1e-12),
        Entry("lg.logit(p[:9])", "special.logit(p[:9])", ROWS, scale=1e-12),
        Entry(
            "lg.sigmoid_grad(x, np.cos(x))",
            _gradient("torch.sigmoid(x)"),
            ROWS,
            why=FROM_Y,
        ),
        *_entries("log_sigmoid{}(x)", "F.logsigmoid(x)"),
        *_entries("softplus{}(x)", "F.softplus(x, threshold=1e9)"),
        *_entries("taylor_softmax{}(x)", _divided("1 + x + x**2 / 2")),
        *_entries("spherical_softmax{}(x)", _divided("x**2 + 1e-4")),
        Entry(
            "lg.attention_weights(x, 'elu')",
            "F.elu(x) + 1",
            ROWS,
            why="what is added to -1 loses its last digits",
        ),
        Entry(
            "lg.attention_weights_grad(x, np.cos(x), 'elu')",
            _gradient("(F.elu(x) + 1)"),
            ROWS,
        ),
        Entry(
            "lg.attention_weights(x, 'sigmoid', normalize=True)",
            _divided("torch.sigmoid(x)", " + 1e-8"),
            ROWS,
        ),
        Entry(
            "lg.attention_weights_grad(x, np.cos(x), 'sigmoid', normalize=True)",
            _gradient(_divided("torch.sigmoid(x)", " + 1e-8")),
            ROWS,
            why=FROM_Y,
        ),
        Entry("lg.logit(p, 1e-3)", "torch.logit(p, 1e-3)", ROWS, scale=1e-12),
        Entry(
            "lg.logit_grad(p, np.cos(p), 1e-3)",
            _gradient("torch.logit(x, 1e-3)").replace("(x.double()", "(p.double()"),
            ROWS,
        ),
    ],
}
