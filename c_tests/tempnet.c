/* The head of TempNet: a worked example, every storage type in its
 * room, and what is refused. More numbers are compared elsewhere. */
#include "guarded.h"
#include "refused.h"

static lgt_status tempnet(int type, const void *x, size_t xs, const double *parameters, double *tau,
                          size_t rows, size_t inputs, size_t hidden, size_t outputs, double low,
                          double high, void *scratch, size_t bytes) {
#define CALL(dtype, element)                                                                      \
    lgt_tempnet_##dtype((const element *)x, xs, parameters, tau, rows, inputs, hidden, outputs,   \
                        low, high, scratch, bytes)
    switch (type) {
    case F32: return CALL(f32, float);
    case F64: return CALL(f64, double);
    case F16: return CALL(f16, lgt_f16);
    default: return CALL(bf16, lgt_bf16);
    }
}

/* Two inputs, hidden numbers and outputs; the matrices, then the rest in order. */
static void worked_example(int type) {
    const double parameters[] = {1, 0, 0, 1, 0, 0, 1, -1, 0.5, 2, 0, 0.1, 0, 1, 1, 0};
    uint64_t x[2], scratch[4];
    double tau = 0;
    put(x, type, 0, 3);
    put(x, type, 1, 4);
    CHECK_STATUS(tempnet(type, x, 2, parameters, &tau, 1, 2, 2, 2, 0.01, 2, scratch, sizeof scratch),
                 LGT_OK);
    CHECK(fabs(tau - 1.3272585171680737) <= (type == F64 ? 1e-14 : 2e-6));
}

static void in_its_room(int type) {
    enum { ROWS = 3, INPUTS = 4, HIDDEN = 5, OUTPUTS = 2, STRIDE = INPUTS + 2 };
    const size_t count = HIDDEN * (INPUTS + 1) + OUTPUTS * (HIDDEN + 2) + 2;
    size_t bytes;
    CHECK_STATUS(lgt_tempnet_scratch(HIDDEN, OUTPUTS, &bytes), LGT_OK);
    guarded x = guard_end(((ROWS - 1) * STRIDE + INPUTS) * dtype_size(type));
    guarded p = guard_end(count * 8), t = guard_end(ROWS * 8), scratch = guard_end(bytes);
    uint64_t seed = 3;
    for (size_t i = 0; i < (ROWS - 1) * STRIDE + INPUTS; i++) put(x.data, type, i, noise(&seed));
    for (size_t i = 0; i < count; i++) put(p.data, F64, i, noise(&seed));
    const double *w = (const double *)p.data;
    double *to = (double *)t.data;
#define NET(x, xs, w, to, outputs, low, scratch, bytes) \
    tempnet(type, x, xs, w, to, ROWS, INPUTS, HIDDEN, outputs, low, 2, scratch, bytes)
    CHECK_STATUS(NET(x.data, STRIDE, w, to, OUTPUTS, 0.01, scratch.data, bytes), LGT_OK);
    for (size_t r = 0; r < ROWS; r++) CHECK(to[r] >= 0.01 && to[r] <= 2);
    watch_nothing();
    watch(0, to, ROWS * 8);
    REFUSED(NET(NULL, STRIDE, w, to, OUTPUTS, 0.01, scratch.data, bytes), LGT_E_NULL);
    REFUSED(NET(x.data, STRIDE, NULL, to, OUTPUTS, 0.01, scratch.data, bytes), LGT_E_NULL);
    REFUSED(NET(x.data, STRIDE, w, NULL, OUTPUTS, 0.01, scratch.data, bytes), LGT_E_NULL);
    REFUSED(NET(x.data, STRIDE, w, to, OUTPUTS, 0.01, NULL, bytes), LGT_E_NULL);
    REFUSED(NET(x.data, INPUTS - 1, w, to, OUTPUTS, 0.01, scratch.data, bytes), LGT_E_STRIDE);
    REFUSED(NET(x.data, STRIDE, w, to, 0, 0.01, scratch.data, bytes), LGT_E_VALUE);
    REFUSED(NET(x.data, STRIDE, w, to, OUTPUTS, NAN, scratch.data, bytes), LGT_E_VALUE);
    REFUSED(NET(x.data, STRIDE, w, to, OUTPUTS, 3, scratch.data, bytes), LGT_E_VALUE);
    REFUSED(NET(x.data, STRIDE, w, to, OUTPUTS, 0.01, scratch.data, bytes - 8), LGT_E_SCRATCH);
    REFUSED(NET(x.data, STRIDE, w, to, OUTPUTS, 0.01, to, bytes), LGT_E_ALIAS);
    REFUSED(lgt_tempnet_scratch(SIZE_MAX, 1, &bytes), LGT_E_SIZE);
    REFUSED(lgt_tempnet_scratch(HIDDEN, OUTPUTS, NULL), LGT_E_NULL);
    guard_free(x);
    guard_free(p);
    guard_free(t);
    guard_free(scratch);
}

void test(void) {
    for (int type = 0; type < DTYPES; type++) {
        worked_example(type);
        in_its_room(type);
    }
}
