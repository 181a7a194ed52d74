"""One visit to every row: all states of all versions of the scores, on two threads or more
that take chunk after chunk. States merge exactly, so nothing depends on who took what."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .._status import LogitudeWarning
from ..calibration_error import ClasswiseECE, top_label
from ..evaluation import Evaluation
from ..functional import logsumexp, softmax
from ..scores import BinaryEvaluation
from .calibrators import Fitted
from .checking import check_labels, check_scores, check_weights
from .reading import Chunk, Data

# What needs every row's confidence at once is computed of so many rows at most.
KEPT_ROWS = 1 << 19
# Errors of each class are computed of rows with so many scores in all, at most,
CLASSWISE_SCORES = 1 << 26
# and of so many classes at most, since each has bins of its own.
CLASSWISE_CLASSES = 5000


class Plan(NamedTuple):
    """What is computed of the data."""

    rows: int
    classes: int
    input: str
    bins: int
    ranks: int
    weighted: bool
    kept_step: int  # of rows whose numbers this divides, confidences are kept
    classwise_step: int  # 0 if errors of each class are left out

    @property
    def binary(self) -> bool:
        return self.classes == 2

    @classmethod
    def of(cls, data: Data, input: str, bins: int, all_rows: bool) -> Plan:
        classes = max(data.columns, 2)
        step = 1 if all_rows else -(-data.rows * classes // CLASSWISE_SCORES)
        step *= classes <= CLASSWISE_CLASSES
        kept = 1 if all_rows else -(-data.rows // KEPT_ROWS)
        ranks = min(classes, 10)
        return cls(data.rows, classes, input, bins, ranks, data.weighted, kept, step)


class Kept:
    """Of every `step`-th row what curves are drawn from; a row has its own place, so that
    threads share the arrays."""

    def __init__(self, plan: Plan) -> None:
        self._step, many = plan.kept_step, -(-plan.rows // plan.kept_step)
        self.there = np.zeros(many, bool)
        self.confidence, self.hit = np.zeros(many, np.float32), np.zeros(many, bool)
        self.loss = np.zeros(many)
        self.score = np.zeros(many if plan.binary else 0)
        self.label = np.zeros(many if plan.binary else 0, np.uint8)
        self.weight = np.zeros(many) if plan.weighted else None

    def put(self, numbers: NDArray[np.int64], **columns: NDArray[Any] | None) -> None:
        """Keeps the columns of rows with these numbers, as far as they are to be kept."""
        chosen = slice(None) if self._step == 1 else numbers % self._step == 0
        at = numbers[chosen] // self._step
        self.there[at] = True
        for name, column in columns.items():
            if column is not None:
                getattr(self, name)[at] = column[chosen]

    def only_there(self) -> None:
        """Forgets the places of rows that were not scored."""
        for name in ("confidence", "hit", "loss", "score", "label", "weight"):
            column = getattr(self, name)
            if column is not None and len(column):
                setattr(self, name, column[self.there])


class States:
    """The mergeable states of one version of the scores."""

    def __init__(self, plan: Plan, input: str) -> None:
        self._plan, self.input = plan, input
        self.evaluation = Evaluation(plan.bins, plan.ranks, plan.classes, input)
        self.classwise: ClasswiseECE | None = None
        if plan.classwise_step:
            self.classwise = ClasswiseECE(plan.classes, plan.bins)
        self.binary = BinaryEvaluation(plan.bins, input=input) if plan.binary else None

    def update(
        self, numbers: NDArray[np.int64], x: NDArray[Any], y: NDArray[Any], w: Any, kept: Kept
    ) -> NDArray[np.bool_]:
        """Adds rows; says which of them have probabilities at all."""
        plan = self._plan
        self.evaluation.update(x, y, w)
        largest, predicted = top_label(x)
        sums = logsumexp(x) if self.input == "logits" else None
        own = x[np.arange(len(y)), y.view(np.uint8) if y.dtype.kind == "b" else y]
        with np.errstate(divide="ignore"):  # of probability 0, the loss is infinite
            loss = -np.log(own) if sums is None else sums - own
        confidence = largest if sums is None else np.exp(largest - sums)
        score = None
        if self.binary is not None:
            score = x[:, 1] if sums is None else x[:, 1] - x[:, 0]
            self.binary.update(score, y, w)
        if self.classwise is not None:
            self._add_classwise(numbers, x, y, w)
        label = y if plan.binary else None
        kept.put(numbers, confidence=confidence, hit=predicted == y, loss=loss, score=score,
                 label=label, weight=w)  # fmt: skip
        fine: NDArray[np.bool_] = np.isfinite(largest if sums is None else sums)
        return fine

    def _add_classwise(
        self, numbers: NDArray[np.int64], x: NDArray[Any], y: NDArray[Any], w: Any
    ) -> None:
        if self._plan.classwise_step > 1:
            chosen = numbers % self._plan.classwise_step == 0
            if not chosen.any():
                return
            x, y, w = x[chosen], y[chosen], None if w is None else w[chosen]
        assert self.classwise is not None
        self.classwise.update(softmax(x) if self.input == "logits" else x, y, w)

    def report(self) -> Any:
        """What the evaluation knows; what is undefined is NaN."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", LogitudeWarning)
            return self.evaluation.compute()

    def class_error(self, label: int) -> float:
        """The calibration error of one class; there is `classwise`."""
        assert self.classwise is not None
        return float(self.classwise.class_report(label).ece)

    def merge(self, other: States) -> None:
        """Adds what `other` has seen."""
        self.evaluation.merge(other.evaluation)
        if self.classwise is not None and other.classwise is not None:
            self.classwise.merge(other.classwise)
        if self.binary is not None and other.binary is not None:
            self.binary.merge(other.binary)


