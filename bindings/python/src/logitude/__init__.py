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
from .classification import (
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
from .curves import (
    average_precision,
    det_curve,
    equal_error_rate,
    operating_point,
    precision_recall_curve,
    roc_auc,
    roc_curve,
)
from .evaluation import Evaluation, EvaluationReport, evaluate
from .counts import ClassCounts, ConfusionMatrix, MultilabelCounts
from .evaluation_rows import EvaluationRows
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
    "RPS",
    "Accuracy",
    "BinaryECE",
    "BinaryEvaluation",
    "Bootstrap",
    "BootstrapReport",
    "Brier",
    "ClassCounts",
    "ClasswiseECE",
    "ConfusionMatrix",
    "Evaluation",
    "EvaluationReport",
    "EvaluationRows",
    "ExtSum",
    "Interval",
    "LogLoss",
    "LogitudeError",
    "LogitudeWarning",
    "MultilabelCounts",
    "NotFittedError",
    "Spherical",
    "TemperatureScaling",
    "ace",
    "adjusted_mutual_info",
    "adjusted_rand",
    "average_precision",
    "balanced_accuracy",
    "bca_interval",
    "brier",
    "brier_decomposition",
    "build_info",
    "calibration_slope",
    "class_likelihood_ratios",
    "cohen_kappa",
    "confusion_matrix",
    "cpu_level",
    "det_curve",
    "ece",
    "ece_binary",
    "ece_classwise",
    "ece_equal_mass",
    "equal_error_rate",
    "evaluate",
    "f1",
    "fbeta",
    "fowlkes_mallows",
    "hamming_loss",
    "homogeneity_completeness_v_measure",
    "hosmer_lemeshow",
    "jaccard",
    "ks_calibration_error",
    "log_loss",
    "log_softmax",
    "logsumexp",
    "matthews_corrcoef",
    "mcnemar",
    "mmce",
    "mutual_info",
    "nll",
    "normalized_mutual_info",
    "operating_point",
    "percentile_interval",
    "poisson_weights",
    "precision_recall_curve",
    "precision_recall_fscore",
    "proportion_interval",
    "rand",
    "ranked_probability_score",
    "reliability_report",
    "roc_auc",
    "roc_curve",
    "set_cpu_level",
    "smooth_ece",
    "softmax",
    "spherical_score",
    "spiegelhalter_z",
    "top_k_accuracy",
    "top_label",
]
