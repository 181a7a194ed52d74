/* Logit against its definition. */
#include "map.h"

static double eps = 0;

/* At what is within eps of 0 or 1, which f32 holds exactly. */
static long double cut(long double z) {
    if (z < eps) z = eps;
    if (z > 1 - eps) z = 1 - eps;
    return logl(z) - log1pl(-z);
}

static lgt_status logit(int type, const void *x, size_t xs, const void *dy, size_t dys, void *y,
                      size_t ys, size_t rows, size_t cols) {
#define FORWARD(dtype, element) \
    lgt_logit_##dtype((const element *)x, xs, (element *)y, ys, eps, rows, cols)
#define BACKWARD(dtype, element)                                                             \
    lgt_logit_grad_##dtype((const element *)x, xs, (const element *)dy, dys, (element *)y, ys, \
                            eps, rows, cols)
    if (!dy) { MAP_BY_TYPE(type, FORWARD) }
    MAP_BY_TYPE(type, BACKWARD)
}

static void value(const double *x, const double *dy, size_t n, long double *y, long double *size) {
    (void)dy;
    for (size_t i = 0; i < n; i++) {
        long double z = x[i];
        y[i] = eps == 0 ? (z < 0.25L || z > 0.75L ? logl(z) - log1pl(-z) : 2 * atanhl(2 * z - 1)) : cut(z);
        size[i] = fabsl(y[i]) + (eps > 0);
    }
}

static void grad(const double *x, const double *dy, size_t n, long double *y, long double *size) {
    for (size_t i = 0; i < n; i++) {
        long double z = x[i];
        y[i] = dy[i] * (eps > 0 && (z < eps || z > 1 - eps) ? 0 : 1 / (z * (1 - z)));
        size[i] = fabsl(y[i]);
    }
}

static double entry(uint64_t *seed) {
    return 0.5 + 0.5 * tanh(noise(seed));
}

void test(void) {
    map_check(logit, value, entry, 0);
    map_check(logit, grad, entry, 1);
    map_refused(logit, 0);
    map_refused(logit, 1);
    eps = 0.125;
    map_check(logit, value, entry, 0);
    map_check(logit, grad, entry, 1);
    double x[1] = {0.5}, y[1] = {7};
    watch(0, y, sizeof y);
    const double bad[] = {-0.1, 0.6, NAN};
    for (size_t i = 0; i < 3; i++) {
        eps = bad[i];
        REFUSED(logit(F64, x, 1, NULL, 0, y, 1, 1, 1), LGT_E_VALUE);
        REFUSED(logit(F64, x, 1, x, 1, y, 1, 1, 1), LGT_E_VALUE);
    }
}
