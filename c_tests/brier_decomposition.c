/* The parts of a Brier score against their definitions. */
#include "batch.h"

enum { MOST = 20 };

static lgt_status call(const labelled *data, lgt_brier_decomposition_report *report,
                       uint32_t bins) {
    size_t bytes, n = data->rows;
    CHECK_STATUS(lgt_brier_decomposition_scratch(n, &bytes), LGT_OK);
    guarded room = guard_end(bytes);
    lgt_status status;
#define CALL(dtype, element, weight)                                                              \
    lgt_brier_decomposition_##dtype(POINTS(data, element, weight), report, n, bins, room.data,    \
                                    bytes)
    switch (data->type) {
    case F32: status = CALL(f32, float, float); break;
    case F64: status = CALL(f64, double, double); break;
    case F16: status = CALL(f16, lgt_f16, float); break;
    default: status = CALL(bf16, lgt_bf16, float);
    }
#undef CALL
    guard_free(room);
    return status;
}

/* Whether two probabilities are in one group. */
static int together(const labelled *data, double a, double b, uint32_t bins) {
    if (bins == 0) return a == b;
    for (uint32_t k = 1; k < bins; k++) {
        double exact = (double)k / bins, edge = data->type == F64 ? exact : (double)(float)exact;
        if ((a > edge) != (b > edge)) return 0;
    }
    return 1;
}

static void as_defined_with(const labelled *data, uint32_t bins) {
    lgt_brier_decomposition_report got;
    long double weight = 0, hits = 0, want[6] = {0};
    for (size_t r = 0; r < data->rows; r++) {
        weight += labelled_weight(data, r);
        hits += labelled_label(data, r) ? labelled_weight(data, r) : 0;
    }
    long double all = hits / weight;
    for (size_t r = 0; r < data->rows; r++) {
        long double p = labelled_x(data, r, 0), y = labelled_label(data, r);
        long double one = labelled_weight(data, r), w = 0, f = 0, o = 0;
        for (size_t i = 0; i < data->rows; i++) {
            if (!together(data, labelled_x(data, i, 0), labelled_x(data, r, 0), bins)) continue;
            w += labelled_weight(data, i);
            f += (long double)labelled_weight(data, i) * labelled_x(data, i, 0);
            o += labelled_label(data, i) ? labelled_weight(data, i) : 0;
        }
        if (one == 0) continue;
        f /= w;
        o /= w;
        want[0] += one * (p - y) * (p - y);
        want[1] += one * (f - o) * (f - o);
        want[2] += one * (o - all) * (o - all);
        want[3] += one * all * (1 - all);
        want[4] += one * (p - f) * (p - f);
        want[5] += 2 * one * (p - f) * (y - o);
    }
    int some = weight > 0;
    CHECK_STATUS(call(data, &got, bins), some ? LGT_OK : LGT_UNDEFINED);
    CHECK(got.weight == (double)weight && got.nan_rows == 0);
    const double parts[6] = {got.brier,       got.reliability,     got.resolution,
                             got.uncertainty, got.within_variance, got.within_covariance};
    for (int i = 0; i < 6; i++)
        CHECK(some ? fabsl(parts[i] - want[i] / weight) <= 1e-15L : isnan(parts[i]));
}

static void as_defined(const labelled *data) {
    as_defined_with(data, 0);
    as_defined_with(data, 1);
    as_defined_with(data, MOST);
}

/* Of bins: three parts, and NaN for what bins do not tell. */
static void of_bins(void) {
    lgt_reliability_bin bins[3] = {
        {2, 2, 0, 0.25, 0.25, 0.5}, {0, 0, 0.25, 0.5, NAN, NAN}, {2, 2, 0.5, 1, 0.75, 1}};
    lgt_brier_decomposition_report got;
    CHECK_STATUS(lgt_brier_decomposition_finish(bins, 3, &got), LGT_OK);
    CHECK(got.rows == 4 && got.groups == 2 && got.weight == 4);
    CHECK(got.reliability == 0.0625 && got.resolution == 0.0625 && got.uncertainty == 0.1875);
    CHECK(isnan(got.brier) && isnan(got.within_variance) && isnan(got.within_covariance));
    CHECK_STATUS(lgt_brier_decomposition_finish(bins + 1, 1, &got), LGT_UNDEFINED);
    CHECK(got.rows == 0 && isnan(got.reliability) && isnan(got.uncertainty));
    memset(&got, 0xa5, sizeof got);
    watch(0, &got, sizeof got);
    REFUSED(lgt_brier_decomposition_finish(NULL, 3, &got), LGT_E_NULL);
    CHECK_STATUS(lgt_brier_decomposition_finish(bins, 3, NULL), LGT_E_NULL);
    bins[2].frequency = 2;
    REFUSED(lgt_brier_decomposition_finish(bins, 3, &got), LGT_E_VALUE);
    watch_nothing();
}

static lgt_status of_equal(const void *x, const void *labels, uint32_t label_type,
                           const void *weights, void *report, size_t n, void *scratch,
                           size_t scratch_size) {
    return lgt_brier_decomposition_f32((const float *)x, labels, label_type,
                                       (const float *)weights,
                                       (lgt_brier_decomposition_report *)report, n, 0, scratch,
                                       scratch_size);
}

void test(void) {
    const float p[1] = {0.5f};
    const uint8_t y[1] = {1};
    uint64_t scratch[3];
    lgt_brier_decomposition_report report;
    points_each(as_defined);
    of_bins();
    batch_refused(of_equal, lgt_brier_decomposition_scratch);
    memset(&report, 0xa5, sizeof report);
    watch(0, &report, sizeof report);
    REFUSED(lgt_brier_decomposition_f32(p, y, LGT_U8, NULL, &report, 1, 65537, scratch, 24),
            LGT_E_VALUE);
    watch_nothing();
}
