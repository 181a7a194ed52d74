"""Classification metrics, from true and predicted classes."""

from __future__ import annotations

from .entry import Entry

PAIRS = "pairs, two, absent, alone, predicted alone, digits, ties"
MANY = "pairs, absent, predicted alone, digits, ties"
COUNTS = "torchmetrics divides counts in f32"
AVERAGES = ("micro", "macro", "weighted")


def _averaged(ours: str, peer: str, on: str = PAIRS, **more: object) -> list[Entry]:
    """One entry for each average, which both sides call alike."""
    return [Entry(ours % a, peer % a, on, **more) for a in AVERAGES]  # type: ignore[arg-type]


def _torch(ours: str, peer: str, on: str = MANY, rtol: float = 1e-6, **more: object) -> Entry:
    return Entry(ours, peer, on, coarse=COUNTS, rtol=rtol, **more)  # type: ignore[arg-type]


FAMILIES = {
    "Confusion matrix": [
        Entry(
            "lg.confusion_matrix(y, yp, labels=range(C))",
            "sk.confusion_matrix(y, yp, labels=range(C))",
            PAIRS,
        ),
        Entry(
            "lg.confusion_matrix(y, yp, sample_weight=w)",
            "sk.confusion_matrix(y, yp, sample_weight=w)",
            PAIRS,
        ),
        *(
            Entry(
                f'lg.confusion_matrix(y, yp, normalize="{how}")',
                f'sk.confusion_matrix(y, yp, normalize="{how}")',
                PAIRS,
            )
            for how in ("true", "pred", "all")
        ),
        Entry(
            "lg.confusion_matrix(y, yp, labels=range(C))",
            "tm.multiclass_confusion_matrix(yp, y, C)",
            MANY,
        ),
        _torch(
            'lg.confusion_matrix(y, yp, labels=range(C), normalize="true")',
            'tm.multiclass_confusion_matrix(yp, y, C, normalize="true")',
        ),
    ],
    "Precision, recall, F and Jaccard": [
        Entry(
            "lg.precision_recall_fscore(y, yp)",
            "sk.precision_recall_fscore_support(y, yp)",
            PAIRS,
        ),
        *_averaged(
            'lg.precision_recall_fscore(y, yp, average="%s")',
            'sk.precision_recall_fscore_support(y, yp, average="%s")',
        ),
        Entry(
            'lg.precision_recall_fscore(y, yp, average="binary")',
            'sk.precision_recall_fscore_support(y, yp, average="binary")',
            "two, events, never",
        ),
        Entry(
            'lg.precision_recall_fscore(y, yp, average="macro", sample_weight=w)',
            'sk.precision_recall_fscore_support(y, yp, average="macro", sample_weight=w)',
            PAIRS,
        ),
        *(
            Entry(
                "lg.precision_recall_fscore(y, yp, labels=range(C), "
                f'average="macro", zero_division={zero})',
                "sk.precision_recall_fscore_support(y, yp, labels=range(C), "
                f'average="macro", zero_division={zero})',
                PAIRS,
            )
            for zero in ("0", "1", "np.nan")
        ),
        Entry(
            'lg.fbeta(y, yp, beta=2, average="macro")',
            'sk.fbeta_score(y, yp, beta=2, average="macro")',
            PAIRS,
        ),
        *_averaged('lg.jaccard(y, yp, average="%s")', 'sk.jaccard_score(y, yp, average="%s")'),
        _torch(
            'lg.f1(y, yp, average="macro")',
            'tm.multiclass_f1_score(yp, y, C, average="macro")',
        ),
        _torch(
            'lg.f1(y, yp, average="weighted")',
            'tm.multiclass_f1_score(yp, y, C, average="weighted")',
        ),
        _torch(
            'lg.precision_recall_fscore(y, yp, average="macro")[0]',
            'tm.multiclass_precision(yp, y, C, average="macro")',
        ),
        _torch(
            'lg.precision_recall_fscore(y, yp, average="macro")[1]',
            'tm.multiclass_recall(yp, y, C, average="macro")',
        ),
        _torch(
            'lg.jaccard(y, yp, average="macro")',
            'tm.multiclass_jaccard_index(yp, y, C, average="macro")',
        ),
        Entry(
            'lg.f1(y, yp, average="macro")',
            'te.multiclass_f1_score(yp, y, num_classes=C, average="macro")',
            MANY,
            coarse="torcheval divides counts in f32",
            rtol=1e-6,
        ),
    ],
    "Specificity and negative predictive value": [
        _torch(
            'lg.ClassCounts(C).update(yp, y).report("macro", classes="present").specificity',
            'tm.multiclass_specificity(yp, y, C, average="macro")',
        ),
        _torch(
            'lg.ClassCounts(C).update(yp, y).report("macro", classes="present").npv',
            'tm.multiclass_negative_predictive_value(yp, y, C, average="macro")',
        ),
        Entry(
            'lg.ClassCounts(2).update(yp, y).classes()["specificity"][1]',
            "sk.recall_score(y, yp, pos_label=0)",
            "two, events, never",
        ),
    ],
    "One number for all classes": [
        Entry("lg.balanced_accuracy(y, yp)", "sk.balanced_accuracy_score(y, yp)", PAIRS),
        Entry(
            "lg.balanced_accuracy(y, yp, adjusted=True)",
            "sk.balanced_accuracy_score(y, yp, adjusted=True)",
            PAIRS,
        ),
        Entry(
            "lg.balanced_accuracy(y, yp, sample_weight=w)",
            "sk.balanced_accuracy_score(y, yp, sample_weight=w)",
            PAIRS,
        ),
        _torch(
            "lg.balanced_accuracy(y, yp)",
            'tm.multiclass_accuracy(yp, y, C, average="macro")',
            "pairs, predicted alone, digits",
        ),
        Entry(
            "lg.balanced_accuracy(y, yp)",
            'tm.multiclass_accuracy(yp, y, C, average="macro")',
            "absent, ties",
            why="torchmetrics counts a class that is predicted but never true as 0; ours, as "
            "scikit-learn, leaves it out. `lg.precision_recall_fscore(y, yp, "
            'average="macro")[1]` is equal',
        ),
        Entry("lg.matthews_corrcoef(y, yp)", "sk.matthews_corrcoef(y, yp)", PAIRS),
        Entry(
            "lg.matthews_corrcoef(y, yp, sample_weight=w)",
            "sk.matthews_corrcoef(y, yp, sample_weight=w)",
            PAIRS,
        ),
        _torch("lg.matthews_corrcoef(y, yp)", "tm.multiclass_matthews_corrcoef(yp, y, C)"),
        Entry("lg.cohen_kappa(y, yp)", "sk.cohen_kappa_score(y, yp)", PAIRS),
        Entry(
            'lg.cohen_kappa(y, yp, weights="linear")',
            'sk.cohen_kappa_score(y, yp, weights="linear")',
            PAIRS,
        ),
        Entry(
            'lg.cohen_kappa(y, yp, weights="quadratic", sample_weight=w)',
            'sk.cohen_kappa_score(y, yp, weights="quadratic", sample_weight=w)',
            PAIRS,
        ),
        _torch("lg.cohen_kappa(y, yp)", "tm.multiclass_cohen_kappa(yp, y, C)"),
        _torch(
            'lg.cohen_kappa(y, yp, labels=range(C), weights="quadratic")',
            'tm.multiclass_cohen_kappa(yp, y, C, weights="quadratic")',
        ),
        Entry("lg.hamming_loss(y, yp)", "sk.hamming_loss(y, yp)", PAIRS),
        _torch(
            "lg.hamming_loss(y, yp)",
            'tm.multiclass_hamming_distance(yp, y, C, average="micro")',
        ),
    ],
    "Two partitions of the same rows": [
        Entry("lg.mutual_info(y, yp)", "sk.mutual_info_score(y, yp)", PAIRS, scale=1e-3),
        *(
            Entry(
                f'lg.normalized_mutual_info(y, yp, average_method="{mean}")',
                f'sk.normalized_mutual_info_score(y, yp, average_method="{mean}")',
                PAIRS,
                scale=1e-3,
            )
            for mean in ("arithmetic", "geometric", "min", "max")
        ),
        Entry(
            "lg.adjusted_mutual_info(y, yp)",
            "sk.adjusted_mutual_info_score(y, yp)",
            PAIRS,
            scale=1e-3,
        ),
        Entry(
            "lg.homogeneity_completeness_v_measure(y, yp, beta=0.5)",
            "sk.homogeneity_completeness_v_measure(y, yp, beta=0.5)",
            PAIRS,
            scale=1e-3,
        ),
        Entry("lg.rand(y, yp)", "sk.rand_score(y, yp)", PAIRS),
        Entry("lg.adjusted_rand(y, yp)", "sk.adjusted_rand_score(y, yp)", PAIRS, scale=1e-3),
        Entry("lg.fowlkes_mallows(y, yp)", "sk.fowlkes_mallows_score(y, yp)", PAIRS),
    ],
    "Several labels a row": [
        Entry(
            "lg.precision_recall_fscore(Y, YP)",
            "sk.precision_recall_fscore_support(Y, YP)",
            "flags",
        ),
        *(
            Entry(
                f'lg.precision_recall_fscore(Y, YP, average="{average}", zero_division={zero})',
                "sk.precision_recall_fscore_support(Y, YP, "
                f'average="{average}", zero_division={zero})',
                "flags",
            )
            for average in (*AVERAGES, "samples")
            for zero in ("0", "1", "np.nan")
            if zero == "0" or average == "samples"
        ),
        *(
            Entry(
                f'lg.MultilabelCounts(C).update(P, Y).report("{average}").jaccard',
                f'sk.jaccard_score(Y, YP, average="{average}")',
                "flags",
            )
            for average in (*AVERAGES, "samples")
        ),
        Entry(
            "lg.MultilabelCounts(C).update(P, Y).report().exact_match",
            "sk.accuracy_score(Y, YP)",
            "flags",
        ),
        _torch(
            "lg.MultilabelCounts(C).update(P, Y).report().exact_match",
            "tm.multilabel_exact_match(P, Y, C)",
            "flags",
        ),
        Entry("lg.hamming_loss(Y, YP)", "sk.hamming_loss(Y, YP)", "flags"),
        *(
            _torch(
                f'lg.MultilabelCounts(C).update(P, Y).report("{average}").f',
                f'tm.multilabel_f1_score(P, Y, C, average="{average}")',
                "flags",
            )
            for average in AVERAGES
        ),
        _torch(
            'lg.MultilabelCounts(C).update(P, Y).report("micro").hamming_loss',
            'tm.multilabel_hamming_distance(P, Y, C, average="micro")',
            "flags",
        ),
    ],
}
