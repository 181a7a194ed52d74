/* Top-k accuracy against a count by hand. */
#include "batch.h"

UPDATE(accuracy)

static void against_count(int type, uint32_t k) {
    batch b = batch_make(type, 0);
    uint64_t state[12];
    size_t size = 0;
    CHECK_STATUS(lgt_accuracy_size(k, &size), LGT_OK);
    CHECK(size == sizeof state);
    CHECK_STATUS(lgt_accuracy_init(state, sizeof state, k), LGT_OK);
    lgt_accuracy_report report;
    CHECK_STATUS(lgt_accuracy_finish(state, &report), LGT_UNDEFINED);
    CHECK(isnan(report.accuracy) && report.rows == 0);
    batch_laws(&b, accuracy_add, state, sizeof state);
    double weight = 0, hits = 0;
    uint64_t rows = 0;
    for (size_t r = 0; r < ROWS; r++) {
        size_t label = (size_t)batch_label(&b, r), rank = 0;
        for (size_t c = 0; c < COLS; c++) {
            double x = batch_at(&b, r, c), y = batch_at(&b, r, label);
            rank += x > y || (x == y && c < label);
        }
        rows += batch_weight(&b, r) > 0;
        weight += batch_weight(&b, r);
        hits += rank < k ? batch_weight(&b, r) : 0;
    }
    CHECK_STATUS(lgt_accuracy_finish(state, &report), LGT_OK);
    CHECK(report.rows == rows && report.nan_rows == 0 && report.weight == weight);
    CHECK(report.accuracy == hits / weight);
    batch_free(b);
}

/* Ties go to the lower index, zeros of either sign are equal, NaN is a miss. */
static void ties(void) {
    float x[4][3] = {{1, 1, 1}, {1, 1, 1}, {-0.0f, 0.0f, -1}, {2, NAN, 1}};
    uint8_t y[4] = {0, 1, 1, 0};
    uint64_t state[12];
    lgt_accuracy_report report;
    CHECK_STATUS(lgt_accuracy_init(state, sizeof state, 1), LGT_OK);
    CHECK_STATUS(lgt_accuracy_update_f32(state, x[0], 3, y, LGT_U8, NULL, 4, 3), LGT_OK);
    CHECK_STATUS(lgt_accuracy_finish(state, &report), LGT_OK);
    CHECK(report.accuracy == 0.25 && report.nan_rows == 1 && report.rows == 4);
}

void test(void) {
    for (int type = 0; type < DTYPES; type++)
        for (uint32_t k = 1; k <= COLS; k += 3) against_count(type, k);
    ties();
}
