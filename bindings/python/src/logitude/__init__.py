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
from .bootstrap import (
    Bootstrap,
    BootstrapReport,
    bca_interval,
    percentile_interval,
    poisson_weights,
)
from .calibration import NotFittedError, TemperatureScaling
from .calibration_error import (
    BinaryECE,
    ClasswiseECE,
    ace,
    brier_decomposition,
    ece_binary,
    ece_classwise,
    ece_equal_mass,
    ks_calibration_error,
    mmce,
    reliability_report,
    smooth_ece,
    top_label,
)
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
    "BinaryECE",
    "Bootstrap",
    "BootstrapReport",
    "Brier",
    "ClasswiseECE",
    "ExtSum",
    "Interval",
    "LogitudeError",
    "LogitudeWarning",
    "NotFittedError",
    "TemperatureScaling",
    "ace",
    "bca_interval",
    "brier",
    "brier_decomposition",
    "build_info",
    "cpu_level",
    "ece",
    "ece_binary",
    "ece_classwise",
    "ece_equal_mass",
    "ks_calibration_error",
    "log_softmax",
    "logsumexp",
    "mmce",
    "nll",
    "percentile_interval",
    "poisson_weights",
    "proportion_interval",
    "reliability_report",
    "set_cpu_level",
    "smooth_ece",
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
    "top_label",
]
