/* Calibration error of binary probabilities against its definition. */
#include "points.h"
#include "refused.h"

enum { MOST = 20 };

static lgt_status update(void *state, const labelled *data) {
    switch (data->type) {
    case F32: return lgt_ece_binary_update_f32(state, POINTS(data, float, float), data->rows);
    case F64: return lgt_ece_binary_update_f64(state, POINTS(data, double, double), data->rows);
    case F16: return lgt_ece_binary_update_f16(state, POINTS(data, lgt_f16, float), data->rows);
    default: return lgt_ece_binary_update_bf16(state, POINTS(data, lgt_bf16, float), data->rows);
    }
}

static guarded filled(const labelled *data, uint32_t bins, uint32_t closed) {
    size_t bytes;
    CHECK_STATUS(lgt_ece_binary_size(bins, closed, &bytes), LGT_OK);
    guarded state = guard_end(bytes);
    CHECK_STATUS(lgt_ece_binary_init(state.data, bytes, bins, closed), LGT_OK);
    CHECK_STATUS(update(state.data, data), LGT_OK);
    return state;
}

static double edge(int type, uint32_t k, uint32_t bins) {
    double exact = (double)k / bins;
    return type == F64 ? exact : (double)(float)exact;
}

static int belongs(int type, double p, uint32_t b, uint32_t bins, uint32_t closed) {
    double low = edge(type, b, bins), high = edge(type, b + 1, bins);
    if (closed == LGT_BINS_RIGHT) return (b == 0 || p > low) && (b == bins - 1 || p <= high);
    return (b == 0 || p >= low) && (b == bins - 1 || p < high);
}

static void with_bins(const labelled *data, uint32_t bins, uint32_t closed) {
    guarded state = filled(data, bins, closed), room = guard_end(bins * sizeof(lgt_reliability_bin));
    lgt_reliability_bin *got = (lgt_reliability_bin *)room.data;
    lgt_reliability_report report, again;
    CHECK_STATUS(lgt_ece_binary_get_bins(state.data, got, bins), LGT_OK);
    long double weight = 0, ece = 0;
    for (uint32_t b = 0; b < bins; b++) {
        long double w = 0, confidence = 0, hits = 0;
        uint64_t rows = 0;
        for (size_t r = 0; r < data->rows; r++) {
            double p = labelled_x(data, r, 0), one = labelled_weight(data, r);
            if (!belongs(data->type, p, b, bins, closed)) continue;
            rows += one > 0;
            w += one;
            confidence += (long double)one * p;
            hits += labelled_label(data, r) ? one : 0;
        }
        CHECK(got[b].rows == rows && got[b].weight == (double)w);
        CHECK(got[b].low == (double)b / bins && got[b].high == (double)(b + 1) / bins);
        CHECK(w > 0 ? fabsl(got[b].confidence - confidence / w) <= 1e-15L : isnan(got[b].confidence));
        CHECK(w > 0 ? fabsl(got[b].frequency - hits / w) <= 1e-15L : isnan(got[b].frequency));
        weight += w;
        ece += fabsl(confidence - hits);
    }
    int status = weight > 0 ? LGT_OK : LGT_UNDEFINED;
    CHECK_STATUS(lgt_ece_binary_finish(state.data, &report), status);
    CHECK(weight > 0 ? fabsl(report.ece - ece / weight) <= 1e-15L * bins : isnan(report.ece));
    CHECK_STATUS(lgt_reliability_finish(got, bins, &again), status);
    CHECK(memcmp(&report, &again, sizeof report) == 0);
    guard_free(state);
    guard_free(room);
}

static void as_defined(const labelled *data) {
    with_bins(data, 1, LGT_BINS_RIGHT);
    with_bins(data, 10, LGT_BINS_RIGHT);
    with_bins(data, 20, LGT_BINS_LEFT);
}

/* Where a single probability goes. */
static uint32_t bin_of(int type, double p, uint32_t bins, uint32_t closed) {
    labelled data = labelled_new(type, LGT_U32, 1, 1, 1, 1);
    labelled_put_x(&data, 0, 0, p);
    guarded state = filled(&data, bins, closed);
    lgt_reliability_bin got[MOST];
    uint32_t bin = 0;
    CHECK_STATUS(lgt_ece_binary_get_bins(state.data, got, MOST), LGT_OK);
    while (bin < bins && got[bin].rows == 0) bin++;
    guard_free(state);
    labelled_free(data);
    return bin;
}

