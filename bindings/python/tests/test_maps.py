"""Maps of scores against numpy and scipy, their gradients against differences."""

import ml_dtypes
import numpy as np
import pytest
from gradients import check_map, differences
from scipy import special

import logitude as lg

TYPES = [("f8", 4e-15), ("f4", 1e-6)]
SIZES = [1, 2, 15, 16, 17, 255, 256, 257, 700]
inf, nan = np.inf, np.nan


def softplus(x):
    return -special.log_expit(-x)


def logit(x):
    """With its relative accuracy around 1/2, which scipy's lacks in older versions."""
    x = np.longdouble(x)
    near = abs(x - 0.5) < 0.3
    return np.where(near, 2 * np.arctanh(np.where(near, 2 * x - 1, 0)), np.log(x) - np.log1p(-x))


ENTRIES = {
    "sigmoid": (special.expit, lambda x: special.expit(x) * special.expit(-x)),
    "log_sigmoid": (special.log_expit, lambda x: special.expit(-x)),
    "softplus": (softplus, special.expit),
    "logit": (logit, lambda x: 1 / (x * (1 - x))),
}


def entries(name, dtype, cols, rng):
    if name == "logit":
        x = np.concatenate(
            [
                rng.uniform(size=cols),
                10.0 ** rng.uniform(-37, -1, cols),
                0.5 + rng.normal(size=cols) * 10.0 ** rng.uniform(-7, -2, cols),
            ]
        )
        x = np.clip(x, 1e-37, 1 - 2.0**-24)
    else:
        x = np.concatenate(
            [rng.normal(size=cols) * 10, rng.uniform(-80, 80, cols), rng.normal(size=cols) * 1e-6]
        )
    return x.astype(dtype).reshape(3, cols)


@pytest.mark.parametrize("dtype, ulp", [("f8", 2.0**-52), ("f4", 2.0**-23)])
@pytest.mark.parametrize("cols", SIZES)
@pytest.mark.parametrize("name", ENTRIES)
def test_entries(name, cols, dtype, ulp, rng):
    value, slope = ENTRIES[name]
    x = entries(name, dtype, cols, rng)
    dy = rng.normal(size=x.shape).astype(dtype)
    exact = x.astype("f8")
    y, dx = getattr(lg, name)(x), getattr(lg, name + "_grad")(x, dy)
    assert y.dtype == dtype and dx.dtype == dtype
    tol = 8 * ulp if dtype == "f4" else 12 * ulp  # scipy rounds too
    np.testing.assert_allclose(y, value(exact).astype("f8"), rtol=tol, atol=1e-37)
    np.testing.assert_allclose(dx, slope(exact) * dy.astype("f8"), rtol=tol, atol=1e-36)
    # In place, and strides.
    wide = np.full((3, cols + 3), 7, dtype)
    wide[:, :cols] = x
    getattr(lg, name)(wide[:, :cols], out=wide[:, :cols])
    np.testing.assert_array_equal(wide[:, :cols], y)
    assert (wide[:, cols:] == 7).all()
    getattr(lg, name + "_grad")(x, dy, out=dy)
    np.testing.assert_array_equal(dy, dx)


