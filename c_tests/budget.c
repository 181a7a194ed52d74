/* The budget map against its definition. */
#include "sparse.h"

static double budget = 1;

static lgt_status map(int type, const void *x, size_t xs, void *y, size_t ys, size_t rows,
                      size_t cols) {
#define MAP(dtype, element) \
    lgt_budget_##dtype((const element *)x, xs, budget, (element *)y, ys, rows, cols)
    SPARSE_BY_TYPE(type, MAP)
}

static lgt_status grad(int type, const void *y, size_t ys, const void *dy, size_t dys, void *dx,
                       size_t dxs, size_t rows, size_t cols) {
#define GRAD(dtype, element)                                                               \
    lgt_budget_grad_##dtype((const element *)y, ys, (const element *)dy, dys, (element *)dx, \
                            dxs, rows, cols)
    SPARSE_BY_TYPE(type, GRAD)
}

static long double cut(double x, long double tau) {
    return x - tau > 1 ? 1 : x > tau ? x - tau : 0;
}

static long double over(const double *x, size_t n, long double tau) {
    long double sum = -(long double)budget;
    for (size_t i = 0; i < n; i++) sum += cut(x[i], tau);
    return sum;
}

static void truth(const double *x, size_t n, long double *p) {
    double low = x[0];
    for (size_t i = 1; i < n; i++)
        if (x[i] < low) low = x[i];
    long double tau = sparse_root(over, x, n, (long double)low - 1, sparse_top(x, n));
    for (size_t i = 0; i < n; i++) p[i] = cut(x[i], tau);
}

static void slope(const double *y, const double *dy, size_t n, long double *dx) {
    long double count = 0, sum = 0;
    for (size_t i = 0; i < n; i++)
        if (y[i] > 0 && y[i] < 1) count++, sum += dy[i];
    for (size_t i = 0; i < n; i++) dx[i] = y[i] > 0 && y[i] < 1 ? dy[i] - sum / count : 0;
}

/* Every budget of rows of several lengths. */
static void budgets(void) {
    const double bounds[2] = {4e-15, 4e-15};
    const size_t lengths[4] = {2, 17, 70, 300};
    for (int type = 0; type < DTYPES; type++)
        for (int i = 0; i < 4; i++)
            for (int k = 1; k < 8; k++) {
                budget = (double)lengths[i] * k / 7;
                sparse_row(map, truth, type, lengths[i], k % 2 ? 0.5 : 4, bounds, k % 4);
            }
}

void test(void) {
    sparse_check(map, truth, 4e-15, 4e-15);
    sparse_corners(map);
    sparse_refused(map);
    sparse_grad_check(grad, slope, 0.04);
    budgets();
    double x[4] = {HUGE_VAL, 0.25, -0.25, -HUGE_VAL}, y[4] = {5, 5, 5, 5};
    CHECK_STATUS(lgt_budget_f64(x, 4, 2, y, 4, 1, 4), LGT_OK);
    CHECK(y[0] == 1 && y[1] == 0.75 && y[2] == 0.25 && y[3] == 0);
    CHECK_STATUS(lgt_budget_f64(x, 4, 3, y, 4, 1, 4), LGT_OK);
    CHECK(y[0] == 1 && y[1] == 1 && y[2] == 1 && y[3] == 0);
    CHECK_STATUS(lgt_budget_f64(x, 4, 3.5, y, 4, 1, 4), LGT_UNDEFINED);
    CHECK(isnan(y[0]) && isnan(y[3]));
    watch(0, y, sizeof y);
    REFUSED(lgt_budget_f64(x, 4, 0, y, 4, 1, 4), LGT_E_VALUE);
    REFUSED(lgt_budget_f64(x, 4, 4.5, y, 4, 1, 4), LGT_E_VALUE);
    REFUSED(lgt_budget_f64(x, 4, NAN, y, 4, 1, 4), LGT_E_VALUE);
    watch_nothing();
}
