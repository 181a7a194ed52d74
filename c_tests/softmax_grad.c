/* Gradients of row-wise softmax against their formula; worked figures; what masks change. */
#include "vjp.h"

VJP_ROWS(softmax_grad)

/* A worked figure each, to the digits that are printed. */
static void figures(void) {
    double x[4] = {1, 2, 3, 4}, y[4], dy[4] = {1, 0, -1, 2}, dx[4];
    const double want[4] = {-0.0026610020834480145, -0.09437767235096098, -0.493427929853789,
                            0.590466604288198};
    CHECK_STATUS(lgt_softmax_f64(x, 4, y, 4, NULL, 1, 4, NULL), LGT_OK);
    CHECK_STATUS(lgt_softmax_grad_f64(y, 4, dy, 4, NULL, 0, dx, 4, NULL, 1, 4, NULL), LGT_OK);
    for (int i = 0; i < 4; i++) CHECK(fabs(dx[i] - want[i]) < 1e-15);
    double z[3] = {1, 0, -1}, p[3], dp[3] = {1, 2, 3}, dz[3], share, dsink;
    const double with_sink[3] = {0.11670096810837767, 0.13007620567390885, 0.07991096513310417};
    lgt_softmax_mask mask;
    lgt_softmax_mask_default(&mask);
    mask.flags = LGT_MASK_SINK;
    mask.sink = 2;
    lgt_softmax_opts opts;
    lgt_softmax_opts_default(&opts);
    opts.mask = &mask;
    /* The share of the sink as forward leaves it, and as what the row lacks. */
    for (int known = 0; known < 2; known++) {
        mask.sink_share = known ? &share : NULL;
        CHECK_STATUS(lgt_softmax_f64(z, 3, p, 3, NULL, 1, 3, &opts), LGT_OK);
        CHECK_STATUS(lgt_softmax_grad_f64(p, 3, dp, 3, NULL, 0, dz, 3, &dsink, 1, 3, &opts),
                     LGT_OK);
        for (int i = 0; i < 3; i++) CHECK(fabs(dz[i] - with_sink[i]) < 1e-15);
        CHECK(fabs(dsink - -0.3266881389153907) < 1e-15);
    }
}

/* Columns that are picked twice, and not at all; softmin; a scale of each row. */
static void masks(void) {
    float y[2][3] = {{0.5f, 0.25f, 0.25f}, {0, 1, 0}}, dy[2][3] = {{1, 0, 0}, {9, 1, NAN}};
    float dx[2][4];
    double dsink[2], scales[2] = {2, 4};
    int64_t columns[3] = {3, 1, 3};
    lgt_softmax_mask mask;
    lgt_softmax_mask_default(&mask);
    mask.flags = LGT_MASK_NEGATE;
    mask.scales = scales;
    mask.columns = columns;
    mask.count = 3;
    lgt_softmax_opts opts;
    lgt_softmax_opts_default(&opts);
    opts.mask = &mask;
    CHECK_STATUS(lgt_softmax_grad_f32(&y[0][0], 3, &dy[0][0], 3, NULL, 0, &dx[0][0], 4, dsink, 2, 4,
                                      &opts),
                 LGT_OK);
    CHECK(dx[0][0] == 0 && dx[0][1] == 0.25f && dx[0][2] == 0 && dx[0][3] == -0.25f);
    CHECK(dx[1][0] == 0 && dx[1][1] == 0 && dx[1][3] == 0 && dsink[0] == 0 && dsink[1] == 0);
    CHECK_STATUS(lgt_softmax_grad_f32(&y[0][0], 3, &dy[0][0], 3, NULL, 0, &dy[0][0], 4, NULL, 1, 4,
                                      &opts),
                 LGT_E_ALIAS);
    columns[1] = 4;
    CHECK_STATUS(lgt_softmax_grad_f32(&y[0][0], 3, &dy[0][0], 3, NULL, 0, &dx[0][0], 4, NULL, 2, 4,
                                      &opts),
                 LGT_E_LABEL);
    lgt_softmax_mask_default(&mask);
    mask.soft_cap = 3;
    CHECK_STATUS(lgt_softmax_grad_f32(&y[0][0], 3, &dy[0][0], 3, NULL, 0, &dx[0][0], 4, NULL, 2, 3,
                                      &opts),
                 LGT_E_NULL);
}

/* A soft cap, all columns or picked ones: each share by the slope of the cap too. A score
 * that is left out, and one so high that its cap is flat, have nothing. */
static void soft_caps(void) {
    enum { ROWS = 5, COLS = 37, PICKED = 50 };
    static double x[ROWS * COLS], y[ROWS * PICKED], dy[ROWS * PICKED], dx[ROWS * COLS];
    static uint8_t columns[PICKED];
    uint64_t seed = 5;
    lgt_softmax_mask mask;
    lgt_softmax_opts opts;
    lgt_softmax_mask_default(&mask);
    lgt_softmax_opts_default(&opts);
    mask.soft_cap = 3, opts.scale = 0.75, opts.mask = &mask;
    for (size_t i = 0; i < ROWS * COLS; i++) x[i] = 4 * noise(&seed);
    for (size_t i = 0; i < ROWS * PICKED; i++) dy[i] = noise(&seed);
    for (size_t i = 0; i < PICKED; i++) columns[i] = (uint8_t)(i * 11 % (COLS - 1));
    x[3] = -HUGE_VAL, x[4] = 1e300;
    for (size_t n = COLS; n <= PICKED; n += PICKED - COLS) {
        mask.columns = n == COLS ? NULL : columns;
        mask.count = n == COLS ? 0 : n, mask.columns_type = LGT_U8;
        CHECK(lgt_softmax_f64(x, COLS, y, n, NULL, ROWS, COLS, &opts) == LGT_OK);
        CHECK_STATUS(lgt_softmax_grad_f64(y, n, dy, n, x, COLS, dx, COLS, NULL, ROWS, COLS, &opts),
                     LGT_OK);
        for (size_t r = 0; r < ROWS; r++) {
            long double sum = 0, size = 0, exact[COLS] = {0}, bound[COLS] = {0};
            for (size_t c = 0; c < n; c++) {
                sum += (long double)y[r * n + c] * dy[r * n + c];
                size += (long double)y[r * n + c] * fabs(dy[r * n + c]);
            }
            for (size_t c = 0; c < n; c++) {
                size_t from = n == COLS ? c : columns[c];
                double score = x[r * COLS + from];
                long double t = tanhl(opts.scale * score / mask.soft_cap);
                long double share = opts.scale * y[r * n + c];
                if (share != 0) exact[from] += share * (1 - t * t) * (dy[r * n + c] - sum);
                bound[from] += 4e-15L * share * (fabs(dy[r * n + c]) + size);
            }
            for (size_t c = 0; c < COLS; c++)
                CHECK(fabsl(dx[r * COLS + c] - exact[c]) <= bound[c]);
        }
    }
}

void test(void) {
    vjp_rows(softmax_grad, vjp_softmax, 0);
    figures();
    masks();
    soft_caps();
}
