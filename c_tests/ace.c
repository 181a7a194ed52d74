/* Adaptive calibration error: of one bin a class by definition, of as many bins as
 * rows too; and what is refused. */
#include "labelled.h"
#include "refused.h"

static lgt_status call(const labelled *data, lgt_ace_report *report, uint32_t bins,
                       double threshold) {
    size_t bytes, rows = data->rows, cols = data->cols;
    CHECK_STATUS(lgt_ace_scratch(rows, &bytes), LGT_OK);
    guarded room = guard_end(bytes);
    memset(room.data, 0xa5, bytes);
    lgt_status status;
    const void *x = data->x.data, *y = data->labels.data, *w = data->weights.data;
#define CALL(dtype, element, weight)                                                              \
    lgt_ace_##dtype((const element *)x, data->stride, y, data->label_type, (const weight *)w,     \
                    report, rows, cols, bins, threshold, room.data, bytes)
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

static void same(lgt_status status, const lgt_ace_report *got, long double sum, long double max,
                 size_t count) {
    CHECK_STATUS(status, count ? LGT_OK : LGT_UNDEFINED);
    CHECK(count ? fabsl(got->ace - sum / (long double)count) <= 4e-15L : isnan(got->ace));
    CHECK(count ? fabsl(got->max - max) <= 4e-15L : isnan(got->max));
}

/* All of a class in one bin. */
static void one_bin(const labelled *data, double threshold) {
    lgt_ace_report got;
    long double sum = 0, max = 0;
    size_t count = 0;
    double least = data->type == F64 ? threshold : (double)(float)threshold;
    lgt_status status = call(data, &got, 1, threshold);
    for (size_t c = 0; c < data->cols; c++) {
        long double w = 0, gap = 0;
        for (size_t r = 0; r < data->rows; r++) {
            double p = labelled_x(data, r, c), one = labelled_weight(data, r);
            if (p < least) continue;
            w += one;
            gap += one * ((long double)p - (labelled_label(data, r) == c));
        }
        if (w == 0) continue;
        count++;
        sum += fabsl(gap) / w;
        max = fmaxl(max, fabsl(gap) / w);
    }
    same(status, &got, sum, max, count);
    CHECK(got.classes == count);
}

/* Every row in a bin of its own: gaps are residuals. */
static void many_bins(const labelled *data) {
    lgt_ace_report got;
    long double sum = 0, max = 0;
    size_t count = 0;
    lgt_status status = call(data, &got, 1000, 0);
    for (size_t c = 0; c < data->cols; c++) {
        long double own = 0;
        size_t rows = 0;
        for (size_t r = 0; r < data->rows; r++) {
            if (labelled_weight(data, r) == 0) continue;
            own += fabsl((long double)labelled_x(data, r, c) - (labelled_label(data, r) == c));
            rows++;
        }
        count += rows;
        sum += own;
        if (rows) max = fmaxl(max, own / (long double)rows);
    }
    same(status, &got, sum, max, count);
}

static void as_defined(const labelled *data) {
    one_bin(data, 0);
    one_bin(data, 0.1);
    many_bins(data);
}

static void refused(void) {
    float x[4] = {0.25f, 0.75f, 0.5f, 0.5f};
    const float none[4] = {0.25f, 0.75f, NAN, 0.5f}, bad[2] = {1, -1}, zero[2] = {0, 0};
    const uint8_t y[2] = {0, 1}, wrong[2] = {0, 2};
    uint64_t scratch[6];
    lgt_ace_report report;
    size_t bytes = 7;
    memset(&report, 0xa5, sizeof report);
    watch(0, &report, sizeof report);
    watch(1, x, sizeof x);
    watch(2, &bytes, sizeof bytes);
#define ACE(x, stride, y, w, rows, bins, threshold, scratch, size) \
    lgt_ace_f32(x, stride, y, LGT_U8, w, &report, rows, 2, bins, threshold, scratch, size)
    REFUSED(ACE(NULL, 2, y, NULL, 2, 2, 0, scratch, 48), LGT_E_NULL);
    REFUSED(ACE(x, 2, NULL, NULL, 2, 2, 0, scratch, 48), LGT_E_NULL);
    REFUSED(ACE(x, 2, y, NULL, 2, 2, 0, NULL, 48), LGT_E_NULL);
    REFUSED(ACE(x, 1, y, NULL, 2, 2, 0, scratch, 48), LGT_E_STRIDE);
    REFUSED(ACE(x, SIZE_MAX / 2, y, NULL, 2, 2, 0, scratch, 48), LGT_E_SIZE);
    REFUSED(ACE(x, 2, y, NULL, SIZE_MAX / 4, 2, 0, scratch, 48), LGT_E_SIZE);
    REFUSED(ACE(x, 2, wrong, NULL, 2, 2, 0, scratch, 48), LGT_E_LABEL);
    REFUSED(ACE(x, 2, y, bad, 2, 2, 0, scratch, 48), LGT_E_VALUE);
    REFUSED(ACE(x, 2, y, NULL, 2, 0, 0, scratch, 48), LGT_E_VALUE);
    REFUSED(ACE(x, 2, y, NULL, 2, 65537, 0, scratch, 48), LGT_E_VALUE);
    REFUSED(ACE(x, 2, y, NULL, 2, 2, 1, scratch, 48), LGT_E_VALUE);
    REFUSED(ACE(x, 2, y, NULL, 2, 2, -0.1, scratch, 48), LGT_E_VALUE);
    REFUSED(ACE(x, 2, y, NULL, 2, 2, (double)NAN, scratch, 48), LGT_E_VALUE);
    REFUSED(ACE(x, 2, y, NULL, 2, 2, 0, scratch, 47), LGT_E_SCRATCH);
    REFUSED(ACE(x, 2, y, NULL, 2, 2, 0, (char *)scratch + 1, 48), LGT_E_SCRATCH);
    memcpy(scratch, x, sizeof x);
    REFUSED(ACE((const float *)(const void *)scratch, 2, y, NULL, 2, 2, 0, scratch, 48),
            LGT_E_ALIAS);
    REFUSED(lgt_ace_f32(x, 2, y, LGT_U8, NULL, NULL, 2, 2, 2, 0, scratch, 48), LGT_E_NULL);
    REFUSED(lgt_ace_scratch(2, NULL), LGT_E_NULL);
    REFUSED(lgt_ace_scratch(SIZE_MAX, &bytes), LGT_E_SIZE);
    watch_nothing();
    CHECK_STATUS(ACE(none, 2, y, NULL, 2, 2, 0, scratch, 48), LGT_UNDEFINED);
    CHECK(report.rows == 2 && report.nan_rows == 1 && report.weight == 1 && isnan(report.ace));
    CHECK_STATUS(ACE(none, 2, y, zero, 2, 2, 0, scratch, 48), LGT_UNDEFINED);
    CHECK(report.rows == 0 && report.nan_rows == 0 && isnan(report.ace));
    CHECK_STATUS(ACE(NULL, 2, NULL, NULL, 0, 2, 0, NULL, 0), LGT_UNDEFINED);
}

void test(void) {
    labelled_each(1, as_defined);
    refused();
}
