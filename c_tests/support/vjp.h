/* Vector-Jacobian products of softmax and log-softmax, of rows or columns, against their
 * formulas in long double. */
#ifndef VJP_H
#define VJP_H

#include "check.h"
#include "guarded.h"

/* The gradient of a row, and what its error is relative to. */
typedef void (*vjp_truth)(const double *y, const double *dy, size_t n, double scale, double *dx,
                          double *size);

static inline void vjp_softmax(const double *y, const double *dy, size_t n, double scale,
                               double *dx, double *size) {
    long double t = 0, most = 0;
    for (size_t i = 0; i < n; i++) t += (long double)y[i] * dy[i], most += fabs(y[i] * dy[i]);
    for (size_t i = 0; i < n; i++) {
        dx[i] = (double)(scale * y[i] * (dy[i] - t));
        size[i] = (double)(scale * y[i] * (fabs(dy[i]) + most));
    }
}

static inline void vjp_log_softmax(const double *y, const double *dy, size_t n, double scale,
                                   double *dx, double *size) {
    long double t = 0, most = 0;
    for (size_t i = 0; i < n; i++)
        if (y[i] > -HUGE_VAL) t += dy[i], most += fabs(dy[i]);
    for (size_t i = 0; i < n; i++) {
        long double share = expl(y[i]), far = fabs(y[i]) > 1 ? fabs(y[i]) : 1;
        dx[i] = y[i] > -HUGE_VAL ? (double)(scale * (dy[i] - share * t)) : 0;
        size[i] = (double)(scale * (fabs(dy[i]) + (share > 0 ? share * most * far : 0)));
    }
}

/* Whether a gradient is what is promised. */
static inline int vjp_near(double got, double want, double size, int type) {
    double bound = type == F64 ? 4e-15 : 1e-6;
    return fabs(got - want) <= bound * size + dtype_epsilon(type) * fabs(want) + dtype_tiny(type);
}

typedef lgt_status (*vjp)(const void *y, size_t ys, const void *dy, size_t dys, void *dx,
                          size_t dxs, size_t rows, size_t cols, const lgt_softmax_opts *opts);

#define VJP_COLS_OF(name, dtype, element)                                                      \
    static lgt_status name##_##dtype(const void *y, size_t ys, const void *dy, size_t dys,     \
                                     void *dx, size_t dxs, size_t rows, size_t cols,           \
                                     const lgt_softmax_opts *opts) {                           \
        return lgt_##name##_##dtype((const element *)y, ys, (const element *)dy, dys,          \
                                    (element *)dx, dxs, rows, cols, opts);                     \
    }
#define VJP_COLS(name)                  \
    VJP_COLS_OF(name, f32, float)       \
    VJP_COLS_OF(name, f64, double)      \
    VJP_COLS_OF(name, f16, lgt_f16)     \
    VJP_COLS_OF(name, bf16, lgt_bf16)   \
    static const vjp name[DTYPES] = {name##_f32, name##_f64, name##_f16, name##_bf16};

#define VJP_ROWS_OF(name, dtype, element)                                                      \
    static lgt_status name##_##dtype(const void *y, size_t ys, const void *dy, size_t dys,     \
                                     void *dx, size_t dxs, size_t rows, size_t cols,           \
                                     const lgt_softmax_opts *opts) {                           \
        return lgt_##name##_##dtype((const element *)y, ys, (const element *)dy, dys, NULL, 0, \
                                    (element *)dx, dxs, NULL, rows, cols, opts);               \
    }
