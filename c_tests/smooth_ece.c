/* Smooth calibration error: what is known without computing it, and the law that it
 * is its own bandwidth. */
#include "batch.h"

BATCH(smooth_ece)

/* Between the least and what no smoothing can exceed, the mean magnitude. */
static void in_bounds(const labelled *data) {
    if (data->rows > 20 && data->rows % 10) return;
    lgt_smooth_ece_report got;
    long double weight = 0, most = 0, sum = 0;
    for (size_t r = 0; r < data->rows; r++) {
        long double w = labelled_weight(data, r);
        long double off = labelled_x(data, r, 0) - (long double)labelled_label(data, r);
        weight += w;
        most += w * fabsl(off);
        sum += w * off;
    }
    int some = weight > 0;
    CHECK_STATUS(batch_call(smooth_ece_of[data->type], lgt_smooth_ece_scratch, data, &got),
                 some ? LGT_OK : LGT_UNDEFINED);
    CHECK(got.weight == (double)weight);
    if (some) {
        CHECK(got.ece <= most / weight + 1e-6L && got.ece >= fabsl(sum) / weight - 1e-6L);
        CHECK(got.ece == got.bandwidth || (got.bandwidth == 1.0 / 1024 && got.ece < got.bandwidth));
    } else {
        CHECK(isnan(got.ece) && isnan(got.bandwidth));
    }
}

/* Residuals of one sign: no bandwidth changes their mean. */
static void one_sign(void) {
    labelled data = labelled_new(F64, LGT_U8, 5, 1, 1, 1);
    lgt_smooth_ece_report got;
    double sum = 0;
    for (size_t r = 0; r < 5; r++) {
        labelled_put_x(&data, r, 0, 0.125 * (double)r + 0.0625);
        sum += 0.125 * (double)r + 0.0625;
    }
    CHECK_STATUS(batch_call(smooth_ece_f64, lgt_smooth_ece_scratch, &data, &got), LGT_OK);
    CHECK(fabs(got.ece - sum / 5) < 1e-9);
    labelled_free(data);
}

void test(void) {
    size_t few, many;
    points_each(in_bounds);
    one_sign();
    batch_refused(smooth_ece_f32, lgt_smooth_ece_scratch);
    CHECK_STATUS(lgt_smooth_ece_scratch(0, &few), LGT_OK);
    CHECK_STATUS(lgt_smooth_ece_scratch(SIZE_MAX, &many), LGT_OK);
    CHECK(few == many && few < 256 << 10);
}
