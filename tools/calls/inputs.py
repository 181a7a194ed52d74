"""Ordinary input for every function, by the names of its arguments. The numbers are exact
in every type down to bfloat16, so that all types are asked the same."""

from __future__ import annotations

import random
from typing import Any, Callable

# What an argument is told, unless its function stands below.
SCALARS: dict[str, Any] = {
    "rows": 4, "cols": 3, "n": 8, "_n": 8, "m": 6, "count": 4, "capacity": 10,
    "k": 2, "bins": 4, "classes": 3, "categories": 3, "items": 4, "raters": 3, "labels": 3,
    "hidden": 2, "inputs": 3, "outputs": 2, "dims": 3, "targets": 2, "width": 2, "longest": 3,
    "view_count": 2, "view_stride": 16, "tau_count": 4, "temperature_count": 4, "edge_count": 0,
    "replicates": 5, "replicate": 1, "predictors": 1, "order": 2, "power": 1, "weighted": 1,
    "seed": 7, "first": 1, "first_row": 0, "first_column": 0, "class_index": 1, "offset": 0,
    "kind": 1, "param": 1, "score_size": 8,
    "eps": 0.0009765625, "alpha": 0.25, "beta": 2.0, "gamma": 2.0, "temperature": 2.0,
    "rho": 0.25, "tau": 0.5, "tau_min": 0.125, "tau_max": 8.0, "t_min": 0.125, "t_max": 8.0,
    "threshold": 0.25, "confidence": 0.75, "level": 0.75, "coverage": 0.5, "risk": 0.5,
    "tpr": 0.5, "max_fpr": 0.5, "target": 0.5, "quantile": 0.5, "margin": 1.0, "budget": 1.5,
    "rate": 0.125, "decay": 0.125, "statistic": 0.5, "successes": 3.0, "trials": 8.0,
    "a": 0.5, "b": 1.5, "c": 2, "tn": 5.0, "fp": 2.0, "fn_": 1.0, "tp": 4.0, "status": -1,
}  # fmt: skip

# Among them are constants of api.json: LGT_F64 is 10, LGT_ZIPF_OTHERS 1.
OF: dict[str, dict[str, Any]] = {
    "agreement_get_categories": {"count": 3},
    "bf16_from_f32": {"x": 1.5},
    "bf16_to_f32": {"x": 0x3FC0},
    "binned_auroc_fpr_at_tpr": {"tpr": 0.9375},
    "binned_auroc_init": {"k": 8},
    "binned_auroc_size": {"k": 8},
    "bootstrap_finish": {"count": 5},
    "bootstrap_get_original": {"size": 96},
    "bootstrap_get_replicate": {"size": 96},
    "bootstrap_get_values": {"count": 5},
    "class_counts_get_classes": {"count": 3},
    "conformal_weighted": {"alpha": 0.5},
    "confusion_get_classes": {"count": 3},
    "contrastive_dro": {"rows": 3, "tau_count": 3},
    "coverage_finish": {"count": 2},
    "coverage_get_classes": {"count": 3},
    "cpu_level_name": {"level": 0},
    "cpu_set_level": {"level": 0},
    "ece_classwise_init": {"threshold": 0.0},
    "ece_classwise_size": {"threshold": 0.0},
    "evaluate_get_classes": {"count": 3},
    "f16_from_f32": {"x": 1.5},
    "f16_to_f32": {"x": 0x3E00},
    "logistic_search_model": {"size": 56},
    "matrix_loss_get": {"count": 6},
    "matrix_loss_init": {"form": 1, "eps": 0.0},
    "matrix_loss_scratch": {"form": 1},
    "matrix_loss_set": {"count": 6},
    "matrix_loss_size": {"form": 1, "eps": 0.0},
    "matrix_search_init": {"form": 1, "eps": 0.0},
    "matrix_search_model": {"size": 88},
    "matrix_search_point": {"count": 6},
    "matrix_search_size": {"form": 1, "eps": 0.0},
    "mcnemar": {"b": 5, "c": 2},
    "multiclass_auroc": {"micro": 1},
    "multiclass_auroc_scratch": {"micro": 1},
    "multilabel_auroc": {"micro": 1},
    "multilabel_auroc_scratch": {"micro": 1},
    "multilabel_get_labels": {"count": 3},
    "ranking_finish": {"count": 2},
    "ranking_init": {"count": 2},
    "ranking_size": {"count": 2},
    "ranking_update": {"longest": 3},
    "spherical_layer_init": {"storage": 10},
    "spherical_layer_rows": {"rows": 2},
    "spherical_layer_size": {"storage": 10},
    "streaming_auroc_init": {"capacity": 16},
    "streaming_auroc_size": {"capacity": 16},
    "temperature_loss_finish": {"count": 2},
    "temperature_loss_init": {"count": 2, "derivatives": 1},
    "temperature_loss_size": {"count": 2, "derivatives": 1},
    "temperature_search_state": {"size": 2824},
    "xmc_init": {"flags": 1},
    "xmc_size": {"flags": 1},
    "zipf_targets": {"order": 1},
    **dict.fromkeys(
        ("entmax", "entmax_grad", "entmax_loss", "normmax", "normmax_grad"), {"alpha": 1.5}
    ),
    **dict.fromkeys(("regression_update", "pearson_update"), {"n": 8}),
}

