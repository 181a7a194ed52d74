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
from scipy import sparse  # noqa: E402
from sklearn import __version__, calibration  # noqa: E402

# Older ones have fewer functions and options, and other answers in corners.
if tuple(map(int, __version__.split(".")[:2])) < (1, 9):
    pytest.skip("of scikit-learn 1.9 or later", allow_module_level=True)

PAGE = Path(__file__).parents[3] / "docs" / "sklearn-metrics.md"
RNG = np.random.default_rng(5)
N = 90
W, WHOLE = RNG.uniform(0.1, 3, N), RNG.integers(1, 4, N)


def _pair(classes, n=N):
    y, other, keep = RNG.choice(classes, n), RNG.choice(classes, n), RNG.random(n) < 0.5
    return y, np.where(keep, y, other)


MANY = _pair(np.arange(5))
TWO = _pair(np.array([0, 1]))
NAMES = _pair(np.array(["cat", "dog", "eel", "fox"]))
NAMES_OF_TWO = _pair(np.array(["ham", "spam"]))
OBJECTS = tuple(y.astype(object) for y in NAMES)
SIGNS = _pair(np.array([-1, 1]))
FLOATS = _pair(np.array([0.0, 1.0, 2.0]))
BOOLS = _pair(np.array([False, True]))
FAR = _pair(np.array([-7, 3, 10**9]))
ABSENT = np.where(MANY[0] == 2, 0, MANY[0]), np.where(MANY[1] == 4, 1, MANY[1])
ALONE = np.ones(N, int), np.ones(N, int)
NEVER = np.zeros(N, int), np.zeros(N, int)
ONE_GIVEN = MANY[0], np.full(N, 2)
NEVER_GIVEN = TWO[0], np.zeros(N, int)
COLUMNS = tuple(y[:, None] for y in MANY)
LISTS = tuple(y.tolist() for y in NAMES)
PAIRS = [
    MANY, TWO, NAMES, NAMES_OF_TWO, OBJECTS, SIGNS, FLOATS, BOOLS, FAR, ABSENT, ALONE, NEVER,
    ONE_GIVEN, NEVER_GIVEN, COLUMNS, LISTS,
]  # fmt: skip
FLAGS = tuple((RNG.random((N, 4)) < 0.4).astype(int) for _ in range(2))
FLAGS[0][:9], FLAGS[1][5:14], FLAGS[0][:, 3] = 0, 0, 0
LABELLED = [FLAGS, tuple(map(sparse.csr_matrix, FLAGS))]
REFUSED = [(MANY[0], MANY[1][:-1]), (MANY[0], FLAGS[0]), (NAMES[0], MANY[0]), ([], [])]

P = RNG.dirichlet(np.ones(5), N)
TIED = (RNG.integers(1, 4, (N, 5)) / 4)
TIED /= TIED.sum(axis=1, keepdims=True)
S = RNG.random(N)
TIED_S = RNG.integers(0, 6, N) / 8
SURE = np.round(S)
DECISIONS = RNG.normal(size=(N, 5))
P4 = RNG.dirichlet(np.ones(4), N)
EVENTS = [(TWO[0], S), (TWO[0], TIED_S), (SIGNS[0], S), (BOOLS[0], TIED_S), (TWO[0], SURE)]
ONE_CLASS = [(ALONE[0], S), (NEVER[0], TIED_S)]
MANY_P = [(MANY[0], P), (MANY[0], TIED), (NAMES[0], P4)]
FLAGS_P = [(FLAGS[0][:, :3], P[:, :3]), (FLAGS[0], P4), (FLAGS[0][:, :3], TIED[:, :3])]
X, Y2 = RNG.normal(size=(2, N)), RNG.normal(size=(2, N, 3))
POSITIVE = np.abs(X) + 0.1, np.abs(Y2)
NUMBERS = [
    tuple(X), tuple(Y2), (np.ones(N), X[0]), (np.ones(N), np.ones(N)),
    (np.ones(N), np.full(N, 3.0)), (np.ones(1), np.zeros(1)), (X[0].tolist(), X[1].tolist()),
    (np.arange(9), np.arange(9)[::-1]),
    (X[0], X[0]), (X[0], X[0] + 1),
]  # fmt: skip
BELOW = [tuple(POSITIVE[0]), tuple(POSITIVE[1]), (np.zeros(N), X[0]), (np.zeros(9), np.ones(9))]
GAINS = RNG.integers(0, 4, (30, 8))
GAINS[:3] = 0
QUERIES = [(GAINS, RNG.random((30, 8))), (GAINS, RNG.integers(0, 3, (30, 8)) / 2)]


