/* In each set just the classes that score no more than the threshold. */
#include "conformal.h"
#include "refused.h"

typedef lgt_status (*sets_function)(const void *model, const void *x, size_t stride,
                                    const double *u, const double *thresholds, uint64_t *masks,
                                    size_t mask_stride, uint32_t *sizes, size_t rows, size_t cols,
                                    void *scratch, size_t scratch_size);

#define SETS_FUNCTION(dtype, element)                                                          \
    static lgt_status sets_##dtype(const void *model, const void *x, size_t stride,            \
                                   const double *u, const double *thresholds, uint64_t *masks, \
                                   size_t mask_stride, uint32_t *sizes, size_t rows,           \
                                   size_t cols, void *scratch, size_t scratch_size) {          \
        return lgt_conformal_sets_##dtype(model, (const element *)x, stride, u, thresholds,    \
                                          masks, mask_stride, sizes, rows, cols, scratch,      \
                                          scratch_size);                                       \
    }

SETS_FUNCTION(f32, float)
SETS_FUNCTION(f64, double)
SETS_FUNCTION(f16, lgt_f16)
SETS_FUNCTION(bf16, lgt_bf16)

static const sets_function sets_of[DTYPES] = {sets_f32, sets_f64, sets_f16, sets_bf16};

static const double alpha = 0.25;

static void sets(const labelled *data, const void *model, const double *thresholds, size_t each,
                 const double *u, const double *scores, const lgt_conformal_opts *opts) {
    size_t words = (data->cols + 63) / 64, bytes;
    double rough = data->type == F64 ? 1e-11 : 8e-6;
    CHECK_STATUS(lgt_conformal_sets_scratch(data->cols, &bytes), LGT_OK);
    guarded masks = guard_end(data->rows * words * 8), scratch = guard_end(bytes);
    uint32_t sizes[ROWS];
    memset(masks.data, 0xa5, data->rows * words * 8);
    CHECK_STATUS(sets_of[data->type](model, data->x.data, data->stride, u, NULL,
                                     (uint64_t *)masks.data, words, sizes, data->rows, data->cols,
                                     scratch.data, bytes),
                 LGT_OK);
    for (size_t r = 0; r < data->rows; r++) {
        uint32_t count = 0;
        for (size_t c = 0; c < words * 64; c++) {
            int in = ((const uint64_t *)masks.data)[r * words + c / 64] >> c % 64 & 1;
            count += (uint32_t)in;
            if (c >= data->cols) {
                CHECK(!in);
                continue;
            }
            double q = thresholds[each ? c : 0], s = score(data, r, c, u ? u[r] : 1, opts);
            CHECK(fabs(s - q) <= rough || in == (s <= q));
            /* What made the threshold is in, to the bit. */
            if (c == labelled_label(data, r)) CHECK(!(scores[r] <= q) || in);
        }
        CHECK(count == sizes[r]);
    }
    guard_free(masks);
    guard_free(scratch);
}

static void one(const labelled *data, uint32_t method, uint32_t flags, int random, int by_class) {
    double scores[ROWS], u[ROWS];
    const lgt_conformal_opts opts = drawn(data, method, flags, u);
    CHECK_STATUS(scores_of[data->type](data->x.data, data->stride, data->labels.data,
                                       data->label_type, random ? u : NULL, scores, data->rows,
                                       data->cols, &opts),
                 LGT_OK);
    size_t classes = by_class ? data->cols : 0, size, bytes;
    CHECK_STATUS(lgt_conformal_size(classes, &size), LGT_OK);
    CHECK_STATUS(lgt_conformal_scratch(data->rows, classes, &bytes), LGT_OK);
    guarded model = guard_end(size), scratch = guard_end(bytes);
    CHECK(lgt_conformal_fit(model.data, size, scores, data->labels.data, data->label_type,
                            data->rows, classes, alpha, &opts, scratch.data, bytes) >= 0);
    sets(data, model.data, (const double *)model.data + 10, classes, random ? u : NULL, scores,
         &opts);
    guard_free(model);
    guard_free(scratch);
}

static void as_defined(const labelled *data) {
    if (data->rows == 0 || data->rows > ROWS) return;
    for (uint32_t method = 0; method < METHODS; method++) {
        one(data, method, 0, method % 2, 0);
        one(data, method, data->cols % 2 ? LGT_CONFORMAL_MARGINAL : 0, method % 2 == 0, 1);
    }
}

static void of_probabilities(const labelled *data) {
    if (data->rows == 0 || data->rows > ROWS) return;
    for (uint32_t method = 0; method < METHODS; method++)
        one(data, method, LGT_CONFORMAL_PROBABILITIES, 1, 0);
}

