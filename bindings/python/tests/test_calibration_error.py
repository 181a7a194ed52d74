"""Calibration errors against scikit-learn, relplot, and their definitions in numpy."""

import copy
import json
import pickle

import ml_dtypes
import numpy as np
import pytest
import relplot_answers
from sklearn import metrics as sk
from sklearn.calibration import calibration_curve

import logitude as lg

DTYPES = [np.dtype(t) for t in (np.float64, np.float32, np.float16, ml_dtypes.bfloat16)]
EMPTY = [lg.BinaryECE(10), lg.BinaryECE(20, "left"), lg.ClasswiseECE(7, 15)]
OF_POINTS = [
    lg.ece_binary,
    lg.ece_equal_mass,
    lg.ks_calibration_error,
    lg.smooth_ece,
    lg.mmce,
    lambda p, y, weights=None: lg.brier_decomposition(p, y, weights).brier,
]


@pytest.fixture(params=DTYPES, ids=str)
def binary(request, rng):
    """Probabilities of some type, many of them equal, outcomes and weights; and the
    probabilities as float64."""
    p = np.where(rng.uniform(size=600) < 0.3, rng.integers(0, 21, 600) / 20, rng.uniform(size=600))
    p = p.astype(request.param)
    y = rng.uniform(size=600) < 0.8 * p.astype(np.float64) ** 1.5 + 0.1
    return p, y.astype(int), rng.integers(0, 4, 600).astype(np.float32), p.astype(np.float64)


def gaps_of(parts, p, y, w):
    """Weight, mean probability, frequency, number of rows of each part with weight."""
    w = np.asarray(w, np.float64)
    parts = [part[w[part] > 0] for part in parts]
    parts = [part for part in parts if len(part)]
    total = np.array([w[part].sum() for part in parts])
    confidence = np.array([np.average(p[part], weights=w[part]) for part in parts])
    frequency = np.array([np.average(y[part], weights=w[part]) for part in parts])
    return total, confidence, frequency, np.array([len(part) for part in parts])


def check_report(report, total, confidence, frequency, rows):
    gap, w = np.abs(confidence - frequency), total / total.sum()
    noise = np.where(rows > 1, frequency * (1 - frequency) / np.maximum(rows - 1, 1), 0)
    expected = {
        "ece": w @ gap,
        "mce": gap.max(),
        "rms": np.sqrt(w @ gap**2),
        "rms_debiased": np.sqrt(max(w @ (gap**2 - noise), 0)),
        "average": gap.mean(),
        "signed_gap": w @ (confidence - frequency),
        "overconfidence": w @ np.maximum(confidence - frequency, 0),
        "confidence": w @ confidence,
        "frequency": w @ frequency,
    }
    for name, value in expected.items():
        np.testing.assert_allclose(getattr(report, name), value, rtol=1e-9, atol=1e-14)
    assert report.rows == rows.sum() and report.bins == len(rows) and report.nan_rows == 0
    assert report.weight == total.sum()


@pytest.mark.parametrize("bins", [1, 10, 15, 20])
def test_binary_ece_is_scikit_learns_curve(bins, rng):
    p, y = rng.uniform(size=500), rng.integers(0, 2, 500)
    p[:50] = rng.integers(0, 21, 50) / 20
    frequency, confidence = calibration_curve(y, p, n_bins=bins)
    got = lg.BinaryECE(bins).update(p, y).bins()
    filled = got[got["rows"] > 0]
    np.testing.assert_allclose(filled["frequency"], frequency, rtol=1e-13)
    np.testing.assert_allclose(filled["confidence"], confidence, rtol=1e-13)


