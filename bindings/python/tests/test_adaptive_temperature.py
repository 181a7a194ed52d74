"""Robust temperatures and the losses they minimise against numpy and scipy."""

import numpy as np
import pytest
from scipy import optimize, special

import logitude as lg

Z = np.array([2.0, 1.0, 0.0, -1.0])


def entropy(p):
    return special.entr(p).sum(-1)


def divergence(z, tau):
    return np.log(z.shape[-1]) - entropy(special.softmax(z / tau, axis=-1))


def loss(z, y, tau, rho):
    return tau * special.logsumexp(z / tau) - z[y] + (rho - np.log(len(z))) * tau


def test_published_examples():
    found = lg.tau_cross_entropy(Z, 1, 1.0, 0.5)
    assert found.loss == pytest.approx(0.5538953374413047, abs=1e-14)
    assert found.tau == pytest.approx(0.061242602855534845, abs=1e-14)
    np.testing.assert_allclose(
        found.logits,
        [0.6439142598879724, -0.7631171819100899, 0.08714431874203257, 0.03205860328008499],
        atol=1e-15,
    )
    half = lg.tau_cross_entropy(Z, 1, 0.5, 0.5)
    assert half.loss == pytest.approx(0.629391788920446, abs=1e-14)
    assert half.tau == pytest.approx(-0.4308657382665062, abs=1e-14)
    double = lg.tau_cross_entropy(Z, 1, 2.0, 0.0)
    assert double.loss == pytest.approx(-0.19791137884312215, abs=1e-14)
    tau, kl = lg.dro_temperature(Z, 0.5)
    assert tau == pytest.approx(0.9086934595029322, abs=1e-12) and abs(kl - 0.5) < 1e-14
    with pytest.warns(lg.LogitudeWarning, match="LGT_AT_BOUND"):
        assert lg.dro_temperature(Z, 1.5).tau == 0.01
    with pytest.warns(lg.LogitudeWarning, match="LGT_AT_BOUND"):
        tau, kl = lg.dro_temperature(Z, 1e-9)
    assert tau == 100 and kl == pytest.approx(6.249734386276629e-05, abs=1e-14)
    assert lg.dro_temperature([1.0, 0], 0.2).tau == pytest.approx(0.7047493788133263, abs=1e-12)
    value, tau, weights = lg.dro_kl([0.1, 0.5, 2, 0.3], 0.3, 0.05, 10)
    assert value == pytest.approx(1.3386225271018308, abs=1e-12)
    assert tau == pytest.approx(1.079338511004966, abs=1e-12)
    np.testing.assert_allclose(
        weights,
        [0.10563480695968777, 0.15302255, 0.6142029287121578, 0.12713971591265538],
        atol=1e-8,
    )
    h = lg.contrastive_dro([[0, -0.2, -0.5, 0.1]], 0.05, 0.1)
    assert h.loss[0] == pytest.approx(0.05019347627354351, abs=1e-14)
    assert h.tau[0] == pytest.approx(-0.9812212787277022, abs=1e-13)
    np.testing.assert_allclose(
        h.similarities[0], [-1, 0.0024726080019708, 6.128982466927776e-06, 0.9975212630155623]
    )
    head = [1.0, 0, 0, 1, 0, 0, 1, -1, 0.5, 2, 0, 0.1, 0, 1, 1, 0]
    assert lg.tempnet([3.0, 4], head, 2) == pytest.approx(1.3272585171680737, abs=1e-14)


@pytest.mark.parametrize("dtype, tol", [("f8", 1e-13), ("f4", 3e-6), ("f2", 3e-6)])
@pytest.mark.parametrize("cols", [1, 2, 15, 16, 17, 70, 1000])
def test_tau_cross_entropy(cols, dtype, tol, rng):
    x = (rng.normal(size=(12, cols)) * 4).astype(dtype)
    labels, taus, rho = rng.integers(0, cols, 12), rng.uniform(0.05, 5, 12), 0.7
    exact = x.astype(float)
    found = lg.tau_cross_entropy(x, labels, taus, rho)
    truth = [loss(z, y, tau, rho) for z, y, tau in zip(exact, labels, taus)]
    bound = tol * max(1, np.log(cols)) * np.maximum(1, np.abs(truth))
    assert (np.abs(found.loss - truth) <= bound).all()
    shares = special.softmax(exact / taus[:, None], axis=1)
    shares[np.arange(12), labels] -= 1
    np.testing.assert_allclose(found.logits, shares, atol=tol if dtype != "f2" else 5e-4)
    expected = rho - divergence(exact, taus[:, None])
    np.testing.assert_allclose(found.tau, expected, atol=tol * max(1, np.log(cols)))