static void edges(void) {
    for (uint32_t bins = 1; bins <= MOST; bins++) {
        for (int type = 0; type < 2; type++) {
            for (uint32_t k = 1; k < bins; k++) {
                CHECK(bin_of(type, edge(type, k, bins), bins, LGT_BINS_RIGHT) == k - 1);
                CHECK(bin_of(type, edge(type, k, bins), bins, LGT_BINS_LEFT) == k);
            }
        }
        for (uint32_t closed = 0; closed < 2; closed++) {
            CHECK(bin_of(F64, 0, bins, closed) == 0 && bin_of(F64, -0.0, bins, closed) == 0);
            CHECK(bin_of(F64, 1, bins, closed) == bins - 1);
            CHECK(bin_of(F64, 1.01, bins, closed) == bins - 1);
            CHECK(bin_of(F64, 1.02, bins, closed) == bins);
            CHECK(bin_of(F64, NAN, bins, closed) == bins);
        }
    }
}

static void refused(void) {
    uint64_t state[5 + 13 * 2];
    size_t bytes = 7;
    const float p[2] = {0.25f, 0.5f};
    const int32_t good[2] = {0, 1}, bad[2] = {0, 2}, negative[2] = {-1, 0};
    const float weights[2] = {1, -1};
    lgt_reliability_bin bins[2];
    memset(state, 0xa5, sizeof state);
    memset(bins, 0xa5, sizeof bins);
    watch(0, state, sizeof state);
    watch(1, &bytes, sizeof bytes);
    watch(2, bins, sizeof bins);
    REFUSED(lgt_ece_binary_size(0, 0, &bytes), LGT_E_VALUE);
    REFUSED(lgt_ece_binary_size(65537, 0, &bytes), LGT_E_VALUE);
    REFUSED(lgt_ece_binary_size(2, 2, &bytes), LGT_E_VALUE);
    REFUSED(lgt_ece_binary_size(2, 0, NULL), LGT_E_NULL);
    REFUSED(lgt_ece_binary_init(state, sizeof state, 2, 2), LGT_E_VALUE);
    REFUSED(lgt_ece_binary_init(state, sizeof state, 3, 1), LGT_E_SIZE);
    REFUSED(lgt_ece_binary_init((char *)state + 4, sizeof state - 8, 1, 1), LGT_E_STATE);
    CHECK_STATUS(lgt_ece_binary_init(state, sizeof state, 2, LGT_BINS_RIGHT), LGT_OK);
    CHECK_STATUS(lgt_ece_binary_update_f32(state, p, good, LGT_I32, NULL, 2), LGT_OK);
    watch(0, state, sizeof state);
    REFUSED(lgt_ece_binary_update_f32(NULL, p, good, LGT_I32, NULL, 2), LGT_E_NULL);
    REFUSED(lgt_ece_binary_update_f32(state, NULL, good, LGT_I32, NULL, 2), LGT_E_NULL);
    REFUSED(lgt_ece_binary_update_f32(state, p, NULL, LGT_I32, NULL, 2), LGT_E_NULL);
    REFUSED(lgt_ece_binary_update_f32(state, p, bad, LGT_I32, NULL, 2), LGT_E_LABEL);
    REFUSED(lgt_ece_binary_update_f32(state, p, negative, LGT_I32, NULL, 2), LGT_E_LABEL);
    REFUSED(lgt_ece_binary_update_f32(state, p, good, 0, NULL, 2), LGT_E_LABEL);
    REFUSED(lgt_ece_binary_update_f32(state, p, good, LGT_I32, weights, 2), LGT_E_VALUE);
    REFUSED(lgt_ece_binary_update_f32(state, p, good, LGT_I32, NULL, SIZE_MAX / 4), LGT_E_SIZE);
    REFUSED(lgt_ece_binary_update_f32(state, NULL, NULL, LGT_I32, NULL, 0), LGT_OK);
    REFUSED(lgt_ece_binary_get_bins(state, bins, 1), LGT_E_SIZE);
    REFUSED(lgt_ece_binary_finish(state, NULL), LGT_E_NULL);
    watch_nothing();
}

void test(void) {
    points_each(as_defined);
    edges();
    refused();
}
