/* BBQ: every storage type to the same model, in exactly the room that is asked for; the
 * formulas are compared in Python. */
#include "points.h"
#include "refused.h"

typedef lgt_status (*fit_function)(void *model, size_t size, const void *x, size_t x_stride,
                                   const void *labels, uint32_t label_type, const void *weights,
                                   size_t rows, const lgt_bbq_opts *opts, void *scratch,
                                   size_t scratch_size);
typedef lgt_status (*apply_function)(const void *model, const void *x, size_t x_stride, void *y,
                                     size_t y_stride, size_t rows);

#define ONE(dtype, element, weight)                                                              \
    static lgt_status fit_##dtype(void *model, size_t size, const void *x, size_t x_stride,      \
                                  const void *labels, uint32_t label_type, const void *weights,  \
                                  size_t rows, const lgt_bbq_opts *opts, void *scratch,          \
                                  size_t scratch_size) {                                         \
        return lgt_bbq_fit_##dtype(model, size, (const element *)x, x_stride, labels, label_type, \
                                   (const weight *)weights, rows, opts, scratch, scratch_size);  \
    }                                                                                            \
    static lgt_status apply_##dtype(const void *model, const void *x, size_t x_stride, void *y,  \
                                    size_t y_stride, size_t rows) {                              \
        return lgt_bbq_apply_##dtype(model, (const element *)x, x_stride, (element *)y, y_stride, \
                                     rows);                                                      \
    }

ONE(f32, float, float)
ONE(f64, double, double)
ONE(f16, lgt_f16, float)
ONE(bf16, lgt_bf16, float)
static const fit_function fit_of[DTYPES] = {fit_f32, fit_f64, fit_f16, fit_bf16};
static const apply_function apply_of[DTYPES] = {apply_f32, apply_f64, apply_f16, apply_bf16};

/* The model of the same rows as doubles. */
static lgt_status as_double(const labelled *data, int weighted, void *model, size_t size) {
    static double x[70], w[70];
    static uint8_t y[70];
    static uint64_t scratch[2000];
    for (size_t r = 0; r < data->rows; r++) {
        x[r] = labelled_x(data, r, 0);
        w[r] = labelled_weight(data, r);
        y[r] = (uint8_t)labelled_label(data, r);
    }
    return lgt_bbq_fit_f64(model, size, x, 1, y, LGT_U8, weighted ? w : NULL, data->rows, NULL,
                           scratch, sizeof scratch);
}

static void as_doubles(const labelled *data, int weighted) {
    size_t size, bytes, score = dtype_size(data->type);
    CHECK_STATUS(lgt_bbq_size(data->rows, &size), LGT_OK);
    CHECK_STATUS(lgt_bbq_scratch(data->rows, score, (uint32_t)weighted, &bytes), LGT_OK);
    guarded model = guard_end(size), scratch = guard_end(bytes), wide = guard_end(size);
    guarded apart = guard_end(data->rows * 3 * score), y = guard_end(data->rows * score);
    for (size_t r = 0; r < data->rows; r++)
        memcpy((char *)apart.data + 3 * r * score, (char *)data->x.data + r * score, score);
    const void *weights = weighted ? data->weights.data : NULL;
    lgt_status status = as_double(data, weighted, wide.data, size);
    CHECK(status == LGT_OK || status == LGT_DEGENERATE);
    for (size_t stride = 1; stride <= 3; stride += 2) {
        memset(scratch.data, 0xa5, bytes);
        memset(model.data, 0x5a, size);
        const void *x = stride == 1 ? data->x.data : apart.data;
        CHECK_STATUS(fit_of[data->type](model.data, size, x, stride, data->labels.data,
                                        data->label_type, weights, data->rows, NULL, scratch.data,
                                        bytes),
                     status);
        CHECK_STATUS(lgt_model_check(model.data, size), LGT_OK);
        const lgt_model_head *a = (const lgt_model_head *)model.data;
        const lgt_model_head *b = (const lgt_model_head *)wide.data;
        CHECK(a->head.size == b->head.size && a->head.param == b->head.param);
        for (size_t i = 0; i < (a->head.size - sizeof *a) / 8; i++)
            CHECK(fabs(((const double *)(a + 1))[i] - ((const double *)(b + 1))[i]) < 1e-12);
    }
    apply_function apply = apply_of[data->type];
    CHECK_STATUS(apply(model.data, data->x.data, 1, y.data, 1, data->rows), LGT_OK);
    CHECK_STATUS(apply(model.data, apart.data, 3, apart.data, 3, data->rows), LGT_OK);
    for (size_t r = 0; r < data->rows; r++) {
        double p = get(y.data, data->type, r);
        CHECK(p > 0 && p <= 1 && p == get(apart.data, data->type, 3 * r));
    }
    guard_free(y);
    guard_free(apart);
    guard_free(wide);
    guard_free(scratch);
    guard_free(model);
}

