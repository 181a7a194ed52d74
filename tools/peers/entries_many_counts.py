"""torchmetrics from scores of many classes, and of several labels a row."""

from __future__ import annotations

from .entry import Entry

F32 = "torchmetrics computes in f32"


def _entry(ours: str, peer: str, on: str, **more: object) -> Entry:
    return Entry(ours, f"tm.{peer}", on, coarse=F32, rtol=1e-6, **more)  # type: ignore[arg-type]


def _classes(ours: str, peer: str, on: str = "pairs, absent, digits") -> Entry:
    return _entry(ours, f"multiclass_{peer}", on)


def _curves(ours: str, peer: str) -> Entry:
    return _classes(ours, peer, "many, tied many")


def _labels(ours: str, peer: str, on: str = "flags") -> Entry:
    return _entry(ours, f"multilabel_{peer}", on)


def _of_labels(field: str, peer: str) -> Entry:
    return _labels(f"lg.MultilabelCounts(C).update(P, Y).report().{field}", f"{peer}(P, Y, C)")


def _each(point: str, of: str, labels: str) -> str:
    """A point of the curve of each class or label."""
    return f"[lg.operating_point({of}, {labels}, {point} for c in range(6)]"


POINTS = {
    "recall_at_fixed_precision": 'rule="precision_at_least", target=0.5).tpr',
    "precision_at_fixed_recall": 'rule="recall_at_least", target=0.5).precision',
    "sensitivity_at_specificity": 'rule="fpr_at_most", target=0.25).tpr',
}
SPECIFICITY = (
    '[1 - lg.operating_point(%s, %s, rule="tpr_at_least", target=0.75).fpr for c in range(6)]'
)
# torchmetrics takes a point of the curve, and there the mean of both rates.
EER = "lg.operating_point(%s, %s, rule='equal_errors')"
RATES = f"[0.5 * ({EER}.fpr + 1 - {EER}.tpr) for c in range(6)]"
AT = {name: 0.75 if name.startswith("sens") else 0.5 for name in POINTS}

FAMILIES = {
    "Many classes, from scores": [
        _classes(
            'lg.fbeta(y, yp, beta=2.0, average="macro")',
            'fbeta_score(yp, y, 2.0, C, average="macro")',
        ),
        _classes(
            "lgsk.multilabel_confusion_matrix(y, yp, labels=range(C))"
            ".reshape(-1, 4)[:, [3, 1, 0, 2]]",
            "stat_scores(yp, y, C, average=None)[:, :4]",
        ),
        _classes(
            'lg.hinge(p, y, form="max", reduction="mean").total',
            "hinge_loss(p, y, C)",
            "random, ties, digits",
        ),
        _curves(
            "[lg.roc_curve(p[:20, c], y[:20] == c, drop_intermediate=False).tpr for c in range(6)]",
            "roc(p[:20], y[:20], 6)[1]",
        ),
        _curves(
            "[lg.precision_recall_curve(p[:20, c], y[:20] == c).precision for c in range(6)]",
            "precision_recall_curve(p[:20], y[:20], 6)[0]",
        ),
        *(
            _curves(_each(point, "p[:, c]", "y == c"), f"{name}(p, y, 6, {AT[name]})[0]")
            for name, point in POINTS.items()
        ),
        _curves(RATES % (("p[:, c]", "y == c") * 2), "eer(p, y, 6)"),
        _curves(
            SPECIFICITY % ("p[:, c]", "y == c"), "specificity_at_sensitivity(p, y, 6, 0.75)[0]"
        ),
    ],
    "Several labels a row, from scores": [
        _labels(
            "1 - lg.MultilabelCounts(C).update(P, Y).report().hamming_loss", "accuracy(P, Y, C)"
        ),
        _labels("lgsk.multilabel_confusion_matrix(Y, YP)", "confusion_matrix(P, Y, C)"),
        _labels(
            "lgsk.multilabel_confusion_matrix(Y, YP).reshape(-1, 4)[:, [3, 1, 0, 2]]",
            "stat_scores(P, Y, C, average=None)[:, :4]",
        ),
        _labels(
            "lg.MultilabelCounts(C, beta=2.0).update(P, Y).report().f", "fbeta_score(P, Y, 2.0, C)"
        ),
        _of_labels("precision", "precision"),
        _of_labels("recall", "recall"),
        _of_labels("specificity", "specificity"),
        _of_labels("npv", "negative_predictive_value"),
        _of_labels("jaccard", "jaccard_index"),
        _labels(
            "lg.matthews_corrcoef(Y.ravel(), YP.ravel())", "matthews_corrcoef(P, Y, C)"
        ),
        _labels(
            "lg.multilabel_average_precision(p, t)", "average_precision(p, t, 6)", "many, tied many"
        ),
        _labels(
            "[lg.roc_curve(P[:20, c], Y[:20, c], drop_intermediate=False).tpr for c in range(6)]",
            "roc(P[:20], Y[:20], 6)[1]",
        ),
        _labels(
            "[lg.precision_recall_curve(P[:20, c], Y[:20, c]).precision for c in range(6)]",
            "precision_recall_curve(P[:20], Y[:20], 6)[0]",
        ),
        *(
            _labels(_each(point, "P[:, c]", "Y[:, c]"), f"{name}(P, Y, 6, {AT[name]})[0]")
            for name, point in POINTS.items()
        ),
        _labels(RATES % (("P[:, c]", "Y[:, c]") * 2), "eer(P, Y, 6)"),
        _labels(
            SPECIFICITY % ("P[:, c]", "Y[:, c]"), "specificity_at_sensitivity(P, Y, 6, 0.75)[0]"
        ),
    ],
}
