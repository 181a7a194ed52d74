/* Losses with temperatures, robust temperatures and the worst means of losses, against
 * their definitions, with nothing read or written past the arrays. */
#include "labelled.h"
#include "refused.h"

#define BY_TYPE(type, call)                  \
    switch (type) {                          \
    case F32: return call(f32, float);       \
    case F64: return call(f64, double);      \
    case F16: return call(f16, lgt_f16);     \
    default: return call(bf16, lgt_bf16);    \
    }

static lgt_status cross_entropy(int type, const void *x, size_t xs, const void *y, uint32_t kind,
                                const double *taus, size_t count, double rho, double *loss,
                                void *dx, size_t ds, double *dtau, size_t rows, size_t cols) {
#define TAU(dtype, element)                                                                 \
    lgt_tau_cross_entropy_##dtype((const element *)x, xs, y, kind, taus, count, rho, loss,  \
                                  (element *)dx, ds, dtau, rows, cols)
    BY_TYPE(type, TAU)
}

static lgt_status contrastive(int type, const void *x, size_t xs, const double *taus,
                              size_t count, double rho, double *loss, void *dx, size_t ds,
                              double *dtau, size_t rows, size_t cols) {
#define CONTRASTIVE(dtype, element)                                                         \
    lgt_contrastive_dro_##dtype((const element *)x, xs, taus, count, rho, loss,             \
                                (element *)dx, ds, dtau, rows, cols)
    BY_TYPE(type, CONTRASTIVE)
}

static lgt_status robust(int type, const void *x, size_t xs, double rho, double low, double high,
                         double *tau, double *kl, size_t rows, size_t cols) {
#define ROBUST(dtype, element) \
    lgt_dro_temperature_##dtype((const element *)x, xs, rho, low, high, tau, kl, rows, cols)
    BY_TYPE(type, ROBUST)
}

static lgt_status worst(int type, const void *x, size_t xs, double rho, double low, double high,
                        double *value, double *tau, void *p, size_t ps, size_t rows,
                        size_t cols) {
#define WORST(dtype, element)                                                           \
    lgt_dro_kl_##dtype((const element *)x, xs, rho, low, high, value, tau, (element *)p, \
                       ps, rows, cols)
    BY_TYPE(type, WORST)
}

static long double log_sum(const labelled *data, size_t r, long double tau, size_t without) {
    long double sum = 0, top = -HUGE_VALL;
    for (size_t c = 0; c < data->cols; c++)
        if (c != without && labelled_x(data, r, c) > top) top = labelled_x(data, r, c);
    for (size_t c = 0; c < data->cols; c++)
        if (c != without) sum += expl((labelled_x(data, r, c) - top) / tau);
    return logl(sum) + top / tau;
}

static long double divergence(const labelled *data, size_t r, long double tau, size_t without) {
    long double log = log_sum(data, r, tau, without), sum = 0;
    size_t n = data->cols - (without < data->cols);
    for (size_t c = 0; c < data->cols; c++) {
        long double own = labelled_x(data, r, c) / tau - log;
        if (c != without) sum += expl(own) * own;
    }
    return sum + logl((long double)n);
}

static void losses(const labelled *data) {
    size_t size = dtype_size(data->type), cols = data->cols, rows = data->rows;
    guarded loss = guard_end(rows * 8), dtau = guard_end(rows * 8), taus = guard_end(rows * 8);
    guarded dx = guard_end(rows * cols * size);
    long double rho = 0.3L, unit = data->type == F64 ? 4e-15L : 1e-6L;
    unit *= 1 + logl((long double)cols);
    for (size_t r = 0; r < rows; r++) ((double *)taus.data)[r] = 0.25 + (double)r;
    for (int anchors = 0; anchors < 2; anchors++) {
        if (anchors && (rows > cols || cols < 2)) continue;
        const double *t = (const double *)taus.data;
        double *l = (double *)loss.data, *d = (double *)dtau.data;
        CHECK_STATUS(anchors ? contrastive(data->type, data->x.data, data->stride, t, rows, 0.3, l,
                                           dx.data, cols, d, rows, cols)
                             : cross_entropy(data->type, data->x.data, data->stride,
                                             data->labels.data, data->label_type, t, rows, 0.3, l,
                                             dx.data, cols, d, rows, cols),
                     LGT_OK);
        for (size_t r = 0; r < rows; r++) {
            size_t own = anchors ? r : labelled_label(data, r), without = anchors ? r : cols;
            size_t n = cols - (size_t)anchors;
            long double log = log_sum(data, r, t[r], without);
            long double exact = t[r] * (log - logl((long double)n) + rho) - labelled_x(data, r, own);
            CHECK(fabsl(l[r] - exact) <= t[r] * unit + 1e-14L);
            CHECK(fabsl(d[r] - (rho - divergence(data, r, t[r], without))) <= unit);
            for (size_t c = 0; c < cols; c++) {
                long double p = c == without ? 0 : expl(labelled_x(data, r, c) / t[r] - log);
                p -= c == own;
                long double got = get(dx.data, data->type, r * cols + c);
                CHECK(fabsl(got - p) <= unit + dtype_epsilon(data->type) * fabsl(p));
            }
        }
    }
    guard_free(loss);
    guard_free(dtau);
    guard_free(taus);
    guard_free(dx);
}

