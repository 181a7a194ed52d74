"""Measures of ranking: of each query, how good the order is that scores give its
documents."""

from __future__ import annotations

import ctypes
from typing import Any, Iterable, NamedTuple, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._abi import CONSTANTS, STATUSES, STRUCTS, function
from ._address import address
from ._arrays import accumulator, floating, rows, suffix
from ._docs import documented
from ._labelled import _label_type
from ._state import State
from ._status import check, error
from .counts import _choice, _options, _weights

__all__ = [
    "Ranking",
    "RankingReport",
    "average_precision_at_k",
    "bpref",
    "dcg_score",
    "expected_reciprocal_rank",
    "f1_at_k",
    "fall_out_at_k",
    "hit_rate_at_k",
    "mean_average_precision",
    "mean_reciprocal_rank",
    "ndcg_score",
    "precision_at_k",
    "r_precision",
    "rank_biased_precision",
    "recall_at_k",
]

Self = TypeVar("Self", bound="Ranking")

_MEASURES = (
    "ndcg", "dcg", "average_precision", "reciprocal_rank", "precision", "recall", "f1",
    "success", "fall_out", "r_precision", "bpref", "rbp", "err",
)  # fmt: skip
_SHORT = {"map": "average_precision", "ap": "average_precision", "mrr": "reciprocal_rank",
          "rr": "reciprocal_rank", "p": "precision", "r": "recall", "hit_rate": "success",
          "rprec": "r_precision"}  # fmt: skip
_EMPTY = {"skip": "SKIP", 0: "ZERO", 1: "ONE"}


class RankingReport(NamedTuple):
    """One measure of all queries: counts, the mean and its standard error."""

    queries: int
    empty_queries: int
    nan_queries: int
    weight: float
    mean: float
    std_error: float


def _measure(name: str) -> tuple[int, int]:
    """The number and the cutoff of "ndcg@10"."""
    word, at, k = name.lower().replace("-", "_").partition("@")
    word = _SHORT.get(word, word)
    if word not in _MEASURES or at and not k.isdigit():
        raise error("LGT_E_OPTION", f"{name!r} is no measure; there are {_MEASURES}, with @k")
    return CONSTANTS[f"LGT_RANKING_{word.upper()}"], int(k or 0)


def _grades(grades: Any, shape: tuple[int, ...]) -> tuple[Any, int]:
    """Grades as rows, and the number of their type."""
    grades = np.asarray(grades)
    if grades.dtype.kind == "b":
        grades = grades.view(np.uint8)
    if grades.dtype.kind == "f" and grades.dtype.itemsize < 4:
        grades = grades.astype(np.float32)
    if grades.dtype.kind not in "iuf" or grades.dtype.itemsize > 8:
        raise TypeError(f"grades of type {grades.dtype} are not supported")
    if grades.shape != shape:
        raise error("LGT_E_SHAPE", f"grades have the shape {grades.shape}, scores {shape}")
    grades = np.asarray(grades, grades.dtype.newbyteorder("="))
    return rows(grades), _label_type(grades)


