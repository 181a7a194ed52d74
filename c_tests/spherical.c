/* Spherical score against its definition. */
#include "labelled.h"

UPDATES(spherical)

static void score(const labelled *data, lgt_spherical_report *report, int status) {
    size_t bytes;
    CHECK_STATUS(lgt_spherical_size(&bytes), LGT_OK);
    guarded state = guard_end(bytes);
    CHECK_STATUS(lgt_spherical_init(state.data, bytes), LGT_OK);
    labelled_laws(spherical_update[data->type], data, state.data, bytes);
    CHECK_STATUS(lgt_spherical_finish(state.data, report), status);
    guard_free(state);
}

static void as_defined(const labelled *data) {
    long double weight = 0, sum = 0;
    for (size_t r = 0; r < data->rows; r++) {
        long double squares = 0, w = labelled_weight(data, r);
        for (size_t c = 0; c < data->cols; c++)
            squares += (long double)labelled_x(data, r, c) * labelled_x(data, r, c);
        weight += w;
        if (w > 0) sum += w * labelled_x(data, r, labelled_label(data, r)) / sqrtl(squares);
    }
    lgt_spherical_report report;
    score(data, &report, weight > 0 ? LGT_OK : LGT_UNDEFINED);
    CHECK(report.nan_rows == 0 && report.weight == (double)weight);
    long double bound = data->type == F64 ? 1e-15L : 5e-7L;
    CHECK(weight > 0 ? fabsl(report.spherical - sum / weight) <= bound * (sum / weight)
                     : isnan(report.spherical));
}

/* Sure and right is 1, uniform is 1 / sqrt(cols), whatever the row sums to. */
static void ends(void) {
    for (int type = 0; type < DTYPES; type++) {
        for (size_t cols = 1; cols <= 70; cols += size_step()) {
            labelled data = labelled_new(type, LGT_I64, 1, cols, cols, 1);
            lgt_spherical_report report;
            score(&data, &report, LGT_UNDEFINED);
            CHECK(report.rows == 1 && report.nan_rows == 1 && isnan(report.spherical));
            labelled_put_x(&data, 0, 0, 0.25);
            score(&data, &report, LGT_OK);
            CHECK(report.spherical == 1);
            for (size_t c = 0; c < cols; c++) labelled_put_x(&data, 0, c, 0.25);
            score(&data, &report, LGT_OK);
            CHECK(fabs(report.spherical - 1 / sqrt((double)cols)) < 5e-7);
            labelled_free(data);
        }
    }
}

void test(void) {
    labelled_each(1, as_defined);
    ends();
}
