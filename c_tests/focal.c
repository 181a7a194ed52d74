/* Focal loss against its definition. */
#include "loss.h"

static double gamma_of = 2;

static lgt_status focal(const labelled *d, const void *x, size_t stride, const loss_outputs *to) {
#define FOCAL(dtype, element, weight)                                                           \
    lgt_focal_##dtype((const element *)x, stride, d->labels.data, d->label_type,                \
                      (const weight *)d->weights.data, gamma_of, to->loss, (element *)to->grad, \
                      to->grad_stride, to->total, d->rows, d->cols, to->opts)
    LOSS_BY_TYPE(d->type, FOCAL)
}

static long double truth(const labelled *d, size_t r, long double *grad) {
    long double sum = 0, top = -HUGE_VALL, rest = 0;
    size_t label = labelled_label(d, r);
    for (size_t c = 0; c < d->cols; c++)
        if (labelled_x(d, r, c) > top) top = labelled_x(d, r, c);
    for (size_t c = 0; c < d->cols; c++) {
        long double e = expl(labelled_x(d, r, c) - top);
        sum += e;
        if (c != label) rest += e;
    }
    long double log = labelled_x(d, r, label) - top - logl(sum), miss = rest / sum;
    long double power = powl(miss, gamma_of), p = expl(log);
    long double slope = miss > 0 ? gamma_of * power / miss * p * log : 0;
    for (size_t c = 0; c < d->cols; c++)
        grad[c] = (power - slope) * (expl(labelled_x(d, r, c) - top) / sum - (c == label));
    return -power * log;
}

static void check(const labelled *data) {
    gamma_of = data->cols % 2 ? 2 : 0.75;
    loss_check(data, focal, truth, 8, 16);
}

void test(void) {
    labelled_each(0, check);
    labelled data = labelled_new(F32, LGT_I32, 2, 3, 3, 1);
    gamma_of = 2;
    loss_refused(&data, focal);
    loss_outputs none = {NULL, NULL, 0, NULL, NULL};
    for (int i = 0; i < 3; i++) {
        gamma_of = i == 0 ? -1 : i == 1 ? 101 : NAN;
        CHECK_STATUS(focal(&data, data.x.data, 3, &none), LGT_E_VALUE);
    }
    gamma_of = 2;
    labelled_put_label(&data, 1, 3);
    CHECK_STATUS(focal(&data, data.x.data, 3, &none), LGT_E_LABEL);
    labelled_free(data);
}
