"""Kept inputs of a fuzz target: one file a group, inputs one behind the other, each after two
bytes of its length, the lower first. c_tests/fuzz/replay.c reads the same."""

from __future__ import annotations

import json
import random
from pathlib import Path

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "c_tests/fuzz/corpus"
LONGEST = (1 << 16) - 1
MOST = 200  # inputs of a group, so that replaying all takes seconds
STATE_MAGIC = b"LGT1"


def unpack(group: str, into: Path) -> None:
    """The group's kept inputs as files of a directory, as libFuzzer wants them."""
    into.mkdir(parents=True, exist_ok=True)
    kept = KEPT / group
    data = kept.read_bytes() if kept.exists() else b""
    at = number = 0
    while at < len(data):
        size = int.from_bytes(data[at : at + 2], "little")
        (into / f"kept{number:04}").write_bytes(data[at + 2 : at + 2 + size])
        at, number = at + 2 + size, number + 1
    seeds = _states() if group.endswith("_bytes") else [] if data else _calls(group)
    for i, seed in enumerate(seeds):
        (into / f"seed{i:04}").write_bytes(seed)


def pack(group: str, inputs: Path) -> int:
    """Keeps the inputs of a directory, the shortest first. How many they are."""
    found = sorted((path.read_bytes() for path in inputs.iterdir()), key=lambda x: (len(x), x))
    found = [data for data in found if len(data) <= LONGEST]
    found = found[:: -(-len(found) // MOST) or 1]
    KEPT.mkdir(parents=True, exist_ok=True)
    (KEPT / group).write_bytes(b"".join(len(x).to_bytes(2, "little") + x for x in found))
    return len(found)


def _calls(group: str) -> list[bytes]:
    """To begin with: bytes of which most choose what is ordinary (c_tests/fuzz/contents.c)."""
    draw = random.Random(group)
    ordinary = [0, 0, *range(0, 200, 8)]
    return [
        bytes(draw.choice(ordinary) if draw.random() < 0.8 else draw.randrange(256) for _ in range(size))
        for size in (draw.randrange(8, 128) for _ in range(400))
    ]


def _states() -> list[bytes]:
    """The states and models of tests/calls.json: with them a target need not find the head."""
    found = set()
    for line in json.loads((ROOT / "tests/calls.json").read_text(encoding="utf-8")):
        for block in line["memory"]:
            for when in ("before", "after"):
                if block["type"] == "bytes" and block.get(when):
                    found.add(_unpacked(block[when]))
    return sorted(x for x in found if x.startswith(STATE_MAGIC) and len(x) <= 8192)


def _unpacked(parts: list[str | int]) -> bytes:
    """Hexadecimal digits, and numbers of zeros (tests/calls.md)."""
    return b"".join(bytes(x) if isinstance(x, int) else bytes.fromhex(x) for x in parts)
