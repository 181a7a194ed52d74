/* Weights of an ensemble against the conditions of a minimum, its probabilities against
 * the mixture, and what is refused. */
#include "labelled.h"
#include "refused.h"

typedef lgt_ensemble_temperature_model ensemble;

static lgt_status fit(int type, ensemble *model, const void *x, size_t stride, const void *labels,
                      uint32_t label_type, const void *weights, size_t rows, size_t cols,
                      const lgt_temperature_opts *opts, void *scratch, size_t size) {
    switch (type) {
    case F32:
        return lgt_ensemble_temperature_fit_f32(model, (const float *)x, stride, labels, label_type,
                                                (const float *)weights, rows, cols, opts, scratch,
                                                size);
    case F64:
        return lgt_ensemble_temperature_fit_f64(model, (const double *)x, stride, labels,
                                                label_type, (const double *)weights, rows, cols,
                                                opts, scratch, size);
    case F16:
        return lgt_ensemble_temperature_fit_f16(model, (const lgt_f16 *)x, stride, labels,
                                                label_type, (const float *)weights, rows, cols,
                                                opts, scratch, size);
    default:
        return lgt_ensemble_temperature_fit_bf16(model, (const lgt_bf16 *)x, stride, labels,
                                                 label_type, (const float *)weights, rows, cols,
                                                 opts, scratch, size);
    }
}

static lgt_status apply(int type, const ensemble *model, const void *x, size_t xs, void *y,
                        size_t ys, size_t rows, size_t cols) {
    switch (type) {
    case F32:
        return lgt_ensemble_temperature_apply_f32(model, (const float *)x, xs, (float *)y, ys, rows,
                                                  cols);
    case F64:
        return lgt_ensemble_temperature_apply_f64(model, (const double *)x, xs, (double *)y, ys,
                                                  rows, cols);
    case F16:
        return lgt_ensemble_temperature_apply_f16(model, (const lgt_f16 *)x, xs, (lgt_f16 *)y, ys,
                                                  rows, cols);
    default:
        return lgt_ensemble_temperature_apply_bf16(model, (const lgt_bf16 *)x, xs, (lgt_bf16 *)y,
                                                   ys, rows, cols);
    }
}

static long double share(const labelled *data, size_t r, size_t c, long double t) {
    long double total = 0, own = labelled_x(data, r, c);
    for (size_t i = 0; i < data->cols; i++) total += expl((labelled_x(data, r, i) - own) / t);
    return 1 / total;
}

static long double mixture(const ensemble *m, const labelled *data, size_t r, size_t c) {
    return m->weight_scaled * share(data, r, c, m->temperature) +
           m->weight_raw * share(data, r, c, 1) + m->weight_uniform / (long double)data->cols;
}

static void against_slopes(int type, size_t cols, int at_end) {
    labelled data =
        labelled_new(type, LGT_I8 + (uint32_t)cols % 8, 60, cols, cols + cols % 3, at_end);
    labelled_fill(&data, cols);
    size_t bytes, size = dtype_size(type);
    CHECK_STATUS(lgt_ensemble_temperature_scratch(60, &bytes), LGT_OK);
    CHECK(bytes == 960);
    guarded room = guard_end(sizeof(ensemble)), scratch = guard_end(bytes);
    guarded y = guard_end(60 * cols * size);
    ensemble *m = (ensemble *)room.data;
    CHECK_STATUS(fit(type, m, data.x.data, data.stride, data.labels.data, data.label_type,
                     data.weights.data, 60, cols, NULL, scratch.data, bytes),
                 LGT_OK);
    CHECK_STATUS(lgt_model_check(m, sizeof *m), LGT_OK);
    CHECK(m->fit_status == LGT_OK && m->nll_after <= m->nll_before);
    const double w[3] = {m->weight_scaled, m->weight_raw, m->weight_uniform};
    long double slope[3] = {0, 0, 0}, weight = 0, loss = 0, bound = type == F64 ? 1e-9L : 1e-4L;
    for (size_t r = 0; r < 60; r++) {
        size_t c = labelled_label(&data, r);
        long double v = labelled_weight(&data, r), p = mixture(m, &data, r, c);
        weight += v;
        loss -= v * logl(p);
        slope[0] += v * share(&data, r, c, m->temperature) / p;
        slope[1] += v * share(&data, r, c, 1) / p;
        slope[2] += v / (long double)cols / p;
    }
    CHECK(fabsl(m->nll_after - loss / weight) <= (type == F64 ? 1e-13L : 2e-6L));
    CHECK(fabs(w[0] + w[1] + w[2] - 1) < 1e-15);
    for (int i = 0; i < 3; i++) {
        CHECK(w[i] >= 0 && slope[i] / weight <= 1 + bound);
        CHECK(w[i] == 0 || slope[i] / weight >= 1 - bound);
    }
    CHECK_STATUS(apply(type, m, data.x.data, data.stride, y.data, cols, 60, cols), LGT_OK);
    for (size_t r = 0; r < 60; r++)
        for (size_t c = 0; c < cols; c++) {
            long double exact = mixture(m, &data, r, c);
            long double near_it = type == F64 ? 1e-14L : 1e-6L + dtype_epsilon(type) * exact;
            CHECK(fabsl(get(y.data, type, r * cols + c) - exact) <= near_it);
        }
    CHECK_STATUS(apply(type, m, data.x.data, data.stride, data.x.data, data.stride, 60, cols),
                 LGT_OK);
    for (size_t r = 0; r < 60; r++)
        CHECK(memcmp((char *)data.x.data + r * data.stride * size, (char *)y.data + r * cols * size,
                     cols * size) == 0);
    guard_free(room);
    guard_free(scratch);
    guard_free(y);
    labelled_free(data);
}

