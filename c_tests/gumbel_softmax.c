/* Gumbel softmax against its definition. */
#include "map.h"

static lgt_gumbel_softmax_opts opts;

static lgt_status shares(int type, const void *x, size_t xs, const void *u, size_t us, void *y,
                         size_t ys, void *soft, size_t ss, size_t rows, size_t cols) {
#define DRAW(dtype, element)                                                                    \
    lgt_gumbel_softmax_##dtype((const element *)x, xs, (const FLOATS(element) *)u, us,          \
                               (element *)y, ys, (element *)soft, ss, rows, cols, &opts)
#define FLOATS(element) float
    if (type == F32) return DRAW(f32, float);
    if (type == F16) return DRAW(f16, lgt_f16);
    if (type == BF16) return DRAW(bf16, lgt_bf16);
#undef FLOATS
#define FLOATS(element) double
    return DRAW(f64, double);
}

/* The gradient alone has the signature of maps. */
static lgt_status back(int type, const void *x, size_t xs, const void *dy, size_t dys, void *y,
                       size_t ys, size_t rows, size_t cols) {
#define BACK(dtype, element)                                                                 \
    lgt_gumbel_softmax_grad_##dtype((const element *)x, xs, (const element *)dy, dys,        \
                                    (element *)y, ys, opts.tau, rows, cols)
    MAP_BY_TYPE(type, BACK)
}

static void grad(const double *y, const double *dy, size_t n, long double *dx, long double *size) {
    long double mean = 0, top = 0, sum = 0;
    for (size_t i = 0; i < n; i++) {
        mean += (long double)y[i] * dy[i], sum += y[i];
        top = fmaxl(top, fabsl(dy[i]));
    }
    for (size_t i = 0; i < n; i++) {
        dx[i] = y[i] * (dy[i] - mean) / opts.tau;
        size[i] = y[i] * top * (1 + sum) / opts.tau;
    }
}

static double share(uint64_t *seed) {
    return exp(-3 - fabs(noise(seed)));
}

static void forward(int type, size_t cols) {
    size_t bytes = dtype_size(type), rows = 3;
    int computed = type == F64 ? F64 : F32;
    guarded x = guard_end(rows * cols * bytes), y = guard_end(rows * cols * bytes);
    guarded soft = guard_end(rows * cols * bytes), u = guard_end(rows * cols * dtype_size(computed));
    uint64_t seed = cols;
    for (size_t i = 0; i < rows * cols; i++) {
        put(x.data, type, i, noise(&seed));
        double of = 0.5 + 0.5 * tanh(noise(&seed));
        put(u.data, computed, i, i % 11 == 3 ? 0 : i % 11 == 5 ? 1 : of);
    }
    opts.flags = LGT_GUMBEL_HARD;
    CHECK_STATUS(shares(type, x.data, cols, u.data, cols, y.data, cols, soft.data, cols, rows, cols),
                 LGT_OK);
    for (size_t r = 0; r < rows; r++) {
        long double z[MAP_COLS], sum = 0;
        size_t top = 0;
        for (size_t c = 0; c < cols; c++) {
            long double v = get(u.data, computed, r * cols + c), edge = ldexpl(1, -24);
            v = v < edge ? edge : v > 1 - edge ? 1 - edge : v;
            z[c] = get(x.data, type, r * cols + c) - logl(-logl(v));
            if (z[c] > z[top]) top = c;
        }
        for (size_t c = 0; c < cols; c++) sum += expl((z[c] - z[top]) / opts.tau);
        for (size_t c = 0; c < cols; c++) {
            long double want = expl((z[c] - z[top]) / opts.tau) / sum;
            double got = get(soft.data, type, r * cols + c);
            long double off = map_unit(type) * (1 + 10 / opts.tau) * want;
            CHECK(fabsl(got - want) <= off + map_rounding(type, want));
            CHECK(get(y.data, type, r * cols + c) == (c == top));
        }
    }
    opts.flags = 0;
    CHECK_STATUS(shares(type, x.data, cols, u.data, cols, x.data, cols, NULL, 0, rows, cols), LGT_OK);
    CHECK(memcmp(x.data, soft.data, rows * cols * bytes) == 0);
    guard_free(x);
    guard_free(y);
    guard_free(u);
    guard_free(soft);
}

