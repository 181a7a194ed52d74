/* McNemar's test: published numbers, and labels. */
#include "check.h"

void test(void) {
    lgt_mcnemar_report got, kept;
    const int16_t first[4] = {0, 1, 2, 2}, labels[4] = {0, 1, 1, 2}, bad[4] = {0, 1, -1, 2};
    const uint64_t second[4] = {1, 1, 1, 0};
    memset(&got, 0x5a, sizeof got);
    kept = got;
    CHECK_STATUS(lgt_mcnemar(1, 1, NULL), LGT_E_NULL);
    CHECK_STATUS(lgt_mcnemar_labels(first, LGT_I16, second, LGT_U64, bad, LGT_I16, &got, 4),
                 LGT_E_LABEL);
    CHECK_STATUS(lgt_mcnemar_labels(first, 9, second, LGT_U64, labels, LGT_I16, &got, 4),
                 LGT_E_LABEL);
    CHECK_STATUS(lgt_mcnemar_labels(NULL, LGT_I16, second, LGT_U64, labels, LGT_I16, &got, 4),
                 LGT_E_NULL);
    CHECK(memcmp(&got, &kept, sizeof got) == 0);
    CHECK_STATUS(lgt_mcnemar_labels(first, LGT_I16, second, LGT_U64, labels, LGT_I16, &got, 4),
                 LGT_OK);
    CHECK(got.b == 2 && got.c == 1 && got.exact_p == 1);
    /* A. Agresti, "Categorical Data Analysis": approval of the prime minister. */
    CHECK_STATUS(lgt_mcnemar(86, 150, &got), LGT_OK);
    CHECK(fabs(got.chi2 - 17.355932203389830) < 1e-12);
    CHECK(fabs(got.corrected_chi2 - 16.817796610169491) < 1e-12);
    CHECK_STATUS(lgt_mcnemar(0, 0, &got), LGT_UNDEFINED);
    CHECK(isnan(got.exact_p) && isnan(got.chi2_p));
}
