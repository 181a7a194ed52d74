/* Small examples that other programs worked out in double precision, to the digits that
 * they printed, of functions whose own tests compare with definitions alone. */
#include "check.h"

static const double E = 1e-12;

static void agree(const double *got, const double *want, size_t n) {
    for (size_t i = 0; i < n; i++) CHECK(fabs(got[i] - want[i]) <= E);
}

static void softmax(void) {
    const double x[4] = {1, 2, 3, 4}, dy[4] = {1, 0, -1, 2};
    const double p[4] = {0.03205860328008499, 0.08714431874203257, 0.23688281808991013,
                         0.6439142598879724};
    const double logs[4] = {-3.4401896985611957, -2.4401896985611957, -1.4401896985611957,
                            -0.4401896985611957};
    const double dx[4] = {-0.0026610020834480145, -0.09437767235096098, -0.493427929853789,
                          0.590466604288198};
    const double sum = 4.440189698561196;
    double y[4], lse, grad[4];
    CHECK_STATUS(lgt_softmax_f64(x, 4, y, 4, &lse, 1, 4, NULL), LGT_OK);
    agree(y, p, 4);
    agree(&lse, &sum, 1);
    CHECK_STATUS(lgt_softmax_grad_f64(y, 4, dy, 4, NULL, 0, grad, 4, NULL, 1, 4, NULL), LGT_OK);
    agree(grad, dx, 4);
    CHECK_STATUS(lgt_log_softmax_f64(x, 4, y, 4, NULL, 1, 4, NULL), LGT_OK);
    agree(y, logs, 4);
    CHECK_STATUS(lgt_logsumexp_f64(x, 4, &lse, 1, 4, NULL), LGT_OK);
    agree(&lse, &sum, 1);
}

static void sink(void) {
    const double x[3] = {1, 0, -1}, dy[3] = {1, 2, 3}, ds = -0.3266881389153907;
    const double dx[3] = {0.11670096810837767, 0.13007620567390885, 0.07991096513310417};
    double y[3], lse, grad[3], dsink;
    lgt_softmax_mask mask;
    lgt_softmax_opts opts;
    lgt_softmax_mask_default(&mask);
    lgt_softmax_opts_default(&opts);
    mask.flags = LGT_MASK_SINK;
    mask.sink = 2;
    opts.mask = &mask;
    CHECK_STATUS(lgt_softmax_f64(x, 3, y, 3, &lse, 1, 3, &opts), LGT_OK);
    CHECK_STATUS(lgt_softmax_grad_f64(y, 3, dy, 3, NULL, 0, grad, 3, &dsink, 1, 3, &opts), LGT_OK);
    agree(grad, dx, 3);
    agree(&dsink, &ds, 1);
}

static void gumbel(void) {
    const double x[3] = {1, 0, -1}, u[3] = {0.5, 0.9, 0.2}, dy[3] = {1, 0, 2};
    const double shares[3] = {0.14575528331981358, 0.8537495529277175, 0.0004951637524689755};
    const double dx[3] = {0.24873267047622563, -0.25056799927147283, 0.0018353287952472303};
    double y[3], hard[3], grad[3];
    lgt_gumbel_softmax_opts opts;
    lgt_gumbel_softmax_opts_default(&opts);
    opts.tau = 0.5;
    CHECK_STATUS(lgt_gumbel_softmax_f64(x, 3, u, 3, y, 3, NULL, 0, 1, 3, &opts), LGT_OK);
    agree(y, shares, 3);
    CHECK_STATUS(lgt_gumbel_softmax_grad_f64(y, 3, dy, 3, grad, 3, 0.5, 1, 3), LGT_OK);
    agree(grad, dx, 3);
    opts.flags = LGT_GUMBEL_HARD;
    CHECK_STATUS(lgt_gumbel_softmax_f64(x, 3, u, 3, hard, 3, NULL, 0, 1, 3, &opts), LGT_OK);
    CHECK(hard[0] == 0 && hard[1] == 1 && hard[2] == 0);
}

/* InfoNCE of two positives: soft labels of a half each. Then what it does to a positive that
 * is right already, and what the decoupled softmax does. */
static void positives(void) {
    const double s[4] = {2, 1, 0, -1}, t[4] = {0.5, 0, 0.5, 0}, loss = 1.4401896985611953;
    const double ds[4] = {0.14391425988797235, 0.23688281808991013, -0.41285568125796746,
                          0.03205860328008499};
    const double far[4] = {10, 0, 0, 0}, both[4] = {0.5, 0.5, 0, 0};
    const double coupled[4] = {0.4998638187585689, -0.4999546062528563, 4.5393747143688915e-05,
                               4.5393747143688915e-05};
    const double decoupled[4] = {-4.5395807829510914e-05, -1.0 / 3, 0.16668936457058142,
                                 0.16668936457058142};
    const int8_t labels[4] = {1, 1, 0, 0};
    double own, grad[4];
    CHECK_STATUS(lgt_cross_entropy_soft_f64(s, 4, t, 4, NULL, &own, NULL, grad, 4, NULL, 1, 4,
                                            NULL), LGT_OK);
    agree(&own, &loss, 1);
    agree(grad, ds, 4);
    CHECK_STATUS(lgt_cross_entropy_soft_f64(far, 4, both, 4, NULL, &own, NULL, grad, 4, NULL, 1, 4,
                                            NULL), LGT_OK);
    agree(grad, coupled, 4);
    CHECK_STATUS(lgt_decoupled_softmax_f64(far, 4, labels, 4, LGT_I8, NULL, 0, NULL, NULL, 1, &own,
                                           NULL, grad, 4, NULL, 1, 4, NULL), LGT_OK);
    agree(grad, decoupled, 4);
}

void test(void) {
    softmax();
    sink();
    gumbel();
    positives();
}
