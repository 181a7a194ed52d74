"""Temperature scaling against scipy."""

import copy
import pickle
import subprocess
import sys
from pathlib import Path

import ml_dtypes
import numpy as np
import pytest
from scipy import optimize, special
from sklearn.base import clone

import logitude as lg


def loss(temperature, logits, labels, weights):
    logs = special.log_softmax(logits / temperature, axis=1)
    return -np.average(logs[np.arange(len(labels)), labels], weights=weights)


def slope(inverse, logits, labels, weights):
    """Derivative of the loss by 1 / T."""
    mean = (special.softmax(inverse * logits, axis=1) * logits).sum(1)
    return np.average(mean - logits[np.arange(len(labels)), labels], weights=weights)


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.float16, ml_dtypes.bfloat16])
def test_against_scipy(dtype, weighted, scored):
    logits, labels, weights = scored
    x, w = logits.astype(dtype), weights.astype(np.float32) if weighted else None
    exact = x.astype(np.float64)
    scaling = lg.TemperatureScaling().fit(x, labels, w)
    f64 = dtype is np.float64
    root = 1 / optimize.brentq(slope, 0.01, 100, (exact, labels, w), xtol=1e-15, rtol=1e-14)
    np.testing.assert_allclose(scaling.temperature_, root, rtol=1e-8 if f64 else 1e-6)
    least = optimize.minimize_scalar(
        loss, args=(exact, labels, w), bounds=(0.01, 100), method="bounded", options={"xatol": 1e-9}
    )
    np.testing.assert_allclose(scaling.temperature_, least.x, rtol=1e-6)
    np.testing.assert_allclose(scaling.nll_after_, least.fun, rtol=1e-12 if f64 else 1e-6)
    np.testing.assert_allclose(
        scaling.nll_before_, loss(1, exact, labels, w), rtol=1e-12 if f64 else 1e-6
    )
    assert scaling.status_ == "LGT_OK" and 1 <= scaling.n_iter_ <= 50


@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.float16])
def test_predict_proba(dtype, scored):
    logits, labels, _ = scored
    scaling = lg.TemperatureScaling().fit(logits, labels)
    x = logits.astype(dtype)
    probs = scaling.predict_proba(x)
    expected = special.softmax(x.astype(np.float64) / scaling.temperature_, 1)
    assert probs.dtype == dtype and probs.shape == x.shape
    np.testing.assert_allclose(probs, expected, rtol=2 * np.finfo(dtype).eps * 4, atol=1e-7)
    np.testing.assert_array_equal(
        scaling.predict_proba(x.reshape(5, 100, 7)), probs.reshape(5, 100, 7)
    )
    np.testing.assert_array_equal(scaling.predict_proba(x[0]), probs[0])
    assert scaling.predict_proba(x, out=x) is x
    np.testing.assert_array_equal(x, probs)


@pytest.mark.parametrize(
    "logits, labels, params, status",
    [
        ([[4.0, 0.0]], [0], {}, "LGT_AT_BOUND"),
        ([[1.0, 1.0]], [0], {}, "LGT_DEGENERATE"),
        (np.zeros((0, 2)), [], {}, "LGT_DEGENERATE"),
        ([[9.0, 0.0]] * 3 + [[9.0, 0.0]], [0, 0, 0, 1], {"max_iter": 2}, "LGT_NOT_CONVERGED"),
    ],
)
def test_other_ends_are_warned_of(logits, labels, params, status):
    scaling = lg.TemperatureScaling(**params)
    with pytest.warns(lg.LogitudeWarning, match=status) as caught:
        scaling.fit(logits, labels)
    assert scaling.status_ == status and caught[0].filename == __file__


def test_before_fit(scored):
    scaling = lg.TemperatureScaling()
    assert not hasattr(scaling, "temperature_")
    for use in (scaling.to_bytes, lambda: scaling.predict_proba(scored[0])):
        with pytest.raises(lg.NotFittedError):
            use()
    assert pickle.loads(pickle.dumps(scaling)).get_params() == scaling.get_params()


def test_pickles_and_bytes(scored):
    logits, labels, _ = scored
    scaling = lg.TemperatureScaling(tol=1e-5, max_iter=20).fit(logits, labels)
    for again in (pickle.loads(pickle.dumps(scaling)), copy.deepcopy(scaling)):
        assert again.to_bytes() == scaling.to_bytes() and again.get_params() == scaling.get_params()
        np.testing.assert_array_equal(again.predict_proba(logits), scaling.predict_proba(logits))
    again = lg.TemperatureScaling.from_bytes(scaling.to_bytes())
    assert again.temperature_ == scaling.temperature_


@pytest.mark.parametrize("data", [b"", b"\0" * 48, b"x" * 47, lg.NLL().to_bytes()[:48]])
def test_bytes_that_are_no_model(data):
    with pytest.raises(lg.LogitudeError) as caught:
        lg.TemperatureScaling.from_bytes(data)
    assert caught.value.name == "LGT_E_STATE"


@pytest.mark.parametrize(
    "params",
    [
        {"t_min": 0},
        {"t_max": 0.5},
        {"tol": -1},
        {"max_iter": 0},
        {"max_iter": -1},
        {"max_iter": 2**32 + 50},
        {"tol": np.nan},
    ],
)
def test_parameters_out_of_range(params, scored):
    logits, labels, _ = scored
    with pytest.raises(lg.LogitudeError) as caught:
        lg.TemperatureScaling(**params).fit(logits, labels)
    assert caught.value.name == "LGT_E_VALUE"


