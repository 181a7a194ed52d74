"""How long the array behind each pointer argument is, from the other arguments.

`make.py` calls every function with arrays of exactly these lengths. They are found by other
rules than the `extent` of api.json, which comes from the doc comments: where one of the two
is wrong, a language that checks lengths refuses the call.

An expression counts elements of the argument's own type; of an array of labels, of
the type its `_type` argument names; of memory without a type, bytes. Its names are those
of other arguments, its operators C's, and its functions these:

    strided(rows, stride, cols)   (rows - 1) * stride + cols, or 0 without rows or columns
    words(cols)                   64-bit words of as many bits
    bytes(state), param(state)    size and parameter in the head of these bytes (u32 at 8, 12)
    dims(layer)                   of a spherical layer (u64 at 16)
    measures(state)               of a ranking state: the `count` that `init` was given
    nnz(csr)                      its field

Where a mask picks columns, `y` and `dy` have its `count` of columns in place of `cols`.
"""

from __future__ import annotations

from typing import Any

# Columns of strided arrays, where these are not `cols`; rows, where not `rows` or `n`.
COLUMNS = {
    "confusion_get_counts": {"counts": "param(state)"},
    "confusion_get_matrix": {"matrix": "param(state)"},
    "ca_features": {"y": "view_count * k"},
    "agreement_update": {"ratings": "raters"},
    "agreement_update_counts": {"counts": "param(state)"},
    "icc": {"x": "raters"},
    "soft_label_topk": {"indices": "k", "values": "k"},
    "soft_label_expand": {"indices": "k", "values": "k"},
    "spherical_layer_init": {"weights": "dims"},
    "spherical_layer_rows": {"weights": "dims(layer)"},
    "spherical_layer_forward": {"h": "dims(layer)"},
    "spherical_layer_step": {"h": "dims(layer)", "d_h": "dims(layer)"},
    "temperature_net": {"x": "inputs"},
    "temperature_net_grad": {"x": "inputs"},
    "tempnet": {"x": "inputs"},
    "xmc_update_top": {"predicted": "width"},
    "conformal_sets": {"masks": "words(cols)"},
    "coverage_update": {"masks": "words(cols)"},
}
ROWS = {
    "confusion_get_counts": "param(state)",
    "confusion_get_matrix": "param(state)",
    "agreement_update": "items",
    "agreement_update_counts": "items",
    "evaluate_rows_add_to": "param(state)",
    "extsum_lse": "param(state)",
    "icc": "items",
    "inverse_propensity": "labels",
    "ranking_update": "offsets ? 1 : rows",
    "spherical_layer_init": "classes",
}
_NET = "hidden * (inputs + 2) + 1"
_PER_COLUMN = {"lse": "cols", "dlse": "cols"}
_CURVE = dict.fromkeys(("fpr", "tpr", "fnr", "precision", "recall", "thresholds"), "capacity")
_MEANS = {"auroc": "cols", "average_precision": "cols"}
# Whatever the general rules would say of these arguments.
ARGUMENTS: dict[str, dict[str, str]] = {
    "binary_cross_entropy": {"positive": "cols"},
    "bootstrap_get_original": {"state": "bytes(state)", "out": "size"},
    "bootstrap_get_replicate": {"state": "bytes(state)", "out": "size"},
    "ca_features": {
        "views": "view_count ? (view_count - 1) * view_stride"
        " + strided(rows, views_stride, cols) : 0"
    },
    "ca_loss_grad": {"loss": "1"},
    "conformal_weighted": {"scores": "n", "weights": "n"},
    "csr_count": {"counts": "cols"},
    "det_curve": _CURVE,
    "interval_bca": {"values": "count"},
    "interval_percentile": {"values": "count"},
    "ks_two_sample": {"y": "m"},
    "label_ranking_update": {"values": "rows * 4"},
    "label_ranking_update_csr": {"values": "rows * 4"},
    "log_softmax_cols": _PER_COLUMN,
    "logsumexp_cols": _PER_COLUMN,
    "logsumexp_cols_grad": _PER_COLUMN,
    "mann_whitney": {"y": "m"},
    "mix_labels": {"share": "count"},
    "multiclass_auroc": _MEANS,
    "multilabel_auroc": _MEANS,
    "pinball": {"levels": "cols"},
    "precision_recall_curve": _CURVE,
    "ranking_update": {
        "offsets": "rows + 1",
        "weights": "rows",
        "values": "rows * measures(state)",
    },
    "roc_curve": _CURVE,
    "saerens_fit": {"train_priors": "cols", "priors": "cols"},
    "softmax_cols": _PER_COLUMN,
    "spherical_layer_forward": {"labels": "rows * targets", "own": "rows * targets"},
    "spherical_layer_step": {"labels": "rows * targets", "d_own": "rows * targets"},
    "temperature_net": {"parameters": _NET},
    "temperature_net_grad": {
        "parameters": _NET,
        "dparameters": _NET,
        "dx": "rows * inputs",
    },
    "tempnet": {"parameters": "hidden * (inputs + 1) + outputs * (hidden + 2) + 2"},
    "xmc_update": {"scores": "nnz(predicted)", "inverse_propensities": "cols"},
    "xmc_update_dense": {"inverse_propensities": "cols"},
    "xmc_update_top": {"inverse_propensities": "cols"},
}
# One number.
SINGLE = {
    *("accuracy", "bad_row", "bytes", "done", "gram", "high", "inverse", "kind", "low"),
    *("median", "parameters", "sums", "total"),
}
# Bytes with a head that says how many they are, where no argument says it.
HEADED = {"state", "model", "search", "layer", "loss", "other", "evaluation"}


