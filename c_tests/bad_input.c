/* Bad arguments: each gives the status that the documentation names, and leaves
 * every output and every state as it was. */
#include "check.h"
#include "guarded.h"

enum { N = 4, M = 3 };

static float x[N * M], y[N * M], lse[N];
static int32_t good[N] = {0, 1, 2, 0};
static unsigned char y_before[sizeof y], lse_before[sizeof lse];

static void pattern(void) {
    for (int i = 0; i < N * M; i++) x[i] = (float)(i % 5);
    memset(y, 0xa5, sizeof y);
    memset(lse, 0xa5, sizeof lse);
    memcpy(y_before, y, sizeof y);
    memcpy(lse_before, lse, sizeof lse);
}

static int untouched(void) {
    return memcmp(y, y_before, sizeof y) == 0 && memcmp(lse, lse_before, sizeof lse) == 0;
}

#define REFUSED(call, status)                                                                   \
    do {                                                                                        \
        CHECK_STATUS(call, status);                                                             \
        CHECK(untouched());                                                                     \
    } while (0)

static void arrays(void) {
    REFUSED(lgt_softmax_f32(NULL, M, y, M, lse, N, M, NULL), LGT_E_NULL);
    REFUSED(lgt_softmax_f32(x, M, NULL, M, lse, N, M, NULL), LGT_E_NULL);
    REFUSED(lgt_softmax_f32(x, M - 1, y, M, lse, N, M, NULL), LGT_E_STRIDE);
    REFUSED(lgt_softmax_f32(x, M, y, M - 1, lse, N, M, NULL), LGT_E_STRIDE);
    REFUSED(lgt_softmax_f32(x, SIZE_MAX / 2, y, M, lse, N, M, NULL), LGT_E_SIZE);
    REFUSED(lgt_softmax_f32(x, M, y, SIZE_MAX / 8, lse, 9, M, NULL), LGT_E_SIZE);
    REFUSED(lgt_softmax_f32(x, SIZE_MAX, y, SIZE_MAX, lse, 2, SIZE_MAX, NULL), LGT_E_SIZE);
    REFUSED(lgt_softmax_f32(y + 1, M, y, M, lse, N - 1, M, NULL), LGT_E_ALIAS);
    REFUSED(lgt_softmax_f32(y, M, y, M + 1, lse, N - 1, M, NULL), LGT_E_ALIAS);
    REFUSED(lgt_softmax_f32(x, M, y, M, y + 1, N, M, NULL), LGT_E_ALIAS);
    REFUSED(lgt_softmax_f32(lse, 1, y, M, lse + 1, 2, 1, NULL), LGT_E_ALIAS);
    REFUSED(lgt_log_softmax_f32(NULL, M, y, M, lse, N, M, NULL), LGT_E_NULL);
    REFUSED(lgt_log_softmax_f32(y + 1, M, y, M, lse, N - 1, M, NULL), LGT_E_ALIAS);
    REFUSED(lgt_logsumexp_f32(NULL, M, lse, N, M, NULL), LGT_E_NULL);
    REFUSED(lgt_logsumexp_f32(x, M, NULL, N, M, NULL), LGT_E_NULL);
    REFUSED(lgt_logsumexp_f32(y, M, y + 2, N, M, NULL), LGT_E_ALIAS);
    /* Nothing to do is nothing to refuse, and nothing to write. */
    REFUSED(lgt_softmax_f32(NULL, M, NULL, M, NULL, 0, M, NULL), LGT_OK);
    REFUSED(lgt_softmax_f32(NULL, 0, NULL, 0, NULL, N, 0, NULL), LGT_EMPTY_ROW);
    REFUSED(lgt_softmax_f32(x, M, y, M, lse, 0, M, NULL), LGT_OK);
}

static void options(void) {
    lgt_softmax_opts opts;
    lgt_softmax_opts_default(&opts);
    const double bad_scales[] = {NAN, 0, -1, INFINITY, 1e-31, 1e31};
    for (size_t i = 0; i < sizeof bad_scales / sizeof *bad_scales; i++) {
        opts.scale = bad_scales[i];
        REFUSED(lgt_softmax_f32(x, M, y, M, lse, N, M, &opts), LGT_E_VALUE);
        REFUSED(lgt_log_softmax_f32(x, M, y, M, lse, N, M, &opts), LGT_E_VALUE);
        REFUSED(lgt_logsumexp_f32(x, M, lse, N, M, &opts), LGT_E_VALUE);
    }
    lgt_softmax_opts_default(&opts);
    opts.flags = 0x80;
    REFUSED(lgt_softmax_f32(x, M, y, M, lse, N, M, &opts), LGT_E_OPTION);
    lgt_softmax_opts_default(&opts);
    opts.struct_size = 4;
    REFUSED(lgt_softmax_f32(x, M, y, M, lse, N, M, &opts), LGT_E_OPTION);
    opts.struct_size = 0;
    REFUSED(lgt_softmax_f32(x, M, y, M, lse, N, M, &opts), LGT_E_OPTION);

    /* From a later version: fine as long as what is new is zero. */
    struct {
        lgt_softmax_opts known;
        uint64_t later;
    } newer;
    lgt_softmax_opts_default(&newer.known);
    newer.known.struct_size = sizeof newer;
    newer.later = 1;
    REFUSED(lgt_softmax_f32(x, M, y, M, lse, N, M, &newer.known), LGT_E_OPTION);
    newer.later = 0;
    CHECK_STATUS(lgt_softmax_f32(x, M, y, M, lse, N, M, &newer.known), LGT_OK);
    lgt_softmax_opts_default(NULL);
}

