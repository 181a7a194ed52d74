/* The small network: nothing past the arrays, and what is refused. Its numbers are compared
 * elsewhere. */
#include "guarded.h"
#include "refused.h"

static void network(void) {
    enum { ROWS = 3, INPUTS = 4, HIDDEN = 5 };
    const size_t count = HIDDEN * (INPUTS + 2) + 1;
    guarded x = guard_end(ROWS * INPUTS * 8), p = guard_end(count * 8), t = guard_end(ROWS * 8);
    guarded dp = guard_end(count * 8), dx = guard_end(ROWS * INPUTS * 8);
    uint64_t seed = 3;
    for (size_t i = 0; i < ROWS * INPUTS; i++) put(x.data, F64, i, noise(&seed));
    for (size_t i = 0; i < count; i++) put(p.data, F64, i, noise(&seed));
    const double *f = (const double *)x.data, *w = (const double *)p.data;
    double *to = (double *)t.data, *g = (double *)dp.data, *gx = (double *)dx.data;
    CHECK_STATUS(lgt_temperature_net_f64(f, INPUTS, w, to, ROWS, INPUTS, HIDDEN, 0.1, 10), LGT_OK);
    for (size_t r = 0; r < ROWS; r++) CHECK(to[r] >= 0.1 && to[r] <= 10);
    CHECK_STATUS(
        lgt_temperature_net_grad_f64(f, INPUTS, w, to, g, gx, ROWS, INPUTS, HIDDEN, 0.1, 10),
        LGT_OK);
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
    guard_free(x);
    guard_free(p);
    guard_free(t);
    guard_free(dp);
    guard_free(dx);
}

void test(void) {
    network();
}
