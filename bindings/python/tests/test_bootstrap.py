"""Replicates against the metrics with drawn weights, and intervals against scipy."""

import functools
import operator
import pickle

import numpy as np
import pytest
from scipy import stats

import logitude as lg

METRICS = [lg.Accuracy(2), lg.NLL(), lg.Brier(), lg.ECE(10)]


@pytest.mark.parametrize("metric", METRICS, ids=repr)
def test_replicates_are_the_metric_with_drawn_weights(metric, scored):
    logits, labels, weights = scored
    scores = logits if isinstance(metric, lg.NLL) else lg.softmax(logits)
    state = lg.Bootstrap(metric, 9, seed=2**63 + 5).update(scores, labels, 100, weights)
    plain = type(metric).from_bytes(metric.to_bytes()).update(scores, labels, weights)
    assert state.metric.to_bytes() == plain.to_bytes()
    for b in range(9):
        drawn = lg.poisson_weights(len(labels), b, first_row=100, seed=2**63 + 5)
        one = type(metric).from_bytes(metric.to_bytes()).update(scores, labels, weights * drawn)
        assert state.replicate(b).to_bytes() == one.to_bytes()
        assert state.values()[b] == one.compute()


@pytest.mark.parametrize("metric", METRICS, ids=repr)
def test_shards(metric, scored, rng):
    logits, labels, _ = scored
    scores = lg.softmax(logits)
    whole = lg.Bootstrap(metric, 11).update(scores, labels, 0)
    cuts = [0, *np.sort(rng.integers(0, len(labels), 6)), len(labels)]
    parts = [
        lg.Bootstrap(metric, 11).update(scores[a:b], labels[a:b], a) for a, b in zip(cuts, cuts[1:])
    ]
    rng.shuffle(parts)
    assert functools.reduce(operator.add, parts).to_bytes() == whole.to_bytes()
    assert pickle.loads(pickle.dumps(whole)).to_bytes() == whole.to_bytes()


def test_report(scored):
    logits, labels, _ = scored
    state = lg.Bootstrap(lg.Accuracy(), 2000, seed=3).update(logits, labels, 0)
    report, values = state.report(0.9), state.values()
    assert report.replicates == 2000 and report.undefined == 0
    assert report.value == lg.top_k_accuracy(logits, labels)
    np.testing.assert_allclose(report.mean, values.mean(), rtol=1e-13)
    np.testing.assert_allclose(report.std_error, values.std(ddof=1), rtol=1e-12)
    np.testing.assert_allclose((report.low, report.high), np.quantile(values, [0.05, 0.95]), 1e-14)
    # What theory says of a share.
    p = report.value
    np.testing.assert_allclose(report.std_error, np.sqrt(p * (1 - p) / len(labels)), rtol=0.08)


def test_nothing_seen():
    with pytest.warns(lg.LogitudeWarning):
        report = lg.Bootstrap(lg.NLL(), 5).report()
    assert report.undefined == 5 and np.isnan(report.low)


def test_poisson_weights():
    for dtype in (np.float32, np.float64):
        weights = lg.poisson_weights(200_000, 7, seed=1, dtype=dtype)
        assert weights.dtype == dtype
        counts = np.bincount(weights.astype(int), minlength=8)
        expected = stats.poisson.pmf(np.arange(7), 1)
        expected = np.append(expected, 1 - expected.sum()) * len(weights)
        observed = np.append(counts[:7], counts[7:].sum())
        assert stats.chisquare(observed, expected).pvalue > 1e-3
    np.testing.assert_array_equal(weights[500:600], lg.poisson_weights(100, 7, 500, 1))
    with pytest.raises(TypeError):
        lg.poisson_weights(3, 0, dtype=np.int64)


@pytest.mark.parametrize("confidence", [0.5, 0.9, 0.99])
@pytest.mark.parametrize("statistic", [np.mean, np.std, stats.skew], ids=["mean", "std", "skew"])
def test_intervals_against_scipy(statistic, confidence, rng):
    data = rng.gamma(2, size=60)
    arguments = {"confidence_level": confidence, "n_resamples": 999, "rng": 4}
    jackknife = [statistic(np.delete(data, i)) for i in range(len(data))]
    for method in ("percentile", "BCa"):
        theirs = stats.bootstrap((data,), statistic, method=method, **arguments)
        values = theirs.bootstrap_distribution
        if method == "percentile":
            ours = lg.percentile_interval(values, confidence)
        else:
            ours = lg.bca_interval(values, statistic(data), jackknife, confidence)
        np.testing.assert_allclose(ours, theirs.confidence_interval, rtol=1e-12)


def test_other_metrics_by_weights(scored):
    """The error of a mean by weights that any function takes."""
    data = np.random.default_rng(5).normal(size=400)
    means = [np.average(data, weights=lg.poisson_weights(400, b)) for b in range(1000)]
    np.testing.assert_allclose(np.std(means), data.std() / 20, rtol=0.1)


def test_refusals():
    with pytest.raises(TypeError):
        lg.Bootstrap(lg.ExtSum(3))
    with pytest.raises(lg.LogitudeError):
        lg.Bootstrap(lg.NLL(), 0)
    with pytest.raises(lg.LogitudeError):
        lg.Bootstrap(lg.NLL(), 5, seed=-1)
    state = lg.Bootstrap(lg.NLL(), 5)
    with pytest.raises(lg.LogitudeError):
        state.update([[0.0, 1.0]], [2], 0)
    with pytest.raises(lg.LogitudeError):
        state.replicate(5)
    with pytest.raises(lg.LogitudeError):
        state.merge(lg.Bootstrap(lg.NLL(), 5, seed=1))
    with pytest.raises(lg.LogitudeError):
        lg.percentile_interval([1.0, 2.0], 1.0)
    with pytest.raises(lg.LogitudeError):
        lg.bca_interval([[1.0, 2.0]], 1.0, [1.0])
    assert repr(lg.Bootstrap(lg.ECE(7), 5, 9)) == "Bootstrap(ECE(bins=7), replicates=5, seed=9)"
    assert repr(lg.Bootstrap(lg.NLL(), 5)) == "Bootstrap(NLL(), replicates=5, seed=0)"
