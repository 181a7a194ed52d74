"""Platt's and beta calibration against scipy, scikit-learn and what is known exactly."""

import ctypes
import pickle
import warnings

import numpy as np
import pytest
from scipy import optimize, special

import logitude as lg
from logitude._abi import CONSTANTS, STRUCTS, function

LN_2 = np.log(2)
#: The free parameters of each variant, in a, b, c.
VARIANTS = {
    "abm": (np.eye(3), [(0, None), (0, None), (None, None)]),
    "am": (np.array([[1.0, 0], [1, 0], [0, 1]]), [(0, None), (None, None)]),
    "ab": (np.array([[1.0, 0], [0, 1], [LN_2, -LN_2]]), [(0, None), (0, None)]),
}


def nll(q, targets, weights):
    return np.sum(weights * (np.logaddexp(0, q) - targets * q)) / weights.sum()


def minimum(features, targets, weights, bounds):
    """scipy's minimum, and Newton's method from there among what is not at a bound."""

    def loss(x):
        q = features @ x
        slope = features.T @ (weights * (special.expit(q) - targets))
        return nll(q, targets, weights), slope / weights.sum()

    start = np.ones(features.shape[1])
    found = optimize.minimize(
        loss, start, jac=True, bounds=bounds, method="L-BFGS-B",
        options={"ftol": 1e-16, "gtol": 1e-12, "maxiter": 5000},
    )  # fmt: skip
    x = found.x.copy()
    free = [i for i, value in enumerate(x) if value != bounds[i][0]]
    for _ in range(6):
        p = special.expit(features @ x)
        slope = features.T @ (weights * (p - targets))
        bend = (features.T * (weights * p * (1 - p))) @ features
        x[free] -= np.linalg.solve(bend[np.ix_(free, free)], slope[free])
    return x


def scored(seed, n):
    rng = np.random.default_rng(seed)
    scores = rng.normal(size=n) + rng.normal()
    if seed % 3 == 0:
        scores = np.round(scores, 1)
    labels = rng.random(n) < special.expit(rng.normal() * scores + rng.normal())
    return scores, labels, rng.random(n) * 2


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("targets", ["smoothed", "plain"])
@pytest.mark.parametrize("scale", [1e-8, 1.0, 1e8])
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_platt_against_scipy(dtype, scale, targets, seed):
    unit, labels, weights = scored(seed, 300)
    unit, weights = unit.astype(dtype).astype(float), weights.astype(dtype).astype(float)
    scores = (unit * scale).astype(dtype)
    unit = scores.astype(float) / scale
    platt = lg.PlattScaling(targets=targets).fit(scores, labels, weights)
    miss, hit = weights[~labels].sum(), weights[labels].sum()
    t = labels * 1.0 if targets == "plain" else np.where(labels, (hit + 1) / (hit + 2), 1 / (miss + 2))
    features = np.c_[unit, np.ones(len(unit))]
    a, b = minimum(features, t, weights, [(None, None)] * 2)
    np.testing.assert_allclose([platt.a_ * scale, platt.b_], [a, b], rtol=1e-8, atol=1e-8)
    np.testing.assert_allclose(platt.nll_after_, nll(features @ [a, b], t, weights), rtol=1e-12)
    np.testing.assert_allclose(platt.nll_before_, nll(scores.astype(float), t, weights), rtol=1e-12)
    assert platt.nll_after_ <= platt.nll_before_ and platt.status_ == "LGT_OK"
    found = special.expit(platt.a_ * scores.astype(float) + platt.b_)
    np.testing.assert_allclose(platt.predict_proba(scores), found, rtol=1e-14 if dtype is np.float64 else 1e-6)


def test_platt_of_the_literature():
    platt = lg.PlattScaling().fit([-2, -1, -0.5, 0.5, 1, 2], [0, 1, 1, 0, 1, 1])
    np.testing.assert_allclose([platt.a_, platt.b_], [0.3749769231, 0.6042065953], atol=1e-10)


