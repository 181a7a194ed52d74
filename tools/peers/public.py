"""Names that other libraries offer: public.json, which `make migration` writes."""

from __future__ import annotations

import importlib
import inspect
import json
from pathlib import Path

from . import families

NAMES = Path(__file__).with_name("public.json")

# The modules of which all is listed.
WHOLE = ("sk", "tm", "nominal", "tr", "reg", "tmc", "trc", "regc", "netcal",
         "netcal_scaling", "binning")  # fmt: skip


def of(key: str) -> list[str]:
    """The public functions and classes of a module."""
    name = families.PEERS[key]
    module = importlib.import_module(name)
    found = [n for n in getattr(module, "__all__", vars(module)) if not n.startswith("_")]
    kept = {n for n in found if not inspect.ismodule(getattr(module, n))}
    return sorted(kept)


def write() -> None:
    names = {key: of(key) for key in WHOLE}
    lines = ",\n".join(f" {json.dumps(key)}: {json.dumps(of)}" for key, of in names.items())
    NAMES.write_text("{\n" + lines + "\n}\n", encoding="utf-8")


def load() -> dict[str, list[str]]:
    return json.loads(NAMES.read_text(encoding="utf-8"))
