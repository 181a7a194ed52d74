/* Sparsemax loss against its definition. */
#include "entmax_loss.h"

static const double alpha = 2;

static lgt_status loss(const labelled *d, const void *x, size_t stride, const loss_outputs *to) {
#define LOSS(dtype, element, weight)                                                          \
    lgt_sparsemax_loss_##dtype((const element *)x, stride, d->labels.data, d->label_type, \
                            (const weight *)d->weights.data, to->loss,       \
                            (element *)to->grad, to->grad_stride, to->total, d->rows,  \
                            d->cols, to->opts)
    LOSS_BY_TYPE(d->type, LOSS)
}

static long double truth(const labelled *d, size_t r, long double *grad) {
    return entmax_truth(d, r, alpha, grad);
}

static void check(const labelled *data) {
    loss_check(data, loss, truth, 1, 2);
}

void test(void) {
    labelled_each(0, check);
    entmax_refused(loss);
}
