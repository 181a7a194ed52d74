"""Every function of the library, called with what tests/calls.json says, answers what is
recorded there, at every level of this machine."""

import json
import struct
from pathlib import Path

import pytest

from logitude._abi import CONSTANTS, LIBRARY, TABLE
from replay import Library, read, steps, unpacked, value

CALLS = json.loads((Path(__file__).parents[3] / "tests/calls.json").read_text(encoding="utf-8"))
TYPES = {entry["name"]: entry["dtype"] for entry in TABLE["functions"]}
LEVELS = {
    name.removeprefix("LGT_LEVEL_").lower(): number
    for name, number in CONSTANTS.items()
    if name.startswith("LGT_LEVEL_")
}
FLOATS = "float", "double"
BITS = "lgt_f16", "lgt_bf16"

library = Library(LIBRARY._name, TABLE)


def near(answer, recorded, tolerance):
    both_nan = answer != answer and recorded != recorded
    return (
        both_nan
        or answer == recorded
        or abs(answer - recorded) <= tolerance * max(1, abs(recorded))
    )


def agrees(answer, recorded, c, tolerance):
    """Of one number of this C type."""
    if recorded is None or isinstance(recorded, list):
        return True
    if c in FLOATS:
        return near(answer, value(recorded, []), tolerance)
    return abs(answer - value(recorded, [])) <= (1 if c in BITS else 0)


def same_bytes(answer, recorded, words, tolerance):
    """These words as doubles that are near, all others as they are."""
    for word in range(0, len(answer), 8):
        a, b = answer[word : word + 8], recorded[word : word + 8]
        is_double = word // 8 in words
        if a != b and not (is_double and near(*struct.unpack("=2d", a + b), tolerance)):
            return False
    return True


def block_agrees(block, room, tolerance):
    recorded = block.get("after", block.get("before"))
    if "after" in block and recorded is None:
        return True
    answer, kind = read(room, block["type"]), block["type"]
    if kind == "bytes":
        recorded = unpacked(recorded or [len(answer)])
        return same_bytes(answer, recorded, block.get("near", ()), tolerance)
    scalars, zeros = library.scalars(kind) * block["n"], [0] * len(answer)
    return all(
        agrees(a, b, c, tolerance) for a, b, c in zip(answer, recorded or zeros, scalars)
    )


def wrong(line):
    """What of a line is not as recorded."""
    tolerance = 1e-12 if TYPES[line["function"]] in (None, "f64") else 1e-6
    memory = library.memory(line)
    answers = library.call(line, memory)
    for step, answer in zip(steps(line), answers):
        if answer != step.get("returns", answer):
            yield f"{step['function']} returns {answer!r}, not {step['returns']!r}"
    for i, (block, room) in enumerate(zip(line["memory"], memory)):
        if not block_agrees(block, room, tolerance):
            after = read(room, block["type"])
            yield f"{line['function']}, block {i}: {after}, not {block.get('after')}"


def test_every_function_has_a_call():
    assert {line["function"] for line in CALLS} == set(TYPES)


@pytest.fixture(params=LEVELS)
def level(request):
    number = LEVELS[request.param]
    before = library.functions["lgt_cpu_level"]()
    if library.functions["lgt_cpu_set_level"](number) != 0:
        pytest.skip(f"this machine has no {request.param}")
    yield number
    library.functions["lgt_cpu_set_level"](before)


def test_answers_are_those_recorded(level):
    assert [text for line in CALLS for text in wrong(line)] == []
