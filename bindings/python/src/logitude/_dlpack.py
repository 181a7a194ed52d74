"""Arrays of other libraries, by DLPack: looked at where they lie."""

from __future__ import annotations

import ctypes
import math
import sys
from typing import Any, Callable

import numpy as np

from ._arrays import bfloat16
from ._status import wrong

# DLDeviceType: what the processor itself can read.
_CPU = {1, 3, 11}
_DEVICES = {2: "CUDA", 4: "OpenCL", 7: "Vulkan", 8: "Metal", 10: "ROCm", 13: "CUDA managed memory"}
# DLDataTypeCode: letters of numpy's types.
_KINDS = {0: "i", 1: "u", 2: "f"}
_BFLOAT, _BOOL = 4, 6


class _DLTensor(ctypes.Structure):
    _fields_ = [
        ("data", ctypes.c_void_p),
        ("device_type", ctypes.c_int32),
        ("device_id", ctypes.c_int32),
        ("ndim", ctypes.c_int32),
        ("code", ctypes.c_uint8),
        ("bits", ctypes.c_uint8),
        ("lanes", ctypes.c_uint16),
        ("shape", ctypes.POINTER(ctypes.c_int64)),
        ("strides", ctypes.POINTER(ctypes.c_int64)),
        ("byte_offset", ctypes.c_uint64),
    ]


class _Memory:
    """What numpy makes an array of, and holds on to as long as there is one. The capsule
    is never marked as used, so that it frees the tensor itself at its end."""

    def __init__(self, capsule: Any, interface: dict[str, Any]) -> None:
        self._capsule = capsule
        self.__array_interface__ = interface


def array(x: Any, name: str) -> np.ndarray:
    """The tensor as an array of numpy, in the same memory."""
    try:
        device = int(x.__dlpack_device__()[0])
        capsule = x.__dlpack__() if device in _CPU else None
    except Exception as problem:
        raise wrong(x, f"does not give its memory by DLPack: {problem}", name) from problem
    if capsule is None:
        where = _DEVICES.get(device, f"DLPack's device {device}")
        raise wrong(x, f"lies on another device ({where}), memory of the CPU was wanted", name)
    tensor = _tensor(capsule)
    dtype = _dtype(tensor)
    if dtype is None:
        kind = f"code {tensor.code}, {tensor.bits} bits"
        raise wrong(x, f"is of a type that is not supported (DLPack's {kind})", name)
    shape = tuple(tensor.shape[: tensor.ndim])
    if not math.prod(shape):
        return np.empty(shape, dtype)
    size = dtype.itemsize
    steps = tensor.strides[: tensor.ndim] if tensor.strides else None
    made = np.asarray(
        _Memory(
            capsule,
            {
                "version": 3,
                "typestr": f"<u{size}" if dtype.kind == "V" else dtype.str,
                "shape": shape,
                "strides": steps and tuple(size * step for step in steps),
                "data": (tensor.data + tensor.byte_offset, False),
            },
        )
    )
    return made if made.dtype == dtype else made.view(dtype)


def _tensor(capsule: Any) -> _DLTensor:
    get = ctypes.pythonapi.PyCapsule_GetPointer
    get.restype, get.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
    return _DLTensor.from_address(get(capsule, b"dltensor"))


def _dtype(tensor: _DLTensor) -> np.dtype | None:
    if tensor.lanes != 1 or tensor.bits % 8:
        return None
    if tensor.code in (_BFLOAT, _BOOL):
        kinds = {(_BFLOAT, 16): bfloat16(), (_BOOL, 8): np.dtype(np.bool_)}
        return kinds.get((tensor.code, tensor.bits))
    kind = _KINDS.get(tensor.code)
    known = kind and tensor.bits in ((16, 32, 64) if kind == "f" else (8, 16, 32, 64))
    return np.dtype(f"{kind}{tensor.bits // 8}") if known else None


def maker(like: Any) -> Callable[[np.ndarray], Any]:
    """What makes arrays of the kind of `like` from those of numpy."""
    if type(like).__module__.partition(".")[0] == "torch" or _is_tensor(like):
        return _to_torch
    if hasattr(like, "__array_namespace__"):
        space = like.__array_namespace__()
        return lambda made: space.asarray(made)
    return lambda made: made


def _is_tensor(x: Any) -> bool:
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(x, torch.Tensor)


def _to_torch(made: np.ndarray) -> Any:
    torch = sys.modules["torch"]
    if made.dtype == bfloat16():
        return torch.from_numpy(made.view(np.int16)).view(torch.bfloat16)
    if made.dtype.kind not in "fiub":
        return made  # records, of which torch has none
    if not made.flags.writeable or min(made.strides, default=0) < 0:
        made = np.array(made)
    return torch.from_numpy(made)
