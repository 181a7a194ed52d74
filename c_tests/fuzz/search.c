/* Bytes as where a fit stands: whatever has the head of a search asks, takes answers
 * and writes a model, and nothing outside is touched.
 *
 * A target for libFuzzer; c_tests/state.c feeds it damaged searches without. */
#include "fuzz.h"

enum { ROWS = 4, COLS = 3, STEPS = 6 };

static const float x[ROWS][COLS] = {{.25f, .5f, .75f}, {3, 1, -2}, {0, 0, 8}, {-4, 2, 1}};
static const uint8_t labels[ROWS] = {1, 0, 1, 0};

/* How a step may end. */
static int stepped(lgt_status status) {
    return status == LGT_OK || status == LGT_E_MISMATCH || status == LGT_E_VALUE;
}

/* How a fit may have ended, and bytes that say that it ended otherwise. */
static int ended(lgt_status status) {
    return status >= 0 || status == LGT_E_STATE;
}

static void temperature(void *data) {
    lgt_temperature_search *search = (lgt_temperature_search *)data;
    lgt_temperature_model model;
    float y[ROWS * COLS];
    uint64_t state[1024];
    for (int i = 0; i < STEPS; i++) {
        lgt_status status = lgt_temperature_search_state(search, state, sizeof state);
        if (status != LGT_OK) break;
        MUST(lgt_temperature_loss_update_f32(state, x[0], COLS, labels, LGT_U8, NULL, ROWS, COLS) ==
             LGT_OK);
        MUST(stepped(lgt_temperature_search_step(search, state)));
    }
    lgt_status status = lgt_temperature_search_model(search, &model);
    MUST(ended(status));
    if (status >= 0) (void)lgt_temperature_apply_f32(&model, x[0], COLS, y, COLS, ROWS, COLS);
}

static void logistic(void *data) {
    lgt_logistic_search *search = (lgt_logistic_search *)data;
    uint64_t state[64], model[16];
    float y[ROWS];
    for (int i = 0; i < STEPS; i++) {
        if (lgt_logistic_loss_init(state, sizeof state, search) != LGT_OK) break;
        lgt_status status = lgt_logistic_loss_update_f32(state, x[0], 1, labels, LGT_U8, NULL, ROWS);
        MUST(status == LGT_OK || status == LGT_E_VALUE);
        MUST(stepped(lgt_logistic_search_step(search, state)));
    }
    lgt_status status = lgt_logistic_search_model(search, model, sizeof model);
    MUST(ended(status));
    if (status < 0) return;
    (void)lgt_platt_apply_f32((const lgt_platt_model *)model, x[0], 1, y, 1, ROWS);
    (void)lgt_beta_apply_f32((const lgt_beta_model *)model, x[0], 1, y, 1, ROWS);
}

/* Of three classes; of others only the point is asked for. */
static void matrix(void *data, size_t classes) {
    enum { MOST = COLS * (COLS + 1) };
    uint64_t words[2], state[256], model[64];
    static uint64_t scratch[1 << 10];
    double point[MOST], eps;
    size_t count = MOST;
    uint32_t done;
    while (count && lgt_matrix_search_point(data, point, count) != LGT_OK) count--;
    if (classes != COLS || !count) return;
    memcpy(words, (const char *)data + sizeof(lgt_state_head), sizeof words);
    memcpy(&eps, &words[1], sizeof eps);
    MUST(lgt_matrix_loss_init(state, sizeof state, (uint32_t)words[0], COLS, eps) == LGT_OK);
    for (int i = 0; i < STEPS; i++) {
        MUST(lgt_matrix_search_point(data, point, count) == LGT_OK);
        if (lgt_matrix_loss_set(state, point, count) != LGT_OK) break;
        MUST(lgt_matrix_loss_update_f32(state, x[0], COLS, labels, LGT_U8, NULL, ROWS, COLS, scratch,
                                        sizeof scratch) >= 0);
        MUST(stepped(lgt_matrix_search_step(data, state, &done)));
    }
    MUST(ended(lgt_matrix_search_model(data, model, sizeof model)));
}

int fuzz_search(const uint8_t *data, size_t size) {
    lgt_state_head head;
    if (size < sizeof head) return 0;
    memcpy(&head, data, sizeof head);
    if (head.size > size) return 0;
    guarded search = fuzz_copy(data, size);
    if (size == sizeof(lgt_temperature_search)) temperature(search.data);
    if (size == sizeof(lgt_logistic_search)) logistic(search.data);
    matrix(search.data, head.param);
    guard_free(search);
    return 0;
}
