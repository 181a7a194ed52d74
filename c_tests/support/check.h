/* What every test here uses: checks that count, and numbers of every storage
 * type. */
#ifndef CHECK_H
#define CHECK_H

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "logitude/logitude.h"

#ifdef __cplusplus
extern "C" {
#endif
/* Defined by each test; called once by main.c. */
void test(void);

extern long checks, failures;
#ifdef __cplusplus
}
#endif

/* Counts, and says where and what if it does not hold. */
#define CHECK(condition)                                                       \
    do {                                                                       \
        checks++;                                                              \
        if (!(condition) && failures++ < 20)                                   \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);    \
    } while (0)

/* The same, for statuses, with their names. */
#define CHECK_STATUS(call, expected)                                           \
    do {                                                                       \
        int got_ = (int)(call), want_ = (int)(expected);                       \
        checks++;                                                              \
        if (got_ != want_ && failures++ < 20)                                  \
            fprintf(stderr, "%s:%d: %s is %s, not %s\n", __FILE__, __LINE__,   \
                    #call, lgt_status_name(got_), lgt_status_name(want_));     \
    } while (0)

/* Storage types by number, so that one loop can go over all four. */
enum dtype { F32, F64, F16, BF16, DTYPES };

static inline size_t dtype_size(int type) {
    return type == F64 ? 8 : type == F32 ? 4 : 2;
}

/* Value i of an array of that type. */
static inline double get(const void *array, int type, size_t i) {
    switch (type) {
    case F32: return ((const float *)array)[i];
    case F64: return ((const double *)array)[i];
    case F16: return lgt_f16_to_f32(((const lgt_f16 *)array)[i]);
    default: return lgt_bf16_to_f32(((const lgt_bf16 *)array)[i]);
    }
}

/* Stores the nearest value; what is stored is what `get` then returns. */
static inline void put(void *array, int type, size_t i, double x) {
    switch (type) {
    case F32: ((float *)array)[i] = (float)x; break;
    case F64: ((double *)array)[i] = x; break;
    case F16: ((lgt_f16 *)array)[i] = lgt_f16_from_f32((float)x); break;
    default: ((lgt_bf16 *)array)[i] = lgt_bf16_from_f32((float)x); break;
    }
}

/* By how much loops over all sizes go on: 1, but LOGITUDE_TEST_STEP where the processor is
 * emulated, and slow, or where the same library is called once more. A step that shares no
 * factor with the lanes of a vector, or with what else a loop turns in a circle, still meets
 * all of it. */
static inline size_t size_step(void) {
    const char *text = getenv("LOGITUDE_TEST_STEP");
    size_t step = text ? (size_t)strtoul(text, NULL, 10) : 1;
    return step ? step : 1;
}

/* The relative error that rounding to the type alone may cause. */
static inline double dtype_epsilon(int type) {
    return type == F32 ? 6e-8 : type == F64 ? 1.2e-16 : type == F16 ? 4.9e-4 : 4e-3;
}

/* The relative error of what is computed before that: 5 ulp. */
static inline double dtype_computed(int type) {
    return type == F64 ? 1.2e-15 : 6e-7;
}

/* The least positive number, by which anything may be off. */
static inline double dtype_tiny(int type) {
    return type == F32 ? 1.5e-45 : type == F64 ? 5e-324 : type == F16 ? 6e-8 : 9.2e-41;
}

/* Whether x is what the exact value became. */
static inline int near(double x, double exact, int type) {
    if (isnan(exact)) return isnan(x);
    if (isinf(exact)) return x == exact;
    double bound = (dtype_epsilon(type) + dtype_computed(type)) * fabs(exact) + dtype_tiny(type);
    return fabs(x - exact) <= bound;
}

/* Numbers that look like logits, always the same. */
static inline double noise(uint64_t *seed) {
    double sum = 0;
    for (int i = 0; i < 4; i++) {
        *seed = *seed * 6364136223846793005u + 1442695040888963407u;
        sum += (double)(*seed >> 40) / 16777216.0 - 0.5;
    }
    return sum * 4;
}

#endif
