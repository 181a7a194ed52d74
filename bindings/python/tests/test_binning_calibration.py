"""Isotonic calibration against scikit-learn, histogram binning and BBQ against their
definitions, and all by their own laws."""

import pickle

import numpy as np
import pytest
from scipy import optimize
from scipy.special import gammaln, logsumexp
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import log_loss

import logitude as lg
from logitude import multiclass_calibration
from logitude._abi import function


def data(seed, n, digits=None):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=n)
    if digits is not None:
        x = np.round(x, digits) + 0.0
    y = (rng.random(n) < 1 / (1 + np.exp(-x))).astype(np.uint8)
    return x, y, rng.random(n) + 0.1


@pytest.mark.filterwarnings("ignore::logitude.LogitudeWarning")
@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.float16])
@pytest.mark.parametrize("digits", [None, 1, 0])
@pytest.mark.parametrize("weighted", [False, True])
def test_against_scikit_learn(dtype, digits, weighted):
    for seed in range(40):
        x, y, w = data(seed, 1 + 7 * seed, digits)
        x, w = x.astype(dtype), (w.astype(np.float32) if weighted else None)
        wide = x.astype(np.float64)
        ours = lg.IsotonicCalibration().fit(x, y, w)
        wide_weights = None if w is None else w.astype(np.float64)
        theirs = IsotonicRegression(out_of_bounds="clip").fit(
            wide, y.astype(np.float64), wide_weights
        )
        again = lg.IsotonicCalibration.from_bytes(ours.to_bytes())
        asked = np.r_[wide, np.linspace(-4, 4, 101)]
        np.testing.assert_allclose(
            again.predict_proba(asked), theirs.predict(asked), rtol=0, atol=1e-12
        )
        got = ours.predict_proba(x)
        assert got.dtype == dtype
        np.testing.assert_allclose(got, theirs.predict(wide), atol=np.finfo(dtype).eps)


@pytest.mark.filterwarnings("ignore::logitude.LogitudeWarning")
def test_blocks_against_scipy():
    for n in [1, 2, 15, 16, 17, 63, 64, 65, 127, 128, 129, 1000]:
        x, y, w = data(n, n)
        order = np.argsort(x)
        for weights in (None, w):
            exact = optimize.isotonic_regression(
                y[order].astype(float), weights=None if weights is None else weights[order]
            )
            for kind in ("linear", "step"):
                ours = lg.IsotonicCalibration(kind).fit(x, y, weights)
                np.testing.assert_allclose(ours.predict_proba(x[order]), exact.x, atol=1e-12)
            centred = lg.IsotonicCalibration("centred").fit(x, y, weights)
            assert len(centred.thresholds_) == len(exact.weights)
            np.testing.assert_allclose(
                centred.thresholds_,
                [
                    np.average(x[order][a:b], weights=None if weights is None else w[order][a:b])
                    for a, b in zip(exact.blocks, exact.blocks[1:])
                ],
                atol=1e-12,
            )


def test_losses():
    x, y, w = data(3, 1000)
    p = 1 / (1 + np.exp(-x))
    for weights in (None, w):
        ours = lg.IsotonicCalibration().fit(p, y, weights)
        np.testing.assert_allclose(
            ours.nll_before_, log_loss(y, p, sample_weight=weights), rtol=1e-13
        )
        q = ours.predict_proba(p)
        given = np.where(y == 1, q, 1 - q)
        np.testing.assert_allclose(
            ours.nll_after_, -np.average(np.log(given), weights=weights), rtol=1e-12
        )
        assert ours.nll_after_ <= ours.nll_before_
    assert np.isnan(lg.IsotonicCalibration().fit(x, y).nll_before_)
    sure = lg.IsotonicCalibration().fit([0.0, 0.0, 1.0, 1.0], [0, 0, 1, 1])
    assert sure.nll_before_ == 0 and sure.nll_after_ == 0 and sure.status_ == "LGT_OK"
    assert lg.IsotonicCalibration().fit([0.0, 0.0, 1.0, 1.0], [1, 0, 1, 1]).nll_before_ == np.inf


