"""Asks the peers and writes answers.json: `make answers`.

Needs what requirements.txt lists, and not this library.
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


def main() -> None:
    used, inputs, answers = versions(), data.load(), {}
    for family in families.FAMILIES:
        for entry in family.entries:
            for name in entry.inputs:
                answers.setdefault(entry.peer, {})[name] = ask(entry, inputs[name])
    digests = {name: data.digest(value) for name, value in inputs.items()}
    lines = ",\n".join(f"  {json.dumps(p)}: {json.dumps(a)}" for p, a in answers.items())
    ANSWERS.write_text(
        f'{{"versions": {json.dumps(used)},\n "inputs": {json.dumps(digests)},\n'
        f' "answers": {{\n{lines}\n}}}}\n'
    )


if __name__ == "__main__":
    main()
