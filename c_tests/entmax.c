/* Alpha-entmax against its definition, up to alpha 2; beyond, by what holds of its shares. */
#include "sparse.h"

static double alpha = 1.25;

static lgt_status map(int type, const void *x, size_t xs, void *y, size_t ys, size_t rows,
                      size_t cols) {
#define MAP(dtype, element) \
    lgt_entmax_##dtype((const element *)x, xs, alpha, (element *)y, ys, rows, cols)
    SPARSE_BY_TYPE(type, MAP)
}

static lgt_status grad(int type, const void *y, size_t ys, const void *dy, size_t dys, void *dx,
                       size_t dxs, size_t rows, size_t cols) {
#define GRAD(dtype, element)                                                               \
    lgt_entmax_grad_##dtype((const element *)y, ys, (const element *)dy, dys, alpha, (element *)dx, \
                            dxs, rows, cols)
    SPARSE_BY_TYPE(type, GRAD)
}

static long double above(const double *x, size_t n, long double tau) {
    long double sum = -1, a = (long double)alpha - 1;
    for (size_t i = 0; i < n; i++)
        if (a * x[i] > tau) sum += powl(a * x[i] - tau, 1 / a);
    return sum;
}

static void truth(const double *x, size_t n, long double *p) {
    long double a = (long double)alpha - 1, top = a * sparse_top(x, n);
    long double tau = sparse_root(above, x, n, top - 1, top);
    for (size_t i = 0; i < n; i++) p[i] = a * x[i] > tau ? powl(a * x[i] - tau, 1 / a) : 0;
}

static void slope(const double *y, const double *dy, size_t n, long double *dx) {
    sparse_entmax_slope(y, dy, n, 2 - (long double)alpha, dx);
}

/* Shares add up to 1, and those to the power of alpha - 1 differ as scores do, but for
 * scores that are too far off to have any. */
static void steep(size_t n, double scale) {
    double x[70] = {0}, y[70] = {0}, sum = 0, a = alpha - 1;
    uint64_t seed = n;
    size_t top = 0;
    for (size_t i = 0; i < n; i++) x[i] = scale * noise(&seed);
    for (size_t i = 0; i < n; i++)
        if (x[i] > x[top]) top = i;
    CHECK_STATUS(lgt_entmax_f64(x, n, alpha, y, n, 1, n), LGT_OK);
    for (size_t i = 0; i < n; i++) {
        sum += y[i];
        double most = pow(y[top], a) - a * (x[top] - x[i]);
        CHECK(y[i] > 0 ? fabs(pow(y[i], a) - most) <= 1e-13 : most <= 1e-13);
    }
    CHECK(fabs(sum - 1) <= 1e-13);
}

void test(void) {
    for (int i = 0; i < 2; i++) {
        alpha = i ? 1.75 : 1.25;
        sparse_check(map, truth, 1e-13, 1e-13);
        sparse_grad_check(grad, slope, 1);
    }
    for (int i = 0; i < 3; i++) {
        /* From 2 on, the least shares have the steepest slopes. */
        alpha = i == 0 ? 1.05 : i == 1 ? 2.5 : 3;
        sparse_grad_check(grad, slope, i == 0 ? 1 : i == 1 ? 100 : 1000);
    }
    for (int i = 0; i < 4; i++) {
        alpha = i == 0 ? 2.5 : i == 1 ? 4 : i == 2 ? 12 : 64;
        sparse_corners(map);
        for (size_t n = 1; n <= 70; n += size_step()) steep(n, n % 3 ? 0.01 : 1);
    }
    alpha = 1;
    sparse_corners(map);
    alpha = 1.5;
    sparse_corners(map);
    sparse_refused(map);
    double x[2] = {1, 2}, y[2] = {5, 5};
    watch(0, y, sizeof y);
    REFUSED(lgt_entmax_f64(x, 2, 0.99, y, 2, 1, 2), LGT_E_VALUE);
    REFUSED(lgt_entmax_f64(x, 2, 64.5, y, 2, 1, 2), LGT_E_VALUE);
    REFUSED(lgt_entmax_f64(x, 2, NAN, y, 2, 1, 2), LGT_E_VALUE);
    REFUSED(lgt_entmax_grad_f64(x, 2, x, 2, NAN, y, 2, 1, 2), LGT_E_VALUE);
    watch_nothing();
}
