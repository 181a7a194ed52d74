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
from .evaluation import Evaluation, EvaluationReport, evaluate
from .extsum import ExtSum
from .functional import log_softmax, logsumexp, softmax
from .intervals import Interval, proportion_interval
from .metrics import ECE, NLL, Accuracy, Brier, brier, ece, nll, top_k_accuracy
from .scores import (
    RPS,
    BinaryEvaluation,
    LogLoss,
    Spherical,
    calibration_slope,
    hosmer_lemeshow,
    log_loss,
    ranked_probability_score,
    spherical_score,
    spiegelhalter_z,
)

__version__: str = _TABLE["version"]

__all__ = [
    "ECE",
    "NLL",
    "Accuracy",
    "Brier",
    "ExtSum",
    "Interval",
    "LogitudeError",
    "LogitudeWarning",
    "NotFittedError",
    "TemperatureScaling",
    "brier",
    "build_info",
    "cpu_level",
    "ece",
    "log_softmax",
    "logsumexp",
    "nll",
    "proportion_interval",
    "set_cpu_level",
    "softmax",
    "top_k_accuracy",
    "RPS",
    "LogLoss",
    "Spherical",
    "log_loss",
    "ranked_probability_score",
    "spherical_score",
    "BinaryEvaluation",
    "calibration_slope",
    "hosmer_lemeshow",
    "spiegelhalter_z",
    "Evaluation",
    "EvaluationReport",
    "evaluate",
]
