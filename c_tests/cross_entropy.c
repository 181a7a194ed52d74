/* Cross-entropy against its definition. */
#include "loss.h"

static int soft;
static double smoothing, penalty, scale = 1, class_weights[70];
static const double *weights_of;

/* Soft labels, the same for every call. */
static double soft_of(size_t row, size_t col) {
    return (double)((row * 7 + col * 3) % 5) / 4;
}

static lgt_status cross_entropy(const labelled *d, const void *x, size_t stride,
                                const loss_outputs *to) {
    lgt_cross_entropy_opts opts;
    lgt_cross_entropy_opts_default(&opts);
    opts.label_smoothing = smoothing, opts.lse_penalty = penalty, opts.scale = scale;
    opts.class_weights = weights_of;
    if (to->opts) {
        opts.reduction = to->opts->reduction, opts.grad_scale = to->opts->grad_scale;
        if (to->opts->struct_size != sizeof *to->opts) opts.struct_size = to->opts->struct_size;
    }
    size_t bytes = dtype_size(d->type);
    guarded lse = guard_end(d->rows * 8), targets = guard_end(d->rows * d->cols * bytes);
    for (size_t r = 0; r < d->rows; r++)
        for (size_t c = 0; c < d->cols; c++)
            put(targets.data, d->type, r * d->cols + c, soft_of(r, c));
    lgt_status status;
#define HARD(dtype, element, weight)                                                              \
    lgt_cross_entropy_##dtype((const element *)x, stride, d->labels.data, d->label_type,          \
                              (const weight *)d->weights.data, to->loss, (double *)lse.data,      \
                              (element *)to->grad, to->grad_stride, to->total, d->rows, d->cols,  \
                              &opts)
#define SOFT(dtype, element, weight)                                                              \
    lgt_cross_entropy_soft_##dtype((const element *)x, stride, (const element *)targets.data,     \
                                   d->cols, (const weight *)d->weights.data, to->loss,            \
                                   (double *)lse.data, (element *)to->grad, to->grad_stride,      \
                                   to->total, d->rows, d->cols, &opts)
#define EITHER(dtype, element, weight) \
    soft ? SOFT(dtype, element, weight) : HARD(dtype, element, weight)
    switch (d->type) {
    case F32: status = EITHER(f32, float, float); break;
    case F64: status = EITHER(f64, double, double); break;
    case F16: status = EITHER(f16, lgt_f16, float); break;
    default: status = EITHER(bf16, lgt_bf16, float);
    }
    if (status >= 0 && x != to->grad) {
        const double *got = (const double *)lse.data;
        for (size_t r = 0; r < d->rows; r++) {
            long double sum = 0, most = 1;
            for (size_t c = 0; c < d->cols; c++) {
                long double z = (long double)scale * labelled_x(d, r, c);
                sum += expl(z);
                if (fabsl(z) > most) most = fabsl(z);
            }
            if (labelled_label(d, r) >= d->cols) continue;
            if (labelled_weight(d, r) > 0)
                CHECK(fabsl(got[r] - logl(sum)) <= loss_bound(d->type) * 2 * most);
            else CHECK(isnan(got[r]));
        }
    }
    guard_free(lse);
    guard_free(targets);
    return status;
}

static long double truth(const labelled *d, size_t r, long double *grad) {
    long double sum = 0, all = 0, loss = 0;
    for (size_t c = 0; c < d->cols; c++) sum += expl((long double)scale * labelled_x(d, r, c));
    long double lse = logl(sum);
    for (size_t c = 0; c < d->cols; c++) {
        long double t = soft ? soft_of(r, c) : c == labelled_label(d, r);
        t = (1 - smoothing) * t + smoothing / (long double)d->cols;
        t *= weights_of ? weights_of[c] : 1;
        all += t;
        loss += t * (lse - scale * labelled_x(d, r, c));
        grad[c] = -scale * t;
    }
    for (size_t c = 0; c < d->cols; c++) {
        long double p = expl(scale * labelled_x(d, r, c) - lse);
        grad[c] += scale * (all + 2 * penalty * lse) * p;
    }
    return loss + penalty * lse * lse;
}

static void plain(const labelled *data) {
    loss_check(data, cross_entropy, truth, 2, 4);
}

static void with_options(const labelled *data) {
    double size = soft ? (double)data->cols : 1;
    loss_check(data, cross_entropy, truth, 30, 30 * size);
}

static void records(void) {
    lgt_cross_entropy_opts opts;
    lgt_cross_entropy_opts_default(&opts);
    opts.label_smoothing = 0.1;
    opts.lse_penalty = 0.0001;
    const double x[4] = {1, 2, 3, 4};
    const double want[4] = {0.007087072536091886, -0.8377782937966942, 0.21209317901963992,
                            0.6194860801806746};
    const uint8_t label[1] = {1};
    double loss, grad[4];
    CHECK_STATUS(lgt_cross_entropy_f64(x, 4, label, LGT_U8, NULL, &loss, NULL, grad, 4, NULL, 1, 4,
                                       &opts), LGT_OK);
    CHECK(fabs(loss - 2.392161227017117) < 1e-14);
    for (int i = 0; i < 4; i++) CHECK(fabs(grad[i] - want[i]) < 1e-15);
    const double s[3] = {1, 0, -1}, q[3] = {0.6, 0.3, 0.1};
    const double slope[3] = {0.0652409557748217, -0.055271528945202375, -0.009969426829619557};
    CHECK_STATUS(lgt_cross_entropy_soft_f64(s, 3, q, 3, NULL, &loss, NULL, grad, 3, NULL, 1, 3,
                                            NULL), LGT_OK);
    CHECK(fabs(loss - 0.9076059644443804) < 1e-15);
    for (int i = 0; i < 3; i++) CHECK(fabs(grad[i] - slope[i]) < 1e-15);
}

