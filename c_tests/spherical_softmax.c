/* Spherical softmax against its definition. */
#include "map.h"

static double eps = 0.0625;

static lgt_status spherical_softmax(int type, const void *x, size_t xs, const void *dy, size_t dys, void *y,
                      size_t ys, size_t rows, size_t cols) {
#define FORWARD(dtype, element) \
    lgt_spherical_softmax_##dtype((const element *)x, xs, (element *)y, ys, eps, rows, cols)
#define BACKWARD(dtype, element)                                                             \
    lgt_spherical_softmax_grad_##dtype((const element *)x, xs, (const element *)dy, dys, (element *)y, ys, \
                            eps, rows, cols)
    if (!dy) { MAP_BY_TYPE(type, FORWARD) }
    MAP_BY_TYPE(type, BACKWARD)
}

static long double weight(long double z) {
    return z * z + eps;
}

static long double slope(long double z) {
    return 2 * z;
}

static void value(const double *x, const double *dy, size_t n, long double *y, long double *size) {
    long double sum = 0;
    (void)dy;
    for (size_t i = 0; i < n; i++) sum += weight(x[i]);
    for (size_t i = 0; i < n; i++) size[i] = 1 * (y[i] = weight(x[i]) / sum);
}

static void grad(const double *x, const double *dy, size_t n, long double *y, long double *size) {
    long double sum = 0, mean = 0, top = 0;
    for (size_t i = 0; i < n; i++) sum += weight(x[i]), top = fmaxl(top, fabsl(dy[i]));
    for (size_t i = 0; i < n; i++) mean += weight(x[i]) / sum * dy[i];
    for (size_t i = 0; i < n; i++) {
        y[i] = slope(x[i]) * (dy[i] - mean) / sum;
        size[i] = 2 * 1 * fabsl(slope(x[i])) * top / sum;
    }
}

static double entry(uint64_t *seed) {
    return noise(seed);
}

void test(void) {
    map_check(spherical_softmax, value, entry, 0);
    map_check(spherical_softmax, grad, entry, 1);
    map_refused(spherical_softmax, 0);
    map_refused(spherical_softmax, 1);
    eps = 1e-4;
    map_check(spherical_softmax, value, entry, 0);
    map_check(spherical_softmax, grad, entry, 1);
    double x[4] = {2, 0, -1, 1}, y[4] = {0};
    /* exp of minus the worked loss of its logarithm. */
    CHECK_STATUS(spherical_softmax(F64, x, 4, NULL, 0, y, 4, 1, 4), LGT_OK);
    CHECK(fabs(-log(y[0]) - 0.4055067728652025) < 1e-14);
    watch(0, y, sizeof y);
    const double bad[] = {-1, NAN, HUGE_VAL};
    for (size_t i = 0; i < 3; i++) {
        eps = bad[i];
        REFUSED(spherical_softmax(F64, x, 4, NULL, 0, y, 4, 1, 4), LGT_E_VALUE);
        REFUSED(spherical_softmax(F64, x, 4, x, 4, y, 4, 1, 4), LGT_E_VALUE);
    }
}
