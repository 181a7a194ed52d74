"""Correlations against scipy, numpy and their definitions."""

import pickle

import ml_dtypes
import numpy as np
import pytest
from scipy import stats

import logitude as lg

DTYPES = [np.dtype(t) for t in (np.float64, np.float32, np.float16, ml_dtypes.bfloat16)]
CLOSE = {"rtol": 1e-12, "atol": 1e-15}
UNDEFINED = [
    lg.pearsonr,
    lg.spearmanr,
    lg.kendalltau,
    lg.somersd,
    lg.chatterjeexi,
    lambda x, y: (lg.weightedtau(x, y),),
    lambda x, y: (lg.concordance_index(y, x),),
]


def pair(rng, n, kind):
    x = rng.standard_normal(n)
    y = 0.5 * x + rng.standard_normal(n)
    if kind == "tied":
        x, y = np.round(3 * x), np.round(2 * y)
    if kind == "half":
        x = np.round(x)
    if kind == "falling":
        y = -x
    return x, y


PAIRS = [(n, kind) for n in (2, 3, 4, 7, 16, 33, 34, 200) for kind in ("", "tied", "half", "falling")]


@pytest.fixture(params=PAIRS, ids=str)
def xy(request, rng):
    x, y = pair(rng, *request.param)
    while len(set(x)) < 2 or len(set(y)) < 2:
        x, y = pair(rng, *request.param)
    return x, y


def test_pearson(xy):
    x, y = xy
    n, ours, theirs = len(x), lg.pearsonr(x, y, report=True), stats.pearsonr(x, y)
    assert np.allclose(ours.r, theirs.statistic, **CLOSE)
    assert np.allclose(ours.p_value, theirs.pvalue, rtol=1e-11, atol=1e-30)
    assert np.allclose((ours.low, ours.high), theirs.confidence_interval(), **CLOSE)
    cov = np.cov(x, y)
    assert np.allclose((ours.variance_x, ours.covariance, ours.variance_y), cov[[0, 0, 1], [0, 1, 1]])
    line = stats.linregress(x, y)
    assert np.allclose((ours.slope, ours.intercept), line[:2], rtol=1e-12, atol=1e-13)
    if n > 2:
        assert np.allclose(ours.slope_std_error, line.stderr, rtol=1e-6, atol=1e-7)
    lin = 2 * cov[0, 1] / (cov[0, 0] + cov[1, 1] + n / (n - 1) * (x.mean() - y.mean()) ** 2)
    assert np.allclose(lg.concordance_corrcoef(x, y), lin, **CLOSE)


@pytest.mark.parametrize("offset", [0, 1e8, -1e12, 1e15])
@pytest.mark.parametrize("scale", [1e-3, 1, 1e150, 1e-150])
def test_pearson_of_a_mean_far_away(rng, offset, scale):
    x, y = pair(rng, 5000, "")
    x, y = (1024 * (x + offset)).round() / 1024 * scale, y * scale
    shifted = x - offset * scale
    ours = lg.pearsonr(x, y, report=True)
    centered = (x - x[0]) / scale
    expected = np.corrcoef(centered, y / scale)[0, 1]
    assert np.allclose(ours.r, expected, rtol=1e-11), shifted[:2]


def test_pearson_weights_are_repetitions(rng):
    x, y = pair(rng, 300, "")
    w = rng.integers(0, 4, 300)
    ours = lg.pearsonr(x, y, w, report=True)
    assert ours == lg.pearsonr(x.repeat(w), y.repeat(w), report=True)._replace(rows=(w > 0).sum())
    w = rng.uniform(size=300)
    ours = lg.pearsonr(x, y, w, report=True)
    cov = np.cov(x, y, aweights=w, ddof=0)
    assert np.allclose(ours.r, cov[0, 1] / np.sqrt(cov[0, 0] * cov[1, 1]), **CLOSE)
    assert np.allclose(ours.mean_x, np.average(x, weights=w), **CLOSE)


def test_a_pearson_state_is_its_bytes(rng):
    x, y = pair(rng, 2000, "")
    x[::7] *= 1e-30
    whole = lg.Pearson().update(x, y)
    order = rng.permutation(2000)
    parts = [lg.Pearson().update(x[part], y[part]) for part in np.array_split(order, 17)]
    merged = parts[3] + parts[0]
    for i in set(range(17)) - {0, 3}:
        merged += pickle.loads(pickle.dumps(parts[i]))
    assert merged.to_bytes() == whole.to_bytes()
    assert merged.compute() == whole.compute()
    assert repr(merged) == "Pearson()"