static void refused(void) {
    labelled data = labelled_new(F32, LGT_I32, 2, 3, 3, 1);
    soft = 0;
    loss_refused(&data, cross_entropy);
    soft = 1;
    loss_refused(&data, cross_entropy);
    soft = 0;
    labelled_put_label(&data, 1, 3);
    loss_outputs none = {NULL, NULL, 0, NULL, NULL};
    CHECK_STATUS(cross_entropy(&data, data.x.data, 3, &none), LGT_E_LABEL);
    labelled_put_label(&data, 1, -100);
    CHECK_STATUS(cross_entropy(&data, data.x.data, 3, &none), LGT_OK);
    labelled_free(data);

    const float x[2] = {0, 0}, below[2] = {0.5f, -0.5f}, nan[2] = {NAN, 0}, high[2] = {HUGE_VALF, 0};
    const double bad[2] = {1, -1};
    const int8_t label[1] = {0};
    float grad[2] = {7, 7};
    double lse[1] = {7};
    watch(0, grad, sizeof grad);
    watch(1, lse, sizeof lse);
    const float *targets[3] = {below, nan, high};
    for (int i = 0; i < 3; i++)
        REFUSED(lgt_cross_entropy_soft_f32(x, 2, targets[i], 2, NULL, NULL, lse, grad, 2, NULL, 1, 2,
                                           NULL), LGT_E_VALUE);
    REFUSED(lgt_cross_entropy_soft_f32(x, 2, grad, 2, NULL, NULL, lse, grad, 2, NULL, 1, 2, NULL),
            LGT_E_ALIAS);
    REFUSED(lgt_cross_entropy_soft_f32(x, 2, NULL, 2, NULL, NULL, lse, grad, 2, NULL, 1, 2, NULL),
            LGT_E_NULL);
    REFUSED(lgt_cross_entropy_f32(x, 2, label, LGT_I8, NULL, NULL, (double *)(void *)grad, grad, 2,
                                  NULL, 1, 2, NULL), LGT_E_ALIAS);
    lgt_cross_entropy_opts opts;
    for (int i = 0; i < 8; i++) {
        lgt_cross_entropy_opts_default(&opts);
        double *field[4] = {&opts.label_smoothing, &opts.lse_penalty, &opts.scale, &opts.scale};
        if (i < 4) *field[i] = NAN;
        else if (i < 7) *field[i - 4] = -0.5;
        else opts.class_weights = bad;
        REFUSED(lgt_cross_entropy_f32(x, 2, label, LGT_I8, NULL, NULL, lse, grad, 2, NULL, 1, 2,
                                      &opts), LGT_E_VALUE);
    }
    watch_nothing();
}

/* Where logarithms of sums are written over labels that were good, numbers are wrong, but
 * no column is looked for outside. */
static void over_labels(void) {
    float x[4] = {0.5f, 1, 2, -1};
    union {
        double lse[2];
        int32_t labels[4];
    } at = {{0, 0}};
    CHECK_STATUS(lgt_cross_entropy_f32(x, 1, at.labels, LGT_I32, NULL, NULL, at.lse, NULL, 1, NULL,
                                       2, 1, NULL), LGT_OK);
    CHECK(at.lse[0] == 0.5 && at.lse[1] == 1);
}

/* So many gradients that they are written past the cache: the bits of a row alone, wherever
 * its label is, and wherever a row begins. */
static void beyond_the_cache(void) {
    enum { ROWS = 88, COLS = 100003 };
    float *x = (float *)malloc(sizeof(float) * ROWS * COLS);
    /* MemorySanitizer does not see such stores: to it these are written here. */
    float *grad = (float *)calloc((size_t)ROWS * COLS, sizeof *grad), *own = (float *)malloc(COLS * 4);
    uint32_t labels[ROWS];
    double loss[ROWS], alone;
    uint64_t seed = 7;
    if (!x || !grad || !own) exit(1);
    for (size_t i = 0; i < (size_t)ROWS * COLS; i++) x[i] = (float)(3 * noise(&seed));
    for (size_t r = 0; r < ROWS; r++) labels[r] = (uint32_t)(r * (COLS - 1) / (ROWS - 1));
    CHECK_STATUS(lgt_cross_entropy_f32(x, COLS, labels, LGT_U32, NULL, loss, NULL, grad, COLS, NULL,
                                       ROWS, COLS, NULL),
                 LGT_OK);
    for (size_t r = 0; r < ROWS; r++) {
        CHECK_STATUS(lgt_cross_entropy_f32(x + r * COLS, COLS, &labels[r], LGT_U32, NULL, &alone,
                                           NULL, own, COLS, NULL, 1, COLS, NULL),
                     LGT_OK);
        CHECK(loss[r] == alone && memcmp(own, grad + r * COLS, sizeof *own * COLS) == 0);
    }
    free(x), free(grad), free(own);
}

void test(void) {
    beyond_the_cache();
    labelled_each(0, plain);
    for (soft = 0; soft < 2; soft++) {
        smoothing = 0.1, penalty = 0.01, scale = 1.5;
        labelled_each(0, with_options);
        for (int c = 0; c < 70; c++) class_weights[c] = 0.25 * (c % 5 + 1);
        /* Of labels, the mean is another. */
        weights_of = soft ? class_weights : NULL;
        if (soft) labelled_each(0, with_options);
        weights_of = NULL;
        smoothing = penalty = 0, scale = 1;
    }
    soft = 0;
    records();
    refused();
    over_labels();
}
