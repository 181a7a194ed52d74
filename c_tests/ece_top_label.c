/* Calibration error of the top label against its definition. */
#include "labelled.h"

UPDATES(ece_top_label)

enum { MOST = 20 };

/* A filled state of that many bins; to be freed. */
static guarded filled(const labelled *data, uint32_t bins) {
    size_t bytes;
    CHECK_STATUS(lgt_ece_top_label_size(bins, &bytes), LGT_OK);
    guarded state = guard_end(bytes);
    CHECK_STATUS(lgt_ece_top_label_init(state.data, bytes, bins), LGT_OK);
    labelled_laws(ece_top_label_update[data->type], data, state.data, bytes);
    return state;
}

/* Edge k of the bins, rounded to what confidences are computed in. */
static double edge(int type, uint32_t k, uint32_t bins) {
    double exact = (double)k / bins;
    return type == F64 ? exact : (double)(float)exact;
}

/* What the definition says of one bin. */
typedef struct {
    uint64_t rows;
    long double weight, confidence, hits;
} sums;

static sums sums_of_bin(const labelled *data, uint32_t bin, uint32_t bins) {
    sums s = {0, 0, 0, 0};
    for (size_t r = 0; r < data->rows; r++) {
        size_t top = 0;
        for (size_t c = 1; c < data->cols; c++)
            if (labelled_x(data, r, c) > labelled_x(data, r, top)) top = c;
        double p = labelled_x(data, r, top), w = labelled_weight(data, r);
        int above = bin == 0 || p > edge(data->type, bin, bins);
        int below = bin == bins - 1 || p <= edge(data->type, bin + 1, bins);
        if (!above || !below) continue;
        s.rows += w > 0;
        s.weight += w;
        s.confidence += (long double)w * p;
        s.hits += top == labelled_label(data, r) ? w : 0;
    }
    return s;
}

static void same_bin(const lgt_reliability_bin *got, const sums *want, uint32_t bin,
                     uint32_t bins) {
    CHECK(got->rows == want->rows && got->weight == (double)want->weight);
    CHECK(got->low == (double)bin / bins && got->high == (double)(bin + 1) / bins);
    if (want->weight > 0) {
        CHECK(fabsl(got->confidence - want->confidence / want->weight) <= 1e-15);
        CHECK(fabsl(got->frequency - want->hits / want->weight) <= 1e-15);
    } else {
        CHECK(isnan(got->confidence) && isnan(got->frequency));
    }
}

static void with_bins(const labelled *data, uint32_t bins) {
    guarded state = filled(data, bins), got = guard_end(bins * sizeof(lgt_reliability_bin));
    sums all = {0, 0, 0, 0};
    long double ece = 0, mce = 0;
    CHECK_STATUS(lgt_ece_top_label_get_bins(state.data, (lgt_reliability_bin *)got.data, bins),
                 LGT_OK);
    for (uint32_t bin = 0; bin < bins; bin++) {
        sums s = sums_of_bin(data, bin, bins);
        same_bin((const lgt_reliability_bin *)got.data + bin, &s, bin, bins);
        long double gap = fabsl(s.hits - s.confidence);
        ece += gap;
        if (s.weight > 0) mce = fmaxl(mce, gap / s.weight);
        all.rows += s.rows;
        all.weight += s.weight;
        all.confidence += s.confidence;
        all.hits += s.hits;
    }
    lgt_ece_top_label_report report;
    int some = all.weight > 0;
    CHECK_STATUS(lgt_ece_top_label_finish(state.data, &report), some ? LGT_OK : LGT_UNDEFINED);
    CHECK(report.rows == all.rows && report.nan_rows == 0);
    CHECK(report.weight == (double)all.weight);
    long double bound = 1e-15L * (bins < 4 ? 4 : bins);
    CHECK(some ? fabsl(report.ece - ece / all.weight) <= bound : isnan(report.ece));
    CHECK(some ? fabsl(report.mce - mce) <= bound : isnan(report.mce));
    CHECK(some ? fabsl(report.confidence - all.confidence / all.weight) <= bound
               : isnan(report.confidence));
    CHECK(some ? fabsl(report.accuracy - all.hits / all.weight) <= bound
               : isnan(report.accuracy));
    guard_free(state);
    guard_free(got);
}

static void as_defined(const labelled *data) {
    with_bins(data, 1);
    with_bins(data, 2 + (uint32_t)data->cols % 19);
}

