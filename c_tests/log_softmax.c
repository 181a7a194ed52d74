/* log_softmax against its definition in long double. */
#include "transform.h"

TRANSFORMS(log_softmax)

/* What the documentation says of infinities and NaN, in any place of a row. */
static void corners(int type) {
    const transform f = log_softmax[type];
    const double inf = INFINITY;
    double lse_room[1];
    void *lse = lse_room;
    uint64_t x[40], y[40];
    for (size_t n = 3; n <= 40; n++) {
        size_t a = n / 4, b = n / 2, last = n - 1;
        for (size_t i = 0; i < n; i++) put(x, type, i, 0);
        put(x, type, last, inf);
        CHECK_STATUS(f(x, n, y, n, lse, 1, n, NULL), LGT_OK);
        CHECK(get(y, type, last) == 0 && get(y, type, a) == -inf);
        CHECK(get(lse, lse_type(type), 0) == inf);
        put(x, type, b, inf);
        CHECK_STATUS(f(x, n, y, n, NULL, 1, n, NULL), LGT_OK);
        CHECK(near(get(y, type, b), -log(2), type));
        put(x, type, b, NAN);
        CHECK_STATUS(f(x, n, y, n, lse, 1, n, NULL), LGT_OK);
        for (size_t i = 0; i < n; i++) CHECK(isnan(get(y, type, i)));
        CHECK(isnan(get(lse, lse_type(type), 0)));
        for (size_t i = 0; i < n; i++) put(x, type, i, -inf);
        CHECK_STATUS(f(x, n, y, n, lse, 1, n, NULL), LGT_EMPTY_ROW);
        CHECK(isnan(get(y, type, 0)) && get(lse, lse_type(type), 0) == -inf);
        lgt_softmax_opts opts;
        lgt_softmax_opts_default(&opts);
        opts.flags = LGT_SOFTMAX_EMPTY_ZERO;
        CHECK_STATUS(f(x, n, y, n, lse, 1, n, &opts), LGT_EMPTY_ROW);
        for (size_t i = 0; i < n; i++) CHECK(get(y, type, i) == -inf);
        put(x, type, b, -30000);
        CHECK_STATUS(f(x, n, y, n, lse, 1, n, NULL), LGT_OK);
        for (size_t i = 0; i < n; i++) CHECK(get(y, type, i) == (i == b ? 0 : -inf));
        CHECK(get(lse, lse_type(type), 0) == get(x, type, b));
    }
}

/* Nearly sure: what is left of 1 is small and yet accurate. */
static void near_zero(void) {
    for (size_t n = 2; n <= 40; n++) {
        double x[40] = {0}, y[40];
        for (size_t i = 0; i < n; i++) x[i] = i == n / 2 ? 0 : -40 - (double)i;
        exact_row row = exact(x, n, 1);
        CHECK_STATUS(lgt_log_softmax_f64(x, n, y, n, NULL, 1, n, NULL), LGT_OK);
        for (size_t i = 0; i < n; i++) CHECK(near(y[i], exact_log(&row, x[i]), F64));
        CHECK(y[n / 2] < 0 && y[n / 2] > -1e-16);
    }
}

/* Differences that the type cannot hold, though their multiples it can. */
static void far_apart(void) {
    const float x[2] = {3e38f, -3e38f};
    float y[2];
    lgt_softmax_opts opts;
    lgt_softmax_opts_default(&opts);
    opts.scale = 0.1;
    CHECK_STATUS(lgt_log_softmax_f32(x, 2, y, 2, NULL, 1, 2, &opts), LGT_OK);
    CHECK(y[0] == 0 && near(y[1], -0.2 * (double)x[0], F32));
}

void test(void) {
    every_length(log_softmax, exact_log);
    every_stride(log_softmax);
    side_by_side(log_softmax);
    for (int type = 0; type < DTYPES; type++) corners(type);
    near_zero();
    far_apart();
}
