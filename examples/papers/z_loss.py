"""Training a layer of very many outputs under the Z-loss: that its updates are those with all
outputs at hand, what they take, and what is learned in the same time as under softmax.

    make paper PAPER=z_loss

P. Vincent, A. de Brebisson and X. Bouthillier, "Exact gradient updates in time independent
of output size for the spherical loss family" (2016); A. de Brebisson and P. Vincent, "The
Z-loss: a shift and scale invariant classification loss belonging to the Spherical Family"
(2016).
"""

import argparse
import os
import time

# The layer has one thread, so numpy has one too.
for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

import logitude as lg  # noqa: E402
import numpy as np  # noqa: E402

DIMS, BATCH, RATE = 64, 16, 1e-3


def timed(update, repeats: int) -> float:
    """The least time of an update in milliseconds: whatever else the machine does only adds."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        update()
        times.append(time.perf_counter() - start)
    return 1e3 * min(times)


def step_with_all(w, h, g, rate):
    """A step of gradient descent with the gradient in all outputs; gradients in the inputs."""
    grad = g @ w
    w -= rate * (g.T @ h)
    return grad


def full_softmax(w, h, labels, rate=RATE):
    o = h @ w.T
    o -= o.max(axis=1, keepdims=True)
    np.exp(o, out=o)
    o /= o.sum(axis=1, keepdims=True)
    o[np.arange(len(h)), labels] -= 1
    return step_with_all(w, h, o / len(h), rate)


def full_z_loss(w, h, labels):
    found = lg.z_loss(h @ w.T, labels, reduction="mean")
    return step_with_all(w, h, found.grad, RATE)


def same(rng) -> None:
    """300 updates of both, with labels that can be learned."""
    classes = 1000
    centres = rng.normal(size=(classes, DIMS)) / np.sqrt(DIMS)
    w = rng.normal(size=(classes, DIMS)) * 0.05
    layer, apart, losses = lg.SphericalLayer(w), 0.0, []
    for _ in range(300):
        labels = rng.integers(0, classes, BATCH)
        h = centres[labels] + 0.05 * rng.normal(size=(BATCH, DIMS))
        found = layer.update(h, labels, RATE)
        losses.append(found.total)
        apart = max(apart, np.abs(found.grad - full_z_loss(w, h, labels)).max())
    weights = np.abs(layer.weights() - w).max() / np.abs(w).max()
    drift = max(layer.check())
    print(f"300 updates of {classes} classes, beside those with all outputs:")
    print(f"  gradients in the inputs differ by at most {apart:.0e}, weights by {weights:.0e}")
    print(f"  of their largest; what is kept beside the weights has drifted by {drift:.0e}")
    assert weights < 1e-9 and apart < 1e-9


def learned(rng, classes=10**5, updates=6000) -> None:
    """Inputs are the centre of their class and noise: a layer learns what it has seen."""
    centres = rng.normal(size=(classes, DIMS)) / np.sqrt(DIMS)
    start = rng.normal(size=(classes, DIMS)) * 0.05

    def draw(n):
        labels = rng.integers(0, classes, n)
        return centres[labels] + 0.3 * rng.normal(size=(n, DIMS)) / np.sqrt(DIMS), labels

    fresh, truth = draw(500)

    def report(name, count, w):
        outputs = fresh @ w.T
        own = outputs[np.arange(len(truth)), truth]
        ahead = (outputs > own[:, None]).sum(axis=1)
        shares = [100 * np.mean(ahead < k) for k in (1, 10)]
        print(f"{name:<24} {count:>7}  {shares[0]:11.1f}  {shares[1]:12.1f}")

    print(f"\n{classes} classes, as many seconds each: fresh inputs whose label is first,")
    print("or among the first ten, %")
    print(f"{'loss, learning rate':<24} {'updates':>7}  {'first':>11}  {'first ten':>12}")
    layer = lg.SphericalLayer(start)
    begin = time.perf_counter()
    for _ in range(updates):
        layer.update(*draw(BATCH), 1.0, a=0.5, b=8.0)
    seconds = time.perf_counter() - begin
    report("Z-loss a=0.5 b=8, 1", updates, layer.weights())
    del layer
    for rate in (1.0, 10.0, 100.0):
        w, count, begin = start.copy(), 0, time.perf_counter()
        while time.perf_counter() - begin < seconds:
            full_softmax(w, *draw(BATCH), rate)
            count += 1
        report(f"softmax, {rate:.0f}", count, w)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--most", type=int, default=10**6, help="the most classes (default 1e6)")
    most = parser.parse_args().most
    rng = np.random.default_rng(0)
    same(rng)
    print(f"\nAn update, ms: {DIMS} dimensions, {BATCH} inputs, double precision, one thread")
    print(f"{'classes':>9}  {'layer':>7}  {'Z-loss, all outputs':>19}  {'full softmax':>12}  ratio")
    layers, rows = {}, []
    for classes in (n for n in (10**3, 10**4, 10**5, 10**6) if n <= most):
        w = rng.normal(size=(classes, DIMS)) * 0.05
        h, labels = rng.normal(size=(BATCH, DIMS)), rng.integers(0, classes, BATCH)
        repeats = 3 if classes > 10**5 else 20
        rivals = [timed(lambda: f(w, h, labels), repeats) for f in (full_z_loss, full_softmax)]
        layers[classes] = lg.SphericalLayer(w)
        rows.append((classes, *rivals))
        del w
    # All layers in turns, so that what else the machine does is in all of them.
    times = {classes: [] for classes in layers}
    for _ in range(300):
        for classes, layer in layers.items():
            h, labels = rng.normal(size=(BATCH, DIMS)), rng.integers(0, classes, BATCH)
            times[classes].append(timed(lambda: layer.update(h, labels, RATE), 1))
    least = {classes: min(found) for classes, found in times.items()}
    for classes, z, softmax in rows:
        own = least[classes]
        print(f"{classes:>9}  {own:7.3f}  {z:19.1f}  {softmax:12.1f}  {softmax / own:.0f}")
    first, last = min(least), max(least)
    growth = least[last] / least[first]
    print(f"\nFrom {first} to {last} classes, the layer's update takes {growth:.2f} times as long.")
    del layers
    learned(rng, min(most, 10**5))


if __name__ == "__main__":
    main()
