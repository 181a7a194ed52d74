"""The correctness-aware loss, its gradients and its temperature against numpy and scipy."""

import pickle
import warnings

import numpy as np
import pytest
from scipy import optimize, special

import logitude as lg

P = np.array([[0.5, 0.4, 0.1], [0.7, 0.2, 0.1], [0.1, 0.3, 0.6], [0.2, 0.6, 0.2]])
Z, Y = np.log(P), np.array([1, 0, 2, 1])


def reference(logits, labels, temperature, weights=None, balanced=True, u=None):
    """Loss of logits, which say what is predicted, with shares by `u` if given."""
    n = len(logits)
    temperature = np.broadcast_to(np.asarray(temperature, float), n)
    shares = special.softmax(logits / temperature[:, None] if u is None else u, axis=1)
    first = logits.argmax(1)
    weights = np.ones(n) if weights is None else weights
    right = first == labels
    miss = shares[np.arange(n), first] - right
    share = (weights * right).sum() / weights.sum()
    if balanced and 0 < share < 1:
        weights = weights * np.where(right, 1 - share, share)
    return (weights * miss**2).sum() / weights.sum()


def slopes(f, x, step=1e-6):
    """Central differences."""
    x, result = np.array(x, float), np.empty(np.shape(x))
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += step
        down[i] -= step
        result[i] = (f(up) - f(down)) / (2 * step)
    return result


def test_published_example():
    assert lg.ca_loss(Z, Y) == pytest.approx(0.1933333333, abs=1e-10)
    assert lg.ca_loss(Z, Y, balanced=False) == pytest.approx(0.165, abs=1e-12)
    assert lg.ca_loss(Z, Y, 2.0) == pytest.approx(0.2233263925, abs=1e-10)
    gradient = lg.ca_loss_grad(Z, Y)
    np.testing.assert_allclose(
        gradient.temperature,
        [-0.06255030294, 0.0311600526, 0.03096960809, 0.03515559324],
        atol=1e-10,
    )
    np.testing.assert_allclose(gradient.scaled_logits[0], [0.125, -0.1, -0.025], atol=1e-14)
    # A narrow miss: the temperature goes to its upper end, where cross-entropy's is below 1.
    with pytest.warns(lg.LogitudeWarning):
        scaling = lg.CATemperatureScaling(balanced=False).fit(Z[:1], Y[:1])
    assert scaling.temperature_ == 10 and scaling.status_ == "LGT_AT_BOUND"
    assert scaling.predict_proba(Z[:1])[0, 0] == pytest.approx(0.3534477264, abs=1e-10)


@pytest.mark.parametrize("balanced", [True, False])
@pytest.mark.parametrize("weighted", [True, False])
@pytest.mark.parametrize("dtype, tol", [("f8", 1e-13), ("f4", 2e-6), ("f2", 2e-6)])
def test_loss(dtype, tol, weighted, balanced, scored, rng):
    logits, labels, weights = scored
    x, weights = logits.astype(dtype), weights if weighted else None
    exact = x.astype(float)
    given = None if weights is None else weights.astype("f4" if dtype == "f2" else dtype)
    each = rng.uniform(0.2, 5, len(labels))
    for temperature in (1.0, 0.3, 4.0, each):
        ours = lg.ca_loss(x, labels, temperature, given, balanced=balanced)
        rounded = None if given is None else given.astype(float)
        truth = reference(exact, labels, temperature, rounded, balanced)
        assert ours == pytest.approx(truth, abs=tol)


@pytest.mark.parametrize("balanced", [True, False])
def test_gradients(balanced, rng):
    logits, labels = rng.normal(size=(9, 5)) * 2, rng.integers(0, 5, 9)
    each, weights = rng.uniform(0.5, 3, 9), rng.uniform(0, 2, 9)
    weights[3] = 0
    loss, dt, du = lg.ca_loss_grad(logits, labels, each, weights, balanced=balanced)
    assert loss == pytest.approx(reference(logits, labels, each, weights, balanced), abs=1e-14)
    f = lambda t: reference(logits, labels, t, weights, balanced)
    np.testing.assert_allclose(dt, slopes(f, each), atol=1e-8)
    g = lambda u: reference(logits, labels, each, weights, balanced, u)
    np.testing.assert_allclose(du, slopes(g, logits / each[:, None]), atol=1e-8)
    assert dt[3] == 0 and (du[3] == 0).all()
    for dtype, tol in (("f4", 2e-6), ("f2", 1e-3)):
        x = logits.astype(dtype)
        narrow = lg.ca_loss_grad(x, labels, each, weights.astype("f4"), balanced=balanced)
        exact = lg.ca_loss_grad(x.astype(float), labels, each, weights, balanced=balanced)
        np.testing.assert_allclose(narrow.temperature, exact.temperature, atol=2e-6)
        np.testing.assert_allclose(narrow.scaled_logits, exact.scaled_logits, atol=tol)


