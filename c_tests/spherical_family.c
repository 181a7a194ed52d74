/* Losses of the spherical family against their definitions: of whole rows, and from the
 * three numbers that they depend on. */
#include "loss.h"

enum kind { Z, TAYLOR, SPHERICAL, SQUARED, KINDS };
static enum kind kind_of;
static double a_of = 1, b_of, eps_of = 0.125;

#define CALL(family, dtype, element, weight, parameters)                                          \
    lgt_##family##_##dtype((const element *)x, stride, d->labels.data, d->label_type,             \
                           (const weight *)d->weights.data, parameters to->loss,                  \
                           (element *)to->grad, to->grad_stride, to->total, d->rows, d->cols,     \
                           to->opts)
#define AB a_of, b_of,
#define EPS eps_of,
#define NOTHING

static lgt_status z(const labelled *d, const void *x, size_t stride, const loss_outputs *to) {
#define Z_LOSS(dtype, element, weight) CALL(z_loss, dtype, element, weight, AB)
    LOSS_BY_TYPE(d->type, Z_LOSS)
}

static lgt_status taylor(const labelled *d, const void *x, size_t stride, const loss_outputs *to) {
#define TAYLOR_LOSS(dtype, element, weight) CALL(taylor_loss, dtype, element, weight, NOTHING)
    LOSS_BY_TYPE(d->type, TAYLOR_LOSS)
}

static lgt_status spherical(const labelled *d, const void *x, size_t stride,
                            const loss_outputs *to) {
#define SPHERICAL_LOSS(dtype, element, weight) CALL(spherical_loss, dtype, element, weight, EPS)
    LOSS_BY_TYPE(d->type, SPHERICAL_LOSS)
}

static lgt_status squared(const labelled *d, const void *x, size_t stride,
                          const loss_outputs *to) {
#define SQUARED_ERROR(dtype, element, weight) CALL(squared_error, dtype, element, weight, NOTHING)
    LOSS_BY_TYPE(d->type, SQUARED_ERROR)
}

static const loss_function functions[KINDS] = {z, taylor, spherical, squared};

static long double truth(const labelled *d, size_t r, long double *grad) {
    size_t n = d->cols, label = labelled_label(d, r);
    long double s = 0, q = 0, own = labelled_x(d, r, label), all = 0;
    for (size_t c = 0; c < n; c++) s += labelled_x(d, r, c);
    long double centre = kind_of == Z ? s / n : 0;
    for (size_t c = 0; c < n; c++) {
        long double x = labelled_x(d, r, c) - centre;
        q += x * x, all += 1 + x + x * x / 2;
    }
    if (kind_of == Z) {
        long double deviation = sqrtl(q / n), z = (own - centre) / deviation;
        if (deviation <= 1e-12L) {
            for (size_t c = 0; c < n; c++) grad[c] = 0;
            return log1pl(expl(a_of * b_of)) / a_of;
        }
        long double e = expl(a_of * (b_of - z)), slope = -e / (1 + e) / deviation;
        for (size_t c = 0; c < n; c++)
            grad[c] = slope * ((c == label) - 1.0L / n
                               - z * (labelled_x(d, r, c) - centre) / deviation / n);
        return log1pl(e) / a_of;
    }
    for (size_t c = 0; c < n; c++) {
        long double x = labelled_x(d, r, c), here = c == label;
        grad[c] = kind_of == TAYLOR
                      ? (1 + x) / all - here * (1 + x) / (1 + x + x * x / 2)
                  : kind_of == SPHERICAL
                      ? 2 * x / (q + (long double)n * eps_of) - here * 2 * x / (x * x + eps_of)
                      : 2 * (x - here);
    }
    return kind_of == TAYLOR      ? logl(all / (1 + own + own * own / 2))
           : kind_of == SPHERICAL ? logl((q + (long double)n * eps_of) / (own * own + eps_of))
                                  : q - 2 * own + 1;
}

static void check(const labelled *data) {
    a_of = data->cols % 2 ? 1 : 1.75, b_of = data->cols % 3 ? 0 : 0.5;
    for (kind_of = Z; kind_of < KINDS; kind_of = (enum kind)(kind_of + 1))
        loss_check(data, functions[kind_of], truth, 1, kind_of == SQUARED ? 4 : 1);
}

/* Worked figures. */
static void worked(void) {
    static const double a[5] = {1, 2, 0, 1e-4, 0}, b[5] = {0, 0.5, 0, 0, 0};
    static const uint32_t kinds[5] = {LGT_SPHERICAL_Z, LGT_SPHERICAL_Z, LGT_SPHERICAL_TAYLOR,
                                      LGT_SPHERICAL_SOFTMAX, LGT_SPHERICAL_SQUARED_ERROR};
    static const double losses[5] = {0.2322352070906026, 0.08519338428108324, 0.587786664902119,
                                     0.4055067728652025, 3};
    static const double partials[5][3] = {
        {-0.18536141422998523, 0.01853614142299852, 0.027804212134497786},
        {-0.14012223681420208, 0.014012223681420207, 0.021018335522130314},
        {-0.6, 0.1111111111111111, 0.05555555555555555},
        {-0.9999750006249845, 0, 0.16665555629624693},
        {-2, 0, 1}};
    static const double grads[5][4] = {
        {-0.055608424268995565, 0.01853614142299852, -0.03707228284599705, 0.0741445656919941},
        {-0.04203667104426062, 0.014012223681420207, -0.02802444736284042, 0.05604889472568084},
        {-0.26666666666666666, 0.1111111111111111, 0, 0.2222222222222222},
        {-0.33335277543999675, 0, -0.33331111259249385, 0.33331111259249385},
        {2, 0, -2, 2}};
    static const double o[4] = {2, 0, -1, 1};
    static const enum kind order[5] = {Z, Z, TAYLOR, SPHERICAL, SQUARED};
    labelled data = labelled_new(F64, LGT_U8, 1, 4, 4, 1);
    for (size_t c = 0; c < 4; c++) labelled_put_x(&data, 0, c, o[c]);
    for (size_t i = 0; i < 5; i++) {
        double loss, grad[4], d[3], own = 2, sum = 2, squares = 6;
        loss_outputs to = {&loss, grad, 4, NULL, NULL};
        a_of = a[i], b_of = b[i], eps_of = a[i];
        CHECK_STATUS(functions[order[i]](&data, data.x.data, 4, &to), LGT_OK);
        CHECK(fabs(loss - losses[i]) <= 1e-15);
        for (size_t c = 0; c < 4; c++) CHECK(fabs(grad[c] - grads[i][c]) <= 1e-15);
        CHECK_STATUS(lgt_spherical_family(kinds[i], a[i], b[i], &own, &sum, &squares, 4, &loss,
                                          d, d + 1, d + 2, 1),
                     LGT_OK);
        CHECK(fabs(loss - losses[i]) <= 1e-15);
        for (size_t c = 0; c < 3; c++) CHECK(fabs(d[c] - partials[i][c]) <= 1e-15);
    }
    labelled_free(data);
    eps_of = 0.125;
}

