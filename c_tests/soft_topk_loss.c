/* The loss of soft top-k against its definition, by halving in long double. */
#include "loss.h"

static double alpha = 2;
static guarded flags;

/* What is relevant: made from the row and the column, of the label type of the data. */
static int relevant(size_t r, size_t c) {
    return (r * 7 + c * 5) % 3 == 0 && r % 4 != 3;
}

static size_t label_bytes(uint32_t type) {
    return (size_t)1 << ((type - LGT_I8) % 4);
}

static double share_of(const labelled *d) {
    return 0.3 * (double)d->cols;
}

static lgt_status soft_topk_loss(const labelled *d, const void *x, size_t stride,
                                 const loss_outputs *to) {
#define SOFT(dtype, element, weight)                                                          \
    lgt_soft_topk_loss_##dtype((const element *)x, stride, flags.data, d->cols, d->label_type, \
                               (const weight *)d->weights.data, share_of(d), alpha, to->loss,  \
                               (element *)to->grad, to->grad_stride, to->total, d->rows,       \
                               d->cols, to->opts)
    LOSS_BY_TYPE(d->type, SOFT)
}

static long double truth(const labelled *d, size_t r, long double *grad) {
    size_t n = d->cols, count = 0;
    long double x[70], k = share_of(d), edge = logl(k / (n - k)) / alpha;
    long double low = -HUGE_VALL, high = -HUGE_VALL, t = 0, loss = 0, sum = 0, slopes = 0;
    for (size_t c = 0; c < n; c++) {
        x[c] = labelled_x(d, r, c);
        low = fmaxl(low, x[c]), high = fmaxl(high, -x[c]);
        count += (size_t)relevant(r, c);
    }
    low = edge - low, high += edge;
    for (int step = 0; step < 80; step++) {
        long double shares = 0;
        t = (low + high) / 2;
        for (size_t c = 0; c < n; c++) shares += 1 / (1 + expl(-alpha * (x[c] + t)));
        if (shares < k) low = t;
        else high = t;
    }
    for (int write = 0; write < 2; write++)
        for (size_t c = 0; c < n; c++) {
            long double e = expl(-alpha * (x[c] + t)), lack = e / (1 + e);
            long double v = alpha * lack / (1 + e);
            long double u = relevant(r, c) ? -alpha * lack / count : 0;
            if (write) grad[c] = u - v * sum / slopes;
            else sum += u, slopes += v;
            if (!write && relevant(r, c)) loss += log1pl(e) / count;
        }
    return loss;
}

static void fill(const labelled *data) {
    size_t bytes = label_bytes(data->label_type);
    flags = guard_end(data->rows * data->cols * bytes);
    memset(flags.data, 0, data->rows * data->cols * bytes);
    /* The first byte of a small number is all of it here. */
    for (size_t r = 0; r < data->rows; r++)
        for (size_t c = 0; c < data->cols; c++)
            ((unsigned char *)flags.data)[(r * data->cols + c) * bytes] = (unsigned char)relevant(r, c);
}

static void check(const labelled *data) {
    fill(data);
    loss_check(data, soft_topk_loss, truth, 8, 16);
    guard_free(flags);
}

void test(void) {
    labelled_each(0, check);
    labelled data = labelled_new(F32, LGT_I32, 2, 3, 3, 1);
    fill(&data);
    loss_refused(&data, soft_topk_loss);
    loss_outputs none = {NULL, NULL, 0, NULL, NULL};
    ((int32_t *)flags.data)[1] = 2;
    CHECK_STATUS(soft_topk_loss(&data, data.x.data, 3, &none), LGT_E_LABEL);
    alpha = NAN;
    CHECK_STATUS(soft_topk_loss(&data, data.x.data, 3, &none), LGT_E_VALUE);
    guard_free(flags);
    labelled_free(data);
    double x[4] = {3, 1, 0.5, -2}, grad[4], loss;
    const uint8_t worked[4] = {1, 0, 1, 0};
    const double want[] = {0.003090157773525115, 0.30426775579770304, -0.31269988596930187,
                           0.0053419723980737055};
    CHECK_STATUS(lgt_soft_topk_loss_f64(x, 4, worked, 4, LGT_U8, NULL, 2, 2, &loss, grad, 4, NULL, 1,
                                        4, NULL), LGT_OK);
    CHECK(fabs(loss - 0.4880567784657896) < 1e-14);
    for (int i = 0; i < 4; i++) CHECK(fabs(grad[i] - want[i]) < 1e-13);
}
