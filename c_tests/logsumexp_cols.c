/* Column-wise logsumexp against its definition, and its gradient against that. */
#include "cols.h"
#include "vjp.h"

#define SUMS(dtype, element, lse_type)                                                        \
    static lgt_status logsumexp_cols_##dtype(const void *x, size_t xs, void *y, size_t ys,    \
                                             void *lse, size_t rows, size_t cols,             \
                                             const lgt_softmax_opts *opts) {                  \
        (void)y, (void)ys;                                                                    \
        return lgt_logsumexp_cols_##dtype((const element *)x, xs, (lse_type *)lse, rows, cols, \
                                          opts);                                              \
    }
SUMS(f32, float, float)
SUMS(f64, double, double)
SUMS(f16, lgt_f16, float)
SUMS(bf16, lgt_bf16, float)
static const transform sums[DTYPES] = {logsumexp_cols_f32, logsumexp_cols_f64,
                                       logsumexp_cols_f16, logsumexp_cols_bf16};

void test(void) {
    every_width(sums, NULL);
    const float inf = INFINITY;
    float x[2][4] = {{0, inf, -inf, 1}, {0, 1, -inf, NAN}}, lse[4], dlse[4] = {1, 2, 3, 4};
    float dx[2][4];
    CHECK_STATUS(lgt_logsumexp_cols_f32(&x[0][0], 4, lse, 2, 4, NULL), LGT_EMPTY_ROW);
    CHECK(near(lse[0], log(2), F32) && lse[1] == inf && lse[2] == -inf && isnan(lse[3]));
    CHECK_STATUS(lgt_logsumexp_cols_f32(&x[0][0], 4, NULL, 2, 4, NULL), LGT_E_NULL);
    CHECK_STATUS(lgt_logsumexp_cols_f32(&x[0][0], 4, &x[1][0], 2, 4, NULL), LGT_E_ALIAS);
    CHECK_STATUS(lgt_logsumexp_cols_grad_f32(&x[0][0], 4, lse, dlse, &dx[0][0], 4, 2, 4, NULL),
                 LGT_EMPTY_ROW);
    CHECK(near(dx[0][0], 0.5, F32) && dx[0][1] == 2 && dx[1][1] == 0);
    CHECK(isnan(dx[0][2]) && isnan(dx[1][2]) && isnan(dx[0][3]) && isnan(dx[1][3]));
    CHECK_STATUS(lgt_logsumexp_cols_grad_f32(&x[0][0], 4, NULL, dlse, &dx[0][0], 4, 2, 4, NULL),
                 LGT_E_NULL);
    CHECK_STATUS(lgt_logsumexp_cols_grad_f32(&x[0][0], 4, lse, dlse, dlse, 4, 2, 4, NULL),
                 LGT_E_ALIAS);
    /* Softmax times what came. */
    enum { ROWS = 21, COLS = 300 };
    static float z[ROWS][COLS], w[COLS], l[COLS], dz[ROWS][COLS], y[ROWS][COLS];
    uint64_t seed = 4;
    for (size_t r = 0; r < ROWS; r++)
        for (size_t c = 0; c < COLS; c++) z[r][c] = (float)noise(&seed);
    for (size_t c = 0; c < COLS; c++) w[c] = (float)noise(&seed);
    lgt_softmax_opts opts;
    lgt_softmax_opts_default(&opts);
    opts.scale = 0.5;
    CHECK_STATUS(lgt_softmax_cols_f32(&z[0][0], COLS, &y[0][0], COLS, l, ROWS, COLS, &opts),
                 LGT_OK);
    CHECK_STATUS(lgt_logsumexp_cols_grad_f32(&z[0][0], COLS, l, w, &dz[0][0], COLS, ROWS, COLS,
                                             &opts),
                 LGT_OK);
    for (size_t r = 0; r < ROWS; r++)
        for (size_t c = 0; c < COLS; c++)
            CHECK(fabs(dz[r][c] - 0.5 * y[r][c] * w[c]) <= 4e-6 * fabs(w[c]) * y[r][c] + 1e-30);
}
