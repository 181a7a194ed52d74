/* The verbs that work for every kind of model, and some thousands of damaged models, which
 * the fuzz target applies or sees refused. */
#include "fuzz/fuzz.h"
#include "refused.h"

enum { ROWS = 12, K = 4, MOST = 4096 };

static double scores[ROWS], logits[ROWS * K], probabilities[ROWS * K];
static uint8_t hits[ROWS], labels[ROWS];
static uint64_t scratch[1 << 12];

/* Data of which every fit makes something. */
static void fill(void) {
    uint64_t seed = 7;
    for (size_t r = 0; r < ROWS; r++) {
        double sum = 0;
        for (size_t c = 0; c < K; c++) sum += exp(logits[r * K + c] = noise(&seed));
        for (size_t c = 0; c < K; c++) probabilities[r * K + c] = exp(logits[r * K + c]) / sum;
        labels[r] = (uint8_t)(r % K);
        scores[r] = (double)(r + 1) / (ROWS + 1);
        hits[r] = (r * 5) % 7 > 2;
    }
}

#define OF_SCORES(family) \
    lgt_##family##_fit_f64(model, MOST, scores, 1, hits, LGT_U8, NULL, ROWS, NULL, scratch, sizeof scratch)
#define OF_TWO(family)                                                                             \
    lgt_##family##_fit_f64((lgt_##family##_model *)model, scores, 1, hits, LGT_U8, NULL, ROWS, NULL)
#define OF_ROWS(family, x)                                                                         \
    lgt_##family##_fit_f64(model, MOST, x, K, labels, LGT_U8, NULL, ROWS, K, NULL, scratch,        \
                           sizeof scratch)

static lgt_status make(uint32_t kind, void *model) {
    switch (kind) {
    case LGT_MODEL_TEMPERATURE:
        return lgt_temperature_fit_f64((lgt_temperature_model *)model, logits, K, labels, LGT_U8,
                                       NULL, ROWS, K, NULL);
    case LGT_MODEL_ENSEMBLE_TEMPERATURE:
        return lgt_ensemble_temperature_fit_f64((lgt_ensemble_temperature_model *)model, logits, K,
                                                labels, LGT_U8, NULL, ROWS, K, NULL, scratch,
                                                sizeof scratch);
    case LGT_MODEL_PRIOR_SHIFT: return OF_ROWS(prior_shift, logits);
    case LGT_MODEL_VECTOR_SCALING: return OF_ROWS(vector_scaling, logits);
    case LGT_MODEL_MATRIX_SCALING: return OF_ROWS(matrix_scaling, logits);
    case LGT_MODEL_DIRICHLET:
        return lgt_dirichlet_fit_f64(model, MOST, probabilities, K, labels, LGT_U8, NULL, ROWS, K,
                                     1e-15, NULL, scratch, sizeof scratch);
    case LGT_MODEL_PLATT: return OF_TWO(platt);
    case LGT_MODEL_BETA: return OF_TWO(beta);
    case LGT_MODEL_ISOTONIC: return OF_SCORES(isotonic);
    case LGT_MODEL_HISTOGRAM_BINNING: return OF_SCORES(histogram_binning);
    case LGT_MODEL_BBQ: return OF_SCORES(bbq);
    case LGT_MODEL_SCALING_BINNING: return OF_SCORES(scaling_binning);
    case LGT_MODEL_SPLINE: return OF_SCORES(spline);
    case LGT_MODEL_VENN_ABERS:
        return lgt_venn_abers_fit_f64(model, MOST, scores, 1, hits, LGT_U8, NULL, ROWS, scratch,
                                      sizeof scratch);
    case LGT_MODEL_ONE_VS_REST: return OF_ROWS(one_vs_rest, probabilities);
    case LGT_MODEL_TOP_LABEL_CALIBRATION: return OF_ROWS(top_label_calibration, probabilities);
    default:
        return lgt_conformal_fit(model, MOST, scores, labels, LGT_U8, ROWS, K, 0.4, NULL, scratch,
                                 sizeof scratch);
    }
}

