/* Brier score against its definition. */
#include "batch.h"

UPDATE(brier)

static void against_definition(int type) {
    batch b = batch_make(type, 1);
    uint64_t state[42];
    size_t size = 0;
    CHECK_STATUS(lgt_brier_size(&size), LGT_OK);
    CHECK(size == sizeof state);
    CHECK_STATUS(lgt_brier_init(state, sizeof state), LGT_OK);
    lgt_brier_report report;
    CHECK_STATUS(lgt_brier_finish(state, &report), LGT_UNDEFINED);
    batch_laws(&b, brier_add, state, sizeof state);
    double weight = 0, sum = 0;
    for (size_t r = 0; r < ROWS; r++) {
        double row = 0;
        for (size_t c = 0; c < COLS; c++) {
            double miss = batch_at(&b, r, c) - (c == (size_t)batch_label(&b, r));
            row += miss * miss;
        }
        weight += batch_weight(&b, r);
        sum += batch_weight(&b, r) * row;
    }
    double bound = type == F64 ? 1e-14 : 5e-7;
    CHECK_STATUS(lgt_brier_finish(state, &report), LGT_OK);
    CHECK(fabs(report.brier - sum / weight) <= bound * sum / weight);
    batch_free(b);
}

/* A perfect row, the worst one, and one that is no number. */
static void corners(void) {
    float p[3][2] = {{1, 0}, {1, 0}, {0, NAN}};
    int32_t y[3] = {0, 1, 0};
    uint64_t state[42];
    lgt_brier_report report;
    CHECK_STATUS(lgt_brier_init(state, sizeof state), LGT_OK);
    CHECK_STATUS(lgt_brier_update_f32(state, p[0], 2, y, LGT_I32, NULL, 1, 2), LGT_OK);
    CHECK_STATUS(lgt_brier_finish(state, &report), LGT_OK);
    CHECK(report.brier == 0);
    CHECK_STATUS(lgt_brier_update_f32(state, p[1], 2, y + 1, LGT_I32, NULL, 1, 2), LGT_OK);
    CHECK_STATUS(lgt_brier_finish(state, &report), LGT_OK);
    CHECK(report.brier == 1);
    CHECK_STATUS(lgt_brier_update_f32(state, p[2], 2, y + 2, LGT_I32, NULL, 1, 2), LGT_OK);
    CHECK_STATUS(lgt_brier_finish(state, &report), LGT_UNDEFINED);
    CHECK(isnan(report.brier) && report.nan_rows == 1 && report.rows == 3);
}

void test(void) {
    for (int type = 0; type < DTYPES; type++) against_definition(type);
    corners();
}
