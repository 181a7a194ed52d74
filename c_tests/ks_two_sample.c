/* The largest difference of two distribution functions against every value, and what is
 * refused. */
#include "check.h"
#include "guarded.h"
#include "refused.h"

typedef lgt_status (*ks_test)(const void *x, const void *y, lgt_ks_two_sample_report *report,
                              size_t n, size_t m, const lgt_ks_two_sample_opts *opts,
                              void *scratch, size_t size);

#define KS_TEST(dtype, element)                                                              \
    static lgt_status ks_##dtype(const void *x, const void *y,                               \
                                 lgt_ks_two_sample_report *report, size_t n, size_t m,       \
                                 const lgt_ks_two_sample_opts *opts, void *scratch,          \
                                 size_t size) {                                              \
        return lgt_ks_two_sample_##dtype((const element *)x, (const element *)y, report, n,  \
                                         m, opts, scratch, size);                            \
    }
KS_TEST(f32, float)
KS_TEST(f64, double)
KS_TEST(f16, lgt_f16)
KS_TEST(bf16, lgt_bf16)
static const ks_test ks_tests[DTYPES] = {ks_f32, ks_f64, ks_f16, ks_bf16};

static double up_to(const guarded *x, int type, size_t n, double at) {
    size_t count = 0;
    for (size_t i = 0; i < n; i++) count += get(x->data, type, i) <= at;
    return (double)count;
}

static void as_defined(int type, size_t n, size_t m, uint32_t alternative) {
    guarded x = guard_end(n * dtype_size(type)), y = guard_start(m * dtype_size(type));
    uint64_t seed = n + 100 * m;
    for (size_t i = 0; i < n; i++) put(x.data, type, i, floor(4 * noise(&seed)));
    for (size_t i = 0; i < m; i++) put(y.data, type, i, floor(4 * noise(&seed)));
    double most = 0;
    for (size_t i = 0; i < n + m; i++) {
        double at = i < n ? get(x.data, type, i) : get(y.data, type, i - n);
        double d = up_to(&x, type, n, at) * (double)m - up_to(&y, type, m, at) * (double)n;
        if (alternative == LGT_TEST_LESS) d = -d;
        if (alternative == LGT_TEST_TWO_SIDED) d = fabs(d);
        most = fmax(most, d);
    }
    lgt_ks_two_sample_report got;
    lgt_ks_two_sample_opts opts;
    lgt_ks_two_sample_opts_default(&opts);
    opts.alternative = alternative;
    size_t bytes;
    CHECK_STATUS(lgt_ks_two_sample_scratch(n, m, &bytes), LGT_OK);
    guarded scratch = guard_end(bytes);
    memset(scratch.data, 0xa5, bytes);
    CHECK_STATUS(ks_tests[type](x.data, y.data, &got, n, m, &opts, scratch.data, bytes),
                 n && m ? LGT_OK : LGT_UNDEFINED);
    CHECK(got.n == n && got.m == m && got.nan_rows == 0);
    if (n && m) {
        CHECK(got.statistic == most / (double)(n * m));
        CHECK(got.p == got.exact_p && got.p > 0 && got.p <= 1 && fabs(got.sign) == 1);
    } else {
        CHECK(isnan(got.statistic) && isnan(got.p) && isnan(got.location));
    }
    guard_free(scratch);
    guard_free(x);
    guard_free(y);
}

static void refused(void) {
    static uint64_t scratch[16];
    const double x[3] = {1, 2, 3}, y[2] = {4, NAN};
    lgt_ks_two_sample_report report;
    lgt_ks_two_sample_opts opts, bad;
    size_t bytes = 7, all = sizeof scratch;
    lgt_ks_two_sample_opts_default(&opts);
    CHECK(opts.struct_size == sizeof opts && opts.method == LGT_TEST_AUTO);
    memset(&report, 0xa5, sizeof report);
    watch(0, &report, sizeof report);
    REFUSED(lgt_ks_two_sample_f64(NULL, y, &report, 3, 1, NULL, scratch, all), LGT_E_NULL);
    REFUSED(lgt_ks_two_sample_f64(x, NULL, &report, 3, 1, NULL, scratch, all), LGT_E_NULL);
    REFUSED(lgt_ks_two_sample_f64(x, y, NULL, 3, 1, NULL, scratch, all), LGT_E_NULL);
    REFUSED(lgt_ks_two_sample_f64(x, y, &report, 3, SIZE_MAX, NULL, scratch, all), LGT_E_SIZE);
    REFUSED(lgt_ks_two_sample_f64(x, y, &report, 3, 1, NULL, scratch, 39), LGT_E_SCRATCH);
    memcpy(scratch, x, sizeof x);
    REFUSED(lgt_ks_two_sample_f64(y, (double *)scratch, &report, 1, 3, NULL, scratch, all),
            LGT_E_ALIAS);
    for (int i = 0; i < 4; i++) {
        bad = opts;
        if (i == 0) bad.struct_size = 8;
        if (i == 1) bad.alternative = 3;
        if (i == 2) bad.method = 3;
        if (i == 3) bad.reserved = 1;
        REFUSED(lgt_ks_two_sample_f64(x, y, &report, 3, 1, &bad, scratch, all), LGT_E_OPTION);
    }
    watch_nothing();
    CHECK_STATUS(lgt_ks_two_sample_scratch(3, 1, NULL), LGT_E_NULL);
    CHECK_STATUS(lgt_ks_two_sample_scratch(3, (size_t)1 << 31, &bytes), LGT_E_SIZE);
    CHECK(bytes == 7);
    CHECK_STATUS(lgt_ks_two_sample_f64(x, y, &report, 3, 2, NULL, scratch, all), LGT_UNDEFINED);
    CHECK(report.nan_rows == 1 && isnan(report.statistic));
    CHECK_STATUS(lgt_ks_two_sample_f64(x, x, &report, 3, 3, NULL, scratch, all), LGT_OK);
    CHECK(report.statistic == 0 && report.p == 1);
}

void test(void) {
    for (int type = 0; type < DTYPES; type++)
        for (size_t n = 0; n < 14; n++)
            for (size_t m = 0; m < 14; m++)
                as_defined(type, n, m, (uint32_t)((n + m) % 3));
    refused();
}
