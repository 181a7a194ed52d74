/* Masks of softmax, log-softmax and logsumexp against their definition in long double:
 * every option alone and together with others, in every storage type, each array before
 * a guard page. */
#include "refused.h"
#include "transform.h"

TRANSFORMS(softmax)
TRANSFORMS(log_softmax)

#define SUMS(dtype, element, lse_type)                                                          \
    static lgt_status sums_##dtype(const void *x, size_t xs, void *y, size_t ys, void *lse,     \
                                   size_t rows, size_t cols, const lgt_softmax_opts *opts) {    \
        (void)y;                                                                                \
        (void)ys;                                                                               \
        return lgt_logsumexp_##dtype((const element *)x, xs, (lse_type *)lse, rows, cols, opts); \
    }
SUMS(f32, float, float)
SUMS(f64, double, double)
SUMS(f16, lgt_f16, float)
SUMS(bf16, lgt_bf16, float)
static const transform sums[DTYPES] = {sums_f32, sums_f64, sums_f16, sums_bf16};

enum { ROWS = 5 };

/* What there may be of a mask, as bits. */
enum {
    SCALE = 1,
    SCALES = 2,
    BIAS = 4,
    KEPT = 8,
    CAUSAL = 16,
    SLOPE = 32,
    CAP = 64,
    SINK = 128,
    SINKS = 256,
    COLUMNS = 512,
    NEGATE = 1024,
    PERIOD = 2048,
    ZERO = 4096,
    IN_PLACE = 8192,
    ALL = 16384
};

static uint64_t seed = 7;

static size_t below(size_t n) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(seed >> 33) % n;
}

typedef struct {
    int type, bias_type;
    size_t n, cols, xs;
    lgt_softmax_mask mask;
    lgt_softmax_opts opts;
    guarded x, bias, kept, columns, scales, sinks;
    double *kept_x; /* x, since it may be written over */
} masked;

static const uint32_t number_types[DTYPES] = {LGT_F32, LGT_F64, LGT_F16, LGT_BF16};

static guarded doubles(int want, double least, double range) {
    guarded g = guard_end(ROWS * sizeof(double));
    for (size_t r = 0; want && r < ROWS; r++)
        ((double *)g.data)[r] = least + range * (double)below(1000) / 1000;
    return g;
}

