/* Shares of transformed copies in the classes that the original scores highest, against their
 * definition. */
#include "guarded.h"
#include "refused.h"

enum { ROWS = 3, VIEWS = 2, MOST = 4 };

static lgt_status features(int type, const void *x, size_t xs, const void *views, size_t vs,
                           size_t view_stride, size_t count, void *y, size_t ys, size_t rows,
                           size_t cols, size_t k) {
#define CALL(dtype, element)                                                                  \
    lgt_ca_features_##dtype((const element *)x, xs, (const element *)views, vs, view_stride,  \
                            count, (element *)y, ys, rows, cols, k)
    switch (type) {
    case F32: return CALL(f32, float);
    case F64: return CALL(f64, double);
    case F16: return CALL(f16, lgt_f16);
    default: return CALL(bf16, lgt_bf16);
    }
}

/* The class of the i-th largest number of a row, of equal ones the first. */
static size_t class_at(const void *x, int type, size_t cols, size_t r, size_t i) {
    for (size_t c = 0; c < cols; c++) {
        size_t above = 0;
        double own = get(x, type, r * cols + c);
        for (size_t j = 0; j < cols; j++) {
            double other = get(x, type, r * cols + j);
            above += other > own || (other == own && j < c);
        }
        if (above == i) return c;
    }
    return cols;
}

static void as_defined(int type, size_t cols) {
    size_t k = cols < MOST ? cols : (size_t)MOST, size = dtype_size(type), n = ROWS * cols;
    size_t bytes = ROWS * VIEWS * k * size;
    guarded x = guard_end(n * size), v = guard_end(VIEWS * n * size), y = guard_end(bytes);
    uint64_t seed = cols;
    for (size_t i = 0; i < n; i++) put(x.data, type, i, floor(2 * noise(&seed)));
    for (size_t i = 0; i < VIEWS * n; i++) put(v.data, type, i, noise(&seed));
    CHECK_STATUS(features(type, x.data, cols, v.data, cols, n, VIEWS, y.data, VIEWS * k, ROWS, cols,
                          k),
                 LGT_OK);
    for (size_t r = 0; r < ROWS; r++) {
        for (size_t view = 0; view < VIEWS; view++) {
            const size_t at = view * n + r * cols;
            long double sum = 0;
            for (size_t c = 0; c < cols; c++) sum += expl(get(v.data, type, at + c));
            for (size_t i = 0; i < k; i++) {
                size_t c = class_at(x.data, type, cols, r, i);
                double exact = (double)(expl(get(v.data, type, at + c)) / sum);
                double got = get(y.data, type, (r * VIEWS + view) * k + i);
                double bound = (type == F64 ? 4e-15 : 1e-6) + dtype_epsilon(type) * exact;
                CHECK(fabs(got - exact) <= bound + dtype_tiny(type));
            }
        }
    }
    /* The same, a copy at a time. */
    guarded one = guard_end(bytes);
    for (size_t i = 0; i < VIEWS; i++)
        CHECK_STATUS(features(type, x.data, cols, (char *)v.data + i * n * size, cols, 0, 1,
                              (char *)one.data + i * k * size, VIEWS * k, ROWS, cols, k),
                     LGT_OK);
    CHECK(memcmp(one.data, y.data, bytes) == 0);
    watch_nothing();
    watch(0, y.data, bytes);
#define FEATURES(v, stride, y, k) \
    features(type, x.data, cols, v, cols, stride, VIEWS, y, VIEWS * (k), ROWS, cols, k)
    REFUSED(FEATURES(v.data, n, y.data, cols + 1), LGT_E_VALUE);
    REFUSED(FEATURES(v.data, n, y.data, 0), LGT_E_VALUE);
    REFUSED(FEATURES(NULL, n, y.data, k), LGT_E_NULL);
    REFUSED(FEATURES(v.data, n, NULL, k), LGT_E_NULL);
    REFUSED(FEATURES(v.data, SIZE_MAX / 2, y.data, k), LGT_E_SIZE);
    REFUSED(FEATURES(v.data, n, v.data, k), LGT_E_ALIAS);
    REFUSED(features(type, x.data, cols - 1, v.data, cols, n, VIEWS, y.data, VIEWS * k, ROWS, cols, k),
            LGT_E_STRIDE);
    REFUSED(features(type, x.data, cols, v.data, cols, n, VIEWS, y.data, VIEWS * k - 1, ROWS, cols,
                     k),
            LGT_E_STRIDE);
    guard_free(x);
    guard_free(v);
    guard_free(y);
    guard_free(one);
}

void test(void) {
    for (int type = 0; type < DTYPES; type++)
        for (size_t cols = 1; cols <= 70; cols += size_step()) as_defined(type, cols);
}
