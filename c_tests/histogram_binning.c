/* Histogram binning: values against the rows between the edges of the model, in exactly
 * the room that is asked for. */
#include "points.h"
#include "refused.h"

typedef lgt_status (*fit_function)(void *model, size_t size, const void *x, size_t x_stride,
                                   const void *labels, uint32_t label_type, const void *weights,
                                   size_t rows, const lgt_histogram_binning_opts *opts,
                                   void *scratch, size_t scratch_size);
typedef lgt_status (*apply_function)(const void *model, const void *x, size_t x_stride, void *y,
                                     size_t y_stride, size_t rows);

#define ONE(dtype, element, weight)                                                              \
    static lgt_status fit_##dtype(void *model, size_t size, const void *x, size_t x_stride,      \
                                  const void *labels, uint32_t label_type, const void *weights,  \
                                  size_t rows, const lgt_histogram_binning_opts *opts,           \
                                  void *scratch, size_t scratch_size) {                          \
        return lgt_histogram_binning_fit_##dtype(model, size, (const element *)x, x_stride,      \
                                                 labels, label_type, (const weight *)weights,    \
                                                 rows, opts, scratch, scratch_size);             \
    }                                                                                            \
    static lgt_status apply_##dtype(const void *model, const void *x, size_t x_stride, void *y,  \
                                    size_t y_stride, size_t rows) {                              \
        return lgt_histogram_binning_apply_##dtype(model, (const element *)x, x_stride,          \
                                                   (element *)y, y_stride, rows);                \
    }

ONE(f32, float, float)
ONE(f64, double, double)
ONE(f16, lgt_f16, float)
ONE(bf16, lgt_bf16, float)
static const fit_function fit_of[DTYPES] = {fit_f32, fit_f64, fit_f16, fit_bf16};
static const apply_function apply_of[DTYPES] = {apply_f32, apply_f64, apply_f16, apply_bf16};

/* The share of label 1 among rows in the bin of a score. */
static double expected(const labelled *data, int weighted, const double *edges, size_t count,
                       double score) {
    double low = -INFINITY, high = INFINITY, weight = 0, hits = 0;
    for (size_t i = 0; i < count; i++) {
        if (edges[i] < score) low = fmax(low, edges[i]);
        if (edges[i] >= score) high = fmin(high, edges[i]);
    }
    for (size_t r = 0; r < data->rows; r++) {
        double x = labelled_x(data, r, 0), w = weighted ? labelled_weight(data, r) : 1;
        if (x <= low || x > high) continue;
        weight += w;
        hits += w * (double)labelled_label(data, r);
    }
    return hits / weight;
}

static void as_defined(const labelled *data, int weighted, uint32_t strategy) {
    size_t size, bytes, score = dtype_size(data->type);
    lgt_histogram_binning_opts opts;
    lgt_histogram_binning_opts_default(&opts);
    opts.strategy = strategy;
    opts.bins = 1 + (uint32_t)data->rows % 12;
    CHECK_STATUS(lgt_histogram_binning_size(&opts, &size), LGT_OK);
    CHECK_STATUS(lgt_histogram_binning_scratch(data->rows, score, (uint32_t)weighted, &opts, &bytes),
                 LGT_OK);
    guarded model = guard_end(size), scratch = guard_end(bytes), wide = guard_end(size);
    guarded y = guard_end(data->rows * score), apart = guard_end(data->rows * 3 * score);
    memset(scratch.data, 0xa5, bytes);
    const void *weights = weighted ? data->weights.data : NULL;
    fit_function fit = fit_of[data->type];
    apply_function apply = apply_of[data->type];
    lgt_status status = fit(model.data, size, data->x.data, 1, data->labels.data, data->label_type,
                            weights, data->rows, &opts, scratch.data, bytes);
    CHECK(status == LGT_OK || status == LGT_DEGENERATE);
    const lgt_model_head *head = (const lgt_model_head *)model.data;
    CHECK(head->fit_status == (int32_t)status && head->head.param == strategy);
    CHECK_STATUS(lgt_model_check(model.data, size), LGT_OK);
    CHECK_STATUS(apply(model.data, data->x.data, 1, y.data, 1, data->rows), LGT_OK);
    size_t edges = (head->head.size - sizeof *head) / 16;
    for (size_t r = 0; r < data->rows; r++) {
        if (weighted && labelled_weight(data, r) == 0) continue;
        double at = labelled_x(data, r, 0);
        double exact = expected(data, weighted, (const double *)(head + 1), edges, at);
        CHECK(near(get(y.data, data->type, r), exact, data->type));
    }
    /* With space between scores it is the same model. */
    for (size_t r = 0; r < data->rows; r++)
        memcpy((char *)apart.data + 3 * r * score, (char *)data->x.data + r * score, score);
    memset(scratch.data, 0x5a, bytes);
    CHECK_STATUS(fit(wide.data, size, apart.data, 3, data->labels.data, data->label_type, weights,
                     data->rows, &opts, scratch.data, bytes),
                 status);
    CHECK(memcmp(wide.data, model.data, head->head.size) == 0);
    /* In place, between them. */
    CHECK_STATUS(apply(model.data, apart.data, 3, apart.data, 3, data->rows), LGT_OK);
    for (size_t r = 0; r < data->rows; r++)
        CHECK(get(apart.data, data->type, 3 * r) == get(y.data, data->type, r));
    guard_free(apart);
    guard_free(y);
    guard_free(wide);
    guard_free(scratch);
    guard_free(model);
}