#define VJP_ROWS(name)                  \
    VJP_ROWS_OF(name, f32, float)       \
    VJP_ROWS_OF(name, f64, double)      \
    VJP_ROWS_OF(name, f16, lgt_f16)     \
    VJP_ROWS_OF(name, bf16, lgt_bf16)   \
    static const vjp name[DTYPES] = {name##_f32, name##_f64, name##_f16, name##_bf16};

/* One array of n rows or columns of `m` values: apart, over y, or over dy. */
static inline void vjp_one(vjp f, vjp_truth truth, int type, int logs, int down, size_t n,
                           size_t m, int way) {
    size_t rows = down ? m : n, cols = down ? n : m, size = dtype_size(type);
    size_t s = cols + rows % 3, count = (rows - 1) * s + cols;
    guarded y = guard_end(count * size), dy = guard_end(count * size);
    guarded apart = guard_end(count * size);
    guarded dx = way == 1 ? y : way == 2 ? dy : apart;
    double *v = (double *)malloc(4 * m * n * sizeof *v), *w = v + m * n, *want = w + m * n;
    double *off = want + m * n;
    uint64_t seed = n * 100 + m;
    lgt_softmax_opts opts;
    lgt_softmax_opts_default(&opts);
    opts.scale = n % 2 ? 1 : 0.375;
    for (size_t i = 0; i < count; i++) put(y.data, type, i, 0), put(dy.data, type, i, noise(&seed));
    for (size_t i = 0; i < n; i++) {
        double sum = 0;
        for (size_t j = 0; j < m; j++) sum += v[i * m + j] = exp(2 * noise(&seed));
        for (size_t j = 0; j < m; j++) {
            double share = v[i * m + j] / sum;
            size_t at = down ? j * s + i : i * s + j;
            if (j % 11 == 3) share = 0;
            put(y.data, type, at, logs ? log(share) : share);
            v[i * m + j] = get(y.data, type, at);
            w[i * m + j] = get(dy.data, type, at);
        }
        truth(v + i * m, w + i * m, m, opts.scale, want + i * m, off + i * m);
    }
    CHECK_STATUS(f(y.data, s, dy.data, s, dx.data, s, rows, cols, &opts), LGT_OK);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < m; j++) {
            double got = get(dx.data, type, down ? j * s + i : i * s + j);
            CHECK(vjp_near(got, want[i * m + j], off[i * m + j], type));
        }
    free(v);
    guard_free(y);
    guard_free(dy);
    guard_free(apart);
}

/* Every tail; nothing where nothing has a share; what is refused. */
static inline void vjp_every(const vjp *f, vjp_truth truth, int logs, int down) {
    static const size_t lengths[] = {1, 2, 3, 15, 16, 17, 31, 33, 64, 100, 255, 256, 257, 700};
    for (int type = 0; type < DTYPES; type++)
        for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++)
            for (int way = 0; way < 3; way++) {
                vjp_one(f[type], truth, type, logs, down, 1 + i % 4, lengths[i], way);
                if (down) vjp_one(f[type], truth, type, logs, down, lengths[i], 1 + i % 4, way);
            }
    float y[2][2] = {{0.5f, 0.5f}, {0.5f, 0.5f}}, dy[2][2] = {{1, 2}, {3, 4}}, dx[2][2], kept[2][2];
    float none = logs ? -INFINITY : 0;
    y[0][0] = y[0][1] = y[1][0] = none, dy[0][0] = NAN;
    CHECK_STATUS(f[F32](y, 2, dy, 2, dx, 2, 2, 2, NULL), LGT_OK);
    CHECK(dx[0][0] == 0 && dx[0][1] == 0 && dx[1][0] == 0 && dx[1][1] == dx[1][1]);
    memcpy(kept, dx, sizeof dx);
    CHECK_STATUS(f[F32](NULL, 2, dy, 2, dx, 2, 2, 2, NULL), LGT_E_NULL);
    CHECK_STATUS(f[F32](y, 2, NULL, 2, dx, 2, 2, 2, NULL), LGT_E_NULL);
    CHECK_STATUS(f[F32](y, 2, dy, 2, NULL, 2, 2, 2, NULL), LGT_E_NULL);
    CHECK_STATUS(f[F32](y, 1, dy, 2, dx, 2, 2, 2, NULL), LGT_E_STRIDE);
    CHECK_STATUS(f[F32](y, 2, dy, 1, dx, 2, 2, 2, NULL), LGT_E_STRIDE);
    CHECK_STATUS(f[F32](y, 2, dy, 2, dx, 1, 2, 2, NULL), LGT_E_STRIDE);
    CHECK_STATUS(f[F32](y, 2, dy, 2, &y[0][1], 2, 2, 1, NULL), LGT_E_ALIAS);
    CHECK_STATUS(f[F32](y, 2, dy, 2, &dy[0][1], 2, 2, 1, NULL), LGT_E_ALIAS);
    lgt_softmax_opts opts;
    lgt_softmax_opts_default(&opts);
    opts.scale = 0;
    CHECK_STATUS(f[F32](y, 2, dy, 2, dx, 2, 2, 2, &opts), LGT_E_VALUE);
    CHECK(memcmp(dx, kept, sizeof dx) == 0);
    CHECK_STATUS(f[F32](NULL, 0, NULL, 0, NULL, 0, 0, 0, NULL), LGT_OK);
    y[1][0] = NAN;
    CHECK_STATUS(f[F32](y, 2, dy, 2, dx, 2, 2, 2, NULL), LGT_OK);
    CHECK(isnan(dx[1][0]));
}

static inline void vjp_cols(const vjp *f, vjp_truth truth, int logs) {
    vjp_every(f, truth, logs, 1);
}

static inline void vjp_rows(const vjp *f, vjp_truth truth, int logs) {
    vjp_every(f, truth, logs, 0);
}

#endif