def test_derivatives(rng):
    x, y, tau, rho = rng.normal(size=6) * 2, 2, 0.8, 0.3
    found, step = lg.tau_cross_entropy(x, y, tau, rho), 1e-6
    at = lambda z, t: lg.tau_cross_entropy(z, y, t, rho).loss
    for i in range(6):
        e = step * np.eye(6)[i]
        slope = (at(x + e, tau) - at(x - e, tau)) / (2 * step)
        assert found.logits[i] == pytest.approx(slope, abs=1e-8)
    slope = (at(x, tau + step) - at(x, tau - step)) / (2 * step)
    assert found.tau == pytest.approx(slope, abs=1e-8)
    # Convex in tau.
    for _ in range(50):
        a, b = rng.uniform(0.05, 5, 2)
        assert at(x, (a + b) / 2) <= (at(x, a) + at(x, b)) / 2 + 1e-12


@pytest.mark.filterwarnings("ignore::logitude.LogitudeWarning")
def test_masks():
    inf, nan = np.inf, np.nan
    plain, masked = np.array([2.0, 1, 0]), np.array([-inf, 2, -inf, 1, 0])
    one, two = lg.tau_cross_entropy(plain, 1, 0.5, 0.2), lg.tau_cross_entropy(masked, 3, 0.5, 0.2)
    assert one.loss == two.loss and one.tau == two.tau
    np.testing.assert_array_equal(two.logits, [0, one.logits[0], 0, *one.logits[1:]])
    assert lg.dro_temperature(plain, 0.3) == lg.dro_temperature(masked, 0.3)
    assert lg.dro_kl(plain, 0.3)[:2] == lg.dro_kl(masked, 0.3)[:2]
    lost = lg.tau_cross_entropy(masked, 0, 0.5, 0.2)
    assert lost.loss == inf and lost.logits[0] == -1 and lost.tau == two.tau
    top = lg.tau_cross_entropy([inf, 0, inf, 1], 2, 2.0, 0.0)
    assert top.loss == pytest.approx(2 * np.log(2 / 4))
    np.testing.assert_array_equal(top.logits, [0.5, 0, -0.5, 0])
    assert lg.tau_cross_entropy([inf, 0, inf, 1], 1, 2.0, 0.0).loss == inf
    for bad in ([nan, 0, 1], [-inf, -inf, -inf], [nan, inf, 0]):
        found = lg.tau_cross_entropy(bad, 1)
        assert np.isnan(found.loss) and np.isnan(found.tau) and np.isnan(found.logits).all()
        assert np.isnan(lg.dro_temperature(bad, 0.1)).all()
        assert np.isnan(lg.dro_kl(bad, 0.1).value) and np.isnan(lg.dro_kl(bad, 0.1).weights).all()
    assert np.isnan(lg.contrastive_dro([[0, inf, nan]]).loss[0])
    assert np.isnan(lg.contrastive_dro([[0, -inf]]).loss[0])
    assert lg.contrastive_dro([[0, 1, inf]]).loss[0] == inf


@pytest.mark.parametrize("dtype, tol", [("f8", 2e-14), ("f4", 4e-6), ("f2", 4e-6)])
@pytest.mark.parametrize("cols", [2, 7, 16, 100, 5000])
def test_dro_temperature(cols, dtype, tol, rng):
    x = (rng.normal(size=(30, cols)) * rng.uniform(0.01, 30, (30, 1))).astype(dtype)
    for share in (0.001, 0.1, 0.5, 0.9, 0.999):
        rho = share * np.log(cols)
        tau, kl = lg.dro_temperature(x, rho, 1e-4, 1e4)
        exact = divergence(x.astype(float), tau[:, None])
        np.testing.assert_allclose(kl, exact, atol=tol * max(1, np.log(cols)))
        np.testing.assert_allclose(kl, rho, atol=tol * max(1, np.log(cols)))
    if dtype == "f8":
        f = lambda log: divergence(x[0], np.exp(log)) - rho
        root = np.exp(optimize.brentq(f, np.log(1e-4), np.log(1e4), xtol=1e-15))
        assert tau[0] == pytest.approx(root, rel=1e-9)


