/* Thresholds chosen by a rule: a set whose points are known. */
#include "ranked.h"

static lgt_status size_of(size_t n, size_t *bytes) {
    return lgt_operating_point_scratch(n, 4, 0, bytes);
}
/* A row more of scratch where there are weights. */
static lgt_status whole(const void *x, const void *labels, uint32_t label_type,
                        const void *weights, void *report, size_t n, void *scratch, size_t size) {
    return lgt_operating_point_f32((const float *)x, labels, label_type, (const float *)weights,
                                   (lgt_operating_point_report *)report, n, LGT_POINT_MAX_F1, 1,
                                   scratch, size + (weights ? 8 : 0));
}

void test(void) {
    enum { N = 18 };
    const float x[N] = {9, 8, 7, 7, 6, 5, 5, 4, 3, 1, 7, 5, 4, 2, 2, 1, 0, 0};
    uint8_t y[N] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    uint64_t scratch[N];
    lgt_operating_point_report got;
#define POINT(rule, target) \
    lgt_operating_point_f32(x, y, LGT_U8, NULL, &got, N, rule, target, scratch, sizeof scratch)
    CHECK_STATUS(POINT(LGT_POINT_TPR_AT_LEAST, 0.8), LGT_OK);
    CHECK(got.threshold == 4 && got.fpr == 0.375 && got.tpr == 0.8);
    CHECK(got.true_positives == 8 && got.false_positives == 3);
    CHECK_STATUS(POINT(LGT_POINT_TPR_AT_LEAST, 0.95), LGT_OK);
    CHECK(got.threshold == 1 && got.fpr == 0.75 && got.tpr == 1);
    CHECK_STATUS(POINT(LGT_POINT_TPR_NEAREST, 0.95), LGT_OK);
    CHECK(got.threshold == 1 && got.tnr == 0.25);
    CHECK_STATUS(POINT(LGT_POINT_FPR_AT_MOST, 0), LGT_OK);
    CHECK(got.threshold == 8 && got.tpr == 0.2);
    CHECK_STATUS(POINT(LGT_POINT_PRECISION_AT_LEAST, 1), LGT_OK);
    CHECK(got.threshold == 8 && got.tpr == 0.2 && got.precision == 1);
    CHECK_STATUS(POINT(LGT_POINT_RECALL_AT_LEAST, 0.5), LGT_OK);
    CHECK(got.threshold == 6 && got.tpr == 0.5 && got.precision == 5.0 / 6);
    CHECK_STATUS(POINT(LGT_POINT_MAX_YOUDEN, 0), LGT_OK);
    CHECK(got.threshold == 3 && got.balanced_accuracy == 0.7625);
    CHECK_STATUS(POINT(LGT_POINT_EQUAL_ERRORS, 0), LGT_OK);
    CHECK(got.threshold == 5 && got.eer > 0.25 && got.eer < 0.3);
    CHECK_STATUS(POINT(8, 0.5), LGT_E_VALUE);
    CHECK_STATUS(POINT(LGT_POINT_TPR_AT_LEAST, NAN), LGT_E_VALUE);
    CHECK_STATUS(POINT(LGT_POINT_TPR_AT_LEAST, 1.01), LGT_E_VALUE);
    /* No precision is so high where the highest score is of label 0. */
    y[0] = 0;
    CHECK_STATUS(POINT(LGT_POINT_PRECISION_AT_LEAST, 1), LGT_UNDEFINED);
    CHECK(isnan(got.threshold) && isnan(got.tpr) && !isnan(got.eer));
    CHECK_STATUS(POINT(LGT_POINT_FPR_AT_MOST, 0), LGT_OK);
    CHECK(isinf(got.threshold) && got.tpr == 0 && got.precision == 1);
    ranked_size_refused(lgt_operating_point_scratch);
    batch_refused(whole, size_of);
}
