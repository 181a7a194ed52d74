"""Ensemble temperature scaling against scipy's minimum, and where it is known exactly."""

import pickle
import warnings

import numpy as np
import pytest
from scipy import optimize, special

import logitude as lg


def made(seed, n, k, dtype=np.float64):
    """Logits that are too sure of themselves, some of their labels drawn at random."""
    rng = np.random.default_rng(seed)
    z = rng.normal(size=(n, k)) * rng.uniform(0.5, 3)
    labels = np.array([rng.choice(k, p=p) for p in special.softmax(z, axis=1)])
    noise = rng.random(n) < rng.uniform(0, 0.3)
    labels[noise] = rng.integers(0, k, noise.sum())
    return (z * rng.uniform(0.5, 3)).astype(dtype), labels, rng.random(n) * (rng.random(n) < 0.8)


def parts(z, labels, temperature):
    """What the weights are the weights of, for each label."""
    z = z.astype(np.float64)
    rows = np.arange(len(z))
    scaled, raw = (special.softmax(z / t, axis=1)[rows, labels] for t in (temperature, 1.0))
    return np.stack([scaled, raw, np.full(len(z), 1 / z.shape[1])], 1)


def loss(p, weights, mixture):
    return -np.sum(weights * np.log(p @ mixture)) / weights.sum()


def minimum(p, weights):
    """Of all faces of the simplex, the best minimum that scipy finds on one."""
    ends = list(np.eye(3))
    for i in range(3):
        a, b = np.eye(3)[i], np.eye(3)[(i + 1) % 3]
        found = optimize.minimize_scalar(
            lambda t, a=a, b=b: loss(p, weights, a + t * (b - a)),
            bounds=(0, 1), method="bounded", options={"xatol": 1e-12},
        )  # fmt: skip
        ends.append(a + found.x * (b - a))
    start = min(ends, key=lambda x: loss(p, weights, x))
    found = optimize.minimize(
        lambda x: loss(p, weights, x),
        0.9 * start + 0.1 / 3,
        jac=lambda x: -(weights / (p @ x)) @ p / weights.sum(),
        bounds=[(0, 1)] * 3,
        constraints={"type": "eq", "fun": lambda x: x.sum() - 1, "jac": np.ones_like},
        method="SLSQP",
        options={"ftol": 1e-17, "maxiter": 500},
    )
    inner = np.clip(found.x, 0, 1)
    inner /= inner.sum()
    # Newton's method from there, in what is well inside.
    for _ in range(5):
        if inner.min() < 1e-4:
            break
        ratio = p / (p @ inner)[:, None]
        u = np.stack([ratio[:, 0] - ratio[:, 1], ratio[:, 2] - ratio[:, 1]], 1)
        step = np.linalg.solve((u.T * weights) @ u, u.T @ weights)
        inner = inner + [step[0], -step.sum(), step[1]]
    if inner.min() >= 0 and loss(p, weights, inner) < loss(p, weights, start):
        return inner
    return start


@pytest.mark.parametrize("k", [2, 3, 10])
@pytest.mark.parametrize("seed", range(12))
def test_fit_is_the_minimum_that_scipy_finds(seed, k):
    z, labels, weights = made(100 * k + seed, 400, k)
    model = lg.EnsembleTemperatureScaling().fit(z, labels, weights)
    plain = lg.TemperatureScaling().fit(z, labels, weights)
    assert model.temperature_ == plain.temperature_ and model.status_ == "LGT_OK"
    p = parts(z, labels, model.temperature_)
    best = minimum(p, weights)
    found = model.weights_
    assert abs(model.nll_after_ - loss(p, weights, found)) < 1e-13
    assert abs(model.nll_before_ - loss(p, weights, [0, 1, 0])) < 1e-13
    assert abs(model.nll_after_ - loss(p, weights, best)) < 1e-10
    assert model.nll_after_ <= plain.nll_after_ + 1e-12
    assert abs(found.sum() - 1) < 1e-15 and found.min() >= 0
    # Where no direction is flat, by the curvature at the minimum.
    ratio = p / (p @ best)[:, None]
    u = np.stack([ratio[:, 0] - ratio[:, 1], ratio[:, 2] - ratio[:, 1]], 1)
    if np.linalg.eigvalsh((u.T * weights) @ u / weights.sum())[0] > 1e-3:
        np.testing.assert_allclose(found, best, rtol=0, atol=1e-6)


@pytest.mark.parametrize("seed", range(6))
def test_nothing_on_the_simplex_is_better(seed):
    z, labels, weights = made(seed, 300, 4)
    model = lg.EnsembleTemperatureScaling().fit(z, labels, weights)
    p = parts(z, labels, model.temperature_)
    slope = (weights / (p @ model.weights_)) @ p / weights.sum()
    # The conditions of a minimum: 1 where there is weight, at most 1 elsewhere.
    assert slope.max() < 1 + 1e-9
    np.testing.assert_allclose(slope[model.weights_ > 0], 1, rtol=1e-8)


