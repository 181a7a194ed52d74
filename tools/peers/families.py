"""All comparisons, by family, and the names that peers go by in them."""

from __future__ import annotations

import re
from typing import NamedTuple

from . import (
    entries_agreement,
    entries_binary_calibration,
    entries_binary_counts,
    entries_calibration,
    entries_classes,
    entries_conformal,
    entries_correlation,
    entries_counts,
    entries_curves,
    entries_distillation,
    entries_events,
    entries_extreme,
    entries_logistic_calibration,
    entries_losses,
    entries_many_counts,
    entries_maps,
    entries_masks,
    entries_matrix_scaling,
    entries_ranking,
    entries_regression,
    entries_scores,
    entries_sklearn_names,
    entries_softmax_grad,
    entries_spherical,
    entries_states,
    entries_temperature,
    entries_two_samples,
)
from .entry import Entry


class Family(NamedTuple):
    title: str
    entries: list[Entry]


# How each module is called in expressions, beside `np`.
PEERS = {
    "sk": "sklearn.metrics",
    "curves": "sklearn.calibration",
    "special": "scipy.special",
    "stats": "scipy.stats",
    "sms": "statsmodels.stats.api",
    "sm": "statsmodels.api",
    "scoringrules": "scoringrules",
    "torch": "torch",
    "F": "torch.nn.functional",
    "irr": "statsmodels.stats.inter_rater",
    "krippendorff": "krippendorff",
    "nominal": "torchmetrics.functional.nominal",
    "tm": "torchmetrics.functional.classification",
    "tmc": "torchmetrics.classification",
    "trc": "torchmetrics.retrieval",
    "regc": "torchmetrics.regression",
    "textc": "torchmetrics.text",
    "text": "torchmetrics.functional.text",
    "tr": "torchmetrics.functional.retrieval",
    "trec": "pytrec_eval",
    "reg": "torchmetrics.functional.regression",
    "te": "torcheval.metrics.functional",
    "netcal": "netcal.metrics",
    "ucal": "calibration",
    "netcal_scaling": "netcal.scaling",
    "relplot": "relplot",
    "calzone": "calzone.metrics",
    "pm": "probmetrics.metrics",
    "tu": "torch_uncertainty.metrics",
    "linear_model": "sklearn.linear_model",
    "pc": "probmetrics.calibrators.logistic",
    "post": "torch_uncertainty.post_processing",
    "pt": "probmetrics.calibrators.temperature_scaling",
    "pb": "probmetrics.calibrators.binning",
    "pn": "probmetrics.calibrators.nonparametric",
    "ps": "probmetrics.calibrators.splines",
    "conf": "torchcp.classification.utils.conf_calibration",
    "tcs": "torchcp.classification.score",
    "tcp": "torchcp.classification.predictor",
    "mapie": "mapie.classification",
    "isotonic": "sklearn.isotonic",
    "binning": "netcal.binning",
    "betacal": "betacal",
    "va": "venn_abers",
    "frozen": "sklearn.frozen",
    "given": "peers.given",
}

_PARTS = (
    entries_scores,
    entries_calibration,
    entries_events,
    entries_classes,
    entries_binary_counts,
    entries_many_counts,
    entries_sklearn_names,
    entries_states,
    entries_counts,
    entries_agreement,
    entries_correlation,
    entries_regression,
    entries_curves,
    entries_ranking,
    entries_extreme,
    entries_two_samples,
    entries_temperature,
    entries_matrix_scaling,
    entries_logistic_calibration,
    entries_binary_calibration,
    entries_conformal,
    entries_masks,
    entries_softmax_grad,
    entries_maps,
    entries_losses,
    entries_distillation,
    entries_spherical,
)

FAMILIES = [Family(title, entries) for part in _PARTS for title, entries in part.FAMILIES.items()]


def also(expression: str) -> list[str]:
    """The modules that an expression names."""
    return [name for name in PEERS if re.search(rf"(?<![\w.]){name}\.", expression)]
