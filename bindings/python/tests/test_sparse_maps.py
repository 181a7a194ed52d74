"""Sparse maps against exact references, by sorting or bisection in long double; gradients
against differences."""

import numpy as np
import pytest
from gradients import check_map
from scipy import special

import logitude as lg

L = np.longdouble
TYPES = [("f8", 0), ("f4", 6e-8), ("f2", 4.9e-4)]
SIZES = [1, 2, 15, 16, 17, 63, 64, 65, 255, 256, 257, 1500]
SHORT = [1, 2, 15, 16, 17, 40]


def sparsemax(z):
    z = z.astype(L)
    s = np.sort(z)[::-1]
    sums, k = np.cumsum(s), np.arange(1, len(s) + 1)
    n = k[1 + k * s > sums][-1]
    tau = (sums[n - 1] - 1) / n
    return np.maximum(z - tau, 0), tau, n


def entmax15(z):
    z = z.astype(L) / 2
    s = np.sort(z)[::-1]
    top, k = s[0], np.arange(1, len(s) + 1)
    mean, squares = np.cumsum(s - top) / k, np.cumsum((s - top) ** 2)
    spread = 1 - (squares - k * mean**2)
    taus = top + mean - np.sqrt(np.maximum(spread, 0) / k)
    n = k[(spread >= 0) & (taus < s)][-1]
    return np.maximum(z - taus[n - 1], 0) ** 2, taus[n - 1], n


def bisect(f, low, high):
    """Where `f`, falling, is 0."""
    for _ in range(20000):
        middle = (low + high) / 2
        if middle == low or middle == high:
            break
        low, high = (middle, high) if f(middle) > 0 else (low, middle)
    return low


def entmax(z, alpha):
    a = L(alpha) - 1
    d = z.astype(L) - z.max()
    if alpha <= 2:
        t = bisect(lambda t: np.sum(powers(a, d, t)) - 1, L(0), (1 - L(len(d)) ** -a) / a)
        return powers(a, d, t)
    # The support by sorting, then the least share of it.
    least = min(m for m in set(d) if np.sum((a * (d[d > m] - m)) ** (1 / a)) < 1)
    inside = d >= least
    shares = lambda v: (v**a + a * (d[inside] - least)) ** (1 / a)  # noqa: E731
    p = np.zeros(len(d), L)
    p[inside] = shares(bisect(lambda v: 1 - np.sum(shares(v)), L(0), L(1)))
    p[d == least] = (1 - p[d > least].sum()) / (d == least).sum()
    return p


def powers(a, d, t):
    w = np.maximum(a * (d - t), -1)
    with np.errstate(divide="ignore"):
        return np.exp(np.log1p(w) / a)


def normmax(z, alpha):
    d, q = z.astype(L) - z.max(), 1 / (L(alpha) - 1)
    tau = bisect(lambda t: np.sum(np.maximum(d - t, 0) ** (q + 1)) - 1, L(-1), L(0))
    p = np.maximum(d - tau, 0) ** q
    return p / p.sum()


def budget(z, total):
    z, total = z.astype(L), L(total)
    at = lambda tau: np.clip(z - tau, 0, 1)  # noqa: E731
    for low, high in zip(*(lambda b: (b[:-1], b[1:]))(np.unique([*z, *(z - 1)]))):
        above, below = at(low).sum(), at(high).sum()
        if above >= total >= below:
            share = (above - total) / (above - below) if above > below else 0
            return at(low + share * (high - low))
    raise AssertionError("no such budget")


MAPS = {
    "sparsemax": (lg.sparsemax, lambda z: sparsemax(z)[0], 4e-15),
    "entmax15": (lg.entmax15, lambda z: entmax15(z)[0], 4e-15),
    **{
        f"entmax {a}": (lambda x, a=a, **k: lg.entmax(x, a, **k), lambda z, a=a: entmax(z, a), 1e-13)
        for a in (1.0001, 1.05, 1.25, 1.7, 2.2, 3, 8, 40)
    },
    **{
        f"normmax {a}": (lambda x, a=a, **k: lg.normmax(x, a, **k), lambda z, a=a: normmax(z, a), 1e-12)
        for a in (1.01, 1.5, 2, 4)
    },
}
ALL = pytest.mark.parametrize("name", MAPS)


