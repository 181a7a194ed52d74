"""Data that determines no fit, or has its minimum at infinity: every calibrator says so as
documented, and leaves a model that makes probabilities of any scores."""

import logitude as lg
import numpy as np
import pytest

pytestmark = pytest.mark.filterwarnings("ignore::logitude.LogitudeWarning")

OK, BOUND, NONE = "LGT_OK", "LGT_AT_BOUND", "LGT_DEGENERATE"

# Probabilities of class 1, labels, weights.
OF_SCORES = {
    "one class": ([0.2, 0.4, 0.7], [1, 1, 1], None),
    "separable": ([0.1, 0.2, 0.3, 0.6, 0.8], [0, 0, 0, 1, 1], None),
    "one score": ([0.7] * 4, [0, 1, 1, 1], None),
    "perfect": ([0.0, 0, 0, 1, 1, 1], [0, 0, 0, 1, 1, 1], None),
    "one row": ([0.7], [1], None),
    "no weight": ([0.2, 0.4, 0.7], [1, 0, 1], [0.0, 0, 0]),
}

# How each of those ends, and what 0.7 becomes if it has been the only score, of mean label 3/4.
SCORE_CALIBRATORS = [
    (lg.PlattScaling(), [OK, OK, NONE, OK, NONE, NONE], (1 / 3 + 3 * 4 / 5) / 4),
    (lg.PlattScaling("plain"), [NONE, BOUND, NONE, BOUND, NONE, NONE], 3 / 4),
    (lg.BetaCalibration(), [NONE, BOUND, NONE, BOUND, NONE, NONE], 3 / 4),
    (lg.BetaCalibration("am"), [NONE, BOUND, NONE, BOUND, NONE, NONE], 3 / 4),
    # A logit of 0 at 1/2 is held against one class.
    (lg.BetaCalibration("ab"), [BOUND, BOUND, NONE, BOUND, NONE, NONE], 3 / 4),
    (lg.IsotonicCalibration(), [NONE, OK, NONE, OK, NONE, NONE], 3 / 4),
    (lg.IsotonicCalibration("centred"), [NONE, OK, NONE, OK, NONE, NONE], 3 / 4),
    (lg.IsotonicCalibration("step"), [NONE, OK, NONE, OK, NONE, NONE], 3 / 4),
    (lg.HistogramBinning(4), [NONE, OK, NONE, OK, NONE, NONE], 3 / 4),
    (lg.HistogramBinning(2, "mass"), [NONE, OK, NONE, OK, NONE, NONE], 3 / 4),
    (lg.BBQ(), [NONE, OK, NONE, OK, NONE, NONE], None),
    (lg.ScalingBinning(3), [OK, OK, NONE, OK, NONE, NONE], (1 / 3 + 3 * 4 / 5) / 4),
    (lg.ScalingBinning(3, "plain"), [NONE, BOUND, NONE, BOUND, NONE, NONE], 3 / 4),
    (lg.ScalingBinning(3, "logit"), [NONE, BOUND, NONE, BOUND, NONE, NONE], 3 / 4),
    (lg.SplineCalibration(), [NONE, OK, NONE, OK, NONE, NONE], 3 / 4),
    (lg.SplineCalibration(target="hits"), [NONE, OK, NONE, OK, NONE, NONE], 3 / 4),
    # From 3/5 to 4/5.
    (lg.VennAbers(), [OK, OK, NONE, OK, NONE, NONE], 2 / 3),
]
# In them the scores are as they were, or the loss may be that of the identity.
NEVER_WORSE = (lg.PlattScaling, lg.BetaCalibration, lg.IsotonicCalibration)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("case", OF_SCORES)
@pytest.mark.parametrize("made, ends, _", SCORE_CALIBRATORS, ids=lambda x: repr(x)[:40])
def test_scores_of_two_classes(made, ends, _, case, dtype):
    scores, labels, weights = OF_SCORES[case]
    model = type(made)(**made.get_params()).fit(np.array(scores, dtype), labels, weights)
    assert model.status_ == ends[list(OF_SCORES).index(case)]
    asked = np.concatenate([scores, np.linspace(0, 1, 11)]).astype(dtype)
    got = model.predict_proba(asked)
    assert ((got >= 0) & (got <= 1)).all()
    type(made).from_bytes(model.to_bytes())
    if isinstance(made, NEVER_WORSE) and case != "no weight":
        assert model.nll_after_ <= model.nll_before_
    if case == "perfect" and not isinstance(made, lg.SplineCalibration):
        assert got[0] < 0.5 < got[5]
        assert got[0] == pytest.approx(1 - got[5], abs=1e-6)


