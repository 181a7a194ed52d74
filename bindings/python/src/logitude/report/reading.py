"""Scores, labels and weights from files and arrays, in chunks of rows."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from .errors import InputError
from .npy import Npy

# Of scores: what is read and scored at once, so that it stays in the cache meanwhile.
CHUNK_BYTES = 1 << 20


class Chunk(NamedTuple):
    """Rows that follow each other, the first of which is row `first` of all."""

    first: int
    scores: NDArray[Any]
    labels: NDArray[Any]
    weights: NDArray[Any] | None


class Column(Protocol):
    """An array whose rows are read one after another."""

    name: str
    rows: int
    shape: tuple[int, ...]
    dtype: np.dtype[Any]

    def reader(self) -> Any: ...

    def take(self, wanted: NDArray[np.int64]) -> NDArray[Any] | None: ...


class Data:
    """What is reported on: `rows` rows of `columns` scores, labels, maybe weights."""

    name: str
    rows: int
    columns: int
    dtype: np.dtype[Any]
    weighted: bool
    files: list[str]

    def chunks(self, rows: int) -> Iterator[Chunk]:
        """All rows, so many at a time."""
        raise NotImplementedError

    def take(self, wanted: NDArray[np.int64], progress: Callable[[int], None]) -> Chunk:
        """Some rows, by their ascending numbers. `progress` is told of rows that were read."""
        parts = []
        for chunk in self.chunks(self.chunk_rows()):
            low, high = np.searchsorted(wanted, [chunk.first, chunk.first + len(chunk.labels)])
            progress(chunk.first)
            if low < high:
                at = wanted[low:high] - chunk.first
                parts.append([None if part is None else part[at] for part in chunk[1:]])
        columns: list[Any] = [None if p[0] is None else np.concatenate(p) for p in zip(*parts)]
        return Chunk(0, *columns)

    def chunk_rows(self, chunk_bytes: int = CHUNK_BYTES) -> int:
        """Rows of a chunk of so many bytes."""
        return max(1, chunk_bytes // max(1, self.columns * max(self.dtype.itemsize, 4)))


class Columns(Data):
    """Scores, labels and weights that lie apart."""

    def __init__(self, scores: Column, labels: Column, weights: Column | None) -> None:
        self._parts = (scores, labels, weights)
        self.name, self.dtype, self.rows = scores.name, scores.dtype, scores.rows
        _check_scores(scores)
        self.columns = scores.shape[1] if len(scores.shape) == 2 else 1
        self.weighted = weights is not None
        for part, what, kinds in ((labels, "labels", "iub"), (weights, "weights", "fiu")):
            if part is not None:
                _check_column(part, what, kinds, scores)
        given = (part for part in self._parts if part is not None)
        self.files = [part.name for part in given if not isinstance(part, Memory)]

    def chunks(self, rows: int) -> Iterator[Chunk]:
        with ExitStack() as stack:
            read = [None if p is None else stack.enter_context(p.reader()) for p in self._parts]
            for first in range(0, self.rows, rows):
                many = min(rows, self.rows - first)
                parts: list[Any] = [None if take is None else take(many) for take in read]
                x, y, w = parts
                yield Chunk(first, _scores(x), _flat(y), None if w is None else _flat(w))

    def take(self, wanted: NDArray[np.int64], progress: Callable[[int], None]) -> Chunk:
        scores, *others = self._parts
        assert scores is not None
        x = scores.take(wanted)
        if x is None:
            return super().take(wanted, progress)
        y, w = (None if part is None else _flat(_picked(part, wanted)) for part in others)
        assert y is not None
        return Chunk(0, _scores(x), y, w)


class Memory:
    """An array that is there."""

    def __init__(self, array: Any, what: str) -> None:
        self._array, self.name = np.asarray(array), f"the array of {what}"
        self.shape, self.dtype = self._array.shape, self._array.dtype
        if not self.shape:
            raise InputError(f"{self.name} is a single number, not rows")
        self.rows = self.shape[0]

    @contextmanager
    def reader(self) -> Iterator[Callable[[int], NDArray[Any]]]:
        at = 0

        def read(rows: int) -> NDArray[Any]:
            nonlocal at
            at += rows
            return self._array[at - rows : at]

        yield read

    def take(self, wanted: NDArray[np.int64]) -> NDArray[Any]:
        return self._array[wanted]


def npy_file(path: Path) -> Npy:
    """The array of a `.npy` file."""
    return Npy(lambda: open(path, "rb", buffering=0), path.name)


def npz_file(path: Path, keys: tuple[str, str, str | None]) -> Columns:
    """The arrays of a `.npz` file, by their names."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = {info.filename: info for info in archive.infolist()}
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as problem:
        raise InputError(f"{path.name} is not a .npz file, or damaged") from problem

    def member(key: str | None) -> Npy | None:
        if key is None:
            return None
        info = members.get(f"{key}.npy")
        if info is None:
            known = ", ".join(sorted(name[: -len(".npy")] for name in members))
            raise InputError(f"{path.name} has no array {key!r}, only {known}")
        return Npy(lambda: _open_member(path, info), f"{path.name}:{key}")

    scores, labels, weights = (member(key) for key in keys)
    assert scores is not None and labels is not None
    data = Columns(scores, labels, weights)
    data.name, data.files = path.name, [path.name]
    return data


