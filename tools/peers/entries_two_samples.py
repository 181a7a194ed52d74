"""Tests of two samples, AUROC of streams, and selective prediction."""

from __future__ import annotations

from .entry import Entry

SAMPLES = "samples, few, tied samples, few tied"
UNTIED = "samples, few"
RANKED = "ranked, ranked ties, ranked alike"
SIDES = ("two-sided", "less", "greater")
LIMIT = "np.sqrt(len(a) * len(b) / (len(a) + len(b)))"

STREAMING = "lg.StreamingAUROC(len(y)).update(s, y).report()"
BINNED = "lg.BinnedAUROC(k=20).update(s, y).report()"
AUROC = "sk.roc_auc_score(y, s)"
PRECISION = "sk.average_precision_score(y, s)"

IN_F32 = "torch-uncertainty adds up in f32"
CONFIDENT = "np.maximum(p, 1 - p), (p > 0.5) != y"
# Of what is a mean over k, the trapezoid rule from 1 / n to 1, over 1 - 1 / n.
SELECTIVE = "(lambda r, c, n: (%s) / (n - 1))(lg.risk_coverage({0}), lg.risk_coverage_curve({0}), len(y))"
AURC = SELECTIVE.format(CONFIDENT) % "n * r.aurc - (c.risks[0] + c.risks[-1]) / 2"
AUGRC = SELECTIVE.format(CONFIDENT) % "n * r.augrc - c.risks[0] / n / 2"


def _call(made: str, inputs: str) -> str:
    """A metric of torch-uncertainty, whose `forward` is as its `update` and `compute`."""
    return f"tu.{made}()({inputs})"


