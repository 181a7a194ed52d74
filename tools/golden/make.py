"""Writes tests/golden/<minor version>.h: the bytes of a state or model of every kind as this
version writes them, and what it reads in them. What stands there is never written anew; only
kinds that are missing are added. A file of a new version has to be included by
c_tests/golden.c, beside those of the older ones.

    python tools/golden/make.py LIBRARY

Data and arguments are those of tests/calls.json: `again` is a call that makes the bytes,
`read` one that looks at them. The answers are those of the library, at the portable level.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "bindings/python/tests"), str(ROOT / "tools/calls")]

import replay  # noqa: E402
from emit import Step, tokens  # noqa: E402

TABLE = json.loads((ROOT / "include/logitude/api.json").read_text(encoding="utf-8"))
CALLS = json.loads((ROOT / "tests/calls.json").read_text(encoding="utf-8"))
PORTABLE = 0
# Plain bytes that are neither states that merge nor models, and have no constant.
OTHERS = {31: "temperature_search", 32: "matrix_search", 33: "logistic_search",
          52: "spherical_layer"}
# Where it is not `finish` of a state and `apply` of a model, `update` and `fit`.
READ = {
    "bootstrap": "lgt_bootstrap_get_original",
    "conformal": "lgt_conformal_sets_f64",
    "evaluate_rows": "lgt_evaluate_rows_add_to",
    "extsum": "lgt_extsum_lse",
    "logistic_loss": "lgt_logistic_search_step",
    "logistic_search": "lgt_logistic_search_model",
    "matrix_search": "lgt_matrix_search_model",
    "spherical_layer": "lgt_spherical_layer_forward",
    "temperature_search": "lgt_temperature_search_model",
}
AGAIN = {
    "conformal": "lgt_conformal_fit",
    "logistic_search": "lgt_logistic_search_step",
    "matrix_search": "lgt_matrix_search_step",
    "spherical_layer": "lgt_spherical_layer_step",
    "temperature_search": "lgt_temperature_search_step",
    "xmc": "lgt_xmc_update_f64",
}


def families() -> list[tuple[int, str, str]]:
    """Every kind: its number, its family, and what it is."""
    found = [(number, family, "OTHER") for number, family in OTHERS.items()]
    for constant in TABLE["constants"]:
        match = re.fullmatch(r"LGT_(STATE|MODEL)_(\w+)", constant["name"])
        if match:
            found.append((constant["value"], match[2].lower(), match[1]))
    return sorted(found)


def line(*names: str) -> dict[str, Any]:
    """The first call of the first of these functions that there is."""
    for name in names:
        for found in CALLS:
            if found["function"] == name:
                return dict(found, memory=[dict(block) for block in found["memory"]])
    raise SystemExit(f"no call of {names}")


def golden(library: replay.Library, number: int, family: str, what: str, own: str) -> str:
    """What the file says of a kind, whose names end in `own`, the version."""
    verb = "fit" if what == "MODEL" else "update"
    again = line(AGAIN.get(family, f"lgt_{family}_{verb}_f64"), f"lgt_{family}_{verb}")
    read = line(READ.get(family, f"lgt_{family}_finish"), f"lgt_{family}_apply_f64")
    made = Step(library, TABLE, again, number)
    content = made.run()
    shown = Step(library, TABLE, read, number)
    shown.run(content)
    words = tokens(library, number, content)
    return "\n".join([
        f"/* {number} {family} */",
        f"static const char *const words_{family}_{own}[] = {{{words}, NULL}};",
        made.function(f"again_{family}_{own}", True),
        shown.function(f"read_{family}_{own}", False),
        f"#define GOLDEN_{family}_{own} {{{number}, {what}, {len(content)}, \\\n"
        f"    words_{family}_{own}, again_{family}_{own}, read_{family}_{own}}},\n",
    ])


TOP = """/* Bytes of every kind as version {version} wrote them, and what it read in them: written by
 * tools/golden/make.py, and never changed. c_tests/golden.c says what the words mean. */
"""


def main(path: str) -> None:
    version = TABLE["version"].rsplit(".", 1)[0]
    own = version.replace(".", "_")
    file = ROOT / f"tests/golden/{version}.h"
    library = replay.Library(path, TABLE)
    library.functions["lgt_cpu_set_level"](PORTABLE)
    kept = file.read_text(encoding="utf-8") if file.exists() else TOP.format(version=version)
    kept = kept.split(f"#define GOLDEN_{own} \\")[0].rstrip() + "\n"
    names = []
    for number, family, what in families():
        name = f"GOLDEN_{family}_{own}"
        if f"#define {name} " not in kept:
            kept += "\n" + golden(library, number, family, what, own)
            print(f"added: {number} {family}")
        names.append(name)
    listed = " \\\n    ".join(names)
    file.write_text(f"{kept}\n#define GOLDEN_{own} \\\n    {listed}\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
