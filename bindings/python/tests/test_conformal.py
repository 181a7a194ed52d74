"""Prediction sets against full sorts in numpy, and their coverage against its law."""

import ml_dtypes
import numpy as np
import pytest
from scipy import special, stats

import logitude as lg

METHODS = ["lac", "aps", "raps", "saps", "top_k", "margin"]
LAMBDA, FREE = 0.05, 2


def all_scores(x, method, u):
    """The score of every class."""
    p = special.softmax(x, axis=1)
    order = np.argsort(-x, axis=1, kind="stable")
    p = np.take_along_axis(p, order, 1)
    rank, u = np.arange(1, p.shape[1] + 1), u[:, None]
    top, mass = p[:, :1], np.cumsum(p, 1) - p + u * p
    second = p[:, 1:2] if p.shape[1] > 1 else 0 * top
    ranked = {
        "lac": 1 - p,
        "aps": mass,
        "raps": mass + LAMBDA * np.maximum(rank - FREE, 0),
        "saps": np.where(rank == 1, u * top, top + LAMBDA * (rank - 2 + u)),
        "top_k": rank + 0 * p,
        "margin": np.where(rank == 1, second - p, top - p),
    }[method]
    result = np.empty_like(p)
    np.put_along_axis(result, order, ranked, 1)
    return result


def logits(kind, cols, rng):
    x = 3 * rng.normal(size=(40, cols))
    return {"normal": x, "ties": np.round(x), "flat": 0 * x + 0.25, "peaked": 20 * x}[kind]


