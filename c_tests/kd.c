/* Distillation against its definition, and worked figures. */
#include "teacher.h"

static double temperature = 4;

static lgt_status kd(const labelled *d, const void *x, size_t stride, const loss_outputs *to) {
    guarded teacher = teacher_new(d);
    lgt_status status;
#define KD(dtype, element, weight)                                                            \
    lgt_kd_##dtype((const element *)x, stride, (const element *)teacher.data, d->cols,        \
                   (const weight *)d->weights.data, temperature, to->loss, (element *)to->grad, \
                   to->grad_stride, to->total, d->rows, d->cols, to->opts)
    switch (d->type) {
    case F32: status = KD(f32, float, float); break;
    case F64: status = KD(f64, double, double); break;
    case F16: status = KD(f16, lgt_f16, float); break;
    default: status = KD(bf16, lgt_bf16, float);
    }
    guard_free(teacher);
    return status;
}

static long double truth(const labelled *d, size_t r, long double *grad) {
    shares p = shares_of(d, r, 0, temperature, 99), q = shares_of(d, r, 1, temperature, 99);
    for (size_t c = 0; c < d->cols; c++) grad[c] = temperature * (p.p[c] - q.p[c]);
    return temperature * temperature * divergence_of(&q, &p, d->cols);
}

static void check(const labelled *data) {
    temperature = data->cols % 2 ? 1 : 4;
    double square = temperature * temperature;
    loss_check(data, kd, truth, 24 * square, 8 * temperature);
}

void test(void) {
    labelled_each(0, check);
    labelled data = labelled_new(F32, LGT_I32, 2, 3, 3, 1);
    temperature = 1;
    loss_refused(&data, kd);
    labelled_free(data);
    const double s[4] = {2, .5, -1, 0}, t[4] = {3, 1, .5, -1};
    const double want[4] = {-.147799972330525, .027134502528679327, -.17005975956727992,
                            .29072522936912526};
    double loss, grad[4];
    CHECK_STATUS(lgt_kd_f64(s, 4, t, 4, NULL, 4, &loss, grad, 4, NULL, 1, 4, NULL), LGT_OK);
    CHECK(fabs(loss - .32761114017536996) <= 1e-13);
    for (int i = 0; i < 4; i++) CHECK(fabs(grad[i] - want[i]) <= 1e-14);
    CHECK_STATUS(lgt_kd_f64(s, 4, t, 4, NULL, 1, &loss, NULL, 0, NULL, 1, 4, NULL), LGT_OK);
    CHECK(fabs(loss - .07949363221993906) <= 1e-14);
}
