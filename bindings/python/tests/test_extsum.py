"""Sums of exponentials against scipy, and as states."""

import copy
import functools
import operator
import pickle
from concurrent.futures import ThreadPoolExecutor

import ml_dtypes
import numpy as np
import pytest
from scipy import special

import logitude as lg

DTYPES = [np.dtype(t) for t in (np.float64, np.float32, np.float16, ml_dtypes.bfloat16)]


def near(shares, expected):
    """As softmax is tested: rounding to the type, and a few ulp before that."""
    limits = ml_dtypes.finfo(shares.dtype)
    rtol = {8: 4e-15, 4: 7 * 2.0**-23, 2: 1.01 * float(limits.eps) / 2}[shares.dtype.itemsize]
    atol = max(1e-15, 5 * float(limits.smallest_subnormal))
    np.testing.assert_allclose(shares.astype(np.float64), expected, rtol, atol)


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("cols", [1, 2, 7, 16, 33, 100, 1000])
@pytest.mark.parametrize("scale", [1.0, 0.3])
def test_shards_against_scipy(dtype, cols, scale, rng):
    x = (rng.normal(size=(5, cols)) * 4).astype(dtype)
    exact = x.astype(np.float64) * scale
    shards = np.split(x, np.sort(rng.integers(0, cols + 1, 3)), axis=1)
    parts = [lg.ExtSum(5).update(shard, scale=scale) for shard in shards]
    rng.shuffle(parts)
    total = functools.reduce(operator.add, parts)
    tolerance = 1e-15 if dtype == np.float64 else 4e-7
    expected = special.logsumexp(exact, -1)
    assert total.lse().dtype == np.float64
    np.testing.assert_allclose(total.lse(), expected, rtol=tolerance, atol=4 * tolerance)
    shares = np.concatenate([total.scale(shard, scale=scale) for shard in shards], 1)
    near(shares, special.softmax(exact, -1))


def test_a_stream(rng):
    x = rng.normal(size=(3, 4, 60)) * 10
    total = lg.ExtSum(12)
    for piece in np.split(x, 6, axis=-1):
        assert total.update(piece) is total
    expected = special.logsumexp(x, -1).ravel()
    np.testing.assert_allclose(total.lse(), expected, rtol=2e-15)
    out = np.empty_like(x)
    assert total.scale(x, out=out) is out
    near(out, special.softmax(x, -1))
    np.testing.assert_array_equal(total.scale(np.asfortranarray(x)), out)
    assert total.scale(x, out=x) is x
    np.testing.assert_array_equal(x, out)


def test_large_scores():
    x = np.array([[1e8, 1e8 + 8], [-1e30, -1e30], [-1e9, -1e9], [1e300, -1e300]])
    total = lg.ExtSum(4).update(x[:, :1]) + lg.ExtSum(4).update(x[:, 1:])
    near(total.scale(x), special.softmax(x, -1))
    np.testing.assert_allclose(total.lse(), special.logsumexp(x, -1), rtol=2e-15)


def test_special_values():
    inf, nan = np.inf, np.nan
    x = np.array([[inf, 0, inf], [nan, 0, inf], [-inf, 1, 1], [-inf, -inf, -inf]])
    total = lg.ExtSum(4).update(x[:, :2]).update(x[:, 2:])
    np.testing.assert_array_equal(total.lse(), [inf, nan, 1 + np.log(2), -inf])
    with pytest.warns(lg.LogitudeWarning, match="LGT_EMPTY_ROW"):
        shares = total.scale(x)
    np.testing.assert_array_equal(shares, [[0.5, 0, 0.5], [nan] * 3, [0, 0.5, 0.5], [nan] * 3])
    np.testing.assert_array_equal(total.scale(x, empty="zero")[3], [0, 0, 0])
    np.testing.assert_array_equal(lg.ExtSum(2).lse(), [-inf, -inf])


def test_addition(rng):
    a, b, nothing = (lg.ExtSum(4) for _ in range(3))
    a.update(rng.normal(size=(4, 9)))
    b.update(rng.normal(size=(4, 9)) * 100)
    before = a.to_bytes(), b.to_bytes()
    assert (a + b).to_bytes() == (b + a).to_bytes()
    assert (a + nothing).to_bytes() == (nothing + a).to_bytes() == a.to_bytes()
    assert (a.to_bytes(), b.to_bytes()) == before
    assert a.merge(b) is a and a.to_bytes() != before[0]
    with pytest.raises(TypeError):
        a + 1
    with pytest.raises(lg.LogitudeError) as caught:
        a.merge(lg.ExtSum(5))
    assert caught.value.name == "LGT_E_MISMATCH"
    with pytest.raises(lg.LogitudeError, match="MISMATCH"):
        a.merge(lg.NLL())


def test_workers(rng):
    x = rng.normal(size=(50, 640)).astype(np.float32)
    with ThreadPoolExecutor(4) as pool:
        parts = list(pool.map(lambda part: lg.ExtSum(50).update(part), np.split(x, 16, axis=1)))
    together = functools.reduce(operator.add, parts)
    np.testing.assert_allclose(together.lse(), special.logsumexp(x.astype(float), -1), rtol=4e-7)


def test_pickles_and_bytes(rng):
    total = lg.ExtSum(3).update(rng.normal(size=(3, 8)))
    assert repr(total) == "ExtSum(rows=3)"
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(total, protocol))
        assert type(again) is lg.ExtSum and again.to_bytes() == total.to_bytes()
    pairs = np.frombuffer(total.to_bytes()[16:], np.float64).reshape(3, 2)
    assert ((1 <= pairs[:, 0]) & (pairs[:, 0] < 2) & (pairs[:, 1] % 1 == 0)).all()
    np.testing.assert_allclose(np.log(pairs[:, 0]) + pairs[:, 1] * np.log(2), total.lse())
    assert copy.copy(total).reset().to_bytes() == lg.ExtSum(3).to_bytes()
    with pytest.raises(lg.LogitudeError, match="MISMATCH"):
        lg.ExtSum.from_bytes(lg.NLL().to_bytes())
    with pytest.raises(lg.LogitudeError):
        lg.ExtSum.from_bytes(total.to_bytes()[:-1])


def test_shapes_that_do_not_fit():
    total = lg.ExtSum(3)
    for x in (np.zeros((2, 5)), np.zeros(5), np.zeros((3, 3, 5))):
        for function in (total.update, total.scale):
            with pytest.raises(lg.LogitudeError) as caught:
                function(x)
            assert caught.value.name == "LGT_E_SHAPE"
    with pytest.raises(lg.LogitudeError, match="axis"):
        total.update(1.0)
    with pytest.raises(lg.LogitudeError):
        lg.ExtSum(-1)
    with pytest.raises(lg.LogitudeError):
        lg.ExtSum(2**31)
    with pytest.raises(lg.LogitudeError, match="VALUE"):
        total.update(np.zeros((3, 5)), scale=0)
    assert lg.ExtSum(0).update(np.zeros((0, 5))).lse().shape == (0,)