def test_entries_far_out():
    x = np.array([-inf, -700, -50, 0, 50, 700, inf, nan])
    one = np.ones(8)
    np.testing.assert_array_equal(lg.sigmoid(x)[[0, 3, 6]], [0, 0.5, 1])
    np.testing.assert_allclose(lg.sigmoid(x), special.expit(x), rtol=1e-15)
    e = np.exp(-abs(x[1:6]))
    np.testing.assert_allclose(lg.sigmoid_grad(x, one)[1:6], e / (1 + e) ** 2, rtol=2e-15)
    np.testing.assert_array_equal(lg.sigmoid_grad(x, one)[[0, 6]], 0)
    np.testing.assert_allclose(lg.log_sigmoid(x), special.log_expit(x), rtol=1e-15)
    np.testing.assert_array_equal(lg.log_sigmoid_grad(x, one)[[0, 6, 7]], [1, 0, nan])
    np.testing.assert_allclose(lg.softplus(x), softplus(x), rtol=1e-15)
    np.testing.assert_allclose(lg.softplus(x, 0.5), softplus(x / 2) * 2, rtol=1e-14)
    np.testing.assert_array_equal(lg.softplus_grad(x, one, 3.0)[[0, 6, 7]], [0, 1, nan])
    p = np.array([0, 1, -0.5, 1.5, nan, 5e-324, 0.5])
    np.testing.assert_array_equal(lg.logit(p), [-inf, inf, nan, nan, nan, lg.logit(5e-324), 0])
    assert lg.logit(5e-324) == pytest.approx(np.log(5e-324), rel=1e-15)
    assert lg.logit(np.float32(1e-45)) == pytest.approx(np.log(2.0**-149), rel=1e-6)
    np.testing.assert_allclose(
        lg.logit(p[:4], 0.01), [special.logit(0.01), special.logit(0.99)] * 2, rtol=1e-14
    )
    np.testing.assert_array_equal(lg.logit_grad(p[[2, 3, 4, 6]], one[:4]), [nan, nan, nan, 4])
    np.testing.assert_array_equal(lg.logit_grad(p[[2, 3, 4, 6]], one[:4], 0.1), [0, 0, nan, 4])
    for bad in (lambda: lg.softplus(x, 0), lambda: lg.softplus(x, nan), lambda: lg.logit(p, 0.6)):
        with pytest.raises(lg.LogitudeError, match="LGT_E_VALUE"):
            bad()
    assert lg.sigmoid(0) == 0.5 and lg.sigmoid(np.zeros((0, 3))).shape == (0, 3)


@pytest.mark.parametrize("name", ENTRIES)
def test_entry_gradients(name, rng):
    for _ in range(100):
        x = rng.uniform(0.05, 0.95, (2, 3)) if name == "logit" else rng.normal(size=(2, 3)) * 3
        given = {"softplus": {"beta": rng.uniform(0.3, 3)}}.get(name, {})
        check_map(
            lambda z: getattr(lg, name)(z, **given),
            lambda y, dy: getattr(lg, name + "_grad")(x, dy, **given),
            x,
            rng,
        )


def taylor(x, order):
    x = np.longdouble(x)
    terms = sum(x**k / special.factorial(k) for k in range(order + 1))
    return terms / terms.sum(-1, keepdims=True)


def attention(x, kind, scale=1.0, normalize=False, eps=1e-8):
    z = x * scale
    if kind == "elu":
        a = np.where(z > 0, z + 1, np.exp(np.minimum(z, 0)))
    else:
        a = special.expit(z) if kind == "sigmoid" else z
    return a / (a.sum(-1, keepdims=True) + eps) if normalize else a


@pytest.mark.parametrize("dtype, tol", TYPES)
@pytest.mark.parametrize("cols", SIZES)
def test_weights_over_their_sum(cols, dtype, tol, rng):
    x = (rng.normal(size=(5, cols)) * 3).astype(dtype)
    exact = x.astype("f8")
    for order in (2, 4, 6):
        truth = taylor(exact, order).astype("f8")
        np.testing.assert_allclose(lg.taylor_softmax(x, order), truth, rtol=2.5 * tol)
    y = lg.taylor_softmax(x)
    np.testing.assert_allclose(y.astype("f8").sum(1), 1, rtol=tol)
    np.testing.assert_allclose(lg.taylor_softmax(x.T, axis=0).T, y, rtol=tol)
    square = exact**2 + 1e-4
    truth = square / square.sum(1, keepdims=True)
    np.testing.assert_allclose(lg.spherical_softmax(x), truth, rtol=tol)
    for kind in ("sigmoid", "elu", "linear"):
        np.testing.assert_allclose(
            lg.attention_weights(x, kind, scale=0.7), attention(exact, kind, 0.7), rtol=2 * tol
        )
        if kind == "linear":
            exact = abs(exact) + 0.1
            x = abs(x) + x.dtype.type(0.1)
        np.testing.assert_allclose(
            lg.attention_weights(x, kind, normalize=True),
            attention(x.astype("f8"), kind, normalize=True),
            rtol=2 * tol,
        )


