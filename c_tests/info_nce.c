/* InfoNCE against its definition. */
#include "loss.h"

static double temperature_of = 1;
static uint32_t direction = LGT_INFO_NCE_ROWS;

static lgt_status info_nce(const labelled *d, const void *x, size_t stride,
                           const loss_outputs *to) {
    const void *labels = direction == LGT_INFO_NCE_ROWS ? d->labels.data : NULL;
#define INFO_NCE(dtype, element, weight)                                                        \
    lgt_info_nce_##dtype((const element *)x, stride, labels, d->label_type,                     \
                         (const weight *)d->weights.data, temperature_of, direction, to->loss,  \
                         (element *)to->grad, to->grad_stride, to->total, d->rows, d->cols,     \
                         to->opts)
    LOSS_BY_TYPE(d->type, INFO_NCE)
}

static long double truth(const labelled *d, size_t r, long double *grad) {
    long double sum = 0;
    size_t label = labelled_label(d, r);
    for (size_t c = 0; c < d->cols; c++) sum += expl(labelled_x(d, r, c) / temperature_of);
    for (size_t c = 0; c < d->cols; c++) {
        long double share = expl(labelled_x(d, r, c) / temperature_of) / sum;
        grad[c] = (share - (c == label)) / temperature_of;
    }
    return logl(sum) - labelled_x(d, r, label) / (long double)temperature_of;
}

static void check(const labelled *data) {
    loss_check(data, info_nce, truth, 20, 20);
}

/* A square, rows and columns. */
static void both(size_t n) {
    guarded x = guard_end(n * n * 8), grad = guard_end(n * n * 8), loss = guard_end(n * 8);
    double *at = (double *)x.data, total;
    for (size_t i = 0; i < n * n; i++) at[i] = (double)((i * i * 31 + i * 17) % 101) / 40;
    CHECK_STATUS(lgt_info_nce_f64(at, n, NULL, LGT_I32, NULL, 0.5, LGT_INFO_NCE_SYMMETRIC,
                                  (double *)loss.data, (double *)grad.data, n, &total, n, n, NULL),
                 LGT_OK);
    long double *rows = (long double *)calloc(n, sizeof *rows);
    long double *cols = (long double *)calloc(n, sizeof *cols), sum = 0;
    for (size_t i = 0; i < n * n; i++) {
        rows[i / n] += expl(at[i] / 0.5L);
        cols[i % n] += expl(at[i] / 0.5L);
    }
    for (size_t i = 0; i < n; i++) {
        long double own = at[i * n + i] / 0.5L;
        long double want = (logl(rows[i]) + logl(cols[i])) / 2 - own;
        CHECK(fabsl(((double *)loss.data)[i] - want) < 1e-13);
        sum += want;
    }
    CHECK(fabsl(total - sum) < 1e-13 * (double)n);
    for (size_t i = 0; i < n * n; i++) {
        long double e = expl(at[i] / 0.5L);
        long double want = e / rows[i / n] + e / cols[i % n] - (i / n == i % n ? 2 : 0);
        CHECK(fabsl(((double *)grad.data)[i] - want) < 1e-13);
    }
    free(rows);
    free(cols);
    guard_free(x);
    guard_free(grad);
    guard_free(loss);
}

void test(void) {
    labelled_each(0, check);
    temperature_of = 0.75;
    labelled_each(0, check);
    temperature_of = 1;
    const size_t sizes[10] = {1, 2, 3, 15, 16, 17, 64, 255, 256, 257};
    for (int i = 0; i < 10; i++) both(sizes[i]);
    labelled data = labelled_new(F32, LGT_I32, 2, 3, 3, 1);
    loss_refused(&data, info_nce);
    labelled_put_label(&data, 1, 3);
    loss_outputs none = {NULL, NULL, 0, NULL, NULL};
    CHECK_STATUS(info_nce(&data, data.x.data, 3, &none), LGT_E_LABEL);
    direction = LGT_INFO_NCE_SYMMETRIC;
    CHECK_STATUS(info_nce(&data, data.x.data, 3, &none), LGT_E_SHAPE);
    direction = 2;
    CHECK_STATUS(info_nce(&data, data.x.data, 3, &none), LGT_E_OPTION);
    direction = LGT_INFO_NCE_ROWS;
    const double temperatures[4] = {0, -1, NAN, HUGE_VAL};
    for (int i = 0; i < 4; i++) {
        temperature_of = temperatures[i];
        CHECK_STATUS(info_nce(&data, data.x.data, 3, &none), LGT_E_VALUE);
    }
    labelled_free(data);
    float x[4] = {1, 0, 0, 1};
    const uint8_t label[2] = {0, 1};
    watch(0, x, sizeof x);
    REFUSED(lgt_info_nce_f32(x, 2, NULL, LGT_U8, NULL, 1, LGT_INFO_NCE_SYMMETRIC, NULL, x, 2, NULL,
                             2, 2, NULL), LGT_E_ALIAS);
    REFUSED(lgt_info_nce_f32(x, 2, label, LGT_U8, NULL, 1, LGT_INFO_NCE_SYMMETRIC, NULL, NULL, 0,
                             NULL, 2, 2, NULL), LGT_E_SHAPE);
    REFUSED(lgt_info_nce_f32(x, 1, NULL, LGT_U8, NULL, 1, LGT_INFO_NCE_ROWS, NULL, NULL, 0, NULL,
                             4, 1, NULL), LGT_E_SHAPE);
    watch_nothing();
}