static masked make(int type, size_t n, int with) {
    masked m;
    memset(&m, 0, sizeof m);
    m.type = type;
    m.n = n;
    m.cols = with & COLUMNS ? n + 3 : n;
    m.xs = m.cols + below(3);
    lgt_softmax_mask_default(&m.mask);
    lgt_softmax_opts_default(&m.opts);
    if (with & ZERO) m.opts.flags = LGT_SOFTMAX_EMPTY_ZERO;
    if (with & SCALE) m.opts.scale = 0.75;
    m.x = guard_end(((ROWS - 1) * m.xs + m.cols) * dtype_size(type));
    for (size_t i = 0; i < (ROWS - 1) * m.xs + m.cols; i++) put(m.x.data, type, i, noise(&seed));

    size_t stride = below(2) ? 0 : n + below(3);
    m.bias_type = below(2) ? type : (int)below(DTYPES);
    size_t biases = stride ? (ROWS - 1) * stride + n : n;
    m.bias = guard_end(biases * dtype_size(m.bias_type));
    for (size_t i = 0; i < biases; i++)
        put(m.bias.data, m.bias_type, i, below(6) ? noise(&seed) : -INFINITY);
    if (with & BIAS) {
        m.mask.bias = m.bias.data;
        m.mask.bias_stride = stride;
        m.mask.bias_type = m.bias_type == type ? 0 : number_types[m.bias_type];
    }
    size_t kept = below(2) ? 0 : n + below(3);
    size_t bytes = kept ? (ROWS - 1) * kept + n : n;
    m.kept = guard_end(bytes);
    for (size_t i = 0; i < bytes; i++) ((uint8_t *)m.kept.data)[i] = (uint8_t)(below(3) * 127);
    if (with & KEPT) {
        m.mask.kept = (const uint8_t *)m.kept.data;
        m.mask.kept_stride = kept;
    }
    if (with & CAUSAL) m.mask.flags |= LGT_MASK_CAUSAL;
    if (with & (CAUSAL | SLOPE)) m.mask.causal_offset = (int64_t)below(n + 9) - 8;
    if (with & SLOPE) m.mask.slope = below(2) ? -0.0625 : 0.01;
    if (with & CAP) m.mask.soft_cap = 2 + (double)below(30);
    if (with & NEGATE) m.mask.flags |= LGT_MASK_NEGATE;
    if (with & PERIOD) m.mask.period = 1 + below(7);
    m.scales = doubles(with & SCALES, 0.25, 2);
    if (with & SCALES) m.mask.scales = (const double *)m.scales.data;
    m.sinks = doubles(with & SINKS, -4, 8);
    if (with & SINKS) m.mask.sinks = (const double *)m.sinks.data;
    if (with & SINK && !(with & SINKS)) {
        m.mask.flags |= LGT_MASK_SINK;
        m.mask.sink = below(4) ? (double)below(6) - 2 : -INFINITY;
    }
    m.columns = guard_end(n * 2);
    for (size_t i = 0; i < n; i++) ((uint16_t *)m.columns.data)[i] = (uint16_t)below(m.cols);
    if (with & COLUMNS) {
        m.mask.columns = m.columns.data;
        m.mask.columns_type = LGT_U16;
        m.mask.count = n;
    }
    m.kept_x = (double *)malloc((ROWS * m.xs + m.cols + 1) * sizeof(double));
    if (!m.kept_x) exit(1);
    /* What is left out is not looked at. */
    for (size_t r = 0; r < ROWS; r++) {
        size_t at = m.mask.period ? r % m.mask.period : r;
        for (size_t c = 0; c < n && !(with & COLUMNS); c++)
            if ((with & KEPT && !m.mask.kept[at * kept + c]) ||
                (with & CAUSAL && (int64_t)c > (int64_t)at + m.mask.causal_offset))
                put(m.x.data, type, r * m.xs + c, NAN);
    }
    for (size_t i = 0; i < (ROWS - 1) * m.xs + m.cols; i++) m.kept_x[i] = get(m.x.data, type, i);
    return m;
}

static void drop(masked m) {
    guard_free(m.x);
    guard_free(m.bias);
    guard_free(m.kept);
    guard_free(m.columns);
    guard_free(m.scales);
    guard_free(m.sinks);
    free(m.kept_x);
}

/* The scores of a row, the logarithm of their sum, and how large what they were made of
 * is at most. */
static long double scores(const masked *m, size_t r, long double *z, long double *sink,
                          long double *size) {
    const lgt_softmax_mask *k = &m->mask;
    size_t at = k->period ? r % k->period : r;
    long double f = m->opts.scale * (k->scales ? k->scales[r] : 1), top = -HUGE_VALL, sum = 0;
    *sink = k->sinks ? k->sinks[r] : k->flags & LGT_MASK_SINK ? k->sink : -HUGE_VALL;
    if (k->flags & LGT_MASK_NEGATE) f = -f;
    *size = isinf(*sink) ? 1 : 1 + fabsl(*sink);
    for (size_t c = 0; c < m->n; c++) {
        size_t from = k->columns ? ((const uint16_t *)k->columns)[c] : c;
        int64_t past = (int64_t)c - (int64_t)at - k->causal_offset;
        z[c] = -HUGE_VALL;
        if (k->kept && !k->kept[at * k->kept_stride + c]) continue;
        if (k->flags & LGT_MASK_CAUSAL && past > 0) continue;
        long double u = f * m->kept_x[r * m->xs + from], part = fabsl(u);
        if (k->soft_cap != 0) {
            u = k->soft_cap * tanhl(u / k->soft_cap);
            part = 8 * fabsl(u);
        }
        long double bias = k->bias ? get(k->bias, m->bias_type, at * k->bias_stride + c) : 0;
        z[c] = u + bias + (long double)k->slope * past;
        part += (isinf(bias) ? 0 : fabsl(bias)) + fabsl((long double)k->slope * past) +
                fabsl((long double)k->slope) * (c + at + fabsl((long double)k->causal_offset));
        *size = fmaxl(*size, part);
        top = fmaxl(top, z[c]);
    }
    top = fmaxl(top, *sink);
    if (isinf(top)) return top;
    for (size_t c = 0; c < m->n; c++) sum += expl(z[c] - top);
    return top + logl(sum + expl(*sink - top));
}

