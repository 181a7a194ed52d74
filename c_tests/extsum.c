/* Sums of exponentials: shards between guard pages against the definition in long
 * double, corners, and every kind of bad input. */
#include "refused.h"
#include "transform.h"

static lgt_status add(int type, void *state, const void *x, size_t stride, size_t rows,
                      size_t cols, const lgt_softmax_opts *opts) {
    switch (type) {
    case F32: return lgt_extsum_update_f32(state, (const float *)x, stride, rows, cols, opts);
    case F64: return lgt_extsum_update_f64(state, (const double *)x, stride, rows, cols, opts);
    case F16: return lgt_extsum_update_f16(state, (const lgt_f16 *)x, stride, rows, cols, opts);
    default: return lgt_extsum_update_bf16(state, (const lgt_bf16 *)x, stride, rows, cols, opts);
    }
}

static lgt_status scale(int type, const void *state, const void *x, size_t xs, void *y, size_t ys,
                        size_t rows, size_t cols, const lgt_softmax_opts *opts) {
    switch (type) {
    case F32:
        return lgt_extsum_scale_f32(state, (const float *)x, xs, (float *)y, ys, rows, cols, opts);
    case F64:
        return lgt_extsum_scale_f64(state, (const double *)x, xs, (double *)y, ys, rows, cols,
                                    opts);
    case F16:
        return lgt_extsum_scale_f16(state, (const lgt_f16 *)x, xs, (lgt_f16 *)y, ys, rows, cols,
                                    opts);
    default:
        return lgt_extsum_scale_bf16(state, (const lgt_bf16 *)x, xs, (lgt_bf16 *)y, ys, rows, cols,
                                     opts);
    }
}

static guarded fresh(size_t rows) {
    size_t bytes;
    CHECK_STATUS(lgt_extsum_size(rows, &bytes), LGT_OK);
    CHECK(bytes == 16 + 16 * rows);
    guarded state = guard_end(bytes);
    CHECK_STATUS(lgt_extsum_init(state.data, bytes, rows), LGT_OK);
    return state;
}

/* Three rows in two shards, each in memory of its own up against a guard page. */
static void two_shards(int type, size_t left, size_t right, double s, int at_end, int in_place) {
    enum { ROWS = 3 };
    guarded (*guard)(size_t) = at_end ? guard_end : guard_start;
    size_t cols[2] = {left, right}, size = dtype_size(type);
    guarded x[2], y[2], sums[2] = {fresh(ROWS), fresh(ROWS)}, lse = guard(ROWS * sizeof(double));
    double kept[ROWS][300];
    uint64_t seed = left * 151 + right;
    lgt_softmax_opts opts;
    lgt_softmax_opts_default(&opts);
    opts.scale = s;
    opts.store = (uint32_t)(left % 3);
    for (int i = 0; i < 2; i++) {
        x[i] = guard(ROWS * cols[i] * size);
        y[i] = guard(ROWS * cols[i] * size);
        for (size_t r = 0; r < ROWS; r++)
            for (size_t c = 0; c < cols[i]; c++) {
                put(x[i].data, type, r * cols[i] + c, 3 * noise(&seed));
                kept[r][i * left + c] = get(x[i].data, type, r * cols[i] + c);
            }
        CHECK_STATUS(add(type, sums[i].data, x[i].data, cols[i], ROWS, cols[i], &opts), LGT_OK);
    }
    CHECK_STATUS(lgt_extsum_merge(sums[0].data, sums[1].data), LGT_OK);
    CHECK_STATUS(lgt_extsum_lse(sums[0].data, (double *)lse.data), LGT_OK);
    for (int i = 0; i < 2; i++) {
        void *to = in_place ? x[i].data : y[i].data;
        CHECK_STATUS(scale(type, sums[0].data, x[i].data, cols[i], to, cols[i], ROWS, cols[i],
                           &opts),
                     LGT_OK);
        for (size_t r = 0; r < ROWS; r++) {
            exact_row row = exact(kept[r], left + right, s);
            CHECK(lse_near(((double *)lse.data)[r], &row, type));
            for (size_t c = 0; c < cols[i]; c++)
                CHECK(near(get(to, type, r * cols[i] + c),
                           exact_share(&row, kept[r][i * left + c]), type));
        }
        guard_free(x[i]);
        guard_free(y[i]);
    }
    guard_free(sums[0]);
    guard_free(sums[1]);
    guard_free(lse);
}

