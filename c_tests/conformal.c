/* Prediction sets: scores against their definition, thresholds against a full sort, and
 * in each set just the classes that score no more than the threshold. */
#include "labelled.h"
#include "refused.h"

typedef lgt_status (*scores_function)(const void *x, size_t stride, const void *labels,
                                      uint32_t label_type, const double *u, double *scores,
                                      size_t rows, size_t cols, const lgt_conformal_opts *opts);
typedef lgt_status (*sets_function)(const void *model, const void *x, size_t stride,
                                    const double *u, const double *thresholds, uint64_t *masks,
                                    size_t mask_stride, uint32_t *sizes, size_t rows, size_t cols,
                                    void *scratch, size_t scratch_size);

#define FUNCTIONS(dtype, element)                                                              \
    static lgt_status scores_##dtype(const void *x, size_t stride, const void *labels,         \
                                     uint32_t label_type, const double *u, double *scores,     \
                                     size_t rows, size_t cols, const lgt_conformal_opts *opts) { \
        return lgt_conformal_scores_##dtype((const element *)x, stride, labels, label_type, u, \
                                            scores, rows, cols, opts);                         \
    }                                                                                          \
    static lgt_status sets_##dtype(const void *model, const void *x, size_t stride,            \
                                   const double *u, const double *thresholds, uint64_t *masks, \
                                   size_t mask_stride, uint32_t *sizes, size_t rows,           \
                                   size_t cols, void *scratch, size_t scratch_size) {          \
        return lgt_conformal_sets_##dtype(model, (const element *)x, stride, u, thresholds,    \
                                          masks, mask_stride, sizes, rows, cols, scratch,      \
                                          scratch_size);                                       \
    }

FUNCTIONS(f32, float)
FUNCTIONS(f64, double)
FUNCTIONS(f16, lgt_f16)
FUNCTIONS(bf16, lgt_bf16)

static const scores_function scores_of[DTYPES] = {scores_f32, scores_f64, scores_f16, scores_bf16};
static const sets_function sets_of[DTYPES] = {sets_f32, sets_f64, sets_f16, sets_bf16};

enum { ROWS = 64, METHODS = 6 };

static const double alpha = 0.25;

/* The score of a class, as the documentation has it. */
static double score(const labelled *data, size_t r, size_t c, double u,
                    const lgt_conformal_opts *opts) {
    double own = labelled_x(data, r, c), max = own, sum = 0, before = 0, other = 0, top = 0;
    double rank = 1;
    int logits = !(opts->flags & LGT_CONFORMAL_PROBABILITIES);
    for (size_t j = 0; j < data->cols; j++) max = fmax(max, labelled_x(data, r, j));
    for (size_t j = 0; j < data->cols; j++) sum += exp(labelled_x(data, r, j) - max);
    for (size_t j = 0; j < data->cols; j++) {
        double x = labelled_x(data, r, j), p = logits ? exp(x - max) / sum : x;
        if (x > own || (x == own && j < c)) before += p, rank++;
        if (j != c) other = fmax(other, p);
        top = fmax(top, p);
    }
    double p = logits ? exp(own - max) / sum : own;
    switch (opts->method) {
    case LGT_CONFORMAL_LAC: return 1 - p;
    case LGT_CONFORMAL_APS: return before + u * p;
    case LGT_CONFORMAL_RAPS: return before + u * p + opts->lambda * fmax(0, rank - opts->k_reg);
    case LGT_CONFORMAL_SAPS: return rank == 1 ? u * top : top + opts->lambda * (rank - 2 + u);
    case LGT_CONFORMAL_TOP_K: return rank;
    default: return other - p;
    }
}

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

static void sets(const labelled *data, const void *model, const double *thresholds, size_t each,
                 const double *u, const double *scores, const lgt_conformal_opts *opts) {
    size_t words = (data->cols + 63) / 64, bytes;
    double rough = data->type == F64 ? 1e-11 : 8e-6;
    CHECK_STATUS(lgt_conformal_sets_scratch(data->cols, &bytes), LGT_OK);
    guarded masks = guard_end(data->rows * words * 8), scratch = guard_end(bytes);
    uint32_t sizes[ROWS];
    memset(masks.data, 0xa5, data->rows * words * 8);
    CHECK_STATUS(sets_of[data->type](model, data->x.data, data->stride, u, NULL,
                                     (uint64_t *)masks.data, words, sizes, data->rows, data->cols,
                                     scratch.data, bytes),
                 LGT_OK);
    for (size_t r = 0; r < data->rows; r++) {
        uint32_t count = 0;
        for (size_t c = 0; c < words * 64; c++) {
            int in = ((const uint64_t *)masks.data)[r * words + c / 64] >> c % 64 & 1;
            count += (uint32_t)in;
            if (c >= data->cols) {
                CHECK(!in);
                continue;
            }
            double q = thresholds[each ? c : 0], s = score(data, r, c, u ? u[r] : 1, opts);
            CHECK(fabs(s - q) <= rough || in == (s <= q));
            /* What made the threshold is in, to the bit. */
            if (c == labelled_label(data, r)) CHECK(!(scores[r] <= q) || in);
        }
        CHECK(count == sizes[r]);
    }
    guard_free(masks);
    guard_free(scratch);
}

