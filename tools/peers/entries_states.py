"""Metrics that see data in parts: torchmetrics' classes, and our mergeable states.

`given.halves` updates with the first half of all rows, then with the others; `halves` updates
a state with each half, and merges both.
"""

from __future__ import annotations

from .entry import Entry

F32 = "torchmetrics computes in f32"
MANY = "pairs, absent, predicted alone"


def _entry(ours: str, peer: str, on: str, why: str = "") -> Entry:
    return Entry(ours, peer, on, coarse="" if why else F32, rtol=1e-5, why=why)


def _scores(ours: str, peer: str, on: str = "random, digits") -> Entry:
    return _entry(ours, f"given.halves(tmc.{peer}, p, y)", on)


def _classes(field: str, peer: str) -> Entry:
    ours = f"halves(lambda: lg.ClassCounts(C), yp, y).report(classes='present').{field}"
    return _entry(ours, f"given.halves(tmc.Multiclass{peer}, yp, y)", MANY)


def _binary(field: str, peer: str) -> Entry:
    ours = f"halves(lambda: lg.ClassCounts(2), yp, y).classes()[1]['{field}']"
    return _entry(ours, f"given.halves(tmc.Binary{peer}, p, y)", "events, hits")


def _labels(ours: str, peer: str) -> Entry:
    return _entry(ours, f"given.halves(tmc.Multilabel{peer}, P, Y)", "flags")


COUNTS = "halves(lambda: lg.MultilabelCounts(C), P, Y).report().%s"
RANKS = "halves(lg.LabelRanking, S, Y).report().%s"
NUMBERS = "halves(lg.Regression, z, x).report().%s"

