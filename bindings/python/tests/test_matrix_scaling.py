"""Linear maps of logits against minima that scipy finds with exact derivatives."""

import pickle
import warnings
from concurrent.futures import ThreadPoolExecutor

import ml_dtypes
import numpy as np
import pytest
from scipy import optimize, special
from sklearn.linear_model import LogisticRegression

import logitude as lg


def drawn(seed, n=400, k=4, truth=None):
    """Logits and labels that are not quite as they say; no class is ever certain."""
    rng = np.random.default_rng(seed)
    z = rng.normal(size=(n, k)) * 1.5 + rng.normal(size=k)
    a, b = rng.uniform(0.4, 1.5, k), rng.normal(size=k) * 0.5
    p = special.softmax(a * z + b, axis=1)
    y = (p.cumsum(1) < rng.random((n, 1))).sum(1).clip(0, k - 1)
    return z, y, rng.uniform(0.2, 2, n)


def unpack(form, theta, k):
    if form == "bias":
        return np.eye(k), theta
    if form == "vector":
        return np.diag(theta[:k]), theta[k:]
    return theta[: k * k].reshape(k, k), theta[k * k :]


def pack(form, matrix, bias):
    if form == "bias":
        return bias
    if form == "vector":
        return np.concatenate([np.diagonal(matrix), bias])
    return np.concatenate([matrix.ravel(), bias])


def objective(theta, form, z, y, w, costs):
    k = z.shape[1]
    matrix, bias = unpack(form, theta, k)
    u = z @ matrix.T + bias
    rows = np.arange(len(y))
    share = w / w.sum()
    loss = share @ (special.logsumexp(u, axis=1) - u[rows, y])
    slope = special.softmax(u, axis=1)
    slope[rows, y] -= 1
    slope *= share[:, None]
    by_matrix, by_bias = slope.T @ z, slope.sum(0)
    diagonal, off_diagonal, of_bias = costs
    cost = np.where(np.eye(k), diagonal, off_diagonal)
    apart = matrix - np.eye(k)
    loss += (cost * apart**2).sum() + of_bias * (bias**2).sum()
    return loss, pack(form, by_matrix + 2 * cost * apart, by_bias + 2 * of_bias * bias)


def hessian(theta, *args):
    """By differences of exact gradients: good enough for the last steps of Newton."""
    h = 1e-5
    columns = []
    for i in range(len(theta)):
        step = np.zeros_like(theta)
        step[i] = h
        up, down = objective(theta + step, *args)[1], objective(theta - step, *args)[1]
        columns.append((up - down) / (2 * h))
    return (np.array(columns) + np.array(columns).T) / 2


def minimum(form, z, y, w=None, costs=(0.0, 0.0, 0.0)):
    w = np.ones(len(y)) if w is None else w.astype(np.float64)
    z, k = z.astype(np.float64), z.shape[1]
    args = form, z, y, w, costs
    start = pack(form, np.eye(k), np.zeros(k))
    theta = optimize.minimize(objective, start, args, jac=True, method="L-BFGS-B").x
    for _ in range(8):
        inverse = np.linalg.pinv(hessian(theta, *args), rcond=1e-7)
        theta = theta - inverse @ objective(theta, *args)[1]
    assert np.abs(objective(theta, *args)[1]).max() < 1e-13
    matrix, bias = unpack(form, theta, k)
    if costs[2] == 0:
        bias = bias - bias.mean()
    if form == "matrix" and costs[:2] == (0, 0):
        matrix = matrix - (matrix - np.eye(k)).mean(0)
    return matrix, bias, objective(theta, *args)[0]


def fitted(model):
    if isinstance(model, lg.VectorScaling):
        return np.diag(model.scale_), model.bias_
    if isinstance(model, lg.PriorShift):
        return np.eye(len(model.bias_)), model.bias_
    return model.matrix_, model.bias_


CLASSES = {"bias": lg.PriorShift, "vector": lg.VectorScaling, "matrix": lg.MatrixScaling}


def loss_of(matrix, bias, z, y, w=None):
    logs = special.log_softmax(z.astype(np.float64) @ matrix.T + bias, axis=1)
    return -np.average(logs[np.arange(len(y)), y], weights=w)


