/* Cox's regression: groups of equal forecasts, for which the answer is known. */
#include "check.h"

/* Two forecasts, each of them n times, of which hits came true: the fitted line goes
 * through the logits of both frequencies. */
static void two_groups(double p0, int hits0, double p1, int hits1, int n) {
    double x[200], a, b;
    float narrow[200];
    uint8_t y[200];
    for (int i = 0; i < n; i++) {
        x[i] = p0, x[n + i] = p1;
        y[i] = i < hits0, y[n + i] = i < hits1;
    }
    for (int i = 0; i < 2 * n; i++) narrow[i] = (float)log(x[i] / (1 - x[i]));
    double f0 = (double)hits0 / n, f1 = (double)hits1 / n;
    double x0 = log(p0 / (1 - p0)), x1 = log(p1 / (1 - p1));
    b = (log(f1 / (1 - f1)) - log(f0 / (1 - f0))) / (x1 - x0);
    a = log(f0 / (1 - f0)) - b * x0;
    lgt_calibration_slope_report report;
    CHECK_STATUS(lgt_calibration_slope_fit_f64(&report, x, 1, y, LGT_U8, NULL, 2 * (size_t)n, NULL),
                 LGT_OK);
    double size = fmax(1, fabs(b));
    CHECK(fabs(report.slope - b) < 1e-8 * size && fabs(report.intercept - a) < 1e-8);
    CHECK(report.rows == 2 * (uint64_t)n && report.nll_after <= report.nll_before);
    /* The variances of two binomial logits, put together. */
    double v0 = 1 / (n * f0 * (1 - f0)), v1 = 1 / (n * f1 * (1 - f1));
    double error = sqrt(v0 + v1) / fabs(x1 - x0);
    CHECK(fabs(report.slope_error - error) < 1e-7 * error);
    lgt_calibration_slope_opts opts;
    lgt_calibration_slope_opts_default(&opts);
    opts.input = LGT_BINARY_LOGITS;
    CHECK_STATUS(lgt_calibration_slope_fit_f32(&report, narrow, 1, y, LGT_U8, NULL, 2 * (size_t)n,
                                               &opts),
                 LGT_OK);
    CHECK(fabs(report.slope - b) < 1e-5 * size && fabs(report.intercept - a) < 1e-5);
}

static void refused(void) {
    double x[4] = {.1, .4, .6, .9};
    uint8_t y[4] = {0, 1, 0, 1}, bad[4] = {0, 1, 2, 1};
    lgt_calibration_slope_report report, kept;
    memset(&report, 0xa5, sizeof report);
    kept = report;
    CHECK_STATUS(lgt_calibration_slope_fit_f64(NULL, x, 1, y, LGT_U8, NULL, 4, NULL), LGT_E_NULL);
    CHECK_STATUS(lgt_calibration_slope_fit_f64(&report, NULL, 1, y, LGT_U8, NULL, 4, NULL),
                 LGT_E_NULL);
    CHECK_STATUS(lgt_calibration_slope_fit_f64(&report, x, 0, y, LGT_U8, NULL, 4, NULL),
                 LGT_E_STRIDE);
    CHECK_STATUS(lgt_calibration_slope_fit_f64(&report, x, 1, bad, LGT_U8, NULL, 4, NULL),
                 LGT_E_LABEL);
    for (int i = 0; i < 9; i++) {
        lgt_calibration_slope_opts opts;
        lgt_calibration_slope_opts_default(&opts);
        switch (i) {
        case 0: opts.struct_size = 4; break;
        case 1: opts.input = 2; break;
        case 2: opts.reserved = 1; break;
        case 3: opts.max_iter = 0; break;
        case 4: opts.eps = 0; break;
        case 5: opts.eps = (double)NAN; break;
        case 6: opts.tol = (double)NAN; break;
        case 7: opts.slope_max = (double)NAN; break;
        default: opts.slope_max = 0.5;
        }
        CHECK_STATUS(lgt_calibration_slope_fit_f64(&report, x, 1, y, LGT_U8, NULL, 4, &opts),
                     i < 3 ? LGT_E_OPTION : LGT_E_VALUE);
    }
    CHECK(memcmp(&report, &kept, sizeof report) == 0);
    CHECK_STATUS(lgt_calibration_slope_fit_f64(&report, x, 1, y, LGT_U8, NULL, 4, NULL), LGT_OK);
    y[1] = 0, y[2] = 1;
    CHECK_STATUS(lgt_calibration_slope_fit_f64(&report, x, 1, y, LGT_U8, NULL, 4, NULL),
                 LGT_DEGENERATE);
    CHECK(report.slope == 1 && report.intercept == 0 && isnan(report.slope_error));
    CHECK_STATUS(lgt_calibration_slope_fit_f64(&report, x, 1, y, LGT_U8, NULL, 0, NULL),
                 LGT_UNDEFINED);
}

/* Ends of other kinds: too few passes, a slope past the largest, a row without a logit. */
static void ends(void) {
    double x[80];
    uint8_t y[80];
    for (int i = 0; i < 80; i++) x[i] = i < 40 ? .49 : .51, y[i] = i < 40 ? i < 4 : i < 76;
    lgt_calibration_slope_report report;
    lgt_calibration_slope_opts opts;
    lgt_calibration_slope_opts_default(&opts);
    CHECK_STATUS(lgt_calibration_slope_fit_f64(&report, x, 1, y, LGT_U8, NULL, 80, &opts), LGT_OK);
    double slope = log(.9 / .1) / log(.51 / .49);
    CHECK(fabs(report.slope - slope) < 1e-8 * slope && fabs(report.intercept) < 1e-8);
    for (opts.max_iter = 1; opts.max_iter < 4; opts.max_iter++) {
        lgt_status status =
            lgt_calibration_slope_fit_f64(&report, x, 1, y, LGT_U8, NULL, 80, &opts);
        CHECK(status == LGT_NOT_CONVERGED || (status == LGT_OK && opts.max_iter > 1));
        CHECK(report.fit_status == status && report.nll_after <= report.nll_before);
    }
    opts.max_iter = 100;
    for (int turned = 0; turned < 2; turned++) {
        opts.slope_max = 20;
        CHECK_STATUS(lgt_calibration_slope_fit_f64(&report, x, 1, y, LGT_U8, NULL, 80, &opts),
                     LGT_AT_BOUND);
        CHECK(fabs(report.slope - (turned ? -20 : 20)) < 1e-6 && fabs(report.intercept) < 1e-6);
        CHECK(report.nll_after < report.nll_before);
        for (int i = 0; i < 80; i++) y[i] = !y[i];
    }
    const double none[] = {NAN, -0.5, 1.5, HUGE_VAL};
    for (int i = 0; i < 4; i++) {
        x[7] = none[i];
        CHECK_STATUS(lgt_calibration_slope_fit_f64(&report, x, 1, y, LGT_U8, NULL, 80, &opts),
                     LGT_UNDEFINED);
        CHECK(isnan(report.slope) && report.rows == 80);
    }
}

void test(void) {
    two_groups(.2, 10, .8, 30, 40);
    two_groups(.01, 1, .99, 60, 61);
    two_groups(.3, 50, .7, 20, 100);
    two_groups(.5, 1, .500001, 2, 50);
    ends();
    refused();
}
