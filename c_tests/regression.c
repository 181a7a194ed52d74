/* Errors of predictions: sums of columns, by parts and by type, and what is refused. */
#include "check.h"
#include "guarded.h"

enum { ROWS = 700 };

static lgt_status update(int type, void *state, const void *x, const void *y, const void *w,
                         size_t n) {
    switch (type) {
    case F32:
        return lgt_regression_update_f32(state, (const float *)x, (const float *)y, (const float *)w, n);
    case F64:
        return lgt_regression_update_f64(state, (const double *)x, (const double *)y,
                                    (const double *)w, n);
    case F16:
        return lgt_regression_update_f16(state, (const lgt_f16 *)x, (const lgt_f16 *)y,
                                    (const float *)w, n);
    default:
        return lgt_regression_update_bf16(state, (const lgt_bf16 *)x, (const lgt_bf16 *)y,
                                     (const float *)w, n);
    }
}

/* Small whole numbers, which every type has: the same bytes, in one part or two. */
static void parts(void) {
    size_t bytes;
    CHECK_STATUS(lgt_regression_size(&bytes), LGT_OK);
    guarded whole = guard_end(bytes), part = guard_end(bytes), rest = guard_end(bytes);
    for (int type = DTYPES - 1; type >= 0; type--) {
        size_t size = dtype_size(type);
        uint64_t seed = 5;
        guarded x = guard_end(ROWS * size), y = guard_end(ROWS * size);
        for (size_t i = 0; i < ROWS; i++) {
            put(x.data, type, i, floor(8 * noise(&seed)));
            put(y.data, type, i, floor(4 * noise(&seed)));
        }
        CHECK_STATUS(lgt_regression_init(part.data, bytes), LGT_OK);
        CHECK_STATUS(lgt_regression_init(rest.data, bytes), LGT_OK);
        CHECK_STATUS(update(type, part.data, x.data, y.data, NULL, 13), LGT_OK);
        CHECK_STATUS(update(type, rest.data, (char *)x.data + 13 * size,
                            (char *)y.data + 13 * size, NULL, ROWS - 13),
                     LGT_OK);
        CHECK_STATUS(lgt_regression_merge(part.data, rest.data), LGT_OK);
        if (type == DTYPES - 1) {
            CHECK_STATUS(lgt_regression_init(whole.data, bytes), LGT_OK);
            CHECK_STATUS(update(type, whole.data, x.data, y.data, NULL, ROWS), LGT_OK);
        }
        CHECK(memcmp(whole.data, part.data, bytes) == 0);
        guard_free(x);
        guard_free(y);
    }
    guard_free(whole);
    guard_free(part);
    guard_free(rest);
}

static void refused(void) {
    static uint64_t state[400], other[400], before[400];
    const float x[3] = {1, 2, 4}, y[3] = {2, 1, 3}, bad[3] = {1, -1, 1}, none[3] = {1, NAN, 2};
    const float some[3] = {0, 1, 0};
    lgt_regression_report report;
    CHECK_STATUS(lgt_regression_size(NULL), LGT_E_NULL);
    CHECK_STATUS(lgt_regression_init(state, 16), LGT_E_SIZE);
    CHECK_STATUS(lgt_regression_init((char *)state + 4, sizeof state - 4), LGT_E_STATE);
    CHECK_STATUS(lgt_regression_init(state, sizeof state), LGT_OK);
    CHECK_STATUS(lgt_regression_finish(state, 0, 0.5, &report), LGT_UNDEFINED);
    CHECK(report.rows == 0);
    CHECK_STATUS(lgt_regression_update_f32(state, NULL, NULL, NULL, 0), LGT_OK);
    memcpy(before, state, sizeof state);
    CHECK_STATUS(lgt_regression_update_f32(NULL, x, y, NULL, 3), LGT_E_NULL);
    CHECK_STATUS(lgt_regression_update_f32(state, NULL, y, NULL, 3), LGT_E_NULL);
    CHECK_STATUS(lgt_regression_update_f32(state, x, NULL, NULL, 3), LGT_E_NULL);
    CHECK_STATUS(lgt_regression_update_f32(state, x, y, bad, 3), LGT_E_VALUE);
    CHECK_STATUS(lgt_regression_update_f32(state, x, y, none, 3), LGT_E_VALUE);
    CHECK_STATUS(lgt_regression_update_f32(state, x, y, NULL, SIZE_MAX / 2), LGT_E_SIZE);
    CHECK_STATUS(lgt_regression_update_f32(other, x, y, NULL, 3), LGT_E_STATE);
    CHECK_STATUS(lgt_regression_merge(state, state), LGT_E_ALIAS);
    CHECK(memcmp(before, state, sizeof state) == 0);
    CHECK_STATUS(lgt_regression_finish(state, 0, 0.5, NULL), LGT_E_NULL);
    CHECK_STATUS(lgt_regression_finish(state, 0, -0.5, &report), LGT_E_VALUE);
    CHECK_STATUS(lgt_regression_update_f32(state, x, y, NULL, 3), LGT_OK);
    CHECK_STATUS(lgt_regression_finish(state, 0, 0.5, &report), LGT_OK);
    CHECK(report.rows == 3 && report.nan_rows == 0 && report.weight == 3);
    CHECK_STATUS(lgt_regression_update_f32(state, none, y, some, 3), LGT_OK);
    CHECK_STATUS(lgt_regression_finish(state, 0, 0.5, &report), LGT_UNDEFINED);
    CHECK(report.rows == 4 && report.nan_rows == 1 && report.weight == 4);
    CHECK(isnan(report.r2) && isnan(report.mse) && isnan(report.max_error));
}

void test(void) {
    parts();
    refused();
}
