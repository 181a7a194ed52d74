/* Venn-Abers predictors: both probabilities against the largest and least means that they
 * are made of with one row more, in exactly the room that is asked for. */
#include "points.h"
#include "refused.h"

typedef lgt_status (*fit_function)(void *model, size_t size, const void *x, size_t x_stride,
                                   const void *labels, uint32_t label_type, const void *weights,
                                   size_t rows, void *scratch, size_t scratch_size);
typedef lgt_status (*apply_function)(const void *model, const void *x, size_t x_stride, void *y,
                                     size_t y_stride, size_t rows);
typedef lgt_status (*interval_function)(const void *model, const void *x, size_t x_stride,
                                        void *lower, void *upper, size_t rows);

#define ONE(dtype, element, weight)                                                              \
    static lgt_status fit_##dtype(void *model, size_t size, const void *x, size_t x_stride,      \
                                  const void *labels, uint32_t label_type, const void *weights,  \
                                  size_t rows, void *scratch, size_t scratch_size) {             \
        return lgt_venn_abers_fit_##dtype(model, size, (const element *)x, x_stride, labels,     \
                                          label_type, (const weight *)weights, rows, scratch,    \
                                          scratch_size);                                         \
    }                                                                                            \
    static lgt_status apply_##dtype(const void *model, const void *x, size_t x_stride, void *y,  \
                                    size_t y_stride, size_t rows) {                              \
        return lgt_venn_abers_apply_##dtype(model, (const element *)x, x_stride, (element *)y,   \
                                            y_stride, rows);                                     \
    }                                                                                            \
    static lgt_status interval_##dtype(const void *model, const void *x, size_t x_stride,        \
                                       void *lower, void *upper, size_t rows) {                  \
        return lgt_venn_abers_interval_##dtype(model, (const element *)x, x_stride,              \
                                               (element *)lower, (element *)upper, rows);        \
    }

ONE(f32, float, float)
ONE(f64, double, double)
ONE(f16, lgt_f16, float)
ONE(bf16, lgt_bf16, float)
static const fit_function fit_of[DTYPES] = {fit_f32, fit_f64, fit_f16, fit_bf16};
static const apply_function apply_of[DTYPES] = {apply_f32, apply_f64, apply_f16, apply_bf16};
static const interval_function interval_of[DTYPES] = {interval_f32, interval_f64, interval_f16,
                                                      interval_bf16};

/* The mean label of scores from `low` to `high`, and of one row more. */
static double mean(const labelled *data, int weighted, double low, double high, double label) {
    double weight = 1, hits = label;
    for (size_t r = 0; r < data->rows; r++) {
        double x = labelled_x(data, r, 0), w = weighted ? labelled_weight(data, r) : 1;
        if (x < low || x > high) continue;
        weight += w;
        hits += w * (double)labelled_label(data, r);
    }
    return hits / weight;
}

static double least(const labelled *data, int weighted, double low, double score, double label) {
    double found = mean(data, weighted, low, score, label);
    for (size_t r = 0; r < data->rows; r++)
        if (labelled_x(data, r, 0) > score)
            found = fmin(found, mean(data, weighted, low, labelled_x(data, r, 0), label));
    return found;
}

/* Of all intervals around a score, the largest over lower ends of the least over upper
 * ends, with one row more at that score. */
static double expected(const labelled *data, int weighted, double score, double label) {
    double found = least(data, weighted, score, score, label);
    for (size_t r = 0; r < data->rows; r++)
        if (labelled_x(data, r, 0) < score)
            found = fmax(found, least(data, weighted, labelled_x(data, r, 0), score, label));
    return found;
}

