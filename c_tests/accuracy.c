/* Top-k accuracy against ranks counted one by one. */
#include "labelled.h"

UPDATES(accuracy)

/* How many classes come before the label: the higher, and the equal ones with a
 * lower index. */
static size_t rank(const labelled *data, size_t row) {
    size_t label = labelled_label(data, row), before = 0;
    for (size_t c = 0; c < data->cols; c++) {
        double x = labelled_x(data, row, c), own = labelled_x(data, row, label);
        before += x > own || (x == own && c < label);
    }
    return before;
}

static void score(const labelled *data, uint32_t k, lgt_accuracy_report *report, int status) {
    size_t bytes;
    CHECK_STATUS(lgt_accuracy_size(k, &bytes), LGT_OK);
    guarded state = guard_end(bytes);
    CHECK_STATUS(lgt_accuracy_init(state.data, bytes, k), LGT_OK);
    labelled_laws(accuracy_update[data->type], data, state.data, bytes);
    CHECK_STATUS(lgt_accuracy_finish(state.data, report), status);
    guard_free(state);
}

/* Sums of quarters are exact in double, so equality it is. */
static void as_defined(const labelled *data) {
    for (uint32_t k = 1; k < 80; k = k * 3 + 1) {
        double weight = 0, hits = 0;
        uint64_t rows = 0;
        for (size_t r = 0; r < data->rows; r++) {
            double w = labelled_weight(data, r);
            rows += w > 0;
            weight += w;
            if (rank(data, r) < k) hits += w;
        }
        lgt_accuracy_report report;
        score(data, k, &report, weight > 0 ? LGT_OK : LGT_UNDEFINED);
        CHECK(report.rows == rows && report.nan_rows == 0 && report.weight == weight);
        CHECK(weight > 0 ? report.accuracy == hits / weight : isnan(report.accuracy));
    }
}

/* Equal scores go by index, wherever in a vector they stand. */
static void ties(void) {
    for (int type = 0; type < DTYPES; type++) {
        for (size_t cols = 1; cols <= 70; cols += size_step()) {
            labelled data = labelled_new(type, LGT_U8, cols, cols, cols, 1);
            for (size_t r = 0; r < cols; r++) {
                labelled_put_label(&data, r, (int64_t)r);
                for (size_t c = 0; c < cols; c++) labelled_put_x(&data, r, c, c % 2 ? 0.0 : -0.0);
            }
            for (uint32_t k = 1; k <= cols + 1; k += 3) {
                lgt_accuracy_report report;
                score(&data, k, &report, LGT_OK);
                CHECK(report.accuracy == (double)(k < cols ? k : cols) / (double)cols);
            }
            labelled_free(data);
        }
    }
}

/* A NaN anywhere makes its row a miss, even in the last place. */
static void not_a_number(void) {
    for (int type = 0; type < DTYPES; type++) {
        for (size_t at = 0; at < 37; at++) {
            labelled data = labelled_new(type, LGT_I64, 2, 37, 37, 1);
            labelled_put_x(&data, 0, at, NAN);
            lgt_accuracy_report report;
            score(&data, 37, &report, LGT_OK);
            CHECK(report.rows == 2 && report.nan_rows == 1 && report.accuracy == 0.5);
            labelled_free(data);
        }
    }
}

static void infinities(void) {
    labelled data = labelled_new(F32, LGT_I32, 3, 20, 20, 1);
    for (size_t c = 0; c < 20; c++) {
        labelled_put_x(&data, 1, c, -INFINITY);
        labelled_put_x(&data, 2, c, INFINITY);
    }
    labelled_put_x(&data, 0, 19, INFINITY);
    labelled_put_label(&data, 0, 19);
    labelled_put_label(&data, 2, 1);
    lgt_accuracy_report report;
    score(&data, 1, &report, LGT_OK);
    CHECK(report.nan_rows == 0 && report.accuracy == 2.0 / 3);
    labelled_free(data);
}

/* The largest weight that is taken beside a small one: sums are exact. */
static void weights(void) {
    labelled data = labelled_new(F64, LGT_I32, 3, 2, 2, 1);
    labelled_put_weight(&data, 0, 9223372036854775808.0);
    labelled_put_weight(&data, 1, 1024);
    labelled_put_weight(&data, 2, 1024);
    labelled_put_label(&data, 0, 1);
    lgt_accuracy_report report;
    score(&data, 1, &report, LGT_OK);
    CHECK(report.weight == 9223372036854775808.0 + 2048);
    CHECK(report.accuracy == 2048 / report.weight);
    labelled_free(data);
}

static void nothing(void) {
    labelled data = labelled_new(F32, LGT_I32, 0, 5, 5, 1);
    lgt_accuracy_report report;
    score(&data, UINT32_MAX, &report, LGT_UNDEFINED);
    CHECK(report.rows == 0 && report.weight == 0 && isnan(report.accuracy));
    labelled_free(data);
}

void test(void) {
    labelled_each(0, as_defined);
    ties();
    not_a_number();
    infinities();
    weights();
    nothing();
}
