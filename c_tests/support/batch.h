/* A batch of rows with labels and weights, in guarded memory, and what every
 * test of a state does with it: all at once, in parts, in another order. */
#ifndef BATCH_H
#define BATCH_H

#include "check.h"
#include "guarded.h"

enum { ROWS = 37, COLS = 19, STRIDE = 23 };

typedef struct {
    int type;
    guarded x, weights, labels;
} batch;

typedef lgt_status (*update)(int type, void *state, const void *x, const int16_t *labels,
                             const void *weights, size_t rows);

/* Logits, or probabilities if `probabilities`. */
static inline batch batch_make(int type, int probabilities) {
    int weight_type = type == F64 ? F64 : F32;
    batch b;
    b.type = type;
    b.x = guard_end(((ROWS - 1) * STRIDE + COLS) * dtype_size(type));
    b.weights = guard_end(ROWS * dtype_size(weight_type));
    b.labels = guard_end(ROWS * sizeof(int16_t));
    uint64_t seed = 5;
    for (size_t r = 0; r < ROWS; r++) {
        double row[COLS], sum = 0;
        for (size_t c = 0; c < COLS; c++) sum += row[c] = exp(noise(&seed));
        for (size_t c = 0; c < COLS; c++)
            put(b.x.data, type, r * STRIDE + c, probabilities ? row[c] / sum : log(row[c]));
        put(b.weights.data, weight_type, r, r % 5 == 4 ? 0 : 0.25 * (double)(r % 7));
        ((int16_t *)b.labels.data)[r] = (int16_t)(r * r % COLS);
    }
    return b;
}

static inline void batch_free(batch b) {
    guard_free(b.x);
    guard_free(b.weights);
    guard_free(b.labels);
}

static inline double batch_at(const batch *b, size_t r, size_t c) {
    return get(b->x.data, b->type, r * STRIDE + c);
}

static inline int batch_label(const batch *b, size_t r) {
    return ((const int16_t *)b->labels.data)[r];
}

static inline double batch_weight(const batch *b, size_t r) {
    return get(b->weights.data, b->type == F64 ? F64 : F32, r);
}

/* Rows from..to into a state. */
static inline lgt_status batch_add(const batch *b, update add, void *state, size_t from, size_t to) {
    size_t weight = dtype_size(b->type == F64 ? F64 : F32);
    return add(b->type, state, (const char *)b->x.data + from * STRIDE * dtype_size(b->type),
               (const int16_t *)b->labels.data + from,
               (const char *)b->weights.data + from * weight, to - from);
}

/* Fills `whole` (fresh, `size` bytes), and checks that any split and any order
 * of merging come to the same bytes. */
static inline void batch_laws(const batch *b, update add, void *whole, size_t size) {
    void *empty = malloc(size), *left = malloc(size), *right = malloc(size);
    memcpy(empty, whole, size);
    CHECK_STATUS(batch_add(b, add, whole, 0, ROWS), LGT_OK);
    for (size_t cut = 0; cut <= ROWS; cut++) {
        memcpy(left, empty, size);
        memcpy(right, empty, size);
        CHECK_STATUS(batch_add(b, add, left, 0, cut), LGT_OK);
        CHECK_STATUS(batch_add(b, add, right, cut, ROWS), LGT_OK);
        CHECK_STATUS(lgt_state_merge(right, size, left, size), LGT_OK);
        CHECK(memcmp(right, whole, size) == 0);
    }
    memcpy(left, empty, size);
    for (size_t r = ROWS; r-- > 0;) CHECK_STATUS(batch_add(b, add, left, r, r + 1), LGT_OK);
    CHECK(memcmp(left, whole, size) == 0);
    CHECK_STATUS(lgt_state_merge(left, size, empty, size), LGT_OK);
    CHECK(memcmp(left, whole, size) == 0);
    CHECK_STATUS(lgt_state_reset(left, size), LGT_OK);
    CHECK(memcmp(left, empty, size) == 0);
    free(empty);
    free(left);
    free(right);
}

/* One signature for the four storage types of a family's update. */
#define UPDATE(family)                                                                          \
    static lgt_status family##_add(int type, void *state, const void *x, const int16_t *labels, \
                                   const void *weights, size_t rows) {                          \
        switch (type) {                                                                         \
        case F32:                                                                               \
            return lgt_##family##_update_f32(state, (const float *)x, STRIDE, labels, LGT_I16,  \
                                             (const float *)weights, rows, COLS);               \
        case F64:                                                                               \
            return lgt_##family##_update_f64(state, (const double *)x, STRIDE, labels, LGT_I16, \
                                             (const double *)weights, rows, COLS);              \
        case F16:                                                                               \
            return lgt_##family##_update_f16(state, (const lgt_f16 *)x, STRIDE, labels,         \
                                             LGT_I16, (const float *)weights, rows, COLS);      \
        default:                                                                                \
            return lgt_##family##_update_bf16(state, (const lgt_bf16 *)x, STRIDE, labels,       \
                                              LGT_I16, (const float *)weights, rows, COLS);     \
        }                                                                                       \
    }

#endif