/* A model in no more room than it takes, before a guard page; to be freed. */
static guarded made(uint32_t kind, size_t *size) {
    static uint64_t room[MOST / 8];
    CHECK(make(kind, room) >= 0);
    *size = ((const lgt_model_head *)room)->head.size;
    guarded model = guard_end(*size);
    memcpy(model.data, room, *size);
    return model;
}

static void verbs(uint32_t kind) {
    size_t size, bytes = 7, parameters = 7;
    uint32_t found = 7;
    guarded model = made(kind, &size);
    CHECK_STATUS(lgt_model_check(model.data, size), LGT_OK);
    CHECK_STATUS(lgt_model_size(model.data, size, &found, &bytes, &parameters), LGT_OK);
    CHECK(found == kind && bytes == size && parameters == (size - sizeof(lgt_model_head)) / 8);
    CHECK_STATUS(lgt_model_size(model.data, size, NULL, NULL, NULL), LGT_OK);
    watch_nothing();
    watch(0, model.data, size);
    found = 7, bytes = parameters = 7;
    watch(1, &found, sizeof found);
    watch(2, &bytes, sizeof bytes);
    watch(3, &parameters, sizeof parameters);
#define BOTH(model, size, status)                                                    \
    do {                                                                             \
        REFUSED(lgt_model_check(model, size), status);                               \
        REFUSED(lgt_model_size(model, size, &found, &bytes, &parameters), status);   \
    } while (0)
    BOTH(NULL, size, LGT_E_NULL);
    BOTH(model.data, size - 1, LGT_E_STATE);
    BOTH(model.data, sizeof(lgt_model_head) - 1, LGT_E_STATE);
    BOTH(model.data, 0, LGT_E_STATE);
    BOTH((char *)model.data + 4, size - 4, LGT_E_STATE);
    /* It is no state, and no model of another kind or layout. */
    REFUSED(lgt_state_check(model.data, size), LGT_E_STATE);
    watch_nothing();
    for (size_t bit = 0; bit < 64; bit++) {
        ((unsigned char *)model.data)[bit / 8] ^= (unsigned char)(1u << bit % 8);
        if (bit < 32 || bit >= 48) BOTH(model.data, size, LGT_E_STATE);
        ((unsigned char *)model.data)[bit / 8] ^= (unsigned char)(1u << bit % 8);
    }
    guard_free(model);
}

/* A number below n. */
static size_t below(uint64_t *seed, size_t n) {
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(*seed >> 33) % n;
}

/* Flips bits, mostly in the head; sets parameters to extremes; cuts the end off. */
static void damaged(uint32_t kind) {
    const double extremes[] = {0, -0.0, 1, -1, 1e308, -1e308, NAN, INFINITY, -INFINITY, 5e-324, 3};
    size_t size;
    uint64_t seed = kind;
    guarded model = made(kind, &size);
    uint8_t *copy = (uint8_t *)malloc(size);
    CHECK(fuzz_model((const uint8_t *)model.data, size) == 0);
    for (int round = 0; round < 2000; round += (int)size_step()) {
        memcpy(copy, model.data, size);
        for (int i = 0; i < round % 4; i++)
            copy[below(&seed, round % 3 ? 16 : size)] ^= (uint8_t)(1u << below(&seed, 8));
        for (int i = 0; i < round % 5; i++)
            memcpy(copy + 40 + 8 * below(&seed, size / 8 - 5), &extremes[below(&seed, 11)], 8);
        CHECK(fuzz_model(copy, round % 7 ? size : below(&seed, size)) == 0);
    }
    free(copy);
    guard_free(model);
}

void test(void) {
    fill();
    for (uint32_t kind = LGT_MODEL_ENSEMBLE_TEMPERATURE; kind <= LGT_MODEL_CONFORMAL; kind++) {
        if (kind == LGT_STATE_COVERAGE) continue;
        verbs(kind);
        damaged(kind);
    }
    verbs(LGT_MODEL_TEMPERATURE);
    damaged(LGT_MODEL_TEMPERATURE);
}
