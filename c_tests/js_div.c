/* Jensen-Shannon divergences against their definition, with gradients in both rows. */
#include "teacher.h"

static double temperature = 1;

static lgt_status with_grad(const labelled *d, const void *x, size_t stride, const void *y,
                            void *y_grad, const loss_outputs *to) {
#define JS_DIV(dtype, element, weight)                                                           \
    lgt_js_div_##dtype((const element *)x, stride, (const element *)y, d->cols,                  \
                       (const weight *)d->weights.data, temperature, to->loss,                   \
                       (element *)to->grad, to->grad_stride, (element *)y_grad, d->cols,         \
                       to->total, d->rows, d->cols, to->opts)
    LOSS_BY_TYPE(d->type, JS_DIV)
}

static lgt_status js_div(const labelled *d, const void *x, size_t stride, const loss_outputs *to) {
    guarded y = teacher_new(d);
    lgt_status status = with_grad(d, x, stride, y.data, NULL, to);
    guard_free(y);
    return status;
}

/* The gradient in the row's scores, or in the teacher's. */
static long double of(const labelled *d, size_t r, int teacher, long double *grad) {
    shares p = shares_of(d, r, teacher, temperature, 99);
    shares q = shares_of(d, r, !teacher, temperature, 99);
    long double g[80], mean = 0, sum = 0;
    for (size_t c = 0; c < d->cols; c++) {
        long double middle = logl((p.p[c] + q.p[c]) / 2);
        g[c] = (p.log[c] - middle) / 2;
        mean += p.p[c] * g[c];
        sum += p.p[c] * g[c] + q.p[c] * (q.log[c] - middle) / 2;
    }
    for (size_t c = 0; c < d->cols; c++) grad[c] = p.p[c] * (g[c] - mean) / temperature;
    return sum;
}

static long double truth(const labelled *d, size_t r, long double *grad) {
    return of(d, r, 0, grad);
}

static long double truth_in_other(const labelled *d, size_t r, long double *grad) {
    return of(d, r, 1, grad);
}

static void check(const labelled *data) {
    temperature = data->cols % 2 ? 1 : 2.5;
    loss_check(data, js_div, truth, 24, 16);
    /* Both gradients, the second in place. */
    size_t bytes = data->rows * data->cols * dtype_size(data->type);
    guarded y = teacher_new(data), grad = guard_end(bytes), loss = guard_end(data->rows * 8);
    double total;
    loss_outputs to = {(double *)loss.data, grad.data, data->cols, &total, NULL};
    CHECK_STATUS(with_grad(data, data->x.data, data->stride, y.data, y.data, &to), LGT_OK);
    double unit = loss_bound(data->type);
    loss_agrees(data, truth, 24 * unit, 16 * unit, &to, 1);
    to.grad = y.data;
    loss_agrees(data, truth_in_other, 24 * unit, 16 * unit, &to, 1);
    guard_free(y);
    guard_free(grad);
    guard_free(loss);
}

void test(void) {
    labelled_each(0, check);
    labelled data = labelled_new(F32, LGT_I32, 2, 3, 3, 1);
    temperature = 1;
    loss_refused(&data, js_div);
    labelled_free(data);
    const double inf = HUGE_VAL, x[2] = {0, -inf}, y[2] = {-inf, 0};
    double loss, both[2], grad[2];
    CHECK_STATUS(lgt_js_div_f64(x, 2, y, 2, NULL, 1, &loss, grad, 2, both, 2, NULL, 1, 2, NULL),
                 LGT_OK);
    CHECK(fabs(loss - 0.69314718055994531) <= 1e-15);
    for (int i = 0; i < 2; i++) CHECK(grad[i] == 0 && both[i] == 0);
    CHECK_STATUS(lgt_js_div_f64(x, 2, x, 2, NULL, 1, &loss, NULL, 0, NULL, 0, NULL, 1, 2, NULL),
                 LGT_OK);
    CHECK(loss == 0);
    double kept[2] = {7, 8};
    watch(0, kept, sizeof kept);
    REFUSED(lgt_js_div_f64(x, 2, y, 2, NULL, 1, NULL, kept, 2, kept, 2, NULL, 1, 2, NULL),
            LGT_E_ALIAS);
    REFUSED(lgt_js_div_f64(kept, 2, y, 2, NULL, 1, NULL, NULL, 0, kept, 2, NULL, 1, 2, NULL),
            LGT_E_ALIAS);
    REFUSED(lgt_js_div_f64(x, 2, y, 2, NULL, 1, kept, NULL, 0, kept, 2, NULL, 1, 2, NULL),
            LGT_E_ALIAS);
    watch_nothing();
}
