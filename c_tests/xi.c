/* Chatterjee's correlation against its definition, in the order given. */
#include "columns.h"

COLUMNS(xi, , LGT_XI_GIVEN)

static double as_large(size_t n, double y, int sign) {
    double count = 0;
    for (size_t i = 0; i < n; i++) count += sign * column_y[i] <= sign * y;
    return count;
}

static void as_defined(int type, size_t n, int levels) {
    lgt_xi_report got;
    double steps = 0, spread = 0, last = 0;
    columns_fill(n, levels);
    /* In order of x, equal ones as they come. */
    for (double x = -4000; x < 4000; x++) {
        for (size_t i = 0; i < n; i++) {
            if (column_x[i] != x) continue;
            double rank = as_large(n, column_y[i], 1), above = as_large(n, column_y[i], -1);
            if (spread > 0 || last > 0) steps += fabs(rank - last);
            spread += above * ((double)n - above);
            last = rank;
        }
    }
    CHECK_STATUS(columns_call(xi_of[type], lgt_xi_scratch, type, n, &got),
                 spread > 0 ? LGT_OK : LGT_UNDEFINED);
    CHECK(spread > 0 ? fabs(got.xi - (1 - (double)n * steps / (2 * spread))) < 1e-14
                     : isnan(got.xi));
}

void test(void) {
    const float x[4] = {1, 1, 2, 2}, y[4] = {1, 2, 3, 4}, turned[4] = {2, 1, 4, 3};
    uint64_t scratch[16];
    lgt_xi_report report, other;
    const size_t sizes[] = {2, 3, 15, 16, 17, 60};
    for (int type = 0; type < DTYPES; type++)
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
            for (int levels = 2; levels < 200; levels *= 9) as_defined(type, sizes[i], levels);
    columns_refused(xi_f32, lgt_xi_scratch);
    CHECK_STATUS(lgt_xi_f32(x, y, &report, 4, 4, scratch, sizeof scratch), LGT_E_OPTION);
    /* The mean over orders: 1 within each run, (2 + 3 + 1 + 2) / 4 between them. */
    CHECK_STATUS(lgt_xi_f32(x, y, &report, 4, 0, scratch, sizeof scratch), LGT_OK);
    CHECK(report.xi == 1 - 4 * 4.0 / (2 * 10));
    CHECK_STATUS(lgt_xi_f32(x, turned, &other, 4, 0, scratch, sizeof scratch), LGT_OK);
    CHECK(other.xi == report.xi && report.ties_x == 2);
    /* Steps of 1, 3 and 1; with no ties in y, 3 of them divided by n^2 - 1, and 2/5 by n. */
    CHECK_STATUS(
        lgt_xi_f32(y, turned, &report, 4, LGT_XI_CONTINUOUS, scratch, sizeof scratch), LGT_OK);
    CHECK(report.xi == 0 && fabs(report.std_error - sqrt(0.4 / 4)) < 1e-16);
}
