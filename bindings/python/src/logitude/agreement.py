"""Agreement of raters, and association of two columns of classes.

Ratings are items x raters: numbers, or any labels; None, NaN and what a masked array
masks is no rating. Counts are items x categories.
"""

from __future__ import annotations

import ctypes
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._abi import CONSTANTS, STATUSES, STRUCTS, function
from ._address import address
from ._arrays import count, floating, rows, suffix
from ._border import takes_masked
from ._docs import documented
from ._labelled import _integers, _label_type
from ._state import State
from ._status import check, error
from .counts import ConfusionMatrix, _choice, _named, _options, _read, _weights

__all__ = [
    "RaterAgreement",
    "association",
    "brennan_prediger",
    "cramers_v",
    "fleiss_kappa",
    "gwet_ac",
    "intraclass_corr",
    "krippendorff_alpha",
    "pearsons_contingency_coefficient",
    "randolph_kappa",
    "scott_pi",
    "theils_u",
    "tschuprows_t",
]

Self = TypeVar("Self", bound="RaterAgreement")

AgreementReport = _named("AgreementReport", "lgt_agreement_report")
FleissReport = _named("FleissReport", "lgt_agreement_fleiss_report")
AssociationReport = _named("AssociationReport", "lgt_association_report")
IntraclassReport = _named("IntraclassReport", "lgt_icc_report")
IntraclassForm = _named("IntraclassForm", "lgt_icc_form")

_COEFFICIENTS = "krippendorff", "fleiss", "gwet", "brennan_prediger"
_WEIGHTS = "identity", "linear", "quadratic", "radical", "ordinal", "ratio", "ranks"
_LEVELS = {"nominal": "identity", "ordinal": "ranks", "interval": "quadratic", "ratio": "ratio"}
# Of the library.
_MOST_RATINGS, _MOST_WITH_ERRORS = 1024, 32


@documented("agreement", "update", summary=False)
class RaterAgreement(State):
    """RaterAgreement(categories, *, raters=16, errors=None, missing=-1): how raters put
    items into categories, from which every coefficient is made.

    `raters` is the most ratings of an item. Standard errors take memory for the fourth
    power of the categories; by default there are some for up to 16 categories.
    """

    _family, _parameter = "agreement", "categories"

    def __init__(
        self, categories: int, *, raters: int = 16, errors: bool | None = None, missing: int = -1
    ) -> None:
        categories, raters = count(categories, "categories"), count(raters, "raters")
        if not -(2**31) < missing < 2**31:
            raise error("LGT_E_VALUE", f"missing = {missing} has over 32 bits")
        wanted = categories <= 16 if errors is None else errors
        flags = CONSTANTS["LGT_AGREEMENT_ERRORS"] if wanted else 0
        opts = _options("lgt_agreement_opts", flags=flags, raters=raters, missing=missing)
        super().__init__(categories, opts)

    def update(self: Self, ratings: ArrayLike) -> Self:
        """Adds items x raters, of categories from 0 on, or `missing`. Returns itself."""
        return self._add("update", ratings, True)

    def update_counts(self: Self, counts: ArrayLike) -> Self:
        """Adds items x categories: how many raters put an item into each. Returns itself."""
        return self._add("update_counts", counts, False)

    def _add(self: Self, verb: str, table: Any, with_cols: bool) -> Self:
        given = _table(_integers(table))
        if not with_cols and given.shape[1] != self._param:
            raise error("LGT_E_SHAPE", f"{given.shape[1]} counts of {self._param} categories")
        x = rows(given)
        shape = (x.rows, x.cols) if with_cols else (x.rows,)
        add = function(self._family, verb)
        check(add(self._address, x.address, _label_type(x.array), x.stride, *shape))
        return self

    def report(
        self,
        coefficient: str = "krippendorff",
        *,
        weights: Any = "identity",
        values: Any = None,
        confidence: float = 0.95,
    ) -> Any:
        """One coefficient as a named tuple: "krippendorff", "fleiss", "gwet" or
        "brennan_prediger". `weights` is "identity", "linear", "quadratic", "radical",
        "ordinal", "ratio", "ranks", or an array for each two categories; `values` are
        the numbers that categories stand for."""
        custom, n = None, self._param
        if isinstance(weights, str):
            scheme = _choice("WEIGHTS", weights, "weights", *_WEIGHTS)
        else:
            scheme, custom = CONSTANTS["LGT_WEIGHTS_CUSTOM"], _numbers(weights, (n, n), "weights")
        values = None if values is None else _numbers(values, (n,), "values")
        opts = _options(
            "lgt_agreement_finish_opts",
            coefficient=_choice("COEFFICIENT", coefficient, "coefficient", *_COEFFICIENTS),
            weights=scheme,
            values=None if values is None else address(values),
            custom=None if custom is None else address(custom),
            confidence=confidence,
        )
        finish = function(self._family, "finish")
        return _read(
            AgreementReport,
            "lgt_agreement_report",
            lambda to: finish(self._address, to, opts),
        )

    def compute(self) -> float:
        """Krippendorff's alpha of nominal data."""
        return self.report().value

    def fleiss(self) -> Any:
        """Fleiss' and Randolph's kappa, and the test that there is no agreement, as a
        named tuple."""
        finish, name = function(self._family, "finish_fleiss"), "lgt_agreement_fleiss_report"
        return _read(FleissReport, name, lambda to: finish(self._address, to))

    def categories(self) -> NDArray[Any]:
        """Fleiss' kappa of each category against the rest, as a structured array."""
        made = np.empty(self._param, np.dtype(STRUCTS["lgt_agreement_category"]))
        check(function(self._family, "get_categories")(self._address, address(made), len(made)))
        return made