@pytest.mark.parametrize(
    "scores, labels, weights, value",
    [
        ([], [], None, 0.5),
        ([1.0, 2.0], [0, 1], [0.0, 0.0], 0.5),
        ([3.0], [1], None, 1),
        ([1.0, 2.0, 3.0], [0, 0, 0], None, 0),
        ([2.0, 2.0, 2.0, 2.0], [0, 1, 1, 1], None, 0.75),
        ([1.0, 2.0], [1, 0], None, 0.5),
        ([-0.0, 0.0], [0, 1], None, 0.5),
    ],
)
def test_one_block_is_a_constant(scores, labels, weights, value):
    for kind in ("linear", "centred", "step"):
        ours = lg.IsotonicCalibration(kind)
        with pytest.warns(lg.LogitudeWarning, match="LGT_DEGENERATE"):
            ours.fit(np.array(scores, float), np.array(labels, np.int64), weights)
        assert ours.status_ == "LGT_DEGENERATE"
        np.testing.assert_array_equal(ours.predict_proba([-1e9, 0, 2, np.inf]), value)


def test_infinite_scores_are_in_order():
    inf = np.inf
    x, y = [-inf, 0.0, 1.0, inf], [0, 1, 0, 1]
    for weights in (None, [1.0] * 4):
        ours = lg.IsotonicCalibration().fit(x, y, weights)
        np.testing.assert_array_equal(
            ours.predict_proba([-inf, -1e300, 0, 0.5, 1, 1e300, inf]),
            [0, 0.5, 0.5, 0.5, 0.5, 0.5, 1],
        )
    both = lg.IsotonicCalibration().fit([-inf, inf], [0, 1])
    np.testing.assert_array_equal(both.predict_proba([-inf, 0, inf]), [0, 0.5, 1])
    huge = lg.IsotonicCalibration().fit([-1.7e308, 1.7e308], [0, 1])
    np.testing.assert_array_equal(huge.predict_proba([-1.7e308, 0, 1.7e308]), [0, 0.5, 1])
    assert np.isnan(huge.predict_proba([np.nan])).all()


def test_nan_is_refused_and_leaves_the_model():
    ours = lg.IsotonicCalibration().fit([0.0, 1.0], [0, 1])
    before = ours.to_bytes()
    for weights in (None, [1.0, 1.0]):
        with pytest.raises(lg.LogitudeError) as caught:
            ours.fit([0.0, np.nan], [0, 1], weights)
        assert caught.value.name == "LGT_E_VALUE" and ours.to_bytes() == before
    ours.fit([0.0, np.nan, 1.0], [0, 1, 1], [1.0, 0.0, 1.0])
    np.testing.assert_array_equal(ours.thresholds_, [0, 1])


def test_any_order_of_rows_is_the_same():
    for digits in (None, 1):
        x, y, w = data(5, 3000, digits)
        other = np.random.default_rng(1).permutation(len(x))
        for dtype in (np.float32, np.float64):
            for weights in (None, w):
                first = lg.IsotonicCalibration("centred").fit(x.astype(dtype), y, weights)
                again = lg.IsotonicCalibration("centred").fit(
                    x[other].astype(dtype), y[other], None if weights is None else w[other]
                )
                np.testing.assert_array_equal(first.thresholds_, again.thresholds_)
                np.testing.assert_array_equal(first.values_, again.values_)


def test_most_blocks_there_can_be():
    """Blocks of ever larger fractions fill the model that was asked for."""
    fractions = sorted({(p / q, p, q) for q in range(1, 12) for p in range(q + 1)
                        if np.gcd(p, q) == 1})  # fmt: skip
    y = np.concatenate([[1] * p + [0] * (q - p) for _, p, q in fractions]).astype(np.uint8)
    x = np.arange(len(y), dtype=float)
    ours = lg.IsotonicCalibration("step").fit(x, y)
    np.testing.assert_allclose(ours.values_, [f for f, _, _ in fractions])


