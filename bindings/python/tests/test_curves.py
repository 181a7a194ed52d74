"""Curves of two classes against scikit-learn and their definitions in numpy."""

import ml_dtypes
import numpy as np
import pytest
from sklearn import metrics as sk

import logitude as lg

DTYPES = [np.dtype(t) for t in (np.float32, np.float64, np.float16, ml_dtypes.bfloat16)]
LABELS = [np.uint8, np.int8, np.uint16, np.int16, np.uint32, np.int32, np.uint64, np.int64, bool]
SETS = ["plain", "ties", "few", "signs", "all tied", "apart", "block"]


def made(name, dtype, rng):
    n = {"few": 7, "block": 5000}.get(name, 700)
    y = (rng.uniform(size=n) < 0.4).astype(int)
    y[:2] = 0, 1
    x = rng.normal(size=n) + y
    if name == "ties":
        x = np.round(x * 2) / 2
    elif name == "block":
        x = np.round(x * 20) / 8
    elif name == "signs":
        x = rng.choice([-np.inf, -1.5, -0.0, 0.0, 1e-7, 2.0, np.inf], n)
    elif name == "all tied":
        x = np.zeros(n)
    elif name == "apart":
        x = y * 2 - 1 + rng.uniform(size=n) * 0.5
    return x.astype(dtype), y


def exact(x):
    """As scikit-learn takes it: it knows no infinity, so the largest numbers stand for it."""
    return np.nan_to_num(x.astype(np.float64), posinf=1e300, neginf=-1e300)


@pytest.fixture(params=DTYPES, ids=str)
def dtype(request):
    return request.param


@pytest.fixture(params=SETS)
def data(request, dtype, rng):
    return made(request.param, dtype, rng)


def weights_of(n, dtype, rng):
    wide = np.float64 if dtype == np.float64 else np.float32
    return (rng.integers(0, 4, n) / 4 + (np.arange(n) < 2)).astype(wide)


@pytest.mark.parametrize("weighted", [False, True])
def test_auroc(data, weighted, rng):
    x, y = data
    w = weights_of(len(x), x.dtype, rng) if weighted else None
    report = lg.roc_auc(x, y, w, report=True)
    np.testing.assert_allclose(report.auroc, sk.roc_auc_score(y, exact(x), sample_weight=w), rtol=1e-13)
    each = np.ones(len(x)) if w is None else w.astype(float)
    p, n = y == 1, y == 0
    same = (exact(x)[p][:, None] == exact(x)[n]) * each[p][:, None] * each[n]
    np.testing.assert_allclose(report.tied, same.sum() / each[p].sum() / each[n].sum(), rtol=1e-12)
    assert report.rows == (each > 0).sum() and report.nan_rows == 0
    assert report.positives == (p & (each > 0)).sum()
    assert report.negatives == (n & (each > 0)).sum()
    np.testing.assert_allclose(report.positive_weight, each[p].sum(), rtol=1e-15)
    for most in (0.01, 0.1, 0.5, 0.999):
        expected = sk.roc_auc_score(y, exact(x), sample_weight=w, max_fpr=most)
        np.testing.assert_allclose(lg.roc_auc(x, y, w, max_fpr=most), expected, rtol=1e-12)
    assert lg.roc_auc(x, y, w) == report.auroc == report.partial


@pytest.mark.parametrize("weighted", [False, True])
def test_average_precision(data, weighted, rng):
    x, y = data
    w = weights_of(len(x), x.dtype, rng) if weighted else None
    expected = sk.average_precision_score(y, exact(x), sample_weight=w)
    np.testing.assert_allclose(lg.average_precision(x, y, w), expected, rtol=1e-13)


@pytest.mark.parametrize("drop", [False, True])
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("name", ["roc_curve", "precision_recall_curve", "det_curve"])
def test_curves(data, weighted, drop, name, rng):
    x, y = data
    w = weights_of(len(x), x.dtype, rng) if weighted else None
    got = getattr(lg, name)(x, y, w, drop_intermediate=drop)
    expected = getattr(sk, name)(y, exact(x), sample_weight=w, drop_intermediate=drop)
    assert got.thresholds.dtype == x.dtype
    if name == "roc_curve":
        expected[2][0] = np.inf
    for ours, theirs in zip(got, expected):
        ours = exact(ours) if ours is got.thresholds else ours
        theirs = exact(theirs) if theirs is expected[2] else theirs
        assert len(ours) == len(theirs)
        np.testing.assert_allclose(ours, theirs, rtol=1e-14 if weighted else 0)


