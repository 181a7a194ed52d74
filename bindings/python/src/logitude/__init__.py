"""Everything after the logits: softmax variants, calibration and scoring metrics.

Arrays are numpy's: float32, float64, float16, and bfloat16 as `ml_dtypes` has
it; integers are taken as float64. Classes lie along the last axis.

An error of the library is a LogitudeError (a ValueError), a MemoryError or a
NotImplementedError, with its `status` and `name`. What it merely advises of, a
metric of no rows or a fit that ended at a bound, is a LogitudeWarning.
"""

from ._abi import TABLE as _TABLE
from ._runtime import build_info, cpu_level, set_cpu_level
from ._status import LogitudeError, LogitudeWarning
from .calibration import NotFittedError, TemperatureScaling
from .classification import (
    ClassCounts,
    ConfusionMatrix,
    MultilabelCounts,
    adjusted_mutual_info,
    adjusted_rand,
    balanced_accuracy,
    class_likelihood_ratios,
    cohen_kappa,
    confusion_matrix,
    f1,
    fbeta,
    fowlkes_mallows,
    hamming_loss,
    homogeneity_completeness_v_measure,
    jaccard,
    matthews_corrcoef,
    mcnemar,
    mutual_info,
    normalized_mutual_info,
    precision_recall_fscore,
    rand,
)
from .extsum import ExtSum
from .functional import log_softmax, logsumexp, softmax
from .intervals import Interval, proportion_interval
from .metrics import ECE, NLL, Accuracy, Brier, brier, ece, nll, top_k_accuracy

__version__: str = _TABLE["version"]

__all__ = [
    "ECE",
    "NLL",
    "Accuracy",
    "Brier",
    "ClassCounts",
    "ConfusionMatrix",
    "ExtSum",
    "Interval",
    "LogitudeError",
    "LogitudeWarning",
    "MultilabelCounts",
    "NotFittedError",
    "TemperatureScaling",
    "adjusted_mutual_info",
    "adjusted_rand",
    "balanced_accuracy",
    "brier",
    "build_info",
    "class_likelihood_ratios",
    "cohen_kappa",
    "confusion_matrix",
    "cpu_level",
    "ece",
    "f1",
    "fbeta",
    "fowlkes_mallows",
    "hamming_loss",
    "homogeneity_completeness_v_measure",
    "jaccard",
    "log_softmax",
    "logsumexp",
    "matthews_corrcoef",
    "mcnemar",
    "mutual_info",
    "nll",
    "normalized_mutual_info",
    "precision_recall_fscore",
    "proportion_interval",
    "rand",
    "set_cpu_level",
    "softmax",
    "top_k_accuracy",
]
