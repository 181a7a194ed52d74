/* A fit that is told of the data step by step. */
#include "refused.h"

static const float x[4][2] = {{4, 0}, {4, 0}, {4, 0}, {4, 0}};
static const uint8_t labels[4] = {0, 0, 0, 1};

static void look(lgt_temperature_search *search, uint64_t state[353], const uint8_t *y) {
    CHECK_STATUS(lgt_temperature_search_state(search, state, 353 * 8), LGT_OK);
    CHECK_STATUS(lgt_temperature_loss_update_f32(state, x[0], 2, y, LGT_U8, NULL, 4, 2), LGT_OK);
}

static void ends(double start, const uint8_t *y, lgt_status end) {
    uint64_t state[353];
    lgt_temperature_search search;
    lgt_temperature_opts opts;
    lgt_temperature_model model, whole;
    lgt_temperature_opts_default(&opts);
    opts.start = start;
    CHECK_STATUS(lgt_temperature_search_init(&search, &opts), LGT_OK);
    CHECK(search.count == (start == 1 ? 1u : 2u));
    for (int i = 0; i < 50 && search.count > 0; i++) {
        CHECK_STATUS(lgt_temperature_search_model(&search, &model), LGT_NOT_CONVERGED);
        look(&search, state, y);
        CHECK_STATUS(lgt_temperature_search_step(&search, state), LGT_OK);
    }
    CHECK_STATUS(lgt_temperature_search_state(&search, state, sizeof state), LGT_E_MISMATCH);
    CHECK_STATUS(lgt_temperature_search_model(&search, &model), end);
    CHECK_STATUS(lgt_temperature_fit_f32(&whole, x[0], 2, y, LGT_U8, NULL, 4, 2, &opts), end);
    CHECK(memcmp(&model, &whole, sizeof model) == 0);
}

static void refused(void) {
    uint64_t state[353];
    lgt_temperature_search search;
    lgt_temperature_model model;
    memset(&search, 0xa5, sizeof search);
    memset(&model, 0xa5, sizeof model);
    memset(state, 0, sizeof state);
    watch(0, &search, sizeof search);
    watch(1, &model, sizeof model);
    REFUSED(lgt_temperature_search_init(NULL, NULL), LGT_E_NULL);
    REFUSED(lgt_temperature_search_state(&search, state, sizeof state), LGT_E_STATE);
    REFUSED(lgt_temperature_search_step(&search, state), LGT_E_STATE);
    REFUSED(lgt_temperature_search_model(&search, &model), LGT_E_STATE);
    lgt_temperature_opts opts;
    lgt_temperature_opts_default(&opts);
    opts.start = NAN;
    REFUSED(lgt_temperature_search_init(&search, &opts), LGT_E_VALUE);
    watch_nothing();
    CHECK_STATUS(lgt_temperature_search_init(&search, NULL), LGT_OK);
    watch(0, &search, sizeof search);
    REFUSED(lgt_temperature_search_state(NULL, state, sizeof state), LGT_E_NULL);
    REFUSED(lgt_temperature_search_state(&search, NULL, sizeof state), LGT_E_NULL);
    REFUSED(lgt_temperature_search_state(&search, state, 100), LGT_E_SIZE);
    REFUSED(lgt_temperature_search_step(NULL, state), LGT_E_NULL);
    REFUSED(lgt_temperature_search_step(&search, NULL), LGT_E_NULL);
    REFUSED(lgt_temperature_search_step(&search, state), LGT_E_STATE);
    REFUSED(lgt_temperature_search_model(&search, NULL), LGT_E_NULL);
    const double other = 3;
    CHECK_STATUS(lgt_temperature_loss_init(state, sizeof state, &other, 1, 1), LGT_OK);
    REFUSED(lgt_temperature_search_step(&search, state), LGT_E_MISMATCH);
    look(&search, state, labels);
    const float bad[2] = {NAN, 0};
    CHECK_STATUS(lgt_temperature_loss_update_f32(state, bad, 2, labels, LGT_U8, NULL, 1, 2), LGT_OK);
    REFUSED(lgt_temperature_search_step(&search, state), LGT_E_VALUE);
    watch_nothing();
}

/* Any bytes past the head: nothing worse than a wrong number. */
static void hostile(void) {
    uint64_t state[353];
    lgt_temperature_search search;
    lgt_temperature_model model;
    for (int byte = 0; byte < 256; byte++) {
        CHECK_STATUS(lgt_temperature_search_init(&search, NULL), LGT_OK);
        look(&search, state, labels);
        memset((char *)&search + 16, byte, sizeof search - 16);
        lgt_status status = lgt_temperature_search_step(&search, state);
        CHECK(status == LGT_OK || status == LGT_E_MISMATCH);
        (void)lgt_temperature_search_model(&search, &model);
    }
}

void test(void) {
    const uint8_t right[4] = {0, 0, 0, 0}, wrong[4] = {1, 1, 1, 1};
    const double starts[] = {1, 0.02, 0.5, 3.5, 90};
    for (int i = 0; i < 5; i++) {
        ends(starts[i], labels, LGT_OK);
        ends(starts[i], right, LGT_AT_BOUND);
        ends(starts[i], wrong, LGT_AT_BOUND);
    }
    refused();
    hostile();
}
