/* Multiclass Brier score against its definition. */
#include "labelled.h"

UPDATES(brier)

static void score(const labelled *data, lgt_brier_report *report, int status) {
    size_t bytes;
    CHECK_STATUS(lgt_brier_size(&bytes), LGT_OK);
    guarded state = guard_end(bytes);
    CHECK_STATUS(lgt_brier_init(state.data, bytes), LGT_OK);
    labelled_laws(brier_update[data->type], data, state.data, bytes);
    CHECK_STATUS(lgt_brier_finish(state.data, report), status);
    guard_free(state);
}

static double bound(int type) {
    return type == F64 ? 1e-15 : 5e-7;
}

static long double row_score(const labelled *data, size_t row) {
    long double sum = 0;
    for (size_t c = 0; c < data->cols; c++) {
        long double miss = (long double)labelled_x(data, row, c) - (c == labelled_label(data, row));
        sum += miss * miss;
    }
    return sum;
}

static void as_defined(const labelled *data) {
    long double weight = 0, sum = 0;
    uint64_t rows = 0;
    for (size_t r = 0; r < data->rows; r++) {
        rows += labelled_weight(data, r) > 0;
        weight += labelled_weight(data, r);
        sum += labelled_weight(data, r) * row_score(data, r);
    }
    lgt_brier_report report;
    score(data, &report, weight > 0 ? LGT_OK : LGT_UNDEFINED);
    CHECK(report.rows == rows && report.nan_rows == 0 && report.weight == (double)weight);
    if (weight > 0)
        CHECK(fabsl(report.brier - sum / weight) <= bound(data->type) * (sum / weight));
    else
        CHECK(isnan(report.brier));
}

/* The label may stand in any place of a vector; where the model is sure and
 * right, next to nothing is left, and that is accurate too. */
static void sure(void) {
    for (int type = 0; type < DTYPES; type++) {
        for (size_t cols = 2; cols <= 70; cols += size_step()) {
            labelled data = labelled_new(type, LGT_I32, 1, cols, cols, 1);
            size_t label = cols * 7 % cols, other = cols - 1 - label;
            labelled_put_label(&data, 0, (int64_t)label);
            labelled_put_x(&data, 0, label, 1 - dtype_epsilon(type) * 4);
            if (other != label) labelled_put_x(&data, 0, other, 1e-6);
            as_defined(&data);
            labelled_put_x(&data, 0, label, 1);
            if (other != label) labelled_put_x(&data, 0, other, 0);
            lgt_brier_report report;
            score(&data, &report, LGT_OK);
            CHECK(report.brier == 0);
            labelled_put_label(&data, 0, (int64_t)((label + 1) % cols));
            score(&data, &report, LGT_OK);
            CHECK(report.brier == 2);
            labelled_free(data);
        }
    }
}

/* Taken as they are: what is no probability is not refused .. */
static void not_clipped(void) {
    labelled data = labelled_new(F32, LGT_I32, 1, 2, 2, 1);
    labelled_put_x(&data, 0, 0, -3);
    labelled_put_x(&data, 0, 1, 5);
    lgt_brier_report report;
    score(&data, &report, LGT_OK);
    CHECK(report.brier == 16 + 25);
    labelled_free(data);
}

/* .. but what is no number is counted, and leaves no mean. */
static void not_finite(void) {
    const double values[] = {NAN, INFINITY, -INFINITY};
    for (int type = 0; type < DTYPES; type++) {
        for (size_t at = 0; at < 35; at++) {
            labelled data = labelled_new(type, LGT_U16, 2, 35, 35, 1);
            labelled_put_label(&data, 0, 17);
            labelled_put_x(&data, 0, at, values[at % 3]);
            lgt_brier_report report;
            score(&data, &report, LGT_UNDEFINED);
            CHECK(report.rows == 2 && report.nan_rows == 1 && isnan(report.brier));
            labelled_put_weight(&data, 0, 0);
            score(&data, &report, LGT_OK);
            CHECK(report.rows == 1 && report.nan_rows == 0 && report.brier == 1);
            labelled_free(data);
        }
    }
}

void test(void) {
    labelled_each(1, as_defined);
    sure();
    not_clipped();
    not_finite();
}
