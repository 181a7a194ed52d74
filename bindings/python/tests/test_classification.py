"""Classification metrics against scikit-learn and scipy; merging, pickles."""

import copy
import functools
import operator
import pickle
import warnings

import numpy as np
import pytest
from scipy import stats
from sklearn import metrics as sk
from sklearn.exceptions import UndefinedMetricWarning

import logitude as lg

RTOL = 1e-12


@pytest.fixture(autouse=True)
def quiet():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UndefinedMetricWarning)
        warnings.filterwarnings("ignore", "A single label was found")
        warnings.filterwarnings("ignore", "y_pred contains classes not in y_true")
        warnings.filterwarnings("ignore", "invalid value encountered", RuntimeWarning)
        warnings.filterwarnings("ignore", "Mean of empty slice", RuntimeWarning)
        warnings.simplefilter("ignore", lg.LogitudeWarning)
        yield


def close(got, expected):
    np.testing.assert_allclose(got, expected, rtol=RTOL, atol=1e-13)


def cases():
    """True and predicted classes: many, one, absent ones, all wrong, all right."""
    rng = np.random.default_rng(5)
    for classes in (2, 3, 10, 100):
        for n in (1, 2, 50, 3000):
            t = rng.integers(0, classes, n)
            yield t, np.where(rng.random(n) < 0.6, t, rng.integers(0, classes, n))
    t = rng.integers(0, 6, 200)
    yield t, t
    yield t, (t + 1) % 6
    yield t, np.full(200, 3)
    yield np.full(200, 3), t
    yield np.zeros(9, int), np.zeros(9, int)
    yield np.zeros(9, int), np.ones(9, int)
    yield t * 3, t * 2 + 1  # gaps
    yield t - 3, np.roll(t, 1) - 3  # negative
    yield t * 10**6, np.roll(t, 1) * 10**6
    yield np.array(list("abcab")), np.array(list("abbca"))


CASES = list(cases())
WEIGHTED = [False, True]


def weights_of(t, weighted):
    return np.random.default_rng(6).uniform(0.1, 3, len(t)) if weighted else None


@pytest.mark.parametrize("weighted", WEIGHTED)
def test_confusion_matrix(weighted):
    for t, p in CASES:
        w = weights_of(t, weighted)
        for normalize in (None, "true", "pred", "all"):
            got = lg.confusion_matrix(t, p, sample_weight=w, normalize=normalize)
            expected = sk.confusion_matrix(t, p, sample_weight=w, normalize=normalize)
            close(got, expected)
            assert got.dtype.kind == expected.dtype.kind
    t, p = CASES[2]
    labels = [4, 1, 0, 9]
    close(lg.confusion_matrix(t, p, labels=labels), sk.confusion_matrix(t, p, labels=labels))


@pytest.mark.parametrize("weighted", WEIGHTED)
@pytest.mark.parametrize("average", [None, "micro", "macro", "weighted"])
@pytest.mark.parametrize("zero", [0, 1, np.nan])
def test_precision_recall_fscore(average, zero, weighted):
    for t, p in CASES:
        w = weights_of(t, weighted)
        for beta in (1.0, 0.5, 2.0, 0.0):
            options = dict(average=average, sample_weight=w, zero_division=zero)
            got = lg.precision_recall_fscore(t, p, beta=beta, **options)
            expected = sk.precision_recall_fscore_support(t, p, beta=beta, **options)
            for one, other in zip(got, expected):
                assert (one is None) == (other is None)
                if one is not None:
                    close(one, other)
        close(lg.f1(t, p, **options), sk.f1_score(t, p, **options))
        if zero == zero:
            close(lg.jaccard(t, p, **options), sk.jaccard_score(t, p, **options))


