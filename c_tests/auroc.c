/* The area under the ROC curve against all pairs. */
#include "ranked.h"

/* A row more of scratch where there are weights. */
static lgt_status size_of(size_t n, size_t *bytes) {
    return lgt_auroc_scratch(n, 4, 0, bytes);
}
static lgt_status whole(const void *x, const void *labels, uint32_t label_type,
                        const void *weights, void *report, size_t n, void *scratch, size_t size) {
    return lgt_auroc_f32((const float *)x, labels, label_type, (const float *)weights,
                         (lgt_auroc_report *)report, n, 1, scratch, size + (weights ? 8 : 0));
}

static lgt_status call(const labelled *data, lgt_auroc_report *report, void *scratch, size_t size) {
    size_t n = data->rows;
    switch (data->type) {
    case 0: return lgt_auroc_f32(POINTS(data, float, float), report, n, 0.5, scratch, size);
    case 1: return lgt_auroc_f64(POINTS(data, double, double), report, n, 0.5, scratch, size);
    case 2: return lgt_auroc_f16(POINTS(data, lgt_f16, float), report, n, 0.5, scratch, size);
    default: return lgt_auroc_bf16(POINTS(data, lgt_bf16, float), report, n, 0.5, scratch, size);
    }
}

static void as_defined(const labelled *data) {
    size_t bytes;
    lgt_auroc_report got;
    guarded scratch = ranked_scratch(lgt_auroc_scratch, data, &bytes);
    lgt_status status = call(data, &got, scratch.data, bytes);
    guard_free(scratch);
    long double won = 0, tied = 0;
    for (size_t i = 0; i < data->rows; i++) {
        for (size_t j = 0; j < data->rows; j++) {
            if (labelled_label(data, i) != 1 || labelled_label(data, j) != 0) continue;
            double p = labelled_x(data, i, 0), q = labelled_x(data, j, 0);
            long double w = (long double)labelled_weight(data, i) * labelled_weight(data, j);
            if (p > q) won += w;
            if (p == q) tied += w;
        }
    }
    long double all = ranked_above(data, 1, -INFINITY) * ranked_above(data, 0, -INFINITY);
    CHECK_STATUS(status, all > 0 ? LGT_OK : LGT_UNDEFINED);
    CHECK(got.positive_weight == (double)ranked_above(data, 1, -INFINITY));
    CHECK(got.negative_weight == (double)ranked_above(data, 0, -INFINITY));
    if (all > 0) {
        CHECK(fabsl(got.auroc - (won + tied / 2) / all) <= 1e-14L);
        CHECK(fabsl(got.tied - tied / all) <= 1e-14L);
        CHECK(got.partial <= got.auroc + 1e-15 && got.partial <= 0.5 + 1e-15);
    } else {
        CHECK(isnan(got.auroc) && isnan(got.tied) && isnan(got.partial) && isnan(got.standardized));
    }
}

void test(void) {
    ranked_each(as_defined);
    ranked_size_refused(lgt_auroc_scratch);
    batch_refused(whole, size_of);
    const float x[4] = {1, 2, 3, 4};
    const uint8_t y[4] = {0, 1, 0, 1};
    uint64_t scratch[2];
    lgt_auroc_report report;
    const double bad[4] = {0, -1, 1.5, NAN};
    for (int i = 0; i < 4; i++)
        CHECK_STATUS(lgt_auroc_f32(x, y, LGT_U8, NULL, &report, 4, bad[i], scratch, 16),
                     LGT_E_VALUE);
}
