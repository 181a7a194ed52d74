"""Scores in tables: `.csv` and `.parquet`, a column of labels among columns of scores."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

import numpy as np
from numpy.typing import NDArray

from .errors import InputError
from .reading import Chunk, Data


def _split_columns(
    names: list[str], label: str, weight: str | None, file: str
) -> list[str]:
    """The columns of scores: all but those of the labels and of the weights."""
    for wanted in (label, weight):
        if wanted is not None and wanted not in names:
            shown = ", ".join(names[:8]) + (", .." if len(names) > 8 else "")
            raise InputError(f"{file} has no column {wanted!r}, only {shown}")
    scores = [name for name in names if name not in (label, weight)]
    if not scores:
        raise InputError(f"{file} has no columns of scores")
    return scores


def _labels(column: NDArray[Any], first: int, file: str) -> NDArray[Any]:
    if column.dtype.kind in "iub":
        return column
    whole = column == np.rint(column)
    if not whole.all():
        at = int(np.argmin(whole))
        raise InputError(f"{file}: label {column[at]} of row {first + at} is no integer")
    return column.astype(np.int64)


def _filled(file: TextIO) -> Iterator[str]:
    """The lines below the header that are not empty."""
    file.readline()
    return (line for line in file if line.strip())


class CSV(Data):
    """Numbers as text, with a header."""

    dtype = np.dtype(np.float64)

    def __init__(self, path: Path, label: str, weight: str | None) -> None:
        self._path, self.name, self.files = path, path.name, [path.name]
        with self._opened() as file:
            header = file.readline()
        self._delimiter = max(",;\t", key=header.count)
        names = next(csv.reader([header], delimiter=self._delimiter), [])
        with open(path, "rb") as lines:
            self.rows = max(sum(1 for line in lines if line.strip()) - 1, 0)
        names = [name.strip() for name in names]
        scores = _split_columns(names, label, weight, self.name)
        self._scores = [names.index(name) for name in scores]
        self._label, self.weighted = names.index(label), weight is not None
        self._weight = names.index(weight) if weight is not None else None
        self._names, self.columns = names, len(scores)
        if self.rows == 0:
            raise InputError(f"{self.name} has no rows")

    def _opened(self) -> TextIO:
        return open(self._path, encoding="utf-8-sig", errors="replace", newline="")

    def chunks(self, rows: int) -> Iterator[Chunk]:
        with self._opened() as file:
            lines = _filled(file)
            for first in range(0, self.rows, rows):
                yield self._chunk(list(islice(lines, rows)), first)

    def take(self, wanted: NDArray[np.int64], progress: Callable[[int], None]) -> Chunk:
        """As any data, but numbers are made only of lines that are wanted."""
        found, rows = [], iter(wanted.tolist())
        next_row = next(rows, None)
        with self._opened() as file:
            for number, line in enumerate(_filled(file)):
                if number == next_row:
                    found.append(line)
                    next_row = next(rows, None)
                if number % 4096 == 0:
                    progress(number)
        return self._chunk(found, 0)

    def _chunk(self, lines: list[str], first: int) -> Chunk:
        numbers = self._numbers(lines, first)
        weights = None if self._weight is None else numbers[:, self._weight].copy()
        labels = _labels(numbers[:, self._label], first, self.name)
        return Chunk(first, np.ascontiguousarray(numbers[:, self._scores]), labels, weights)

    def _numbers(self, lines: list[str], first: int) -> NDArray[np.float64]:
        try:
            numbers = np.loadtxt(lines, delimiter=self._delimiter, ndmin=2, comments=None)
        except ValueError as problem:
            said = str(problem).split(";")[0].rstrip(".")
            where = f"rows from {first} on" if first else "its rows"
            raise InputError(f"{self.name}, {where}: {said}") from problem
        if numbers.shape[1] != len(self._names):
            wanted, got = len(self._names), numbers.shape[1]
            raise InputError(f"{self.name} has {wanted} names of columns, but {got} in its rows")
        return numbers


class Parquet(Data):
    """A column of labels with one column of lists of scores, or a column for each class."""

    def __init__(self, path: Path, label: str, weight: str | None) -> None:
        try:
            import pyarrow as pa  # type: ignore[import-untyped]
            import pyarrow.parquet as pq  # type: ignore[import-untyped]
        except ImportError as problem:
            raise ImportError(
                'reading .parquet needs pyarrow: pip install "logitude[parquet]"'
            ) from problem
        self._path, self.name, self.files = path, path.name, [path.name]
        try:
            with pq.ParquetFile(path) as file:
                schema, self.rows = file.schema_arrow, file.metadata.num_rows
        except FileNotFoundError:
            raise
        except (pa.ArrowException, OSError) as problem:
            raise InputError(f"{path.name} is not a .parquet file, or damaged") from problem
        self._label, self._weight, self.weighted = label, weight, weight is not None
        self._columns = _split_columns(schema.names, label, weight, self.name)
        if self.rows == 0:
            raise InputError(f"{self.name} has no rows")
        kind = schema.field(self._columns[0]).type
        self._lists = hasattr(kind, "value_type")
        if self._lists and len(self._columns) > 1:
            raise InputError(
                f"{self.name} has lists of scores in {self._columns[0]!r} and other columns "
                f"besides: {', '.join(self._columns[1:4])}"
            )
        number = kind.value_type if self._lists else kind
        self.dtype = np.dtype(np.float32 if number in (pa.float16(), pa.float32()) else np.float64)
        self.columns = len(self._columns)
        if self._lists:
            self.columns = self._length_of_first()

    def _length_of_first(self) -> int:
        first = next(self._batches(1)).column(self._columns[0])[0].as_py()
        if not first:
            raise InputError(f"{self.name}: the first row has no scores")
        return len(first)

    def _batches(self, rows: int) -> Iterator[Any]:
        import pyarrow as pa
        import pyarrow.parquet as pq

        names = [*self._columns, self._label]
        names += [] if self._weight is None else [self._weight]
        try:
            with pq.ParquetFile(self._path) as file:
                yield from file.iter_batches(rows, columns=names)
        except (pa.ArrowException, OSError) as problem:
            raise InputError(f"{self.name} is damaged: {problem}") from problem

    def chunks(self, rows: int) -> Iterator[Chunk]:
        first = 0
        for batch in self._batches(rows):
            labels = _labels(self._column(batch, self._label, None), first, self.name)
            weights = None
            if self._weight is not None:
                weights = self._column(batch, self._weight, np.float64)
            yield Chunk(first, self._matrix(batch, first), labels, weights)
            first += len(labels)

    def _matrix(self, batch: Any, first: int) -> NDArray[Any]:
        if not self._lists:
            columns = [self._column(batch, name, self.dtype) for name in self._columns]
            return np.stack(columns, axis=1)
        import pyarrow.compute as pc  # type: ignore[import-untyped]

        lists = batch.column(self._columns[0])
        flat, lengths = lists.flatten(), pc.unique(pc.list_value_length(lists))
        if lengths.to_pylist() != [self.columns]:
            raise InputError(
                f"{self.name}: rows from {first} on have lists of other lengths than "
                f"{self.columns}"
            )
        matrix = self._no_nulls(flat, self._columns[0]).astype(self.dtype, copy=False)
        return np.ascontiguousarray(matrix.reshape(-1, self.columns))

    def _column(self, batch: Any, name: str, dtype: Any) -> NDArray[Any]:
        column = self._no_nulls(batch.column(name), name)
        if column.dtype.kind not in "fiub":
            raise InputError(f"{self.name}: the column {name!r} holds no numbers")
        return column if dtype is None else column.astype(dtype, copy=False)

    def _no_nulls(self, column: Any, name: str) -> NDArray[Any]:
        if column.null_count:
            raise InputError(f"{self.name}: the column {name!r} has missing values")
        values: NDArray[Any] = column.to_numpy(zero_copy_only=False)
        return values
