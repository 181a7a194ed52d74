/* Kolmogorov and Smirnov's calibration error against its definition. */
#include "batch.h"

BATCH(ks_calibration)

static long double up_to(const labelled *data, double p) {
    long double sum = 0;
    for (size_t r = 0; r < data->rows; r++) {
        double x = labelled_x(data, r, 0), w = labelled_weight(data, r);
        if (x <= p) sum += w * ((long double)x - (long double)labelled_label(data, r));
    }
    return sum;
}

static void as_defined(const labelled *data) {
    lgt_ks_calibration_report got;
    long double most = 0, least = 0, weight = 0;
    for (size_t r = 0; r < data->rows; r++) {
        long double sum = labelled_weight(data, r) > 0 ? up_to(data, labelled_x(data, r, 0)) : 0;
        most = fmaxl(most, sum);
        least = fminl(least, sum);
        weight += labelled_weight(data, r);
    }
    int some = weight > 0;
    CHECK_STATUS(batch_call(ks_calibration_of[data->type], lgt_ks_calibration_scratch, data, &got),
                 some ? LGT_OK : LGT_UNDEFINED);
    CHECK(got.weight == (double)weight);
    if (some) {
        CHECK(fabsl(got.ks - fmaxl(most, -least) / weight) <= 1e-15L);
        CHECK(fabsl(got.kuiper - (most - least) / weight) <= 1e-15L);
        CHECK(fabsl(fabsl(up_to(data, got.at)) / weight - got.ks) <= 2e-15L);
    } else {
        CHECK(isnan(got.ks) && isnan(got.kuiper) && isnan(got.at));
    }
}

void test(void) {
    size_t bytes;
    points_each(as_defined);
    batch_refused(ks_calibration_f32, lgt_ks_calibration_scratch);
    CHECK_STATUS(lgt_ks_calibration_scratch(5, &bytes), LGT_OK);
    CHECK(bytes == 120);
    CHECK_STATUS(lgt_ks_calibration_scratch(SIZE_MAX, &bytes), LGT_E_SIZE);
    CHECK(bytes == 120);
}
