/* Thresholds of prediction sets against a full sort. */
#include "conformal.h"
#include "refused.h"

static const double alpha = 0.25;

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The threshold of some scores by sorting them. */
static double threshold(const double *scores, size_t n) {
    double sorted[ROWS];
    size_t k = (size_t)ceil((double)(n + 1) * (1 - alpha) - 1e-9);
    if (k > n) return INFINITY;
    memcpy(sorted, scores, n * sizeof *scores);
    qsort(sorted, n, sizeof *sorted, ascending);
    return sorted[k - 1];
}

static void one(const labelled *data, uint32_t method, uint32_t flags, int random, int by_class) {
    double scores[ROWS], u[ROWS];
    const lgt_conformal_opts opts = drawn(data, method, flags, u);
    double thresholds[70], of_class[ROWS];
    CHECK_STATUS(scores_of[data->type](data->x.data, data->stride, data->labels.data,
                                       data->label_type, random ? u : NULL, scores, data->rows,
                                       data->cols, &opts),
                 LGT_OK);
    size_t classes = by_class ? data->cols : 0, size, bytes;
    int everything = 0;
    double all = threshold(scores, data->rows);
    for (size_t c = 0; c < (by_class ? data->cols : 1); c++) {
        size_t n = 0;
        for (size_t r = 0; r < data->rows; r++)
            if (!by_class || labelled_label(data, r) == c) of_class[n++] = scores[r];
        thresholds[c] = threshold(of_class, n);
        if (isinf(thresholds[c]) && (flags & LGT_CONFORMAL_MARGINAL)) thresholds[c] = all;
        everything |= isinf(thresholds[c]);
    }
    CHECK_STATUS(lgt_conformal_size(classes, &size), LGT_OK);
    CHECK_STATUS(lgt_conformal_scratch(data->rows, classes, &bytes), LGT_OK);
    guarded model = guard_end(size), scratch = guard_end(bytes);
    CHECK_STATUS(lgt_conformal_fit(model.data, size, scores, data->labels.data, data->label_type,
                                   data->rows, classes, alpha, &opts, scratch.data, bytes),
                 everything ? LGT_DEGENERATE : LGT_OK);
    const double *fitted = (const double *)model.data + 10;
    for (size_t c = 0; c < (by_class ? data->cols : 1); c++) CHECK(fitted[c] == thresholds[c]);
    CHECK_STATUS(lgt_model_check(model.data, size), LGT_OK);
    guard_free(model);
    guard_free(scratch);
}

static void as_defined(const labelled *data) {
    if (data->rows == 0 || data->rows > ROWS) return;
    for (uint32_t method = 0; method < METHODS; method++) {
        one(data, method, 0, method % 2, 0);
        one(data, method, data->cols % 2 ? LGT_CONFORMAL_MARGINAL : 0, method % 2 == 0, 1);
    }
}

/* Too few scores. */
static void corners(void) {
    const double enough[2] = {0.5, 0.5};
    uint64_t model[12];
    CHECK_STATUS(lgt_conformal_fit(model, sizeof model, enough, NULL, LGT_U8, 2, 0, 0.1, NULL, NULL,
                                   0),
                 LGT_DEGENERATE);
    CHECK(isinf(((const double *)model)[10]));
    CHECK_STATUS(lgt_conformal_fit(model, sizeof model, NULL, NULL, LGT_U8, 0, 0, 0.1, NULL, NULL,
                                   0),
                 LGT_DEGENERATE);
    lgt_conformal_opts_default(NULL);
}

static void refused(void) {
    const double good[2] = {0.5, 0.25}, none[2] = {0.5, NAN};
    const uint8_t y[2] = {0, 1}, outside[2] = {0, 3};
    uint64_t model[12], scratch[256];
    memset(model, 0xa5, sizeof model);
    watch_nothing();
    watch(0, model, sizeof model);
    lgt_conformal_opts opts, usual;
    lgt_conformal_opts_default(&usual);
    CHECK(usual.struct_size == sizeof usual && usual.method == LGT_CONFORMAL_LAC);
    CHECK(usual.flags == 0 && usual.k_reg == 5 && usual.lambda == 0.01);
#define FIT(scores, alpha, opts) \
    lgt_conformal_fit(model, sizeof model, scores, y, LGT_U8, 2, 0, alpha, opts, NULL, 0)
    const double levels[] = {NAN, 0, 1, -1, INFINITY};
    for (size_t i = 0; i < 5; i++) REFUSED(FIT(good, levels[i], NULL), LGT_E_VALUE);
    REFUSED(FIT(none, 0.5, NULL), LGT_E_VALUE);
    REFUSED(FIT(NULL, 0.5, NULL), LGT_E_NULL);
    opts = usual;
    opts.method = 6;
    REFUSED(FIT(good, 0.5, &opts), LGT_E_OPTION);
    opts = usual;
    opts.lambda = -1;
    REFUSED(FIT(good, 0.5, &opts), LGT_E_VALUE);
    REFUSED(lgt_conformal_fit(NULL, 96, good, y, LGT_U8, 2, 0, 0.5, NULL, NULL, 0), LGT_E_NULL);
    REFUSED(lgt_conformal_fit(model, 95, good, y, LGT_U8, 2, 0, 0.5, NULL, NULL, 0), LGT_E_SIZE);
    REFUSED(lgt_conformal_fit(model, 96, good, outside, LGT_U8, 2, 1, 0.5, NULL, scratch, 256),
            LGT_E_LABEL);
    uint64_t by_class[16];
    REFUSED(lgt_conformal_fit(by_class, sizeof by_class, good, y, LGT_U8, 2, 2, 0.5, NULL, scratch,
                              8),
            LGT_E_SCRATCH);
    REFUSED(lgt_conformal_size(SIZE_MAX, NULL), LGT_E_NULL);
}

/* Shares of weight: equal weights are as good as none. */
static void weighted(void) {
    double scores[ROWS], weights[ROWS], own[2] = {3, 300}, thresholds[2];
    uint64_t scratch[4 * ROWS], seed = 5;
    for (size_t i = 0; i < ROWS; i++) scores[i] = noise(&seed), weights[i] = 3;
    CHECK_STATUS(lgt_conformal_weighted(scores, weights, ROWS, own, alpha, thresholds, 2, scratch,
                                        sizeof scratch),
                 LGT_DEGENERATE);
    CHECK(thresholds[0] == threshold(scores, ROWS) && isinf(thresholds[1]));
    weights[3] = -1;
    CHECK_STATUS(lgt_conformal_weighted(scores, weights, ROWS, own, alpha, thresholds, 2, scratch,
                                        sizeof scratch),
                 LGT_E_VALUE);
    CHECK_STATUS(lgt_conformal_weighted(scores, own, 1, own, alpha, thresholds, 1, scratch, 31),
                 LGT_E_SCRATCH);
}

void test(void) {
    labelled_each(0, as_defined);
    corners();
    refused();
    weighted();
}
