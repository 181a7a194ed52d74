"""What `test_sklearn_metrics.py` gives both sides: inputs, and the options of each function."""

import itertools

import numpy as np
from scipy import sparse

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


def options(**lists):
    return [dict(zip(lists, values)) for values in itertools.product(*lists.values())]


AVERAGES = (None, "micro", "macro", "weighted", "samples", "binary")
SCORES = [
    *options(average=AVERAGES, zero_division=("warn", np.nan)),
    *options(average=("macro", "weighted", "samples"), zero_division=(0, 1)),
    *options(average=AVERAGES, labels=([1, 0], [2, 3], [0, 1, 2, 3, 7])),
    {"average": "macro", "labels": ["eel", "cat", "elk"]},
    *options(pos_label=(0, "spam", -1, 9)),
]
# What the functions of one score add to that of all of them is which one they give.
ONE_SCORE = [{}, *options(average=("micro", "macro", None), zero_division=(0, 1)), *SCORES[-4:]]
TABLE = {
    "accuracy_score": (PAIRS + LABELLED + REFUSED, options(normalize=(True, False))),
    "zero_one_loss": (PAIRS + LABELLED, options(normalize=(True, False))),
    "balanced_accuracy_score": (PAIRS + REFUSED, options(adjusted=(False, True))),
    "matthews_corrcoef": (PAIRS + REFUSED + LABELLED, [{}]),
    "hamming_loss": (PAIRS + LABELLED, [{}]),
    "confusion_matrix": (
        PAIRS + REFUSED + LABELLED,
        options(normalize=(None, "true", "pred", "all"), labels=(None, [1, 0], [0, 1, 2, 3, 7]))
        + [{"labels": ["fox", "cat"]}, {"labels": []}, {"labels": [99]}],
    ),
    "multilabel_confusion_matrix": (
        PAIRS + LABELLED,
        [{}, {"labels": [2, 0]}, {"samplewise": True}, {"samplewise": True, "labels": [0, 1]}],
    ),
    "cohen_kappa_score": (
        PAIRS,
        options(weights=(None, "linear", "quadratic"), labels=(None, [1, 0], [0, 1, 2, 3]))
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
    "fbeta_score": (PAIRS + LABELLED, options(beta=(0.5, 2), average=("macro", "binary"))),
    "jaccard_score": (PAIRS + LABELLED, ONE_SCORE),
    "log_loss": (
        MANY_P + EVENTS + ONE_CLASS + [(MANY[0], P4), (SIGNS[0], 2 * S)],
        options(normalize=(True, False), labels=(None, [0, 1], [0, 1, 2, 3, 4], [-1, 1])),
    ),
    "brier_score_loss": (
        MANY_P + EVENTS + ONE_CLASS + [(NAMES_OF_TWO[0], S), (SIGNS[0], 2 * S)],
        options(scale_by_half=("auto", True, False)) + [{"pos_label": 0}, {"pos_label": "ham"}],
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
        options(drop_intermediate=(True, False), pos_label=(None, 0, "spam")),
    ),
    "precision_recall_curve": (
        EVENTS + ONE_CLASS + [(NAMES_OF_TWO[0], S), (MANY[0], S), (TWO[0], WHOLE)],
        options(drop_intermediate=(True, False), pos_label=(None, 0, "spam")),
    ),
    "det_curve": (
        EVENTS + ONE_CLASS + [(NAMES_OF_TWO[0], S)],
        options(drop_intermediate=(True, False), pos_label=(None, 0, "spam")),
    ),
    "confusion_matrix_at_thresholds": (
        EVENTS + ONE_CLASS + [(NAMES_OF_TWO[0], S), (TWO[0], WHOLE)],
        options(pos_label=(None, 0, "spam")),
    ),
    "roc_auc_score": (
        EVENTS + ONE_CLASS + MANY_P + FLAGS_P + [(NAMES_OF_TWO[0], S), (MANY[0], P4)],
        options(multi_class=("ovr", "ovo"), average=(None, "micro", "macro", "weighted"))
        + options(max_fpr=(0.1, 1), average=("micro", "weighted", "samples"))
        + [{}]
        + [{"average": "samples"}, {"multi_class": "ovr", "labels": [0, 1, 2, 3, 4]}],
    ),
    "average_precision_score": (
        EVENTS + ONE_CLASS + MANY_P + FLAGS_P + [(NAMES_OF_TWO[0], S)],
        options(average=(None, "micro", "macro", "weighted", "samples"), pos_label=(1, 0, "ham")),
    ),
    "ndcg_score": (QUERIES, options(k=(None, 1, 5))),
    "dcg_score": (QUERIES, options(k=(None, 1, 5), log_base=(2, 10, np.e))),
    "coverage_error": (FLAGS_P, [{}]),
    "label_ranking_average_precision_score": (
        FLAGS_P + [(sparse.csr_matrix(FLAGS[0]), P4)], [{}],
    ),
    "label_ranking_loss": (FLAGS_P + [(sparse.csr_matrix(FLAGS[0]), P4)], [{}]),
    "top_k_accuracy_score": (
        [(MANY[0], P), (NAMES[0], P4), (TWO[0], S), (TWO[0], X[0]), (ABSENT[0], P), (TWO[0], P4)],
        options(k=(1, 2, 3, 9), normalize=(True, False))
        + options(k=(1, 2), labels=([0, 1, 2, 3, 4], [0, 1], [4, 3, 2, 1, 0])),
    ),
    "r2_score": (NUMBERS, options(
        multioutput=("raw_values", "uniform_average", "variance_weighted", [0.2, 0.3, 0.5]),
        force_finite=(True, False))),
    "explained_variance_score": (NUMBERS, options(
        multioutput=("raw_values", "uniform_average", "variance_weighted", [0.2, 0.3, 0.5]),
        force_finite=(True, False))),
    "max_error": (NUMBERS, [{}]),
    **{
        name: (data, options(multioutput=("raw_values", "uniform_average", [0.2, 0.3, 0.5])))
        for names, data in (
            ("mean_squared_error root_mean_squared_error mean_absolute_error "
             "mean_absolute_percentage_error median_absolute_error d2_absolute_error_score",
             NUMBERS),
            ("mean_squared_log_error root_mean_squared_log_error", BELOW),
        )
        for name in names.split()
    },
    "mean_pinball_loss": (NUMBERS, options(alpha=(0, 0.1, 0.5, 1))),
    "d2_pinball_score": (NUMBERS, options(alpha=(0, 0.1, 0.5, 1))),
}
NO_WEIGHTS = {"max_error"}
PARTITIONS = [MANY, TWO, FAR, NAMES, ALONE, ONE_GIVEN, (np.arange(N), np.arange(N)), LISTS]
MEANS = options(average_method=("arithmetic", "geometric", "min", "max"))
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