@pytest.mark.filterwarnings("ignore::logitude.LogitudeWarning")
def test_corners():
    nan, inf = np.nan, np.inf
    assert np.isnan(lg.ca_loss([[nan, 0.0], [0, 1]], [0, 1]))
    loss, dt, du = lg.ca_loss_grad([[nan, 0.0], [0, 1], [-inf, -inf]], [0, 1, 0])
    assert np.isnan(loss) and np.isnan(dt[[0, 2]]).all() and np.isnan(du[[0, 2]]).all()
    assert np.isfinite(dt[1]) and np.isfinite(du[1]).all()
    loss, dt, du = lg.ca_loss_grad([[inf, 0.0, inf]], [2])
    assert loss == 0.25 and dt[0] == 0 and (du == 0).all()
    assert lg.ca_loss([[-inf, 0.0, 0]], [1]) == 0.25
    # The first of equal logits is the prediction.
    assert lg.CALoss().update([[1.0, 1, 0]], [1]).report().accuracy == 0
    assert np.isnan(lg.ca_loss(np.zeros((0, 3)), []))
    assert lg.ca_loss([[2.0], [3]], [0, 0]) == 0
    report = lg.CALoss().update([[0.0, 0], [0, 0]], [0, 0]).report()
    assert report.balanced == report.uniform == report.right == 0.25 and np.isnan(report.wrong)
    for bad in (0.0, -1.0, nan, inf, 1e7):
        with pytest.raises(lg.LogitudeError, match="LGT_E_VALUE"):
            lg.ca_loss(Z, Y, bad)
    with pytest.raises(lg.LogitudeError, match="temperatures have the shape"):
        lg.ca_loss(Z, Y, [1.0, 2])
    with pytest.raises(lg.LogitudeError, match="label 3 of row 1"):
        lg.ca_loss_grad(Z, [0, 3, 0, 0])


def test_state(scored, rng):
    logits, labels, weights = scored
    each = rng.uniform(0.5, 2, len(labels))
    whole = lg.CALoss().update(logits, labels, weights, each)
    order = rng.permutation(len(labels))
    parts = [
        lg.CALoss().update(logits[part], labels[part], weights[part], each[part])
        for part in np.array_split(order, 7)
    ]
    total = sum(parts[1:], parts[0])
    assert total.to_bytes() == whole.to_bytes()
    assert pickle.loads(pickle.dumps(total)).compute() == whole.compute()


def narrow_slope(log, logits, labels, weights, balanced):
    step = 1e-5
    up = reference(logits, labels, np.exp(log + step), weights, balanced)
    return (up - reference(logits, labels, np.exp(log - step), weights, balanced)) / (2 * step)


@pytest.mark.parametrize("balanced", [True, False])
@pytest.mark.parametrize("dtype", ["f8", "f4"])
@pytest.mark.parametrize("seed", range(6))
def test_fit(seed, dtype, balanced):
    rng = np.random.default_rng(seed)
    logits = (rng.normal(size=(300, 4 + seed)) * rng.uniform(0.5, 6)).astype(dtype)
    labels = np.argmax(logits + rng.gumbel(size=logits.shape) * rng.uniform(0.5, 4), axis=1)
    weights = rng.uniform(0, 2, len(labels)).astype(dtype)
    exact, w = logits.astype(float), weights.astype(float)
    loss = lambda log: reference(exact, labels, np.exp(log), w, balanced)
    scaling = lg.CATemperatureScaling(balanced=balanced)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", lg.LogitudeWarning)
        scaling.fit(logits, labels, weights)
    points = np.linspace(np.log(0.1), np.log(10), 65)
    values = [loss(log) for log in points]
    best = int(np.argmin(values))
    ends = points[max(best - 1, 0)], points[min(best + 1, 64)]
    found = optimize.minimize_scalar(loss, bounds=ends, method="bounded", options={"xatol": 1e-11})
    tol = 1e-13 if dtype == "f8" else 2e-6
    assert scaling.nll_before_ == pytest.approx(loss(0), abs=tol)
    assert scaling.nll_after_ == pytest.approx(loss(np.log(scaling.temperature_)), abs=tol)
    assert scaling.nll_after_ <= min(found.fun, *values) + tol
    assert scaling.nll_after_ <= scaling.nll_before_
    if scaling.status_ == "LGT_OK":
        log = np.log(scaling.temperature_)
        rest = narrow_slope(log, exact, labels, w, balanced)
        curve = (loss(log + 1e-3) - 2 * loss(log) + loss(log - 1e-3)) / 1e-6
        assert abs(rest / curve) < (1e-7 if dtype == "f8" else 1e-4)
    else:
        assert scaling.temperature_ in (0.1, 10)


