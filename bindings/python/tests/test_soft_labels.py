"""Soft labels against numpy."""

import numpy as np
import pytest

import logitude as lg


@pytest.mark.parametrize("dtype", ["f8", "f4", "f2"])
@pytest.mark.parametrize("cols", [1, 2, 15, 16, 17, 255, 256, 257])
def test_topk_and_expand(cols, dtype, rng):
    p = rng.dirichlet(np.ones(cols), 6).astype(dtype)
    p[0] = np.round(p[0] * 8) / 8
    for k in {1, min(5, cols), cols}:
        order = np.argsort(-p.astype(float), axis=1, kind="stable")[:, :k]
        kept = lg.soft_label_topk(p, k)
        np.testing.assert_array_equal(kept.indices, order)
        np.testing.assert_array_equal(kept.values, np.take_along_axis(p, order, 1))
        values, rest = kept.values.astype(float), np.zeros((6, cols))
        if cols > k:
            rest += (np.maximum(1 - values.sum(1), 0) / (cols - k))[:, None]
        np.put_along_axis(rest, order, values, 1)
        whole = lg.soft_label_expand(kept.indices, kept.values, cols)
        np.testing.assert_allclose(whole, rest.astype(dtype), rtol=1e-12, atol=1e-15)
        only = np.zeros((6, cols))
        np.put_along_axis(only, order, values / np.maximum(values.sum(1, keepdims=True), 1e-12), 1)
        renorm = lg.soft_label_expand(kept.indices, kept.values, cols, "renorm")
        tol = {"f8": 1e-14, "f4": 1e-7, "f2": 1e-3}[dtype]
        np.testing.assert_allclose(renorm, only, rtol=tol, atol=6e-8 if dtype == "f2" else 0)


def test_one_kept_share_is_label_smoothing():
    y = lg.soft_label_expand([[2], [0]], [[0.9], [0.7]], 4)
    np.testing.assert_allclose(y, [[0.1 / 3] * 2 + [0.9, 0.1 / 3], [0.7] + [0.1] * 3], rtol=1e-15)


def test_expand_refuses():
    with pytest.raises(ValueError, match="LGT_E_LABEL"):
        lg.soft_label_expand([[4]], [[0.5]], 4)
    with pytest.raises(ValueError, match="LGT_E_LABEL"):
        lg.soft_label_expand([[-1]], [[0.5]], 4)
    with pytest.raises(ValueError, match="LGT_E_SHAPE"):
        lg.soft_label_expand([[1, 2]], [[0.5]], 4)
    with pytest.raises(ValueError, match="LGT_E_VALUE"):
        lg.soft_label_expand([[1]], [[np.nan]], 4)
    with pytest.raises(ValueError, match="mode"):
        lg.soft_label_expand([[1]], [[0.5]], 4, "hard")
    with pytest.raises(ValueError, match="LGT_E_SIZE"):
        lg.soft_label_topk([[0.5, 0.5]], 3)


@pytest.mark.parametrize("dtype", ["f8", "f4"])
@pytest.mark.parametrize("confidence", ["max", "label"])
def test_regions(dtype, confidence, rng):
    p = rng.dirichlet(np.full(7, 0.3), 400).astype(dtype)
    y = rng.integers(0, 7, 400)
    sure = (p.max(1) if confidence == "max" else p[np.arange(400), y]).astype(float)
    low, mid, top, smoothing = 0.3, 0.6, 0.9, 0.2
    region = np.select([sure < low, sure < mid, sure <= top], [0, 1, 2], 3)
    assert confidence == "max" or set(region) == {0, 1, 2, 3}
    smooth = np.full(p.shape, smoothing / 7)
    smooth[np.arange(400), y] += 1 - smoothing
    truth = np.where((region == 1)[:, None], smooth, np.where((region == 2)[:, None], p, 0))
    found = lg.soft_label_regions(
        p, y, low=low, mid=mid, top=top, smoothing=smoothing, confidence=confidence
    )
    np.testing.assert_array_equal(found.region, region)
    np.testing.assert_array_equal(found.weights, (region == 1) | (region == 2))
    np.testing.assert_allclose(found.labels, truth, rtol=1e-15 if dtype == "f8" else 1e-7)
    assert found.weights.dtype == dtype and found.labels.dtype == dtype


def test_mix_labels(rng):
    for dtype, tol in (("f8", 1e-15), ("f4", 6e-8)):
        a, b = rng.dirichlet(np.ones(5), (2, 4)).astype(dtype)
        share = rng.uniform(size=4)
        truth = share[:, None] * a + (1 - share[:, None]) * b
        np.testing.assert_allclose(lg.mix_labels(a, b, share), truth, rtol=tol)
        np.testing.assert_allclose(lg.mix_labels(a, b, 0.25), 0.25 * a + 0.75 * b, rtol=2 * tol)
    with pytest.raises(ValueError, match="LGT_E_SHAPE"):
        lg.mix_labels(a, b, [0.1, 0.2])
    with pytest.raises(ValueError, match="LGT_E_VALUE"):
        lg.mix_labels(a, b, 1.5)