@pytest.mark.parametrize("random", [False, True])
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("kind", ["normal", "ties", "flat", "peaked"])
@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.float16, ml_dtypes.bfloat16])
def test_scores_and_sets(dtype, kind, method, random):
    rng = np.random.default_rng(5)
    for cols in (1, 2, 15, 16, 17, 64, 65, 130, 1000):
        x = logits(kind, cols, rng).astype(dtype)
        labels = rng.integers(0, cols, len(x))
        u = rng.uniform(size=len(x)) if random else None
        expected = all_scores(x.astype(np.float64), method, np.ones(len(x)) if u is None else u)
        found = lg.ConformalClassifier(method, 0.2, LAMBDA, FREE).fit(x, labels, u)
        scores = found.scores(x, labels, u)
        bound = 1e-13 if dtype is np.float64 else 2e-6
        np.testing.assert_allclose(
            scores, np.take_along_axis(expected, labels[:, None], 1)[:, 0], rtol=0, atol=bound
        )
        (threshold,) = found.thresholds_
        assert threshold == np.quantile(scores, 33 / 40, method="inverted_cdf")
        sets, (masks, sizes) = found.predict_set(x, u), found.predict_masks(x, u)
        near = np.abs(expected - threshold) <= (1e-11 if dtype is np.float64 else 8e-6)
        np.testing.assert_array_equal(sets | near, (expected <= threshold) | near)
        np.testing.assert_array_equal(sizes, sets.sum(1))
        assert masks.shape == (40, -(-cols // 64))
        # What made the threshold is in, to the bit.
        assert sets[np.arange(len(x)), labels][scores <= threshold].all()


@pytest.mark.parametrize("method", ["lac", "aps", "raps", "saps", "margin"])
def test_coverage_follows_its_law(method):
    """Of n exchangeable rows, coverage is beta(k, n + 1 - k) distributed, if no scores
    are equal."""
    rng = np.random.default_rng(7)
    n, new, alpha, covered = 99, 2000, 0.1, []
    for _ in range(60):
        x = 2 * rng.normal(size=(n + new, 6))
        p = special.softmax(1.5 * x, axis=1)
        labels = (p.cumsum(1) < rng.uniform(size=(n + new, 1))).sum(1)
        u = rng.uniform(size=n + new)
        found = lg.ConformalClassifier(method, alpha).fit(x[:n], labels[:n], u[:n])
        sets = found.predict_set(x[n:], u[n:])
        covered.append(sets[np.arange(new), labels[n:]].sum())
    law = stats.betabinom(new, 90, 10)
    assert stats.kstest(covered, law.cdf).pvalue > 1e-3


def test_thresholds_by_class(scored):
    x, labels, _ = scored
    cols = x.shape[1]
    found = lg.ConformalClassifier("aps", 0.1, by_class=True).fit(x, labels)
    scores = found.scores(x, labels)
    for c in range(cols):
        own = np.sort(scores[labels == c])
        k = int(np.ceil((len(own) + 1) * 0.9 - 1e-9))
        assert found.thresholds_[c] == own[k - 1] and found.counts_[c] == len(own)
    expected = all_scores(x, "aps", np.ones(len(x)))
    near = np.abs(expected - found.thresholds_) < 1e-11
    np.testing.assert_array_equal(
        found.predict_set(x) | near, (expected <= found.thresholds_) | near
    )


def test_few_rows_of_a_class():
    x, labels = np.log([[0.6, 0.4], [0.7, 0.3], [0.8, 0.2], [0.9, 0.1]]), [0, 0, 0, 1]
    with pytest.warns(lg.LogitudeWarning, match="LGT_DEGENERATE"):
        found = lg.ConformalClassifier(alpha=0.3, by_class=True).fit(x, labels)
    assert found.thresholds_[1] == np.inf and found.status_ == "LGT_DEGENERATE"
    assert found.predict_set(x)[:, 1].all()
    found = lg.ConformalClassifier(alpha=0.3, by_class=True, marginal=True).fit(x, labels)
    np.testing.assert_allclose(found.thresholds_, [0.4, 0.9])


def test_probabilities(scored):
    x, labels, _ = scored
    p = special.softmax(x, axis=1)
    for method in METHODS:
        of_logits = lg.ConformalClassifier(method).fit(x, labels)
        found = lg.ConformalClassifier(method, probabilities=True).fit(p, labels)
        np.testing.assert_allclose(found.thresholds_, of_logits.thresholds_, atol=1e-14)
        again = lg.ConformalClassifier.from_bytes(found.to_bytes())
        np.testing.assert_array_equal(again.predict_set(p), found.predict_set(p))


def test_rows_without_probabilities(scored):
    x, labels, _ = scored
    found = lg.ConformalClassifier(alpha=0.5).fit(x, labels)
    x = np.array([[np.nan, 0, 1], [np.inf, 0, np.inf], [-np.inf] * 3])
    with pytest.warns(lg.LogitudeWarning, match="LGT_UNDEFINED"):
        sets = found.predict_set(x, thresholds=[0.5, 0.5, 0.5])
    np.testing.assert_array_equal(sets, [[1, 1, 1], [1, 0, 1], [1, 1, 1]])
    with pytest.warns(lg.LogitudeWarning), pytest.raises(lg.LogitudeError, match="LGT_E_VALUE"):
        found.fit(x, [0, 0, 0])


def test_weighted_thresholds():
    rng = np.random.default_rng(3)
    scores, weights, new = rng.normal(size=50), rng.uniform(size=50), rng.uniform(size=20)
    found = lg.weighted_thresholds(scores, weights, new, 0.2)
    order = np.argsort(scores)
    for threshold, own in zip(found, new):
        share = np.cumsum(weights[order]) / (weights.sum() + own)
        assert threshold == scores[order][np.argmax(share >= 0.8)]
    with pytest.warns(lg.LogitudeWarning, match="LGT_DEGENERATE"):
        assert lg.weighted_thresholds([1.0], [1.0], [9.0], 0.2) == np.inf


def test_parameters():
    with pytest.raises(ValueError, match="method"):
        lg.ConformalClassifier("acp").scores([[0.0]], [0])
    for params in ({"alpha": 0}, {"alpha": np.nan}, {"lambda_": -1}):
        with pytest.raises(lg.LogitudeError, match="LGT_E_VALUE"):
            lg.ConformalClassifier("raps", **params).fit([[0.0]], [0])
    with pytest.raises(lg.LogitudeError, match="LGT_E_SHAPE"):
        lg.ConformalClassifier("aps").scores([[0.0]], [0], u=[0.5, 0.5])
    assert not hasattr(lg.ConformalClassifier(), "thresholds_")
