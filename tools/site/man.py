"""Makes the man pages: one a family, an alias for each name on it, and an overview.

    python tools/site/man.py build/man [api.json]

Needs nothing but Python.
"""

from __future__ import annotations

import os
import shutil
import sys
from datetime import datetime, timezone
from pathlib import Path

import roff
from comment import summary
from table import Entry, Family, arguments, callback, declared, families, read
from themes import by_theme


def write(target: Path, api: Entry) -> None:
    pages = target / "man3"
    shutil.rmtree(target, ignore_errors=True)
    pages.mkdir(parents=True)
    for theme, members in by_theme(families(api)).items():
        for family in members:
            name = f"logitude_{family.name}"
            text = page(family, members, api["version"])
            (pages / f"{name}.3").write_text(text, encoding="ascii")
            for entry in (*family.functions, *family.callbacks, *family.enums, *family.structs):
                alias = pages / f"{entry['name']}.3"
                alias.write_text(f".so man3/{name}.3\n", encoding="ascii")
    (pages / "logitude.3").write_text(overview(api), encoding="ascii")


def page(family: Family, near: list[Family], version: str) -> str:
    title = f"logitude_{family.name}"
    names = [title, *(entry["name"] for entry in family.functions)]
    lines = head(title, names, summary(family.doc), version)
    lines += [".Sh LIBRARY", r"Logitude (liblogitude, \-llogitude)"]
    lines += [".Sh SYNOPSIS", ".In logitude/logitude.h", *synopsis(family)]
    lines += [".Sh DESCRIPTION", *description(family)]
    others = [f"logitude_{other.name}" for other in near if other.name != family.name]
    lines += [".Sh SEE ALSO", *references(["logitude", *others])]
    return "\n".join(lines) + "\n"


def head(title: str, names: list[str], about: str, version: str) -> list[str]:
    # A build that is to be the same tomorrow says which day it is.
    seconds = int(os.environ.get("SOURCE_DATE_EPOCH") or datetime.now().timestamp())
    day = datetime.fromtimestamp(seconds, timezone.utc)
    return [
        f".Dd {day:%B} {day.day}, {day.year}",
        f".Dt {title.upper()} 3",
        f".Os Logitude {version}",
        ".Sh NAME",
        *(f".Nm {name} ," for name in names[:-1]),
        f".Nm {names[-1]}",
        f".Nd {roff.escaped(about.replace('`', ''))}",
    ]


def synopsis(family: Family) -> list[str]:
    lines: list[str] = []
    for function in family.functions:
        lines += [f'.Ft "{function["returns"]}"', f".Fo {function['name']}"]
        lines += [*(f'.Fa "{argument}"' for argument in arguments(function)), ".Fc"]
    return lines


def description(family: Family) -> list[str]:
    lines: list[str] = []
    for function in family.functions:
        lines += [f".Ss {function['name']}", *roff.doc(function["doc"])]
    for alias in family.aliases:
        lines += [f".Ss {alias['name']}", *roff.doc(alias["doc"])]
        lines += roff.code(f"typedef {declared(alias['c'], alias['name'])};")
    for pointer in family.callbacks:
        lines += [f".Ss {pointer['name']}", *roff.doc(pointer["doc"])]
        lines += roff.code(f"typedef {callback(pointer)};")
    for enum in family.enums:
        lines += [f".Ss {enum['name']}", *roff.doc(enum["doc"]), *values(enum["values"])]
    for struct in family.structs:
        lines += [f".Ss {struct['name']}", *roff.doc(struct["doc"]), *fields(struct["fields"])]
    if family.constants:
        lines += [".Ss Constants", *values(family.constants)]
    return lines


def values(entries: list[Entry]) -> list[str]:
    lines = [".Bl -tag -width Ds"]
    for entry in entries:
        value = str(entry["value"]).replace("-", r"\-")
        lines += [f".It Dv {entry['name']} No = {value}", *roff.doc(entry["doc"])]
    return [*lines, ".El"]


def fields(entries: list[Entry]) -> list[str]:
    lines = [".Bl -tag -width Ds"]
    for entry in entries:
        lines += [f'.It Vt "{declared(entry["c"], entry["name"])}"', *roff.doc(entry["doc"])]
    return [*lines, ".El"]


def references(names: list[str]) -> list[str]:
    return [*(f".Xr {name} 3 ," for name in names[:-1]), f".Xr {names[-1]} 3"]


def overview(api: Entry) -> str:
    about = "softmax variants, calibration and scoring metrics"
    lines = head("logitude", ["logitude"], about, api["version"])
    lines += [".Sh LIBRARY", r"Logitude (liblogitude, \-llogitude)"]
    lines += [".Sh SYNOPSIS", ".In logitude/logitude.h", ".Sh DESCRIPTION"]
    lines += roff.prose(
        f"Everything after the logits, in {len(api['functions'])} functions. A name is "
        "`lgt_family_verb_type`: each family has a page, on which its verbs are, each with the "
        "types of numbers it takes. Functions return an `lgt_status`: 0, an advisory above 0 "
        "(outputs are written) or an error below 0 (nothing is written)."
    )
    for theme, members in by_theme(families(api)).items():
        lines += [f".Ss {theme.title}", *roff.prose(theme.summary)]
        lines += [".Bl -tag -width Ds"]
        for family in members:
            lines += [f".It Xr logitude_{family.name} 3", *roff.prose(summary(family.doc) + ".")]
        lines += [".El"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    write(Path(sys.argv[1]), read(*map(Path, sys.argv[2:])))
