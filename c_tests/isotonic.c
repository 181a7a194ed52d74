/* Isotonic calibration: values against the largest and least means that the fitted
 * function is made of, in exactly the room that is asked for. */
#include "points.h"
#include "refused.h"

typedef lgt_status (*fit_function)(void *model, size_t size, const void *x, size_t x_stride,
                                   const void *labels, uint32_t label_type, const void *weights,
                                   size_t rows, const lgt_isotonic_opts *opts, void *scratch,
                                   size_t scratch_size);
typedef lgt_status (*apply_function)(const void *model, const void *x, size_t x_stride, void *y,
                                     size_t y_stride, size_t rows);

#define ONE(dtype, element, weight)                                                              \
    static lgt_status fit_##dtype(void *model, size_t size, const void *x, size_t x_stride,      \
                                  const void *labels, uint32_t label_type, const void *weights,  \
                                  size_t rows, const lgt_isotonic_opts *opts, void *scratch,     \
                                  size_t scratch_size) {                                         \
        return lgt_isotonic_fit_##dtype(model, size, (const element *)x, x_stride, labels,       \
                                        label_type, (const weight *)weights, rows, opts,         \
                                        scratch, scratch_size);                                  \
    }                                                                                            \
    static lgt_status apply_##dtype(const void *model, const void *x, size_t x_stride, void *y,  \
                                    size_t y_stride, size_t rows) {                              \
        return lgt_isotonic_apply_##dtype(model, (const element *)x, x_stride, (element *)y,     \
                                          y_stride, rows);                                       \
    }

ONE(f32, float, float)
ONE(f64, double, double)
ONE(f16, lgt_f16, float)
ONE(bf16, lgt_bf16, float)
static const fit_function fit_of[DTYPES] = {fit_f32, fit_f64, fit_f16, fit_bf16};
static const apply_function apply_of[DTYPES] = {apply_f32, apply_f64, apply_f16, apply_bf16};

/* The mean label of scores from `low` to `high`; NaN if there are none. */
static double mean(const labelled *data, int weighted, double low, double high) {
    double weight = 0, hits = 0;
    for (size_t r = 0; r < data->rows; r++) {
        double x = labelled_x(data, r, 0), w = weighted ? labelled_weight(data, r) : 1;
        if (x < low || x > high) continue;
        weight += w;
        hits += w * (double)labelled_label(data, r);
    }
    return hits / weight;
}

/* Of all intervals around a score, the largest over lower ends of the least over upper
 * ends. */
static double expected(const labelled *data, int weighted, double score) {
    double most = -1;
    for (size_t a = 0; a < data->rows; a++) {
        double low = labelled_x(data, a, 0), least = 2;
        if (low > score || (weighted && labelled_weight(data, a) == 0)) continue;
        for (size_t b = 0; b < data->rows; b++) {
            double high = labelled_x(data, b, 0);
            if (high >= score && !(weighted && labelled_weight(data, b) == 0))
                least = fmin(least, mean(data, weighted, low, high));
        }
        most = fmax(most, least);
    }
    return most;
}

