"""Agreement of raters, and association of two columns."""

from __future__ import annotations

from .entry import Entry

RATERS = "raters, some raters, same raters"
WHOLE = "raters, same raters"
PAIRS = "pairs, two, absent"
F32 = "torchmetrics computes in f32"
CHI2 = "stats.chi2_contingency(stats.contingency.crosstab(y, yp).count, correction=False)"


def _alpha(level: str) -> Entry:
    return Entry(
        f'lg.krippendorff_alpha(R, "{level}")',
        f'krippendorff.alpha(R.T, level_of_measurement="{level}")',
        RATERS,
    )


def _scipy(ours: str, method: str) -> Entry:
    return Entry(
        f"lg.{ours}(y, yp)",
        "stats.contingency.association(stats.contingency.crosstab(y, yp).count, "
        f'method="{method}", correction=False)',
        PAIRS,
    )


def _nominal(ours: str, peer: str, on: str = "pairs, two") -> Entry:
    return Entry(f"lg.{ours}", f"nominal.{peer}", on, coarse=F32, rtol=1e-5)


FAMILIES = {
    "Agreement of raters": [
        *(_alpha(level) for level in ("nominal", "ordinal", "interval", "ratio")),
        Entry("lg.fleiss_kappa(N)", "irr.fleiss_kappa(N)", WHOLE),
        Entry("lg.randolph_kappa(N)", 'irr.fleiss_kappa(N, method="randolph")', WHOLE),
        Entry(
            'lg.fleiss_kappa(R, form="ratings")',
            "irr.fleiss_kappa(irr.aggregate_raters(R.astype(int))[0])",
            WHOLE,
        ),
        Entry("lg.fleiss_kappa(N[:, :1] * 0 + 5)", "irr.fleiss_kappa(N[:, :1] * 0 + 5)", "raters"),
        Entry(
            "lg.fleiss_kappa(N)",
            "nominal.fleiss_kappa(N)",
            WHOLE,
            wrong="adds 1e-5 to what it divides by: raters who agree on all have 0.99999",
            truth="truths.fleiss(N)",
        ),
    ],
    "Intraclass correlation": [
        Entry(
            "lg.intraclass_corr(R).icc1[1:2], lg.intraclass_corr(R).icc1.p_value",
            "tuple(stats.f_oneway(*R))",
            "raters",
        ),
    ],
    "Association": [
        _scipy("cramers_v", "cramer"),
        _scipy("tschuprows_t", "tschuprow"),
        _scipy("pearsons_contingency_coefficient", "pearson"),
        Entry(
            "lg.association(y, yp)[3:6]",
            f"[(t.statistic, t.dof, t.pvalue) for t in [{CHI2}]]",
            PAIRS,
            scale=1e-9,
        ),
        Entry(
            "lg.association(y, yp).g",
            CHI2.replace("correction=False", 'correction=False, lambda_="log-likelihood"') + "[0]",
            PAIRS,
        ),
        Entry(
            "lg.theils_u(y, yp)",
            "sk.homogeneity_score(y, yp)",
            PAIRS,
        ),
        *(
            _nominal(
                f"{name}(y, yp, bias_correction={corrected})",
                f"{name}(yp, y, bias_correction={corrected})",
                # Of two classes it raises a RuntimeError where it corrects.
                "pairs" if corrected else "pairs, two",
            )
            for name in ("cramers_v", "tschuprows_t")
            for corrected in (True, False)
        ),
        _nominal(
            "pearsons_contingency_coefficient(y, yp)", "pearsons_contingency_coefficient(yp, y)"
        ),
        _nominal("theils_u(y, yp)", "theils_u(y, yp)"),
    ],
}