def _open_member(path: Path, info: zipfile.ZipInfo) -> BinaryIO:
    """A member at its place in the file if it is stored as it is, or else unpacked."""
    try:
        if info.compress_type != zipfile.ZIP_STORED:
            with zipfile.ZipFile(path) as archive:
                return cast(BinaryIO, archive.open(info))
        file: io.FileIO = open(path, "rb", buffering=0)
        file.seek(max(info.header_offset, 0))
        start = file.read(30)  # whose last four bytes are the lengths of name and extra field
        if start[:4] != b"PK\x03\x04":
            file.close()
            raise zipfile.BadZipFile("no member is where one should be")
        lengths = (int.from_bytes(start[at : at + 2], "little") for at in (26, 28))
        file.seek(sum(lengths), os.SEEK_CUR)
        return cast(BinaryIO, file)
    except FileNotFoundError:
        raise
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as problem:
        raise InputError(f"{path.name} is damaged: {problem}") from problem


def _check_scores(scores: Column) -> None:
    if scores.dtype.kind in "iub":
        raise InputError(
            f"{scores.name} holds {scores.dtype}, not floating-point scores; "
            "are scores and labels in each other's place?"
        )
    if scores.dtype.kind == "V" and scores.dtype.itemsize == 2 or scores.dtype.name == "bfloat16":
        pass  # as bfloat16 is stored, a type that numpy does not know
    elif scores.dtype.kind != "f" or scores.dtype.itemsize > 8:
        raise InputError(f"{scores.name} holds {scores.dtype}, not float16, float32 or float64")
    if len(scores.shape) > 2 or 0 in scores.shape[1:]:
        raise InputError(f"{scores.name} has the shape {scores.shape}, not (rows, classes)")
    if scores.rows == 0:
        raise InputError(f"{scores.name} has no rows")


def _check_column(part: Column, what: str, kinds: str, scores: Column) -> None:
    if part.dtype.kind not in kinds:
        wanted = "integers" if what == "labels" else "numbers"
        raise InputError(f"{part.name} holds {part.dtype}; {what} are {wanted}")
    if part.shape not in ((part.rows,), (part.rows, 1)):
        raise InputError(f"{part.name} has the shape {part.shape}; {what} are one a row")
    if part.rows != scores.rows:
        raise InputError(
            f"{part.name} has {part.rows} rows and {scores.name} has {scores.rows}"
        )


def _picked(part: Column, wanted: NDArray[np.int64]) -> NDArray[Any]:
    found = part.take(wanted)
    if found is not None:
        return found
    pieces, step = [], 1 << 16
    with part.reader() as read:
        for first in range(0, part.rows, step):
            piece = read(min(step, part.rows - first))
            low, high = np.searchsorted(wanted, [first, first + len(piece)])
            pieces.append(piece[wanted[low:high] - first])
    return np.concatenate(pieces)


def _scores(x: NDArray[Any]) -> NDArray[Any]:
    """Rows of float32 or float64; narrower numbers are widened, which is exact."""
    x = x[:, np.newaxis] if x.ndim == 1 else x
    if x.dtype.itemsize == 2 and x.dtype.kind != "f":
        bits = np.ascontiguousarray(x).view(np.uint16).astype(np.uint32) << 16
        return bits.view(np.float32)
    wide = np.float64 if x.dtype.itemsize == 8 else np.float32
    return np.ascontiguousarray(x, wide)


def _flat(column: NDArray[Any]) -> NDArray[Any]:
    return np.ascontiguousarray(column.reshape(-1), column.dtype.newbyteorder("="))
