/* Bytes as any fitted model: what has its head is applied, whatever stands behind, and
 * what lgt_model_check accepts makes probabilities of numbers.
 *
 * A target for libFuzzer; c_tests/model.c feeds it damaged models without. */
#include "fuzz.h"

#include <math.h>

enum { ROWS = 3, COLS = 4, SCORES = 9, SCRATCH = 1 << 10 };

static const double scores[SCORES] = {0, .25, .5, 1, -3, 1e30, INFINITY, -INFINITY, NAN};
static const double rows[ROWS * COLS] = {.25, .5, .125, .125, 0,         1,
                                         0,   0,  NAN,  INFINITY, -INFINITY, 7};
static uint64_t scratch[SCRATCH];

/* What came out of f64, and what f32 said as well. */
typedef struct {
    double y[ROWS * COLS];
    lgt_status status;
} answer;

#define OF_SCORES(family, M)                                                                    \
    static answer family(const void *model) {                                                   \
        answer a;                                                                               \
        float x[SCORES], y[SCORES];                                                             \
        for (int i = 0; i < SCORES; i++) x[i] = (float)scores[i];                               \
        a.status = lgt_##family##_apply_f64((const M *)model, scores, 1, a.y, 1, SCORES);       \
        MUST(lgt_##family##_apply_f32((const M *)model, x, 1, y, 1, SCORES) == a.status);       \
        return a;                                                                               \
    }

/* `ROOM` stands at the end of the arguments. */
#define OF_ROWS(family, M)                                                                      \
    static answer family(const void *model) {                                                   \
        answer a;                                                                               \
        float x[ROWS * COLS], y[ROWS * COLS];                                                   \
        for (int i = 0; i < ROWS * COLS; i++) x[i] = (float)rows[i];                         \
        a.status = lgt_##family##_apply_f64((const M *)model, rows, COLS, a.y, COLS, ROWS,   \
                                            COLS ROOM);                                         \
        MUST(lgt_##family##_apply_f32((const M *)model, x, COLS, y, COLS, ROWS, COLS ROOM) ==   \
             a.status);                                                                         \
        return a;                                                                               \
    }

OF_SCORES(platt, lgt_platt_model)
OF_SCORES(beta, lgt_beta_model)
OF_SCORES(isotonic, void)
OF_SCORES(histogram_binning, void)
OF_SCORES(bbq, void)
OF_SCORES(scaling_binning, void)
OF_SCORES(spline, void)
OF_SCORES(venn_abers, void)
#define ROOM
OF_ROWS(temperature, lgt_temperature_model)
OF_ROWS(ensemble_temperature, lgt_ensemble_temperature_model)
OF_ROWS(prior_shift, void)
OF_ROWS(vector_scaling, void)
OF_ROWS(one_vs_rest, void)
OF_ROWS(top_label_calibration, void)
#undef ROOM
#define ROOM , scratch, sizeof scratch
OF_ROWS(matrix_scaling, void)
OF_ROWS(dirichlet, void)
#undef ROOM

typedef struct {
    uint32_t kind;
    int scores;   /* of two classes, or rows of logits */
    size_t least; /* bytes that there must be: a struct is there as a whole */
    answer (*apply)(const void *model);
} family;

static const family families[] = {
    {LGT_MODEL_PLATT, 1, sizeof(lgt_platt_model), platt},
    {LGT_MODEL_BETA, 1, sizeof(lgt_beta_model), beta},
    {LGT_MODEL_ISOTONIC, 1, sizeof(lgt_model_head), isotonic},
    {LGT_MODEL_HISTOGRAM_BINNING, 1, sizeof(lgt_model_head), histogram_binning},
    {LGT_MODEL_BBQ, 1, sizeof(lgt_model_head), bbq},
    {LGT_MODEL_SCALING_BINNING, 1, sizeof(lgt_model_head), scaling_binning},
    {LGT_MODEL_SPLINE, 1, sizeof(lgt_model_head), spline},
    {LGT_MODEL_VENN_ABERS, 1, sizeof(lgt_model_head), venn_abers},
    {LGT_MODEL_TEMPERATURE, 0, sizeof(lgt_temperature_model), temperature},
    {LGT_MODEL_ENSEMBLE_TEMPERATURE, 0, sizeof(lgt_ensemble_temperature_model), ensemble_temperature},
    {LGT_MODEL_PRIOR_SHIFT, 0, sizeof(lgt_model_head), prior_shift},
    {LGT_MODEL_VECTOR_SCALING, 0, sizeof(lgt_model_head), vector_scaling},
    {LGT_MODEL_MATRIX_SCALING, 0, sizeof(lgt_model_head), matrix_scaling},
    {LGT_MODEL_DIRICHLET, 0, sizeof(lgt_model_head), dirichlet},
    {LGT_MODEL_ONE_VS_REST, 0, sizeof(lgt_model_head), one_vs_rest},
    {LGT_MODEL_TOP_LABEL_CALIBRATION, 0, sizeof(lgt_model_head), top_label_calibration},
};

/* Whether these are what a checked model may make of scores: probabilities of those in 0 .. 1,
 * which others need not have. Maps of logits may take them beyond all numbers, and so to NaN. */
static int probabilities(const family *f, const answer *a) {
    for (size_t i = 0; i < (f->scores ? SCORES : ROWS * COLS); i++) {
        int in_range = a->y[i] >= 0 && a->y[i] <= 1;
        if (!in_range && !(isnan(a->y[i]) && (!f->scores || i > 3))) return 0;
    }
    return 1;
}

/* What writes something else than probabilities. */
static void others(const void *model, uint32_t kind) {
    double low[SCORES], high[SCORES];
    uint64_t sets[ROWS];
    uint32_t sizes[ROWS];
    lgt_status status = lgt_venn_abers_interval_f64(model, scores, 1, low, high, SCORES);
    MUST(kind == LGT_MODEL_VENN_ABERS ? status >= 0 || status == LGT_E_STATE : status == LGT_E_STATE);
    status = lgt_conformal_sets_f64(model, rows, COLS, NULL, NULL, sets, 1, sizes, ROWS, COLS,
                                    scratch, sizeof scratch);
    MUST(kind == LGT_MODEL_CONFORMAL || status == LGT_E_STATE);
    if (status >= 0)
        for (int r = 0; r < ROWS; r++) MUST(sets[r] < 1u << COLS && sizes[r] <= COLS);
}

int fuzz_model(const uint8_t *data, size_t size) {
    guarded model = fuzz_copy(data, size);
    uint32_t kind = 0;
    size_t bytes = 0, parameters = 0;
    lgt_state_head head = {0, 0, 0, 0, 0};
    lgt_status check = lgt_model_check(model.data, size);
    lgt_status known = lgt_model_size(model.data, size, &kind, &bytes, &parameters);
    MUST(known == LGT_OK ? bytes == sizeof(lgt_model_head) + 8 * parameters && bytes <= size
                         : known == LGT_E_STATE && check == LGT_E_STATE);
    if (size >= sizeof head) memcpy(&head, data, sizeof head);
    if (head.size && head.size <= size) {
        for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
            if (size < families[i].least) continue;
            answer a = families[i].apply(model.data);
            if (known != LGT_OK || families[i].kind != kind)
                MUST(a.status == LGT_E_STATE);
            else if (check == LGT_OK && a.status >= 0)
                MUST(probabilities(&families[i], &a));
        }
        others(model.data, known == LGT_OK ? kind : 0);
    }
    MUST(size == 0 || memcmp(model.data, data, size) == 0);
    guard_free(model);
    return 0;
}
