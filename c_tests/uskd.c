/* Distillation without a teacher, and its targets: worked figures of the definition. */
#include "guarded.h"
#include "refused.h"

static const double S[2][4] = {{2, .5, -1, 0}, {0, 1, .5, -.5}};
static const double W[2][4] = {{1, 0, .2, -1}, {.3, .4, -.2, .1}};
static const int32_t labels[2] = {0, 1};

static void figures(void) {
    const double dS[2][4] = {{-.16648726208589892, .09524405736705786, .011016363930769315,
                              .060226840788071834},
                             {.07124088710960626, -.23198783421729047, .11974438547038713,
                              .04100256163729708}};
    const double dW[2][4] = {{-.001032118918290014, .0004085258768259566, .0005128123051200357,
                              .00011078073634402152},
                             {.0006456285705840379, -.0015298968975320426, .00036700168907770065,
                              .0005172666378703043}};
    double total, grad[2][4], weak[2][4], loss[2];
    size_t bytes;
    CHECK_STATUS(lgt_uskd_scratch(4, &bytes), LGT_OK);
    guarded scratch = guard_end(bytes);
    lgt_uskd_opts opts;
    lgt_uskd_opts_default(&opts);
    opts.reduction = LGT_REDUCTION_MEAN;
    CHECK_STATUS(lgt_uskd_f64(&S[0][0], 4, &W[0][0], 4, labels, LGT_I32, NULL, loss, &grad[0][0], 4,
                              &weak[0][0], 4, &total, 2, 4, &opts, scratch.data, bytes), LGT_OK);
    CHECK(fabs(total - .6489583684384516) <= 1e-14);
    for (int i = 0; i < 8; i++) {
        CHECK(fabs(grad[i / 4][i % 4] - dS[i / 4][i % 4]) <= 1e-15);
        CHECK(fabs(weak[i / 4][i % 4] - dW[i / 4][i % 4]) <= 1e-15);
    }
    /* The parts by themselves. */
    const double parts[3] = {.5317850482752411, 1.1229693687584623, .004876383287364277};
    for (int part = 0; part < 3; part++) {
        opts.alpha = part == 0, opts.beta = part == 1, opts.mu = part == 2 ? .005 : 0;
        CHECK_STATUS(lgt_uskd_f64(&S[0][0], 4, &W[0][0], 4, labels, LGT_I32, NULL, NULL, NULL, 0,
                                  NULL, 0, &total, 2, 4, &opts, scratch.data, bytes), LGT_OK);
        CHECK(fabs(total - parts[part]) <= 1e-14);
    }
    double p[2];
    CHECK_STATUS(lgt_uskd_targets_f64(&S[0][0], 4, labels, LGT_I32, NULL, p, 2, 4), LGT_OK);
    CHECK(fabs(p[0] - 1.1485837723356642) <= 1e-15 && fabs(p[1] - .8514162276643361) <= 1e-15);
    guard_free(scratch);
}

/* Weights by the ranks of a score that has the order of both rows' sums. */
static void zipf(void) {
    const double all[2][4] = {{0, 6. / 13, 4. / 13, 3. / 13}, {4. / 13, 0, 6. / 13, 3. / 13}};
    const double others[4] = {0, 6. / 11, 3. / 11, 2. / 11};
    double score[2][4], z[2][4];
    for (int r = 0; r < 2; r++) {
        double s = 0, w = 0;
        for (int c = 0; c < 4; c++) s += exp(S[r][c]), w += exp(W[r][c]);
        for (int c = 0; c < 4; c++)
            score[r][c] = exp(W[r][c]) / w / (1 - exp(W[r][r]) / w + 1e-6) +
                          exp(S[r][c]) / s / (1 - exp(S[r][r]) / s + 1e-6);
    }
    size_t bytes;
    CHECK_STATUS(lgt_uskd_scratch(4, &bytes), LGT_OK);
    guarded scratch = guard_end(bytes);
    CHECK_STATUS(lgt_zipf_targets_f64(&score[0][0], 4, labels, LGT_I32, LGT_ZIPF_ALL, &z[0][0], 4,
                                      2, 4, scratch.data, bytes), LGT_OK);
    for (int i = 0; i < 8; i++) CHECK(fabs(z[i / 4][i % 4] - all[i / 4][i % 4]) <= 1e-15);
    /* In place. */
    CHECK_STATUS(lgt_zipf_targets_f64(&score[0][0], 4, labels, LGT_I32, LGT_ZIPF_OTHERS,
                                      &score[0][0], 4, 2, 4, scratch.data, bytes), LGT_OK);
    for (int c = 0; c < 4; c++) CHECK(fabs(score[0][c] - others[c]) <= 1e-15);
    /* Equal scores in order of index; NaN; one class. */
    const float ties[2][3] = {{1, 1, 1}, {1, NAN, 1}};
    const int32_t y[2] = {2, 0};
    float out[2][3];
    CHECK_STATUS(lgt_zipf_targets_f32(&ties[0][0], 3, y, LGT_I32, LGT_ZIPF_ALL, &out[0][0], 3, 2, 3,
                                      scratch.data, bytes), LGT_OK);
    CHECK(out[0][0] == (float)(2. / 3) && out[0][1] == (float)(1. / 3) && out[0][2] == 0);
    for (int c = 0; c < 3; c++) CHECK(isnan(out[1][c]));
    CHECK_STATUS(lgt_zipf_targets_f32(&ties[0][0], 3, labels, LGT_I32, LGT_ZIPF_ALL, &out[0][0], 3,
                                      1, 1, scratch.data, bytes), LGT_OK);
    CHECK(out[0][0] == 0);
    guard_free(scratch);
}

