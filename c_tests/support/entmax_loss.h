/* The losses of sparse maps against the definition of entmax's: the includer says what
 * `alpha` is. */
#ifndef ENTMAX_LOSS_H
#define ENTMAX_LOSS_H

#include "loss.h"

static inline long double entmax_truth(const labelled *d, size_t r, double alpha, long double *p) {
    long double a = (long double)alpha - 1, top = -HUGE_VALL, own, sum = 0, score = 0;
    size_t label = labelled_label(d, r);
    for (size_t c = 0; c < d->cols; c++)
        if (labelled_x(d, r, c) > top) top = labelled_x(d, r, c);
    long double low = a * top - 1, high = a * top;
    for (int i = 0; i < 120; i++) {
        long double tau = (low + high) / 2;
        sum = 0;
        for (size_t c = 0; c < d->cols; c++) {
            own = a * labelled_x(d, r, c) - tau;
            sum += p[c] = own > 0 ? powl(own, 1 / a) : 0;
        }
        if (tau == low || tau == high) break;
        if (sum > 1) low = tau;
        else high = tau;
    }
    own = labelled_x(d, r, label);
    for (size_t c = 0; c < d->cols; c++) {
        if (p[c] > 0) score += p[c] * (labelled_x(d, r, c) - own) - powl(p[c], alpha) / (alpha * a);
        if (c == label) p[c] -= 1;
    }
    return score + 1 / (alpha * a);
}

/* What such a loss refuses besides what every loss does. */
static inline void entmax_refused(loss_function loss) {
    labelled data = labelled_new(F32, LGT_I32, 2, 3, 3, 1);
    loss_refused(&data, loss);
    loss_outputs none = {NULL, NULL, 0, NULL, NULL};
    labelled_put_label(&data, 1, 3);
    CHECK_STATUS(loss(&data, data.x.data, 3, &none), LGT_E_LABEL);
    labelled_free(data);
}

#endif
