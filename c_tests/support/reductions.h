/* What holds of calibrators of many classes, whichever they are: exactly the room that is
 * asked for is used, strides and places do not matter, what is refused changes nothing,
 * and any bytes past a head are some model. */
#ifndef REDUCTIONS_H
#define REDUCTIONS_H

#include "labelled.h"
#include "refused.h"

typedef lgt_status (*room_function)(size_t rows, size_t cols, uint32_t weighted,
                                    const lgt_reduction_opts *opts, size_t *bytes);
typedef lgt_status (*reduction_fit)(void *model, size_t size, const void *x, size_t x_stride,
                                    const void *labels, uint32_t label_type, const void *weights,
                                    size_t rows, size_t cols, const lgt_reduction_opts *opts,
                                    void *scratch, size_t scratch_size);
typedef lgt_status (*reduction_apply)(const void *model, const void *x, size_t x_stride, void *y,
                                      size_t y_stride, size_t rows, size_t cols);

typedef struct {
    room_function size, scratch;
    reduction_fit fit[DTYPES];
    reduction_apply apply[DTYPES];
} reduction;

#define REDUCTION_TYPE(family, dtype, element, weight)                                            \
    static lgt_status fit_##dtype(void *model, size_t size, const void *x, size_t x_stride,       \
                                  const void *labels, uint32_t label_type, const void *weights,   \
                                  size_t rows, size_t cols, const lgt_reduction_opts *opts,       \
                                  void *scratch, size_t scratch_size) {                           \
        return lgt_##family##_fit_##dtype(model, size, (const element *)x, x_stride, labels,      \
                                          label_type, (const weight *)weights, rows, cols, opts,  \
                                          scratch, scratch_size);                                 \
    }                                                                                             \
    static lgt_status apply_##dtype(const void *model, const void *x, size_t x_stride, void *y,   \
                                    size_t y_stride, size_t rows, size_t cols) {                  \
        return lgt_##family##_apply_##dtype(model, (const element *)x, x_stride, (element *)y,    \
                                            y_stride, rows, cols);                                \
    }

/* Defines `family`, a reduction. */
#define REDUCTION(family)                                                                         \
    REDUCTION_TYPE(family, f32, float, float)                                                     \
    REDUCTION_TYPE(family, f64, double, double)                                                   \
    REDUCTION_TYPE(family, f16, lgt_f16, float)                                                   \
    REDUCTION_TYPE(family, bf16, lgt_bf16, float)                                                 \
    static const reduction family = {lgt_##family##_size,                                         \
                                     lgt_##family##_scratch,                                      \
                                     {fit_f32, fit_f64, fit_f16, fit_bf16},                       \
                                     {apply_f32, apply_f64, apply_f16, apply_bf16}};

/* Fits to probabilities between guard pages and applies, with and without space. */
static inline void reduction_in_its_room(const reduction *f, const labelled *data,
                                         const lgt_reduction_opts *opts) {
    size_t size, bytes, element = dtype_size(data->type);
    CHECK_STATUS(f->size(data->rows, data->cols, 1, opts, &size), LGT_OK);
    CHECK_STATUS(f->scratch(data->rows, data->cols, 1, opts, &bytes), LGT_OK);
    guarded model = guard_end(size), scratch = guard_end(bytes);
    guarded y = guard_end(data->rows * data->cols * element);
    memset(scratch.data, 0xa5, bytes);
    lgt_status status = f->fit[data->type](
        model.data, size, data->x.data, data->stride, data->labels.data, data->label_type,
        data->weights.data, data->rows, data->cols, opts, scratch.data, bytes);
    CHECK(status >= 0);
    CHECK_STATUS(lgt_model_check(model.data, size), LGT_OK);
    reduction_apply apply = f->apply[data->type];
    CHECK_STATUS(apply(model.data, data->x.data, data->stride, y.data, data->cols, data->rows,
                       data->cols),
                 LGT_OK);
    for (size_t r = 0; r < data->rows; r++) {
        double sum = 0;
        for (size_t c = 0; c < data->cols; c++) {
            double p = get(y.data, data->type, r * data->cols + c);
            CHECK(p >= 0 && p <= 1);
            sum += p;
        }
        if (data->cols > 1)
            CHECK(fabs(sum - 1) <= 2 * (double)data->cols * dtype_epsilon(data->type));
    }
    /* In place it is the same. */
    CHECK_STATUS(apply(model.data, data->x.data, data->stride, data->x.data, data->stride,
                       data->rows, data->cols),
                 LGT_OK);
    for (size_t i = 0; i < data->rows * data->cols; i++)
        CHECK(labelled_x(data, i / data->cols, i % data->cols) == get(y.data, data->type, i));
    guard_free(y);
    guard_free(scratch);
    guard_free(model);
}

static inline void reduction_of_every_method(const reduction *f, uint64_t seed) {
    const uint32_t methods[] = {LGT_MODEL_PLATT, LGT_MODEL_BETA, LGT_MODEL_ISOTONIC};
    lgt_reduction_opts opts;
    lgt_reduction_opts_default(&opts);
    opts.min_rows = 5;
    for (int type = 0; type < DTYPES; type++) {
        for (size_t m = 0; m < sizeof methods / sizeof *methods; m++) {
            for (size_t cols = 1; cols <= 5; cols += 2) {
                opts.method = methods[m];
                labelled data = labelled_new(type, LGT_U8 + (uint32_t)cols % 4, 40, cols,
                                             cols + cols % 3, (int)cols % 2);
                labelled_fill(&data, seed + cols);
                labelled_to_probabilities(&data);
                reduction_in_its_room(f, &data, &opts);
                labelled_free(data);
            }
        }
    }
}