/* A state that must come out of everything unchanged. */
static uint64_t state[12], state_before[12];

#define STATE_REFUSED(call, status)                                                             \
    do {                                                                                        \
        CHECK_STATUS(call, status);                                                             \
        CHECK(memcmp(state, state_before, sizeof state) == 0);                                  \
    } while (0)

static void updates(void) {
    CHECK_STATUS(lgt_accuracy_init(state, sizeof state, 1), LGT_OK);
    CHECK_STATUS(lgt_accuracy_update_f32(state, x, M, good, LGT_I32, NULL, N, M), LGT_OK);
    memcpy(state_before, state, sizeof state);
    int32_t high[N] = {0, 1, 2, M}, low[N] = {0, -1, 2, 0};
    STATE_REFUSED(lgt_accuracy_update_f32(state, NULL, M, good, LGT_I32, NULL, N, M), LGT_E_NULL);
    STATE_REFUSED(lgt_accuracy_update_f32(state, x, M, NULL, LGT_I32, NULL, N, M), LGT_E_NULL);
    STATE_REFUSED(lgt_accuracy_update_f32(state, x, 2, good, LGT_I32, NULL, N, M), LGT_E_STRIDE);
    STATE_REFUSED(lgt_accuracy_update_f32(state, x, SIZE_MAX, good, LGT_I32, NULL, N, M),
                  LGT_E_SIZE);
    STATE_REFUSED(lgt_accuracy_update_f32(state, x, M, high, LGT_I32, NULL, N, M), LGT_E_LABEL);
    STATE_REFUSED(lgt_accuracy_update_f32(state, x, M, low, LGT_I32, NULL, N, M), LGT_E_LABEL);
    STATE_REFUSED(lgt_accuracy_update_f32(state, x, M, good, 0, NULL, N, M), LGT_E_LABEL);
    STATE_REFUSED(lgt_accuracy_update_f32(state, x, M, good, 9, NULL, N, M), LGT_E_LABEL);
    const float bad_weights[] = {NAN, -1, INFINITY, -INFINITY, 1e20f};
    for (size_t i = 0; i < sizeof bad_weights / sizeof *bad_weights; i++) {
        float weights[N] = {1, 1, 1, bad_weights[i]};
        STATE_REFUSED(lgt_accuracy_update_f32(state, x, M, good, LGT_I32, weights, N, M),
                      LGT_E_VALUE);
    }
    CHECK_STATUS(lgt_accuracy_update_f32(NULL, x, M, good, LGT_I32, NULL, N, M), LGT_E_NULL);
    CHECK_STATUS(lgt_accuracy_finish(state, NULL), LGT_E_NULL);
    CHECK_STATUS(lgt_accuracy_size(1, NULL), LGT_E_NULL);
}

static void parameters(void) {
    uint64_t room[64];
    size_t bytes = 1;
    memset(room, 0xa5, sizeof room);
    CHECK_STATUS(lgt_accuracy_size(0, &bytes), LGT_E_VALUE);
    CHECK_STATUS(lgt_ece_top_label_size(0, &bytes), LGT_E_VALUE);
    CHECK_STATUS(lgt_ece_top_label_size(65537, &bytes), LGT_E_VALUE);
    CHECK(bytes == 1);
    CHECK_STATUS(lgt_accuracy_init(room, sizeof room, 0), LGT_E_VALUE);
    CHECK_STATUS(lgt_accuracy_init(NULL, sizeof room, 1), LGT_E_NULL);
    CHECK_STATUS(lgt_accuracy_init(room, 95, 1), LGT_E_SIZE);
    CHECK_STATUS(lgt_accuracy_init((char *)room + 4, 96, 1), LGT_E_STATE);
    CHECK_STATUS(lgt_ece_top_label_init(room, sizeof room, 5), LGT_E_SIZE);
    CHECK(room[0] == 0xa5a5a5a5a5a5a5a5u && room[12] == 0xa5a5a5a5a5a5a5a5u);
}

