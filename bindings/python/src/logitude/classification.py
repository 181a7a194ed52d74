"""Classification metrics from labels: counts as mergeable states, and functions
with the parameters of scikit-learn's."""

from __future__ import annotations

import ctypes
from collections import namedtuple
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._abi import CONSTANTS, STATUSES, STRUCTS, function
from ._arrays import accumulator, count, floating, rows, suffix
from ._docs import documented
from ._labelled import _integers, _label_type
from ._state import State
from ._status import check, error

__all__ = [
    "ClassCounts",
    "ConfusionMatrix",
    "MultilabelCounts",
    "adjusted_mutual_info",
    "adjusted_rand",
    "balanced_accuracy",
    "class_likelihood_ratios",
    "cohen_kappa",
    "confusion_matrix",
    "f1",
    "fbeta",
    "fowlkes_mallows",
    "hamming_loss",
    "homogeneity_completeness_v_measure",
    "jaccard",
    "matthews_corrcoef",
    "mcnemar",
    "mutual_info",
    "normalized_mutual_info",
    "precision_recall_fscore",
    "rand",
]

Self = TypeVar("Self", bound=State)


def _named(name: str, struct: str) -> Any:
    return namedtuple(name, [field for field, _ in STRUCTS[struct]._fields_])


ClassCountsReport = _named("ClassCountsReport", "lgt_class_counts_report")
Agreement = _named("Agreement", "lgt_confusion_agreement")
MultilabelReport = _named("MultilabelReport", "lgt_multilabel_report")
McNemarReport = _named("McNemarReport", "lgt_mcnemar_report")


def _options(struct: str, **fields: Any) -> Any:
    opts = STRUCTS[struct]()
    opts.struct_size = ctypes.sizeof(opts)
    for name, value in fields.items():
        setattr(opts, name, value)
    return ctypes.byref(opts)


def _choice(prefix: str, value: Any, name: str, *allowed: str) -> int:
    if value not in allowed:
        raise error("LGT_E_OPTION", f"{name} is one of {allowed}, not {value!r}")
    return CONSTANTS[f"LGT_{prefix}_{value.upper()}"]


def _zero_division(value: Any) -> int:
    if isinstance(value, str) and value == "warn" or value == 0:
        return CONSTANTS["LGT_ZERO_DIVISION_ZERO"]
    if value == 1:
        return CONSTANTS["LGT_ZERO_DIVISION_ONE"]
    if value != value:
        return CONSTANTS["LGT_ZERO_DIVISION_NAN"]
    raise error("LGT_E_OPTION", f"zero_division is 0, 1 or nan, not {value!r}")


def _read(named: Any, struct: str, call: Any, *expected: str) -> Any:
    """A struct that a function fills, as a named tuple."""
    made = STRUCTS[struct]()
    check(call(ctypes.byref(made)), *expected)
    return named(*(getattr(made, name) for name in named._fields))


def _flat(values: Any, name: str, n: int | None = None) -> np.ndarray:
    """Integers in one run of memory; as many as there are rows."""
    values = _integers(values)
    if n is not None and values.size != n:
        raise error("LGT_E_SHAPE", f"{name}: {values.size} rows, not {n}")
    return np.require(values, values.dtype.newbyteorder("="), ["C", "A"]).reshape(-1)


def _weights(weights: Any, n: int, dtype: Any = np.float64) -> np.ndarray | None:
    if weights is None:
        return None
    weights = np.require(np.asarray(weights, dtype), dtype, ["C", "A"]).reshape(-1)
    if weights.size != n:
        raise error("LGT_E_SHAPE", f"weights: {weights.size} of {n} rows")
    return weights


def _address(array: np.ndarray | None) -> int | None:
    return None if array is None else array.ctypes.data


