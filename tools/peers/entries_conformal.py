"""Scores, thresholds and sets of conformal prediction."""

from __future__ import annotations

from .entry import Entry

PROBABILITIES = "random, wide, digits, mistaken, single"
ROWS = "random, wide, digits, mistaken"
APART = "random, wide, mistaken"


def _scores(method: str, more: str = "") -> str:
    return f'lg.ConformalClassifier("{method}", {more}probabilities=True).scores(p, y)'


def _fitted(method: str, then: str, alpha: str = "0.1", more: str = "") -> str:
    made = f'lg.ConformalClassifier("{method}", {alpha}, {more}probabilities=True)'
    return f"{made}.fit(p, y).{then}"


def _torchcp(made: str) -> str:
    return f"tcs.{made}(p.clone(), y)"


def _predictor(made: str, then: str, alpha: str = "0.1") -> str:
    return (
        f"(lambda m: (m.calculate_threshold(p.clone(), y, {alpha}), m.{then})[1])"
        f"(tcp.SplitPredictor(tcs.{made}))"
    )


def _mapie(score: str, confidence: str = "0.9", rows: str = "p") -> str:
    return (
        f"(lambda m: (m.conformalize(p, y), m.predict_set({rows})[1])[1])"
        "(mapie.SplitConformalClassifier(given.Probabilities(p.shape[1]), "
        f'confidence_level={confidence}, conformity_score="{score}"))'
    )


LAC, APS = 'LAC("identity")', 'APS("identity", randomized=False)'
RAPS = 'RAPS("identity", randomized=False, penalty=0.01, kreg=5)'
SAPS, TOP_K = 'SAPS("identity", randomized=False, weight=0.2)', 'TOPK("identity", randomized=False)'

FAMILIES = {
    "Conformal prediction": [
        Entry(_scores("lac"), _torchcp(LAC), PROBABILITIES + ", ties"),
        Entry(_scores("aps"), _torchcp(APS), PROBABILITIES),
        Entry(
            _scores("raps"),
            _torchcp(RAPS),
            PROBABILITIES,
            coarse="torchcp computes the penalty in f32",
            rtol=1e-8,
        ),
        Entry(
            _scores("saps", "lambda_=0.2, "),
            _torchcp(SAPS),
            ROWS,
            why="of the first rank torchcp takes u for 0, of the others for 1; ours for 1",
        ),
        Entry(_scores("top_k"), _torchcp(TOP_K), PROBABILITIES),
        Entry(
            _scores("top_k"),
            _torchcp(TOP_K),
            "alike",
            wrong="torchcp sorts equal probabilities into no certain order: what it says for one "
            "row may not be what it says for the next, which is equal",
            truth="truths.rank(p, y)",
        ),
        Entry(_scores("margin"), _torchcp('Margin("identity")'), PROBABILITIES + ", ties"),
        Entry(
            f"({_scores('margin')}, p)[1]",
            '(lambda q: (tcs.Margin("identity")(q, y), q)[1])(p.clone())',
            "random",
            wrong="with `identity` torchcp writes -1 into the caller's probabilities",
            truth="p",
        ),
        Entry(_fitted("lac", "thresholds_"), _predictor(LAC, "q_hat"), ROWS),
        Entry(_fitted("aps", "thresholds_"), _predictor(APS, "q_hat"), ROWS),
        Entry(
            _fitted("lac", "thresholds_", "0.7"),
            _predictor(LAC, "q_hat", "0.7"),
            "nine rows",
            wrong="(n + 1)(1 - alpha) is 3, torchcp's rounding makes a little more of it and "
            "takes the fourth score",
            truth="truths.order_statistic(1 - p[np.arange(9), y], 3)",
        ),
        Entry(_fitted("lac", "predict_set(p)"), _predictor(LAC, "predict_with_logits(p)"), ROWS),
        *(
            Entry(_fitted(method, "predict_set(p)"), _predictor(made, "predict_with_logits(p)"), APART)
            for method, made in (("aps", APS), ("raps", RAPS))
        ),
        Entry(
            _fitted("aps", "predict_set(p)"),
            _predictor(APS, "predict_with_logits(p)"),
            "digits",
            why="many scores are equal to the threshold but for rounding",
        ),
        Entry(_fitted("lac", "predict_set(p)"), _mapie("lac"), ROWS),
        Entry(_fitted("top_k", "predict_set(p)"), _mapie("top_k"), "wide"),
        Entry(
            _fitted("top_k", "predict_set(p)"),
            _mapie("top_k"),
            "random, digits, mistaken",
            why="mapie takes in all classes that are tied with the last, ours the first of them",
        ),
        Entry(
            _fitted("aps", "predict_set(p)"),
            _mapie("aps"),
            ROWS,
            why="mapie draws a u for each row that it calibrates with, ours is 1",
        ),
        Entry(
            _fitted("lac", "predict_set(p)", "0.7"),
            _mapie("lac", "0.3"),
            "nine rows",
            wrong="as torchcp's threshold above",
            truth="1 - p <= truths.order_statistic(1 - p[np.arange(9), y], 3)",
        ),
        Entry(
            _fitted("lac", "predict_set(p)", "0.05"),
            _mapie("lac", "0.95"),
            "nine rows",
            wrong="nine rows promise no more than 0.9: the threshold is +inf and every class in "
            "the set",
            truth="np.ones(p.shape)",
        ),
    ],
}
