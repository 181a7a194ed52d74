/* AUROC and average precision of many classes and labels against all pairs. */
#include "labelled.h"
#include "refused.h"

enum { ROWS = 5, COLS = 3, WORDS = 2 * ROWS * COLS + 1 + 5 * COLS };

static const float scores[ROWS][COLS + 1] = {
    {0.5f, 0.25f, 0.25f, NAN}, {0.5f, 0.5f, 0, NAN},   {0.25f, 0.25f, 0.5f, NAN},
    {0.75f, 0.25f, 0, NAN},    {0, -0.0f, -0.5f, NAN},
};
static const uint16_t classes[ROWS] = {0, 1, 2, 1, 0};
static const int8_t flags[ROWS][COLS] = {{1, 0, 0}, {1, 1, 0}, {0, 0, 0}, {0, 1, 0}, {1, 0, 0}};
static const float weights[ROWS] = {1, 0.5f, 0, 2, 1};

/* The share of pairs of column c in which a row of `one` is above one of `other`: classes, or
 * for COLS any other. */
static double share(size_t c, size_t one, size_t other, int labels, const float *w) {
    double won = 0, all = 0;
    for (size_t i = 0; i < ROWS; i++) {
        for (size_t j = 0; j < ROWS; j++) {
            int hit = labels ? flags[i][c] : classes[i] == one;
            int miss = labels ? !flags[j][c] : other < COLS ? classes[j] == other : classes[j] != one;
            double weight = w ? (double)w[i] * w[j] : 1;
            if (!hit || !miss) continue;
            all += weight;
            won += scores[i][c] > scores[j][c] ? weight : scores[i][c] == scores[j][c] ? weight / 2 : 0;
        }
    }
    return won / all;
}

static void as_defined(int labels, const float *w) {
    uint64_t scratch[WORDS];
    double auroc[COLS], precision[COLS], sum = 0, pairs = 0;
    lgt_multiclass_auroc_report got;
    int counted = 0, of_pairs = 0;
    lgt_status status =
        labels ? lgt_multilabel_auroc_f32(&scores[0][0], COLS + 1, flags, COLS, LGT_I8, w, &got,
                                          auroc, precision, ROWS, COLS, 1, scratch, sizeof scratch)
               : lgt_multiclass_auroc_f32(&scores[0][0], COLS + 1, classes, LGT_U16, w, &got, auroc,
                                          precision, ROWS, COLS, 1, scratch, sizeof scratch);
    CHECK_STATUS(status, LGT_OK);
    for (size_t c = 0; c < COLS; c++) {
        double truth = share(c, c, COLS, labels, w);
        CHECK(isnan(truth) ? isnan(auroc[c]) : fabs(auroc[c] - truth) <= 2e-14);
        CHECK(isnan(truth) ? isnan(precision[c]) : precision[c] > 0 && precision[c] <= 1);
        if (isnan(truth)) continue;
        counted++;
        sum += truth;
        for (size_t d = 0; d < COLS; d++) {
            double one = d == c ? NAN : share(c, c, d, labels, w);
            if (isnan(one)) continue;
            of_pairs++;
            pairs += one;
        }
    }
    CHECK(fabs(got.auroc_macro - sum / counted) <= 2e-14);
    CHECK(got.left_out == (uint64_t)(COLS - counted) && got.nan_rows == 0);
    CHECK(!isnan(got.auroc_micro) && !isnan(got.precision_micro));
    CHECK(labels ? isnan(got.ovo_macro) : fabs(got.ovo_macro - pairs / of_pairs) <= 2e-14);
    CHECK(got.pairs_left_out == (uint64_t)(labels ? 0 : 3 - of_pairs / 2));
}

static lgt_status call(size_t stride, const void *y, uint32_t type, const float *w, size_t cols,
                       uint32_t micro, void *scratch, size_t size) {
    static lgt_multiclass_auroc_report report;
    return lgt_multiclass_auroc_f32(&scores[0][0], stride, y, type, w, &report, NULL, NULL, ROWS,
                                    cols, micro, scratch, size);
}