def rows_of(rng, cols, dtype):
    scale = np.array([[0.01], [0.3], [1], [3], [30]])
    x = rng.normal(size=(5, cols)) * scale
    return np.concatenate([x, np.round(x * 4) / 4, x + 1000 * rng.normal(size=(5, 1))]).astype(dtype)


def bound(name, dtype, tol):
    """These are computed in float32 where that is enough."""
    return tol if dtype == "f8" or " " in name else 2e-7


@ALL
@pytest.mark.parametrize("dtype, unit", TYPES)
def test_maps(name, dtype, unit, rng):
    f, truth, tol = MAPS[name]
    sizes = SHORT if " " in name else SIZES
    for cols in sizes if dtype == "f8" else sizes[1::2]:
        x = rows_of(rng, cols, dtype)
        y = f(x)
        assert y.dtype == x.dtype
        p = np.array([truth(row) for row in x])
        off = bound(name, dtype, tol) + unit * p + (6e-8 if dtype == "f2" else 0)
        assert np.all(np.abs(y - p) <= off)
        np.testing.assert_allclose(y.astype(float).sum(1), 1, atol=4 * cols * (tol + unit / 4))
        # Larger scores have no smaller shares.
        order = np.argsort(x, axis=1)
        assert np.all(np.diff(np.take_along_axis(y, order, 1), axis=1) >= 0)


@pytest.mark.parametrize("name, truth", [("sparsemax", sparsemax), ("entmax15", entmax15)])
def test_thresholds(name, truth, rng):
    for cols in SIZES:
        x = rows_of(rng, cols, "f8")
        y, tau, support = getattr(lg, name)(x, return_tau=True, return_support=True)
        _, taus, sizes = zip(*map(truth, x))
        np.testing.assert_allclose(tau, np.array(taus, float), rtol=1e-14, atol=1e-14)
        # In ties a share may be as good as 0.
        far = slice(0, 5)
        assert list(support[far]) == list(sizes[far])
        assert np.all(support == (y > 0).sum(1))


def test_published_figures():
    x = np.array([1.0, 0.8, 0.1, -1.0])
    y, tau, support = lg.sparsemax(x, return_tau=True, return_support=True)
    np.testing.assert_allclose(y, [0.6, 0.4, 0, 0], atol=1e-15)
    assert tau == pytest.approx(0.4, abs=1e-15) and support == 2
    y, tau, support = lg.entmax15(x, return_tau=True, return_support=True)
    want = [0.529247894322733, 0.39374904287396945, 0.07700306280329765, 0.0]
    np.testing.assert_allclose(y, want, atol=1e-15)
    assert tau == pytest.approx(-0.22749425724381694, abs=1e-15) and support == 3


@ALL
def test_corners(name):
    f, _, tol = MAPS[name]
    nan, inf = np.nan, np.inf
    x = [[nan, 0, 1], [-inf, 5, -inf], [inf, 3, inf], [inf, nan, 1], [1e300, -1e300, 0], [7, 7, 7]]
    y = f(x)
    assert np.isnan(y[[0, 3]]).all()
    want = [[0, 1, 0], [0.5, 0, 0.5], [1, 0, 0], [1 / 3] * 3]
    np.testing.assert_allclose(y[[1, 2, 4, 5]], want, atol=tol)
    assert f([[3.0]]) == 1
    with pytest.warns(lg.LogitudeWarning, match="LGT_EMPTY_ROW"):
        assert np.isnan(f([[-inf, -inf]])).all()
    assert f(np.empty((0, 3))).shape == (0, 3)
    # Shifted scores have the same shares, where they are as good.
    x = np.array([[0.5, 0.25, -1, 0.375]])
    np.testing.assert_array_equal(f(x), f(x + 1024))
    huge = f(np.full((1, 5), 3e38, "f4"))
    np.testing.assert_allclose(huge, 0.2, rtol=1e-6)


