/* AUROC with DeLong's variance against every pair, and what is refused. */
#include "points.h"
#include "refused.h"

typedef lgt_status (*delong_function)(const labelled *data, lgt_delong_report *report,
                                      void *scratch, size_t size);
typedef lgt_status (*test_function)(const labelled *data, lgt_delong_test_report *report,
                                    void *scratch, size_t size);

#define DELONG(dtype, element)                                                                 \
    static lgt_status delong_##dtype(const labelled *d, lgt_delong_report *report,             \
                                     void *scratch, size_t size) {                             \
        return lgt_delong_##dtype((const element *)d->x.data, d->labels.data, d->label_type,   \
                                  0.95, report, d->rows, scratch, size);                       \
    }                                                                                          \
    static lgt_status test_##dtype(const labelled *d, lgt_delong_test_report *report,          \
                                   void *scratch, size_t size) {                               \
        const element *x = (const element *)d->x.data;                                         \
        return lgt_delong_test_##dtype(x, x, d->labels.data, d->label_type, 0.95, report,      \
                                       d->rows, scratch, size);                                \
    }
DELONG(f32, float)
DELONG(f64, double)
DELONG(f16, lgt_f16)
DELONG(bf16, lgt_bf16)
static const delong_function delongs[DTYPES] = {delong_f32, delong_f64, delong_f16, delong_bf16};
static const test_function tests[DTYPES] = {test_f32, test_f64, test_f16, test_bf16};

/* The share of rows of the other label on the right side of a row. */
static long double worth(const labelled *data, size_t row) {
    long double sum = 0, others = 0;
    double x = labelled_x(data, row, 0);
    size_t label = labelled_label(data, row);
    for (size_t r = 0; r < data->rows; r++) {
        double y = labelled_x(data, r, 0);
        if (labelled_label(data, r) == label) continue;
        sum += x == y ? 0.5L : (x > y) == (label == 1);
        others++;
    }
    return sum / others;
}

static void as_defined(const labelled *data) {
    size_t bytes, count[2] = {0, 0};
    long double mean[2] = {0, 0}, squares[2] = {0, 0};
    for (size_t r = 0; r < data->rows; r++) count[labelled_label(data, r)]++;
    for (size_t r = 0; r < data->rows; r++)
        mean[labelled_label(data, r)] += worth(data, r) / count[labelled_label(data, r)];
    for (size_t r = 0; r < data->rows; r++) {
        long double off = worth(data, r) - mean[labelled_label(data, r)];
        squares[labelled_label(data, r)] += off * off;
    }
    int known = count[0] > 1 && count[1] > 1;
    lgt_delong_report got;
    CHECK_STATUS(lgt_delong_scratch(data->rows, &bytes), LGT_OK);
    guarded scratch = guard_end(bytes);
    memset(scratch.data, 0xa5, bytes);
    CHECK_STATUS(delongs[data->type](data, &got, scratch.data, bytes),
                 known ? LGT_OK : LGT_UNDEFINED);
    CHECK(got.rows == data->rows && got.positives == count[1] && got.negatives == count[0]);
    if (count[0] && count[1]) CHECK(fabsl(got.auroc - mean[1]) <= 1e-15L);
    if (known) {
        long double variance = squares[0] / (count[0] - 1) / count[0] +
                               squares[1] / (count[1] - 1) / count[1];
        CHECK(fabsl(got.variance - variance) <= 2e-15L * variance + 1e-30L);
        CHECK(got.low <= got.auroc && got.auroc <= got.high && got.low >= 0 && got.high <= 1);
        CHECK(got.logit_low <= got.auroc && got.auroc <= got.logit_high);
    } else {
        CHECK(isnan(got.variance) && isnan(got.low) && isnan(got.logit_high));
    }
    guard_free(scratch);

    /* A score against itself: no difference, and no test. */
    lgt_delong_test_report both;
    CHECK_STATUS(lgt_delong_test_scratch(data->rows, &bytes), LGT_OK);
    scratch = guard_end(bytes);
    CHECK_STATUS(tests[data->type](data, &both, scratch.data, bytes), LGT_UNDEFINED);
    CHECK(isnan(both.p) && isnan(both.z));
    if (known) {
        CHECK(both.difference == 0 && both.std_error == 0 && both.low == 0 && both.high == 0);
        CHECK(both.covariance == got.variance && both.first_auroc == got.auroc);
    }
    guard_free(scratch);
}