FAMILIES = {
    "In parts: many classes": [
        _scores("halves(lg.Accuracy, p, y).compute()", "MulticlassAccuracy(C, average='micro')"),
        _scores(
            "halves(lambda: lg.Accuracy(3), p, y).compute()",
            "MulticlassAccuracy(C, top_k=3, average='micro')",
            "random",
        ),
        _scores(
            "halves(lambda: lg.ECE(15), p, y).compute()",
            "MulticlassCalibrationError(C, n_bins=15)",
        ),
        _entry(
            "halves(lambda: lg.ConfusionMatrix(C), yp, y).counts()",
            "given.halves(tmc.MulticlassConfusionMatrix(C), yp, y)",
            MANY,
        ),
        _classes("f", "F1Score(C)"),
        _classes("precision", "Precision(C)"),
        _classes("recall", "Recall(C)"),
        _classes("specificity", "Specificity(C)"),
        _classes("npv", "NegativePredictiveValue(C)"),
        _classes("jaccard", "JaccardIndex(C)"),
        _classes("mcc", "MatthewsCorrCoef(C)"),
        _classes("kappa", "CohenKappa(C)"),
        _entry(
            "halves(lambda: lg.ClassCounts(C), yp, y).report(classes='present', beta=2.0).f",
            "given.halves(tmc.MulticlassFBetaScore(2.0, C), yp, y)",
            MANY,
        ),
        _classes("hamming_loss", "HammingDistance(C, average='micro')"),
        _entry(
            "np.exp(halves(lg.NLL, x, y).compute())",
            "given.halves(textc.Perplexity(), x[:, None], y[:, None])",
            "random, digits",
        ),
    ],
    "In parts: two classes": [
        _binary("f", "F1Score()"),
        _binary("precision", "Precision()"),
        _binary("recall", "Recall()"),
        _binary("specificity", "Specificity()"),
        _binary("npv", "NegativePredictiveValue()"),
        _binary("jaccard", "JaccardIndex()"),
        *(
            _scores(
                f"halves(lambda: lg.ClassCounts(2), yp, y).report().{field}",
                f"Binary{peer}()",
                "events, hits",
            )
            for field, peer in (
                ("accuracy", "Accuracy"),
                ("hamming_loss", "HammingDistance"),
                ("kappa", "CohenKappa"),
                ("mcc", "MatthewsCorrCoef"),
            )
        ),
        _scores(
            "halves(lambda: lg.ClassCounts(2), yp, y).classes(beta=2.0)[1]['f']",
            "BinaryFBetaScore(2.0)",
            "events, hits",
        ),
        _scores(
            "halves(lambda: lg.ConfusionMatrix(2), yp, y).counts()",
            "BinaryConfusionMatrix()",
            "events, hits",
        ),
        _scores(
            "halves(lambda: lg.BinaryECE(15, 'left'), p, y).compute()",
            "BinaryCalibrationError(n_bins=15)",
            "events, hits",
        ),
        _scores(
            "halves(lambda: lg.StreamingAUROC(4000), p, y).compute()",
            "BinaryAUROC()",
            "events, hits",
        ),
        _scores(
            "halves(lambda: lg.StreamingAUROC(4000), p, y).report().average_precision",
            "BinaryAveragePrecision()",
            "events, hits",
        ),
    ],
    "In parts: several labels a row": [
        _labels(COUNTS % "f", "F1Score(C)"),
        _labels(COUNTS % "precision", "Precision(C)"),
        _labels(COUNTS % "recall", "Recall(C)"),
        _labels(COUNTS % "specificity", "Specificity(C)"),
        _labels(COUNTS % "npv", "NegativePredictiveValue(C)"),
        _labels("1 - " + COUNTS % "hamming_loss", "Accuracy(C)"),
        _labels(
            "halves(lambda: lg.MultilabelCounts(C, beta=2.0), P, Y).report().f",
            "FBetaScore(2.0, C)",
        ),
        _labels(
            "(lambda each: np.stack([each[n] for n in ('tn', 'fp', 'fn_', 'tp')], axis=1))"
            "(halves(lambda: lg.MultilabelCounts(C), P, Y).labels())",
            "ConfusionMatrix(C)",
        ),
        _labels(COUNTS % "jaccard", "JaccardIndex(C)"),
        _labels(COUNTS % "exact_match", "ExactMatch(C)"),
        _labels(COUNTS % "hamming_loss", "HammingDistance(C)"),
        *(
            _entry(
                RANKS % field, f"given.halves(tmc.Multilabel{peer}(L), S, Y)", "label scores"
            )
            for field, peer in (
                ("coverage_error", "CoverageError"),
                ("ranking_loss", "RankingLoss"),
                ("average_precision", "RankingAveragePrecision"),
            )
        ),
    ],
    "In parts: queries and numbers": [
        *(
            _entry(
                f"halves(lambda: lg.Ranking('{ours}', empty=0), x, y).compute()",
                f"given.queries(trc.{peer}, x + 1, y)",
                "queries",
            )
            for ours, peer in (
                ("map", "RetrievalMAP()"),
                ("mrr", "RetrievalMRR()"),
                ("ndcg@5", "RetrievalNormalizedDCG(top_k=5)"),
                ("precision@5", "RetrievalPrecision(top_k=5)"),
                ("recall@5", "RetrievalRecall(top_k=5)"),
                ("hit_rate@5", "RetrievalHitRate(top_k=5)"),
                ("fall_out@5", "RetrievalFallOut(top_k=5)"),
                ("r_precision", "RetrievalRPrecision()"),
            )
        ),
        *(
            _entry(NUMBERS % field, f"given.halves(regc.{peer}(), z, x)", "columns")
            for field, peer in (
                ("mse", "MeanSquaredError"),
                ("mae", "MeanAbsoluteError"),
                ("mape", "MeanAbsolutePercentageError"),
                ("r2", "R2Score"),
                ("explained_variance", "ExplainedVariance"),
            )
        ),
        _entry(
            "halves(lg.Pearson, x, z).compute()",
            "given.halves(regc.PearsonCorrCoef(), x, z)",
            "columns",
        ),
    ],
}
