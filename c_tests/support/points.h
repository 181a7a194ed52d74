/* Probabilities of one thing with labels and weights, each before a guard page. */
#ifndef POINTS_H
#define POINTS_H

#include "labelled.h"

/* Of one column; labels are 0 or 1, probabilities stand in steps of 1/40, so that
 * many are equal and some are edges of bins. */
static inline labelled points_new(int type, uint32_t label_type, size_t n, uint64_t seed) {
    labelled data = labelled_new(type, label_type, n, 1, 1, 1);
    for (size_t i = 0; i < n; i++) {
        double p = floor(fmin(1, fabs(noise(&seed)) / 5) * 40) / 40;
        labelled_put_x(&data, i, 0, p);
        labelled_put_label(&data, i, noise(&seed) / 8 + 0.5 < p);
        labelled_put_weight(&data, i, (double)(i % 4) / 4);
    }
    return data;
}

/* Every storage type, label type and number of points up to 70. */
static inline void points_each(void (*check)(const labelled *data)) {
    for (int type = 0; type < DTYPES; type++) {
        for (size_t n = 0; n <= 70; n += size_step()) {
            labelled data = points_new(type, LGT_I8 + (uint32_t)(n % 8), n, n + 1);
            check(&data);
            labelled_free(data);
        }
    }
}

/* The arguments of a call on points: x of one element type, weights of another. */
#define POINTS(data, element, weight)                                                   \
    (const element *)(data)->x.data, (data)->labels.data, (data)->label_type,           \
        (const weight *)(data)->weights.data

#endif