def test_centred_keeps_the_order_of_scores():
    x, y, _ = data(9, 2000)
    centred = lg.IsotonicCalibration("centred").fit(x, y)
    first, last = centred.thresholds_[[0, -1]]
    inside = np.unique(x[(x > first) & (x < last)])
    assert (np.diff(centred.predict_proba(inside)) > 0).all()


def test_shapes_and_pickles():
    x, y, _ = data(2, 60)
    ours = lg.IsotonicCalibration().fit(x, y)
    np.testing.assert_array_equal(
        ours.predict_proba(x.reshape(6, 10)), ours.predict_proba(x).reshape(6, 10)
    )
    again = pickle.loads(pickle.dumps(ours))
    np.testing.assert_array_equal(again.predict_proba(x), ours.predict_proba(x))
    assert ours.predict_proba(x, out=x) is x
    with pytest.raises(lg.LogitudeError):
        lg.IsotonicCalibration("cubic").fit(x, y)


def probabilities(seed, n, dtype, digits=None):
    rng = np.random.default_rng(seed)
    p = rng.random(n)
    if digits is not None:
        p = np.round(p, digits)
    p = p.astype(dtype)
    return p, (rng.random(n) < p).astype(np.uint8), rng.integers(0, 4, n) / 2


def in_bins(p, edges):
    """The bin of each number, of bins closed on the right."""
    return np.searchsorted(edges, p, side="left")


def shares(places, y, w, bins):
    weight = np.bincount(places, w, minlength=bins)
    with np.errstate(invalid="ignore"):
        return weight, np.bincount(places, w * y, minlength=bins) / weight


@pytest.mark.filterwarnings("ignore::logitude.LogitudeWarning")
@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.float16])
@pytest.mark.parametrize("digits", [None, 2, 1])
def test_bins_of_equal_width(dtype, digits):
    for n in [0, 1, 2, 7, 8, 9, 127, 128, 129, 1000]:
        for bins in [1, 2, 10, 15, 1000]:
            p, y, w = probabilities(n, n, dtype, digits)
            kind = np.float32 if dtype != np.float64 else np.float64
            edges = (np.arange(1, bins) / bins).astype(kind).astype(np.float64)
            for weights in (None, w):
                ones = np.ones(n) if weights is None else w
                ours = lg.HistogramBinning(bins).fit(p, y, weights)
                np.testing.assert_array_equal(ours.edges_, edges)
                weight, share = shares(in_bins(p.astype(np.float64), edges), y, ones, bins)
                middles = (np.arange(bins) + 0.5) / bins
                np.testing.assert_allclose(
                    ours.values_, np.where(weight > 0, share, middles), rtol=4e-15
                )
                got = ours.predict_proba(p)
                np.testing.assert_array_equal(
                    got, ours.values_[in_bins(p.astype(np.float64), edges)].astype(dtype)
                )


@pytest.mark.filterwarnings("ignore::logitude.LogitudeWarning")
@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.float16])
@pytest.mark.parametrize("digits", [None, 2, 1])
def test_bins_of_equal_mass(dtype, digits):
    for n in [1, 2, 15, 16, 17, 100, 333]:
        for bins in [1, 2, 10, 15, 500]:
            x, y, w = probabilities(n, n, dtype, digits)
            x = x - dtype(0.5)
            for weights in (None, w):
                ones = np.ones(n) if weights is None else w
                ours = lg.HistogramBinning(bins, "mass").fit(x, y, weights)
                wide = x.astype(np.float64)
                ordered = np.sort(wide[ones > 0])
                if len(ordered) == 0:
                    continue
                ends = np.cumsum([len(part) for part in np.array_split(ordered, bins)])
                cuts = np.searchsorted(ordered, ordered[ends[ends > 0] - 1], side="right")
                cuts = np.unique(cuts)[:-1]
                edges = (ordered[cuts - 1] + ordered[cuts]) / 2
                np.testing.assert_allclose(ours.edges_, edges, rtol=0, atol=1e-16)
                places = in_bins(wide, edges)
                _, share = shares(places, y, ones, len(edges) + 1)
                np.testing.assert_allclose(ours.values_, share, atol=1e-12)
                np.testing.assert_array_equal(ours.predict_proba(wide), ours.values_[places])