@ALL
@pytest.mark.parametrize("n", [300, 5000])
def test_flat_rows(name, n, rng):
    f, _, tol = MAPS[name]
    np.testing.assert_allclose(f(np.full((1, n), -2.5, "f4")), 1 / n, rtol=1e-6)
    x = -2.5 + 1e-9 * rng.normal(size=(1, n))
    y = f(x)
    assert y.sum() == pytest.approx(1, abs=n * tol)
    assert y.argmax() == x.argmax()


@ALL
def test_layouts(name, rng):
    f = MAPS[name][0]
    x = rng.normal(size=(4, 3, 30))
    y = f(x)
    np.testing.assert_array_equal(f(np.swapaxes(x, 0, 2), axis=0), np.swapaxes(y, 0, 2))
    np.testing.assert_array_equal(f(x[:, :, ::2]), f(x[:, :, ::2].copy()))
    wide = rng.normal(size=(6, 300))
    out = np.empty((6, 299))
    assert f(wide[:, :299], out=out) is out
    np.testing.assert_array_equal(out, f(wide[:, :299].copy()))
    x_too = x.copy()
    f(x_too, out=x_too)
    np.testing.assert_array_equal(x_too, y)


def test_entmax_is_the_others(rng):
    x = rng.normal(size=(50, 40)) * 2
    np.testing.assert_allclose(lg.entmax(x, 1), special.softmax(x, axis=1), rtol=1e-13)
    np.testing.assert_array_equal(lg.entmax(x, 1.5), lg.entmax15(x))
    np.testing.assert_array_equal(lg.entmax(x, 2), lg.sparsemax(x))
    near = 1e-9
    np.testing.assert_allclose(lg.entmax(x, 1 + near), lg.entmax(x, 1), atol=1e-7)
    for alpha in (1.5, 2):
        for side in (-near, near):
            np.testing.assert_allclose(lg.entmax(x, alpha + side), lg.entmax(x, alpha), atol=1e-7)


@pytest.mark.parametrize("dtype, unit", TYPES)
def test_budget(dtype, unit, rng):
    for cols in (1, 2, 5, 16, 17, 300):
        x = rows_of(rng, cols, dtype)
        for total in {1.0, 0.5, 1.75, cols / 2, cols - 0.25, float(cols)}:
            if total > cols:
                continue
            y, p = lg.budget(x, total), np.array([budget(row, total) for row in x])
            assert np.all(np.abs(y - p) <= 4e-15 + unit)
            np.testing.assert_allclose(y.astype(float).sum(1), total, atol=cols * (4e-15 + unit))
        np.testing.assert_allclose(lg.budget(x, 1), lg.sparsemax(x), atol=8e-15 + unit)


def test_budget_corners():
    nan, inf = np.nan, np.inf
    x = [[inf, inf, 0, 1], [inf, -inf, 0, 0.5], [1e300, 0, -1e300, 0], [1e20] * 4, [nan, 0, 0, 0]]
    want = [[1, 1, 0, 0], [1, 0, 0.25, 0.75], [1, 0.5, 0, 0.5], [0.5] * 4, [nan] * 4]
    np.testing.assert_allclose(lg.budget(x, 2), want, atol=1e-15)
    np.testing.assert_array_equal(lg.budget([[inf, inf, 0, inf]], 1.5), [[0.5, 0.5, 0, 0.5]])
    np.testing.assert_array_equal(lg.budget([[-inf, 5, 3]], 2), [[0, 1, 1]])
    with pytest.warns(lg.LogitudeWarning, match="LGT_UNDEFINED"):
        assert np.isnan(lg.budget([[-inf, 5, -inf]], 2)).all()
    with pytest.warns(lg.LogitudeWarning, match="LGT_EMPTY_ROW"):
        assert np.isnan(lg.budget([[-inf, -inf]], 2)).all()
    for bad in (0, -1, 3.5, nan, inf):
        with pytest.raises(ValueError, match="LGT_E_VALUE"):
            lg.budget([[1.0, 2, 3]], bad)