@pytest.mark.parametrize("form", CLASSES)
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.float16, ml_dtypes.bfloat16])
def test_against_scipy(form, weighted, dtype):
    for seed, n, k in [(1, 300, 2), (2, 400, 4), (3, 2000, 7), (4, 900, 3)]:
        z, y, w = drawn(seed, n, k)
        x, w = z.astype(dtype), w.astype(np.float32) if weighted else None
        model = CLASSES[form]().fit(x, y, w)
        matrix, bias, loss = minimum(form, x, y, w)
        exact = dtype is np.float64 or form == "matrix"
        tol = 1e-8 if exact else 1e-6
        assert model.status_ == "LGT_OK"
        got, of_bias = fitted(model)
        np.testing.assert_allclose(got, matrix, rtol=tol, atol=tol)
        np.testing.assert_allclose(of_bias, bias, rtol=tol, atol=tol)
        np.testing.assert_allclose(model.nll_after_, loss, rtol=1e-12 if exact else 1e-6)
        before = loss_of(np.eye(k), np.zeros(k), x, y, w)
        np.testing.assert_allclose(model.nll_before_, before, rtol=1e-12 if exact else 1e-6)


@pytest.mark.parametrize(
    "costs", [(0.0, 0.0, 0.05), (0.01, 0.0, 0.0), (0.0, 0.02, 0.01), (0.1, 0.2, 0.3)]
)
def test_penalties(costs):
    z, y, w = drawn(5, 300, 4)
    names = dict(zip(("diagonal", "off_diagonal", "bias"), costs))
    got = fitted(lg.MatrixScaling(**names).fit(z, y, w))
    matrix, bias, _ = minimum("matrix", z, y, w, costs)
    np.testing.assert_allclose(got[0], matrix, atol=1e-8)
    np.testing.assert_allclose(got[1], bias, atol=1e-8)
    del names["off_diagonal"]
    got = fitted(lg.VectorScaling(**names).fit(z, y, w))
    matrix, bias, _ = minimum("vector", z, y, w, (costs[0], 0.0, costs[2]))
    np.testing.assert_allclose(got[0], matrix, atol=1e-8)
    np.testing.assert_allclose(got[1], bias, atol=1e-8)


def test_dirichlet():
    z, y, _ = drawn(6, 500, 3)
    p = special.softmax(z, axis=1)
    p[0] = [1, 0, 0]
    y[0] = 0
    model = lg.DirichletCalibration(eps=1e-6, off_diagonal=1e-3, bias=1e-3).fit(p, y)
    log = np.log(np.maximum(p, 1e-6))
    matrix, bias, loss = minimum("matrix", log, y, None, (0.0, 1e-3, 1e-3))
    np.testing.assert_allclose(model.matrix_, matrix, atol=1e-8)
    np.testing.assert_allclose(model.bias_, bias, atol=1e-8)
    expected = special.softmax(log @ matrix.T + bias, axis=1)
    np.testing.assert_allclose(model.predict_proba(p), expected, atol=1e-8)
    assert np.isnan(model.predict_proba(np.array([[0.5, np.nan, 0.5]]))).all()
    for bad in ([[0.5, np.nan, 0.5]], [[-0.1, 0.5, 0.5]], [[0.5, 0.5, 1.5]]):
        with pytest.raises(lg.LogitudeError, match="LGT_E_VALUE"):
            model.fit(np.array(bad), [0])


def test_against_logistic_regression():
    """Without a penalty, matrix scaling is multinomial logistic regression."""
    z, y, _ = drawn(7, 600, 3)
    model = lg.MatrixScaling().fit(z, y)
    peer = LogisticRegression(C=np.inf, tol=1e-10, max_iter=10000).fit(z, y)
    np.testing.assert_allclose(model.predict_proba(z), peer.predict_proba(z), atol=1e-5)


@pytest.mark.parametrize("form", CLASSES)
@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.float16])
@pytest.mark.parametrize("k", [1, 2, 7, 16, 17, 130])
def test_predict_proba(form, dtype, k):
    rng = np.random.default_rng(k)
    x = rng.normal(size=(19, k)).astype(dtype)
    y = np.arange(19) % k
    model = CLASSES[form](diagonal=0.1, bias=0.1) if form != "bias" else CLASSES[form](bias=0.1)
    with _quiet():
        model.fit(x, y)
    matrix, bias = fitted(model)
    expected = special.softmax(x.astype(np.float64) @ matrix.T + bias, axis=1)
    got = model.predict_proba(x)
    eps = np.finfo(dtype).eps
    least = 1e-7 if eps > 1e-5 else 1e-37
    np.testing.assert_allclose(got, expected, rtol=max(2 * eps, 1e-12), atol=least)
    np.testing.assert_array_equal(model.predict_proba(x[3]), got[3])
    assert model.predict_proba(x, out=x) is x
    np.testing.assert_array_equal(x, got)


