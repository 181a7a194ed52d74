/* Entropies against their definition. */
#include "teacher.h"

static double temperature = 1;

static lgt_status entropy(const labelled *d, const void *x, size_t stride, const loss_outputs *to) {
#define ENTROPY(dtype, element, weight)                                                         \
    lgt_entropy_##dtype((const element *)x, stride, (const weight *)d->weights.data, temperature, \
                        to->loss, (element *)to->grad, to->grad_stride, to->total, d->rows,     \
                        d->cols, to->opts)
    LOSS_BY_TYPE(d->type, ENTROPY)
}

static long double truth(const labelled *d, size_t r, long double *grad) {
    shares p = shares_of(d, r, 0, temperature, 99);
    for (size_t c = 0; c < d->cols; c++)
        grad[c] = -p.p[c] * (p.log[c] + p.entropy) / temperature;
    return p.entropy;
}

static void check(const labelled *data) {
    temperature = data->cols % 2 ? 1 : 2.5;
    loss_check(data, entropy, truth, 4, 4);
}

void test(void) {
    labelled_each(0, check);
    labelled data = labelled_new(F32, LGT_I32, 2, 3, 3, 1);
    temperature = 1;
    loss_refused(&data, entropy);
    labelled_free(data);
    const double inf = HUGE_VAL, x[4][3] = {{inf, 0, inf}, {-inf, 5, -inf}, {0, NAN, 0},
                                            {-inf, -inf, -inf}};
    double loss[4], grad[4][3];
    CHECK_STATUS(lgt_entropy_f64(&x[0][0], 3, NULL, 1, loss, &grad[0][0], 3, NULL, 4, 3, NULL),
                 LGT_EMPTY_ROW);
    CHECK(fabs(loss[0] - 0.69314718055994531) <= 1e-15 && loss[1] == 0);
    CHECK(isnan(loss[2]) && isnan(loss[3]));
    for (int i = 0; i < 3; i++) {
        CHECK(grad[0][i] == 0 && grad[1][i] == 0);
        CHECK(isnan(grad[2][i]) && isnan(grad[3][i]));
    }
}