/* Bytes that are not the state that the function is for. */
static void foreign(void) {
    uint64_t room[12];
    lgt_accuracy_report report;
    lgt_nll_report other;
    memcpy(room, state, sizeof room);
    CHECK_STATUS(lgt_nll_finish(room, &other), LGT_E_STATE);
    CHECK_STATUS(lgt_nll_update_f32(room, x, M, good, LGT_I32, NULL, N, M), LGT_E_STATE);
    CHECK(memcmp(room, state, sizeof room) == 0);
    for (size_t byte = 0; byte < 16; byte++) {
        memcpy(room, state, sizeof room);
        ((unsigned char *)room)[byte] ^= 0x40;
        uint32_t kind = 0;
        int parameter = byte >= 12; /* another k is another state, but a state */
        CHECK_STATUS(lgt_state_check(room, sizeof room), parameter ? LGT_OK : LGT_E_STATE);
        CHECK_STATUS(lgt_accuracy_finish(room, &report), parameter ? LGT_OK : LGT_E_STATE);
        CHECK_STATUS(lgt_state_kind(room, sizeof room, &kind), parameter ? LGT_OK : LGT_E_STATE);
        STATE_REFUSED(lgt_state_merge(state, sizeof state, room, sizeof room),
                      parameter ? LGT_E_MISMATCH : LGT_E_STATE);
        STATE_REFUSED(lgt_accuracy_merge(state, room), parameter ? LGT_E_MISMATCH : LGT_E_STATE);
    }
    for (size_t size = 0; size < sizeof state; size++) {
        STATE_REFUSED(lgt_state_check(state, size), LGT_E_STATE);
        STATE_REFUSED(lgt_state_reset(state, size), LGT_E_STATE);
    }
    STATE_REFUSED(lgt_accuracy_merge(state, state), LGT_E_ALIAS);
    STATE_REFUSED(lgt_state_merge(state, sizeof state, state, sizeof state), LGT_E_ALIAS);
    CHECK_STATUS(lgt_state_check(NULL, 0), LGT_E_NULL);
}

static void models(void) {
    pattern();
    lgt_temperature_model model, before;
    memset(&model, 0xa5, sizeof model);
    memcpy(&before, &model, sizeof model);
    lgt_temperature_opts opts;
    const double bad[][3] = {{NAN, .01, 100}, {-1, .01, 100}, {1e-7, NAN, 100}, {1e-7, 2, 100},
                             {1e-7, 0, 100},  {1e-7, .01, NAN}, {1e-7, .01, .5}};
#define MODEL_REFUSED(call, status)                                                             \
    do {                                                                                        \
        CHECK_STATUS(call, status);                                                             \
        CHECK(memcmp(&model, &before, sizeof model) == 0);                                      \
    } while (0)
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        lgt_temperature_opts_default(&opts);
        opts.tol = bad[i][0];
        opts.t_min = bad[i][1];
        opts.t_max = bad[i][2];
        MODEL_REFUSED(lgt_temperature_fit_f32(&model, x, M, good, LGT_I32, NULL, N, M, &opts),
                      LGT_E_VALUE);
    }
    lgt_temperature_opts_default(&opts);
    opts.max_iter = 0;
    MODEL_REFUSED(lgt_temperature_fit_f32(&model, x, M, good, LGT_I32, NULL, N, M, &opts),
                  LGT_E_VALUE);
    lgt_temperature_opts_default(&opts);
    opts.struct_size = 8;
    MODEL_REFUSED(lgt_temperature_fit_f32(&model, x, M, good, LGT_I32, NULL, N, M, &opts),
                  LGT_E_OPTION);
    MODEL_REFUSED(lgt_temperature_fit_f32(&model, NULL, M, good, LGT_I32, NULL, N, M, NULL),
                  LGT_E_NULL);
    const float lost[][M] = {{NAN, 0, 0}, {INFINITY, 0, 0}, {-INFINITY, 0, 0}};
    for (size_t i = 0; i < sizeof lost / sizeof *lost; i++)
        MODEL_REFUSED(lgt_temperature_fit_f32(&model, lost[i], M, good, LGT_I32, NULL, 1, M, NULL),
                      LGT_E_VALUE);
    CHECK_STATUS(lgt_temperature_fit_f32(NULL, x, M, good, LGT_I32, NULL, N, M, NULL), LGT_E_NULL);
    REFUSED(lgt_temperature_apply_f32(&model, x, M, y, M, N, M), LGT_E_STATE);
    REFUSED(lgt_temperature_apply_f32(NULL, x, M, y, M, N, M), LGT_E_NULL);
    lgt_temperature_opts_default(NULL);
}

void test(void) {
    pattern();
    arrays();
    options();
    updates();
    parameters();
    foreign();
    models();
}
