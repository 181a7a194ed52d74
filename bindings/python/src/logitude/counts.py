"""Counts of classes, of pairs of classes and of several labels a row, as mergeable
states."""

from __future__ import annotations

import ctypes
from collections import namedtuple
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._abi import CONSTANTS, STATUSES, STRUCTS, function
from ._address import address
from ._arrays import accumulator, count, floating, rows, suffix
from ._docs import documented
from ._labelled import _integers, _label_type
from ._state import State
from ._status import check, error

__all__ = ["ClassCounts", "ConfusionMatrix", "MultilabelCounts"]

Self = TypeVar("Self", bound=State)


def _named(name: str, struct: str) -> Any:
    return namedtuple(name, [field for field, _ in STRUCTS[struct]._fields_])


ClassCountsReport = _named("ClassCountsReport", "lgt_class_counts_report")
Agreement = _named("Agreement", "lgt_confusion_agreement")
MultilabelReport = _named("MultilabelReport", "lgt_multilabel_report")


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
    return None if array is None else address(array)


def _class_report(
    finish: Any, average: str, beta: float, zero: Any, classes: str, *expected: str
) -> Any:
    """What a function that takes a report and its options makes of counts of classes."""
    opts = _options(
        "lgt_class_counts_finish_opts",
        average=_choice("AVERAGE", average, "average", "micro", "macro", "weighted"),
        beta=beta,
        zero_division=_zero_division(zero),
        classes=_choice("CLASSES", classes, "classes", "all", "present"),
    )
    report = "lgt_class_counts_report"
    return _read(ClassCountsReport, report, lambda to: finish(to, opts), *expected)


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
            self._address, address(predicted), _label_type(predicted),
            address(labels), _label_type(labels), _address(weights), labels.size,
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
        finish = function(self._family, "finish")
        options = (average, beta, zero, classes)
        return _class_report(lambda to, opts: finish(self._address, to, opts), *options, *expected)

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
        check(get(self._address, address(made), len(made), opts))
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
        check(get(self._address, address(made), self._param))
        return made

    def matrix(self, normalize: str | None = None) -> NDArray[np.float64]:
        """The matrix, or shares: `normalize` is None, "true", "pred" or "all"."""
        how = _choice("NORMALIZE", normalize or "none", "normalize", "none", "true", "pred", "all")
        made = np.empty((self._param, self._param))
        get = function(self._family, "get_matrix")
        check(get(self._address, address(made), self._param, how))
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
                self._address, address(made), len(made), opts
            )
        )
        return made
