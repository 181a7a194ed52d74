"""Writes the table of all functions for the fuzz target (c_tests/fuzz/calls.h) from
include/logitude/api.json: how each is called, how long its arrays are, which function says
how much room it needs, and which make the states and models it takes.

    python tools/fuzz/table.py > table.c
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import groups

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools/calls"))
import extents  # noqa: E402
import inputs  # noqa: E402

TABLE = json.loads((ROOT / "include/logitude/api.json").read_text(encoding="utf-8"))
FUNCTIONS = {entry["name"]: entry for entry in TABLE["functions"]}
STRUCTS = {entry["name"]: entry for entry in TABLE["structs"]}
ELEMENTS = {
    "int8_t": 1, "int16_t": 2, "int32_t": 3, "int64_t": 4, "uint8_t": 5, "uint16_t": 6,
    "uint32_t": 7, "uint64_t": 8, "size_t": 8, "float": 9, "double": 10, "lgt_f16": 11,
    "lgt_bf16": 12,
}  # fmt: skip
WHAT = {
    "size_t": "SIZE", "uint32_t": "U32", "uint64_t": "U64", "int32_t": "I32", "double": "REAL",
    "float": "FLOAT", "lgt_f16": "HALF", "lgt_bf16": "HALF",
}  # fmt: skip
ROWS = {"rows", "n", "_n", "items", "longest", "capacity", "m"}
COLS = {"cols", "classes", "categories", "labels", "dims", "inputs", "count"}
HINTS = {
    inputs.logits: "LOGITS", inputs.foretelling: "LOGITS", inputs.probabilities: "UNIT",
    inputs.scores: "UNIT", inputs.scaling: "UNIT", inputs.shares: "SHARES",
    inputs.distributions: "SHARES", inputs.weights: "WEIGHTS", inputs.classes: "LABELS",
    inputs.guesses: "LABELS", inputs.others: "LABELS", inputs.bits: "BITS",
    inputs.whole: "WHOLE", inputs.counted: "WHOLE", inputs.sets: "WHOLE",
    inputs.different: "RISING", inputs.rising: "RISING",
}  # fmt: skip
# States and models that another family makes, and what has no `init` or `fit`.
OWNERS = {
    ("association", "state"): ["confusion"],
    ("conformal_sets", "model"): ["conformal"],
    ("evaluate_rows", "evaluation"): ["evaluate"],
    ("histogram_binning", "state"): ["ece_binary"],
    ("logistic_loss", "search"): ["logistic_search"],
    ("logistic_search", "loss"): ["logistic_loss"],
    ("matrix_search", "loss"): ["matrix_loss"],
    ("saerens", "model"): ["prior_shift"],
    ("model", "model"): ["isotonic", "platt", "beta", "venn_abers", "bbq", "spline"],
    ("state", "state"): ["accuracy", "nll", "confusion", "ranking", "evaluate", "pearson"],
    ("state", "other"): ["accuracy", "nll", "confusion", "ranking", "evaluate", "pearson"],
}
MAKING = {"init", "fit", "model", "state", "from_state"}
# Written with an error, as documented: where the error is, how many points there are.
ANSWERS_ERRORS = {
    ("labels", "bad_row"),
    *((family, "report") for family in ("roc_curve", "det_curve", "precision_recall_curve")),
}
# An array of arrays has no extent.
VIEWS = {"kind": "rows", "rows": "view_count", "stride": "view_stride",
         "cols": "spread(rows, views_stride, cols)"}  # fmt: skip


def _type(c: str) -> str:
    return c.removeprefix("const ").removesuffix(" *")


def _shape(argument: dict[str, Any]) -> dict[str, Any]:
    return argument.get("extent") or (VIEWS if argument["name"] == "views" else {"kind": "blob"})


def is_blob(entry: dict[str, Any], argument: dict[str, Any]) -> bool:
    """A state, model, search or layer that is there already."""
    there = "const" in argument["c"] or entry["verb"] not in MAKING
    c = _type(argument["c"])
    bytes_ = c == "void" and _shape(argument)["kind"] in ("blob", "bytes")
    struct = c in STRUCTS and (c.endswith("_model") or c.endswith("_search"))
    return argument["name"] in extents.HEADED and (bytes_ or struct) and there


def _expression(entry: dict[str, Any], text: str) -> str:
    """An extent of api.json as C over the call's arguments."""
    names = {argument["name"]: i for i, argument in enumerate(entry["args"])}
    if " ? " in text:
        name, yes, no = re.fullmatch(r"(\w+) \? (.+) : (.+)", text).groups()
        given = f"c->a[{names[name]}].p"
        return f"({given} ? {_expression(entry, yes)} : {_expression(entry, no)})"

    def one(found: re.Match[str]) -> str:
        name = found[0]
        if name == "spread":
            return name
        if name.endswith(".nnz"):
            return f"nnz(c, {names[name.removesuffix('.nnz')]})"
        if name == "picked":
            return "picked(c)"
        if name in names:
            return f"(double)c->a[{names[name]}].n"
        return f'param(c, "{name}")'

    text = re.sub(r"[a-z_][\w.]*", one, text)
    return f"floor_of({text})" if "/" in text else text


