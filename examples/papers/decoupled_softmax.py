"""Decoupled softmax against InfoNCE: what each does to positives that are already right,
and how well embeddings of few dimensions remember a random relation under either.

    make paper PAPER=decoupled_softmax

N. Gupta et al., "Dual-Encoders for Extreme Multi-Label Classification" (2023).
"""

import logitude as lg
import numpy as np

QUERIES, LABELS, STEPS, TAU = 200, 150, 600, 0.05


def relation(rng):
    """Which labels belong to which query: few to most, some labels more often."""
    popularity = np.arange(1, LABELS + 1) ** -0.7
    popularity /= popularity.sum()
    flags = np.zeros((QUERIES, LABELS), np.uint8)
    for row in flags:
        count = rng.choice([1, 2, 4, 12], p=[0.3, 0.3, 0.25, 0.15])
        row[rng.choice(LABELS, count, p=popularity)] = 1
    return flags


def decoupled(scores, flags):
    """Each positive against the negatives alone."""
    return lg.decoupled_softmax(scores, flags, reduction="mean")


def coupled(scores, flags):
    """InfoNCE of several positives: each against everything else."""
    shares = flags / flags.sum(1, keepdims=True)
    return lg.cross_entropy(scores, shares, reduction="mean")


def unit(x):
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def trained(loss, flags, dims):
    """Cosines of embeddings of queries and labels, trained with Adam."""
    rng = np.random.default_rng(1)
    weights = [rng.normal(size=(n, dims)) for n in flags.shape]
    first, second = [[np.zeros_like(w) for w in weights] for _ in range(2)]
    for step in range(1, STEPS + 1):
        q, k = map(unit, weights)
        grad = loss(q @ k.T / TAU, flags).grad / TAU
        for w, u, g, m, v in zip(weights, (q, k), (grad @ k, grad.T @ q), first, second):
            # The gradient of the normalisation.
            g = (g - (g * u).sum(1, keepdims=True) * u) / np.linalg.norm(w, axis=1, keepdims=True)
            m += 0.1 * (g - m)
            v += 0.001 * (g**2 - v)
            w -= 0.03 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-9)
    q, k = map(unit, weights)
    return q @ k.T


def precision(scores, flags, k):
    best = np.argsort(-scores, axis=1)[:, :k]
    return np.take_along_axis(flags, best, 1).mean()


def main():
    scores, flags = np.array([[10.0, 0, 0, 0]]), np.array([[1, 1, 0, 0]], np.uint8)
    print("gradient on a positive that is 10 above all others, another being at 0")
    for loss in (decoupled, coupled):
        print(f"  {loss.__name__:9s} {loss(scores, flags).grad[0, 0]:+.5f}")
    flags = relation(np.random.default_rng(0))
    print(f"precision of {QUERIES} queries and {LABELS} labels after {STEPS} steps")
    print("  dims      loss     P@1    P@5")
    for dims in (4, 6, 12):
        for loss in (decoupled, coupled):
            found = trained(loss, flags, dims)
            p1, p5 = precision(found, flags, 1), precision(found, flags, 5)
            print(f"  {dims:4d} {loss.__name__:>9s}   {p1:.3f}  {p5:.3f}")


if __name__ == "__main__":
    main()