@pytest.mark.parametrize("strategy", ["width", "mass"])
def test_losses_of_bins(strategy):
    p, y, w = probabilities(4, 1000, np.float64)
    for weights in (None, w):
        ours = lg.HistogramBinning(strategy=strategy).fit(p, y, weights)
        np.testing.assert_allclose(
            ours.nll_before_, log_loss(y, p, sample_weight=weights), rtol=1e-12
        )
        q = ours.predict_proba(p)
        given = np.where(y == 1, q, 1 - q)
        np.testing.assert_allclose(
            ours.nll_after_, -np.average(np.log(given), weights=weights), rtol=1e-12
        )
        order = np.random.default_rng(0).permutation(len(p))
        again = lg.HistogramBinning(strategy=strategy).fit(
            p[order], y[order], None if weights is None else w[order]
        )
        np.testing.assert_array_equal(again.values_, ours.values_)


def test_a_model_of_states():
    for dtype in (np.float64, np.float32):
        p, y, _ = probabilities(6, 500, dtype, 2)
        state = np.zeros(5 + 13 * 10, np.uint64)
        suffix = "f64" if dtype == np.float64 else "f32"
        check = function("ece_binary", "init")(state.ctypes.data, state.nbytes, 10, 0)
        check |= function("ece_binary", "update", suffix)(
            state.ctypes.data, p.ctypes.data, y.ctypes.data, 5, None, len(p)
        )
        model = np.zeros(5 + 19, np.uint64)
        check |= function("histogram_binning", "from_state")(
            model.ctypes.data, model.nbytes, state.ctypes.data, p.itemsize
        )
        assert check == 0
        ours = lg.HistogramBinning(10).fit(p, y)
        again = lg.HistogramBinning.from_bytes(model.tobytes())
        np.testing.assert_array_equal(again.edges_, ours.edges_)
        np.testing.assert_allclose(again.values_, ours.values_, rtol=4e-15)
        np.testing.assert_allclose(again.nll_after_, ours.nll_after_, rtol=1e-13)
        assert np.isnan(again.nll_before_)


def bbq(p, y, w, prior):
    """Bins, weights and the average, by the formulas of the paper."""
    counted = w > 0
    ordered = np.sort(p[counted])
    n = len(ordered)
    most = min(n, int(np.ceil(10 * np.cbrt(n))))
    bins = np.arange(max(1, int(np.cbrt(n) / 10)), most + 1)
    scores, functions = [], []
    for count in bins:
        ends = np.cumsum([len(part) for part in np.array_split(ordered, count)])
        cuts = np.unique(np.searchsorted(ordered, ordered[ends - 1], side="right"))[:-1]
        edges = (ordered[cuts - 1] + ordered[cuts]) / 2
        all_edges = np.r_[0, edges, 1]
        middle = np.clip((all_edges[:-1] + all_edges[1:]) / 2, 2.0**-53, 1 - 2.0**-53)
        places = in_bins(p, edges)
        weight = np.bincount(places, w, minlength=len(middle))
        hits = np.bincount(places, w * y, minlength=len(middle))
        a = prior / count
        one, zero = a * middle, a * (1 - middle)
        scores.append(
            np.sum(
                gammaln(a) - gammaln(weight + a) + gammaln(hits + one) - gammaln(one)
                + gammaln(weight - hits + zero) - gammaln(zero)
            )
        )  # fmt: skip
        functions.append((edges, (hits + one) / (weight + a)))
    weights = np.exp(np.array(scores) - logsumexp(scores))

    def average(asked):
        values = [values[in_bins(asked, edges)] for edges, values in functions]
        return weights @ np.array(values)

    return bins, weights, average