static void as_defined(const labelled *data, int weighted) {
    size_t size, bytes, score = dtype_size(data->type);
    CHECK_STATUS(lgt_isotonic_size(data->rows, (uint32_t)weighted, &size), LGT_OK);
    CHECK_STATUS(lgt_isotonic_scratch(data->rows, score, (uint32_t)weighted, &bytes), LGT_OK);
    guarded model = guard_end(size), scratch = guard_end(bytes), wide = guard_end(size);
    guarded y = guard_end(data->rows * score), apart = guard_end(data->rows * 3 * score);
    memset(scratch.data, 0xa5, bytes);
    const void *weights = weighted ? data->weights.data : NULL;
    fit_function fit = fit_of[data->type];
    apply_function apply = apply_of[data->type];
    lgt_status status = fit(model.data, size, data->x.data, 1, data->labels.data, data->label_type,
                            weights, data->rows, NULL, scratch.data, bytes);
    CHECK(status == LGT_OK || status == LGT_DEGENERATE);
    CHECK(((lgt_model_head *)model.data)->fit_status == (int32_t)status);
    CHECK_STATUS(lgt_model_check(model.data, size), LGT_OK);
    CHECK_STATUS(apply(model.data, data->x.data, 1, y.data, 1, data->rows), LGT_OK);
    for (size_t r = 0; r < data->rows; r++) {
        if (weighted && labelled_weight(data, r) == 0) continue;
        double exact = expected(data, weighted, labelled_x(data, r, 0));
        CHECK(near(get(y.data, data->type, r), exact, data->type));
    }
    /* With space between scores it is the same model. */
    for (size_t r = 0; r < data->rows; r++)
        memcpy((char *)apart.data + 3 * r * score, (char *)data->x.data + r * score, score);
    memset(scratch.data, 0x5a, bytes);
    CHECK_STATUS(fit(wide.data, size, apart.data, 3, data->labels.data, data->label_type, weights,
                     data->rows, NULL, scratch.data, bytes),
                 status);
    CHECK(memcmp(wide.data, model.data, ((lgt_model_head *)model.data)->head.size) == 0);
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

static void both(const labelled *data) {
    if (data->rows % 7 > 2) return;
    as_defined(data, 0);
    as_defined(data, 1);
}

static uint64_t model[64], scratch[64];
static const double x[3] = {0.25, 0.5, 1};
static const int32_t labels[3] = {0, 1, 1};

#define FIT(x, stride, labels, type, weights, opts, bytes)                                     \
    lgt_isotonic_fit_f64(model, sizeof model, x, stride, labels, type, weights, 3, opts, scratch, \
                         bytes)

static void refused(void) {
    size_t bytes, all;
    const double none[3] = {0.25, NAN, 1}, weights[3] = {1, -1, 1}, zero[3] = {1, 0, 1};
    const int32_t bad[3] = {0, 2, 1};
    lgt_isotonic_opts opts;
    lgt_isotonic_opts_default(NULL);
    lgt_isotonic_opts_default(&opts);
    CHECK(opts.struct_size == sizeof opts && opts.kind == LGT_ISOTONIC_LINEAR);
    CHECK_STATUS(lgt_isotonic_scratch(3, 8, 0, &bytes), LGT_OK);
    CHECK_STATUS(lgt_isotonic_scratch(3, 8, 1, &all), LGT_OK);
    CHECK_STATUS(lgt_isotonic_scratch(3, 3, 0, &all), LGT_E_VALUE);
    CHECK_STATUS(lgt_isotonic_scratch(3, 8, 2, &all), LGT_E_VALUE);
    CHECK_STATUS(lgt_isotonic_scratch(SIZE_MAX, 8, 0, &all), LGT_E_SIZE);
    CHECK_STATUS(lgt_isotonic_scratch(3, 8, 0, NULL), LGT_E_NULL);
    CHECK_STATUS(lgt_isotonic_size(3, 2, &all), LGT_E_VALUE);
    CHECK_STATUS(lgt_isotonic_size((size_t)1 << 31, 1, &all), LGT_E_SIZE);
    CHECK_STATUS(lgt_isotonic_size(3, 1, NULL), LGT_E_NULL);
    memset(model, 0xa5, sizeof model);
    watch_nothing();
    watch(0, model, sizeof model);
    REFUSED(FIT(none, 1, labels, LGT_I32, NULL, NULL, bytes), LGT_E_VALUE);
    REFUSED(FIT(none, 1, labels, LGT_I32, x, NULL, all), LGT_E_VALUE);
    REFUSED(FIT(x, 1, labels, LGT_I32, weights, NULL, all), LGT_E_VALUE);
    REFUSED(FIT(x, 1, bad, LGT_I32, NULL, NULL, bytes), LGT_E_LABEL);
    REFUSED(FIT(x, 1, labels, 0, NULL, NULL, bytes), LGT_E_LABEL);
    REFUSED(FIT(x, 0, labels, LGT_I32, NULL, NULL, bytes), LGT_E_STRIDE);
    REFUSED(FIT(NULL, 1, labels, LGT_I32, NULL, NULL, bytes), LGT_E_NULL);
    REFUSED(FIT(x, 1, NULL, LGT_I32, NULL, NULL, bytes), LGT_E_NULL);
    REFUSED(FIT(x, 1, labels, LGT_I32, NULL, NULL, bytes - 1), LGT_E_SCRATCH);
    REFUSED(FIT((double *)scratch, 1, labels, LGT_I32, NULL, NULL, bytes), LGT_E_ALIAS);
    opts.kind = 3;
    REFUSED(FIT(x, 1, labels, LGT_I32, NULL, &opts, bytes), LGT_E_VALUE);
    opts.struct_size = 0;
    REFUSED(FIT(x, 1, labels, LGT_I32, NULL, &opts, bytes), LGT_E_OPTION);
    REFUSED(lgt_isotonic_fit_f64(model, 16, x, 1, labels, LGT_I32, NULL, 3, NULL, scratch, bytes),
            LGT_E_SIZE);
    REFUSED(lgt_isotonic_fit_f64(NULL, 0, x, 1, labels, LGT_I32, NULL, 3, NULL, scratch, bytes),
            LGT_E_NULL);
    REFUSED(lgt_isotonic_fit_f64((char *)model + 4, sizeof model - 8, x, 1, labels, LGT_I32, NULL,
                                 3, NULL, scratch, bytes),
            LGT_E_STATE);
    watch_nothing();
    CHECK_STATUS(FIT(none, 1, labels, LGT_I32, zero, NULL, all), LGT_OK);
    CHECK_STATUS(FIT(x, 1, labels, LGT_I32, NULL, NULL, bytes), LGT_OK);
}

/* What is between blocks of means 0, 1/2 and 1, whose mean scores are 1/8, 1/2 and 7/8. */
static void kinds(void) {
    const double scores[4] = {0.125, 0.25, 0.75, 0.875}, asked[4] = {0.3125, 0.5, 0.6875, 0.875};
    const int32_t hits[4] = {0, 1, 0, 1};
    const double means[3][4] = {{0.5, 0.5, 0.5, 1}, {0.25, 0.5, 0.75, 1}, {0.5, 0.5, 0.5, 1}};
    double y[4];
    for (uint32_t kind = LGT_ISOTONIC_LINEAR; kind <= LGT_ISOTONIC_STEP; kind++) {
        lgt_isotonic_opts opts = {sizeof opts, kind};
        CHECK_STATUS(lgt_isotonic_fit_f64(model, sizeof model, scores, 1, hits, LGT_I32, NULL, 4,
                                          &opts, scratch, sizeof scratch),
                     LGT_OK);
        CHECK_STATUS(lgt_isotonic_apply_f64(model, asked, 1, y, 1, 4), LGT_OK);
        for (size_t i = 0; i < 4; i++) CHECK(fabs(y[i] - means[kind][i]) < 1e-15);
    }
}

/* Any parameters behind a head are looked at and no others. */
static void any_bytes(void) {
    const double odd[] = {NAN, -INFINITY, INFINITY, 0, -1e308, 1e308, 0.5};
    const double asked[] = {NAN, -INFINITY, INFINITY, 0, 0.3, 1e308};
    double y[6];
    size_t size = sizeof(lgt_model_head) + 8 * 8;
    guarded room = guard_end(size);
    memcpy(room.data, model, sizeof(lgt_model_head));
    lgt_model_head *head = (lgt_model_head *)room.data;
    head->head.size = (uint32_t)size;
    for (uint64_t seed = 0; seed < 2000; seed++) {
        double *parameters = (double *)(head + 1);
        uint64_t bits = seed * 6364136223846793005u + 1442695040888963407u;
        for (size_t i = 0; i < 8; i++) parameters[i] = odd[(bits >> (8 * i)) % 7];
        head->head.param = (uint32_t)(seed % 3);
        CHECK_STATUS(lgt_isotonic_apply_f64(room.data, asked, 1, y, 1, 6), LGT_OK);
        CHECK(isnan(y[0]));
        lgt_model_check(room.data, size);
    }
    head->head.param = 3;
    CHECK_STATUS(lgt_isotonic_apply_f64(room.data, asked, 1, y, 1, 6), LGT_E_STATE);
    CHECK_STATUS(lgt_model_check(room.data, size), LGT_E_STATE);
    head->head.param = 0;
    head->head.size = sizeof(lgt_model_head) + 8 * 3;
    CHECK_STATUS(lgt_isotonic_apply_f64(room.data, asked, 1, y, 1, 6), LGT_E_STATE);
    head->head.size = sizeof(lgt_model_head);
    CHECK_STATUS(lgt_isotonic_apply_f64(room.data, asked, 1, y, 1, 6), LGT_E_STATE);
    CHECK_STATUS(lgt_isotonic_apply_f64(NULL, asked, 1, y, 1, 6), LGT_E_NULL);
    guard_free(room);
}

void test(void) {
    points_each(both);
    refused();
    any_bytes();
    kinds();
}
