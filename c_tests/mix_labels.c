/* Mixed labels. */
#include "guarded.h"
#include "refused.h"

static void check(int type, size_t cols) {
    enum { ROWS = 3 };
    size_t bytes = dtype_size(type), stride = cols + 2;
    guarded a = guard_end(ROWS * cols * bytes), b = guard_end(ROWS * stride * bytes);
    guarded y = guard_end(ROWS * cols * bytes), share = guard_end(ROWS * 8);
    double *shares = (double *)share.data;
    for (size_t i = 0; i < ROWS * cols; i++) put(a.data, type, i, (double)(i % 9) / 8);
    for (size_t i = 0; i < ROWS * stride; i++) put(b.data, type, i, (double)(i * 5 % 9) / 8);
    for (int r = 0; r < ROWS; r++) shares[r] = 0.25 * r;
    for (int over = 0; over < 2; over++) {
        void *to = over ? a.data : y.data;
        lgt_status status;
#define MIX(dtype, element)                                                                    \
    status = lgt_mix_labels_##dtype((const element *)a.data, cols, (const element *)b.data,    \
                                    stride, shares, ROWS, (element *)to, cols, ROWS, cols)
        switch (type) {
        case F32: MIX(f32, float); break;
        case F64: MIX(f64, double); break;
        case F16: MIX(f16, lgt_f16); break;
        default: MIX(bf16, lgt_bf16);
        }
        CHECK_STATUS(status, LGT_OK);
        for (size_t i = 0; i < ROWS * cols; i++) {
            double s = 0.25 * (double)(i / cols), first = (double)(i % 9) / 8;
            double second = (double)((i / cols * stride + i % cols) * 5 % 9) / 8, want;
            put(&want, type, 0, s * first + (1 - s) * second);
            CHECK(get(to, type, i) == get(&want, type, 0));
        }
    }
    guard_free(a);
    guard_free(b);
    guard_free(y);
    guard_free(share);
}

void test(void) {
    for (int type = 0; type < DTYPES; type++)
        for (size_t cols = 1; cols < 40; cols++) check(type, cols);
    const double a[2] = {1, 0}, b[2] = {0, 1}, half[1] = {.5}, bad[2] = {.5, 1.5}, nan[1] = {NAN};
    double y[2] = {7, 7};
    watch(0, y, sizeof y);
    REFUSED(lgt_mix_labels_f64(a, 1, b, 1, bad, 2, y, 1, 2, 1), LGT_E_VALUE);
    REFUSED(lgt_mix_labels_f64(a, 1, b, 1, nan, 1, y, 1, 2, 1), LGT_E_VALUE);
    REFUSED(lgt_mix_labels_f64(a, 1, b, 1, bad, 0, y, 1, 2, 1), LGT_E_SHAPE);
    REFUSED(lgt_mix_labels_f64(a, 1, b, 1, NULL, 1, y, 1, 2, 1), LGT_E_NULL);
    REFUSED(lgt_mix_labels_f64(a, 1, b, 1, half, 1, NULL, 1, 2, 1), LGT_E_NULL);
    watch_nothing();
    CHECK_STATUS(lgt_mix_labels_f64(a, 1, b, 1, half, 1, y, 1, 2, 1), LGT_OK);
    CHECK(y[0] == .5 && y[1] == .5);
}