@pytest.mark.filterwarnings("ignore::logitude.LogitudeWarning")
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("digits", [None, 2, 1])
@pytest.mark.parametrize("prior", [2.0, 0.5])
def test_bbq_by_its_definition(dtype, digits, prior):
    for n in [1, 2, 3, 16, 17, 100, 1000]:
        p, y, w = probabilities(n + 1, n, dtype, digits)
        for weights in (None, w):
            ones = np.ones(n) if weights is None else w
            if not ones.any():
                continue
            ours = lg.BBQ(prior).fit(p, y, weights)
            bins, exact, average = bbq(p.astype(np.float64), y, ones, prior)
            by_bins = np.zeros(len(bins))
            by_bins[np.searchsorted(bins, ours.bins_)] = ours.weights_
            np.testing.assert_allclose(by_bins, exact, atol=1e-10)
            asked = np.r_[p.astype(np.float64), np.linspace(0, 1, 501)]
            np.testing.assert_allclose(ours.predict_proba(asked), average(asked), atol=1e-9)
            q = ours.predict_proba(p.astype(np.float64))
            given = np.where(y == 1, q, 1 - q)
            np.testing.assert_allclose(
                ours.nll_after_, -np.average(np.log(given), weights=ones), rtol=1e-9
            )
            again = lg.BBQ.from_bytes(ours.to_bytes())
            np.testing.assert_array_equal(again.predict_proba(p), ours.predict_proba(p))


BINNINGS = [
    lg.HistogramBinning(4),
    lg.HistogramBinning(4, "mass"),
    lg.BBQ(),
]


@pytest.mark.parametrize("ours", BINNINGS, ids=repr)
@pytest.mark.parametrize(
    "scores, labels, weights",
    [
        ([], [], None),
        ([0.2, 0.9], [0, 1], [0.0, 0.0]),
        ([0.7], [1], None),
        ([0.1, 0.4, 0.9], [0, 0, 0], None),
        ([0.1, 0.4, 0.9], [1, 1, 1], [1.0, 2.0, 0.5]),
        ([0.5, 0.5, 0.5, 0.5], [0, 1, 1, 1], None),
        ([-0.0, 0.0], [0, 1], None),
    ],
)
def test_degenerate_rows_of_binnings(ours, scores, labels, weights):
    with pytest.warns(lg.LogitudeWarning, match="LGT_DEGENERATE"):
        ours.fit(np.array(scores, float), np.array(labels, np.int64), weights)
    assert ours.status_ == "LGT_DEGENERATE"
    got = ours.predict_proba([-np.inf, 0.0, 0.3, 0.6, 1.0, np.inf])
    assert ((got >= 0) & (got <= 1)).all()
    if not len(scores) or weights == [0.0, 0.0]:
        width = isinstance(ours, lg.HistogramBinning) and ours.strategy == "width"
        none = [0.125, 0.125, 0.375, 0.625, 0.875, 0.875] if width else [0.5] * 6
        np.testing.assert_array_equal(got, none)
        assert np.isnan(ours.nll_after_)


