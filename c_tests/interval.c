/* Intervals for a share: ends of the range, symmetry, order, refusals. */
#include "check.h"

typedef lgt_status (*method)(double successes, double trials, double confidence, double *low,
                             double *high);

static const method methods[] = {lgt_interval_wilson, lgt_interval_clopper_pearson,
                                 lgt_interval_jeffreys, lgt_interval_agresti_coull,
                                 lgt_interval_normal};
enum { METHODS = sizeof methods / sizeof *methods };

static void ends(method m) {
    double low = 7, high = 7;
    CHECK_STATUS(m(0, 0, 0.95, &low, &high), LGT_OK);
    CHECK(low == 0 && high == 1);
    for (double n = 1; n < 1e9; n *= 7) {
        double low_all, high_all;
        CHECK_STATUS(m(0, n, 0.95, &low, &high), LGT_OK);
        CHECK_STATUS(m(n, n, 0.95, &low_all, &high_all), LGT_OK);
        CHECK(low == 0 && high_all == 1 && fabs(high + low_all - 1) < 1e-15);
    }
}

/* More confidence is a wider interval, more trials a narrower one. */
static void order(method m) {
    double before_low = 0.25, before_high = 0.25, low, high;
    for (double confidence = 0.2; confidence < 1; confidence += 0.1) {
        CHECK_STATUS(m(25, 100, confidence, &low, &high), LGT_OK);
        CHECK((low < before_low && before_high < high) || confidence < 0.4);
        before_low = low, before_high = high;
    }
    before_low = 0, before_high = 1;
    for (double n = 100; n < 1e12; n *= 4) {
        CHECK_STATUS(m(n / 4, n, 0.95, &low, &high), LGT_OK);
        CHECK(before_low < low && low < 0.25 && 0.25 < high && high < before_high);
        before_low = low, before_high = high;
    }
}

/* The score interval's own equation: (k / n - p)^2 = z^2 p (1 - p) / n. */
static void score(void) {
    const double z = 1.959963984540054;
    for (int k = 0; k <= 30; k++) {
        double low, high, share = k / 30.0;
        CHECK_STATUS(lgt_interval_wilson(k, 30, 0.95, &low, &high), LGT_OK);
        CHECK(fabs((share - low) * (share - low) - z * z * low * (1 - low) / 30) < 1e-14);
        CHECK(fabs((share - high) * (share - high) - z * z * high * (1 - high) / 30) < 1e-14);
    }
}

static void refused(method m) {
    double low = 7, high = 8;
    CHECK_STATUS(m(1, 2, 0.9, NULL, &high), LGT_E_NULL);
    CHECK_STATUS(m(1, 2, 0.9, &low, NULL), LGT_E_NULL);
    const double bad[][3] = {{-1, 2, .9}, {3, 2, .9},  {NAN, 2, .9}, {1, NAN, .9}, {1, INFINITY, .9},
                             {1, 2, 0},   {1, 2, 1},   {1, 2, NAN},  {0, -1, .9},  {1, 1e19, .9}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK_STATUS(m(bad[i][0], bad[i][1], bad[i][2], &low, &high), LGT_E_VALUE);
    CHECK(low == 7 && high == 8);
}

void test(void) {
    for (size_t i = 0; i < METHODS; i++) {
        ends(methods[i]);
        order(methods[i]);
        refused(methods[i]);
    }
    score();
}
