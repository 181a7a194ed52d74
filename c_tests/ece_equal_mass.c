/* Calibration error over bins of equal mass: every bin recomputed from what lies
 * between its ends, and what is refused. */
#include "batch.h"

enum { MOST = 40 };

static lgt_status call(const labelled *data, lgt_reliability_report *report,
                       lgt_reliability_bin *bins, uint32_t count, uint32_t ties) {
    size_t bytes, n = data->rows;
    CHECK_STATUS(lgt_ece_equal_mass_scratch(n, &bytes), LGT_OK);
    guarded scratch = guard_end(bytes);
    memset(scratch.data, 0xa5, bytes);
    lgt_status status;
    switch (data->type) {
    case F32:
        status = lgt_ece_equal_mass_f32(POINTS(data, float, float), report, bins, n, count, ties,
                                        scratch.data, bytes);
        break;
    case F64:
        status = lgt_ece_equal_mass_f64(POINTS(data, double, double), report, bins, n, count, ties,
                                        scratch.data, bytes);
        break;
    case F16:
        status = lgt_ece_equal_mass_f16(POINTS(data, lgt_f16, float), report, bins, n, count, ties,
                                        scratch.data, bytes);
        break;
    default:
        status = lgt_ece_equal_mass_bf16(POINTS(data, lgt_bf16, float), report, bins, n, count,
                                         ties, scratch.data, bytes);
    }
    guard_free(scratch);
    return status;
}

/* Equal probabilities together: a bin is what lies between its ends. */
static void together(const labelled *data, uint32_t count) {
    lgt_reliability_report report;
    lgt_reliability_bin bins[MOST];
    long double ece = 0, weight = 0;
    uint64_t rows = 0;
    double last = -1;
    lgt_status status = call(data, &report, bins, count, LGT_TIES_TOGETHER);
    for (uint32_t b = 0; b < count; b++) {
        if (bins[b].rows == 0) {
            CHECK(isnan(bins[b].low) && isnan(bins[b].confidence) && bins[b].weight == 0);
            continue;
        }
        long double w = 0, confidence = 0, hits = 0;
        CHECK(bins[b].low > last && bins[b].high >= bins[b].low);
        last = bins[b].high;
        for (size_t r = 0; r < data->rows; r++) {
            double p = labelled_x(data, r, 0);
            if (p < bins[b].low || p > last) continue;
            w += labelled_weight(data, r);
            confidence += (long double)labelled_weight(data, r) * p;
            hits += labelled_label(data, r) ? labelled_weight(data, r) : 0;
        }
        CHECK(bins[b].weight == (double)w);
        CHECK(fabsl(bins[b].confidence - confidence / w) <= 1e-15L);
        CHECK(fabsl(bins[b].frequency - hits / w) <= 1e-15L);
        ece += fabsl(confidence - hits);
        weight += w;
        rows += bins[b].rows;
    }
    CHECK_STATUS(status, weight > 0 ? LGT_OK : LGT_UNDEFINED);
    CHECK(report.rows == rows && report.weight == (double)weight);
    CHECK(weight > 0 ? fabsl(report.ece - ece / weight) <= 1e-15L * MOST : isnan(report.ece));
}

/* Split: sizes as those of array_split, ends in order. */
static void split(const labelled *data, uint32_t count) {
    lgt_reliability_report report, alone;
    lgt_reliability_bin bins[MOST];
    double last = 0;
    uint64_t n = 0;
    for (size_t r = 0; r < data->rows; r++) n += labelled_weight(data, r) > 0;
    (void)call(data, &report, bins, count, LGT_TIES_SPLIT);
    for (uint32_t b = 0; b < count; b++) {
        CHECK(bins[b].rows == n / count + (b < n % count));
        if (bins[b].rows == 0) continue;
        CHECK(bins[b].low >= last && bins[b].high >= bins[b].low);
        last = bins[b].high;
    }
    (void)call(data, &alone, NULL, count, LGT_TIES_SPLIT);
    CHECK(memcmp(&report, &alone, sizeof report) == 0);
}

static void as_defined(const labelled *data) {
    const uint32_t counts[] = {1, 3, 15, MOST};
    for (int i = 0; i < 4; i++) {
        together(data, counts[i]);
        split(data, counts[i]);
    }
}

/* Two bins of any report, under the signature of the others. */
static lgt_status in_two(const void *x, const void *labels, uint32_t label_type,
                         const void *weights, void *report, size_t n, void *scratch,
                         size_t scratch_size) {
    return lgt_ece_equal_mass_f32((const float *)x, labels, label_type, (const float *)weights,
                                  (lgt_reliability_report *)report, NULL, n, 2, LGT_TIES_SPLIT,
                                  scratch, scratch_size);
}

static void refused(void) {
    const float p[2] = {0.25f, 0.75f};
    const uint8_t y[2] = {0, 1};
    uint64_t scratch[6] = {0}, room[60] = {0};
    lgt_reliability_report report;
    lgt_reliability_bin *bins = (lgt_reliability_bin *)(void *)room;
    memset(&report, 0xa5, sizeof report);
    watch(0, &report, sizeof report);
    watch(1, room, sizeof room);
#define CALL(bins, count, ties, scratch) \
    lgt_ece_equal_mass_f32(p, y, LGT_U8, NULL, &report, bins, 2, count, ties, scratch, 48)
    REFUSED(CALL(bins, 0, 0, scratch), LGT_E_VALUE);
    REFUSED(CALL(bins, 65537, 0, scratch), LGT_E_VALUE);
    REFUSED(CALL(bins, 2, 2, scratch), LGT_E_VALUE);
    REFUSED(CALL(bins, 2, 0, room), LGT_E_ALIAS);
    watch_nothing();
    CHECK_STATUS(CALL(bins, 2, 0, scratch), LGT_OK);
}

void test(void) {
    points_each(as_defined);
    batch_refused(in_two, lgt_ece_equal_mass_scratch);
    refused();
}
