/* Calibration error of each class against its definition. */
#include "labelled.h"
#include "refused.h"

UPDATES(ece_classwise)

enum { MOST = 20 };

/* A filled state, before a guard page; to be freed. */
static guarded filled(const labelled *data, uint32_t bins, double threshold) {
    size_t bytes;
    uint32_t classes = (uint32_t)data->cols;
    CHECK_STATUS(lgt_ece_classwise_size(bins, classes, threshold, &bytes), LGT_OK);
    guarded state = guard_end(bytes);
    CHECK_STATUS(lgt_ece_classwise_init(state.data, bytes, bins, classes, threshold), LGT_OK);
    labelled_laws(ece_classwise_update[data->type], data, state.data, bytes);
    return state;
}

static double rounded(int type, double x) {
    return type == F64 ? x : (double)(float)x;
}

/* The error of one class; NaN if it keeps nothing. */
static long double of_class(const labelled *data, const void *state, size_t c, uint32_t bins,
                            double threshold) {
    lgt_reliability_bin got[MOST];
    lgt_reliability_report report, again;
    long double weight = 0, error = 0;
    CHECK_STATUS(lgt_ece_classwise_get_bins(state, (uint32_t)c, got, MOST), LGT_OK);
    for (uint32_t b = 0; b < bins; b++) {
        long double w = 0, confidence = 0, hits = 0;
        uint64_t rows = 0;
        for (size_t r = 0; r < data->rows; r++) {
            double p = labelled_x(data, r, c), one = labelled_weight(data, r);
            int above = b == 0 || p > rounded(data->type, (double)b / bins);
            int below = b == bins - 1 || p <= rounded(data->type, (double)(b + 1) / bins);
            if (!above || !below || p < rounded(data->type, threshold)) continue;
            rows += one > 0;
            w += one;
            confidence += (long double)one * p;
            hits += labelled_label(data, r) == c ? one : 0;
        }
        CHECK(got[b].rows == rows && got[b].weight == (double)w);
        CHECK(w > 0 ? fabsl(got[b].confidence - confidence / w) <= 1e-15L : isnan(got[b].confidence));
        CHECK(w > 0 ? fabsl(got[b].frequency - hits / w) <= 1e-15L : isnan(got[b].frequency));
        weight += w;
        error += fabsl(confidence - hits);
    }
    int status = weight > 0 ? LGT_OK : LGT_UNDEFINED;
    CHECK_STATUS(lgt_ece_classwise_get_class(state, (uint32_t)c, &report), status);
    CHECK_STATUS(lgt_reliability_finish(got, bins, &again), status);
    CHECK(memcmp(&report, &again, sizeof report) == 0);
    return weight > 0 ? error / weight : (long double)NAN;
}

static void with(const labelled *data, uint32_t bins, double threshold) {
    guarded state = filled(data, bins, threshold);
    lgt_ece_classwise_report report;
    long double sum = 0, max = -1;
    uint64_t classes = 0;
    for (size_t c = 0; c < data->cols; c++) {
        long double error = of_class(data, state.data, c, bins, threshold);
        if (isnan(error)) continue;
        classes++;
        sum += error;
        max = fmaxl(max, error);
    }
    CHECK_STATUS(lgt_ece_classwise_finish(state.data, &report), classes ? LGT_OK : LGT_UNDEFINED);
    CHECK(report.classes == classes && report.nan_rows == 0);
    if (classes) {
        CHECK(fabsl(report.ece - sum / (long double)classes) <= 1e-15L * MOST);
        CHECK(fabsl(report.max - max) <= 1e-15L * MOST);
        lgt_reliability_report worst;
        CHECK_STATUS(lgt_ece_classwise_get_class(state.data, (uint32_t)report.worst, &worst), LGT_OK);
        CHECK(worst.ece == report.max);
    } else {
        CHECK(isnan(report.ece) && isnan(report.max));
    }
    guard_free(state);
}

static void as_defined(const labelled *data) {
    if (data->cols > 12 && data->cols % 9) return;
    with(data, 1 + (uint32_t)data->cols % MOST, 0);
    with(data, 10, data->cols % 2 ? 0.125 : 0.9);
}

static void refused(void) {
    uint64_t state[10 + 13 * 4];
    size_t bytes = 7;
    const float p[4] = {0.25f, 0.75f, 0.5f, 0.5f};
    const uint8_t y[2] = {0, 1};
    lgt_reliability_bin bins[2];
    lgt_reliability_report report;
    memset(state, 0xa5, sizeof state);
    memset(bins, 0xa5, sizeof bins);
    memset(&report, 0xa5, sizeof report);
    watch(0, state, sizeof state);
    watch(1, &bytes, sizeof bytes);
    watch(2, bins, sizeof bins);
    watch(3, &report, sizeof report);
    const double thresholds[] = {NAN, -0.5, 1, INFINITY};
    for (int i = 0; i < 4; i++) {
        REFUSED(lgt_ece_classwise_size(2, 2, thresholds[i], &bytes), LGT_E_VALUE);
        REFUSED(lgt_ece_classwise_init(state, sizeof state, 2, 2, thresholds[i]), LGT_E_VALUE);
    }
    REFUSED(lgt_ece_classwise_size(0, 2, 0, &bytes), LGT_E_VALUE);
    REFUSED(lgt_ece_classwise_size(65537, 2, 0, &bytes), LGT_E_VALUE);
    REFUSED(lgt_ece_classwise_size(2, 0, 0, &bytes), LGT_E_VALUE);
    REFUSED(lgt_ece_classwise_size(65536, 65536, 0, &bytes), LGT_E_VALUE);
    REFUSED(lgt_ece_classwise_size(65536, UINT32_MAX, 0, &bytes), LGT_E_VALUE);
    REFUSED(lgt_ece_classwise_init(state, sizeof state, 3, 2, 0), LGT_E_SIZE);
    CHECK_STATUS(lgt_ece_classwise_init(state, sizeof state, 2, 2, -0.0), LGT_OK);
    CHECK_STATUS(lgt_ece_classwise_update_f32(state, p, 2, y, LGT_U8, NULL, 2, 2), LGT_OK);
    watch(0, state, sizeof state);
    REFUSED(lgt_ece_classwise_update_f32(state, p, 2, y, LGT_U8, NULL, 2, 1), LGT_E_SHAPE);
    REFUSED(lgt_ece_classwise_update_f32(state, p, 3, y, LGT_U8, NULL, 1, 3), LGT_E_SHAPE);
    REFUSED(lgt_ece_classwise_update_f32(state, NULL, 2, y, LGT_U8, NULL, 2, 2), LGT_E_NULL);
    REFUSED(lgt_ece_classwise_update_f32(NULL, p, 2, y, LGT_U8, NULL, 2, 2), LGT_E_NULL);
    REFUSED(lgt_ece_classwise_update_f32(state, p, 1, y, LGT_U8, NULL, 2, 2), LGT_E_STRIDE);
    REFUSED(lgt_ece_classwise_update_f32(state, NULL, 2, NULL, LGT_U8, NULL, 0, 2), LGT_OK);
    REFUSED(lgt_ece_classwise_get_bins(state, 0, bins, 1), LGT_E_SIZE);
    REFUSED(lgt_ece_classwise_get_bins(state, 2, bins, 2), LGT_E_VALUE);
    REFUSED(lgt_ece_classwise_get_class(state, 2, &report), LGT_E_VALUE);
    REFUSED(lgt_ece_classwise_get_class(state, 0, NULL), LGT_E_NULL);
    watch_nothing();
}

void test(void) {
    labelled_each(1, as_defined);
    refused();
}