@documented("ranking", "update", "f32", summary=False)
class Ranking(State):
    """Ranking(measures, *, ties="average", empty="skip", exponential=False, ...): means
    over queries of up to eight measures, as "ndcg@10", "map", "mrr@10", "precision@5",
    "recall@100", "f1@5", "success@1", "fall_out@5", "r_precision", "bpref", "rbp", "err@20".

    `ties` is "average", "stable", "pessimistic" or "trec"; `empty`, what a query counts
    as that has nothing to be found, "skip", 0 or 1; `unretrieved` that a score of -inf is
    that of a document that was not retrieved.
    """

    _family = "ranking"
    measures: tuple[str, ...] = ()

    def __init__(
        self,
        measures: str | Iterable[str],
        *,
        ties: str = "average",
        empty: Any = "skip",
        exponential: bool = False,
        unretrieved: bool = False,
        above: float = 0.0,
        max_grade: int = 4,
        persistence: float = 0.8,
    ) -> None:
        names = (measures,) if isinstance(measures, str) else tuple(measures)
        wanted = (STRUCTS["lgt_ranking_measure"] * max(len(names), 1))()
        for to, name in zip(wanted, names):
            to.measure, to.k = _measure(name)
        if empty not in _EMPTY:
            raise error("LGT_E_OPTION", f"empty is 'skip', 0 or 1, not {empty!r}")
        opts = _options(
            "lgt_ranking_opts",
            ties=_choice("RANKING_TIES", ties, "ties", "average", "stable", "pessimistic", "trec"),
            empty=CONSTANTS[f"LGT_RANKING_EMPTY_{_EMPTY[empty]}"],
            flags=bool(exponential) * CONSTANTS["LGT_RANKING_EXPONENTIAL"]
            + bool(unretrieved) * CONSTANTS["LGT_RANKING_UNRETRIEVED"],
            max_grade=max_grade,
            above=above,
            persistence=persistence,
        )
        size, arguments = ctypes.c_size_t(), (wanted, len(names), opts)
        check(function("ranking", "size")(*arguments, ctypes.byref(size)))
        self._state = np.zeros(size.value // 8, np.uint64)
        check(function("ranking", "init")(self._address, size.value, *arguments))

    @property
    def _count(self) -> int:
        return (self._state.nbytes - 48) // 608

    def update(
        self: Self,
        scores: ArrayLike,
        grades: ArrayLike,
        weights: Any = None,
        *,
        offsets: ArrayLike | None = None,
    ) -> Self:
        """Adds queries along the leading axes, documents along the last; or, with
        `offsets`, queries that lie one after the other in arrays of one axis, query r from
        `offsets[r]` to `offsets[r + 1]`. Returns itself."""
        self._see(scores, grades, weights, offsets, None)
        return self

    def each(
        self, scores: ArrayLike, grades: ArrayLike, *, offsets: ArrayLike | None = None
    ) -> NDArray[np.float64]:
        """Adds queries, and returns each measure (last axis) of each."""
        return self._see(scores, grades, None, offsets, True)

    def _see(self, scores: Any, grades: Any, weights: Any, offsets: Any, values: Any) -> Any:
        scores = floating(scores)
        if scores.ndim == 0 or offsets is not None and scores.ndim != 1:
            raise error("LGT_E_SHAPE", "scores need an axis of documents, and one with offsets")
        x, (y, kind) = rows(scores), _grades(grades, scores.shape)
        many, cols, starts, longest = x.rows, x.cols, None, x.cols
        if offsets is not None:
            starts = np.require(np.asarray(offsets), np.int64, ["C", "A"]).reshape(-1)
            if starts.size == 0 or starts.min() < 0:
                raise error("LGT_E_SHAPE", "offsets are at least one number, none below 0")
            many = starts.size - 1
            longest = int(np.diff(starts).max()) if many else 0
            if longest < 0:
                raise error("LGT_E_SHAPE", "offsets descend")
        weights = _weights(weights, many, accumulator(scores.dtype))
        size = ctypes.c_size_t()
        check(function("ranking", "scratch")(longest, ctypes.byref(size)))
        scratch = np.empty(size.value // 8, np.uint64)
        shape = (scores.shape[:-1] if offsets is None else (many,)) + (self._count,)
        values = np.empty(shape) if values else None
        check(
            function("ranking", "update", suffix(scores.dtype))(
                self._address, x.address, x.stride, y.address, y.stride, kind,
                None if starts is None else address(starts),
                None if weights is None else address(weights),
                None if values is None else address(values),
                many, cols, address(scratch), scratch.nbytes,
            )
        )  # fmt: skip
        return values

    def _reports(self, *expected: str) -> list[RankingReport]:
        made = (STRUCTS["lgt_ranking_report"] * self._count)()
        status = function("ranking", "finish")(self._address, made, self._count)
        if not (expected and status == STATUSES["LGT_UNDEFINED"]):
            check(status)
        return [RankingReport(*(getattr(m, f) for f in RankingReport._fields)) for m in made]

    def report(self) -> list[RankingReport]:
        """All that is known of each measure, in the order asked for."""
        return self._reports()

    def compute(self) -> Any:
        """The mean of each measure: a number if there is one, else an array."""
        means = [report.mean for report in self._reports()]
        return means[0] if len(means) == 1 else np.array(means)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._count} measures)"