@pytest.mark.parametrize("kind", LABELS)
def test_labels_of_any_type(kind, rng):
    x, y = made("plain", np.float32, rng)
    assert lg.roc_auc(x, y.astype(kind)) == lg.roc_auc(x, y)
    for bad in (2, -1, 256, 257, 2**32, 2**32 + 1):
        if kind is not bool and np.iinfo(kind).min <= bad <= np.iinfo(kind).max:
            wrong = y.astype(kind)
            wrong[600] = bad
            with pytest.raises(lg.LogitudeError):
                lg.roc_auc(x, wrong)


@pytest.mark.parametrize("weighted", [False, True])
def test_the_order_of_rows_changes_no_bit(data, weighted, rng):
    x, y = data
    w = weights_of(len(x), x.dtype, rng) * 0.7 if weighted else None
    place = rng.permutation(len(x))
    other = x[place], y[place], None if w is None else w[place]
    assert lg.roc_auc(x, y, w, report=True) == lg.roc_auc(*other, report=True)
    assert lg.average_precision(x, y, w) == lg.average_precision(*other)
    for curve in (lg.roc_curve, lg.precision_recall_curve, lg.det_curve):
        for a, b in zip(curve(x, y, w), curve(*other)):
            np.testing.assert_array_equal(a, b)


def test_maps_that_keep_order_keep_the_area(rng):
    x, y = made("ties", np.float64, rng)
    for f in (np.exp, lambda x: x * 1e-12, lambda x: x**3, lambda x: x - 1e6, np.arctan):
        assert lg.roc_auc(f(x), y) == lg.roc_auc(x, y)
    assert lg.roc_auc(-x, y) == pytest.approx(1 - lg.roc_auc(x, y), abs=1e-15)


@pytest.mark.parametrize("n", [*range(1, 40), 63, 64, 65, 255, 256, 257, 1023, 1024, 1025])
def test_every_small_number_of_rows(n, dtype, rng):
    x = rng.integers(-4, 5, n) / 2 if n % 2 else rng.normal(size=n)
    x, y = x.astype(dtype), rng.integers(0, 2, n)
    y[:2] = [0, 1][:n]
    if n > 1:
        np.testing.assert_allclose(lg.roc_auc(x, y), sk.roc_auc_score(y, x.astype(float)), rtol=1e-14)
        for ours, theirs in zip(lg.roc_curve(x, y), sk.roc_curve(y, x.astype(float))):
            np.testing.assert_array_equal(ours.astype(float), theirs)


@pytest.mark.parametrize("weights", [None, np.ones(3, np.float32)])
def test_what_is_undefined(weights, dtype):
    x = np.array([0.5, -1, 2]).astype(dtype)
    w = None if weights is None else weights.astype(np.float64 if dtype == np.float64 else np.float32)
    for y in ([0, 0, 0], [1, 1, 1]):
        with pytest.warns(lg.LogitudeWarning):
            report = lg.roc_auc(x, y, w, report=True)
        assert np.isnan(report[6:]).all() and report.rows == 3 and report.positives == sum(y)
        with pytest.warns(lg.LogitudeWarning):
            assert np.isnan(lg.equal_error_rate(x, y, w))
    with pytest.warns(lg.LogitudeWarning):
        fpr, tpr, _ = lg.roc_curve(x, [1, 1, 1], w, drop_intermediate=False)
    np.testing.assert_array_equal(tpr, [0, 1 / 3, 2 / 3, 1])
    assert np.isnan(fpr).all()
    assert lg.average_precision(x, [1, 1, 1], w) == 1
    with pytest.warns(lg.LogitudeWarning):
        assert np.isnan(lg.average_precision(x, [0, 0, 0], w))
    x[1] = np.nan
    with pytest.warns(lg.LogitudeWarning):
        report = lg.roc_auc(x, [0, 1, 1], w, report=True)
    assert np.isnan(report[6:]).all()
    assert report[:6] == (3, 1, 1, 1, 1, 1)
    with pytest.warns(lg.LogitudeWarning):
        assert len(lg.det_curve(x, [0, 1, 1], w).fpr) == 0
    with pytest.warns(lg.LogitudeWarning):
        assert np.isnan(lg.roc_auc(x[:0], [], None if w is None else w[:0]))


