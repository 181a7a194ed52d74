"""Rows in shards of a vocabulary against whole rows, numpy, scipy and scikit-learn."""

import copy
import doctest
import functools
import operator
import pickle

import ml_dtypes
import numpy as np
import pytest
from scipy import special
from sklearn import metrics as sk

import logitude as lg

DTYPES = [np.dtype(t) for t in (np.float64, np.float32, np.float16, ml_dtypes.bfloat16)]
ROWS, COLS = 130, 1000


@pytest.fixture
def vocabulary(rng):
    """Logits of 130 rows and 1000 columns, labels that they foretell somewhat, weights."""
    logits = rng.normal(size=(ROWS, COLS)) * 3
    labels = np.argmax(logits + rng.gumbel(size=logits.shape) * 2, axis=1)
    return logits, labels, rng.uniform(0, 4, size=ROWS)


def merged(logits, labels, cuts, rng):
    """Rows merged from shards in any order, and the labels' logits."""
    own = logits[np.arange(len(labels)), labels]
    parts = [
        lg.EvaluationRows(len(labels)).update(shard, own, labels, first_column=first)
        for shard, first in zip(np.split(logits, cuts, axis=1), [0, *cuts])
    ]
    rng.shuffle(parts)
    return functools.reduce(operator.add, parts), own


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_four_shards_are_the_whole(dtype, weighted, vocabulary, rng):
    logits, labels, weights = vocabulary
    x, w = logits.astype(dtype), weights.astype(np.float32) if weighted else None
    whole = lg.Evaluation(classes=COLS).update(x, labels, w)
    rtol = 1e-12 if dtype == np.float64 else 5e-6
    for cuts in ([250, 500, 750], np.sort(rng.integers(0, COLS + 1, 3)).tolist()):
        rows, own = merged(x, labels, cuts, rng)
        got = lg.Evaluation(classes=COLS)
        assert got.add_rows(rows, own, labels, w) is got
        for name, value in whole.compute()._asdict().items():
            tolerance = {"rtol": rtol, "atol": rtol}
            if name in ("rows", "nan_rows", "infinite_rows", "accuracy"):
                tolerance = {"rtol": 0}
            np.testing.assert_allclose(getattr(got.compute(), name), value, **tolerance)
        assert [got.accuracy(k) for k in range(1, 11)] == [
            whole.accuracy(k) for k in range(1, 11)
        ]
        np.testing.assert_array_equal(got.classes(), whole.classes())


def test_against_others(vocabulary, rng):
    logits, labels, weights = vocabulary
    rows, own = merged(logits, labels, [250, 500, 750], rng)
    metric = lg.Evaluation().add_rows(rows, own, labels, weights)
    report, p = metric.compute(), special.softmax(logits, 1)
    every = np.arange(COLS)
    np.testing.assert_allclose(
        report.nll, sk.log_loss(labels, p, sample_weight=weights, labels=every), rtol=1e-12
    )
    for k in (1, 3, 10):
        expected = sk.top_k_accuracy_score(
            labels, logits, k=k, sample_weight=weights, labels=every
        )
        assert metric.accuracy(k) == pytest.approx(expected, rel=1e-13)
    brier = ((p - np.eye(COLS)[labels]) ** 2).sum(1)
    np.testing.assert_allclose(report.brier, np.average(brier, weights=weights), rtol=1e-12)
    entropy = special.entr(p).sum(1)
    np.testing.assert_allclose(report.entropy, np.average(entropy, weights=weights), rtol=1e-12)


def test_labels_far_off(rng):
    # By hand: what is far above the label has all there is.
    for far in (50.0, 1e4, 1e30):
        x = np.array([[0.0, far, far], [far, 0.0, -far], [-np.inf, far, 0.0]])
        labels = np.array([0, 0, 0])
        rows, own = merged(x, labels, [1, 2], rng)
        report = lg.Evaluation().add_rows(rows, own, labels).compute()
        assert report.infinite_rows == 1 and report.nll == np.inf
        np.testing.assert_allclose(report.confidence, 2.5 / 3, rtol=1e-12)
        np.testing.assert_allclose(report.entropy, np.log(2) / 3, rtol=1e-12)
        np.testing.assert_allclose(report.brier, (1.5 + 0 + 2) / 3, rtol=1e-12)


