"""Metrics against scikit-learn and their definitions; merging, pickles, bytes."""

import copy
import functools
import operator
import pickle
from concurrent.futures import ThreadPoolExecutor

import ml_dtypes
import numpy as np
import pytest
from scipy import special
from sklearn import metrics as sk

import logitude as lg

DTYPES = [np.dtype(t) for t in (np.float64, np.float32, np.float16, ml_dtypes.bfloat16)]
EMPTY = [lg.Accuracy(3), lg.NLL(), lg.Brier(), lg.ECE(10)]


def brier_by_definition(probs, labels, weights):
    rows = ((probs - np.eye(probs.shape[1])[labels]) ** 2).sum(1)
    return np.average(rows, weights=weights)


def bins_by_definition(probs, labels, weights, bins):
    """Weight, confidence and accuracy of each bin (low, high]; edges in the type of probs."""
    edges = np.array([k / bins for k in range(1, bins + 1)], probs.dtype)
    confidence, hit = probs.max(1), probs.argmax(1) == labels
    where = np.searchsorted(edges, confidence, side="left")
    with np.errstate(invalid="ignore"):
        total = np.bincount(where, weights, bins)
        return (
            total,
            np.bincount(where, weights * confidence.astype(np.float64), bins) / total,
            np.bincount(where, weights * hit, bins) / total,
        )


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_nll_and_accuracy_against_scikit_learn(dtype, weighted, scored):
    logits, labels, weights = scored
    x, w = logits.astype(dtype), weights.astype(np.float32) if weighted else None
    exact, classes = x.astype(np.float64), np.arange(7)
    log_loss = sk.log_loss(labels, special.softmax(exact, 1), sample_weight=w, labels=classes)
    np.testing.assert_allclose(
        lg.nll(x, labels, w), log_loss, rtol=1e-6 if dtype.itemsize < 8 else 1e-13
    )
    if dtype.itemsize < 4:
        return  # 16 bits make ties, for which scikit-learn has another rule
    for k in (1, 2, 5):
        expected = sk.top_k_accuracy_score(labels, exact, k=k, sample_weight=w, labels=classes)
        np.testing.assert_allclose(lg.top_k_accuracy(x, labels, k, w), expected, rtol=1e-15)


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_brier_and_ece_by_definition(dtype, scored):
    logits, labels, weights = scored
    probs, w = lg.softmax(logits).astype(dtype), weights.astype(np.float32)
    exact, rtol = probs.astype(np.float64), 1e-6 if dtype.itemsize < 8 else 1e-13
    np.testing.assert_allclose(
        lg.brier(probs, labels, w), brier_by_definition(exact, labels, w), rtol
    )
    for bins in (1, 10, 15, 100):
        wide = probs.astype(np.float32) if dtype.itemsize == 2 else probs
        weight, confidence, accuracy = bins_by_definition(wide, labels, w.astype(np.float64), bins)
        gaps = np.nan_to_num(np.abs(accuracy - confidence))
        metric = lg.ECE(bins).update(probs, labels, w)
        np.testing.assert_allclose(metric.compute(), np.average(gaps, weights=weight), rtol=1e-12)
        np.testing.assert_allclose(metric.report().mce, gaps.max(), rtol=1e-12)
        diagram = metric.bins()
        assert diagram.dtype.names == ("rows", "weight", "low", "high", "confidence", "frequency")
        np.testing.assert_allclose(diagram["weight"], weight, rtol=1e-12)
        np.testing.assert_allclose(diagram["confidence"], confidence, rtol=1e-12)
        np.testing.assert_allclose(diagram["frequency"], accuracy, rtol=1e-12)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_confidence_at_an_edge_is_in_the_lower_bin(dtype):
    for bins in (3, 10, 15):
        edges = np.array([k / bins for k in range(1, bins + 1)], dtype)
        metric = lg.ECE(bins).update(edges[:, None], np.zeros(bins, int))
        np.testing.assert_array_equal(metric.bins()["rows"], np.ones(bins))
        above = np.nextafter(edges[:-1], dtype(2))
        metric = lg.ECE(bins).update(above[:, None], np.zeros(bins - 1, int))
        np.testing.assert_array_equal(metric.bins()["rows"], [0] + [1] * (bins - 1))
    assert lg.ECE().update([[0.0]], [0]).bins()["rows"][0] == 1


def test_ties_go_to_the_lower_index():
    scores, labels = np.zeros((4, 4)), np.arange(4)
    assert [lg.top_k_accuracy(scores, labels, k) for k in (1, 2, 3, 4, 9)] == [
        0.25,
        0.5,
        0.75,
        1,
        1,
    ]


