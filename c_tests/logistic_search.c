/* A fit over shards: the same model as of the whole, and answers to other questions are
 * refused. */
#include "points.h"
#include "refused.h"

enum { WORDS = 64 };

static void whole(const labelled *data) {
    if (data->type != F64) return;
    lgt_platt_model one, two;
    lgt_status end = lgt_platt_fit_f64(&one, (const double *)data->x.data, data->stride,
                                       data->labels.data, data->label_type,
                                       (const double *)data->weights.data, data->rows, NULL);
    lgt_logistic_search search;
    uint64_t states[2][WORDS];
    size_t bytes, half = data->rows / 2;
    CHECK_STATUS(lgt_logistic_loss_size(&bytes), LGT_OK);
    CHECK(bytes <= sizeof states[0]);
    CHECK_STATUS(lgt_logistic_search_init(&search, NULL), LGT_OK);
    while (!search.done) {
        for (int i = 0; i < 2; i++)
            CHECK_STATUS(lgt_logistic_loss_init(states[i], bytes, &search), LGT_OK);
        const char *labels = (const char *)data->labels.data;
        size_t size = (size_t)1 << (data->label_type - 1) % 4;
        CHECK_STATUS(lgt_logistic_loss_update_f64(states[0], (const double *)data->x.data, 1, labels,
                                                  data->label_type,
                                                  (const double *)data->weights.data, half),
                     LGT_OK);
        CHECK_STATUS(lgt_logistic_loss_update_f64(
                         states[1], (const double *)data->x.data + half, 1, labels + half * size,
                         data->label_type, (const double *)data->weights.data + half,
                         data->rows - half),
                     LGT_OK);
        CHECK_STATUS(lgt_state_check(states[0], bytes), LGT_OK);
        CHECK_STATUS(lgt_logistic_loss_merge(states[0], states[1]), LGT_OK);
        CHECK_STATUS(lgt_logistic_search_step(&search, states[0]), LGT_OK);
    }
    CHECK_STATUS(lgt_logistic_search_model(&search, &two, sizeof two), end);
    CHECK(fabs(one.a - two.a) <= 1e-9 * (1 + fabs(one.a)));
    CHECK(fabs(one.b - two.b) <= 1e-9 * (1 + fabs(one.b)));
}

static void refused(void) {
    lgt_logistic_search search, other;
    uint64_t state[WORDS];
    const float x[4] = {-1, 1, -2, 2};
    const uint8_t y[4] = {0, 1, 1, 1};
    size_t bytes;
    CHECK_STATUS(lgt_logistic_loss_size(&bytes), LGT_OK);
    CHECK_STATUS(lgt_logistic_search_init(NULL, NULL), LGT_E_NULL);
    CHECK_STATUS(lgt_logistic_search_init(&search, NULL), LGT_OK);
    CHECK_STATUS(lgt_logistic_loss_init(state, bytes, &search), LGT_OK);
    CHECK_STATUS(lgt_logistic_loss_update_f32(state, x, 1, y, LGT_U8, NULL, 4), LGT_OK);
    other = search;
    CHECK_STATUS(lgt_logistic_search_step(&other, state), LGT_OK);
    watch_nothing();
    watch(0, &other, sizeof other);
    watch(1, state, bytes);
    REFUSED(lgt_logistic_search_step(&other, state), LGT_E_MISMATCH);
    REFUSED(lgt_logistic_search_step(&other, &search), LGT_E_STATE);
    REFUSED(lgt_logistic_search_step(NULL, state), LGT_E_NULL);
    lgt_platt_model model;
    REFUSED(lgt_logistic_search_model(&other, &model, sizeof model - 8), LGT_E_SIZE);
    /* Bytes that say that the fit ended in an error, as none does. */
    memset(&model, 0xa5, sizeof model);
    watch(2, &model, sizeof model);
    const int32_t none[] = {LGT_E_NULL, LGT_E_CALLBACK, 99};
    for (int i = 0; i < 3; i++) {
        other.fit_status = none[i];
        watch(0, &other, sizeof other);
        REFUSED(lgt_logistic_search_model(&other, &model, sizeof model), LGT_E_STATE);
    }
    watch_nothing();
    search.head.magic ^= 1;
    REFUSED(lgt_logistic_search_model(&search, &model, sizeof model), LGT_E_STATE);
    for (int i = 0; i < 5; i++) {
        lgt_logistic_search_opts opts;
        lgt_logistic_search_opts_default(&opts);
        switch (i) {
        case 0: opts.form = 5; break;
        case 1: opts.reserved = 1; break;
        case 2: opts.max_iter = 2; break;
        case 3: opts.eps = 0; break;
        default: opts.tol = (double)NAN;
        }
        REFUSED(lgt_logistic_search_init(&other, &opts), i < 2 ? LGT_E_OPTION : LGT_E_VALUE);
    }
}

void test(void) {
    points_each(whole);
    refused();
}
