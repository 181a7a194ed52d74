/* Replicates: each against the metric's own update with the drawn weights; shards
 * and orders; intervals of numbers; refusals. */
#include "labelled.h"

UPDATES(accuracy)
UPDATES(nll)
UPDATES(brier)
UPDATES(ece_top_label)

enum { REPLICATES = 6, MOST_ROWS = 200, MOST = 8 * (4 + 13 * 9) };

static const struct {
    uint32_t kind, param;
    const update_function *update;
} metrics[] = {
    {LGT_STATE_ACCURACY, 2, accuracy_update},
    {LGT_STATE_NLL, 0, nll_update},
    {LGT_STATE_BRIER, 0, brier_update},
    {LGT_STATE_ECE_TOP_LABEL, 9, ece_top_label_update},
};
enum { METRICS = sizeof metrics / sizeof *metrics };

/* Rows from .. to - 1, numbered from `first` on. */
static lgt_status add(void *state, const labelled *data, uint64_t first, size_t from, size_t to) {
    size_t rows = to - from, stride = data->stride, weight = dtype_size(computed_type(data->type));
    const char *x = (const char *)data->x.data + from * stride * dtype_size(data->type);
    const char *w = (const char *)data->weights.data + from * weight;
    static const size_t widths[] = {0, 1, 2, 4, 8, 1, 2, 4, 8};
    const char *y = (const char *)data->labels.data + from * widths[data->label_type];
    uint64_t row = first + from;
    switch (data->type) {
    case F32:
        return lgt_bootstrap_update_f32(state, (const float *)x, stride, y, data->label_type,
                                        (const float *)w, row, rows, data->cols);
    case F64:
        return lgt_bootstrap_update_f64(state, (const double *)x, stride, y, data->label_type,
                                        (const double *)w, row, rows, data->cols);
    case F16:
        return lgt_bootstrap_update_f16(state, (const lgt_f16 *)x, stride, y, data->label_type,
                                        (const float *)w, row, rows, data->cols);
    default:
        return lgt_bootstrap_update_bf16(state, (const lgt_bf16 *)x, stride, y, data->label_type,
                                         (const float *)w, row, rows, data->cols);
    }
}

static size_t metric_init(int m, void *state, size_t room) {
    size_t bytes = 0;
    switch (metrics[m].kind) {
    case LGT_STATE_ACCURACY:
        CHECK_STATUS(lgt_accuracy_init(state, room, metrics[m].param), LGT_OK);
        break;
    case LGT_STATE_NLL: CHECK_STATUS(lgt_nll_init(state, room), LGT_OK); break;
    case LGT_STATE_BRIER: CHECK_STATUS(lgt_brier_init(state, room), LGT_OK); break;
    default: CHECK_STATUS(lgt_ece_top_label_init(state, room, metrics[m].param), LGT_OK);
    }
    CHECK_STATUS(lgt_state_size(state, room, &bytes), LGT_OK);
    return bytes;
}

/* A state up against a guard page; to be freed. */
static guarded started(int m, size_t *bytes) {
    CHECK_STATUS(lgt_bootstrap_size(metrics[m].kind, metrics[m].param, REPLICATES, bytes), LGT_OK);
    guarded state = guard_end(*bytes);
    CHECK_STATUS(lgt_bootstrap_init(state.data, *bytes, metrics[m].kind, metrics[m].param,
                                    REPLICATES, 99),
                 LGT_OK);
    return state;
}

static void as_drawn(const labelled *data, int m) {
    size_t bytes, rows = data->rows;
    uint64_t first = 17, expected[MOST / 8], got[MOST / 8];
    guarded state = started(m, &bytes);
    CHECK_STATUS(add(state.data, data, first, 0, rows), LGT_OK);
    size_t size = metric_init(m, expected, sizeof expected);
    CHECK_STATUS(labelled_update(metrics[m].update[data->type], expected, data), LGT_OK);
    CHECK_STATUS(lgt_bootstrap_get_original(state.data, got, size), LGT_OK);
    CHECK(memcmp(got, expected, size) == 0);
    for (uint32_t b = 0; b < REPLICATES; b++) {
        double draws[MOST_ROWS], before[MOST_ROWS];
        if (rows > MOST_ROWS) exit(1);
        CHECK_STATUS(lgt_bootstrap_weights_f64(99, b, first, draws, rows), LGT_OK);
        for (size_t r = 0; r < rows; r++) {
            before[r] = labelled_weight(data, r);
            labelled_put_weight(data, r, before[r] * draws[r]);
        }
        metric_init(m, expected, sizeof expected);
        CHECK_STATUS(labelled_update(metrics[m].update[data->type], expected, data), LGT_OK);
        for (size_t r = 0; r < rows; r++) labelled_put_weight(data, r, before[r]);
        CHECK_STATUS(lgt_bootstrap_get_replicate(state.data, b, got, size), LGT_OK);
        CHECK(memcmp(got, expected, size) == 0);
    }
    guard_free(state);
}

static void shards(const labelled *data, int m) {
    size_t bytes, rows = data->rows, cut = rows / 3;
    guarded whole = started(m, &bytes), a = started(m, &bytes), b = started(m, &bytes);
    CHECK_STATUS(add(whole.data, data, 0, 0, rows), LGT_OK);
    CHECK_STATUS(add(a.data, data, 0, cut, rows), LGT_OK);
    CHECK_STATUS(add(b.data, data, 0, 0, cut), LGT_OK);
    CHECK_STATUS(lgt_bootstrap_merge(a.data, b.data), LGT_OK);
    CHECK(memcmp(a.data, whole.data, bytes) == 0);
    CHECK_STATUS(lgt_state_reset(a.data, bytes), LGT_OK);
    CHECK_STATUS(lgt_state_merge(a.data, bytes, whole.data, bytes), LGT_OK);
    CHECK(memcmp(a.data, whole.data, bytes) == 0);
    guard_free(whole);
    guard_free(a);
    guard_free(b);
}

