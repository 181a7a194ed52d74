"""Evaluations against numpy, scipy and scikit-learn."""

import functools
import operator
import pickle

import ml_dtypes
import numpy as np
import pytest
from scipy import special, stats
from sklearn import metrics as sk

import logitude as lg

DTYPES = [np.dtype(t) for t in (np.float64, np.float32, np.float16, ml_dtypes.bfloat16)]
CLASSES = np.arange(7)


def rtol(dtype):
    return 1e-13 if dtype.itemsize == 8 else 2e-6


def exact(logits, dtype, input):
    """The scores as `dtype` holds them, and the probabilities that they stand for."""
    if input == "logits":
        scores = logits.astype(dtype)
        return scores, special.softmax(scores.astype(np.float64), 1)
    scores = special.softmax(logits, 1).astype(dtype)
    return scores, scores.astype(np.float64)


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("input", ["logits", "probabilities"])
@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_every_mean_by_definition(dtype, input, weighted, scored):
    logits, labels, weights = scored
    w = weights.astype(np.float32) if weighted else None
    scores, p = exact(logits, dtype, input)
    report = lg.evaluate(scores, labels, w, input=input)
    own = p[np.arange(len(p)), labels]
    ordered = np.sort(p, 1)
    for got, rows in [
        (report.nll, -np.log(own)),
        (report.brier, ((p - np.eye(7)[labels]) ** 2).sum(1)),
        (report.confidence, p.max(1)),
        (report.entropy, special.entr(p).sum(1)),
        (report.margin, ordered[:, -1] - ordered[:, -2]),
        (report.accuracy, p.argmax(1) == labels),
    ]:
        np.testing.assert_allclose(got, np.average(rows, weights=w), rtol(dtype))
    assert report.perplexity == pytest.approx(np.exp(report.nll), rel=1e-14)
    signed = report.confidence - report.accuracy
    assert report.signed_gap == pytest.approx(signed, abs=1e-12)
    assert report.rows == 500 and report.nan_rows == report.infinite_rows == 0
    assert report.weight == pytest.approx(500 if w is None else w.sum(dtype=float), rel=1e-15)


@pytest.mark.parametrize("weighted", [False, True])
def test_against_scikit_learn(weighted, scored):
    logits, labels, weights = scored
    w = weights if weighted else None
    p = special.softmax(logits, 1)
    metric = lg.Evaluation(ranks=7, classes=7).update(logits, labels, w)
    report = metric.compute()
    log_loss = sk.log_loss(labels, p, sample_weight=w, labels=CLASSES)
    accuracy = sk.accuracy_score(labels, logits.argmax(1), sample_weight=w)
    np.testing.assert_allclose((report.nll, report.accuracy), (log_loss, accuracy), 1e-13)
    assert metric.accuracy(7) == 1
    for k in range(1, 7):
        expected = sk.top_k_accuracy_score(labels, logits, k=k, sample_weight=w, labels=CLASSES)
        np.testing.assert_allclose(metric.accuracy(k), expected, 1e-14)
    if not weighted:
        # Counts are of rows.
        matrix = sk.confusion_matrix(labels, logits.argmax(1), labels=CLASSES)
        classes = metric.classes()
        np.testing.assert_array_equal(classes["labelled"], matrix.sum(1))
        np.testing.assert_array_equal(classes["predicted"], matrix.sum(0))
        np.testing.assert_array_equal(classes["hits"], matrix.diagonal())
        precision, recall, _, _ = sk.precision_recall_fscore_support(
            labels, logits.argmax(1), labels=CLASSES, zero_division=0
        )
        np.testing.assert_allclose(classes["hits"] / classes["predicted"], precision)
        np.testing.assert_allclose(classes["hits"] / classes["labelled"], recall)


@pytest.mark.parametrize("average", ["micro", "macro", "weighted"])
def test_classes_against_scikit_learn(average, scored):
    logits, labels, _ = scored
    report = lg.Evaluation(classes=7).update(logits, labels).class_report(average, beta=2.0)
    predicted = logits.argmax(1)
    of = {"average": average, "labels": CLASSES, "zero_division": 0}
    expected = sk.precision_recall_fscore_support(labels, predicted, beta=2.0, **of)[:3]
    np.testing.assert_allclose((report.precision, report.recall, report.f), expected, 1e-13)
    assert report.kappa == pytest.approx(sk.cohen_kappa_score(labels, predicted), rel=1e-12)
    assert report.mcc == pytest.approx(sk.matthews_corrcoef(labels, predicted), rel=1e-12)


def test_binary_brier_is_twice_that_of_scikit_learn(rng):
    p, y = rng.uniform(size=300), rng.integers(0, 2, 300)
    report = lg.evaluate(np.c_[1 - p, p], y, input="probabilities")
    np.testing.assert_allclose(report.brier, 2 * sk.brier_score_loss(y, p), rtol=1e-13)
    logits = np.c_[np.zeros(300), special.logit(p)]
    report = lg.evaluate(logits, y)
    np.testing.assert_allclose(report.brier, 2 * sk.brier_score_loss(y, p), rtol=1e-12)
    np.testing.assert_allclose(report.nll, sk.log_loss(y, p), rtol=1e-12)
    entropy = np.mean([stats.entropy([1 - q, q]) for q in p])
    np.testing.assert_allclose(report.entropy, entropy, rtol=1e-12)


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("bins", [1, 10, 15, 100])
def test_the_same_as_single_metrics(bins, dtype, scored):
    logits, labels, weights = scored
    probs, w = lg.softmax(logits).astype(dtype), weights.astype(np.float32)
    metric = lg.Evaluation(bins, input="probabilities").update(probs, labels, w)
    report, ece = metric.compute(), lg.ECE(bins).update(probs, labels, w)
    for field in ("ece", "mce", "rms", "confidence", "accuracy"):
        got, expected = getattr(report, field), getattr(ece.report(), field)
        np.testing.assert_allclose(got, expected, rtol=1e-12, atol=1e-15)
    for name in metric.bins().dtype.names:
        np.testing.assert_allclose(metric.bins()[name], ece.bins()[name], rtol=1e-12)
    np.testing.assert_allclose(report.brier, lg.brier(probs, labels, w), rtol(dtype))
    for k in range(1, 11):
        assert metric.accuracy(k) == pytest.approx(lg.top_k_accuracy(probs, labels, k, w))


