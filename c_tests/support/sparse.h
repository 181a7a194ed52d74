/* Maps to sparse shares and their gradients under one signature each, against definitions
 * in long double: every storage type, many lengths, in and out of place, guard pages. */
#ifndef SPARSE_H
#define SPARSE_H

#include "check.h"
#include "guarded.h"
#include "refused.h"

typedef lgt_status (*sparse_map)(int type, const void *x, size_t x_stride, void *y,
                                 size_t y_stride, size_t rows, size_t cols);
typedef lgt_status (*sparse_grad)(int type, const void *y, size_t y_stride, const void *dy,
                                  size_t dy_stride, void *dx, size_t dx_stride, size_t rows,
                                  size_t cols);
/* The shares of a row. */
typedef void (*sparse_truth)(const double *x, size_t n, long double *p);
/* The gradient of a row. */
typedef void (*sparse_slope)(const double *y, const double *dy, size_t n, long double *dx);

#define SPARSE_BY_TYPE(type, call)           \
    switch (type) {                          \
    case F32: return call(f32, float);       \
    case F64: return call(f64, double);      \
    case F16: return call(f16, lgt_f16);     \
    default: return call(bf16, lgt_bf16);    \
    }

/* What rounding to the type changes of a number around 1. */
static inline double sparse_rounding(int type) {
    return type == F64 ? 0 : type == F32 ? 6e-8 : type == F16 ? 4.9e-4 : 3.9e-3;
}

enum { SPARSE_MOST = 1100 };

/* The falling `f` is 0 between `low` and `high`. */
static inline long double sparse_root(long double (*f)(const double *x, size_t n, long double at),
                                      const double *x, size_t n, long double low,
                                      long double high) {
    for (int i = 0; i < 200; i++) {
        long double middle = (low + high) / 2;
        if (middle == low || middle == high) break;
        if (f(x, n, middle) > 0) low = middle;
        else high = middle;
    }
    return low;
}

static inline double sparse_top(const double *x, size_t n) {
    double top = x[0];
    for (size_t i = 1; i < n; i++)
        if (x[i] > top) top = x[i];
    return top;
}

static inline void sparse_row(sparse_map f, sparse_truth truth, int type, size_t n, double scale,
                              const double bounds[2], int way) {
    guarded (*guard)(size_t) = way & 1 ? guard_end : guard_start;
    guarded x = guard(n * dtype_size(type)), y = guard(n * dtype_size(type));
    void *to = way & 2 ? x.data : y.data;
    static double kept[SPARSE_MOST];
    static long double p[SPARSE_MOST];
    uint64_t seed = n + (uint64_t)way;
    for (size_t i = 0; i < n; i++) {
        put(x.data, type, i, scale * noise(&seed));
        kept[i] = get(x.data, type, i);
    }
    truth(kept, n, p);
    CHECK_STATUS(f(type, x.data, n, to, n, 1, n), LGT_OK);
    double off = type == F64 ? bounds[1] : bounds[0];
    for (size_t i = 0; i < n; i++) {
        double got = get(to, type, i);
        double most = off + sparse_rounding(type) * (double)p[i] + (type == F16 ? 6e-8 : 0);
        CHECK(fabsl(got - p[i]) <= most);
    }
    guard_free(x);
    guard_free(y);
}

/* What every map does; `bounds` are those of types computed in float and in double. */
static inline void sparse_check(sparse_map f, sparse_truth truth, double f32_bound,
                                double f64_bound) {
    const double bounds[2] = {f32_bound, f64_bound}, scales[4] = {0.01, 0.5, 2, 20};
    const size_t longer[6] = {127, 255, 256, 257, 1023, 1100};
    for (int type = 0; type < DTYPES; type++) {
        for (size_t n = 1; n <= 70; n += size_step())
            for (int way = 0; way < 4; way++)
                sparse_row(f, truth, type, n, scales[(n + (size_t)way) % 4], bounds, way);
        for (int i = 0; i < 6; i += size_step() > 1 ? 3 : 1)
            for (int scale = size_step() > 1 ? i % 4 : 0; scale < 4; scale += (int)size_step())
                sparse_row(f, truth, type, longer[i], scales[scale], bounds, scale);
    }
}

/* Rows whose maximum is not finite, ties, and the spaces between rows. */
static inline void sparse_corners(sparse_map f) {
    for (int type = 0; type < DTYPES; type++) {
        static const double rows[6][3] = {{NAN, 0, 1},       {-HUGE_VAL, 5, -HUGE_VAL},
                                          {HUGE_VAL, 3, HUGE_VAL}, {HUGE_VAL, NAN, 1},
                                          {7, 7, 7},         {-HUGE_VAL, -HUGE_VAL, -HUGE_VAL}};
        double x[24], y[24];
        for (size_t i = 0; i < 24; i++) put(x, type, i, i % 4 < 3 ? rows[i / 4][i % 4] : 77);
        for (size_t i = 0; i < 24; i++) put(y, type, i, 99);
        CHECK_STATUS(f(type, x, 4, y, 4, 6, 3), LGT_EMPTY_ROW);
        for (size_t r = 0; r < 6; r++) {
            double a = get(y, type, 4 * r), b = get(y, type, 4 * r + 1), c = get(y, type, 4 * r + 2);
            if (r < 5) CHECK(get(y, type, 4 * r + 3) == 99);
            if (r == 0 || r == 3 || r == 5) CHECK(isnan(a) && isnan(b) && isnan(c));
            else if (r == 1) CHECK(a == 0 && b == 1 && c == 0);
            else if (r == 2) CHECK(a == 0.5 && b == 0 && c == 0.5);
            else CHECK(fabs(a - 1.0 / 3) <= 2e-3 && b == a && c == a);
        }
        CHECK_STATUS(f(type, NULL, 3, NULL, 3, 0, 3), LGT_OK);
        CHECK_STATUS(f(type, NULL, 0, NULL, 0, 2, 0), LGT_EMPTY_ROW);
    }
}

