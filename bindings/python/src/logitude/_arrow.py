"""pyarrow's arrays, which are not copied where one array of numpy can look at them."""

from __future__ import annotations

from typing import Any

import numpy as np

from ._status import wrong


def is_arrow(x: Any) -> bool:
    return type(x).__module__.partition(".")[0] == "pyarrow"


def array(x: Any, name: str) -> Any:
    """The numbers of an array, of chunks, of a tensor or of a table, whose columns become
    those of the result. A list of fixed length in each row gives rows. What is no data is
    left as it is."""
    kind = type(x).__name__
    if kind in ("Table", "RecordBatch"):
        return np.column_stack([array(column, name) for column in x.columns])
    if kind == "ChunkedArray":
        x = x.chunk(0) if x.num_chunks == 1 else x.combine_chunks()
    elif kind == "Tensor":
        return x.to_numpy()
    if not hasattr(x, "null_count"):
        return x
    if x.null_count:
        raise wrong(x, f"has {x.null_count} nulls, an array of numbers was wanted", name)
    if hasattr(x.type, "list_size"):
        # flatten, not values: that forgets where a slice begins
        return array(x.flatten(), name).reshape(len(x), x.type.list_size)
    if hasattr(x, "storage"):
        return array(x.storage, name)
    try:
        return x.to_numpy(zero_copy_only=True)
    except ValueError:  # booleans are bits, strings are no numbers
        return x.to_numpy(zero_copy_only=False)