def test_huge_logits_and_sure_mistakes():
    # By hand: a loss is the distance from the largest, where that is all.
    for off in (0.0, 1e4, 1e6):
        x = np.array([[0.0, -1000.0], [0.0, 0.0], [-700.0, 0.0]]) + off
        report = lg.evaluate(x, [1, 0, 1])
        np.testing.assert_allclose(report.nll, (1000 + np.log(2) + 0) / 3, rtol=1e-14)
        np.testing.assert_allclose(report.brier, (2 + 0.5 + 0) / 3, rtol=1e-14)
    report = lg.evaluate([[40.0, 0.0]], [0])
    np.testing.assert_allclose(report.nll, np.log1p(np.exp(-40)), rtol=1e-13, atol=2**-98)
    report = lg.evaluate([[0.0, -np.inf], [np.inf, 1.0]], [1, 0])
    assert report.nll == np.inf and report.infinite_rows == 1 and report.brier == 1


def test_the_mean_of_nothing_is_nan_with_a_warning():
    with pytest.warns(lg.LogitudeWarning) as caught:
        report = lg.Evaluation().compute()
    assert caught[0].message.name == "LGT_UNDEFINED" and caught[0].filename == __file__
    assert report.rows == 0 and np.isnan(report.nll) and np.isnan(report.accuracy)
    with pytest.warns(lg.LogitudeWarning):
        assert np.isnan(lg.Evaluation().accuracy())
    with pytest.warns(lg.LogitudeWarning):
        report = lg.evaluate([[np.nan, 1.0], [0.0, 1.0]], [1, 1])
    assert report.nan_rows == 1 and report.accuracy == 0.5 and np.isnan(report.ece)


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("input", ["logits", "probabilities"])
def test_any_split_and_order_gives_the_same_bytes(input, dtype, scored, rng):
    logits, labels, weights = scored
    scores = lg.softmax(logits).astype(dtype)
    empty = functools.partial(lg.Evaluation, classes=7, input=input)
    for w in (weights, np.ones(len(labels)), None):
        whole = empty().update(scores, labels, w)
        order = rng.permutation(len(labels))
        parts = [
            empty().update(scores[part], labels[part], None if w is None else w[part])
            for part in np.split(order, np.sort(rng.integers(0, len(labels), 6)))
        ]
        rng.shuffle(parts)
        assert functools.reduce(operator.add, parts).to_bytes() == whole.to_bytes()
    assert whole.to_bytes() == empty().update(scores, labels, np.ones(len(labels))).to_bytes()


def test_pickles_bytes_and_repr(scored):
    logits, labels, _ = scored
    metric = lg.Evaluation(5, ranks=3, classes=7, input="probabilities")
    assert repr(metric) == "Evaluation(bins=5, ranks=3, classes=7, input='probabilities')"
    assert repr(lg.Evaluation()) == "Evaluation(bins=15, ranks=10, classes=0, input='logits')"
    empty = metric.to_bytes()
    metric.update(lg.softmax(logits), labels)
    again = pickle.loads(pickle.dumps(metric))
    assert again.to_bytes() == metric.to_bytes() and repr(again) == repr(metric)
    assert again.compute() == metric.compute()
    assert pickle.loads(pickle.dumps(metric.compute())) == metric.compute()
    assert again.merge(metric) is again and again.compute().rows == 1000
    assert again.reset() is again and again.to_bytes() == empty


def test_what_is_refused(scored):
    logits, labels, _ = scored
    with pytest.raises(lg.LogitudeError, match="LGT_E_VALUE"):
        lg.Evaluation(0)
    with pytest.raises(lg.LogitudeError, match="LGT_E_VALUE"):
        lg.Evaluation(ranks=65537)
    with pytest.raises(lg.LogitudeError, match="LGT_E_VALUE"):
        lg.Evaluation(classes=-1)
    with pytest.raises(lg.LogitudeError, match="'scores'"):
        lg.Evaluation(input="scores")
    metric = lg.Evaluation(ranks=3)
    for k in (0, 4):
        with pytest.raises(lg.LogitudeError, match="outside 1 .. 3"):
            metric.accuracy(k)
    assert len(metric.classes()) == 0
    with pytest.raises(lg.LogitudeError, match="LGT_E_SHAPE"):
        lg.Evaluation(classes=6).update(logits, labels)
    with pytest.raises(lg.LogitudeError, match="label 7 of row 3"):
        metric.update(logits[:4], [0, 1, 2, 7])
    with pytest.raises(lg.LogitudeError, match="LGT_E_MISMATCH"):
        metric.merge(lg.Evaluation(ranks=3, input="probabilities"))
    assert metric.to_bytes() == lg.Evaluation(ranks=3).to_bytes()