def test_bad_parameters():
    for bad in (0.999, 65, np.nan):
        with pytest.raises(ValueError, match="LGT_E_VALUE"):
            lg.entmax([[1.0, 2]], bad)
        with pytest.raises(ValueError, match="LGT_E_VALUE"):
            lg.normmax([[1.0, 2]], bad)
        with pytest.raises(ValueError, match="LGT_E_VALUE"):
            lg.entmax_grad([[1.0, 2]], [[1.0, 2]], bad)


def apart(x, y, edges=(0,)):
    """Whether no entry is so near to having a share, or none, that a difference crosses."""
    return all(np.array_equal(y(x + e) > edge, y(x) > edge) for e in moves(x) for edge in edges)


def moves(x):
    for i in range(x.size):
        for sign in (-1, 1):
            e = np.zeros_like(x)
            e.flat[i] = 2e-5 * sign
            yield e


GRADS = {
    "sparsemax": (lg.sparsemax, lg.sparsemax_grad, 1e-8),
    "entmax15": (lg.entmax15, lg.entmax15_grad, 1e-8),
    **{
        f"entmax {a}": (lambda x, a=a: lg.entmax(x, a), lambda y, dy, a=a: lg.entmax_grad(y, dy, a), tol)
        for a, tol in ((1, 1e-8), (1.2, 1e-8), (1.8, 1e-7), (3, 1e-5))
    },
    **{
        f"normmax {a}": (lambda x, a=a: lg.normmax(x, a), lambda y, dy, a=a: lg.normmax_grad(y, dy, a), tol)
        for a, tol in ((1.3, 1e-8), (2, 1e-7), (3, 1e-5))
    },
    **{f"budget {b}": (lambda x, b=b: lg.budget(x, b), lg.budget_grad, 1e-8) for b in (1, 1.5, 2)},
}


@pytest.mark.parametrize("name", GRADS)
def test_gradients(name, rng):
    apply, grad, tol = GRADS[name]
    done = 0
    while done < 100:
        x = rng.normal(size=(2, 5))
        y = apply(x)
        far = (y == 0) | (y > 0.02)
        if not far.all() or not apart(x, apply, (0, 1 - 1e-12)):
            continue
        check_map(apply, grad, x, rng, tol)
        done += 1


@pytest.mark.parametrize("name", GRADS)
def test_gradient_layouts(name, rng):
    apply, grad, _ = GRADS[name]
    for cols in (1, 17, 300, 600):
        x = rng.normal(size=(4, cols)) * 0.01
        if name.startswith("budget") and cols < 2:
            continue
        y, dy = apply(x), rng.normal(size=x.shape)
        dx = grad(y, dy)
        # A shift changes no share.
        scale = np.abs(dx).max() + np.abs(dy).max()
        np.testing.assert_allclose(dx.sum(1), 0, atol=1e-12 * cols * scale)
        np.testing.assert_array_equal(grad(y[::2], dy[::2]), dx[::2])
        np.testing.assert_allclose(grad(y, np.ones_like(y)), 0, atol=1e-12 * scale)
        assert np.isnan(grad(np.full((1, cols), np.nan), dy[:1])).all()


def test_gradients_do_not_look_outside():
    y, dy = np.array([[0.5, 0, 0.5]]), np.array([[1, np.nan, -1]])
    for grad in (lg.sparsemax_grad, lg.entmax15_grad, lg.entmax_grad, lg.normmax_grad, lg.budget_grad):
        dx = grad(y, dy)
        assert dx[0, 1] == 0 and dx[0, 0] == -dx[0, 2] > 0
        into = dy.copy()
        assert grad(y, into, out=into) is into
        np.testing.assert_array_equal(into, dx)


def test_steep_gradient_of_a_share_near_zero():
    """Of two shares, `dx = s t / (s + t) (g - h)` with the slopes `s` and `t` of each."""
    y = np.array([[1 - 1e-30, 1e-30]])
    dx = lg.entmax_grad(y, [[1.0, 3.0]], 20)
    np.testing.assert_allclose(dx, [[-2, 2]], rtol=1e-14)
