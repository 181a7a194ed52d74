/* Entropies of many orders against their definition. */
#include "teacher.h"

static double temperature = 1, alpha = 2;

static lgt_status renyi(const labelled *d, const void *x, size_t stride, const loss_outputs *to) {
#define RENYI(dtype, element, weight)                                                        \
    lgt_renyi_entropy_##dtype((const element *)x, stride, (const weight *)d->weights.data,   \
                              alpha, temperature, to->loss, (element *)to->grad,             \
                              to->grad_stride, to->total, d->rows, d->cols, to->opts)
    LOSS_BY_TYPE(d->type, RENYI)
}

static long double truth(const labelled *d, size_t r, long double *grad) {
    shares p = shares_of(d, r, 0, temperature, 99);
    long double t = (long double)alpha - 1, sum = 0, most = 0, tops = 0;
    for (size_t c = 0; c < d->cols; c++) {
        if (p.p[c] > most) most = p.p[c], tops = 0;
        if (p.p[c] == most) tops++;
    }
    if (isinf(alpha)) {
        for (size_t c = 0; c < d->cols; c++)
            grad[c] = (p.p[c] - (p.p[c] == most ? 1 / tops : 0)) / temperature;
        return -logl(most);
    }
    if (fabsl(t) > 0.2L) {
        long double top = logl(most);
        for (size_t c = 0; c < d->cols; c++) sum += expl(alpha * (p.log[c] - top));
        long double log = alpha * top + logl(sum);
        for (size_t c = 0; c < d->cols; c++)
            grad[c] = alpha / t * (p.p[c] - expl(alpha * p.log[c] - log)) / temperature;
        return -log / t;
    }
    for (size_t c = 0; c < d->cols; c++)
        sum += p.p[c] * (t == 0 ? p.log[c] : expm1l(t * p.log[c]) / t);
    long double entropy = t == 0 ? -sum : -log1pl(t * sum) / t;
    for (size_t c = 0; c < d->cols; c++) {
        long double u = p.log[c] + entropy;
        grad[c] = -alpha * p.p[c] * (t == 0 ? u : expm1l(t * u) / t) / temperature;
    }
    return entropy;
}

static const double orders[] = {1, 0.5, 2, 1 + 1e-9, 0.76, 1.3, 5, HUGE_VAL, 1.0001, 40};

static void check(const labelled *data) {
    temperature = data->cols % 2 ? 1 : 2.5;
    alpha = orders[data->cols % 10];
    loss_check(data, renyi, truth, 40, 40 * (alpha > 1 && alpha < 99 ? alpha : 1));
}

void test(void) {
    labelled_each(0, check);
    labelled data = labelled_new(F32, LGT_I32, 2, 3, 3, 1);
    temperature = 1, alpha = 2;
    loss_refused(&data, renyi);
    const double bad[] = {0, -1, NAN, 1e-7, 1e7};
    loss_outputs none = {NULL, NULL, 0, NULL, NULL};
    for (int i = 0; i < 5; i++) {
        alpha = bad[i];
        CHECK_STATUS(renyi(&data, data.x.data, 3, &none), LGT_E_VALUE);
    }
    labelled_free(data);
    const double inf = HUGE_VAL, x[4][3] = {{inf, 0, inf}, {-inf, 5, -inf}, {0, NAN, 0},
                                            {-inf, -inf, -inf}};
    for (int i = 0; i < 10; i++) {
        double loss[4], grad[4][3];
        CHECK_STATUS(lgt_renyi_entropy_f64(&x[0][0], 3, NULL, orders[i], 1, loss, &grad[0][0], 3,
                                           NULL, 4, 3, NULL), LGT_EMPTY_ROW);
        CHECK(fabs(loss[0] - 0.69314718055994531) <= 1e-15 && loss[1] == 0);
        CHECK(isnan(loss[2]) && isnan(loss[3]));
        for (int c = 0; c < 3; c++) CHECK(grad[0][c] == 0 && grad[1][c] == 0);
        for (int c = 0; c < 3; c++) CHECK(isnan(grad[2][c]) && isnan(grad[3][c]));
    }
}
