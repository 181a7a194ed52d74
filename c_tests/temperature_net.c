/* Features and the small networks: nothing past the arrays, and what is refused. Their
 * numbers are compared elsewhere. */
#include "guarded.h"
#include "refused.h"

static void features(void) {
    for (size_t cols = 1; cols <= 70; cols++) {
        size_t k = cols < 4 ? cols : 4, rows = 3, views = 2;
        guarded x = guard_end(rows * cols * 4), v = guard_end(views * rows * cols * 4);
        guarded y = guard_end(rows * views * k * 4);
        uint64_t seed = cols;
        for (size_t i = 0; i < rows * cols; i++) put(x.data, F32, i, noise(&seed));
        for (size_t i = 0; i < views * rows * cols; i++) put(v.data, F32, i, noise(&seed));
        const float *from = (const float *)x.data, *copies = (const float *)v.data;
        float *to = (float *)y.data;
        CHECK_STATUS(lgt_ca_features_f32(from, cols, copies, cols, rows * cols, views, to,
                                         views * k, rows, cols, k),
                     LGT_OK);
        /* The same, a copy at a time. */
        float *one = (float *)malloc(rows * views * k * 4);
        for (size_t i = 0; i < views; i++)
            CHECK_STATUS(lgt_ca_features_f32(from, cols, copies + i * rows * cols, cols, 0, 1,
                                             one + i * k, views * k, rows, cols, k),
                         LGT_OK);
        CHECK(memcmp(one, to, rows * views * k * 4) == 0);
        free(one);
        watch_nothing();
        watch(0, to, rows * views * k * 4);
#define FEATURES(v, stride, y, k) \
    lgt_ca_features_f32(from, cols, v, cols, stride, views, y, views * (k), rows, cols, k)
        REFUSED(FEATURES(copies, rows * cols, to, cols + 1), LGT_E_VALUE);
        REFUSED(FEATURES(copies, rows * cols, to, 0), LGT_E_VALUE);
        REFUSED(FEATURES(NULL, rows * cols, to, k), LGT_E_NULL);
        REFUSED(FEATURES(copies, rows * cols, NULL, k), LGT_E_NULL);
        REFUSED(FEATURES(copies, SIZE_MAX / 2, to, k), LGT_E_SIZE);
        REFUSED(FEATURES(copies, rows * cols, (float *)v.data, k), LGT_E_ALIAS);
        guard_free(x);
        guard_free(v);
        guard_free(y);
    }
}