def _extent(entry: dict[str, Any], argument: dict[str, Any]) -> str:
    shape = _shape(argument)
    if shape["kind"] == "rows":
        stride = _expression(entry, shape["stride"])
        return f"{_expression(entry, shape['rows'])}, {_expression(entry, shape['cols'])}, {stride}"
    if shape["kind"] == "array":
        return f"1, {_expression(entry, shape['count'])}, 0"
    return "1, 1, 0" if shape["kind"] == "one" else "1, -1, 0"


def _of_family(family: str, name: str) -> list[str]:
    verbs = ("fit",) if name == "model" else ("init", "state") if name == "state" else ("init",)
    found = [x["name"] for x in TABLE["functions"] if x["family"] == family and x["verb"] in verbs]
    return found or [x["name"] for x in TABLE["functions"] if x["family"] == family and x["verb"] in ("init", "fit")]


def makers(entry: dict[str, Any], argument: dict[str, Any]) -> list[str]:
    """Functions that make what this argument takes."""
    if (entry["family"], argument["name"]) == ("temperature_search", "state"):
        return ["lgt_temperature_search_state"]
    owners = OWNERS.get((entry["family"], argument["name"]), [entry["family"]])
    found = [name for owner in owners for name in _of_family(owner, argument["name"])]
    if not found:
        raise SystemExit(f"{entry['name']}: nothing makes {argument['name']}")
    return found


