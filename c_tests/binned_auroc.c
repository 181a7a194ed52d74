/* AUROC in bounded memory: bounds hold, and what is refused. */
#include "points.h"
#include "refused.h"

#define BINNED(dtype, element)                                                              \
    static lgt_status update_##dtype(void *state, const labelled *d, const double *edges,   \
                                     size_t count) {                                        \
        return lgt_binned_auroc_update_##dtype(state, (const element *)d->x.data,           \
                                               d->labels.data, d->label_type, edges,        \
                                               d->rows, count);                             \
    }
BINNED(f32, float)
BINNED(f64, double)
BINNED(f16, lgt_f16)
BINNED(bf16, lgt_bf16)
static lgt_status (*const updates[DTYPES])(void *, const labelled *, const double *,
                                           size_t) = {update_f32, update_f64, update_f16,
                                                      update_bf16};

static const double edges[3] = {0.125, 0.5, 0.75};

static void as_defined(const labelled *data) {
    double pairs = 0, u = 0;
    for (size_t i = 0; i < data->rows; i++)
        for (size_t j = 0; j < data->rows; j++) {
            if (labelled_label(data, i) != 1 || labelled_label(data, j) != 0) continue;
            double a = labelled_x(data, i, 0), b = labelled_x(data, j, 0);
            pairs++;
            u += a == b ? 0.5 : a > b;
        }
    for (uint32_t map = 0; map < 3; map++) {
        const double *cuts = map == LGT_BINNED_AUROC_EDGES ? edges : NULL;
        size_t bytes, count = cuts ? 3 : 0;
        CHECK_STATUS(lgt_binned_auroc_size(8, &bytes), LGT_OK);
        CHECK(bytes == 48 + 48 * 256);
        guarded state = guard_end(bytes);
        CHECK_STATUS(lgt_binned_auroc_init(state.data, bytes, 8, map, cuts, count), LGT_OK);
        CHECK_STATUS(updates[data->type](state.data, data, cuts, count), LGT_OK);
        lgt_binned_auroc_report got;
        CHECK_STATUS(lgt_binned_auroc_finish(state.data, &got),
                     pairs > 0 ? LGT_OK : LGT_UNDEFINED);
        CHECK(got.rows == data->rows && got.nan_rows == 0);
        CHECK((double)got.positives * (double)got.negatives == pairs);
        if (pairs > 0) {
            CHECK(got.auroc_low <= u / pairs && u / pairs <= got.auroc_high);
            if (got.auroc_half_width == 0) CHECK(got.auroc == u / pairs);
            double low = 7, high = 7;
            CHECK_STATUS(lgt_binned_auroc_fpr_at_tpr(state.data, .9, &low, &high), LGT_OK);
            CHECK(0 <= low && low <= high && high <= 1);
            CHECK_STATUS(lgt_binned_auroc_fpr_at_tpr(state.data, NAN, &low, &high), LGT_E_VALUE);
        } else {
            CHECK(isnan(got.auroc) && isnan(got.auroc_low) && isnan(got.auroc_high));
        }
        guard_free(state);
    }
}

static void refused(void) {
    static uint64_t state[6 + 6 * 256], other[6 + 6 * 256];
    const float x[2] = {.5f, NAN};
    const uint8_t y[2] = {0, 1}, bad[2] = {0, 2};
    const double down[2] = {1, 0};
    size_t bytes = 7;
    lgt_binned_auroc_report report;
    CHECK_STATUS(lgt_binned_auroc_size(7, &bytes), LGT_E_VALUE);
    CHECK_STATUS(lgt_binned_auroc_size(8, NULL), LGT_E_NULL);
    watch(0, state, 4096);
    REFUSED(lgt_binned_auroc_init(state, sizeof state, 8, 3, NULL, 0), LGT_E_VALUE);
    REFUSED(lgt_binned_auroc_init(state, sizeof state, 8, 1, edges, 3), LGT_E_VALUE);
    REFUSED(lgt_binned_auroc_init(state, sizeof state, 8, 2, down, 2), LGT_E_VALUE);
    REFUSED(lgt_binned_auroc_init(state, sizeof state, 8, 2, NULL, 2), LGT_E_NULL);
    REFUSED(lgt_binned_auroc_init(state, sizeof state - 8, 8, 1, NULL, 0), LGT_E_SIZE);
    REFUSED(lgt_binned_auroc_init((char *)state + 4, sizeof state - 4, 8, 1, NULL, 0),
            LGT_E_SIZE);
    CHECK_STATUS(lgt_binned_auroc_init(NULL, sizeof state, 8, 1, NULL, 0), LGT_E_NULL);
    CHECK_STATUS(lgt_binned_auroc_init(state, sizeof state, 8, 2, edges, 3), LGT_OK);
    CHECK_STATUS(lgt_binned_auroc_init(other, sizeof other, 8, 1, NULL, 0), LGT_OK);
    watch(0, state, 4096);
    REFUSED(lgt_binned_auroc_update_f32(state, x, y, LGT_U8, NULL, 1, 0), LGT_E_MISMATCH);
    REFUSED(lgt_binned_auroc_update_f32(state, x, y, LGT_U8, edges, 1, 2), LGT_E_MISMATCH);
    REFUSED(lgt_binned_auroc_update_f32(state, x, bad, LGT_U8, edges, 2, 3), LGT_E_LABEL);
    REFUSED(lgt_binned_auroc_update_f32(state, NULL, y, LGT_U8, edges, 2, 3), LGT_E_NULL);
    REFUSED(lgt_binned_auroc_merge(state, other), LGT_E_MISMATCH);
    REFUSED(lgt_binned_auroc_merge(state, state), LGT_E_ALIAS);
    double rate = 7, *over = (double *)(void *)state;
    REFUSED(lgt_binned_auroc_fpr_at_tpr(state, .9, over, &rate), LGT_E_ALIAS);
    REFUSED(lgt_binned_auroc_fpr_at_tpr(state, .9, &rate, over), LGT_E_ALIAS);
    CHECK(rate == 7);
    watch_nothing();
    CHECK_STATUS(lgt_binned_auroc_update_f32(state, x, y, LGT_U8, edges, 2, 3), LGT_OK);
    CHECK_STATUS(lgt_binned_auroc_finish(state, &report), LGT_UNDEFINED);
    CHECK(report.nan_rows == 1 && report.negatives == 1 && isnan(report.auroc));
}

void test(void) {
    points_each(as_defined);
    refused();
}
