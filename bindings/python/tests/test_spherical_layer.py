"""The layer of very many outputs against gradient descent with all of them at hand."""

import pickle

import numpy as np
import pytest
from gradients import differences

import logitude as lg


def dense_step(w, h, labels, d_own, d_sum, d_squares, rate, decay=0.0):
    """What a step is, with all outputs: new weights, and gradients in the inputs."""
    outputs = h @ w.T
    g = d_sum[:, None] + 2 * outputs * d_squares[:, None]
    for i, row in enumerate(labels):
        np.add.at(g[i], row, d_own[i])
    return (1 - rate * decay) * w - rate * (g.T @ h), g @ w


def close(got, want, tol=1e-9):
    np.testing.assert_allclose(got, want, rtol=0, atol=tol * max(1, np.abs(want).max(initial=0)))


@pytest.mark.parametrize("kind", ["z", "taylor", "softmax", "squared_error"])
@pytest.mark.parametrize("targets", [1, 2, 5])
@pytest.mark.parametrize("decay", [0.0, 0.5])
def test_steps_are_those_with_all_outputs(targets, kind, decay, rng):
    classes, dims, m, rate = 50, 6, 4, 0.02
    w = rng.normal(size=(classes, dims)) * 0.3
    layer = lg.SphericalLayer(w)
    for it in range(80):
        h = rng.normal(size=(m, dims))
        # Some labels twice in a batch, or in a row.
        labels = rng.integers(0, classes if it % 2 else 3, (m, targets))
        own, total, squares = layer.forward(h, labels)
        o = h @ w.T
        close(total, o.sum(1))
        close(squares, (o * o).sum(1))
        close(own, np.take_along_axis(o, labels, 1))
        p = lg.spherical_family(
            kind, own, total[:, None], squares[:, None], classes, a=1.3, b=0.2, eps=0.1
        )
        share = 1 / (m * targets)
        d_squares = p.d_squares.sum(1) * share * (it % 3 > 0)
        slopes = p.d_own * share, p.d_sum.sum(1) * share, d_squares
        grad = layer.step(h, labels, *slopes, rate, decay)
        w, grad_all = dense_step(w, h, labels, *slopes, rate, decay)
        close(grad, grad_all)
        close(layer.weights(), w)
    assert max(layer.check()) < 1e-11
    assert layer.check(exact=False).gram is None and layer.check(exact=False).inverse < 1e-12
    close(layer.row(7), w[7])
    layer.refactor()
    close(layer.weights(), w)
    assert max(layer.check()) < 1e-14


def test_rough_steps(rng):
    """Derivatives of any size and sign, rows that repeat, more inputs than dimensions."""
    for dims, m, targets in ((1, 1, 1), (3, 7, 2), (17, 5, 3), (64, 16, 1), (5, 1, 0), (4, 0, 1)):
        w = rng.normal(size=(30, dims))
        layer = lg.SphericalLayer(w)
        for _ in range(60):
            h = rng.normal(size=(m, dims)) / np.sqrt(dims)
            labels = rng.integers(0, 30, (m, targets))
            slopes = rng.normal(size=(m, targets)), rng.normal(size=m), rng.normal(size=m) * 0.3
            grad = layer.step(h, labels, *slopes, 0.01)
            w, grad_all = dense_step(w, h, labels, *slopes, 0.01)
            close(grad, grad_all)
        close(layer.weights(), w)
        close(layer.weights(11, 4), w[11:15])


def test_drift_over_many_steps(rng):
    classes, dims, m = 300, 16, 8
    layer = lg.SphericalLayer(rng.normal(size=(classes, dims)) * 0.3)
    first, last = [], []
    readers = rng.normal(size=(classes, dims))
    for it in range(2000):
        labels = rng.integers(0, classes, m)
        h = readers[labels] + rng.normal(size=(m, dims)) * 0.3
        found = layer.update(h, labels, 0.3, a=2.0)
        (first if it < 50 else last if it >= 1950 else []).append(found.total)
    assert np.mean(last) < 0.8 * np.mean(first)
    assert max(layer.check()) < 1e-12


def test_update_gradient(rng):
    """Gradients in the inputs, and in the weights, are those of the mean loss."""
    w, h, labels = rng.normal(size=(9, 3)), rng.normal(size=(4, 3)), np.array([1, 7, 7, 0])
    mean = lambda w, h: lg.z_loss(h @ w.T, labels, a=1.5, reduction="mean").total
    layer = lg.SphericalLayer(w)
    found = layer.update(h, labels, 1e-3, a=1.5)
    assert found.total == pytest.approx(mean(w, h), rel=1e-12)
    close(found.grad, differences(lambda x: mean(w, x), h), 1e-8)
    close((w - layer.weights()) / 1e-3, differences(lambda x: mean(x, h), w), 1e-8)