@pytest.mark.parametrize("zero", [0, 1, np.nan])
def test_all_classes_there_may_be(zero):
    t, p = np.array([0, 1, 1, 4]), np.array([1, 1, 0, 4])
    for average in (None, "micro", "macro", "weighted"):
        options = dict(labels=range(7), average=average, zero_division=zero)
        close(
            lg.precision_recall_fscore(t, p, **options)[2],
            sk.precision_recall_fscore_support(t, p, **options)[2],
        )
    report = lg.ClassCounts(7).update(p, t).report(zero_division=zero)
    assert (report.classes, report.undefined_precision, report.undefined_f) == (7, 4, 4)
    close(report.precision, sk.precision_score(t, p, average="macro", labels=range(7), zero_division=zero))
    present = lg.ClassCounts(7).update(p, t).report(classes="present")
    assert (present.classes, present.undefined_f) == (3, 0)


@pytest.mark.parametrize("weighted", WEIGHTED)
def test_binary(weighted, rng):
    t, p = rng.integers(0, 2, 300), rng.integers(0, 2, 300)
    w = weights_of(t, weighted)
    for pos_label in (0, 1):
        options = dict(pos_label=pos_label, sample_weight=w)
        close(lg.f1(t, p, **options), sk.f1_score(t, p, **options))
        close(lg.jaccard(t, p, **options), sk.jaccard_score(t, p, **options))
        options.update(average="binary", beta=2.0)
        close(
            lg.precision_recall_fscore(t, p, **options)[:3],
            sk.precision_recall_fscore_support(t, p, **options)[:3],
        )
    with pytest.raises(lg.LogitudeError):
        lg.f1([0, 1, 2], [0, 1, 2])


@pytest.mark.parametrize("weighted", WEIGHTED)
def test_accuracy_and_agreement(weighted):
    for t, p in CASES:
        w = weights_of(t, weighted)
        close(lg.matthews_corrcoef(t, p, sample_weight=w), sk.matthews_corrcoef(t, p, sample_weight=w))
        close(lg.hamming_loss(t, p, sample_weight=w), sk.hamming_loss(t, p, sample_weight=w))
        for adjusted in (False, True):
            options = dict(sample_weight=w, adjusted=adjusted)
            expected = sk.balanced_accuracy_score(t, p, **options)
            close(lg.balanced_accuracy(t, p, **options), expected)
        for kind in (None, "linear", "quadratic"):
            options = dict(sample_weight=w, weights=kind)
            close(lg.cohen_kappa(t, p, **options), sk.cohen_kappa_score(t, p, **options))


def test_the_kappas_of_one_state(rng):
    t, p = rng.integers(0, 5, 500), rng.integers(0, 5, 500)
    made = lg.ConfusionMatrix(5).update(p, t).agreement()
    for kind in ("linear", "quadratic"):
        close(getattr(made, f"kappa_{kind}"), sk.cohen_kappa_score(t, p, weights=kind))
    # Far from 0, quadratic weights must not cancel.
    far = lg.ConfusionMatrix(3000).update(p + 2990, t + 2990).agreement()
    close(far.kappa_quadratic, made.kappa_quadratic)


def test_clusterings():
    for t, p in CASES:
        if t.dtype.kind == "U":
            continue
        close(lg.mutual_info(t, p), sk.mutual_info_score(t, p))
        for method in ("arithmetic", "geometric", "min", "max"):
            options = dict(average_method=method)
            with np.errstate(all="ignore"):
                expected = sk.normalized_mutual_info_score(t, p, **options)
                adjusted = sk.adjusted_mutual_info_score(t, p, **options)
            close(lg.normalized_mutual_info(t, p, **options), expected)
            # scikit-learn's factorials lose digits.
            got = lg.adjusted_mutual_info(t, p, **options)
            np.testing.assert_allclose(got, adjusted, rtol=1e-8, atol=1e-9)
        for beta in (1.0, 0.3):
            expected = sk.homogeneity_completeness_v_measure(t, p, beta=beta)
            close(lg.homogeneity_completeness_v_measure(t, p, beta=beta), expected)
        close(lg.rand(t, p), sk.rand_score(t, p))
        close(lg.adjusted_rand(t, p), sk.adjusted_rand_score(t, p))
        close(lg.fowlkes_mallows(t, p), sk.fowlkes_mallows_score(t, p))


