/* Sparsemax loss against its definition. */
#include "loss.h"

static const double alpha = 2;

static lgt_status loss(const labelled *d, const void *x, size_t stride, const loss_outputs *to) {
#define LOSS(dtype, element, weight)                                                            \
    lgt_sparsemax_loss_##dtype((const element *)x, stride, d->labels.data, d->label_type,         \
                       (const weight *)d->weights.data, to->loss, (element *)to->grad, \
                       to->grad_stride, to->total, d->rows, d->cols, to->opts)
    LOSS_BY_TYPE(d->type, LOSS)
}

static long double truth(const labelled *d, size_t r, long double *p) {
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

static void check(const labelled *data) {
    loss_check(data, loss, truth, 1, 2);
}

void test(void) {
    labelled_each(0, check);
    labelled data = labelled_new(F32, LGT_I32, 2, 3, 3, 1);
    loss_refused(&data, loss);
    loss_outputs none = {NULL, NULL, 0, NULL, NULL};
    labelled_put_label(&data, 1, 3);
    CHECK_STATUS(loss(&data, data.x.data, 3, &none), LGT_E_LABEL);
    labelled_free(data);
}
