"""softmax, log_softmax and logsumexp against scipy in float64."""

import ml_dtypes
import numpy as np
import pytest
from scipy import special

import logitude as lg

DTYPES = [np.dtype(t) for t in (np.float64, np.float32, np.float16, ml_dtypes.bfloat16)]


def near(result, expected):
    """Within 5 ulp, or the rounding to 16 bits. scipy is no better in float64, and
    where a log_softmax is close to 0 worse: hence the absolute part."""
    limits = ml_dtypes.finfo(result.dtype)
    rtol = {8: 4e-15, 4: 5 * 2.0**-23, 2: 1.01 * float(limits.eps) / 2}[result.itemsize]
    atol = max(1e-15, 5 * float(limits.smallest_subnormal))
    np.testing.assert_allclose(result.astype(np.float64), expected, rtol, atol)


def near_lse(result, expected, x):
    """Within the documented bound, which is relative to the larger of its two terms."""
    share = 6e-16 if result.dtype == np.float64 else 3e-7
    scale = np.maximum(1, np.maximum(np.abs(expected), np.abs(x).max()))
    assert (np.abs(result - expected) <= share * scale).all()


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("cols", [1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 64, 100, 1000])
def test_against_scipy(dtype, cols, rng):
    x = (rng.normal(size=(5, cols)) * 4).astype(dtype)
    exact = x.astype(np.float64)
    y, lse = lg.softmax(x, return_lse=True)
    assert y.dtype == dtype and lse.dtype == (np.float64 if dtype == np.float64 else np.float32)
    near(y, special.softmax(exact, -1))
    near(lg.log_softmax(x), special.log_softmax(exact, -1))
    near_lse(lg.logsumexp(x), special.logsumexp(exact, -1), exact)
    near_lse(lse, special.logsumexp(exact, -1), exact)


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("axis", [0, 1, 2, -1, -2, -3])
def test_axes(dtype, axis, rng):
    x = rng.normal(size=(4, 5, 6)).astype(dtype)
    exact = x.astype(np.float64)
    y, lse = lg.softmax(x, axis, return_lse=True)
    near(y, special.softmax(exact, axis))
    assert lse.shape == special.logsumexp(exact, axis).shape
    near(lg.log_softmax(x, axis=axis), special.log_softmax(exact, axis))
    near_lse(lg.logsumexp(x, axis), special.logsumexp(exact, axis), exact)
    kept = lg.logsumexp(x, axis, keepdims=True)
    assert kept.shape == special.logsumexp(exact, axis, keepdims=True).shape


@pytest.mark.parametrize("axis", [2, -3, 0.5])
def test_axes_that_are_none(axis):
    with pytest.raises((np.exceptions.AxisError, TypeError)):
        lg.softmax(np.zeros((2, 2)), axis)


def test_a_number_has_no_rows():
    for function in (lg.softmax, lg.log_softmax, lg.logsumexp):
        with pytest.raises(np.exceptions.AxisError):
            function(1.0)


def test_scale(rng):
    x = rng.normal(size=(5, 9))
    near(lg.softmax(x, scale=2.5), special.softmax(2.5 * x, -1))
    near(lg.log_softmax(x, scale=0.1), special.log_softmax(0.1 * x, -1))
    near_lse(lg.logsumexp(x, scale=0.1), special.logsumexp(0.1 * x, -1), x)


def test_log_softmax_near_0():
    x = np.array([[0.0, -40.0], [30.0, -300.0], [-1.0, -20.0]])
    expected = -np.log1p(np.exp(x[:, 1] - x[:, 0]))
    np.testing.assert_allclose(lg.log_softmax(x)[:, 0], expected, rtol=1e-15)


def test_huge_values():
    x = np.array([[1000.0, 1001, 1002], [-1e308, -1e308, -1e308], [1e300, -1e300, 0]])
    near(lg.softmax(x), special.softmax(x, -1))
    np.testing.assert_array_equal(lg.logsumexp([1e300, 1e300]), 1e300)


