"""Masked softmax, log_softmax, logsumexp and softmin against numpy in float64."""

import ml_dtypes
import numpy as np
import pytest

import logitude as lg

DTYPES = [np.dtype(t) for t in (np.float64, np.float32, np.float16, ml_dtypes.bfloat16)]


def rows_of(values, axis, x):
    """One number a row, to go with entries."""
    return np.expand_dims(np.broadcast_to(values, np.delete(x.shape, axis)), axis)


def scores(x, axis, *, scale=1.0, mask=None, bias=None, causal=None, slope=0.0, soft_cap=None,
           columns=None, sink=None, negate=False):  # fmt: skip
    """The definition, and how large what they are the sum of is."""
    z = -x.astype(np.float64) if negate else x.astype(np.float64)
    if columns is not None:
        z = np.take(z, columns, axis)
    z = z * (rows_of(scale, axis, z) if np.ndim(scale) else scale)
    if soft_cap:
        z = soft_cap * np.tanh(z / soft_cap)
    size = np.abs(z) * (8 if soft_cap else 1)
    if bias is not None:
        bias = np.asarray(bias, np.float64)
        z = z + bias
        size = size + np.where(np.isinf(bias), 0, np.abs(bias))
    places = np.arange(z.shape[axis])
    last = [i for i in range(z.ndim) if i != axis % z.ndim][-1:]
    along = places.reshape([-1 if i == axis % z.ndim else 1 for i in range(z.ndim)])
    rows = np.arange(z.shape[last[0]]) if last else np.zeros(1)
    rows = rows.reshape([-1 if [i] == last else 1 for i in range(z.ndim)])
    offset = 0 if causal is None or causal is True else causal
    z = z + slope * (along - rows - offset)
    size = size + abs(slope) * (np.abs(along) + np.abs(rows) + abs(offset))
    keep = np.ones(z.shape, bool)
    if mask is not None:
        keep &= mask
    if causal is not None:
        keep &= along <= rows + offset
    z = np.where(keep, z, -np.inf)
    return z, np.where(keep, size, 0).max(axis=axis, keepdims=True, initial=1)


def exact(x, axis=-1, sink=None, **how):
    z, size = scores(x, axis, **how)
    beside = np.full(np.delete(z.shape, axis), -np.inf) if sink is None else sink
    beside = rows_of(beside, axis, z)
    with np.errstate(all="ignore"):
        top = np.maximum(z.max(axis=axis, keepdims=True, initial=-np.inf), beside)
        sums = np.exp(z - top).sum(axis=axis, keepdims=True) + np.exp(beside - top)
        lse = np.where(np.isinf(top), top, top + np.log(sums))
        shares, share = np.exp(z - lse), np.exp(beside - lse)
    with np.errstate(invalid="ignore"):
        logs = z - lse
    return shares, logs, lse.squeeze(axis), share.squeeze(axis), size + np.abs(
        np.where(np.isinf(beside), 0, beside)
    )


def near(y, expected, bound):
    y = np.asarray(y, np.float64)
    assert np.array_equal(np.isnan(y), np.isnan(expected))
    same = (y == expected) | np.isnan(expected)
    with np.errstate(invalid="ignore"):
        assert (same | (np.abs(y - expected) <= bound)).all()


def rounding(dtype):
    """Of scores, of what is computed, and of what is stored; and the least number."""
    wide = dtype == np.float64
    return (
        4.8e-16 if wide else 2.4e-7,
        1.2e-15 if wide else 7e-7,
        float(ml_dtypes.finfo(dtype).eps) / 2,
        float(ml_dtypes.finfo(dtype).smallest_subnormal),
    )


def check(x, axis, **how):
    shares, logs, lse, share, size = exact(x, axis, **how)
    of_scores, computed, stored, least = rounding(x.dtype)
    negate = how.pop("negate", False)
    off, row_off = of_scores * 2 * size, of_scores * 2 * size.squeeze(axis)
    transform = lg.softmin if negate else lg.softmax
    y, got_lse, got_share = transform(
        x, axis, return_lse=True, return_sink=True, empty="zero", **how
    )
    empty = np.isneginf(lse)
    live = np.expand_dims(~empty, axis)
    assert y.dtype == x.dtype and y.shape == shares.shape
    shares = np.where(live, shares, 0)
    near(y, shares, shares * (stored + computed + off) + least)
    of_lse = computed * np.maximum(1, np.abs(np.where(empty, 0, lse))) + row_off
    near(got_lse, lse, of_lse)
    near(got_share, np.where(empty, 0, share), np.where(empty, 0, share) * (row_off + 1e-14))
    if how.get("sink") is not None:
        total = y.astype(np.float64).sum(axis) + got_share
        near(total, np.ones(lse.shape), (stored + computed) * y.shape[axis] + row_off)
    if not negate:
        near(lg.logsumexp(x, axis, **how), lse, of_lse)
        z = lg.log_softmax(x, axis, empty="zero", **how)
        logs = np.where(live, logs, -np.inf)
        with np.errstate(invalid="ignore"):
            near(z, logs, np.abs(logs) * stored + computed + off)


