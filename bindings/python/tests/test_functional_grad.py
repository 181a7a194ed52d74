"""Gradients of the row transforms against differences and formulas; transforms along any
axis against scipy."""

import warnings

import numpy as np
import pytest
from gradients import differences
from scipy import special

import logitude as lg

TYPES = [("f8", 1e-13), ("f4", 4e-6), ("f2", 4e-3)]


FORWARD = {"softmax": lg.softmax, "log_softmax": lg.log_softmax, "logsumexp": lg.logsumexp}


def forward(family, x, negate=False, **given):
    if family == "softmax" and negate:
        return lg.softmin(x, **given)
    return FORWARD[family](-x if negate else x, **given)


def every_option(rng, rows, cols):
    """Every option by itself, and many together."""
    mask = rng.uniform(size=(rows, cols)) < 0.7
    mask[:, 0] = True
    columns = rng.integers(0, cols, cols - 2)
    return {
        "none": {},
        "scales": {"scale": rng.uniform(0.5, 2, rows)},
        "bias": {"bias": rng.normal(size=(rows, cols)), "scale": 0.7},
        "mask": {"mask": mask},
        "causal": {"causal": 1},
        "slope": {"slope": -0.3},
        "soft_cap": {"soft_cap": 1.5, "scale": 0.7},
        "sink": {"sink": 0.5},
        "sinks": {"sink": rng.normal(size=rows)},
        "negate": {"negate": True},
        "columns": {"columns": columns},
        "all": {
            "causal": 2,
            "slope": 0.2,
            "soft_cap": 2.0,
            "scale": rng.uniform(0.5, 2, rows),
            "sink": rng.normal(size=rows),
            "mask": mask[:, : len(columns)],
            "columns": columns,
        },
    }


@pytest.mark.parametrize("family", FORWARD)
def test_every_option(family, rng):
    of_results = ("scale", "soft_cap", "sink", "columns", "negate")
    for _ in range(9):
        rows, cols = 3, 6
        x = rng.normal(size=(rows, cols)) * 2
        for name, given in every_option(rng, rows, cols).items():
            if family != "softmax" and name == "negate":
                continue
            y = forward(family, x, **given)
            dy = rng.normal(size=y.shape)

            def value(z, given=given, dy=dy):
                found = forward(family, z, **given)
                return (np.where(np.isfinite(found), found, 0) * dy).sum()

            truth = differences(value, x)
            if family == "logsumexp":
                dx, dsink = lg.logsumexp_grad(x, y, dy, return_dsink=True, **given)
            else:
                grad = lg.softmax_grad if family == "softmax" else lg.log_softmax_grad
                known = {k: v for k, v in given.items() if k in of_results}
                dx, dsink = grad(y, dy, x=x, return_dsink=True, **known)
                share = forward(family, x, return_sink=True, **given)[1]
                again, exact = grad(y, dy, x=x, return_dsink=True, sink_share=share, **known)
                np.testing.assert_array_equal(again, dx)
                np.testing.assert_allclose(exact, dsink, rtol=0, atol=1e-14)
            np.testing.assert_allclose(dx, truth, rtol=0, atol=3e-8, err_msg=name)
            if "sink" not in given:
                assert (dsink == 0).all()
                continue
            # One sink for all rows is one for each.
            sinks = np.broadcast_to(given["sink"], rows)
            truth = differences(lambda s, x=x, given=given: value(x, {**given, "sink": s}), sinks)
            np.testing.assert_allclose(dsink, truth, rtol=0, atol=3e-8, err_msg=name)


def test_masked_out_is_nothing():
    mask = [[True, False, True]]
    x = np.array([[1.0, np.nan, 2.0]])
    y, lse = lg.softmax(x, mask=mask, return_lse=True)
    dx = lg.softmax_grad(y, [[1.0, np.nan, 0.0]])
    assert dx[0, 1] == 0 and dx[0, 0] == pytest.approx(y[0, 0] * y[0, 2])
    dx = lg.softmax_grad(y, [[1.0, np.nan, 0.0]], x=x, soft_cap=1e6)
    assert dx[0, 1] == 0 and dx[0, 0] == pytest.approx(y[0, 0] * y[0, 2])
    dx = lg.logsumexp_grad(x, lse, [2.0], mask=mask)
    np.testing.assert_allclose(dx, 2 * y)
    dx = lg.logsumexp_grad(x, lse, [2.0], mask=mask, soft_cap=1e6)
    np.testing.assert_allclose(dx, 2 * y)
    logs = lg.log_softmax(x, mask=mask)
    dx = lg.log_softmax_grad(logs, [[1.0, np.nan, 0.0]])
    np.testing.assert_allclose(dx, [[y[0, 2], 0, -y[0, 2]]], rtol=1e-14)