@pytest.mark.parametrize("seed", range(5))
def test_platt_is_scikit_learns(seed):
    from sklearn.calibration import _SigmoidCalibration
    from sklearn.linear_model import LogisticRegression

    scores, labels, weights = scored(seed, 400)
    theirs = _SigmoidCalibration().fit(scores, labels, weights)
    ours = lg.PlattScaling().fit(scores, labels, weights)
    # It stops where the slope is small, at about this distance.
    np.testing.assert_allclose([ours.a_, ours.b_], [-theirs.a_, -theirs.b_], rtol=1e-4, atol=1e-4)
    plain = lg.PlattScaling(targets="plain").fit(scores, labels, weights)
    line = LogisticRegression(C=np.inf, tol=1e-12, solver="newton-cholesky")
    line.fit(scores[:, None], labels, weights)
    np.testing.assert_allclose(
        [plain.a_, plain.b_], [line.coef_[0, 0], line.intercept_[0]], rtol=1e-8, atol=1e-8
    )


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_beta_against_scipy(dtype, variant, seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(50, 1000))
    probs = rng.beta(*rng.uniform(0.4, 3, 2), n).astype(dtype)
    if seed % 3 == 0:
        probs = np.round(probs, 2).astype(dtype)
    held = np.clip(probs.astype(float), 1e-6, 1 - 1e-6)
    logs = np.c_[np.log(held), -np.log1p(-held), np.ones(n)]
    labels = rng.random(n) < special.expit(logs @ rng.normal(0.7, 1, 3))
    weights = (rng.random(n) * 2).astype(dtype).astype(float)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", lg.LogitudeWarning)
        beta = lg.BetaCalibration(variant, eps=1e-6).fit(probs, labels, weights)
    columns, bounds = VARIANTS[variant]
    best = columns @ minimum(logs @ columns, labels * 1.0, weights, bounds)
    np.testing.assert_allclose([beta.a_, beta.b_, beta.c_], best, rtol=1e-8, atol=1e-8)
    np.testing.assert_allclose(beta.nll_after_, nll(logs @ best, labels, weights), rtol=1e-12)
    assert beta.nll_after_ <= beta.nll_before_
    assert beta.status_ == ("LGT_AT_BOUND" if 0 in (beta.a_, beta.b_) else "LGT_OK")
    np.testing.assert_allclose(
        beta.predict_proba(probs), special.expit(logs @ best), rtol=1e-7 if dtype is np.float64 else 1e-6
    )


@pytest.mark.parametrize(
    "make, scores, labels, weights, status, answers",
    [
        (lg.PlattScaling(), [1.0, 2, 3], [1, 1, 1], None, "LGT_OK", [0.8, 0.8, 0.8]),
        (lg.PlattScaling(), [2.0, 2, 2], [0, 1, 1], None, "LGT_DEGENERATE", [11 / 18] * 3),
        (lg.PlattScaling(), [2.0], [1], None, "LGT_DEGENERATE", [2 / 3]),
        (lg.PlattScaling(), [0.0, 0], [0, 1], [0, 0], "LGT_DEGENERATE", [0.5, 0.5]),
        (lg.PlattScaling("plain"), [1.0, 2, 3], [1, 1, 1], None, "LGT_DEGENERATE", [1, 1, 1]),
        (lg.PlattScaling("plain"), [1.0, 2, 3], [0, 0, 0], None, "LGT_DEGENERATE", [0, 0, 0]),
        (lg.PlattScaling("plain"), [2.0, 2, 2], [0, 1, 1], None, "LGT_DEGENERATE", [2 / 3] * 3),
        (lg.PlattScaling("plain"), [-1.0, 0, 1], [0, 0, 1], None, "LGT_AT_BOUND", [0, 0, 1]),
        (lg.PlattScaling("plain"), [-1.0, 0, 1], [1, 1, 0], None, "LGT_AT_BOUND", [1, 1, 0]),
        (lg.PlattScaling("plain"), [-1.0, 0, 0, 1], [0, 0, 1, 1], None, "LGT_AT_BOUND", [0, 0.5, 0.5, 1]),
        (lg.PlattScaling("plain"), [1e-310, 0, 2e-310], [0, 1, 1], None, "LGT_DEGENERATE", [2 / 3] * 3),
        (lg.BetaCalibration(), [0.1, 0.9], [1, 1], None, "LGT_DEGENERATE", [1, 1]),
        (lg.BetaCalibration(), [0.7] * 3, [0, 1, 1], None, "LGT_DEGENERATE", [2 / 3] * 3),
        (lg.BetaCalibration("ab"), [0.7] * 3, [0, 1, 1], None, "LGT_DEGENERATE", [2 / 3] * 3),
        (lg.BetaCalibration("ab"), [0.5] * 3, [0, 1, 1], None, "LGT_DEGENERATE", [0.5] * 3),
        (lg.BetaCalibration(), [0.3, 0.4], [0, 1], [0, 0], "LGT_DEGENERATE", [0.3, 0.4]),
        (lg.BetaCalibration(), [0.2, 0.3, 0.4], [0, 1, 1], None, "LGT_AT_BOUND", [0, 1, 1]),
        (lg.BetaCalibration("am"), [0.2, 0.3, 0.4], [0, 1, 1], None, "LGT_AT_BOUND", [0, 1, 1]),
        (lg.BetaCalibration("ab"), [0.2, 0.6, 0.7], [0, 1, 1], None, "LGT_AT_BOUND", [0, 1, 1]),
        (lg.BetaCalibration(), [0.2, 0.3, 0.4], [1, 1, 0], None, "LGT_AT_BOUND", [2 / 3] * 3),
        (lg.BetaCalibration(), [0.0, 0, 1, 1], [0, 0, 1, 1], None, "LGT_AT_BOUND", [0, 0, 1, 1]),
        (lg.BetaCalibration(), [0.2, 0.5, 0.5, 0.7], [0, 0, 1, 1], None, "LGT_AT_BOUND", [0, 0.5, 0.5, 1]),
    ],
)  # fmt: skip
def test_ends(make, scores, labels, weights, status, answers):
    def fit():
        return make.fit(scores, labels, weights)

    if status == "LGT_OK":
        fit()
    else:
        with pytest.warns(lg.LogitudeWarning, match=status):
            fit()
    assert make.status_ == status and make.n_iter_ <= 20
    assert not make.nll_after_ > make.nll_before_
    np.testing.assert_allclose(make.predict_proba(scores), answers, rtol=1e-6, atol=1e-6)


