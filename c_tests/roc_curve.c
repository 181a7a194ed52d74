/* The ROC curve, point by point. */
#include "ranked.h"

enum { ROOM = 71 };
static double fpr[ROOM], tpr[ROOM];

static lgt_status call(const labelled *data, void *at, lgt_roc_curve_report *report, size_t room,
                       void *scratch, size_t size) {
    size_t n = data->rows;
    switch (data->type) {
    case 0:
        return lgt_roc_curve_f32(POINTS(data, float, float), fpr, tpr, (float *)at, report, n,
                                 room, 0, scratch, size);
    case 1:
        return lgt_roc_curve_f64(POINTS(data, double, double), fpr, tpr, (double *)at, report,
                                 n, room, 0, scratch, size);
    case 2:
        return lgt_roc_curve_f16(POINTS(data, lgt_f16, float), fpr, tpr, (lgt_f16 *)at, report,
                                 n, room, 0, scratch, size);
    default:
        return lgt_roc_curve_bf16(POINTS(data, lgt_bf16, float), fpr, tpr, (lgt_bf16 *)at,
                                  report, n, room, 0, scratch, size);
    }
}

static void as_defined(const labelled *data) {
    size_t bytes;
    lgt_roc_curve_report got;
    guarded scratch = ranked_scratch(lgt_roc_curve_scratch, data, &bytes);
    labelled thresholds = labelled_new(data->type, LGT_I8, ROOM, 1, 1, 1);
    lgt_status status =
        call(data, thresholds.x.data, &got, data->rows + 1, scratch.data, bytes);
    long double p = ranked_above(data, 1, -INFINITY), n = ranked_above(data, 0, -INFINITY);
    CHECK(got.positive_weight == (double)p && got.negative_weight == (double)n);
    CHECK(status == LGT_OK || (status == LGT_UNDEFINED && (p == 0 || n == 0)));
    CHECK((got.points == 0) == (p + n == 0));
    for (size_t i = 0; i < got.points && p > 0 && n > 0; i++) {
        double at = labelled_x(&thresholds, i, 0);
        long double above1 = ranked_above(data, 1, at), above0 = ranked_above(data, 0, at);
        CHECK(fabsl(fpr[i] - (above0 / n)) <= 2e-15L);
        CHECK(fabsl(tpr[i] - (above1 / p)) <= 2e-15L);
        CHECK(i == 0 || at < labelled_x(&thresholds, i - 1, 0));
    }
    if (got.points > 0) {
        uint64_t points = got.points;
        fpr[0] = -1;
        CHECK_STATUS(call(data, thresholds.x.data, &got, (size_t)points - 1, scratch.data, bytes),
                     LGT_E_SIZE);
        CHECK(got.points == points && fpr[0] == -1);
    }
    labelled_free(thresholds);
    guard_free(scratch);
}

void test(void) {
    ranked_each(as_defined);
    ranked_size_refused(lgt_roc_curve_scratch);
    float x[3] = {0.5f, 2, -1}, at[4];
    const uint8_t y[3] = {0, 1, 1}, bad[3] = {0, 2, 1};
    uint64_t scratch[2];
    lgt_roc_curve_report report;
    memset(&report, 0xa5, sizeof report);
    watch(0, &report, sizeof report);
#define CALL(x, y, a, b, at, report, corners, scratch, size)                                    \
    lgt_roc_curve_f32(x, y, LGT_U8, NULL, a, b, at, report, 3, 4, corners, scratch, size)
    REFUSED(CALL(NULL, y, fpr, tpr, at, &report, 0, scratch, 16), LGT_E_NULL);
    REFUSED(CALL(x, NULL, fpr, tpr, at, &report, 0, scratch, 16), LGT_E_NULL);
    REFUSED(CALL(x, y, NULL, tpr, at, &report, 0, scratch, 16), LGT_E_NULL);
    REFUSED(CALL(x, y, fpr, NULL, at, &report, 0, scratch, 16), LGT_E_NULL);
    REFUSED(CALL(x, y, fpr, tpr, NULL, &report, 0, scratch, 16), LGT_E_NULL);
    REFUSED(CALL(x, y, fpr, tpr, at, NULL, 0, scratch, 16), LGT_E_NULL);
    REFUSED(CALL(x, y, fpr, tpr, at, &report, 2, scratch, 16), LGT_E_VALUE);
    REFUSED(CALL(x, bad, fpr, tpr, at, &report, 0, scratch, 16), LGT_E_LABEL);
    REFUSED(CALL(x, y, fpr, tpr, at, &report, 0, scratch, 15), LGT_E_SCRATCH);
    REFUSED(CALL(x, y, fpr, fpr + 3, at, &report, 0, scratch, 16), LGT_E_ALIAS);
    REFUSED(CALL(x, y, fpr, tpr, x, &report, 0, scratch, 16), LGT_E_ALIAS);
    REFUSED(CALL(x, y, fpr, (double *)scratch, at, &report, 0, scratch, 16), LGT_E_ALIAS);
    watch_nothing();
    x[1] = NAN;
    CHECK_STATUS(CALL(x, y, fpr, tpr, at, &report, 0, scratch, 16), LGT_UNDEFINED);
    CHECK(report.points == 0 && report.rows == 3 && report.nan_rows == 1);
}