@pytest.mark.parametrize("dtype, tol", TYPES)
@pytest.mark.parametrize("axis", [0, 1, 2, -1])
@pytest.mark.parametrize("shape", [(7, 5, 9), (2, 40, 33), (1, 300, 70), (3, 1, 8)])
def test_axes(shape, axis, dtype, tol, rng):
    x = (rng.normal(size=shape) * 3).astype(dtype)
    dy = rng.normal(size=shape).astype(dtype)
    z, d = x.astype(float), dy.astype(float)
    p, logs = special.softmax(z / 2, axis=axis), special.log_softmax(z / 2, axis=axis)
    sums = special.logsumexp(z / 2, axis=axis)
    y, lse = lg.softmax(x, axis, scale=0.5, return_lse=True)
    np.testing.assert_allclose(y, p, rtol=tol, atol=1e-7)
    np.testing.assert_allclose(lse, sums, rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(lg.logsumexp(x, axis, scale=0.5), sums, rtol=1e-6, atol=1e-6)
    assert lg.logsumexp(x, axis, keepdims=True).ndim == 3
    l = lg.log_softmax(x, axis, scale=0.5)
    np.testing.assert_allclose(l, logs, rtol=tol, atol=1e-7)
    dx = lg.softmax_grad(p.astype(dtype), dy, axis, scale=0.5)
    want = 0.5 * p * (d - (p * d).sum(axis, keepdims=True))
    np.testing.assert_allclose(dx, want, rtol=0, atol=tol)
    dx = lg.log_softmax_grad(logs.astype(dtype), dy, axis, scale=0.5)
    want = 0.5 * (d - p * d.sum(axis, keepdims=True))
    np.testing.assert_allclose(dx, want, rtol=0, atol=8 * tol * shape[axis] ** 0.5)
    w = rng.normal(size=sums.shape)
    dx = lg.logsumexp_grad(x, sums, w, axis, scale=0.5)
    np.testing.assert_allclose(dx, 0.5 * p * np.expand_dims(w, axis), rtol=0, atol=4 * tol)
    over = x.copy()
    assert lg.softmax(over, axis, scale=0.5, out=over) is over
    np.testing.assert_array_equal(over, y)


def test_columns_and_rows_agree(rng):
    x = rng.normal(size=(60, 33)) * 20
    x[3, 4], x[:, 5], x[7, 6], x[8, 6], x[:50, 7] = np.nan, -np.inf, np.inf, np.inf, -np.inf
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for f in (lg.softmax, lg.log_softmax):
            y, lse = f(x, 0, return_lse=True)
            t, sums = f(np.ascontiguousarray(x.T), return_lse=True)
            np.testing.assert_allclose(y.T, t, rtol=1e-14)
            np.testing.assert_allclose(lse, sums, rtol=1e-14)
            zero, _ = f(x, 0, empty="zero", return_lse=True)
            assert (zero[:, 5] == (0 if f is lg.softmax else -np.inf)).all()
        with pytest.warns(lg.LogitudeWarning, match="LGT_EMPTY_ROW"):
            lg.softmax(x, 0)
        lse = lg.logsumexp(x, 0)
        dx = lg.logsumexp_grad(x, lse, np.ones(33), 0)
        t = lg.logsumexp_grad(np.ascontiguousarray(x.T), lse, np.ones(33))
    np.testing.assert_allclose(dx.T, t, rtol=1e-13)
    assert dx[7, 6] == 0.5 and np.isnan(dx[:, 5]).all()


def test_bad_arguments():
    with pytest.raises(ValueError, match="LGT_E_SHAPE"):
        lg.softmax_grad(np.ones((2, 3)), np.ones((3, 2)))
    with pytest.raises(ValueError, match="LGT_E_SHAPE"):
        lg.logsumexp_grad(np.ones((2, 3)), np.ones(3), np.ones(2))
    with pytest.raises(ValueError, match="LGT_E_NULL"):
        lg.softmax_grad(np.ones((2, 3)), np.ones((2, 3)), soft_cap=1)
    with pytest.raises(ValueError, match="LGT_E_SHAPE"):
        lg.softmax_grad(np.ones((2, 3)), np.ones((2, 3)), columns=[0, 1], x=np.ones((2, 3)))
    with pytest.raises(ValueError, match="LGT_E_VALUE"):
        lg.softmax_grad(np.ones((2, 3)), np.ones((2, 3)), scale=0)
    assert lg.softmax_grad(np.ones((0, 3)), np.ones((0, 3))).shape == (0, 3)
