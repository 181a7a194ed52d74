/* Robust temperatures: worked examples, the definition, and what is refused. */
#include "refused.h"
#include "robust.h"

static lgt_status robust(int type, const void *x, size_t xs, double rho, double low, double high,
                         double *tau, double *kl, size_t rows, size_t cols) {
#define ROBUST(dtype, element) \
    lgt_dro_temperature_##dtype((const element *)x, xs, rho, low, high, tau, kl, rows, cols)
    BY_TYPE(type, ROBUST)
}

static void as_defined(const labelled *data) {
    size_t cols = data->cols, rows = data->rows;
    guarded tau = guard_end(rows * 8), kl = guard_end(rows * 8);
    double *t = (double *)tau.data, *k = (double *)kl.data;
    long double unit = robust_unit(data->type, cols, 1);
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
    }
    guard_free(tau);
    guard_free(kl);
}

static void worked_examples(int type) {
    static const struct {
        double rho, tau, kl;
        lgt_status status;
    } examples[] = {{0.5, 0.9086934595029322, 0.5, LGT_OK},
                    {1e-9, 100, 6.249734386276629e-05, LGT_AT_BOUND},
                    {1.5, 0.01, 1.3862943611198906, LGT_AT_BOUND}};
    const double row[4] = {2, 1, 0, -1}, two[2] = {1, 0}, bound = type == F64 ? 1e-13 : 2e-6;
    uint64_t x[4];
    double tau, kl;
    robust_row(type, x, row, 4);
    for (size_t i = 0; i < 3; i++) {
        CHECK_STATUS(robust(type, x, 4, examples[i].rho, 0.01, 100, &tau, &kl, 1, 4),
                     examples[i].status);
        CHECK(fabs(tau - examples[i].tau) <= 4 * bound && fabs(kl - examples[i].kl) <= bound);
    }
    robust_row(type, x, two, 2);
    CHECK_STATUS(robust(type, x, 2, 0.2, 0.01, 100, &tau, &kl, 1, 2), LGT_OK);
    CHECK(fabs(tau - 0.7047493788133263) <= 4 * bound && fabs(kl - 0.2) <= bound);
}

static void refused(int type) {
    static uint64_t x[6];
    double a[2] = {1, 2}, b[2] = {3, 4};
    for (size_t i = 0; i < 6; i++) put(x, type, i, (double)(i * 7 % 5));
    watch_nothing();
    watch(0, a, sizeof a);
    watch(1, b, sizeof b);
    watch(2, x, sizeof x);
    const double bad[][3] = {{-1, 1, 2},  {NAN, 1, 2}, {INFINITY, 1, 2}, {0.1, 0, 2},
                             {0.1, 3, 2}, {0.1, NAN, 2}, {0.1, 1, NAN},  {0.1, 1, 1e7}};
    for (size_t i = 0; i < 8; i++)
        REFUSED(robust(type, x, 3, bad[i][0], bad[i][1], bad[i][2], a, b, 2, 3), LGT_E_VALUE);
    REFUSED(robust(type, NULL, 3, 0.1, 1, 2, a, b, 2, 3), LGT_E_NULL);
    REFUSED(robust(type, x, 2, 0.1, 1, 2, a, b, 2, 3), LGT_E_STRIDE);
    REFUSED(robust(type, x, SIZE_MAX / 2, 0.1, 1, 2, a, b, 2, 3), LGT_E_SIZE);
    /* Nothing need be wanted, and of no rows nothing be there. */
    CHECK_STATUS(robust(type, NULL, 3, 0.1, 1, 2, NULL, NULL, 0, 3), LGT_OK);
    CHECK(robust(type, x, 3, 0.1, 0.1, 2, NULL, NULL, 2, 3) >= 0 && untouched());
    CHECK_STATUS(robust(type, x, 0, 0.1, 0.1, 2, a, b, 2, 0), LGT_EMPTY_ROW);
    CHECK(isnan(a[0]) && isnan(b[1]));
}

void test(void) {
    labelled_each(0, as_defined);
    for (int type = 0; type < DTYPES; type++) {
        worked_examples(type);
        refused(type);
    }
}
