/* Spearman's correlation against Pearson's of ranks that were counted. */
#include "columns.h"

COLUMNS(spearman, , 0.95)

/* Twice the mean rank, less its mean. */
static double rank_of(const double *column, size_t n, size_t row) {
    double less = 0, same = 0;
    for (size_t i = 0; i < n; i++) {
        less += column[i] < column[row];
        same += column[i] == column[row];
    }
    return 2 * less + same - (double)n;
}

static void as_defined(int type, size_t n, int levels) {
    lgt_spearman_report got;
    double xx = 0, xy = 0, yy = 0;
    columns_fill(n, levels);
    for (size_t i = 0; i < n; i++) {
        double a = rank_of(column_x, n, i), b = rank_of(column_y, n, i);
        xx += a * a;
        xy += a * b;
        yy += b * b;
    }
    int some = xx > 0 && yy > 0;
    CHECK_STATUS(columns_call(spearman_of[type], lgt_spearman_scratch, type, n, &got),
                 some ? LGT_OK : LGT_UNDEFINED);
    CHECK(some ? fabs(got.r - xy / sqrt(xx * yy)) < 1e-15 : isnan(got.r));
    if (some) CHECK(got.low <= got.r && got.r <= got.high && got.p_value >= 0);
}

void test(void) {
    const float x[2] = {1, 2};
    uint64_t scratch[8];
    lgt_spearman_report report;
    const size_t sizes[] = {2, 3, 15, 16, 17, 100, MOST_ROWS};
    for (int type = 0; type < DTYPES; type++)
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
            for (int levels = 2; levels < 2000; levels *= 9) as_defined(type, sizes[i], levels);
    columns_refused(spearman_f32, lgt_spearman_scratch);
    CHECK_STATUS(lgt_spearman_f32(x, x, &report, 2, 1, scratch, sizeof scratch), LGT_E_VALUE);
    CHECK_STATUS(lgt_spearman_f32(x, x, &report, 2, NAN, scratch, sizeof scratch), LGT_E_VALUE);
}
