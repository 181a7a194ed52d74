/* Every kind of state under one signature, for what holds of them all. */
#ifndef FAMILIES_H
#define FAMILIES_H

#include "labelled.h"

UPDATES(accuracy)
UPDATES(nll)
UPDATES(brier)
UPDATES(ece_top_label)
UPDATES(log_loss)
UPDATES(spherical)
UPDATES(rps)
UPDATES(evaluate)

enum { LARGEST_STATE = 8 * (4 + 13 * 15), LARGEST_REPORT = 128 };

typedef struct {
    uint32_t kind, param;
    const update_function *update;
    lgt_status (*merge)(void *state, const void *other);
    lgt_status (*size)(size_t *bytes);
    lgt_status (*init)(void *state, size_t size);
    lgt_status (*finish)(const void *state, void *report);
} family;

#define REPORT(name)                                                  \
    static lgt_status name##_report(const void *state, void *report) { \
        return lgt_##name##_finish(state, (lgt_##name##_report *)report); \
    }
REPORT(accuracy)
REPORT(nll)
REPORT(brier)
REPORT(ece_top_label)
REPORT(log_loss)
REPORT(spherical)
REPORT(rps)
REPORT(evaluate)

static lgt_status accuracy_3_size(size_t *bytes) {
    return lgt_accuracy_size(3, bytes);
}
static lgt_status accuracy_3_init(void *state, size_t size) {
    return lgt_accuracy_init(state, size, 3);
}
static lgt_status ece_15_size(size_t *bytes) {
    return lgt_ece_top_label_size(15, bytes);
}
static lgt_status ece_15_init(void *state, size_t size) {
    return lgt_ece_top_label_init(state, size, 15);
}

static lgt_status log_loss_eps_size(size_t *bytes) {
    return lgt_log_loss_size(1e-9, 0, bytes);
}
static lgt_status log_loss_eps_init(void *state, size_t size) {
    return lgt_log_loss_init(state, size, 1e-9, 0);
}
static lgt_status rps_sum_size(size_t *bytes) {
    return lgt_rps_size(0, bytes);
}
static lgt_status rps_sum_init(void *state, size_t size) {
    return lgt_rps_init(state, size, 0);
}

/* Of logits; four bins, three ranks. */
static lgt_evaluate_opts evaluate_4_opts(void) {
    lgt_evaluate_opts opts;
    lgt_evaluate_opts_default(&opts);
    opts.bins = 4;
    opts.ranks = 3;
    return opts;
}
static lgt_status evaluate_4_size(size_t *bytes) {
    lgt_evaluate_opts opts = evaluate_4_opts();
    return lgt_evaluate_size(&opts, bytes);
}
static lgt_status evaluate_4_init(void *state, size_t size) {
    lgt_evaluate_opts opts = evaluate_4_opts();
    return lgt_evaluate_init(state, size, &opts);
}

/* Two rows; labels and weights are nothing to it. */
#define EXTSUM(dtype, element)                                                                  \
    static lgt_status extsum_##dtype(void *state, const void *x, size_t stride,                 \
                                     const void *labels, uint32_t label_type,                   \
                                     const void *weights, size_t rows, size_t cols) {           \
        (void)labels, (void)label_type, (void)weights;                                          \
        return lgt_extsum_update_##dtype(state, (const element *)x, stride, rows, cols, NULL);  \
    }
EXTSUM(f32, float)
EXTSUM(f64, double)
EXTSUM(f16, lgt_f16)
EXTSUM(bf16, lgt_bf16)
static const update_function extsum_update[DTYPES] = {extsum_f32, extsum_f64, extsum_f16,
                                                      extsum_bf16};
static lgt_status extsum_2_size(size_t *bytes) {
    return lgt_extsum_size(2, bytes);
}
static lgt_status extsum_2_init(void *state, size_t size) {
    return lgt_extsum_init(state, size, 2);
}
static lgt_status extsum_report(const void *state, void *report) {
    return lgt_extsum_lse(state, (double *)report);
}

