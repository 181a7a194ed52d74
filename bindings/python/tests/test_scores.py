"""Proper scores and binary diagnostics against scikit-learn, scipy and definitions."""

import copy
import functools
import operator
import pickle

import ml_dtypes
import numpy as np
import pytest
from scipy import special, stats
from sklearn import metrics as sk
from sklearn.calibration import calibration_curve
from sklearn.linear_model import LogisticRegression

import logitude as lg

DTYPES = [np.dtype(t) for t in (np.float64, np.float32, np.float16, ml_dtypes.bfloat16)]
EMPTY = [lg.LogLoss(), lg.LogLoss(1e-15, True), lg.Spherical(), lg.RPS(), lg.RPS(normalize=True)]


@pytest.fixture
def forecasts(scored):
    logits, labels, weights = scored
    return lg.softmax(logits), labels, weights.astype(np.float32)


@pytest.mark.parametrize("weighted", [False, True])
def test_log_loss_is_that_of_scikit_learn_in_f64(weighted, forecasts):
    probs, labels, w = forecasts
    probs[0], probs[1, labels[1]] = np.eye(7)[labels[0]], 0
    probs[1] /= probs[1].sum()
    w = w if weighted else None
    eps = np.finfo(np.float64).eps
    metric = lg.LogLoss(eps).update(probs, labels, w)
    expected = sk.log_loss(labels, probs, sample_weight=w, labels=np.arange(7))
    np.testing.assert_allclose(metric.compute(), expected, rtol=1e-13)
    assert metric.report().clipped_rows == 2
    with pytest.warns(UserWarning, match="sum to one"):
        unscaled = sk.log_loss(labels, probs / 2, sample_weight=w, labels=np.arange(7))
    np.testing.assert_allclose(lg.log_loss(probs / 2, labels, eps, w), unscaled, rtol=1e-13)
    np.testing.assert_allclose(
        lg.log_loss(probs / 2, labels, eps, w, renormalize=True), expected, rtol=1e-12
    )


def test_scikit_learn_hides_confident_mistakes_of_f32():
    probs = np.array([[1e-20, 1], [0.5, 0.5]], np.float32)
    exact = -np.log(probs[[0, 1], 0].astype(np.float64)).mean()
    assert sk.log_loss([0, 0], probs, labels=[0, 1]) < 9 < 23 < exact
    np.testing.assert_allclose(lg.log_loss(probs, [0, 0]), exact, rtol=1e-15)
    assert lg.log_loss(np.float32([[0, 1]]), [0]) == np.inf


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_spherical_and_rps_by_definition(dtype, forecasts):
    probs, labels, w = forecasts
    p = probs.astype(dtype)
    exact, rows = p.astype(np.float64), np.arange(len(labels))
    spherical = exact[rows, labels] / np.linalg.norm(exact, axis=1)
    np.testing.assert_allclose(
        lg.spherical_score(p, labels, w), np.average(spherical, weights=w), rtol=1e-6
    )
    # As scoringrules.rps_score has it, but for the last class.
    off = np.cumsum(exact, 1) - np.cumsum(np.eye(7)[labels], 1)
    rps = np.average((off[:, :-1] ** 2).sum(1), weights=w)
    np.testing.assert_allclose(lg.ranked_probability_score(p, labels, False, w), rps, rtol=1e-12)
    np.testing.assert_allclose(lg.ranked_probability_score(p, labels, True, w), rps / 6, rtol=1e-12)


def test_published_values():
    # The example in the documentation of scoringrules.rps_score, whose labels start at 1.
    np.testing.assert_allclose(lg.ranked_probability_score([[0.1, 0.2, 0.3, 0.4]], [2]), 0.26)
    np.testing.assert_allclose(lg.spherical_score([[0.6, 0.8]], [0]), 0.6)


def test_standard_errors(forecasts):
    probs, labels, _ = forecasts
    n, rows = len(labels), np.arange(len(labels))
    for metric, each in (
        (lg.LogLoss(), -np.log(probs[rows, labels])),
        (lg.Spherical(), probs[rows, labels] / np.linalg.norm(probs, axis=1)),
    ):
        report = metric.update(probs, labels).report()
        np.testing.assert_allclose(report.std_error, each.std(ddof=1) / np.sqrt(n), rtol=1e-9)


