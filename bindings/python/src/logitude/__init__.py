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
from .agreement import (
    RaterAgreement,
    association,
    brennan_prediger,
    cramers_v,
    fleiss_kappa,
    gwet_ac,
    intraclass_corr,
    krippendorff_alpha,
    pearsons_contingency_coefficient,
    randolph_kappa,
    scott_pi,
    theils_u,
    tschuprows_t,
)
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
    "RaterAgreement",
    "Spherical",
    "TemperatureScaling",
    "ace",
    "adjusted_mutual_info",
    "adjusted_rand",
    "association",
    "balanced_accuracy",
    "bca_interval",
    "brennan_prediger",
    "brier",
    "brier_decomposition",
    "build_info",
    "calibration_slope",
    "class_likelihood_ratios",
    "cohen_kappa",
    "confusion_matrix",
    "cpu_level",
    "cramers_v",
    "ece",
    "ece_binary",
    "ece_classwise",
    "ece_equal_mass",
    "evaluate",
    "f1",
    "fbeta",
    "fleiss_kappa",
    "fowlkes_mallows",
    "gwet_ac",
    "hamming_loss",
    "homogeneity_completeness_v_measure",
    "hosmer_lemeshow",
    "intraclass_corr",
    "jaccard",
    "krippendorff_alpha",
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
    "pearsons_contingency_coefficient",
    "percentile_interval",
    "poisson_weights",
    "precision_recall_fscore",
    "proportion_interval",
    "rand",
    "randolph_kappa",
    "ranked_probability_score",
    "reliability_report",
    "scott_pi",
    "set_cpu_level",
    "smooth_ece",
    "softmax",
    "spherical_score",
    "spiegelhalter_z",
    "theils_u",
    "top_k_accuracy",
    "top_label",
    "tschuprows_t",
]
