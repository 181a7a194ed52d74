"""AUROC with DeLong's variance and tests of two samples, against definitions and scipy."""

import itertools

import logitude as lg
import numpy as np
import pytest

stats = pytest.importorskip("scipy.stats")


def components(scores, labels):
    positives, negatives = scores[labels == 1], scores[labels == 0]
    worth = (positives[:, None] > negatives) + 0.5 * (positives[:, None] == negatives)
    return worth.mean(axis=1), worth.mean(axis=0)


def covariance(a, b):
    return sum(np.cov(x, y)[0, 1] / len(x) for x, y in zip(a, b))


@pytest.mark.parametrize("n", [4, 5, 50, 400])
@pytest.mark.parametrize("digits", [15, 0])
def test_delong(rng, n, digits):
    first, second = np.round(rng.normal(size=(2, n)), digits)
    labels = np.r_[1, 1, 0, 0, rng.integers(0, 2, n - 4)]
    a, b = components(first, labels), components(second, labels)
    report = lg.delong(first, labels, confidence=0.9)
    assert report.auroc == pytest.approx(a[0].mean(), rel=1e-14)
    assert report.variance == pytest.approx(covariance(a, a), rel=1e-12, abs=1e-30)
    half = stats.norm.ppf(0.95) * report.std_error
    assert report.high == pytest.approx(min(report.auroc + half, 1), rel=1e-12)
    with np.errstate(all="ignore"):
        both = lg.delong_test(first, second, labels)
    assert both.difference == pytest.approx(a[0].mean() - b[0].mean(), abs=1e-15)
    assert both.covariance == pytest.approx(covariance(a, b), abs=1e-14)
    variance = covariance(a, a) + covariance(b, b) - 2 * covariance(a, b)
    assert both.std_error == pytest.approx(np.sqrt(variance), abs=1e-12)
    if both.std_error > 0:
        assert both.z == pytest.approx(both.difference / both.std_error)
        assert both.p == pytest.approx(2 * stats.norm.sf(abs(both.z)), rel=1e-12)


def test_delong_by_hand():
    report = lg.delong([3, 2, 2, 1], [1, 1, 0, 0])
    assert (report.auroc, report.variance) == (0.875, 0.03125)
    # Both orders of scores and of numbers are one.
    assert lg.delong([1, 2, 2, 3], [0, 0, 1, 1]) == report
    with pytest.warns(lg.LogitudeWarning):
        assert np.isnan(lg.delong([1, 2], [1, 1]).auroc)
    with pytest.warns(lg.LogitudeWarning):
        assert np.isnan(lg.delong_test([1, 2, 3, 4], [1, 2, 3, 5], [0, 1, 0, 1]).p)


@pytest.mark.parametrize("sizes", [(1, 1), (3, 5), (8, 40), (30, 25), (200, 120)])
@pytest.mark.parametrize("alternative", ["two-sided", "less", "greater"])
@pytest.mark.parametrize("digits", [15, 0])
def test_mannwhitneyu(rng, sizes, alternative, digits):
    x, y = (np.round(rng.normal(size=n), digits) for n in sizes)
    for method, continuity in itertools.product(("auto", "asymptotic"), (True, False)):
        theirs = stats.mannwhitneyu(x, y, continuity, alternative, method=method)
        ours = lg.mannwhitneyu(x, y, continuity, alternative, method=method)
        assert ours.u == theirs.statistic
        assert ours.p == pytest.approx(theirs.pvalue, rel=1e-12)
    if digits and sizes != (200, 120):
        theirs = stats.mannwhitneyu(x, y, alternative=alternative, method="exact")
        ours = lg.mannwhitneyu(x, y, alternative=alternative, method="exact")
        assert ours.exact_p == pytest.approx(theirs.pvalue, rel=1e-12)
    assert ours.effect == ours.u / (x.size * y.size)


@pytest.mark.parametrize("sizes", [(1, 1), (3, 5), (8, 40), (30, 25), (200, 120)])
@pytest.mark.parametrize("alternative", ["two-sided", "less", "greater"])
def test_ks_2samp(rng, sizes, alternative):
    x, y = (rng.normal(size=n) for n in sizes)
    theirs = stats.ks_2samp(x, y, alternative, method="exact")
    ours = lg.ks_2samp(x, y, alternative)
    assert ours.statistic == pytest.approx(theirs.statistic, rel=1e-15)
    assert (ours.location, ours.sign) == (theirs.statistic_location, theirs.statistic_sign)
    assert ours.p == pytest.approx(theirs.pvalue, rel=1e-10)
    if alternative == "two-sided":
        limit = stats.kstwobign.sf(ours.statistic * np.sqrt(x.size * y.size / (x.size + y.size)))
    else:
        limit = stats.ks_2samp(x, y, alternative, method="asymp").pvalue
    assert lg.ks_2samp(x, y, alternative, "asymptotic").p == pytest.approx(limit, rel=1e-10)


def test_ks_2samp_with_ties():
    x, y = np.array([1, 1, 2, 3]), np.array([1, 2, 2, 4, 5])
    ours, both = lg.ks_2samp(x, y), np.r_[x, y]

    def statistic(chosen):
        mask = np.isin(np.arange(9), chosen)
        up_to = [(part[:, None] <= both).mean(axis=0) for part in (both[mask], both[~mask])]
        return np.abs(up_to[0] - up_to[1]).max()

    orders = [statistic(chosen) for chosen in itertools.combinations(range(9), 4)]
    assert ours.p == pytest.approx(np.mean(np.array(orders) >= ours.statistic - 1e-9), rel=1e-14)


def test_types_and_refusals(rng):
    x, y = rng.normal(size=(2, 30)).astype(np.float32)
    assert lg.ks_2samp(x, y) == lg.ks_2samp(x.astype(np.float64), y)
    assert lg.mannwhitneyu(x, y[::2]).p == lg.mannwhitneyu(x.astype(np.float64), y[::2].copy()).p
    labels = np.arange(30) % 2 == 0
    assert lg.delong(x, labels) == lg.delong(x.astype(np.float64), labels.astype(np.int64))
    with pytest.raises(lg.LogitudeError, match="alternative"):
        lg.ks_2samp(x, y, "both")
    with pytest.raises(lg.LogitudeError, match="method"):
        lg.mannwhitneyu(x, y, method="guess")
    with pytest.raises(lg.LogitudeError, match="LGT_E_LABEL"):
        lg.delong(x, np.full(30, 2))
    with pytest.raises(lg.LogitudeError, match="labels"):
        lg.delong(x, labels[:-1])
    with pytest.raises(lg.LogitudeError, match="shapes"):
        lg.delong_test(x, y[:-1], labels)
    with pytest.raises(lg.LogitudeError, match="LGT_E_VALUE"):
        lg.delong(x, labels, confidence=1.0)
    with pytest.warns(lg.LogitudeWarning):
        assert np.isnan(lg.mannwhitneyu([], [1.0]).p)