def _table(values: np.ndarray) -> np.ndarray:
    if values.ndim != 2:
        raise error("LGT_E_SHAPE", f"items x raters or categories, not the shape {values.shape}")
    return values


def _numbers(values: Any, shape: tuple[int, ...], name: str) -> np.ndarray:
    made = np.require(np.asarray(values, np.float64), None, ["C", "A"])
    if made.shape != shape:
        raise error("LGT_E_SHAPE", f"{name} have the shape {made.shape}, not {shape}")
    return made


def _coded(ratings: Any, categories: Any) -> tuple[np.ndarray, np.ndarray]:
    """Ratings as numbers of categories, -1 where there is none, and the categories."""
    table = _table(np.ma.getdata(ratings) if np.ma.isMA(ratings) else np.asarray(ratings))
    there = ~np.ma.getmaskarray(ratings) if np.ma.isMA(ratings) else np.ones(table.shape, bool)
    if table.dtype.kind == "O":
        there &= np.not_equal(table, None) & (table == table)
    elif table.dtype.kind == "f":
        there &= ~np.isnan(table)
    found, places = np.unique(table[there], return_inverse=True)
    if categories is not None:
        wanted = np.asarray(categories)
        index = {value: i for i, value in enumerate(wanted.tolist())}
        unknown = [value for value in found.tolist() if value not in index]
        if unknown:
            raise error("LGT_E_LABEL", f"the rating {unknown[0]!r} is none of the categories")
        places = np.asarray([index[value] for value in found.tolist()], np.int64)[places]
        found = wanted
    codes = np.full(table.shape, -1, np.int64)
    codes[there] = places.reshape(-1)
    return codes, found


def _seen(table: Any, form: str, categories: Any, errors: bool) -> tuple[RaterAgreement, Any]:
    """A state that has seen a table, and the values of its categories if they have any."""
    if form == "counts":
        table = np.asarray(table)
        if table.dtype.kind == "f" and (table == np.rint(table)).all():
            table = table.astype(np.int64)
        table = _table(_integers(table))
        found = np.arange(table.shape[1]) if categories is None else np.asarray(categories)
        sums = table.sum(axis=1)
    elif form == "ratings":
        table, found = _coded(table, categories)
        sums = (table >= 0).sum(axis=1)
    else:
        raise error("LGT_E_OPTION", f"form is 'ratings' or 'counts', not {form!r}")
    most = int(sums.max()) if sums.size else 0
    if most > _MOST_RATINGS:
        raise error("LGT_E_VALUE", f"an item has {most} ratings, at most {_MOST_RATINGS} may be")
    n = max(len(found), 1)
    errors = errors and n <= _MOST_WITH_ERRORS
    state = RaterAgreement(n, raters=max(most, 1), errors=errors)
    values = found if found.size and found.dtype.kind in "biuf" else None
    return (state.update_counts(table) if form == "counts" else state.update(table)), values


