/* Weighted tau against a sum over all pairs. */
#include "columns.h"

COLUMNS(weighted_tau, , LGT_WEIGHTED_TAU_GIVEN, 0)

static void as_defined(int type, size_t n, int levels) {
    lgt_weighted_tau_report got;
    double sum = 0, of_x = 0, of_y = 0;
    columns_fill(n, levels);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < i; j++) {
            int a = sign_of(column_x[i] - column_x[j]), b = sign_of(column_y[i] - column_y[j]);
            double weight = 1 / (i + 1.0) + 1 / (j + 1.0);
            sum += a * b * weight;
            of_x += a * a * weight;
            of_y += b * b * weight;
        }
    }
    int some = of_x > 0 && of_y > 0;
    CHECK_STATUS(columns_call(weighted_tau_of[type], lgt_weighted_tau_scratch, type, n, &got),
                 some ? LGT_OK : LGT_UNDEFINED);
    CHECK(some ? fabs(got.tau - sum / sqrt(of_x * of_y)) < 1e-13 : isnan(got.tau));
    CHECK(isnan(got.tau_y));
}

void test(void) {
    const float x[2] = {1, 2};
    uint64_t scratch[8];
    lgt_weighted_tau_report report;
    const size_t sizes[] = {2, 3, 15, 16, 17, 100, MOST_ROWS};
    for (int type = 0; type < DTYPES; type++)
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
            for (int levels = 2; levels < 2000; levels *= 9) as_defined(type, sizes[i], levels);
    columns_refused(weighted_tau_f32, lgt_weighted_tau_scratch);
    CHECK_STATUS(lgt_weighted_tau_f32(x, x, &report, 2, 3, 0, scratch, sizeof scratch), LGT_E_OPTION);
    CHECK_STATUS(lgt_weighted_tau_f32(x, x, &report, 2, 0, 2, scratch, sizeof scratch), LGT_E_OPTION);
}
