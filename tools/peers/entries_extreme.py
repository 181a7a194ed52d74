"""Label ranking: scores of all labels, and rows that have any number of them."""

from __future__ import annotations

from .entry import Entry

ON = "label scores, tied label scores, constant label scores"
PAIRS = "matched pairs, tied pairs, constant pairs"
SCORES = ("label_ranking_average_precision_score", "coverage_error", "label_ranking_loss")
SINGLE = "torchmetrics computes in f32"
TIES = "torchmetrics takes tied labels in an order that is chance; scikit-learn counts them as wrong"

FAMILIES = {
    "Label ranking": [
        *(Entry(f"lg.{name}(Y, S)", f"sk.{name}(Y, S)", ON) for name in SCORES),
        *(
            Entry(f"lg.{name}(Y, S, sample_weight=v)", f"sk.{name}(Y, S, sample_weight=v)", ON)
            for name in SCORES
        ),
        Entry(
            "lg.label_ranking_average_precision_score(Y, S)",
            "tm.multilabel_ranking_average_precision(S, Y, L)",
            ON,
            coarse=SINGLE,
            rtol=1e-6,
        ),
        Entry(
            "lg.coverage_error(Y, S)",
            "tm.multilabel_coverage_error(S, Y, L)",
            ON,
            coarse=SINGLE,
            rtol=1e-6,
        ),
        Entry(
            "lg.label_ranking_loss(Y, S)",
            "tm.multilabel_ranking_loss(S, Y, L)",
            "label scores",
            coarse=SINGLE,
            rtol=1e-6,
        ),
        Entry(
            "lg.label_ranking_loss(Y, S)",
            "tm.multilabel_ranking_loss(S, Y, L)",
            "tied label scores, constant label scores",
            why=TIES,
        ),
    ],
    "Matching": [
        entry
        for ties, method in (("average", "average"), ("first", "min"), ("last", "max"))
        for entry in (
            Entry(
                f"lg.match_ranks(S, ties='{ties}')",
                f"np.diag(stats.rankdata(-S, '{method}', axis=1))",
                PAIRS,
            ),
            Entry(
                f"lg.matching_metrics(S, ties='{ties}').median_rank",
                f"np.median(np.diag(stats.rankdata(-S, '{method}', axis=1)))",
                PAIRS,
            ),
        )
    ],
}