def test_pickles_bytes_and_repr(vocabulary):
    logits, labels, _ = vocabulary
    rows = lg.EvaluationRows(ROWS).update(logits, logits[np.arange(ROWS), labels], labels)
    assert repr(rows) == "EvaluationRows(rows=130)" and len(rows.to_bytes()) == 16 + 64 * ROWS
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(rows, protocol))
        assert type(again) is lg.EvaluationRows and again.to_bytes() == rows.to_bytes()
    empty = lg.EvaluationRows(ROWS)
    assert (rows + empty).to_bytes() == (empty + rows).to_bytes() == rows.to_bytes()
    assert copy.copy(rows).reset().to_bytes() == empty.to_bytes()


def test_rows_of_several_axes(vocabulary):
    logits, labels, weights = vocabulary
    own = logits[np.arange(ROWS), labels]
    flat = lg.EvaluationRows(ROWS).update(logits[:, :400], own, labels)
    flat.update(logits[:, 400:], own, labels, 400)
    x = logits.reshape(10, 13, COLS)
    y, s, w = (a.reshape(10, 13) for a in (labels, own, weights))
    rows = lg.EvaluationRows(ROWS).update(x[..., :400], s, y).update(x[..., 400:], s, y, 400)
    assert rows.to_bytes() == flat.to_bytes()
    one = lg.Evaluation().add_rows(rows, s, y, w)
    assert one.to_bytes() == lg.Evaluation().add_rows(rows, own, labels, weights).to_bytes()


def test_the_example_runs():
    finder = doctest.DocTestFinder(recurse=False)
    names = {name: getattr(lg, name) for name in lg.__all__}
    (example,) = finder.find(lg.EvaluationRows, "EvaluationRows", globs=names)
    assert doctest.DocTestRunner().run(example).failed == 0 and len(example.examples) > 5


def test_what_is_refused(vocabulary):
    logits, labels, _ = vocabulary
    own = logits[np.arange(ROWS), labels]
    rows = lg.EvaluationRows(ROWS).update(logits, own, labels)
    before = rows.to_bytes()
    for arguments, name in [
        ((logits[1:], own[1:], labels[1:]), "LGT_E_SHAPE"),
        ((logits, own[1:], labels), "LGT_E_SHAPE"),
        ((logits, own, labels[1:]), "LGT_E_SHAPE"),
        ((logits, own, labels - COLS), "LGT_E_LABEL"),
        ((logits, own, labels + 2**32), "LGT_E_LABEL"),
        ((logits, own, labels, -1), "LGT_E_VALUE"),
        ((logits, own, labels, 2**32 - 2), "LGT_E_VALUE"),
        ((logits, own, labels, 2**64), "LGT_E_VALUE"),
    ]:
        with pytest.raises(lg.LogitudeError, match=name):
            rows.update(*arguments)
    with pytest.raises(TypeError):
        rows.update(logits, own, labels.astype(float))
    assert rows.to_bytes() == before
    metric = lg.Evaluation(classes=COLS - 1)
    for arguments, name in [
        ((own[1:], labels), "LGT_E_SHAPE"),
        ((own, labels[1:]), "LGT_E_SHAPE"),
        ((own, labels, np.ones(3)), "LGT_E_SHAPE"),
        ((own, labels, np.full(ROWS, np.nan)), "LGT_E_VALUE"),
        ((own, np.full(ROWS, COLS - 1)), "LGT_E_LABEL"),
    ]:
        with pytest.raises(lg.LogitudeError, match=name):
            metric.add_rows(rows, *arguments)
    with pytest.raises(lg.LogitudeError, match="LGT_E_MISMATCH"):
        lg.Evaluation(input="probabilities").add_rows(rows, own, labels)
    assert metric.to_bytes() == lg.Evaluation(classes=COLS - 1).to_bytes()
    for count in (-1, 2**26, 2**32):
        with pytest.raises(lg.LogitudeError, match="LGT_E_VALUE"):
            lg.EvaluationRows(count)
    with pytest.raises(lg.LogitudeError, match="LGT_E_MISMATCH"):
        rows.merge(lg.EvaluationRows(ROWS - 1))
    with pytest.raises(lg.LogitudeError, match="LGT_E_MISMATCH"):
        lg.EvaluationRows.from_bytes(lg.NLL().to_bytes())