def test_spearman(xy):
    x, y = xy
    ours, theirs = lg.spearmanr(x, y, report=True), stats.spearmanr(x, y)
    assert np.allclose(ours.r, theirs.statistic, **CLOSE)
    if len(x) > 2:
        least = 1e-7 if abs(ours.r) == 1 else 1e-30
        assert np.allclose(ours.p_value, theirs.pvalue, rtol=1e-10, atol=least)
    ranks = stats.pearsonr(stats.rankdata(x), stats.rankdata(y))
    # Where r is 1 or -1, scipy's may be next to it, and its p-value the root of an ulp.
    least = 1e-7 if abs(ours.r) == 1 else 1e-30
    assert np.allclose(ours.p_value, ranks.pvalue, rtol=1e-10, atol=least)
    assert np.allclose((ours.low, ours.high), ranks.confidence_interval(), **CLOSE)


def test_kendall(xy):
    x, y = xy
    ours = lg.kendalltau(x, y, report=True)
    sign = np.sign(np.subtract.outer(x, x)) * np.sign(np.subtract.outer(y, y))
    assert (ours.concordant, ours.discordant) == ((sign > 0).sum() / 2, (sign < 0).sum() / 2)
    for variant in "bc":
        theirs = stats.kendalltau(x, y, variant=variant)
        assert np.allclose(lg.kendalltau(x, y, variant=variant), theirs, rtol=1e-12, atol=1e-30)
    assert ours.tau_a == sign.sum() / (len(x) * (len(x) - 1))
    assert np.allclose(ours.gamma, sign.sum() / abs(sign).sum(), **CLOSE)


def test_kendall_exact_p_values(rng):
    for n in range(2, 36):
        y = rng.permutation(n)
        assert np.allclose(lg.kendalltau(np.arange(n), y), stats.kendalltau(np.arange(n), y), **CLOSE)


def test_somers(xy):
    ours, theirs = lg.somersd(*xy), stats.somersd(*xy)
    assert np.allclose(ours, (theirs.statistic, theirs.pvalue), rtol=1e-11, atol=1e-30, equal_nan=True)
    turned = lg.somersd(*xy, report=True).d_xy
    assert np.allclose(turned, stats.somersd(*xy[::-1]).statistic, **CLOSE)


@pytest.mark.parametrize("rank", [True, None, False])
@pytest.mark.parametrize("additive", [True, False])
def test_weighted_tau(xy, rank, additive):
    theirs = stats.weightedtau(*xy, rank=rank, additive=additive).statistic
    assert np.allclose(lg.weightedtau(*xy, rank, additive=additive), theirs, **CLOSE)


@pytest.mark.parametrize("continuous", [False, True])
def test_xi(xy, continuous):
    x, y = xy
    order = np.argsort(x, kind="stable")
    # scipy sorts rows of equal x in any order: without ties there is one.
    theirs = stats.chatterjeexi(np.arange(len(x)), y[order], y_continuous=continuous)
    ours = lg.chatterjeexi(x, y, y_continuous=continuous, ties="given")
    assert np.allclose(ours, theirs, rtol=1e-9, atol=1e-13)


def test_xi_of_ties_is_the_mean_over_orders(rng):
    x, y = np.repeat([0, 1, 2], [3, 2, 4]), rng.integers(0, 6, 9)
    shuffled = [rng.permutation(9) for _ in range(20000)]
    given = np.mean([lg.chatterjeexi(x[o], y[o], ties="given").statistic for o in shuffled])
    ours = lg.chatterjeexi(x, y).statistic
    assert abs(ours - given) < 0.02
    assert ours == lg.chatterjeexi(x[shuffled[0]], y[shuffled[0]]).statistic


def harrell(time, predicted, event):
    counts = np.zeros(3)
    for i in np.flatnonzero(event):
        longer = (time > time[i]) | ((time == time[i]) & (event == 0))
        apart = np.sign(predicted[longer] - predicted[i])
        counts += [(apart > 0).sum(), (apart < 0).sum(), (apart == 0).sum()]
    return counts


