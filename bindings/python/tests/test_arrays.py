"""Which arrays are taken as they are, which are copied, and that results are the same."""

import tracemalloc

import numpy as np
import pytest
from numpy.lib.stride_tricks import as_strided

import logitude as lg
from logitude._arrays import rows
from logitude._labelled import Labelled

BASE = np.random.default_rng(2).normal(size=(6, 4, 10))

TAKEN = {
    "contiguous": (BASE, 10),
    "one row": (BASE[0, 0], 10),
    "columns": (BASE[..., 2:7], 10),
    "every second row": (BASE[0, ::2], 20),
    "whole column": (BASE[0, :, ::1], 10),
    "one row of many": (BASE[3:4, 2:3, 1:], 9),
    "one column": (BASE[0, :, 5:6], 10),
    "no rows": (BASE[:0], 10),
    "read-only": (np.frombuffer(BASE.tobytes()).reshape(-1, 10), 10),
}

COPIED = {
    "transposed": BASE[0].T,
    "reversed rows": BASE[0, ::-1],
    "reversed columns": BASE[0, :, ::-1],
    "every second column": BASE[0, :, ::2],
    "gap between blocks": BASE[:, :3],
    "broadcast rows": np.broadcast_to(BASE[0, 0], (5, 10)),
    "broadcast columns": np.broadcast_to(BASE[0, :, :1], (4, 10)),
    "overlapping rows": as_strided(BASE, (20, 10), (16, 8)),
    "fortran": np.asfortranarray(BASE),
    "unaligned": np.frombuffer(b"?" + BASE.tobytes(), np.uint8)[1:].view(np.float64).reshape(-1, 8),
    "step of half a number": as_strided(BASE, (5, 2), (20, 8)).view(np.float64),
}


def reference(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


@pytest.mark.parametrize("name", TAKEN)
def test_taken_as_it_is(name):
    x, stride = TAKEN[name]
    seen = rows(x)
    assert seen.array is x and seen.address == x.ctypes.data and seen.stride == stride
    if x.size:
        np.testing.assert_allclose(lg.softmax(x), reference(x), rtol=1e-14)


@pytest.mark.parametrize("name", COPIED)
def test_copied(name):
    x = COPIED[name]
    before = x.copy()
    assert not np.shares_memory(rows(x).array, x)
    with np.errstate(all="ignore"):
        np.testing.assert_allclose(lg.softmax(x), reference(x), rtol=1e-14)
    np.testing.assert_array_equal(x, before)


@pytest.mark.parametrize("step", [1, 2])
def test_out_is_written_without_a_temporary(step):
    x = np.zeros((1000 * step, 500))[::step]
    out = np.empty_like(x)
    lg.softmax(x, out=out)
    tracemalloc.start()
    result = lg.softmax(x, out=out)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert result is out and peak < 20_000 < x.nbytes // 100


def test_a_metric_makes_no_copy():
    probs, labels = np.full((1000, 500), 1 / 500), np.zeros(1000, np.int16)
    metric = lg.Brier()
    metric.update(probs, labels)
    tracemalloc.start()
    metric.update(probs, labels)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000


@pytest.mark.parametrize("kind", [f"{sign}{size}" for sign in "iu" for size in (1, 2, 4, 8)])
def test_labels_of_any_width_without_a_copy(kind, scored):
    logits, labels, _ = scored
    typed = labels.astype(kind)
    assert np.shares_memory(Labelled(logits, typed).labels, typed)
    assert lg.nll(logits, typed) == lg.nll(logits, labels)
    strided = np.repeat(typed, 3)[::3]
    assert lg.nll(logits, strided) == lg.nll(logits, labels)
    swapped = typed.astype(typed.dtype.newbyteorder())
    assert lg.nll(logits, swapped) == lg.nll(logits, labels)


def test_labels_as_lists_and_bools():
    logits = [[0.0, 1.0], [2.0, 0.0], [0.0, 3.0]]
    expected = lg.nll(np.array(logits), np.array([1, 0, 1]))
    assert lg.nll(logits, [1, 0, 1]) == expected
    assert lg.nll(logits, [True, False, True]) == expected


def test_leading_axes_of_labels_and_weights(scored):
    logits, labels, weights = scored
    blocks = logits.reshape(5, 100, 7), labels.reshape(5, 100), weights.reshape(5, 100)
    assert lg.nll(*blocks) == lg.nll(logits, labels, weights)
    across = [np.swapaxes(block, 0, 1) for block in blocks]
    assert lg.nll(*across) == lg.nll(logits, labels, weights)
    assert lg.nll(logits[0], labels[0]) == lg.nll(logits[:1], labels[:1])


def test_integers_and_other_byte_orders_are_converted():
    x = np.array([[1, 2, 3], [3, 3, 0]])
    expected = lg.softmax(x.astype(np.float64))
    for kind in ["i1", "u2", "i8", ">i4", ">f8", "<f8"]:
        result = lg.softmax(x.astype(kind))
        assert result.dtype == np.float64
        np.testing.assert_array_equal(result, expected)
    np.testing.assert_array_equal(lg.softmax([[1, 2, 3], [3, 3, 0]]), expected)
    assert lg.softmax(x.astype(">f4")).dtype == np.float32


@pytest.mark.parametrize("x", [["a"], [1j], [None], np.zeros(2, "M8[s]")])
def test_what_is_no_number_is_refused(x):
    with pytest.raises(TypeError):
        lg.softmax(x)


def test_random_views(rng):
    memory = rng.normal(size=(6, 5, 4, 7))
    for _ in range(300):
        cut = tuple(
            slice(*sorted(rng.integers(0, n + 1, 2)), rng.integers(1, 3)) for n in memory.shape
        )
        x = memory[cut].transpose(rng.permutation(4))
        if rng.integers(2):
            x = np.flip(x, rng.integers(4))
        if x.shape[-1] == 0:
            continue
        np.testing.assert_allclose(lg.softmax(x), reference(x), rtol=1e-14)
