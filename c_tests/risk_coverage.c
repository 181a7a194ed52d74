/* The risk-coverage curve against every threshold, and what is refused. */
#include "check.h"
#include "guarded.h"
#include "refused.h"

#define RISK_COVERAGE(dtype, element)                                                         \
    static lgt_status call_##dtype(const void *x, const void *losses,                         \
                                   lgt_risk_coverage_report *report, double *const curve[3],  \
                                   size_t n, void *scratch, size_t size) {                    \
        return lgt_risk_coverage_##dtype((const element *)x, (const element *)losses, 0.8,    \
                                         0.25, report, curve[0], curve[1], curve[2], n,       \
                                         scratch, size);                                      \
    }
RISK_COVERAGE(f32, float)
RISK_COVERAGE(f64, double)
RISK_COVERAGE(f16, lgt_f16)
RISK_COVERAGE(bf16, lgt_bf16)
static lgt_status (*const calls[DTYPES])(const void *, const void *, lgt_risk_coverage_report *,
                                         double *const[3], size_t, void *,
                                         size_t) = {call_f32, call_f64, call_f16, call_bf16};

static void as_defined(int type, size_t n) {
    guarded x = guard_end(n * dtype_size(type)), losses = guard_start(n * dtype_size(type));
    guarded room[3];
    double *curve[3];
    uint64_t seed = n;
    for (size_t i = 0; i < n; i++) {
        put(x.data, type, i, floor(3 * noise(&seed)));
        put(losses.data, type, i, noise(&seed) > 0);
    }
    for (int c = 0; c < 3; c++) {
        room[c] = guard_end(8 * n);
        curve[c] = n % 2 && c == 1 ? NULL : (double *)room[c].data;
    }
    size_t bytes;
    lgt_risk_coverage_report got;
    CHECK_STATUS(lgt_risk_coverage_scratch(n, &bytes), LGT_OK);
    guarded scratch = guard_end(bytes);
    memset(scratch.data, 0xa5, bytes);
    CHECK_STATUS(calls[type](x.data, losses.data, &got, curve, n, scratch.data, bytes),
                 n ? LGT_OK : LGT_UNDEFINED);
    CHECK(got.rows == n && got.nan_rows == 0 && got.points <= n);
    double augrc = 0, before = 0, failures_before = 0;
    for (size_t p = 0; p < got.points; p++) {
        double at = curve[2][p], taken = 0, failures = 0;
        for (size_t i = 0; i < n; i++) {
            if (get(x.data, type, i) < at) continue;
            taken++;
            failures += get(losses.data, type, i);
        }
        CHECK(curve[0][p] == taken / (double)n);
        CHECK(!curve[1] || curve[1][p] == failures / taken);
        CHECK(p == 0 || at < curve[2][p - 1]);
        augrc += (taken - before) * (failures + failures_before) / 2;
        before = taken;
        failures_before = failures;
    }
    if (n) {
        CHECK(before == (double)n && got.risk == failures_before / (double)n);
        CHECK(fabs(got.augrc - augrc / (double)n / (double)n) <= 4e-15);
        CHECK(got.e_aurc == got.aurc - got.optimal_aurc && got.e_aurc > -4e-15);
        CHECK(got.reached_coverage >= 0.8 && got.coverage_at_risk <= 1);
    } else {
        CHECK(isnan(got.aurc) && isnan(got.risk) && isnan(got.coverage_at_risk));
    }
    guard_free(scratch);
    for (int c = 0; c < 3; c++) guard_free(room[c]);
    guard_free(x);
    guard_free(losses);
}

static void refused(void) {
    static uint64_t scratch[4];
    double out[3][4];
    const double x[4] = {1, 2, 3, 4}, loss[4] = {0, 1, 0, 1}, bad[4] = {0, 1, INFINITY, 1};
    lgt_risk_coverage_report report;
    size_t bytes = 7;
    memset(&report, 0xa5, sizeof report);
    memset(out, 0xa5, sizeof out);
    watch(0, &report, sizeof report);
    watch(1, out, sizeof out);
#define CALL(x, loss, coverage, risk, report, a, b, c, n, room, size) \
    lgt_risk_coverage_f64(x, loss, coverage, risk, report, a, b, c, n, room, size)
    REFUSED(CALL(NULL, loss, .5, .5, &report, NULL, NULL, NULL, 4, scratch, 32), LGT_E_NULL);
    REFUSED(CALL(x, NULL, .5, .5, &report, NULL, NULL, NULL, 4, scratch, 32), LGT_E_NULL);
    REFUSED(CALL(x, loss, .5, .5, NULL, NULL, NULL, NULL, 4, scratch, 32), LGT_E_NULL);
    REFUSED(CALL(x, loss, .5, .5, &report, NULL, NULL, NULL, 4, NULL, 32), LGT_E_NULL);
    REFUSED(CALL(x, loss, 1.5, .5, &report, NULL, NULL, NULL, 4, scratch, 32), LGT_E_VALUE);
    REFUSED(CALL(x, loss, NAN, .5, &report, NULL, NULL, NULL, 4, scratch, 32), LGT_E_VALUE);
    REFUSED(CALL(x, loss, .5, NAN, &report, NULL, NULL, NULL, 4, scratch, 32), LGT_E_VALUE);
    REFUSED(CALL(x, loss, .5, .5, &report, NULL, NULL, NULL, 4, scratch, 31), LGT_E_SCRATCH);
    REFUSED(CALL(x, loss, .5, .5, &report, NULL, NULL, NULL, SIZE_MAX, scratch, 32), LGT_E_SIZE);
    REFUSED(CALL(x, loss, .5, .5, &report, out[0], out[0], NULL, 4, scratch, 32), LGT_E_ALIAS);
    REFUSED(CALL(x, loss, .5, .5, &report, out[0], NULL, out[0] + 3, 4, scratch, 32), LGT_E_ALIAS);
    REFUSED(CALL(out[1], loss, .5, .5, &report, NULL, out[1], NULL, 4, scratch, 32), LGT_E_ALIAS);
    REFUSED(CALL(x, loss, .5, .5, &report, (double *)scratch, NULL, NULL, 4, scratch, 32),
            LGT_E_ALIAS);
    watch_nothing();
    CHECK_STATUS(lgt_risk_coverage_scratch(4, NULL), LGT_E_NULL);
    CHECK_STATUS(lgt_risk_coverage_scratch((size_t)1 << 31, &bytes), LGT_E_SIZE);
    CHECK(bytes == 7);
    CHECK_STATUS(CALL(x, bad, .5, .5, &report, NULL, NULL, NULL, 4, scratch, 32), LGT_UNDEFINED);
    CHECK(report.nan_rows == 1 && isnan(report.aurc) && report.points == 0);
    /* Both inputs may be one. */
    CHECK_STATUS(CALL(x, x, .5, .5, &report, NULL, NULL, NULL, 4, scratch, 32), LGT_OK);
    CHECK(report.risk == 2.5);
}

void test(void) {
    for (int type = 0; type < DTYPES; type++)
        for (size_t n = 0; n < 70; n++) as_defined(type, n);
    refused();
}