static void refused(void) {
    static uint64_t scratch[8];
    const float x[4] = {1, 2, 3, 4}, none[4] = {1, NAN, 3, 4};
    const int32_t y[4] = {0, 1, 0, 1}, bad[4] = {0, 1, 2, 1};
    lgt_delong_report report;
    lgt_delong_test_report both;
    size_t bytes = 7;
    CHECK_STATUS(lgt_delong_scratch(4, NULL), LGT_E_NULL);
    CHECK_STATUS(lgt_delong_scratch((size_t)1 << 31, &bytes), LGT_E_SIZE);
    CHECK_STATUS(lgt_delong_test_scratch(SIZE_MAX, &bytes), LGT_E_SIZE);
    CHECK(bytes == 7);
    memset(&report, 0xa5, sizeof report);
    memset(&both, 0xa5, sizeof both);
    watch(0, &report, sizeof report);
    watch(1, &both, sizeof both);
    size_t all = sizeof scratch;
    REFUSED(lgt_delong_f32(NULL, y, LGT_I32, .9, &report, 4, scratch, all), LGT_E_NULL);
    REFUSED(lgt_delong_f32(x, NULL, LGT_I32, .9, &report, 4, scratch, all), LGT_E_NULL);
    REFUSED(lgt_delong_f32(x, y, LGT_I32, .9, NULL, 4, scratch, all), LGT_E_NULL);
    REFUSED(lgt_delong_f32(x, y, LGT_I32, .9, &report, 4, NULL, all), LGT_E_NULL);
    REFUSED(lgt_delong_f32(x, y, 9, .9, &report, 4, scratch, all), LGT_E_LABEL);
    REFUSED(lgt_delong_f32(x, bad, LGT_I32, .9, &report, 4, scratch, all), LGT_E_LABEL);
    REFUSED(lgt_delong_f32(x, y, LGT_I32, 1, &report, 4, scratch, all), LGT_E_VALUE);
    REFUSED(lgt_delong_f32(x, y, LGT_I32, NAN, &report, 4, scratch, all), LGT_E_VALUE);
    REFUSED(lgt_delong_f32(x, y, LGT_I32, .9, &report, 4, scratch, 31), LGT_E_SCRATCH);
    REFUSED(lgt_delong_f32(x, y, LGT_I32, .9, &report, 4, (char *)scratch + 4, 32),
            LGT_E_SCRATCH);
    REFUSED(lgt_delong_test_f32(x, NULL, y, LGT_I32, .9, &both, 4, scratch, all), LGT_E_NULL);
    REFUSED(lgt_delong_test_f32(x, x, y, LGT_I32, 0, &both, 4, scratch, all), LGT_E_VALUE);
    REFUSED(lgt_delong_test_f32(x, x, y, LGT_I32, .9, &both, 4, scratch, 47), LGT_E_SCRATCH);
    memcpy(scratch, x, sizeof x);
    REFUSED(lgt_delong_f32((float *)scratch, y, LGT_I32, .9, &report, 4, scratch, all),
            LGT_E_ALIAS);
    REFUSED(lgt_delong_test_f32(x, (float *)scratch, y, LGT_I32, .9, &both, 4, scratch, all),
            LGT_E_ALIAS);
    watch_nothing();
    CHECK_STATUS(lgt_delong_f32(none, y, LGT_I32, .9, &report, 4, scratch, all), LGT_UNDEFINED);
    CHECK(report.nan_rows == 1 && isnan(report.auroc) && report.positives == 2);
    CHECK_STATUS(lgt_delong_test_f32(x, none, y, LGT_I32, .9, &both, 4, scratch, all),
                 LGT_UNDEFINED);
    CHECK(both.nan_rows == 1 && isnan(both.first_auroc) && isnan(both.covariance));
}

void test(void) {
    points_each(as_defined);
    refused();
}