enum { N = 4, M = 3 };

#define FIT(model, x, stride, labels, weights, opts, scratch, size)                             \
    fit(type, model, x, stride, labels, LGT_I32, weights, N, M, opts, scratch, size)

static void refused(int type) {
    static uint64_t x[N * M], y[N * M], scratch[2 * N];
    const int32_t good[N] = {0, 1, 2, 0}, bad[N] = {0, 3, 1, 0};
    const double minus[N] = {-1, -1, -1, -1};
    ensemble model, fitted;
    lgt_temperature_opts opts;
    size_t bytes = sizeof scratch;
    for (size_t i = 0; i < N * M; i++) put(x, type, i, (double)(i * 7 % 5));
    memset(&model, 0xa5, sizeof model);
    memset(y, 0xa5, sizeof y);
    watch_nothing();
    watch(0, &model, sizeof model);
    watch(1, x, sizeof x);
    watch(2, y, sizeof y);
    REFUSED(lgt_ensemble_temperature_scratch(N, NULL), LGT_E_NULL);
    REFUSED(lgt_ensemble_temperature_scratch(SIZE_MAX / 2, &bytes), LGT_E_SIZE);
    REFUSED(FIT(NULL, x, M, good, NULL, NULL, scratch, bytes), LGT_E_NULL);
    REFUSED(FIT(&model, NULL, M, good, NULL, NULL, scratch, bytes), LGT_E_NULL);
    REFUSED(FIT(&model, x, M, NULL, NULL, NULL, scratch, bytes), LGT_E_NULL);
    REFUSED(FIT(&model, x, M, good, NULL, NULL, NULL, bytes), LGT_E_NULL);
    REFUSED(FIT(&model, x, M - 1, good, NULL, NULL, scratch, bytes), LGT_E_STRIDE);
    REFUSED(FIT(&model, x, M, bad, NULL, NULL, scratch, bytes), LGT_E_LABEL);
    REFUSED(FIT(&model, x, M, good, minus, NULL, scratch, bytes), LGT_E_VALUE);
    REFUSED(FIT(&model, x, M, good, NULL, NULL, scratch, bytes - 1), LGT_E_SCRATCH);
    REFUSED(FIT(&model, x, M, good, NULL, NULL, (char *)scratch + 4, bytes), LGT_E_SCRATCH);
    REFUSED(FIT(&model, x, M, good, NULL, NULL, x, sizeof x), LGT_E_ALIAS);
    REFUSED(FIT(&model, x, M, good, NULL, NULL, &model, bytes), LGT_E_ALIAS);
    lgt_temperature_opts_default(&opts);
    opts.tol = NAN;
    REFUSED(FIT(&model, x, M, good, NULL, &opts, scratch, bytes), LGT_E_VALUE);
    opts.struct_size = 4;
    REFUSED(FIT(&model, x, M, good, NULL, &opts, scratch, bytes), LGT_E_OPTION);
    CHECK(FIT(&fitted, x, M, good, NULL, NULL, scratch, bytes) >= 0);
    REFUSED(apply(type, NULL, x, M, y, M, N, M), LGT_E_NULL);
    REFUSED(apply(type, &model, x, M, y, M, N, M), LGT_E_STATE);
    REFUSED(apply(type, &fitted, NULL, M, y, M, N, M), LGT_E_NULL);
    REFUSED(apply(type, &fitted, x, M - 1, y, M, N, M), LGT_E_STRIDE);
    const double none[] = {NAN, INFINITY, -1, 2};
    for (size_t i = 0; i < 4; i++) {
        ensemble hostile = fitted;
        hostile.weight_uniform = none[i];
        REFUSED(apply(type, &hostile, x, M, y, M, N, M), LGT_E_STATE);
        CHECK_STATUS(lgt_model_check(&hostile, sizeof hostile), LGT_E_STATE);
    }
    put(x, type, 4, NAN);
    watch(1, x, sizeof x);
    REFUSED(FIT(&model, x, M, good, NULL, NULL, scratch, bytes), LGT_E_VALUE);
    CHECK_STATUS(fit(type, &fitted, NULL, M, NULL, LGT_I32, NULL, 0, M, NULL, NULL, 0),
                 LGT_DEGENERATE);
    CHECK(fitted.temperature == 1 && fitted.weight_raw == 1 && isnan(fitted.nll_before));
}

void test(void) {
    for (int type = 0; type < DTYPES; type++) {
        for (size_t cols = 2; cols <= 40; cols += size_step() + cols / 8)
            against_slopes(type, cols, cols % 2 != 0);
        refused(type);
    }
}
