"""`api.json` as the site and the man pages need it: by family, and as C is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

PROJECT = Path(__file__).resolve().parents[2]
API = PROJECT / "include" / "logitude" / "api.json"

Entry = dict[str, Any]

KINDS = ("constants", "aliases", "callbacks", "enums", "structs", "functions")
# What a family is about is said best by the first of these that it has.
TELLING = ("", "fit", "update", "apply", "finish")


class Family(NamedTuple):
    """Everything of one name, in the order of the header."""

    name: str
    constants: list[Entry]
    aliases: list[Entry]
    callbacks: list[Entry]
    enums: list[Entry]
    structs: list[Entry]
    functions: list[Entry]

    @property
    def verbs(self) -> dict[str, list[Entry]]:
        """The functions by verb: those of a list differ in the type of their numbers."""
        forms: dict[str, list[Entry]] = {}
        for function in self.functions:
            forms.setdefault(function["verb"], []).append(function)
        return forms

    @property
    def doc(self) -> str:
        """The documentation that says what the family is."""
        for verb in TELLING:
            if verb in self.verbs:
                return self.verbs[verb][0]["doc"]
        shown = [function for function in self.functions if "# Example" in function["doc"]]
        return (self.structs or self.enums or self.aliases or shown or self.functions)[0]["doc"]


def read(path: Path = API) -> Entry:
    return json.loads(path.read_text(encoding="utf-8"))


def families(api: Entry) -> list[Family]:
    named: dict[str, Family] = {}
    for kind in KINDS:
        for entry in api[kind]:
            family = named.setdefault(
                entry["family"], Family(entry["family"], *([] for _ in KINDS))
            )
            getattr(family, kind).append(entry)
    return sorted(named.values())


def places(api: Entry) -> dict[str, tuple[str, str]]:
    """Family and anchor of every name: those that C knows, `lgt_family_verb`, `lgt_family`."""
    known: dict[str, tuple[str, str]] = {}
    for family in families(api):
        for kind in KINDS:
            for entry in getattr(family, kind):
                known[entry["name"]] = family.name, f"c.{entry['name']}"
        for enum in family.enums:
            for value in enum["values"]:
                known[value["name"]] = family.name, f"c.{enum['name']}.{value['name']}"
    for family in families(api):
        known.setdefault(f"lgt_{family.name}", (family.name, ""))
        for verb, (first, *_) in family.verbs.items():
            known.setdefault(stem(family.name, verb), (family.name, f"c.{first['name']}"))
    return known


def stem(family: str, verb: str) -> str:
    """What the names of a verb begin with."""
    return "_".join(filter(None, ("lgt", family, verb)))


def declared(c_type: str, name: str) -> str:
    """`const float *` and `x` as C has them: `const float *x`."""
    return c_type + name if c_type.endswith("*") else f"{c_type} {name}"


def arguments(entry: Entry) -> list[str]:
    return [declared(argument["c"], argument["name"]) for argument in entry["args"]] or ["void"]


def signature(function: Entry) -> str:
    return declared(function["returns"], f"{function['name']}({', '.join(arguments(function))})")


def callback(entry: Entry) -> str:
    """The type of a pointer to a function."""
    return f"{entry['returns']} (*{entry['name']})({', '.join(arguments(entry))})"
