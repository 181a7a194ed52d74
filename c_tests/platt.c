/* Platt's calibration of every storage type: where the slopes of the loss vanish, and
 * probabilities as they are defined. */
#include "points.h"
#include "refused.h"

/* A function of every storage type. */
#define CALL(element, weight, name)                                                           \
    fit ? lgt_platt_fit_##name(model, (const element *)x, stride, y, kind, (const weight *)w, n, \
                            opts)                                                             \
        : lgt_platt_apply_##name(model, (const element *)x, stride, (element *)out, 1, n)

static lgt_status call(int fit, int type, lgt_platt_model *model, const labelled *data,
                       const lgt_platt_opts *opts, void *out) {
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

static void stationary(const labelled *data) {
    lgt_platt_model model;
    lgt_status status = call(1, data->type, &model, data, NULL, NULL);
    CHECK(status == LGT_OK || status == LGT_DEGENERATE);
    CHECK(model.fit_status == status && model.head.kind == LGT_MODEL_PLATT);
    long double weight[2] = {0, 0}, slope[2] = {0, 0};
    for (size_t r = 0; r < data->rows; r++)
        weight[labelled_label(data, r)] += labelled_weight(data, r);
    if (weight[0] + weight[1] == 0) {
        CHECK(status == LGT_DEGENERATE && model.a == 1 && model.b == 0 && isnan(model.nll_before));
        return;
    }
    CHECK(model.nll_after <= model.nll_before);
    for (size_t r = 0; r < data->rows; r++) {
        long double x = labelled_x(data, r, 0), w = labelled_weight(data, r);
        int hit = labelled_label(data, r) != 0;
        long double target = hit ? (weight[1] + 1) / (weight[1] + 2) : 1 / (weight[0] + 2);
        long double off = w * (1 / (1 + expl(-(model.a * x + model.b))) - target);
        slope[0] += off * x;
        slope[1] += off;
    }
    CHECK(fabsl(slope[0]) < 1e-9L * (weight[0] + weight[1]));
    CHECK(fabsl(slope[1]) < 1e-9L * (weight[0] + weight[1]));
    guarded y = guard_end(data->rows * dtype_size(data->type));
    CHECK_STATUS(call(0, data->type, &model, data, NULL, y.data),
                 LGT_OK);
    for (size_t r = 0; r < data->rows; r++) {
        long double q = model.a * (long double)labelled_x(data, r, 0) + model.b;
        CHECK(near(get(y.data, data->type, r), (double)(1 / (1 + expl(-q))), data->type));
    }
    guard_free(y);
}

static void refused(void) {
    double x[4] = {.1, .4, .6, .9}, y[4] = {0};
    uint8_t labels[4] = {0, 1, 0, 1}, bad[4] = {0, 1, 2, 1};
    lgt_platt_model model;
    memset(&model, 0xa5, sizeof model);
    watch_nothing();
    watch(0, &model, sizeof model);
    watch(1, y, sizeof y);
    REFUSED(lgt_platt_fit_f64(NULL, x, 1, labels, LGT_U8, NULL, 4, NULL), LGT_E_NULL);
    REFUSED(lgt_platt_fit_f64(&model, NULL, 1, labels, LGT_U8, NULL, 4, NULL), LGT_E_NULL);
    REFUSED(lgt_platt_fit_f64(&model, x, 0, labels, LGT_U8, NULL, 4, NULL), LGT_E_STRIDE);
    REFUSED(lgt_platt_fit_f64(&model, x, 1, bad, LGT_U8, NULL, 4, NULL), LGT_E_LABEL);
    double weights[4] = {1, 1, -1, 1}, lost[4] = {.1, .2, NAN, .3};
    REFUSED(lgt_platt_fit_f64(&model, x, 1, labels, LGT_U8, weights, 4, NULL), LGT_E_VALUE);
    REFUSED(lgt_platt_fit_f64(&model, lost, 1, labels, LGT_U8, NULL, 4, NULL), LGT_E_VALUE);
    for (int i = 0; i < 6; i++) {
        lgt_platt_opts opts;
        lgt_platt_opts_default(&opts);
        switch (i) {
        case 0: opts.struct_size = 8; break;
        case 1: opts.targets = 2; break;
        case 2: opts.reserved = 1; break;
        case 3: opts.max_iter = 2; break;
        case 4: opts.tol = (double)NAN; break;
        default: opts.tol = 1.5;
        }
        REFUSED(lgt_platt_fit_f64(&model, x, 1, labels, LGT_U8, NULL, 4, &opts),
                i < 3 ? LGT_E_OPTION : LGT_E_VALUE);
    }
    lgt_platt_opts_default(NULL);
    REFUSED(lgt_platt_apply_f64(&model, x, 1, y, 1, 4), LGT_E_STATE);
    REFUSED(lgt_platt_apply_f64(NULL, x, 1, y, 1, 4), LGT_E_NULL);
    CHECK_STATUS(lgt_model_check(&model, sizeof model), LGT_E_STATE);
    lgt_platt_model fitted;
    CHECK_STATUS(lgt_platt_fit_f64(&fitted, x, 1, labels, LGT_U8, NULL, 4, NULL), LGT_OK);
    CHECK_STATUS(lgt_model_check(&fitted, sizeof fitted), LGT_OK);
    REFUSED(lgt_platt_apply_f64(&fitted, x, 0, y, 1, 4), LGT_E_STRIDE);
    REFUSED(lgt_platt_apply_f64(&fitted, NULL, 1, y, 1, 4), LGT_E_NULL);
    REFUSED(lgt_platt_apply_f64(&fitted, y, 1, y + 1, 1, 3), LGT_E_ALIAS);
}

/* Infinite scores are the largest, and so large a score leaves no doubt, at any slope. */
static void far_scores(void) {
    const double x[8] = {-INFINITY, -1.7e308, -1e301, -1e290, 1e290, 1e301, 1.7e308, INFINITY};
    const float narrow[4] = {-INFINITY, -3e38f, 3e38f, INFINITY};
    const double scores[4] = {1, 2, 3, 4}, slopes[] = {0, 1e-6, 1, 1e308};
    const uint8_t labels[4] = {0, 1, 0, 1};
    double y[8];
    float z[4];
    lgt_platt_model model;
    CHECK_STATUS(lgt_platt_fit_f64(&model, scores, 1, labels, LGT_U8, NULL, 4, NULL), LGT_OK);
    for (int i = 0; i < 8; i++) {
        model.a = slopes[i / 2] * (i % 2 ? -1 : 1);
        model.b = 0;
        CHECK_STATUS(lgt_platt_apply_f64(&model, x, 1, y, 1, 8), LGT_OK);
        CHECK_STATUS(lgt_platt_apply_f32(&model, narrow, 1, z, 1, 4), LGT_OK);
        for (int j = 0; j < 8; j++)
            CHECK(y[j] == (model.a == 0 ? 0.5 : (x[j] > 0) == (model.a > 0)));
        for (int j = 0; j < 4; j++)
            CHECK(z[j] == (model.a == 0 ? 0.5 : (narrow[j] > 0) == (model.a > 0)));
    }
}

void test(void) {
    points_each(stationary);
    far_scores();
    refused();
}
