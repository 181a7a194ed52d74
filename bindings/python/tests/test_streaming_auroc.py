"""AUROC of streams: every score kept, or counted in buckets."""

import pickle

import logitude as lg
import numpy as np
import pytest


def data(rng, n, dtype=np.float64, digits=15):
    labels = rng.integers(0, 2, n)
    return np.round(rng.normal(size=n) + labels, digits).astype(dtype), labels


def ranking(scores, labels):
    positives, negatives = scores[labels == 1], scores[labels == 0]
    auroc = np.mean((positives[:, None] > negatives) + 0.5 * (positives[:, None] == negatives))
    above = [(part[:, None] >= positives).sum(axis=0) for part in (positives, negatives)]
    return auroc, np.mean(above[0] / (above[0] + above[1]))


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.float16])
@pytest.mark.parametrize("digits", [15, 0])
def test_both(rng, dtype, digits):
    scores, labels = data(rng, 500, dtype, digits)
    auroc, precision = ranking(scores, labels)
    whole = lg.StreamingAUROC(500).update(scores, labels)
    parts = lg.StreamingAUROC(500)
    for part in np.array_split(np.arange(500), 7):
        parts += lg.StreamingAUROC(100).update(scores[part], labels[part])
    assert parts.to_bytes() == whole.to_bytes()
    report = pickle.loads(pickle.dumps(parts)).report()
    assert report.auroc == whole.compute() == pytest.approx(auroc, rel=1e-14)
    assert report.average_precision == pytest.approx(precision, rel=1e-13)
    batch = lg.delong(scores, labels)
    assert (report.variance, report.logit_low) == (batch.variance, batch.logit_low)
    with pytest.raises(lg.LogitudeError, match="LGT_E_SIZE"):
        whole.update(scores[:1], labels[:1])

    for map, of in (("scores", scores), ("probabilities", 1 / (1 + np.exp(-scores)))):
        auroc, precision = ranking(of, labels)
        binned = lg.BinnedAUROC(map, k=10).update(of[:200], labels[:200])
        binned += lg.BinnedAUROC(map, k=10).update(of[200:], labels[200:])
        assert binned.to_bytes() == lg.BinnedAUROC(map, 10).update(of, labels).to_bytes()
        report = binned.report()
        assert report.auroc_low <= auroc <= report.auroc_high
        assert report.average_precision_low - 1e-13 <= precision
        assert precision <= report.average_precision_high + 1e-13
        assert report.auroc_half_width < 0.01
        assert binned.compute() == report.auroc


def test_edges(rng):
    scores, labels = data(rng, 2000)
    edges = np.quantile(scores[:500], np.linspace(0, 1, 201)[1:-1])
    first = lg.BinnedAUROC(k=8, edges=edges).update(scores[:1000], labels[:1000])
    second = lg.BinnedAUROC(k=8, edges=edges).update(scores[1000:], labels[1000:])
    again = pickle.loads(pickle.dumps(first)).update(scores[1000:], labels[1000:])
    both = first + second
    assert both.to_bytes() == again.to_bytes()
    report = both.report()
    auroc, _ = ranking(scores, labels)
    assert report.auroc_low <= auroc <= report.auroc_high
    assert report.auroc_half_width < 0.01 and abs(report.auroc - auroc) < 1e-3
    bare = lg.BinnedAUROC.from_bytes(both.to_bytes())
    assert bare.compute() == both.compute()
    with pytest.raises(lg.LogitudeError, match="LGT_E_MISMATCH"):
        bare.update(scores, labels)
    bare.with_edges(edges).update(scores, labels)
    with pytest.raises(lg.LogitudeError, match="LGT_E_MISMATCH"):
        both.merge(lg.BinnedAUROC(k=8, edges=edges[:-1]))
    with pytest.raises(lg.LogitudeError, match="LGT_E_VALUE"):
        lg.BinnedAUROC(edges=[1.0, 0.0])


def test_fpr_at_tpr(rng):
    scores, labels = data(rng, 5000)
    low, high = lg.BinnedAUROC().update(scores, labels).fpr_at_tpr(0.95)
    positives = np.sort(scores[labels == 1])[::-1]
    threshold = positives[int(np.ceil(0.95 * positives.size - 1e-9)) - 1]
    exact = np.mean(scores[labels == 0] >= threshold)
    assert low <= exact <= high and high - low < 0.002


def test_nothing_and_refusals():
    with pytest.warns(lg.LogitudeWarning):
        assert np.isnan(lg.StreamingAUROC(3).compute())
    with pytest.warns(lg.LogitudeWarning):
        assert np.isnan(lg.BinnedAUROC().update([0.5], [1]).compute())
    with pytest.raises(lg.LogitudeError, match="map"):
        lg.BinnedAUROC("logits")
    with pytest.raises(lg.LogitudeError, match="LGT_E_VALUE"):
        lg.BinnedAUROC(k=5)
    with pytest.raises(lg.LogitudeError, match="LGT_E_VALUE"):
        lg.StreamingAUROC(0)
    assert repr(lg.BinnedAUROC("probabilities", 12)) == "BinnedAUROC('probabilities', k=12)"
    assert repr(lg.StreamingAUROC(7)) == "StreamingAUROC(capacity=7)"
    state = lg.StreamingAUROC(3).update([1.0], [1])
    assert state.reset().to_bytes() == lg.StreamingAUROC(3).to_bytes()
