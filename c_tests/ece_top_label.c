/* Calibration error of the top label against its definition. */
#include "batch.h"

UPDATE(ece_top_label)

enum { MOST = 20 };

static void against_definition(int type, uint32_t bins) {
    batch b = batch_make(type, 1);
    uint64_t state[4 + 13 * MOST];
    size_t size = 0;
    CHECK_STATUS(lgt_ece_top_label_size(bins, &size), LGT_OK);
    CHECK(size == 8 * (4 + 13 * (size_t)bins));
    CHECK_STATUS(lgt_ece_top_label_init(state, sizeof state, bins), LGT_OK);
    lgt_ece_top_label_report report;
    CHECK_STATUS(lgt_ece_top_label_finish(state, &report), LGT_UNDEFINED);
    CHECK(isnan(report.ece) && isnan(report.mce));
    batch_laws(&b, ece_top_label_add, state, size);
    double weight[MOST] = {0}, confidence[MOST] = {0}, hits[MOST] = {0}, total = 0;
    uint64_t rows[MOST] = {0};
    for (size_t r = 0; r < ROWS; r++) {
        size_t top = 0, bin = 0;
        double w = batch_weight(&b, r);
        for (size_t c = 1; c < COLS; c++)
            if (batch_at(&b, r, c) > batch_at(&b, r, top)) top = c;
        double p = batch_at(&b, r, top);
        for (uint32_t k = 1; k < bins; k++) {
            double edge = (double)k / bins;
            bin += p > (type == F64 ? edge : (double)(float)edge);
        }
        rows[bin] += w > 0;
        weight[bin] += w;
        confidence[bin] += w * p;
        hits[bin] += top == (size_t)batch_label(&b, r) ? w : 0;
        total += w;
    }
    double ece = 0, mce = 0;
    lgt_ece_top_label_bin got[MOST];
    CHECK_STATUS(lgt_ece_top_label_get_bins(state, got, MOST), LGT_OK);
    for (uint32_t k = 0; k < bins; k++) {
        double gap = fabs(hits[k] - confidence[k]);
        ece += gap / total;
        if (weight[k] > 0) mce = fmax(mce, gap / weight[k]);
        CHECK(got[k].rows == rows[k] && got[k].weight == weight[k]);
        CHECK(weight[k] > 0 ? fabs(got[k].accuracy - hits[k] / weight[k]) < 1e-14
                            : isnan(got[k].accuracy) && isnan(got[k].confidence));
        CHECK(got[k].low == (double)k / bins && got[k].high == (double)(k + 1) / bins);
    }
    CHECK_STATUS(lgt_ece_top_label_finish(state, &report), LGT_OK);
    CHECK(fabs(report.ece - ece) < 1e-14 && fabs(report.mce - mce) < 1e-14);
    batch_free(b);
}

/* The worked example: confidences and hits of six rows in five bins. */
static void worked_example(void) {
    const double confidence[6] = {.95, .9, .85, .6, .55, .3};
    const int hit[6] = {1, 1, 0, 1, 0, 0};
    double p[6][4] = {{0}};
    int8_t labels[6];
    for (int r = 0; r < 6; r++) {
        for (int c = 0; c < 4; c++) p[r][c] = c ? (1 - confidence[r]) / 3 : confidence[r];
        labels[r] = hit[r] ? 0 : 2;
    }
    uint64_t state[4 + 13 * 5];
    lgt_ece_top_label_report report;
    CHECK_STATUS(lgt_ece_top_label_init(state, sizeof state, 5), LGT_OK);
    CHECK_STATUS(lgt_ece_top_label_update_f64(state, p[0], 4, labels, LGT_I8, NULL, 6, 4), LGT_OK);
    CHECK_STATUS(lgt_ece_top_label_finish(state, &report), LGT_OK);
    CHECK(fabs(report.ece - 0.1916666667) < 1e-9 && fabs(report.mce - 0.3) < 1e-12);
    CHECK(fabs(report.confidence - report.accuracy - 0.1916666667) < 1e-9);
}

/* 0.6f stands on the edge 3/5, 0 in the first bin, 1 in the last. */
static void edges(void) {
    float p[4][2] = {{0.6f, 0.4f}, {1, 0}, {0, 0}, {0.2f, 0.1f}};
    uint16_t y[4] = {0, 0, 0, 0};
    uint64_t state[4 + 13 * 5];
    lgt_ece_top_label_bin bins[5];
    CHECK_STATUS(lgt_ece_top_label_init(state, sizeof state, 5), LGT_OK);
    CHECK_STATUS(lgt_ece_top_label_update_f32(state, p[0], 2, y, LGT_U16, NULL, 4, 2), LGT_OK);
    CHECK_STATUS(lgt_ece_top_label_get_bins(state, bins, 4), LGT_E_SIZE);
    CHECK_STATUS(lgt_ece_top_label_get_bins(state, bins, 5), LGT_OK);
    CHECK(bins[0].rows == 2 && bins[1].rows == 0 && bins[2].rows == 1 && bins[4].rows == 1);
}

void test(void) {
    for (int type = 0; type < DTYPES; type++)
        for (uint32_t bins = 1; bins <= MOST; bins += 2) against_definition(type, bins);
    worked_example();
    edges();
}
