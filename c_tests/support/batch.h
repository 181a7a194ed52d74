/* Functions of points with scratch, under one signature, and what they refuse. */
#ifndef BATCH_H
#define BATCH_H

#include "points.h"
#include "refused.h"

typedef lgt_status (*batch_function)(const void *x, const void *labels, uint32_t label_type,
                                     const void *weights, void *report, size_t n, void *scratch,
                                     size_t scratch_size);

#define BATCH_ONE(family, dtype, element, weight)                                                 \
    static lgt_status family##_##dtype(const void *x, const void *labels, uint32_t label_type,    \
                                       const void *weights, void *report, size_t n,               \
                                       void *scratch, size_t scratch_size) {                      \
        return lgt_##family##_##dtype((const element *)x, labels, label_type,                     \
                                      (const weight *)weights, (lgt_##family##_report *)report,   \
                                      n, scratch, scratch_size);                                  \
    }

/* Defines an array `family_of`, in the order of `enum dtype`. */
#define BATCH(family)                                                                             \
    BATCH_ONE(family, f32, float, float)                                                          \
    BATCH_ONE(family, f64, double, double)                                                        \
    BATCH_ONE(family, f16, lgt_f16, float)                                                        \
    BATCH_ONE(family, bf16, lgt_bf16, float)                                                      \
    static const batch_function family##_of[DTYPES] = {family##_f32, family##_f64, family##_f16,  \
                                                       family##_bf16};

/* Calls it with scratch of the right size before a guard page. */
static inline lgt_status batch_call(batch_function f, lgt_status (*size)(size_t, size_t *),
                                    const labelled *data, void *report) {
    size_t bytes;
    CHECK_STATUS(size(data->rows, &bytes), LGT_OK);
    guarded scratch = guard_end(bytes);
    memset(scratch.data, 0xa5, bytes);
    lgt_status status = f(data->x.data, data->labels.data, data->label_type, data->weights.data,
                          report, data->rows, scratch.data, bytes);
    guard_free(scratch);
    return status;
}

/* Every way to refuse such a call; then a NaN, and nothing at all. A report begins
 * with rows and nan_rows. */
static inline void batch_refused(batch_function f, lgt_status (*size)(size_t, size_t *)) {
    enum { N = 3 };
    static uint64_t scratch[1 << 15], report[32];
    const float x[N] = {0.25f, 0.5f, 1}, none[N] = {0.25f, NAN, 1};
    const int32_t good[N] = {0, 1, 1}, bad[N] = {0, 2, 1}, negative[N] = {0, -1, 1};
    const float weights[N] = {1, NAN, 1}, zero[N] = {0, 0, 0};
    const float ones[N] = {1, 1, 1};
    size_t bytes = 7;
    CHECK_STATUS(size(N, NULL), LGT_E_NULL);
    CHECK_STATUS(size(N, &bytes), LGT_OK);
    memset(report, 0xa5, sizeof report);
    watch(0, report, sizeof report);
    REFUSED(f(NULL, good, LGT_I32, NULL, report, N, scratch, bytes), LGT_E_NULL);
    REFUSED(f(x, NULL, LGT_I32, NULL, report, N, scratch, bytes), LGT_E_NULL);
    REFUSED(f(x, good, LGT_I32, NULL, NULL, N, scratch, bytes), LGT_E_NULL);
    REFUSED(f(x, good, LGT_I32, NULL, report, N, NULL, bytes), LGT_E_NULL);
    REFUSED(f(x, good, 0, NULL, report, N, scratch, bytes), LGT_E_LABEL);
    REFUSED(f(x, bad, LGT_I32, NULL, report, N, scratch, bytes), LGT_E_LABEL);
    REFUSED(f(x, negative, LGT_I32, NULL, report, N, scratch, bytes), LGT_E_LABEL);
    REFUSED(f(x, good, LGT_I32, weights, report, N, scratch, bytes), LGT_E_VALUE);
    REFUSED(f(x, good, LGT_I32, NULL, report, SIZE_MAX / 2, scratch, bytes), LGT_E_SIZE);
    REFUSED(f(x, good, LGT_I32, NULL, report, N, scratch, bytes - 1), LGT_E_SCRATCH);
    REFUSED(f(x, good, LGT_I32, NULL, report, N, (char *)scratch + 4, bytes), LGT_E_SCRATCH);
    memcpy(scratch, x, sizeof x);
    REFUSED(f(scratch, good, LGT_I32, NULL, report, N, scratch, bytes), LGT_E_ALIAS);
    memcpy(scratch, good, sizeof good);
    REFUSED(f(x, scratch, LGT_I32, NULL, report, N, scratch, bytes), LGT_E_ALIAS);
    memcpy(scratch, ones, sizeof ones);
    REFUSED(f(x, good, LGT_I32, scratch, report, N, scratch, bytes), LGT_E_ALIAS);
    watch_nothing();
    CHECK_STATUS(f(none, good, LGT_I32, NULL, report, N, scratch, bytes), LGT_UNDEFINED);
    CHECK(report[0] == N && report[1] == 1);
    CHECK_STATUS(f(x, good, LGT_I32, zero, report, N, scratch, bytes), LGT_UNDEFINED);
    CHECK(report[0] == 0 && report[1] == 0);
    CHECK_STATUS(f(NULL, NULL, LGT_I32, NULL, report, 0, scratch, bytes), LGT_UNDEFINED);
    CHECK(report[0] == 0 && report[1] == 0);
    CHECK_STATUS(f(x, good, LGT_I32, ones, report, N, scratch, bytes), LGT_OK);
    CHECK(report[0] == N && report[1] == 0);
}

#endif
