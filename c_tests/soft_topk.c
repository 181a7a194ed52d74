/* Soft top-k against its definition, by halving in long double. */
#include "map.h"

static double part = 0.4, alpha = 2; /* k is this part of the columns */
static uint32_t flags;
static double found[8];

static lgt_status soft_topk(int type, const void *x, size_t xs, const void *dy, size_t dys, void *y,
                            size_t ys, size_t rows, size_t cols) {
    double k = part * (double)cols;
#define FORWARD(dtype, element)                                                                \
    lgt_soft_topk_##dtype((const element *)x, xs, k, alpha, flags, (element *)y, ys, found, rows, cols)
#define BACKWARD(dtype, element)                                                               \
    lgt_soft_topk_grad_##dtype((const element *)x, xs, found, (const element *)dy, dys, alpha, \
                               flags, (element *)y, ys, rows, cols)
#define ROOT(dtype, element) \
    lgt_soft_topk_##dtype((const element *)x, xs, k, alpha, flags, NULL, cols, found, rows, cols)
    if (!dy) { MAP_BY_TYPE(type, FORWARD) }
    MAP_BY_TYPE(type, BACKWARD)
}

static lgt_status root(int type, const void *x, size_t xs, size_t rows, size_t cols) {
    double k = part * (double)cols;
    MAP_BY_TYPE(type, ROOT)
}

/* Both, since the gradient needs t; the scores are not yet overwritten. */
static lgt_status both(int type, const void *x, size_t xs, const void *dy, size_t dys, void *y,
                       size_t ys, size_t rows, size_t cols) {
    lgt_status status = root(type, x, xs, rows, cols);
    return status == LGT_OK ? soft_topk(type, x, xs, dy, dys, y, ys, rows, cols) : status;
}

static long double halved(const double *x, size_t n) {
    long double low = -HUGE_VALL, high = -HUGE_VALL, k = part * (double)n;
    long double edge = logl(k / (n - k)) / alpha;
    for (size_t i = 0; i < n; i++) low = fmaxl(low, x[i]), high = fmaxl(high, -x[i]);
    low = edge - low, high += edge;
    for (int step = 0; step < 80; step++) {
        long double sum = 0, t = (low + high) / 2;
        for (size_t i = 0; i < n; i++) sum += 1 / (1 + expl(-alpha * (x[i] + t)));
        if (sum < k) low = t;
        else high = t;
    }
    return (low + high) / 2;
}

static void value(const double *x, const double *dy, size_t n, long double *y, long double *size) {
    long double t = halved(x, n);
    (void)dy;
    for (size_t i = 0; i < n; i++) {
        long double e = expl(-alpha * (x[i] + t));
        y[i] = flags ? -log1pl(e) : 1 / (1 + e);
        size[i] = 20 * (fabsl(y[i]) + 1e-3L);
    }
}

static void grad(const double *x, const double *dy, size_t n, long double *y, long double *size) {
    long double t = halved(x, n), sum = 0, slopes = 0;
    for (int write = 0; write < 2; write++)
        for (size_t i = 0; i < n; i++) {
            long double e = expl(-alpha * (x[i] + t)), lack = e / (1 + e);
            long double v = alpha * lack / (1 + e), u = dy[i] * (flags ? alpha * lack : v);
            if (write) y[i] = u - v * sum / slopes, size[i] = 50 * alpha;
            else sum += u, slopes += v;
        }
}

static double entry(uint64_t *seed) {
    return noise(seed);
}

static void worked(void) {
    double x[4] = {3, 1, 0.5, -2}, dy[4] = {1, -1, 2, 0.5}, y[4];
    const double p[] = {0.9891669894376748, 0.6258057936312759, 0.3808988433709049, 0.004128373560144306};
    const double logs[] = {-0.010892114860487086, -0.46871518983035704, -0.9652214420710921,
                           -5.489871760676226};
    const double dp[] = {0.010369934721971126, -0.7100738818166429, 0.6998365918960932,
                         -0.00013264480142145384};
    const double dlogs[] = {-0.03901779406998158, -2.0745325644942376,
                            1.1409615983484855, 0.972588760215734};
    part = 0.5, alpha = 2;
    for (flags = 0; flags < 2; flags++) {
        CHECK_STATUS(soft_topk(F64, x, 4, NULL, 0, y, 4, 1, 4), LGT_OK);
        CHECK(fabs(found[0] + 0.7428674209275801) < 1e-14);
        for (int i = 0; i < 4; i++) CHECK(fabs(y[i] - (flags ? logs : p)[i]) < 1e-13);
        CHECK_STATUS(soft_topk(F64, x, 4, dy, 4, y, 4, 1, 4), LGT_OK);
        for (int i = 0; i < 4; i++) CHECK(fabs(y[i] - (flags ? dlogs : dp)[i]) < 1e-12);
    }
    flags = 0;
}