@pytest.mark.parametrize("closed", ["right", "left"])
def test_binary_ece_by_definition(binary, closed):
    p, y, weights, exact = binary
    wide = p.astype(np.float64 if p.dtype == np.float64 else np.float32)
    for bins in (1, 10, 20):
        edges = np.array([k / bins for k in range(1, bins)], wide.dtype)
        side = "left" if closed == "right" else "right"
        place = np.searchsorted(edges, wide, side=side)
        parts = [np.flatnonzero(place == b) for b in range(bins)]
        for w in (None, weights):
            each = np.ones(len(p)) if w is None else w
            metric = lg.BinaryECE(bins, closed).update(p, y, w)
            check_report(metric.report(), *gaps_of(parts, exact, y, each))
            ece = lg.ece_binary(p, y, bins, w, closed=closed)
            assert ece == metric.compute() == metric.report().ece
            assert lg.reliability_report(metric.bins()) == metric.report()


def test_bins_closed_on_the_left_are_those_of_numpys_histogram():
    p = np.arange(11) / 10
    for bins in (2, 5, 10):
        counts, _ = np.histogram(p, [k / bins for k in range(bins + 1)])
        got = lg.BinaryECE(bins, "left").update(p, np.zeros(11, int)).bins()["rows"]
        np.testing.assert_array_equal(got, counts)


@pytest.mark.parametrize("weighted", [False, True])
def test_equal_mass_is_array_split(binary, weighted):
    p, y, weights, exact = binary
    w = weights if weighted else np.ones(len(p), np.float32)
    order = np.argsort(exact, kind="stable")
    order = order[w[order] > 0]
    for bins in (1, 7, 15, 1000):
        parts = np.array_split(order, bins)
        report, got = lg.ece_equal_mass(p, y, bins, w if weighted else None, report=True)
        check_report(report, *gaps_of(parts, exact, y, w))
        np.testing.assert_array_equal(got["rows"], [len(part) for part in parts])
        filled = [part for part in parts if len(part)]
        got = got[got["rows"] > 0]
        np.testing.assert_array_equal(got["low"], [exact[part[0]] for part in filled])
        np.testing.assert_array_equal(got["high"], [exact[part[-1]] for part in filled])


def test_equal_mass_with_ties_together(binary):
    """Bins as uncertainty-calibration makes them: edges halfway between the parts."""
    p, y, _, exact = binary
    for bins in (2, 10, 50):
        parts = np.array_split(np.sort(exact), bins)
        edges = sorted({(a[-1] + b[0]) / 2 for a, b in zip(parts, parts[1:])})
        place = np.searchsorted(edges, exact, side="left")
        groups = [np.flatnonzero(place == b) for b in range(len(edges) + 1)]
        report, _ = lg.ece_equal_mass(p, y, bins, ties="together", report=True)
        check_report(report, *gaps_of(groups, exact, y, np.ones(len(p))))
        order = np.random.default_rng(3).permutation(len(p))
        assert lg.ece_equal_mass(p[order], y[order], bins, ties="together") == report.ece


@pytest.mark.parametrize("weighted", [False, True])
def test_ks_by_definition(binary, weighted):
    p, y, weights, exact = binary
    w = weights.astype(np.float64) if weighted else np.ones(len(p))
    off = w * (exact - y) / w.sum()
    sums = np.array([off[exact <= t].sum() for t in np.unique(exact)])
    report = lg.ks_calibration_error(p, y, weights if weighted else None, report=True)
    np.testing.assert_allclose(report.ks, np.abs(sums).max(), rtol=1e-12)
    kuiper = max(sums.max(), 0) - min(sums.min(), 0)
    np.testing.assert_allclose(report.kuiper, kuiper, rtol=1e-12)
    np.testing.assert_allclose(abs(off[exact <= report.at].sum()), report.ks, rtol=1e-12)


def test_mmce_is_netcals_double_sum(binary):
    p, y, weights, exact = binary
    kernel = np.exp(-2.5 * np.abs(exact[:, None] - exact))
    off = (y - exact) / len(y)
    np.testing.assert_allclose(lg.mmce(p, y), np.sqrt(off @ kernel @ off), rtol=1e-9)
    by_class = (y - exact) / np.where(y == 1, y.sum(), len(y) - y.sum())
    expected = np.sqrt(by_class @ kernel @ by_class)
    np.testing.assert_allclose(lg.mmce(p, y, weighted=True), expected, rtol=1e-9)
    off = weights * (y - exact) / weights.sum(dtype=np.float64)
    np.testing.assert_allclose(lg.mmce(p, y, weights), np.sqrt(off @ kernel @ off), rtol=1e-9)


