/* Two classes in one pass, against the definitions. */
#include "labelled.h"

enum { BINS = 7 };

typedef lgt_status (*binary_update)(void *state, const void *x, size_t stride, const void *labels,
                                    uint32_t label_type, const void *weights, size_t rows);

#define BINARY(dtype, element, weight)                                                        \
    static lgt_status update_##dtype(void *state, const void *x, size_t stride,               \
                                     const void *labels, uint32_t label_type,                 \
                                     const void *weights, size_t rows) {                      \
        return lgt_binary_update_##dtype(state, (const element *)x, stride, labels,           \
                                         label_type, (const weight *)weights, rows);          \
    }
BINARY(f32, float, float)
BINARY(f64, double, double)
BINARY(f16, lgt_f16, float)
BINARY(bf16, lgt_bf16, float)
static const binary_update updates[DTYPES] = {update_f32, update_f64, update_f16, update_bf16};

static guarded fresh(size_t *bytes, uint32_t bins, double eps, uint32_t input) {
    CHECK_STATUS(lgt_binary_size(bins, eps, input, bytes), LGT_OK);
    guarded state = guard_end(*bytes);
    CHECK_STATUS(lgt_binary_init(state.data, *bytes, bins, eps, input), LGT_OK);
    return state;
}

/* The column of scores, with its labels and weights, between guard pages. */
static lgt_status add(const labelled *data, guarded state, int weighted) {
    return updates[data->type](state.data, data->x.data, data->stride, data->labels.data,
                               data->label_type, weighted ? data->weights.data : NULL,
                               data->rows);
}

static void as_defined(int type, size_t rows, size_t stride, int logits, int weighted) {
    uint32_t label_type = LGT_I8 + (uint32_t)(rows % 8);
    labelled data = labelled_new(type, label_type, rows, 1, stride, (int)(rows % 2));
    uint64_t seed = rows;
    long double weight = 0, positives = 0, loss = 0, brier = 0, mean = 0, told = 0;
    size_t bytes;
    for (size_t r = 0; r < rows; r++) {
        double x = noise(&seed), y = noise(&seed) < x;
        labelled_put_x(&data, r, 0, logits ? x : 1 / (1 + exp(-x)));
        labelled_put_label(&data, r, (int64_t)y);
        if (weighted) labelled_put_weight(&data, r, 0.25 * (double)(r % 5));
        long double score = labelled_x(&data, r, 0), w = labelled_weight(&data, r);
        long double p = logits ? 1 / (1 + expl(-score)) : score;
        weight += w;
        positives += w * y;
        mean += w * p;
        told += w * (score > (logits ? 0 : 0.5L));
        brier += w * (p - y) * (p - y);
        loss -= w * (y > 0 ? logl(p) : log1pl(-p));
    }
    guarded state = fresh(&bytes, BINS, 0, logits ? LGT_BINARY_LOGITS : LGT_BINARY_PROBABILITIES);
    CHECK_STATUS(add(&data, state, weighted), LGT_OK);
    lgt_binary_report report;
    CHECK_STATUS(lgt_binary_finish(state.data, &report), weight > 0 ? LGT_OK : LGT_UNDEFINED);
    CHECK(report.weight == (double)weight && report.positives == (double)positives);
    CHECK(report.true_positives + report.false_positives == (double)told);
    if (weight > 0) {
        CHECK(fabsl(report.log_loss - loss / weight) <= 4e-15L * (loss / weight));
        CHECK(fabsl(report.brier - brier / weight) <= 4e-15L * (brier / weight));
        CHECK(fabsl(report.mean_probability - mean / weight) <= 4e-15L);
    }
    lgt_reliability_bin bins[BINS];
    uint64_t in_bins = 0;
    CHECK_STATUS(lgt_binary_get_bins(state.data, bins, BINS - 1), LGT_E_SIZE);
    CHECK_STATUS(lgt_binary_get_bins(state.data, bins, BINS), LGT_OK);
    for (int b = 0; b < BINS; b++) in_bins += bins[b].rows;
    CHECK(in_bins == report.rows);
    guard_free(state);
    labelled_free(data);
}

/* A label that is neither 0 nor 1, anywhere, of any type. */
static void bad_labels(void) {
    for (uint32_t label_type = LGT_I8; label_type <= LGT_U64; label_type++) {
        for (size_t at = 0; at < 37; at++) {
            size_t bytes;
            labelled data = labelled_new(F32, label_type, 37, 1, 1, 1);
            guarded state = fresh(&bytes, BINS, 0, LGT_BINARY_PROBABILITIES);
            guarded before = guard_end(bytes);
            memcpy(before.data, state.data, bytes);
            labelled_put_label(&data, at, at % 2 ? -1 : 2);
            CHECK_STATUS(add(&data, state, 0), LGT_E_LABEL);
            labelled_put_label(&data, at, 1);
            labelled_put_weight(&data, at, at % 2 ? -1 : (double)NAN);
            CHECK_STATUS(add(&data, state, 1), LGT_E_VALUE);
            CHECK(memcmp(before.data, state.data, bytes) == 0);
            CHECK_STATUS(add(&data, state, 0), LGT_OK);
            CHECK_STATUS(lgt_binary_merge(state.data, before.data), LGT_OK);
            guard_free(before);
            guard_free(state);
            labelled_free(data);
        }
    }
}

void test(void) {
    for (int type = 0; type < DTYPES; type++)
        for (size_t rows = 0; rows < 40; rows++)
            for (int mode = 0; mode < 4; mode++)
                as_defined(type, rows, 1 + rows % 3, mode % 2, mode / 2);
    as_defined(F32, 5000, 1, 0, 0);
    as_defined(F64, 5000, 2, 1, 0);
    bad_labels();
}
