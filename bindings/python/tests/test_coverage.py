"""Coverage of prediction sets against numpy; splits, merging, what is refused."""

import pickle

import numpy as np
import pytest

import logitude as lg

USUAL = [1, 3, 10, 100]


def sample(classes, rng, n=400):
    sets = rng.random((n, classes)) < rng.random((n, 1)) ** 2
    return sets, rng.integers(0, classes, n), rng.integers(0, 9, n) / 4


def expected(sets, labels, weights, alpha, edges):
    """The report's numbers but the first two."""
    covered, size = sets[np.arange(len(sets)), labels], sets.sum(1)

    def mean(values, of=slice(None)):
        return np.average(values[of], weights=weights[of])

    seen = [c for c in range(sets.shape[1]) if weights[labels == c].sum() > 0]
    by_class = np.array([mean(covered, labels == c) for c in seen])
    group = np.searchsorted(edges, size)
    seen = [g for g in range(len(edges) + 1) if weights[group == g].sum() > 0]
    by_group = np.array([mean(covered, group == g) for g in seen])
    return [
        mean(covered),
        mean(size),
        mean(size == 0),
        mean(size == 1),
        by_class.min(),
        abs(by_class - (1 - alpha)).mean(),
        abs(by_group - (1 - alpha)).max(),
    ]


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("classes", [1, 2, 10, 63, 64, 65, 200])
def test_report(rng, classes, weighted):
    sets, labels, weights = sample(classes, rng)
    if not weighted:
        weights = np.ones(len(labels))
    state = lg.Coverage(classes).update(sets, labels, weights if weighted else None)
    for alpha, edges in ((0.1, None), (0.3, [0, 5, 64]), (0.5, [])):
        report = state.report(alpha, edges)
        assert report[:2] == ((weights > 0).sum(), weights.sum())
        found = expected(sets, labels, weights, alpha, USUAL if edges is None else edges)
        np.testing.assert_allclose(report[2:], found, rtol=1e-13, atol=1e-14)
    assert state.compute() == report.coverage
    covered = sets[np.arange(len(sets)), labels]
    of_class, of_size = state.classes(), state.sizes()
    for groups, key in ((of_class, labels), (of_size, sets.sum(1))):
        n = len(groups)
        np.testing.assert_array_equal(groups["weight"], np.bincount(key, weights, n))
        np.testing.assert_array_equal(groups["covered"], np.bincount(key, weights * covered, n))
    assert (len(of_class), len(of_size)) == (classes, classes + 1)


def test_all_forms_of_sets(rng):
    sets, labels, weights = sample(70, rng)
    classes = [set(np.flatnonzero(row).tolist()) for row in sets]
    whole = lg.Coverage(70).update(sets, labels, weights).to_bytes()
    masks = np.zeros((len(sets), 3), np.uint64)  # with a word between rows
    for c in range(70):
        masks[:, c // 64] |= sets[:, c].astype(np.uint64) << np.uint64(c % 64)
    masks[:, 1] |= np.uint64(1 << 63)  # past the last class
    forms = (classes, [sorted(c) for c in classes], sets.tolist(), masks[:, :2])
    for form in forms:
        assert lg.Coverage(70).update(form, labels, weights).to_bytes() == whole
    assert lg.Coverage(70).update(np.asfortranarray(sets), labels, weights).to_bytes() == whole
    many = sets.reshape(20, 20, 70), labels.reshape(20, 20), weights.reshape(20, 20)
    assert lg.Coverage(70).update(*many).to_bytes() == whole


def test_splits_and_merging(rng):
    sets, labels, weights = sample(12, rng)
    whole = lg.Coverage(12).update(sets, labels, weights)
    shards = [slice(i, None, 3) for i in (2, 0, 1)]
    parts = [lg.Coverage(12).update(sets[i], labels[i], weights[i]) for i in shards]
    merged = parts[0] + parts[1] + pickle.loads(pickle.dumps(parts[2]))
    assert merged.to_bytes() == whole.to_bytes()
    assert repr(merged) == "Coverage(classes=12)"
    with pytest.raises(lg.LogitudeError, match="LGT_E_MISMATCH"):
        merged.merge(lg.Coverage(13))


def test_with_conformal_sets(scored):
    logits, labels, _ = scored
    found = lg.ConformalClassifier("aps", 0.2).fit(logits[:250], labels[:250])
    masks, sizes = found.predict_masks(logits[250:])
    state = lg.Coverage(7).update(masks, labels[250:])
    again = lg.Coverage(7).update(found.predict_set(logits[250:]), labels[250:])
    assert state.to_bytes() == again.to_bytes()
    assert state.report(0.2).mean_size == sizes.mean()


def test_nothing_seen():
    with pytest.warns(lg.LogitudeWarning, match="LGT_UNDEFINED"):
        report = lg.Coverage(3).update([], []).report()
    assert report[:2] == (0, 0) and np.isnan(report[2:]).all()


def test_refused():
    state = lg.Coverage(3)
    before = state.to_bytes()
    for sets, labels, weights, status in (
        ([[True, False]], [0], None, "LGT_E_SHAPE"),
        (np.zeros((1, 2), np.uint64), [0], None, "LGT_E_SHAPE"),
        (np.zeros((1, 4), bool), [0], None, "LGT_E_SHAPE"),
        ([[0], [1]], [0], None, "LGT_E_SHAPE"),
        ([[0]], [0], [1, 2], "LGT_E_SHAPE"),
        ([[3]], [0], None, "LGT_E_LABEL"),
        ([[-1]], [0], None, "LGT_E_LABEL"),
        ([[0]], [3], None, "LGT_E_LABEL"),
        ([[0]], [0], [np.nan], "LGT_E_VALUE"),
    ):
        with pytest.raises(lg.LogitudeError, match=status):
            state.update(sets, labels, weights)
    for sets in (np.zeros((1, 3)), np.zeros((1, 3), int), [["a"]]):
        with pytest.raises(TypeError):
            state.update(sets, [0])
    assert state.to_bytes() == before
    for alpha, edges in ((0, None), (1, None), (np.nan, None), (0.1, [2, 2]), (0.1, [-1])):
        with pytest.raises(lg.LogitudeError, match="LGT_E_VALUE"):
            state.report(alpha, edges)
    for classes in (0, 2**31):
        with pytest.raises(lg.LogitudeError, match="LGT_E_VALUE"):
            lg.Coverage(classes)