def test_rows_without_weight_do_not_count(dtype):
    wide = np.float64 if dtype == np.float64 else np.float32
    x, y = np.array([1, np.nan, 2, 3, 0]).astype(dtype), np.array([0, 1, 1, 0, 1])
    w = np.array([1, 0, 2, 0, 1], wide)
    report = lg.roc_auc(x, y, w, report=True)
    assert report[:6] == (3, 0, 2, 1, 3, 1) and report.auroc == pytest.approx(2 / 3, abs=1e-15)
    assert list(lg.roc_curve(x, y, w, drop_intermediate=False).thresholds.astype(float)) == [np.inf, 2, 1, 0]


# The higher nine of ten, and eight, of which pairs are known.
POSITIVE, NEGATIVE = (9, 8, 7, 7, 6, 5, 5, 4, 3, 1), (7, 5, 4, 2, 2, 1, 0, 0)


def test_operating_points_that_were_published():
    x, y = np.array(POSITIVE + NEGATIVE, float), [1] * 10 + [0] * 8
    assert lg.roc_auc(x, y) == 0.8
    assert lg.average_precision(x, y) == pytest.approx(0.8091161616, abs=1e-10)
    assert lg.average_precision(-x, 1 - np.array(y)) == pytest.approx(0.7708333333, abs=1e-10)
    point = lg.operating_point(x, y, target=0.8)
    assert (point.fpr, point.threshold, point.tpr) == (0.375, 4, 0.8)
    point = lg.operating_point(x, y)
    assert (point.fpr, point.threshold, point.tpr) == (0.75, 1, 1)
    assert lg.operating_point(x, y, rule="tpr_nearest").tnr == 0.25
    assert lg.operating_point(x, y, rule="max_youden").balanced_accuracy == 0.7625


@pytest.mark.parametrize("weighted", [False, True])
def test_operating_points_by_definition(data, weighted, rng):
    x, y = data
    w = weights_of(len(x), x.dtype, rng) if weighted else np.ones(len(x))
    value = x.astype(np.float64)
    at = np.r_[np.inf, np.unique(value[w > 0])[::-1]]
    tp = np.array([w[(value >= t) & (y == 1)].sum(dtype=float) for t in at])
    fp = np.array([w[(value >= t) & (y == 0)].sum(dtype=float) for t in at])
    tp[0] = fp[0] = 0
    tpr, fpr = tp / tp[-1], fp / fp[-1]
    with np.errstate(invalid="ignore"):
        precision = tp / (tp + fp)
    f1 = 2 * tp / (tp + fp + tp[-1])

    def point(rule, target=0.5):
        return lg.operating_point(x, y, w if weighted else None, rule=rule, target=target)

    for target in (0, 0.1, 0.25, 0.5, 0.9, 1):
        assert point("tpr_at_least", target).fpr == pytest.approx(fpr[tpr >= target].min())
        got = point("fpr_at_most", target).tpr
        assert got == pytest.approx(tpr[fpr <= target].max(), rel=1e-12)
        nearest = point("tpr_nearest", target).tpr
        assert abs(nearest - target) == pytest.approx(np.abs(tpr - target).min(), abs=2e-9)
        some = np.arange(len(at)) > 0
        got = point("recall_at_least", target).precision
        assert got == pytest.approx(precision[some & (tpr >= target)].max())
        fine = some & (precision >= target)
        if fine.any():
            assert point("precision_at_least", target).tpr == pytest.approx(tpr[fine].max())
        else:
            with pytest.warns(lg.LogitudeWarning):
                assert np.isnan(point("precision_at_least", target).threshold)
    assert point("max_f1").f1 == pytest.approx(f1.max())
    best = point("max_youden")
    assert best.tpr - best.fpr == pytest.approx((tpr - fpr).max())
    line = np.interp(0, fpr + tpr - 1, fpr)
    assert best.eer == pytest.approx(line, abs=1e-12)
    equal = point("equal_errors")
    assert abs(equal.fpr + equal.tpr - 1) == pytest.approx(np.abs(fpr + tpr - 1).min(), abs=1e-12)
    k = np.flatnonzero(at == equal.threshold)[0]
    for name, value in dict(tpr=tpr, fpr=fpr, true_positives=tp, false_positives=fp, f1=f1).items():
        assert getattr(equal, name) == pytest.approx(value[k])