/* As much as rounding scores may change them. */
static long double rounding(int type, long double size) {
    return (type == F64 ? 1.2e-16L : 6e-8L) * 4 * size;
}

static int within(double y, long double exact, long double bound) {
    if (isnan(exact)) return isnan(y);
    if (isinf(exact)) return y == exact;
    return fabsl(y - exact) <= bound;
}

static void one(int type, size_t n, int with, int which) {
    static const transform *const all[3] = {softmax, log_softmax, sums};
    masked m = make(type, n, with);
    m.opts.mask = &m.mask;
    size_t ys = with & IN_PLACE && !(with & COLUMNS) ? m.xs : n + below(3);
    size_t size = dtype_size(type), lse_size = dtype_size(lse_type(type));
    guarded y = guard_end(((ROWS - 1) * ys + n) * size), lse = guard_end(ROWS * lse_size);
    guarded shares = guard_end(ROWS * sizeof(double));
    void *to = with & IN_PLACE && !(with & COLUMNS) ? m.x.data : y.data;
    if (below(3) || with & (SINK | SINKS)) m.mask.sink_share = (double *)shares.data;
    int empty = 0, zero = with & ZERO;
    lgt_status status = all[which][type](m.x.data, m.xs, to, ys, lse.data, ROWS, m.cols, &m.opts);
    long double *z = (long double *)malloc((n + 1) * sizeof *z);
    if (!z) exit(1);
    for (size_t r = 0; r < ROWS; r++) {
        long double sink, large, nothing = zero ? (which ? -HUGE_VALL : 0) : (long double)NAN;
        long double exact = scores(&m, r, z, &sink, &large), off = rounding(type, large);
        int none = isinf(exact);
        empty |= none;
        CHECK(within(get(lse.data, lse_type(type), r), exact,
                     (type == F64 ? 1.2e-15L : 7e-7L) * fmaxl(1, fabsl(exact)) + off));
        long double of_sink = none ? (zero ? 0 : (long double)NAN) : expl(sink - exact);
        if (m.mask.sink_share)
            CHECK(within(m.mask.sink_share[r], of_sink,
                         none ? 0 : (off * 2 + 1e-14L) * of_sink));
        for (size_t c = 0; c < n && which < 2; c++) {
            long double share = none ? nothing : which ? z[c] - exact : expl(z[c] - exact);
            long double bound = dtype_computed(type) + 2 * off;
            bound = which ? dtype_epsilon(type) * fabsl(share) + bound
                          : (dtype_epsilon(type) + bound) * share;
            CHECK(within(get(to, type, r * ys + c), share, bound + dtype_tiny(type)));
        }
    }
    CHECK_STATUS(status, empty ? LGT_EMPTY_ROW : LGT_OK);
    free(z);
    guard_free(y);
    guard_free(lse);
    guard_free(shares);
    drop(m);
}

/* Numbers worked out elsewhere: x = [1, 0, -1] beside no sink, a sink of 0 and of 2. */
static void worked(void) {
    const double x[3] = {1, 0, -1}, sink[3] = {-INFINITY, 0, 2};
    const double shares[3][4] = {
        {0.6652409557748218, 0.24472847105479764, 0.09003057317038046, 0},
        {0.5344466453885229, 0.19661193324148185, 0.07232948812851327, 0.19661193324148185},
        {0.23688281808991013, 0.08714431874203257, 0.03205860328008499, 0.6439142598879724}};
    for (int i = 0; i < 3; i++) {
        double y[3], share, lse, log[3];
        lgt_softmax_mask mask;
        lgt_softmax_opts opts;
        lgt_softmax_mask_default(&mask);
        lgt_softmax_opts_default(&opts);
        mask.flags = LGT_MASK_SINK;
        mask.sink = sink[i];
        mask.sink_share = &share;
        opts.mask = &mask;
        CHECK_STATUS(lgt_softmax_f64(x, 3, y, 3, &lse, 1, 3, &opts), LGT_OK);
        CHECK_STATUS(lgt_log_softmax_f64(x, 3, log, 3, NULL, 1, 3, &opts), LGT_OK);
        for (int c = 0; c < 3; c++) {
            CHECK(fabs(y[c] - shares[i][c]) < 1e-15);
            CHECK(fabs(exp(log[c]) - shares[i][c]) < 1e-15);
            CHECK(fabs(x[c] - lse - log[c]) < 1e-15);
        }
        CHECK(fabs(share - shares[i][3]) < 1e-15);
    }
}

