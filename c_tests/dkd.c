/* Decoupled distillation against its definition, and worked figures. */
#include "teacher.h"

static double temperature = 4, alpha = 1, beta = 6;

static lgt_status dkd(const labelled *d, const void *x, size_t stride, const loss_outputs *to) {
    guarded teacher = teacher_new(d);
    lgt_status status;
#define DKD(dtype, element, weight)                                                            \
    lgt_dkd_##dtype((const element *)x, stride, (const element *)teacher.data, d->cols,        \
                    d->labels.data, d->label_type, (const weight *)d->weights.data, alpha, beta, \
                    temperature, to->loss, (element *)to->grad, to->grad_stride, to->total,    \
                    d->rows, d->cols, to->opts)
    switch (d->type) {
    case F32: status = DKD(f32, float, float); break;
    case F64: status = DKD(f64, double, double); break;
    case F16: status = DKD(f16, lgt_f16, float); break;
    default: status = DKD(bf16, lgt_bf16, float);
    }
    guard_free(teacher);
    return status;
}

static long double xlogx_over(long double q, long double p) {
    return q > 0 ? q * logl(q / p) : 0;
}

static long double truth(const labelled *d, size_t r, long double *grad) {
    size_t y = labelled_label(d, r);
    shares p = shares_of(d, r, 0, temperature, 99), q = shares_of(d, r, 1, temperature, 99);
    shares own = shares_of(d, r, 0, temperature, y), other = shares_of(d, r, 1, temperature, y);
    long double p_rest = 0, q_rest = 0, over = p.p[y] - q.p[y];
    for (size_t c = 0; c < d->cols; c++)
        if (c != y) p_rest += p.p[c], q_rest += q.p[c];
    for (size_t c = 0; c < d->cols; c++)
        grad[c] = c == y ? temperature * alpha * over
                         : temperature * (beta * (own.p[c] - other.p[c]) - alpha * over * own.p[c]);
    long double target = xlogx_over(q.p[y], p.p[y]) + xlogx_over(q_rest, p_rest);
    long double rest = divergence_of(&other, &own, d->cols);
    return temperature * temperature * (alpha * target + beta * rest);
}

static void check(const labelled *data) {
    temperature = data->cols % 2 ? 1 : 4;
    double square = temperature * temperature;
    loss_check(data, dkd, truth, 24 * (alpha + beta) * square, 8 * (alpha + beta) * temperature);
}

void test(void) {
    labelled_each(0, check);
    labelled data = labelled_new(F32, LGT_I32, 2, 3, 3, 1);
    loss_refused(&data, dkd);
    loss_outputs none = {NULL, NULL, 0, NULL, NULL};
    for (int i = 0; i < 3; i++) {
        alpha = i == 0 ? -1 : 1, beta = i == 1 ? NAN : 6, temperature = i == 2 ? -4 : 4;
        CHECK_STATUS(dkd(&data, data.x.data, 3, &none), LGT_E_VALUE);
    }
    temperature = 4;
    labelled_put_label(&data, 1, 3);
    CHECK_STATUS(dkd(&data, data.x.data, 3, &none), LGT_E_LABEL);
    labelled_free(data);

    const double s[4] = {2, .5, -1, 0}, t[4] = {3, 1, .5, -1};
    const uint8_t y[1] = {0};
    const double want[4] = {-.147799972330525, -.24550698895522, -2.0509886772602375,
                            2.444295638545976};
    double loss, grad[4];
    CHECK_STATUS(lgt_dkd_f64(s, 4, t, 4, y, LGT_U8, NULL, 1, 6, 4, &loss, grad, 4, NULL, 1, 4,
                             NULL), LGT_OK);
    CHECK(fabs(loss - 2.848791252395547) <= 1e-13);
    for (int i = 0; i < 4; i++) CHECK(fabs(grad[i] - want[i]) <= 1e-13);
    CHECK_STATUS(lgt_dkd_f64(s, 4, t, 4, y, LGT_U8, NULL, 1, 0, 1, &loss, NULL, 0, NULL, 1, 4,
                             NULL), LGT_OK);
    CHECK(fabs(loss - .025919447595978154) <= 1e-15);
    CHECK_STATUS(lgt_dkd_f64(s, 4, t, 4, y, LGT_U8, NULL, 0, 1, 1, &loss, NULL, 0, NULL, 1, 4,
                             NULL), LGT_OK);
    CHECK(fabs(loss - .2808377448556165) <= 1e-14);
    /* One class alone says nothing. */
    CHECK_STATUS(lgt_dkd_f64(s, 1, t, 1, y, LGT_U8, NULL, 1, 6, 4, &loss, grad, 1, NULL, 1, 1,
                             NULL), LGT_OK);
    CHECK(loss == 0 && grad[0] == 0);
}