@pytest.mark.parametrize("answer", json.loads(relplot_answers.ANSWERS.read_text()), ids=str)
def test_smooth_ece_is_relplots(answer):
    p, y = relplot_answers.case(*answer["case"])
    report = lg.smooth_ece(p, y, report=True)
    # relplot has the bandwidth in steps of 1/1024, and takes the one above.
    assert answer["bandwidth"] - 1.5 / 1024 < report.bandwidth < answer["bandwidth"] + 0.5 / 1024
    assert abs(report.ece - answer["error"]) < 0.003
    assert report.ece == report.bandwidth == lg.smooth_ece(p, y)


def test_weights_are_repetitions(rng):
    p, y, times = rng.uniform(size=100), rng.integers(0, 2, 100), rng.integers(0, 4, 100)
    again = np.repeat(np.arange(100), times)
    for f in (lg.ece_binary, lg.ks_calibration_error, lg.smooth_ece, lg.mmce):
        np.testing.assert_allclose(f(p, y, weights=times), f(p[again], y[again]), rtol=1e-9)
    by_weight = lg.brier_decomposition(p, y, times)
    by_rows = lg.brier_decomposition(p[again], y[again])
    np.testing.assert_allclose(by_weight[2:], by_rows[2:], rtol=1e-9, atol=1e-14)


@pytest.mark.parametrize("bins", [0, 1, 10])
def test_brier_decomposition(binary, bins):
    p, y, weights, exact = binary
    w = weights.astype(np.float64)
    report = lg.brier_decomposition(p, y, weights, bins=bins)
    np.testing.assert_allclose(
        report.brier, sk.brier_score_loss(y, exact, sample_weight=w), rtol=1e-12
    )
    parts = report.reliability - report.resolution + report.uncertainty
    if bins == 0:
        assert report.within_variance == 0 == report.within_covariance
    np.testing.assert_allclose(
        parts + report.within_variance - report.within_covariance, report.brier, rtol=1e-11
    )
    if bins == 0:
        groups = [np.flatnonzero(exact == value) for value in np.unique(exact)]
        total, confidence, frequency, _ = gaps_of(groups, exact, y, w)
        share, mean = total / total.sum(), np.average(y, weights=w)
        assert report.groups == len(total)
        np.testing.assert_allclose(report.reliability, share @ (confidence - frequency) ** 2, 1e-11)
        np.testing.assert_allclose(report.resolution, share @ (frequency - mean) ** 2, 1e-11)
        np.testing.assert_allclose(report.uncertainty, mean * (1 - mean), 1e-12)


def test_worked_examples():
    p, y = [0.2, 0.2, 0.6, 0.6, 0.6, 0.9], [0, 1, 1, 0, 1, 1]
    parts = lg.brier_decomposition(p, y)
    expected = [0.2283333333, 0.03388888889, 0.02777777778, 0.2222222222]
    np.testing.assert_allclose(parts[4:8], expected, rtol=1e-9)
    confidence, hits = [0.95, 0.9, 0.85, 0.6, 0.55, 0.3], [1, 1, 0, 1, 0, 0]
    report = lg.ece_binary(confidence, hits, 5, report=True)
    np.testing.assert_allclose([report.ece, report.mce], [1.15 / 6, 0.3], rtol=1e-12)
    # Parts of two: gaps 0.575 - 0.5, 0.275, 0.425 and so on, by hand.
    by_hand = (abs(0.3 + 0.55 - 0) + abs(0.6 + 0.85 - 1) + abs(0.9 + 0.95 - 2)) / 6
    np.testing.assert_allclose(lg.ece_equal_mass(confidence, hits, 3), by_hand, rtol=1e-12)
    # Sums up to each: .3, .85, .45, 1.3, 1.2, 1.15, of six.
    np.testing.assert_allclose(lg.ks_calibration_error(confidence, hits), 1.3 / 6, rtol=1e-12)


