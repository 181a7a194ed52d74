/* Bytes as they might come from anywhere: whatever passes lgt_state_check can be
 * used, whatever does not is refused, and nothing outside is touched.
 *
 * A target for libFuzzer; c_tests/state.c feeds it damaged states without. */
#include "state.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "guarded.h"
#include "logitude/logitude.h"

#define MUST(condition) \
    do {                \
        if (!(condition)) abort(); \
    } while (0)

/* The bytes, 8-byte aligned and right before a guard page if they are whole
 * words, as every state is. */
static guarded copy(const uint8_t *data, size_t size) {
    guarded g = guard_end((size + 7) / 8 * 8);
    if (size) memcpy(g.data, data, size);
    return g;
}

/* Sums of up to two rows, whatever they are. */
static void use_sums(void *state, size_t rows) {
    const float x[2][3] = {{.25f, .5f, -INFINITY}, {NAN, 1e30f, -1e9f}};
    const double wide[2][3] = {{-1e9, 1e15, 1e308}, {-1e308, 0, 5}};
    float y[2][3];
    double wide_y[2][3], lse[2];
    MUST(lgt_extsum_lse(state, lse) >= 0);
    MUST(lgt_extsum_scale_f32(state, x[0], 3, y[0], 3, rows, 3, NULL) >= 0);
    MUST(lgt_extsum_scale_f64(state, wide[0], 3, wide_y[0], 3, rows, 3, NULL) >= 0);
    MUST(lgt_extsum_update_f64(state, wide[0], 3, rows, 3, NULL) == LGT_OK);
    MUST(lgt_extsum_update_f32(state, x[0], 3, rows, 3, NULL) == LGT_OK);
}

/* Rows of three columns, which may not be those that are counted. */
static void use_evaluation(void *state, int is_one) {
    const float x[3][3] = {{.25f, .5f, .25f}, {-INFINITY, 1e30f, -1e9f}, {NAN, 0, 1}};
    const uint8_t y[3] = {1, 0, 2};
    lgt_evaluate_report report;
    lgt_evaluate_class class_;
    lgt_reliability_bin bin;
    double accuracy;
    lgt_status status = lgt_evaluate_update_f32(state, x[0], 3, y, LGT_U8, NULL, 3, 3);
    MUST(is_one ? status == LGT_OK || status == LGT_E_SHAPE : status == LGT_E_STATE);
    MUST((lgt_evaluate_finish(state, &report) >= 0) == is_one);
    MUST((lgt_evaluate_get_accuracy(state, 1, &accuracy) >= 0) == is_one);
    status = lgt_evaluate_get_bins(state, &bin, 1);
    MUST(is_one ? status == LGT_OK || status == LGT_E_SIZE : status == LGT_E_STATE);
    status = lgt_evaluate_get_classes(state, &class_, 1);
    MUST(is_one ? status == LGT_OK || status == LGT_E_SIZE : status == LGT_E_STATE);
}

/* Rows whose columns are seen in parts, up to two of them. */
static void use_rows(void *state, size_t rows) {
    const float x[2][3] = {{.25f, .5f, -INFINITY}, {NAN, 1e30f, -1e9f}};
    const double scores[2] = {.5, 1e30};
    const uint8_t y[2] = {1, 1};
    uint64_t whole[512];
    lgt_evaluate_report report;
    MUST(lgt_evaluate_init(whole, sizeof whole, NULL) == LGT_OK);
    MUST(lgt_evaluate_rows_add_to(state, whole, scores, y, LGT_U8, NULL) == LGT_OK);
    MUST(lgt_evaluate_rows_update_f32(state, x[0], 3, 0, scores, y, LGT_U8, rows, 3) == LGT_OK);
    MUST(lgt_evaluate_rows_add_to(state, whole, scores, y, LGT_U8, NULL) == LGT_OK);
    MUST(lgt_evaluate_finish(whole, &report) >= 0);
}

