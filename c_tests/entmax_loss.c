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

void test(void) {
    labelled_each(0, check);
    entmax_refused(loss);
    labelled data = labelled_new(F32, LGT_I32, 2, 3, 3, 1);
    loss_outputs none = {NULL, NULL, 0, NULL, NULL};
    for (int i = 0; i < 3; i++) {
        alpha = i == 0 ? 0.9 : i == 1 ? 65 : NAN;
        CHECK_STATUS(loss(&data, data.x.data, 3, &none), LGT_E_VALUE);
    }
    labelled_free(data);
}
