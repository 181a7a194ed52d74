"""What every calibrator shares: it is fitted, and what was found is plain bytes."""

from __future__ import annotations

import ctypes
import inspect
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from ._abi import CONSTANTS, STRUCTS, function
from ._address import address
from ._status import check, error, status_name

Self = TypeVar("Self", bound="Calibrator")

_HEAD = STRUCTS["lgt_model_head"]


class NotFittedError(ValueError, AttributeError):
    """`fit` has not been called."""


class Calibrator:
    """Parameters by name, a fitted model as bytes. Pickles as both."""

    _family: str  # as in lgt_<family>_fit

    _model: NDArray[np.uint64] | None = None  # 8-byte aligned, as the library wants it

    @property
    def nll_before_(self) -> float:
        return self._head().nll_before

    @property
    def nll_after_(self) -> float:
        return self._head().nll_after

    @property
    def n_iter_(self) -> int:
        return self._head().iterations

    @property
    def status_(self) -> str:
        return status_name(self._head().fit_status)

    def to_bytes(self) -> bytes:
        """The fitted model as bytes, to be stored or sent."""
        return self._fitted().tobytes()

    @classmethod
    def from_bytes(cls: type[Self], data: bytes) -> Self:
        """A calibrator with the model of these bytes; LogitudeError if they are no model."""
        made = cls()
        made._model = made._model_of(data)
        return made

    @classmethod
    def _names(cls) -> list[str]:
        return [name for name in inspect.signature(cls.__init__).parameters if name != "self"]

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """The parameters by name, as scikit-learn asks for them."""
        return {name: getattr(self, name) for name in self._names()}

    def set_params(self: Self, **params: Any) -> Self:
        """Changes parameters. Returns itself."""
        for name, value in params.items():
            if name not in self._names():
                raise ValueError(f"{type(self).__name__} has no parameter {name!r}")
            setattr(self, name, value)
        return self

    def __getstate__(self) -> tuple[dict[str, Any], bytes | None]:
        return self.get_params(), None if self._model is None else self.to_bytes()

    def __setstate__(self, state: tuple[dict[str, Any], bytes | None]) -> None:
        params, model = state
        self.__dict__.update(params)
        if model is not None:
            self._model = self._model_of(model)

    def __repr__(self) -> str:
        parameters = inspect.signature(type(self).__init__).parameters
        changed = [
            f"{name}={value!r}"
            for name, value in self.get_params().items()
            if repr(value) != repr(parameters[name].default)
        ]
        return f"{type(self).__name__}({', '.join(changed)})"

    def _fitted(self) -> NDArray[np.uint64]:
        if self._model is None:
            raise NotFittedError(f"this {type(self).__name__} is not fitted: call fit first")
        return self._model

    def _head(self) -> Any:
        return _HEAD.from_buffer(self._fitted())

    def _parameters(self) -> NDArray[np.float64]:
        """What was fitted, as the library has written it."""
        return self._fitted()[ctypes.sizeof(_HEAD) // 8 :].view(np.float64)

    def _keep(self, model: NDArray[np.uint64]) -> None:
        """Remembers a model that was just fitted, without the room it did not need."""
        size = STRUCTS["lgt_state_head"].from_buffer(model).size
        self._model = model[: size // 8].copy()

    @property
    def _address(self) -> int:
        return self._fitted().ctypes.data

    def _model_of(self, data: bytes) -> NDArray[np.uint64]:
        model = np.zeros(-(-len(data) // 8), np.uint64)
        model.view(np.uint8)[: len(data)] = np.frombuffer(data, np.uint8)
        kind, size = ctypes.c_uint32(), ctypes.c_size_t()
        at = address(model)
        check(function("model", "check")(at, len(data)))
        check(
            function("model", "size")(
                at, len(data), ctypes.byref(kind), ctypes.byref(size), None
            )
        )
        if kind.value != CONSTANTS[f"LGT_MODEL_{self._family.upper()}"]:
            raise error("LGT_E_STATE", f"the bytes are not those of a {type(self).__name__}")
        if size.value != len(data):
            raise error("LGT_E_SIZE", f"a model of {size.value} bytes, {len(data)} were given")
        return model
