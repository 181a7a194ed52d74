/* Softplus against its definition. */
#include "map.h"

static long double beta = 1;

static lgt_status softplus(int type, const void *x, size_t xs, const void *dy, size_t dys, void *y,
                      size_t ys, size_t rows, size_t cols) {
#define FORWARD(dtype, element) \
    lgt_softplus_##dtype((const element *)x, xs, (element *)y, ys, (double)beta, rows, cols)
#define BACKWARD(dtype, element)                                                             \
    lgt_softplus_grad_##dtype((const element *)x, xs, (const element *)dy, dys, (element *)y, ys, \
                            (double)beta, rows, cols)
    if (!dy) { MAP_BY_TYPE(type, FORWARD) }
    MAP_BY_TYPE(type, BACKWARD)
}

static void value(const double *x, const double *dy, size_t n, long double *y, long double *size) {
    (void)dy;
    for (size_t i = 0; i < n; i++) {
        long double z = x[i];
        y[i] = (beta * z > 0 ? beta * z + log1pl(expl(-beta * z)) : log1pl(expl(beta * z))) / beta;
        size[i] = fabsl(y[i]) * (1 + fabsl(beta * z));
    }
}

static void grad(const double *x, const double *dy, size_t n, long double *y, long double *size) {
    for (size_t i = 0; i < n; i++) {
        long double z = x[i];
        y[i] = dy[i] * (1 / (1 + expl(-beta * z)));
        size[i] = fabsl(y[i]) * (1 + fabsl(beta * z));
    }
}

static double entry(uint64_t *seed) {
    return 4 * noise(seed);
}

void test(void) {
    map_check(softplus, value, entry, 0);
    map_check(softplus, grad, entry, 1);
    map_refused(softplus, 0);
    map_refused(softplus, 1);
    beta = 0.75;
    map_check(softplus, value, entry, 0);
    map_check(softplus, grad, entry, 1);
    double x[1] = {1}, y[1] = {7};
    watch(0, y, sizeof y);
    const long double bad[] = {0, -1, NAN, HUGE_VALL};
    for (size_t i = 0; i < 4; i++) {
        beta = bad[i];
        REFUSED(softplus(F64, x, 1, NULL, 0, y, 1, 1, 1), LGT_E_VALUE);
        REFUSED(softplus(F64, x, 1, x, 1, y, 1, 1, 1), LGT_E_VALUE);
    }
}