/* The worked example: confidences and hits of six rows in five bins. */
static void worked_example(void) {
    const double confidence[6] = {.95, .9, .85, .6, .55, .3};
    const int hit[6] = {1, 1, 0, 1, 0, 0};
    labelled data = labelled_new(F64, LGT_I8, 6, 4, 4, 1);
    for (size_t r = 0; r < 6; r++) {
        for (size_t c = 0; c < 4; c++)
            labelled_put_x(&data, r, c, c ? (1 - confidence[r]) / 3 : confidence[r]);
        labelled_put_label(&data, r, hit[r] ? 0 : 2);
    }
    guarded state = filled(&data, 5);
    lgt_ece_top_label_report report;
    CHECK_STATUS(lgt_ece_top_label_finish(state.data, &report), LGT_OK);
    CHECK(fabs(report.ece - 1.15 / 6) < 1e-15 && fabs(report.mce - 0.3) < 1e-15);
    CHECK(fabs(report.confidence - 4.15 / 6) < 1e-15 && fabs(report.accuracy - 0.5) < 1e-15);
    guard_free(state);
    labelled_free(data);
}

/* Where a single confidence goes; bins counts as "none". */
static uint32_t bin_of(int type, double p, uint32_t bins) {
    labelled data = labelled_new(type, LGT_U32, 1, 1, 1, 1);
    labelled_put_x(&data, 0, 0, p);
    guarded state = filled(&data, bins);
    lgt_reliability_bin got[MOST];
    uint32_t bin = 0;
    CHECK_STATUS(lgt_ece_top_label_get_bins(state.data, got, MOST), LGT_OK);
    while (bin < bins && got[bin].rows == 0) bin++;
    lgt_ece_top_label_report report;
    CHECK_STATUS(lgt_ece_top_label_finish(state.data, &report),
                 bin < bins ? LGT_OK : LGT_UNDEFINED);
    CHECK(report.rows == 1 && report.nan_rows == (bin == bins));
    guard_free(state);
    labelled_free(data);
    return bin;
}

/* Each edge belongs to the bin below it, the next number to the one above. */
static void edges(void) {
    for (uint32_t bins = 1; bins <= MOST; bins++) {
        for (uint32_t k = 1; k < bins; k++) {
            double at = edge(F32, k, bins);
            CHECK(bin_of(F32, at, bins) == k - 1);
            CHECK(bin_of(F32, nextafterf((float)at, 1), bins) == k);
            CHECK(bin_of(F64, edge(F64, k, bins), bins) == k - 1);
            CHECK(bin_of(F64, nextafter(edge(F64, k, bins), 1), bins) == k);
        }
        for (int type = 0; type < DTYPES; type++) {
            CHECK(bin_of(type, 0, bins) == 0 && bin_of(type, -0.0, bins) == 0);
            CHECK(bin_of(type, 1, bins) == bins - 1);
        }
    }
}

/* A little above 1 is rounding; more, or less than 0, is no probability. */
static void not_probabilities(void) {
    CHECK(bin_of(F64, 1.01, 10) == 9);
    CHECK(bin_of(F64, nextafter(1.01, 2), 10) == 10);
    for (int type = 0; type < DTYPES; type++) {
        const double none[] = {NAN, INFINITY, -INFINITY, -0.25, 2};
        CHECK(bin_of(type, 1.0078125, 10) == 9);
        for (size_t i = 0; i < sizeof none / sizeof *none; i++)
            CHECK(bin_of(type, none[i], 10) == 10);
    }
}

/* A NaN in any place leaves its row out of the bins; of equal largest values
 * the first is the predicted class. */
static void places(void) {
    for (int type = 0; type < DTYPES; type++) {
        for (size_t at = 0; at < 37; at++) {
            labelled data = labelled_new(type, LGT_U16, 1, 37, 37, at % 2 != 0);
            lgt_ece_top_label_report report;
            labelled_put_x(&data, 0, at, 0.5);
            labelled_put_x(&data, 0, 36, 0.5);
            labelled_put_label(&data, 0, (int64_t)at);
            guarded state = filled(&data, 3);
            CHECK_STATUS(lgt_ece_top_label_finish(state.data, &report), LGT_OK);
            CHECK(report.accuracy == 1 && report.confidence == 0.5 && report.ece == 0.5);
            guard_free(state);
            labelled_put_x(&data, 0, at, NAN);
            state = filled(&data, 3);
            CHECK_STATUS(lgt_ece_top_label_finish(state.data, &report), LGT_UNDEFINED);
            CHECK(report.rows == 1 && report.nan_rows == 1 && report.weight == 0);
            guard_free(state);
            labelled_free(data);
        }
    }
}

void test(void) {
    labelled_each(1, as_defined);
    worked_example();
    edges();
    not_probabilities();
    places();
}
