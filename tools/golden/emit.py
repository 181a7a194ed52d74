"""A call of tests/calls.json as a function of C, and bytes as words."""

from __future__ import annotations

import struct
from typing import Any, Iterator

import extents
import replay

HEAD = [4, 2, 2, 4, 4]
MAGIC = b"LGT1"
CONFUSION, CLASS_COUNTS, MULTILABEL = 13, 14, 15
SEARCHES = {31: "lgt_temperature_search", 33: "lgt_logistic_search"}
NESTED = (47, 48)  # models with models in them


def widths(library: replay.Library, number: int, content: bytes) -> Iterator[int]:
    """How many bytes each number has, as docs/state-format.md says."""
    size = len(content)
    param = struct.unpack_from("<I", content, 12)[0]
    if number in SEARCHES:
        for c in library.scalars(SEARCHES[number]):
            yield {"uint16_t": 2, "uint32_t": 4, "int32_t": 4}.get(c, 8)
        return
    yield from HEAD
    at = 16
    small = {CONFUSION: (48, param**2, 1), CLASS_COUNTS: (48, 3 * param, 4),
             MULTILABEL: (400, 3 * param, 4)}
    if number in small:
        start, count, width = small[number]
        if not content[16] & 1:  # without weights
            yield from [8] * ((start - at) // 8)
            yield from [width] * (-(-count * width // 8) * 8 // width)
            at = start + -(-count * width // 8) * 8
    while at < size:
        # The head of a model ends with a status and a number of rounds.
        if at == 16 and content[:4] == MAGIC and is_model(number):
            yield from [4, 4]
        elif number in NESTED and content[at : at + 4] == MAGIC:
            yield from [*HEAD, 4, 4]
            at += 16
        else:
            yield 8
        at += 8


def is_model(number: int) -> bool:
    return number == 5 or 34 <= number <= 48 or number == 50


def tokens(library: replay.Library, number: int, content: bytes) -> str:
    """Numbers in hexadecimal digits, two a byte, the highest first; `*n` is n words of 8
    bytes of zeros."""
    words, at = [], 0
    for width in widths(library, number, content):
        words.append(content[at : at + width][::-1].hex())
        at += width
    assert at == len(content), (number, at, len(content))
    lines, zeros = [""], 0
    for word in [*words, None]:
        if word == "0" * 16:
            zeros += 1
            continue
        for text in [f"*{zeros}"] * (zeros > 0) + [word] * (word is not None):
            if len(lines[-1]) + len(text) > 80:
                lines.append("")
            lines[-1] += f"{text} "
        zeros = 0
    return "\n    " + ",\n    ".join(f'"{text.rstrip()}"' for text in lines)


def plain(library: replay.Library, content: bytes) -> str:
    """Any other bytes with a head, or without one."""
    if content[:4] != MAGIC:
        assert not any(content)
        return f'"*{len(content) // 8}"'
    number = struct.unpack_from("<H", content, 4)[0]
    size = struct.unpack_from("<I", content, 8)[0]
    return tokens(library, number, content[:size])


def number_text(given: Any, c: str) -> str:
    """A constant of C."""
    if c in ("double", "float"):
        value = float(given)
        if value != value:
            return "NAN"
        if abs(value) == float("inf"):
            return "INFINITY" if value > 0 else "-INFINITY"
        return f"({c}){value!r}" if c == "float" else repr(value)
    value = int(given)
    if value >= 2**63:
        return f"0x{value:x}u"
    if value == -(2**63):
        return "INT64_MIN"
    return str(value)


class Step:
    def __init__(self, library: replay.Library, table: dict[str, Any], line: dict[str, Any],
                 number: int) -> None:
        self.library, self.line, self.number = library, line, number
        self.entry = next(x for x in table["functions"] if x["name"] == line["function"])
        self.block = self._state()

    def _state(self) -> int:
        """The block with the bytes that this is about: those of its kind, or the first, where
        they are made here."""
        memory = self.library.memory(self.line)
        headed = [given[0] for argument, given in zip(self.entry["args"], self.line["args"])
                  if isinstance(given, list) and extents.is_headed(argument)]
        of_kind = [i for i in headed if bytes(memory[i])[4:6] == struct.pack("<H", self.number)]
        return (of_kind or headed)[0]

    def run(self, content: bytes | None = None) -> bytes:
        """Calls it, with other bytes if there are some. Returns those after the call."""
        self.memory = self.library.memory(self.line)
        if content is not None:
            room = memoryview(self.memory[self.block]).cast("B")
            room[: len(content)] = content
        self.before = [replay.read(m, b["type"]) for m, b in zip(self.memory, self.line["memory"])]
        line = {key: self.line[key] for key in ("function", "args")}
        self.answer = self.library.call(line, self.memory)[0]
        after = bytes(self.memory[self.block])
        return after[: struct.unpack_from("<I", after, 8)[0]]

    def _used(self) -> list[int]:
        """The blocks that the call or a struct points to, but the first step's alone."""
        given = [x for x in self.line["args"] if isinstance(x, list)]
        for block in self.line["memory"]:
            if block["type"] in self.library.structs:
                given += [x for x in block.get("before", []) if isinstance(x, list)]
        return sorted({x[0] for x in given})

    def function(self, name: str, makes: bool) -> str:
        """The call with its memory and what it answered, in C; with the bytes it begins with,
        if it is the one that makes them."""
        head = f"static lgt_status {name}(void *state, int compare) {{\n"
        rooms, checks = "", ""
        scratch = {g[0] for a, g in zip(self.entry["args"], self.line["args"])
                   if a["name"] == "scratch" and isinstance(g, list)}
        for i in self._used():
            if i != self.block:
                rooms += self._room(i)
            elif makes:
                content = bytes(self.library.memory(self.line)[i])
                rooms += self._words("state", 0, content, False)
            if i not in scratch and i != self.block:
                checks += self._checks(i)
        given = [self._given(x, a["c"]) for x, a in zip(self.line["args"], self.entry["args"])]
        call = f"    lgt_status status = {self.line['function']}({', '.join(given)});\n"
        checks = f"    CHECK_STATUS(status, {self.answer});\n{checks}"
        return f"{head}{rooms}{call}    if (!compare) return status;\n{checks}    return status;\n}}"

    def _given(self, written: Any, c: str) -> str:
        if written is None:
            return "NULL"
        if isinstance(written, list):
            name = "state" if written[0] == self.block else f"b{written[0]}"
            offset = f" + {written[1]}" if written[1] else ""
            assert not (offset and name == "state")
            return f"({c}){name}{offset}" if not offset else f"({c})({name}{offset})"
        return number_text(written, c)

    def _room(self, i: int) -> str:
        """The declaration of a block, as it is before the call."""
        block = self.line["memory"][i]
        kind, n, before = block["type"], block["n"], block.get("before")
        if kind == "bytes":
            content = bytes(self.library.memory(self.line)[i])
            return self._words(f"b{i}", -(-n // 8), content, True)
        if not before:
            return f"    {kind} b{i}[{n}];\n    memset(b{i}, 0, sizeof b{i});\n"
        if kind in self.library.structs:
            values = iter(before)
            written = ", ".join(self._struct(kind, values) for _ in range(n))
        else:
            written = ", ".join(number_text(x, kind) for x in before)
        return f"    {kind} b{i}[{n}] = {{{written}}};\n"

    def _words(self, name: str, words: int, content: bytes, declared: bool) -> str:
        text = f"    uint64_t {name}[{words}];\n" if declared else ""
        if not any(content):
            return text + (f"    memset({name}, 0, sizeof {name});\n" if declared else "")
        return (f"{text}    static const char *const of_{name}[] = {{"
                f"{plain(self.library, content)}, NULL}};\n    golden_words({name}, of_{name});\n")

    def _struct(self, kind: str, values: Iterator[Any]) -> str:
        """A struct's initialiser; its size is that of this machine."""
        found = []
        for field in self.library.structs[kind]:
            if field["c"] in self.library.structs:
                found.append(self._struct(field["c"], values))
                continue
            value = next(values)
            if field["name"] == "struct_size":
                found.append(f"sizeof({kind})")
            elif value is None:
                found.append("NULL")
            elif isinstance(value, list):
                found.append(f"b{value[0]} + {value[1]}")
            else:
                found.append(number_text(value, field["c"]))
        return "{" + ", ".join(found) + "}"

    def _checks(self, i: int) -> str:
        """What is to be in a block after the call."""
        block, room = self.line["memory"][i], self.memory[i]
        kind, after = block["type"], replay.read(room, block["type"])
        if repr(after) == repr(self.before[i]):
            return ""
        if kind == "bytes":
            size = struct.unpack_from("<I", after, 8)[0]
            words = plain(self.library, after)
            return (f"    static const char *const after_{i}[] = {{{words}, NULL}};\n"
                    f"    golden_same(b{i}, after_{i}, {size});\n")
        names = self._names(kind)
        checks = ""
        for at, (value, c) in enumerate(zip(after, self.library.scalars(kind) * block["n"])):
            place = f"b{i}[{at // len(names)}]{names[at % len(names)]}"
            if value is None or place.endswith(("struct_size", "iterations")):
                continue
            near = "NEAR" if c in ("double", "float") else "SAME"
            checks += f"    {near}({place}, {number_text(value, c)});\n"
        return checks

    def _names(self, kind: str) -> list[str]:
        """How the numbers of an element are reached."""
        if kind not in self.library.structs:
            return [""]
        found = []
        for field in self.library.structs[kind]:
            found += [f".{field['name']}{rest}" for rest in self._names(field["c"])]
        return found
