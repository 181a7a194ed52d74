"""States and models that calls left, for the calls that want one; and what of their bytes
is not the same on every processor."""

from __future__ import annotations

from typing import Any

# Bytes that are not of the function's own family.
_OWNERS = {
    **{(f"{kind}_search", "model"): "found" for kind in ("logistic", "matrix", "temperature")},
    ("association", "state"): "confusion",
    ("conformal_sets", "model"): "conformal",
    ("evaluate_rows", "evaluation"): "evaluate",
    ("histogram_binning", "state"): "ece_binary",
    ("logistic_loss", "search"): "logistic_search",
    ("logistic_search", "loss"): "logistic_loss",
    ("matrix_search", "loss"): "matrix_loss",
    ("model", "model"): "isotonic",
    ("saerens", "model"): "prior_shift",
    ("state", "other"): "accuracy",
    ("state", "state"): "accuracy",
    ("temperature_search", "state"): "asked",
}
# Sums of rounded terms, kept as whole numbers: a last bit of a term shows anywhere in
# their bytes, so that an update is judged by what `finish` makes of it.
FINISHED = {"ca_loss", "evaluate", "nll", "temperature_loss"}
# From which word on a state is doubles; docs/state-format.md says more. A model is from the
# third on, if its iterations are to be left alone as well: they make no double that differs.
_DOUBLES = {"extsum": 2, "logistic_loss": 8, "matrix_loss": 7, "spherical_layer": 4}
_MIXED = {"conformal", "one_vs_rest", "top_label_calibration"}
_ROW, _ROW_DOUBLES = 8, 5  # words of a row of evaluate_rows, and doubles at its front
_HEAD = 2
# How often a fit went round is not the same on every processor.
_PASSED_OVER = "iterations"


class Unknown(LookupError):
    """Nothing of this family was made yet."""


def owner(entry: dict[str, Any], name: str) -> str:
    """The family whose state or model an argument of this name is."""
    return _OWNERS.get((entry["family"], name), entry["family"])


class States:
    def __init__(self) -> None:
        self.fresh: dict[str, list[Any]] = {}  # what `init` left, before data
        self.used: dict[str, list[Any]] = {}  # what others made of it

    def known(self, family: str, fresh: bool = False) -> list[Any]:
        first, second = (self.fresh, self.used) if fresh else (self.used, self.fresh)
        found = first.get(family) or second.get(family)
        if found is None:
            raise Unknown(family)
        return found

    def keep(self, entry: dict[str, Any], name: str, after: list[Any]) -> None:
        if entry["verb"] in ("merge", "reset", "add_to") or entry["dtype"] not in (None, "f64"):
            return
        kept = self.fresh if entry["verb"] in ("init", "set") else self.used
        kept[owner(entry, name)] = after


def mark(
    entry: dict[str, Any], name: str, block: dict[str, Any], finished: bool, fields: list[str]
) -> None:
    """Notes at a block how its answer is to be compared. `fields` are those of its struct."""
    if finished:
        block["after"] = None
    elif "after" in block and _PASSED_OVER in fields:
        block["after"][fields.index(_PASSED_OVER)] = None
    elif block["type"] == "bytes" and "after" in block:
        near = _doubles(entry, name, block["n"] // 8)
        if near:
            block["near"] = near


def _doubles(entry: dict[str, Any], name: str, words: int) -> list[int]:
    family = owner(entry, name)
    if name == "model" and family not in _MIXED:
        return list(range(_HEAD, words))
    if family == "evaluate_rows":
        return [i for i in range(_HEAD, words) if (i - _HEAD) % _ROW < _ROW_DOUBLES]
    return list(range(_DOUBLES.get(family, words), words))
