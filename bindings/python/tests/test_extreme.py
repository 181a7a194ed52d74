"""Extreme classification against the formulas of pyxclib, in numpy."""

import pickle

import numpy as np
import pytest
from scipy import sparse

import logitude as lg
from logitude import extreme

INVERSE = np.array([12.594069399804779, 6.46757902820725, 2.553563394225076, 1.3956769723972813])
SCORES = np.array([[0.9, 0.8, 0.1, 0.3], [0.2, 0.9, 0.4, 0.1]])
LABELS = sparse.csr_matrix([[1, 0, 0, 1], [0, 0, 1, 0]])


@pytest.fixture
def case(rng):
    """Scores of all labels, without ties; labels, of some rows none; propensities."""
    rows, cols = 60, 40
    labels = (rng.random((rows, cols)) < 0.1).astype(np.int64)
    labels[:5] = 0
    return rng.normal(size=(rows, cols)), labels, 1 + rng.random(cols) * 20


def by_hand(scores, labels, inverse, k):
    """Flags of the first k, of them and of the best, and discounts, as pyxclib."""
    top = np.argsort(-scores, axis=1)[:, :k]
    best = np.argsort(-(labels * inverse), axis=1)[:, :k]
    take = np.take_along_axis
    return (
        take(labels, top, 1),
        take(labels * inverse, top, 1),
        take(labels * inverse, best, 1),
        1 / np.log2(np.arange(k) + 2),
    )


def test_as_pyxclib(case):
    scores, labels, inverse = case
    k, x, y = 7, scores, sparse.csr_matrix(labels)
    hits, gains, ideal, discount = by_hand(scores, labels, inverse, k)
    near = np.testing.assert_allclose
    ranks = np.arange(k) + 1
    near(extreme.precision(x, y, k), (hits.cumsum(1) / ranks).mean(0), rtol=1e-13)
    n = labels.sum(1).clip(1)[:, None]
    near(extreme.recall(x, y, k), (hits.cumsum(1) / n).mean(0), rtol=1e-13)
    norm = np.minimum(np.cumsum(1 / np.log2(np.arange(40) + 2))[n - 1], discount.cumsum())
    near(extreme.ndcg(x, y, k), ((hits * discount).cumsum(1) / norm).mean(0), rtol=1e-13)
    ratio = gains.cumsum(1).mean(0) / ideal.cumsum(1).mean(0)
    near(extreme.psprecision(x, y, inverse, k), ratio, rtol=1e-13)
    ratio = (gains.cumsum(1) / n).mean(0) / (ideal.cumsum(1) / n).mean(0)
    near(extreme.psrecall(x, y, inverse, k), ratio, rtol=1e-13)
    dcg = ((gains * discount).cumsum(1) / norm).mean(0)
    best = ((ideal * discount).cumsum(1) / norm).mean(0)
    near(extreme.psndcg(x, y, inverse, k), dcg / best, rtol=1e-13)
    plain = lg.xmc_metrics(x, y, k, inverse)
    dcg, best = ((g * discount).cumsum(1).sum(0) for g in (gains, ideal))
    near(plain.psndcg, dcg / best, rtol=1e-13)
    near(plain.precision, (hits.cumsum(1) / ranks)[labels.any(1)].mean(0), rtol=1e-13)
    assert (plain.empty_rows == (~labels.any(1)).sum()).all()


def test_worked_example():
    got = lg.xmc_metrics(SCORES, LABELS, 2, INVERSE)
    assert got.precision.tolist() == [0.5, 0.5] and got.recall[1] == 0.75
    wanted = {"ndcg": 0.622038473168458, "psp": 0.9156349610747387, "psndcg": 0.8862618627101497}
    for name, value in wanted.items():
        assert getattr(got, name)[1] == pytest.approx(value, rel=1e-13)
    assert got.psndcg_normalized[1] == pytest.approx(0.8629, abs=5e-5)
    assert got.psndcg_mean[1] == pytest.approx(0.7828, abs=5e-5)
    weights = lg.inverse_propensity([1, 10, 100, 1000], 294805, 0.6, 2.6)
    np.testing.assert_allclose(weights, INVERSE, rtol=1e-13)


