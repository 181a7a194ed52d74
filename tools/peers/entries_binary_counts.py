"""torchmetrics from scores of two classes, whose threshold is 1/2."""

from __future__ import annotations

from .entry import Entry

ON = "events, hits, never"
CURVES = "few of two classes"
F32 = "torchmetrics computes in f32"


def _entry(ours: str, peer: str, on: str = ON) -> Entry:
    return Entry(ours, f"tm.binary_{peer}", on, coarse=F32, rtol=1e-6)


def _of_class(field: str, peer: str) -> Entry:
    return _entry(f'lg.ClassCounts(2).update(yp, y).classes()["{field}"][1]', f"{peer}(p, y)")


FAMILIES = {
    "Two classes, from scores": [
        _entry("lg.top_k_accuracy(np.c_[1 - p, p], y)", "accuracy(p, y)"),
        _entry("lg.confusion_matrix(y, yp, labels=[0, 1])", "confusion_matrix(p, y)"),
        _entry("lg.f1(y, yp)", "f1_score(p, y)"),
        _entry("lg.fbeta(y, yp, beta=2.0)", "fbeta_score(p, y, 2.0)"),
        _entry("lg.jaccard(y, yp)", "jaccard_index(p, y)"),
        _entry("lg.hamming_loss(y, yp)", "hamming_distance(p, y)"),
        _entry("lg.cohen_kappa(y, yp)", "cohen_kappa(p, y)", "events, hits"),
        _entry("lg.matthews_corrcoef(y, yp)", "matthews_corrcoef(p, y)", "events, hits"),
        _of_class("precision", "precision"),
        _of_class("recall", "recall"),
        _of_class("specificity", "specificity"),
        _of_class("npv", "negative_predictive_value"),
        _entry(
            "lg.ConfusionMatrix(2).update(yp, y).counts().ravel()[[3, 1, 0, 2]], (y == 1).sum()",
            "stat_scores(p, y)",
        ),
        _entry(
            'lg.hinge(np.c_[0 * p, p], y, form="max", reduction="mean").total',
            "hinge_loss(p, y)",
        ),
        _entry("lg.roc_curve(s, y, drop_intermediate=False)[:2]", "roc(s, y)[:2]", CURVES),
        _entry("lg.precision_recall_curve(s, y)[:2]", "precision_recall_curve(s, y)[:2]", CURVES),
        _entry(
            'lg.operating_point(s, y, rule="fpr_at_most", target=0.25).tpr',
            "sensitivity_at_specificity(s, y, 0.75)[0]",
            "two classes, tied classes",
        ),
        _entry(
            '1 - lg.operating_point(s, y, rule="tpr_at_least", target=0.75).fpr',
            "specificity_at_sensitivity(s, y, 0.75)[0]",
            "two classes, tied classes",
        ),
    ],
}