/* What every map refuses. */
static inline void sparse_refused(sparse_map f) {
    uint64_t x[16] = {0}, y[16];
    memset(y, 0xa5, sizeof y);
    watch(0, x, sizeof x);
    watch(1, y, sizeof y);
    for (int type = 0; type < DTYPES; type++) {
        REFUSED(f(type, NULL, 3, y, 3, 2, 3), LGT_E_NULL);
        REFUSED(f(type, x, 3, NULL, 3, 2, 3), LGT_E_NULL);
        REFUSED(f(type, x, 2, y, 3, 2, 3), LGT_E_STRIDE);
        REFUSED(f(type, x, 3, y, 2, 2, 3), LGT_E_STRIDE);
        REFUSED(f(type, x, 3, (char *)x + dtype_size(type), 3, 2, 3), LGT_E_ALIAS);
        REFUSED(f(type, x, 3, y, 3, SIZE_MAX / 2, 3), LGT_E_SIZE);
    }
    watch_nothing();
}

/* Gradients of rows of shares, some 0, in and out of place, within `size` times 1e-13; what
 * comes from upstream is about 1. */
static inline void sparse_grad_check(sparse_grad f, sparse_slope truth, double size) {
    static double y[SPARSE_MOST], dy[SPARSE_MOST];
    static long double dx[SPARSE_MOST];
    for (int type = 0; type < DTYPES; type++)
        for (size_t n = 1; n <= 1000; n += n < 40 ? size_step() : 187)
            for (int way = 0; way < 4; way++) {
                guarded (*guard)(size_t) = way & 1 ? guard_end : guard_start;
                size_t bytes = n * dtype_size(type);
                guarded shares = guard(bytes), up = guard(bytes), out = guard(bytes);
                void *to = way & 2 ? up.data : out.data;
                uint64_t seed = n;
                double sum = 0;
                for (size_t i = 0; i < n; i++) {
                    double u = noise(&seed);
                    y[i] = i % 3 ? 0 : 0.5 + u * u;
                    sum += y[i];
                }
                for (size_t i = 0; i < n; i++) {
                    put(shares.data, type, i, y[i] / sum);
                    put(up.data, type, i, noise(&seed));
                    y[i] = get(shares.data, type, i), dy[i] = get(up.data, type, i);
                }
                truth(y, dy, n, dx);
                CHECK_STATUS(f(type, shares.data, n, up.data, n, to, n, 1, n), LGT_OK);
                for (size_t i = 0; i < n; i++) {
                    double off = 1e-13 * size + sparse_rounding(type) * fabs((double)dx[i]);
                    CHECK(fabsl(get(to, type, i) - dx[i]) <= off + (type == F16 ? 6e-8 : 0));
                    if (y[i] == 0) CHECK(get(to, type, i) == 0);
                }
                guard_free(shares);
                guard_free(up);
                guard_free(out);
            }
    uint64_t a[16] = {0}, b[16] = {0}, c[16];
    memset(c, 0xa5, sizeof c);
    watch(0, a, sizeof a);
    watch(1, b, sizeof b);
    watch(2, c, sizeof c);
    for (int type = 0; type < DTYPES; type++) {
        REFUSED(f(type, NULL, 3, b, 3, c, 3, 2, 3), LGT_E_NULL);
        REFUSED(f(type, a, 3, NULL, 3, c, 3, 2, 3), LGT_E_NULL);
        REFUSED(f(type, a, 3, b, 3, NULL, 3, 2, 3), LGT_E_NULL);
        REFUSED(f(type, a, 2, b, 3, c, 3, 2, 3), LGT_E_STRIDE);
        REFUSED(f(type, a, 3, b, 2, c, 3, 2, 3), LGT_E_STRIDE);
        REFUSED(f(type, a, 3, b, 3, c, 2, 2, 3), LGT_E_STRIDE);
        REFUSED(f(type, a, 3, b, 3, a, 3, 2, 3), LGT_E_ALIAS);
        REFUSED(f(type, a, 3, b, 3, (char *)b + dtype_size(type), 3, 2, 3), LGT_E_ALIAS);
        CHECK_STATUS(f(type, NULL, 3, NULL, 3, NULL, 3, 0, 3), LGT_OK);
    }
    watch_nothing();
    /* A row that is no shares. */
    double bad[3] = {0.5, NAN, 0.5}, up[3] = {1, 2, 3}, out[3];
    CHECK_STATUS(f(F64, bad, 3, up, 3, out, 3, 1, 3), LGT_OK);
    CHECK(isnan(out[0]) && isnan(out[1]) && isnan(out[2]));
}

/* `s (g - sum s g / sum s)` with `s = y^power` where there is a share. */
static inline void sparse_entmax_slope(const double *y, const double *dy, size_t n,
                                       long double power, long double *dx) {
    long double sum = 0, product = 0;
    for (size_t i = 0; i < n; i++)
        if (y[i] > 0) sum += powl(y[i], power), product += powl(y[i], power) * dy[i];
    for (size_t i = 0; i < n; i++)
        dx[i] = y[i] > 0 ? powl(y[i], power) * (dy[i] - product / sum) : 0;
}

#endif