def split_fit(form, shards, k, eps=0.0, **options):
    """A fit whose rows are split: the whole of it but for where the workers are."""
    search = lg.MatrixSearch(form, k, eps, **options)
    with ThreadPoolExecutor(3) as workers:
        while not search.done:
            point = search.point()
            states = [lg.MatrixLoss(form, k, eps).set(point) for _ in shards]
            seen = workers.map(lambda state, shard: state.update(*shard), states, shards)
            first, *others = seen
            for other in others:
                first.merge(other)
            search.step(first)
    return search.model()


@pytest.mark.parametrize("form", CLASSES)
def test_shards_are_the_whole(form):
    z, y, w = drawn(8, 501, 5)
    cuts = np.split(np.arange(501), [17, 200, 200, 333])
    shards = [(z[i], y[i], w[i]) for i in cuts]
    whole, split = CLASSES[form]().fit(z, y, w), split_fit(form, shards, 5)
    assert type(split) is type(whole) and split.status_ == "LGT_OK"
    for a, b in zip(fitted(whole), fitted(split)):
        np.testing.assert_allclose(a, b, atol=1e-9)
    order = np.random.default_rng(0).permutation(501)
    again = CLASSES[form]().fit(z[order], y[order], w[order])
    for a, b in zip(fitted(whole), fitted(again)):
        np.testing.assert_allclose(a, b, atol=1e-9)


def test_one_shard_is_the_fit_itself():
    z, y, _ = drawn(9, 200, 3)
    p = special.softmax(z, axis=1)
    whole = lg.DirichletCalibration(1e-9, bias=0.01).fit(p, y)
    assert split_fit("matrix", [(p, y)], 3, 1e-9, bias=0.01).to_bytes() == whole.to_bytes()


def test_loss_and_derivatives():
    z, y, w = drawn(10, 100, 3)
    for form in CLASSES:
        state = lg.MatrixLoss(form, 3)
        matrix, bias = np.full((3, 3), 0.1) + np.eye(3), np.array([0.3, -0.2, 0.1])
        if form != "matrix":
            matrix = np.diag([0.7, 1.2, 1.0]) if form == "vector" else np.eye(3)
        theta = pack(form, matrix, bias)
        state.set(theta).update(z, y, w)
        loss, gradient = objective(theta, form, z, y, w, (0, 0, 0))
        curvature = np.diagonal(hessian(theta, form, z, y, w, (0, 0, 0)))
        np.testing.assert_allclose(state.compute(), loss, rtol=1e-13)
        np.testing.assert_allclose(state.derivatives()[0], gradient, atol=1e-14)
        np.testing.assert_allclose(state.derivatives()[1], curvature, rtol=1e-6)


def test_states_of_other_points_do_not_merge():
    state, other = lg.MatrixLoss("bias", 2).set([0, 0]), lg.MatrixLoss("bias", 2).set([0, 1])
    with pytest.raises(lg.LogitudeError, match="LGT_E_MISMATCH"):
        state.merge(other)
    search = lg.MatrixSearch("bias", 2)
    with pytest.raises(lg.LogitudeError, match="LGT_E_MISMATCH"):
        search.step(other)
    with pytest.raises(lg.LogitudeError, match="LGT_E_MISMATCH"):
        search.step(lg.MatrixLoss("vector", 2).set([1, 1, 0, 0]))
    for wrong, name in [([0], "LGT_E_SHAPE"), ([np.nan, 0], "LGT_E_VALUE")]:
        with pytest.raises(lg.LogitudeError, match=name):
            state.set(wrong)


