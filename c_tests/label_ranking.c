/* Label ranking against its definition, between guard pages. */
#include "check.h"
#include "guarded.h"

static lgt_status update(int type, void *state, const void *x, size_t cols, const uint8_t *y,
                         const void *w, double *values, size_t rows) {
    switch (type) {
    case F32:
        return lgt_label_ranking_update_f32(state, (const float *)x, cols, y, cols, LGT_U8,
                                            (const float *)w, values, rows, cols);
    case F64:
        return lgt_label_ranking_update_f64(state, (const double *)x, cols, y, cols, LGT_U8,
                                            (const double *)w, values, rows, cols);
    case F16:
        return lgt_label_ranking_update_f16(state, (const lgt_f16 *)x, cols, y, cols, LGT_U8,
                                            (const float *)w, values, rows, cols);
    default:
        return lgt_label_ranking_update_bf16(state, (const lgt_bf16 *)x, cols, y, cols, LGT_U8,
                                             (const float *)w, values, rows, cols);
    }
}

/* Average precision, coverage and ranking loss of one row. */
static void one(int type, const void *x, const uint8_t *y, size_t cols, double want[3]) {
    double n = 0, precision = 0, coverage = 0, wrong = 0;
    for (size_t c = 0; c < cols; c++) {
        double all = 0, there = 0;
        for (size_t d = 0; d < cols; d++)
            if (get(x, type, d) >= get(x, type, c)) {
                all++;
                there += y[d];
            }
        if (y[c]) {
            n++;
            precision += there / all;
            wrong += all - there;
            coverage = fmax(coverage, all);
        }
    }
    want[0] = n > 0 ? precision / n : 1;
    want[1] = coverage;
    want[2] = n > 0 && n < (double)cols ? wrong / n / ((double)cols - n) : 0;
}

static void as_defined(int type, size_t rows, size_t cols) {
    guarded x = guard_end(rows * cols * dtype_size(type)), y = guard_end(rows * cols);
    guarded values = guard_end(32 * rows), state;
    size_t bytes;
    uint64_t seed = rows + cols;
    lgt_label_ranking_report got;
    double sums[3] = {0, 0, 0};
    for (size_t i = 0; i < rows * cols; i++) {
        put(x.data, type, i, floor(4 * noise(&seed)) / 8);
        ((uint8_t *)y.data)[i] = noise(&seed) > 0;
    }
    CHECK_STATUS(lgt_label_ranking_size(0, &bytes), LGT_OK);
    CHECK(bytes == 2448);
    state = guard_end(bytes);
    CHECK_STATUS(lgt_label_ranking_init(state.data, bytes, 0), LGT_OK);
    double *four = (double *)values.data;
    CHECK_STATUS(update(type, state.data, x.data, cols, (uint8_t *)y.data, NULL, four, rows), LGT_OK);
    for (size_t r = 0; r < rows; r++) {
        double want[3];
        const char *row = (const char *)x.data + r * cols * dtype_size(type);
        one(type, row, (uint8_t *)y.data + r * cols, cols, want);
        for (int i = 0; i < 3; i++) {
            CHECK(fabs(four[4 * r + (size_t)i] - want[i]) <= 1e-14 * want[i]);
            sums[i] += want[i];
        }
    }
    CHECK_STATUS(lgt_label_ranking_finish(state.data, &got), rows ? LGT_OK : LGT_UNDEFINED);
    if (rows) {
        CHECK(fabs(got.average_precision - sums[0] / (double)rows) < 1e-14);
        CHECK(fabs(got.coverage_error - sums[1] / (double)rows) < 1e-12);
        CHECK(fabs(got.ranking_loss - sums[2] / (double)rows) < 1e-14);
    }
    guard_free(x);
    guard_free(y);
    guard_free(values);
    guard_free(state);
}

/* All tied: nothing is known, and the first label stands first. */
static void tied(void) {
    uint64_t state[306];
    float x[2][4] = {{1, 1, 1, 1}, {-0.0f, 0, 0, -0.0f}}, w[2] = {1, 3};
    int16_t y[2][4] = {{1, 0, 0, 0}, {0, 1, 1, 0}};
    lgt_label_ranking_report got;
    CHECK_STATUS(lgt_label_ranking_init(state, sizeof state, LGT_LABEL_RANKING_SKIP), LGT_OK);
    CHECK_STATUS(lgt_label_ranking_update_f32(state, &x[0][0], 4, y, 4, LGT_I16, w, NULL, 2, 4),
                 LGT_OK);
    CHECK_STATUS(lgt_label_ranking_finish(state, &got), LGT_OK);
    CHECK(got.weight == 4 && got.average_precision == (0.25 + 3 * 0.5) / 4);
    CHECK(got.coverage_error == 4 && got.ranking_loss == 1 && got.one_error == 0.75);
    CHECK_STATUS(lgt_label_ranking_size(2, NULL), LGT_E_NULL);
    CHECK_STATUS(lgt_label_ranking_init(state, sizeof state, 2), LGT_E_VALUE);
}

void test(void) {
    static const size_t lengths[] = {1, 2, 15, 16, 17, 33, 200, 2500};
    for (int type = 0; type < DTYPES; type++)
        for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++)
            for (size_t rows = 0; rows < 4; rows++) as_defined(type, rows, lengths[i]);
    tied();
}
