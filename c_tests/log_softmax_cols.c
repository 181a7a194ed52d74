/* Column-wise log-softmax against its definition, each buffer between guard pages, and its
 * gradient against that. */
#include "cols.h"
#include "vjp.h"

TRANSFORMS(log_softmax_cols)
VJP_COLS(log_softmax_cols_grad)

static void corners(size_t rows, int in_place) {
    enum { COLS = 40 };
    const float inf = INFINITY;
    float *x = (float *)calloc(rows * COLS, sizeof *x);
    float *y = (float *)calloc(rows * COLS, sizeof *y);
    float lse[COLS];
    size_t last = (rows - 1) * COLS;
    if (!x || !y) exit(1);
    for (size_t r = 0; r < rows; r++) x[r * COLS + 1] = -inf;
    x[0] = x[last] = inf;
    x[last + 3] = NAN;
    x[last + 6] = 700;
    float *to = in_place ? x : y;
    CHECK_STATUS(lgt_log_softmax_cols_f32(x, COLS, to, COLS, lse, rows, COLS, NULL), LGT_EMPTY_ROW);
    CHECK(near(to[0], -log(2), F32) && to[last] == to[0] && to[COLS] == -inf && lse[0] == inf);
    CHECK(isnan(to[1]) && isnan(to[last + 1]) && lse[1] == -inf);
    CHECK(isnan(to[3]) && isnan(to[last + 3]) && isnan(lse[3]));
    CHECK(to[6] == -700 && to[last + 6] == 0 && lse[6] == 700);
    CHECK(near(to[COLS + 30], -log((double)rows), F32));
    lgt_softmax_opts opts;
    lgt_softmax_opts_default(&opts);
    opts.flags = LGT_SOFTMAX_EMPTY_ZERO;
    for (size_t r = 0; r < rows; r++) x[r * COLS + 1] = -inf;
    CHECK_STATUS(lgt_log_softmax_cols_f32(x, COLS, to, COLS, NULL, rows, COLS, &opts),
                 LGT_EMPTY_ROW);
    CHECK(to[1] == -inf && to[last + 1] == -inf);
    free(x);
    free(y);
}


void test(void) {
    every_width(log_softmax_cols, exact_log);
    refuses(log_softmax_cols);
    for (int i = 0; i < 2; i++) {
        corners(20, i);
        corners(400, i);
        corners(3000, i);
    }
    vjp_cols(log_softmax_cols_grad, vjp_log_softmax, 1);
}