/* Rows apart in memory: what is between them is not touched. */
static void strides(int type) {
    enum { ROWS = 4, COLS = 21, XS = 25, YS = 23 };
    size_t size = dtype_size(type);
    guarded x = guard_end(((ROWS - 1) * XS + COLS) * size);
    guarded y = guard_end(((ROWS - 1) * YS + COLS) * size), state = fresh(ROWS);
    uint64_t seed = 5;
    for (size_t i = 0; i < (ROWS - 1) * XS + COLS; i++) put(x.data, type, i, noise(&seed));
    memset(y.data, 0xa5, ((ROWS - 1) * YS + COLS) * size);
    CHECK_STATUS(add(type, state.data, x.data, XS, ROWS, COLS, NULL), LGT_OK);
    CHECK_STATUS(scale(type, state.data, x.data, XS, y.data, YS, ROWS, COLS, NULL), LGT_OK);
    for (size_t r = 0; r < ROWS; r++) {
        double sum = 0;
        for (size_t c = 0; c < COLS; c++) sum += get(y.data, type, r * YS + c);
        CHECK(fabs(sum - 1) < (size == 2 ? 0.02 : 1e-5));
        for (size_t i = COLS * size; r + 1 < ROWS && i < YS * size; i++)
            CHECK(((unsigned char *)y.data)[r * YS * size + i] == 0xa5);
    }
    guard_free(x);
    guard_free(y);
    guard_free(state);
}

static void corners(int type) {
    const double inf = INFINITY;
    enum { N = 70, ROWS = 4 };
    uint64_t x[ROWS * N], y[ROWS * N];
    double lse[ROWS];
    lgt_softmax_opts zero;
    lgt_softmax_opts_default(&zero);
    zero.flags = LGT_SOFTMAX_EMPTY_ZERO;
    guarded state = fresh(ROWS);
    /* Nothing, a NaN, two at +inf, a mask. */
    for (size_t i = 0; i < N; i++) {
        put(x, type, i, -inf);
        put(x, type, N + i, i == 40 ? NAN : i == 3 ? inf : 1);
        put(x, type, 2 * N + i, i == 5 || i == 69 ? inf : 7);
        put(x, type, 3 * N + i, i % 7 ? -inf : -3e4);
    }
    CHECK_STATUS(lgt_extsum_lse(state.data, lse), LGT_EMPTY_ROW);
    for (int r = 0; r < ROWS; r++) CHECK(lse[r] == -inf);
    CHECK_STATUS(add(type, state.data, x, N, ROWS, N, NULL), LGT_OK);
    CHECK_STATUS(lgt_extsum_lse(state.data, lse), LGT_EMPTY_ROW);
    CHECK(lse[0] == -inf && isnan(lse[1]) && lse[2] == inf);
    CHECK(fabs(lse[3] - (get(x, type, 3 * N) + log(10))) < 1e-2);
    CHECK_STATUS(scale(type, state.data, x, N, y, N, ROWS, N, NULL), LGT_EMPTY_ROW);
    for (size_t i = 0; i < N; i++) {
        CHECK(isnan(get(y, type, i)) && isnan(get(y, type, N + i)));
        CHECK(get(y, type, 2 * N + i) == (i == 5 || i == 69 ? 0.5 : 0));
        CHECK(near(get(y, type, 3 * N + i), i % 7 ? 0 : 0.1, type));
    }
    CHECK_STATUS(scale(type, state.data, x, N, x, N, ROWS, N, &zero), LGT_EMPTY_ROW);
    for (size_t i = 0; i < N; i++) CHECK(get(x, type, i) == 0);
    guard_free(state);
}

