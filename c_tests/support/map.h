/* Maps of rows and their gradients under one signature, against a definition in long
 * double: in and out of place, rows with space between them, guard pages at both ends. */
#ifndef MAP_H
#define MAP_H

#include "check.h"
#include "guarded.h"
#include "refused.h"

/* Calls the function of a type; `dy` is NULL where the map itself is meant. */
typedef lgt_status (*map_function)(int type, const void *x, size_t x_stride, const void *dy,
                                   size_t dy_stride, void *y, size_t y_stride, size_t rows,
                                   size_t cols);
/* What a row of n becomes, or its gradient, and by how much each entry may be off in units
 * of the type computed in, besides rounding. */
typedef void (*map_truth)(const double *x, const double *dy, size_t n, long double *y,
                          long double *size);
/* An entry of x from noise. */
typedef double (*map_entry)(uint64_t *seed);

#define MAP_BY_TYPE(type, call)             \
    switch (type) {                         \
    case F32: return call(f32, float);      \
    case F64: return call(f64, double);     \
    case F16: return call(f16, lgt_f16);    \
    default: return call(bf16, lgt_bf16);   \
    }

enum { MAP_COLS = 70 };

static inline long double map_unit(int type) {
    return type == F64 ? 4e-15L : 1e-6L;
}

/* Half the distance of numbers of that type, and what is lost below the normal ones. */
static inline long double map_rounding(int type, long double x) {
    long double half = type == F64 ? 1.2e-16L : type == F32 ? 6e-8L : type == F16 ? 4.9e-4L : 3.95e-3L;
    return half * fabsl(x) + (type == F64 ? 1e-300L : type == F16 ? 3.1e-8L : 1e-36L);
}

static inline void map_agrees(map_truth truth, int type, const double *x, const double *dy,
                              size_t n, const void *y, size_t at) {
    long double want[MAP_COLS], size[MAP_COLS];
    truth(x, dy, n, want, size);
    for (size_t c = 0; c < n; c++) {
        double got = get(y, type, at + c);
        if (type == F16 && fabsl(want[c]) > 65504) want[c] = copysignl(HUGE_VALL, want[c]);
        if (isnan(want[c])) CHECK(isnan(got));
        else if (isinf(want[c])) CHECK(got == (double)want[c]);
        else CHECK(fabsl(got - want[c]) <= map_unit(type) * size[c] + map_rounding(type, want[c]));
    }
}

/* A map where `with_dy` is 0, else a gradient. */
static inline void map_check(map_function f, map_truth truth, map_entry entry, int with_dy) {
    for (int type = 0; type < DTYPES; type++) {
        size_t bytes = dtype_size(type);
        for (size_t cols = 1; cols <= MAP_COLS; cols += size_step()) {
            for (int at_end = 0; at_end < 2; at_end++) {
                guarded (*guard)(size_t) = at_end ? guard_end : guard_start;
                size_t rows = 1 + cols % 4, xs = cols + cols % 3, ys = cols + cols % 2;
                size_t x_all = (rows - 1) * xs + cols, y_all = (rows - 1) * ys + cols;
                guarded x = guard(x_all * bytes), y = guard(y_all * bytes);
                guarded dy = guard(rows * cols * bytes);
                double *kept = (double *)malloc(rows * cols * 2 * sizeof(double));
                double *above = kept + rows * cols;
                uint64_t seed = cols;
                memset(y.data, 0, y_all * bytes);
                for (size_t i = 0; i < x_all; i++) put(x.data, type, i, 0.5);
                for (size_t r = 0; r < rows; r++) {
                    for (size_t c = 0; c < cols; c++) {
                        put(x.data, type, r * xs + c, entry(&seed));
                        put(dy.data, type, r * cols + c, noise(&seed));
                        kept[r * cols + c] = get(x.data, type, r * xs + c);
                        above[r * cols + c] = get(dy.data, type, r * cols + c);
                    }
                }
                const void *given = with_dy ? dy.data : NULL;
                CHECK_STATUS(f(type, x.data, xs, given, cols, y.data, ys, rows, cols), LGT_OK);
                for (size_t r = 0; r < rows; r++)
                    map_agrees(truth, type, kept + r * cols, above + r * cols, cols, y.data, r * ys);
                for (size_t r = 0; r + 1 < rows; r++)
                    for (size_t i = cols; i < ys; i++) CHECK(get(y.data, type, r * ys + i) == 0);
                /* In place, over x, and over dy. */
                CHECK_STATUS(f(type, x.data, xs, given, cols, x.data, xs, rows, cols), LGT_OK);
                for (size_t r = 0; r < rows; r++)
                    for (size_t c = 0; c < cols; c++)
                        CHECK(get(x.data, type, r * xs + c) == get(y.data, type, r * ys + c));
                if (with_dy) {
                    for (size_t r = 0; r < rows; r++)
                        for (size_t c = 0; c < cols; c++)
                            put(x.data, type, r * xs + c, kept[r * cols + c]);
                    CHECK_STATUS(f(type, x.data, xs, given, cols, dy.data, cols, rows, cols), LGT_OK);
                    for (size_t r = 0; r < rows; r++)
                        for (size_t c = 0; c < cols; c++)
                            CHECK(get(dy.data, type, r * cols + c) == get(y.data, type, r * ys + c));
                }
                free(kept);
                guard_free(x);
                guard_free(y);
                guard_free(dy);
            }
        }
    }
}

/* What every map refuses, with outputs untouched. */
static inline void map_refused(map_function f, int with_dy) {
    double x[8], dy[8], y[8];
    for (int i = 0; i < 8; i++) x[i] = 0.25, dy[i] = 1, y[i] = 5;
    const void *given = with_dy ? dy : NULL;
    watch(0, y, sizeof y);
    watch(1, x, sizeof x);
    watch(2, dy, sizeof dy);
    REFUSED(f(F64, NULL, 4, given, 4, y, 4, 2, 4), LGT_E_NULL);
    REFUSED(f(F64, x, 3, given, 4, y, 4, 2, 4), LGT_E_STRIDE);
    REFUSED(f(F64, x, 4, given, 4, y, 3, 2, 4), LGT_E_STRIDE);
    REFUSED(f(F64, x, 4, given, 4, x + 1, 4, 1, 4), LGT_E_ALIAS);
    REFUSED(f(F64, x, 3, given, 3, x, 4, 2, 3), LGT_E_ALIAS);
    REFUSED(f(F64, x, SIZE_MAX, given, 4, y, 4, 3, 4), LGT_E_SIZE);
    if (with_dy) {
        REFUSED(f(F64, x, 4, dy, 3, y, 4, 2, 4), LGT_E_STRIDE);
        REFUSED(f(F64, x, 4, dy, 4, dy + 1, 4, 1, 4), LGT_E_ALIAS);
    }
    CHECK_STATUS(f(F64, NULL, 0, given, 0, NULL, 0, 0, 0), LGT_OK);
    CHECK_STATUS(f(F64, NULL, 3, given, 3, NULL, 3, 0, 3), LGT_OK);
    CHECK(untouched());
    watch_nothing();
}

#endif