class Scored(NamedTuple):
    """What is known of one version of the scores."""

    name: str
    title: str
    states: States
    kept: Kept


class _Scorer:
    """What one thread has: states of its own, of every version."""

    def __init__(self, data: Data, plan: Plan, fitted: Sequence[Fitted], skipped: Any) -> None:
        self._data, self._plan, self._fitted, self._skipped = data, plan, fitted, skipped
        self.states = [States(plan, plan.input)] + [States(plan, f.gives) for f in fitted]

    def score(self, chunk: Chunk, kept: Sequence[Kept]) -> None:
        plan, first = self._plan, chunk.first
        x, y, w = two_columns(chunk.scores, plan.input), chunk.labels, chunk.weights
        numbers = np.arange(first, first + len(y))
        check_labels(y, plan.classes, numbers, self._data.name)
        check_weights(w, numbers, self._data.name)
        low, high = np.searchsorted(self._skipped, [first, first + len(y)])
        if low < high:
            chosen = np.ones(len(y), bool)
            chosen[self._skipped[low:high] - first] = False
            x, y, numbers = (_only(column, chosen) for column in (x, y, numbers))
            w = None if w is None else _only(w, chosen)
        if not len(y):
            return
        with np.errstate(invalid="ignore"):  # what is infinite is told of by its row
            fine = self.states[0].update(numbers, x, y, w, kept[0])
        check_scores(x, fine, numbers, plan.input, self._data.name)
        for state, after, fit in zip(self.states[1:], kept[1:], self._fitted):
            state.update(numbers, fit(x), y, w, after)


def _only(column: NDArray[Any], chosen: NDArray[np.bool_]) -> NDArray[Any]:
    """The chosen rows, most where they are: those from the end fill the gaps, since the
    order of rows is nothing to a state. Only what is a reader's own array is changed."""
    flags = column.flags
    column = column if flags.owndata and flags.writeable else column.copy()
    many = int(np.count_nonzero(chosen))
    column[np.flatnonzero(~chosen[:many])] = column[many:][chosen[many:]]
    return column[:many]


def two_columns(x: NDArray[Any], input: str) -> NDArray[Any]:
    """A single column of scores, of class 1, as the two it stands for."""
    if x.shape[1] > 1:
        return x
    other = np.zeros_like(x) if input == "logits" else 1 - x
    return np.concatenate([other, x], axis=1)


def score_all(
    data: Data,
    plan: Plan,
    fitted: Sequence[Fitted],
    skipped: NDArray[np.int64],
    progress: Callable[[int], None],
    *,
    chunk_rows: int,
    threads: int,
) -> list[Scored]:
    """Scores every row but the skipped ones, before and after each calibrator. `progress`
    is told how many rows were seen, now and then."""
    kept = [Kept(plan) for _ in range(1 + len(fitted))]
    scorers = [_Scorer(data, plan, fitted, skipped) for _ in range(threads)]
    _run(scorers, kept, data.chunks(chunk_rows), progress)
    for other in scorers[1:]:
        for state, theirs in zip(scorers[0].states, other.states):
            state.merge(theirs)
    for column in kept:
        column.only_there()
    names = [("before", "Before")] + [(fit.name, fit.title) for fit in fitted]
    return [Scored(*name, *rest) for name, rest in zip(names, zip(scorers[0].states, kept))]


def _run(
    scorers: list[_Scorer], kept: list[Kept], chunks: Any, progress: Callable[[int], None]
) -> None:
    lock, stop, seen = threading.Lock(), threading.Event(), [0]
    failures: list[tuple[int, BaseException]] = []

    def work(scorer: _Scorer) -> None:
        first = 0
        try:
            while not stop.is_set():
                with lock:  # one reads while others score
                    chunk = next(chunks, None)
                    if chunk is None:
                        return
                    first = chunk.first
                scorer.score(chunk, kept)
                seen[0] = max(seen[0], first + len(chunk.labels))
        except BaseException as problem:
            failures.append((first, problem))
            stop.set()

    threads = [threading.Thread(target=work, args=(scorer,)) for scorer in scorers]
    with warnings.catch_warnings():  # here, since it is for all threads
        warnings.simplefilter("ignore", LogitudeWarning)
        try:
            for thread in threads:
                thread.start()
            for thread in threads:
                while thread.is_alive():
                    thread.join(0.1)
                    progress(seen[0])
        finally:
            stop.set()
            for thread in threads:
                thread.join()
            chunks.close()
    if failures:  # that of the first rows: what is said is not to depend on luck
        raise min(failures, key=lambda failure: failure[0])[1]