/* No rows, no columns. */
static void nothing(int type) {
    guarded none = fresh(0), two = fresh(2);
    double lse[2] = {7, 7};
    CHECK_STATUS(add(type, none.data, NULL, 5, 0, 5, NULL), LGT_OK);
    CHECK_STATUS(scale(type, none.data, NULL, 5, NULL, 5, 0, 5, NULL), LGT_OK);
    CHECK_STATUS(lgt_extsum_lse(none.data, lse), LGT_OK);
    CHECK(lse[0] == 7);
    CHECK_STATUS(add(type, two.data, NULL, 0, 2, 0, NULL), LGT_OK);
    CHECK_STATUS(scale(type, two.data, NULL, 0, NULL, 0, 2, 0, NULL), LGT_EMPTY_ROW);
    CHECK_STATUS(lgt_extsum_lse(two.data, lse), LGT_EMPTY_ROW);
    CHECK(lse[0] == -INFINITY && lse[1] == -INFINITY);
    guard_free(none);
    guard_free(two);
}

static void bad_arrays(int type) {
    enum { N = 4, M = 3 };
    static uint64_t x[N * M], y[N * M], state[2 + 2 * N], other[2 + 2 * N];
    for (size_t i = 0; i < N * M; i++) put(x, type, i, (double)(i % 5));
    memset(y, 0xa5, sizeof y);
    CHECK_STATUS(lgt_extsum_init(state, sizeof state, N), LGT_OK);
    CHECK_STATUS(add(type, state, x, M, N, M, NULL), LGT_OK);
    watch(0, x, sizeof x);
    watch(1, y, sizeof y);
    watch(2, state, sizeof state);

    REFUSED(add(type, NULL, x, M, N, M, NULL), LGT_E_NULL);
    REFUSED(add(type, state, NULL, M, N, M, NULL), LGT_E_NULL);
    REFUSED(add(type, state, x, M - 1, N, M, NULL), LGT_E_STRIDE);
    REFUSED(add(type, state, x, SIZE_MAX / 2, N, M, NULL), LGT_E_SIZE);
    REFUSED(add(type, state, x, M, N - 1, M, NULL), LGT_E_SHAPE);
    REFUSED(add(type, state, x, M, N + 1, M, NULL), LGT_E_SHAPE);
    REFUSED(add(type, state, x, M, 0, M, NULL), LGT_E_SHAPE);
    REFUSED(scale(type, NULL, x, M, y, M, N, M, NULL), LGT_E_NULL);
    REFUSED(scale(type, state, NULL, M, y, M, N, M, NULL), LGT_E_NULL);
    REFUSED(scale(type, state, x, M, NULL, M, N, M, NULL), LGT_E_NULL);
    REFUSED(scale(type, state, x, M - 1, y, M, N, M, NULL), LGT_E_STRIDE);
    REFUSED(scale(type, state, x, M, y, M - 1, N, M, NULL), LGT_E_STRIDE);
    REFUSED(scale(type, state, x, M, y, SIZE_MAX / 2, N, M, NULL), LGT_E_SIZE);
    REFUSED(scale(type, state, x, M, y, M, N + 1, M, NULL), LGT_E_SHAPE);
    REFUSED(scale(type, state, y, M, (char *)y + dtype_size(type), M, N, M - 1, NULL), LGT_E_ALIAS);
    REFUSED(scale(type, state, x, M, state, M, N, M, NULL), LGT_E_ALIAS);
    REFUSED(scale(type, state, x, M, state + 1 + 2 * N, M, N, M, NULL), LGT_E_ALIAS);

    lgt_softmax_opts opts;
    const double bad[] = {NAN, 0, -1, INFINITY, 1.1e30};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        lgt_softmax_opts_default(&opts);
        opts.scale = bad[i];
        REFUSED(add(type, state, x, M, N, M, &opts), LGT_E_VALUE);
        REFUSED(scale(type, state, x, M, y, M, N, M, &opts), LGT_E_VALUE);
    }
    lgt_softmax_opts_default(&opts);
    opts.flags = 2;
    REFUSED(add(type, state, x, M, N, M, &opts), LGT_E_OPTION);
    REFUSED(scale(type, state, x, M, y, M, N, M, &opts), LGT_E_OPTION);

    /* No state, and one of another kind. */
    memset(other, 0xa5, sizeof other);
    watch(3, other, sizeof other);
    REFUSED(add(type, other, x, M, N, M, NULL), LGT_E_STATE);
    REFUSED(scale(type, other, x, M, y, M, N, M, NULL), LGT_E_STATE);
    REFUSED(add(type, (char *)state + 4, x, M, N, M, NULL), LGT_E_STATE);
    watch_nothing();
    uint64_t kind[12];
    CHECK_STATUS(lgt_accuracy_init(kind, sizeof kind, 5), LGT_OK);
    watch(0, kind, sizeof kind);
    REFUSED(add(type, kind, x, M, 5, M, NULL), LGT_E_STATE);
    REFUSED(lgt_extsum_merge(kind, state), LGT_E_STATE);
    watch_nothing();
}