def test_brier_of_two_classes(rng):
    p, y = rng.uniform(size=300), rng.integers(0, 2, 300)
    both = np.c_[1 - p, p]
    half = sk.brier_score_loss(y, p)
    np.testing.assert_allclose(lg.brier(both, y), 2 * half, rtol=1e-13)
    np.testing.assert_allclose(lg.brier(both, y) / 2, sk.brier_score_loss(y, both), rtol=1e-13)
    np.testing.assert_allclose(
        lg.brier(both, y), sk.brier_score_loss(y, both, scale_by_half=False), rtol=1e-13
    )
    np.testing.assert_allclose(lg.ranked_probability_score(both, y), half, rtol=1e-13)


@pytest.mark.parametrize("empty", EMPTY, ids=repr)
def test_any_split_gives_the_same_bytes(empty, forecasts, rng):
    probs, labels, w = forecasts
    whole = copy.copy(empty).update(probs, labels, w)
    order = rng.permutation(len(labels))
    parts = [
        copy.copy(empty).update(probs[part], labels[part], w[part])
        for part in np.split(order, np.sort(rng.integers(0, len(labels), 6)))
    ]
    assert functools.reduce(operator.add, parts).to_bytes() == whole.to_bytes()
    again = pickle.loads(pickle.dumps(whole))
    assert again.report() == whole.report() and repr(again) == repr(empty)


def test_nothing_is_undefined():
    for metric in EMPTY:
        with pytest.warns(lg.LogitudeWarning):
            assert np.isnan(metric.compute())


@pytest.mark.parametrize("eps", [-1e-9, 0.5, np.nan, np.inf])
def test_eps_is_checked(eps):
    with pytest.raises(lg.LogitudeError):
        lg.LogLoss(eps)


def test_parameters_are_shown():
    assert [repr(metric) for metric in EMPTY] == [
        "LogLoss(eps=0.0, renormalize=False)",
        "LogLoss(eps=1e-15, renormalize=True)",
        "Spherical()",
        "RPS(normalize=False)",
        "RPS(normalize=True)",
    ]


@pytest.fixture
def binary(rng):
    """Forecasts of two classes that are somewhat too sure, outcomes, weights."""
    logits = rng.normal(size=2000) * 2 - 0.5
    y = (rng.uniform(size=2000) < special.expit(0.7 * logits + 0.2)).astype(int)
    return logits, y, rng.uniform(0, 3, size=2000).astype(np.float32)


def spiegelhalter_by_definition(p, y, w):
    excess = (w * (y - p) * (1 - 2 * p)).sum()
    z = excess / np.sqrt((w * (1 - 2 * p) ** 2 * p * (1 - p)).sum())
    return z, 2 * stats.norm.sf(abs(z))


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_binary_against_scikit_learn(dtype, weighted, binary):
    logits, y, w = binary
    scores = special.expit(logits).astype(dtype)
    w = w if weighted else None
    p = scores.astype(np.float64)
    report = lg.BinaryEvaluation(10).update(scores, y, w).report()
    one = {"rtol": 1e-12}
    np.testing.assert_allclose(report.log_loss, sk.log_loss(y, p, sample_weight=w), **one)
    np.testing.assert_allclose(report.brier, sk.brier_score_loss(y, p, sample_weight=w), **one)
    np.testing.assert_allclose(
        report.d2_log_loss, sk.d2_log_loss_score(y, p, sample_weight=w), rtol=1e-10
    )
    np.testing.assert_allclose(
        report.brier_skill, sk.d2_brier_score(y, p, sample_weight=w), rtol=1e-10
    )
    np.testing.assert_allclose(report.mean_probability, np.average(p, weights=w), **one)
    np.testing.assert_allclose(report.base_rate, np.average(y, weights=w), **one)
    confusion = sk.confusion_matrix(y, p > 0.5, sample_weight=w)
    ours = [
        [report.true_negatives, report.false_positives],
        [report.false_negatives, report.true_positives],
    ]
    np.testing.assert_allclose(ours, confusion, rtol=1e-6)
    each = np.ones(len(y)) if w is None else w.astype(np.float64)
    z, p_value = spiegelhalter_by_definition(p, y, each)
    np.testing.assert_allclose(report.spiegelhalter_z, z, rtol=1e-10)
    np.testing.assert_allclose(report.spiegelhalter_p, p_value, rtol=1e-8)


