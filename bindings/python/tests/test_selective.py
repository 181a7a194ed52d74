"""The risk-coverage curve and the areas under it."""

import itertools

import logitude as lg
import numpy as np
import pytest


def area(losses):
    return np.mean(np.cumsum(losses) / np.arange(1, len(losses) + 1))


@pytest.mark.parametrize("n", [1, 2, 33, 500])
@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.float16])
def test_without_ties(rng, n, dtype):
    confidences = rng.permutation(n).astype(dtype)
    losses = rng.gamma(1, size=n).astype(dtype)
    order = np.argsort(-confidences)
    ordered = losses[order].astype(np.float64)
    report = lg.risk_coverage(confidences, losses, coverage=0.5, risk=1.0)
    assert report.aurc == pytest.approx(area(ordered), rel=1e-12)
    assert report.e_aurc == pytest.approx(area(ordered) - area(np.sort(ordered)), abs=1e-12)
    curve = lg.risk_coverage_curve(confidences, losses)
    assert np.array_equal(curve.coverages, np.arange(1, n + 1) / n)
    np.testing.assert_allclose(curve.risks, np.cumsum(ordered) / np.arange(1, n + 1), rtol=1e-13)
    assert np.array_equal(curve.thresholds, confidences[order])
    first = np.flatnonzero(curve.coverages >= 0.5)[0]
    assert report.risk_at_coverage == curve.risks[first]
    below = curve.coverages[curve.risks <= 1.0]
    assert report.coverage_at_risk == (below[-1] if below.size else 0)
    total = np.r_[0, np.cumsum(ordered)] / n
    generalised = np.sum((total[1:] + total[:-1]) / 2) / n
    assert report.augrc == pytest.approx(generalised, rel=1e-12)


def test_ties_are_all_orders():
    confidences, losses = np.array([3, 2, 2, 2, 1]), np.array([0.25, 1.0, 0.0, 0.5, 2.0])
    orders = itertools.permutations(losses[1:4])
    expected = np.mean([area([losses[0], *order, losses[4]]) for order in orders])
    assert lg.aurc(confidences, losses) == pytest.approx(expected, rel=1e-14)
    turned = lg.risk_coverage(confidences[::-1], losses[::-1])
    assert turned[:11] == lg.risk_coverage(confidences, losses)[:11]
    assert lg.risk_coverage_curve(confidences, losses).thresholds.tolist() == [3, 2, 1]


def test_truth_values(rng):
    confidences, wrong = rng.random(100).round(1), rng.random(100) < 0.3
    report = lg.risk_coverage(confidences, wrong)
    right, accuracy = ~wrong, 1 - wrong.mean()
    pairs = confidences[right][:, None], confidences[wrong]
    auroc = np.mean((pairs[0] > pairs[1]) + 0.5 * (pairs[0] == pairs[1]))
    expected = (1 - auroc) * accuracy * (1 - accuracy) + (1 - accuracy) ** 2 / 2
    assert lg.augrc(confidences, wrong) == report.augrc == pytest.approx(expected, rel=1e-12)
    assert lg.e_aurc(confidences, wrong) == report.e_aurc
    assert report.risk == wrong.mean()


def test_what_is_undefined():
    with pytest.warns(lg.LogitudeWarning):
        assert np.isnan(lg.aurc([], []))
    with pytest.warns(lg.LogitudeWarning):
        report = lg.risk_coverage([1.0, np.nan], [0.0, 1.0])
    assert report.nan_rows == 1 and np.isnan(report.aurc)
    with pytest.raises(lg.LogitudeError, match="shape"):
        lg.aurc([1.0, 2.0], [1.0])
    with pytest.raises(lg.LogitudeError, match="LGT_E_VALUE"):
        lg.risk_coverage([1.0], [1.0], coverage=1.5)
