/* Intraclass correlations against their definition, between guard pages. */
#include "check.h"
#include "guarded.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

/* Ratings in quarters, which every type holds. */
static double rating(size_t i, size_t j) {
    return (double)((i * 7 + j * 3 + (i * j) % 5) % 16) / 4;
}

static void as_defined(int type, size_t n, size_t k, int at_end) {
    const size_t width = type == 1 ? 8 : type == 0 ? 4 : 2;
    size_t bytes;
    CHECK_STATUS(lgt_icc_scratch(n, k, &bytes), LGT_OK);
    CHECK(bytes == 8 * (n + k));
    guarded x = at_end ? guard_end(n * k * width) : guard_start(n * k * width);
    guarded scratch = guard_end(bytes);
    long double mean = 0, items = 0, within = 0;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < k; j++) {
            double value = rating(i, j);
            put(x.data, type, i * k + j, value);
            mean += (long double)value / (n * k);
        }
    }
    for (size_t i = 0; i < n; i++) {
        long double row = 0;
        for (size_t j = 0; j < k; j++) row += (long double)rating(i, j) / k;
        items += k * (row - mean) * (row - mean) / (n - 1);
        for (size_t j = 0; j < k; j++)
            within += (rating(i, j) - row) * (rating(i, j) - row) / (n * (k - 1));
    }
    lgt_icc_report report;
    lgt_status status =
        type == 0   ? lgt_icc_f32((float *)x.data, k, &report, n, k, 0.95, scratch.data, bytes)
        : type == 1 ? lgt_icc_f64((double *)x.data, k, &report, n, k, 0.95, scratch.data, bytes)
        : type == 2 ? lgt_icc_f16((lgt_f16 *)x.data, k, &report, n, k, 0.95, scratch.data, bytes)
                    : lgt_icc_bf16((lgt_bf16 *)x.data, k, &report, n, k, 0.95, scratch.data, bytes);
    CHECK_STATUS(status, LGT_OK);
    long double exact = (items - within) / (items + (k - 1) * within);
    CHECK(fabsl(report.icc1.icc - exact) < 1e-12L);
    CHECK(fabsl(report.ms_items - items) < 1e-12L && fabsl(report.mean - mean) < 1e-14L);
    guard_free(x);
    guard_free(scratch);
}

static void refused(void) {
    float x[2][2] = {{1, 2}, {3, 5}};
    uint64_t scratch[5];
    size_t bytes = 77;
    lgt_icc_report report;
    memset(&report, 7, sizeof report);
    lgt_icc_report before = report;
    CHECK_STATUS(lgt_icc_scratch(SIZE_MAX, 2, &bytes), LGT_E_SIZE);
    CHECK_STATUS(lgt_icc_scratch(2, 2, NULL), LGT_E_NULL);
    CHECK(bytes == 77);
    CHECK_STATUS(lgt_icc_f32(NULL, 2, &report, 2, 2, 0.95, scratch, 32), LGT_E_NULL);
    CHECK_STATUS(lgt_icc_f32(&x[0][0], 2, NULL, 2, 2, 0.95, scratch, 32), LGT_E_NULL);
    CHECK_STATUS(lgt_icc_f32(&x[0][0], 2, &report, 2, 2, 0.95, NULL, 32), LGT_E_NULL);
    CHECK_STATUS(lgt_icc_f32(&x[0][0], 1, &report, 2, 2, 0.95, scratch, 32), LGT_E_STRIDE);
    CHECK_STATUS(lgt_icc_f32(&x[0][0], 2, &report, 2, 2, 0.95, scratch, 31), LGT_E_SCRATCH);
    CHECK_STATUS(lgt_icc_f32(&x[0][0], 2, &report, 2, 2, 0.95, (char *)scratch + 4, 32), LGT_E_SCRATCH);
    CHECK_STATUS(lgt_icc_f64((double *)scratch, 1, &report, 2, 1, 0.95, scratch, 40), LGT_E_ALIAS);
    CHECK_STATUS(lgt_icc_f32(&x[0][0], 2, &report, 2, 2, NAN, scratch, 32), LGT_E_VALUE);
    CHECK_STATUS(lgt_icc_f32(&x[0][0], 2, &report, 2, 2, 1, scratch, 32), LGT_E_VALUE);
    CHECK(memcmp(&report, &before, sizeof report) == 0);
    CHECK_STATUS(lgt_icc_f32(NULL, 0, &report, 0, 0, 0.95, NULL, 0), LGT_UNDEFINED);
    CHECK(isnan(report.icc3k.icc) && isnan(report.icc2.low) && report.items == 0);
}

void test(void) {
    for (int type = 0; type < 4; type++)
        for (size_t n = 2; n < 18; n++) as_defined(type, n, 2 + n % 4, n & 1);
    refused();
}
