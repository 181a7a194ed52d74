"""Functions of a few counts: intervals, tests, likelihood ratios."""

from __future__ import annotations

from .entry import Entry

STATSMODELS = {
    "wilson": "wilson",
    "clopper_pearson": "beta",
    "jeffreys": "jeffreys",
    "agresti_coull": "agresti_coull",
    "normal": "normal",
}
BOTH = "some, none or all"


def _interval(method: str, confidence: float, on: str = BOTH, why: str = "") -> Entry:
    return Entry(
        f'lg.proportion_interval(k, n, {confidence}, "{method}")',
        f'sms.proportion_confint(k, n, {1 - confidence:.2g}, "{STATSMODELS[method]}")',
        on,
        why=why,
        scale=1e-3,
    )


def _binomtest(method: str, peer: str, **more: object) -> Entry:
    return Entry(
        f'[lg.proportion_interval(*c, method="{method}") for c in zip(k, n)]',
        f'[tuple(stats.binomtest(*c).proportion_ci(method="{peer}")) for c in zip(k, n)]',
        BOTH,
        scale=1e-3,
        **more,  # type: ignore[arg-type]
    )


FAMILIES = {
    "Intervals for a share": [
        *(
            _interval(method, confidence, "some" if method == "jeffreys" else BOTH)
            for method in STATSMODELS
            for confidence in (0.95, 0.8)
        ),
        _interval(
            "jeffreys",
            0.95,
            "none or all",
            why="ours goes down to 0 where nothing, up to 1 where all succeeded, as Brown, Cai "
            "and DasGupta (2001) have it",
        ),
        _binomtest("wilson", "wilson"),
        _binomtest(
            "clopper_pearson", "exact", coarse="scipy looks for its bounds to 2e-12", rtol=1e-9
        ),
    ],
    "Intervals from replicates": [
        Entry(
            f"lg.percentile_interval(r, {confidence})",
            f"np.quantile(r, [(1 - {confidence}) / 2, (1 + {confidence}) / 2])",
            "sample",
        )
        for confidence in (0.95, 0.8)
    ]
    + [
        Entry(
            f"lg.{ours}, {confidence})",
            f"stats.bootstrap((s,), np.mean, confidence_level={confidence}, n_resamples=0, "
            f'method="{method}", bootstrap_result=SimpleNamespace(bootstrap_distribution=r)'
            ").confidence_interval",
            "sample",
        )
        for confidence in (0.95, 0.8)
        for ours, method in (
            ("percentile_interval(r", "percentile"),
            ("bca_interval(r, s.mean(), (s.sum() - s) / (len(s) - 1)", "BCa"),
        )
    ],
    "McNemar's test": [
        Entry(
            "[lg.mcnemar(b, c).exact_p for b, c in bc]",
            "[sms.mcnemar([[0, b], [c, 0]], exact=True).pvalue for b, c in bc]",
            "apart",
        ),
        Entry(
            "[lg.mcnemar(b, c)[3:5] for b, c in bc]",
            "[(m.statistic, m.pvalue) for b, c in bc "
            "for m in [sms.mcnemar([[0, b], [c, 0]], exact=False, correction=False)]]",
            "apart",
        ),
        Entry(
            "[lg.mcnemar(b, c)[5:7] for b, c in bc]",
            "[(m.statistic, m.pvalue) for b, c in bc "
            "for m in [sms.mcnemar([[0, b], [c, 0]], exact=False, correction=True)]]",
            "apart",
        ),
        Entry(
            "lg.mcnemar(8, 8).corrected_chi2",
            "sms.mcnemar([[0, 8], [8, 0]], exact=False, correction=True).statistic",
            "apart",
            wrong="corrects what is 0 already: b = c gives 1 / (b + c)",
            truth="0.0",
        ),
        Entry(
            "[lg.mcnemar(b, c).exact_p for b, c in bc]",
            "[stats.binomtest(b, b + c).pvalue for b, c in bc]",
            "apart",
        ),
    ],
    "Likelihood ratios": [
        Entry(
            "lg.class_likelihood_ratios(y, yp)",
            "sk.class_likelihood_ratios(y, yp)",
            "two, events, hits, one digit",
        ),
        Entry(
            "lg.class_likelihood_ratios(y, yp, sample_weight=w)",
            "sk.class_likelihood_ratios(y, yp, sample_weight=w)",
            "two, events, hits, one digit",
        ),
        Entry(
            "lg.class_likelihood_ratios(y, yp, labels=[0, 1])",
            "sk.class_likelihood_ratios(y, yp, labels=[0, 1])",
            "never",
        ),
    ],
}