static void refused(void) {
    uint64_t room[WORDS + 1];
    size_t bytes = 7, size = sizeof room;
    const float bad[ROWS] = {1, 1, -1, 1, 1}, *none = NULL;
    const int8_t negative[ROWS] = {0, 1, -1, 0, 0};
    double each[COLS] = {3, 3, 3};
    lgt_multiclass_auroc_report got;
    memset(room, 0x5a, sizeof room);
    memset(&got, 0x5a, sizeof got);
    CHECK_STATUS(lgt_multiclass_auroc_scratch(ROWS, COLS, 2, &bytes), LGT_E_VALUE);
    CHECK_STATUS(lgt_multiclass_auroc_scratch(ROWS, COLS, 0, NULL), LGT_E_NULL);
    CHECK_STATUS(lgt_multiclass_auroc_scratch((size_t)1 << 31, 1, 0, &bytes), LGT_E_SIZE);
    CHECK_STATUS(lgt_multiclass_auroc_scratch(SIZE_MAX / 2, 3, 1, &bytes), LGT_E_SIZE);
    CHECK_STATUS(lgt_multilabel_auroc_scratch(1, (size_t)1 << 31, 0, &bytes), LGT_E_SIZE);
    CHECK(bytes == 7);
    CHECK_STATUS(lgt_multiclass_auroc_scratch(ROWS, COLS, 0, &bytes), LGT_OK);
    CHECK(bytes == 8 * (2 * ROWS + 1 + 5 * COLS));
    watch(0, &got, sizeof got);
    watch(1, each, sizeof each);
    REFUSED(call(COLS - 1, classes, LGT_U16, none, COLS, 0, room, size), LGT_E_STRIDE);
    REFUSED(call(COLS, NULL, LGT_U16, none, COLS, 0, room, size), LGT_E_NULL);
    REFUSED(call(COLS, classes, 99, none, COLS, 0, room, size), LGT_E_LABEL);
    REFUSED(call(2, classes, LGT_U16, none, 2, 0, room, size), LGT_E_LABEL);
    REFUSED(call(COLS, negative, LGT_I8, none, COLS, 0, room, size), LGT_E_LABEL);
    REFUSED(call(COLS, classes, LGT_U16, bad, COLS, 0, room, size), LGT_E_VALUE);
    REFUSED(call(COLS, classes, LGT_U16, none, COLS, 2, room, size), LGT_E_VALUE);
    REFUSED(call(COLS, classes, LGT_U16, none, COLS, 0, NULL, size), LGT_E_NULL);
    REFUSED(call(COLS, classes, LGT_U16, none, COLS, 0, room, bytes - 1), LGT_E_SCRATCH);
    REFUSED(call(COLS, classes, LGT_U16, none, COLS, 0, (char *)room + 4, size - 8), LGT_E_SCRATCH);
    const float *x = &scores[0][0];
    REFUSED(lgt_multiclass_auroc_f32(x, COLS, classes, LGT_U16, none, NULL, each, NULL, ROWS, COLS,
                                     0, room, size),
            LGT_E_NULL);
    REFUSED(lgt_multiclass_auroc_f32(NULL, COLS, classes, LGT_U16, none, &got, each, NULL, ROWS,
                                     COLS, 0, room, size),
            LGT_E_NULL);
    REFUSED(lgt_multiclass_auroc_f32(x, COLS, classes, LGT_U16, none, &got, each, each, ROWS, COLS,
                                     0, room, size),
            LGT_E_ALIAS);
    REFUSED(lgt_multiclass_auroc_f32(x, COLS, classes, LGT_U16, none, &got, NULL, (double *)room,
                                     ROWS, COLS, 0, room, size),
            LGT_E_ALIAS);
    REFUSED(lgt_multiclass_auroc_f32((float *)room, COLS, classes, LGT_U16, none, &got, each, NULL,
                                     ROWS, COLS, 0, room, size),
            LGT_E_ALIAS);
    const int8_t two[ROWS][COLS] = {{0, 1, 2}};
    REFUSED(lgt_multilabel_auroc_f32(x, COLS, two, COLS, LGT_I8, none, &got, each, NULL, ROWS, COLS,
                                     0, room, size),
            LGT_E_LABEL);
    REFUSED(lgt_multilabel_auroc_f32(x, COLS, flags, COLS - 1, LGT_I8, none, &got, each, NULL, ROWS,
                                     COLS, 0, room, size),
            LGT_E_STRIDE);
    watch_nothing();
    /* Nothing, and one class alone. */
    const uint16_t same[ROWS] = {1, 1, 1, 1, 1};
    CHECK_STATUS(lgt_multiclass_auroc_f32(NULL, COLS, NULL, LGT_U16, none, &got, each, NULL, 0, COLS,
                                          0, room, size),
                 LGT_UNDEFINED);
    CHECK(got.rows == 0 && got.left_out == 3 && isnan(got.ovo_macro) && isnan(each[0]));
    CHECK_STATUS(lgt_multiclass_auroc_f32(x, COLS + 1, same, LGT_U16, none, &got, NULL, each, ROWS,
                                          COLS, 0, room, size),
                 LGT_UNDEFINED);
    CHECK(got.left_out == 3 && got.precision_left_out == 2 && got.pairs_left_out == 3);
    CHECK(isnan(got.auroc_macro) && got.precision_macro == 1 && each[1] == 1 && isnan(each[0]));
    CHECK(isnan(got.auroc_micro) && isnan(got.precision_micro));
}

void test(void) {
    for (int labels = 0; labels < 2; labels++) {
        as_defined(labels, NULL);
        as_defined(labels, weights);
    }
    refused();
}
