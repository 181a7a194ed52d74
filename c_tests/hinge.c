/* Hinge losses against their definition. */
#include "loss.h"

static uint32_t power_of = 1, form_of = LGT_HINGE_MEAN;
static double margin_of = 1;

static lgt_status hinge(const labelled *d, const void *x, size_t stride, const loss_outputs *to) {
#define HINGE(dtype, element, weight)                                                          \
    lgt_hinge_##dtype((const element *)x, stride, d->labels.data, d->label_type,               \
                      (const weight *)d->weights.data, margin_of, power_of, form_of, to->loss, \
                      (element *)to->grad, to->grad_stride, to->total, d->rows, d->cols,       \
                      to->opts)
    LOSS_BY_TYPE(d->type, HINGE)
}

static long double truth(const labelled *d, size_t r, long double *grad) {
    long double loss = 0, slope = 0;
    size_t label = labelled_label(d, r), first = label;
    for (size_t c = 0; c < d->cols; c++) {
        long double v = (long double)margin_of - labelled_x(d, r, label) + labelled_x(d, r, c);
        int lacks = c != label && v > 0;
        long double own = lacks ? (power_of == 2 ? v * v : v) : 0;
        grad[c] = lacks ? (power_of == 2 ? 2 * v : 1) : 0;
        if (form_of == LGT_HINGE_MEAN) {
            grad[c] /= (long double)d->cols;
            loss += own / (long double)d->cols, slope += grad[c];
        } else if (own > loss) {
            if (first != label) grad[first] = 0;
            loss = own, slope = grad[c], first = c;
        } else {
            grad[c] = 0;
        }
    }
    grad[label] = -slope;
    return loss;
}

static void check(const labelled *data) {
    loss_check(data, hinge, truth, power_of == 2 ? 400 : 20, 200);
}

void test(void) {
    for (power_of = 1; power_of <= 2; power_of++)
        for (form_of = LGT_HINGE_MEAN; form_of <= LGT_HINGE_MAX; form_of++) {
            margin_of = power_of == 1 ? 1 : 0.625;
            labelled_each(0, check);
        }
    labelled data = labelled_new(F32, LGT_I32, 2, 3, 3, 1);
    power_of = 1, form_of = LGT_HINGE_MAX;
    loss_refused(&data, hinge);
    loss_outputs none = {NULL, NULL, 0, NULL, NULL};
    margin_of = NAN;
    CHECK_STATUS(hinge(&data, data.x.data, 3, &none), LGT_E_VALUE);
    margin_of = -1;
    CHECK_STATUS(hinge(&data, data.x.data, 3, &none), LGT_E_VALUE);
    margin_of = 1, power_of = 0;
    CHECK_STATUS(hinge(&data, data.x.data, 3, &none), LGT_E_OPTION);
    power_of = 3;
    CHECK_STATUS(hinge(&data, data.x.data, 3, &none), LGT_E_OPTION);
    power_of = 1, form_of = 2;
    CHECK_STATUS(hinge(&data, data.x.data, 3, &none), LGT_E_OPTION);
    form_of = LGT_HINGE_MEAN;
    labelled_put_label(&data, 1, 3);
    CHECK_STATUS(hinge(&data, data.x.data, 3, &none), LGT_E_LABEL);
    labelled_free(data);
}
