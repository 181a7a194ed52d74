/* Sparsemax against its definition. */
#include "sparse.h"

static lgt_status map(int type, const void *x, size_t xs, void *y, size_t ys, size_t rows,
                      size_t cols) {
#define MAP(dtype, element) \
    lgt_sparsemax_##dtype((const element *)x, xs, (element *)y, ys, NULL, NULL, rows, cols)
    SPARSE_BY_TYPE(type, MAP)
}

static lgt_status grad(int type, const void *y, size_t ys, const void *dy, size_t dys, void *dx,
                       size_t dxs, size_t rows, size_t cols) {
#define GRAD(dtype, element)                                                               \
    lgt_sparsemax_grad_##dtype((const element *)y, ys, (const element *)dy, dys, (element *)dx, \
                            dxs, rows, cols)
    SPARSE_BY_TYPE(type, GRAD)
}

static long double above(const double *x, size_t n, long double tau) {
    long double sum = -1;
    for (size_t i = 0; i < n; i++)
        if (x[i] > tau) sum += x[i] - tau;
    return sum;
}

static void truth(const double *x, size_t n, long double *p) {
    double top = sparse_top(x, n);
    /* From the least that may have a share on, so that what is added is of one size. */
    long double tau = sparse_root(above, x, n, (long double)top - 1, (long double)top);
    for (size_t i = 0; i < n; i++) p[i] = x[i] > tau ? x[i] - tau : 0;
}

static void slope(const double *y, const double *dy, size_t n, long double *dx) {
    sparse_entmax_slope(y, dy, n, 0, dx);
}

/* Thresholds and supports, in every type. */
static void beside(void) {
    double x[4] = {1, 0.8, 0.1, -1}, y[4], tau;
    size_t support;
    CHECK_STATUS(lgt_sparsemax_f64(x, 4, y, 4, &tau, &support, 1, 4), LGT_OK);
    CHECK(fabs(y[0] - 0.6) <= 1e-15 && fabs(y[1] - 0.4) <= 1e-15 && y[2] == 0 && y[3] == 0);
    CHECK(fabs(tau - 0.4) <= 1e-15 && support == 2);
    float rows[3][4] = {{0, 0, 0, -9}, {INFINITY, 0, INFINITY, 0}, {NAN, 0, 0, 0}}, shares[3][4];
    double taus[3];
    size_t supports[3];
    CHECK_STATUS(lgt_sparsemax_f32(&rows[0][0], 4, &shares[0][0], 4, taus, supports, 3, 4), LGT_OK);
    CHECK(fabs(taus[0] - -1.0 / 3) <= 2e-7 && supports[0] == 3);
    CHECK(taus[1] == HUGE_VAL && supports[1] == 2 && shares[1][0] == 0.5f && shares[1][1] == 0);
    CHECK(isnan(taus[2]) && supports[2] == 0);
    uint64_t room[16];
    memset(room, 0xa5, sizeof room);
    watch(0, room, sizeof room);
    float *of = (float *)(void *)room;
    REFUSED(lgt_sparsemax_f32(of, 4, &shares[0][0], 4, (double *)(void *)room, NULL, 3, 4), LGT_E_ALIAS);
    REFUSED(lgt_sparsemax_f32(&rows[0][0], 4, of, 4, NULL, (size_t *)(void *)room, 3, 4), LGT_E_ALIAS);
    REFUSED(lgt_sparsemax_f32(&rows[0][0], 4, &shares[0][0], 4, (double *)(void *)room,
                           (size_t *)(void *)room, 3, 4), LGT_E_ALIAS);
    watch_nothing();
}

void test(void) {
    sparse_check(map, truth, 2e-7, 4e-15);
    sparse_corners(map);
    sparse_refused(map);
    sparse_grad_check(grad, slope, 0.04);
    beside();
}
