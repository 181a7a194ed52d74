/* softmax, log_softmax and logsumexp against their definitions in double, each
 * buffer between guard pages, in every storage type. */
#include "check.h"
#include "guarded.h"

typedef lgt_status (*transform)(const void *x, size_t xs, void *y, size_t ys, void *lse,
                                size_t rows, size_t cols, const lgt_softmax_opts *opts);

/* One signature for all storage types. */
#define TRANSFORMS(name)                                                                        \
    static lgt_status name##_0(const void *x, size_t xs, void *y, size_t ys, void *l, size_t r, \
                               size_t c, const lgt_softmax_opts *o) {                           \
        return lgt_##name##_f32((const float *)x, xs, (float *)y, ys, (float *)l, r, c, o);     \
    }                                                                                           \
    static lgt_status name##_1(const void *x, size_t xs, void *y, size_t ys, void *l, size_t r, \
                               size_t c, const lgt_softmax_opts *o) {                           \
        return lgt_##name##_f64((const double *)x, xs, (double *)y, ys, (double *)l, r, c, o);  \
    }                                                                                           \
    static lgt_status name##_2(const void *x, size_t xs, void *y, size_t ys, void *l, size_t r, \
                               size_t c, const lgt_softmax_opts *o) {                           \
        return lgt_##name##_f16((const lgt_f16 *)x, xs, (lgt_f16 *)y, ys, (float *)l, r, c, o); \
    }                                                                                           \
    static lgt_status name##_3(const void *x, size_t xs, void *y, size_t ys, void *l, size_t r, \
                               size_t c, const lgt_softmax_opts *o) {                           \
        return lgt_##name##_bf16((const lgt_bf16 *)x, xs, (lgt_bf16 *)y, ys, (float *)l, r, c,  \
                                 o);                                                            \
    }                                                                                           \
    static const transform name[DTYPES] = {name##_0, name##_1, name##_2, name##_3};

TRANSFORMS(softmax)
TRANSFORMS(log_softmax)

static lgt_status logsumexp(int type, const void *x, size_t xs, void *lse, size_t rows,
                            size_t cols, const lgt_softmax_opts *opts) {
    switch (type) {
    case F32: return lgt_logsumexp_f32((const float *)x, xs, (float *)lse, rows, cols, opts);
    case F64: return lgt_logsumexp_f64((const double *)x, xs, (double *)lse, rows, cols, opts);
    case F16: return lgt_logsumexp_f16((const lgt_f16 *)x, xs, (float *)lse, rows, cols, opts);
    default: return lgt_logsumexp_bf16((const lgt_bf16 *)x, xs, (float *)lse, rows, cols, opts);
    }
}

/* The type that logarithms of sums come in. */
static int lse_type(int type) {
    return type == F64 ? F64 : F32;
}

/* ln sum exp(scale (x - max)) of one row; long double, so that doubles have a
 * reference better than themselves. */
static long double log_sum(const double *x, size_t n, double scale, double *max) {
    long double sum = 0;
    size_t top = 0;
    for (size_t i = 1; i < n; i++)
        if (x[i] > x[top]) top = i;
    *max = x[top];
    for (size_t i = 0; i < n; i++)
        if (i != top) sum += expl((long double)scale * ((long double)x[i] - x[top]));
    return log1pl(sum);
}

/* One row of n values through all three, in guarded memory or in place. */
static void one_row(int type, size_t n, double scale, uint64_t seed, int at_end, int in_place) {
    size_t size = dtype_size(type), lse_size = dtype_size(lse_type(type));
    guarded (*guard)(size_t) = at_end ? guard_end : guard_start;
    guarded x = guard(n * size), y = guard(n * size), lse = guard(lse_size);
    void *to = in_place ? x.data : y.data;
    double *kept = (double *)malloc(n * sizeof(double));
    lgt_softmax_opts opts;
    lgt_softmax_opts_default(&opts);
    opts.scale = scale;
    for (int log = 0; log < 2; log++) {
        for (size_t i = 0; i < n; i++) put(x.data, type, i, 3 * noise(&seed));
        for (size_t i = 0; i < n; i++) kept[i] = get(x.data, type, i);
        double max;
        long double sum = log_sum(kept, n, scale, &max);
        double lse_exact = (double)(scale * (long double)max + sum);
        double slack = (type == F64 ? 6e-16 : 3e-7) * fmax(fmax(1, fabs(lse_exact)), fabs(scale * max));
        CHECK_STATUS(logsumexp(type, x.data, n, lse.data, 1, n, &opts), LGT_OK);
        CHECK(fabs(get(lse.data, lse_type(type), 0) - lse_exact) <= slack);
        CHECK_STATUS((log ? log_softmax : softmax)[type](x.data, n, to, n, lse.data, 1, n, &opts),
                     LGT_OK);
        CHECK(fabs(get(lse.data, lse_type(type), 0) - lse_exact) <= slack);
        for (size_t i = 0; i < n; i++) {
            long double exact = (long double)scale * ((long double)kept[i] - max) - sum;
            CHECK(near(get(to, type, i), (double)(log ? exact : expl(exact)), type));
        }
    }
    free(kept);
    guard_free(x);
    guard_free(y);
    guard_free(lse);
}

/* Every tail of every vector, at both ends of a page. */
static void lengths(void) {
    for (int type = 0; type < DTYPES; type++)
        for (size_t n = 1; n <= 150; n++)
            for (int way = 0; way < 4; way++)
                one_row(type, n, n % 3 ? 1 : 0.25, n, way & 1, way & 2);
}

/* What the documentation says of numbers that are none. */
static void corners(void) {
    const float inf = INFINITY, none = NAN;
    float y[40], lse;
    for (size_t n = 3; n <= 40; n++) {
        float x[40] = {0};
        x[n - 1] = inf;
        CHECK_STATUS(lgt_softmax_f32(x, n, y, n, &lse, 1, n, NULL), LGT_OK);
        CHECK(y[n - 1] == 1 && y[0] == 0 && lse == inf);
        x[0] = inf;
        CHECK_STATUS(lgt_log_softmax_f32(x, n, y, n, NULL, 1, n, NULL), LGT_OK);
        CHECK(fabsf(y[0] + 0.693147f) < 1e-6f && y[1] == -inf);
        x[1] = none;
        CHECK_STATUS(lgt_softmax_f32(x, n, y, n, &lse, 1, n, NULL), LGT_OK);
        CHECK(isnan(y[0]) && isnan(y[n - 1]) && isnan(lse));
        x[0] = x[n - 1] = 0;
        CHECK_STATUS(lgt_softmax_f32(x, n, y, n, &lse, 1, n, NULL), LGT_OK);
        CHECK(isnan(y[0]) && isnan(y[n - 1]) && isnan(lse));
        for (size_t i = 0; i < n; i++) x[i] = -inf;
        CHECK_STATUS(lgt_softmax_f32(x, n, y, n, &lse, 1, n, NULL), LGT_EMPTY_ROW);
        CHECK(isnan(y[0]) && lse == -inf);
        lgt_softmax_opts opts;
        lgt_softmax_opts_default(&opts);
        opts.flags = LGT_SOFTMAX_EMPTY_ZERO;
        CHECK_STATUS(lgt_softmax_f32(x, n, y, n, &lse, 1, n, &opts), LGT_EMPTY_ROW);
        CHECK(y[0] == 0 && y[n - 1] == 0);
        x[n / 2] = -3e38f;
        CHECK_STATUS(lgt_softmax_f32(x, n, y, n, &lse, 1, n, NULL), LGT_OK);
        CHECK(y[n / 2] == 1 && y[0] == 0 && lse == -3e38f);
        x[0] = 3e38f;
        CHECK_STATUS(lgt_softmax_f32(x, n, y, n, &lse, 1, n, NULL), LGT_OK);
        CHECK(y[n / 2] == 0 && y[0] == 1 && lse == 3e38f);
    }
}

/* The largest value comes last, far above the first ones. */
static void bad_guess(void) {
    enum { N = 1000 };
    static float x[N], y[N];
    for (float top = 10; top < 1e5f; top *= 3) {
        for (int i = 0; i < N; i++) x[i] = (float)i * 1e-3f;
        x[N - 1] = top;
        CHECK_STATUS(lgt_softmax_f32(x, N, y, N, NULL, 1, N, NULL), LGT_OK);
        double sum = 0;
        for (int i = 0; i < N; i++) sum += exp((double)x[i] - top);
        for (int i = 0; i < N; i++) CHECK(near(y[i], exp((double)x[i] - top) / sum, F32));
    }
}

/* A row that no cache holds, its ends at odd places. */
static void long_row(void) {
    const size_t n = 2500001;
    float *x = (float *)malloc((n + 4) * sizeof *x), *y = (float *)malloc((n + 4) * sizeof *y);
    uint64_t seed = 9;
    if (!x || !y) exit(1);
    for (size_t shift = 0; shift < 4; shift++) {
        double sum = 0, total = 0;
        for (size_t i = 0; i < n; i++) x[shift + i] = (float)noise(&seed);
        for (size_t i = 0; i < n; i++) sum += exp(x[shift + i]);
        for (size_t i = 0; i < n + 4; i++) y[i] = 7;
        float *to = shift == 3 ? x + shift : y + 3 - shift;
        double first = exp(x[shift]) / sum, last = exp(x[shift + n - 1]) / sum;
        CHECK_STATUS(lgt_softmax_f32(x + shift, n, to, n, NULL, 1, n, NULL), LGT_OK);
        CHECK(near(to[0], first, F32) && near(to[n - 1], last, F32));
        if (to != x + shift) {
            CHECK(y[2 - shift] == 7 && y[n + 3 - shift] == 7);
            for (size_t i = 0; i < n; i += 97)
                CHECK(near(to[i], exp(x[shift + i]) / sum, F32));
        }
        for (size_t i = 0; i < n; i++) total += to[i];
        CHECK(fabs(total - 1) < 1e-6);
    }
    free(x);
    free(y);
}

/* Strides: what stands between rows stays; columns of one array may be apart. */
static void strides(void) {
    float x[5 * 40], y[5 * 50];
    uint64_t seed = 3;
    for (size_t i = 0; i < 5 * 40; i++) x[i] = (float)noise(&seed);
    for (size_t cols = 1; cols <= 40; cols++) {
        for (size_t i = 0; i < 5 * 50; i++) y[i] = 7;
        CHECK_STATUS(lgt_softmax_f32(x, 40, y, 50, NULL, 5, cols, NULL), LGT_OK);
        for (size_t r = 0; r < 5; r++) {
            double sum = 0;
            for (size_t c = 0; c < 50; c++) sum += c < cols ? (double)y[r * 50 + c] : 0;
            CHECK(fabs(sum - 1) < 1e-5);
            for (size_t c = cols; c < 50; c++) CHECK(y[r * 50 + c] == 7);
        }
    }
    memcpy(y, x, sizeof x);
    CHECK_STATUS(lgt_softmax_f32(y, 40, y + 20, 40, NULL, 5, 20, NULL), LGT_OK);
    CHECK(memcmp(y, x, 20 * sizeof *x) == 0 && memcmp(y + 40, x + 40, 20 * sizeof *x) == 0);
}

void test(void) {
    lengths();
    corners();
    bad_guess();
    long_row();
    strides();
}