/* What the three numbers say is what the row says. */
static void from_sums(const labelled *data) {
    if (data->type != F64 || data->rows == 0 || data->cols < 2) return;
    for (kind_of = Z; kind_of < KINDS; kind_of = (enum kind)(kind_of + 1)) {
        long double grad[70];
        double own = labelled_x(data, 0, labelled_label(data, 0)), s = 0, q = 0, loss, d[3];
        for (size_t c = 0; c < data->cols; c++) {
            double x = labelled_x(data, 0, c);
            s += x, q += x * x;
        }
        double a = kind_of == SPHERICAL ? eps_of : a_of;
        CHECK_STATUS(lgt_spherical_family((uint32_t)kind_of, a, b_of, &own, &s, &q, data->cols,
                                          &loss, d, d + 1, d + 2, 1),
                     LGT_OK);
        CHECK(fabsl(loss - truth(data, 0, grad)) <= 1e-11L * (1 + fabsl(loss)));
        for (size_t c = 0; c < data->cols; c++) {
            double x = d[1] + 2 * d[2] * labelled_x(data, 0, c);
            if (c == labelled_label(data, 0)) x += d[0];
            CHECK(fabsl(x - grad[c]) <= 1e-10L * (1 + fabs(d[0])));
        }
    }
}

static void refused(void) {
    labelled data = labelled_new(F32, LGT_I32, 2, 3, 3, 1);
    a_of = 1, b_of = 0;
    for (size_t i = 0; i < KINDS; i++) loss_refused(&data, functions[i]);
    loss_outputs none = {NULL, NULL, 0, NULL, NULL};
    static const double bad[4] = {0, -1, NAN, HUGE_VAL};
    for (size_t i = 0; i < 4; i++) {
        a_of = eps_of = bad[i];
        CHECK_STATUS(z(&data, data.x.data, 3, &none), LGT_E_VALUE);
        CHECK_STATUS(spherical(&data, data.x.data, 3, &none), LGT_E_VALUE);
    }
    a_of = 1, eps_of = 0.125, b_of = NAN;
    CHECK_STATUS(z(&data, data.x.data, 3, &none), LGT_E_VALUE);
    b_of = 0;
    labelled_put_label(&data, 1, 3);
    for (size_t i = 0; i < KINDS; i++)
        CHECK_STATUS(functions[i](&data, data.x.data, 3, &none), LGT_E_LABEL);
    labelled_free(data);
    double in[6] = {1, 2, 1, 2, 3, 6}, out[8] = {0};
    watch(0, in, sizeof in);
    watch(1, out, sizeof out);
#define FAMILY(kind, a, own, classes, loss, d_own)                                               \
    lgt_spherical_family(kind, a, 0, own, in + 2, in + 4, classes, loss, d_own, out + 4, out + 6, 2)
    REFUSED(FAMILY(4, 1, in, 3, out, out + 2), LGT_E_OPTION);
    REFUSED(FAMILY(LGT_SPHERICAL_Z, 0, in, 3, out, out + 2), LGT_E_VALUE);
    REFUSED(FAMILY(LGT_SPHERICAL_SOFTMAX, NAN, in, 3, out, out + 2), LGT_E_VALUE);
    REFUSED(FAMILY(LGT_SPHERICAL_Z, 1, in, 0, out, out + 2), LGT_E_VALUE);
    REFUSED(FAMILY(LGT_SPHERICAL_Z, 1, NULL, 3, out, out + 2), LGT_E_NULL);
    REFUSED(FAMILY(LGT_SPHERICAL_Z, 1, in, 3, out, out + 1), LGT_E_ALIAS);
    REFUSED(FAMILY(LGT_SPHERICAL_Z, 1, in, 3, in + 1, out + 2), LGT_E_ALIAS);
    watch_nothing();
    /* In place. */
    CHECK_STATUS(lgt_spherical_family(LGT_SPHERICAL_TAYLOR, 0, 0, in, in + 2, in + 4, 3, NULL, in,
                                      in + 2, in + 4, 2),
                 LGT_OK);
    CHECK(in[0] == -2 / 2.5 && in[2] == 1 / (3 + 1 + 1.5) && in[5] == 0.5 / (3 + 2 + 3));
}

void test(void) {
    worked();
    labelled_each(0, check);
    labelled_each(0, from_sums);
    refused();
}
