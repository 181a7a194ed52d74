/* The fitted temperature against the root of the derivative, by bisection. */
#include "batch.h"

static lgt_status fit(int type, lgt_temperature_model *model, const batch *b,
                      const lgt_temperature_opts *opts) {
    const int16_t *y = (const int16_t *)b->labels.data;
    const void *x = b->x.data, *w = b->weights.data;
    switch (type) {
    case F32:
        return lgt_temperature_fit_f32(model, (const float *)x, STRIDE, y, LGT_I16,
                                       (const float *)w, ROWS, COLS, opts);
    case F64:
        return lgt_temperature_fit_f64(model, (const double *)x, STRIDE, y, LGT_I16,
                                       (const double *)w, ROWS, COLS, opts);
    case F16:
        return lgt_temperature_fit_f16(model, (const lgt_f16 *)x, STRIDE, y, LGT_I16,
                                       (const float *)w, ROWS, COLS, opts);
    default:
        return lgt_temperature_fit_bf16(model, (const lgt_bf16 *)x, STRIDE, y, LGT_I16,
                                        (const float *)w, ROWS, COLS, opts);
    }
}

/* Mean loss at scale beta, and its slope. */
static double loss_at(const batch *b, double beta, double *slope) {
    double weight = 0, loss = 0;
    *slope = 0;
    for (size_t r = 0; r < ROWS; r++) {
        double sum = 0, first = 0, w = batch_weight(b, r);
        double y = batch_at(b, r, (size_t)batch_label(b, r));
        for (size_t c = 0; c < COLS; c++) {
            double e = exp(beta * batch_at(b, r, c));
            sum += e;
            first += e * batch_at(b, r, c);
        }
        weight += w;
        loss += w * (log(sum) - beta * y);
        *slope += w * (first / sum - y);
    }
    *slope /= weight;
    return loss / weight;
}

static void against_bisection(int type) {
    batch b = batch_make(type, 0);
    /* Most labels follow the largest logit, so that there is something to fit. */
    for (size_t r = 0; r < ROWS; r++) {
        size_t top = 0;
        for (size_t c = 1; c < COLS; c++)
            if (batch_at(&b, r, c) > batch_at(&b, r, top)) top = c;
        if (r % 3) ((int16_t *)b.labels.data)[r] = (int16_t)top;
    }
    double low = 0.01, high = 100, slope;
    for (int i = 0; i < 200; i++) {
        double middle = 0.5 * (low + high);
        (void)loss_at(&b, middle, &slope);
        *(slope > 0 ? &high : &low) = middle;
    }
    lgt_temperature_model model;
    CHECK_STATUS(fit(type, &model, &b, NULL), LGT_OK);
    CHECK(fabs(model.temperature * low - 1) < (type == F64 ? 1e-8 : 1e-6));
    CHECK(fabs(model.nll_before - loss_at(&b, 1, &slope)) < 1e-6);
    CHECK(fabs(model.nll_after - loss_at(&b, low, &slope)) < 1e-6);
    CHECK(model.nll_after < model.nll_before && model.iterations <= 10);

    lgt_temperature_opts opts;
    lgt_temperature_opts_default(&opts);
    opts.max_iter = 1;
    CHECK_STATUS(fit(type, &model, &b, &opts), LGT_NOT_CONVERGED);
    CHECK(model.temperature == 1 && model.nll_after == model.nll_before);
    batch_free(b);
}

/* How a fit ends where there is no minimum inside. */
static void endings(void) {
    const float x[2][2] = {{2, 1}, {0, 3}}, flat[2][2] = {{1, 1}, {2, 2}};
    const uint64_t right[2] = {0, 1}, wrong[2] = {1, 0};
    lgt_temperature_model model;
    CHECK_STATUS(lgt_temperature_fit_f32(&model, x[0], 2, right, LGT_U64, NULL, 2, 2, NULL),
                 LGT_AT_BOUND);
    CHECK(fabs(model.temperature - 0.01) < 1e-12 && model.fit_status == LGT_AT_BOUND);
    CHECK_STATUS(lgt_temperature_fit_f32(&model, x[0], 2, wrong, LGT_U64, NULL, 2, 2, NULL),
                 LGT_AT_BOUND);
    CHECK(fabs(model.temperature - 100) < 1e-9);
    CHECK_STATUS(lgt_temperature_fit_f32(&model, flat[0], 2, right, LGT_U64, NULL, 2, 2, NULL),
                 LGT_DEGENERATE);
    CHECK(model.temperature == 1);
    CHECK_STATUS(lgt_temperature_fit_f32(&model, NULL, 2, NULL, LGT_U64, NULL, 0, 2, NULL),
                 LGT_DEGENERATE);
    CHECK(model.temperature == 1 && isnan(model.nll_before));
}

/* Applying is a softmax of x / T. */
static void application(void) {
    float x[15], y[15], z[15];
    const uint32_t labels[3] = {0, 1, 2};
    uint64_t seed = 8;
    for (int i = 0; i < 15; i++) x[i] = (float)noise(&seed);
    lgt_temperature_model model;
    lgt_status status =
        lgt_temperature_fit_f32(&model, x, 5, labels, LGT_U32, NULL, 3, 5, NULL);
    CHECK(status >= 0);
    lgt_softmax_opts opts;
    lgt_softmax_opts_default(&opts);
    opts.scale = 1 / model.temperature;
    CHECK_STATUS(lgt_softmax_f32(x, 5, z, 5, NULL, 3, 5, &opts), LGT_OK);
    CHECK_STATUS(lgt_temperature_apply_f32(&model, x, 5, y, 5, 3, 5), LGT_OK);
    CHECK(memcmp(y, z, sizeof y) == 0);
    CHECK_STATUS(lgt_temperature_apply_f32(&model, x, 5, x, 5, 3, 5), LGT_OK);
    for (int i = 0; i < 15; i++) CHECK(near(x[i], z[i], F32));
    model.head.kind = 1;
    CHECK_STATUS(lgt_temperature_apply_f32(&model, x, 5, y, 5, 3, 5), LGT_E_STATE);
    CHECK(memcmp(y, z, sizeof y) == 0);
}

void test(void) {
    for (int type = 0; type < DTYPES; type++) against_bisection(type);
    endings();
    application();
}
