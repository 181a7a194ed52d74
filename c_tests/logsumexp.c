/* logsumexp against its definition in long double. */
#include "transform.h"

static lgt_status logsumexp(int type, const void *x, size_t stride, void *lse, size_t rows,
                            size_t cols, const lgt_softmax_opts *opts) {
    switch (type) {
    case F32: return lgt_logsumexp_f32((const float *)x, stride, (float *)lse, rows, cols, opts);
    case F64: return lgt_logsumexp_f64((const double *)x, stride, (double *)lse, rows, cols, opts);
    case F16: return lgt_logsumexp_f16((const lgt_f16 *)x, stride, (float *)lse, rows, cols, opts);
    default: return lgt_logsumexp_bf16((const lgt_bf16 *)x, stride, (float *)lse, rows, cols, opts);
    }
}

/* Three rows, at the end or the start of a page, with space between them. */
static void one_length(int type, size_t cols, double scale, int at_end) {
    enum { ROWS = 3 };
    guarded (*guard)(size_t) = at_end ? guard_end : guard_start;
    size_t stride = cols + cols % 3;
    guarded x = guard(((ROWS - 1) * stride + cols) * dtype_size(type));
    guarded lse = guard(ROWS * dtype_size(lse_type(type)));
    lgt_softmax_opts opts;
    lgt_softmax_opts_default(&opts);
    opts.scale = scale;
    uint64_t seed = cols;
    for (size_t i = 0; i < (ROWS - 1) * stride + cols; i++) put(x.data, type, i, 3 * noise(&seed));
    CHECK_STATUS(logsumexp(type, x.data, stride, lse.data, ROWS, cols, &opts), LGT_OK);
    for (size_t r = 0; r < ROWS; r++) {
        double kept[150];
        for (size_t c = 0; c < cols; c++) kept[c] = get(x.data, type, r * stride + c);
        exact_row row = exact(kept, cols, scale);
        CHECK(lse_near(get(lse.data, lse_type(type), r), &row, type));
    }
    guard_free(x);
    guard_free(lse);
}

static void corners(int type) {
    const double inf = INFINITY;
    uint64_t x[70];
    double room;
    void *lse = &room;
    for (size_t n = 2; n <= 70; n += size_step()) {
        for (size_t i = 0; i < n; i++) put(x, type, i, -inf);
        CHECK_STATUS(logsumexp(type, x, n, lse, 1, n, NULL), LGT_EMPTY_ROW);
        CHECK(get(lse, lse_type(type), 0) == -inf);
        put(x, type, n - 1, -30000);
        CHECK_STATUS(logsumexp(type, x, n, lse, 1, n, NULL), LGT_OK);
        CHECK(get(lse, lse_type(type), 0) == get(x, type, n - 1));
        put(x, type, n / 2, inf);
        CHECK_STATUS(logsumexp(type, x, n, lse, 1, n, NULL), LGT_OK);
        CHECK(get(lse, lse_type(type), 0) == inf);
        put(x, type, n - 1, NAN);
        CHECK_STATUS(logsumexp(type, x, n, lse, 1, n, NULL), LGT_OK);
        CHECK(isnan(get(lse, lse_type(type), 0)));
    }
}

/* Every row without columns is empty; without rows nothing is written. */
static void nothing(int type) {
    double room[3] = {7, 7, 7};
    void *lse = room;
    CHECK_STATUS(logsumexp(type, NULL, 0, lse, 0, 5, NULL), LGT_E_STRIDE);
    CHECK_STATUS(logsumexp(type, NULL, 5, lse, 0, 5, NULL), LGT_OK);
    CHECK(room[0] == 7);
    CHECK_STATUS(logsumexp(type, NULL, 0, lse, 3, 0, NULL), LGT_EMPTY_ROW);
    for (size_t r = 0; r < 3; r++) CHECK(get(lse, lse_type(type), r) == -INFINITY);
}

/* Equal scores in a long row: sums that only grow lose most, and the answer is known. */
static void long_rows(void) {
    const size_t n = (size_t)1 << 20;
    double *x = (double *)malloc(n * sizeof *x), lse;
    if (!x) exit(1);
    for (double value = 0.1; value < 4; value += 0.37) {
        for (size_t i = 0; i < n; i++) x[i] = value;
        CHECK_STATUS(lgt_logsumexp_f64(x, n, &lse, 1, n, NULL), LGT_OK);
        long double exact = (long double)value + logl((long double)n);
        CHECK(fabsl(lse - exact) <= 1.2e-15L * exact);
    }
    free(x);
}

void test(void) {
    long_rows();
    for (int type = 0; type < DTYPES; type++) {
        for (size_t cols = 1; cols <= 150; cols += size_step())
            for (int at_end = 0; at_end < 2; at_end++)
                one_length(type, cols, cols % 3 ? 1 : 0.25, at_end);
        corners(type);
        nothing(type);
    }
}