@pytest.mark.parametrize("weighted", WEIGHTED)
@pytest.mark.parametrize("dtype", [bool, np.int64, np.float32, np.float64])
def test_multilabel(weighted, dtype, rng):
    for n, labels, share in [(1, 2, 0.5), (40, 7, 0.4), (300, 20, 0.05), (30, 300, 0.9)]:
        t = rng.random((n, labels)) < share
        p = np.where(rng.random((n, labels)) < 0.7, t, rng.random((n, labels)) < share)
        if n > 10:
            t[:, 0], p[:, 0], t[3], p[3] = False, False, False, False
        w = weights_of(t, weighted)
        given = p.astype(dtype)
        if np.dtype(dtype).kind == "f":
            given = np.where(p, 0.5 + rng.uniform(0.01, 0.4, p.shape), rng.uniform(0, 0.5, p.shape))
            given = given.astype(dtype)
        counts = lg.MultilabelCounts(labels, weighted=weighted).update(given, t, w)
        rtol = 1e-6 if dtype == np.float32 else RTOL  # weights are float32 too
        for average in ("micro", "macro", "weighted", "samples"):
            for zero in (0, 1, np.nan):
                options = dict(average=average, sample_weight=w, zero_division=zero)
                expected = sk.precision_recall_fscore_support(t, p, **options)[:3]
                report = counts.report(average, zero_division=zero)
                got = report.precision, report.recall, report.f
                np.testing.assert_allclose(got, expected, rtol, atol=1e-13)
                if zero == zero:
                    expected = sk.jaccard_score(t, p, **options)
                    np.testing.assert_allclose(report.jaccard, expected, rtol, atol=1e-13)
        expected = sk.accuracy_score(t, p, sample_weight=w)
        np.testing.assert_allclose(report.exact_match, expected, rtol)
        expected = sk.hamming_loss(t, p, sample_weight=w)
        np.testing.assert_allclose(report.hamming_loss, expected, rtol)
        tables = sk.multilabel_confusion_matrix(t, p, sample_weight=w)
        each = counts.labels()
        for name, i, j in [("tn", 0, 0), ("fp", 0, 1), ("fn_", 1, 0), ("tp", 1, 1)]:
            np.testing.assert_allclose(each[name], tables[:, i, j], rtol, atol=1e-5)
        if np.dtype(dtype).kind != "f":
            options = dict(average="samples", sample_weight=w, zero_division=0)
            close(lg.f1(p, t, **options), sk.f1_score(p, t, **options))
            options["average"] = None
            close(lg.jaccard(t, p, **options), sk.jaccard_score(t, p, **options))
            close(lg.hamming_loss(t, p, sample_weight=w), expected)


@pytest.mark.parametrize("kind", [lg.ClassCounts, lg.ConfusionMatrix])
@pytest.mark.parametrize("ignore", [-100, 255, 2])
def test_ignored_rows(kind, ignore, rng):
    t, p = rng.integers(0, 5, 400), rng.integers(0, 5, 400)
    t[rng.random(400) < 0.3] = ignore
    kept = t != ignore
    got = kind(5, ignore_index=ignore).update(p, t)
    expected = kind(5).update(p[kept], t[kept])
    assert got.report().ignored == (~kept).sum()
    np.testing.assert_array_equal(got.classes(), expected.classes())
    got.update(np.full(3, 10**12), np.full(3, ignore))
    assert got.report().rows == kept.sum()


STATES = [
    lambda: lg.ClassCounts(6),
    lambda: lg.ClassCounts(6, weighted=True, ignore_index=1),
    lambda: lg.ConfusionMatrix(6),
    lambda: lg.ConfusionMatrix(6, weighted=True),
]