@pytest.mark.parametrize("form", CLASSES)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_where_there_is_no_minimum(form, dtype):
    z, y, _ = drawn(11, 60, 3)
    z = z.astype(dtype)
    identity = fitted(_ended(CLASSES[form](), np.zeros((0, 3)), [], "LGT_DEGENERATE"))
    np.testing.assert_array_equal(identity[0], np.eye(3))
    np.testing.assert_array_equal(identity[1], np.zeros(3))
    _ended(CLASSES[form](), z, y, "LGT_DEGENERATE", np.zeros(60))
    # One class only, and a class that is never seen.
    for labels in (np.ones(60, int), y % 2):
        model = _ended(CLASSES[form](), z, labels, "LGT_AT_BOUND")
        assert all(np.isfinite(part).all() for part in fitted(model))
        assert model.nll_after_ <= model.nll_before_
        assert np.isfinite(model.predict_proba(z)).all()
    assert _ended(CLASSES[form](), z, np.ones(60, int), "LGT_AT_BOUND").nll_after_ < 1e-6
    if form != "bias":
        model = _ended(CLASSES[form](), 3 * np.eye(3, dtype=dtype)[y], y, "LGT_AT_BOUND")
        assert model.nll_after_ < 1e-6
    small = CLASSES[form](bound=1.5)
    _ended(small, z, np.ones(60, int), "LGT_AT_BOUND")
    _ended(CLASSES[form](max_iter=2), z, y, "LGT_NOT_CONVERGED")


def _ended(model, x, y, status, weights=None):
    with pytest.warns(lg.LogitudeWarning, match=status):
        model.fit(x, y, weights)
    assert model.status_ == status
    return model


@pytest.mark.parametrize("form", CLASSES)
def test_constant_logits_give_the_shares_of_classes(form):
    y = np.repeat([0, 1, 2], [10, 30, 60])
    x = np.tile([1.0, -2.0, 0.5], (100, 1))
    model = CLASSES[form]().fit(x, y)
    assert model.status_ == "LGT_OK"
    np.testing.assert_allclose(model.predict_proba(x)[0], [0.1, 0.3, 0.6], atol=1e-9)


def test_never_worse():
    rng = np.random.default_rng(12)
    for trial in range(60):
        n, k = rng.integers(1, 30), rng.integers(2, 6)
        x = (rng.normal(size=(n, k)) * 10.0 ** rng.integers(-3, 4)).astype(np.float32)
        y = rng.integers(0, k, n)
        for made in (lg.PriorShift, lg.VectorScaling, lg.MatrixScaling):
            for max_iter in (1, 3, 300):
                model = made(max_iter=max_iter)
                with np.errstate(all="ignore"), _quiet():
                    model.fit(x, y)
                assert model.nll_after_ <= model.nll_before_
                assert model.n_iter_ <= max_iter
                assert all(np.isfinite(part).all() for part in fitted(model))


class _quiet:
    def __enter__(self):
        self.context = warnings.catch_warnings()
        self.context.__enter__()
        warnings.simplefilter("ignore")

    def __exit__(self, *error):
        self.context.__exit__(*error)


@pytest.mark.parametrize("form", CLASSES)
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_rows_that_are_no_numbers(form, bad):
    z, y, w = drawn(13, 50, 3)
    model = CLASSES[form]().fit(z, y)
    before = model.to_bytes()
    z[17, 2] = bad
    with pytest.raises(lg.LogitudeError, match="LGT_E_VALUE"):
        model.fit(z, y)
    assert model.to_bytes() == before
    w[17] = 0
    kept = np.arange(50) != 17
    np.testing.assert_allclose(
        model.fit(z, y, w).bias_, CLASSES[form]().fit(z[kept], y[kept], w[kept]).bias_, atol=1e-8
    )


@pytest.mark.parametrize(
    "params",
    [
        {"tol": -1},
        {"tol": np.nan},
        {"max_iter": 0},
        {"bound": 0.5},
        {"bound": np.nan},
        {"bias": -1},
        {"bias": np.nan},
    ],
)
def test_parameters_out_of_range(params):
    z, y, _ = drawn(14, 50, 3)
    with pytest.raises(lg.LogitudeError, match="LGT_E_VALUE"):
        lg.VectorScaling(**params).fit(z, y)