def test_weights_in_16_bits(rng):
    for dtype, tol in ((np.float16, 6e-4), (ml_dtypes.bfloat16, 5e-3)):
        x = rng.normal(size=(4, 30)).astype(dtype)
        y = lg.taylor_softmax(x)
        assert y.dtype == dtype
        np.testing.assert_allclose(y.astype("f8"), taylor(x.astype("f8"), 2), rtol=tol)
        y = lg.sigmoid(x).astype("f8")
        np.testing.assert_allclose(y, special.expit(x.astype("f8")), rtol=tol)


def test_weights_far_out():
    huge = np.array([[1e30, 2e30, -1e30]], "f4")
    np.testing.assert_allclose(lg.taylor_softmax(huge, 6), [[1 / 66, 64 / 66, 1 / 66]], rtol=1e-6)
    np.testing.assert_allclose(lg.spherical_softmax(huge), [[1 / 6, 4 / 6, 1 / 6]], rtol=1e-6)
    tiny = np.array([[1e-30, 2e-30, -1e-30]], "f4")
    np.testing.assert_allclose(lg.spherical_softmax(tiny, 0), [[1 / 6, 4 / 6, 1 / 6]], rtol=1e-6)
    np.testing.assert_allclose(lg.spherical_softmax(tiny, 1e-30), [[1 / 3] * 3], rtol=1e-6)
    np.testing.assert_allclose(lg.taylor_softmax(tiny), [[1 / 3] * 3], rtol=1e-6)
    far = lg.attention_weights(huge, "linear", normalize=True)
    np.testing.assert_allclose(far, [[0.5, 1, -0.5]], rtol=1e-6)
    x = np.array([[1e200, 2e200, -3e200], [1e-200, 0, 2e-200]])
    truth = [[1 / 14, 4 / 14, 9 / 14], [0.2, 0, 0.8]]
    np.testing.assert_allclose(lg.spherical_softmax(x, 0), truth, rtol=1e-14)
    dy = np.array([[1.0, 0, 0]] * 2)
    truth = [[2 * 13 / 196, -4 / 196, 6 / 196], [2 * 0.8 / 5, 0, -4 * 0.2 / 5]]
    unit = np.array([[1e-200], [1e200]])
    np.testing.assert_allclose(lg.spherical_softmax_grad(x, dy, 0), truth * unit, rtol=1e-14)


def test_weights_masked():
    x = np.array([[1, -inf, 2], [inf, 0, inf], [nan, 1, 2], [-inf] * 3])
    with pytest.warns(lg.LogitudeWarning, match="LGT_EMPTY_ROW"):
        y = lg.taylor_softmax(x)
    np.testing.assert_allclose(y[:2], [[2.5 / 7.5, 0, 5 / 7.5], [0.5, 0, 0.5]])
    assert np.isnan(y[2:]).all()
    with pytest.warns(lg.LogitudeWarning, match="LGT_EMPTY_ROW"):
        y = lg.spherical_softmax(x, 0)
    np.testing.assert_allclose(y[:2], [[0.2, 0, 0.8], [0.5, 0, 0.5]])
    assert np.isnan(y[2:]).all()
    with pytest.warns(lg.LogitudeWarning, match="LGT_UNDEFINED"):
        assert np.isnan(lg.spherical_softmax([[0.0, 0]], 0)).all()
    with pytest.warns(lg.LogitudeWarning, match="LGT_EMPTY_ROW"):
        y = lg.attention_weights(x, "elu", normalize=True)
    np.testing.assert_allclose(y, [[0.4, 0, 0.6], [0.5, 0, 0.5], [nan] * 3, [0] * 3], rtol=1e-8)
    y = lg.attention_weights(x, "linear")
    np.testing.assert_array_equal(y, [[1, 0, 2], [inf, 0, inf], [nan, 1, 2], [0] * 3])
    y = lg.attention_weights(x, "sigmoid")
    np.testing.assert_allclose(y[1], [1, 0.5, 1])
    dy = np.ones(x.shape)
    dx = lg.attention_weights_grad(x, dy * [1, inf, 2], "linear")
    np.testing.assert_array_equal(dx[:2], [[1, 0, 2], [1, inf, 2]])
    with pytest.warns(lg.LogitudeWarning):
        dx = lg.taylor_softmax_grad(x, np.array([[1, inf, 2]] * 4))
    np.testing.assert_allclose(dx[:2], [[-2 * 5 / 7.5**2, 0, 3 * 2.5 / 7.5**2], [0] * 3])
    assert np.isnan(dx[2:]).all()


