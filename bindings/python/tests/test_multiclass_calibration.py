"""Calibrators of many classes, against scikit-learn's of two, class by class."""

import logitude as lg
import numpy as np
import pytest
from sklearn.isotonic import IsotonicRegression

CLASSES = 4


@pytest.fixture(params=[np.float64, np.float32, np.float16])
def scored(request):
    random = np.random.default_rng(5)
    labels = random.integers(0, CLASSES, 600)
    logits = random.normal(size=(600, CLASSES)) + 2.0 * np.eye(CLASSES)[labels]
    # So few that there are ties, and far enough apart for scikit-learn to tell.
    probs = np.round(lg.softmax(2 * logits), 2).astype(request.param)
    return probs, labels.astype(np.uint16)


def isotonic(scores, hits, weights=None):
    model = IsotonicRegression(out_of_bounds="clip")
    model.fit(scores.astype(np.float64), hits.astype(np.float64), weights)
    return model.predict(scores.astype(np.float64))


def tolerance(dtype):
    return 3 * float(np.finfo(dtype).eps)


@pytest.mark.parametrize("weighted", [False, True])
def test_one_vs_rest(scored, weighted):
    probs, labels = scored
    kind = np.float64 if probs.dtype == np.float64 else np.float32
    weights = np.random.default_rng(6).integers(0, 4, len(labels)).astype(kind)
    weights = weights if weighted else None
    columns = [isotonic(probs[:, k], labels == k, weights) for k in range(CLASSES)]
    columns = np.stack(columns, axis=1)
    if weighted:
        # Where scikit-learn leaves out rows of weight 0, so do we.
        columns[~np.isfinite(columns)] = 0
    total = columns.sum(axis=1, keepdims=True)
    expected = np.where(total > 0, columns / np.where(total > 0, total, 1), 1 / CLASSES)
    model = lg.OneVsRest().fit(probs, labels, weights)
    got = model.predict_proba(probs)
    assert got.dtype == probs.dtype and model.status_ == "LGT_OK"
    np.testing.assert_allclose(got, expected, rtol=0, atol=tolerance(probs.dtype))
    np.testing.assert_allclose(got.sum(axis=1), 1, rtol=0, atol=CLASSES * tolerance(probs.dtype))
    assert lg.OneVsRest.from_bytes(model.to_bytes()).predict_proba(probs).tobytes() == got.tobytes()
    assert model.predict_proba(probs, out=probs) is probs
    np.testing.assert_array_equal(probs, got)


def test_losses_are_those_of_all_classes(scored):
    probs, labels = scored
    model = lg.OneVsRest(lg.BetaCalibration()).fit(probs, labels)
    parts = [lg.BetaCalibration().fit(probs[:, k], labels == k) for k in range(CLASSES)]
    for name in ("nll_before_", "nll_after_"):
        total = sum(getattr(part, name) for part in parts)
        np.testing.assert_allclose(getattr(model, name), total, rtol=1e-9)
    assert model.nll_after_ <= model.nll_before_


@pytest.mark.parametrize("binary", [lg.PlattScaling("plain"), lg.BetaCalibration("am"), None])
def test_every_method_is_that_of_its_own_class(scored, binary):
    probs, labels = scored
    single = lg.IsotonicCalibration() if binary is None else binary
    expected = np.stack(
        [
            type(single)(**single.get_params())
            .fit(probs[:, k].astype(np.float64), labels == k)
            .predict_proba(probs[:, k].astype(np.float64))
            for k in range(CLASSES)
        ],
        axis=1,
    )
    expected /= expected.sum(axis=1, keepdims=True)
    got = lg.OneVsRest(binary).fit(probs, labels).predict_proba(probs)
    # Fits of float32 scores are the same fits of the same numbers.
    np.testing.assert_allclose(got, expected, rtol=0, atol=tolerance(probs.dtype) + 1e-7)