static void both(const labelled *data) {
    as_doubles(data, 0);
    as_doubles(data, 1);
}

static uint64_t model[64], scratch[100];
static const double x[3] = {0.25, 0.5, 1};
static const int32_t labels[3] = {0, 1, 1};

#define FIT(x, labels, weights, opts, bytes)                                                \
    lgt_bbq_fit_f64(model, sizeof model, x, 1, labels, LGT_I32, weights, 3, opts, scratch, bytes)

static void refused(void) {
    size_t bytes, all;
    const double none[3] = {0.25, NAN, 1}, outside[3] = {0.25, 0.5, 1.5}, weights[3] = {1, -1, 1};
    const int32_t bad[3] = {0, 2, 1};
    lgt_bbq_opts opts;
    lgt_bbq_opts_default(NULL);
    lgt_bbq_opts_default(&opts);
    CHECK(opts.struct_size == sizeof opts && opts.prior == 2 && opts.reserved == 0);
    CHECK_STATUS(lgt_bbq_scratch(3, 8, 0, &bytes), LGT_OK);
    CHECK_STATUS(lgt_bbq_scratch(3, 8, 1, &all), LGT_OK);
    CHECK_STATUS(lgt_bbq_scratch(3, 5, 1, &all), LGT_E_VALUE);
    CHECK_STATUS(lgt_bbq_scratch(3, 8, 2, &all), LGT_E_VALUE);
    CHECK_STATUS(lgt_bbq_scratch(SIZE_MAX, 8, 0, &all), LGT_E_SIZE);
    CHECK_STATUS(lgt_bbq_scratch(3, 8, 0, NULL), LGT_E_NULL);
    CHECK_STATUS(lgt_bbq_size(3, NULL), LGT_E_NULL);
    memset(model, 0xa5, sizeof model);
    watch_nothing();
    watch(0, model, sizeof model);
    REFUSED(FIT(none, labels, NULL, NULL, bytes), LGT_E_VALUE);
    REFUSED(FIT(outside, labels, NULL, NULL, bytes), LGT_E_VALUE);
    REFUSED(FIT(x, labels, weights, NULL, sizeof scratch), LGT_E_VALUE);
    REFUSED(FIT(x, bad, NULL, NULL, bytes), LGT_E_LABEL);
    REFUSED(FIT(x, NULL, NULL, NULL, bytes), LGT_E_NULL);
    REFUSED(FIT(x, labels, NULL, NULL, bytes - 1), LGT_E_SCRATCH);
    opts.prior = NAN;
    REFUSED(FIT(x, labels, NULL, &opts, bytes), LGT_E_VALUE);
    opts.prior = 0;
    REFUSED(FIT(x, labels, NULL, &opts, bytes), LGT_E_VALUE);
    opts.prior = 2;
    opts.reserved = 1;
    REFUSED(FIT(x, labels, NULL, &opts, bytes), LGT_E_OPTION);
    REFUSED(lgt_bbq_fit_f64(model, 48, x, 1, labels, LGT_I32, NULL, 3, NULL, scratch, bytes),
            LGT_E_SIZE);
    watch_nothing();
    CHECK_STATUS(FIT(x, labels, NULL, NULL, bytes), LGT_OK);
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
        head->head.param = (uint32_t)(seed % 4);
        CHECK_STATUS(lgt_bbq_apply_f64(room.data, asked, 1, y, 1, 6), LGT_OK);
        CHECK(isnan(y[0]));
        lgt_model_check(room.data, size);
    }
    head->head.param = 4;
    CHECK_STATUS(lgt_bbq_apply_f64(room.data, asked, 1, y, 1, 6), LGT_E_STATE);
    head->head.param = UINT32_MAX;
    CHECK_STATUS(lgt_bbq_apply_f64(room.data, asked, 1, y, 1, 6), LGT_E_STATE);
    head->head.param = 0;
    head->head.size = sizeof(lgt_model_head) + 8 * 6;
    CHECK_STATUS(lgt_bbq_apply_f64(room.data, asked, 1, y, 1, 6), LGT_E_STATE);
    guard_free(room);
}

void test(void) {
    points_each(both);
    refused();
    any_bytes();
}
