/* The U test against every pair of two samples, and what is refused. */
#include "check.h"
#include "guarded.h"
#include "refused.h"

typedef lgt_status (*u_test)(const void *x, const void *y, lgt_mann_whitney_report *report,
                             size_t n, size_t m, const lgt_mann_whitney_opts *opts,
                             void *scratch, size_t size);

#define U_TEST(dtype, element)                                                              \
    static lgt_status u_##dtype(const void *x, const void *y,                               \
                                lgt_mann_whitney_report *report, size_t n, size_t m,        \
                                const lgt_mann_whitney_opts *opts, void *scratch,           \
                                size_t size) {                                              \
        return lgt_mann_whitney_##dtype((const element *)x, (const element *)y, report, n,  \
                                        m, opts, scratch, size);                            \
    }
U_TEST(f32, float)
U_TEST(f64, double)
U_TEST(f16, lgt_f16)
U_TEST(bf16, lgt_bf16)
static const u_test u_tests[DTYPES] = {u_f32, u_f64, u_f16, u_bf16};

static void as_defined(int type, size_t n, size_t m) {
    guarded x = guard_end(n * dtype_size(type)), y = guard_start(m * dtype_size(type));
    uint64_t seed = n + 100 * m;
    for (size_t i = 0; i < n; i++) put(x.data, type, i, floor(4 * noise(&seed)));
    for (size_t i = 0; i < m; i++) put(y.data, type, i, floor(4 * noise(&seed)));
    double u = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < m; j++) {
            double a = get(x.data, type, i), b = get(y.data, type, j);
            u += a == b ? 0.5 : a > b;
        }
    lgt_mann_whitney_report got;
    size_t bytes;
    CHECK_STATUS(lgt_mann_whitney_scratch(n, m, NULL, &bytes), LGT_OK);
    guarded scratch = guard_end(bytes);
    memset(scratch.data, 0xa5, bytes);
    CHECK_STATUS(u_tests[type](x.data, y.data, &got, n, m, NULL, scratch.data, bytes),
                 n && m ? LGT_OK : LGT_UNDEFINED);
    CHECK(got.n == n && got.m == m && got.nan_rows == 0);
    if (n && m) {
        CHECK(got.u == u && got.u + got.u_second == (double)(n * m));
        CHECK(got.effect == u / (double)(n * m) && got.p > 0 && got.p <= 1);
        CHECK(got.p == (isnan(got.exact_p) ? got.asymptotic_p : got.exact_p));
        CHECK(!got.ties || isnan(got.exact_p));
    } else {
        CHECK(isnan(got.u) && isnan(got.p));
    }
    guard_free(scratch);
    guard_free(x);
    guard_free(y);
}

static void refused(void) {
    static uint64_t scratch[16];
    const double x[3] = {1, 2, 3}, y[2] = {4, NAN};
    lgt_mann_whitney_report report;
    lgt_mann_whitney_opts opts, bad;
    size_t bytes = 7, all = sizeof scratch;
    lgt_mann_whitney_opts_default(&opts);
    CHECK(opts.struct_size == sizeof opts && opts.alternative == LGT_TEST_TWO_SIDED);
    CHECK(opts.method == LGT_TEST_AUTO && opts.continuity == 1);
    memset(&report, 0xa5, sizeof report);
    watch(0, &report, sizeof report);
    REFUSED(lgt_mann_whitney_f64(NULL, y, &report, 3, 1, NULL, scratch, all), LGT_E_NULL);
    REFUSED(lgt_mann_whitney_f64(x, NULL, &report, 3, 1, NULL, scratch, all), LGT_E_NULL);
    REFUSED(lgt_mann_whitney_f64(x, y, NULL, 3, 1, NULL, scratch, all), LGT_E_NULL);
    REFUSED(lgt_mann_whitney_f64(x, y, &report, 3, 1, NULL, NULL, all), LGT_E_NULL);
    REFUSED(lgt_mann_whitney_f64(x, y, &report, SIZE_MAX / 2, 1, NULL, scratch, all), LGT_E_SIZE);
    REFUSED(lgt_mann_whitney_f64(x, y, &report, 3, 1, NULL, scratch, 31), LGT_E_SCRATCH);
    memcpy(scratch, x, sizeof x);
    REFUSED(lgt_mann_whitney_f64((double *)scratch, y, &report, 3, 1, NULL, scratch, all),
            LGT_E_ALIAS);
    for (int i = 0; i < 4; i++) {
        bad = opts;
        if (i == 0) bad.struct_size = 8;
        if (i == 1) bad.alternative = 3;
        if (i == 2) bad.method = 3;
        if (i == 3) bad.continuity = 2;
        REFUSED(lgt_mann_whitney_f64(x, y, &report, 3, 1, &bad, scratch, all), LGT_E_OPTION);
    }
    watch_nothing();
    CHECK_STATUS(lgt_mann_whitney_scratch(3, 1, NULL, NULL), LGT_E_NULL);
    CHECK_STATUS(lgt_mann_whitney_scratch((size_t)1 << 31, 1, NULL, &bytes), LGT_E_SIZE);
    CHECK_STATUS(lgt_mann_whitney_scratch(3, 1, &bad, &bytes), LGT_OK);
    CHECK_STATUS(lgt_mann_whitney_f64(x, y, &report, 3, 2, NULL, scratch, all), LGT_UNDEFINED);
    CHECK(report.nan_rows == 1 && isnan(report.u));
    opts.method = LGT_TEST_EXACT;
    opts.alternative = LGT_TEST_LESS;
    CHECK_STATUS(lgt_mann_whitney_f64(x, y, &report, 3, 1, &opts, scratch, all), LGT_OK);
    CHECK(report.p == 0.25 && report.u == 0);
}

void test(void) {
    for (int type = 0; type < DTYPES; type++)
        for (size_t n = 0; n < 20; n++)
            for (size_t m = 0; m < 20; m++) as_defined(type, n, m);
    refused();
}
