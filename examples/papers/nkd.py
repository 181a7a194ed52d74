"""Distillation with normalised losses: that a divergence falls apart as the paper says, what its
second part asks for, and a small student taught by each loss.

    make paper PAPER=nkd

Z. Yang et al., "From Knowledge Distillation to Self-Knowledge Distillation: A Unified Approach
with Normalized Loss and Customized Soft Labels" (2023).
"""

import logitude as lg
import numpy as np


def shares(logits):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def identities(rng, classes: int, rows: int = 1000) -> None:
    """Cross-entropy and divergence of random rows, whole and in parts."""
    s, t = rng.normal(size=(2, rows, classes)) * 3
    y, each = rng.integers(0, classes, rows), np.arange(rows)
    T, S = shares(t), shares(s)
    left = [np.delete(p, y + each * classes).reshape(rows, -1).sum(1) for p in (T, S)]
    divergence = lg.kl_div(s, t, target_type="logits").loss
    entropy = lg.entropy(t).loss
    label = lg.nkd(s, t, y, gamma=0).loss  # -T_y ln S_y
    others = lg.nkd(s, t, y, gamma=1).loss - label  # -sum T^ ln S^
    parts = label + left[0] * (others - np.log(left[1]))
    tckd, nckd = (lg.dkd(s, t, y, alpha=a, beta=1 - a, temperature=1).loss for a in (1, 0))
    whole = divergence + entropy
    pairs = ((parts, whole), (tckd + left[0] * nckd, divergence))
    off = [(abs(a - b) / np.maximum(b, 1)).max() for a, b in pairs]
    print(f"{classes:9}  {off[0]:14.0e}  {off[1]:10.0e}")


def at_agreement() -> None:
    """A student that divides what is not the label's as its teacher does, but has more of it
    or less."""
    t, y = np.array([[2.0, 1.0, 0.0, -1.0]]), [0]
    T = shares(t)[0]
    print(f"The teacher's label has {T[0]:.3f}.")
    print("student's  others, as they     others among      gradient of")
    print("    label   are in KD     themselves (NCKD)      the latter")
    for own in (0.3, 0.5, T[0], 0.8, 0.95):
        s = t.copy()
        s[0, 0] = np.log(own / (1 - own)) + np.log(np.exp(t[0, 1:]).sum())
        S = shares(s)[0]
        plain = (T[1:] * np.log(T[1:] / S[1:])).sum()
        nckd = lg.dkd(s, t, y, alpha=0, beta=1, temperature=1)
        print(f"{own:9.3f}  {plain:11.3f}  {nckd.loss[0]:18.0e}  {abs(nckd.grad).max():15.0e}")


def taught(rng, loss, steps=400, rate=1.0, classes=20, dims=40, each=5):
    """The accuracy of a linear student of few examples; the teacher knows the true shares."""
    centres = rng.normal(size=(classes, dims)) * 0.45

    def draw(n):
        y = rng.integers(0, classes, n)
        x = centres[y] + rng.normal(size=(n, dims))
        return x, y, x @ centres.T - (centres**2).sum(1) / 2

    (x, y, teacher), (x_test, y_test, best) = draw(each * classes), draw(4000)
    w = np.zeros((dims, classes))
    for _ in range(steps):
        w -= rate * x.T @ loss(x @ w, teacher, y)
    return [100 * (z.argmax(1) == y_test).mean() for z in (x_test @ w, best)]


def cross_entropy(s, t, y):
    return lg.focal(s, y, gamma=0, reduction="mean").grad


def with_(loss, **more):
    def both(s, t, y):
        given = (s, t) if loss is lg.kd else (s, t, y)
        return cross_entropy(s, t, y) + loss(*given, reduction="mean", **more).grad

    return both


LOSSES = {
    "cross-entropy": cross_entropy,
    "and KD, temperature 1": with_(lg.kd, temperature=1.0),
    "and KD, temperature 4": with_(lg.kd, temperature=4.0),
    "and DKD, 1, 2, 1": with_(lg.dkd, alpha=1.0, beta=2.0, temperature=1.0),
    "and NKD, 1.5, 1": with_(lg.nkd, gamma=1.5, temperature=1.0),
    "and NKD, 1.5, 2": with_(lg.nkd, gamma=1.5, temperature=2.0),
}


def students(seeds: int = 20) -> None:
    for name, loss in LOSSES.items():
        found = np.array([taught(np.random.default_rng(seed), loss) for seed in range(seeds)])
        mean, error = found[:, 0].mean(), found[:, 0].std(ddof=1) / np.sqrt(seeds)
        print(f"{name:22}  {mean:5.1f} +- {error:.1f}")
    print(f"{'the teacher':22}  {found[:, 1].mean():5.1f}")


def main() -> None:
    rng = np.random.default_rng(0)
    print("1000 random rows: how far parts are from the whole, relative to the larger of 1")
    print("  classes   cross-entropy  divergence")
    for classes in (2, 10, 100, 1000):
        identities(rng, classes)
    print()
    at_agreement()
    print()
    print("Linear students of 100 examples of 20 classes, % right, 20 draws:")
    students()


if __name__ == "__main__":
    main()
