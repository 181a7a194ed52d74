"""What is done to scores before they are softmaxed, from arrays that broadcast to rows
that lie side by side."""

from __future__ import annotations

import ctypes
import math
from typing import Any

import numpy as np

from ._abi import CONSTANTS, STRUCTS, function
from ._address import address
from ._arrays import floating, last, rows, suffix
from ._labelled import _integers, _label_type
from ._status import error


class Mask:
    """`lgt_softmax_mask` for `x` with its rows along `axis`, and the arrays it points to."""

    def __init__(
        self,
        x: np.ndarray,
        axis: int,
        *,
        scale: Any = 1.0,
        mask: Any = None,
        bias: Any = None,
        causal: Any = None,
        slope: float = 0.0,
        soft_cap: float | None = None,
        sink: Any = None,
        columns: Any = None,
        negate: bool = False,
    ) -> None:
        self.struct = STRUCTS["lgt_softmax_mask"]()
        function("softmax_mask", "default")(ctypes.addressof(self.struct))
        self._kept: list[Any] = []
        self._axis = axis
        lead, cols = last(x, axis).shape[:-1], last(x, axis).shape[-1]
        self._lead, self._rows = lead, math.prod(lead)
        self.shape = (*lead, self._columns(columns, cols))
        axis = axis if axis >= 0 else x.ndim + axis
        self.result_shape = (*lead[:axis], self.shape[-1], *lead[axis:])
        self.scale = self._scales(scale)
        if negate:
            self.struct.flags |= CONSTANTS["LGT_MASK_NEGATE"]
        self.struct.soft_cap = soft_cap or 0.0
        self._sink(sink)
        self._spread(
            None if bias is None else self._like_rows(floating(bias), "bias"),
            None if mask is None else self._like_rows(_flags(mask), "mask"),
            _offset(causal),
            float(slope),
        )

    def share(self) -> np.ndarray:
        """Room for the share of each row's sink."""
        room = np.empty(self._lead)
        self._kept.append(room)
        self.struct.sink_share = address(room)
        return room

    def _columns(self, columns: Any, cols: int) -> int:
        if columns is None:
            return cols
        columns = np.ascontiguousarray(_integers(columns))
        if columns.ndim != 1:
            raise error("LGT_E_SHAPE", f"columns have the shape {columns.shape}, not one axis")
        # NULL would be all columns.
        self._kept.append(columns if columns.size else np.zeros(1, columns.dtype))
        self.struct.columns = address(self._kept[-1])
        self.struct.columns_type, self.struct.count = _label_type(columns), columns.size
        return columns.size

    def _scales(self, scale: Any) -> float:
        """The scale of the options; one for each row is the mask's."""
        if np.ndim(scale) == 0:
            return float(scale)
        self.struct.scales = self._one_a_row(scale, "scale")
        return 1.0

    def _sink(self, sink: Any) -> None:
        if sink is None:
            return
        if np.ndim(sink) == 0:
            self.struct.flags |= CONSTANTS["LGT_MASK_SINK"]
            self.struct.sink = float(sink)
        else:
            self.struct.sinks = self._one_a_row(sink, "sink")

    def _one_a_row(self, values: Any, name: str) -> int:
        values = np.asarray(values, np.float64)
        try:
            values = np.ascontiguousarray(np.broadcast_to(values, self._lead))
        except ValueError:
            raise error(
                "LGT_E_SHAPE", f"{name} has the shape {values.shape}, the rows {self._lead}"
            ) from None
        self._kept.append(values)
        return address(values)

    def _like_rows(self, values: np.ndarray, name: str) -> np.ndarray:
        """`values` for every entry, rows last."""
        try:
            return last(np.broadcast_to(values, self.result_shape), self._axis)
        except ValueError:
            raise error(
                "LGT_E_SHAPE",
                f"{name} has the shape {values.shape}, the scores {self.result_shape}",
            ) from None

    def _spread(
        self, bias: np.ndarray | None, kept: np.ndarray | None, offset: int | None, slope: float
    ) -> None:
        """Says of each array whether it is one row, the rows of the last axis before theirs
        over and over, or all. Places count along that axis, so they start again as well."""
        if self._rows == 0:
            return
        struct, lead = self.struct, self._lead
        again = len(lead) > 1
        if any(_is_whole(values) for values in (bias, kept) if values is not None):
            again = False
            if len(lead) > 1 and (offset is not None or slope):
                # Every row has a mask of its own: so its place is part of that.
                past = np.arange(self.shape[-1]) - np.arange(lead[-1])[:, None] - (offset or 0)
                if offset is not None:
                    seen = past <= 0
                    kept = np.broadcast_to(seen if kept is None else seen & (kept != 0), self.shape)
                    kept = kept.view(np.uint8)
                if slope:
                    more = slope * past
                    bias = np.broadcast_to(more if bias is None else more + bias, self.shape)
                offset, slope = None, 0.0
        struct.slope = slope
        if offset is not None:
            struct.flags |= CONSTANTS["LGT_MASK_CAUSAL"]
            struct.causal_offset = offset
        struct.period = lead[-1] if again else 0
        if bias is not None:
            struct.bias_type = CONSTANTS[f"LGT_{suffix(bias.dtype).upper()}"]
            struct.bias, struct.bias_stride = self._place(bias, again)
        if kept is not None:
            struct.kept, struct.kept_stride = self._place(kept, again)

    def _place(self, values: np.ndarray, again: bool) -> tuple[int, int]:
        """Where the rows lie, and how far apart."""
        lead = len(self._lead)
        if _repeats(values, lead):
            kept = rows(values[(0,) * lead])
        else:
            kept = rows(values[(0,) * (lead - 1)] if again else values)
        self._kept.append(kept)
        return kept.address, 0 if _repeats(values, lead) else kept.stride


def _repeats(values: np.ndarray, axes: int) -> bool:
    """Whether the first axes hold the same again."""
    lead = zip(values.shape[:axes], values.strides[:axes])
    return all(n <= 1 or stride == 0 for n, stride in lead)


def _is_whole(values: np.ndarray) -> bool:
    """Whether rows differ along more than the last of their axes."""
    return not _repeats(values, values.ndim - 2)


def _flags(mask: Any) -> np.ndarray:
    mask = np.asarray(mask)
    if mask.dtype != np.bool_:
        raise TypeError(f"mask is of booleans, not of {mask.dtype}; what is added is bias")
    return mask.view(np.uint8)


def _offset(causal: Any) -> int | None:
    if causal is None or causal is False:
        return None
    if isinstance(causal, (bool, np.bool_)):
        return 0 if causal else None
    return int(causal.__index__())