static void refused(void) {
    uint64_t scratch[8], kept[32];
    double *grad = (double *)(void *)kept, *weak = grad + 8, *loss = grad + 16, *total = grad + 20;
    memset(kept, 0xa5, sizeof kept);
    watch(0, kept, sizeof kept);
    lgt_uskd_opts opts;
    lgt_uskd_opts_default(&opts);
#define USKD(labels_, size_)                                                                     \
    lgt_uskd_f64(&S[0][0], 4, &W[0][0], 4, labels_, LGT_I32, NULL, loss, grad, 4, weak, 4, total, \
                 2, 4, &opts, scratch, size_)
    const int32_t bad[2] = {0, 4};
    REFUSED(USKD(bad, sizeof scratch), LGT_E_LABEL);
    REFUSED(USKD(labels, sizeof scratch - 1), LGT_E_SCRATCH);
    double *numbers[] = {&opts.alpha, &opts.beta, &opts.mu, &opts.smoothing, &opts.grad_scale};
    for (int i = 0; i < 5; i++) {
        double before = *numbers[i];
        *numbers[i] = NAN;
        REFUSED(USKD(labels, sizeof scratch), LGT_E_VALUE);
        *numbers[i] = before;
    }
    opts.order = 2;
    REFUSED(USKD(labels, sizeof scratch), LGT_E_OPTION);
    opts.order = 1, opts.compat = 2;
    REFUSED(USKD(labels, sizeof scratch), LGT_E_OPTION);
    opts.compat = 1, weak = grad;
    REFUSED(USKD(labels, sizeof scratch), LGT_E_ALIAS);
    watch_nothing();
    weak = grad + 8;
    CHECK_STATUS(USKD(labels, sizeof scratch), LGT_OK);
}

/* A row that is NaN, or empty, is by itself. */
static void corners(void) {
    const double inf = HUGE_VAL;
    const double x[3][2] = {{1, 2}, {NAN, 0}, {-inf, -inf}}, w[3][2] = {{0, 0}, {0, 0}, {0, 0}};
    const int32_t y[3] = {0, 0, 0};
    uint64_t scratch[4];
    double loss[3], alone, grad[3][2];
    CHECK_STATUS(lgt_uskd_f64(&x[0][0], 2, &w[0][0], 2, y, LGT_I32, NULL, loss, &grad[0][0], 2,
                              NULL, 0, NULL, 3, 2, NULL, scratch, sizeof scratch), LGT_EMPTY_ROW);
    CHECK_STATUS(lgt_uskd_f64(&x[0][0], 2, &w[0][0], 2, y, LGT_I32, NULL, &alone, NULL, 0, NULL, 0,
                              NULL, 1, 2, NULL, scratch, sizeof scratch), LGT_OK);
    CHECK(loss[0] == alone && isfinite(alone) && isnan(loss[1]) && isnan(loss[2]));
    CHECK(isfinite(grad[0][0]) && isnan(grad[1][0]) && isnan(grad[1][1]) && isnan(grad[2][1]));
}

void test(void) {
    figures();
    zipf();
    refused();
    corners();
}