@pytest.mark.parametrize("threshold", [0.0, 0.05])
@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_classwise_and_adaptive_by_definition(dtype, threshold, scored):
    logits, labels, weights = scored
    probs, w = lg.softmax(logits).astype(dtype), weights.astype(np.float32)
    exact = probs.astype(np.float64)
    wide = probs.astype(np.float64 if dtype == np.float64 else np.float32)
    edges = np.array([k / 15 for k in range(1, 15)], wide.dtype)
    metric = lg.ClasswiseECE(7, 15, threshold).update(probs, labels, w)
    static, adaptive, own = [], [], []
    for c in range(7):
        kept = np.flatnonzero(wide[:, c] >= wide.dtype.type(threshold))
        kept = kept[w[kept] > 0]
        place, y = np.searchsorted(edges, wide[kept, c], side="left"), (labels == c).astype(int)
        found = gaps_of([kept[place == b] for b in range(15)], exact[:, c], y, w)
        check_report(metric.class_report(c), *found)
        np.testing.assert_array_equal(metric.bins(c)["rows"], np.bincount(place, minlength=15))
        static.append(metric.class_report(c).ece)
        order = kept[np.argsort(exact[kept, c], kind="stable")]
        _, confidence, frequency, _ = gaps_of(np.array_split(order, 15), exact[:, c], y, w)
        adaptive.append(np.abs(confidence - frequency))
        own.append(adaptive[-1].mean())
    report = metric.report()
    np.testing.assert_allclose([report.ece, report.max], [np.mean(static), np.max(static)], 1e-12)
    assert report.worst == np.argmax(static) and report.classes == 7
    assert lg.ece_classwise(probs, labels, 15, w, threshold=threshold) == metric.compute()
    report = lg.ace(probs, labels, 15, w, threshold=threshold, report=True)
    expected = [np.concatenate(adaptive).mean(), max(own)]
    np.testing.assert_allclose([report.ace, report.max], expected, rtol=1e-11)


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_top_label(dtype, scored):
    logits, labels, _ = scored
    probs = lg.softmax(logits).astype(dtype)
    confidence, predicted = lg.top_label(probs)
    assert confidence.dtype == (np.float64 if dtype == np.float64 else np.float32)
    np.testing.assert_array_equal(confidence, probs.max(1).astype(confidence.dtype))
    np.testing.assert_array_equal(predicted, probs.argmax(1))
    top = lg.ece(probs, labels, 15)
    assert lg.ece_binary(confidence, predicted == labels, 15) == top
    probs[3, 2] = np.nan
    confidence, predicted = lg.top_label(probs)
    assert np.isnan(confidence[3]) and predicted[3] == 2**32 - 1
    assert lg.top_label(np.zeros((2, 3, 4)))[1].shape == (2, 3)


def test_ece_reports_its_other_norms(scored):
    logits, labels, weights = scored
    probs = lg.softmax(logits)
    metric = lg.ECE(10).update(probs, labels, weights)
    report, again = metric.report(), lg.reliability_report(metric.bins())
    assert (report.ece, report.mce, report.rms) == (again.ece, again.mce, again.rms)
    assert (report.rms_debiased, report.average) == (again.rms_debiased, again.average)


@pytest.mark.parametrize("empty", EMPTY, ids=repr)
def test_states_merge_and_pickle(empty, scored, rng):
    logits, labels, weights = scored
    probs = lg.softmax(logits)
    data = (probs, labels, weights)
    if isinstance(empty, lg.BinaryECE):
        data = (probs[:, 0], labels == 0, weights)
    whole = copy.copy(empty).update(*data)
    order = rng.permutation(len(labels))
    parts = [copy.copy(empty).update(*(a[i] for a in data)) for i in np.array_split(order, 4)]
    rng.shuffle(parts)
    total = parts[0] + parts[1] + parts[2] + parts[3]
    assert total.to_bytes() == whole.to_bytes()
    again = pickle.loads(pickle.dumps(total))
    assert type(again) is type(whole) and again.report() == whole.report()
    assert repr(again) == repr(empty)
    with pytest.warns(lg.LogitudeWarning):
        assert np.isnan(again.reset().compute())


