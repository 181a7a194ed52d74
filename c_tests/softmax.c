/* softmax against its definition in long double, each buffer between guard
 * pages, in every storage type. */
#include "transform.h"

TRANSFORMS(softmax)

/* What the documentation says of numbers that are none. */
static void corners(void) {
    const float inf = INFINITY, none = NAN;
    float y[40], lse;
    for (size_t n = 3; n <= 40; n++) {
        float x[40] = {0};
        x[n - 1] = inf;
        CHECK_STATUS(lgt_softmax_f32(x, n, y, n, &lse, 1, n, NULL), LGT_OK);
        CHECK(y[n - 1] == 1 && y[0] == 0 && lse == inf);
        x[0] = inf;
        CHECK_STATUS(lgt_softmax_f32(x, n, y, n, NULL, 1, n, NULL), LGT_OK);
        CHECK(y[0] == 0.5f && y[1] == 0 && y[n - 1] == 0.5f);
        x[1] = none;
        CHECK_STATUS(lgt_softmax_f32(x, n, y, n, &lse, 1, n, NULL), LGT_OK);
        CHECK(isnan(y[0]) && isnan(y[n - 1]) && isnan(lse));
        x[0] = x[n - 1] = 0;
        CHECK_STATUS(lgt_softmax_f32(x, n, y, n, &lse, 1, n, NULL), LGT_OK);
        CHECK(isnan(y[0]) && isnan(y[n - 1]) && isnan(lse));
        for (size_t i = 0; i < n; i++) x[i] = -inf;
        CHECK_STATUS(lgt_softmax_f32(x, n, y, n, &lse, 1, n, NULL), LGT_EMPTY_ROW);
        CHECK(isnan(y[0]) && lse == -inf);
        lgt_softmax_opts opts;
        lgt_softmax_opts_default(&opts);
        opts.flags = LGT_SOFTMAX_EMPTY_ZERO;
        CHECK_STATUS(lgt_softmax_f32(x, n, y, n, &lse, 1, n, &opts), LGT_EMPTY_ROW);
        CHECK(y[0] == 0 && y[n - 1] == 0);
        x[n / 2] = -3e38f;
        CHECK_STATUS(lgt_softmax_f32(x, n, y, n, &lse, 1, n, NULL), LGT_OK);
        CHECK(y[n / 2] == 1 && y[0] == 0 && lse == -3e38f);
        x[0] = 3e38f;
        CHECK_STATUS(lgt_softmax_f32(x, n, y, n, &lse, 1, n, NULL), LGT_OK);
        CHECK(y[n / 2] == 0 && y[0] == 1 && lse == 3e38f);
    }
}

/* The largest value comes last, far above the first ones. */
static void bad_guess(void) {
    enum { N = 1000 };
    static float x[N], y[N];
    for (float top = 10; top < 1e5f; top *= 3) {
        for (int i = 0; i < N; i++) x[i] = (float)i * 1e-3f;
        x[N - 1] = top;
        CHECK_STATUS(lgt_softmax_f32(x, N, y, N, NULL, 1, N, NULL), LGT_OK);
        double sum = 0;
        for (int i = 0; i < N; i++) sum += exp((double)x[i] - top);
        for (int i = 0; i < N; i++) CHECK(near(y[i], exp((double)x[i] - top) / sum, F32));
    }
}

/* A row that no cache holds, its ends at odd places. */
static void long_row(void) {
    const size_t n = 2500001;
    float *x = (float *)malloc((n + 4) * sizeof *x), *y = (float *)malloc((n + 4) * sizeof *y);
    uint64_t seed = 9;
    if (!x || !y) exit(1);
    for (size_t shift = 0; shift < 4; shift++) {
        double sum = 0, total = 0;
        for (size_t i = 0; i < n; i++) x[shift + i] = (float)noise(&seed);
        for (size_t i = 0; i < n; i++) sum += exp(x[shift + i]);
        for (size_t i = 0; i < n + 4; i++) y[i] = 7;
        float *to = shift == 3 ? x + shift : y + 3 - shift;
        double first = exp(x[shift]) / sum, last = exp(x[shift + n - 1]) / sum;
        CHECK_STATUS(lgt_softmax_f32(x + shift, n, to, n, NULL, 1, n, NULL), LGT_OK);
        CHECK(near(to[0], first, F32) && near(to[n - 1], last, F32));
        if (to != x + shift) {
            CHECK(y[2 - shift] == 7 && y[n + 3 - shift] == 7);
            for (size_t i = 0; i < n; i += 97)
                CHECK(near(to[i], exp(x[shift + i]) / sum, F32));
        }
        for (size_t i = 0; i < n; i++) total += to[i];
        CHECK(fabs(total - 1) < 1e-6);
    }
    free(x);
    free(y);
}

void test(void) {
    every_length(softmax, exact_share);
    every_stride(softmax);
    side_by_side(softmax);
    corners();
    bad_guess();
    long_row();
}