def test_every_form_of_the_same(case):
    scores, labels, inverse = case
    y = sparse.csr_matrix(labels)
    want = lg.XMC(5, propensities=True).update(scores, labels, inverse).to_bytes()
    top = np.argsort(-scores, axis=1)[:, :9]
    lists = [np.flatnonzero(row)[::-1].tolist() for row in labels]
    shuffled = y.copy()
    for start, end in zip(y.indptr, y.indptr[1:]):
        shuffled.indices[start:end] = y.indices[start:end][::-1]
    shuffled.has_sorted_indices = shuffled.has_canonical_format = False
    with_zeros = sparse.csr_matrix(
        (np.r_[y.data, 0], np.r_[y.indices, 3], np.r_[y.indptr[:-1], y.nnz + 1]), y.shape
    )
    with_zeros.has_canonical_format = False
    before = shuffled.indices.copy()
    for predicted in (scores, sparse.csr_matrix(scores), sparse.coo_matrix(scores), top):
        for truth in (y, labels, lists, (y.indptr, y.indices), y.tocsc(), shuffled, with_zeros):
            if truth is with_zeros and (labels[-1, 3] or not labels.any()):
                continue
            state = lg.XMC(5, propensities=True).update(predicted, truth, inverse, cols=40)
            assert state.to_bytes() == want
    assert (shuffled.indices == before).all()
    for dtype in (np.int8, np.uint16, np.int64):
        state = lg.XMC(5, propensities=True).update(top.astype(dtype), y, inverse)
        assert state.to_bytes() == want


def test_splits_and_pickles(case):
    scores, labels, inverse = case
    whole = lg.XMC(5, propensities=True).update(scores, labels, inverse)
    parts = [
        lg.XMC(5, propensities=True).update(scores[i::3], labels[i::3], inverse) for i in range(3)
    ]
    merged = parts[2] + parts[0] + parts[1]
    assert merged.to_bytes() == whole.to_bytes()
    again = pickle.loads(pickle.dumps(whole))
    assert again.report() == whole.report() and repr(again) == "XMC(k=5)"
    assert whole.compute() == whole.report().precision


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_ties_go_to_the_lower_label(dtype):
    scores = np.zeros((2, 5), dtype)
    scores[1, 0] = -0.0
    got = lg.xmc_metrics(scores, np.array([[0, 1, 0, 0, 0], [1, 0, 0, 0, 0]]), 7)
    assert got.hits.tolist() == [1, 2, 2, 2, 2, 2, 2]
    assert got.precision[6] == pytest.approx(1 / 7)


def test_corners():
    empty = sparse.csr_matrix((2, 4))
    with pytest.warns(lg.LogitudeWarning):
        got = lg.XMC(2).update(SCORES, empty).report()
    assert got.empty_rows == 2 and np.isnan(got.precision)
    with pytest.warns(lg.LogitudeWarning):
        got = lg.XMC(2).update(SCORES * np.nan, LABELS).report()
    assert got.nan_rows == 2 and np.isnan(got.ndcg)
    assert lg.XMC(1).update(np.array([[-1, 0], [2, 2]]), LABELS).report().hits == 1
    state = lg.XMC(2)
    before = state.to_bytes()
    for bad in (
        lambda: state.update(SCORES[:1], LABELS),
        lambda: state.update(SCORES[:, :3], LABELS),
        lambda: state.update(SCORES, LABELS, INVERSE),
        lambda: state.update(np.array([[4], [0]]), LABELS),
        lambda: state.update(SCORES, [[4], [0]]),
        lambda: state.update(SCORES, (np.array([0, 2, 1]), np.array([0, 1]))),
        lambda: state.update(SCORES, (np.array([0, 1, 3]), np.array([0, 1]))),
        lambda: state.update(SCORES, np.array([[0, 1, 2, 0], [0, 0, 0, 0]])),
        lambda: lg.XMC(2, propensities=True).update(SCORES, LABELS, -INVERSE),
        lambda: lg.XMC(2, propensities=True).update(SCORES, LABELS, INVERSE[:3]),
        lambda: lg.XMC(2, propensities=True).update(SCORES, LABELS),
        lambda: lg.XMC(0),
        lambda: lg.inverse_propensity([1], 2),
    ):
        with pytest.raises(lg.LogitudeError):
            bad()
    assert state.to_bytes() == before
    assert lg.label_counts(LABELS).tolist() == [1, 0, 1, 1]
    assert lg.label_counts([[0, 3], [3]], cols=4).tolist() == [1, 0, 0, 2]
    with_model = extreme.compute_inv_propensity(sparse.vstack([LABELS] * 5), 0.55, 1.5)
    c = (np.log(10) - 1) * 2.5**0.55
    np.testing.assert_allclose(with_model, 1 + c * (np.array([5, 0, 5, 5]) + 1.5) ** -0.55)