def test_weight_gradients(rng):
    for i in range(100):
        x = rng.normal(size=(2, 4)) * 2
        order, eps = (2, 4, 6)[i % 3], 10.0 ** rng.uniform(-3, 0)
        check_map(
            lambda z: lg.taylor_softmax(z, order),
            lambda y, dy: lg.taylor_softmax_grad(x, dy, order),
            x,
            rng,
        )
        check_map(
            lambda z: lg.spherical_softmax(z, eps),
            lambda y, dy: lg.spherical_softmax_grad(x, dy, eps), x, rng,
        )  # fmt: skip
        for kind in ("sigmoid", "elu", "linear"):
            at = abs(x) + 0.2 if kind == "linear" else np.where(abs(x) < 0.01, 0.5, x)
            given = {"scale": rng.uniform(0.3, 2), "normalize": i % 2 == 0, "eps": eps}
            check_map(
                lambda z: lg.attention_weights(z, kind, **given),
                lambda y, dy: lg.attention_weights_grad(at, dy, kind, **given), at, rng,
            )  # fmt: skip


def philox(counter, key):
    """Philox4x32-10, by its definition."""
    c, k = [int(v) for v in counter], list(key)
    for _ in range(10):
        a, b = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [b >> 32 ^ c[1] ^ k[0], b & 0xFFFFFFFF, a >> 32 ^ c[3] ^ k[1], a & 0xFFFFFFFF]
        k = [(k[0] + 0x9E3779B9) % 2**32, (k[1] + 0xBB67AE85) % 2**32]
    return c