@pytest.mark.parametrize("ours", BINNINGS, ids=repr)
def test_scores_that_no_binning_takes(ours):
    ours.fit([0.1, 0.9], [0, 1])
    before = ours.to_bytes()
    mass = isinstance(ours, lg.HistogramBinning) and ours.strategy == "mass"
    for bad in [np.nan] if mass else [np.nan, -0.1, 1.5, np.inf, -np.inf]:
        for weights in (None, [1.0, 1.0]):
            with pytest.raises(lg.LogitudeError) as caught:
                ours.fit([0.1, bad], [0, 1], weights)
            assert caught.value.name == "LGT_E_VALUE" and ours.to_bytes() == before
        ours.fit([0.1, bad, 0.9], [0, 1, 1], [1.0, 0.0, 1.0])
        ours.fit([0.1, 0.9], [0, 1])
    assert np.isnan(ours.predict_proba([np.nan])).all()
    again = pickle.loads(pickle.dumps(ours))
    np.testing.assert_array_equal(again.predict_proba([0.1, 0.9]), ours.predict_proba([0.1, 0.9]))


def test_infinite_scores_are_in_bins_of_equal_mass():
    inf = np.inf
    ours = lg.HistogramBinning(4, "mass").fit([-inf, 0.0, 1.0, inf], [0, 1, 0, 1])
    np.testing.assert_array_equal(ours.edges_, [-inf, 0.5, 1])
    np.testing.assert_array_equal(ours.predict_proba([-inf, -1e9, 0.7, 2, inf]), [0, 1, 0, 1, 1])


@pytest.mark.parametrize("parameters", [{"bins": 0}, {"bins": 65537}, {"strategy": "depth"}])
def test_binnings_that_are_none(parameters):
    with pytest.raises(lg.LogitudeError):
        lg.HistogramBinning(**parameters).fit([0.1, 0.9], [0, 1])
    for prior in (0.0, -1.0, np.nan, np.inf):
        with pytest.raises(lg.LogitudeError):
            lg.BBQ(prior).fit([0.1, 0.9], [0, 1])


@pytest.mark.filterwarnings("ignore::logitude.LogitudeWarning")
@pytest.mark.parametrize("ours", BINNINGS, ids=repr)
def test_binnings_of_many_classes(ours):
    rng = np.random.default_rng(8)
    p = rng.dirichlet(np.ones(3), 300)
    y = (p.cumsum(1) < rng.random((300, 1))).sum(1)
    many = multiclass_calibration.OneVsRest(ours).fit(p, y)
    columns = [ours.fit(p[:, k].copy(), (y == k).astype(np.uint8)).predict_proba(p[:, k].copy())
               for k in range(3)]  # fmt: skip
    columns = np.stack(columns, 1)
    np.testing.assert_allclose(
        many.predict_proba(p), columns / columns.sum(1, keepdims=True), rtol=1e-12
    )
    multiclass_calibration.OneVsRest.from_bytes(many.to_bytes())
    multiclass_calibration.TopLabel(ours).fit(p, y).predict_proba(p)


@pytest.mark.skipif(np.finfo(np.longdouble).eps > 2e-19, reason="long double is no longer")
@pytest.mark.parametrize("kind", ["linear", "centred", "step"])
@pytest.mark.parametrize("scale", [1.0, 1e-5, 1e8])
def test_values_between_thresholds_are_within_their_bound(kind, scale):
    rng = np.random.default_rng(3)
    x = rng.normal(size=3000) * scale
    y = (rng.random(3000) < 1 / (1 + np.exp(-2 * x / scale))).astype(int)
    model = lg.IsotonicCalibration(kind).fit(x, y)
    t, v = model.thresholds_.astype(np.longdouble), model.values_.astype(np.longdouble)
    asked = np.concatenate([rng.normal(size=20_000) * scale, x, model.thresholds_])
    low = np.clip(np.searchsorted(model.thresholds_, asked, side="right") - 1, 0, len(t) - 1)
    high = np.minimum(low + 1, len(t) - 1)
    gap = np.where(t[high] > t[low], t[high] - t[low], 1)
    share = 0 if kind == "step" else np.clip((asked - t[low]) / gap, 0, 1)
    exact = v[low] + (v[high] - v[low]) * share
    assert (np.abs(model.predict_proba(asked) - exact) <= 4e-16).all()
