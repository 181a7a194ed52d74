/* The correctness-aware loss and its gradients against their definition. */
#include "ca_loss.h"
#include "refused.h"

#define WITH_TEMPERATURE(dtype, element, weight)                                               \
    static lgt_status update_##dtype(void *state, const void *x, size_t stride,                \
                                     const void *labels, uint32_t label_type,                  \
                                     const void *weights, size_t rows, size_t cols) {          \
        return lgt_ca_loss_update_##dtype(state, (const element *)x, stride, labels,           \
                                          label_type, (const weight *)weights, &temperature, 1, \
                                          rows, cols);                                         \
    }

WITH_TEMPERATURE(f32, float, float)
WITH_TEMPERATURE(f64, double, double)
WITH_TEMPERATURE(f16, lgt_f16, float)
WITH_TEMPERATURE(bf16, lgt_bf16, float)
static const update_function updates[DTYPES] = {update_f32, update_f64, update_f16, update_bf16};

typedef struct {
    double *loss, *dt;
    void *du;
    size_t du_stride;
} results;

static lgt_status grad(int type, const void *x, size_t xs, const void *labels, uint32_t label_type,
                       const void *w, const double *t, size_t count, results to, size_t rows,
                       size_t cols, uint32_t flags) {
    switch (type) {
    case F32:
        return lgt_ca_loss_grad_f32((const float *)x, xs, labels, label_type, (const float *)w, t,
                                    count, to.loss, to.dt, (float *)to.du, to.du_stride, rows,
                                    cols, flags);
    case F64:
        return lgt_ca_loss_grad_f64((const double *)x, xs, labels, label_type, (const double *)w,
                                    t, count, to.loss, to.dt, (double *)to.du, to.du_stride, rows,
                                    cols, flags);
    case F16:
        return lgt_ca_loss_grad_f16((const lgt_f16 *)x, xs, labels, label_type, (const float *)w,
                                    t, count, to.loss, to.dt, (lgt_f16 *)to.du, to.du_stride,
                                    rows, cols, flags);
    default:
        return lgt_ca_loss_grad_bf16((const lgt_bf16 *)x, xs, labels, label_type,
                                     (const float *)w, t, count, to.loss, to.dt,
                                     (lgt_bf16 *)to.du, to.du_stride, rows, cols, flags);
    }
}

static void as_defined(const labelled *data) {
    const double tried[] = {0.25, 1, 7};
    for (size_t i = 0; i < 3; i++) {
        temperature = tried[i];
        size_t bytes;
        CHECK_STATUS(lgt_ca_loss_size(&bytes), LGT_OK);
        guarded state = guard_end(bytes);
        CHECK_STATUS(lgt_ca_loss_init(state.data, bytes), LGT_OK);
        labelled_laws(updates[data->type], data, state.data, bytes);
        long double w[2], s[2], bound = data->type == F64 ? 8e-15L : 2e-6L;
        sides(data, w, s);
        lgt_ca_loss_report report;
        CHECK_STATUS(lgt_ca_loss_finish(state.data, &report),
                     w[0] + w[1] > 0 ? LGT_OK : LGT_UNDEFINED);
        CHECK(report.weight == (double)(w[0] + w[1]));
        if (w[0] + w[1] > 0) {
            long double all = (s[0] + s[1]) / (w[0] + w[1]);
            long double even = w[0] > 0 && w[1] > 0 ? (s[0] / w[0] + s[1] / w[1]) / 2 : all;
            CHECK(fabsl(report.uniform - all) <= bound && fabsl(report.balanced - even) <= bound);
        }
        guard_free(state);
    }
    temperature = 1;
}

