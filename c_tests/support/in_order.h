/* Fits of two classes that put scores in order, under one signature, and what holds of
 * all of them. */
#ifndef IN_ORDER_H
#define IN_ORDER_H

#include "points.h"
#include "refused.h"

typedef struct {
    lgt_status (*size)(size_t rows, const void *opts, size_t *bytes);
    lgt_status (*scratch)(size_t rows, size_t score_size, uint32_t weighted, size_t *bytes);
    lgt_status (*fit[DTYPES])(void *model, size_t size, const void *x, size_t x_stride,
                              const void *labels, uint32_t label_type, const void *weights,
                              size_t rows, const void *opts, void *scratch, size_t scratch_size);
    lgt_status (*apply[DTYPES])(const void *model, const void *x, size_t x_stride, void *y,
                                size_t y_stride, size_t rows);
} in_order;

#define IN_ORDER_TYPE(family, dtype, element, weight)                                            \
    static lgt_status fit_##dtype(void *model, size_t size, const void *x, size_t x_stride,      \
                                  const void *labels, uint32_t label_type, const void *weights,  \
                                  size_t rows, const void *opts, void *scratch,                  \
                                  size_t scratch_size) {                                         \
        return lgt_##family##_fit_##dtype(model, size, (const element *)x, x_stride, labels,     \
                                          label_type, (const weight *)weights, rows,             \
                                          (const lgt_##family##_opts *)opts, scratch,            \
                                          scratch_size);                                         \
    }                                                                                            \
    static lgt_status apply_##dtype(const void *model, const void *x, size_t x_stride, void *y,  \
                                    size_t y_stride, size_t rows) {                              \
        return lgt_##family##_apply_##dtype(model, (const element *)x, x_stride, (element *)y,   \
                                            y_stride, rows);                                     \
    }

/* Defines `functions`. */
#define IN_ORDER(family)                                                                         \
    IN_ORDER_TYPE(family, f32, float, float)                                                     \
    IN_ORDER_TYPE(family, f64, double, double)                                                   \
    IN_ORDER_TYPE(family, f16, lgt_f16, float)                                                   \
    IN_ORDER_TYPE(family, bf16, lgt_bf16, float)                                                 \
    static lgt_status size_of(size_t rows, const void *opts, size_t *bytes) {                    \
        return lgt_##family##_size(rows, (const lgt_##family##_opts *)opts, bytes);              \
    }                                                                                            \
    static const in_order functions = {size_of,                                                  \
                                       lgt_##family##_scratch,                                   \
                                       {fit_f32, fit_f64, fit_f16, fit_bf16},                    \
                                       {apply_f32, apply_f64, apply_f16, apply_bf16}};

/* Whether a row counts, and for how much. */
static inline double in_order_weight(const labelled *data, int weighted, size_t row) {
    return weighted ? labelled_weight(data, row) : 1;
}

/* Fits in exactly the room that is asked for, and looks at the values at the rows' own
 * scores; the same with space between scores, and in place. */
static inline void in_order_check(const in_order *f, const labelled *data, int weighted,
                                  const void *opts,
                                  void (*check)(const labelled *data, int weighted,
                                                const lgt_model_head *model, const void *y)) {
    size_t size, bytes, score = dtype_size(data->type);
    CHECK_STATUS(f->size(data->rows, opts, &size), LGT_OK);
    CHECK_STATUS(f->scratch(data->rows, score, (uint32_t)weighted, &bytes), LGT_OK);
    guarded model = guard_end(size), scratch = guard_end(bytes), again = guard_end(size);
    guarded y = guard_end(data->rows * score), apart = guard_end(data->rows * 3 * score);
    memset(scratch.data, 0xa5, bytes);
    const void *weights = weighted ? data->weights.data : NULL;
    lgt_status status = f->fit[data->type](model.data, size, data->x.data, 1, data->labels.data,
                                           data->label_type, weights, data->rows, opts,
                                           scratch.data, bytes);
    const lgt_model_head *head = (const lgt_model_head *)model.data;
    CHECK(status >= LGT_OK && head->fit_status == (int32_t)status);
    CHECK_STATUS(lgt_model_check(model.data, size), LGT_OK);
    CHECK_STATUS(f->apply[data->type](model.data, data->x.data, 1, y.data, 1, data->rows),
                 LGT_OK);
    check(data, weighted, head, y.data);
    for (size_t r = 0; r < data->rows; r++)
        memcpy((char *)apart.data + 3 * r * score, (char *)data->x.data + r * score, score);
    memset(scratch.data, 0x5a, bytes);
    CHECK_STATUS(f->fit[data->type](again.data, size, apart.data, 3, data->labels.data,
                                    data->label_type, weights, data->rows, opts, scratch.data,
                                    bytes),
                 status);
    CHECK(memcmp(again.data, model.data, head->head.size) == 0);
    CHECK_STATUS(f->apply[data->type](model.data, apart.data, 3, apart.data, 3, data->rows),
                 LGT_OK);
    for (size_t r = 0; r < data->rows; r++)
        CHECK(get(apart.data, data->type, 3 * r) == get(y.data, data->type, r));
    guard_free(apart);
    guard_free(y);
    guard_free(again);
    guard_free(scratch);
    guard_free(model);
}