@pytest.mark.parametrize("min_rows", [1, 120, 10_000])
def test_top_label(scored, min_rows):
    probs, labels = scored
    top, confidence = probs.argmax(axis=1), probs.max(axis=1).astype(np.float64)
    hits = (top == labels).astype(np.float64)
    calibrated = isotonic(confidence, hits)
    for k in range(CLASSES):
        if (top == k).sum() >= min_rows:
            calibrated[top == k] = isotonic(confidence[top == k], hits[top == k])
    rest = probs.astype(np.float64)
    rest[np.arange(len(top)), top] = 0
    total = rest.sum(axis=1, keepdims=True)
    shares = np.where(total > 0, rest / np.where(total > 0, total, 1), 1 / (CLASSES - 1))
    expected = shares * (1 - calibrated[:, None])
    expected[np.arange(len(top)), top] = calibrated
    model = lg.TopLabel(min_rows=min_rows).fit(probs, labels)
    got = model.predict_proba(probs)
    np.testing.assert_allclose(got, expected, rtol=0, atol=tolerance(probs.dtype))
    with np.errstate(divide="ignore", invalid="ignore"):
        right = np.where(hits > 0, calibrated, 1 - calibrated)
        before = np.where(hits > 0, confidence, 1 - confidence)
        np.testing.assert_allclose(model.nll_after_, -np.log(right).mean(), rtol=1e-12)
        np.testing.assert_allclose(model.nll_before_, -np.log(before).mean(), rtol=1e-12)
    assert lg.TopLabel.from_bytes(model.to_bytes()).predict_proba(probs).tobytes() == got.tobytes()


def test_classes_without_rows_and_rows_without_anything():
    probs = np.array([[0.6, 0.3, 0.1], [0.2, 0.7, 0.1], [0.5, 0.4, 0.1], [0.3, 0.6, 0.1]])
    with pytest.warns(lg.LogitudeWarning, match="LGT_DEGENERATE"):
        model = lg.OneVsRest().fit(probs, [0, 1, 1, 0])
    assert model.status_ == "LGT_DEGENERATE"
    np.testing.assert_array_equal(model.predict_proba(probs)[:, 2], 0)
    for calibrator in (lg.OneVsRest(), lg.TopLabel()):
        with pytest.warns(lg.LogitudeWarning, match="LGT_DEGENERATE"):
            calibrator.fit(probs[:0], np.zeros(0, np.int64))
        usable = calibrator.predict_proba(probs)
        assert np.isfinite(usable).all()
        with pytest.warns(lg.LogitudeWarning, match="LGT_DEGENERATE"):
            calibrator.fit(probs, [0, 1, 1, 0], np.zeros(4))
        np.testing.assert_array_equal(calibrator.predict_proba(probs), usable)


def test_rows_that_sum_to_nothing_are_shared_out():
    model = lg.OneVsRest().fit(np.eye(2)[[0, 1, 0, 1]], [0, 1, 0, 1])
    np.testing.assert_array_equal(model.predict_proba([[0.0, 0.0], [1.0, 0.0]]), [[0.5, 0.5], [1, 0]])


@pytest.mark.parametrize("calibrator", [lg.OneVsRest, lg.TopLabel])
def test_what_is_refused(calibrator, scored):
    probs, labels = scored
    model = calibrator().fit(probs, labels)
    before = model.to_bytes()
    bad = probs.copy()
    bad[17, 2] = np.nan
    with pytest.raises(lg.LogitudeError, match="LGT_E_VALUE"):
        model.fit(bad, labels)
    assert model.to_bytes() == before
    assert np.isnan(model.predict_proba(bad)[17]).all()
    with pytest.raises(lg.LogitudeError, match="LGT_E_LABEL"):
        model.fit(probs, labels + 1)
    with pytest.raises(lg.LogitudeError, match="LGT_E_SHAPE"):
        model.predict_proba(probs[:, :3])
    with pytest.raises(lg.LogitudeError, match="LGT_E_VALUE"):
        calibrator(lg.BetaCalibration()).fit(probs + 1, labels)
    for at in (16, 40, 48, 56):  # status, first parts
        broken = bytearray(before)
        broken[at : at + 8] = np.float64(np.nan).tobytes()
        if at >= 40:
            with pytest.raises(lg.LogitudeError, match="LGT_E_STATE"):
                calibrator.from_bytes(bytes(broken))
    with pytest.raises(lg.NotFittedError):
        calibrator().predict_proba(probs)


def test_parameters_pickle_and_print():
    import pickle

    model = lg.TopLabel(lg.PlattScaling("plain"), min_rows=7)
    assert repr(model) == "TopLabel(binary=PlattScaling(targets='plain'), min_rows=7)"
    again = pickle.loads(pickle.dumps(model))
    assert repr(again) == repr(model)
    assert lg.OneVsRest().set_params(binary=None).get_params() == {"binary": None}


@pytest.mark.parametrize("binary", ["platt", lg.PlattScaling, lg.TemperatureScaling()])
@pytest.mark.parametrize("made", [lg.OneVsRest, lg.TopLabel])
def test_what_is_no_calibrator_of_two_classes(made, binary):
    with pytest.raises(TypeError, match="binary is a calibrator of two classes"):
        made(binary).fit(np.eye(3), [0, 1, 2])