def test_scores_at_both_ends():
    beta = lg.BetaCalibration("am").fit([0.0, 0, 1, 1, 1], [0, 1, 0, 1, 1])
    np.testing.assert_allclose(beta.predict_proba([0.0, 1.0]), [1 / 2, 2 / 3], rtol=1e-10)


def test_huge_scores():
    scores = np.array([-1e300, 1e300, -1e299, 3e299])
    platt = lg.PlattScaling().fit(scores, [0, 1, 1, 0])
    small = lg.PlattScaling().fit(scores / 1e300, [0, 1, 1, 0])
    np.testing.assert_allclose([platt.a_ * 1e300, platt.b_], [small.a_, small.b_], rtol=1e-9)


def test_what_is_no_score():
    platt = lg.PlattScaling().fit([0.0, 1, 2], [0, 1, 1])
    before = platt.to_bytes()
    for bad in (np.nan, np.inf, -np.inf, 1.1e300):
        with pytest.raises(lg.LogitudeError, match="LGT_E_VALUE"):
            platt.fit([bad, 1.0], [0, 1])
        assert lg.PlattScaling().fit([bad, 1.0, 2.0], [0, 1, 0], [0.0, 1, 1]).n_iter_ > 1
    assert platt.to_bytes() == before
    for bad in (np.nan, -0.1, 1.02):
        with pytest.raises(lg.LogitudeError, match="LGT_E_VALUE"):
            lg.BetaCalibration().fit([bad, 0.4], [0, 1])
    x = np.array([np.nan, np.inf, -np.inf])
    np.testing.assert_array_equal(platt.predict_proba(x), [np.nan, 1, 0])
    beta = lg.BetaCalibration("am").fit([0.1, 0.3, 0.6, 0.8], [0, 1, 0, 1])
    found = beta.predict_proba([np.nan, -0.1, 1.02, 0.5, 1.0])
    assert np.isnan(found[:3]).all() and (found[3:] > 0).all()


@pytest.mark.parametrize("params", [{"max_iter": 2}, {"tol": np.nan}, {"tol": 2.0}])
@pytest.mark.parametrize("make", [lg.PlattScaling, lg.BetaCalibration])
def test_parameters_out_of_range(make, params):
    with pytest.raises(lg.LogitudeError, match="LGT_E_VALUE"):
        make(**params).fit([0.2, 0.4], [0, 1])
    for eps in (0.0, 0.5, np.nan):
        with pytest.raises(lg.LogitudeError, match="LGT_E_VALUE"):
            lg.BetaCalibration(eps=eps).fit([0.2, 0.4], [0, 1])
    with pytest.raises(lg.LogitudeError, match="LGT_E_OPTION"):
        lg.BetaCalibration("abc").fit([0.2, 0.4], [0, 1])


