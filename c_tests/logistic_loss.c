/* What a logistic regression asks of shards: ranges and weights to the bit, the loss of the
 * neutral model as defined. */
#include "points.h"
#include "refused.h"

#define SCORES(dtype, element, weight)                                                           \
    static lgt_status add_##dtype(void *state, const void *x, size_t stride, const void *labels, \
                                  uint32_t label_type, const void *weights, size_t rows,         \
                                  size_t cols) {                                                 \
        (void)cols;                                                                              \
        return lgt_logistic_loss_update_##dtype(state, (const element *)x, stride, labels,       \
                                                label_type, (const weight *)weights, rows);      \
    }
SCORES(f32, float, float)
SCORES(f64, double, double)
SCORES(f16, lgt_f16, float)
SCORES(bf16, lgt_bf16, float)
static const update_function add[DTYPES] = {add_f32, add_f64, add_f16, add_bf16};

static lgt_logistic_search search_new(uint32_t form) {
    lgt_logistic_search search;
    lgt_logistic_search_opts opts;
    lgt_logistic_search_opts_default(&opts);
    opts.form = form;
    CHECK_STATUS(lgt_logistic_search_init(&search, &opts), LGT_OK);
    return search;
}

/* The loss of a score left as it is: its logit is s itself, or of beta's form that of s. */
static long double loss(double s, int hit, int beta) {
    if (!beta) return log1pl(expl(hit ? -(long double)s : (long double)s));
    long double p = fmin(fmax(s, 0x1p-52), 1 - 0x1p-52);
    return -logl(hit ? p : 1 - p);
}

static void as_defined(const labelled *data) {
    size_t bytes;
    CHECK_STATUS(lgt_logistic_loss_size(&bytes), LGT_OK);
    for (int beta = 0; beta < 2; beta++) {
        lgt_logistic_search search = search_new(beta ? 2 : 1);
        guarded state = guard_end(bytes), other = guard_end(bytes);
        CHECK_STATUS(lgt_logistic_loss_init(state.data, bytes, &search), LGT_OK);
        labelled_laws(add[data->type], data, state.data, bytes);
        CHECK_STATUS(lgt_state_check(state.data, bytes), LGT_OK);
        CHECK_STATUS(lgt_logistic_search_step(&search, state.data), LGT_OK);
        double weights[2] = {0, 0};
        long double sum = 0;
        for (size_t r = 0; r < data->rows; r++) {
            int hit = labelled_label(data, r) != 0;
            double weight = labelled_weight(data, r);
            weights[hit] += weight;
            sum += weight * loss(labelled_x(data, r, 0), hit, beta);
        }
        CHECK(search.weight_0 == weights[0] && search.weight_1 == weights[1]);
        if (!search.done) {
            size_t half = data->rows / 2;
            CHECK_STATUS(lgt_logistic_loss_init(state.data, bytes, &search), LGT_OK);
            CHECK_STATUS(lgt_logistic_loss_init(other.data, bytes, &search), LGT_OK);
            CHECK_STATUS(labelled_add(add[data->type], state.data, data, 0, half), LGT_OK);
            CHECK_STATUS(labelled_add(add[data->type], other.data, data, half, data->rows), LGT_OK);
            CHECK_STATUS(lgt_logistic_loss_merge(state.data, other.data), LGT_OK);
            CHECK_STATUS(lgt_logistic_search_step(&search, state.data), LGT_OK);
            sum /= weights[0] + weights[1];
            CHECK(fabsl(search.nll_before - sum) <= 3e-14L * sum);
        }
        guard_free(state);
        guard_free(other);
    }
}

static void refused(void) {
    enum { WORDS = 64 };
    lgt_logistic_search search = search_new(1), other;
    uint64_t state[WORDS], second[WORDS];
    const float x[4] = {-1, 1, -2, 2}, lost[2] = {NAN, 1}, far[2] = {INFINITY, 1};
    const uint8_t y[4] = {0, 1, 1, 1}, bad[2] = {0, 2};
    const float weights[2] = {-1, 1};
    size_t bytes;
    CHECK_STATUS(lgt_logistic_loss_size(&bytes), LGT_OK);
    CHECK(bytes <= sizeof state);
    CHECK_STATUS(lgt_logistic_loss_size(NULL), LGT_E_NULL);
    CHECK_STATUS(lgt_logistic_loss_init(state, bytes, &search), LGT_OK);
    CHECK_STATUS(lgt_logistic_loss_update_f32(state, x, 1, y, LGT_U8, NULL, 4), LGT_OK);
    other = search;
    CHECK_STATUS(lgt_logistic_search_step(&other, state), LGT_OK);
    CHECK_STATUS(lgt_logistic_loss_init(second, bytes, &other), LGT_OK);
    watch_nothing();
    watch(0, state, bytes);
    watch(1, second, bytes);
    REFUSED(lgt_logistic_loss_merge(second, state), LGT_E_MISMATCH);
    REFUSED(lgt_logistic_loss_merge(state, state), LGT_E_ALIAS);
    REFUSED(lgt_logistic_loss_merge(state, NULL), LGT_E_NULL);
    REFUSED(lgt_logistic_loss_init(state, bytes - 8, &search), LGT_E_SIZE);
    REFUSED(lgt_logistic_loss_init(state, bytes, NULL), LGT_E_NULL);
    REFUSED(lgt_logistic_loss_init(NULL, bytes, &search), LGT_E_NULL);
    for (int i = 0; i < 2; i++) {
        void *to = i ? second : state;
        REFUSED(lgt_logistic_loss_update_f32(to, lost, 1, y, LGT_U8, NULL, 2), LGT_E_VALUE);
        REFUSED(lgt_logistic_loss_update_f32(to, far, 1, y, LGT_U8, NULL, 2), LGT_E_VALUE);
        REFUSED(lgt_logistic_loss_update_f32(to, x, 1, bad, LGT_U8, NULL, 2), LGT_E_LABEL);
        REFUSED(lgt_logistic_loss_update_f32(to, x, 1, y, LGT_U8, weights, 2), LGT_E_VALUE);
        REFUSED(lgt_logistic_loss_update_f32(to, x, 0, y, LGT_U8, NULL, 2), LGT_E_STRIDE);
        REFUSED(lgt_logistic_loss_update_f32(to, NULL, 1, y, LGT_U8, NULL, 2), LGT_E_NULL);
        REFUSED(lgt_logistic_loss_update_f32(to, x, 1, NULL, LGT_U8, NULL, 2), LGT_E_NULL);
    }
    REFUSED(lgt_logistic_loss_update_f32(NULL, x, 1, y, LGT_U8, NULL, 2), LGT_E_NULL);
    search.head.magic ^= 1;
    REFUSED(lgt_logistic_loss_init(state, bytes, &search), LGT_E_STATE);
}

void test(void) {
    points_each(as_defined);
    refused();
}
