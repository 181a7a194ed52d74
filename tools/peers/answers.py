"""Asks the peers and writes answers.json: `make answers`.

Needs what requirements.txt lists, and not this library. With `new` as an argument what was
answered before is kept, and only what was not asked yet is asked.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import json
import math
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from . import data, families
from .entry import Entry, evaluate

ANSWERS = Path(__file__).with_name("answers.json")
REQUIREMENTS = Path(__file__).with_name("requirements.txt")


def names_of(inputs: Any, peer: str) -> dict[str, Any]:
    """What a peer's expression may use: tensors for those that want them."""
    names = {"np": np, "SimpleNamespace": SimpleNamespace, **vars(inputs)}
    modules = {key: importlib.import_module(families.PEERS[key]) for key in families.also(peer)}
    if any(families.PEERS[key].startswith("torch") for key in modules):
        import torch

        for name, value in vars(inputs).items():
            if isinstance(value, np.ndarray):
                names[name] = torch.from_numpy(value)
    return {**names, **modules}


def ask(entry: Entry, inputs: Any) -> Any:
    """The peer's numbers, or the name of what it raises."""
    np.random.seed(0)
    try:
        numbers = evaluate(entry.peer, names_of(inputs, entry.peer))
    except (AssertionError, IndexError, RuntimeError, ValueError) as error:
        return type(error).__name__
    return [n if math.isfinite(n) else str(n) for n in numbers]


def versions() -> dict[str, str]:
    """Of every peer, as asked for: another would give other answers."""
    found = {}
    for line in REQUIREMENTS.read_text().split():
        name, version = line.split("==")
        name = name.split("[")[0]
        found[name] = importlib.metadata.version(name)
        if found[name].split("+")[0] != version:
            sys.exit(f"{name} is {found[name]}, requirements.txt says {version}")
    return found


def before(used: Any, digests: Any) -> Any:
    """The answers of these peers to these inputs that were kept."""
    kept = json.loads(ANSWERS.read_text(encoding="utf-8"))
    if kept["versions"] != used:
        sys.exit("other peers were asked before: ask all of them")
    same = {name for name, digest in digests.items() if kept["inputs"].get(name) == digest}
    return {
        peer: {name: answer for name, answer in answers.items() if name in same}
        for peer, answers in kept["answers"].items()
    }


def main() -> None:
    used, inputs, answers = versions(), data.load(), {}
    digests = {name: data.digest(value) for name, value in inputs.items()}
    known = before(used, digests) if "new" in sys.argv[1:] else {}
    for family in families.FAMILIES:
        for entry in family.entries:
            of_peer, asked = known.get(entry.peer, {}), answers.setdefault(entry.peer, {})
            for name in entry.inputs:
                asked[name] = of_peer[name] if name in of_peer else ask(entry, inputs[name])
    lines = ",\n".join(f"  {json.dumps(p)}: {json.dumps(a)}" for p, a in answers.items())
    ANSWERS.write_text(
        f'{{"versions": {json.dumps(used)},\n "inputs": {json.dumps(digests)},\n'
        f' "answers": {{\n{lines}\n}}}}\n'
    )


if __name__ == "__main__":
    main()
