/* Taylor softmax against its definition. */
#include "map.h"

static uint32_t order = 2;

static long double sum_of(long double z) {
    long double sum = 0, term = 1;
    for (uint32_t k = 0; k <= order; term *= z / ++k) sum += term;
    return sum;
}

static lgt_status taylor_softmax(int type, const void *x, size_t xs, const void *dy, size_t dys, void *y,
                      size_t ys, size_t rows, size_t cols) {
#define FORWARD(dtype, element) \
    lgt_taylor_softmax_##dtype((const element *)x, xs, (element *)y, ys, order, rows, cols)
#define BACKWARD(dtype, element)                                                             \
    lgt_taylor_softmax_grad_##dtype((const element *)x, xs, (const element *)dy, dys, (element *)y, ys, \
                            order, rows, cols)
    if (!dy) { MAP_BY_TYPE(type, FORWARD) }
    MAP_BY_TYPE(type, BACKWARD)
}

/* The derivative, of the sizes of its terms. */
static long double steep(long double z) {
    long double sum = 0, term = 1;
    for (uint32_t k = 0; k < order; term *= fabsl(z) / ++k) sum += term;
    return sum;
}

static long double weight(long double z) {
    return order == 2 ? 1 + z + z * z / 2 : sum_of(z);
}

static long double slope(long double z) {
    return order == 2 ? 1 + z : sum_of(z) - powl(z, order) / tgammal(order + 1);
}

static void value(const double *x, const double *dy, size_t n, long double *y, long double *size) {
    long double sum = 0;
    (void)dy;
    for (size_t i = 0; i < n; i++) sum += weight(x[i]);
    for (size_t i = 0; i < n; i++) size[i] = 3 * (y[i] = weight(x[i]) / sum);
}

static void grad(const double *x, const double *dy, size_t n, long double *y, long double *size) {
    long double sum = 0, mean = 0, top = 0;
    for (size_t i = 0; i < n; i++) sum += weight(x[i]), top = fmaxl(top, fabsl(dy[i]));
    for (size_t i = 0; i < n; i++) mean += weight(x[i]) / sum * dy[i];
    for (size_t i = 0; i < n; i++) {
        y[i] = slope(x[i]) * (dy[i] - mean) / sum;
        size[i] = 2 * 3 * steep(x[i]) * top / sum;
    }
}

static double entry(uint64_t *seed) {
    return noise(seed);
}

void test(void) {
    map_check(taylor_softmax, value, entry, 0);
    map_check(taylor_softmax, grad, entry, 1);
    map_refused(taylor_softmax, 0);
    map_refused(taylor_softmax, 1);
    for (order = 4; order <= 6; order += 2) {
        map_check(taylor_softmax, value, entry, 0);
        map_check(taylor_softmax, grad, entry, 1);
    }
    double x[4] = {2, 0, -1, 1}, y[4] = {0};
    order = 2;
    /* exp of minus the worked loss of its logarithm. */
    CHECK_STATUS(taylor_softmax(F64, x, 4, NULL, 0, y, 4, 1, 4), LGT_OK);
    CHECK(fabs(-log(y[0]) - 0.587786664902119) < 1e-14);
    watch(0, y, sizeof y);
    for (order = 0; order < 9; order += order == 1 ? 2 : order == 5 ? 2 : 1) {
        if (order == 2 || order == 4 || order == 6) continue;
        REFUSED(taylor_softmax(F64, x, 4, NULL, 0, y, 4, 1, 4), LGT_E_VALUE);
        REFUSED(taylor_softmax(F64, x, 4, x, 4, y, 4, 1, 4), LGT_E_VALUE);
    }
}
