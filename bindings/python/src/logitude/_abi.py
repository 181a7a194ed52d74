"""The C library and its table, `api.json`: every signature and every struct is
made from the table, none is written out here.

Functions are found by family, verb and type, so that an array chooses its
function: `function("softmax", "", "f32")` is `lgt_softmax_f32`.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
from pathlib import Path
from typing import Any

_FILE_NAME = {"darwin": "liblogitude.dylib", "win32": "logitude.dll"}
_HERE = Path(__file__).parent

TABLE: dict[str, Any] = json.loads((_HERE / "api.json").read_text(encoding="utf-8"))
CONSTANTS: dict[str, int] = {entry["name"]: entry["value"] for entry in TABLE["constants"]}
STATUSES: dict[str, int] = {
    entry["name"]: entry["value"]
    for enum in TABLE["enums"]
    if enum["name"] == "lgt_status"
    for entry in enum["values"]
}

# `LOGITUDE_LIBRARY` names another build of the same version: one with symbols,
# one with a sanitizer, one of a distribution.
LIBRARY = ctypes.CDLL(
    os.environ.get("LOGITUDE_LIBRARY")
    or str(_HERE / _FILE_NAME.get(sys.platform, "liblogitude.so"))
)

_SCALARS = {
    "void": None,
    "float": ctypes.c_float,
    "double": ctypes.c_double,
    "size_t": ctypes.c_size_t,
    **{
        f"{sign}int{bits}_t": getattr(ctypes, f"c_{sign}int{bits}")
        for sign in ("", "u")
        for bits in (8, 16, 32, 64)
    },
    **{enum["name"]: ctypes.c_int for enum in TABLE["enums"]},
}
_SCALARS.update({alias["name"]: _SCALARS[alias["c"]] for alias in TABLE["aliases"]})
_SCALARS.update({callback["name"]: ctypes.c_void_p for callback in TABLE["callbacks"]})

STRUCTS: dict[str, Any] = {}


def _ctype(c: str) -> Any:
    """The ctypes form of a C type; text comes as bytes, any other pointer is an address."""
    if c.endswith("*"):
        return ctypes.c_char_p if "char" in c.split() else ctypes.c_void_p
    return _SCALARS[c] if c in _SCALARS else STRUCTS[c]


def _declare_struct(entry: dict[str, Any]) -> None:
    fields = [(field["name"], _ctype(field["c"])) for field in entry["fields"]]
    STRUCTS[entry["name"]] = type(entry["name"], (ctypes.Structure,), {"_fields_": fields})


def _declare_function(entry: dict[str, Any]) -> Any:
    made = getattr(LIBRARY, entry["name"])
    made.restype = _ctype(entry["returns"])
    made.argtypes = [_ctype(argument["c"]) for argument in entry["args"]]
    return made


def _check_version() -> None:
    version = _declare_function({"name": "lgt_version", "returns": "const char *", "args": []})
    if version().decode() != TABLE["version"]:
        raise ImportError(
            f"{LIBRARY._name} is version {version().decode()} of logitude, "
            f"this package needs {TABLE['version']}"
        )


# Before all else is looked up: another version may lack a function.
_check_version()
for _entry in TABLE["structs"]:
    _declare_struct(_entry)
FUNCTIONS: dict[tuple[str, str, str | None], Any] = {
    (entry["family"], entry["verb"], entry["dtype"]): _declare_function(entry)
    for entry in TABLE["functions"]
}


def function(family: str, verb: str = "", dtype: str | None = None) -> Any:
    """The C function of this family and verb, for numbers of this type."""
    return FUNCTIONS[family, verb, dtype]
