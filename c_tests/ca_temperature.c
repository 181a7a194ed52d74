/* The temperature of least correctness-aware loss, against its neighbours. */
#include "ca_loss.h"
#include "refused.h"

static lgt_status fit(int type, lgt_temperature_model *model, const void *x, size_t xs,
                      const void *labels, uint32_t label_type, const void *w, size_t rows,
                      size_t cols, const lgt_ca_temperature_opts *opts) {
    switch (type) {
    case F32:
        return lgt_ca_temperature_fit_f32(model, (const float *)x, xs, labels, label_type,
                                          (const float *)w, rows, cols, opts);
    case F64:
        return lgt_ca_temperature_fit_f64(model, (const double *)x, xs, labels, label_type,
                                          (const double *)w, rows, cols, opts);
    case F16:
        return lgt_ca_temperature_fit_f16(model, (const lgt_f16 *)x, xs, labels, label_type,
                                          (const float *)w, rows, cols, opts);
    default:
        return lgt_ca_temperature_fit_bf16(model, (const lgt_bf16 *)x, xs, labels, label_type,
                                           (const float *)w, rows, cols, opts);
    }
}

static void fits(void) {
    for (int type = 0; type < DTYPES; type++) {
        for (size_t cols = 2; cols <= 70; cols += 16 + size_step()) {
            labelled data = labelled_new(type, LGT_U16, 80, cols, cols + 1, 1);
            labelled_fill(&data, cols);
            lgt_temperature_model model;
            lgt_ca_temperature_opts opts;
            lgt_ca_temperature_opts_default(&opts);
            for (opts.flags = 0; opts.flags <= LGT_CA_LOSS_UNIFORM; opts.flags++) {
                int status = fit(type, &model, data.x.data, data.stride, data.labels.data,
                                 data.label_type, data.weights.data, 80, cols, &opts);
                CHECK(status == LGT_OK || status == LGT_AT_BOUND);
                CHECK(model.fit_status == status && model.nll_after <= model.nll_before);
                CHECK_STATUS(lgt_model_check(&model, sizeof model), LGT_OK);
                const double around[] = {0.1, 0.5, 1, 0.99, 1.01, 2, 10};
                for (size_t i = 0; i < 7; i++) {
                    long double w[2], s[2], slack = type == F64 ? 1e-13L : 2e-6L;
                    temperature = i == 3 || i == 4 ? model.temperature * around[i] : around[i];
                    sides(&data, w, s);
                    long double loss = opts.flags ? (s[0] + s[1]) / (w[0] + w[1])
                                                  : (s[0] / w[0] + s[1] / w[1]) / 2;
                    if (temperature >= 0.1 && temperature <= 10)
                        CHECK(model.nll_after <= loss + slack);
                }
            }
            labelled_free(data);
        }
    }
    temperature = 1;
}

static void refused(int type) {
    static uint64_t x[6];
    const int32_t good[2] = {0, 2}, bad[2] = {0, 3};
    const float weights[2] = {1, -1};
    const double wide[2] = {1, -1};
    const void *w = type == F64 ? (const void *)wide : (const void *)weights;
    lgt_temperature_model model;
    for (size_t i = 0; i < 6; i++) put(x, type, i, (double)(i * 7 % 5));
    memset(&model, 0xa5, sizeof model);
    watch_nothing();
    watch(0, &model, sizeof model);
#define FIT(x, xs, y, w, opts) fit(type, &model, x, xs, y, LGT_I32, w, 2, 3, opts)
    REFUSED(fit(type, NULL, x, 3, good, LGT_I32, NULL, 2, 3, NULL), LGT_E_NULL);
    REFUSED(FIT(NULL, 3, good, NULL, NULL), LGT_E_NULL);
    REFUSED(FIT(x, 3, NULL, NULL, NULL), LGT_E_NULL);
    REFUSED(FIT(x, 2, good, NULL, NULL), LGT_E_STRIDE);
    REFUSED(FIT(x, SIZE_MAX / 2, good, NULL, NULL), LGT_E_SIZE);
    REFUSED(FIT(x, 3, bad, NULL, NULL), LGT_E_LABEL);
    REFUSED(FIT(x, 3, good, w, NULL), LGT_E_VALUE);
    lgt_ca_temperature_opts opts;
    const uint32_t sizes[] = {0, 8, sizeof opts - 8};
    for (size_t i = 0; i < 3; i++) {
        lgt_ca_temperature_opts_default(&opts);
        opts.struct_size = sizes[i];
        REFUSED(FIT(x, 3, good, NULL, &opts), LGT_E_OPTION);
    }
    for (int i = 0; i < 8; i++) {
        lgt_ca_temperature_opts_default(&opts);
        if (i == 0) opts.t_min = NAN;
        if (i == 1) opts.t_min = 1.5;
        if (i == 2) opts.t_max = NAN;
        if (i == 3) opts.t_max = 0.5;
        if (i == 4) opts.grid = 1;
        if (i == 5) opts.grid = 257;
        if (i == 6) opts.max_iter = 0;
        if (i == 7) opts.tol = NAN;
        REFUSED(FIT(x, 3, good, NULL, &opts), LGT_E_VALUE);
    }
    put(x, type, 4, NAN);
    REFUSED(FIT(x, 3, good, NULL, NULL), LGT_E_VALUE);
}

void test(void) {
    fits();
    for (int type = 0; type < DTYPES; type++) refused(type);
    lgt_ca_temperature_opts_default(NULL);
}