class Table:
    def __init__(self) -> None:
        self.groups = {name: groups.functions(TABLE, name) for name in groups.GROUPS}
        self.entries = [entry for entries in self.groups.values() for entry in entries]
        self.index = {entry["name"]: i for i, entry in enumerate(self.entries)}
        self.structs = [name for name in STRUCTS if self._told(name)]

    @staticmethod
    def _told(name: str) -> bool:
        return f"{name}_default" in FUNCTIONS or name in ("lgt_ranking_measure", "lgt_reliability_bin")

    def text(self) -> str:
        parts = ["/* Generated by tools/fuzz/table.py. */", '#include "calls.h"', EXTENT]
        parts += [self._struct(name) for name in self.structs]
        rows = ", ".join(
            f'{{"{n}", sizeof({n}), {len(STRUCTS[n]["fields"])}, fields_{n}, '
            f"{'defaults_' + n if n + '_default' in FUNCTIONS else 'NULL'}}}"
            for n in self.structs
        )
        parts.append(f"const structure structures[] = {{{rows}}};")
        parts += [self._function(i, entry) for i, entry in enumerate(self.entries)]
        parts.append("const function functions[] = {")
        for i, entry in enumerate(self.entries):
            size = {"f32": 4, "f64": 8}.get(entry["dtype"], 2)
            status = int(entry["returns"] == "lgt_status")
            args = f"arguments_{i}" if entry["args"] else "NULL"
            parts.append(
                f'    {{"{entry["name"]}", "{entry["family"]}", {status}, {len(entry["args"])}, '
                f"{size}, {args}, call_{i}, lengths_{i}, asked_{i}}},"
            )
        firsts = {name: self.index[entries[0]["name"]] for name, entries in self.groups.items()}
        rows = ", ".join(f'{{"{x}", {firsts[x]}, {len(self.groups[x])}}}' for x in firsts)
        parts += ["};", f"const group groups[] = {{{rows}, {{NULL, 0, 0}}}};", ""]
        return "\n".join(parts)

    def _struct(self, name: str) -> str:
        rows = ", ".join(
            f'{{"{x["name"]}", "{x["c"]}", offsetof({name}, {x["name"]}), sizeof((({name} *)0)->{x["name"]})}}'
            for x in STRUCTS[name]["fields"]
        )
        text = f"static const field fields_{name}[] = {{{rows}}};"
        if f"{name}_default" in FUNCTIONS:
            text += f"\nstatic void defaults_{name}(void *p) {{ {name}_default(({name} *)p); }}"
        return text

    def _function(self, i: int, entry: dict[str, Any]) -> str:
        args = entry["args"]
        parts = []
        for j, argument in enumerate(args):
            if is_blob(entry, argument):
                made_by = ", ".join(str(self.index[name]) for name in makers(entry, argument))
                parts.append(f"static const int16_t makers_{i}_{j}[] = {{{made_by}, -1}};")
        if args:
            rows = ",\n    ".join(self._argument(i, entry, j) for j in range(len(args)))
            parts.append(f"static const argument arguments_{i}[] = {{\n    {rows}}};")
        called = f"{entry['name']}({', '.join(self._passed(x, j) for j, x in enumerate(args))})"
        if entry["returns"] == "lgt_status":
            body = f"return {called};"
        elif entry["returns"] == "void":
            body = f"{called}; return 0;"
        elif "*" in entry["returns"]:
            body = f"return {called} != NULL ? 0 : -99;"
        else:
            body = f"(void){called}; return 0;"
        void = "" if args else " (void)a;"
        parts.append(f"static int64_t call_{i}(const value *a) {{{void} {body} }}")
        parts += [self._lengths(i, entry), self._asked(i, entry)]
        return "\n".join(parts)

    def _passed(self, argument: dict[str, Any], j: int) -> str:
        c = argument["c"]
        if c.endswith("*"):
            return f"({c})a[{j}].p"
        return f"({c})a[{j}].d" if c in ("double", "float") else f"({c})a[{j}].n"

    def _argument(self, i: int, entry: dict[str, Any], j: int) -> str:
        argument = entry["args"][j]
        names = [x["name"] for x in entry["args"]]
        name, c = argument["name"], argument["c"]
        told = {"name": f'"{name}"', "other": -1, "options": -1}
        if c.endswith("*"):
            told |= self._pointer(i, entry, j)
        else:
            told |= {"what": WHAT[c]}
            arrays = {_shape(x).get("stride"): k for k, x in enumerate(entry["args"]) if "*" in x["c"]}
            sizes = {_shape(x).get("size"): k for k, x in enumerate(entry["args"]) if "*" in x["c"]}
            if name in arrays:
                told |= {"what": "STRIDE", "other": arrays[name]}
            elif name == "views_stride":
                told |= {"what": "STRIDE", "other": names.index("x")}
            elif name in sizes:
                told |= {"what": "ROOM", "other": sizes[name]}
            elif name.endswith("_type"):
                told |= {"what": "TYPE"}
            bank = "BANK_ROWS" if name in ROWS else "BANK_COLS" if name in COLS else "BANK_OTHER"
            if entry["verb"] == "get_bins" or name == "labels" and entry["verb"] == "":
                bank = "BANK_OTHER"
            if entry["family"] == "agreement" and name == "raters":
                bank = "BANK_OTHER"
            told |= {"bank": bank}
        return "{" + ", ".join(f".{key} = {x}" for key, x in told.items()) + "}"

    def _pointer(self, i: int, entry: dict[str, Any], j: int) -> dict[str, Any]:
        argument, shape = entry["args"][j], _shape(entry["args"][j])
        names = [x["name"] for x in entry["args"]]
        c, name = _type(argument["c"]), argument["name"]
        flags = ["IN"] * ("const" in argument["c"]) + ["NULLABLE"] * shape.get("null", False)
        flags += ["SCRATCH"] * (name == "scratch") + ["ANSWERS_ERRORS"] * ((entry["family"], name) in ANSWERS_ERRORS)
        told: dict[str, Any] = {"what": "POINTER"}
        if is_blob(entry, argument):
            flags.append("BLOB")
            told["makers"] = f"makers_{i}_{j}"
        elif name in extents.HEADED and argument["c"].startswith(("void", "lgt_")):
            flags.append("MADE")
        if c == "lgt_csr":
            flags.append("CSR")
        elif c in self.structs and "const" in argument["c"]:
            told["options"] = self.structs.index(c)
            flags += ["OPTIONS"] * c.endswith("opts")
        other = shape.get("element") or shape.get("size")
        told["other"] = names.index(other) if other in names else -1
        told["element"] = ELEMENTS.get(c, 0)
        told["unit"] = f"sizeof({c})" if c != "void" else 1
        told["flags"] = " | ".join(flags) or 0
        stem = extents.stem(entry)
        drawn = inputs.numbers(entry["family"], stem, name, names, shape["kind"] == "rows")
        told["hint"] = HINTS.get(drawn, "WHOLE")
        if name == "offsets":
            told["hint"] = "RISING"
        return told

    def _lengths(self, i: int, entry: dict[str, Any]) -> str:
        rows = [
            f"c->e[{j}] = extent_of({_extent(entry, x)});"
            for j, x in enumerate(entry["args"])
            if x["c"].endswith("*")
        ]
        return f"static void lengths_{i}(call *c) {{ (void)c; {' '.join(rows)} }}"

    def _asked(self, i: int, entry: dict[str, Any]) -> str:
        cases = []
        for j, argument in enumerate(entry["args"]):
            asked = _shape(argument).get("asked")
            if asked and asked in FUNCTIONS:
                given = ", ".join(self._given(entry, x) for x in FUNCTIONS[asked]["args"])
                cases.append(f"if (j == {j}) return {asked}({given});")
        return (
            f"static lgt_status asked_{i}(const call *c, int j, size_t *bytes) "
            f"{{ (void)c, (void)j, (void)bytes; {' '.join(cases)} return LGT_E_UNSUPPORTED; }}"
        )

    def _given(self, entry: dict[str, Any], wanted: dict[str, Any]) -> str:
        """What a function is told that says how much room another needs."""
        names = [x["name"] for x in entry["args"]]
        name, c = wanted["name"], wanted["c"]
        same = {"n": ["n", "rows"], "_n": ["n", "rows"], "rows": ["rows", "n"], "longest": ["cols"],
                "classes": ["classes", "cols"], "cols": ["cols"]}  # fmt: skip
        if name == "bytes":
            return "bytes"
        if name == "score_size" and name not in names:
            return "c->f->score_size"
        if name == "weighted" and "weights" in names:
            return f"c->a[{names.index('weights')}].p != NULL"
        for known in same.get(name, [name]):
            if known in names:
                return self._passed(wanted, names.index(known)).replace("a[", "c->a[")
        if "*" in c:
            return "NULL"
        return f'({c})param(c, "{name}")'


EXTENT = """
static extent extent_of(double rows, double cols, double stride) {
    extent e = {rows, cols, stride};
    return e;
}
"""


if __name__ == "__main__":
    print(Table().text())