/* The first numbers of the rows, as many as there are rows; labels of its own. */
#define ECE_BINARY(dtype, element, weight)                                                     \
    static lgt_status ece_binary_##dtype(void *state, const void *x, size_t stride,             \
                                         const void *labels, uint32_t label_type,               \
                                         const void *weights, size_t rows, size_t cols) {       \
        static const uint8_t own[64] = {0, 1};                                                  \
        (void)stride, (void)labels, (void)label_type, (void)cols;                               \
        if (rows > sizeof own) exit(1);                                                         \
        return lgt_ece_binary_update_##dtype(state, (const element *)x, own, LGT_U8,            \
                                             (const weight *)weights, rows);                    \
    }
ECE_BINARY(f32, float, float)
ECE_BINARY(f64, double, double)
ECE_BINARY(f16, lgt_f16, float)
ECE_BINARY(bf16, lgt_bf16, float)
static const update_function ece_binary_update[DTYPES] = {ece_binary_f32, ece_binary_f64,
                                                          ece_binary_f16, ece_binary_bf16};
static lgt_status ece_binary_10_size(size_t *bytes) {
    return lgt_ece_binary_size(10, LGT_BINS_LEFT, bytes);
}
static lgt_status ece_binary_10_init(void *state, size_t size) {
    return lgt_ece_binary_init(state, size, 10, LGT_BINS_LEFT);
}
static lgt_status ece_binary_report(const void *state, void *report) {
    return lgt_ece_binary_finish(state, (lgt_reliability_report *)report);
}

UPDATES(ece_classwise)

/* Of two classes. */
static lgt_status ece_classwise_4_size(size_t *bytes) {
    return lgt_ece_classwise_size(4, 2, 0, bytes);
}
static lgt_status ece_classwise_4_init(void *state, size_t size) {
    return lgt_ece_classwise_init(state, size, 4, 2, 0);
}
REPORT(ece_classwise)

/* Those of rows with any number of labels come first. */
enum { FAMILIES = 8, STATES = 11 };
static const family families[STATES] = {
    {LGT_STATE_ACCURACY, 3, accuracy_update, lgt_accuracy_merge, accuracy_3_size, accuracy_3_init,
     accuracy_report},
    {LGT_STATE_NLL, 0, nll_update, lgt_nll_merge, lgt_nll_size, lgt_nll_init, nll_report},
    {LGT_STATE_BRIER, 0, brier_update, lgt_brier_merge, lgt_brier_size, lgt_brier_init,
     brier_report},
    {LGT_STATE_ECE_TOP_LABEL, 15, ece_top_label_update, lgt_ece_top_label_merge, ece_15_size,
     ece_15_init, ece_top_label_report},
    {LGT_STATE_LOG_LOSS, 0, log_loss_update, lgt_log_loss_merge, log_loss_eps_size,
     log_loss_eps_init, log_loss_report},
    {LGT_STATE_SPHERICAL, 0, spherical_update, lgt_spherical_merge, lgt_spherical_size,
     lgt_spherical_init, spherical_report},
    {LGT_STATE_RPS, 0, rps_update, lgt_rps_merge, rps_sum_size, rps_sum_init, rps_report},
    {LGT_STATE_EVALUATE, 4, evaluate_update, lgt_evaluate_merge, evaluate_4_size, evaluate_4_init,
     evaluate_report},
    {LGT_STATE_EXTSUM, 2, extsum_update, lgt_extsum_merge, extsum_2_size, extsum_2_init,
     extsum_report},
    {LGT_STATE_ECE_BINARY, 10, ece_binary_update, lgt_ece_binary_merge, ece_binary_10_size,
     ece_binary_10_init, ece_binary_report},
    {LGT_STATE_ECE_CLASSWISE, 4, ece_classwise_update, lgt_ece_classwise_merge,
     ece_classwise_4_size, ece_classwise_4_init, ece_classwise_report},
};

#endif