def test_classes_split_over_layers(rng):
    """Sums of layers add up, and so do gradients in the inputs."""
    w, h = rng.normal(size=(12, 4)), rng.normal(size=(3, 4))
    labels = np.array([0, 6, 11])
    whole, parts = lg.SphericalLayer(w), [lg.SphericalLayer(w[:5]), lg.SphericalLayer(w[5:])]
    for _ in range(60):
        own, total, squares = whole.forward(h, labels)
        p = lg.spherical_family("z", own, total, squares, 12)
        grad = whole.step(h, labels, *p[1:], 0.05)
        here = [(labels < 5), (labels >= 5)]
        local = [np.where(here[0], labels, 0), np.where(here[1], labels - 5, 0)]
        found = [layer.forward(h, at) for layer, at in zip(parts, local)]
        close(found[0].sum + found[1].sum, total)
        close(found[0].squares + found[1].squares, squares)
        own = np.where(here[0], found[0].own, found[1].own)
        p = lg.spherical_family(
            "z", own, found[0].sum + found[1].sum, found[0].squares + found[1].squares, 12
        )
        grads = [
            layer.step(h, at, np.where(mine, p.d_own, 0), p.d_sum, p.d_squares, 0.05)
            for layer, at, mine in zip(parts, local, here)
        ]
        close(sum(grads), grad)
    close(np.concatenate([layer.weights() for layer in parts]), whole.weights())


def test_single_precision_storage(rng):
    w = rng.normal(size=(101, 5))
    layer, exact = lg.SphericalLayer(w, storage="f32"), lg.SphericalLayer(w)
    assert len(layer.to_bytes()) < len(exact.to_bytes()) and layer.storage == "f32"
    np.testing.assert_array_equal(layer.weights(), w.astype("f4"))
    for _ in range(60):
        h, labels = rng.normal(size=(4, 5)), rng.integers(0, 101, 4)
        layer.update(h, labels, 0.1)
        exact.update(h, labels, 0.1)
    close(layer.weights(), exact.weights(), 1e-5)
    assert max(layer.check()) < 1e-5
    assert max(layer.refactor().check()) < 1e-14


def test_singular_step_changes_nothing(rng):
    layer = lg.SphericalLayer(rng.normal(size=(5, 2)))
    before = layer.to_bytes()
    h = np.array([[1.0, 2.0]])
    with pytest.raises(ValueError, match="LGT_E_VALUE"):
        layer.step(h, [3], [0.3], [0.1], [1.0], 0.1)  # 2 x 0.1 x 1 x 5 = 1
    for bad in (np.nan, np.inf):
        for place in range(5):
            values = [0.3, 0.1, 1.0, 0.01, 0.0]
            values[place] = bad
            with pytest.raises(ValueError, match="LGT_E_VALUE"):
                layer.step(h, [3], [values[0]], [values[1]], [values[2]], *values[3:])
        with pytest.raises(ValueError, match="LGT_E_VALUE"):
            layer.step([[bad, 0.0]], [3], [0.3], [0.1], [1.0], 0.01)
    for decay in (-1.0, 100.0):
        with pytest.raises(ValueError, match="LGT_E_VALUE"):
            layer.step(h, [3], [0.3], [0.1], [1.0], 0.01, decay)
    with pytest.raises(ValueError, match="LGT_E_LABEL"):
        layer.step(h, [5], [0.3], [0.1], [1.0], 0.01)
    assert layer.to_bytes() == before


def test_worked_example():
    layer = lg.SphericalLayer([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [-1.0, 0.5]])
    h, label = [[1.0, 2.0]], [1]
    assert tuple(x[0] for x in layer.forward(h, label)) == (2, 6, 14)
    found = layer.update(h, label, 0.1)
    assert found.total == pytest.approx(0.49433478576379014, rel=1e-14)
    close(found.grad, [[0.1744237950197552, -0.0872118975098776]], 1e-15)
    new = [
        [0.9930230481992097, -0.013953903601580416],
        [0.02441933130276573, 1.0488386626055315],
        [0.9860460963984196, 0.9720921927968392],
        [-1.003488475900395, 0.4930230481992098],
    ]
    close(layer.weights(), new, 1e-15)


def test_bytes_and_shapes(rng):
    layer = lg.SphericalLayer(rng.normal(size=(7, 3)))
    again = pickle.loads(pickle.dumps(layer))
    np.testing.assert_array_equal(again.weights(), layer.weights())
    h, labels = rng.normal(size=(2, 3)), np.array([1, 6], np.uint8)
    np.testing.assert_array_equal(
        again.update(h, labels, 0.1).grad, layer.update(h, labels, 0.1).grad
    )
    assert again.to_bytes() == layer.to_bytes()
    assert repr(layer) == "SphericalLayer(classes=7, dims=3, storage='f64')"
    strided = rng.normal(size=(2, 8))[:, ::2][:, :3]
    close(layer.forward(strided, labels).own, (strided @ layer.weights().T)[[0, 1], [1, 6]])
    zeros = lg.SphericalLayer(classes=4, dims=2)
    assert not zeros.weights().any() and max(zeros.check()) == 0
    for data in (b"", layer.to_bytes()[:-8], b"\0" * 400, layer.to_bytes() + b"\0" * 8):
        with pytest.raises(ValueError):
            lg.SphericalLayer.from_bytes(data)
    with pytest.raises(ValueError, match="LGT_E_SHAPE"):
        layer.forward(np.ones((2, 2)), labels)
    with pytest.raises(ValueError, match="LGT_E_SHAPE"):
        layer.forward(h, [1])
    with pytest.raises(ValueError, match="LGT_E_VALUE"):
        lg.SphericalLayer(classes=0, dims=2)
    with pytest.raises(ValueError, match="LGT_E_VALUE"):
        lg.SphericalLayer(classes=2**31, dims=1000)
    with pytest.raises(ValueError, match="LGT_E_LABEL"):
        layer.row(7)
