"""What there is of P(y = 1) beside calibration errors, and temperatures."""

from __future__ import annotations

from .entry import Entry

EVENTS = "events, edges, hits, one digit, never"
BOTH_CLASSES = "events, edges, hits, one digit"
CALZONE_HL = (
    "(*calzone.hosmer_lemeshow_test(*curves.calibration_curve(y, p, n_bins=10), "
    "np.bincount(np.ceil(p * 10).clip(1).astype(int))[1:], df=%d))"
)

FAMILIES = {
    "Scores of P(y = 1) in one pass": [
        *(
            Entry(f"lg.BinaryEvaluation(eps=2**-52).update(p, y, w).report().{name}", peer, on)
            for name, peer, on in (
                ("log_loss", "sk.log_loss(y, p, sample_weight=w, labels=[0, 1])", EVENTS),
                ("brier", "sk.brier_score_loss(y, p, sample_weight=w)", EVENTS),
                ("brier_skill", "sk.d2_brier_score(y, p, sample_weight=w)", BOTH_CLASSES),
                ("d2_log_loss", "sk.d2_log_loss_score(y, p, sample_weight=w)", BOTH_CLASSES),
            )
        ),
        Entry(
            "lg.BinaryEvaluation().update(p, y).compute()",
            "F.binary_cross_entropy(p, y.double())",
            "events, hits, one digit, never",
        ),
        Entry(
            'lg.BinaryEvaluation(input="logits").update(8 * p - 4, y).compute()',
            "F.binary_cross_entropy_with_logits(8 * p - 4, y.double())",
            EVENTS,
        ),
        Entry(
            "lg.BinaryEvaluation(10).update(p, y).report().ece",
            "ucal.get_ece(p, y, num_bins=10)",
            EVENTS,
        ),
        Entry(
            "[getattr(lg.BinaryEvaluation().update(p, y).report(), name + '_' + kind) for "
            "name, kind in (('true', 'negatives'), ('false', 'positives'), "
            "('false', 'negatives'), ('true', 'positives'))]",
            "sk.confusion_matrix(y, p > 0.5, labels=[0, 1])",
            EVENTS,
        ),
        Entry(
            "lg.spiegelhalter_z(p, y)[0]",
            "calzone.spiegelhalter_z_test(y, np.c_[1 - p, p])[0]",
            EVENTS,
        ),
        Entry(
            "lg.spiegelhalter_z(p, y)",
            "calzone.spiegelhalter_z_test(y, np.c_[1 - p, p])",
            "edges",
        ),
        Entry(
            "lg.spiegelhalter_z(p, y)[1]",
            "calzone.spiegelhalter_z_test(y, np.c_[1 - p, p])[1]",
            "events, hits, one digit, never",
            wrong="subtracts the cdf from 1: small p-values lose their digits, and are 0 below "
            "1e-16",
            truth="truths.spiegelhalter_p(p, y)",
        ),
    ],
    "Calibration slope, Hosmer and Lemeshow": [
        Entry(
            "lg.calibration_slope(p, y)[6:10]",
            "(lambda fit: (fit.params, fit.bse))(sm.Logit(y, sm.add_constant("
            "special.logit(p))).fit(disp=0, tol=1e-14, maxiter=100))",
            "events, hits",
            coarse="both are found by iteration, to 1e-8",
            rtol=1e-7,
        ),
        Entry(
            "lg.calibration_slope(p, y).slope, lg.calibration_slope(p, y).intercept",
            "calzone.cox_regression_analysis(y, np.c_[1 - p, p])[:2]",
            "events",
            coarse="both are found by iteration, to 1e-8",
            rtol=1e-7,
        ),
        Entry(
            "lg.calibration_slope(p, y).intercept_at_one, "
            "lg.calibration_slope(p, y).intercept_at_one_error",
            "(lambda fit: (fit.params, fit.bse))(sm.GLM(y, np.ones(len(y)), "
            "family=sm.families.Binomial(), offset=special.logit(p)).fit(tol=1e-14))",
            "events, hits",
            coarse="both are found by iteration, to 1e-8",
            rtol=1e-7,
        ),
        Entry(
            "lg.hosmer_lemeshow(lg.BinaryECE(10).update(p, y).bins())[2:5]",
            "(lambda chi2, _, df: (chi2, df, stats.chi2.sf(chi2, df)))" + CALZONE_HL % 10,
            "events",
        ),
        Entry(
            "lg.hosmer_lemeshow(lg.BinaryECE(10).update(p, y).bins(), 2)[2:5]",
            "(lambda chi2, _, df: (chi2, df, stats.chi2.sf(chi2, df)))" + CALZONE_HL % 8,
            "events",
        ),
        Entry(
            "lg.hosmer_lemeshow(lg.BinaryECE(10).update(p, y).bins())[2:5]",
            "(lambda chi2, p_value, df: (chi2, df, p_value))" + CALZONE_HL % 10,
            "edges",
            why="calzone clips shares to 1e-7 .. 1 - 1e-7",
        ),
    ],
    "Parts of the Brier score": [
        Entry("lg.brier_decomposition(p, y).brier", "sk.brier_score_loss(y, p)", EVENTS),
        Entry(
            "lg.brier_decomposition(p, y).reliability",
            "sk.brier_score_loss(y, p) - np.mean((y - np.array([y[p == v].mean() for v in p])) "
            "** 2)",
            "edges, one digit, never",
            scale=1e-2,
        ),
        Entry(
            "lg.brier_decomposition(p, y).uncertainty",
            "sk.brier_score_loss(y, np.full(len(y), y.mean()), pos_label=1)",
            EVENTS,
        ),
    ],
    "Temperature": [
        Entry(
            "lg.TemperatureScaling().fit(x, y).temperature_",
            "1 / curves._TemperatureScaling().fit(x, y).beta_",
            "random, digits",
            coarse="scikit-learn looks for the loss' minimum, not for its slope's root",
            rtol=1e-4,
        ),
        *(
            Entry(
                "1 / lg.TemperatureScaling().fit(x, y).temperature_",
                "netcal_scaling.TemperatureScaling().fit(special.softmax(x, axis=1), y)"
                ".temperature",
                on,
                rtol=1e-5,
                **said,
            )
            for on, said in (
                (
                    "random",
                    {
                        "coarse": "netcal's `temperature` is what logits are multiplied by; "
                        "it is found with numeric gradients"
                    },
                ),
                (
                    "digits",
                    {"why": "netcal takes probabilities, and clips those that f64 has lost"},
                ),
            )
        ),
    ],
}
