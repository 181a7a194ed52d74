"""Measures of ranking, against definitions in numpy and scikit-learn's numbers."""

import pickle

import logitude as lg
import numpy as np
import pytest

metrics = pytest.importorskip("sklearn.metrics")


def data(queries=40, documents=30, levels=8, seed=0):
    rng = np.random.default_rng(seed)
    return rng.integers(0, levels, (queries, documents)) / 2, rng.integers(0, 4, (queries, documents))


@pytest.mark.parametrize("k", [None, 1, 5, 30, 50])
@pytest.mark.parametrize("dtype", ["f4", "f8", "f2"])
def test_gains_are_scikit_learns(k, dtype):
    x, y = data()
    x = x.astype(dtype)
    for grades in y, y.astype("f4"), y.astype("f8"), y.astype("i1"), y > 1:
        assert lg.ndcg_score(grades, x, k=k) == pytest.approx(
            metrics.ndcg_score(grades.astype(int), x, k=k), rel=1e-12
        )
        assert lg.dcg_score(grades, x, k=k) == pytest.approx(
            metrics.dcg_score(grades.astype(int), x, k=k), rel=1e-12
        )


def test_queries_without_relevant_documents():
    x, y = data()
    y[::3] = 0
    assert lg.ndcg_score(y, y) == 1
    assert lg.ndcg_score(y, y, empty=0) == pytest.approx(metrics.ndcg_score(y, y))
    report = lg.Ranking("ndcg").update(y, y).report()[0]
    assert (report.queries, report.empty_queries, report.weight) == (40, 14, 26)
    with pytest.warns(lg.LogitudeWarning):
        assert np.isnan(lg.ndcg_score(y[:1], y[:1]))


def test_binary_measures_by_their_definitions():
    rng = np.random.default_rng(1)
    x, y = rng.random((20, 25)), rng.random((20, 25)) < 0.3
    y[:, 0] = True
    ranked = np.take_along_axis(y, np.argsort(-x, axis=1), axis=1)
    hits, found = ranked.cumsum(axis=1), y.sum(axis=1)
    k, ranks = 5, np.arange(1, 26)
    expected = {
        "precision@5": hits[:, k - 1] / k,
        "recall@5": hits[:, k - 1] / found,
        "f1@5": 2 * hits[:, k - 1] / (k + found),
        "success@5": hits[:, k - 1] > 0,
        "fall_out@5": (k - hits[:, k - 1]) / (25 - found),
        "map": (hits / ranks * ranked).sum(axis=1) / found,
        "mrr": 1 / (ranked.argmax(axis=1) + 1),
        "r-precision": [h[f - 1] / f for h, f in zip(hits, found)],
    }
    values = lg.Ranking(expected).each(x, y)
    for value, name in zip(values.T, expected):
        assert value == pytest.approx(np.asarray(expected[name], float), rel=1e-12), name
    assert lg.mean_average_precision(y, x) == pytest.approx(expected["map"].mean())
    assert lg.precision_at_k(y, x, 5) == pytest.approx(expected["precision@5"].mean())
    assert lg.recall_at_k.__name__ == "recall_at_k" and "relevant" in lg.recall_at_k.__doc__


def test_a_constant_scorer_is_not_perfect():
    y = np.eye(4)
    assert lg.mean_reciprocal_rank(y, np.zeros((4, 4))) == pytest.approx(25 / 48)
    assert lg.mean_reciprocal_rank(y, np.zeros((4, 4)), ties="pessimistic") == 0.25
    assert lg.mean_reciprocal_rank(y, np.zeros((4, 4)), ties="stable") == pytest.approx(25 / 48)
    assert lg.hit_rate_at_k(y, np.zeros((4, 4)), 1) == 0.25


def test_pieces_and_parts():
    x, y = data()
    lengths = np.random.default_rng(2).integers(0, 31, 40)
    offsets = np.concatenate([[0], lengths.cumsum()])
    flat = [np.concatenate([a[:n] for a, n in zip(array, lengths)]) for array in (x, y)]
    whole = lg.Ranking(["ndcg@5", "map"]).update(*flat, offsets=offsets)
    parts = lg.Ranking(["ndcg@5", "map"])
    for a, b, n in zip(x, y, lengths):
        parts += lg.Ranking(["ndcg@5", "map"]).update(a[:n], b[:n])
    assert whole.to_bytes() == parts.to_bytes()
    assert pickle.loads(pickle.dumps(whole)).report() == whole.report()
    with pytest.raises(lg.LogitudeError):
        whole.merge(lg.Ranking(["ndcg@5", "mrr"]))


def test_what_is_refused():
    x, y = data(3, 4)
    for bad in ["ndcg@", "ndcg@x", "score", ["ndcg"] * 9, []]:
        with pytest.raises(lg.LogitudeError):
            lg.Ranking(bad)
    for options in [{"ties": "none"}, {"empty": 2}, {"above": -1}, {"persistence": 1}]:
        with pytest.raises(lg.LogitudeError):
            lg.Ranking("ndcg", **options)
    with pytest.raises(lg.LogitudeError):
        lg.Ranking("ndcg").update(x, y[:, :2])
    for offsets in [[0, 5, 3], [0, 13], []]:
        with pytest.raises(lg.LogitudeError):
            lg.Ranking("ndcg").update(x.ravel(), y.ravel(), offsets=offsets)
    with pytest.raises(lg.LogitudeError):
        lg.Ranking("err").update(x, y + 4)
    with pytest.raises(lg.LogitudeError):
        lg.precision_at_k(y, x, 0)