def _coefficient(
    table: Any,
    coefficient: str,
    weights: Any,
    values: Any,
    form: str,
    categories: Any,
    confidence: float,
    report: bool,
) -> Any:
    state, known = _seen(table, form, categories, report)
    made = state.report(
        coefficient,
        weights=weights,
        values=known if values is None else values,
        confidence=confidence,
    )
    return made if report else made.value


@takes_masked
@documented("agreement", "finish", summary=False)
def krippendorff_alpha(
    ratings: ArrayLike,
    level: str = "nominal",
    *,
    values: Any = None,
    form: str = "ratings",
    categories: Any = None,
    confidence: float = 0.95,
    report: bool = False,
) -> Any:
    """Krippendorff's alpha of ratings, items x raters (the `krippendorff` package takes
    raters x items); `level` is "nominal", "ordinal", "interval" or "ratio".

    Categories that are numbers stand for themselves, unless there are `values`.
    `form="counts"`: items x categories. `categories` are all there may be, in order;
    default: those that are there, sorted.
    """
    if level not in _LEVELS:
        raise error("LGT_E_OPTION", f"level is one of {tuple(_LEVELS)}, not {level!r}")
    weights = _LEVELS[level]
    return _coefficient(
        ratings, "krippendorff", weights, values, form, categories, confidence, report
    )


@takes_masked
@documented("agreement", "finish", summary=False)
def gwet_ac(
    ratings: ArrayLike,
    weights: Any = "identity",
    *,
    values: Any = None,
    form: str = "ratings",
    categories: Any = None,
    confidence: float = 0.95,
    report: bool = False,
) -> Any:
    """Gwet's AC1, with other weights than "identity" AC2, of ratings, items x raters; see
    `RaterAgreement.report` for `weights`. All `categories` count; default: those that are
    there, as in irrCAC."""
    return _coefficient(ratings, "gwet", weights, values, form, categories, confidence, report)


@takes_masked
@documented("agreement", "finish", summary=False)
def brennan_prediger(
    ratings: ArrayLike,
    weights: Any = "identity",
    *,
    values: Any = None,
    form: str = "ratings",
    categories: Any = None,
    confidence: float = 0.95,
    report: bool = False,
) -> Any:
    """Brennan and Prediger's kappa of ratings, items x raters: all categories are alike
    by chance."""
    return _coefficient(
        ratings, "brennan_prediger", weights, values, form, categories, confidence, report
    )


@takes_masked
@documented("agreement", "finish", summary=False)
def scott_pi(
    ratings: ArrayLike,
    weights: Any = "identity",
    *,
    values: Any = None,
    form: str = "ratings",
    categories: Any = None,
    confidence: float = 0.95,
    report: bool = False,
) -> Any:
    """Scott's pi of ratings, items x raters, and for more than two raters Fleiss' kappa,
    with Gwet's standard error; `fleiss_kappa` has the test."""
    return _coefficient(ratings, "fleiss", weights, values, form, categories, confidence, report)


@takes_masked
@documented("agreement", "finish_fleiss", summary=False)
def fleiss_kappa(
    table: ArrayLike,
    method: str = "fleiss",
    *,
    form: str = "counts",
    categories: Any = None,
    report: bool = False,
) -> Any:
    """Fleiss' kappa of counts, items x categories, as in statsmodels; `method="randolph"`
    is Randolph's. `form="ratings"`: items x raters."""
    if method not in ("fleiss", "randolph", "uniform"):
        raise error("LGT_E_OPTION", f"method is 'fleiss' or 'randolph', not {method!r}")
    state, _ = _seen(table, form, categories, False)
    if report:
        return state.fleiss()
    if method == "fleiss":
        return state.fleiss().kappa
    return state.report("brennan_prediger").value