static void bad_states(void) {
    uint64_t state[6], other[8];
    double lse[3] = {7, 7, 7};
    size_t bytes = 7;
    memset(state, 0xa5, sizeof state);
    watch(0, state, sizeof state);
    watch(1, lse, sizeof lse);
    watch(2, &bytes, sizeof bytes);
    const size_t many[] = {268435455, (size_t)1 << 28, UINT32_MAX, SIZE_MAX};
    for (size_t i = 0; i < sizeof many / sizeof *many; i++) {
        REFUSED(lgt_extsum_size(many[i], &bytes), LGT_E_VALUE);
        REFUSED(lgt_extsum_init(state, sizeof state, many[i]), LGT_E_VALUE);
    }
    REFUSED(lgt_extsum_size(2, NULL), LGT_E_NULL);
    REFUSED(lgt_extsum_init(NULL, sizeof state, 2), LGT_E_NULL);
    REFUSED(lgt_extsum_init(state, sizeof state - 1, 2), LGT_E_SIZE);
    REFUSED(lgt_extsum_init(state, sizeof state, 268435454), LGT_E_SIZE);
    REFUSED(lgt_extsum_init((char *)state + 4, sizeof state, 1), LGT_E_STATE);
    REFUSED(lgt_extsum_lse(NULL, lse), LGT_E_NULL);
    REFUSED(lgt_extsum_lse(state, NULL), LGT_E_NULL);
    REFUSED(lgt_extsum_lse(state, lse), LGT_E_STATE);
    watch_nothing();
    CHECK_STATUS(lgt_extsum_size(268435454, &bytes), LGT_OK);
    CHECK(bytes == 16 + 16 * (size_t)268435454);
    CHECK_STATUS(lgt_extsum_init(state, sizeof state, 2), LGT_OK);
    CHECK_STATUS(lgt_extsum_init(other, sizeof other, 3), LGT_OK);
    watch(0, state, sizeof state);
    watch(1, other, sizeof other);
    REFUSED(lgt_extsum_merge(state, other), LGT_E_MISMATCH);
    REFUSED(lgt_extsum_merge(state, state), LGT_E_ALIAS);
    REFUSED(lgt_extsum_merge(state, NULL), LGT_E_NULL);
    REFUSED(lgt_extsum_merge(NULL, state), LGT_E_NULL);
    /* Logarithms on top of the sums. */
    REFUSED(lgt_extsum_lse(state, (double *)state + 4), LGT_E_ALIAS);
    watch_nothing();
}

void test(void) {
    for (int type = 0; type < DTYPES; type++) {
        for (size_t left = 1; left <= 150; left += size_step())
            for (int way = 0; way < 4; way++)
                two_shards(type, left, left * 7 % 40, left % 3 ? 1 : 0.25, way & 1, way & 2);
        strides(type);
        corners(type);
        nothing(type);
        bad_arrays(type);
    }
    bad_states();
}