@pytest.mark.parametrize("make", STATES)
def test_any_split_and_order_gives_the_same_bytes(make, rng):
    t, p = rng.integers(0, 6, 900), rng.integers(0, 6, 900)
    weighted = make()._state[2] & 1
    w = rng.uniform(0, 4, 900)

    def seen(part):
        return make().update(p[part], t[part], w[part] if weighted else None)

    whole = seen(slice(None))
    parts = [seen(part) for part in np.split(rng.permutation(900), [7, 300, 301])]
    assert functools.reduce(operator.add, parts).to_bytes() == whole.to_bytes()
    assert pickle.loads(pickle.dumps(whole)).to_bytes() == whole.to_bytes()
    assert copy.copy(whole).reset().to_bytes() == make().to_bytes()
    assert "classes=6" in repr(whole)
    assert not np.isnan(whole.compute())


def test_refused():
    state = lg.ClassCounts(3)
    before = state.to_bytes()
    for predicted, labels, weights in [
        ([0, 3], [0, 1], None),
        ([0, 1], [0, -1], None),
        ([0, 1], [0], None),
        ([0, 1], [0, 1], [1, 1]),
        ([0, 1], [0, 1], [1]),
    ]:
        with pytest.raises(lg.LogitudeError):
            state.update(predicted, labels, weights)
    with pytest.raises(TypeError):
        state.update([0.5], [1])
    assert state.to_bytes() == before
    for bad in (dict(average="samples"), dict(zero_division=2), dict(beta=-1), dict(classes="x")):
        with pytest.raises(lg.LogitudeError):
            state.report(**bad)
    with pytest.raises(lg.LogitudeError):
        lg.ConfusionMatrix(30000)
    with pytest.raises(lg.LogitudeError):
        lg.ConfusionMatrix(3, weighted=True).counts()
    with pytest.raises(lg.LogitudeError):
        lg.f1([0, 1], [0, 1], labels=[0])
    with pytest.raises(lg.LogitudeError):
        lg.MultilabelCounts(2).update([[0, 2]], [[0, 1]])


def test_undefined_is_warned_of():
    with pytest.warns(lg.LogitudeWarning):
        assert np.isnan(lg.cohen_kappa([1, 1], [1, 1]))
    with pytest.warns(lg.LogitudeWarning):
        assert np.isnan(lg.mutual_info([], []))
    with pytest.warns(lg.LogitudeWarning):
        assert np.isnan(lg.MultilabelCounts(2).report().f)


def test_likelihood_ratios(rng):
    t, p = rng.integers(0, 2, 300), rng.integers(0, 2, 300)
    for w in (None, rng.uniform(0, 2, 300)):
        got = lg.class_likelihood_ratios(t, p, sample_weight=w)
        close(got, sk.class_likelihood_ratios(t, p, sample_weight=w))
    for t, p in [([0, 1, 1], [0, 1, 0]), ([0, 1, 1], [1, 1, 0]), ([1, 1], [1, 0]), ([0, 0], [1, 0])]:
        with np.errstate(all="ignore"):
            close(lg.class_likelihood_ratios(t, p), sk.class_likelihood_ratios(t, p))


def test_mcnemar(rng):
    for b, c in [(1, 0), (3, 9), (10, 10), (121, 59), (10**6, 10**6 + 4000), (500, 20)]:
        got = lg.mcnemar(b, c)
        np.testing.assert_allclose(got.exact_p, stats.binomtest(b, b + c).pvalue, rtol=1e-10)
        np.testing.assert_allclose(got.chi2, (b - c) ** 2 / (b + c), rtol=1e-14)
        np.testing.assert_allclose(got.chi2_p, stats.chi2.sf(got.chi2, 1), rtol=1e-10)
        np.testing.assert_allclose(got.corrected_p, stats.chi2.sf(got.corrected_chi2, 1), rtol=1e-10)
    y, first, second = (rng.integers(0, 4, 500) for _ in range(3))
    b, c = ((first == y) & (second != y)).sum(), ((first != y) & (second == y)).sum()
    assert lg.mcnemar(first, second, y) == lg.mcnemar(b, c)
    with pytest.raises(lg.LogitudeError):
        lg.mcnemar([-1], [0], [0])
