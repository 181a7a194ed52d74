"""`logitude.sklearn.metrics` against scikit-learn: value, type, shape, and what is refused."""

import inspect
import itertools
import re
import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest

from logitude.sklearn import metrics as ours
from logitude.sklearn._calibration_curve import calibration_curve

theirs = pytest.importorskip("sklearn.metrics")
from sklearn import __version__, calibration  # noqa: E402
from sklearn_cases import (  # noqa: E402
    EVENTS,
    FLAGS,
    MANY,
    N,
    NAMES,
    NAMES_OF_TWO,
    NO_WEIGHTS,
    ONE_CLASS,
    P,
    P4,
    PARTITIONS,
    PARTITION_TABLE,
    QUERIES,
    S,
    TABLE,
    TWO,
    W,
    WHOLE,
    X,
)

# Older ones have fewer functions and options, and other answers in corners.
if tuple(map(int, __version__.split(".")[:2])) < (1, 9):
    pytest.skip("of scikit-learn 1.9 or later", allow_module_level=True)

PAGE = Path(__file__).parents[3] / "docs" / "sklearn-metrics.md"


def _weights(data):
    n = data[0].shape[0] if hasattr(data[0], "shape") else len(data[0])
    return (None, W[:n], WHOLE[:n].tolist())


def _answer(function, data, options):
    """What is returned, or that it was refused: ours says so, theirs may stumble."""
    refusals = (ValueError, NotImplementedError)
    if not function.__module__.startswith("logitude"):
        refusals += (IndexError, TypeError)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with np.errstate(all="ignore"):
            try:
                return function(*data, **options)
            except refusals:
                return ValueError


def _same(mine, expected):
    if expected is ValueError or mine is ValueError:
        assert mine is expected
    elif isinstance(expected, tuple):
        assert isinstance(mine, tuple) and len(mine) == len(expected)
        for pair in zip(mine, expected):
            _same(*pair)
    elif isinstance(expected, np.ndarray):
        assert isinstance(mine, np.ndarray) and mine.shape == expected.shape
        assert mine.dtype == expected.dtype
        np.testing.assert_allclose(mine, expected, rtol=1e-12, atol=1e-12)
    elif expected is None:
        assert mine is None
    else:
        assert isinstance(mine, type(expected)) or isinstance(expected, np.floating)
        np.testing.assert_allclose(mine, expected, rtol=1e-12, atol=1e-12)


def _compare(name, data, options):
    mine = _answer(getattr(ours, name), data, options)
    expected = _answer(getattr(theirs, name), data, options)
    try:
        _same(mine, expected)
    except AssertionError as error:
        raise AssertionError(f"{name} {options}: {mine} {expected} of {data}") from error


@pytest.mark.parametrize("name", TABLE)
def test_as_scikit_learn(name):
    inputs, options = TABLE[name]
    for data, more in itertools.product(inputs, options):
        _compare(name, data, more)
    for data in [] if name in NO_WEIGHTS else inputs:
        for weights in _weights(data)[1:]:
            for more in options[:: 3 if len(options) > 9 else 1]:
                _compare(name, data, {**more, "sample_weight": weights})


@pytest.mark.parametrize("name", PARTITION_TABLE)
def test_partitions_as_scikit_learn(name):
    for data, more in itertools.product(PARTITIONS, PARTITION_TABLE[name]):
        _compare(name, data, more)


def test_most_answers_are_values():
    """Two errors are the same to the tests above, which must not be all there is."""
    for name, (inputs, options) in TABLE.items():
        answers = [_answer(getattr(ours, name), data, options[0]) for data in inputs]
        assert any(answer is not ValueError for answer in answers), name


@pytest.mark.parametrize("more", [
    {}, {"labels": [1, 2]}, {"sample_weight": WHOLE / 4, "digits": 4}, {"labels": [0, 2, 9]},
    {"target_names": list("abcd") + ["a very long name indeed"]},
    {"zero_division": 1, "digits": 12}, {"sample_weight": WHOLE}, {"target_names": ["a"]},
])  # fmt: skip
def test_classification_report(more):
    for data in (MANY, FLAGS, NAMES):
        mine, expected = (_answer(m.classification_report, data, more) for m in (ours, theirs))
        assert mine == expected
        named = {**more, "output_dict": True}
        mine, expected = (_answer(m.classification_report, data, named) for m in (ours, theirs))
        if expected is ValueError:
            assert mine is expected
            continue
        assert list(mine) == list(expected)
        for name in expected:
            assert mine[name] == pytest.approx(expected[name], rel=1e-12)


@pytest.mark.parametrize("data", [
    (X[0][:2], X[1][:2]), (np.sort(X[0]), X[1]), (-np.sort(X[0]), X[1]), (np.ones(5), X[1][:5]),
    (X[0], X[1]), ([1], [1]), ([0, 1], [2]),
])  # fmt: skip
def test_auc(data):
    _compare("auc", data, {})


@pytest.mark.parametrize("strategy", ["uniform", "quantile", "none"])
def test_calibration_curve(strategy):
    data = [*EVENTS, *ONE_CLASS, (NAMES_OF_TWO[0], S), (MANY[0], S), (TWO[0], 2 * S)]
    for pair, bins, positive in itertools.product(data, (1, 5, 10), (None, 0, "spam")):
        more = {"n_bins": bins, "strategy": strategy, "pos_label": positive}
        _same(_answer(calibration_curve, pair, more),
              _answer(calibration.calibration_curve, pair, more))  # fmt: skip


