"""Makes the calls of tests/calls.json: tests/calls.md says what stands there. Knows of the
library what api.json says, and nothing else: other languages do the same."""

from __future__ import annotations

import ctypes
from typing import Any, Iterator

SCALARS = {
    "float": ctypes.c_float,
    "double": ctypes.c_double,
    "size_t": ctypes.c_size_t,
    "int8_t": ctypes.c_int8,
    "int16_t": ctypes.c_int16,
    "int32_t": ctypes.c_int32,
    "int64_t": ctypes.c_int64,
    "uint8_t": ctypes.c_uint8,
    "uint16_t": ctypes.c_uint16,
    "uint32_t": ctypes.c_uint32,
    "uint64_t": ctypes.c_uint64,
    "lgt_f16": ctypes.c_uint16,
    "lgt_bf16": ctypes.c_uint16,
    "lgt_status": ctypes.c_int,
    "void": None,
    "const char *": ctypes.c_char_p,
}


def ctype(c: str) -> Any:
    """Pointers, to functions too, are addresses."""
    return SCALARS.get(c, ctypes.c_void_p)


class Library:
    """The functions of a library, and the structs of its api.json."""

    def __init__(self, path: str, table: dict[str, Any]) -> None:
        self.functions, self.structs = {}, {x["name"]: x["fields"] for x in table["structs"]}
        library = ctypes.CDLL(path)
        for entry in table["functions"]:
            made = self.functions[entry["name"]] = library[entry["name"]]
            made.restype = ctype(entry["returns"])
            made.argtypes = [ctype(argument["c"]) for argument in entry["args"]]

    def scalars(self, kind: str) -> list[str]:
        """The C types that one element of a block consists of: of a struct, those of its
        fields, structs in it laid out in place."""
        if kind not in self.structs:
            return ["uint8_t" if kind == "bytes" else kind]
        return [c for field in self.structs[kind] for c in self.scalars(field["c"])]

    def allocate(self, kind: str, n: int) -> Any:
        """Zeros."""
        fields = [(f"f{i}", ctype(c)) for i, c in enumerate(self.scalars(kind))]
        element = type("Element", (ctypes.Structure,), {"_fields_": fields})
        return (element * n)()

    def memory(self, line: dict[str, Any]) -> list[Any]:
        """The memory of a line before its calls. All is allocated before anything is
        written, since structs point to it."""
        memory = [self.allocate(block["type"], block["n"]) for block in line["memory"]]
        for block, room in zip(line["memory"], memory):
            write(room, block, memory)
        return memory

    def call(self, line: dict[str, Any], memory: list[Any]) -> list[Any]:
        """What the functions of a line answer."""
        answers = []
        for step in steps(line):
            given = [value(argument, memory) for argument in step["args"]]
            answer = self.functions[step["function"]](*given)
            answers.append(answer.decode() if isinstance(answer, bytes) else answer)
        return answers


def steps(line: dict[str, Any] | None) -> Iterator[dict[str, Any]]:
    """The call, and what is to be called after it."""
    while line:
        yield line
        line = line.get("then")


def value(written: Any, memory: list[Any]) -> Any:
    """A number, as text if JSON has none such; an address; None for NULL."""
    if isinstance(written, list):
        block, offset = written
        element = ctypes.sizeof(memory[block]._type_)
        return ctypes.addressof(memory[block]) + offset * element
    if isinstance(written, str):
        return int(written) if written.lstrip("-").isdigit() else float(written)
    return written


def unpacked(written: list[Any]) -> bytes:
    """Bytes as hexadecimal digits, and how many zeros where there are many."""
    return b"".join(bytes(x) if isinstance(x, int) else bytes.fromhex(x) for x in written)


def write(room: Any, block: dict[str, Any], memory: list[Any]) -> None:
    before = block.get("before", [])
    if block["type"] == "bytes":
        ctypes.memmove(room, unpacked(before), len(room) if before else 0)
        return
    fields = len(room._type_._fields_)
    for i, number in enumerate(before):
        setattr(room[i // fields], f"f{i % fields}", value(number, memory))


def read(room: Any, kind: str) -> Any:
    """The bytes or the numbers of a block; of addresses, None."""
    if kind == "bytes":
        return bytes(room)
    return [
        None if c is ctypes.c_void_p else getattr(element, name)
        for element in room
        for name, c in element._fields_
    ]