/* Bad arguments leave the model as it was. */
static inline void in_order_refused(const in_order *f) {
    static uint64_t model[64], scratch[64];
    static const double x[3] = {0.25, 0.5, 1}, none[3] = {0.25, NAN, 1};
    static const double weights[3] = {1, -1, 1}, zero[3] = {1, 0, 1};
    static const int32_t labels[3] = {0, 1, 1}, bad[3] = {0, 2, 1};
    size_t bytes, all, room = sizeof model;
    CHECK_STATUS(f->scratch(3, 8, 0, &bytes), LGT_OK);
    CHECK_STATUS(f->scratch(3, 8, 1, &all), LGT_OK);
    CHECK_STATUS(f->scratch(3, 3, 0, &all), LGT_E_VALUE);
    CHECK_STATUS(f->scratch(3, 8, 2, &all), LGT_E_VALUE);
    CHECK_STATUS(f->scratch(SIZE_MAX, 8, 0, &all), LGT_E_SIZE);
    CHECK_STATUS(f->scratch(3, 8, 0, NULL), LGT_E_NULL);
    CHECK_STATUS(f->size(3, NULL, NULL), LGT_E_NULL);
    memset(model, 0xa5, sizeof model);
    watch_nothing();
    watch(0, model, sizeof model);
#define FIT(x, stride, labels, type, weights, bytes)                                            \
    f->fit[F64](model, room, x, stride, labels, type, weights, 3, NULL, scratch, bytes)
    REFUSED(FIT(none, 1, labels, LGT_I32, NULL, bytes), LGT_E_VALUE);
    REFUSED(FIT(none, 1, labels, LGT_I32, x, all), LGT_E_VALUE);
    REFUSED(FIT(x, 1, labels, LGT_I32, weights, all), LGT_E_VALUE);
    REFUSED(FIT(x, 1, bad, LGT_I32, NULL, bytes), LGT_E_LABEL);
    REFUSED(FIT(x, 1, labels, 0, NULL, bytes), LGT_E_LABEL);
    REFUSED(FIT(x, 0, labels, LGT_I32, NULL, bytes), LGT_E_STRIDE);
    REFUSED(FIT(NULL, 1, labels, LGT_I32, NULL, bytes), LGT_E_NULL);
    REFUSED(FIT(x, 1, NULL, LGT_I32, NULL, bytes), LGT_E_NULL);
    REFUSED(FIT(x, 1, labels, LGT_I32, NULL, bytes - 1), LGT_E_SCRATCH);
    REFUSED(FIT((double *)scratch, 1, labels, LGT_I32, NULL, bytes), LGT_E_ALIAS);
    room = 64;
    REFUSED(FIT(x, 1, labels, LGT_I32, NULL, bytes), LGT_E_SIZE);
    room = sizeof model;
    REFUSED(f->fit[F64](NULL, 0, x, 1, labels, LGT_I32, NULL, 3, NULL, scratch, bytes),
            LGT_E_NULL);
    REFUSED(f->fit[F64]((char *)model + 4, sizeof model - 8, x, 1, labels, LGT_I32, NULL, 3,
                        NULL, scratch, bytes),
            LGT_E_STATE);
    watch_nothing();
    CHECK_STATUS(FIT(none, 1, labels, LGT_I32, zero, all), LGT_OK);
    CHECK_STATUS(FIT(x, 1, labels, LGT_I32, NULL, bytes), LGT_OK);
#undef FIT
}

/* Any parameters behind a head are looked at and no others; there must be `least` of them,
 * or an even number more. */
static inline void in_order_any_bytes(const in_order *f, uint32_t param, size_t least) {
    const double odd[] = {NAN, -INFINITY, INFINITY, 0, -1e308, 1e308, 0.5};
    const double asked[] = {NAN, -INFINITY, INFINITY, 0, 0.3, 1e308};
    const double x[2] = {0.25, 0.5};
    const int8_t labels[2] = {0, 1};
    double y[6];
    uint64_t model[32], scratch[16];
    CHECK_STATUS(f->fit[F64](model, sizeof model, x, 1, labels, LGT_I8, NULL, 2, NULL, scratch,
                             sizeof scratch),
                 LGT_OK);
    size_t size = sizeof(lgt_model_head) + 8 * (least + 4);
    guarded room = guard_end(size);
    memcpy(room.data, model, sizeof(lgt_model_head));
    lgt_model_head *head = (lgt_model_head *)room.data;
    head->head.size = (uint32_t)size;
    head->head.param = param;
    for (uint64_t seed = 0; seed < 2000; seed++) {
        double *parameters = (double *)(head + 1);
        for (size_t i = 0; i < least + 4; i++) {
            uint64_t bits = (seed * 16 + i) * 6364136223846793005u + 1442695040888963407u;
            parameters[i] = odd[(bits >> 40) % 7];
        }
        CHECK_STATUS(f->apply[F64](room.data, asked, 1, y, 1, 6), LGT_OK);
        CHECK(isnan(y[0]));
        lgt_model_check(room.data, size);
    }
    for (size_t count = 0; count < least + 4; count++) {
        head->head.size = (uint32_t)(sizeof(lgt_model_head) + 8 * count);
        lgt_status status = count >= least && (count - least) % 2 == 0 ? LGT_OK : LGT_E_STATE;
        CHECK_STATUS(f->apply[F64](room.data, asked, 1, y, 1, 6), status);
    }
    head->head.size = (uint32_t)size;
    head->head.param = 0x1234567;
    CHECK_STATUS(f->apply[F64](room.data, asked, 1, y, 1, 6), LGT_E_STATE);
    CHECK_STATUS(f->apply[F64](NULL, asked, 1, y, 1, 6), LGT_E_NULL);
    guard_free(room);
}

#endif
