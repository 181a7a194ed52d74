/* Scores with their labels and weights, each between guard pages, and one
 * signature for the functions of all storage types that take them. */
#ifndef LABELLED_H
#define LABELLED_H

#include "check.h"
#include "guarded.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    guarded x, labels, weights;
    int type; /* of x */
    uint32_t label_type;
    size_t rows, cols, stride;
} labelled;

/* Zeros, labels 0, weights 1. */
labelled labelled_new(int type, uint32_t label_type, size_t rows, size_t cols, size_t stride,
                      int at_end);
void labelled_free(labelled data);

double labelled_x(const labelled *data, size_t row, size_t col);
size_t labelled_label(const labelled *data, size_t row);
double labelled_weight(const labelled *data, size_t row);

void labelled_put_x(const labelled *data, size_t row, size_t col, double x);
void labelled_put_label(const labelled *data, size_t row, int64_t label);
void labelled_put_weight(const labelled *data, size_t row, double weight);

/* Logits that look like logits, labels that follow them, and weights that are
 * multiples of a quarter, some of them 0. */
void labelled_fill(const labelled *data, uint64_t seed);
/* The softmax of what is there, rounded to the type. */
void labelled_to_probabilities(const labelled *data);

/* Every storage type, every number of columns up to 70, all label types, rows
 * with and without space between them, at both ends of a page. */
void labelled_each(int probabilities, void (*check)(const labelled *data));

/* The type of what is computed from a storage type: weights have it. */
static inline int computed_type(int type) {
    return type == F64 ? F64 : F32;
}

typedef lgt_status (*update_function)(void *state, const void *x, size_t stride,
                                      const void *labels, uint32_t label_type,
                                      const void *weights, size_t rows, size_t cols);

#define UPDATE(family, dtype, element, weight)                                                \
    static lgt_status family##_update_##dtype(void *state, const void *x, size_t stride,      \
                                              const void *labels, uint32_t label_type,        \
                                              const void *weights, size_t rows, size_t cols) { \
        return lgt_##family##_update_##dtype(state, (const element *)x, stride, labels,       \
                                             label_type, (const weight *)weights, rows, cols); \
    }

/* Defines an array `family_update`, in the order of `enum dtype`. */
#define UPDATES(family)                                                        \
    UPDATE(family, f32, float, float)                                          \
    UPDATE(family, f64, double, double)                                        \
    UPDATE(family, f16, lgt_f16, float)                                        \
    UPDATE(family, bf16, lgt_bf16, float)                                      \
    static const update_function family##_update[DTYPES] = {                   \
        family##_update_f32, family##_update_f64, family##_update_f16, family##_update_bf16};

/* Adds rows from .. to - 1 to a state. */
lgt_status labelled_add(update_function update, void *state, const labelled *data, size_t from,
                        size_t to);

/* Fills a fresh state and checks what holds of every kind: any split and any
 * order of the rows, merged, come to the same bytes; merging a fresh one changes
 * none; a reset makes it fresh. */
void labelled_laws(update_function update, const labelled *data, void *state, size_t size);

#ifdef __cplusplus
}
#endif

static inline lgt_status labelled_update(update_function update, void *state,
                                         const labelled *data) {
    return labelled_add(update, state, data, 0, data->rows);
}

#endif
