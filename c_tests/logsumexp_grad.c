/* The gradient of row-wise logsumexp is softmax times what came. */
#include "vjp.h"

/* One signature: softmax, then the gradient of the sum of the same rows. */
#define EACH(dtype, element, sum, TYPE)                                                          \
    static void each_##dtype(size_t cols, int in_place) {                                        \
        enum { ROWS = 5 };                                                                       \
        size_t size = sizeof(element);                                                           \
        guarded x = guard_end(ROWS * cols * size), y = guard_end(ROWS * cols * size);            \
        guarded lse = guard_end(ROWS * sizeof(sum)), w = guard_end(ROWS * sizeof(sum));          \
        guarded apart = guard_end(ROWS * cols * size), dx = in_place ? x : apart;                \
        uint64_t seed = cols;                                                                    \
        double *kept = (double *)malloc(ROWS * cols * sizeof *kept);                             \
        lgt_softmax_opts opts;                                                                   \
        lgt_softmax_opts_default(&opts);                                                         \
        opts.scale = 0.5;                                                                        \
        for (size_t i = 0; i < ROWS * cols; i++) put(x.data, TYPE, i, noise(&seed));             \
        for (size_t i = 0; i < ROWS * cols; i++) kept[i] = get(x.data, TYPE, i);                 \
        for (size_t i = 0; i < ROWS; i++) ((sum *)w.data)[i] = (sum)noise(&seed);                \
        CHECK_STATUS(lgt_softmax_##dtype((element *)x.data, cols, (element *)y.data, cols,       \
                                         (sum *)lse.data, ROWS, cols, &opts),                    \
                     LGT_OK);                                                                    \
        CHECK_STATUS(lgt_logsumexp_grad_##dtype((element *)x.data, cols, (sum *)lse.data,        \
                                                (sum *)w.data, (element *)dx.data, cols, NULL,   \
                                                ROWS, cols, &opts),                              \
                     LGT_OK);                                                                    \
        for (size_t i = 0; i < ROWS * cols; i++) {                                               \
            double l = (double)((sum *)lse.data)[i / cols];                                      \
            double weight = (double)((sum *)w.data)[i / cols];                                   \
            double want = 0.5 * exp(0.5 * kept[i] - l) * weight;                                 \
            double size_of = fabs(want) * fmax(1, fmax(fabs(l), fabs(0.5 * kept[i])));           \
            CHECK(vjp_near(get(dx.data, TYPE, i), want, size_of, TYPE));                         \
        }                                                                                        \
        free(kept);                                                                              \
        guard_free(x);                                                                           \
        guard_free(y);                                                                           \
        guard_free(lse);                                                                         \
        guard_free(w);                                                                           \
        guard_free(apart);                                                                       \
    }
EACH(f32, float, float, F32)
EACH(f64, double, double, F64)
EACH(f16, lgt_f16, float, F16)
EACH(bf16, lgt_bf16, float, BF16)

static void corners(void) {
    const float inf = INFINITY;
    float x[4][3] = {{0, inf, inf}, {-inf, -inf, -inf}, {0, NAN, 1}, {-inf, 3, -inf}};
    float lse[4] = {inf, -inf, NAN, 3}, dlse[4] = {6, 1, 1, 2}, dx[4][3];
    double dsink[4];
    lgt_softmax_opts opts;
    lgt_softmax_opts_default(&opts);
    CHECK_STATUS(lgt_logsumexp_grad_f32(&x[0][0], 3, lse, dlse, &dx[0][0], 3, dsink, 4, 3, &opts),
                 LGT_EMPTY_ROW);
    CHECK(dx[0][0] == 0 && dx[0][1] == 3 && dx[0][2] == 3 && dsink[0] == 0);
    CHECK(isnan(dx[1][0]) && isnan(dx[2][0]) && isnan(dx[2][2]));
    CHECK(dx[3][0] == 0 && dx[3][1] == 2 && dx[3][2] == 0);
    opts.flags = LGT_SOFTMAX_EMPTY_ZERO;
    CHECK_STATUS(lgt_logsumexp_grad_f32(&x[0][0], 3, lse, dlse, &dx[0][0], 3, NULL, 4, 3, &opts),
                 LGT_EMPTY_ROW);
    CHECK(dx[1][0] == 0 && dx[1][2] == 0);
    /* A sink of +inf shares with the entries that are. */
    lgt_softmax_mask mask;
    lgt_softmax_mask_default(&mask);
    mask.flags = LGT_MASK_SINK;
    mask.sink = INFINITY;
    opts.mask = &mask;
    CHECK_STATUS(lgt_logsumexp_grad_f32(&x[0][0], 3, lse, dlse, &dx[0][0], 3, dsink, 1, 3, &opts),
                 LGT_OK);
    CHECK(dx[0][0] == 0 && dx[0][1] == 2 && dsink[0] == 2);
    opts.mask = NULL;
    CHECK_STATUS(lgt_logsumexp_grad_f32(NULL, 3, lse, dlse, &dx[0][0], 3, NULL, 4, 3, NULL),
                 LGT_E_NULL);
    CHECK_STATUS(lgt_logsumexp_grad_f32(&x[0][0], 3, NULL, dlse, &dx[0][0], 3, NULL, 4, 3, NULL),
                 LGT_E_NULL);
    CHECK_STATUS(lgt_logsumexp_grad_f32(&x[0][0], 3, lse, NULL, &dx[0][0], 3, NULL, 4, 3, NULL),
                 LGT_E_NULL);
    CHECK_STATUS(lgt_logsumexp_grad_f32(&x[0][0], 3, lse, dlse, &dx[0][0], 2, NULL, 4, 3, NULL),
                 LGT_E_STRIDE);
    CHECK_STATUS(lgt_logsumexp_grad_f32(&x[0][0], 3, &dx[1][1], dlse, &dx[0][0], 3, NULL, 4, 3,
                                        NULL),
                 LGT_E_ALIAS);
    CHECK_STATUS(lgt_logsumexp_grad_f32(&x[0][0], 3, lse, dlse, &x[0][1], 3, NULL, 3, 3, NULL),
                 LGT_E_ALIAS);
}

void test(void) {
    static const size_t lengths[] = {1, 2, 15, 16, 17, 33, 255, 256, 257, 600};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++)
        for (int way = 0; way < 2; way++) {
            each_f32(lengths[i], way);
            each_f64(lengths[i], way);
            each_f16(lengths[i], way);
            each_bf16(lengths[i], way);
        }
    corners();
}
