/* Beta calibration of every storage type: where the slopes of the loss vanish, or point
 * out of bounds, and probabilities as they are defined. */
#include "points.h"
#include "refused.h"

enum { VARIANTS = 3 };

/* A function of every storage type. */
#define CALL(element, weight, name)                                                           \
    fit ? lgt_beta_fit_##name(model, (const element *)x, stride, y, kind, (const weight *)w, n, \
                            opts)                                                             \
        : lgt_beta_apply_##name(model, (const element *)x, stride, (element *)out, 1, n)

static lgt_status call(int fit, int type, lgt_beta_model *model, const labelled *data,
                       const lgt_beta_opts *opts, void *out) {
    const void *x = data->x.data, *y = data->labels.data, *w = data->weights.data;
    size_t n = data->rows, stride = data->stride;
    uint32_t kind = data->label_type;
    switch (type) {
    case F32: return CALL(float, float, f32);
    case F64: return CALL(double, double, f64);
    case F16: return CALL(lgt_f16, float, f16);
    default: return CALL(lgt_bf16, float, bf16);
    }
}

static long double logit(const lgt_beta_model *model, double s) {
    long double p = fminl(fmaxl(s, model->eps), 1 - (long double)model->eps);
    return model->a * logl(p) - model->b * log1pl(-p) + model->c;
}

static void stationary(const labelled *data) {
    for (uint32_t variant = 0; variant < VARIANTS; variant++) {
        lgt_beta_opts opts;
        lgt_beta_model model;
        lgt_beta_opts_default(&opts);
        opts.variant = variant;
        opts.eps = 1e-6;
        lgt_status status = call(1, data->type, &model, data, &opts, NULL);
        CHECK(status == LGT_OK || status == LGT_DEGENERATE || status == LGT_AT_BOUND);
        CHECK(model.fit_status == status && model.head.kind == LGT_MODEL_BETA);
        CHECK(model.a >= 0 && model.b >= 0 && model.eps == 1e-6);
        CHECK(!(model.nll_after > model.nll_before));
        if (variant == LGT_BETA_AM) CHECK(model.a == model.b);
        long double by[3] = {0, 0, 0}, weight = 0;
        for (size_t r = 0; r < data->rows; r++) {
            double x = labelled_x(data, r, 0), w = labelled_weight(data, r);
            long double p = fminl(fmaxl(x, 1e-6), 1 - (long double)1e-6);
            long double off = 1 / (1 + expl(-logit(&model, x))) - labelled_label(data, r);
            by[0] += w * off * logl(p);
            by[1] -= w * off * log1pl(-p);
            by[2] += w * off;
            weight += w;
        }
        long double least = 1e-8L * weight, ln2 = logl(2);
        if (status == LGT_OK && variant == LGT_BETA_ABM)
            CHECK(fabsl(by[0]) <= least && fabsl(by[1]) <= least && fabsl(by[2]) <= least);
        if (status == LGT_OK && variant == LGT_BETA_AM)
            CHECK(fabsl(by[0] + by[1]) <= least && fabsl(by[2]) <= least);
        if (status == LGT_OK && variant == LGT_BETA_AB)
            CHECK(fabsl(by[0] + ln2 * by[2]) <= least && fabsl(by[1] - ln2 * by[2]) <= least);
        if (status == LGT_AT_BOUND && variant == LGT_BETA_ABM)
            CHECK((model.a > 0 || by[0] >= -least) && (model.b > 0 || by[1] >= -least));
        guarded y = guard_end(data->rows * dtype_size(data->type));
        CHECK_STATUS(call(0, data->type, &model, data, NULL, y.data),
                     LGT_OK);
        for (size_t r = 0; r < data->rows; r++) {
            long double p = 1 / (1 + expl(-logit(&model, labelled_x(data, r, 0))));
            CHECK(fabs(get(y.data, data->type, r) - (double)p) < (data->type == F64 ? 1e-11 : 0.01));
        }
        guard_free(y);
    }
}

static void refused(void) {
    double x[4] = {.1, .4, .6, .9}, y[4] = {0}, out[4] = {.1, 1.2, .3, .4};
    uint8_t labels[4] = {0, 1, 0, 1};
    lgt_beta_model model;
    memset(&model, 0xa5, sizeof model);
    watch_nothing();
    watch(0, &model, sizeof model);
    watch(1, y, sizeof y);
    REFUSED(lgt_beta_fit_f64(NULL, x, 1, labels, LGT_U8, NULL, 4, NULL), LGT_E_NULL);
    REFUSED(lgt_beta_fit_f64(&model, out, 1, labels, LGT_U8, NULL, 4, NULL), LGT_E_VALUE);
    REFUSED(lgt_beta_fit_f64(&model, x, 1, labels, 77, NULL, 4, NULL), LGT_E_LABEL);
    for (int i = 0; i < 8; i++) {
        lgt_beta_opts opts;
        lgt_beta_opts_default(&opts);
        switch (i) {
        case 0: opts.struct_size = 8; break;
        case 1: opts.variant = 3; break;
        case 2: opts.reserved = 1; break;
        case 3: opts.max_iter = 2; break;
        case 4: opts.tol = (double)NAN; break;
        case 5: opts.eps = 0.5; break;
        case 6: opts.eps = 0; break;
        default: opts.eps = (double)NAN;
        }
        REFUSED(lgt_beta_fit_f64(&model, x, 1, labels, LGT_U8, NULL, 4, &opts),
                i < 3 ? LGT_E_OPTION : LGT_E_VALUE);
    }
    lgt_beta_opts_default(NULL);
    REFUSED(lgt_beta_apply_f64(&model, x, 1, y, 1, 4), LGT_E_STATE);
    REFUSED(lgt_beta_apply_f64(NULL, x, 1, y, 1, 4), LGT_E_NULL);
}

void test(void) {
    points_each(stationary);
    refused();
}
