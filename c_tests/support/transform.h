/* One signature for all storage types of the row transforms, and how each of
 * them is held against its definition in long double. */
#ifndef TRANSFORM_H
#define TRANSFORM_H

#include "check.h"
#include "guarded.h"

typedef lgt_status (*transform)(const void *x, size_t x_stride, void *y, size_t y_stride,
                                void *lse, size_t rows, size_t cols,
                                const lgt_softmax_opts *opts);

#define TRANSFORM(name, dtype, element, lse_type)                                                \
    static lgt_status name##_##dtype(const void *x, size_t xs, void *y, size_t ys, void *lse,    \
                                     size_t rows, size_t cols, const lgt_softmax_opts *opts) {   \
        return lgt_##name##_##dtype((const element *)x, xs, (element *)y, ys, (lse_type *)lse,   \
                                    rows, cols, opts);                                           \
    }

/* Defines an array `name`, in the order of `enum dtype`. */
#define TRANSFORMS(name)                       \
    TRANSFORM(name, f32, float, float)         \
    TRANSFORM(name, f64, double, double)       \
    TRANSFORM(name, f16, lgt_f16, float)       \
    TRANSFORM(name, bf16, lgt_bf16, float)     \
    static const transform name[DTYPES] = {name##_f32, name##_f64, name##_f16, name##_bf16};

/* The type that logarithms of sums come in. */
static inline int lse_type(int type) {
    return type == F64 ? F64 : F32;
}

/* One row as the definition has it: entry i of log-softmax is
 * scale * (x[i] - max) - rest. */
typedef struct {
    long double max, rest, lse, scale;
} exact_row;

static inline exact_row exact(const double *x, size_t n, double scale) {
    exact_row row;
    size_t top = 0;
    long double sum = 0;
    for (size_t i = 1; i < n; i++)
        if (x[i] > x[top]) top = i;
    for (size_t i = 0; i < n; i++)
        if (i != top) sum += expl((long double)scale * ((long double)x[i] - x[top]));
    row.scale = scale;
    row.max = x[top];
    row.rest = log1pl(sum);
    row.lse = row.scale * row.max + row.rest;
    return row;
}

static inline double exact_log(const exact_row *row, double x) {
    return (double)(row->scale * (x - row->max) - row->rest);
}

static inline double exact_share(const exact_row *row, double x) {
    return (double)expl(row->scale * (x - row->max) - row->rest);
}

/* What is promised of a logarithm of a sum. */
static inline int lse_near(double lse, const exact_row *row, int type) {
    long double size = fmaxl(fmaxl(1, fabsl(row->lse)), fabsl(row->scale * row->max));
    return fabsl(lse - row->lse) <= (type == F64 ? 6e-16L : 3e-7L) * size;
}

/* One row of n values in guarded memory, at its end or its start, apart or in
 * place. */
static inline void one_row(transform f, double (*value)(const exact_row *, double), int type,
                           size_t n, double scale, int at_end, int in_place) {
    guarded (*guard)(size_t) = at_end ? guard_end : guard_start;
    guarded x = guard(n * dtype_size(type)), y = guard(n * dtype_size(type));
    guarded lse = guard(dtype_size(lse_type(type)));
    void *to = in_place ? x.data : y.data;
    double *kept = (double *)malloc(n * sizeof(double));
    uint64_t seed = n;
    lgt_softmax_opts opts;
    lgt_softmax_opts_default(&opts);
    opts.scale = scale;
    for (size_t i = 0; i < n; i++) {
        put(x.data, type, i, 3 * noise(&seed));
        kept[i] = get(x.data, type, i);
    }
    exact_row row = exact(kept, n, scale);
    CHECK_STATUS(f(x.data, n, to, n, lse.data, 1, n, &opts), LGT_OK);
    CHECK(lse_near(get(lse.data, lse_type(type), 0), &row, type));
    for (size_t i = 0; i < n; i++) CHECK(near(get(to, type, i), value(&row, kept[i]), type));
    free(kept);
    guard_free(x);
    guard_free(y);
    guard_free(lse);
}

/* Every tail of every vector, in every storage type. */
static inline void every_length(const transform *f, double (*value)(const exact_row *, double)) {
    for (int type = 0; type < DTYPES; type++)
        for (size_t n = 1; n <= 150; n += size_step())
            for (int way = 0; way < 4; way++)
                one_row(f[type], value, type, n, n % 3 ? 1 : 0.25, way & 1, way & 2);
}

/* Several rows with space between them: the space stays, the last row ends at a
 * guard page, and each row has the bits that it has alone. */
static inline void every_stride(const transform *f) {
    enum { ROWS = 37 };
    for (int type = 0; type < DTYPES; type++) {
        size_t size = dtype_size(type), lse_size = dtype_size(lse_type(type));
        for (size_t cols = 1; cols <= 70; cols += size_step()) {
            size_t xs = cols + cols % 4, ys = cols + cols % 7;
            guarded x = guard_end(((ROWS - 1) * xs + cols) * size);
            guarded y = guard_end(((ROWS - 1) * ys + cols) * size);
            guarded lse = guard_end(ROWS * lse_size), alone = guard_end(cols * size);
            guarded one = guard_end(lse_size);
            uint64_t seed = cols;
            for (size_t i = 0; i < (ROWS - 1) * xs + cols; i++) put(x.data, type, i, noise(&seed));
            memset(y.data, 0xa5, ((ROWS - 1) * ys + cols) * size);
            CHECK_STATUS(f[type](x.data, xs, y.data, ys, lse.data, ROWS, cols, NULL), LGT_OK);
            for (size_t r = 0; r < ROWS; r++) {
                const char *from = (const char *)x.data + r * xs * size;
                const unsigned char *to = (const unsigned char *)y.data + r * ys * size;
                CHECK_STATUS(f[type](from, cols, alone.data, cols, one.data, 1, cols, NULL), LGT_OK);
                CHECK(memcmp(to, alone.data, cols * size) == 0);
                CHECK(memcmp((char *)lse.data + r * lse_size, one.data, lse_size) == 0);
                for (size_t i = cols * size; r + 1 < ROWS && i < ys * size; i++) CHECK(to[i] == 0xa5);
            }
            guard_free(x);
            guard_free(y);
            guard_free(lse);
            guard_free(alone);
            guard_free(one);
        }
    }
}

/* Column ranges of one array side by side: what is read stays. */
static inline void side_by_side(const transform *f) {
    float array[5 * 40], before[5 * 40];
    uint64_t seed = 3;
    for (size_t i = 0; i < 5 * 40; i++) before[i] = array[i] = (float)noise(&seed);
    CHECK_STATUS(f[F32](array, 40, array + 20, 40, NULL, 5, 20, NULL), LGT_OK);
    for (size_t r = 0; r < 5; r++)
        CHECK(memcmp(array + 40 * r, before + 40 * r, 20 * sizeof *array) == 0);
}

#endif
