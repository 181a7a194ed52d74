"""A layer of very many outputs whose training costs the same however many there are."""

from __future__ import annotations

import ctypes
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._abi import CONSTANTS, STATUSES, STRUCTS, function
from ._address import address
from ._arrays import Rows, count, rows
from ._docs import documented
from ._labelled import _label_type
from ._loss import Loss
from ._status import check, error
from .spherical_losses import spherical_family

__all__ = ["LayerDrift", "LayerOutputs", "SphericalLayer"]

Self = TypeVar("Self", bound="SphericalLayer")

_HEAD = STRUCTS["lgt_state_head"]


class LayerOutputs(NamedTuple):
    """The outputs of labels, and the sum of all outputs of each input and of their squares."""

    own: NDArray[np.float64]
    sum: NDArray[np.float64]
    squares: NDArray[np.float64]


class LayerDrift(NamedTuple):
    """How far what a layer keeps beside its weights is from what it should be."""

    inverse: float
    gram: float | None
    sums: float | None


@documented("spherical_layer", "step", summary=False)
class SphericalLayer:
    """SphericalLayer(weights), or SphericalLayer(classes=, dims=) for zeros: a linear layer
    trained by gradient descent under a loss of the spherical family, exactly, without its
    outputs being computed. With `storage="f32"` the weights are kept in single precision,
    all else in double. Pickles as its bytes."""

    _layer: NDArray[np.uint64]  # 8-byte aligned, as the library wants it

    def __init__(
        self,
        weights: ArrayLike | None = None,
        *,
        classes: int | None = None,
        dims: int | None = None,
        storage: str = "f64",
    ) -> None:
        if storage not in ("f32", "f64"):
            raise error("LGT_E_OPTION", f"storage is 'f32' or 'f64', not {storage!r}")
        place, stride = None, 0
        if weights is not None:
            given = _matrix(weights, "weights")
            if classes not in (None, given.rows) or dims not in (None, given.cols):
                raise error("LGT_E_SHAPE", f"weights of {given.rows} x {given.cols}")
            classes, dims = given.rows, given.cols
            place, stride = given.address, given.stride
        elif classes is None or dims is None:
            raise TypeError("weights are needed, or classes and dims")
        sizes = (
            count(classes, "classes"),
            count(dims, "dims"),
            CONSTANTS[f"LGT_{storage.upper()}"],
        )
        size = ctypes.c_size_t()
        check(function("spherical_layer", "size")(*sizes, ctypes.byref(size)))
        self._layer = np.empty(size.value // 8, np.uint64)
        check(
            function("spherical_layer", "init")(
                self._address, self._layer.nbytes, *sizes, place, stride
            )
        )

    @property
    def classes(self) -> int:
        """How many outputs there are."""
        return _HEAD.from_buffer(self._layer).param

    @property
    def dims(self) -> int:
        """How many numbers an input has."""
        return int(self._layer[2])

    @property
    def storage(self) -> str:
        """What the weights are kept in: "f64" or "f32"."""
        return "f32" if self._layer[3] else "f64"

    def forward(self, h: ArrayLike, labels: ArrayLike) -> LayerOutputs:
        """Of inputs, a row each, with a label each, or some: the labels' outputs, the sum of
        all outputs and that of their squares."""
        batch = _Batch(self, h, labels)
        own = np.empty(batch.labels.shape)
        total, squares = np.empty(batch.h.rows), np.empty(batch.h.rows)
        status = function("spherical_layer", "forward")(
            self._address, *batch.arguments(), address(own), address(total),
            address(squares), batch.h.rows, *batch.scratch(),
        )  # fmt: skip
        batch.check(status)
        return LayerOutputs(own, total, squares)

    def step(
        self,
        h: ArrayLike,
        labels: ArrayLike,
        d_own: ArrayLike,
        d_sum: ArrayLike,
        d_squares: ArrayLike,
        rate: float,
        decay: float = 0.0,
    ) -> NDArray[np.float64]:
        """Changes the weights by a step of gradient descent with these derivatives of the
        loss; returns the gradients in the inputs, from the weights before."""
        batch = _Batch(self, h, labels)
        own = batch.beside(d_own, batch.labels.shape, "d_own")
        each = [batch.beside(x, (batch.h.rows,), "d_sum, d_squares") for x in (d_sum, d_squares)]
        grad = np.empty((batch.h.rows, self.dims))
        status = function("spherical_layer", "step")(
            self._address, *batch.arguments(), address(own), *(address(x) for x in each),
            rate, decay, address(grad), self.dims, batch.h.rows, *batch.scratch(),
        )  # fmt: skip
        batch.check(status)
        return grad

    def update(
        self,
        h: ArrayLike,
        labels: ArrayLike,
        rate: float,
        *,
        loss: str = "z",
        a: float = 1.0,
        b: float = 0.0,
        eps: float = 1e-4,
        decay: float = 0.0,
    ) -> Loss:
        """A step for the mean loss of a batch, of which `loss` is as in
        `spherical_family`: each row's loss, the gradients in the inputs, the mean. The loss
        of a row with several labels is the mean of theirs."""
        own, total, squares = self.forward(h, labels)
        several = own.reshape(len(total), -1)
        made = spherical_family(
            loss, several, total[:, None], squares[:, None], self.classes, a=a, b=b, eps=eps
        )
        share = 1 / several.size if several.size else 0.0
        grad = self.step(
            h, labels, (made.d_own * share).reshape(own.shape),
            made.d_sum.sum(1) * share, made.d_squares.sum(1) * share, rate, decay,
        )  # fmt: skip
        each = made.loss.sum(1) / max(several.shape[1], 1)
        return Loss(each, grad, float(made.loss.sum() * share))

    def row(self, k: int) -> NDArray[np.float64]:
        """The weights of class `k`."""
        return self.weights(k, 1)[0]

    def weights(self, first: int = 0, n: int | None = None) -> NDArray[np.float64]:
        """The weights of all classes, or of `n` from `first` on, a row each."""
        n = self.classes - first if n is None else n
        if not 0 <= first <= self.classes or not 0 <= n <= self.classes - first:
            raise error("LGT_E_LABEL", f"classes {first} .. {first + n - 1} of {self.classes}")
        made, scratch = np.empty((n, self.dims)), np.empty(self.dims)
        check(
            function("spherical_layer", "rows")(
                self._address, first, address(made), self.dims, n, address(scratch),
                scratch.nbytes,
            )
        )  # fmt: skip
        return made

    def refactor(self: Self) -> Self:
        """Starts afresh from its own weights, which takes as long as there are outputs; what
        rounding has added up is gone. Returns itself."""
        check(function("spherical_layer", "refactor")(self._address))
        return self

    def check(self, exact: bool = True) -> LayerDrift:
        """How far what is kept beside the weights has drifted by rounding; with `exact` all
        of it, which takes as long as there are outputs, else the inverse alone."""
        made = [ctypes.c_double() for _ in range(3 if exact else 1)]
        places = [ctypes.byref(x) for x in made] + [None] * (3 - len(made))
        room = self._scratch(0)
        check(
            function("spherical_layer", "check")(
                self._address, self._layer.nbytes, *places, address(room), room.nbytes
            )
        )
        return LayerDrift(*(x.value for x in made), *[None] * (3 - len(made)))

    def to_bytes(self) -> bytes:
        """The layer as bytes, to be stored or sent."""
        return self._layer.tobytes()

    @classmethod
    def from_bytes(cls: type[Self], data: bytes) -> Self:
        """The layer of these bytes; LogitudeError if they are another kind of thing."""
        made = cls.__new__(cls)
        made.__setstate__(data)
        return made

    __getstate__ = to_bytes

    def __setstate__(self, data: bytes) -> None:
        layer = np.empty(-(-len(data) // 8), np.uint64)
        layer.view(np.uint8)[: len(data)] = np.frombuffer(data, np.uint8)
        nothing = (None, None, None, None, 0)
        check(function("spherical_layer", "check")(address(layer), len(data), *nothing))
        if _HEAD.from_buffer(layer).size != len(data):
            raise error("LGT_E_SIZE", f"{len(data)} bytes are not those of one layer")
        self._layer = layer

    def __repr__(self) -> str:
        return f"SphericalLayer(classes={self.classes}, dims={self.dims}, storage={self.storage!r})"

    @property
    def _address(self) -> int:
        return address(self._layer)

    def _scratch(self, n: int) -> NDArray[np.float64]:
        size = ctypes.c_size_t()
        check(function("spherical_layer", "scratch")(self.dims, n, ctypes.byref(size)))
        return np.empty(size.value // 8)


class _Batch:
    """Inputs and labels, as C takes them."""

    def __init__(self, layer: SphericalLayer, h: ArrayLike, labels: ArrayLike) -> None:
        self.h = _matrix(h, "inputs")
        if self.h.cols != layer.dims:
            raise error("LGT_E_SHAPE", f"inputs of {self.h.cols} numbers, not {layer.dims}")
        labels = np.ascontiguousarray(labels)
        if labels.dtype.kind not in "iu":
            raise TypeError(f"labels must be integers, not {labels.dtype}")
        if labels.ndim not in (1, 2) or len(labels) != self.h.rows:
            raise error("LGT_E_SHAPE", f"labels of the shape {labels.shape}, {self.h.rows} inputs")
        self.labels, self.layer = labels, layer

    def arguments(self) -> tuple[Any, ...]:
        h, labels = self.h, self.labels
        targets = 1 if labels.ndim == 1 else labels.shape[1]
        return h.address, h.stride, address(labels), _label_type(labels), targets

    def scratch(self) -> tuple[int, int]:
        self._room = self.layer._scratch(self.h.rows)
        return address(self._room), self._room.nbytes

    def beside(self, values: ArrayLike, shape: tuple[int, ...], name: str) -> NDArray[np.float64]:
        made = np.ascontiguousarray(values, np.float64)
        if made.shape != shape:
            raise error("LGT_E_SHAPE", f"{name} of the shape {made.shape}, not {shape}")
        return made

    def check(self, status: int) -> None:
        if status == STATUSES["LGT_E_LABEL"]:
            raise error("LGT_E_LABEL", f"a label is outside 0 .. {self.layer.classes - 1}")
        check(status)


def _matrix(x: ArrayLike, name: str) -> Rows:
    made = np.asarray(x, np.float64)
    if made.ndim != 2:
        raise error("LGT_E_SHAPE", f"{name} have the shape {made.shape}, not two axes")
    return rows(made)
