/* Bytes as they might come from anywhere: whatever passes lgt_state_check can be
 * used, whatever does not is refused, and nothing outside is touched.
 *
 * A target for libFuzzer; c_tests/state.c feeds it damaged states without. */
#include "fuzz.h"

#include <math.h>

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

/* Sums over rows of three columns, at whatever point they are taken. */
static void use_loss(void *state, uint32_t kind, const lgt_state_head *head) {
    const float x[3][3] = {{.25f, .5f, .25f}, {-INFINITY, 1e30f, -1e9f}, {NAN, 0, 1}};
    const uint8_t y[3] = {1, 0, 1};
    const lgt_status none = LGT_E_STATE;
    static uint64_t scratch[1 << 10];
    lgt_temperature_loss_report of_temperatures[4];
    lgt_matrix_loss_report of_matrix;
    lgt_ca_loss_report of_ca;
    size_t temperatures = head->param % 256, parameters = 12; /* Of matrices of three classes. */
    int is = kind == LGT_STATE_TEMPERATURE_LOSS;
    MUST((lgt_temperature_loss_update_f32(state, x[0], 3, y, LGT_U8, NULL, 3, 3) >= 0) == is);
    MUST((lgt_temperature_loss_finish(state, of_temperatures, is ? temperatures : 1) >= 0) == is);
    is = kind == LGT_STATE_CA_LOSS;
    MUST((lgt_ca_loss_update_f32(state, x[0], 3, y, LGT_U8, NULL, NULL, 0, 3, 3) >= 0) == is);
    MUST((lgt_ca_loss_finish(state, &of_ca) >= 0) == is);
    is = kind == LGT_STATE_LOGISTIC_LOSS;
    lgt_status status = lgt_logistic_loss_update_f32(state, x[0], 1, y, LGT_U8, NULL, 3);
    MUST(is ? status == LGT_OK || status == LGT_E_VALUE : status == none);
    is = kind == LGT_STATE_MATRIX_LOSS;
    double slopes[12], curvatures[12];
    status = lgt_matrix_loss_update_f32(state, x[0], 3, y, LGT_U8, NULL, 3, 3, scratch, sizeof scratch);
    MUST(is ? head->param == 3 ? status == LGT_OK : status == LGT_E_SHAPE || status == LGT_E_SCRATCH
            : status == none);
    MUST((lgt_matrix_loss_finish(state, &of_matrix) >= 0) == is);
    while (parameters && lgt_matrix_loss_get(state, slopes, curvatures, parameters) != LGT_OK) parameters--;
    MUST(is || parameters == 0);
}

/* Sets of three classes, which may not be as many as are counted. */
static void use_coverage(void *state, int is_one, uint32_t classes) {
    const uint64_t sets[2] = {5, 7};
    const uint8_t y[2] = {1, 2};
    lgt_coverage_report report;
    lgt_coverage_group groups[4];
    lgt_status status = lgt_coverage_update(state, sets, 1, y, LGT_U8, NULL, 2, 3);
    MUST(status == (!is_one ? LGT_E_STATE : classes == 3 ? LGT_OK : LGT_E_SHAPE));
    MUST((lgt_coverage_finish(state, &report, 0.1, NULL, 0) >= 0) == is_one);
    status = lgt_coverage_get_classes(state, groups, 3);
    MUST(is_one ? status >= 0 || status == LGT_E_SIZE : status == LGT_E_STATE);
    status = lgt_coverage_get_sizes(state, groups, 4);
    MUST(is_one ? status >= 0 || status == LGT_E_SIZE : status == LGT_E_STATE);
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
    use_loss(state, kind, &head);
    use_coverage(state, kind == LGT_STATE_COVERAGE, head.param);
    lgt_status bins = lgt_ece_top_label_get_bins(state, &bin, 1);
    MUST(kind == LGT_STATE_ECE_TOP_LABEL ? bins == LGT_OK || bins == LGT_E_SIZE : bins == none);
}

/* Whether each bit counts, as it does not in numbers, or in tables that are filled up. */
static int has_no_slack(uint32_t kind) {
    switch (kind) {
    case LGT_STATE_ACCURACY:
    case LGT_STATE_NLL:
    case LGT_STATE_BRIER:
    case LGT_STATE_ECE_TOP_LABEL:
    case LGT_STATE_EXTSUM:
    case LGT_STATE_LOG_LOSS:
    case LGT_STATE_SPHERICAL:
    case LGT_STATE_RPS:
    case LGT_STATE_TEMPERATURE_LOSS:
    case LGT_STATE_CA_LOSS:
    case LGT_STATE_COVERAGE: return 1;
    default: return 0;
    }
}

static void as_state(const uint8_t *data, size_t size) {
    guarded state = fuzz_copy(data, size), other = fuzz_copy(data, size);
    uint32_t kind = 0;
    size_t bytes = 0;
    lgt_status check = lgt_state_check(state.data, size);
    MUST(lgt_state_kind(state.data, size, &kind) == check);
    MUST(lgt_state_size(state.data, size, &bytes) == check);
    if (check == LGT_OK) {
        MUST(bytes <= size && kind != 0);
        use(state.data, kind);
        lgt_status merged = lgt_state_merge(state.data, size, other.data, size);
        int is_full = merged == LGT_E_SIZE && kind == LGT_STATE_STREAMING_AUROC;
        MUST(merged == LGT_OK || is_full);
        MUST(lgt_state_reset(state.data, size) == LGT_OK);
        /* Where the point was lost that it had, it is another state. */
        lgt_status again = lgt_state_merge(state.data, size, other.data, size);
        MUST(again == LGT_OK || (again == LGT_E_MISMATCH && kind == LGT_STATE_MATRIX_LOSS));
    } else {
        MUST(check == LGT_E_STATE && kind == 0 && bytes == 0);
        MUST(lgt_state_merge(state.data, size, other.data, size) == LGT_E_STATE);
        MUST(lgt_state_reset(state.data, size) == LGT_E_STATE);
    }
    /* A fresh state has taken over what the other has seen, to the bit. */
    if (check != LGT_OK || has_no_slack(kind))
        MUST(size == 0 || memcmp(state.data, data, size) == 0);
    MUST(size == 0 || memcmp(other.data, data, size) == 0);
    guard_free(state);
    guard_free(other);
}

int fuzz_state(const uint8_t *data, size_t size) {
    as_state(data, size);
    return 0;
}
