/* A search that is told of the data step by step: it comes to what the fit of its form finds,
 * and answers to other questions are refused. Over shards: matrix_loss.c. */
#include "guarded.h"
#include "refused.h"

enum { ROWS = 12, K = 3, MOST = K * (K + 1) };

static double x[ROWS * K], probabilities[ROWS * K];
static uint8_t labels[ROWS];
static uint64_t loss[256], scratch[1 << 12];

static void fill(void) {
    uint64_t seed = 3;
    for (size_t r = 0; r < ROWS; r++) {
        double sum = 0;
        for (size_t c = 0; c < K; c++) sum += exp(x[r * K + c] = noise(&seed));
        for (size_t c = 0; c < K; c++) probabilities[r * K + c] = exp(x[r * K + c]) / sum;
        labels[r] = (uint8_t)(r % K);
    }
}

/* What costs nothing is free to go to a bound. */
static lgt_matrix_search_opts costly(void) {
    lgt_matrix_search_opts opts;
    lgt_matrix_search_opts_default(&opts);
    opts.diagonal = opts.off_diagonal = opts.bias = 0.125;
    return opts;
}

static lgt_status whole(uint32_t form, double eps, void *model, size_t size,
                        const lgt_matrix_search_opts *opts) {
#define FIT(family, x, ...)                                                                      \
    lgt_##family##_fit_f64(model, size, x, K, labels, LGT_U8, NULL, ROWS, K, __VA_ARGS__, scratch, \
                           sizeof scratch)
    if (eps > 0) return FIT(dirichlet, probabilities, eps, opts);
    if (form == LGT_MATRIX_FORM_BIAS) return FIT(prior_shift, x, opts);
    if (form == LGT_MATRIX_FORM_VECTOR) return FIT(vector_scaling, x, opts);
    return FIT(matrix_scaling, x, opts);
}

static void as_the_fit(uint32_t form, double eps) {
    size_t bytes, count = form == LGT_MATRIX_FORM_BIAS ? K : form == LGT_MATRIX_FORM_VECTOR ? 2 * K : MOST;
    double point[MOST];
    uint32_t done = 0;
    lgt_matrix_search_opts opts = costly();
    CHECK_STATUS(lgt_matrix_search_size(form, K, eps, &bytes), LGT_OK);
    CHECK(bytes == 464 + 280 * count);
    const size_t size = sizeof(lgt_model_head) + 8 * (count + (eps > 0));
    guarded search = guard_end(bytes), found = guard_end(size), fitted = guard_end(size);
    CHECK_STATUS(lgt_matrix_search_init(search.data, bytes, form, K, eps, &opts), LGT_OK);
    CHECK_STATUS(lgt_matrix_search_model(search.data, found.data, size), LGT_NOT_CONVERGED);
    CHECK_STATUS(lgt_matrix_loss_init(loss, sizeof loss, form, K, eps), LGT_OK);
    for (int pass = 0; pass < 1000 && !done; pass++) {
        CHECK_STATUS(lgt_matrix_search_point(search.data, point, count), LGT_OK);
        CHECK_STATUS(lgt_matrix_loss_set(loss, point, count), LGT_OK);
        CHECK_STATUS(lgt_matrix_loss_update_f64(loss, eps > 0 ? probabilities : x, K, labels, LGT_U8,
                                                NULL, ROWS, K, scratch, sizeof scratch),
                     LGT_OK);
        CHECK_STATUS(lgt_matrix_search_step(search.data, loss, &done), LGT_OK);
    }
    CHECK(done);
    CHECK_STATUS(lgt_matrix_search_model(search.data, found.data, size), LGT_OK);
    CHECK_STATUS(whole(form, eps, fitted.data, size, &opts), LGT_OK);
    CHECK(memcmp(found.data, fitted.data, size) == 0);
    /* There the slopes and what the parameters cost are in balance. */
    double slopes[MOST], curvatures[MOST];
    CHECK_STATUS(lgt_matrix_search_point(search.data, point, count), LGT_OK);
    CHECK_STATUS(lgt_matrix_loss_set(loss, point, count), LGT_OK);
    CHECK_STATUS(lgt_matrix_loss_update_f64(loss, eps > 0 ? probabilities : x, K, labels, LGT_U8, NULL,
                                            ROWS, K, scratch, sizeof scratch),
                 LGT_OK);
    CHECK_STATUS(lgt_matrix_loss_get(loss, slopes, curvatures, count), LGT_OK);
    for (size_t i = 0; i < count; i++) {
        size_t diagonal = form == LGT_MATRIX_FORM_MATRIX ? i % (K + 1) == 0 && i < K * K
                                                         : form == LGT_MATRIX_FORM_VECTOR && i < K;
        CHECK(fabs(slopes[i] + 2 * 0.125 * (point[i] - (double)diagonal)) <= 1e-9);
    }
    guard_free(search);
    guard_free(found);
    guard_free(fitted);
}