def test_concordance_index(xy, rng):
    predicted, time = xy
    event = rng.integers(0, 2, len(time)).astype(np.int16)
    for events, known in ((None, np.ones(len(time))), (event, event)):
        right, wrong, tied = harrell(time, predicted, known)
        if right + wrong + tied == 0:
            continue
        ours = lg.concordance_index(time, predicted, events, report=True)
        assert (ours.concordant, ours.discordant, ours.ties_x) == (right, wrong, tied)
        assert np.allclose(ours.value, (right + tied / 2) / (right + wrong + tied), **CLOSE)
    d = lg.somersd(predicted, time, report=True).d_xy
    assert np.allclose(lg.concordance_index(time, predicted), (d + 1) / 2, **CLOSE)


@pytest.mark.parametrize("method", ["average", "min", "max", "dense", "ordinal"])
def test_ranks(xy, method):
    x = np.r_[xy[0], 0.0, -0.0, np.inf, -np.inf]
    assert np.array_equal(lg.rankdata(x, method), stats.rankdata(x, method))


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_every_type(rng, dtype):
    x, y = (v.astype(dtype) for v in pair(rng, 700, ""))
    wide = x.astype(np.float64), y.astype(np.float64)
    for f in (lg.pearsonr, lg.spearmanr, lg.kendalltau, lg.somersd, lg.chatterjeexi, lg.weightedtau):
        assert f(x, y) == f(*wide)
    assert lg.concordance_index(x, y) == lg.concordance_index(*wide)
    assert np.array_equal(lg.rankdata(x), lg.rankdata(wide[0]))


@pytest.mark.parametrize("f", UNDEFINED)
@pytest.mark.parametrize("n", [0, 1, 5])
def test_nothing_one_row_and_constants_are_undefined(f, n):
    with pytest.warns(lg.LogitudeWarning, match="UNDEFINED"):
        assert np.isnan(f(np.ones(n), np.ones(n))[0])


@pytest.mark.parametrize("f", UNDEFINED)
def test_nan_is_undefined_and_infinity_an_end(f, rng):
    x, y = pair(rng, 50, "")
    infinite = np.where(x == x.max(), np.inf, x)
    if f is lg.pearsonr:
        with pytest.warns(lg.LogitudeWarning, match="UNDEFINED"):
            assert np.isnan(f(infinite, y)[0])
    else:
        assert f(infinite, y) == f(x, y)
    with pytest.warns(lg.LogitudeWarning, match="UNDEFINED"):
        assert np.isnan(f(np.where(x == x.max(), np.nan, x), y)[0])


@pytest.mark.parametrize("f", [lg.spearmanr, lg.kendalltau, lg.somersd, lg.weightedtau, lg.chatterjeexi])
def test_the_order_of_rows_does_not_matter(f, rng):
    x, y = pair(rng, 3000, "tied")
    order = rng.permutation(3000)
    assert f(x, y) == f(x[order], y[order])


def test_longer_columns(rng):
    x, y = pair(rng, 30000, "")
    assert np.allclose(lg.pearsonr(x, y)[0], stats.pearsonr(x, y)[0], **CLOSE)
    assert np.allclose(lg.spearmanr(x, y)[0], stats.spearmanr(x, y)[0], **CLOSE)
    assert np.allclose(lg.kendalltau(x, y)[0], stats.kendalltau(x, y)[0], **CLOSE)
    assert np.allclose(lg.weightedtau(x, y), stats.weightedtau(x, y)[0], **CLOSE)
    assert np.allclose(lg.chatterjeexi(x, y)[0], stats.chatterjeexi(x, y)[0], rtol=1e-10)


def test_bad_arguments():
    for wrong in (
        lambda: lg.pearsonr([1, 2], [1, 2, 3]),
        lambda: lg.pearsonr([1, 2], [1, 2], [1, -1]),
        lambda: lg.pearsonr([1, 2], [1, 2], confidence_level=1.0),
        lambda: lg.spearmanr([1, 2], [1, 2], confidence_level=np.nan),
        lambda: lg.kendalltau([1, 2], [1, 2], variant="d"),
        lambda: lg.concordance_index([1, 2], [1, 2], [1, 2]),
        lambda: lg.chatterjeexi([1, 2], [1, 2], ties="random"),
        lambda: lg.rankdata([1, 2], "median"),
    ):
        with pytest.raises(lg.LogitudeError):
            wrong()
