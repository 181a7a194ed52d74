/* Ranked probability score against its definition. */
#include "labelled.h"

UPDATES(rps)

static void score(const labelled *data, uint32_t flags, lgt_rps_report *report, int status) {
    size_t bytes;
    CHECK_STATUS(lgt_rps_size(flags, &bytes), LGT_OK);
    guarded state = guard_end(bytes);
    CHECK_STATUS(lgt_rps_init(state.data, bytes, flags), LGT_OK);
    labelled_laws(rps_update[data->type], data, state.data, bytes);
    CHECK_STATUS(lgt_rps_finish(state.data, report), status);
    guard_free(state);
}

static long double row_score(const labelled *data, size_t row) {
    long double below = 0, sum = 0;
    for (size_t c = 0; c + 1 < data->cols; c++) {
        below += labelled_x(data, row, c);
        long double off = below - (labelled_label(data, row) <= c);
        sum += off * off;
    }
    return sum;
}

static void as_defined(const labelled *data) {
    long double weight = 0, sum = 0;
    for (size_t r = 0; r < data->rows; r++) {
        weight += labelled_weight(data, r);
        sum += labelled_weight(data, r) * row_score(data, r);
    }
    for (uint32_t flags = 0; flags <= LGT_RPS_NORMALIZE; flags++) {
        long double mean = sum / weight / (flags && data->cols > 1 ? data->cols - 1 : 1);
        lgt_rps_report report;
        score(data, flags, &report, weight > 0 ? LGT_OK : LGT_UNDEFINED);
        CHECK(report.nan_rows == 0 && report.weight == (double)weight);
        CHECK(weight > 0 ? fabsl(report.rps - mean) <= 1e-15L * data->cols : isnan(report.rps));
    }
}

/* Worse the further off; a NaN, also in the class that does not count, is one. */
static void ends(void) {
    for (int type = 0; type < DTYPES; type++) {
        labelled data = labelled_new(type, LGT_I64, 1, 9, 9, 1);
        labelled_put_x(&data, 0, 0, 1);
        lgt_rps_report report;
        for (int64_t label = 0; label < 9; label++) {
            labelled_put_label(&data, 0, label);
            score(&data, 0, &report, LGT_OK);
            CHECK(report.rps == (double)label);
            score(&data, LGT_RPS_NORMALIZE, &report, LGT_OK);
            CHECK(report.rps == (double)label / 8);
        }
        for (size_t at = 0; at < 9; at++) {
            labelled_put_x(&data, 0, at, NAN);
            score(&data, 0, &report, LGT_UNDEFINED);
            CHECK(report.rows == 1 && report.nan_rows == 1 && isnan(report.rps));
            labelled_put_x(&data, 0, at, 0);
        }
        labelled_free(data);
    }
    size_t bytes = 7;
    uint64_t room[80] = {5};
    CHECK_STATUS(lgt_rps_size(2, &bytes), LGT_E_VALUE);
    CHECK_STATUS(lgt_rps_init(room, sizeof room, UINT32_MAX), LGT_E_VALUE);
    CHECK(bytes == 7 && room[0] == 5);
}

void test(void) {
    labelled_each(1, as_defined);
    ends();
}