static void as_defined(const labelled *data, int weighted) {
    size_t size, bytes, score = dtype_size(data->type), rows = data->rows;
    CHECK_STATUS(lgt_venn_abers_size(rows, (uint32_t)weighted, &size), LGT_OK);
    CHECK_STATUS(lgt_venn_abers_scratch(rows, score, (uint32_t)weighted, &bytes), LGT_OK);
    guarded model = guard_end(size), scratch = guard_end(bytes), wide = guard_end(size);
    guarded y = guard_end(rows * score), apart = guard_end(rows * 3 * score);
    guarded lower = guard_end(rows * score), upper = guard_end(rows * score);
    memset(scratch.data, 0xa5, bytes);
    const void *weights = weighted ? data->weights.data : NULL;
    fit_function fit = fit_of[data->type];
    apply_function apply = apply_of[data->type];
    interval_function interval = interval_of[data->type];
    lgt_status status = fit(model.data, size, data->x.data, 1, data->labels.data, data->label_type,
                            weights, rows, scratch.data, bytes);
    CHECK(status == LGT_OK || status == LGT_DEGENERATE);
    CHECK(((lgt_model_head *)model.data)->fit_status == (int32_t)status);
    CHECK_STATUS(lgt_model_check(model.data, size), LGT_OK);
    CHECK_STATUS(apply(model.data, data->x.data, 1, y.data, 1, rows), LGT_OK);
    CHECK_STATUS(interval(model.data, data->x.data, 1, lower.data, upper.data, rows), LGT_OK);
    for (size_t r = 0; r < rows; r++) {
        double x = labelled_x(data, r, 0);
        double p0 = expected(data, weighted, x, 0), p1 = expected(data, weighted, x, 1);
        CHECK(near(get(lower.data, data->type, r), p0, data->type));
        CHECK(near(get(upper.data, data->type, r), p1, data->type));
        CHECK(near(get(y.data, data->type, r), p1 / (1 - p0 + p1), data->type));
    }
    /* With space between scores it is the same model. */
    for (size_t r = 0; r < rows; r++)
        memcpy((char *)apart.data + 3 * r * score, (char *)data->x.data + r * score, score);
    memset(scratch.data, 0x5a, bytes);
    CHECK_STATUS(fit(wide.data, size, apart.data, 3, data->labels.data, data->label_type, weights,
                     rows, scratch.data, bytes),
                 status);
    CHECK(memcmp(wide.data, model.data, ((lgt_model_head *)model.data)->head.size) == 0);
    /* One of both, of scores with space between them; then in place. */
    guarded one = guard_end(rows * score);
    CHECK_STATUS(interval(model.data, apart.data, 3, NULL, one.data, rows), LGT_OK);
    CHECK(rows == 0 || memcmp(one.data, upper.data, rows * score) == 0);
    CHECK_STATUS(apply(model.data, apart.data, 3, apart.data, 3, rows), LGT_OK);
    for (size_t r = 0; r < rows; r++)
        CHECK(get(apart.data, data->type, 3 * r) == get(y.data, data->type, r));
    guard_free(one);
    guard_free(upper);
    guard_free(lower);
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

#define FIT(x, stride, labels, type, weights, bytes)                                          \
    lgt_venn_abers_fit_f64(model, sizeof model, x, stride, labels, type, weights, 3, scratch, \
                           bytes)

static void refused(void) {
    size_t bytes, other;
    const double none[3] = {0.25, NAN, 1}, weights[3] = {1, -1, 1}, zero[3] = {1, 0, 1};
    const int32_t bad[3] = {0, 2, 1};
    double y[6] = {7, 7, 7, 7, 7, 7};
    CHECK_STATUS(lgt_venn_abers_scratch(3, 8, 0, &bytes), LGT_OK);
    CHECK(bytes == 96);
    CHECK_STATUS(lgt_venn_abers_scratch(3, 3, 0, &other), LGT_E_VALUE);
    CHECK_STATUS(lgt_venn_abers_scratch(3, 8, 2, &other), LGT_E_VALUE);
    CHECK_STATUS(lgt_venn_abers_scratch(SIZE_MAX, 8, 0, &other), LGT_E_SIZE);
    CHECK_STATUS(lgt_venn_abers_scratch(3, 8, 0, NULL), LGT_E_NULL);
    CHECK_STATUS(lgt_venn_abers_size(3, 2, &other), LGT_E_VALUE);
    CHECK_STATUS(lgt_venn_abers_size((size_t)1 << 31, 0, &other), LGT_E_SIZE);
    CHECK_STATUS(lgt_venn_abers_size(SIZE_MAX, 0, &other), LGT_E_SIZE);
    CHECK_STATUS(lgt_venn_abers_size(3, 0, NULL), LGT_E_NULL);
    memset(model, 0xa5, sizeof model);
    watch_nothing();
    watch(0, model, sizeof model);
    REFUSED(FIT(none, 1, labels, LGT_I32, NULL, bytes), LGT_E_VALUE);
    REFUSED(FIT(none, 1, labels, LGT_I32, x, bytes), LGT_E_VALUE);
    REFUSED(FIT(x, 1, labels, LGT_I32, weights, bytes), LGT_E_VALUE);
    REFUSED(FIT(x, 1, bad, LGT_I32, NULL, bytes), LGT_E_LABEL);
    REFUSED(FIT(x, 1, labels, 0, NULL, bytes), LGT_E_LABEL);
    REFUSED(FIT(x, 0, labels, LGT_I32, NULL, bytes), LGT_E_STRIDE);
    REFUSED(FIT(NULL, 1, labels, LGT_I32, NULL, bytes), LGT_E_NULL);
    REFUSED(FIT(x, 1, NULL, LGT_I32, NULL, bytes), LGT_E_NULL);
    REFUSED(FIT(x, 1, labels, LGT_I32, NULL, bytes - 1), LGT_E_SCRATCH);
    REFUSED(FIT((double *)scratch, 1, labels, LGT_I32, NULL, bytes), LGT_E_ALIAS);
    REFUSED(lgt_venn_abers_fit_f64(model, 16, x, 1, labels, LGT_I32, NULL, 3, scratch, bytes),
            LGT_E_SIZE);
    REFUSED(lgt_venn_abers_fit_f64(NULL, 0, x, 1, labels, LGT_I32, NULL, 3, scratch, bytes),
            LGT_E_NULL);
    REFUSED(lgt_venn_abers_fit_f64((char *)model + 4, sizeof model - 8, x, 1, labels, LGT_I32,
                                   NULL, 3, scratch, bytes),
            LGT_E_STATE);
    watch_nothing();
    CHECK_STATUS(FIT(none, 1, labels, LGT_I32, zero, bytes), LGT_OK);
    CHECK_STATUS(FIT(x, 1, labels, LGT_I32, NULL, bytes), LGT_OK);
    watch(0, y, sizeof y);
    REFUSED(lgt_venn_abers_interval_f64(model, x, 1, y, y + 2, 3), LGT_E_ALIAS);
    REFUSED(lgt_venn_abers_interval_f64(model, y, 1, y, NULL, 3), LGT_E_ALIAS);
    REFUSED(lgt_venn_abers_interval_f64(model, y, 1, NULL, y + 2, 3), LGT_E_ALIAS);
    REFUSED(lgt_venn_abers_interval_f64(model, NULL, 1, y, y + 3, 3), LGT_E_NULL);
    REFUSED(lgt_venn_abers_interval_f64(NULL, x, 1, y, y + 3, 3), LGT_E_NULL);
    REFUSED(lgt_venn_abers_interval_f64(scratch, x, 1, y, y + 3, 3), LGT_E_STATE);
    REFUSED(lgt_venn_abers_interval_f64(model, x, 0, y, y + 3, 3), LGT_E_STRIDE);
    watch_nothing();
    CHECK_STATUS(lgt_venn_abers_interval_f64(model, x, 1, NULL, NULL, 3), LGT_OK);
}

/* Any parameters behind a head are looked at and no others. */
static void any_bytes(void) {
    const double odd[] = {NAN, -INFINITY, INFINITY, 0, -1e308, 1e308, 0.5};
    const double asked[] = {NAN, -INFINITY, INFINITY, 0, 0.3, 1e308};
    double y[6], upper[6];
    size_t size = sizeof(lgt_model_head) + 8 * 9;
    guarded room = guard_end(size);
    memcpy(room.data, model, sizeof(lgt_model_head));
    lgt_model_head *head = (lgt_model_head *)room.data;
    head->head.size = (uint32_t)size;
    for (uint64_t seed = 0; seed < 2000; seed++) {
        double *parameters = (double *)(head + 1);
        uint64_t bits = seed * 6364136223846793005u + 1442695040888963407u;
        for (size_t i = 0; i < 9; i++) parameters[i] = odd[(bits >> (7 * i)) % 7];
        CHECK_STATUS(lgt_venn_abers_apply_f64(room.data, asked, 1, y, 1, 6), LGT_OK);
        CHECK(isnan(y[0]));
        CHECK_STATUS(lgt_venn_abers_interval_f64(room.data, asked, 1, y, upper, 6), LGT_OK);
        CHECK(isnan(y[0]) && isnan(upper[0]));
        lgt_model_check(room.data, size);
    }
    head->head.param = 1;
    CHECK_STATUS(lgt_venn_abers_apply_f64(room.data, asked, 1, y, 1, 6), LGT_E_STATE);
    CHECK_STATUS(lgt_model_check(room.data, size), LGT_E_STATE);
    head->head.param = 0;
    head->head.size = sizeof(lgt_model_head) + 8 * 8;
    CHECK_STATUS(lgt_venn_abers_apply_f64(room.data, asked, 1, y, 1, 6), LGT_E_STATE);
    head->head.size = sizeof(lgt_model_head);
    CHECK_STATUS(lgt_venn_abers_apply_f64(room.data, asked, 1, y, 1, 6), LGT_OK);
    CHECK_STATUS(lgt_venn_abers_apply_f64(NULL, asked, 1, y, 1, 6), LGT_E_NULL);
    guard_free(room);
}

void test(void) {
    points_each(both);
    refused();
    any_bytes();
}