def test_fit_endings(scored):
    logits, labels, _ = scored
    with pytest.warns(lg.LogitudeWarning, match="LGT_AT_BOUND"):
        assert lg.CATemperatureScaling().fit(logits, logits.argmax(1)).temperature_ == 0.1
    with pytest.warns(lg.LogitudeWarning, match="LGT_AT_BOUND"):
        assert lg.CATemperatureScaling().fit(logits, logits.argmin(1)).temperature_ == 10
    for x, y in (([[1.0, 1]], [0]), (np.zeros((0, 2)), []), ([[3.0], [1]], [0, 0])):
        with pytest.warns(lg.LogitudeWarning, match="LGT_DEGENERATE"):
            assert lg.CATemperatureScaling().fit(x, y).temperature_ == 1
    with pytest.warns(lg.LogitudeWarning, match="LGT_NOT_CONVERGED"):
        lg.CATemperatureScaling(max_iter=1, tol=0).fit(logits, labels)
    for params in ({"t_min": 2}, {"t_max": 0.5}, {"grid": 1}, {"grid": 257}, {"max_iter": 0}):
        with pytest.raises(lg.LogitudeError, match="LGT_E_VALUE"):
            lg.CATemperatureScaling(**params).fit(logits, labels)
    with pytest.raises(lg.LogitudeError, match="LGT_E_VALUE"):
        lg.CATemperatureScaling().fit([[np.nan, 0]], [0])
    # It is a model of a temperature, and in any order of rows the same.
    scaling = lg.CATemperatureScaling(grid=2, t_min=1, t_max=1.001)
    assert lg.TemperatureScaling.from_bytes(
        lg.CATemperatureScaling().fit(logits[::-1], labels[::-1]).to_bytes()
    ).to_bytes() == lg.CATemperatureScaling().fit(logits, labels).to_bytes()
    assert repr(scaling) == "CATemperatureScaling(t_min=1, t_max=1.001, grid=2)"


@pytest.mark.parametrize("dtype", ["f8", "f4", "f2"])
def test_features(dtype, rng):
    published = lg.ca_features(Z, np.array([Z[:, ::-1], Z / 2, 2 * Z]), k=2)[0]
    np.testing.assert_allclose(
        published, [0.1, 0.4, 0.4270509831, 0.3819660113, 0.5952380952, 0.380952381], atol=1e-10
    )
    x = np.round(rng.normal(size=(20, 33)) * 2).astype(dtype)  # with ties
    views = (rng.normal(size=(3, 20, 33)) * 3).astype(dtype)
    shares = special.softmax(views.astype(float), axis=2)
    for k in (1, 4, 33):
        top = np.argsort(-x.astype(float), axis=1, kind="stable")[:, :k]
        truth = np.concatenate([np.take_along_axis(part, top, 1) for part in shares], axis=1)
        tol = {"f8": 1e-14, "f4": 1e-6, "f2": 5e-4}[dtype]
        np.testing.assert_allclose(lg.ca_features(x, views, k), truth, atol=tol)
    with pytest.raises(lg.LogitudeError, match="LGT_E_VALUE"):
        lg.ca_features(x, views, 34)
    assert lg.ca_features(x, views[:0], 4).shape == (20, 0)


def test_network(rng):
    f = [0.1, 0.4, 0.4270509831, 0.3819660113, 0.5952380952, 0.380952381]
    first = [1.0, 0, 0, 0, 0, 1, 0, -1, 0, 0, 1, 0]
    t = lg.temperature_net(f, [*first, 0.1, 0.2, 2, 1, 0.5])
    assert t == pytest.approx(2.057142857, abs=1e-9)
    features, d, hidden = rng.normal(size=(40, 6)), 6, 5
    parameters = rng.normal(size=hidden * (d + 2) + 1)
    dt = rng.normal(size=40)

    def forward(p, x):
        w1, rest = p[: hidden * d].reshape(hidden, d), p[hidden * d :]
        units = np.maximum(x @ w1.T + rest[:hidden], 0)
        return np.clip(units @ rest[hidden:-1] + rest[-1], 0.1, 2)

    np.testing.assert_allclose(
        lg.temperature_net(features, parameters, 0.1, 2), forward(parameters, features), atol=1e-13
    )
    dparameters, dx = lg.temperature_net_grad(features, parameters, dt, 0.1, 2)
    f = lambda p: (dt * forward(p, features)).sum()
    np.testing.assert_allclose(dparameters, slopes(f, parameters), atol=1e-7)
    g = lambda x: (dt * forward(parameters, x)).sum()
    np.testing.assert_allclose(dx, slopes(g, features), atol=1e-7)
    assert np.isnan(lg.temperature_net([[np.nan] * 6], parameters)).all()
    with pytest.raises(lg.LogitudeError, match="parameters are not"):
        lg.temperature_net(features, parameters[:-1])
