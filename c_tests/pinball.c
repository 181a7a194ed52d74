/* Pinball loss against its definition. */
#include "loss.h"

/* Targets and levels, the same for every call. */
static double target_of(size_t row, size_t col) {
    return (double)((row * 7 + col * 3) % 5) - 2;
}

static double level_of(size_t col) {
    return (double)(col % 5) / 4;
}

static lgt_status pinball(const labelled *d, const void *x, size_t stride,
                          const loss_outputs *to) {
    guarded targets = guard_end(d->rows * d->cols * dtype_size(d->type));
    guarded levels = guard_end(d->cols * 8);
    for (size_t r = 0; r < d->rows; r++)
        for (size_t c = 0; c < d->cols; c++)
            put(targets.data, d->type, r * d->cols + c, target_of(r, c));
    for (size_t c = 0; c < d->cols; c++) ((double *)levels.data)[c] = level_of(c);
    lgt_status status;
#define PINBALL(dtype, element, weight)                                                       \
    lgt_pinball_##dtype((const element *)x, stride, (const element *)targets.data, d->cols,   \
                        (const double *)levels.data, (const weight *)d->weights.data,         \
                        to->loss, (element *)to->grad, to->grad_stride, to->total, d->rows,   \
                        d->cols, to->opts)
    switch (d->type) {
    case F32: status = PINBALL(f32, float, float); break;
    case F64: status = PINBALL(f64, double, double); break;
    case F16: status = PINBALL(f16, lgt_f16, float); break;
    default: status = PINBALL(bf16, lgt_bf16, float);
    }
    guard_free(targets);
    guard_free(levels);
    return status;
}

static long double truth(const labelled *d, size_t r, long double *grad) {
    long double loss = 0;
    for (size_t c = 0; c < d->cols; c++) {
        long double off = (long double)target_of(r, c) - labelled_x(d, r, c), q = level_of(c);
        loss += off > 0 ? q * off : (q - 1) * off;
        grad[c] = off > 0 ? -q : off < 0 ? 1 - q : 0;
    }
    return loss;
}

static void check(const labelled *data) {
    loss_check(data, pinball, truth, 1, 1);
}

void test(void) {
    labelled_each(0, check);
    labelled data = labelled_new(F32, LGT_I32, 2, 3, 3, 1);
    loss_refused(&data, pinball);
    labelled_free(data);
    const float x[2] = {0, 0};
    const double bad[3][2] = {{0.5, 1.5}, {NAN, 0}, {0, -0.5}}, good[2] = {0, 1};
    float grad[2] = {7, 7};
    watch(0, grad, sizeof grad);
    for (int i = 0; i < 3; i++)
        REFUSED(lgt_pinball_f32(x, 2, x, 2, bad[i], NULL, NULL, grad, 2, NULL, 1, 2, NULL),
                LGT_E_VALUE);
    REFUSED(lgt_pinball_f32(x, 2, NULL, 2, good, NULL, NULL, grad, 2, NULL, 1, 2, NULL),
            LGT_E_NULL);
    REFUSED(lgt_pinball_f32(x, 2, x, 2, NULL, NULL, NULL, grad, 2, NULL, 1, 2, NULL), LGT_E_NULL);
    REFUSED(lgt_pinball_f32(x, 2, grad, 2, good, NULL, NULL, grad, 2, NULL, 1, 2, NULL),
            LGT_E_ALIAS);
    watch_nothing();
}