# Options that are not the defaults, but for families that keep to those.
OPTS: dict[str, dict[str, Any]] = {
    "lgt_agreement_opts": {"flags": 1, "raters": 3},
    "lgt_class_counts_opts": {"flags": 1},
    "lgt_conformal_opts": {"flags": 2},
    "lgt_evaluate_opts": {"bins": 4, "ranks": 2, "classes": 3},
    "lgt_matrix_search_opts": {"diagonal": 0.125, "off_diagonal": 0.125, "bias": 0.125},
    "lgt_multilabel_opts": {"flags": 1},
    "lgt_reduction_opts": {"min_rows": 2},
}
DEFAULTS = {"confusion"}

# Rows of numbers, one after the other.
Numbers = Callable[[random.Random, int, int], list[Any]]


def _each(draw_one: Callable[[random.Random], Any]) -> Numbers:
    """All alike."""
    return lambda draw, rows, cols: [draw_one(draw) for _ in range(rows * cols)]


def _table(values: list[Any]) -> Numbers:
    """As they stand, and then from the start again."""
    return lambda draw, rows, cols: [values[i % len(values)] for i in range(rows * cols)]


logits = _each(lambda draw: draw.randrange(-24, 25) / 8)
probabilities = _each(lambda draw: draw.randrange(1, 16) / 16)
weights = _each(lambda draw: draw.choice((0.5, 1, 1, 1.5, 2)))
whole = _each(lambda draw: draw.randrange(1, 6))
sets = _each(lambda draw: draw.randrange(1, 8))  # of three classes, as bits
rising = _table(list(range(1, 17)))
# Labels of rows, what foretells them but for two of eight rows, and two tries at them.
bits = _table([0, 1, 1, 0, 1, 0, 1, 1])
classes = _table([2, 0, 1, 0, 1, 2, 0, 1])
scores = _table([0.25, 0.75, 0.5625, 0.375, 0.875, 0.625, 0.4375, 0.9375])
guesses = _table([2, 0, 1, 1, 1, 2, 1, 1])
others = _table([2, 0, 0, 0, 1, 1, 2, 1])
foretelling = _table([
    *(0.5, -1, 2, 1.5, 0.25, -0.5, -1, 1, 0.5, 0.25, 1, -0.75),
    *(-0.5, 0.75, 0.25, 0, -1.5, 1, 0.5, 0.75, -0.25, -2, 1.5, -1),
])  # fmt: skip
shares = _table([
    *(0.125, 0.125, 0.75, 0.625, 0.25, 0.125, 0.25, 0.5, 0.25, 0.25, 0.625, 0.125),
    *(0.1875, 0.5625, 0.25, 0.25, 0.125, 0.625, 0.375, 0.5, 0.125, 0.0625, 0.875, 0.0625),
])  # fmt: skip
counted = _table([3, 0, 0, 1, 1, 1, 0, 2, 1, 1, 2, 0])  # ratings of four items by three
scaling = _table([1, 1, 1, 0, 0, 0])  # the point where a search of scales and biases starts


