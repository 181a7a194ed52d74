/* Divergences from targets of either kind against their definition. */
#include "teacher.h"

static double temperature = 1;
static uint32_t type;

static double share_of(size_t r, size_t c, size_t cols) {
    return (double)((r + c * 3) % 4) / (double)(cols > 4 ? 16 : 4);
}

static lgt_status kl_div(const labelled *d, const void *x, size_t stride, const loss_outputs *to) {
    guarded targets = teacher_new(d);
    for (size_t i = 0; type == LGT_TARGETS_PROBABILITIES && i < d->rows * d->cols; i++)
        put(targets.data, d->type, i, share_of(i / d->cols, i % d->cols, d->cols));
    lgt_status status;
#define KL_DIV(dtype, element, weight)                                                          \
    lgt_kl_div_##dtype((const element *)x, stride, (const element *)targets.data, d->cols, type, \
                       (const weight *)d->weights.data, temperature, to->loss,                  \
                       (element *)to->grad, to->grad_stride, to->total, d->rows, d->cols, to->opts)
    switch (d->type) {
    case F32: status = KL_DIV(f32, float, float); break;
    case F64: status = KL_DIV(f64, double, double); break;
    case F16: status = KL_DIV(f16, lgt_f16, float); break;
    default: status = KL_DIV(bf16, lgt_bf16, float);
    }
    guard_free(targets);
    return status;
}

static long double truth(const labelled *d, size_t r, long double *grad) {
    shares p = shares_of(d, r, 0, temperature, 99), q = shares_of(d, r, 1, temperature, 99);
    long double mass = 1;
    if (type == LGT_TARGETS_PROBABILITIES) {
        mass = 0;
        for (size_t c = 0; c < d->cols; c++) {
            q.p[c] = share_of(r, c, d->cols);
            q.log[c] = logl(q.p[c]);
            mass += q.p[c];
        }
    }
    for (size_t c = 0; c < d->cols; c++) grad[c] = (mass * p.p[c] - q.p[c]) / temperature;
    return divergence_of(&q, &p, d->cols);
}

static void check(const labelled *data) {
    temperature = data->cols % 2 ? 1 : 2.5;
    type = data->cols % 3 ? LGT_TARGETS_LOGITS : LGT_TARGETS_PROBABILITIES;
    loss_check(data, kl_div, truth, 24, 8);
}

void test(void) {
    labelled_each(0, check);
    labelled data = labelled_new(F32, LGT_I32, 2, 3, 3, 1);
    temperature = 1, type = LGT_TARGETS_LOGITS;
    loss_refused(&data, kl_div);
    loss_outputs none = {NULL, NULL, 0, NULL, NULL};
    for (int i = 0; i < 3; i++) {
        temperature = i == 0 ? 0 : i == 1 ? HUGE_VAL : NAN;
        CHECK_STATUS(kl_div(&data, data.x.data, 3, &none), LGT_E_VALUE);
    }
    temperature = 1, type = 2;
    CHECK_STATUS(kl_div(&data, data.x.data, 3, &none), LGT_E_OPTION);
    labelled_free(data);

    const double inf = HUGE_VAL;
    const double x[3] = {0, -inf, 1}, with[3] = {0.5, 0.5, 0}, without[3] = {0.5, 0, 0.5};
    double loss, grad[3];
    CHECK_STATUS(lgt_kl_div_f64(x, 3, with, 3, LGT_TARGETS_PROBABILITIES, NULL, 1, &loss, grad, 3,
                                NULL, 1, 3, NULL), LGT_OK);
    CHECK(loss == inf && grad[1] == -0.5);
    CHECK_STATUS(lgt_kl_div_f64(x, 3, without, 3, LGT_TARGETS_PROBABILITIES, NULL, 1, &loss, grad,
                                3, NULL, 1, 3, NULL), LGT_OK);
    CHECK(isfinite(loss) && grad[1] == 0);
    const double none_at_all[3] = {-inf, -inf, -inf}, above[3] = {inf, 0, inf};
    CHECK_STATUS(lgt_kl_div_f64(none_at_all, 3, with, 3, LGT_TARGETS_PROBABILITIES, NULL, 1, &loss,
                                grad, 3, NULL, 1, 3, NULL), LGT_EMPTY_ROW);
    CHECK(isnan(loss) && isnan(grad[0]));
    CHECK_STATUS(lgt_kl_div_f64(above, 3, without, 3, LGT_TARGETS_PROBABILITIES, NULL, 1, &loss,
                                grad, 3, NULL, 1, 3, NULL), LGT_OK);
    CHECK(fabs(loss) <= 1e-15 && grad[0] == 0 && grad[1] == 0);
    const double bad[3] = {0.5, NAN, 0};
    double kept[3] = {7, 7, 7};
    watch(0, kept, sizeof kept);
    REFUSED(lgt_kl_div_f64(x, 3, bad, 3, LGT_TARGETS_PROBABILITIES, NULL, 1, NULL, kept, 3, NULL, 1,
                           3, NULL), LGT_E_VALUE);
    REFUSED(lgt_kl_div_f64(x, 3, kept, 3, LGT_TARGETS_LOGITS, NULL, 1, NULL, kept, 3, NULL, 1, 3,
                           NULL), LGT_E_ALIAS);
    watch_nothing();
}
