/* Negative log-likelihood against its definition. */
#include "batch.h"

UPDATE(nll)

static void against_definition(int type) {
    batch b = batch_make(type, 0);
    uint64_t state[77];
    size_t size = 0;
    CHECK_STATUS(lgt_nll_size(&size), LGT_OK);
    CHECK(size == sizeof state);
    CHECK_STATUS(lgt_nll_init(state, sizeof state), LGT_OK);
    lgt_nll_report report;
    CHECK_STATUS(lgt_nll_finish(state, &report), LGT_UNDEFINED);
    CHECK(isnan(report.nll));
    batch_laws(&b, nll_add, state, sizeof state);
    double weight = 0, sum = 0, squares = 0;
    for (size_t r = 0; r < ROWS; r++) {
        double all = 0, w = batch_weight(&b, r);
        for (size_t c = 0; c < COLS; c++) all += exp(batch_at(&b, r, c));
        double loss = log(all) - batch_at(&b, r, (size_t)batch_label(&b, r));
        weight += w;
        sum += w * loss;
        squares += w * loss * loss;
    }
    double mean = sum / weight;
    double error = sqrt((squares / weight - mean * mean) / (weight - 1));
    double bound = type == F64 ? 1e-13 : 3e-7;
    CHECK_STATUS(lgt_nll_finish(state, &report), LGT_OK);
    CHECK(report.weight == weight && report.nan_rows == 0 && report.infinite_rows == 0);
    CHECK(fabs(report.nll - mean) <= bound * mean);
    CHECK(fabs(report.std_error - error) <= 10 * bound * error);
    batch_free(b);
}

static double loss_of(const double *x, size_t cols, uint32_t label, lgt_nll_report *report) {
    uint64_t state[77];
    CHECK_STATUS(lgt_nll_init(state, sizeof state), LGT_OK);
    CHECK_STATUS(lgt_nll_update_f64(state, x, cols, &label, LGT_U32, NULL, 1, cols), LGT_OK);
    (void)lgt_nll_finish(state, report);
    return report->nll;
}

/* A sure row costs what it should, a lost one is infinite, one class is free. */
static void corners(void) {
    lgt_nll_report report;
    double sure[2] = {40, 0}, lost[2] = {0, -INFINITY}, both[3] = {INFINITY, INFINITY, 0},
           none[2] = {0, NAN}, far[2] = {-1e300, 1e300}, empty[2] = {-INFINITY, -INFINITY};
    double loss = loss_of(sure, 2, 0, &report);
    CHECK(fabs(loss - log1p(exp(-40))) <= 1e-14 * loss);
    CHECK(loss_of(lost, 2, 1, &report) == INFINITY && report.infinite_rows == 1);
    CHECK(loss_of(lost, 2, 0, &report) == 0);
    CHECK(fabs(loss_of(both, 3, 1, &report) - log(2)) < 1e-15);
    CHECK(loss_of(both, 3, 2, &report) == INFINITY);
    CHECK(isnan(loss_of(none, 2, 0, &report)) && report.nan_rows == 1);
    CHECK(isnan(loss_of(empty, 2, 0, &report)) && report.nan_rows == 1);
    CHECK(loss_of(far, 2, 0, &report) == 2e300);
    CHECK(loss_of(sure, 1, 0, &report) == 0);
}

void test(void) {
    for (int type = 0; type < DTYPES; type++) against_definition(type);
    corners();
}
