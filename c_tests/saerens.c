/* New priors against a long run of the two steps by definition. */
#include "labelled.h"
#include "refused.h"

enum { MOST = 33 };

#define FIT(dtype, element, weight)                                                              \
    lgt_saerens_fit_##dtype(model, size, (const element *)x, stride, (const weight *)weights,    \
                            rows, cols, old, priors, opts, scratch, bytes)

static lgt_status fit(int type, void *model, size_t size, const void *x, size_t stride,
                      const void *weights, size_t rows, size_t cols, const double *old,
                      double *priors, const lgt_saerens_opts *opts, void *scratch, size_t bytes) {
    switch (type) {
    case F32: return FIT(f32, float, float);
    case F64: return FIT(f64, double, double);
    case F16: return FIT(f16, lgt_f16, float);
    default: return FIT(bf16, lgt_bf16, float);
    }
}

static void against_definition(int type, size_t k) {
    labelled data = labelled_new(type, LGT_I8, 10 * k, k, k + k % 2, 1);
    labelled_fill(&data, k);
    labelled_to_probabilities(&data);
    size_t size, bytes;
    CHECK_STATUS(lgt_prior_shift_size(k, &size), LGT_OK);
    CHECK_STATUS(lgt_saerens_scratch(k, &bytes), LGT_OK);
    guarded model = guard_end(size), scratch = guard_end(bytes);
    double old[MOST], priors[MOST];
    long double now[MOST], weight = 0;
    for (size_t i = 0; i < k; i++) now[i] = old[i] = 2.0 * (double)(i + 1) / (double)(k * (k + 1));
    for (size_t r = 0; r < data.rows; r++) weight += labelled_weight(&data, r);
    lgt_saerens_opts opts;
    lgt_saerens_opts_default(&opts);
    opts.max_iter = 20;
    opts.tol = 0;
    lgt_status status = fit(type, model.data, size, data.x.data, data.stride, data.weights.data, data.rows, k,
                            old, priors, &opts, scratch.data, bytes);
    CHECK(status == LGT_NOT_CONVERGED || status == LGT_OK || status == LGT_AT_BOUND);
    for (int pass = 0; pass < 20; pass++) {
        long double next[MOST] = {0};
        for (size_t r = 0; r < data.rows; r++) {
            long double sum = 0;
            for (size_t i = 0; i < k; i++) sum += labelled_x(&data, r, i) * now[i] / old[i];
            for (size_t i = 0; i < k; i++)
                next[i] += labelled_weight(&data, r) * labelled_x(&data, r, i) * now[i] / old[i] / sum;
        }
        for (size_t i = 0; i < k; i++) now[i] = next[i] / weight;
    }
    const lgt_model_head *head = (const lgt_model_head *)model.data;
    const double *shift = (const double *)((const char *)model.data + sizeof *head);
    for (size_t i = 0; i < k; i++) {
        CHECK(fabsl(priors[i] - now[i]) <= 1e-12);
        CHECK(fabs(shift[i] - log(priors[i] / old[i])) <= 1e-9);
    }
    CHECK(head->nll_after <= head->nll_before && head->iterations <= 20);
    guard_free(model);
    guard_free(scratch);
    labelled_free(data);
}

static void refused(void) {
    enum { N = 2, K = 2 };
    static uint64_t model[16], scratch[16];
    double old[K] = {0.5, 0.5}, priors[K] = {7, 7}, wrong[][K] = {{0.5, 0.6}, {0, 1}, {NAN, 0.5}};
    const float x[N][K] = {{0.5f, 0.5f}, {0.25f, 0.75f}}, bad[N][K] = {{0.5f, NAN}, {0, 1}};
    const float zero[N][K] = {{0, 0}, {0, 1}}, weights[N] = {1, -1};
    size_t bytes = 7;
    CHECK_STATUS(lgt_saerens_scratch(K, NULL), LGT_E_NULL);
    CHECK_STATUS(lgt_saerens_scratch(SIZE_MAX, &bytes), LGT_E_SIZE);
    watch(0, model, sizeof model);
    watch(1, priors, sizeof priors);
#define CALL(m, s, xx, w, o, sc, b) fit(F32, m, s, xx, K, w, N, K, o, priors, NULL, sc, b)
    REFUSED(CALL(NULL, sizeof model, x, NULL, old, scratch, sizeof scratch), LGT_E_NULL);
    REFUSED(CALL(model, 40, x, NULL, old, scratch, sizeof scratch), LGT_E_SIZE);
    REFUSED(CALL(model, sizeof model, NULL, NULL, old, scratch, sizeof scratch), LGT_E_NULL);
    REFUSED(CALL(model, sizeof model, x, NULL, NULL, scratch, sizeof scratch), LGT_E_NULL);
    REFUSED(CALL(model, sizeof model, x, weights, old, scratch, sizeof scratch), LGT_E_VALUE);
    REFUSED(CALL(model, sizeof model, bad, NULL, old, scratch, sizeof scratch), LGT_E_VALUE);
    REFUSED(CALL(model, sizeof model, zero, NULL, old, scratch, sizeof scratch), LGT_E_VALUE);
    REFUSED(CALL(model, sizeof model, x, NULL, old, scratch, 8), LGT_E_SCRATCH);
    REFUSED(CALL(model, sizeof model, x, NULL, old, model, sizeof model), LGT_E_ALIAS);
    for (size_t i = 0; i < 3; i++)
        REFUSED(CALL(model, sizeof model, x, NULL, wrong[i], scratch, sizeof scratch), LGT_E_VALUE);
    lgt_saerens_opts opts;
    lgt_saerens_opts_default(NULL);
    lgt_saerens_opts_default(&opts);
    opts.tol = NAN;
    REFUSED(fit(F32, model, sizeof model, x, K, NULL, N, K, old, priors, &opts, scratch, sizeof scratch), LGT_E_VALUE);
    watch_nothing();
    const float nothing[N] = {0, 0};
    CHECK_STATUS(CALL(model, sizeof model, x, nothing, old, scratch, sizeof scratch), LGT_DEGENERATE);
    CHECK(priors[0] == 0.5 && priors[1] == 0.5);
}

void test(void) {
    for (int type = 0; type < DTYPES; type++)
        for (size_t k = 2; k <= MOST; k += 3) against_definition(type, k);
    refused();
}