def test_pickles_and_bytes():
    z, y, _ = drawn(15, 80, 3)
    for model in (lg.VectorScaling(bias=0.1), lg.MatrixScaling(bias=0.1), lg.PriorShift()):
        model.fit(z, y)
        again = pickle.loads(pickle.dumps(model))
        assert again.to_bytes() == model.to_bytes() and again.get_params() == model.get_params()
        made = type(model).from_bytes(model.to_bytes())
        np.testing.assert_array_equal(made.predict_proba(z), model.predict_proba(z))
        with pytest.raises(lg.LogitudeError, match="LGT_E_STATE"):
            lg.DirichletCalibration.from_bytes(model.to_bytes())
        with pytest.raises(lg.LogitudeError, match="LGT_E_SHAPE"):
            model.predict_proba(z[:, :2])


def test_structured_scaling():
    """SVS and SMS with the ridge penalty: logarithms of temperature-scaled probabilities,
    and costs of classes / rows."""
    z, y, _ = drawn(16, 300, 4)
    n, k = z.shape
    log = np.log(lg.TemperatureScaling().fit(z, y).predict_proba(z))
    model = lg.VectorScaling(diagonal=k / n, bias=k / n).fit(log, y)
    matrix, bias, _ = minimum("vector", log, y, None, (k / n, 0.0, k / n))
    np.testing.assert_allclose(model.scale_, np.diagonal(matrix), atol=1e-8)
    costs = k / n, k * (k - 1) / n, k / n
    model = lg.MatrixScaling(*costs).fit(log, y)
    matrix, bias, _ = minimum("matrix", log, y, None, costs)
    np.testing.assert_allclose(model.matrix_, matrix, atol=1e-8)
    np.testing.assert_allclose(model.bias_, bias, atol=1e-8)


def em(p, old, w, rounds=20000):
    new = old.copy()
    for _ in range(rounds):
        q = p * (new / old)
        new = w @ (q / q.sum(1, keepdims=True)) / w.sum()
    return new


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("weighted", [False, True])
def test_saerens(dtype, weighted):
    rng = np.random.default_rng(17)
    old, new = np.array([0.5, 0.3, 0.2]), np.array([0.2, 0.2, 0.6])
    labels = rng.choice(3, 2000, p=new)
    x = rng.normal(size=(2000, 3)) + 2 * np.eye(3)[labels]
    p = special.softmax(2 * x + np.log(old), axis=1).astype(dtype)
    w = rng.uniform(0, 2, 2000) if weighted else np.ones(2000)
    model = lg.SaerensPriors(old, tol=1e-12).fit(p, w.astype(dtype) if weighted else None)
    expected = em(p.astype(np.float64), old, w.astype(dtype).astype(np.float64), 3000)
    np.testing.assert_allclose(model.priors_, expected, atol=1e-9)
    assert model.status_ == "LGT_OK" and model.nll_after_ < model.nll_before_
    q = p.astype(np.float64) * (expected / old)
    tol = 1e-9 if dtype is np.float64 else 1e-5
    np.testing.assert_allclose(model.predict_proba(p), q / q.sum(1, keepdims=True), atol=tol)
    losses = [_saerens_loss(p, old, rounds) for rounds in (1, 2, 5, 20)]
    assert losses == sorted(losses, reverse=True)


def _saerens_loss(p, old, rounds):
    with _quiet():
        return lg.SaerensPriors(old, max_iter=rounds).fit(p).nll_after_


def test_saerens_ends():
    with pytest.warns(lg.LogitudeWarning, match="LGT_DEGENERATE"):
        model = lg.SaerensPriors().fit(np.zeros((0, 2)))
    np.testing.assert_array_equal(model.priors_, [0.5, 0.5])
    with pytest.warns(lg.LogitudeWarning, match="LGT_AT_BOUND"):
        model = lg.SaerensPriors().fit([[0.9, 0.1]] * 5)
    assert model.priors_[1] < 1e-8
    bad = [[np.nan, 0.5]], [[-0.5, 1.0]], [[0.0, 0.0]], [[2.0, 0.0]]
    for p in bad:
        with pytest.raises(lg.LogitudeError, match="LGT_E_VALUE"):
            lg.SaerensPriors().fit(p)
    for priors in ([0.5, 0.6], [1.0, 0.0], [np.nan, 0.5]):
        with pytest.raises(lg.LogitudeError, match="LGT_E_VALUE"):
            lg.SaerensPriors(priors).fit([[0.5, 0.5]])