def test_binary_bins(binary):
    logits, y, _ = binary
    p = special.expit(logits)
    metric = lg.BinaryEvaluation(10).update(p, y)
    frequency, confidence = calibration_curve(y, p, n_bins=10)
    bins = metric.bins()
    np.testing.assert_allclose(bins["frequency"], frequency, rtol=1e-13)
    np.testing.assert_allclose(bins["confidence"], confidence, rtol=1e-13)
    gaps = np.abs(frequency - confidence)
    report = metric.report()
    np.testing.assert_allclose(report.ece, np.average(gaps, weights=bins["weight"]), rtol=1e-12)
    np.testing.assert_allclose(report.mce, gaps.max(), rtol=1e-12)
    np.testing.assert_allclose(
        report.rms, np.sqrt(np.average(gaps**2, weights=bins["weight"])), rtol=1e-12
    )


def test_predicting_as_scikit_learn_does(rng):
    x = rng.normal(size=(300, 2))
    y = (x[:, 0] + rng.normal(size=300) > 0).astype(int)
    model = LogisticRegression().fit(x, y)
    told = model.predict(x)
    for metric in (
        lg.BinaryEvaluation().update(model.predict_proba(x)[:, 1], y),
        lg.BinaryEvaluation(input="logits").update(model.decision_function(x), y),
    ):
        report = metric.report()
        assert report.true_positives + report.false_positives == told.sum()
    # A tie goes to class 0, in predict_proba's argmax as in the sign of a logit.
    report = lg.BinaryEvaluation().update([0.5], [1]).report()
    assert report.false_negatives == 1
    assert lg.BinaryEvaluation(input="logits").update([0.0], [1]).report().false_negatives == 1


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_binary_logits(dtype, binary):
    logits, y, w = binary
    x = (logits * 30).astype(dtype)
    exact = x.astype(np.float64)
    report = lg.BinaryEvaluation(input="logits").update(x, y, w).report()
    loss = np.logaddexp(0, np.where(y == 1, -exact, exact))
    np.testing.assert_allclose(report.log_loss, np.average(loss, weights=w), rtol=1e-12)
    p = special.expit(exact)
    np.testing.assert_allclose(report.brier, np.average((p - y) ** 2, weights=w), rtol=1e-12)


def test_columns_are_not_copied(binary):
    logits, y, _ = binary
    p = special.expit(logits)
    whole = lg.BinaryEvaluation().update(p, y).to_bytes()
    for scores in (np.c_[1 - p, p][:, 1], np.r_[p[::-1]][::-1], np.repeat(p, 3)[::3]):
        assert lg.BinaryEvaluation().update(scores, y).to_bytes() == whole
    for labels in (y.astype(np.uint8), y.astype(bool), y.astype(np.int16)[::1]):
        assert lg.BinaryEvaluation().update(p, labels).to_bytes() == whole
    assert lg.BinaryEvaluation().update(p, y, np.ones(len(y))).to_bytes() == whole


def test_binary_states(binary, rng):
    logits, y, w = binary
    p = special.expit(logits)
    empty = lg.BinaryEvaluation(20, 1e-9)
    whole = copy.copy(empty).update(p, y, w)
    order = rng.permutation(len(y))
    parts = [copy.copy(empty).update(p[i], y[i], w[i]) for i in np.array_split(order, 7)]
    assert functools.reduce(operator.add, parts).to_bytes() == whole.to_bytes()
    assert pickle.loads(pickle.dumps(whole)).report() == whole.report()
    assert repr(whole) == "BinaryEvaluation(bins=20, eps=1e-09, input='probabilities')"
    with pytest.warns(lg.LogitudeWarning):
        assert np.isnan(empty.compute())


