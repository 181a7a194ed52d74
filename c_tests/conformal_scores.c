/* What rows give their own classes, against the definition. */
#include "conformal.h"
#include "refused.h"

static void one(const labelled *data, uint32_t method, uint32_t flags, int random) {
    double scores[ROWS], u[ROWS];
    const lgt_conformal_opts opts = drawn(data, method, flags, u);
    CHECK_STATUS(scores_of[data->type](data->x.data, data->stride, data->labels.data,
                                       data->label_type, random ? u : NULL, scores, data->rows,
                                       data->cols, &opts),
                 LGT_OK);
    for (size_t r = 0; r < data->rows; r++) {
        double s = score(data, r, labelled_label(data, r), random ? u[r] : 1, &opts);
        CHECK(fabs(scores[r] - s) <= (data->type == F64 ? 1e-13 : 2e-6));
    }
}

static void of_logits(const labelled *data) {
    if (data->rows == 0 || data->rows > ROWS) return;
    for (uint32_t method = 0; method < METHODS; method++)
        for (int random = 0; random < 2; random++) one(data, method, 0, random);
}

static void of_probabilities(const labelled *data) {
    if (data->rows == 0 || data->rows > ROWS) return;
    for (uint32_t method = 0; method < METHODS; method++)
        one(data, method, LGT_CONFORMAL_PROBABILITIES, 1);
}

/* Rows that have no probabilities score NaN; infinities. */
static void corners(void) {
    const float x[5][3] = {{NAN, 0, 1}, {INFINITY, 0, INFINITY}, {-INFINITY, -INFINITY, -INFINITY},
                           {-INFINITY, 0, 0}, {1e30f, -1e30f, 0}};
    const uint8_t y[5] = {1, 2, 0, 1, 0};
    double scores[5];
    CHECK_STATUS(lgt_conformal_scores_f32(x[0], 3, y, LGT_U8, NULL, scores, 5, 3, NULL),
                 LGT_UNDEFINED);
    CHECK(isnan(scores[0]) && scores[1] == 0.5 && isnan(scores[2]));
    CHECK(scores[3] == 0.5 && scores[4] == 0);
}

static void refused(void) {
    const float x[6] = {1, 2, 3, 4, 5, 6};
    const double none[2] = {0.5, NAN}, far[2] = {0.5, 1.5};
    const uint8_t y[2] = {0, 1}, outside[2] = {0, 3};
    double scores[2];
    memset(scores, 0xa5, sizeof scores);
    watch_nothing();
    watch(0, scores, sizeof scores);
    lgt_conformal_opts opts;
#define SCORES(y, u, opts) lgt_conformal_scores_f32(x, 3, y, LGT_U8, u, scores, 2, 3, opts)
    lgt_conformal_opts_default(&opts);
    opts.flags = 4;
    REFUSED(SCORES(y, NULL, &opts), LGT_E_OPTION);
    lgt_conformal_opts_default(&opts);
    opts.lambda = NAN;
    REFUSED(SCORES(y, NULL, &opts), LGT_E_VALUE);
    REFUSED(SCORES(outside, NULL, NULL), LGT_E_LABEL);
    REFUSED(SCORES(y, none, NULL), LGT_E_VALUE);
    REFUSED(SCORES(y, far, NULL), LGT_E_VALUE);
}

void test(void) {
    labelled_each(0, of_logits);
    labelled_each(1, of_probabilities);
    corners();
    refused();
}