/* Numbers that are none, and the limits of the sink. */
static void corners(void) {
    for (size_t n = 2; n < 5000; n = n * 3 + 1) {
        float *x = (float *)calloc(n, sizeof *x), *y = (float *)calloc(n, sizeof *y);
        float *bias = (float *)calloc(n, sizeof *bias), lse;
        double share;
        lgt_softmax_mask mask;
        lgt_softmax_opts opts;
        if (!x || !y || !bias) exit(1);
        lgt_softmax_mask_default(&mask);
        lgt_softmax_opts_default(&opts);
        opts.mask = &mask;
        mask.sink_share = &share;
        mask.flags = LGT_MASK_SINK;
        mask.sink = INFINITY;
        CHECK_STATUS(lgt_softmax_f32(x, n, y, n, &lse, 1, n, &opts), LGT_OK);
        CHECK(y[0] == 0 && y[n - 1] == 0 && share == 1 && lse == INFINITY);
        x[n - 1] = INFINITY;
        CHECK_STATUS(lgt_softmax_f32(x, n, y, n, &lse, 1, n, &opts), LGT_OK);
        CHECK(y[0] == 0 && y[n - 1] == 0.5f && share == 0.5);
        mask.sink = 3;
        CHECK_STATUS(lgt_log_softmax_f32(x, n, y, n, &lse, 1, n, &opts), LGT_OK);
        CHECK(y[0] == -INFINITY && y[n - 1] == 0 && share == 0);
        x[0] = NAN;
        CHECK_STATUS(lgt_softmax_f32(x, n, y, n, &lse, 1, n, &opts), LGT_OK);
        CHECK(isnan(y[0]) && isnan(y[n - 1]) && isnan(share) && isnan(lse));
        x[0] = x[n - 1] = -INFINITY;
        for (size_t c = 0; c < n; c++) x[c] = -INFINITY;
        CHECK_STATUS(lgt_softmax_f32(x, n, y, n, &lse, 1, n, &opts), LGT_OK);
        CHECK(y[0] == 0 && y[n - 1] == 0 && share == 1 && lse == 3);
        /* The kernel that adds a bias: far from its guess, past it, NaN, in place. */
        lgt_softmax_mask_default(&mask);
        mask.bias = bias;
        for (size_t c = 0; c < n; c++) x[c] = 0;
        x[n - 1] = 300;
        bias[0] = -INFINITY;
        CHECK_STATUS(lgt_softmax_f32(x, n, y, n, &lse, 1, n, &opts), LGT_OK);
        CHECK(y[0] == 0 && near(y[n - 1], 1, F32) && fabs((double)lse - 300) < 1e-4);
        x[n - 1] = 1e30f;
        CHECK_STATUS(lgt_softmax_f32(x, n, y, n, &lse, 1, n, &opts), LGT_OK);
        CHECK(y[0] == 0 && y[n - 1] == 1 && lse == 1e30f);
        x[n - 1] = NAN;
        CHECK_STATUS(lgt_softmax_f32(x, n, y, n, &lse, 1, n, &opts), LGT_OK);
        CHECK(isnan(y[0]) && isnan(y[n - 1]) && isnan(lse));
        x[n - 1] = INFINITY;
        CHECK_STATUS(lgt_softmax_f32(x, n, x, n, &lse, 1, n, &opts), LGT_OK);
        CHECK(x[0] == 0 && x[n - 1] == 1 && lse == INFINITY);
        for (size_t c = 0; c < n; c++) x[c] = c % 2 ? 0 : -3e38f;
        for (size_t c = 0; c < n; c++) bias[c] = c % 2 ? 0 : -1e30f;
        CHECK_STATUS(lgt_softmax_f32(x, n, y, n, &lse, 1, n, &opts), LGT_OK);
        CHECK(y[0] == 0 && near(y[1], 1.0 / (double)(n / 2), F32));
        for (size_t c = 0; c < n; c++) x[c] = 0;
        CHECK_STATUS(lgt_softmax_f32(x, n, y, n, &lse, 1, n, &opts), LGT_OK);
        CHECK(y[0] == 0 && near(y[1], 1.0 / (double)(n / 2), F32));
        free(x);
        free(y);
        free(bias);
    }
}