@pytest.mark.parametrize(
    "name, call",
    [
        ("LGT_E_LABEL", lambda: lg.BinaryEvaluation().update([0.5], [2])),
        ("LGT_E_LABEL", lambda: lg.BinaryEvaluation().update([0.5], [-1])),
        ("LGT_E_SHAPE", lambda: lg.BinaryEvaluation().update([[0.5]], [1])),
        ("LGT_E_SHAPE", lambda: lg.BinaryEvaluation().update([0.5], [1, 0])),
        ("LGT_E_VALUE", lambda: lg.BinaryEvaluation().update([0.5], [1], [-1])),
        ("LGT_E_VALUE", lambda: lg.BinaryEvaluation(0)),
        ("LGT_E_VALUE", lambda: lg.BinaryEvaluation(eps=np.nan)),
        ("LGT_E_OPTION", lambda: lg.BinaryEvaluation(input="odds")),
        ("LGT_E_VALUE", lambda: lg.calibration_slope([0.5], [1], eps=0)),
        ("LGT_E_VALUE", lambda: lg.calibration_slope([0.5], [1], tol=np.nan)),
        ("LGT_E_VALUE", lambda: lg.calibration_slope([0.5], [1], slope_max=0.5)),
        ("LGT_E_VALUE", lambda: lg.calibration_slope([0.5], [1], max_iter=0)),
        ("LGT_E_LABEL", lambda: lg.calibration_slope([0.5], [3])),
    ],
)
def test_bad_arguments_of_two_classes(name, call):
    with pytest.raises(lg.LogitudeError) as caught:
        call()
    assert caught.value.name == name


