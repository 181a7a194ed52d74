/* Alpha-normmax against its definition. */
#include "sparse.h"

static double alpha = 2;

static lgt_status map(int type, const void *x, size_t xs, void *y, size_t ys, size_t rows,
                      size_t cols) {
#define MAP(dtype, element) \
    lgt_normmax_##dtype((const element *)x, xs, alpha, (element *)y, ys, rows, cols)
    SPARSE_BY_TYPE(type, MAP)
}

static lgt_status grad(int type, const void *y, size_t ys, const void *dy, size_t dys, void *dx,
                       size_t dxs, size_t rows, size_t cols) {
#define GRAD(dtype, element)                                                               \
    lgt_normmax_grad_##dtype((const element *)y, ys, (const element *)dy, dys, alpha, (element *)dx, \
                            dxs, rows, cols)
    SPARSE_BY_TYPE(type, GRAD)
}

static long double above(const double *x, size_t n, long double tau) {
    long double sum = -1, q = alpha / ((long double)alpha - 1);
    for (size_t i = 0; i < n; i++)
        if (x[i] > tau) sum += powl(x[i] - tau, q);
    return sum;
}

static void truth(const double *x, size_t n, long double *p) {
    long double q = 1 / ((long double)alpha - 1), top = sparse_top(x, n), sum = 0;
    long double tau = sparse_root(above, x, n, top - 1, top);
    for (size_t i = 0; i < n; i++) sum += p[i] = x[i] > tau ? powl(x[i] - tau, q) : 0;
    for (size_t i = 0; i < n; i++) p[i] /= sum;
}

static void slope(const double *y, const double *dy, size_t n, long double *dx) {
    long double sum = 0, mean = 0, norm = 0, product = 0, a = alpha;
    for (size_t i = 0; i < n; i++) {
        sum += y[i], mean += (long double)y[i] * dy[i];
        if (y[i] > 0) norm += powl(y[i], a);
    }
    mean /= sum;
    for (size_t i = 0; i < n; i++)
        if (y[i] > 0) product += powl(y[i], 2 - a) * (dy[i] - mean);
    for (size_t i = 0; i < n; i++)
        dx[i] = y[i] > 0 ? powl(norm, (a - 1) / a) / (a - 1) *
                               (powl(y[i], 2 - a) * (dy[i] - mean) - product * y[i])
                         : 0;
}

void test(void) {
    for (int i = 0; i < 2; i++) {
        alpha = i ? 2 : 1.5;
        sparse_check(map, truth, 1e-12, 1e-12);
        sparse_grad_check(grad, slope, 2);
        sparse_corners(map);
    }
    for (int i = 0; i < 2; i++) {
        alpha = i ? 2.5 : 1.05;
        sparse_grad_check(grad, slope, 2);
    }
    sparse_refused(map);
    double x[2] = {1, 2}, y[2] = {5, 5};
    watch(0, y, sizeof y);
    REFUSED(lgt_normmax_f64(x, 2, 1, y, 2, 1, 2), LGT_E_VALUE);
    REFUSED(lgt_normmax_f64(x, 2, 64.5, y, 2, 1, 2), LGT_E_VALUE);
    REFUSED(lgt_normmax_f64(x, 2, NAN, y, 2, 1, 2), LGT_E_VALUE);
    REFUSED(lgt_normmax_grad_f64(x, 2, x, 2, NAN, y, 2, 1, 2), LGT_E_VALUE);
    watch_nothing();
}