/* Last to first. */
static int32_t backwards(void *user, size_t tasks, lgt_task task, void *arg) {
    *(size_t *)user += tasks;
    while (tasks-- > 0) task(arg, tasks);
    return 0;
}

/* Whoever does the work, the bits are the same. */
static void shared_out(void) {
    enum { MANY = 300, COLS = 400 };
    float *from = (float *)malloc(MANY * COLS * sizeof *from);
    float *beside = (float *)malloc(COLS * sizeof *beside);
    float *one = (float *)malloc(MANY * COLS * sizeof *one);
    float *all = (float *)malloc(MANY * COLS * sizeof *all);
    if (!from || !beside || !one || !all) exit(1);
    for (size_t i = 0; i < MANY * COLS; i++) from[i] = (float)noise(&seed);
    for (size_t i = 0; i < COLS; i++) beside[i] = (float)noise(&seed);
    for (int i = 0; i < 8; i++) {
        size_t tasks = 0;
        lgt_softmax_mask given;
        lgt_softmax_opts how;
        lgt_ctx ctx;
        lgt_softmax_mask_default(&given);
        lgt_softmax_opts_default(&how);
        lgt_ctx_default(&ctx);
        ctx.workers = 3;
        ctx.user = &tasks;
        ctx.run = backwards;
        how.mask = &given;
        if (i & 1) given.flags = LGT_MASK_CAUSAL;
        if (i & 2) given.bias = beside;
        if (i & 4) given.slope = 0.5;
        given.period = 77;
        CHECK_STATUS(lgt_softmax_f32(from, COLS, one, COLS, NULL, MANY, COLS, &how), LGT_OK);
        how.ctx = &ctx;
        CHECK_STATUS(lgt_softmax_f32(from, COLS, all, COLS, NULL, MANY, COLS, &how), LGT_OK);
        CHECK(tasks > 1 && memcmp(one, all, MANY * COLS * sizeof *one) == 0);
    }
    free(from);
    free(beside);
    free(one);
    free(all);
}

static float x[12], y[12], bias[12], lse[3];
static lgt_softmax_mask mask;
static lgt_softmax_opts opts;

static lgt_status call(void) {
    return lgt_softmax_f32(x, 4, y, 4, lse, 3, 4, &opts);
}

static void fresh(void) {
    lgt_softmax_mask_default(&mask);
    lgt_softmax_opts_default(&opts);
    opts.mask = &mask;
}

#define REFUSED_WITH(change, status) \
    do {                             \
        fresh();                     \
        change;                      \
        REFUSED(call(), status);     \
    } while (0)

