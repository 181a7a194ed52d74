"""Gradients of the row transforms against differences and formulas; transforms along any
axis against scipy."""

import ctypes
import warnings

import numpy as np
import pytest
from gradients import differences
from scipy import special

import logitude as lg
from logitude._abi import CONSTANTS, STRUCTS, function

TYPES = [("f8", 1e-13), ("f4", 4e-6), ("f2", 4e-3)]


def made(**given):
    """A mask, and what it points to."""
    mask = STRUCTS["lgt_softmax_mask"]()
    function("softmax_mask", "default")(ctypes.byref(mask))
    for name, value in given.items():
        if isinstance(value, np.ndarray):
            mask.__dict__.setdefault("kept_alive", []).append(value)
            value = value.ctypes.data
        setattr(mask, name, value)
    return mask


def forward(family, x, scale, mask):
    """Results of rows of float64, and logarithms of sums."""
    opts = STRUCTS["lgt_softmax_opts"]()
    function("softmax", "opts_default")(ctypes.byref(opts))
    opts.scale = scale
    opts.mask = ctypes.addressof(mask)
    rows, cols = x.shape
    x = np.ascontiguousarray(x, np.float64)
    y, lse = np.empty((rows, mask.count or cols)), np.empty(rows)
    f = function(family, "", "f64")
    if family == "logsumexp":
        status = f(x.ctypes.data, cols, lse.ctypes.data, rows, cols, ctypes.byref(opts))
    else:
        status = f(
            x.ctypes.data, cols, y.ctypes.data, y.shape[1], lse.ctypes.data, rows, cols,
            ctypes.byref(opts),
        )  # fmt: skip
    assert status in (0, CONSTANTS.get("LGT_EMPTY_ROW", status))
    return y, lse


def every_option(rng, rows, cols):
    """Masks of every kind, and one of all."""
    sink, negate, causal = (CONSTANTS[f"LGT_MASK_{n}"] for n in ("SINK", "NEGATE", "CAUSAL"))
    kept = (rng.uniform(size=(rows, cols)) < 0.7).astype(np.uint8)
    kept[:, 0] = 1
    picked = np.array(rng.integers(0, cols, cols - 2), np.int64)
    masks = {
        "none": {},
        "scales": {"scales": rng.uniform(0.5, 2, rows)},
        "bias": {"bias": rng.normal(size=(rows, cols)), "bias_stride": cols},
        "kept": {"kept": kept, "kept_stride": cols},
        "causal": {"flags": causal, "causal_offset": 1},
        "slope": {"slope": -0.3},
        "cap": {"soft_cap": 1.5},
        "sink": {"flags": sink, "sink": 0.5},
        "sinks": {"sinks": rng.normal(size=rows)},
        "negate": {"flags": negate},
        "columns": {"columns": picked, "count": len(picked)},
    }
    masks["all"] = {
        "flags": negate | causal,
        "causal_offset": 2,
        "slope": 0.2,
        "soft_cap": 2.0,
        "scales": rng.uniform(0.5, 2, rows),
        "sinks": rng.normal(size=rows),
        "kept": np.ascontiguousarray(kept[:, : len(picked)]),
        "kept_stride": len(picked),
        "columns": picked,
        "count": len(picked),
    }
    return masks


@pytest.mark.parametrize("family", ["softmax", "log_softmax", "logsumexp"])
def test_every_option(family, rng):
    for trial in range(9):
        rows, cols = 3, 6
        x = rng.normal(size=(rows, cols)) * 2
        scale = [1.0, 0.7][trial % 2]
        for name, given in every_option(rng, rows, cols).items():
            share = np.empty(rows)
            mask = made(**given, sink_share=share)
            y, lse = forward(family, x, scale, mask)
            assert np.isfinite(lse).all(), name
            out = lse if family == "logsumexp" else y
            dy = rng.normal(size=out.shape)

            def value(z, family=family, mask=mask, scale=scale, dy=dy):
                found = forward(family, z, scale, mask)[family == "logsumexp"]
                return (np.where(np.isfinite(found), found, 0) * dy).sum()

            truth = differences(value, x)
            forward(family, x, scale, mask)
            if family == "logsumexp":
                dx, dsink = lg.logsumexp_grad(
                    x, lse, dy, scale=scale, mask=mask, return_dsink=True
                )
            else:
                grad = lg.softmax_grad if family == "softmax" else lg.log_softmax_grad
                dx, dsink = grad(y, dy, scale=scale, x=x, mask=mask, return_dsink=True)
            np.testing.assert_allclose(dx, truth, rtol=0, atol=3e-8, err_msg=name)
            # The sinks, one a row.
            sinks = given.get("sinks")
            if sinks is not None:

                def beside(s, given=given, family=family, x=x, scale=scale, dy=dy):
                    at = made(**{**given, "sinks": np.array(s)})
                    found = forward(family, x, scale, at)[family == "logsumexp"]
                    return (np.where(np.isfinite(found), found, 0) * dy).sum()

                np.testing.assert_allclose(
                    dsink, differences(beside, sinks), rtol=0, atol=3e-8, err_msg=name
                )
            elif name != "sink":
                assert (dsink == 0).all()


def test_kept_out_is_nothing(rng):
    kept = np.array([1, 0, 1], np.uint8)
    x = np.array([[1.0, np.nan, 2.0]])
    y, lse = forward("softmax", x, 1.0, mask := made(kept=kept))
    dx = lg.softmax_grad(y, [[1.0, np.nan, 0.0]], mask=mask)
    assert dx[0, 1] == 0 and dx[0, 0] == pytest.approx(y[0, 0] * y[0, 2])
    dx = lg.logsumexp_grad(x, lse, [2.0], mask=mask)
    np.testing.assert_allclose(dx, 2 * y)
    logs, _ = forward("log_softmax", x, 1.0, mask)
    dx = lg.log_softmax_grad(logs, [[1.0, np.nan, 0.0]], mask=mask)
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
    with pytest.raises(ValueError, match="LGT_E_VALUE"):
        lg.softmax_grad(np.ones((2, 3)), np.ones((2, 3)), scale=0)
    assert lg.softmax_grad(np.ones((0, 3)), np.ones((0, 3))).shape == (0, 3)