def random_mask(rng, x, axis):
    """Each option in one case of three, arrays of any shape that broadcasts."""
    how, shape = {}, list(x.shape)
    wanted = lambda: rng.random() < 1 / 3  # noqa: E731
    if wanted():
        how["columns"] = rng.integers(0, shape[axis], rng.integers(1, 12)).astype(np.int32)
        shape[axis] = len(how["columns"])

    def broadcast(make):
        lead = rng.integers(0, len(shape)) if wanted() else 0
        small = [1 if rng.random() < 0.4 else n for n in shape[lead:]]
        return make(tuple(small))

    if wanted():
        how["bias"] = broadcast(lambda s: rng.normal(size=s).astype(x.dtype))
        how["bias"][rng.random(how["bias"].shape) < 0.2] = -np.inf
    if wanted():
        how["mask"] = broadcast(lambda s: rng.random(s) < 0.7)
    if wanted():
        how["causal"] = [True, 0, 3, -1][rng.integers(4)]
    if wanted():
        how["slope"] = rng.choice([-0.5, 0.03])
    if wanted():
        how["soft_cap"] = float(rng.integers(1, 40))
    lead = np.delete(x.shape, axis)
    if wanted():
        how["sink"] = float(rng.normal()) if wanted() else rng.normal(size=lead)
    if wanted():
        how["scale"] = 0.3 if wanted() else rng.uniform(0.1, 3, size=lead)
    if wanted():
        how["negate"] = True
    return how


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_against_numpy(dtype, rng):
    for _ in range(150):
        shape = rng.integers(1, 9, size=rng.integers(1, 5))
        axis = int(rng.integers(-len(shape), len(shape)))
        shape[axis] = rng.choice([1, 2, 7, 16, 33])
        x = (2 * rng.normal(size=shape)).astype(dtype)
        check(x, axis, **random_mask(rng, x, axis))


@pytest.mark.parametrize("cols", [1000, 4100, 9000])
def test_long_rows(cols, rng):
    x = rng.normal(size=(3, cols)).astype(np.float32)
    bias = rng.normal(size=(3, cols)).astype(np.float32)
    check(x, -1, bias=bias)
    check(x, -1, bias=bias[0], scale=0.5, causal=cols // 2)
    check(x, -1, causal=cols // 2)
    check(x, -1, mask=bias > 0, sink=0)
    check(x, -1, bias=bias, soft_cap=3, causal=10)
    check(x, -1, scale=np.array([0.5, 1, 2]))


def test_the_limits_of_the_sink(rng):
    x = rng.normal(size=(4, 9))
    np.testing.assert_allclose(lg.softmax(x, sink=-np.inf), lg.softmax(x), rtol=1e-14)
    y, share = lg.softmax(x, sink=np.inf, return_sink=True)
    assert (y == 0).all() and (share == 1).all()
    y, lse, share = lg.softmax(x, sink=2.5, mask=np.zeros(9, bool), return_lse=True,
                               return_sink=True)  # fmt: skip
    assert (y == 0).all() and (share == 1).all() and (lse == 2.5).all()
    off_by_one = np.exp(x) / (1 + np.exp(x).sum(-1, keepdims=True))
    np.testing.assert_allclose(lg.softmax(x, sink=0), off_by_one, rtol=1e-14)
    assert (lg.softmax(x, return_sink=True)[1] == 0).all()


def test_softmin(rng):
    x = rng.normal(size=(4, 9))
    np.testing.assert_allclose(lg.softmin(x, scale=2), lg.softmax(-x, scale=2), rtol=1e-13)


def test_empty_rows(rng):
    x = rng.normal(size=(3, 4))
    with pytest.warns(lg.LogitudeWarning):
        y = lg.softmax(x, causal=-1)
    assert np.isnan(y[0]).all() and not np.isnan(y[1:]).any()
    assert (lg.softmax(x, causal=-1, empty="zero")[0] == 0).all()


def test_what_is_masked_is_not_looked_at(rng):
    x = rng.normal(size=(3, 40)).astype(np.float32)
    mask = rng.random((3, 40)) < 0.5
    expected = lg.softmax(x, mask=mask)
    x[~mask] = np.nan
    assert np.array_equal(lg.softmax(x, mask=mask), expected)


def test_in_place(rng):
    x = rng.normal(size=(3, 5000)).astype(np.float32)
    bias = rng.normal(size=5000).astype(np.float32)
    expected = lg.softmax(x, bias=bias, sink=1)
    assert lg.softmax(x, bias=bias, sink=1, out=x) is x
    assert np.array_equal(x, expected)


def test_bad_arguments():
    x = np.zeros((2, 3))
    with pytest.raises(TypeError):
        lg.softmax(x, mask=np.ones(3))
    for bad in (
        {"mask": np.ones(4, bool)},
        {"bias": np.zeros((3, 3))},
        {"sink": np.zeros(3)},
        {"scale": np.ones(5)},
        {"columns": [[0]]},
        {"columns": [3]},
        {"columns": [-1]},
        {"soft_cap": -1.0},
        {"slope": np.nan},
        {"sink": np.nan},
    ):
        with pytest.raises(lg.LogitudeError):
            lg.softmax(x, **bad)
    with pytest.raises(lg.LogitudeError):
        lg.softmax(x, columns=[0, 1], out=x)