static void refused(void) {
    enum { P = 2 * K, FORM = LGT_MATRIX_FORM_VECTOR };
    static uint64_t search[512], model[64];
    double point[P] = {1, 1, 1, 0, 0, 0};
    size_t bytes = 7;
    uint32_t done = 7;
    lgt_matrix_search_opts opts;
    memset(search, 0xa5, sizeof search);
    memset(model, 0xa5, sizeof model);
    watch_nothing();
    watch(0, search, sizeof search);
    watch(1, model, sizeof model);
    watch(2, &done, sizeof done);
    watch(3, &bytes, sizeof bytes);
    REFUSED(lgt_matrix_search_size(LGT_MATRIX_FORM_MATRIX, SIZE_MAX, 0, &bytes), LGT_E_VALUE);
    REFUSED(lgt_matrix_search_size(3, K, 0, &bytes), LGT_E_VALUE);
    REFUSED(lgt_matrix_search_size(FORM, K, 0, NULL), LGT_E_NULL);
#define INIT(size, form, classes, eps) \
    lgt_matrix_search_init(search, size, form, classes, eps, NULL)
    REFUSED(lgt_matrix_search_init(NULL, sizeof search, FORM, K, 0, NULL), LGT_E_NULL);
    REFUSED(INIT(100, FORM, K, 0), LGT_E_SIZE);
    REFUSED(INIT(sizeof search, 3, K, 0), LGT_E_VALUE);
    REFUSED(INIT(sizeof search, FORM, 0, 0), LGT_E_VALUE);
    REFUSED(INIT(sizeof search, FORM, K, 1e-9), LGT_E_VALUE);
    for (int i = 0; i < 9; i++) {
        lgt_matrix_search_opts_default(&opts);
        if (i == 0) opts.struct_size = 8;
        if (i == 1) opts.max_iter = 0;
        if (i == 2) opts.tol = NAN;
        if (i == 3) opts.tol = 2;
        if (i == 4) opts.bound = 0.5;
        if (i == 5) opts.bound = NAN;
        if (i == 6) opts.diagonal = -1;
        if (i == 7) opts.off_diagonal = NAN;
        if (i == 8) opts.bias = 1e10;
        REFUSED(lgt_matrix_search_init(search, sizeof search, FORM, K, 0, &opts),
                i ? LGT_E_VALUE : LGT_E_OPTION);
    }
    lgt_matrix_search_opts_default(NULL);
    REFUSED(lgt_matrix_search_point(search, point, P), LGT_E_STATE);
    REFUSED(lgt_matrix_search_step(search, loss, &done), LGT_E_STATE);
    REFUSED(lgt_matrix_search_model(search, model, sizeof model), LGT_E_STATE);
    CHECK_STATUS(INIT(sizeof search, FORM, K, 0), LGT_OK);
    watch(0, search, sizeof search);
    CHECK_STATUS(lgt_matrix_loss_init(loss, sizeof loss, FORM, K, 0), LGT_OK);
    REFUSED(lgt_matrix_search_point(NULL, point, P), LGT_E_NULL);
    REFUSED(lgt_matrix_search_point(search, NULL, P), LGT_E_NULL);
    REFUSED(lgt_matrix_search_point(search, point, P + 1), LGT_E_SHAPE);
    REFUSED(lgt_matrix_search_step(NULL, loss, &done), LGT_E_NULL);
    REFUSED(lgt_matrix_search_step(search, NULL, &done), LGT_E_NULL);
    REFUSED(lgt_matrix_search_step(search, search, &done), LGT_E_STATE);
    REFUSED(lgt_matrix_search_step(search, loss, &done), LGT_E_MISMATCH);
    REFUSED(lgt_matrix_search_model(search, model, 40), LGT_E_SIZE);
    REFUSED(lgt_matrix_search_model(search, NULL, 40), LGT_E_NULL);
    REFUSED(lgt_matrix_search_model(NULL, model, sizeof model), LGT_E_NULL);
    /* It takes no sum from which rows were left out. */
    const float none[K] = {0, NAN, 2};
    CHECK_STATUS(lgt_matrix_loss_set(loss, point, P), LGT_OK);
    CHECK_STATUS(lgt_matrix_loss_update_f32(loss, none, K, labels, LGT_U8, NULL, 1, K, scratch,
                                            sizeof scratch),
                 LGT_OK);
    REFUSED(lgt_matrix_search_step(search, loss, &done), LGT_E_VALUE);
    watch_nothing();
}

/* Any bytes past the head and the form of a search: no access outside, and an end. */
static void hostile(void) {
    size_t bytes;
    enum { P = 2 * K };
    static uint64_t model[64];
    double point[P];
    uint32_t done = 0;
    CHECK_STATUS(lgt_matrix_search_size(LGT_MATRIX_FORM_VECTOR, K, 0, &bytes), LGT_OK);
    guarded room = guard_end(bytes);
    const float row[K] = {0, 1, 2};
    const int32_t label = 1;
    for (int byte = 0; byte < 256; byte++) {
        CHECK_STATUS(lgt_matrix_search_init(room.data, bytes, LGT_MATRIX_FORM_VECTOR, K, 0, NULL), LGT_OK);
        memset((char *)room.data + 32, byte, bytes - 32);
        CHECK_STATUS(lgt_matrix_search_point(room.data, point, P), LGT_OK);
        CHECK_STATUS(lgt_matrix_loss_init(loss, sizeof loss, LGT_MATRIX_FORM_VECTOR, K, 0), LGT_OK);
        lgt_matrix_loss_set(loss, point, P);
        CHECK_STATUS(lgt_matrix_loss_update_f32(loss, row, K, &label, LGT_I32, NULL, 1, K, scratch, sizeof scratch),
                     LGT_OK);
        lgt_matrix_search_step(room.data, loss, &done);
        lgt_matrix_search_model(room.data, model, sizeof model);
    }
    guard_free(room);
}

void test(void) {
    fill();
    for (uint32_t form = 0; form <= LGT_MATRIX_FORM_MATRIX; form++) as_the_fit(form, 0);
    as_the_fit(LGT_MATRIX_FORM_MATRIX, 1e-15);
    refused();
    hostile();
}