static void all(const labelled *data) {
    for (int weighted = 0; weighted < 2; weighted++) {
        as_defined(data, weighted, LGT_HISTOGRAM_BINNING_WIDTH);
        as_defined(data, weighted, LGT_HISTOGRAM_BINNING_MASS);
    }
}

static uint64_t model[64], scratch[13 * 15];
static const double x[3] = {0.25, 0.5, 1};
static const int32_t labels[3] = {0, 1, 1};

#define FIT(x, stride, labels, type, weights, opts, bytes)                                     \
    lgt_histogram_binning_fit_f64(model, sizeof model, x, stride, labels, type, weights, 3, opts, \
                                  scratch, bytes)

static void refused(void) {
    size_t bytes, other;
    const double none[3] = {0.25, NAN, 1}, outside[3] = {0.25, -0.5, 1}, weights[3] = {1, -1, 1};
    const int32_t bad[3] = {0, 2, 1};
    lgt_histogram_binning_opts opts;
    lgt_histogram_binning_opts_default(NULL);
    lgt_histogram_binning_opts_default(&opts);
    CHECK(opts.struct_size == sizeof opts && opts.bins == 15);
    CHECK(opts.strategy == LGT_HISTOGRAM_BINNING_WIDTH && opts.reserved == 0);
    CHECK_STATUS(lgt_histogram_binning_scratch(3, 8, 0, NULL, &bytes), LGT_OK);
    CHECK_STATUS(lgt_histogram_binning_scratch(3, 3, 0, NULL, &other), LGT_E_VALUE);
    CHECK_STATUS(lgt_histogram_binning_scratch(3, 8, 2, NULL, &other), LGT_E_VALUE);
    CHECK_STATUS(lgt_histogram_binning_scratch(3, 8, 0, NULL, NULL), LGT_E_NULL);
    CHECK_STATUS(lgt_histogram_binning_size(NULL, &other), LGT_OK);
    CHECK_STATUS(lgt_histogram_binning_size(NULL, NULL), LGT_E_NULL);
    memset(model, 0xa5, sizeof model);
    watch_nothing();
    watch(0, model, sizeof model);
    REFUSED(FIT(none, 1, labels, LGT_I32, NULL, NULL, bytes), LGT_E_VALUE);
    REFUSED(FIT(outside, 1, labels, LGT_I32, NULL, NULL, bytes), LGT_E_VALUE);
    REFUSED(FIT(x, 1, labels, LGT_I32, weights, NULL, bytes), LGT_E_VALUE);
    REFUSED(FIT(x, 1, bad, LGT_I32, NULL, NULL, bytes), LGT_E_LABEL);
    REFUSED(FIT(x, 0, labels, LGT_I32, NULL, NULL, bytes), LGT_E_STRIDE);
    REFUSED(FIT(NULL, 1, labels, LGT_I32, NULL, NULL, bytes), LGT_E_NULL);
    REFUSED(FIT(x, 1, labels, LGT_I32, NULL, NULL, bytes - 1), LGT_E_SCRATCH);
    REFUSED(FIT((double *)scratch, 1, labels, LGT_I32, NULL, NULL, bytes), LGT_E_ALIAS);
    opts.bins = 0;
    REFUSED(FIT(x, 1, labels, LGT_I32, NULL, &opts, bytes), LGT_E_VALUE);
    opts.bins = 65537;
    REFUSED(FIT(x, 1, labels, LGT_I32, NULL, &opts, bytes), LGT_E_VALUE);
    opts.bins = 15;
    opts.strategy = 2;
    REFUSED(FIT(x, 1, labels, LGT_I32, NULL, &opts, bytes), LGT_E_VALUE);
    opts.strategy = 0;
    opts.reserved = 1;
    REFUSED(FIT(x, 1, labels, LGT_I32, NULL, &opts, bytes), LGT_E_OPTION);
    REFUSED(lgt_histogram_binning_fit_f64(model, 16, x, 1, labels, LGT_I32, NULL, 3, NULL, scratch,
                                          bytes),
            LGT_E_SIZE);
    uint64_t state[5 + 13 * 4];
    const uint8_t bytes_of_labels[3] = {0, 1, 1};
    CHECK_STATUS(lgt_ece_binary_init(state, sizeof state, 4, LGT_BINS_LEFT), LGT_OK);
    REFUSED(lgt_histogram_binning_from_state(model, sizeof model, state, 8), LGT_E_MISMATCH);
    CHECK_STATUS(lgt_ece_binary_init(state, sizeof state, 4, LGT_BINS_RIGHT), LGT_OK);
    REFUSED(lgt_histogram_binning_from_state(model, sizeof model, state, 3), LGT_E_VALUE);
    REFUSED(lgt_histogram_binning_from_state(model, 40, state, 8), LGT_E_SIZE);
    REFUSED(lgt_histogram_binning_from_state(model, sizeof model, NULL, 8), LGT_E_NULL);
    REFUSED(lgt_histogram_binning_from_state(state, sizeof state, state, 8), LGT_E_ALIAS);
    CHECK_STATUS(lgt_ece_binary_update_f64(state, none, bytes_of_labels, LGT_U8, NULL, 3), LGT_OK);
    REFUSED(lgt_histogram_binning_from_state(model, sizeof model, state, 8), LGT_E_VALUE);
    watch_nothing();
    CHECK_STATUS(lgt_ece_binary_init(state, sizeof state, 4, LGT_BINS_RIGHT), LGT_OK);
    CHECK_STATUS(lgt_histogram_binning_from_state(model, sizeof model, state, 8), LGT_DEGENERATE);
    CHECK_STATUS(FIT(x, 1, labels, LGT_I32, NULL, NULL, bytes), LGT_OK);
}