/* Gradients as written out, apart and in the place of the logits. */
static void gradients(const labelled *data) {
    size_t size = dtype_size(data->type), cols = data->cols, rows = data->rows;
    guarded du = guard_end(rows * cols * size), dt = guard_end(rows * sizeof(double));
    long double w[2], s[2], bound = data->type == F64 ? 1e-14L : 2e-6L;
    long double rounding = dtype_epsilon(data->type);
    double loss;
    results to = {&loss, (double *)dt.data, du.data, cols};
    temperature = 1.5;
    sides(data, w, s);
    lgt_status status =
        grad(data->type, data->x.data, data->stride, data->labels.data, data->label_type,
             data->weights.data, &temperature, 1, to, rows, cols, LGT_CA_LOSS_UNIFORM);
    CHECK_STATUS(status, w[0] + w[1] > 0 ? LGT_OK : LGT_UNDEFINED);
    for (size_t r = 0; r < rows && status == LGT_OK; r++) {
        size_t best = largest(data, r);
        long double c = share(data, r, best), mean = 0, weight = labelled_weight(data, r);
        long double g = 2 * weight * (c - (best == labelled_label(data, r))) / (w[0] + w[1]);
        for (size_t i = 0; i < cols; i++) {
            long double p = share(data, r, i), exact = g * c * ((i == best) - p);
            mean += p * (labelled_x(data, r, best) - labelled_x(data, r, i));
            double got = get(du.data, data->type, r * cols + i);
            CHECK(fabsl(got - exact) <=
                  2 * bound + 2 * rounding * fabsl(exact) + dtype_tiny(data->type));
        }
        long double exact = -g * c * mean / temperature / temperature;
        CHECK(fabsl(to.dt[r] - exact) <= 2 * bound * (1 + logl((long double)cols)));
    }
    if (status == LGT_OK) {
        to.du = data->x.data;
        to.du_stride = data->stride;
        CHECK_STATUS(grad(data->type, data->x.data, data->stride, data->labels.data,
                          data->label_type, data->weights.data, &temperature, 1, to, rows, cols,
                          LGT_CA_LOSS_UNIFORM),
                     LGT_OK);
        for (size_t r = 0; r < rows; r++)
            CHECK(memcmp((char *)data->x.data + r * data->stride * size,
                         (char *)du.data + r * cols * size, cols * size) == 0);
    }
    temperature = 1;
    guard_free(du);
    guard_free(dt);
}

static void refused(int type) {
    static uint64_t x[6], du[6];
    const int32_t good[2] = {0, 2}, bad[2] = {0, 3};
    double loss = 3, dt[2] = {4, 5}, t[3] = {1, 2, NAN};
    uint64_t state[20];
    uint64_t none[20];
    for (size_t i = 0; i < 6; i++) put(x, type, i, (double)(i * 7 % 5));
    CHECK_STATUS(lgt_ca_loss_init(state, sizeof state), LGT_OK);
    memset(none, 0xa5, sizeof none);
    memset(du, 0xa5, sizeof du);
    results to = {&loss, dt, du, 3};
    watch_nothing();
    watch(0, state, sizeof state);
    watch(1, du, sizeof du);
    watch(2, dt, sizeof dt);
    watch(3, none, sizeof none);
#define GRAD(x, xs, labels, t, count, flags)                                                   \
    REFUSED(grad(type, x, xs, labels, LGT_I32, NULL, t, count, to, 2, 3, flags), expected)
    lgt_status expected = LGT_E_NULL;
    GRAD(NULL, 3, good, NULL, 0, 0);
    GRAD(x, 3, NULL, NULL, 0, 0);
    REFUSED(updates[type](NULL, x, 3, good, LGT_I32, NULL, 2, 3), LGT_E_NULL);
    expected = LGT_E_STRIDE;
    GRAD(x, 2, good, NULL, 0, 0);
    expected = LGT_E_LABEL;
    GRAD(x, 3, bad, NULL, 0, 0);
    REFUSED(updates[type](state, x, 3, bad, LGT_I32, NULL, 2, 3), LGT_E_LABEL);
    expected = LGT_E_SHAPE;
    GRAD(x, 3, good, t, 3, 0);
    expected = LGT_E_VALUE;
    GRAD(x, 3, good, t + 1, 2, 0);
    expected = LGT_E_OPTION;
    GRAD(x, 3, good, NULL, 0, 2);
    temperature = 0;
    REFUSED(updates[type](state, x, 3, good, LGT_I32, NULL, 2, 3), LGT_E_VALUE);
    temperature = 1;
    REFUSED(updates[type](none, x, 3, good, LGT_I32, NULL, 2, 3), LGT_E_STATE);
    expected = LGT_E_ALIAS;
    to.du = (char *)(void *)x + dtype_size(type);
    GRAD(x, 3, good, NULL, 0, 0);
    to.du = NULL;
    to.dt = (double *)(void *)x;
    GRAD(x, 3, good, NULL, 0, 0);
    to.dt = (double *)(uintptr_t)good;
    GRAD(x, 3, good, NULL, 0, 0);
    to.dt = NULL, to.du = (void *)(uintptr_t)good;
    GRAD(x, 3, good, NULL, 0, 0);
}

void test(void) {
    labelled_each(0, as_defined);
    labelled_each(0, gradients);
    for (int type = 0; type < DTYPES; type++) refused(type);
}