def uniforms(seed, stream, first, rows, cols):
    key = (seed % 2**32, seed >> 32)
    u = np.empty((rows, cols))
    for r in range(rows):
        row = first + r
        for c in range(cols):
            u[r, c] = philox((c // 4, stream, row % 2**32, row >> 32), key)[c % 4]
    return (u + 0.5) / 2**32


@pytest.mark.parametrize("dtype, tol", TYPES)
@pytest.mark.parametrize("cols", SIZES)
def test_gumbel_softmax(cols, dtype, tol, rng):
    x = (rng.normal(size=(4, cols)) * 3).astype(dtype)
    u = uniforms(5 + (9 << 32), 3, 2**32 - 2, 4, cols).astype(dtype)
    for tau in (1.0, 0.4):
        z = x.astype("f8") - np.log(-np.log(np.clip(u.astype("f8"), 2.0**-24, 1 - 2.0**-24)))
        truth = special.softmax(z / tau, -1)
        y = lg.gumbel_softmax(x, u, tau)
        np.testing.assert_allclose(y, truth, rtol=20 * tol / tau)
        drawn = lg.gumbel_softmax(x, None, tau, seed=5 + (9 << 32), stream=3, first_row=2**32 - 2)
        np.testing.assert_array_equal(drawn, y)
        hard, soft = lg.gumbel_softmax(x, u, tau, hard=True, return_soft=True)
        np.testing.assert_array_equal(soft, y)
        np.testing.assert_array_equal(hard, np.eye(cols)[z.argmax(1)])
        np.testing.assert_array_equal(lg.gumbel_softmax(x, u, tau, hard=True), hard)
        np.testing.assert_allclose(y.astype("f8").sum(1), 1, rtol=tol)
    # A row's draws are its own.
    part = lg.gumbel_softmax(x[2:], seed=4, first_row=7)
    np.testing.assert_array_equal(part, lg.gumbel_softmax(x, seed=4, first_row=5)[2:])


def test_gumbel_softmax_draws_the_softmax():
    x = np.array([1.0, 0.0, -0.5, 2.0, -inf])
    n = 200_000
    drawn = lg.gumbel_softmax(np.tile(x, (n, 1)), hard=True, seed=11).sum(0)
    p = special.softmax(x)
    assert (abs(drawn - n * p) < 4.5 * np.sqrt(n * p * (1 - p)) + 1e-9).all()


def test_gumbel_softmax_corners(rng):
    x = np.array([[0, -inf, 1], [inf, 0, inf], [nan, 0, 0], [-inf] * 3, [0, 0, 0]])
    u = np.full(x.shape, 0.5)
    u[4, 1] = nan
    u[0] = [0, 0.5, 1]
    with pytest.warns(lg.LogitudeWarning, match="LGT_EMPTY_ROW"):
        y, soft = lg.gumbel_softmax(x, u, hard=True, return_soft=True)
    np.testing.assert_array_equal(y[:2], [[0, 0, 1], [1, 0, 0]])
    assert np.isnan(y[2:]).all() and np.isnan(soft[2:]).all()
    np.testing.assert_allclose(soft[1], [0.5, 0, 0.5])
    assert soft[0, 1] == 0 and np.isfinite(soft[0]).all()
    edge = 24 * np.log(2)
    assert soft[0, 0] == pytest.approx(np.exp(-1 - edge) / edge, rel=1e-6)
    dy = rng.normal(size=x.shape)
    dx = lg.gumbel_softmax_grad(soft, dy)
    assert dx[0, 1] == 0 and np.isnan(dx[2:]).all()
    for given in ({"tau": 0}, {"tau": nan}, {"stream": 2**32}):
        with pytest.raises(lg.LogitudeError, match="LGT_E_VALUE"):
            lg.gumbel_softmax(x, **given)
    with pytest.raises(lg.LogitudeError, match="LGT_E_OPTION"):
        lg.gumbel_softmax(x, return_soft=True)


def test_gumbel_softmax_gradient(rng):
    for _ in range(100):
        x, u, tau = rng.normal(size=(2, 4)), rng.uniform(size=(2, 4)), rng.uniform(0.4, 2)
        check_map(
            lambda z: lg.gumbel_softmax(z, u, tau),
            lambda y, dy: lg.gumbel_softmax_grad(y, dy, tau), x, rng,
        )  # fmt: skip
        hard, soft = lg.gumbel_softmax(x, u, tau, hard=True, return_soft=True)
        dy = rng.normal(size=x.shape)
        truth = differences(lambda z: float((lg.gumbel_softmax(z, u, tau) * dy).sum()), x)
        np.testing.assert_allclose(lg.gumbel_softmax_grad(soft, dy, tau), truth, atol=1e-8)


def bisected(x, k, alpha):
    """Soft top-k by halving in long double."""
    x = np.longdouble(x)
    edge = np.log(np.longdouble(k) / (len(x) - k)) / alpha
    low, high = -x.max() + edge, -x.min() + edge
    for _ in range(200):
        t = (low + high) / 2
        if (1 / (1 + np.exp(-alpha * (x + t)))).sum() < k:
            low = t
        else:
            high = t
    return 1 / (1 + np.exp(-alpha * (x + t))), t


@pytest.mark.parametrize("cols", [2, 15, 16, 17, 255, 256, 257, 700])
def test_soft_topk(cols, rng):
    for i in range(12):
        x = rng.normal(size=cols) * 10.0 ** rng.uniform(-2, 1.3)
        k, alpha = rng.uniform(0.01, cols - 0.01), 10.0 ** rng.uniform(-1, 1)
        truth, at = bisected(x, k, alpha)
        p, t = lg.soft_topk(x, k, alpha, return_t=True)
        np.testing.assert_allclose(p, truth.astype("f8"), rtol=1e-11, atol=1e-300)
        assert t == pytest.approx(float(at), rel=1e-12, abs=1e-12)
        assert p.sum() == pytest.approx(k, abs=1e-9)
        assert (np.diff(p[np.argsort(x)]) >= 0).all()
        log = lg.soft_topk(x, k, alpha, log=True)
        np.testing.assert_allclose(log, np.log(truth).astype("f8"), rtol=1e-11, atol=1e-13)
        moved = lg.soft_topk(x + 3, k, alpha)
        np.testing.assert_allclose(moved, p, rtol=1e-11)
    one, at = lg.soft_topk(x, k, alpha, return_t=True)
    assert np.shape(at) == () and lg.soft_topk_grad(x, at, np.ones(cols), alpha).shape == (cols,)
    narrow = lg.soft_topk(x.astype("f4"), k, alpha)
    truth, _ = bisected(x.astype("f4"), k, alpha)
    np.testing.assert_allclose(narrow, truth.astype("f8"), rtol=1e-6)


def test_soft_topk_sums_to_k(rng):
    n = 131_073
    noise = rng.normal(size=n)
    for x in (np.zeros(n), noise * 5, noise * 1e-6, rng.gumbel(size=n) * 20):
        for k in (5, 0.001, n / 2, n - 3.5):
            p, t = lg.soft_topk(x, k, return_t=True)
            assert p.sum() == pytest.approx(k, abs=1e-9)
            truth = special.expit(2 * (x + t))
            np.testing.assert_allclose(p, truth, rtol=1e-13)


def test_soft_topk_hard():
    x = np.array([3.0, 1.0, 2.0, -1.0])
    np.testing.assert_allclose(lg.soft_topk(x, 2, 1e4), [1, 0, 1, 0], atol=1e-14)
    np.testing.assert_allclose(lg.soft_topk(x, 1.5, 1e4), [1, 0, 0.5, 0], atol=1e-9)
    far = np.array([1e300, 0, 0, -1e300])
    np.testing.assert_allclose(lg.soft_topk(far, 1.5), [1, 0.25, 0.25, 0], atol=1e-9)
    np.testing.assert_allclose(lg.soft_topk([7.0] * 5, 2), [0.4] * 5, rtol=1e-15)


def test_soft_topk_corners():
    x = np.array([[0, -inf, 0], [inf, 0, 0], [inf, inf, 0], [nan, 0, 0]])
    p, t = lg.soft_topk(x, 1.5, return_t=True)
    np.testing.assert_allclose(p, [[0.75, 0, 0.75], [1, 0.25, 0.25], [0.75, 0.75, 0], [nan] * 3])
    assert t[2] == -inf and np.isnan(t[3])
    dx = lg.soft_topk_grad(x, t, np.array([[1, inf, 0], [inf, 1, 0], [1, 2, 3], [0, 0, 0]]))
    half = 2 * 0.75 * 0.25 / 2
    np.testing.assert_allclose(dx[:3], [[half, 0, -half], [0, half, -half], [0] * 3])
    assert np.isnan(dx[3]).all()
    log = lg.soft_topk(x, 1.5, log=True)
    with np.errstate(divide="ignore"):
        np.testing.assert_allclose(log, np.log(p), rtol=1e-14)
    with pytest.warns(lg.LogitudeWarning, match="LGT_AT_BOUND"):
        p, t = lg.soft_topk([0, -inf, -inf], 1.5, return_t=True)
    np.testing.assert_array_equal(p, [1, 0, 0])
    assert t == inf
    with pytest.warns(lg.LogitudeWarning, match="LGT_EMPTY_ROW"):
        assert np.isnan(lg.soft_topk([-inf, -inf], 1)).all()
    for k, alpha in ((0, 2), (3, 2), (nan, 2), (1, 0), (1, nan), (1, inf)):
        with pytest.raises(lg.LogitudeError, match="LGT_E_VALUE"):
            lg.soft_topk(x, k, alpha)


def test_soft_topk_gradient(rng):
    for _ in range(60):
        x, k, alpha = rng.normal(size=(2, 5)) * 2, rng.uniform(0.2, 4.8), rng.uniform(0.5, 3)
        _, t = lg.soft_topk(x, k, alpha, return_t=True)
        for log in (False, True):
            check_map(
                lambda z: lg.soft_topk(z, k, alpha, log=log),
                lambda y, dy: lg.soft_topk_grad(x, t, dy, alpha, log=log), x, rng, tol=1e-7,
            )  # fmt: skip


FAMILIES = ["taylor_softmax", "spherical_softmax", "gumbel_softmax", "soft_topk"]


@pytest.mark.parametrize("family", FAMILIES)
def test_axes_and_out(family, rng):
    x = rng.normal(size=(3, 4, 5))
    more = {"k": 1.5} if family == "soft_topk" else {}
    if family == "gumbel_softmax":
        more = {"u": None}
    f = getattr(lg, family)
    for axis in (0, 1, -1):
        y = f(x, axis=axis, **more)
        moved = np.moveaxis(f(np.ascontiguousarray(np.moveaxis(x, axis, -1)), **more), -1, axis)
        np.testing.assert_array_equal(y, moved)
        out = np.empty_like(x)
        assert f(x, axis=axis, out=out, **more) is out
        np.testing.assert_array_equal(out, y)
    assert f(x.tolist(), **more).dtype == "f8"
    assert f(np.zeros((0, 5)), **more).shape == (0, 5)
    with pytest.raises(lg.LogitudeError, match="LGT_E_SHAPE"):
        t = [np.zeros((3, 4))] if family == "soft_topk" else []
        getattr(lg, family + "_grad")(x, *t, x[:2])


def test_order_and_translation(rng):
    for dtype, tol in TYPES:
        x = np.sort(rng.normal(size=(3, 257)) * 20, -1).astype(dtype)
        for f in (lg.sigmoid, lg.log_sigmoid, lg.softplus, lambda z: lg.soft_topk(z, 7)):
            assert (np.diff(f(x).astype("f8"), axis=-1) >= 0).all()
        for kind in ("sigmoid", "elu"):
            y = lg.attention_weights(x, kind, normalize=True).astype("f8")
            assert (np.diff(y, axis=-1) >= 0).all()
        assert (np.diff(lg.logit(np.linspace(0, 1, 1001, dtype=dtype))) > 0).all()
        u, near = rng.uniform(size=x.shape), np.round(x, 0)
        y = lg.gumbel_softmax(near, u)
        np.testing.assert_allclose(lg.gumbel_softmax(near + 16, u), y, rtol=200 * tol, atol=1e-30)


def test_equal_scores():
    for n in (1, 2, 17, 300):
        x = np.full((2, n), 0.7)
        for f in (lg.taylor_softmax, lg.spherical_softmax):
            np.testing.assert_allclose(f(x), 1 / n, rtol=1e-14)
        for kind in ("sigmoid", "elu", "linear"):
            y = lg.attention_weights(x, kind, normalize=True, eps=0)
            np.testing.assert_allclose(y, 1 / n, rtol=1e-14)
        np.testing.assert_allclose(lg.soft_topk(x, n / 3), 1 / 3, rtol=1e-14)
