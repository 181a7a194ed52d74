"""Measures of ranking, of queries x with grades g, and y which are relevant."""

from __future__ import annotations

from .entry import Entry

ALL = "queries, tied queries, constant queries, few relevant"
DISTINCT = "queries, few relevant"
F32 = "torchmetrics sums in f32"


def _trec(ours: str, measure: str, on: str = DISTINCT, grades: str = "y", ties: str = "trec") -> Entry:
    """Each query of trec_eval's: documents are named so that the last is first among ties."""
    return Entry(
        f'lg.Ranking("{ours}", ties="{ties}").each(x, {grades})',
        "[trec.RelevanceEvaluator({'q': {'%04d' % i: int(v) for i, v in enumerate(b)}}, "
        f"{{'{measure}'}}).evaluate({{'q': {{'%04d' % i: float(v) for i, v in enumerate(a)}}}})"
        f"['q']['{measure.replace('.', '_').replace(',', '_')}'] for a, b in zip(x, {grades})]",
        on,
    )


def _torch(ours: str, peer: str, **more: object) -> Entry:
    return Entry(
        f'lg.Ranking("{ours}").each(x, y)',
        f"[tr.{peer} for a, b in zip(x, y)]",
        DISTINCT,
        coarse=F32,
        rtol=1e-6,
        **more,  # type: ignore[arg-type]
    )


FAMILIES = {
    "Ranking: gains": [
        *(
            Entry(f"lg.{name}(g, x, k={k})", f"sk.{name}(g, x, k={k})", ALL)
            for name in ("ndcg_score", "dcg_score")
            for k in (None, 1, 5, 100)
        ),
        *(
            Entry(
                f"lg.{name}(g, x, k=5, ignore_ties=True, sample_weight=w)",
                f"sk.{name}(g, x, k=5, ignore_ties=True, sample_weight=w)",
                DISTINCT,
            )
            for name in ("ndcg_score", "dcg_score")
        ),
        Entry("lg.ndcg_score(g, x, empty=0)", "sk.ndcg_score(g, x)", "some empty"),
        Entry(
            "lg.ndcg_score(g, g)",
            "sk.ndcg_score(g, g)",
            "some empty",
            why="a query without a gain is left out here, and 0 there: the best scores are not 1",
        ),
        Entry(
            'lg.Ranking("ndcg@5").each(x, g)',
            "[tr.retrieval_normalized_dcg(a, b, top_k=5) for a, b in zip(x, g)]",
            "queries, tied queries, constant queries",
            coarse=F32,
            rtol=1e-6,
        ),
        _trec("ndcg", "ndcg", ALL, "g"),
        _trec("ndcg@5", "ndcg_cut.5", ALL, "g"),
    ],
    "Ranking: relevant documents": [
        _torch("map", "retrieval_average_precision(a + 1, b)"),
        Entry(
            'lg.Ranking("map").each(x, y)',
            "[tr.retrieval_average_precision(a, b) for a, b in zip(x, y)]",
            "queries",
            why="torchmetrics takes a relevant document whose score is not above 0 for one that is "
            "not relevant",
        ),
        Entry(
            "[lg.roc_auc(a, b) for a, b in zip(x, y)]",
            "[tr.retrieval_auroc(a, b) for a, b in zip(x, y)]",
            DISTINCT,
            coarse=F32,
            rtol=1e-5,
        ),
        _torch("mrr", "retrieval_reciprocal_rank(a, b)"),
        _torch("mrr@5", "retrieval_reciprocal_rank(a, b, top_k=5)"),
        _torch("precision@5", "retrieval_precision(a, b, top_k=5)"),
        _torch("recall@5", "retrieval_recall(a, b, top_k=5)"),
        _torch("success@5", "retrieval_hit_rate(a, b, top_k=5)"),
        _torch("fall_out@5", "retrieval_fall_out(a, b, top_k=5)"),
        _torch("r_precision", "retrieval_r_precision(a, b)"),
        Entry(
            'lg.Ranking("map@5").each(x, y)',
            "[tr.retrieval_average_precision(a + 1, b, top_k=5) for a, b in zip(x, y)]",
            "queries",
            why="torchmetrics divides by the relevant documents among the first k, "
            "trec_eval and this by all",
        ),
        Entry(
            'lg.Ranking("map").each(x, y)',
            "[sk.average_precision_score(b, a) for a, b in zip(x, y)]",
            DISTINCT,
        ),
        Entry(
            'lg.Ranking("map").each(x, y)',
            "[sk.average_precision_score(b, a) for a, b in zip(x, y)]",
            "constant queries",
            why="scikit-learn steps over a run of ties as one threshold, this takes the expected "
            "value over its orders",
        ),
        _trec("map", "map", ALL),
        _trec("map@5", "map_cut.5", ALL),
        _trec("mrr", "recip_rank", ALL),
        _trec("precision@5", "P.5", ALL),
        _trec("precision@100", "P.100", ALL),
        _trec("recall@5", "recall.5", ALL),
        _trec("success@5", "success.5", ALL),
        _trec("r_precision", "Rprec", ALL),
        _trec("bpref", "bpref", ALL),
    ],
}