def _options(**lists):
    return [dict(zip(lists, values)) for values in itertools.product(*lists.values())]


def _weights(data):
    n = data[0].shape[0] if hasattr(data[0], "shape") else len(data[0])
    return (None, W[:n], WHOLE[:n].tolist())


AVERAGES = (None, "micro", "macro", "weighted", "samples", "binary")
SCORES = [
    *_options(average=AVERAGES, zero_division=("warn", np.nan)),
    *_options(average=("macro", "weighted", "samples"), zero_division=(0, 1)),
    *_options(average=AVERAGES, labels=([1, 0], [2, 3], [0, 1, 2, 3, 7])),
    {"average": "macro", "labels": ["eel", "cat", "elk"]},
    *_options(pos_label=(0, "spam", -1, 9)),
]
# What the functions of one score add to that of all of them is which one they give.
ONE_SCORE = [{}, *_options(average=("micro", "macro", None), zero_division=(0, 1)), *SCORES[-4:]]
TABLE = {
    "accuracy_score": (PAIRS + LABELLED + REFUSED, _options(normalize=(True, False))),
    "zero_one_loss": (PAIRS + LABELLED, _options(normalize=(True, False))),
    "balanced_accuracy_score": (PAIRS + REFUSED, _options(adjusted=(False, True))),
    "matthews_corrcoef": (PAIRS + REFUSED + LABELLED, [{}]),
    "hamming_loss": (PAIRS + LABELLED, [{}]),
    "confusion_matrix": (
        PAIRS + REFUSED + LABELLED,
        _options(normalize=(None, "true", "pred", "all"), labels=(None, [1, 0], [0, 1, 2, 3, 7]))
        + [{"labels": ["fox", "cat"]}, {"labels": []}, {"labels": [99]}],
    ),
    "multilabel_confusion_matrix": (
        PAIRS + LABELLED,
        [{}, {"labels": [2, 0]}, {"samplewise": True}, {"samplewise": True, "labels": [0, 1]}],
    ),
    "cohen_kappa_score": (
        PAIRS,
        _options(weights=(None, "linear", "quadratic"), labels=(None, [1, 0], [0, 1, 2, 3]))
        + [{"replace_undefined_by": 0.5}],
    ),
    "class_likelihood_ratios": (
        PAIRS,
        [{}, {"replace_undefined_by": 1.0}, {"replace_undefined_by": {"LR+": np.inf, "LR-": 0.5}},
         {"labels": [1, 0]}, {"labels": [0, 1]}],
    ),
    "precision_recall_fscore_support": (
        PAIRS + LABELLED + REFUSED, SCORES + [{"beta": 2.0}, {"beta": 0.5, "average": "macro"}],
    ),
    "precision_score": (PAIRS + LABELLED, ONE_SCORE),
    "recall_score": (PAIRS + LABELLED, ONE_SCORE),
    "f1_score": (PAIRS + LABELLED, ONE_SCORE),
    "fbeta_score": (PAIRS + LABELLED, _options(beta=(0.5, 2), average=("macro", "binary"))),
    "jaccard_score": (PAIRS + LABELLED, ONE_SCORE),
    "log_loss": (
        MANY_P + EVENTS + ONE_CLASS + [(MANY[0], P4), (SIGNS[0], 2 * S)],
        _options(normalize=(True, False), labels=(None, [0, 1], [0, 1, 2, 3, 4], [-1, 1])),
    ),
    "brier_score_loss": (
        MANY_P + EVENTS + ONE_CLASS + [(NAMES_OF_TWO[0], S), (SIGNS[0], 2 * S)],
        _options(scale_by_half=("auto", True, False)) + [{"pos_label": 0}, {"pos_label": "ham"}],
    ),
    "d2_brier_score": (
        MANY_P + EVENTS + [(NAMES_OF_TWO[0], S), (TWO[0][:1], S[:1])], [{}, {"pos_label": "spam"}],
    ),
    "d2_log_loss_score": (
        MANY_P + EVENTS + [(TWO[0][:1], S[:1])], [{}, {"labels": [0, 1]}],
    ),
    "hinge_loss": (
        [(MANY[0], DECISIONS), (NAMES[0], DECISIONS[:, :4]), (TWO[0], X[0]), (SIGNS[0], X[0]),
         (NAMES_OF_TWO[0], X[1]), (MANY[0], X[0]), (ALONE[0], X[0])],
        [{}, {"labels": [0, 1, 2, 3, 4]}],
    ),
    "roc_curve": (
        EVENTS + ONE_CLASS + [(NAMES_OF_TWO[0], S), (MANY[0], S), (TWO[0], WHOLE)],
        _options(drop_intermediate=(True, False), pos_label=(None, 0, "spam")),
    ),
    "precision_recall_curve": (
        EVENTS + ONE_CLASS + [(NAMES_OF_TWO[0], S), (MANY[0], S), (TWO[0], WHOLE)],
        _options(drop_intermediate=(True, False), pos_label=(None, 0, "spam")),
    ),
    "det_curve": (
        EVENTS + ONE_CLASS + [(NAMES_OF_TWO[0], S)],
        _options(drop_intermediate=(True, False), pos_label=(None, 0, "spam")),
    ),
    "confusion_matrix_at_thresholds": (
        EVENTS + ONE_CLASS + [(NAMES_OF_TWO[0], S), (TWO[0], WHOLE)],
        _options(pos_label=(None, 0, "spam")),
    ),
    "roc_auc_score": (
        EVENTS + ONE_CLASS + MANY_P + FLAGS_P + [(NAMES_OF_TWO[0], S), (MANY[0], P4)],
        _options(multi_class=("ovr", "ovo"), average=(None, "micro", "macro", "weighted"))
        + _options(max_fpr=(0.1, 1), average=("micro", "weighted", "samples"))
        + [{}]
        + [{"average": "samples"}, {"multi_class": "ovr", "labels": [0, 1, 2, 3, 4]}],
    ),
    "average_precision_score": (
        EVENTS + ONE_CLASS + MANY_P + FLAGS_P + [(NAMES_OF_TWO[0], S)],
        _options(average=(None, "micro", "macro", "weighted", "samples"), pos_label=(1, 0, "ham")),
    ),
    "ndcg_score": (QUERIES, _options(k=(None, 1, 5))),
    "dcg_score": (QUERIES, _options(k=(None, 1, 5), log_base=(2, 10, np.e))),
    "coverage_error": (FLAGS_P, [{}]),
    "label_ranking_average_precision_score": (
        FLAGS_P + [(sparse.csr_matrix(FLAGS[0]), P4)], [{}],
    ),
    "label_ranking_loss": (FLAGS_P + [(sparse.csr_matrix(FLAGS[0]), P4)], [{}]),
    "top_k_accuracy_score": (
        [(MANY[0], P), (NAMES[0], P4), (TWO[0], S), (TWO[0], X[0]), (ABSENT[0], P), (TWO[0], P4)],
        _options(k=(1, 2, 3, 9), normalize=(True, False))
        + _options(k=(1, 2), labels=([0, 1, 2, 3, 4], [0, 1], [4, 3, 2, 1, 0])),
    ),
    "r2_score": (NUMBERS, _options(
        multioutput=("raw_values", "uniform_average", "variance_weighted", [0.2, 0.3, 0.5]),
        force_finite=(True, False))),
    "explained_variance_score": (NUMBERS, _options(
        multioutput=("raw_values", "uniform_average", "variance_weighted", [0.2, 0.3, 0.5]),
        force_finite=(True, False))),
    "max_error": (NUMBERS, [{}]),
    **{
        name: (data, _options(multioutput=("raw_values", "uniform_average", [0.2, 0.3, 0.5])))
        for names, data in (
            ("mean_squared_error root_mean_squared_error mean_absolute_error "
             "mean_absolute_percentage_error median_absolute_error d2_absolute_error_score",
             NUMBERS),
            ("mean_squared_log_error root_mean_squared_log_error", BELOW),
        )
        for name in names.split()
    },
    "mean_pinball_loss": (NUMBERS, _options(alpha=(0, 0.1, 0.5, 1))),
    "d2_pinball_score": (NUMBERS, _options(alpha=(0, 0.1, 0.5, 1))),
}
NO_WEIGHTS = {"max_error"}
PARTITIONS = [MANY, TWO, FAR, NAMES, ALONE, ONE_GIVEN, (np.arange(N), np.arange(N)), LISTS]
MEANS = _options(average_method=("arithmetic", "geometric", "min", "max"))
PARTITION_TABLE = {
    "mutual_info_score": [{}],
    "normalized_mutual_info_score": MEANS,
    "adjusted_mutual_info_score": MEANS,
    "homogeneity_completeness_v_measure": [{}, {"beta": 0.5}],
    "homogeneity_score": [{}],
    "completeness_score": [{}],
    "v_measure_score": [{}, {"beta": 2.0}],
    "rand_score": [{}],
    "adjusted_rand_score": [{}],
    "fowlkes_mallows_score": [{}],
    "pair_confusion_matrix": [{}],
}


def _answer(function, data, options):
    """What is returned, or the kind of error."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with np.errstate(all="ignore"):
            try:
                return function(*data, **options)
            except (ValueError, IndexError, TypeError, NotImplementedError):
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