@takes_masked
def randolph_kappa(
    table: ArrayLike, *, form: str = "counts", categories: Any = None, report: bool = False
) -> Any:
    """Randolph's free-marginal kappa; see `fleiss_kappa`."""
    return fleiss_kappa(table, "randolph", form=form, categories=categories, report=report)


@documented("icc", "", "f32", summary=False)
def intraclass_corr(ratings: ArrayLike, *, confidence: float = 0.95) -> Any:
    """Intraclass correlations of ratings, items x raters, as a named tuple, in which
    `icc1` to `icc3k` are named tuples."""
    given = rows(_table(floating(ratings)))
    size = ctypes.c_size_t()
    check(function("icc", "scratch")(given.rows, given.cols, ctypes.byref(size)))
    scratch, made = np.empty(size.value // 8, np.uint64), STRUCTS["lgt_icc_report"]()
    status = function("icc", "", suffix(given.array.dtype))(
        given.address, given.stride, ctypes.byref(made), given.rows, given.cols, confidence,
        address(scratch), scratch.nbytes,
    )  # fmt: skip
    check(status)

    def plain(value: Any) -> Any:
        if isinstance(value, ctypes.Structure):
            return IntraclassForm(*(getattr(value, name) for name in IntraclassForm._fields))
        return value

    return IntraclassReport(*(plain(getattr(made, name)) for name in IntraclassReport._fields))


def _association(x: Any, y: Any, weights: Any, *undefined: str) -> Any:
    x, y = np.asarray(x).reshape(-1), np.asarray(y).reshape(-1)
    if x.shape != y.shape:
        raise error("LGT_E_SHAPE", f"{x.size} and {y.size} classes")
    (a, x), (b, y) = (np.unique(column, return_inverse=True) for column in (x, y))
    matrix = ConfusionMatrix(max(len(a), len(b), 1), weighted=weights is not None)
    matrix.update(y.reshape(-1), x.reshape(-1), _weights(weights, x.size))
    finish = function("association", "finish")
    return _read(
        AssociationReport,
        "lgt_association_report",
        lambda to: finish(matrix._address, to),
        *undefined,
    )


@documented("association", "finish", summary=False)
def association(x: ArrayLike, y: ArrayLike, *, sample_weight: Any = None) -> Any:
    """How far two columns of classes, `x` as labels and `y` as predictions, depend on
    each other, as a named tuple. Classes may be of any type."""
    return _association(x, y, sample_weight)


def cramers_v(
    x: ArrayLike, y: ArrayLike, *, bias_correction: bool = False, sample_weight: Any = None
) -> float:
    """Cramer's V of two columns of classes; see `association`."""
    made = association(x, y, sample_weight=sample_weight)
    return made.cramers_v_corrected if bias_correction else made.cramers_v


def tschuprows_t(
    x: ArrayLike, y: ArrayLike, *, bias_correction: bool = False, sample_weight: Any = None
) -> float:
    """Tschuprow's T of two columns of classes; see `association`."""
    made = association(x, y, sample_weight=sample_weight)
    return made.tschuprows_t_corrected if bias_correction else made.tschuprows_t


def pearsons_contingency_coefficient(
    x: ArrayLike, y: ArrayLike, *, sample_weight: Any = None
) -> float:
    """Pearson's contingency coefficient of two columns of classes; see `association`."""
    return association(x, y, sample_weight=sample_weight).contingency


def theils_u(x: ArrayLike, given: ArrayLike, *, sample_weight: Any = None) -> float:
    """Theil's U: the share of the entropy of `x` that is known with `given`, as in
    torchmetrics' `theils_u(x, given)`; see `association`."""
    made = _association(x, given, sample_weight, "LGT_UNDEFINED").theils_u_labels
    if made != made:
        check(STATUSES["LGT_UNDEFINED"])
    return made
