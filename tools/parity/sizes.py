"""The same call with other sizes: lengths from the extents of api.json, contents repeated."""

from __future__ import annotations

import ctypes
import re
from typing import Any

import numpy as np
import replay

from .case import COLUMNS, ROWS, Case, View

SIZES = (0, 1, 15, 16, 17, 33, 100)
LONG = 1030  # Past blocks of kernels, of rows or of columns; not of fits, whose models grow.
SPARE = 1 << 18  # Bytes of scratch where a call has sizes that its question has not.


def resizable(case: Case, names: tuple[str, ...]) -> list[str]:
    """Those of its sizes that count rows, or columns, of an array."""
    extents = [argument.get("extent", {}) for argument in case.entry["args"]]
    lengths = " ".join(str(e.get(key, "")) for e in extents for key in ("rows", "cols", "count"))
    counts = re.findall(r"\w+", lengths)
    sizes = [a["name"] for a in case.entry["args"] if a["role"] == "size" and a["name"] in names]
    return [name for name in sizes if name in counts]


def shapes(case: Case, sizes: tuple[int, ...] = SIZES, long: int = LONG) -> list[dict[str, int]]:
    """Every size for rows, for columns, and for both."""
    rows, columns = resizable(case, ROWS), resizable(case, COLUMNS)
    found = []
    for names in (rows, columns, rows + columns if rows and columns else []):
        found += [dict.fromkeys(names, size) for size in sizes if names]
    if long and case.entry["verb"] != "fit":
        found += [dict.fromkeys(names, long) for names in (rows, columns) if names]
    return found


def resized(case: Case, sizes: dict[str, int]) -> Case | None:
    """None where the call has arrays behind a struct, which no extent tells of."""
    other = case.copy()
    olds = {argument["name"]: case.view(argument) for argument in case.entry["args"]}
    if shared(case) or not all_told(case) or not without_pointers(other):
        return None
    for name, size in sizes.items():
        other.set(name, size)
    if other.value("capacity") is not None and other.value("n") is not None:
        other.set("capacity", other.value("n") + 2)
    try:
        for argument in case.entry["args"]:
            stretch_stride(case, other, argument, olds)
        for argument in case.entry["args"]:
            stretch(other, argument, olds[argument["name"]])
        for argument in case.entry["args"]:
            ask(other, argument)
    except (NameError, TypeError, SyntaxError):  # An extent that depends on what no argument says.
        return None
    return other


def shared(case: Case) -> bool:
    blocks = [given[0] for given in case.args if isinstance(given, list)]
    return len(set(blocks)) < len(blocks) or any(x[1] for x in case.args if isinstance(x, list))


def all_told(case: Case) -> bool:
    """Whether each array has an extent."""
    pairs = zip(case.entry["args"], case.args)
    return all("extent" in argument for argument, given in pairs if isinstance(given, list))


def without_pointers(case: Case) -> bool:
    """Options that point to more arrays are left out, if they may be."""
    for argument, given in zip(case.entry["args"], case.args):
        if isinstance(given, list) and case.blocks[given[0]].pointers:
            if argument["role"] != "opts" or not argument["extent"].get("null"):
                return False
            case.set(argument["name"], None)
    return True


def stretch_stride(case: Case, other: Case, argument: dict[str, Any], olds: dict[str, Any]) -> None:
    """Rows stay as far apart as they were."""
    of = next((a for a in case.entry["args"] if a["name"] == argument.get("stride_of")), None)
    view = olds.get(of["name"]) if of else None
    if view and of["extent"]["kind"] == "rows" and view.stride > 1:
        cols = other.evaluate(of["extent"]["cols"])
        other.set(argument["name"], cols + view.stride - view.cols)


def stretch(case: Case, argument: dict[str, Any], old: View | None) -> None:
    if not old:
        return
    new, data = case.view(argument, as_made=False), case.blocks[old.block].data
    length = (new.rows - 1) * new.stride + new.cols if new.rows and new.cols else 0
    made = np.zeros(length, data.dtype)
    if argument["role"] == "in" and old.rows and old.cols and length:
        rows, cols = (np.arange(n) % m for n, m in ((new.rows, old.rows), (new.cols, old.cols)))
        new.of(made)[:] = old.of(data)[rows][:, cols]
        width = case.value("cols")
        if argument["name"] == "labels" and data.dtype.kind in "iu" and width:
            np.minimum(made, width - 1, out=made)
    case.put(old.block, made)


def ask(case: Case, argument: dict[str, Any]) -> None:
    """The bytes of scratch, a model or a state, from the function that tells them."""
    extent, given = argument.get("extent", {}), case.value(argument["name"])
    if "asked" not in extent or not isinstance(given, list):
        return
    block = case.blocks[given[0]]
    size = answer(case, extent["asked"])
    size = size or max(len(block.data), SPARE if argument["name"] == "scratch" else 0)
    case.put(given[0], np.zeros(size, "u1"))
    case.set(extent["size"], size)


def answer(case: Case, name: str) -> int | None:
    """None where it asks for what the call does not have."""
    function = case.library.functions[name]
    given: list[Any] = []
    for argument in case.library.entries[name]["args"]:
        word = argument["name"]
        if word == "bytes":
            break
        named = {
            "_n": case.value("n"),
            "longest": case.value("cols"),
            "weighted": int(case.value("weights") is not None),
            "score_size": score_size(case),
        }
        value = named.get(word, case.value(word))
        if value is None and word != "opts":
            return None
        if isinstance(value, list):
            # Options are read in place: they have no pointers here.
            kept = ctypes.create_string_buffer(case.blocks[value[0]].image)
            given.append(ctypes.addressof(kept))
            named["kept"] = kept
        else:
            given.append(replay.value(value, []))
    size = ctypes.c_size_t()
    if word != "bytes" or function(*given, ctypes.addressof(size)) < 0:
        return None
    return size.value


def score_size(case: Case) -> int | None:
    x = case.value("x")
    return case.blocks[x[0]].element if isinstance(x, list) else None


def spread(case: Case, by: int) -> tuple[Case, dict[int, tuple[View, View]]] | None:
    """All rows so many elements further apart, and the array before and after by block;
    None where nothing has rows."""
    if shared(case):
        return None
    other, moved = case.copy(), {}
    for i, (argument, old) in enumerate(case.views()):
        stride = argument["extent"].get("stride")
        if not stride or old.rows < 2:
            continue
        new = View(old.block, 0, old.rows, old.cols, old.stride + by + i % 3)
        data = case.blocks[old.block].data
        made = np.empty((new.rows - 1) * new.stride + new.cols, data.dtype)
        made.view("u1")[:] = 0xFF  # NaN of every type.
        new.of(made)[:] = old.of(data)
        other.put(old.block, made)
        other.set(stride, new.stride)
        moved[old.block] = old, new
    return (other, moved) if moved else None
