"""Intervals for a share against scipy, and by statsmodels' formulas."""

import numpy as np
import pytest
from scipy import stats

import logitude as lg

COUNTS = [(k, n) for n in (1, 2, 7, 40, 1000) for k in sorted({0, 1, n // 3, n // 2, n - 1, n})]
COUNTS += [(12345, 10**6), (3, 10**9), (5 * 10**8, 10**9)]


CONFIDENCES = [0.5, 0.9, 0.95, 0.999]


@pytest.mark.parametrize("confidence", CONFIDENCES)
def test_against_binomtest(confidence):
    for k, n in COUNTS:
        test = stats.binomtest(k, n)
        # scipy stops looking for its bounds when they are within 2e-12.
        for ours, theirs, atol in [("wilson", "wilson", 1e-15), ("clopper_pearson", "exact", 2e-11)]:
            want = test.proportion_ci(confidence, theirs)
            got = lg.proportion_interval(k, n, confidence, ours)
            # A low bound of scipy's is a difference of sums.
            np.testing.assert_allclose(got, (want.low, want.high), rtol=5e-8, atol=atol)


@pytest.mark.parametrize("confidence", CONFIDENCES)
def test_clopper_pearson_against_beta(confidence):
    side = (1 - confidence) / 2
    for k, n in COUNTS:
        low = stats.beta.ppf(side, k, n - k + 1) if k else 0
        high = stats.beta.isf(side, k + 1, n - k) if k < n else 1
        got = lg.proportion_interval(k, n, confidence, "clopper_pearson")
        # For 1e9 trials scipy's quantiles have 8 digits, by mpmath.
        np.testing.assert_allclose(got, (low, high), rtol=1e-11 if n < 10**9 else 3e-8)


@pytest.mark.parametrize("confidence", CONFIDENCES)
def test_the_others_by_their_formulas(confidence):
    z = stats.norm.isf((1 - confidence) / 2)
    for k, n in COUNTS:
        low, high = stats.beta(k + 0.5, n - k + 0.5).interval(confidence)
        expected = {"jeffreys": (0 if k == 0 else low, 1 if k == n else high)}
        p = k / n
        half = z * np.sqrt(p * (1 - p) / n)
        expected["normal"] = (p - half, p + half)
        more = n + z * z
        p = (k + z * z / 2) / more
        half = z * np.sqrt(p * (1 - p) / more)
        expected["agresti_coull"] = (p - half, p + half)
        for method, bounds in expected.items():
            got = lg.proportion_interval(k, n, confidence, method)
            np.testing.assert_allclose(got, np.clip(bounds, 0, 1), rtol=1e-9, atol=1e-14)


def test_weighted_counts():
    """Clopper and Pearson for counts that are not whole are quantiles of beta."""
    low, high = lg.proportion_interval(2.5, 9.25, method="clopper_pearson")
    np.testing.assert_allclose(low, stats.beta.ppf(0.025, 2.5, 7.75), rtol=1e-11)
    np.testing.assert_allclose(high, stats.beta.isf(0.025, 3.5, 6.75), rtol=1e-11)


def test_shapes():
    one = lg.proportion_interval(3, 10)
    assert isinstance(one, lg.Interval) and isinstance(one.low, float)
    many = lg.proportion_interval([[3, 0], [10, 5]], 10, method="jeffreys")
    assert many.low.shape == many.high.shape == (2, 2)
    assert (many.low[0, 0], many.high[0, 0]) == lg.proportion_interval(3, 10, method="jeffreys")
    assert lg.proportion_interval([], []).low.shape == (0,)
    assert lg.proportion_interval(0, 0) == (0, 1)


def test_refusals():
    for arguments in [(3, 2), (-1, 2), (np.nan, 2), (1, np.inf), (1, 2, 1), (1, 2, 0), (1, 2, np.nan)]:
        with pytest.raises(lg.LogitudeError) as caught:
            lg.proportion_interval(*arguments)
        assert caught.value.name == "LGT_E_VALUE"
    with pytest.raises(lg.LogitudeError):
        lg.proportion_interval(1, 2, method="exact")
