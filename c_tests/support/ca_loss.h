/* The correctness-aware loss by definition, at a temperature. */
#ifndef CA_LOSS_H
#define CA_LOSS_H

#include "labelled.h"

static double temperature = 1;

static inline size_t largest(const labelled *data, size_t r) {
    size_t best = 0;
    for (size_t c = 1; c < data->cols; c++)
        if (labelled_x(data, r, c) > labelled_x(data, r, best)) best = c;
    return best;
}

static inline long double share(const labelled *data, size_t r, size_t c) {
    long double sum = 0;
    for (size_t i = 0; i < data->cols; i++)
        sum += expl(((long double)labelled_x(data, r, i) - labelled_x(data, r, c)) / temperature);
    return 1 / sum;
}

/* Sums over rows that are wrong and right: of weights, and of squares. */
static inline void sides(const labelled *data, long double weights[2], long double squares[2]) {
    weights[0] = weights[1] = squares[0] = squares[1] = 0;
    for (size_t r = 0; r < data->rows; r++) {
        size_t best = largest(data, r);
        int right = best == labelled_label(data, r);
        long double miss = share(data, r, best) - right, w = labelled_weight(data, r);
        weights[right] += w;
        squares[right] += w * miss * miss;
    }
}

#endif