static void networks(void) {
    enum { ROWS = 3, INPUTS = 4, HIDDEN = 5, OUTPUTS = 2 };
    const size_t count = HIDDEN * (INPUTS + 2) + 1;
    const size_t head = HIDDEN * (INPUTS + 1) + OUTPUTS * (HIDDEN + 2) + 2;
    guarded x = guard_end(ROWS * INPUTS * 8), p = guard_end(count * 8), t = guard_end(ROWS * 8);
    guarded dp = guard_end(count * 8), dx = guard_end(ROWS * INPUTS * 8), h = guard_end(head * 8);
    uint64_t seed = 3, scratch[HIDDEN + OUTPUTS];
    for (size_t i = 0; i < ROWS * INPUTS; i++) put(x.data, F64, i, noise(&seed));
    for (size_t i = 0; i < count; i++) put(p.data, F64, i, noise(&seed));
    for (size_t i = 0; i < head; i++) put(h.data, F64, i, noise(&seed));
    const double *f = (const double *)x.data, *w = (const double *)p.data;
    double *to = (double *)t.data, *g = (double *)dp.data, *gx = (double *)dx.data;
    CHECK_STATUS(lgt_temperature_net_f64(f, INPUTS, w, to, ROWS, INPUTS, HIDDEN, 0.1, 10), LGT_OK);
    for (size_t r = 0; r < ROWS; r++) CHECK(to[r] >= 0.1 && to[r] <= 10);
    CHECK_STATUS(
        lgt_temperature_net_grad_f64(f, INPUTS, w, to, g, gx, ROWS, INPUTS, HIDDEN, 0.1, 10),
        LGT_OK);
    CHECK_STATUS(lgt_tempnet_f64(f, INPUTS, (const double *)h.data, to, ROWS, INPUTS, HIDDEN,
                                 OUTPUTS, 0.01, 2, scratch, sizeof scratch),
                 LGT_OK);
    for (size_t r = 0; r < ROWS; r++) CHECK(to[r] >= 0.01 && to[r] <= 2);
    watch_nothing();
    watch(0, to, ROWS * 8);
    watch(1, g, count * 8);
    watch(2, gx, ROWS * INPUTS * 8);
#define NET(f, s, w, to, hidden, low, high) \
    lgt_temperature_net_f64(f, s, w, to, ROWS, INPUTS, hidden, low, high)
    REFUSED(NET(NULL, INPUTS, w, to, HIDDEN, 0.1, 10), LGT_E_NULL);
    REFUSED(NET(f, INPUTS, NULL, to, HIDDEN, 0.1, 10), LGT_E_NULL);
    REFUSED(NET(f, INPUTS, w, NULL, HIDDEN, 0.1, 10), LGT_E_NULL);
    REFUSED(NET(f, INPUTS - 1, w, to, HIDDEN, 0.1, 10), LGT_E_STRIDE);
    REFUSED(NET(f, INPUTS, w, to, 1025, 0.1, 10), LGT_E_SIZE);
    REFUSED(NET(f, INPUTS, w, to, HIDDEN, NAN, 10), LGT_E_VALUE);
    REFUSED(NET(f, INPUTS, w, to, HIDDEN, 1, 0.5), LGT_E_VALUE);
    REFUSED(NET(f, INPUTS, w, (double *)x.data, HIDDEN, 0.1, 10), LGT_E_ALIAS);
#define GRAD(w, dt, g, gx) \
    lgt_temperature_net_grad_f64(f, INPUTS, w, dt, g, gx, ROWS, INPUTS, HIDDEN, 0.1, 10)
    REFUSED(GRAD(w, NULL, g, gx), LGT_E_NULL);
    REFUSED(GRAD(w, to, NULL, gx), LGT_E_NULL);
    REFUSED(GRAD(w, to, g, g), LGT_E_ALIAS);
    REFUSED(GRAD(g, to, g, gx), LGT_E_ALIAS);
    REFUSED(GRAD(w, to, g, to), LGT_E_ALIAS);
#define HEAD(outputs, low, scratch, bytes)                                              \
    lgt_tempnet_f64(f, INPUTS, (const double *)h.data, to, ROWS, INPUTS, HIDDEN, outputs, \
                    low, 2, scratch, bytes)
    REFUSED(HEAD(0, 0.01, scratch, sizeof scratch), LGT_E_VALUE);
    REFUSED(HEAD(OUTPUTS, NAN, scratch, sizeof scratch), LGT_E_VALUE);
    REFUSED(HEAD(OUTPUTS, 0.01, NULL, sizeof scratch), LGT_E_NULL);
    REFUSED(HEAD(OUTPUTS, 0.01, scratch, sizeof scratch - 8), LGT_E_SCRATCH);
    REFUSED(HEAD(OUTPUTS, 0.01, to, sizeof scratch), LGT_E_ALIAS);
    size_t bytes;
    CHECK_STATUS(lgt_tempnet_scratch(HIDDEN, OUTPUTS, &bytes), LGT_OK);
    CHECK(bytes == sizeof scratch);
    REFUSED(lgt_tempnet_scratch(SIZE_MAX, 1, &bytes), LGT_E_SIZE);
    guard_free(x);
    guard_free(p);
    guard_free(t);
    guard_free(dp);
    guard_free(dx);
    guard_free(h);
}

void test(void) {
    features();
    networks();
}