@pytest.mark.parametrize("made, _, value", SCORE_CALIBRATORS, ids=lambda x: repr(x)[:40])
def test_one_score_has_the_mean_label(made, _, value):
    scores, labels, _ = OF_SCORES["one score"]
    model = type(made)(**made.get_params()).fit(scores, labels)
    if value is not None:
        np.testing.assert_allclose(model.predict_proba(scores), value, rtol=1e-9)


X = np.array([[2.0, 0, -1], [1, 3, 0], [-1, 0, 2], [2, 1, 1], [0, 1, -2], [1, 0, 0]])
RIGHT = X.argmax(axis=1)

# Logits, labels, weights.
OF_LOGITS = {
    "one class": (X, [1] * 6, None),
    "all right": (X, RIGHT, None),
    "all wrong": (X, X.argmin(axis=1), None),
    "one row of logits": ([[1.0, 0, -1]] * 4, [0, 0, 1, 2], None),
    "equal logits": (np.ones((4, 3)), [0, 1, 1, 2], None),
    "perfect": (300 * np.eye(3)[RIGHT], RIGHT, None),
    "one row": (X[:1], [0], None),
    "one column": (X[:, :1], [0] * 6, None),
    "no weight": (X, RIGHT, [0.0] * 6),
}

# What each of those ends as. Of one class, and of wrong rows that a shift can put right, the
# minimum is finite where the slopes of rows balance.
LOGIT_CALIBRATORS = [
    (lg.TemperatureScaling(), [OK, BOUND, BOUND, OK, NONE, BOUND, BOUND, NONE, NONE]),
    (lg.EnsembleTemperatureScaling(), [OK, BOUND, BOUND, OK, NONE, BOUND, BOUND, NONE, NONE]),
    (lg.CATemperatureScaling(), [OK, BOUND, BOUND, OK, NONE, BOUND, BOUND, NONE, NONE]),
    (lg.PriorShift(), [BOUND, OK, OK, OK, OK, BOUND, BOUND, NONE, NONE]),
    (lg.VectorScaling(), [BOUND, BOUND, BOUND, OK, OK, BOUND, BOUND, NONE, NONE]),
    (lg.MatrixScaling(), [BOUND, BOUND, BOUND, OK, OK, BOUND, BOUND, NONE, NONE]),
    (lg.DirichletCalibration(), [BOUND, BOUND, BOUND, OK, OK, BOUND, BOUND, NONE, NONE]),
    # What costs something has a minimum, whatever the data: SVS and SMS.
    (lg.VectorScaling(diagonal=0.5, bias=0.5), [OK] * 7 + [NONE, NONE]),
    (lg.MatrixScaling(diagonal=0.5, off_diagonal=0.5, bias=0.5), [OK] * 7 + [NONE, NONE]),
]


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("case", OF_LOGITS)
@pytest.mark.parametrize("made, ends", LOGIT_CALIBRATORS, ids=lambda x: repr(x)[:40])
def test_logits(made, ends, case, dtype):
    x, labels, weights = OF_LOGITS[case]
    x = np.array(x, dtype)
    if isinstance(made, lg.DirichletCalibration):
        x = lg.softmax(x)
    model = type(made)(**made.get_params()).fit(x, labels, weights)
    assert model.status_ == ends[list(OF_LOGITS).index(case)]
    assert not model.nll_after_ > model.nll_before_
    got = model.predict_proba(x)
    assert ((got >= 0) & (got <= 1)).all()
    np.testing.assert_allclose(got.sum(axis=1), 1, atol=8 * np.finfo(dtype).eps)
    type(made).from_bytes(model.to_bytes())
    if case == "all right" and not isinstance(made, (lg.PriorShift, lg.CATemperatureScaling)):
        assert model.nll_after_ < 1e-6 or ends[1] == OK


