/* Entmax loss against its definition. */
#include "entmax_loss.h"

static double alpha = 1.25;

static lgt_status loss(const labelled *d, const void *x, size_t stride, const loss_outputs *to) {
#define LOSS(dtype, element, weight)                                                          \
    lgt_entmax_loss_##dtype((const element *)x, stride, d->labels.data, d->label_type, \
                            (const weight *)d->weights.data, alpha, to->loss,       \
                            (element *)to->grad, to->grad_stride, to->total, d->rows,  \
                            d->cols, to->opts)
    LOSS_BY_TYPE(d->type, LOSS)
}

static long double truth(const labelled *d, size_t r, long double *grad) {
    return entmax_truth(d, r, alpha, grad);
}

static void check(const labelled *data) {
    loss_check(data, loss, truth, 25, 25);
}

/* Where alpha is 1 it is that of a softmax. */
static long double softmax_truth(const labelled *d, size_t r, long double *grad) {
    size_t label = labelled_label(d, r);
    long double top = -INFINITY, sum = 0;
    for (size_t c = 0; c < d->cols; c++) top = fmaxl(top, (long double)labelled_x(d, r, c));
    for (size_t c = 0; c < d->cols; c++) sum += expl((long double)labelled_x(d, r, c) - top);
    for (size_t c = 0; c < d->cols; c++)
        grad[c] = expl((long double)labelled_x(d, r, c) - top) / sum - (c == label);
    return logl(sum) + top - (long double)labelled_x(d, r, label);
}

static void check_softmax(const labelled *data) {
    loss_check(data, loss, softmax_truth, 4, 4);
}

void test(void) {
    labelled_each(0, check);
    alpha = 1;
    labelled_each(0, check_softmax);
    alpha = 1.25;
    entmax_refused(loss);
    labelled data = labelled_new(F32, LGT_I32, 2, 3, 3, 1);
    loss_outputs none = {NULL, NULL, 0, NULL, NULL};
    for (int i = 0; i < 3; i++) {
        alpha = i == 0 ? 0.9 : i == 1 ? 65 : NAN;
        CHECK_STATUS(loss(&data, data.x.data, 3, &none), LGT_E_VALUE);
    }
    labelled_free(data);
}
