"""Why functions of other libraries have none here, by what their names match."""

from __future__ import annotations

import re

_FAIR = "of groups of people, not of classes"
_BY_TASK = "calls the function of the task: `binary_`, `multiclass_` or `multilabel_`, listed above"
_INTERVALS = "of predicted distributions of numbers"

REASONS = {
    "sk": {".*": "[sklearn-metrics.md](sklearn-metrics.md) says why"},
    "curves": {".*": "a plot"},
    "tm": {
        ".*fairness|.*group.*|demographic_parity|equal_opportunity": _FAIR,
        ".*logauc": "the area below a curve over the logarithm of the false positive rate",
        "multiclass_exact_match": "of several classes a row, each of many",
        "(?!binary|multi).*": _BY_TASK,
    },
    "tmc": {
        ".*Fairness|.*Group.*": _FAIR,
        ".*LogAUC": "as the functions",
        "MulticlassExactMatch": "as the function",
        "(Binary|Multi).*(ROC|AveragePrecision|PrecisionRecallCurve|EER|At.*)":
            "keep all rows: give them to the functions at the end, or see `BinnedAUROC`",
        ".*StatScores": "counts of `classes()`, `labels()` or a `ConfusionMatrix`",
        ".*HingeLoss": "`hinge`, whose totals add up",
        "MultilabelMatthewsCorrCoef": "`matthews_corrcoef` of all labels, as the function",
        "(?!Binary|Multi).*": "makes the class of a task",
    },
    "nominal": {".*_matrix": "of each pair of columns: call the function of two"},
    "tr": {".*": "`precision_at_k` and `recall_at_k` for each k"},
    "trc": {
        "RetrievalAUROC": "`roc_auc` of each query",
        ".*": "`Ranking` takes eight measures at once, as precision@1, precision@2",
    },
    "reg": {
        "kl_divergence|jensen_shannon_divergence": "`kl_div` and `js_div`, of other arguments",
        "continuous_ranked_probability_score": _INTERVALS,
        ".*": "no such error of numbers here",
    },
    "regc": {
        "KLDivergence|JensenShannonDivergence": "`kl_div` and `JSDivergence`, of other arguments",
        "(Spearman|Kendall).*": "`spearmanr` and `kendalltau` of all rows at the end",
        "ContinuousRankedProbabilityScore": _INTERVALS,
        ".*": "no such error of numbers here",
    },
    "netcal": {".*": _INTERVALS},
    "netcal_scaling": {
        "Abstract.*": "a base class",
        ".*Dependent": "calibrates boxes of detected objects",
    },
    "binning": {".*": "near-isotonic paths"},
    "special": {
        "xlogy|entr|rel_entr": "of single numbers: `entropy` and `kl_div` are of rows",
        "kl_div": "of single numbers, plus q - p; `lg.kl_div` is of rows",
        ".*": "of single numbers",
    },
    "stats": {
        "wilcoxon|ranksums|brunnermunzel|mood|ansari|fligner|levene": "a test of samples",
        ".*": "no function here",
    },
}  # fmt: skip


def why(key: str, name: str) -> str:
    """The first reason whose pattern is the whole name. StopIteration if there is none."""
    return next(text for pattern, text in REASONS[key].items() if re.fullmatch(pattern, name))