@pytest.mark.parametrize("make", [lg.TemperatureScaling, lg.EnsembleTemperatureScaling])
def test_temperatures_at_either_end(make):
    assert make().fit(X, RIGHT).temperature_ == 0.01
    assert make().fit(X, X.argmin(axis=1)).temperature_ == 100


SAERENS = {
    "one class": ([[0.9, 0.1]] * 5, None, BOUND),
    "perfect": (np.eye(2)[[0, 1, 1]], None, OK),
    "uniform": ([[0.5, 0.5]] * 3, None, OK),
    "one row": ([[0.2, 0.8]], None, BOUND),
    "no weight": ([[0.2, 0.8]] * 3, [0.0] * 3, NONE),
}


@pytest.mark.parametrize("case", SAERENS)
def test_saerens(case):
    probs, weights, end = SAERENS[case]
    model = lg.SaerensPriors().fit(np.array(probs), weights)
    assert model.status_ == end
    assert model.priors_.sum() == pytest.approx(1, abs=1e-12) and (model.priors_ >= 0).all()
    got = model.predict_proba(np.array([[0.3, 0.7], [1.0, 0.0]]))
    assert ((got >= 0) & (got <= 1)).all()
    np.testing.assert_allclose(got.sum(axis=1), 1, atol=1e-14)


# Probabilities, labels, weights; the highest status of all parts is told.
REDUCTIONS = {
    "one class": ([[0.7, 0.3], [0.6, 0.4], [0.2, 0.8]], [0, 0, 0], None),
    "separable": ([[0.9, 0.1], [0.7, 0.3], [0.4, 0.6], [0.2, 0.8]], [0, 0, 1, 1], None),
    "one row of probabilities": ([[0.7, 0.3]] * 4, [0, 1, 0, 0], None),
    "perfect": (np.eye(2)[[0, 1, 0, 1]], [0, 1, 0, 1], None),
    "one row": ([[0.7, 0.3]], [0], None),
    "no weight": ([[0.7, 0.3], [0.2, 0.8]], [0, 1], [0.0, 0]),
}
# What every row's being right leaves is one class.
REDUCTION_ENDS = {
    (lg.OneVsRest, "isotonic"): [NONE, OK, NONE, OK, NONE, NONE],
    (lg.OneVsRest, "plain"): [NONE, BOUND, NONE, BOUND, NONE, NONE],
    (lg.TopLabel, "isotonic"): [NONE] * 6,
    (lg.TopLabel, "plain"): [BOUND, NONE, NONE, NONE, NONE, NONE],
}


@pytest.mark.parametrize("case", REDUCTIONS)
@pytest.mark.parametrize("make, binary", REDUCTION_ENDS, ids=lambda x: str(x)[-20:])
def test_reductions(make, binary, case):
    probs, labels, weights = REDUCTIONS[case]
    of_two = lg.IsotonicCalibration() if binary == "isotonic" else lg.PlattScaling("plain")
    model = make(of_two).fit(np.array(probs), labels, weights)
    assert model.status_ == REDUCTION_ENDS[make, binary][list(REDUCTIONS).index(case)]
    got = model.predict_proba(np.concatenate([probs, [[0.5, 0.5], [0, 1]]]))
    assert ((got >= 0) & (got <= 1)).all()
    np.testing.assert_allclose(got.sum(axis=1), 1, atol=1e-14)
