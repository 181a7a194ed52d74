"""Label ranking and matching against their definitions and scikit-learn."""

import pickle

import numpy as np
import pytest
from scipy import sparse, stats

import logitude as lg

SCORES = [
    (lg.label_ranking_average_precision_score, "label_ranking_average_precision_score"),
    (lg.coverage_error, "coverage_error"),
    (lg.label_ranking_loss, "label_ranking_loss"),
]


@pytest.fixture(params=["normal", "few", "tied"])
def case(request, rng):
    x = {
        "normal": rng.normal(size=(80, 9)),
        "few": rng.integers(0, 4, (80, 9)) / 4,
        "tied": np.zeros((80, 9)),
    }[request.param]
    labels = (rng.random((80, 9)) < rng.random((80, 1))).astype(np.int8)
    labels[:2], labels[2:4] = 0, 1
    return x, labels, rng.random(80) * 3


def test_as_scikit_learn(case):
    metrics = pytest.importorskip("sklearn.metrics")
    x, labels, w = case
    for ours, name in SCORES:
        for weights in (None, w):
            want = getattr(metrics, name)(labels, x, sample_weight=weights)
            assert ours(labels, x, sample_weight=weights) == pytest.approx(want, rel=1e-13)


def test_as_defined(case):
    x, labels, w = case
    rank = stats.rankdata(-x, "max", axis=1)
    values = lg.label_ranking_values(labels, x)
    for r, (row, there) in enumerate(zip(rank, labels.astype(bool))):
        first = not there[np.argmax(x[r])]
        if there.any() and not there.all():
            inside = stats.rankdata(-x[r][there], "max")
            pairs = x[r][there][:, None] <= x[r][~there]
            want = (inside / row[there]).mean(), row[there].max(), pairs.mean(), first
        else:
            want = 1, 9 if there.all() else 0, 0, 0
        np.testing.assert_allclose(values[r], want, rtol=1e-14)
    report = lg.LabelRanking().update(x, labels, w).report()
    assert report.one_error == pytest.approx(np.average(values[:, 3], weights=w))
    assert (report.rows, report.none_rows, report.all_rows) == (
        80, (~labels.any(1)).sum(), labels.all(1).sum()
    )  # fmt: skip
    skipped = lg.LabelRanking(skip=True).update(x, labels).report()
    some, both = labels.any(1), labels.any(1) & ~labels.all(1)
    assert skipped.average_precision == pytest.approx(values[some, 0].mean())
    assert skipped.ranking_loss == pytest.approx(values[both, 2].mean())
    assert skipped.weight == some.sum()


def test_sparse_labels_splits_and_pickles(case):
    x, labels, w = case
    whole = lg.LabelRanking().update(x, labels, w)
    of_csr = lg.LabelRanking().update(x, sparse.csr_matrix(labels), w)
    halves = lg.LabelRanking().update(x[50:], labels[50:], w[50:])
    halves += lg.LabelRanking().update(x[:50], labels[:50], w[:50])
    assert whole.to_bytes() == of_csr.to_bytes() == halves.to_bytes()
    again = pickle.loads(pickle.dumps(whole))
    assert again.report() == whole.report() and whole.compute() > 0
    assert lg.one_error(labels, x) == lg.label_ranking_values(labels, x)[:, 3].mean()
    with pytest.raises(lg.LogitudeError):
        whole.update(x, labels[:, :3])
    with pytest.raises(lg.LogitudeError, match="neither 0 nor 1"):
        whole.update(x, labels * 2)


def test_nan_and_nothing():
    with pytest.warns(lg.LogitudeWarning):
        assert np.isnan(lg.coverage_error(np.zeros((0, 3), int), np.zeros((0, 3))))
    with pytest.warns(lg.LogitudeWarning):
        assert np.isnan(lg.label_ranking_loss([[1, 0]], [[np.nan, 1.0]]))


@pytest.mark.parametrize("ties", ["average", "first", "last"])
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_matching(rng, dtype, ties):
    x = (rng.integers(-9, 9, (70, 90)) / 4).astype(dtype)
    targets = rng.integers(0, 90, 70)
    own = x[np.arange(70), targets]
    method = {"average": "average", "first": "min", "last": "max"}[ties]
    want = stats.rankdata(-x, method, axis=1)[np.arange(70), targets]
    state = lg.Matching((1, 10, 50), ties=ties)
    ranks = state.ranks(x, targets)
    assert (ranks == want).all() and (lg.match_ranks(x, targets, ties=ties) == want).all()
    got = lg.matching_metrics(x, targets, (1, 10, 50), ties=ties)
    assert got.median_rank == np.median(want) and got.mean_rank == want.mean()
    assert got.mrr == pytest.approx((1 / want).mean(), rel=1e-14)
    assert got.recall == {k: (want <= k).mean() for k in (1, 10, 50)} == state.recall()
    assert got.mean_rank_std_error == pytest.approx(stats.sem(want))
    counts = lg.MatchingCounts(own).update(x[:, 60:]).update(x[:, :60])
    sharded = lg.Matching((1, 10, 50), ties=ties)
    assert (sharded.add(counts) == want).all() and sharded.to_bytes() == state.to_bytes()
    halves = lg.Matching((1, 10, 50), ties=ties).update(x[30:], targets[30:])
    halves += lg.Matching((1, 10, 50), ties=ties).update(x[:30], targets[:30])
    assert halves.to_bytes() == state.to_bytes()
    again = pickle.loads(pickle.dumps(state))
    assert repr(again) == f"Matching(cutoffs=[1, 10, 50], ties={ties!r})"
    assert again.compute() == got.mrr
    back = lg.match_ranks(x[:, :70].T, ties=ties)
    assert (back == np.diag(stats.rankdata(-x[:, :70].T, method, axis=1))).all()
    shifted = lg.match_ranks(x, offset=20, ties=ties)
    assert (shifted == np.diag(stats.rankdata(-x, method, axis=1)[:, 20:])).all()


def test_matching_corners():
    with pytest.warns(lg.LogitudeWarning):
        got = lg.matching_metrics(np.array([[np.nan, 1.0], [0.0, 1.0]]))
    assert got.nan_rows == 1 and np.isnan(got.recall[1]) and np.isnan(got.median_rank)
    with pytest.warns(lg.LogitudeWarning):
        assert np.isnan(lg.median_rank([]))
    tied = lg.matching_metrics(np.zeros((4, 4)))
    assert (tied.mean_rank, tied.recall[1], tied.recall[5]) == (2.5, 0, 1)
    state = lg.Matching((2,))
    for bad in (
        lambda: lg.Matching((0,)),
        lambda: lg.Matching(range(1, 10)),
        lambda: lg.Matching(ties="best"),
        lambda: state.update(np.zeros((2, 2)), [0, 2]),
        lambda: state.update(np.zeros((2, 2)), offset=1),
        lambda: state.update(np.zeros(2)),
        lambda: lg.MatchingCounts([1.0]).update(np.zeros((2, 2))),
        lambda: state.merge(lg.Matching((3,))),
    ):
        with pytest.raises(lg.LogitudeError):
            bad()
    assert state.cutoffs == [2]