def newton(x, y, w, fixed=False, passes=60):
    """Logistic regression by plain Newton steps; standard errors from the curvature."""
    design = np.ones((len(x), 1)) if fixed else np.c_[np.ones(len(x)), x]
    offset, beta = (x if fixed else 0.0), np.zeros(design.shape[1])
    for _ in range(passes):
        p = special.expit(offset + design @ beta)
        curvature = design.T @ (design * (w * p * (1 - p))[:, None])
        beta = beta + np.linalg.solve(curvature, design.T @ (w * (y - p)))
    return beta, np.sqrt(np.diag(np.linalg.inv(curvature)))


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_calibration_slope(dtype, weighted, binary):
    logits, y, w = binary
    x = logits.astype(dtype)
    exact, w = x.astype(np.float64), w if weighted else None
    each = np.ones(len(y)) if w is None else w.astype(np.float64)
    report = lg.calibration_slope(x, y, w, input="logits")
    assert report.status == "LGT_OK" and report.rows == (len(y) if w is None else (w > 0).sum())
    beta, errors = newton(exact, y, each)
    np.testing.assert_allclose([report.intercept, report.slope], beta, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose([report.intercept_error, report.slope_error], errors, rtol=1e-8)
    (a,), (error,) = newton(exact, y, each, fixed=True)
    np.testing.assert_allclose(report.intercept_at_one, a, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(report.intercept_at_one_error, error, rtol=1e-8)
    model = LogisticRegression(C=np.inf, tol=1e-10, max_iter=1000)
    model.fit(exact[:, None], y, sample_weight=w)
    np.testing.assert_allclose(report.slope, model.coef_[0, 0], rtol=1e-4)
    np.testing.assert_allclose(report.intercept, model.intercept_[0], rtol=1e-3, atol=1e-4)
    loss = sk.log_loss(y, special.expit(beta[0] + beta[1] * exact), sample_weight=w)
    np.testing.assert_allclose(report.nll_after, loss, rtol=1e-10)
    assert report.nll_after < report.nll_before


def test_calibration_slope_of_probabilities(binary):
    logits, y, _ = binary
    p = special.expit(logits)
    by_logits = lg.calibration_slope(logits, y, input="logits")
    report = lg.calibration_slope(p, y)
    np.testing.assert_allclose(report[6:14], by_logits[6:14], rtol=1e-9)
    report = lg.calibration_slope(np.r_[p, 0.0, 1.0], np.r_[y, 0, 1])
    assert report.clipped_rows == 2 and report.status == "LGT_OK"


@pytest.mark.parametrize("scale", [1e-8, 1.0, 1e5, 1e200])
@pytest.mark.parametrize("shift", [0.0, 1e3])
def test_calibration_slope_of_any_scale(scale, shift, binary):
    logits, y, _ = binary
    beta, errors = newton(logits, y, np.ones(len(y)))
    x = (logits + shift) * scale
    report = lg.calibration_slope(x, y, input="logits", slope_max=1e12)
    np.testing.assert_allclose(report.slope * scale, beta[1], rtol=1e-8)
    np.testing.assert_allclose(report.slope_error * scale, errors[1], rtol=1e-7)
    np.testing.assert_allclose(
        report.intercept + shift * report.slope * scale, beta[0], atol=1e-6 * (1 + shift)
    )


@pytest.mark.parametrize(
    "name, x, y",
    [
        ("LGT_DEGENERATE", [0.1, 0.2, 0.3], [1, 1, 1]),
        ("LGT_DEGENERATE", [0.1, 0.2, 0.3], [0, 0, 1]),
        ("LGT_DEGENERATE", [0.1, 0.2, 0.3], [1, 0, 0]),
        ("LGT_DEGENERATE", [0.1, 0.2, 0.2], [0, 0, 1]),
        ("LGT_DEGENERATE", [0.4, 0.4, 0.4], [0, 0, 1]),
        ("LGT_UNDEFINED", [], []),
        ("LGT_UNDEFINED", [0.1, np.nan], [0, 1]),
        ("LGT_UNDEFINED", [0.1, 1.5], [0, 1]),
    ],
)
def test_slopes_that_the_data_do_not_tell(name, x, y):
    with pytest.warns(lg.LogitudeWarning):
        report = lg.calibration_slope(x, y)
    assert report.status == name and np.isnan(report.slope_error)
    if name == "LGT_DEGENERATE":
        assert (report.intercept, report.slope) == (0, 1)
        assert report.nll_after == report.nll_before > 0
        assert np.isnan(report.intercept_at_one_error) == (len(set(y)) == 1)
    else:
        assert np.isnan(report.slope) and np.isnan(report.nll_before)


def test_slopes_at_the_bound_and_out_of_passes(rng):
    x = rng.normal(size=500)
    y = (rng.uniform(size=500) < special.expit(50 * x)).astype(int)
    with pytest.warns(lg.LogitudeWarning):
        report = lg.calibration_slope(x, y, input="logits", slope_max=10)
    assert report.status == "LGT_AT_BOUND" and report.slope == 10
    (a,), _ = newton(10 * x, y, np.ones(500), fixed=True)
    np.testing.assert_allclose(report.intercept, a, atol=1e-7)
    with pytest.warns(lg.LogitudeWarning):
        report = lg.calibration_slope(x, y, input="logits", max_iter=3)
    assert report.status == "LGT_NOT_CONVERGED" and report.nll_after <= report.nll_before


def test_hosmer_lemeshow(binary):
    logits, y, _ = binary
    p = special.expit(logits)
    for metric in (lg.BinaryEvaluation(10), lg.BinaryEvaluation(300)):
        bins = metric.update(p, y).bins()
        filled = bins[bins["weight"] > 0]
        n, c, f = filled["weight"], filled["confidence"], filled["frequency"]
        statistic = (n * (f - c) ** 2 / (c * (1 - c))).sum()
        for offset in (0, 2):
            report = lg.hosmer_lemeshow(bins, offset)
            np.testing.assert_allclose(report.statistic, statistic, rtol=1e-12)
            assert report.degrees == len(filled) - offset and report.bins == len(filled)
            expected = stats.chi2.sf(statistic, len(filled) - offset)
            np.testing.assert_allclose(report.p_value, expected, rtol=1e-9)


def test_hosmer_lemeshow_at_the_ends():
    bins = lg.BinaryEvaluation(2).update([0.0, 1.0], [0, 1]).bins()
    report = lg.hosmer_lemeshow(bins)
    assert report.statistic == 0 and report.p_value == 1
    bins = lg.BinaryEvaluation(2).update([0.0, 1.0], [1, 1]).bins()
    report = lg.hosmer_lemeshow(bins)
    assert report.statistic == np.inf and report.p_value == 0
    with pytest.warns(lg.LogitudeWarning):
        assert np.isnan(lg.hosmer_lemeshow(bins, 2).p_value)
    bins["confidence"][0] = -1
    with pytest.raises(lg.LogitudeError):
        lg.hosmer_lemeshow(bins)


def test_spiegelhalter(binary):
    logits, y, w = binary
    p = special.expit(logits)
    expected = spiegelhalter_by_definition(p, y, w.astype(np.float64))
    np.testing.assert_allclose(lg.spiegelhalter_z(p, y, w), expected, rtol=1e-8)
    z, p_value = lg.spiegelhalter_z(np.full(4, 0.25), [0, 0, 0, 1])
    assert z == 0 and p_value == 1
    assert np.isnan(lg.spiegelhalter_z([0.0, 1.0, 0.5], [0, 1, 1])).all()