def test_binary_brier_is_twice_that_of_scikit_learn(rng):
    p, y = rng.uniform(size=300), rng.integers(0, 2, 300)
    np.testing.assert_allclose(
        lg.brier(np.c_[1 - p, p], y), 2 * sk.brier_score_loss(y, p), rtol=1e-13
    )


def test_reports():
    report = (
        lg.NLL().update([[0.0, -np.inf], [0.0, 0.0], [1.0, 1.0]], [1, 0, 1], [1, 2, 0]).report()
    )
    assert (report.rows, report.nan_rows, report.infinite_rows, report.weight) == (2, 0, 1, 3.0)
    assert report.nll == np.inf
    report = lg.Accuracy().update([[np.nan, 1.0], [0.0, 1.0]], [1, 1]).report()
    assert report == (2, 1, 2.0, 0.5) and type(report).__name__ == "AccuracyReport"
    assert pickle.loads(pickle.dumps(report)) == report


def test_the_mean_of_nothing_is_nan_with_a_warning():
    for metric in EMPTY:
        with pytest.warns(lg.LogitudeWarning) as caught:
            assert np.isnan(metric.compute())
        assert caught[0].message.name == "LGT_UNDEFINED"
        assert caught[0].filename == __file__
    with pytest.warns(lg.LogitudeWarning, match="undefined"):
        assert np.isnan(lg.nll(np.zeros((0, 3)), []))


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("empty", EMPTY, ids=repr)
def test_any_split_and_order_gives_the_same_bytes(empty, dtype, scored, rng):
    logits, labels, weights = scored
    scores = lg.softmax(logits).astype(dtype)
    whole = copy.copy(empty).update(scores, labels, weights)
    for _ in range(5):
        order = rng.permutation(len(labels))
        cuts = np.sort(rng.integers(0, len(labels), 6))
        parts = [
            copy.copy(empty).update(scores[part], labels[part], weights[part])
            for part in np.split(order, cuts)
        ]
        rng.shuffle(parts)
        assert functools.reduce(operator.add, parts).to_bytes() == whole.to_bytes()
        total = copy.copy(empty)
        for part in parts:
            total += part
        assert total.to_bytes() == whole.to_bytes()
    halves = copy.copy(empty).update(scores[:200], labels[:200], weights[:200])
    halves.update(scores[200:], labels[200:], weights[200:])
    assert halves.to_bytes() == whole.to_bytes()


def test_adding_leaves_both_as_they_were():
    a, b = lg.Accuracy().update([[0.0, 1.0]], [1]), lg.Accuracy().update([[0.0, 1.0]], [0])
    before = a.to_bytes(), b.to_bytes()
    assert (a + b).compute() == 0.5
    assert (a + a).report().rows == 2
    assert (a.to_bytes(), b.to_bytes()) == before
    assert a.merge(b) is a and a.compute() == 0.5


def test_adding_what_is_no_metric():
    with pytest.raises(TypeError):
        lg.NLL() + 1
    with pytest.raises(TypeError):
        metric = lg.NLL()
        metric += 1


def test_workers(scored):
    logits, labels, _ = scored
    parts = np.array_split(np.arange(len(labels)), 16)
    with ThreadPoolExecutor(4) as pool:
        done = pool.map(lambda part: lg.NLL().update(logits[part], labels[part]), parts)
        together = functools.reduce(operator.add, done)
    assert together.to_bytes() == lg.NLL().update(logits, labels).to_bytes()


@pytest.mark.parametrize("empty", EMPTY, ids=repr)
def test_pickles_and_bytes(empty, scored):
    logits, labels, _ = scored
    metric = copy.deepcopy(empty).update(lg.softmax(logits), labels)
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(metric, protocol))
        assert type(again) is type(metric) and again.to_bytes() == metric.to_bytes()
        assert repr(again) == repr(metric)
    again = type(metric).from_bytes(bytearray(metric.to_bytes()))
    assert again.report() == metric.report()
    again.update(lg.softmax(logits), labels)
    assert again.report().rows == 2 * metric.report().rows
    assert again.reset() is again and again.to_bytes() == empty.to_bytes()


def test_repr():
    assert [repr(metric) for metric in EMPTY] == [
        "Accuracy(k=3)",
        "NLL()",
        "Brier()",
        "ECE(bins=10)",
    ]


def test_weights(scored):
    logits, labels, _ = scored
    twice = np.arange(len(labels)) % 3
    repeated = np.repeat(np.arange(len(labels)), twice)
    by_weight = lg.NLL().update(logits, labels, twice).report()
    by_rows = lg.NLL().update(logits[repeated], labels[repeated]).report()
    assert by_weight.nll == by_rows.nll and by_weight.weight == by_rows.weight
