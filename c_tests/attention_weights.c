/* Attention weights without softmax against their definitions. */
#include "map.h"

static uint32_t kind;
static lgt_attention_weights_opts opts;

static lgt_status attention_weights(int type, const void *x, size_t xs, const void *dy, size_t dys, void *y,
                      size_t ys, size_t rows, size_t cols) {
#define FORWARD(dtype, element) \
    lgt_attention_weights_##dtype((const element *)x, xs, kind, (element *)y, ys, rows, cols, &opts)
#define BACKWARD(dtype, element)                                                             \
    lgt_attention_weights_grad_##dtype((const element *)x, xs, kind, (const element *)dy, dys, (element *)y, ys, \
                            rows, cols, &opts)
    if (!dy) { MAP_BY_TYPE(type, FORWARD) }
    MAP_BY_TYPE(type, BACKWARD)
}

static long double weight(long double z) {
    z *= opts.scale;
    if (kind == LGT_ATTENTION_SIGMOID) return 1 / (1 + expl(-z));
    return kind == LGT_ATTENTION_LINEAR ? z : z > 0 ? z + 1 : expl(z);
}

static long double slope(long double z) {
    z *= opts.scale;
    if (kind == LGT_ATTENTION_SIGMOID) return opts.scale / (1 + expl(-z)) / (1 + expl(z));
    return opts.scale * (kind == LGT_ATTENTION_LINEAR || z > 0 ? 1 : expl(z));
}

/* The sum that weights are divided by, and what each is off by more than the sum is. */
static long double divisor(const double *x, size_t n, long double *more) {
    long double sum = opts.eps, sizes = opts.eps;
    *more = 1;
    if (!opts.flags) return 1;
    for (size_t i = 0; i < n; i++) sum += weight(x[i]), sizes += fabsl(weight(x[i]));
    *more = 2 * sizes / fabsl(sum);
    return sum;
}

static void value(const double *x, const double *dy, size_t n, long double *y, long double *size) {
    long double more, sum = divisor(x, n, &more);
    (void)dy;
    for (size_t i = 0; i < n; i++) {
        y[i] = weight(x[i]) / sum;
        size[i] = more * fabsl(y[i]);
    }
}

static void grad(const double *x, const double *dy, size_t n, long double *y, long double *size) {
    long double more, sum = divisor(x, n, &more), mean = 0, top = 0;
    for (size_t i = 0; opts.flags && i < n; i++) mean += weight(x[i]) / sum * dy[i];
    for (size_t i = 0; i < n; i++) top = fmaxl(top, fabsl(dy[i]));
    for (size_t i = 0; i < n; i++) {
        y[i] = slope(x[i]) / sum * (dy[i] - mean);
        size[i] = 2 * more * more * fabsl(slope(x[i]) / sum) * top;
    }
}

static double entry(uint64_t *seed) {
    double x = noise(seed);
    return kind == LGT_ATTENTION_LINEAR ? 3 + fabs(x) : x;
}

/* Worked figures: the weights of three keys. */
static void worked(uint32_t of, uint32_t flags, double first, double last) {
    double x[3] = {1, 1, 2}, y[3];
    kind = of;
    opts.flags = flags;
    opts.scale = 0.7071067811865475;
    CHECK_STATUS(attention_weights(F64, x, 3, NULL, 0, y, 3, 1, 3), LGT_OK);
    CHECK(fabs(y[0] - first) < 1e-15 && y[1] == y[0] && fabs(y[2] - last) < 1e-15);
}

void test(void) {
    lgt_attention_weights_opts_default(&opts);
    CHECK(opts.flags == 0 && opts.scale == 1 && opts.eps == 1e-8);
    for (kind = 0; kind < 3; kind++) {
        for (opts.flags = 0; opts.flags < 2; opts.flags++) {
            opts.scale = opts.flags ? 1 : 0.5;
            map_check(attention_weights, value, entry, 0);
            map_check(attention_weights, grad, entry, 1);
            map_refused(attention_weights, 0);
            map_refused(attention_weights, 1);
        }
    }
    opts.flags = 0;
    worked(LGT_ATTENTION_SIGMOID, 0, 0.6697615493266569, 0.8044296825069569);
    worked(LGT_ATTENTION_SIGMOID, LGT_ATTENTION_NORMALIZE, 0.31239566099036786,
           0.3752086733549824);
    worked(LGT_ATTENTION_ELU, 0, 1.7071067811865475, 2.414213562373095);
    /* The same keys with softmax. */
    lgt_softmax_opts soft;
    lgt_softmax_opts_default(&soft);
    soft.scale = 0.7071067811865475;
    double keys[3] = {1, 1, 2}, shares[3];
    CHECK_STATUS(lgt_softmax_f64(keys, 3, shares, 3, NULL, 1, 3, &soft), LGT_OK);
    CHECK(fabs(shares[0] - 0.24825507825772308) < 1e-15);
    CHECK(fabs(shares[2] - 0.5034898434845538) < 1e-15);
    double x[2] = {1, -1}, y[2] = {0};
    /* A sum of 0 divides nothing. */
    kind = LGT_ATTENTION_LINEAR;
    opts.flags = LGT_ATTENTION_NORMALIZE;
    opts.eps = 0;
    CHECK_STATUS(attention_weights(F64, x, 2, NULL, 0, y, 2, 1, 2), LGT_UNDEFINED);
    CHECK(isnan(y[0]) && isnan(y[1]));
    CHECK_STATUS(attention_weights(F64, x, 2, NULL, 0, y, 0, 1, 0), LGT_EMPTY_ROW);
    watch(0, y, sizeof y);
    kind = 3;
    REFUSED(attention_weights(F64, x, 2, NULL, 0, y, 2, 1, 2), LGT_E_OPTION);
    kind = 0;
    opts.flags = 2;
    REFUSED(attention_weights(F64, x, 2, NULL, 0, y, 2, 1, 2), LGT_E_OPTION);
    opts.flags = 0;
    const double bad[] = {-1, NAN, HUGE_VAL};
    for (size_t i = 0; i < 3; i++) {
        opts.eps = bad[i];
        REFUSED(attention_weights(F64, x, 2, x, 2, y, 2, 1, 2), LGT_E_VALUE);
        opts.eps = 0;
        opts.scale = bad[i];
        REFUSED(attention_weights(F64, x, 2, NULL, 0, y, 2, 1, 2), LGT_E_VALUE);
        opts.scale = 1;
    }
    opts.struct_size = 4;
    REFUSED(attention_weights(F64, x, 2, NULL, 0, y, 2, 1, 2), LGT_E_OPTION);
    lgt_attention_weights_opts_default(NULL);
}