static void temperatures(const labelled *data) {
    size_t size = dtype_size(data->type), cols = data->cols, rows = data->rows;
    guarded tau = guard_end(rows * 8), kl = guard_end(rows * 8), value = guard_end(rows * 8);
    guarded p = guard_end(rows * cols * size);
    double *t = (double *)tau.data, *k = (double *)kl.data, *v = (double *)value.data;
    long double unit = (data->type == F64 ? 1e-14L : 2e-6L) * (1 + logl((long double)cols));
    for (int i = 0; i < 3; i++) {
        double rho = 0.05 + i * 0.4;
        lgt_status status = robust(data->type, data->x.data, data->stride, rho, 0.05, 50, t, k,
                                   rows, cols);
        CHECK(status == LGT_OK || status == LGT_AT_BOUND);
        for (size_t r = 0; r < rows; r++) {
            long double exact = divergence(data, r, t[r], cols);
            CHECK(fabsl(k[r] - exact) <= unit);
            if (t[r] == 0.05) CHECK(exact <= rho + unit);
            else if (t[r] == 50) CHECK(exact >= rho - unit);
            else CHECK(fabsl(exact - rho) <= unit);
        }
        CHECK(worst(data->type, data->x.data, data->stride, rho, 0.05, 50, v, t, p.data, cols,
                    rows, cols) >= 0);
        for (size_t r = 0; r < rows; r++) {
            long double log = log_sum(data, r, t[r], cols) - logl((long double)cols);
            long double exact = t[r] * log + (t[r] - 0.05L) * rho;
            CHECK(fabsl(v[r] - exact) <= t[r] * unit + 1e-14L);
            for (size_t c = 0; c < cols; c++) {
                long double share =
                    expl(labelled_x(data, r, c) / t[r] - log_sum(data, r, t[r], cols));
                long double got = get(p.data, data->type, r * cols + c);
                CHECK(fabsl(got - share) <= unit + dtype_epsilon(data->type) * share);
            }
        }
    }
    guard_free(tau);
    guard_free(kl);
    guard_free(value);
    guard_free(p);
}

static void refused(int type) {
    static uint64_t x[6], out[6];
    const int32_t y[2] = {0, 2}, far[2] = {0, 3};
    double a[2] = {1, 2}, b[2] = {3, 4}, taus[2] = {1, NAN};
    for (size_t i = 0; i < 6; i++) put(x, type, i, (double)(i * 7 % 5));
    memset(out, 0xa5, sizeof out);
    watch_nothing();
    watch(0, out, sizeof out);
    watch(1, a, sizeof a);
    watch(2, b, sizeof b);
    watch(3, x, sizeof x);
#define TAU_CALL(x, xs, y, taus, count, rho) \
    cross_entropy(type, x, xs, y, LGT_I32, taus, count, rho, a, out, 3, b, 2, 3)
    REFUSED(TAU_CALL(NULL, 3, y, NULL, 0, 0), LGT_E_NULL);
    REFUSED(TAU_CALL(x, 3, NULL, NULL, 0, 0), LGT_E_NULL);
    REFUSED(TAU_CALL(x, 2, y, NULL, 0, 0), LGT_E_STRIDE);
    REFUSED(TAU_CALL(x, SIZE_MAX / 2, y, NULL, 0, 0), LGT_E_SIZE);
    REFUSED(TAU_CALL(x, 3, far, NULL, 0, 0), LGT_E_LABEL);
    REFUSED(TAU_CALL(x, 3, y, taus, 3, 0), LGT_E_SHAPE);
    REFUSED(TAU_CALL(x, 3, y, taus, 2, 0), LGT_E_VALUE);
    REFUSED(TAU_CALL(x, 3, y, NULL, 0, NAN), LGT_E_VALUE);
    REFUSED(cross_entropy(type, x, 3, y, LGT_I32, NULL, 0, 0, a, out, 2, b, 2, 3), LGT_E_STRIDE);
    REFUSED(cross_entropy(type, x, 3, y, LGT_I32, NULL, 0, 0, a,
                          (char *)(void *)x + dtype_size(type), 3, b, 2, 3),
            LGT_E_ALIAS);
    REFUSED(cross_entropy(type, x, 3, y, LGT_I32, NULL, 0, 0, (double *)(void *)x, out, 3, b, 2, 3),
            LGT_E_ALIAS);
    REFUSED(contrastive(type, x, 2, NULL, 0, 0, a, NULL, 0, b, 3, 2), LGT_E_SHAPE);
    const double bad[][3] = {{-1, 1, 2},  {NAN, 1, 2}, {INFINITY, 1, 2}, {0.1, 0, 2},
                             {0.1, 3, 2}, {0.1, NAN, 2}, {0.1, 1, NAN},  {0.1, 1, 1e7}};
    for (size_t i = 0; i < 8; i++) {
        REFUSED(robust(type, x, 3, bad[i][0], bad[i][1], bad[i][2], a, b, 2, 3), LGT_E_VALUE);
        REFUSED(worst(type, x, 3, bad[i][0], bad[i][1], bad[i][2], a, b, out, 3, 2, 3),
                LGT_E_VALUE);
    }
    REFUSED(robust(type, NULL, 3, 0.1, 1, 2, a, b, 2, 3), LGT_E_NULL);
    REFUSED(worst(type, x, 2, 0.1, 1, 2, a, b, out, 3, 2, 3), LGT_E_STRIDE);
    /* Nothing need be wanted, and of no rows nothing be there. */
    CHECK_STATUS(worst(type, NULL, 3, 0.1, 1, 2, NULL, NULL, NULL, 0, 0, 3), LGT_OK);
    CHECK(robust(type, x, 3, 0.1, 0.1, 2, NULL, NULL, 2, 3) >= 0 && untouched());
    CHECK_STATUS(robust(type, x, 0, 0.1, 0.1, 2, a, b, 2, 0), LGT_EMPTY_ROW);
    CHECK(isnan(a[0]) && isnan(b[1]));
}

void test(void) {
    labelled_each(0, losses);
    labelled_each(0, temperatures);
    for (int type = 0; type < DTYPES; type++) refused(type);
}
