/* Worst means of losses: a worked example, the definition, and what is refused. */
#include "refused.h"
#include "robust.h"

static lgt_status worst(int type, const void *x, size_t xs, double rho, double low, double high,
                        double *value, double *tau, void *p, size_t ps, size_t rows,
                        size_t cols) {
#define WORST(dtype, element)                                                           \
    lgt_dro_kl_##dtype((const element *)x, xs, rho, low, high, value, tau, (element *)p, \
                       ps, rows, cols)
    BY_TYPE(type, WORST)
}

static void as_defined(const labelled *data) {
    size_t cols = data->cols, rows = data->rows;
    guarded tau = guard_end(rows * 8), value = guard_end(rows * 8);
    guarded p = guard_end(rows * cols * dtype_size(data->type));
    double *t = (double *)tau.data, *v = (double *)value.data;
    long double unit = robust_unit(data->type, cols, 1);
    for (int i = 0; i < 3; i++) {
        double rho = 0.05 + i * 0.4;
        CHECK(worst(data->type, data->x.data, data->stride, rho, 0.05, 50, v, t, p.data, cols,
                    rows, cols) >= 0);
        for (size_t r = 0; r < rows; r++) {
            long double log = log_sum(data, r, t[r], cols);
            long double exact = t[r] * (log - logl((long double)cols)) + (t[r] - 0.05L) * rho;
            CHECK(fabsl(v[r] - exact) <= t[r] * unit + 1e-14L);
            for (size_t c = 0; c < cols; c++) {
                long double share = expl(labelled_x(data, r, c) / t[r] - log);
                long double got = get(p.data, data->type, r * cols + c);
                CHECK(fabsl(got - share) <= unit + dtype_epsilon(data->type) * share);
            }
        }
    }
    guard_free(tau);
    guard_free(value);
    guard_free(p);
}

static void worked_example(int type) {
    const double row[4] = {0.1, 0.5, 2, 0.3}, stored[DTYPES] = {2e-7, 1e-14, 1e-3, 8e-3};
    const double shares[4] = {0.10563480695968777, 0.15302254841549898, 0.6142029287121578,
                              0.12713971591265538};
    const double bound = 2e-6 * (type != F64) + stored[type];
    uint64_t x[4], p[4];
    double value, tau;
    robust_row(type, x, row, 4);
    CHECK_STATUS(worst(type, x, 4, 0.3, 0.05, 10, &value, &tau, p, 4, 1, 4), LGT_OK);
    CHECK(fabs(value - 1.3386225271018308) <= bound && fabs(tau - 1.079338511004966) <= 4 * bound);
    for (size_t c = 0; c < 4; c++) CHECK(fabs(get(p, type, c) - shares[c]) <= bound);
}

static void refused(int type) {
    static uint64_t x[6], out[6];
    double a[2] = {1, 2}, b[2] = {3, 4};
    for (size_t i = 0; i < 6; i++) put(x, type, i, (double)(i * 7 % 5));
    watch_nothing();
    watch(0, a, sizeof a);
    watch(1, b, sizeof b);
    watch(2, x, sizeof x);
    memset(out, 0xa5, sizeof out);
    watch(3, out, sizeof out);
    const double bad[][3] = {{-1, 1, 2},  {NAN, 1, 2}, {INFINITY, 1, 2}, {0.1, 0, 2},
                             {0.1, 3, 2}, {0.1, NAN, 2}, {0.1, 1, NAN},  {0.1, 1, 1e7}};
    for (size_t i = 0; i < 8; i++)
        REFUSED(worst(type, x, 3, bad[i][0], bad[i][1], bad[i][2], a, b, out, 3, 2, 3),
                LGT_E_VALUE);
    REFUSED(worst(type, NULL, 3, 0.1, 1, 2, a, b, out, 3, 2, 3), LGT_E_NULL);
    REFUSED(worst(type, x, 2, 0.1, 1, 2, a, b, out, 3, 2, 3), LGT_E_STRIDE);
    REFUSED(worst(type, x, 3, 0.1, 1, 2, a, b, out, 2, 2, 3), LGT_E_STRIDE);
    REFUSED(worst(type, x, SIZE_MAX / 2, 0.1, 1, 2, a, b, out, 3, 2, 3), LGT_E_SIZE);
    REFUSED(worst(type, x, 3, 0.1, 1, 2, a, b, (char *)(void *)x + dtype_size(type), 3, 2, 3),
            LGT_E_ALIAS);
    /* Nothing need be wanted, and of no rows nothing be there. */
    CHECK_STATUS(worst(type, NULL, 3, 0.1, 1, 2, NULL, NULL, NULL, 0, 0, 3), LGT_OK);
}

void test(void) {
    labelled_each(0, as_defined);
    for (int type = 0; type < DTYPES; type++) {
        worked_example(type);
        refused(type);
    }
}
