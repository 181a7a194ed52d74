/* Gradients of row-wise log-softmax against their formula. */
#include "vjp.h"

VJP_ROWS(log_softmax_grad)

/* Shares of a row with a sink: their logarithms have the gradient of those of softmax
 * divided by the shares. */
static void sink(void) {
    double x[3] = {1, 0, -1}, y[3], p[3], dy[3] = {1, 2, 3}, dp[3], dx[3], dz[3], ds, dt;
    lgt_softmax_mask mask;
    lgt_softmax_mask_default(&mask);
    mask.flags = LGT_MASK_SINK;
    mask.sink = 2;
    lgt_softmax_opts opts;
    lgt_softmax_opts_default(&opts);
    opts.mask = &mask;
    opts.scale = 0.5;
    CHECK_STATUS(lgt_log_softmax_f64(x, 3, y, 3, NULL, 1, 3, &opts), LGT_OK);
    CHECK_STATUS(lgt_softmax_f64(x, 3, p, 3, NULL, 1, 3, &opts), LGT_OK);
    for (int i = 0; i < 3; i++) dp[i] = dy[i] / p[i];
    CHECK_STATUS(lgt_log_softmax_grad_f64(y, 3, dy, 3, NULL, 0, dx, 3, &ds, 1, 3, &opts), LGT_OK);
    CHECK_STATUS(lgt_softmax_grad_f64(p, 3, dp, 3, NULL, 0, dz, 3, &dt, 1, 3, &opts), LGT_OK);
    for (int i = 0; i < 3; i++) CHECK(fabs(dx[i] - dz[i]) < 1e-14);
    CHECK(fabs(ds - dt) < 1e-14 && ds < 0);
}

void test(void) {
    vjp_rows(log_softmax_grad, vjp_log_softmax, 1);
    sink();
}