@pytest.mark.filterwarnings("ignore::logitude.LogitudeWarning")
def test_bounds():
    assert lg.dro_temperature([3.0, 3, 3], 0.0) == (0.01, 0)
    assert lg.dro_temperature([3.0, 3, 3], 0.5) == (0.01, 0)
    # Two of three are the largest: no more than ln(3 / 2) can be had.
    assert lg.dro_temperature([3.0, 3, 0], 0.5).tau == 0.01
    assert lg.dro_temperature(Z, 0.0).tau == 100
    assert lg.dro_temperature(Z, 0.5, 2, 2) == (2, pytest.approx(divergence(Z, 2.0)))
    for rho, low, high in ((-1, 0.1, 1), (np.nan, 0.1, 1), (0.1, 1, 0.5), (0.1, 0, 1)):
        with pytest.raises(lg.LogitudeError, match="LGT_E_VALUE"):
            lg.dro_temperature(Z, rho, low, high)
    with pytest.raises(lg.LogitudeError, match="LGT_E_SHAPE"):
        lg.contrastive_dro(np.zeros((3, 2)))


@pytest.mark.filterwarnings("ignore::logitude.LogitudeWarning")
@pytest.mark.parametrize("seed", range(8))
def test_duality(seed):
    rng = np.random.default_rng(seed)
    losses, rho, low = rng.exponential(size=(5, 9)) * 3, rng.uniform(0.05, 1.5), 0.05
    value, tau, p = lg.dro_kl(losses, rho, low, 1e3)
    gap = np.log(9) - entropy(p)
    assert (gap <= rho + 1e-12).all()
    # No gap between primal and dual, and nothing feasible is better.
    np.testing.assert_allclose((p * losses).sum(1) - low * gap, value, atol=1e-11)
    others = rng.dirichlet(np.ones(9) * 0.7, 2000)
    far = np.log(9) - entropy(others)
    values = others @ losses.T - low * far[:, None]
    assert (values[far <= rho] <= value + 1e-9).all()
    dual = lambda t, l: t * (special.logsumexp(l / t) - np.log(9)) + (t - low) * rho
    for l, v in zip(losses, value):
        best = optimize.minimize_scalar(
            lambda log: dual(np.exp(log), l), bounds=(np.log(low), 5), method="bounded"
        )
        assert v <= best.fun + 1e-12


@pytest.mark.parametrize("dtype, tol", [("f8", 1e-12), ("f4", 1e-5)])
def test_contrastive(dtype, tol, rng):
    s = rng.uniform(-1, 1, size=(9, 21)).astype(dtype)
    found = lg.contrastive_dro(s, 0.1, 0.4)
    for i, row in enumerate(s.astype(float)):
        h = np.delete(row, i) - row[i]
        mean = special.logsumexp(h / 0.1) - np.log(20)
        p = special.softmax(h / 0.1)
        assert found.loss[i] == pytest.approx(0.1 * (mean + 0.4), abs=tol)
        assert found.tau[i] == pytest.approx(mean + 0.4 - p @ h / 0.1, abs=tol)
        np.testing.assert_allclose(np.delete(found.similarities[i], i), p, atol=tol)
        assert found.similarities[i, i] == -1


def test_tempnet(rng):
    x, hidden, outputs, d = rng.normal(size=(6, 5)), 3, 4, 5
    w1, b1 = rng.normal(size=(hidden, d)), rng.normal(size=hidden)
    w2, b2 = rng.normal(size=(outputs, hidden)), rng.normal(size=outputs)
    s, a, c = 0.3, rng.normal(size=outputs), -0.2
    every = np.concatenate([w1.ravel(), b1, w2.ravel(), b2, [s], a, [c]])
    units = special.expit(x / np.linalg.norm(x, axis=1, keepdims=True) @ w1.T + b1)
    v = units @ w2.T + b2
    w = special.softmax(v / np.exp(s), axis=1)
    truth = 0.01 + 1.19 * special.expit(((w - 1 / outputs) * v) @ a + c)
    np.testing.assert_allclose(lg.tempnet(x, every, outputs, 0.01, 1.2), truth, rtol=1e-14)
    np.testing.assert_allclose(lg.tempnet(x * 1e300, every, outputs, 0.01, 1.2), truth, rtol=1e-14)
    assert np.isnan(lg.tempnet([np.nan, 0, 0, 0, 0], every, outputs))
    assert np.isfinite(lg.tempnet(np.zeros(5), every, outputs))
    with pytest.raises(lg.LogitudeError, match="parameters are not"):
        lg.tempnet(x, every[:-1], outputs)