static void all(const labelled *data) {
    for (int m = 0; m < METRICS; m++) {
        as_drawn(data, m);
        shards(data, m);
    }
}

/* An order statistic is itself; between two of them in proportion. */
static void quantiles(void) {
    double values[101], low, high;
    for (int i = 0; i < 101; i++) values[i] = (i * 37 % 101 - 50) * 0.125;
    CHECK_STATUS(lgt_interval_percentile(values, 101, 0.5, &low, &high), LGT_OK);
    CHECK(low == -25 * 0.125 && high == 25 * 0.125);
    CHECK_STATUS(lgt_interval_percentile(values, 101, 0.75, &low, &high), LGT_OK);
    CHECK(low == -37.5 * 0.125 && high == 37.5 * 0.125);
    values[7] = NAN;
    CHECK_STATUS(lgt_interval_percentile(values, 101, 0.5, &low, &high), LGT_OK);
    CHECK(low < high);
    values[0] = -INFINITY, values[1] = INFINITY;
    CHECK_STATUS(lgt_interval_percentile(values, 3, 0.999, &low, &high), LGT_OK);
    CHECK(low == -INFINITY && high == INFINITY);
    CHECK_STATUS(lgt_interval_percentile(values + 2, 1, 0.999, &low, &high), LGT_OK);
    CHECK(low == values[2] && high == values[2]);
    CHECK_STATUS(lgt_interval_percentile(values + 7, 1, 0.5, &low, &high), LGT_UNDEFINED);
    CHECK(isnan(low) && isnan(high));
    CHECK_STATUS(lgt_interval_percentile(NULL, 0, 0.5, &low, &high), LGT_UNDEFINED);
    CHECK(isnan(low) && isnan(high));
}

/* Without bias and skewness it is the percentile interval. */
static void bca(void) {
    double values[999], jackknife[21], low, high, plain_low, plain_high;
    for (int i = 0; i < 999; i++) values[i] = (i - 499) * 0.01;
    for (int i = 0; i < 21; i++) jackknife[i] = (i - 10) * 0.001;
    CHECK_STATUS(lgt_interval_bca(values, 999, 0, jackknife, 21, 0.9, &low, &high), LGT_OK);
    CHECK_STATUS(lgt_interval_percentile(values, 999, 0.9, &plain_low, &plain_high), LGT_OK);
    CHECK(fabs(low - plain_low) < 1e-12 && fabs(high - plain_high) < 1e-12);
    /* More replicates above the statistic move both ends up. */
    CHECK_STATUS(lgt_interval_bca(values, 999, 1, jackknife, 21, 0.9, &low, &high), LGT_OK);
    CHECK(low > plain_low && high > plain_high);
    const double undefined[] = {-6, 6, NAN};
    for (int i = 0; i < 3; i++) {
        CHECK_STATUS(lgt_interval_bca(values, 999, undefined[i], jackknife, 21, 0.9, &low, &high),
                     LGT_UNDEFINED);
        CHECK(isnan(low) && isnan(high));
    }
    for (int i = 0; i < 21; i++) jackknife[i] = 3;
    CHECK_STATUS(lgt_interval_bca(values, 999, 0, jackknife, 21, 0.9, &low, &high), LGT_UNDEFINED);
    CHECK_STATUS(lgt_interval_bca(values, 999, 0, NULL, 0, 0.9, &low, &high), LGT_UNDEFINED);
    jackknife[3] = NAN;
    CHECK_STATUS(lgt_interval_bca(values, 999, 0, jackknife, 21, 0.9, &low, &high), LGT_UNDEFINED);
}

static void refused(void) {
    double values[3] = {1, 2, 3}, low = 7, high = 8;
    const double levels[] = {0, 1, -1, 2, NAN};
    for (int i = 0; i < 5; i++) {
        CHECK_STATUS(lgt_interval_percentile(values, 3, levels[i], &low, &high), LGT_E_VALUE);
        CHECK_STATUS(lgt_interval_bca(values, 3, 2, values, 3, levels[i], &low, &high),
                     LGT_E_VALUE);
    }
    CHECK_STATUS(lgt_interval_percentile(NULL, 3, 0.5, &low, &high), LGT_E_NULL);
    CHECK_STATUS(lgt_interval_percentile(values, 3, 0.5, NULL, &high), LGT_E_NULL);
    CHECK_STATUS(lgt_interval_percentile(values, 3, 0.5, &low, NULL), LGT_E_NULL);
    CHECK_STATUS(lgt_interval_percentile(values, SIZE_MAX / 4, 0.5, &low, &high), LGT_E_SIZE);
    CHECK_STATUS(lgt_interval_bca(NULL, 3, 2, values, 3, 0.5, &low, &high), LGT_E_NULL);
    CHECK_STATUS(lgt_interval_bca(values, 3, 2, NULL, 3, 0.5, &low, &high), LGT_E_NULL);
    CHECK_STATUS(lgt_interval_bca(values, 3, 2, values, 3, 0.5, NULL, &high), LGT_E_NULL);
    CHECK_STATUS(lgt_interval_bca(values, 3, 2, values, 3, 0.5, &low, NULL), LGT_E_NULL);
    CHECK(low == 7 && high == 8);
}

void test(void) {
    labelled_each(1, all);
    quantiles();
    bca();
    refused();
}
