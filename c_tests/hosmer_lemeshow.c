/* The test of Hosmer and Lemeshow, of bins of which the answer is known. */
#include "check.h"

void test(void) {
    lgt_reliability_bin bins[4] = {
        {10, 10, 0, .25, .2, .3}, {0, 0, .25, .5, (double)NAN, (double)NAN},
        {20, 20, .5, .75, .5, .45}, {8, 8, .75, 1, .8, .8}};
    lgt_hosmer_lemeshow_report report, kept;
    double statistic = 10 * .1 * .1 / .16 + 20 * .05 * .05 / .25;
    CHECK_STATUS(lgt_hosmer_lemeshow_finish(bins, 4, 1, &report), LGT_OK);
    CHECK(report.bins == 3 && report.weight == 38 && report.degrees == 2);
    CHECK(fabs(report.statistic - statistic) < 1e-14 * statistic);
    /* With two degrees of freedom the tail is an exponential. */
    CHECK(fabs(report.p_value - exp(-statistic / 2)) < 1e-13);
    CHECK_STATUS(lgt_hosmer_lemeshow_finish(bins, 4, 2, &report), LGT_OK);
    CHECK(fabs(report.p_value - erfc(sqrt(statistic / 2))) < 1e-13);
    CHECK_STATUS(lgt_hosmer_lemeshow_finish(bins, 4, 3, &report), LGT_UNDEFINED);
    CHECK(report.degrees == 0 && isnan(report.p_value));
    CHECK_STATUS(lgt_hosmer_lemeshow_finish(NULL, 0, 0, &report), LGT_UNDEFINED);
    kept = report;
    CHECK_STATUS(lgt_hosmer_lemeshow_finish(NULL, 1, 0, &report), LGT_E_NULL);
    CHECK_STATUS(lgt_hosmer_lemeshow_finish(bins, 4, 0, NULL), LGT_E_NULL);
    CHECK_STATUS(lgt_hosmer_lemeshow_finish(bins, SIZE_MAX, 0, &report), LGT_E_SIZE);
    const double bad[] = {-.1, 1.5, (double)NAN, (double)INFINITY};
    for (int i = 0; i < 4; i++) {
        bins[3].confidence = bad[i];
        CHECK_STATUS(lgt_hosmer_lemeshow_finish(bins, 4, 0, &report), LGT_E_VALUE);
        bins[3].confidence = .8, bins[3].frequency = bad[i];
        CHECK_STATUS(lgt_hosmer_lemeshow_finish(bins, 4, 0, &report), LGT_E_VALUE);
        bins[3].frequency = .8;
    }
    bins[3].weight = -1;
    CHECK_STATUS(lgt_hosmer_lemeshow_finish(bins, 4, 0, &report), LGT_E_VALUE);
    CHECK(memcmp(&report, &kept, sizeof report) == 0);
}
