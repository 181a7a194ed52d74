/* Average precision against its definition. */
#include "ranked.h"

BATCH(average_precision)

static lgt_status size_of(size_t n, size_t *bytes) {
    return lgt_average_precision_scratch(n, 4, 0, bytes);
}
/* A row more of scratch where there are weights. */
static lgt_status whole(const void *x, const void *labels, uint32_t label_type,
                        const void *weights, void *report, size_t n, void *scratch, size_t size) {
    return average_precision_f32(x, labels, label_type, weights, report, n, scratch,
                                 size + (weights ? 8 : 0));
}

static void as_defined(const labelled *data) {
    size_t bytes;
    lgt_average_precision_report got;
    guarded scratch = ranked_scratch(lgt_average_precision_scratch, data, &bytes);
    lgt_status status = average_precision_of[data->type](
        data->x.data, data->labels.data, data->label_type, data->weights.data, &got, data->rows,
        scratch.data, bytes);
    guard_free(scratch);
    long double sum = 0, positive = ranked_above(data, 1, -INFINITY);
    for (size_t r = 0; r < data->rows; r++) {
        double at = labelled_x(data, r, 0), w = labelled_weight(data, r);
        if (labelled_label(data, r) != 1 || w == 0) continue;
        sum += w * ranked_above(data, 1, at) / (ranked_above(data, 1, at) + ranked_above(data, 0, at));
    }
    CHECK_STATUS(status, positive > 0 ? LGT_OK : LGT_UNDEFINED);
    if (positive > 0)
        CHECK(fabsl(got.average_precision - sum / positive) <= 2e-14L);
    else
        CHECK(isnan(got.average_precision) && isnan(got.prevalence));
}


void test(void) {
    ranked_each(as_defined);
    ranked_size_refused(lgt_average_precision_scratch);
    batch_refused(whole, size_of);
}
