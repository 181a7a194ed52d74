"""Proper scores and binary diagnostics against scikit-learn, scipy and definitions."""

import copy
import functools
import operator
import pickle

import ml_dtypes
import numpy as np
import pytest
from sklearn import metrics as sk

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
