/* The logarithm of the sigmoid against its definition. */
#include "map.h"

static lgt_status log_sigmoid(int type, const void *x, size_t xs, const void *dy, size_t dys, void *y,
                      size_t ys, size_t rows, size_t cols) {
#define FORWARD(dtype, element) \
    lgt_log_sigmoid_##dtype((const element *)x, xs, (element *)y, ys, rows, cols)
#define BACKWARD(dtype, element)                                                             \
    lgt_log_sigmoid_grad_##dtype((const element *)x, xs, (const element *)dy, dys, (element *)y, ys, \
                            rows, cols)
    if (!dy) { MAP_BY_TYPE(type, FORWARD) }
    MAP_BY_TYPE(type, BACKWARD)
}

static void value(const double *x, const double *dy, size_t n, long double *y, long double *size) {
    (void)dy;
    for (size_t i = 0; i < n; i++) {
        long double z = x[i];
        y[i] = z > 0 ? -log1pl(expl(-z)) : z - log1pl(expl(z));
        size[i] = fabsl(y[i]);
    }
}

static void grad(const double *x, const double *dy, size_t n, long double *y, long double *size) {
    for (size_t i = 0; i < n; i++) {
        long double z = x[i];
        y[i] = dy[i] * (1 / (1 + expl(z)));
        size[i] = fabsl(y[i]);
    }
}

static double entry(uint64_t *seed) {
    return 4 * noise(seed);
}

void test(void) {
    map_check(log_sigmoid, value, entry, 0);
    map_check(log_sigmoid, grad, entry, 1);
    map_refused(log_sigmoid, 0);
    map_refused(log_sigmoid, 1);
}
