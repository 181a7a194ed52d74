/* Binary cross-entropy against its definition. */
#include "loss.h"

/* Targets of any kind, the same for every call. */
static double target_of(size_t row, size_t col) {
    return (double)((row * 7 + col * 3) % 5) / 4;
}

static double positive_of(size_t col) {
    return col % 4 == 3 ? 0 : 0.5 * (double)(col % 4 + 1);
}

static lgt_status binary_cross_entropy(const labelled *d, const void *x, size_t stride,
                                       const loss_outputs *to) {
    size_t bytes = dtype_size(d->type);
    int computed = computed_type(d->type);
    guarded targets = guard_end(d->rows * d->cols * bytes);
    guarded positive = guard_end(d->cols * dtype_size(computed));
    for (size_t r = 0; r < d->rows; r++)
        for (size_t c = 0; c < d->cols; c++)
            put(targets.data, d->type, r * d->cols + c, target_of(r, c));
    for (size_t c = 0; c < d->cols; c++) put(positive.data, computed, c, positive_of(c));
    lgt_status status;
#define BINARY(dtype, element, weight)                                                            \
    lgt_binary_cross_entropy_##dtype((const element *)x, stride, (const element *)targets.data,   \
                                     d->cols, (const weight *)positive.data,                      \
                                     (const weight *)d->weights.data, to->loss,                   \
                                     (element *)to->grad, to->grad_stride, to->total, d->rows,    \
                                     d->cols, to->opts)
    switch (d->type) {
    case F32: status = BINARY(f32, float, float); break;
    case F64: status = BINARY(f64, double, double); break;
    case F16: status = BINARY(f16, lgt_f16, float); break;
    default: status = BINARY(bf16, lgt_bf16, float);
    }
    guard_free(targets);
    guard_free(positive);
    return status;
}

static long double truth(const labelled *d, size_t r, long double *grad) {
    long double loss = 0;
    for (size_t c = 0; c < d->cols; c++) {
        long double x = labelled_x(d, r, c), t = target_of(r, c), w = positive_of(c) * t;
        long double own = 1 / (1 + expl(-x)), miss = 1 / (1 + expl(x));
        loss += w * log1pl(expl(-x)) + (1 - t) * log1pl(expl(x));
        grad[c] = (1 - t) * own - w * miss;
    }
    return loss;
}

static void check(const labelled *data) {
    loss_check(data, binary_cross_entropy, truth, 1, 2);
}

void test(void) {
    labelled_each(0, check);
    labelled data = labelled_new(F32, LGT_I32, 2, 3, 3, 1);
    loss_refused(&data, binary_cross_entropy);
    labelled_free(data);
    const float x[2] = {0, 0}, bad[2] = {0.5f, 1.5f}, nan[2] = {NAN, 0}, good[2] = {1, 0};
    const float below[2] = {1, -1};
    float grad[2] = {7, 7};
    watch(0, grad, sizeof grad);
    REFUSED(lgt_binary_cross_entropy_f32(x, 2, bad, 2, NULL, NULL, NULL, grad, 2, NULL, 1, 2, NULL),
            LGT_E_VALUE);
    REFUSED(lgt_binary_cross_entropy_f32(x, 2, nan, 2, NULL, NULL, NULL, grad, 2, NULL, 1, 2, NULL),
            LGT_E_VALUE);
    REFUSED(lgt_binary_cross_entropy_f32(x, 2, good, 2, below, NULL, NULL, grad, 2, NULL, 1, 2,
                                         NULL), LGT_E_VALUE);
    REFUSED(lgt_binary_cross_entropy_f32(x, 2, grad, 2, NULL, NULL, NULL, grad, 2, NULL, 1, 2,
                                         NULL), LGT_E_ALIAS);
    REFUSED(lgt_binary_cross_entropy_f32(x, 2, NULL, 2, NULL, NULL, NULL, grad, 2, NULL, 1, 2,
                                         NULL), LGT_E_NULL);
    watch_nothing();
}