static inline void reduction_refused(const reduction *f) {
    static uint64_t model[512], scratch[64];
    double x[4][2] = {{0.9, 0.1}, {0.8, 0.2}, {0.3, 0.7}, {0.2, 0.8}}, y[4][2];
    const double weights[4] = {1, -1, 1, 1};
    const uint8_t labels[4] = {0, 0, 1, 1}, bad[4] = {0, 0, 1, 2};
    const reduction_fit fit = f->fit[F64];
    lgt_reduction_opts opts;
    size_t bytes;
    lgt_reduction_opts_default(&opts);
    CHECK_STATUS(f->size(4, 2, 2, NULL, &bytes), LGT_E_VALUE);
    CHECK_STATUS(f->size(SIZE_MAX, 2, 0, NULL, &bytes), LGT_E_SIZE);
    CHECK_STATUS(f->size(4, 2, 0, NULL, NULL), LGT_E_NULL);
    CHECK_STATUS(f->scratch(4, 2, 2, NULL, &bytes), LGT_E_VALUE);
    CHECK_STATUS(f->scratch(4, 2, 0, NULL, NULL), LGT_E_NULL);
    CHECK_STATUS(f->scratch(4, 2, 0, NULL, &bytes), LGT_OK);
    memset(model, 0xa5, sizeof model);
    watch_nothing();
    watch(0, model, sizeof model);
#define FIT(x, stride, labels, type, weights, opts, bytes) \
    fit(model, sizeof model, x, stride, labels, type, weights, 4, 2, opts, scratch, bytes)
#define FIT_GOOD(x, opts, bytes) FIT(x, 2, labels, LGT_U8, NULL, opts, bytes)
    REFUSED(FIT_GOOD(NULL, NULL, bytes), LGT_E_NULL);
    REFUSED(fit(NULL, 4096, x, 2, labels, LGT_U8, NULL, 4, 2, NULL, scratch, bytes), LGT_E_NULL);
    REFUSED(fit(model, 8, x, 2, labels, LGT_U8, NULL, 4, 2, NULL, scratch, bytes), LGT_E_SIZE);
    REFUSED(fit(model, sizeof model, x, 2, labels, LGT_U8, NULL, 4, 2, NULL, NULL, bytes), LGT_E_NULL);
    REFUSED(FIT_GOOD(x, NULL, bytes - 8), LGT_E_SCRATCH);
    REFUSED(FIT(x, 1, labels, LGT_U8, NULL, NULL, bytes), LGT_E_STRIDE);
    REFUSED(FIT(x, 2, bad, LGT_U8, NULL, NULL, bytes), LGT_E_LABEL);
    REFUSED(FIT(x, 2, labels, 9, NULL, NULL, bytes), LGT_E_LABEL);
    REFUSED(FIT(x, 2, labels, LGT_U8, weights, NULL, sizeof scratch), LGT_E_VALUE);
    REFUSED(FIT_GOOD((double *)model, NULL, bytes), LGT_E_ALIAS);
    opts.min_rows = 1;
    opts.method = LGT_MODEL_BETA;
    x[3][1] = 1.5;
    REFUSED(FIT_GOOD(x, &opts, bytes), LGT_E_VALUE);
    x[3][1] = NAN;
    REFUSED(FIT_GOOD(x, NULL, bytes), LGT_E_VALUE);
    x[3][1] = 0.8;
    REFUSED(f->apply[F64](model, x, 2, y, 2, 4, 2), LGT_E_STATE);
    REFUSED(f->apply[F64](NULL, x, 2, y, 2, 4, 2), LGT_E_NULL);
    CHECK(FIT_GOOD(x, NULL, bytes) >= 0);
    CHECK_STATUS(f->apply[F64](model, x, 2, y, 2, 4, 3), LGT_E_SHAPE);
    CHECK_STATUS(f->apply[F64](model, x, 2, &x[0][1], 2, 4, 2), LGT_E_ALIAS);
#undef FIT_GOOD
#undef FIT
}

/* Whatever stands in the parameters: some numbers, and nothing else is read. */
static inline void reduction_any_bytes(const reduction *f) {
    double x[4][2] = {{0.9, 0.1}, {0.8, 0.2}, {0.3, 0.7}, {0.2, 0.8}}, y[4][2];
    const uint8_t labels[4] = {0, 1, 1, 1};
    static uint64_t model[512], scratch[64];
    CHECK(f->fit[F64](model, sizeof model, x, 2, labels, LGT_U8, NULL, 4, 2, NULL, scratch,
                      sizeof scratch) >= 0);
    const size_t size = ((lgt_model_head *)model)->head.size;
    guarded room = guard_end(size);
    const double numbers[] = {NAN, -1, 0, 1, 2, 7, 1e300, INFINITY, 0.5};
    for (size_t at = sizeof(lgt_model_head); at < size; at += 8) {
        for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
            memcpy(room.data, model, size);
            memcpy((char *)room.data + at, &numbers[i], 8);
            (void)lgt_model_check(room.data, size);
            CHECK_STATUS(f->apply[F64](room.data, x, 2, y, 2, 4, 2), LGT_OK);
        }
    }
    guard_free(room);
}

#endif