def test_special_values():
    inf, nan = np.inf, np.nan
    x = np.array([[inf, inf, 0], [-inf, 0, 0], [nan, 0, 0]])
    np.testing.assert_array_equal(lg.softmax(x), [[0.5, 0.5, 0], [0, 0.5, 0.5], [nan] * 3])
    np.testing.assert_array_equal(lg.logsumexp(x), [inf, np.log(2), nan])


def test_empty_rows():
    x = np.array([[-np.inf, -np.inf], [0, 0]])
    with pytest.warns(lg.LogitudeWarning, match="LGT_EMPTY_ROW"):
        y = lg.softmax(x)
    np.testing.assert_array_equal(y, [[np.nan, np.nan], [0.5, 0.5]])
    # No warning, because it was asked for, or because the answer is exact.
    np.testing.assert_array_equal(lg.softmax(x, empty="zero"), [[0, 0], [0.5, 0.5]])
    np.testing.assert_array_equal(lg.log_softmax(x, empty="zero")[0], [-np.inf, -np.inf])
    np.testing.assert_array_equal(lg.logsumexp(x), special.logsumexp(x, -1))


def test_empty_arrays():
    assert lg.softmax(np.zeros((0, 3))).shape == (0, 3)
    assert lg.softmax(np.zeros((4, 0, 3)), return_lse=True)[1].shape == (4, 0)
    assert lg.logsumexp(np.zeros((0, 3))).shape == (0,)
    np.testing.assert_array_equal(lg.logsumexp(np.zeros((2, 0))), [-np.inf, -np.inf])
    assert lg.softmax(np.zeros((2, 0)), empty="zero").shape == (2, 0)


def test_one_row_gives_one_number(rng):
    x = rng.normal(size=9)
    assert isinstance(lg.logsumexp(x), np.float64)
    assert lg.logsumexp(x, keepdims=True).shape == (1,)
    y, lse = lg.softmax(x, return_lse=True)
    assert y.shape == (9,) and np.ndim(lse) == 0


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("axis", [0, -1])
@pytest.mark.parametrize("function", [lg.softmax, lg.log_softmax])
def test_in_place(function, axis, dtype, rng):
    array = rng.normal(size=(8, 6, 12)).astype(dtype)
    for view in (array, array[::2], array[..., 3:7], array.T, array[::-1], array[:, :, ::3]):
        expected = function(view.copy(), axis)
        untouched = array.copy()
        assert function(view, axis, out=view) is view
        # A copy may be contiguous where the view is not, and is then done by columns.
        rtol = 0 if axis == -1 else {8: 1e-14, 4: 4e-6, 2: 2e-2}[view.itemsize]
        found, wanted = view.astype(np.float64), expected.astype(np.float64)
        np.testing.assert_allclose(found, wanted, rtol=rtol)
        view[...] = 0
        mask = array.astype(np.float64) != 0
        np.testing.assert_array_equal(array[mask], untouched[mask])
        array[...] = rng.normal(size=array.shape).astype(dtype)


def test_out_of_any_layout(rng):
    x = rng.normal(size=(6, 4))
    expected = lg.softmax(x)
    for out in (np.empty((6, 4)), np.empty((4, 6)).T, np.empty((12, 8))[::2, ::2]):
        assert lg.softmax(x, out=out) is out
        np.testing.assert_array_equal(out, expected)
    both = np.zeros((6, 9))  # side by side in one array
    both[:, :4] = x
    np.testing.assert_array_equal(lg.softmax(both[:, :4], out=both[:, 4:8]), expected)
    assert not both[:, 8].any()


@pytest.mark.parametrize("level", ["portable", "avx2", "avx512", "neon", "reproducible"])
def test_levels(level, rng):
    before = lg.cpu_level()
    try:
        lg.set_cpu_level(level)
    except NotImplementedError:
        pytest.skip(f"NOT RUN: this machine lacks {level}")
    try:
        in_use = {lg.cpu_level()}
        assert in_use == {level} or level == "reproducible" and in_use < {"avx2", "neon"}
        x = rng.normal(size=(3, 50))
        near(lg.softmax(x), special.softmax(x, -1))
    finally:
        lg.set_cpu_level(before)
