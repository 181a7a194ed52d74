/* Decoupled softmax against its definition. */
#include "loss.h"

static double temperature_of = 1;

/* Roles and gains, the same for every call; rows without positives or negatives are among
 * them. */
static int role_of(size_t row, size_t col) {
    static const int roles[7] = {0, 1, 0, -1, 0, 1, 2};
    return row % 5 == 4 ? (int)(row % 2) : roles[(row * 5 + col * 3) % 7];
}

static double gain_of(size_t row, size_t col) {
    return (double)((row + col) % 3);
}

static lgt_status decoupled(const labelled *d, const void *x, size_t stride,
                            const loss_outputs *to) {
    guarded roles = guard_end(d->rows * d->cols), pull = guard_end(d->rows * 8);
    guarded gains = guard_end(d->rows * d->cols * dtype_size(d->type));
    for (size_t r = 0; r < d->rows; r++)
        for (size_t c = 0; c < d->cols; c++) {
            ((int8_t *)roles.data)[r * d->cols + c] = (int8_t)role_of(r, c);
            put(gains.data, d->type, r * d->cols + c, gain_of(r, c));
        }
    lgt_status status;
#define DECOUPLED(dtype, element, weight)                                                        \
    lgt_decoupled_softmax_##dtype((const element *)x, stride, roles.data, d->cols, LGT_I8,       \
                                  (const element *)gains.data, d->cols,                          \
                                  (const weight *)d->weights.data, NULL, temperature_of,         \
                                  to->loss, (double *)pull.data, (element *)to->grad,            \
                                  to->grad_stride, to->total, d->rows, d->cols, to->opts)
    switch (d->type) {
    case F32: status = DECOUPLED(f32, float, float); break;
    case F64: status = DECOUPLED(f64, double, double); break;
    case F16: status = DECOUPLED(f16, lgt_f16, float); break;
    default: status = DECOUPLED(bf16, lgt_bf16, float);
    }
    guard_free(roles);
    guard_free(gains);
    guard_free(pull);
    return status;
}

static long double truth(const labelled *d, size_t r, long double *grad) {
    long double sum = 0, loss = 0, pull = 0, count = 0;
    for (size_t c = 0; c < d->cols; c++) {
        if (role_of(r, c) == 0) sum += expl(labelled_x(d, r, c) / (long double)temperature_of);
        count += role_of(r, c) == 1;
    }
    for (size_t c = 0; c < d->cols; c++) {
        long double odds = sum / expl(labelled_x(d, r, c) / (long double)temperature_of);
        grad[c] = 0;
        if (role_of(r, c) != 1) continue;
        loss += gain_of(r, c) * log1pl(odds) / count;
        long double own = gain_of(r, c) * odds / (1 + odds) / count;
        grad[c] = -own / temperature_of;
        pull += own;
    }
    for (size_t c = 0; c < d->cols; c++)
        if (role_of(r, c) == 0)
            grad[c] = pull / sum * expl(labelled_x(d, r, c) / (long double)temperature_of) /
                      temperature_of;
    return loss;
}

static void check(const labelled *data) {
    loss_check(data, decoupled, truth, 30, 60);
}

void test(void) {
    labelled_each(0, check);
    temperature_of = 0.75;
    labelled_each(0, check);
    temperature_of = 1;

    const double x[4] = {2, 1, 0, -1};
    const double want[4] = {-0.14730774365087942, 0.4623687080586204, -0.37763576447260117,
                            0.06257480006486008};
    const uint8_t role[4] = {1, 0, 1, 0}, bad[4] = {1, 0, 3, 0};
    double loss, grad[4];
    CHECK_STATUS(lgt_decoupled_softmax_f64(x, 4, role, 4, LGT_U8, NULL, 0, NULL, NULL, 1, &loss,
                                           NULL, grad, 4, NULL, 1, 4, NULL), LGT_OK);
    CHECK(fabs(loss - 0.8783090906062834) < 1e-15);
    for (int i = 0; i < 4; i++) CHECK(fabs(grad[i] - want[i]) < 1e-15);

    labelled data = labelled_new(F32, LGT_I32, 2, 3, 3, 1);
    loss_refused(&data, decoupled);
    loss_outputs none = {NULL, NULL, 0, NULL, NULL};
    const double temperatures[4] = {0, -1, NAN, HUGE_VAL};
    for (int i = 0; i < 4; i++) {
        temperature_of = temperatures[i];
        CHECK_STATUS(decoupled(&data, data.x.data, 3, &none), LGT_E_VALUE);
    }
    labelled_free(data);
    const double below[4] = {1, 0, -1, 0};
    watch(0, grad, sizeof grad);
    watch(1, &loss, sizeof loss);
    REFUSED(lgt_decoupled_softmax_f64(x, 4, bad, 4, LGT_U8, NULL, 0, NULL, NULL, 1, &loss, NULL,
                                      grad, 4, NULL, 1, 4, NULL), LGT_E_LABEL);
    REFUSED(lgt_decoupled_softmax_f64(x, 4, role, 3, LGT_U8, NULL, 0, NULL, NULL, 1, &loss, NULL,
                                      grad, 4, NULL, 1, 4, NULL), LGT_E_STRIDE);
    REFUSED(lgt_decoupled_softmax_f64(x, 4, NULL, 4, LGT_U8, NULL, 0, NULL, NULL, 1, &loss, NULL,
                                      grad, 4, NULL, 1, 4, NULL), LGT_E_NULL);
    REFUSED(lgt_decoupled_softmax_f64(x, 4, role, 4, LGT_U8, below, 4, NULL, NULL, 1, &loss, NULL,
                                      grad, 4, NULL, 1, 4, NULL), LGT_E_VALUE);
    REFUSED(lgt_decoupled_softmax_f64(x, 4, role, 4, LGT_U8, NULL, 0, NULL, NULL, 1, &loss, grad,
                                      grad, 4, NULL, 1, 4, NULL), LGT_E_ALIAS);
    watch_nothing();
}
