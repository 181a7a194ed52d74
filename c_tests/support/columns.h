/* Functions of two columns with scratch, under one signature, and what they refuse. */
#ifndef COLUMNS_H
#define COLUMNS_H

#include "check.h"
#include "guarded.h"
#include "refused.h"

typedef lgt_status (*of_columns)(const void *x, const void *y, void *report, size_t n,
                                 void *scratch, size_t scratch_size);
typedef lgt_status (*scratch_of)(size_t n, size_t *bytes);

/* Defines `family_of`, in the order of `enum dtype`; what comes after `n` is `...`. */
#define COLUMNS_ONE(family, dtype, element, ...)                                                  \
    static lgt_status family##_##dtype(const void *x, const void *y, void *report, size_t n,      \
                                       void *scratch, size_t scratch_size) {                      \
        return lgt_##family##_##dtype((const element *)x, (const element *)y,                     \
                                      (lgt_##family##_report *)report, n __VA_ARGS__, scratch,    \
                                      scratch_size);                                              \
    }
#define COLUMNS(family, ...)                                                                      \
    COLUMNS_ONE(family, f32, float, __VA_ARGS__)                                                  \
    COLUMNS_ONE(family, f64, double, __VA_ARGS__)                                                 \
    COLUMNS_ONE(family, f16, lgt_f16, __VA_ARGS__)                                                \
    COLUMNS_ONE(family, bf16, lgt_bf16, __VA_ARGS__)                                              \
    static const of_columns family##_of[DTYPES] = {family##_f32, family##_f64, family##_f16,      \
                                                   family##_bf16};

enum { MOST_ROWS = 300 };

/* Whole numbers of eight bits, so that every type has them. */
static double column_x[MOST_ROWS], column_y[MOST_ROWS];

static inline double short_number(double x) {
    return lgt_bf16_to_f32(lgt_bf16_from_f32((float)floor(x))) + 0.0;
}

static inline void columns_fill(size_t n, int levels) {
    uint64_t seed = n + (uint64_t)levels;
    for (size_t i = 0; i < n; i++) {
        column_x[i] = short_number(noise(&seed) / 8 * levels);
        column_y[i] = short_number(noise(&seed) / 8 * levels + column_x[i]);
    }
}

static inline int sign_of(double x) { return (x > 0) - (x < 0); }

/* The first n rows of both columns, each array before a guard page. */
static inline lgt_status columns_call(of_columns f, scratch_of size, int type, size_t n,
                                      void *report) {
    size_t bytes;
    CHECK_STATUS(size(n, &bytes), LGT_OK);
    guarded x = guard_end(n * dtype_size(type)), y = guard_end(n * dtype_size(type));
    guarded scratch = guard_end(bytes);
    memset(scratch.data, 0xa5, bytes);
    for (size_t i = 0; i < n; i++) {
        put(x.data, type, i, column_x[i]);
        put(y.data, type, i, column_y[i]);
    }
    lgt_status status = f(x.data, y.data, report, n, scratch.data, bytes);
    guard_free(x);
    guard_free(y);
    guard_free(scratch);
    return status;
}

/* Every way to refuse such a call; then a NaN, a constant, and nothing at all. A report
 * begins with rows and nan_rows. */
static inline void columns_refused(of_columns f, scratch_of size) {
    enum { N = 3 };
    static uint64_t scratch[64], report[32];
    const float x[N] = {1, 2, 3}, none[N] = {1, NAN, 3}, same[N] = {2, 2, 2};
    size_t bytes = 7;
    CHECK_STATUS(size(N, NULL), LGT_E_NULL);
    CHECK_STATUS(size(SIZE_MAX, &bytes), LGT_E_SIZE);
    CHECK(bytes == 7);
    CHECK_STATUS(size(N, &bytes), LGT_OK);
    memset(report, 0xa5, sizeof report);
    watch(0, report, sizeof report);
    REFUSED(f(NULL, x, report, N, scratch, bytes), LGT_E_NULL);
    REFUSED(f(x, NULL, report, N, scratch, bytes), LGT_E_NULL);
    REFUSED(f(x, x, NULL, N, scratch, bytes), LGT_E_NULL);
    REFUSED(f(x, x, report, N, NULL, bytes), LGT_E_NULL);
    REFUSED(f(x, x, report, SIZE_MAX / 2, scratch, bytes), LGT_E_SIZE);
    REFUSED(f(x, x, report, N, scratch, bytes - 1), LGT_E_SCRATCH);
    REFUSED(f(x, x, report, N, (char *)scratch + 4, bytes), LGT_E_SCRATCH);
    memcpy(scratch, x, sizeof x);
    REFUSED(f(scratch, x, report, N, scratch, bytes), LGT_E_ALIAS);
    REFUSED(f(x, scratch, report, N, scratch, bytes), LGT_E_ALIAS);
    watch_nothing();
    CHECK_STATUS(f(none, x, report, N, scratch, bytes), LGT_UNDEFINED);
    CHECK(report[0] == N && report[1] == 1);
    CHECK_STATUS(f(x, none, report, N, scratch, bytes), LGT_UNDEFINED);
    CHECK(report[0] == N && report[1] == 1);
    CHECK_STATUS(f(x, same, report, N, scratch, bytes), LGT_UNDEFINED);
    CHECK(report[0] == N && report[1] == 0);
    CHECK_STATUS(f(NULL, NULL, report, 0, scratch, bytes), LGT_UNDEFINED);
    CHECK(report[0] == 0 && report[1] == 0);
    CHECK_STATUS(f(x, x, report, N, scratch, bytes), LGT_OK);
}

#endif