def distributions(draw: random.Random, rows: int, cols: int) -> list[float]:
    """Each row above 0, coming to 1."""
    found: list[float] = []
    for _ in range(rows):
        cuts = sorted(draw.sample(range(1, 16), cols - 1))
        found += [(b - a) / 16 for a, b in zip([0, *cuts], [*cuts, 16])]
    return found


def different(draw: random.Random, rows: int, cols: int) -> list[int]:
    """Of three classes, in each row none twice."""
    return [x for _ in range(rows) for x in draw.sample(range(3), cols)]


def measures(draw: random.Random, rows: int, cols: int) -> list[int]:
    """nDCG at 2, the reciprocal rank at 3."""
    return [1, 2, 4, 3]


def reliability(draw: random.Random, rows: int, cols: int) -> list[float]:
    """Bins: rows, weight, ends, confidence, frequency."""
    n = rows * cols
    return [
        number
        for i in range(n)
        for number in (4, 4.0, i / n, (i + 1) / n, (i + 0.5) / n, draw.randrange(5) / 4)
    ]


# Of arrays of numbers; what is not here are logits.
NUMBERS: dict[str, Numbers] = {
    **dict.fromkeys(("labels", "events"), bits),
    **dict.fromkeys(("ratings", "relevance"), classes),
    **dict.fromkeys(("weights", "gains", "positive", "taus", "temperatures"), weights),
    **dict.fromkeys(("inverse_propensities", "new_weights", "squares", "lse"), weights),
    **dict.fromkeys(("u", "scores", "share", "levels", "jackknife", "values"), probabilities),
    **dict.fromkeys(("thresholds", "confidences", "losses", "margin"), probabilities),
    **dict.fromkeys(("targets", "train_priors"), distributions),
    **dict.fromkeys(("counts", "greater", "equal"), whole),
    **dict.fromkeys(("edges", "cutoffs", "ranks"), rising),
    "masks": sets,
    "predicted": guesses,
    "bins": reliability,
    "measures": measures,
}
# Where their names mean something else.
NUMBERS_OF: dict[str, dict[str, Numbers]] = {
    "agreement_update_counts": {"counts": counted},
    "icc": {"x": _table([1, 2, 1.5, 3, 3.5, 3, 0, -1, 0.5, 2, 2, 1])},
    "matrix_loss_set": {"point": scaling},
    "mcnemar_labels": {"first": guesses, "second": others, "labels": classes},
    "multilabel_update": {"predicted": _table([0, 1, 1, 1, 1, 0, 1, 1])},
    "pinball": {"targets": logits},
    "soft_label_expand": {"indices": different, "values": probabilities},
    "xmc_update_top": {"predicted": different},
    **dict.fromkeys(("pearson_update", "regression_update"), {"x": logits, "y": logits}),
}
# Rows of shares, where others take logits.
SHARED = {
    *("ace", "brier", "dirichlet", "ece_classwise", "ece_top_label", "log_loss", "logit"),
    *("one_vs_rest", "rps", "saerens", "soft_label", "soft_label_regions", "spherical"),
    *("top_label", "top_label_calibration", "multilabel_auroc", "multilabel"),
}
# NULL, where that is what is usual.
NULL: dict[str, set[str]] = {
    "binned_auroc_init": {"edges"},
    "binned_auroc_update": {"edges"},
    "confusion_update": {"weights"},
    "gumbel_softmax": {"soft"},
    "ranking_update": {"offsets"},
}


def scalars(stem: str, names: list[str]) -> dict[str, Any]:
    many = stem.endswith("_fit") or "labels" in names and "cols" not in names
    return {**SCALARS, **({"rows": 8} if many else {}), **OF.get(stem, {})}


def numbers(family: str, stem: str, name: str, names: list[str], strided: bool) -> Numbers:
    """What an argument of this name holds, among arguments of these names."""
    if name in NUMBERS_OF.get(stem, {}):
        return NUMBERS_OF[stem][name]
    if name == "labels" and not strided and {"cols", "classes"} & set(names):
        return classes
    if name == "x" and "cols" in names:
        return shares if family in SHARED else foretelling
    if name in ("x", "y", "first", "second") and not {"cols", "inputs"} & set(names):
        return scores if "labels" in names and name in ("x", "first") else probabilities
    if name == "y" and "dy" in names:
        return distributions
    return NUMBERS.get(name, logits)