def _is_struct(c: str) -> bool:
    return c.startswith("lgt_") and c not in ("lgt_f16 *", "lgt_bf16 *")


def is_headed(argument: dict[str, Any]) -> bool:
    """A state, a model, a search or a layer."""
    c = argument["c"].removeprefix("const ")
    return argument["name"] in HEADED and (c == "void *" or _is_struct(c))


def stem(entry: dict[str, Any]) -> str:
    name = entry["name"].removeprefix("lgt_")
    return name.removesuffix(f"_{entry['dtype']}") if entry["dtype"] else name


def stride_of(entry: dict[str, Any], name: str) -> str | None:
    """The argument that is the stride of this one: x_stride of x, index_stride of indices."""
    names = [x["name"] for x in entry["args"]]
    singular = name[:-4] + "ex" if name.endswith("ices") else name.removesuffix("s")
    possible = f"{name}_stride", f"{singular}_stride"
    return next((stride for stride in possible if stride in names), None)


def columns(entry: dict[str, Any], name: str) -> str:
    """How many columns a strided array has."""
    usual = "cols" if any(x["name"] == "cols" for x in entry["args"]) else "1"
    return COLUMNS.get(stem(entry), {}).get(name, usual)


def extent(entry: dict[str, Any], argument: dict[str, Any]) -> str:
    """The length of one pointer argument."""
    short, name, c = stem(entry), argument["name"], argument["c"].removeprefix("const ")
    names = [other["name"] for other in entry["args"]]
    if name in ARGUMENTS.get(short, {}):
        return ARGUMENTS[short][name]
    rows = ROWS.get(short) or next((x for x in ("rows", "n", "count") if x in names), "1")
    stride = stride_of(entry, name)
    if stride:
        return f"strided({rows}, {stride}, {columns(entry, name)})"
    if _is_struct(c):
        many = "count" in names and argument["role"] in ("in", "out") and name != "report"
        return "count" if many else "1"
    if f"{name}_size" in names:
        return f"{name}_size"
    if c == "void *" and name in HEADED:
        return "size" if names[names.index(name) + 1 :][:1] == ["size"] else f"bytes({name})"
    if name in SINGLE:
        return "1"
    counted = f"{name.removesuffix('s')}_count"
    return counted if counted in names else rows