/* Uses a checked state in every way its family has; the others refuse it. */
static void use(void *state, uint32_t kind) {
    const float x[2][3] = {{.25f, .5f, .25f}, {.75f, .25f, 0}};
    const uint8_t y[2] = {1, 2};
    lgt_accuracy_report accuracy;
    lgt_nll_report nll;
    lgt_brier_report brier;
    lgt_ece_top_label_report ece;
    lgt_reliability_bin bin;
    lgt_log_loss_report log_loss;
    lgt_spherical_report spherical;
    lgt_rps_report rps;
    lgt_status own = LGT_OK, none = LGT_E_STATE;
    lgt_state_head head;
    memcpy(&head, state, sizeof head);
    if (kind == LGT_STATE_EXTSUM && head.param <= 2)
        use_sums(state, head.param);
    else
        MUST(lgt_extsum_update_f32(state, x[0], 3, 0, 3, NULL) ==
             (kind == LGT_STATE_EXTSUM ? LGT_E_SHAPE : none));
    if (kind == LGT_STATE_EVALUATE_ROWS && head.param <= 2)
        use_rows(state, head.param);
    else
        MUST(lgt_evaluate_rows_update_f32(state, x[0], 3, 0, NULL, y, LGT_U8, 0, 3) ==
             (kind == LGT_STATE_EVALUATE_ROWS ? LGT_E_SHAPE : none));
    MUST(lgt_accuracy_update_f32(state, x[0], 3, y, LGT_U8, NULL, 2, 3) ==
         (kind == LGT_STATE_ACCURACY ? own : none));
    MUST(lgt_nll_update_f32(state, x[0], 3, y, LGT_U8, NULL, 2, 3) ==
         (kind == LGT_STATE_NLL ? own : none));
    MUST(lgt_brier_update_f32(state, x[0], 3, y, LGT_U8, NULL, 2, 3) ==
         (kind == LGT_STATE_BRIER ? own : none));
    MUST(lgt_ece_top_label_update_f32(state, x[0], 3, y, LGT_U8, NULL, 2, 3) ==
         (kind == LGT_STATE_ECE_TOP_LABEL ? own : none));
    MUST((lgt_accuracy_finish(state, &accuracy) >= 0) == (kind == LGT_STATE_ACCURACY));
    MUST((lgt_nll_finish(state, &nll) >= 0) == (kind == LGT_STATE_NLL));
    MUST((lgt_brier_finish(state, &brier) >= 0) == (kind == LGT_STATE_BRIER));
    MUST((lgt_ece_top_label_finish(state, &ece) >= 0) == (kind == LGT_STATE_ECE_TOP_LABEL));
    MUST(lgt_log_loss_update_f32(state, x[0], 3, y, LGT_U8, NULL, 2, 3) ==
         (kind == LGT_STATE_LOG_LOSS ? own : none));
    MUST(lgt_spherical_update_f32(state, x[0], 3, y, LGT_U8, NULL, 2, 3) ==
         (kind == LGT_STATE_SPHERICAL ? own : none));
    MUST(lgt_rps_update_f32(state, x[0], 3, y, LGT_U8, NULL, 2, 3) ==
         (kind == LGT_STATE_RPS ? own : none));
    MUST((lgt_log_loss_finish(state, &log_loss) >= 0) == (kind == LGT_STATE_LOG_LOSS));
    MUST((lgt_spherical_finish(state, &spherical) >= 0) == (kind == LGT_STATE_SPHERICAL));
    MUST((lgt_rps_finish(state, &rps) >= 0) == (kind == LGT_STATE_RPS));
    use_evaluation(state, kind == LGT_STATE_EVALUATE);
    lgt_status bins = lgt_ece_top_label_get_bins(state, &bin, 1);
    MUST(kind == LGT_STATE_ECE_TOP_LABEL ? bins == LGT_OK || bins == LGT_E_SIZE : bins == none);
}

static void as_state(const uint8_t *data, size_t size) {
    guarded state = copy(data, size), other = copy(data, size);
    uint32_t kind = 0;
    size_t bytes = 0;
    lgt_status check = lgt_state_check(state.data, size);
    MUST(lgt_state_kind(state.data, size, &kind) == check);
    MUST(lgt_state_size(state.data, size, &bytes) == check);
    if (check == LGT_OK) {
        MUST(bytes <= size && kind != 0);
        use(state.data, kind);
        MUST(lgt_state_merge(state.data, size, other.data, size) == LGT_OK);
        MUST(lgt_state_reset(state.data, size) == LGT_OK);
        /* A fresh state takes over what the other has seen, to the bit. */
        MUST(lgt_state_merge(state.data, size, other.data, size) == LGT_OK);
    } else {
        MUST(check == LGT_E_STATE && kind == 0 && bytes == 0);
        MUST(lgt_state_merge(state.data, size, other.data, size) == LGT_E_STATE);
        MUST(lgt_state_reset(state.data, size) == LGT_E_STATE);
    }
    MUST(size == 0 || memcmp(state.data, data, size) == 0);
    MUST(size == 0 || memcmp(other.data, data, size) == 0);
    guard_free(state);
    guard_free(other);
}

static void as_model(const uint8_t *data, size_t size) {
    guarded model = copy(data, size);
    const float x[2] = {1, 2};
    float y[2] = {7, 7};
    lgt_status status = lgt_temperature_apply_f32((const lgt_temperature_model *)model.data, x, 2,
                                                  y, 2, 1, 2);
    MUST(status == LGT_OK || status == LGT_E_STATE);
    if (status == LGT_OK)
        MUST(y[0] >= 0 && y[0] <= 0.5f && y[1] >= 0.5f && y[1] <= 1);
    else
        MUST(y[0] == 7 && y[1] == 7);
    MUST(memcmp(model.data, data, size) == 0);
    guard_free(model);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    as_state(data, size);
    if (size == sizeof(lgt_temperature_model)) as_model(data, size);
    return 0;
}
