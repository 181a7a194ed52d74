"""Puts a call together: scalars, then arrays as long as these say."""

from __future__ import annotations

import random
import re
import struct
from typing import Any

import extents
import inputs
import replay
import states

# The numbers by which functions name the types of arrays.
TYPES = [
    *("", "int8_t", "int16_t", "int32_t", "int64_t", "uint8_t", "uint16_t", "uint32_t"),
    *("uint64_t", "float", "double", "lgt_f16", "lgt_bf16"),
]
I32, I64 = TYPES.index("int32_t"), TYPES.index("int64_t")

# What starts from nothing, and what from a fresh state.
STARTING = {
    *(("state", verb) for verb in ("init", "state")),
    *(("model", verb) for verb in ("fit", "from_state", "model")),
    *(("search", "init"), ("layer", "init")),
}
ADDING = "update", "add", "set", "step"


class Line:
    """One call in the making."""

    def __init__(self, maker: Any, entry: dict[str, Any]) -> None:
        self.maker, self.entry = maker, entry
        self.stem = extents.stem(entry)
        self.names = [argument["name"] for argument in entry["args"]]
        self.draw = random.Random(self.stem)
        self.scope = inputs.scalars(self.stem, self.names)
        self.memory: list[dict[str, Any]] = []

    def made(self) -> dict[str, Any]:
        pointers = [argument for argument in self.entry["args"] if "*" in argument["c"]]
        for argument in self.entry["args"]:
            if "*" not in argument["c"]:
                self.scope[argument["name"]] = self._scalar(argument["name"])
        # Bytes with a size of their own say how large some other arguments are.
        for argument in sorted(pointers, key=lambda x: not extents.is_headed(x)):
            self.scope[argument["name"]] = self._pointer(argument)
        args = [self.scope[name] for name in self.names]
        return {"function": self.entry["name"], "args": args, "memory": self.memory}

    def _scalar(self, name: str) -> Any:
        if name in ("scratch_size", "size", "other_size"):
            return self._room() if name == "scratch_size" else self.scope.get(name, 0)
        if name.endswith("_type") and name != "target_type":
            return I32
        for argument in self.entry["args"]:
            if extents.stride_of(self.entry, argument["name"]) == name:
                # Between rows of input lies a number.
                apart = 1 if "const" in argument["c"] else 0
                return self._length(extents.columns(self.entry, argument["name"])) + apart
        return self.scope.get(name, 0)

    def _length(self, expression: str) -> int:
        """The value of an extent."""
        made = re.sub(r"([^,(]+) \? (.+) : (\w+)", r"((\2) if (\1) else \3)", expression)
        rows = 4 if self.entry["family"] in ("evaluate_rows", "extsum") else 3
        known = {
            "strided": lambda rows, stride, cols: (rows - 1) * stride + cols,
            "words": lambda cols: (cols + 63) // 64,
            "param": lambda _: rows,
            "measures": lambda _: 2,
            "nnz": lambda _: 4,
        }
        made = made.replace("dims(layer)", "3")
        return int(eval(made, {}, {**dict.fromkeys(self.names), **self.scope, **known}))

    def _block(self, kind: str, n: int, before: list[Any] | None = None) -> list[int]:
        block: dict[str, Any] = {"type": kind, "n": n}
        if before and any(before):
            block["before"] = before
        self.memory.append(block)
        return [len(self.memory) - 1, 0]

    def _pointer(self, argument: dict[str, Any]) -> Any:
        name, c = argument["name"], argument["c"]
        constant, kind = "const" in c, c.removeprefix("const ").removesuffix(" *")
        if name in inputs.NULL.get(self.stem, ()):
            return None
        if extents.is_headed(argument):
            return self._headed(name, kind, constant)
        if kind == "lgt_csr":
            return self._csr()
        if argument["role"] == "opts":
            return self._block(kind, 1, self.maker.options(self.entry["family"], kind))
        n = self._length(extents.extent(self.entry, argument))
        if name in ("scratch", "out"):
            return self._block("bytes", n)
        if kind == "void":
            code = next(x for x in self.names if x.endswith("_type") and x[:4] == name[:4])
            kind = TYPES[self.scope[code]]
        return self._block(kind, n, self._numbers(name, kind, n) if constant else None)

    def _numbers(self, name: str, kind: str, n: int) -> list[Any]:
        stride = extents.stride_of(self.entry, name)
        draw = inputs.numbers(self.entry["family"], self.stem, name, self.names, stride is not None)
        cols = n if stride is None else self._length(extents.columns(self.entry, name))
        apart = n if stride is None else self.scope[stride]
        flat = draw(self.draw, -(-n // apart), cols)
        if kind in self.maker.library.structs:
            return flat
        rows = (flat[i : i + cols] + [0] * (apart - cols) for i in range(0, len(flat), cols))
        return [number_of(kind, x) for row in rows for x in row][:n]

    def _csr(self) -> Any:
        """Four rows of three labels."""
        starts = self._block("int64_t", 5, [0, 1, 3, 3, 4])
        labels = self._block("int32_t", 4, [2, 0, 1, 1])
        return self._block("lgt_csr", 1, [starts, labels, 4, I64, I32])

    def _headed(self, name: str, kind: str, constant: bool) -> Any:
        """A state, model, search or layer: zeros where the call starts one."""
        family, verb = states.owner(self.entry, name), self.entry["verb"]
        block = "bytes" if kind == "void" else kind
        known = None
        if constant or (name, verb) not in STARTING:
            fresh = not constant and verb.startswith(ADDING)
            known = self.maker.states.known(family, fresh)
        n = 1
        if block == "bytes":
            n = self._size(family) if known is None else len(replay.unpacked(known))
            following = self.names[self.names.index(name) + 1 :][:1]
            if following in (["size"], ["other_size"]):
                self.scope[following[0]] = n
        return self._block(block, n, known)

    def _asked(self, name: str) -> int:
        """What a function whose last argument is `bytes` says of these arguments."""
        line = Line(self.maker, self.maker.entries[name])
        line.scope.update({x: self.scope[x] for x in line.names if x in self.scope and x != "opts"})
        call = line.made()
        (answer,), memory = self.maker.called(call)
        assert answer == 0, (name, answer)
        return int(memory[call["args"][-1][0]][0].f0)

    def _size(self, family: str) -> int:
        return self.scope.get("size") or self._asked(f"lgt_{family}_size")

    def _room(self) -> int:
        """The bytes of scratch."""
        stem, family = self.stem, self.entry["family"]
        verb = self.entry["verb"]
        names = f"lgt_{stem}_scratch", f"lgt_{family}_{verb}_scratch", f"lgt_{family}_scratch"
        for name in (*names, "lgt_uskd_scratch"):
            if name in self.maker.entries:
                return self._asked(name)
        raise LookupError(stem)


def number_of(kind: str, number: Any) -> Any:
    """A number as it stands in a block: 16-bit floats are their bits."""
    if kind == "lgt_f16":
        return struct.unpack("<H", struct.pack("<e", number))[0]
    if kind == "lgt_bf16":
        return struct.unpack("<I", struct.pack("<f", number))[0] >> 16
    return float(number) if kind in ("float", "double") else number
