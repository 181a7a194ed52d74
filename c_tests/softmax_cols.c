/* Column-wise softmax against its definition, each buffer between guard pages, and its
 * gradient against that. */
#include "cols.h"
#include "vjp.h"

TRANSFORMS(softmax_cols)
VJP_COLS(softmax_cols_grad)

/* What the documentation says of numbers that are none, for every height that goes another
 * way, in place or not. */
static void corners(size_t rows, int in_place) {
    enum { COLS = 70 };
    const float inf = INFINITY;
    float *x = (float *)calloc(rows * COLS, sizeof *x);
    float *y = (float *)calloc(rows * COLS, sizeof *y);
    float lse[COLS];
    size_t last = (rows - 1) * COLS;
    if (!x || !y) exit(1);
    for (size_t r = 0; r < rows; r++) x[r * COLS + 1] = x[r * COLS + 2] = -inf;
    x[0] = x[last] = inf;
    x[last + 2] = -7;
    x[last + 3] = NAN;
    x[4] = NAN, x[last + 4] = inf;
    x[5] = -3e38f, x[last + 5] = 3e38f;
    x[last + 6] = 700;
    for (size_t r = 0; r < rows; r++) x[r * COLS + 7] = 1e6f + (float)r;
    x[33] = -inf;
    lgt_softmax_opts opts;
    lgt_softmax_opts_default(&opts);
    float *to = in_place ? x : y;
    CHECK_STATUS(lgt_softmax_cols_f32(x, COLS, to, COLS, lse, rows, COLS, &opts), LGT_EMPTY_ROW);
    CHECK(to[0] == 0.5f && to[last] == 0.5f && to[COLS] == 0 && lse[0] == inf);
    CHECK(isnan(to[1]) && isnan(to[last + 1]) && lse[1] == -inf);
    CHECK(to[2] == 0 && to[last + 2] == 1 && lse[2] == -7);
    CHECK(isnan(to[3]) && isnan(to[last + 3]) && isnan(lse[3]));
    CHECK(isnan(to[4]) && isnan(to[last + 4]) && isnan(lse[4]));
    CHECK(to[5] == 0 && to[last + 5] == 1 && lse[5] == 3e38f);
    CHECK(to[6] == 0 && near(to[last + 6], 1, F32) && fabs(lse[6] - 700) <= 7e-7 * 700);
    CHECK(near(to[last + 7], 1 / (1 + exp(-1) / (1 - exp(-1))), F32));
    CHECK(to[33] == 0 && near(to[last + 33], 1.0 / (double)(rows - 1), F32));
    CHECK(near(to[COLS + 40], 1.0 / (double)rows, F32));
    opts.flags = LGT_SOFTMAX_EMPTY_ZERO;
    for (size_t r = 0; r < rows; r++) x[r * COLS + 1] = -inf;
    CHECK_STATUS(lgt_softmax_cols_f32(x, COLS, to, COLS, NULL, rows, COLS, &opts), LGT_EMPTY_ROW);
    CHECK(to[1] == 0 && to[last + 1] == 0);
    free(x);
    free(y);
}


void test(void) {
    every_width(softmax_cols, exact_share);
    refuses(softmax_cols);
    for (int i = 0; i < 2; i++) {
        corners(20, i);
        corners(400, i);
        corners(3000, i);
    }
    float lse[2], y[2];
    CHECK_STATUS(lgt_softmax_cols_f32(NULL, 2, NULL, 2, lse, 0, 2, NULL), LGT_EMPTY_ROW);
    CHECK(lse[0] == -INFINITY && lse[1] == -INFINITY);
    y[0] = 3;
    CHECK_STATUS(lgt_softmax_cols_f32(y, 1, y, 1, NULL, 1, 1, NULL), LGT_OK);
    CHECK(y[0] == 1);
    vjp_cols(softmax_cols_grad, vjp_softmax, 0);
}
