/* Maximum mean calibration error against the double sum of its definition. */
#include "batch.h"

BATCH(mmce)

static void as_defined(const labelled *data) {
    lgt_mmce_report got;
    long double of_class[2] = {0, 0}, squares[2] = {0, 0};
    for (size_t r = 0; r < data->rows; r++)
        of_class[labelled_label(data, r)] += labelled_weight(data, r);
    long double weight = of_class[0] + of_class[1];
    for (size_t i = 0; i < data->rows; i++) {
        for (size_t j = 0; j < data->rows; j++) {
            size_t a = labelled_label(data, i), b = labelled_label(data, j);
            long double p = labelled_x(data, i, 0), q = labelled_x(data, j, 0);
            long double wi = labelled_weight(data, i), wj = labelled_weight(data, j);
            if (wi == 0 || wj == 0) continue;
            long double term = wi * wj * (p - a) * (q - b) * expl(-fabsl(p - q) / 0.4L);
            squares[0] += term / (weight * weight);
            squares[1] += term / (of_class[a] * of_class[b]);
        }
    }
    int some = weight > 0;
    CHECK_STATUS(batch_call(mmce_of[data->type], lgt_mmce_scratch, data, &got),
                 some ? LGT_OK : LGT_UNDEFINED);
    CHECK(got.weight == (double)weight);
    CHECK(some ? fabsl(got.mmce * got.mmce - squares[0]) <= 1e-14L : isnan(got.mmce));
    CHECK(some ? fabsl(got.mmce_weighted * got.mmce_weighted - squares[1]) <= 1e-14L
               : isnan(got.mmce_weighted));
}

void test(void) {
    points_each(as_defined);
    batch_refused(mmce_f32, lgt_mmce_scratch);
}
