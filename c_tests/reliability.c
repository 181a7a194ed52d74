/* What bins amount to, by hand and by definition; and what is refused. */
#include "check.h"
#include "guarded.h"
#include "refused.h"

enum { MOST = 40 };

static void same(double got, long double want, int some) {
    CHECK(some ? fabsl(got - want) <= 1e-15L * MOST : isnan(got));
}

/* Bins with whole numbers of rows, some of them empty. */
static void as_defined(uint64_t seed, size_t count) {
    guarded room = guard_end(count * sizeof(lgt_reliability_bin));
    lgt_reliability_bin *bins = (lgt_reliability_bin *)room.data;
    long double weight = 0, ece = 0, mce = 0, square = 0, debiased = 0, average = 0, gaps = 0;
    long double over = 0;
    uint64_t rows = 0, filled = 0;
    for (size_t b = 0; b < count; b++) {
        lgt_reliability_bin bin = {0, 0, 0, 1, NAN, NAN};
        double w = floor(fabs(noise(&seed)) * 3);
        if (w > 0) {
            bin.rows = (uint64_t)w;
            bin.weight = w * 0.75;
            bin.confidence = fmin(1, fabs(noise(&seed)) / 4);
            bin.frequency = fmin(1, fabs(noise(&seed)) / 4);
            long double gap = (long double)bin.confidence - bin.frequency;
            long double f = bin.frequency;
            long double chance = bin.rows < 2 ? 0 : f * (1 - f) / (bin.rows - 1);
            rows += bin.rows;
            filled++;
            weight += bin.weight;
            ece += bin.weight * fabsl(gap);
            mce = fmaxl(mce, fabsl(gap));
            square += bin.weight * gap * gap;
            debiased += bin.weight * (gap * gap - chance);
            average += fabsl(gap);
            gaps += bin.weight * gap;
            over += gap > 0 ? bin.weight * gap : 0;
        }
        bins[b] = bin;
    }
    lgt_reliability_report report;
    int some = weight > 0;
    CHECK_STATUS(lgt_reliability_finish(bins, count, &report), some ? LGT_OK : LGT_UNDEFINED);
    CHECK(report.rows == rows && report.nan_rows == 0 && report.bins == filled);
    CHECK(report.weight == (double)weight);
    same(report.ece, ece / weight, some);
    same(report.mce, mce, some);
    same(report.rms, sqrtl(square / weight), some);
    same(report.rms_debiased * report.rms_debiased, fmaxl(0, debiased) / weight, some);
    same(report.average, average / (long double)filled, some);
    same(report.signed_gap, gaps / weight, some);
    same(report.overconfidence, over / weight, some);
    same(report.confidence - report.frequency, gaps / weight, some);
    guard_free(room);
}

static void refused(void) {
    lgt_reliability_bin bins[2] = {{1, 1, 0, 1, 0.5, 0.5}, {0, 0, 0, 1, NAN, NAN}};
    lgt_reliability_report report;
    memset(&report, 0xa5, sizeof report);
    watch(0, &report, sizeof report);
    REFUSED(lgt_reliability_finish(NULL, 1, &report), LGT_E_NULL);
    REFUSED(lgt_reliability_finish(bins, SIZE_MAX, &report), LGT_E_SIZE);
    CHECK_STATUS(lgt_reliability_finish(bins, 2, NULL), LGT_E_NULL);
    const double weights[] = {NAN, -1, INFINITY, 1e19};
    for (int i = 0; i < 4; i++) {
        bins[1].weight = weights[i];
        REFUSED(lgt_reliability_finish(bins, 2, &report), LGT_E_VALUE);
    }
    const double shares[] = {NAN, -1e-9, 1.02, INFINITY};
    for (int i = 0; i < 4; i++) {
        lgt_reliability_bin bad = {1, 1, 0, 1, 0.5, shares[i]};
        bins[1] = bad;
        REFUSED(lgt_reliability_finish(bins, 2, &report), LGT_E_VALUE);
        bad.frequency = 0.5;
        bad.confidence = shares[i];
        bins[1] = bad;
        REFUSED(lgt_reliability_finish(bins, 2, &report), LGT_E_VALUE);
    }
    watch_nothing();
    CHECK_STATUS(lgt_reliability_finish(NULL, 0, &report), LGT_UNDEFINED);
    CHECK(report.rows == 0 && report.weight == 0 && isnan(report.ece) && isnan(report.mce));
    CHECK(isnan(report.average) && isnan(report.rms_debiased));
}

void test(void) {
    for (size_t count = 0; count < MOST; count++) as_defined(count, count);
    refused();
}
