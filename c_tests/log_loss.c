/* Log loss of probabilities against its definition. */
#include "labelled.h"

UPDATES(log_loss)

static void score(const labelled *data, double eps, uint32_t flags, lgt_log_loss_report *report,
                  int status) {
    size_t bytes;
    CHECK_STATUS(lgt_log_loss_size(eps, flags, &bytes), LGT_OK);
    guarded state = guard_end(bytes);
    CHECK_STATUS(lgt_log_loss_init(state.data, bytes, eps, flags), LGT_OK);
    labelled_laws(log_loss_update[data->type], data, state.data, bytes);
    CHECK_STATUS(lgt_log_loss_finish(state.data, report), status);
    guard_free(state);
}

/* The label's probability. */
static long double share(const labelled *data, size_t row, uint32_t flags) {
    long double sum = 0;
    for (size_t c = 0; c < data->cols; c++) sum += labelled_x(data, row, c);
    long double p = labelled_x(data, row, labelled_label(data, row));
    return flags == LGT_LOG_LOSS_RENORMALIZE ? p / sum : p;
}

static void with(const labelled *data, double eps, uint32_t flags) {
    long double weight = 0, sum = 0, most = 1 - eps;
    uint64_t rows = 0, clipped = 0, infinite = 0;
    for (size_t r = 0; r < data->rows; r++) {
        long double w = labelled_weight(data, r), p = share(data, r, flags);
        if (w == 0) continue;
        long double held = p < eps ? eps : p > most ? most : p;
        rows++;
        weight += w;
        clipped += held != p;
        infinite += held == 0;
        sum += held == 0 ? 0 : -w * logl(held);
    }
    lgt_log_loss_report report;
    score(data, eps, flags, &report, weight > 0 ? LGT_OK : LGT_UNDEFINED);
    CHECK(report.rows == rows && report.nan_rows == 0 && report.weight == (double)weight);
    CHECK(report.infinite_rows == infinite);
    CHECK(flags || report.clipped_rows == clipped);
    if (weight == 0)
        CHECK(isnan(report.log_loss));
    else if (infinite)
        CHECK(isinf(report.log_loss) && report.log_loss > 0);
    else
        CHECK(fabsl(report.log_loss - sum / weight) <=
              (flags ? 1e-12L : 6e-16L * (sum / weight)) + 1e-19L);
}

static void as_defined(const labelled *data) {
    with(data, 0, 0);
    with(data, 1e-15, 0);
    with(data, 0.125, 0);
    with(data, 1e-9, LGT_LOG_LOSS_RENORMALIZE);
}

/* What f32 would clip at 1.2e-7 is not clipped here. */
static void confident_mistakes(void) {
    labelled data = labelled_new(F32, LGT_I8, 1, 2, 2, 1);
    labelled_put_x(&data, 0, 0, 1e-30);
    labelled_put_x(&data, 0, 1, 1);
    lgt_log_loss_report report;
    score(&data, 2.3e-16, 0, &report, LGT_OK);
    CHECK(fabs(report.log_loss + log(2.3e-16)) < 1e-14 && report.clipped_rows == 1);
    score(&data, 0, 0, &report, LGT_OK);
    CHECK(fabs(report.log_loss - 30 * log(10)) < 1e-5 && report.clipped_rows == 0);
    labelled_put_x(&data, 0, 0, 0);
    score(&data, 0, 0, &report, LGT_OK);
    CHECK(isinf(report.log_loss) && report.infinite_rows == 1 && report.clipped_rows == 0);
    labelled_free(data);
}

/* A NaN anywhere, or no probability at the label. */
static void no_probabilities(void) {
    for (int type = 0; type < DTYPES; type++) {
        for (size_t at = 0; at < 35; at++) {
            const double values[] = {NAN, -0.5, 1.5};
            labelled data = labelled_new(type, LGT_U16, 2, 35, 35, 1);
            for (size_t r = 0; r < 2; r++) labelled_put_x(&data, r, 17, 1);
            labelled_put_label(&data, 0, 17);
            labelled_put_label(&data, 1, 17);
            labelled_put_x(&data, 0, at % 3 ? 17 : at, values[at % 3]);
            lgt_log_loss_report report;
            score(&data, 0, 0, &report, LGT_UNDEFINED);
            CHECK(report.rows == 2 && report.nan_rows == 1 && isnan(report.log_loss));
            labelled_put_weight(&data, 0, 0);
            score(&data, 0, 0, &report, LGT_OK);
            CHECK(report.rows == 1 && report.nan_rows == 0 && report.log_loss == 0);
            labelled_free(data);
        }
    }
}

static void parameters(void) {
    const double bad[] = {-1e-300, -1, 0.5, 1, INFINITY, NAN};
    uint64_t room[79], kept[79];
    size_t bytes = 7;
    memset(room, 0xa5, sizeof room);
    memcpy(kept, room, sizeof room);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CHECK_STATUS(lgt_log_loss_size(bad[i], 0, &bytes), LGT_E_VALUE);
        CHECK_STATUS(lgt_log_loss_init(room, sizeof room, bad[i], 0), LGT_E_VALUE);
    }
    CHECK_STATUS(lgt_log_loss_size(0, 2, &bytes), LGT_E_VALUE);
    CHECK_STATUS(lgt_log_loss_init(room, sizeof room, 0, 2), LGT_E_VALUE);
    CHECK(bytes == 7 && memcmp(room, kept, sizeof room) == 0);
    /* Both zeros are one parameter. */
    CHECK_STATUS(lgt_log_loss_init(room, sizeof room, -0.0, 0), LGT_OK);
    CHECK_STATUS(lgt_log_loss_init(kept, sizeof kept, 0, 0), LGT_OK);
    CHECK_STATUS(lgt_log_loss_merge(room, kept), LGT_OK);
    CHECK_STATUS(lgt_log_loss_init(kept, sizeof kept, 1e-9, 0), LGT_OK);
    CHECK_STATUS(lgt_log_loss_merge(room, kept), LGT_E_MISMATCH);
}

void test(void) {
    labelled_each(1, as_defined);
    confident_mistakes();
    no_probabilities();
    parameters();
}