/* Infinities on either side, more room than scores, and NaN: shares p, and t, of three. */
static void corners(void) {
    const double inf = HUGE_VAL;
    const struct {
        double x[3], k, p[3], t;
        lgt_status status;
    } rows[] = {
        {{inf, 1, inf}, 1.5, {0.75, 0, 0.75}, -HUGE_VAL, LGT_OK},
        {{inf, 1, -inf}, 1, {1, 0, 0}, -HUGE_VAL, LGT_OK},
        {{-inf, 5, -inf}, 1, {0, 1, 0}, HUGE_VAL, LGT_OK},
        {{-inf, 5, -inf}, 2, {0, 1, 0}, HUGE_VAL, LGT_AT_BOUND},
        {{inf, 5, -inf}, 2, {1, 1, 0}, HUGE_VAL, LGT_OK},
        {{inf, 5, -inf}, 2.5, {1, 1, 0}, HUGE_VAL, LGT_AT_BOUND},
        {{-inf, -inf, -inf}, 1, {NAN, NAN, NAN}, NAN, LGT_EMPTY_ROW},
        {{1, NAN, inf}, 1, {NAN, NAN, NAN}, NAN, LGT_OK},
        /* The middle of three finite ones would be its own, were it not for +inf. */
        {{inf, 2, 2}, 2, {1, 0.5, 0.5}, -2, LGT_OK},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double p[3], logs[3], t, dx[3], dy[3] = {1, -1, 2};
        CHECK_STATUS(lgt_soft_topk_f64(rows[i].x, 3, rows[i].k, 2, 0, p, 3, &t, 1, 3),
                     rows[i].status);
        CHECK(isnan(rows[i].t) ? isnan(t) : t == rows[i].t);
        CHECK_STATUS(lgt_soft_topk_f64(rows[i].x, 3, rows[i].k, 2, LGT_SOFT_TOPK_LOG, logs, 3, NULL,
                                       1, 3),
                     rows[i].status);
        for (int c = 0; c < 3; c++) {
            CHECK(isnan(rows[i].p[c]) ? isnan(p[c]) : fabs(p[c] - rows[i].p[c]) <= 1e-15);
            CHECK(isnan(p[c]) ? isnan(logs[c]) : fabs(exp(logs[c]) - p[c]) <= 1e-15);
        }
        CHECK_STATUS(lgt_soft_topk_grad_f64(rows[i].x, 3, &t, dy, 3, 2, 0, dx, 3, 1, 3), LGT_OK);
        for (int c = 0; c < 3; c++)
            if (isnan(t)) CHECK(isnan(dx[c]));
            else if (isinf(t) || isinf(rows[i].x[c])) CHECK(dx[c] == 0);
    }
}

void test(void) {
    for (flags = 0; flags < 2; flags++) {
        part = flags ? 0.4 : 0.07;
        alpha = flags ? 2 : 0.75;
        map_check(soft_topk, value, entry, 0);
        part = 0.4;
        map_check(both, grad, entry, 1);
        map_refused(soft_topk, 1);
    }
    flags = 0;
    worked();
    corners();
    double x[3] = {0, 1, 2}, y[3] = {0}, t[1] = {0};
    watch(0, y, sizeof y);
    watch(1, t, sizeof t);
    const double bad[][2] = {{0, 2}, {3, 2}, {NAN, 2}, {1, 0}, {1, NAN}, {1, HUGE_VAL}};
    for (size_t i = 0; i < 6; i++)
        REFUSED(lgt_soft_topk_f64(x, 3, bad[i][0], bad[i][1], 0, y, 3, t, 1, 3), LGT_E_VALUE);
    REFUSED(lgt_soft_topk_f64(x, 3, 1, 2, 2, y, 3, t, 1, 3), LGT_E_OPTION);
    REFUSED(lgt_soft_topk_f64(NULL, 3, 1, 2, 0, y, 3, t, 1, 3), LGT_E_NULL);
    REFUSED(lgt_soft_topk_f64(x, 2, 1, 2, 0, y, 3, t, 1, 3), LGT_E_STRIDE);
    REFUSED(lgt_soft_topk_f64(x, 3, 1, 2, 0, y, 2, t, 1, 3), LGT_E_STRIDE);
    REFUSED(lgt_soft_topk_f64(x, 3, 1, 2, 0, y, 3, y, 1, 3), LGT_E_ALIAS);
    REFUSED(lgt_soft_topk_f64(x, 3, 1, 2, 0, y, 3, x, 1, 3), LGT_E_ALIAS);
    REFUSED(lgt_soft_topk_grad_f64(x, 3, NULL, x, 3, 2, 0, y, 3, 1, 3), LGT_E_NULL);
    watch_nothing();
    CHECK_STATUS(lgt_soft_topk_f64(x, 3, 1, 2, 0, NULL, 3, NULL, 1, 3), LGT_OK);
    CHECK_STATUS(lgt_soft_topk_f64(x, 0, 1, 2, 0, y, 0, t, 1, 0), LGT_EMPTY_ROW);
    CHECK(isnan(t[0]));
    /* One column holds part of one. */
    CHECK_STATUS(lgt_soft_topk_f64(x, 1, 0.25, 2, 0, y, 1, t, 1, 1), LGT_OK);
    CHECK(fabs(y[0] - 0.25) < 1e-15);
}
