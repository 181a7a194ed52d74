"""What `logitude.sklearn.metrics` alone has, against scikit-learn."""

from __future__ import annotations

from .entry import Entry

PAIRS = "pairs, two, absent, alone, predicted alone"
NUMBERS = "columns, levels"


def _same(call: str, on: str = PAIRS) -> Entry:
    """Both are called alike."""
    return Entry(f"lgsk.{call}", f"sk.{call}", on)


FAMILIES = {
    "By scikit-learn's names": [
        Entry('lg.f1(y, yp, average="macro")', 'sk.f1_score(y, yp, average="macro")', PAIRS),
        _same('precision_score(y, yp, average="macro")'),
        _same('recall_score(y, yp, average="macro")'),
        _same("multilabel_confusion_matrix(y, yp)"),
        _same("zero_one_loss(y, yp)"),
        _same("homogeneity_score(y, yp)"),
        _same("completeness_score(y, yp)"),
        _same("v_measure_score(y, yp)"),
        _same("pair_confusion_matrix(y, yp)"),
        Entry(
            'list(lgsk.classification_report(y, yp, output_dict=True)["macro avg"].values())',
            'list(sk.classification_report(y, yp, output_dict=True)["macro avg"].values())',
            PAIRS,
        ),
        _same("auc(np.sort(x), z)", NUMBERS),
        _same("confusion_matrix_at_thresholds(y, s)", "few of two classes"),
        Entry(
            "lg.mean_pinball_loss(x, z, alpha=0.1)",
            "sk.mean_pinball_loss(x, z, alpha=0.1)",
            NUMBERS,
        ),
        _same("median_absolute_error(x, z)", NUMBERS),
        _same("d2_absolute_error_score(x, z)", NUMBERS),
        _same("d2_pinball_score(x, z, alpha=0.1)", NUMBERS),
        _same("mean_squared_log_error(np.abs(x), np.abs(z))", NUMBERS),
        _same("root_mean_squared_log_error(np.abs(x), np.abs(z))", NUMBERS),
    ],
}
