/* A temperature a row: a softmax of each with that scale. */
#include "guarded.h"
#include "refused.h"

static lgt_status apply(int type, const void *t, const void *x, size_t xs, void *y, size_t ys,
                        size_t rows, size_t cols) {
    switch (type) {
    case F32:
        return lgt_temperature_rows_apply_f32((const float *)t, (const float *)x, xs, (float *)y, ys,
                                              rows, cols);
    case F64:
        return lgt_temperature_rows_apply_f64((const double *)t, (const double *)x, xs, (double *)y,
                                              ys, rows, cols);
    case F16:
        return lgt_temperature_rows_apply_f16((const float *)t, (const lgt_f16 *)x, xs, (lgt_f16 *)y,
                                              ys, rows, cols);
    default:
        return lgt_temperature_rows_apply_bf16((const float *)t, (const lgt_bf16 *)x, xs,
                                               (lgt_bf16 *)y, ys, rows, cols);
    }
}

static void as_defined(int type, size_t rows, size_t cols) {
    int computed = type == F64 ? F64 : F32;
    guarded t = guard_end(rows * dtype_size(computed)), x = guard_end(rows * cols * dtype_size(type));
    guarded y = guard_end(rows * cols * dtype_size(type));
    for (size_t r = 0; r < rows; r++) put(t.data, computed, r, 0.25 * (double)(1 + r * r));
    for (size_t i = 0; i < rows * cols; i++) put(x.data, type, i, (double)(i * 7 % 13) - 6);
    CHECK_STATUS(apply(type, t.data, x.data, cols, y.data, cols, rows, cols), LGT_OK);
    for (size_t r = 0; r < rows; r++) {
        long double sum = 0, temperature = get(t.data, computed, r);
        for (size_t c = 0; c < cols; c++) sum += expl(get(x.data, type, r * cols + c) / temperature);
        for (size_t c = 0; c < cols; c++) {
            long double exact = expl(get(x.data, type, r * cols + c) / temperature) / sum;
            CHECK(near(get(y.data, type, r * cols + c), (double)exact, type));
        }
    }
    CHECK_STATUS(apply(type, t.data, x.data, cols, x.data, cols, rows, cols), LGT_OK);
    CHECK(memcmp(x.data, y.data, rows * cols * dtype_size(type)) == 0);
    watch(0, y.data, rows * cols * dtype_size(type));
    const double bad[] = {NAN, 0, -1, INFINITY, 1e-31, 1e31};
    for (size_t i = 0; i < 6; i++) {
        put(t.data, computed, rows - 1, bad[i]);
        REFUSED(apply(type, t.data, x.data, cols, y.data, cols, rows, cols), LGT_E_VALUE);
    }
    REFUSED(apply(type, NULL, x.data, cols, y.data, cols, rows, cols), LGT_E_NULL);
    REFUSED(apply(type, t.data, NULL, cols, y.data, cols, rows, cols), LGT_E_NULL);
    REFUSED(apply(type, t.data, x.data, cols - 1, y.data, cols, rows, cols), LGT_E_STRIDE);
    put(t.data, computed, rows - 1, 1);
    REFUSED(apply(type, y.data, x.data, cols, y.data, cols, rows, cols), LGT_E_ALIAS);
    REFUSED(apply(type, t.data, x.data, cols, y.data, cols, SIZE_MAX / 2, cols), LGT_E_SIZE);
    watch_nothing();
    put(x.data, type, 0, -INFINITY);
    for (size_t c = 1; c < cols; c++) put(x.data, type, c, -INFINITY);
    CHECK_STATUS(apply(type, t.data, x.data, cols, y.data, cols, rows, cols), LGT_EMPTY_ROW);
    CHECK(isnan(get(y.data, type, 0)) && get(y.data, type, cols) > 0);
    CHECK_STATUS(apply(type, NULL, NULL, cols, NULL, cols, 0, cols), LGT_OK);
    guard_free(t);
    guard_free(x);
    guard_free(y);
}

void test(void) {
    const size_t cols[] = {1, 2, 15, 16, 17, 40, 100};
    for (int type = 0; type < DTYPES; type++)
        for (size_t i = 0; i < 7; i++) as_defined(type, 5, cols[i]);
}
