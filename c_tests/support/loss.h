/* Losses of rows under one signature, against a definition in long double: each row's
 * loss, the gradient in and out of place, both reductions, weights, guard pages. */
#ifndef LOSS_H
#define LOSS_H

#include "labelled.h"
#include "refused.h"

typedef struct {
    double *loss;
    void *grad;
    size_t grad_stride;
    double *total;
    const lgt_loss_opts *opts;
} loss_outputs;

/* Calls the function of the type of `data`; `x` stands for the scores of `data`. */
typedef lgt_status (*loss_function)(const labelled *data, const void *x, size_t stride,
                                    const loss_outputs *to);
/* The loss of a row, and its gradient. */
typedef long double (*loss_truth)(const labelled *data, size_t row, long double *grad);

#define LOSS_BY_TYPE(type, call)                    \
    switch (type) {                                 \
    case F32: return call(f32, float, float);       \
    case F64: return call(f64, double, double);     \
    case F16: return call(f16, lgt_f16, float);     \
    default: return call(bf16, lgt_bf16, float);    \
    }

static inline double loss_bound(int type) {
    return type == F64 ? 4e-15 : 1e-6;
}

/* What rounding to the type changes of numbers around 1. */
static inline double loss_rounding(int type) {
    return type == F64 ? 0 : type == F32 ? 6e-8 : type == F16 ? 4.9e-4 : 3.9e-3;
}

static inline void loss_agrees(const labelled *data, loss_truth truth, double losses_bound,
                               double grads_bound, const loss_outputs *to, double factor) {
    long double grad[70], sum = 0, weights = 0, size = 0;
    for (size_t r = 0; r < data->rows; r++) {
        double weight = labelled_weight(data, r);
        long double own = truth(data, r, grad), most = fabsl(own) > 1 ? fabsl(own) : 1;
        if (weight == 0) own = 0;
        if (to->loss) CHECK(fabsl(to->loss[r] - own) <= losses_bound * most);
        sum += weight * own, weights += weight, size += weight * most;
        for (size_t c = 0; to->grad && c < data->cols; c++) {
            double got = get(to->grad, data->type, r * to->grad_stride + c);
            long double want = weight * factor * grad[c];
            long double off = grads_bound * weight * factor + loss_rounding(data->type) * fabsl(want);
            CHECK(fabsl(got - want) <= off + (data->type == F16 ? 6e-8 : 1e-38));
        }
    }
    if (to->opts && to->opts->reduction == LGT_REDUCTION_MEAN) sum /= weights, size /= weights;
    if (to->total && weights > 0) CHECK(fabsl(*to->total - sum) <= losses_bound * size + 1e-300);
}

/* For rows of at most 70 columns. Bounds are in units of the type's, of a loss relative to
 * the larger of 1 and itself, of a gradient to 1. */
static inline void loss_check(const labelled *data, loss_function f, loss_truth truth,
                              double losses_bound, double grads_bound) {
    size_t cols = data->cols, rows = data->rows, bytes = dtype_size(data->type);
    double unit = loss_bound(data->type), weights = 0;
    for (size_t r = 0; r < rows; r++) weights += labelled_weight(data, r);
    guarded loss = guard_end(rows * 8), grad = guard_end(rows * cols * bytes), total = guard_end(8);
    lgt_loss_opts opts;
    lgt_loss_opts_default(&opts);
    losses_bound *= unit, grads_bound *= unit;
    loss_outputs to = {(double *)loss.data, grad.data, cols, (double *)total.data, NULL};
    CHECK_STATUS(f(data, data->x.data, data->stride, &to), LGT_OK);
    loss_agrees(data, truth, losses_bound, grads_bound, &to, 1);
    loss_outputs nothing = {NULL, NULL, 0, NULL, NULL};
    CHECK_STATUS(f(data, data->x.data, data->stride, &nothing), LGT_OK);
    opts.reduction = LGT_REDUCTION_MEAN;
    opts.grad_scale = 0.5;
    to.opts = &opts;
    CHECK_STATUS(f(data, data->x.data, data->stride, &to), weights > 0 ? LGT_OK : LGT_UNDEFINED);
    if (weights > 0) loss_agrees(data, truth, losses_bound, grads_bound, &to, 0.5 / weights);
    else CHECK(isnan(*to.total));
    /* In place. */
    guarded x = guard_end(rows * cols * bytes);
    for (size_t r = 0; r < rows; r++)
        for (size_t c = 0; c < cols; c++)
            put(x.data, data->type, r * cols + c, labelled_x(data, r, c));
    loss_outputs over = {NULL, x.data, cols, NULL, NULL};
    CHECK_STATUS(f(data, x.data, cols, &over), LGT_OK);
    loss_agrees(data, truth, losses_bound, grads_bound, &over, 1);
    guard_free(x);
    guard_free(loss);
    guard_free(grad);
    guard_free(total);
}

/* What every loss refuses: bad outputs and options. `data` holds two rows of three. */
static inline void loss_refused(const labelled *data, loss_function f) {
    uint64_t room[16], total[1], losses[2];
    memset(room, 0xa5, sizeof room);
    memset(total, 0xa5, sizeof total);
    memset(losses, 0xa5, sizeof losses);
    watch(0, room, sizeof room);
    watch(1, total, sizeof total);
    watch(2, losses, sizeof losses);
    lgt_loss_opts opts;
    lgt_loss_opts_default(&opts);
    loss_outputs to = {(double *)(void *)losses, room, 3, (double *)(void *)total, &opts};
    REFUSED(f(data, NULL, 3, &to), LGT_E_NULL);
    REFUSED(f(data, data->x.data, 2, &to), LGT_E_STRIDE);
    loss_outputs narrow = to;
    narrow.grad_stride = 2;
    REFUSED(f(data, data->x.data, data->stride, &narrow), LGT_E_STRIDE);
    REFUSED(f(data, room, 4, &to), LGT_E_ALIAS);
    opts.reduction = 2;
    REFUSED(f(data, data->x.data, data->stride, &to), LGT_E_OPTION);
    opts.reduction = LGT_REDUCTION_SUM;
    opts.grad_scale = NAN;
    REFUSED(f(data, data->x.data, data->stride, &to), LGT_E_VALUE);
    opts.grad_scale = HUGE_VAL;
    REFUSED(f(data, data->x.data, data->stride, &to), LGT_E_VALUE);
    opts.grad_scale = 1;
    opts.struct_size = 4;
    REFUSED(f(data, data->x.data, data->stride, &to), LGT_E_OPTION);
    watch_nothing();
}

#endif