def test_a_failed_fit_leaves_the_model(scored):
    logits, labels, _ = scored
    scaling = lg.TemperatureScaling().fit(logits, labels)
    before = scaling.to_bytes()
    with pytest.raises(lg.LogitudeError):
        scaling.fit([[np.nan, 0.0]], [0])
    assert scaling.to_bytes() == before


def test_parameters_as_scikit_learn_wants_them(scored):
    logits, labels, _ = scored
    scaling = lg.TemperatureScaling(t_max=7).fit(logits, labels)
    copied = clone(scaling)
    assert copied.get_params() == scaling.get_params() and not hasattr(copied, "temperature_")
    assert repr(scaling) == "TemperatureScaling(t_max=7)"
    with pytest.raises(ValueError, match="t_mox"):
        scaling.set_params(t_mox=3)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_losses_at_temperatures(dtype, scored):
    logits, labels, weights = scored
    x = logits.astype(dtype)
    exact = x.astype(np.float64)
    weights = weights.astype(dtype)
    state = lg.TemperatureLoss([0.5, 1, 3], derivatives=2).update(x, labels, weights)
    reports = state.report()
    rtol = 1e-10 if dtype is np.float64 else 1e-5
    for report in reports:
        np.testing.assert_allclose(
            report.nll, loss(report.temperature, exact, labels, weights), rtol=rtol
        )
    for report in reports[:2]:
        b = 1 / report.temperature
        np.testing.assert_allclose(
            report.slope, slope(b, exact, labels, weights), rtol=rtol, atol=rtol
        )
        h = 1e-5 * b
        change = slope(b + h, exact, labels, weights) - slope(b - h, exact, labels, weights)
        np.testing.assert_allclose(report.curvature, change / (2 * h), rtol=1e-4)
    assert np.isnan(reports[2].slope) and np.isnan(reports[2].curvature)
    half = lg.TemperatureLoss([0.5, 1, 3], 2).update(x[:99], labels[:99], weights[:99])
    half += lg.TemperatureLoss([0.5, 1, 3], 2).update(x[99:], labels[99:], weights[99:])
    assert half.to_bytes() == state.to_bytes() == pickle.loads(pickle.dumps(state)).to_bytes()


@pytest.mark.parametrize("parts", [1, 3, 500])
def test_shards_give_the_bits_of_the_whole(parts, scored):
    arrays = [np.array_split(a, parts) for a in scored]
    whole = lg.TemperatureScaling(start=2.0).fit(*scored)
    sharded = lg.TemperatureScaling(start=2.0).fit_shards(list(zip(*arrays)))
    assert sharded.to_bytes() == whole.to_bytes()


def test_a_fit_in_many_processes():
    example = Path(__file__).parents[3] / "examples" / "python" / "distributed_fit.py"
    shown = subprocess.run([sys.executable, example], check=True, capture_output=True, text=True)
    assert "from 7 shards" in shown.stdout


@pytest.mark.parametrize("rows, cols", [(3000, 10), (20000, 4), (4000, 200)])
def test_many_rows_against_scipy(rows, cols):
    rng = np.random.default_rng(rows)
    x = 3 * rng.normal(size=(rows, cols)).astype(np.float32)
    labels = rng.integers(0, cols, rows)
    x[np.arange(rows), labels] += 3
    scaling = lg.TemperatureScaling().fit(x, labels)
    exact = x.astype(np.float64)
    args = (exact, labels, None)
    root = 1 / optimize.brentq(slope, 0.01, 100, args, xtol=1e-15, rtol=1e-14)
    np.testing.assert_allclose(scaling.temperature_, root, rtol=3e-8)
    order = rng.permutation(rows)
    assert lg.TemperatureScaling().fit(x[order], labels[order]).to_bytes() == scaling.to_bytes()


@pytest.mark.parametrize(
    "logits, labels, status, temperature",
    [
        (np.eye(5) * 300, np.arange(5), "LGT_AT_BOUND", 0.01),
        (np.eye(5) * -300, np.arange(5), "LGT_AT_BOUND", 100),
        (np.zeros((9, 3)), [0] * 9, "LGT_DEGENERATE", 1),
        (np.ones((4, 1)), [0] * 4, "LGT_DEGENERATE", 1),
        ([[1.0, 3.0]], [1], "LGT_AT_BOUND", 0.01),
        ([[1.0, 3.0]], [0], "LGT_AT_BOUND", 100),
    ],
)
@pytest.mark.parametrize("many", [1, 1000])
def test_no_minimum_inside(logits, labels, status, temperature, many):
    logits, labels = np.tile(logits, (many, 1)), np.tile(labels, many)
    with pytest.warns(lg.LogitudeWarning, match=status):
        scaling = lg.TemperatureScaling().fit(logits, labels)
    assert scaling.temperature_ == pytest.approx(temperature, rel=1e-12)
    assert scaling.nll_after_ <= scaling.nll_before_


@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.float16, ml_dtypes.bfloat16])
def test_a_temperature_for_each_row(dtype):
    rng = np.random.default_rng(3)
    x = rng.normal(size=(4, 6, 7)).astype(dtype)
    t = np.exp(rng.normal(size=(4, 6)))
    expected = special.softmax(x.astype(np.float64) / t[..., None], -1)
    tolerance = 1e-2 if np.dtype(dtype).itemsize == 2 else 1e-6
    np.testing.assert_allclose(
        lg.temperature_softmax(x, t).astype(np.float64), expected, rtol=tolerance
    )
    assert lg.temperature_softmax(x, t, out=x) is x
    with pytest.raises(lg.LogitudeError, match="LGT_E_VALUE"):
        lg.temperature_softmax(x, np.zeros((4, 6)))
    with pytest.raises(lg.LogitudeError, match="LGT_E_SHAPE"):
        lg.temperature_softmax(x, t[0])
