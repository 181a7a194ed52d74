"""What the documentation leaves open, and the tool therefore does not compare or compares
less strictly. By the beginning of a function's name."""

from __future__ import annotations

from typing import Any

SEARCHED = (
    "lgt_dirichlet_fit",
    "lgt_matrix_scaling_fit",
    "lgt_prior_shift_fit",
    "lgt_vector_scaling_fit",
)
# Kinds of values (values.py) for which a bound is not promised, and why.
KINDS = {
    "lgt_extsum_scale": (("wide", "huge", "infinite"), "shares of entries that were not added"),
    "lgt_logsumexp_grad": (("wide", "huge", "infinite"), "an lse that is not that of the row"),
    "lgt_logsumexp_cols_grad": (("wide", "huge", "infinite"), "an lse that is not that of the row"),
    "lgt_temperature_fit": (("tiny",), "the minimum is flat"),
    "lgt_ensemble_temperature_fit": (("tiny",), "the minimum is flat"),
    "lgt_vector_scaling_fit": (("huge",), "a search that ends where rounding lets it"),
    "lgt_uskd": (("wide",), "scores so close that rounding changes their order"),
    "lgt_soft_topk": (("huge",), "alpha times the largest score is above 1e4"),
}
# Options for which it is not promised: without a penalty the minimum of 21 rows of 37 classes
# is flat, or at infinity; with a tolerance of 0 rounding ends the search.
OPTIONS = {
    "lgt_ca_temperature_fit": ("tol = 0.0",),
    **dict.fromkeys(SEARCHED, ("off_diagonal = 0.0", "diagonal = 0.0", "bias = 0.0")),
}
# Losses that are multiplied by the square of a temperature, and their bounds with them.
TEMPERED = ("lgt_kd_", "lgt_dkd_", "lgt_nkd_")
# Kinds for which a gradient may be another that is not finite: sums of infinities.
UNBOUNDED = ("huge", "infinite")
# Words of a model that count rounds, which rounding changes.
ROUNDS = dict.fromkeys(SEARCHED, 2)
# Results that count entries at a threshold, which rounding puts on either side.
COUNTS = {"lgt_entmax15": "support", "lgt_entmax_": "support"}
# Bounds that a sentence gives by another function's, for the option recorded.
LIKE = {"lgt_entmax_f": "lgt_entmax15_f32", "lgt_entmax_bf": "lgt_entmax15_f32"}
# Results rounded to the type stored on the way as well.
ROUNDED_OFTEN = ("lgt_one_vs_rest_apply", "lgt_top_label_calibration_apply")
# Fits whose minimum is flat for labels drawn at random: so many bounds may lie between them.
FLAT = {"lgt_ca_temperature_fit": 20.0}


def of(table: dict[str, Any], name: str, default: Any = None) -> Any:
    return next((value for start, value in table.items() if name.startswith(start)), default)


def is_open(name: str, kind: str) -> bool:
    """Whether nothing is promised of results for these values, or with this option."""
    kinds, _ = of(KINDS, name, ((), ""))
    return kind in kinds or kind in of(OPTIONS, name, ()) or name == "lgt_cpu_level"