@pytest.mark.parametrize("dtype", [np.float32, np.float16])
def test_narrow_logits(dtype):
    z, labels, _ = made(5, 500, 5, dtype)
    model = lg.EnsembleTemperatureScaling().fit(z, labels)
    exact = lg.EnsembleTemperatureScaling().fit(z.astype(np.float64), labels)
    assert abs(model.nll_after_ - exact.nll_after_) < 1e-6
    np.testing.assert_allclose(model.weights_, exact.weights_, atol=1e-4)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_probabilities_are_the_mixture_and_fit_in_place(dtype):
    z, labels, _ = made(7, 200, 6, dtype)
    model = lg.EnsembleTemperatureScaling().fit(z, labels)
    a, b, c = model.weights_
    wide = z.astype(np.float64)
    expected = a * special.softmax(wide / model.temperature_, 1) + b * special.softmax(wide, 1)
    got = model.predict_proba(z)
    tolerance = 1e-6 if dtype == np.float32 else 1e-14
    np.testing.assert_allclose(got, expected + c / 6, rtol=0, atol=tolerance)
    assert got.dtype == dtype
    assert np.array_equal(model.predict_proba(z, out=z), got)
    assert z is not got and np.array_equal(z, got)


def test_special_rows():
    z, labels, _ = made(3, 300, 3)
    model = lg.EnsembleTemperatureScaling().fit(z, labels)
    c = model.weights_[2] / 3
    inf, nan = np.inf, np.nan
    got = model.predict_proba(np.array([[0, nan, 1], [inf, inf, 0], [nan, inf, 0], [0, -inf, -inf]]))
    assert np.isnan(got[[0, 2]]).all()
    np.testing.assert_allclose(got[1], [0.5 - c / 2, 0.5 - c / 2, c], atol=1e-15)
    np.testing.assert_allclose(got[3], [1 - 2 * c, c, c], atol=1e-15)
    with pytest.warns(lg.LogitudeWarning):
        assert np.isnan(model.predict_proba(np.full((1, 3), -inf))).all()


@pytest.mark.parametrize(
    "z, labels, weights",
    [
        (np.zeros((0, 3)), [], None),
        (np.ones((4, 3)), [0, 1, 2, 0], None),
        (np.ones((4, 1)), [0, 0, 0, 0], None),
        (np.eye(3), [0, 1, 1], np.zeros(3)),
    ],
)
def test_nothing_to_find_leaves_the_softmax(z, labels, weights):
    with pytest.warns(lg.LogitudeWarning):
        model = lg.EnsembleTemperatureScaling().fit(z, labels, weights)
    assert model.status_ == "LGT_DEGENERATE" and model.temperature_ == 1
    assert list(model.weights_) == [0, 1, 0]


def test_one_that_is_wrong_beyond_all_numbers():
    z = np.array([[1e4, 0.0], [3, 0], [3, 0], [0, 3], [2, 1]])
    labels = [1, 0, 0, 1, 0]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = lg.EnsembleTemperatureScaling().fit(z, labels)
        plain = lg.TemperatureScaling().fit(z, labels)
    assert model.weights_[2] > 0.1 and np.isfinite(model.nll_after_)
    assert abs(model.nll_before_ - 1e4 / 5) < 0.1 and model.nll_after_ < plain.nll_after_


def test_all_right_and_all_wrong():
    z = np.array([[2.0, 1], [0, 3]])
    for labels, weights in ([0, 1], [1, 0, 0]), ([1, 0], None):
        with pytest.warns(lg.LogitudeWarning):
            model = lg.EnsembleTemperatureScaling().fit(z, labels)
        assert model.status_ == "LGT_AT_BOUND"
        assert model.nll_after_ <= model.nll_before_
        if weights:
            assert list(model.weights_) == weights
        else:
            assert abs(model.weights_[2] - 1) < 1e-12


def test_order_of_rows_and_rows_without_weight():
    z, labels, weights = made(11, 500, 4)
    model = lg.EnsembleTemperatureScaling().fit(z, labels, weights)
    back = lg.EnsembleTemperatureScaling().fit(z[::-1], labels[::-1], weights[::-1])
    kept = weights > 0
    rest = lg.EnsembleTemperatureScaling().fit(z[kept], labels[kept], weights[kept])
    z[~kept] = np.nan
    assert not kept.all()
    same = lg.EnsembleTemperatureScaling().fit(z, labels, weights)
    for other in back, rest, same:
        np.testing.assert_allclose(other.weights_, model.weights_, rtol=0, atol=1e-10)
        assert abs(other.nll_after_ - model.nll_after_) < 1e-12


def test_keeps_and_refuses():
    z, labels, _ = made(13, 100, 3)
    model = lg.EnsembleTemperatureScaling(t_max=50.0).fit(z, labels)
    again = pickle.loads(pickle.dumps(model))
    assert again.to_bytes() == model.to_bytes() and again.t_max == 50
    assert np.array_equal(again.predict_proba(z), model.predict_proba(z))
    with pytest.raises(lg.LogitudeError):
        lg.TemperatureScaling.from_bytes(model.to_bytes())
    with pytest.raises(lg.LogitudeError):
        lg.EnsembleTemperatureScaling().fit(np.full((2, 2), np.nan), [0, 1])
    with pytest.raises(lg.LogitudeError):
        lg.EnsembleTemperatureScaling().fit(z, labels + 3)
    with pytest.raises(lg.NotFittedError):
        lg.EnsembleTemperatureScaling().predict_proba(z)
