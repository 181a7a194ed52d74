/* Mean negative log-likelihood and its standard error, from the definition. */
#include "labelled.h"

UPDATES(nll)

static void score(const labelled *data, lgt_nll_report *report, int status) {
    size_t bytes;
    CHECK_STATUS(lgt_nll_size(&bytes), LGT_OK);
    guarded state = guard_end(bytes);
    CHECK_STATUS(lgt_nll_init(state.data, bytes), LGT_OK);
    labelled_laws(nll_update[data->type], data, state.data, bytes);
    CHECK_STATUS(lgt_nll_finish(state.data, report), status);
    guard_free(state);
}

/* What the header promises of one row, and so of a mean. */
static double bound(int type) {
    return type == F64 ? 1e-14 : 3e-7;
}

/* ln sum exp(x - x_label), the label's own term as an exact 1. */
static long double row_loss(const labelled *data, size_t row) {
    size_t label = labelled_label(data, row), top = 0;
    for (size_t c = 0; c < data->cols; c++)
        if (labelled_x(data, row, c) > labelled_x(data, row, top)) top = c;
    long double max = labelled_x(data, row, top), rest = 0;
    for (size_t c = 0; c < data->cols; c++)
        if (c != top) rest += expl(labelled_x(data, row, c) - max);
    return (max - labelled_x(data, row, label)) + log1pl(rest);
}

static void as_defined(const labelled *data) {
    long double weight = 0, sum = 0, squares = 0;
    uint64_t rows = 0;
    for (size_t r = 0; r < data->rows; r++) {
        double w = labelled_weight(data, r);
        rows += w > 0;
        weight += w;
        sum += w * row_loss(data, r);
    }
    long double mean = sum / weight;
    for (size_t r = 0; r < data->rows; r++)
        squares += labelled_weight(data, r) * powl(row_loss(data, r) - mean, 2);
    lgt_nll_report report;
    score(data, &report, weight > 0 ? LGT_OK : LGT_UNDEFINED);
    CHECK(report.rows == rows && report.nan_rows == 0 && report.infinite_rows == 0);
    CHECK(report.weight == (double)weight);
    if (weight == 0) {
        CHECK(isnan(report.nll) && isnan(report.std_error));
        return;
    }
    CHECK(fabsl(report.nll - mean) <= bound(data->type) * mean);
    if (weight > 1) {
        long double error = sqrtl(squares / (weight - 1) / weight);
        /* Losses move it by as much as they move; and a variance that is a
         * difference of rounded squares is not quite 0 where it should be. */
        long double slack = 2 * bound(data->type) + sqrtl(4e-16L / (weight - 1));
        CHECK(fabsl(report.std_error - error) <= slack * (mean + error));
    } else {
        CHECK(isnan(report.std_error));
    }
}

/* One row; what it costs at each label. */
static void row_costs(int type, size_t cols, const double *x, size_t label, double cost) {
    labelled data = labelled_new(type, LGT_I16, 1, cols, cols, 1);
    for (size_t c = 0; c < cols; c++) labelled_put_x(&data, 0, c, x[c]);
    labelled_put_label(&data, 0, (int64_t)label);
    lgt_nll_report report;
    score(&data, &report, isnan(cost) ? LGT_UNDEFINED : LGT_OK);
    CHECK(report.rows == 1);
    CHECK(report.nan_rows == (uint64_t)isnan(cost));
    CHECK(report.infinite_rows == (uint64_t)isinf(cost));
    CHECK(isnan(cost)   ? isnan(report.nll)
          : isinf(cost) ? report.nll == cost
                        : fabs(report.nll - cost) <= bound(type) * cost);
    labelled_free(data);
}

static void by_hand(void) {
    const double inf = INFINITY;
    for (int type = 0; type < DTYPES; type++) {
        const double one[] = {-7}, sure[] = {0, -40}, far[] = {1000, 0}, gone[] = {0, -inf};
        const double two[] = {inf, 1, inf}, none[] = {-inf, -inf}, bad[] = {1, NAN};
        const double big[] = {6e4, -6e4};
        row_costs(type, 1, one, 0, 0);
        row_costs(type, 2, sure, 0, log1p(exp(-40)));
        row_costs(type, 2, sure, 1, 40);
        row_costs(type, 2, far, 1, 1000);
        row_costs(type, 2, gone, 0, 0);
        row_costs(type, 2, gone, 1, inf);
        row_costs(type, 3, two, 2, log(2));
        row_costs(type, 3, two, 1, inf);
        row_costs(type, 2, none, 0, NAN);
        row_costs(type, 2, bad, 0, NAN);
        row_costs(type, 2, big, 0, 0);
    }
}

/* Losses ln 2 and ln 4: their mean and its error are simple. */
static void standard_error(void) {
    labelled data = labelled_new(F64, LGT_U64, 2, 2, 2, 1);
    labelled_put_x(&data, 1, 1, log(3));
    lgt_nll_report report;
    score(&data, &report, LGT_OK);
    CHECK(fabs(report.nll - 1.5 * log(2)) < 1e-15);
    CHECK(fabs(report.std_error - 0.5 * log(2)) < 1e-15);
    /* Weights are repetitions. */
    labelled_put_weight(&data, 0, 2);
    labelled_put_weight(&data, 1, 2);
    score(&data, &report, LGT_OK);
    CHECK(fabs(report.std_error - 0.5 * log(2) / sqrt(3)) < 1e-15);
    labelled_free(data);
}

/* A NaN or an infinite row is told apart from the rest, wherever it stands. */
static void among_others(void) {
    for (size_t at = 0; at < 40; at++) {
        labelled data = labelled_new(F32, LGT_I8, 3, 40, 41, 1);
        labelled_put_x(&data, 1, at, -INFINITY);
        labelled_put_label(&data, 1, (int64_t)at);
        lgt_nll_report report;
        score(&data, &report, LGT_OK);
        CHECK(report.infinite_rows == 1 && report.nll == INFINITY && isnan(report.std_error));
        labelled_put_x(&data, 2, at, NAN);
        score(&data, &report, LGT_UNDEFINED);
        CHECK(report.infinite_rows == 1 && report.nan_rows == 1 && isnan(report.nll));
        labelled_put_weight(&data, 1, 0);
        labelled_put_weight(&data, 2, 0);
        score(&data, &report, LGT_OK);
        CHECK(report.rows == 1 && fabs(report.nll - log(40)) < 1e-6);
        labelled_free(data);
    }
}

void test(void) {
    labelled_each(0, as_defined);
    by_hand();
    standard_error();
    among_others();
}
