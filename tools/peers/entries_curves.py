"""Curves of two classes, and what sums them up."""

from __future__ import annotations

from .entry import Entry

RANKED = "two classes, tied classes, few of two classes"
WEIGHTED = "weighted classes"
MANY = "many, tied many"
TE_F32 = "torcheval adds up in f32"

FAMILIES = {
    "Area under the ROC curve": [
        Entry("lg.roc_auc(s, y)", "sk.roc_auc_score(y, s)", RANKED),
        Entry("lg.roc_auc(s, y, w)", "sk.roc_auc_score(y, s, sample_weight=w)", WEIGHTED),
        Entry(
            "[lg.roc_auc(s, y, max_fpr=f) for f in (0.05, 0.3, 1)]",
            "[sk.roc_auc_score(y, s, max_fpr=f) for f in (0.05, 0.3, 1)]",
            RANKED,
        ),
        Entry(
            "lg.roc_auc(s, y, report=True).auroc",
            "stats.mannwhitneyu(s[y == 1], s[y == 0]).statistic / (y == 1).sum() / (y == 0).sum()",
            RANKED,
        ),
        Entry(
            "lg.roc_auc(s, y)",
            "tm.binary_auroc(s, y)",
            RANKED,
            coarse="torchmetrics adds up in f32",
            rtol=1e-5,
        ),
        Entry("lg.roc_auc(s, y)", "te.binary_auroc(s, y)", RANKED),
    ],
    "Average precision": [
        Entry("lg.average_precision(s, y)", "sk.average_precision_score(y, s)", RANKED),
        Entry(
            "lg.average_precision(s, y, w)",
            "sk.average_precision_score(y, s, sample_weight=w)",
            WEIGHTED,
        ),
        Entry(
            "lg.average_precision(s, y)",
            "tm.binary_average_precision(s, y)",
            RANKED,
            coarse="torchmetrics adds up in f32",
            rtol=1e-5,
        ),
        Entry(
            "lg.average_precision(s, y)",
            "te.binary_auprc(s, y)",
            "two classes",
            coarse=TE_F32,
            rtol=1e-5,
        ),
    ],
    "AUROC of many classes": [
        *(
            Entry(
                f"lg.multiclass_roc_auc(p, y, average={average!r})",
                f"sk.roc_auc_score(y, p, multi_class='ovr', average={average!r})",
                MANY,
            )
            for average in ("macro", "weighted", "micro", None)
        ),
        *(
            Entry(
                f"lg.multiclass_roc_auc(p, y, average={average!r}, multi_class='ovo')",
                f"sk.roc_auc_score(y, p, multi_class='ovo', average={average!r})",
                MANY,
            )
            for average in ("macro", "weighted")
        ),
        Entry(
            "lg.multiclass_roc_auc(p, y, w)",
            "sk.roc_auc_score(y, p, multi_class='ovr', sample_weight=w)",
            "weighted many",
        ),
        Entry(
            "lg.multiclass_average_precision(p, y, w, average=None)",
            "sk.average_precision_score(np.eye(6)[y], p, sample_weight=w, average=None)",
            "weighted many",
        ),
        *(
            Entry(
                f"lg.multiclass_average_precision(p, y, average={average!r})",
                f"sk.average_precision_score(np.eye(6)[y], p, average={average!r})",
                MANY,
            )
            for average in ("macro", "weighted", "micro")
        ),
        Entry(
            "[lg.multiclass_roc_auc(p, y), lg.multiclass_average_precision(p, y)]",
            "[tm.multiclass_auroc(p, y, 6), tm.multiclass_average_precision(p, y, 6)]",
            MANY,
            coarse="torchmetrics adds up in f32",
            rtol=1e-5,
        ),
    ],
    "AUROC of many labels": [
        *(
            Entry(
                f"[lg.multilabel_roc_auc(p, t, average={average!r}),"
                f" lg.multilabel_average_precision(p, t, average={average!r})]",
                f"[sk.roc_auc_score(t, p, average={average!r}),"
                f" sk.average_precision_score(t, p, average={average!r})]",
                MANY,
            )
            for average in ("macro", "weighted", "micro")
        ),
        Entry(
            "lg.multilabel_roc_auc(p, t, average='micro')",
            "tm.multilabel_auroc(p, t, 6, average='micro')",
            MANY,
            coarse="torchmetrics adds up in f32",
            rtol=1e-5,
        ),
    ],
    "ROC, precision-recall and DET curves": [
        Entry("lg.roc_curve(s, y)[:2]", "sk.roc_curve(y, s)[:2]", RANKED),
        Entry("lg.roc_curve(s, y, w)[:2]", "sk.roc_curve(y, s, sample_weight=w)[:2]", WEIGHTED),
        Entry(
            "lg.roc_curve(s, y, drop_intermediate=False)",
            "sk.roc_curve(y, s, drop_intermediate=False)",
            RANKED,
        ),
        Entry("lg.precision_recall_curve(s, y)", "sk.precision_recall_curve(y, s)", RANKED),
        Entry(
            "lg.precision_recall_curve(s, y, drop_intermediate=True)",
            "sk.precision_recall_curve(y, s, drop_intermediate=True)",
            RANKED,
        ),
        Entry("lg.det_curve(s, y)", "sk.det_curve(y, s)", RANKED),
        Entry(
            "lg.det_curve(s, y, drop_intermediate=True)",
            "sk.det_curve(y, s, drop_intermediate=True)",
            RANKED,
        ),
    ],
    "Thresholds": [
        Entry(
            '[lg.operating_point(s, y, rule="precision_at_least", target=t).tpr for t in (0.5, 0.7)]',
            "[tm.binary_recall_at_fixed_precision(s, y, t)[0] for t in (0.5, 0.7)]",
            "two classes, tied classes",
            coarse="torchmetrics computes rates in f32",
            rtol=1e-6,
        ),
        Entry(
            '[lg.operating_point(s, y, rule="recall_at_least", target=t).precision for t in (0.5, 0.7)]',
            "[tm.binary_precision_at_fixed_recall(s, y, t)[0] for t in (0.5, 0.7)]",
            "two classes, tied classes",
            coarse="torchmetrics computes rates in f32",
            rtol=1e-6,
        ),
        Entry(
            '0.5 * (lg.operating_point(s, y, rule="equal_errors").fpr '
            '+ 1 - lg.operating_point(s, y, rule="equal_errors").tpr)',
            "tm.binary_eer(s, y)",
            "two classes, tied classes",
            coarse="torchmetrics computes rates in f32",
            rtol=1e-6,
        ),
    ],
}