def _mean(measure: str, scores: Any, grades: Any, weights: Any, k: int | None, **options: Any) -> Any:
    name = measure if k is None else f"{measure}@{int(k)}"
    if k is not None and k < 1:
        raise error("LGT_E_VALUE", f"k is at least 1, not {k}")
    return Ranking(name, **options).update(scores, grades, weights).compute()


def ndcg_score(
    y_true: ArrayLike,
    y_score: ArrayLike,
    *,
    k: int | None = None,
    sample_weight: Any = None,
    ignore_ties: bool = False,
    empty: Any = "skip",
    exponential: bool = False,
) -> float:
    """Normalised discounted cumulative gain, as scikit-learn's `ndcg_score`; but queries
    without a gain are left out (`empty="skip"`), where scikit-learn counts them as 0
    (`empty=0`). With `ignore_ties` the lowest index of equal scores comes first. See
    `Ranking`."""
    ties = "stable" if ignore_ties else "average"
    options = {"ties": ties, "empty": empty, "exponential": exponential}
    return _mean("ndcg", y_score, y_true, sample_weight, k, **options)


def dcg_score(
    y_true: ArrayLike,
    y_score: ArrayLike,
    *,
    k: int | None = None,
    sample_weight: Any = None,
    ignore_ties: bool = False,
    exponential: bool = False,
) -> float:
    """Discounted cumulative gain, as scikit-learn's `dcg_score`; see `Ranking`."""
    ties = "stable" if ignore_ties else "average"
    return _mean("dcg", y_score, y_true, sample_weight, k, ties=ties, exponential=exponential)


def _of(measure: str, doc: str, *, cut: bool = True) -> Any:
    """A function of grades and scores."""
    if cut:

        def made(
            y_true: ArrayLike, y_score: ArrayLike, k: int, *, sample_weight: Any = None, **options: Any
        ) -> float:
            return _mean(measure, y_score, y_true, sample_weight, k, **options)
    else:

        def made(  # type: ignore[misc]
            y_true: ArrayLike,
            y_score: ArrayLike,
            *,
            k: int | None = None,
            sample_weight: Any = None,
            **options: Any,
        ) -> float:
            return _mean(measure, y_score, y_true, sample_weight, k, **options)

    made.__doc__ = f"{doc} Options are those of `Ranking`."
    return made


precision_at_k = _of("precision", "Mean share of the first k documents that is relevant.")
recall_at_k = _of("recall", "Mean share of the relevant documents among the first k.")
f1_at_k = _of("f1", "Mean harmonic mean of precision and recall at k.")
hit_rate_at_k = _of("success", "Share of queries with a relevant document among the first k.")
fall_out_at_k = _of("fall_out", "Mean share of what is not relevant among the first k.")
average_precision_at_k = _of(
    "average_precision", "Mean average precision of the first k, over all relevant documents."
)
mean_average_precision = _of("average_precision", "Mean average precision (MAP).", cut=False)
mean_reciprocal_rank = _of("reciprocal_rank", "Mean reciprocal rank (MRR).", cut=False)
r_precision = _of("r_precision", "Mean precision at the number of relevant documents.", cut=False)
bpref = _of("bpref", "Mean bpref; grades below 0 are those of unjudged documents.", cut=False)
rank_biased_precision = _of("rbp", "Mean rank-biased precision; see `persistence`.", cut=False)
expected_reciprocal_rank = _of("err", "Mean expected reciprocal rank; see `max_grade`.", cut=False)
for _name in __all__:
    if globals()[_name].__module__ == __name__ and globals()[_name].__name__ == "made":
        globals()[_name].__name__ = globals()[_name].__qualname__ = _name