static void refused(void) {
    static double numbers[3] = {1, 1, 1}, bad[3] = {1, NAN, 1}, none[3] = {1, 0, 1};
    static const int8_t columns[4] = {0, 1, 2, 3}, beyond[4] = {0, 1, 4, 3}, minus[4] = {0, -1};
    watch(0, x, sizeof x);
    watch(1, y, sizeof y);
    watch(2, lse, sizeof lse);
    REFUSED_WITH(mask.struct_size = 8, LGT_E_OPTION);
    REFUSED_WITH(mask.flags = 8, LGT_E_OPTION);
    REFUSED_WITH(mask.bias_type = 1, LGT_E_OPTION);
    REFUSED_WITH((mask.flags = LGT_MASK_SINK, mask.sinks = numbers), LGT_E_OPTION);
    REFUSED_WITH(mask.slope = NAN, LGT_E_VALUE);
    REFUSED_WITH(mask.slope = INFINITY, LGT_E_VALUE);
    REFUSED_WITH(mask.soft_cap = -1, LGT_E_VALUE);
    REFUSED_WITH(mask.soft_cap = NAN, LGT_E_VALUE);
    REFUSED_WITH(mask.soft_cap = INFINITY, LGT_E_VALUE);
    REFUSED_WITH(mask.sink = NAN, LGT_E_VALUE);
    REFUSED_WITH(mask.sinks = bad, LGT_E_VALUE);
    REFUSED_WITH(mask.scales = bad, LGT_E_VALUE);
    REFUSED_WITH(mask.scales = none, LGT_E_VALUE);
    REFUSED_WITH((mask.scales = numbers, opts.scale = 1e31), LGT_E_VALUE);
    REFUSED_WITH((mask.bias = bias, mask.bias_stride = 3), LGT_E_STRIDE);
    REFUSED_WITH((mask.bias = y, mask.bias_stride = 4), LGT_E_ALIAS);
    REFUSED_WITH((mask.bias = lse, mask.bias_stride = 0), LGT_E_ALIAS);
    REFUSED_WITH((mask.kept = (const uint8_t *)bias, mask.kept_stride = 3), LGT_E_STRIDE);
    REFUSED_WITH((mask.kept = (const uint8_t *)y, mask.kept_stride = 4), LGT_E_ALIAS);
    REFUSED_WITH(mask.sink_share = (double *)(void *)x, LGT_E_ALIAS);
    REFUSED_WITH(mask.sink_share = (double *)(void *)y, LGT_E_ALIAS);
    REFUSED_WITH(mask.count = 2, LGT_E_NULL);
    REFUSED_WITH((mask.columns = columns, mask.count = 4, mask.columns_type = 99), LGT_E_LABEL);
    REFUSED_WITH((mask.columns = beyond, mask.count = 4, mask.columns_type = LGT_I8), LGT_E_LABEL);
    REFUSED_WITH((mask.columns = minus, mask.count = 2, mask.columns_type = LGT_I8), LGT_E_LABEL);
    fresh();
    mask.columns = columns;
    mask.columns_type = LGT_I8;
    mask.count = 4;
    REFUSED(lgt_softmax_f32(x, 4, x, 4, lse, 3, 4, &opts), LGT_E_ALIAS);
    REFUSED(lgt_softmax_f32(x, 4, y, 3, lse, 3, 4, &opts), LGT_E_STRIDE);
    REFUSED(lgt_softmax_f32(x, 4, NULL, 4, lse, 3, 4, &opts), LGT_E_NULL);
    fresh();
    REFUSED(lgt_softmax_f32(x, 4, y, 4, lse, 0, 4, &opts), LGT_OK);
    union {
        double align;
        unsigned char bytes[256];
    } state;
    size_t size = 0;
    CHECK_STATUS(lgt_extsum_size(1, &size), LGT_OK);
    if (size <= sizeof state) {
        CHECK_STATUS(lgt_extsum_init(state.bytes, size, 1), LGT_OK);
        CHECK_STATUS(lgt_extsum_update_f32(state.bytes, x, 4, 1, 4, &opts), LGT_E_OPTION);
    }
    watch_nothing();
}

/* Without rows there are no numbers of theirs, and none is looked for. */
static void no_rows(void) {
    guarded none = guard_end(0);
    fresh();
    mask.scales = mask.sinks = (const double *)none.data;
    mask.period = 2;
    CHECK_STATUS(lgt_softmax_f32(x, 4, y, 4, lse, 0, 4, &opts), LGT_OK);
    CHECK_STATUS(lgt_log_softmax_f32(x, 4, y, 4, lse, 0, 4, &opts), LGT_OK);
    CHECK_STATUS(lgt_logsumexp_f32(x, 4, lse, 0, 4, &opts), LGT_OK);
    guard_free(none);
}

void test(void) {
    for (int type = 0; type < DTYPES; type++) {
        for (int alone = 1; alone < ALL; alone *= 2)
            for (size_t n = 0; n <= 70; n += n < 20 ? size_step() : 7)
                for (int which = 0; which < 3; which++) one(type, n, alone, which);
        for (size_t n = 0; n <= 70; n += size_step())
            for (int i = 0; i < 9; i++) one(type, n, (int)below(ALL), i % 3);
        int step = (int)size_step();
        for (int i = 0; i < 60; i += step) one(type, i % 2 ? 1000 : 5003, (int)below(ALL), i % 3);
        for (int i = 0; i < 12; i += step)
            one(type, 5003, BIAS | (int)below(2) * IN_PLACE, i % 3);
        for (int i = 0; i < 12; i += step) one(type, 5003, CAUSAL | (int)below(4), i % 3);
    }
    worked();
    corners();
    shared_out();
    refused();
    no_rows();
}