class _Pairs(State):
    """What states of true and predicted classes share."""

    _parameter = "classes"

    def __init__(
        self, classes: int, *, weighted: bool = False, ignore_index: int | None = None
    ) -> None:
        flags = CONSTANTS["LGT_CLASS_COUNTS_WEIGHTED"] if weighted else 0
        if ignore_index is not None:
            flags |= CONSTANTS["LGT_CLASS_COUNTS_IGNORE"]
            if not -(2**31) < ignore_index < 2**31:
                raise error("LGT_E_VALUE", f"ignore_index = {ignore_index} has over 32 bits")
        opts = _options("lgt_class_counts_opts", flags=flags, ignore_index=ignore_index or 0)
        super().__init__(count(classes, "classes"), opts)

    def update(self: Self, predicted: ArrayLike, labels: ArrayLike, weights: Any = None) -> Self:
        """Adds rows: the class that each was given, its true class and, for a state
        with `weighted`, its weight. Returns itself."""
        labels = _flat(labels, "labels")
        predicted = _flat(predicted, "predicted", labels.size)
        weights = _weights(weights, labels.size)
        status = function(self._family, "update")(
            self._address, predicted.ctypes.data, _label_type(predicted),
            labels.ctypes.data, _label_type(labels), _address(weights), labels.size,
        )  # fmt: skip
        if status == STATUSES["LGT_E_LABEL"]:
            raise error("LGT_E_LABEL", f"a class is outside 0 .. {self._param - 1}")
        check(status)
        return self

    def report(
        self,
        average: str = "macro",
        *,
        beta: float = 1.0,
        zero_division: Any = 0,
        classes: str = "all",
    ) -> Any:
        """Averages over classes, accuracy and agreement, as a named tuple.
        `classes="present"` leaves out those that are neither true nor predicted."""
        return self._report_of(average, beta, zero_division, classes)

    def _report_of(
        self, average: str, beta: float, zero: Any, classes: str, *expected: str
    ) -> Any:
        opts = _options(
            "lgt_class_counts_finish_opts",
            average=_choice("AVERAGE", average, "average", "micro", "macro", "weighted"),
            beta=beta,
            zero_division=_zero_division(zero),
            classes=_choice("CLASSES", classes, "classes", "all", "present"),
        )
        finish = function(self._family, "finish")
        return _read(
            ClassCountsReport,
            "lgt_class_counts_report",
            lambda to: finish(self._address, to, opts),
            *expected,
        )

    def compute(self) -> float:
        """Macro F1 of all classes."""
        return self.report().f

    def classes(self, *, beta: float = 1.0, zero_division: Any = 0) -> NDArray[Any]:
        """Each class by itself, as a structured array."""
        made = np.empty(self._param, np.dtype(STRUCTS["lgt_class_counts_class"]))
        opts = _options(
            "lgt_class_counts_finish_opts",
            average=CONSTANTS["LGT_AVERAGE_MACRO"],
            beta=beta,
            zero_division=_zero_division(zero_division),
        )
        get = function(self._family, "get_classes")
        check(get(self._address, made.ctypes.data, len(made), opts))
        return made


@documented("class_counts", "update", summary=False)
class ClassCounts(_Pairs):
    """ClassCounts(classes, *, weighted=False, ignore_index=None): how often each
    class was true, predicted, and both, in memory for the classes alone."""

    _family = "class_counts"


@documented("confusion", "update", summary=False)
class ConfusionMatrix(_Pairs):
    """ConfusionMatrix(classes, *, weighted=False, ignore_index=None): rows of each
    true class that were given each class."""

    _family = "confusion"

    def counts(self) -> NDArray[np.uint64]:
        """The matrix as whole numbers, of a state without weights."""
        made = np.empty((self._param, self._param), np.uint64)
        get = function(self._family, "get_counts")
        check(get(self._address, made.ctypes.data, self._param))
        return made

    def matrix(self, normalize: str | None = None) -> NDArray[np.float64]:
        """The matrix, or shares: `normalize` is None, "true", "pred" or "all"."""
        how = _choice("NORMALIZE", normalize or "none", "normalize", "none", "true", "pred", "all")
        made = np.empty((self._param, self._param))
        get = function(self._family, "get_matrix")
        check(get(self._address, made.ctypes.data, self._param, how))
        return made

    def agreement(
        self, *, mean: str = "arithmetic", beta: float = 1.0, adjusted: bool = False
    ) -> Any:
        """Kappas, mutual information and pairs of rows, as a named tuple; `mean` is
        what normalises mutual information, adjusted only on request."""
        return self._agreement(mean, beta, adjusted)

    def _agreement(self, mean: str, beta: float, adjusted: bool, *expected: str) -> Any:
        opts = _options(
            "lgt_confusion_agreement_opts",
            flags=CONSTANTS["LGT_AGREEMENT_ADJUSTED"] if adjusted else 0,
            beta=beta,
            mean=_choice("MEAN", mean, "mean", "arithmetic", "geometric", "min", "max"),
        )
        get = function(self._family, "get_agreement")
        return _read(
            Agreement,
            "lgt_confusion_agreement",
            lambda to: get(self._address, to, opts),
            *expected,
        )


