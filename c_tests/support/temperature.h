/* The temperature functions of all storage types under one signature. */
#ifndef TEMPERATURE_H
#define TEMPERATURE_H

#include "check.h"

static inline lgt_status fit(int type, lgt_temperature_model *model, const void *x, size_t stride,
                             const void *labels, uint32_t label_type, const void *weights,
                             size_t rows, size_t cols, const lgt_temperature_opts *opts) {
    switch (type) {
    case F32:
        return lgt_temperature_fit_f32(model, (const float *)x, stride, labels, label_type,
                                       (const float *)weights, rows, cols, opts);
    case F64:
        return lgt_temperature_fit_f64(model, (const double *)x, stride, labels, label_type,
                                       (const double *)weights, rows, cols, opts);
    case F16:
        return lgt_temperature_fit_f16(model, (const lgt_f16 *)x, stride, labels, label_type,
                                       (const float *)weights, rows, cols, opts);
    default:
        return lgt_temperature_fit_bf16(model, (const lgt_bf16 *)x, stride, labels, label_type,
                                        (const float *)weights, rows, cols, opts);
    }
}

static inline lgt_status apply(int type, const lgt_temperature_model *model, const void *x,
                               size_t xs, void *y, size_t ys, size_t rows, size_t cols) {
    switch (type) {
    case F32:
        return lgt_temperature_apply_f32(model, (const float *)x, xs, (float *)y, ys, rows, cols);
    case F64:
        return lgt_temperature_apply_f64(model, (const double *)x, xs, (double *)y, ys, rows, cols);
    case F16:
        return lgt_temperature_apply_f16(model, (const lgt_f16 *)x, xs, (lgt_f16 *)y, ys, rows,
                                         cols);
    default:
        return lgt_temperature_apply_bf16(model, (const lgt_bf16 *)x, xs, (lgt_bf16 *)y, ys, rows,
                                          cols);
    }
}

#endif