/* Rows that have no probabilities have all classes; infinities. */
static void corners(void) {
    const float x[5][3] = {{NAN, 0, 1}, {INFINITY, 0, INFINITY}, {-INFINITY, -INFINITY, -INFINITY},
                           {-INFINITY, 0, 0}, {1e30f, -1e30f, 0}};
    const double enough[2] = {0.5, 0.5};
    uint64_t model[12], masks[5], scratch[256];
    uint32_t sizes[5];
    CHECK_STATUS(lgt_conformal_fit(model, sizeof model, enough, NULL, LGT_U8, 2, 0, 0.5, NULL, NULL,
                                   0),
                 LGT_OK);
    CHECK_STATUS(lgt_conformal_sets_f32(model, x[0], 3, NULL, NULL, masks, 1, sizes, 5, 3, scratch,
                                        sizeof scratch),
                 LGT_UNDEFINED);
    const uint64_t expected[5] = {7, 5, 7, 6, 1};
    CHECK(memcmp(masks, expected, sizeof masks) == 0);
    /* Thresholds of the rows' own; one that lets all in. */
    const double own[5] = {0, 0, 0, INFINITY, -1};
    CHECK_STATUS(lgt_conformal_sets_f32(model, x[0], 3, NULL, own, masks, 1, NULL, 5, 3, scratch,
                                        sizeof scratch),
                 LGT_UNDEFINED);
    CHECK(masks[1] == 0 && masks[3] == 7 && masks[4] == 0);
}

static void refused(void) {
    const float x[6] = {1, 2, 3, 4, 5, 6};
    const double good[2] = {0.5, 0.25}, none[2] = {0.5, NAN};
    uint64_t model[12], masks[2], scratch[256];
    memset(model, 0xa5, sizeof model);
    memset(masks, 0xa5, sizeof masks);
    watch_nothing();
    watch(0, masks, sizeof masks);
    uint64_t fitted[12];
    CHECK_STATUS(lgt_conformal_fit(fitted, sizeof fitted, good, NULL, LGT_U8, 2, 0, 0.5, NULL, NULL,
                                   0),
                 LGT_OK);
#define SETS(model, u, own, scratch_size)                                                      \
    lgt_conformal_sets_f32(model, x, 3, u, own, masks, 1, NULL, 2, 3, scratch, scratch_size)
    REFUSED(SETS(NULL, NULL, NULL, sizeof scratch), LGT_E_NULL);
    REFUSED(SETS(model, NULL, NULL, sizeof scratch), LGT_E_STATE);
    REFUSED(SETS(fitted, none, NULL, sizeof scratch), LGT_E_VALUE);
    REFUSED(SETS(fitted, NULL, none, sizeof scratch), LGT_E_VALUE);
    REFUSED(SETS(fitted, NULL, NULL, 8), LGT_E_SCRATCH);
    REFUSED(lgt_conformal_sets_f32(fitted, x, 3, NULL, NULL, masks, 0, NULL, 2, 3, scratch,
                                   sizeof scratch),
            LGT_E_STRIDE);
    REFUSED(lgt_conformal_sets_f32(fitted, x, 3, NULL, NULL, scratch, 1, NULL, 2, 3, scratch,
                                   sizeof scratch),
            LGT_E_ALIAS);
    for (size_t bit = 0; bit < 128; bit++) {
        uint64_t bad[12];
        memcpy(bad, fitted, sizeof bad);
        bad[bit / 64] ^= 1ull << bit % 64;
        /* One class with a threshold of its own takes no more bytes than none. */
        REFUSED(SETS(bad, NULL, NULL, sizeof scratch), bit == 96 ? LGT_E_SHAPE : LGT_E_STATE);
    }
    REFUSED(lgt_conformal_sets_scratch(3, NULL), LGT_E_NULL);
}

/* Any parameters past a good head do no harm. */
static void hostile(void) {
    const double values[] = {NAN, INFINITY, -INFINITY, -1, 0, 1, 2, 5, 1e300, 0.5};
    const float x[4] = {3, 1, 2, 0};
    const double scores[1] = {0.5};
    uint64_t mask, scratch[256], seed = 1;
    double model[12];
    CHECK_STATUS(lgt_conformal_fit(model, sizeof model, scores, NULL, LGT_U8, 1, 0, 0.5, NULL, NULL,
                                   0),
                 LGT_OK);
    for (int i = 0; i < 2000; i++) {
        for (int p = 5; p < 12; p++) model[p] = values[(size_t)(fabs(noise(&seed)) * 100) % 10];
        /* Or it says that these are no probabilities. */
        CHECK(lgt_conformal_sets_f32(model, x, 4, NULL, NULL, &mask, 1, NULL, 1, 4, scratch,
                                     sizeof scratch) >= 0);
        CHECK(mask < 16);
    }
}

void test(void) {
    labelled_each(0, as_defined);
    labelled_each(1, of_probabilities);
    corners();
    refused();
    hostile();
}