@documented("multilabel", "update", summary=False)
class MultilabelCounts(State):
    """MultilabelCounts(labels, *, beta=1.0, weighted=False): how often each label
    was true, given, and both, and averages over rows."""

    _family, _parameter = "multilabel", "labels"

    def __init__(self, labels: int, *, beta: float = 1.0, weighted: bool = False) -> None:
        flags = CONSTANTS["LGT_MULTILABEL_WEIGHTED"] if weighted else 0
        super().__init__(
            count(labels, "labels"), _options("lgt_multilabel_opts", flags=flags, beta=beta)
        )

    def update(
        self: Self,
        predicted: ArrayLike,
        labels: ArrayLike,
        weights: Any = None,
        *,
        threshold: float = 0.5,
    ) -> Self:
        """Adds rows: what each was given, as numbers 0 and 1 or as scores, of which
        those above `threshold` count; what is true; weights. Returns itself."""
        given, truth = np.asarray(predicted), rows(_integers(labels))
        scores = given.dtype.kind not in "biu"
        given = rows(floating(given) if scores else _integers(given))
        if given.array.shape != truth.array.shape:
            shapes = given.array.shape, truth.array.shape
            raise error("LGT_E_SHAPE", f"predicted and labels have the shapes {shapes}")
        y = truth.address, truth.stride, _label_type(truth.array)
        shape = given.rows, given.cols
        if scores:
            dtype = given.array.dtype
            weights = _weights(weights, given.rows, accumulator(dtype))
            status = function(self._family, "update", suffix(dtype))(
                self._address, given.address, given.stride, *y, _address(weights), *shape, threshold
            )
        else:
            weights = _weights(weights, given.rows)
            x = given.address, given.stride, _label_type(given.array)
            status = function(self._family, "update")(
                self._address, *x, *y, _address(weights), *shape
            )
        if status == STATUSES["LGT_E_LABEL"]:
            raise error("LGT_E_LABEL", "a label is neither 0 nor 1")
        check(status)
        return self

    def report(self, average: str = "macro", *, zero_division: Any = 0) -> Any:
        """Averages over labels, or with "samples" over rows, as a named tuple."""
        return self._report_of(average, zero_division)

    def _report_of(self, average: str, zero: Any, *expected: str) -> Any:
        kinds = "micro", "macro", "weighted", "samples"
        opts = _options(
            "lgt_multilabel_finish_opts",
            average=_choice("AVERAGE", average, "average", *kinds),
            zero_division=_zero_division(zero),
        )
        finish = function(self._family, "finish")
        return _read(
            MultilabelReport,
            "lgt_multilabel_report",
            lambda to: finish(self._address, to, opts),
            *expected,
        )

    def compute(self) -> float:
        """Macro F-beta."""
        return self.report().f

    def labels(self, *, zero_division: Any = 0) -> NDArray[Any]:
        """Each label by itself, as a structured array."""
        made = np.empty(self._param, np.dtype(STRUCTS["lgt_multilabel_label"]))
        opts = _options(
            "lgt_multilabel_finish_opts",
            average=CONSTANTS["LGT_AVERAGE_MACRO"],
            zero_division=_zero_division(zero_division),
        )
        check(
            function(self._family, "get_labels")(
                self._address, made.ctypes.data, len(made), opts
            )
        )
        return made


