/* Normalised distillation against its definition, and worked figures. */
#include "teacher.h"

static double temperature = 1, gamma_of = 1.5;

static lgt_status nkd(const labelled *d, const void *x, size_t stride, const loss_outputs *to) {
    guarded teacher = teacher_new(d);
    lgt_status status;
#define NKD(dtype, element, weight)                                                              \
    lgt_nkd_##dtype((const element *)x, stride, (const element *)teacher.data, d->cols,          \
                    d->labels.data, d->label_type, (const weight *)d->weights.data, gamma_of,    \
                    temperature, to->loss, (element *)to->grad, to->grad_stride, to->total,      \
                    d->rows, d->cols, to->opts)
    switch (d->type) {
    case F32: status = NKD(f32, float, float); break;
    case F64: status = NKD(f64, double, double); break;
    case F16: status = NKD(f16, lgt_f16, float); break;
    default: status = NKD(bf16, lgt_bf16, float);
    }
    guard_free(teacher);
    return status;
}

static long double truth(const labelled *d, size_t r, long double *grad) {
    size_t y = labelled_label(d, r);
    shares p = shares_of(d, r, 0, 1, 99), q = shares_of(d, r, 1, 1, 99);
    shares own = shares_of(d, r, 0, temperature, y), other = shares_of(d, r, 1, temperature, y);
    long double entropy = 0;
    for (size_t c = 0; c < d->cols; c++) {
        grad[c] = q.p[y] * (p.p[c] - (c == y));
        if (c == y) continue;
        grad[c] += gamma_of * temperature * (own.p[c] - other.p[c]);
        entropy -= other.p[c] * own.log[c];
    }
    return -q.p[y] * p.log[y] + gamma_of * temperature * temperature * entropy;
}

static void check(const labelled *data) {
    temperature = data->cols % 2 ? 1 : 2;
    gamma_of = data->cols % 3 ? 1.5 : 0;
    loss_check(data, nkd, truth, 24 * (1 + 1.5 * temperature * temperature),
               8 * (1 + 1.5 * temperature));
}

static void figures(double lambda, double loss, const double *grad) {
    const double s[4] = {2, .5, -1, 0}, t[4] = {3, 1, .5, -1};
    const int64_t y[1] = {0};
    double got, slope[4];
    CHECK_STATUS(lgt_nkd_f64(s, 4, t, 4, y, LGT_I64, NULL, 1.5, lambda, &got, slope, 4, NULL, 1, 4,
                             NULL), LGT_OK);
    CHECK(fabs(got - loss) <= 1e-13);
    for (int i = 0; i < 4; i++) CHECK(fabs(slope[i] - grad[i]) <= 1e-13);
}

void test(void) {
    labelled_each(0, check);
    labelled data = labelled_new(F32, LGT_I32, 2, 3, 3, 1);
    gamma_of = 1.5, temperature = 1;
    loss_refused(&data, nkd);
    loss_outputs none = {NULL, NULL, 0, NULL, NULL};
    gamma_of = -1;
    CHECK_STATUS(nkd(&data, data.x.data, 3, &none), LGT_E_VALUE);
    labelled_free(data);
    const double one[4] = {-.23459711111906079, .08689749878426617, -.3107741580329505,
                           .45847377036774506};
    const double two[4] = {-.23459711111906079, .06335414302195697, -.4302743303330946,
                           .6015172984301989};
    figures(1, 2.024975359460818, one);
    figures(2, 7.035360402732235, two);
    /* Where both agree, the label's part is still to be learnt. */
    const double t[4] = {3, 1, .5, -1}, sure[4] = {8, 1, .5, -1};
    const double same[4] = {-.15437409405758873, .0886257031905737, .0537542062236747,
                            .011994184643340218};
    const double surer[4] = {-.0012833301803565345, .0007367559975273782, .00044686510122752003,
                             9.970908160159922e-05};
    const uint8_t y[1] = {0};
    double loss, grad[4];
    CHECK_STATUS(lgt_nkd_f64(t, 4, t, 4, y, LGT_U8, NULL, 1.5, 1, &loss, grad, 4, NULL, 1, 4,
                             NULL), LGT_OK);
    CHECK(fabs(loss - 1.4979656436880318) <= 1e-13);
    for (int i = 0; i < 4; i++) CHECK(fabs(grad[i] - same[i]) <= 1e-14);
    CHECK_STATUS(lgt_nkd_f64(sure, 4, t, 4, y, LGT_U8, NULL, 1.5, 1, &loss, grad, 4, NULL, 1, 4,
                             NULL), LGT_OK);
    CHECK(fabs(loss - 1.3279620366681752) <= 1e-13);
    for (int i = 0; i < 4; i++) CHECK(fabs(grad[i] - surer[i]) <= 1e-14);
}