def test_repr():
    assert [repr(metric) for metric in EMPTY] == [
        "BinaryECE(bins=10, closed='right')",
        "BinaryECE(bins=20, closed='left')",
        "ClasswiseECE(classes=7, bins=15, threshold=0.0)",
    ]


def test_parameters_that_differ_do_not_merge():
    for a, b in [
        (lg.BinaryECE(10), lg.BinaryECE(10, "left")),
        (lg.ClasswiseECE(3, 10), lg.ClasswiseECE(3, 10, 0.5)),
        (lg.ClasswiseECE(3, 10), lg.ClasswiseECE(10, 3)),
    ]:
        with pytest.raises(lg.LogitudeError) as caught:
            a.merge(b)
        assert caught.value.name == "LGT_E_MISMATCH"


@pytest.mark.parametrize("f", OF_POINTS)
def test_what_functions_of_points_refuse(f):
    with pytest.warns(lg.LogitudeWarning):
        assert np.isnan(f([], []))
    with pytest.warns(lg.LogitudeWarning):
        assert np.isnan(f([0.5, np.nan], [0, 1]))
    with pytest.warns(lg.LogitudeWarning):
        assert np.isnan(f([0.5, 1.5], [0, 1]))
    for arguments, name in [
        (([0.5], [2]), "LGT_E_LABEL"),
        (([0.5], [-1]), "LGT_E_LABEL"),
        (([0.5, 0.5], [1]), "LGT_E_SHAPE"),
        (([[0.5, 0.5]], [1]), "LGT_E_SHAPE"),
    ]:
        with pytest.raises(lg.LogitudeError) as caught:
            f(*arguments)
        assert caught.value.name == name
    with pytest.raises(lg.LogitudeError) as caught:
        f([0.5], [1], weights=[-1.0])
    assert caught.value.name == "LGT_E_VALUE"
    assert f(np.float32(0.5), True) > 0
    every_other = np.linspace(0, 1, 20)[::2]
    labels = np.arange(10) % 2
    assert f(every_other, labels) == f(every_other.copy(), labels)


def test_parameters():
    p, y = [0.25, 0.75], [0, 1]
    for call in (
        lambda: lg.ece_binary(p, y, 0),
        lambda: lg.ece_binary(p, y, closed="middle"),
        lambda: lg.ece_equal_mass(p, y, 0),
        lambda: lg.ece_equal_mass(p, y, ties="lost"),
        lambda: lg.brier_decomposition(p, y, bins=65537),
        lambda: lg.ClasswiseECE(0),
        lambda: lg.ClasswiseECE(3, threshold=1.0),
        lambda: lg.ClasswiseECE(3, threshold=np.nan),
        lambda: lg.ClasswiseECE(3).class_report(3),
        lambda: lg.ace([[0.5, 0.5]], [0], 0),
        lambda: lg.ace([[0.5, 0.5]], [0], threshold=-0.5),
    ):
        with pytest.raises(lg.LogitudeError) as caught:
            call()
        assert caught.value.name == "LGT_E_VALUE"
    with pytest.raises(lg.LogitudeError) as caught:
        lg.ClasswiseECE(3).update([[0.5, 0.5]], [0])
    assert caught.value.name == "LGT_E_SHAPE"


def test_bins_are_known_by_their_names(rng):
    p = rng.uniform(size=300)
    bins = lg.BinaryECE(bins=8).update(p, rng.uniform(size=300) < p).bins()
    other = np.empty(len(bins), [("more", "f4"), *reversed(bins.dtype.descr)])
    for name in bins.dtype.names:
        other[name] = bins[name]
    assert lg.reliability_report(other) == lg.reliability_report(bins)
    assert lg.hosmer_lemeshow(other) == lg.hosmer_lemeshow(bins)
    for wrong in (np.zeros(3), np.zeros(3, [("rows", "u8")])):
        with pytest.raises(TypeError, match="^bins must be records with the fields "):
            lg.reliability_report(wrong)
