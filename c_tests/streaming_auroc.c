/* A state that keeps every score: as lgt_delong of all rows, in any parts; full. */
#include "points.h"
#include "refused.h"

#define STREAMING(dtype, element)                                                               \
    static lgt_status update_##dtype(void *state, const labelled *d, size_t from, size_t n) {   \
        const char *labels = (const char *)d->labels.data;                                      \
        return lgt_streaming_auroc_update_##dtype(state, (const element *)d->x.data + from,     \
                                                  labels + from, d->label_type, n);             \
    }                                                                                           \
    static lgt_status delong_##dtype(const labelled *d, lgt_delong_report *report,              \
                                     void *scratch, size_t size) {                              \
        return lgt_delong_##dtype((const element *)d->x.data, d->labels.data, d->label_type,    \
                                  0.95, report, d->rows, scratch, size);                        \
    }
STREAMING(f32, float)
STREAMING(f64, double)
STREAMING(f16, lgt_f16)
STREAMING(bf16, lgt_bf16)
static lgt_status (*const updates[DTYPES])(void *, const labelled *, size_t,
                                           size_t) = {update_f32, update_f64, update_f16,
                                                      update_bf16};
static lgt_status (*const delongs[DTYPES])(const labelled *, lgt_delong_report *, void *,
                                           size_t) = {delong_f32, delong_f64, delong_f16,
                                                      delong_bf16};

static guarded fresh(uint32_t capacity, size_t *bytes) {
    CHECK_STATUS(lgt_streaming_auroc_size(capacity, bytes), LGT_OK);
    CHECK(*bytes == 40 + 8 * (size_t)capacity);
    guarded state = guard_end(*bytes);
    CHECK_STATUS(lgt_streaming_auroc_init(state.data, *bytes, capacity), LGT_OK);
    return state;
}

static void as_batch(int type, size_t n) {
    static uint64_t scratch[128];
    labelled data = points_new(type, LGT_U8, n, n + 3);
    for (size_t i = 0; i < n; i++) labelled_put_x(&data, i, 0, labelled_x(&data, i, 0) - 0.25);
    size_t bytes, cut = n / 3;
    uint32_t capacity = (uint32_t)(n ? n : 1);
    guarded state = fresh(capacity, &bytes), other = fresh(capacity, &bytes);
    CHECK_STATUS(updates[type](state.data, &data, cut, n - cut), LGT_OK);
    CHECK_STATUS(updates[type](state.data, &data, 0, cut), LGT_OK);
    for (size_t i = 0; i < n; i++) CHECK_STATUS(updates[type](other.data, &data, i, 1), LGT_OK);
    CHECK(memcmp(state.data, other.data, bytes) == 0);
    lgt_streaming_auroc_report got;
    lgt_delong_report batch;
    lgt_status status = delongs[type](&data, &batch, scratch, sizeof scratch);
    CHECK_STATUS(lgt_streaming_auroc_finish(state.data, 0.95, &got), status);
    CHECK(got.rows == n && got.capacity == capacity && got.positives == batch.positives);
    CHECK(memcmp(&got.auroc, &batch.auroc, sizeof(double)) == 0 || isnan(batch.auroc));
    CHECK(memcmp(&got.variance, &batch.variance, sizeof(double)) == 0 || isnan(batch.variance));
    if (n) {
        memcpy(other.data, state.data, bytes);
        CHECK_STATUS(updates[type](state.data, &data, 0, 1), LGT_E_SIZE);
        CHECK(memcmp(state.data, other.data, bytes) == 0);
        CHECK_STATUS(lgt_streaming_auroc_merge(state.data, other.data), LGT_E_SIZE);
        CHECK(memcmp(state.data, other.data, bytes) == 0);
        guarded large = fresh(2 * capacity, &bytes);
        CHECK_STATUS(lgt_streaming_auroc_merge(large.data, other.data), LGT_OK);
        CHECK_STATUS(lgt_streaming_auroc_merge(large.data, other.data), LGT_OK);
        CHECK_STATUS(lgt_streaming_auroc_merge(large.data, other.data), LGT_E_SIZE);
        CHECK(lgt_streaming_auroc_finish(large.data, 0.95, &got) >= 0 && got.rows == 2 * n);
        CHECK(got.auroc == batch.auroc || isnan(batch.auroc));
        guard_free(large);
    }
    guard_free(state);
    guard_free(other);
    labelled_free(data);
}

static void refused(void) {
    static uint64_t state[5 + 4];
    const float x[2] = {.5f, NAN};
    const uint8_t y[2] = {0, 1}, bad[2] = {0, 2};
    size_t bytes = 7;
    lgt_streaming_auroc_report report;
    CHECK_STATUS(lgt_streaming_auroc_size(0, &bytes), LGT_E_VALUE);
    CHECK_STATUS(lgt_streaming_auroc_size(536870907, &bytes), LGT_E_VALUE);
    CHECK_STATUS(lgt_streaming_auroc_size(4, NULL), LGT_E_NULL);
    CHECK(bytes == 7);
    watch(0, state, sizeof state);
    REFUSED(lgt_streaming_auroc_init(state, sizeof state, 5), LGT_E_SIZE);
    REFUSED(lgt_streaming_auroc_init(state, sizeof state, 0), LGT_E_VALUE);
    CHECK_STATUS(lgt_streaming_auroc_init(state, sizeof state, 4), LGT_OK);
    watch(0, state, sizeof state);
    memset(&report, 0xa5, sizeof report);
    watch(1, &report, sizeof report);
    REFUSED(lgt_streaming_auroc_update_f32(state, x, bad, LGT_U8, 2), LGT_E_LABEL);
    REFUSED(lgt_streaming_auroc_update_f32(state, NULL, y, LGT_U8, 2), LGT_E_NULL);
    REFUSED(lgt_streaming_auroc_update_f32(NULL, x, y, LGT_U8, 2), LGT_E_NULL);
    REFUSED(lgt_streaming_auroc_merge(state, state), LGT_E_ALIAS);
    REFUSED(lgt_streaming_auroc_finish(state, 1, &report), LGT_E_VALUE);
    REFUSED(lgt_streaming_auroc_finish(state, .5, NULL), LGT_E_NULL);
    watch_nothing();
    CHECK_STATUS(lgt_streaming_auroc_update_f32(state, x, y, LGT_U8, 2), LGT_OK);
    CHECK_STATUS(lgt_streaming_auroc_finish(state, .5, &report), LGT_UNDEFINED);
    CHECK(report.rows == 2 && report.nan_rows == 1 && report.negatives == 1);
    CHECK(isnan(report.auroc) && isnan(report.average_precision));
}

void test(void) {
    for (int type = 0; type < DTYPES; type++)
        for (size_t n = 0; n < 70; n++) as_batch(type, n);
    refused();
}