def _encoded(
    y_true: Any, y_pred: Any, labels: Any, large: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Both as classes from 0 on, and what these stand for; classes from `large` on are
    numbered anew."""
    y_true, y_pred = np.asarray(y_true).reshape(-1), np.asarray(y_pred).reshape(-1)
    if y_true.shape != y_pred.shape:
        raise error("LGT_E_SHAPE", f"{y_true.size} true and {y_pred.size} predicted classes")
    if y_true.size == 0:
        empty = np.zeros(0, np.int64)
        return empty, empty, np.asarray([0] if labels is None else labels)
    both = (y_true, y_pred)
    if labels is None and all(y.dtype.kind in "biu" for y in both):
        top = max(int(y.max()) for y in both)
        if top < large and all(y.dtype.kind != "i" or y.min() >= 0 for y in both):
            return y_true, y_pred, np.arange(top + 1)
    values = np.unique(np.concatenate(both))
    if labels is None:
        labels = values
    order = np.argsort(labels)
    sorted_labels = np.asarray(labels)[order]
    missing = np.setdiff1d(values, sorted_labels)
    if missing.size:
        raise error("LGT_E_LABEL", f"labels lack the classes {missing.tolist()}")
    codes = (order[np.searchsorted(sorted_labels, y)] for y in both)
    return (*codes, np.asarray(labels))


def _seen(kind: Any, y_true: Any, y_pred: Any, labels: Any, sample_weight: Any) -> Any:
    """A state of these rows, and what its classes stand for."""
    # A matrix grows with the square.
    large = 256 if kind is ConfusionMatrix else 65536
    y_true, y_pred, values = _encoded(y_true, y_pred, labels, large)
    state = kind(len(values), weighted=sample_weight is not None)
    return state.update(y_pred, y_true, sample_weight), values


def _value(value: float, *asked: Any) -> float:
    """Warns of NaN, unless it was asked for."""
    if value != value and not any(a != a for a in asked):
        check(STATUSES["LGT_UNDEFINED"])
    return value


_QUIET = "LGT_UNDEFINED"


def confusion_matrix(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    labels: Any = None,
    sample_weight: Any = None,
    normalize: str | None = None,
) -> NDArray[Any]:
    """Rows of each true class (first axis) that were given each class; see
    `ConfusionMatrix`. As scikit-learn's: without `labels`, of the classes that
    occur, in order; integers unless weighted or normalised."""
    state, values = _seen(ConfusionMatrix, y_true, y_pred, labels, sample_weight)
    plain = sample_weight is None and normalize is None
    made = state.counts().astype(np.int64) if plain else state.matrix(normalize)
    if labels is None:
        classes = state.classes()
        present = np.flatnonzero(classes["labelled"] + classes["predicted"] > 0)
        made = made[np.ix_(present, present)]
    return made


def precision_recall_fscore(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    beta: float = 1.0,
    labels: Any = None,
    pos_label: Any = 1,
    average: str | None = None,
    sample_weight: Any = None,
    zero_division: Any = 0,
) -> Any:
    """Precision, recall, F-beta and support, as scikit-learn's
    `precision_recall_fscore_support`: of each class, or averaged ("micro", "macro",
    "weighted", "binary"; of indicator matrices also "samples"). `labels`, if given,
    are all classes there may be."""
    names = "precision", "recall", "f"
    made = _scores(
        names, y_true, y_pred, beta, labels, pos_label, average, sample_weight, zero_division
    )
    return made


def _scores(
    names: tuple[str, ...],
    y_true: Any,
    y_pred: Any,
    beta: float,
    labels: Any,
    pos_label: Any,
    average: str | None,
    sample_weight: Any,
    zero_division: Any,
) -> Any:
    """The named scores, and the support if they are of single classes."""
    if np.ndim(y_true) == 2:
        return _multilabel_scores(
            names, y_true, y_pred, beta, average, sample_weight, zero_division
        )
    state, values = _seen(ClassCounts, y_true, y_pred, labels, sample_weight)
    if average in (None, "binary"):
        each = state.classes(beta=beta, zero_division=zero_division)
        if average == "binary":
            place = np.flatnonzero(values == pos_label)
            if place.size != 1 or len(values) > 2:
                raise error("LGT_E_VALUE", f"{pos_label!r} is none of two classes")
            one = each[place[0]]
            return (*(_value(float(one[name]), zero_division) for name in names), None)
        if labels is None:
            each = each[each["labelled"] + each["predicted"] > 0]
        support = each["labelled"]
        support = support.astype(np.int64) if sample_weight is None else support.copy()
        return (*(each[name].copy() for name in names), support)
    classes = "present" if labels is None else "all"
    report = state._report_of(average, beta, zero_division, classes, _QUIET)
    return (*(_value(getattr(report, name), zero_division) for name in names), None)


def _multilabel_scores(
    names: tuple[str, ...],
    y_true: Any,
    y_pred: Any,
    beta: float,
    average: str | None,
    sample_weight: Any,
    zero_division: Any,
) -> Any:
    state = MultilabelCounts(np.shape(y_true)[1], beta=beta, weighted=sample_weight is not None)
    state.update(y_pred, y_true, sample_weight)
    if average is None:
        each = state.labels(zero_division=zero_division)
        support = each["tp"] + each["fn_"]
        support = support.astype(np.int64) if sample_weight is None else support
        return (*(each[name].copy() for name in names), support)
    report = state._report_of(average, zero_division, _QUIET)
    return (*(_value(getattr(report, name), zero_division) for name in names), None)


def fbeta(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    beta: float,
    labels: Any = None,
    pos_label: Any = 1,
    average: str | None = "binary",
    sample_weight: Any = None,
    zero_division: Any = 0,
) -> Any:
    """F-beta, as scikit-learn's `fbeta_score`; see `precision_recall_fscore`."""
    return _scores(
        ("f",), y_true, y_pred, beta, labels, pos_label, average, sample_weight, zero_division
    )[0]


def f1(y_true: ArrayLike, y_pred: ArrayLike, **options: Any) -> Any:
    """F1, as scikit-learn's `f1_score`; see `fbeta`."""
    return fbeta(y_true, y_pred, beta=1.0, **options)


def jaccard(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    labels: Any = None,
    pos_label: Any = 1,
    average: str | None = "binary",
    sample_weight: Any = None,
    zero_division: Any = 0,
) -> Any:
    """Intersection over union, as scikit-learn's `jaccard_score`."""
    return _scores(
        ("jaccard",), y_true, y_pred, 1.0, labels, pos_label, average, sample_weight, zero_division
    )[0]


def _overall(name: str, y_true: Any, y_pred: Any, sample_weight: Any) -> float:
    state, _ = _seen(ClassCounts, y_true, y_pred, None, sample_weight)
    return _value(getattr(state._report_of("macro", 1.0, 0, "present", _QUIET), name))


def matthews_corrcoef(y_true: ArrayLike, y_pred: ArrayLike, *, sample_weight: Any = None) -> float:
    """Matthews' correlation of any number of classes; 0 where truth or prediction is
    one class only, as in scikit-learn."""
    return _overall("mcc", y_true, y_pred, sample_weight)


def balanced_accuracy(
    y_true: ArrayLike, y_pred: ArrayLike, *, sample_weight: Any = None, adjusted: bool = False
) -> float:
    """Mean recall of the classes that are true somewhere, as scikit-learn's
    `balanced_accuracy_score`."""
    name = "balanced_accuracy_adjusted" if adjusted else "balanced_accuracy"
    return _overall(name, y_true, y_pred, sample_weight)


def hamming_loss(y_true: ArrayLike, y_pred: ArrayLike, *, sample_weight: Any = None) -> float:
    """Share of rows, or of labels in indicator matrices, that are wrong."""
    if np.ndim(y_true) == 2:
        state = MultilabelCounts(np.shape(y_true)[1], weighted=sample_weight is not None)
        state.update(y_pred, y_true, sample_weight)
        return _value(state._report_of("micro", 0, _QUIET).hamming_loss)
    return _overall("hamming_loss", y_true, y_pred, sample_weight)


def cohen_kappa(
    y1: ArrayLike,
    y2: ArrayLike,
    *,
    labels: Any = None,
    weights: str | None = None,
    sample_weight: Any = None,
) -> float:
    """Cohen's kappa, as scikit-learn's `cohen_kappa_score`: `weights` is None,
    "linear" or "quadratic". Without `labels` distances are counted between the
    classes that occur."""
    if weights not in (None, "linear", "quadratic"):
        raise error("LGT_E_OPTION", f"weights is None, 'linear' or 'quadratic', not {weights!r}")
    if weights is None:
        return _overall("kappa", y1, y2, sample_weight)
    if labels is None:
        labels = np.unique(np.concatenate([np.ravel(y1), np.ravel(y2)]))
        labels = labels if labels.size else None
    state, _ = _seen(ConfusionMatrix, y1, y2, labels, sample_weight)
    return _value(getattr(state._agreement("arithmetic", 1.0, False, _QUIET), f"kappa_{weights}"))


def _clusters(
    name: str, labels_true: Any, labels_pred: Any, mean: str = "arithmetic", **options: Any
) -> float:
    state, _ = _seen(ConfusionMatrix, labels_true, labels_pred, None, None)
    options = {"beta": 1.0, "adjusted": False, **options}
    return _value(getattr(state._agreement(mean, *options.values(), _QUIET), name))


def mutual_info(labels_true: ArrayLike, labels_pred: ArrayLike) -> float:
    """Mutual information in nats, as scikit-learn's `mutual_info_score`."""
    return _clusters("mutual_info", labels_true, labels_pred)


def normalized_mutual_info(
    labels_true: ArrayLike, labels_pred: ArrayLike, *, average_method: str = "arithmetic"
) -> float:
    """Mutual information over a mean of the entropies."""
    return _clusters("normalized_mutual_info", labels_true, labels_pred, average_method)


def adjusted_mutual_info(
    labels_true: ArrayLike, labels_pred: ArrayLike, *, average_method: str = "arithmetic"
) -> float:
    """Normalised mutual information, from 0 for chance to 1."""
    name = "adjusted_mutual_info"
    return _clusters(name, labels_true, labels_pred, average_method, adjusted=True)


def homogeneity_completeness_v_measure(
    labels_true: ArrayLike, labels_pred: ArrayLike, *, beta: float = 1.0
) -> tuple[float, float, float]:
    """Homogeneity, completeness and their weighted harmonic mean."""
    state, _ = _seen(ConfusionMatrix, labels_true, labels_pred, None, None)
    made = state._agreement("arithmetic", beta, False, _QUIET)
    return _value(made.homogeneity), made.completeness, made.v_measure


def rand(labels_true: ArrayLike, labels_pred: ArrayLike) -> float:
    """Rand index: the share of pairs of rows on which both agree."""
    return _clusters("rand", labels_true, labels_pred)


def adjusted_rand(labels_true: ArrayLike, labels_pred: ArrayLike) -> float:
    """Rand index, from 0 for chance to 1."""
    return _clusters("adjusted_rand", labels_true, labels_pred)


def fowlkes_mallows(labels_true: ArrayLike, labels_pred: ArrayLike) -> float:
    """Geometric mean of pairwise precision and recall."""
    return _clusters("fowlkes_mallows", labels_true, labels_pred)


@documented("likelihood_ratios")
def class_likelihood_ratios(
    y_true: ArrayLike, y_pred: ArrayLike, *, labels: Any = None, sample_weight: Any = None
) -> tuple[float, float]:
    """class_likelihood_ratios(y_true, y_pred, *, labels=None, sample_weight=None):
    LR+ and LR- of two classes, the second of which is the condition."""
    matrix = confusion_matrix(y_true, y_pred, labels=labels, sample_weight=sample_weight)
    if matrix.shape != (2, 2):
        raise error("LGT_E_SHAPE", f"two classes are needed, not {len(matrix)}")
    report = STRUCTS["lgt_likelihood_ratios_report"]()
    check(function("likelihood_ratios")(*matrix.ravel().tolist(), ctypes.byref(report)))
    return report.positive, report.negative


@documented("mcnemar")
def mcnemar(first: ArrayLike, second: ArrayLike, labels: ArrayLike | None = None) -> Any:
    """mcnemar(first, second, labels): whether two predictions are right equally
    often; or mcnemar(b, c), from how many rows only the one has right. Returns a
    named tuple."""
    name = "lgt_mcnemar_report"
    if labels is None:
        b, c = int(first), int(second)
        if min(b, c) < 0:
            raise error("LGT_E_VALUE", "counts are at least 0")
        return _read(McNemarReport, name, lambda to: function("mcnemar")(b, c, to))
    labels = _flat(labels, "labels")
    columns = [_flat(first, "first", labels.size), _flat(second, "second", labels.size), labels]
    arguments = [x for y in columns for x in (y.ctypes.data, _label_type(y))]
    test = function("mcnemar", "labels")
    return _read(McNemarReport, name, lambda to: test(*arguments, to, labels.size))