static void refused(void) {
    double x[4] = {0, 1, 2, 3}, u[4] = {0.5, 0.5, 0.5, 0.5}, y[4] = {0}, soft[4] = {0};
    watch(0, y, sizeof y);
    watch(1, soft, sizeof soft);
    opts.flags = LGT_GUMBEL_HARD;
    REFUSED(shares(F64, NULL, 4, u, 4, y, 4, soft, 4, 1, 4), LGT_E_NULL);
    REFUSED(shares(F64, x, 4, u, 4, NULL, 4, soft, 4, 1, 4), LGT_E_NULL);
    REFUSED(shares(F64, x, 4, u, 3, y, 4, soft, 4, 1, 4), LGT_E_STRIDE);
    REFUSED(shares(F64, x, 4, u, 4, y, 4, soft, 3, 1, 4), LGT_E_STRIDE);
    REFUSED(shares(F64, x, 4, u, 4, y, 4, y, 4, 1, 4), LGT_E_ALIAS);
    REFUSED(shares(F64, x, 4, u, 4, u, 4, soft, 4, 1, 4), LGT_E_ALIAS);
    REFUSED(shares(F64, x, 4, u, 4, y, 4, u, 4, 1, 4), LGT_E_ALIAS);
    REFUSED(shares(F64, x, 3, u, 3, x + 1, 3, NULL, 0, 1, 3), LGT_E_ALIAS);
    opts.flags = 0;
    REFUSED(shares(F64, x, 4, u, 4, y, 4, soft, 4, 1, 4), LGT_E_OPTION);
    opts.flags = 2;
    REFUSED(shares(F64, x, 4, u, 4, y, 4, NULL, 0, 1, 4), LGT_E_OPTION);
    opts.flags = 0;
    opts.stream = (uint64_t)1 << 32;
    REFUSED(shares(F64, x, 4, u, 4, y, 4, NULL, 0, 1, 4), LGT_E_VALUE);
    opts.stream = 1;
    opts.tau = NAN;
    REFUSED(shares(F64, x, 4, u, 4, y, 4, NULL, 0, 1, 4), LGT_E_VALUE);
    REFUSED(back(F64, x, 4, u, 4, y, 4, 1, 4), LGT_E_VALUE);
    opts.tau = 1;
    watch_nothing();
    CHECK_STATUS(shares(F64, x, 0, u, 0, y, 0, NULL, 0, 1, 0), LGT_EMPTY_ROW);
    CHECK_STATUS(shares(F64, NULL, 0, NULL, 0, NULL, 0, NULL, 0, 0, 0), LGT_OK);
}

/* The draws of a row are its own: of a known word, and in any part of the rows. */
static void drawn(void) {
    float x[6][5] = {{0}}, whole[6][5], part[2][5];
    opts.seed = 0xa4093822299f31d0;
    opts.first_row = 0x85a308d3243f6a88;
    opts.stream = 0x03707344;
    CHECK_STATUS(lgt_gumbel_softmax_f32(&x[0][0], 5, NULL, 0, &whole[0][0], 5, NULL, 0, 6, 5, &opts),
                 LGT_OK);
    opts.first_row += 4;
    CHECK_STATUS(lgt_gumbel_softmax_f32(&x[4][0], 5, NULL, 0, &part[0][0], 5, NULL, 0, 2, 5, &opts),
                 LGT_OK);
    CHECK(memcmp(part, whole[4], sizeof part) == 0);
    opts.stream++;
    CHECK_STATUS(lgt_gumbel_softmax_f32(&x[4][0], 5, NULL, 0, &part[0][0], 5, NULL, 0, 2, 5, &opts),
                 LGT_OK);
    CHECK(memcmp(part, whole[4], sizeof part) != 0);
    opts.stream--;
}

/* Scores at +inf share as equal ones do beside others that are masked. */
static void infinite(void) {
    double x[5] = {INFINITY, 3, INFINITY, -INFINITY, INFINITY}, y[5], want[5];
    const double equal[5] = {0, -INFINITY, 0, -INFINITY, 0}, u[5] = {0.5, 0.9, 0.7, 0.1, 0.2};
    CHECK_STATUS(shares(F64, x, 5, u, 5, y, 5, NULL, 0, 1, 5), LGT_OK);
    CHECK_STATUS(shares(F64, equal, 5, u, 5, want, 5, NULL, 0, 1, 5), LGT_OK);
    CHECK(memcmp(y, want, sizeof y) == 0 && y[2] > y[0] && y[1] == 0 && y[3] == 0);
    x[1] = NAN;
    CHECK_STATUS(shares(F64, x, 5, u, 5, y, 5, NULL, 0, 1, 5), LGT_OK);
    for (size_t i = 0; i < 5; i++) CHECK(isnan(y[i]));
}

void test(void) {
    lgt_gumbel_softmax_opts_default(&opts);
    CHECK(opts.flags == 0 && opts.tau == 1 && opts.seed == 0 && opts.stream == 1);
    for (int type = 0; type < DTYPES; type++)
        for (size_t cols = 1; cols <= MAP_COLS; cols += size_step()) {
            opts.tau = cols % 2 ? 1 : 0.5;
            forward(type, cols);
        }
    map_check(back, grad, share, 1);
    map_refused(back, 1);
    refused();
    drawn();
    infinite();
    lgt_gumbel_softmax_opts_default(NULL);
}