FAMILIES = {
    "Two samples": [
        *(
            Entry(
                f'lg.mannwhitneyu(a, b, {continuity}, "{side}", method="asymptotic")[4:5], '
                f'lg.mannwhitneyu(a, b, {continuity}, "{side}", method="asymptotic").p',
                f'stats.mannwhitneyu(a, b, {continuity}, "{side}", method="asymptotic")',
                SAMPLES,
            )
            for side in SIDES
            for continuity in (True, False)
        ),
        *(
            Entry(
                f'lg.mannwhitneyu(a, b, alternative="{side}", method="exact").p',
                f'stats.mannwhitneyu(a, b, alternative="{side}", method="exact").pvalue',
                UNTIED,
            )
            for side in SIDES
        ),
        Entry(
            'lg.mannwhitneyu(a, b, method="exact").p',
            'stats.mannwhitneyu(a, b, method="exact").pvalue',
            "tied samples, few tied",
            why="scipy counts orders as if none were equal; ours then knows no exact p-value",
        ),
        Entry(
            "lg.mannwhitneyu(a, b).p",
            "stats.mannwhitneyu(a, b).pvalue",
            SAMPLES + ", same",
        ),
        Entry(
            "lg.mannwhitneyu(a, b).effect",
            "sk.roc_auc_score(np.r_[np.ones(len(a)), np.zeros(len(b))], np.r_[a, b])",
            SAMPLES + ", same",
        ),
        *(
            Entry(
                f'(lambda r: (r.statistic, r.p, r.location, r.sign))(lg.ks_2samp(a, b, "{side}"))',
                f'(lambda r: (r.statistic, r.pvalue, r.statistic_location, r.statistic_sign))'
                f'(stats.ks_2samp(a, b, "{side}", method="exact"))',
                UNTIED,
            )
            for side in SIDES
        ),
        Entry(
            "lg.ks_2samp(a, b).statistic",
            "stats.ks_2samp(a, b).statistic",
            SAMPLES + ", same",
        ),
        Entry(
            "lg.ks_2samp(a, b).p",
            'stats.ks_2samp(a, b, method="exact").pvalue',
            "tied samples, few tied",
            why="scipy counts as if none were equal; ours, as R's `ks.test`, over the orders "
            "that the ties leave",
        ),
        *(
            Entry(
                f'lg.ks_2samp(a, b, "{side}", "asymptotic").p',
                f'stats.ks_2samp(a, b, "{side}", method="asymp").pvalue',
                SAMPLES,
            )
            for side in SIDES[1:]
        ),
        Entry(
            'lg.ks_2samp(a, b, method="asymptotic").p',
            f"stats.kstwobign.sf(stats.ks_2samp(a, b).statistic * {LIMIT})",
            SAMPLES,
        ),
        Entry(
            'lg.ks_2samp(a, b, method="asymptotic").p',
            'stats.ks_2samp(a, b, method="asymp").pvalue',
            UNTIED,
            why="scipy takes the distribution of a single sample of n m / (n + m) numbers, "
            "rounded; ours the limit, as R",
        ),
    ],
    "AUROC with its standard error, and of streams": [
        Entry("lg.delong(s, y).auroc", AUROC, RANKED),
        Entry("lg.delong_test(s, t, y).second_auroc", "sk.roc_auc_score(y, t)", RANKED),
        Entry(
            "lg.delong(s, y).variance",
            "(lambda w: np.var(w.mean(axis=1), ddof=1) / len(w) + "
            "np.var(w.mean(axis=0), ddof=1) / len(w.T))"
            "((s[y == 1][:, None] > s[y == 0]) + (s[y == 1][:, None] == s[y == 0]) / 2)",
            "ranked, ranked ties",
        ),
        Entry(
            f"({STREAMING}.auroc, {STREAMING}.average_precision)",
            f"({AUROC}, {PRECISION})",
            RANKED,
        ),
        Entry(
            f"({BINNED}.auroc, {BINNED}.average_precision)",
            f"({AUROC}, {PRECISION})",
            RANKED,
        ),
        Entry(
            f"{STREAMING}.auroc",
            "tm.binary_auroc(s, y)",
            RANKED,
            coarse="torchmetrics adds up in f32",
            rtol=1e-6,
        ),
        Entry(
            f"{STREAMING}.auroc",
            "tm.binary_auroc(s / 2, y, thresholds=200)",
            "ranked",
            why="torchmetrics counts at 200 thresholds and joins them by straight lines, "
            "without saying how far off that may be",
        ),
        Entry(
            f"{STREAMING}.auroc",
            "te.binary_auroc(s, y)",
            RANKED,
            coarse="torcheval adds up in f32",
            rtol=1e-6,
        ),
    ],
    "Selective prediction": [
        Entry(
            f"lg.aurc({CONFIDENT})",
            "np.mean(np.cumsum(((p > 0.5) != y)[np.argsort(-np.maximum(p, 1 - p))]) / "
            "np.arange(1, len(y) + 1))",
            "events",
        ),
        Entry(
            f"lg.augrc({CONFIDENT})",
            "(lambda right, a: (1 - sk.roc_auc_score(right, np.maximum(p, 1 - p))) * a * (1 - a)"
            " + (1 - a) ** 2 / 2)((p > 0.5) == y, np.mean((p > 0.5) == y))",
            "events, edges",
        ),
        Entry(AURC, _call("AURC", "p, y"), "events", coarse=IN_F32, rtol=1e-6),
        Entry(AUGRC, _call("AUGRC", "p, y"), "events", coarse=IN_F32, rtol=1e-6),
        Entry(
            f"lg.aurc({CONFIDENT})",
            _call("AURC", "p, y"),
            "edges",
            why="torch-uncertainty takes equal confidences in whatever order they were sorted "
            "into, and the trapezoid rule; ours is the mean over all orders",
        ),
        Entry(
            f"lg.risk_coverage({CONFIDENT}).risk_at_coverage",
            _call("RiskAt80Cov", "p, y"),
            "events",
            coarse=IN_F32,
            rtol=1e-6,
        ),
        Entry(
            f"lg.risk_coverage({CONFIDENT}, risk=0.25).coverage_at_risk",
            "tu.CovAtxRisk(0.25)(p, y)",
            "events",
            coarse=IN_F32,
            rtol=1e-6,
        ),
    ],
}