static void one(const labelled *data, uint32_t method, uint32_t flags, int random, int by_class) {
    lgt_conformal_opts opts;
    double scores[ROWS], u[ROWS], thresholds[70], of_class[ROWS];
    lgt_conformal_opts_default(&opts);
    opts.method = method;
    opts.flags = flags;
    opts.k_reg = 2;
    opts.lambda = 0.0625;
    uint64_t seed = data->cols;
    for (size_t r = 0; r < data->rows; r++) u[r] = fabs(noise(&seed)) / 8;
    CHECK_STATUS(scores_of[data->type](data->x.data, data->stride, data->labels.data,
                                       data->label_type, random ? u : NULL, scores, data->rows,
                                       data->cols, &opts),
                 LGT_OK);
    for (size_t r = 0; r < data->rows; r++) {
        double s = score(data, r, labelled_label(data, r), random ? u[r] : 1, &opts);
        CHECK(fabs(scores[r] - s) <= (data->type == F64 ? 1e-13 : 2e-6));
    }
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
    sets(data, model.data, thresholds, classes, random ? u : NULL, scores, &opts);
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

static void of_probabilities(const labelled *data) {
    if (data->rows == 0 || data->rows > ROWS) return;
    for (uint32_t method = 0; method < METHODS; method++)
        one(data, method, LGT_CONFORMAL_PROBABILITIES, 1, 0);
}

/* Rows that have no probabilities score NaN and have all classes; infinities. */
static void corners(void) {
    const float x[5][3] = {{NAN, 0, 1}, {INFINITY, 0, INFINITY}, {-INFINITY, -INFINITY, -INFINITY},
                           {-INFINITY, 0, 0}, {1e30f, -1e30f, 0}};
    const uint8_t y[5] = {1, 2, 0, 1, 0};
    double scores[5], enough[2] = {0.5, 0.5};
    uint64_t model[12], masks[5], scratch[256];
    uint32_t sizes[5];
    CHECK_STATUS(lgt_conformal_scores_f32(x[0], 3, y, LGT_U8, NULL, scores, 5, 3, NULL),
                 LGT_UNDEFINED);
    CHECK(isnan(scores[0]) && scores[1] == 0.5 && isnan(scores[2]));
    CHECK(scores[3] == 0.5 && scores[4] == 0);
    CHECK_STATUS(lgt_conformal_fit(model, sizeof model, enough, NULL, LGT_U8, 2, 0, 0.5, NULL, NULL,
                                   0),
                 LGT_OK);
    CHECK_STATUS(lgt_conformal_sets_f32(model, x[0], 3, NULL, NULL, masks, 1, sizes, 5, 3, scratch,
                                        sizeof scratch),
                 LGT_UNDEFINED);
    const uint64_t expected[5] = {7, 5, 7, 6, 1};
    CHECK(memcmp(masks, expected, sizeof masks) == 0);
    /* Thresholds of the rows' own; one that lets all in. */
    const double own[5] = {0, 0, 0, INFINITY, -1};
    CHECK_STATUS(lgt_conformal_sets_f32(model, x[0], 3, NULL, own, masks, 1, NULL, 5, 3, scratch,
                                        sizeof scratch),
                 LGT_UNDEFINED);
    CHECK(masks[1] == 0 && masks[3] == 7 && masks[4] == 0);
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
    const float x[6] = {1, 2, 3, 4, 5, 6};
    const double good[2] = {0.5, 0.25}, none[2] = {0.5, NAN}, far[2] = {0.5, 1.5};
    const uint8_t y[2] = {0, 1}, outside[2] = {0, 3};
    uint64_t model[12], masks[2], scratch[256];
    double scores[2];
    memset(model, 0xa5, sizeof model);
    memset(masks, 0xa5, sizeof masks);
    memset(scores, 0xa5, sizeof scores);
    watch_nothing();
    watch(0, model, sizeof model);
    watch(1, masks, sizeof masks);
    watch(2, scores, sizeof scores);
    lgt_conformal_opts opts, usual;
    lgt_conformal_opts_default(&usual);
    CHECK(usual.struct_size == sizeof usual && usual.method == LGT_CONFORMAL_LAC);
    CHECK(usual.flags == 0 && usual.k_reg == 5 && usual.lambda == 0.01);
#define FIT(scores, alpha, opts) \
    lgt_conformal_fit(model, sizeof model, scores, y, LGT_U8, 2, 0, alpha, opts, NULL, 0)
#define SCORES(y, u, opts) lgt_conformal_scores_f32(x, 3, y, LGT_U8, u, scores, 2, 3, opts)
    const double levels[] = {NAN, 0, 1, -1, INFINITY};
    for (size_t i = 0; i < 5; i++) REFUSED(FIT(good, levels[i], NULL), LGT_E_VALUE);
    REFUSED(FIT(none, 0.5, NULL), LGT_E_VALUE);
    REFUSED(FIT(NULL, 0.5, NULL), LGT_E_NULL);
    opts = usual;
    opts.method = 6;
    REFUSED(FIT(good, 0.5, &opts), LGT_E_OPTION);
    opts = usual;
    opts.flags = 4;
    REFUSED(SCORES(y, NULL, &opts), LGT_E_OPTION);
    opts = usual;
    opts.lambda = NAN;
    REFUSED(SCORES(y, NULL, &opts), LGT_E_VALUE);
    opts.lambda = -1;
    REFUSED(FIT(good, 0.5, &opts), LGT_E_VALUE);
    REFUSED(SCORES(outside, NULL, NULL), LGT_E_LABEL);
    REFUSED(SCORES(y, none, NULL), LGT_E_VALUE);
    REFUSED(SCORES(y, far, NULL), LGT_E_VALUE);
    REFUSED(lgt_conformal_fit(NULL, 96, good, y, LGT_U8, 2, 0, 0.5, NULL, NULL, 0), LGT_E_NULL);
    REFUSED(lgt_conformal_fit(model, 95, good, y, LGT_U8, 2, 0, 0.5, NULL, NULL, 0), LGT_E_SIZE);
    REFUSED(lgt_conformal_fit(model, 96, good, outside, LGT_U8, 2, 1, 0.5, NULL, scratch, 256),
            LGT_E_LABEL);
    uint64_t by_class[16];
    REFUSED(lgt_conformal_fit(by_class, sizeof by_class, good, y, LGT_U8, 2, 2, 0.5, NULL, scratch,
                              8),
            LGT_E_SCRATCH);
    uint64_t fitted[12];
    CHECK_STATUS(lgt_conformal_fit(fitted, sizeof fitted, good, y, LGT_U8, 2, 0, 0.5, NULL, NULL, 0),
                 LGT_OK);
#define SETS(model, u, own, scratch_size)                                                      \
    lgt_conformal_sets_f32(model, x, 3, u, own, masks, 1, NULL, 2, 3, scratch, scratch_size)
    REFUSED(SETS(NULL, NULL, NULL, sizeof scratch), LGT_E_NULL);
    REFUSED(SETS(model, NULL, NULL, sizeof scratch), LGT_E_STATE);
    REFUSED(SETS(fitted, none, NULL, sizeof scratch), LGT_E_VALUE);
    REFUSED(SETS(fitted, NULL, none, sizeof scratch), LGT_E_VALUE);
    REFUSED(SETS(fitted, NULL, NULL, 8), LGT_E_SCRATCH);
    REFUSED(lgt_conformal_sets_f32(fitted, x, 3, NULL, NULL, masks, 0, NULL, 2, 3, scratch,
                                   sizeof scratch),
            LGT_E_STRIDE);
    REFUSED(lgt_conformal_sets_f32(fitted, x, 3, NULL, NULL, scratch, 1, NULL, 2, 3, scratch,
                                   sizeof scratch),
            LGT_E_ALIAS);
    for (size_t bit = 0; bit < 128; bit++) {
        uint64_t bad[12];
        memcpy(bad, fitted, sizeof bad);
        bad[bit / 64] ^= 1ull << bit % 64;
        /* One class with a threshold of its own takes no more bytes than none. */
        REFUSED(SETS(bad, NULL, NULL, sizeof scratch), bit == 96 ? LGT_E_SHAPE : LGT_E_STATE);
    }
    REFUSED(lgt_conformal_sets_scratch(3, NULL), LGT_E_NULL);
    REFUSED(lgt_conformal_size(SIZE_MAX, NULL), LGT_E_NULL);
}

/* Any parameters past a good head do no harm. */
static void hostile(void) {
    const double values[] = {NAN, INFINITY, -INFINITY, -1, 0, 1, 2, 5, 1e300, 0.5};
    const float x[4] = {3, 1, 2, 0};
    const double scores[1] = {0.5};
    uint64_t mask, scratch[256], seed = 1;
    double model[12];
    CHECK_STATUS(lgt_conformal_fit(model, sizeof model, scores, NULL, LGT_U8, 1, 0, 0.5, NULL, NULL,
                                   0),
                 LGT_OK);
    for (int i = 0; i < 2000; i++) {
        for (int p = 5; p < 12; p++) model[p] = values[(size_t)(fabs(noise(&seed)) * 100) % 10];
        /* Or it says that these are no probabilities. */
        CHECK(lgt_conformal_sets_f32(model, x, 4, NULL, NULL, &mask, 1, NULL, 1, 4, scratch,
                                     sizeof scratch) >= 0);
        CHECK(mask < 16);
    }
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
    labelled_each(1, of_probabilities);
    corners();
    refused();
    hostile();
    weighted();
}