def search(form, parts):
    """A fit over parts of the data, from its functions."""
    opts, found = STRUCTS["lgt_logistic_search_opts"](), STRUCTS["lgt_logistic_search"]()
    function("logistic_search", "opts_default")(ctypes.byref(opts))
    opts.form = CONSTANTS[f"LGT_LOGISTIC_{form}"]
    assert function("logistic_search", "init")(ctypes.byref(found), ctypes.byref(opts)) == 0
    size = ctypes.c_size_t()
    function("logistic_loss", "size")(ctypes.byref(size))
    while not found.done:
        states = [np.zeros(size.value // 8, np.uint64) for _ in parts]
        for state, (x, y, w) in zip(states, parts):
            at = state.ctypes.data
            assert function("logistic_loss", "init")(at, size.value, ctypes.byref(found)) == 0
            update = function("logistic_loss", "update", "f64")
            y = y.astype(np.uint8)
            args = (x.ctypes.data, 1, y.ctypes.data, CONSTANTS["LGT_U8"], w.ctypes.data, len(x))
            assert update(at, *args) == 0
        for state in states[1:]:
            merge = function("logistic_loss", "merge")
            assert merge(states[0].ctypes.data, state.ctypes.data) == 0
        step = function("logistic_search", "step")
        assert step(ctypes.byref(found), states[0].ctypes.data) == 0
    return found


@pytest.mark.parametrize("form", ["PLATT", "PLATT_PLAIN", "BETA_ABM", "BETA_AM", "BETA_AB"])
def test_shards_and_orders(form):
    scores, labels, weights = scored(4, 100_000)
    if form.startswith("BETA"):
        scores = special.expit(scores)
        make = lg.BetaCalibration(form[5:].lower())
        parameters = "a_ b_ c_".split()
    else:
        make = lg.PlattScaling("plain" if form.endswith("PLAIN") else "smoothed")
        parameters = "a_ b_".split()

    def fit(x, y, w):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", lg.LogitudeWarning)
            make.fit(x, y, w)
        return [getattr(make, name) for name in parameters]

    whole = fit(scores, labels, weights)
    mixed = np.random.default_rng(1).permutation(len(scores))
    np.testing.assert_allclose(fit(scores[mixed], labels[mixed], weights[mixed]), whole, rtol=1e-11)
    cuts = [0, 1, 100, 50_000, 100_000]
    parts = [(scores[i:j], labels[i:j], weights[i:j]) for i, j in zip(cuts, cuts[1:])]
    found = search(form, parts)
    got = [found.a, found.b, found.c] if form.startswith("BETA") else [found.a, found.c]
    np.testing.assert_allclose(got, whole, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("make", [lg.PlattScaling, lg.BetaCalibration])
@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.float16])
def test_shapes_and_bytes(make, dtype):
    x = np.linspace(0.05, 0.95, 24).astype(dtype).reshape(4, 6)
    fitted = make().fit(np.linspace(0, 1, 50), np.arange(50) * 7 % 50 > 20)
    expected = fitted.predict_proba(x)
    assert expected.dtype == dtype and expected.shape == x.shape
    np.testing.assert_array_equal(fitted.predict_proba(x[:, ::2]), expected[:, ::2])
    again = pickle.loads(pickle.dumps(fitted))
    assert again.to_bytes() == fitted.to_bytes()
    np.testing.assert_array_equal(make.from_bytes(fitted.to_bytes()).predict_proba(x), expected)
    assert fitted.predict_proba(x, out=x) is x
    np.testing.assert_array_equal(x, expected)


@pytest.fixture(params=["portable", "avx2", "avx512"])
def level(request):
    before = lg.cpu_level()
    try:
        lg.set_cpu_level(request.param)
    except NotImplementedError:
        pytest.skip(f"this machine has no {request.param}")
    yield request.param
    lg.set_cpu_level(before)


def sigmoid(q):
    return 1 / (1 + np.exp(-q))


@pytest.mark.skipif(np.finfo(np.longdouble).eps > 2e-19, reason="long double is no longer")
def test_probabilities_are_within_their_bounds(level):
    rng = np.random.default_rng(12)
    scores = np.concatenate([rng.normal(size=20_000) * 30, rng.normal(size=20_000)])
    labels = (rng.random(len(scores)) < 0.5 + 0.3 * np.tanh(scores)).astype(int)
    platt = lg.PlattScaling().fit(scores, labels)
    logit = np.longdouble(platt.a_) * scores + np.longdouble(platt.b_)
    exact = sigmoid(logit)
    bound = 1e-15 + 2.0**-53 * np.abs(logit)
    assert (np.abs(platt.predict_proba(scores) / exact - 1) <= bound).all()

    probs = np.clip(rng.beta(0.3, 0.3, 40_000), 1e-12, 1 - 1e-12)
    labels = (rng.random(len(probs)) < probs**1.3).astype(int)
    beta = lg.BetaCalibration().fit(probs, labels)
    p = probs.astype(np.longdouble)
    terms = [beta.a_ * np.log(p), -beta.b_ * np.log1p(-p), np.full(p.shape, beta.c_)]
    bound = 1e-15 + 2.0**-51 * np.max(np.abs(terms), axis=0)
    assert (np.abs(beta.predict_proba(probs) / sigmoid(sum(terms)) - 1) <= bound).all()