/* Any parameters behind a head are looked at and no others. */
static void any_bytes(void) {
    const double odd[] = {NAN, -INFINITY, INFINITY, 0, -1e308, 1e308, 0.5};
    const double asked[] = {NAN, -INFINITY, INFINITY, 0, 0.3, 1e308};
    double y[6];
    size_t size = sizeof(lgt_model_head) + 8 * 7;
    guarded room = guard_end(size);
    memcpy(room.data, model, sizeof(lgt_model_head));
    lgt_model_head *head = (lgt_model_head *)room.data;
    head->head.size = (uint32_t)size;
    for (uint64_t seed = 0; seed < 2000; seed++) {
        double *parameters = (double *)(head + 1);
        uint64_t bits = seed * 6364136223846793005u + 1442695040888963407u;
        for (size_t i = 0; i < 7; i++) parameters[i] = odd[(bits >> (8 * i)) % 7];
        CHECK_STATUS(lgt_histogram_binning_apply_f64(room.data, asked, 1, y, 1, 6), LGT_OK);
        CHECK(isnan(y[0]));
        lgt_model_check(room.data, size);
    }
    head->head.size = sizeof(lgt_model_head) + 8 * 6;
    CHECK_STATUS(lgt_histogram_binning_apply_f64(room.data, asked, 1, y, 1, 6), LGT_E_STATE);
    head->head.size = sizeof(lgt_model_head);
    CHECK_STATUS(lgt_histogram_binning_apply_f64(room.data, asked, 1, y, 1, 6), LGT_E_STATE);
    CHECK_STATUS(lgt_histogram_binning_apply_f64(NULL, asked, 1, y, 1, 6), LGT_E_NULL);
    guard_free(room);
}

void test(void) {
    points_each(all);
    refused();
    any_bytes();
}
