/* The contrastive loss of anchors: a worked example, the definition, and what is refused. */
#include "refused.h"
#include "robust.h"

static lgt_status contrastive(int type, const void *x, size_t xs, const double *taus,
                              size_t count, double rho, double *loss, void *dx, size_t ds,
                              double *dtau, size_t rows, size_t cols) {
#define CONTRASTIVE(dtype, element)                                                         \
    lgt_contrastive_dro_##dtype((const element *)x, xs, taus, count, rho, loss,             \
                                (element *)dx, ds, dtau, rows, cols)
    BY_TYPE(type, CONTRASTIVE)
}

static lgt_status call(const labelled *data, const double *taus, double *loss, void *dx,
                       double *dtau) {
    return contrastive(data->type, data->x.data, data->stride, taus, data->rows, 0.3, loss, dx,
                       data->cols, dtau, data->rows, data->cols);
}

static void as_defined(const labelled *data) {
    if (data->rows <= data->cols && data->cols >= 2) robust_check(data, call, 1);
}

/* An anchor whose own pair is at 0. */
static void worked_example(int type) {
    const double row[4] = {0, -0.2, -0.5, 0.1}, tau = 0.05;
    const double slopes[4] = {-1, 0.0024726080019708, 6.128982466927776e-06, 0.9975212630155623};
    /* As stored, tenths are what they are. */
    const double stored[DTYPES] = {1e-7, 1e-15, 2e-4, 2e-3};
    const double bound = (type == F64 ? 1e-14 : 2e-6) + 4 * stored[type] / tau;
    uint64_t x[4], dx[4];
    double loss, dtau;
    robust_row(type, x, row, 4);
    CHECK_STATUS(contrastive(type, x, 4, &tau, 1, 0.1, &loss, dx, 4, &dtau, 1, 4), LGT_OK);
    CHECK(fabs(loss - 0.05019347627354351) <= bound && fabs(dtau + 0.9812212787277022) <= bound);
    for (size_t c = 0; c < 4; c++) CHECK(fabs(get(dx, type, c) - slopes[c]) <= bound);
}

static void refused(int type) {
    static uint64_t x[6], out[6];
    double a[2] = {1, 2}, b[2] = {3, 4}, taus[2] = {1, NAN};
    for (size_t i = 0; i < 6; i++) put(x, type, i, (double)(i * 7 % 5));
    memset(out, 0xa5, sizeof out);
    watch_nothing();
    watch(0, out, sizeof out);
    watch(1, a, sizeof a);
    watch(2, b, sizeof b);
    watch(3, x, sizeof x);
#define CALL(x, xs, taus, count, rho) \
    contrastive(type, x, xs, taus, count, rho, a, out, 3, b, 2, 3)
    REFUSED(CALL(NULL, 3, NULL, 0, 0), LGT_E_NULL);
    REFUSED(CALL(x, 2, NULL, 0, 0), LGT_E_STRIDE);
    REFUSED(CALL(x, SIZE_MAX / 2, NULL, 0, 0), LGT_E_SIZE);
    REFUSED(CALL(x, 3, taus, 3, 0), LGT_E_SHAPE);
    REFUSED(CALL(x, 3, taus, 2, 0), LGT_E_VALUE);
    REFUSED(CALL(x, 3, NULL, 0, NAN), LGT_E_VALUE);
    REFUSED(contrastive(type, x, 2, NULL, 0, 0, a, NULL, 0, b, 3, 2), LGT_E_SHAPE);
    REFUSED(contrastive(type, x, 3, NULL, 0, 0, a, out, 2, b, 2, 3), LGT_E_STRIDE);
    REFUSED(contrastive(type, x, 3, NULL, 0, 0, a, (char *)(void *)x + dtype_size(type), 3, b, 2, 3),
            LGT_E_ALIAS);
}

void test(void) {
    labelled_each(0, as_defined);
    for (int type = 0; type < DTYPES; type++) {
        worked_example(type);
        refused(type);
    }
}
