"""AUROC with DeLong's standard error and test, and tests of two samples.

Functions return named tuples of all that is known; their fields are those of the C
reports.
"""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ._abi import CONSTANTS, STRUCTS, function
from ._address import address
from ._arrays import floating, suffix
from ._docs import documented
from ._labelled import _column, _integers, _label_type
from ._status import check, error
from .calibration_error import _named, _scratch, _tuple

__all__ = ["delong", "delong_test", "ks_2samp", "mannwhitneyu"]

DelongReport = _named("DelongReport", "lgt_delong_report")
DelongTestReport = _named("DelongTestReport", "lgt_delong_test_report")
MannWhitneyReport = _named("MannWhitneyReport", "lgt_mann_whitney_report")
KSTwoSampleReport = _named("KSTwoSampleReport", "lgt_ks_two_sample_report")

_ALTERNATIVES = {
    "two-sided": "LGT_TEST_TWO_SIDED",
    "less": "LGT_TEST_LESS",
    "greater": "LGT_TEST_GREATER",
}
_METHODS = {
    "auto": "LGT_TEST_AUTO",
    "asymptotic": "LGT_TEST_ASYMPTOTIC",
    "exact": "LGT_TEST_EXACT",
}


def _option(value: str, name: str, names: dict[str, str]) -> int:
    if value not in names:
        raise error("LGT_E_OPTION", f"{name} is one of {list(names)}, not {value!r}")
    return CONSTANTS[names[value]]


def _flat(x: Any) -> np.ndarray:
    """One number after another, whatever the shape."""
    return np.require(floating(x).ravel(), None, ["C", "A"])


def _alike(first: Any, second: Any) -> tuple[np.ndarray, np.ndarray]:
    """Two arrays of one type: float64 if they differ."""
    first, second = floating(first), floating(second)
    if first.dtype != second.dtype:
        first, second = first.astype(np.float64), second.astype(np.float64)
    return first, second


class _Scores:
    """One score and one label each."""

    def __init__(self, scores: Any, labels: Any) -> None:
        scores = floating(scores)
        self.suffix, self.shape = suffix(scores.dtype), scores.shape
        self.scores = np.require(scores, None, ["C", "A"])
        self.labels = _column(_integers(labels), "labels", (*scores.shape, 1))
        self.n = self.scores.size

    def arguments(self) -> tuple[Any, ...]:
        return address(self.scores), address(self.labels), _label_type(self.labels)


@documented("delong", "", "f32", summary=False)
def delong(scores: ArrayLike, labels: ArrayLike, confidence: float = 0.95) -> Any:
    """AUROC of `scores` for labels 0 and 1, with its variance and intervals."""
    data, report = _Scores(scores, labels), STRUCTS["lgt_delong_report"]()
    scratch = _scratch("delong", data.n)
    status = function("delong", "", data.suffix)(
        *data.arguments(), float(confidence), ctypes.byref(report), data.n,
        address(scratch), scratch.nbytes,
    )  # fmt: skip
    check(status)
    return _tuple(DelongReport, report)


@documented("delong", "test", "f32", summary=False)
def delong_test(
    first: ArrayLike, second: ArrayLike, labels: ArrayLike, confidence: float = 0.95
) -> Any:
    """Tests whether two scores of the same rows have the same AUROC."""
    first, second = _alike(first, second)
    if first.shape != second.shape:
        raise error("LGT_E_SHAPE", f"scores of the shapes {first.shape} and {second.shape}")
    data, report = _Scores(first, labels), STRUCTS["lgt_delong_test_report"]()
    second, size = np.require(second, None, ["C", "A"]), ctypes.c_size_t()
    check(function("delong", "test_scratch")(data.n, ctypes.byref(size)))
    scratch = np.empty(size.value // 8, np.uint64)
    status = function("delong", "test", data.suffix)(
        address(data.scores), address(second), *data.arguments()[1:], float(confidence),
        ctypes.byref(report), data.n, address(scratch), scratch.nbytes,
    )  # fmt: skip
    check(status)
    return _tuple(DelongTestReport, report)


def _two_samples(family: str, named: Any, x: Any, y: Any, options: dict[str, int]) -> Any:
    x, y = _alike(x, y)
    x, y, size = _flat(x), _flat(y), ctypes.c_size_t()
    opts = STRUCTS[f"lgt_{family}_opts"]()
    function(family, "opts_default")(ctypes.byref(opts))
    for name, value in options.items():
        setattr(opts, name, value)
    by_options = (ctypes.byref(opts),) if family == "mann_whitney" else ()
    check(function(family, "scratch")(x.size, y.size, *by_options, ctypes.byref(size)))
    scratch, report = np.empty(size.value // 8, np.uint64), STRUCTS[f"lgt_{family}_report"]()
    status = function(family, "", suffix(x.dtype))(
        address(x), address(y), ctypes.byref(report), x.size, y.size,
        ctypes.byref(opts), address(scratch), scratch.nbytes,
    )  # fmt: skip
    check(status)
    return _tuple(named, report)


@documented("mann_whitney", "", "f32", summary=False)
def mannwhitneyu(
    x: ArrayLike,
    y: ArrayLike,
    use_continuity: bool = True,
    alternative: str = "two-sided",
    *,
    method: str = "auto",
) -> Any:
    """The Mann-Whitney U test of two samples: `u`, `p`, the effect size and more.

    `alternative` is "two-sided", "less" or "greater", `method` "auto", "asymptotic" or
    "exact".
    """
    return _two_samples(
        "mann_whitney", MannWhitneyReport, x, y,
        {
            "alternative": _option(alternative, "alternative", _ALTERNATIVES),
            "method": _option(method, "method", _METHODS),
            "continuity": int(bool(use_continuity)),
        },
    )  # fmt: skip


@documented("ks_two_sample", "", "f32", summary=False)
def ks_2samp(
    x: ArrayLike, y: ArrayLike, alternative: str = "two-sided", method: str = "auto"
) -> Any:
    """The Kolmogorov-Smirnov test of two samples: `statistic`, `p`, `location` and more.

    `alternative` is "two-sided", "less" or "greater", `method` "auto", "asymptotic" or
    "exact".
    """
    return _two_samples(
        "ks_two_sample", KSTwoSampleReport, x, y,
        {
            "alternative": _option(alternative, "alternative", _ALTERNATIVES),
            "method": _option(method, "method", _METHODS),
        },
    )  # fmt: skip
