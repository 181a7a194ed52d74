/* Likelihood ratios: by hand, and what has none. */
#include "check.h"

void test(void) {
    lgt_likelihood_ratios_report got = {-7, -7};
    CHECK_STATUS(lgt_likelihood_ratios(-1, 1, 1, 1, &got), LGT_E_VALUE);
    CHECK_STATUS(lgt_likelihood_ratios(1, NAN, 1, 1, &got), LGT_E_VALUE);
    CHECK_STATUS(lgt_likelihood_ratios(1, 1, INFINITY, 1, &got), LGT_E_VALUE);
    CHECK_STATUS(lgt_likelihood_ratios(1, 1, 1, 1, NULL), LGT_E_NULL);
    CHECK(got.positive == -7 && got.negative == -7);
    CHECK_STATUS(lgt_likelihood_ratios(90, 10, 20, 80, &got), LGT_OK);
    CHECK(fabs(got.positive - 8) < 1e-14 && fabs(got.negative - 2.0 / 9) < 1e-15);
    CHECK_STATUS(lgt_likelihood_ratios(4, 0, 1, 3, &got), LGT_UNDEFINED);
    CHECK(isnan(got.positive) && got.negative == 0.25);
}
