"""Label ranking: scores of all labels, and rows that have any number of them."""

from __future__ import annotations

from .entry import Entry

ON = "label scores, tied label scores, constant label scores"
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
            "tm.multilabel_ranking_average_precision(torch.tensor(S), torch.tensor(Y), L)",
            ON,
            coarse=SINGLE,
            rtol=1e-6,
        ),
        Entry(
            "lg.coverage_error(Y, S)",
            "tm.multilabel_coverage_error(torch.tensor(S), torch.tensor(Y), L)",
            ON,
            coarse=SINGLE,
            rtol=1e-6,
        ),
        Entry(
            "lg.label_ranking_loss(Y, S)",
            "tm.multilabel_ranking_loss(torch.tensor(S), torch.tensor(Y), L)",
            "label scores",
            coarse=SINGLE,
            rtol=1e-6,
        ),
        Entry(
            "lg.label_ranking_loss(Y, S)",
            "tm.multilabel_ranking_loss(torch.tensor(S), torch.tensor(Y), L)",
            "tied label scores, constant label scores",
            why=TIES,
        ),
    ],
    "Matching": [
        Entry(
            "lg.match_ranks(S, ties=ties)",
            "np.diag(stats.rankdata(-S, method, axis=1))",
            "pairs of embeddings, tied pairs, constant pairs",
        ),
        Entry(
            "lg.matching_metrics(S, ties=ties)[0]",
            "np.median(np.diag(stats.rankdata(-S, method, axis=1)))",
            "pairs of embeddings, tied pairs, constant pairs",
        ),
    ],
}