def test_bad_parameters(rng):
    x, y = made("plain", np.float32, rng)
    for most in (0, -1, 1.5, np.nan):
        with pytest.raises(lg.LogitudeError):
            lg.roc_auc(x, y, max_fpr=most)
    for target in (-0.1, 1.1, np.nan):
        with pytest.raises(lg.LogitudeError):
            lg.operating_point(x, y, target=target)
    with pytest.raises(lg.LogitudeError):
        lg.operating_point(x, y, rule="best")
    for weight in (-1, np.nan, np.inf):
        for dtype in (np.float32, np.float64):
            w = np.ones(len(x))
            w[30] = weight
            with pytest.raises(lg.LogitudeError):
                lg.roc_auc(x.astype(dtype), y, w)


def classes(dtype, rng, n=400, c=6, steps=0):
    y = rng.integers(0, c, n)
    y[:c] = np.arange(c)
    x = rng.uniform(0.05, 1, (n, c))
    x[np.arange(n), y] += 0.2
    if steps:
        x = np.round(x * steps) / steps + 0.01
    # Sums of 1 to the last bits, as scikit-learn wants them.
    return (x / x.sum(1, keepdims=True)).astype(dtype), y


@pytest.mark.parametrize("steps", [0, 6])
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("average", ["macro", "weighted", "micro", None])
def test_of_many_classes(dtype, steps, weighted, average, rng):
    x, y = classes(dtype, rng, steps=steps)
    w = weights_of(len(y), dtype, rng) + (np.arange(len(y)) < 6) if weighted else None
    w = None if w is None else w.astype(np.float64 if dtype == np.float64 else np.float32)
    one_hot, wide = np.eye(6, dtype=int)[y], x.astype(np.float64)
    several = (rng.uniform(size=x.shape) < 2 * wide).astype(np.int8)
    for ours, theirs in (("roc_auc", "roc_auc_score"), ("average_precision", "average_precision_score")):
        for name, truth, labels in (("multiclass", y, one_hot), ("multilabel", several, several)):
            got = getattr(lg, f"{name}_{ours}")(x, truth, w, average=average)
            peer = getattr(sk, theirs)(labels, wide, average=average, sample_weight=w)
            np.testing.assert_allclose(got, peer, rtol=1e-12)


@pytest.mark.parametrize("steps", [0, 6])
@pytest.mark.parametrize("average", ["macro", "weighted"])
def test_of_pairs_of_classes(steps, average, rng):
    x, y = classes(np.float64, rng, steps=steps)
    got = lg.multiclass_roc_auc(x, y, average=average, multi_class="ovo")
    peer = sk.roc_auc_score(y, x, average=average, multi_class="ovo")
    np.testing.assert_allclose(got, peer, rtol=1e-12)


def test_classes_without_rows_are_left_out(rng):
    x, y = classes(np.float32, rng, c=4)
    padded = np.concatenate([x, x[:, :1]], axis=1)[:, [0, 4, 1, 2, 3]]
    moved = np.array([0, 2, 3, 4])[y]
    ours, theirs = lg.multiclass_roc_auc(padded, moved, report=True), lg.multiclass_roc_auc(x, y, report=True)
    assert ours.left_out == ours.precision_left_out == 1 and ours.pairs_left_out == 4
    for field in ("auroc_macro", "auroc_weighted", "ovo_macro", "ovo_weighted", "precision_macro"):
        assert getattr(ours, field) == getattr(theirs, field)
    assert np.isnan(ours.auroc[1]) and np.isnan(ours.auroc_micro)
    assert (np.delete(ours.average_precision, 1) == theirs.average_precision).all()
    with pytest.warns(lg.LogitudeWarning):
        assert np.isnan(lg.multiclass_roc_auc(x, np.zeros(len(x), int)))


def test_of_many_classes_refuses():
    x, y = np.eye(3), [0, 1, 2]
    for keywords in ({"average": "samples"}, {"multi_class": "rest"}, {"average": None, "multi_class": "ovo"}):
        with pytest.raises(ValueError):
            lg.multiclass_roc_auc(x, y, **keywords)
    with pytest.raises(ValueError):
        lg.multiclass_roc_auc(x, [0, 1, 3])
    with pytest.raises(ValueError):
        lg.multilabel_roc_auc(x, [[0, 1], [1, 0], [1, 1]])
    with pytest.raises(ValueError):
        lg.multilabel_average_precision(x, [[0, 1, 2]] * 3)
    view = np.asfortranarray(np.tile([0.1, 0.7, 0.2], (3, 2)))[:, ::2]
    assert lg.multiclass_roc_auc(view, y) == lg.multiclass_roc_auc(view.copy(), y)