def test_calibration_curve_takes_the_same_arguments():
    mine = inspect.signature(calibration_curve).parameters
    expected = inspect.signature(calibration.calibration_curve).parameters
    assert [(p.name, p.kind, p.default) for p in mine.values()] == [
        (p.name, p.kind, p.default) for p in expected.values()
    ]


@pytest.mark.parametrize("name", ours.__all__)
def test_takes_the_same_arguments(name):
    mine = inspect.signature(getattr(ours, name)).parameters.values()
    expected = inspect.signature(getattr(theirs, name)).parameters.values()
    assert [(p.name, p.kind) for p in mine] == [(p.name, p.kind) for p in expected]
    for mine_of, their_of in zip(mine, expected):
        assert mine_of.default is their_of.default or mine_of.default == their_of.default or (
            mine_of.default != mine_of.default and their_of.default != their_of.default
        )  # fmt: skip


def _left_out():
    section = PAGE.read_text(encoding="utf-8").partition("## Left out")[2].partition("\n## ")[0]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`(\w+)`", row)}


def test_every_name_is_ours_or_said_to_be_left_out():
    left_out = _left_out()
    assert left_out & set(ours.__all__) == set()
    assert left_out | set(ours.__all__) == set(theirs.__all__)


def test_every_function_is_compared():
    compared = {*TABLE, *PARTITION_TABLE, "auc", "classification_report"}
    assert compared == set(ours.__all__)


def test_needs_no_scikit_learn():
    code = (
        "import sys; sys.modules['sklearn'] = sys.modules['scipy'] = None\n"
        "from logitude.sklearn.metrics import f1_score, log_loss\n"
        "print(f1_score([0, 1, 1], [0, 1, 0]), log_loss([0, 1], [[0.5, 0.5], [0.5, 0.5]]))"
    )
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert made.stdout.split() == [str(2 / 3), str(float(np.log(2)))]


def test_where_it_differs():
    """The rows of "What differs" in the page."""
    p = np.array([[1e-9, 1 - 1e-9], [0.5, 0.5]], np.float32)
    exact = (-np.log(np.float64(p[0, 0])) + np.log(2)) / 2
    assert ours.log_loss([0, 1], p) == pytest.approx(exact, rel=1e-6)
    assert theirs.log_loss([0, 1], p) < 0.8 * exact
    # Of equal scores the lowest class, and the first document, is first.
    assert ours.top_k_accuracy_score([0, 1, 2], np.ones((3, 3)), k=1) == 1 / 3
    assert ours.top_k_accuracy_score([0, 0, 2], np.ones((3, 3)), k=1, labels=[0, 1, 2]) == 2 / 3
    assert ours.dcg_score([[1, 0]], [[1, 1]], ignore_ties=True) == 1
    with pytest.raises(NotImplementedError, match="contingency"):
        ours.mutual_info_score(None, None, contingency=np.ones((2, 2)))
    with pytest.raises(ValueError, match="labels are not in order"):
        ours.log_loss([0, 1], np.ones((2, 2)) / 2, labels=[1, 0])


def test_errors_name_the_argument():
    for name, data, more, said in (
        ("f1_score", ([0, 1], [0]), {}, "y_true.*y_pred"),
        ("f1_score", MANY, {}, "average"),
        ("f1_score", TWO, {"pos_label": 7}, "pos_label"),
        ("roc_auc_score", (MANY[0], P), {}, "multi_class"),
        ("roc_curve", (NAMES_OF_TWO[0], S), {}, "pos_label"),
        ("log_loss", (MANY[0], P4), {}, "labels"),
        ("accuracy_score", (S, S), {}, "y_true"),
        ("mean_squared_error", (X[0], X[1][:3]), {}, "y_true and y_pred"),
        ("r2_score", (X[0], X[1]), {"multioutput": "both"}, "multioutput"),
        ("log_loss", ([0, 1], [0.5, np.nan]), {}, "y_proba"),
        ("roc_auc_score", ([0, 1], [0.5, np.inf]), {}, "y_score"),
        ("f1_score", TWO, {"sample_weight": [1.0]}, "sample_weight"),
        ("f1_score", TWO, {"sample_weight": np.full(N, np.nan)}, "sample_weight"),
        ("ndcg_score", QUERIES[0], {"sample_weight": np.zeros(30)}, "sample_weight"),
        ("brier_score_loss", EVENTS[0], {"sample_weight": -W}, "sample_weight"),
    ):
        with pytest.raises(ValueError, match=said):
            getattr(ours, name)(*data, **more)


def test_all_arguments_can_be_named():
    assert ours.f1_score(y_pred=[0, 1], y_true=[0, 1], sample_weight=[1, 2]) == 1
    assert ours.det_curve([0, 1], [0.2, 0.7], 1, [1.0, 1.0], True)[0].tolist() == [0]


def test_pandas_columns():
    pandas = pytest.importorskip("pandas")
    for y, other in (NAMES, MANY):
        for dtype in ("category", None):
            data = pandas.Series(y, dtype=dtype), pandas.Series(other, dtype=dtype)
            _compare("confusion_matrix", data, {"sample_weight": pandas.Series(W)})
    _compare("roc_auc_score", (pandas.Series(MANY[0]), pandas.DataFrame(P)), {"multi_class": "ovr"})
