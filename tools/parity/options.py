"""The same call with other options: each number of an options struct, and each argument that
is a value, one at a time."""

from __future__ import annotations

import re
from typing import Any, Iterator

from . import sizes
from .case import Case, Library

WHOLE = (0, 1, 2, 3, 4)
# A whole number's alternatives are these; a double is halved, doubled and 0.
WHOLE_TYPES = ("uint32_t", "int32_t")


def named(library: Library, kind: str, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Names and types of a struct's fields, those of structs in it in place."""
    for field in library.structs.get(kind, []):
        if field["c"] in library.structs:
            yield from named(library, field["c"], f"{prefix}{field['name']}.")
        else:
            yield prefix + field["name"], field["c"]


def varied(case: Case) -> Iterator[tuple[str, Case]]:
    for option, other in (*of_structs(case), *of_arguments(case)):
        for argument in case.entry["args"]:
            sizes.ask(other, argument)
        other.kind = option
        yield option, other


def of_structs(case: Case) -> Iterator[tuple[str, Case]]:
    for argument, given in zip(case.entry["args"], case.args):
        if argument["role"] != "opts" or not isinstance(given, list):
            continue
        block = case.blocks[given[0]]
        fields = zip(block.data.dtype.names or [], named(case.library, block.kind))
        for part, (name, c) in fields:
            if name == "struct_size":
                continue
            for value in others(c, block.data[part][0]):
                other, data = case.copy(), block.data.copy()
                data[part] = value
                other.put(given[0], data)
                yield f"{name} = {value}", other


def of_arguments(case: Case) -> Iterator[tuple[str, Case]]:
    """Not those that an array's length or type depends on."""
    lengths = " ".join(str(a.get("extent", "")) for a in case.entry["args"])
    taken = set(re.findall(r"\w+", lengths))
    for argument, given in zip(case.entry["args"], case.args):
        if argument["role"] != "value" or argument["name"] in taken:
            continue
        if isinstance(given, (list, str)):
            continue
        for value in others(argument["c"], given):
            other = case.copy()
            other.set(argument["name"], value)
            yield f"{argument['name']} = {value}", other


def others(c: str, value: Any) -> list[Any]:
    if c in WHOLE_TYPES:
        return [x for x in WHOLE if x != value]
    if c == "double":
        return [x for x in (0.0, float(value) / 2, float(value) * 2) if x != value]
    return []
