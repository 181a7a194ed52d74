/* The same bits on every machine: hashes of results, compared with numbers that stand
 * here. What is exact is compared at every level; all the rest at the reproducible one,
 * where there is one, and at the portable one, whose arithmetic is the same everywhere
 * too. When an arithmetic is changed on purpose, a run prints the new numbers. */
#include "families.h"
#include "hashed.h"

enum { MOST = 70000, ROOM = 1 << 16 };
static const uint64_t START = 0xcbf29ce484222325u;

/* By storage type: logits, a gradient from above, and what comes out. */
static double x[DTYPES][MOST], above[DTYPES][MOST], y[DTYPES][MOST], dx[DTYPES][MOST];
static double weights[DTYPES][MOST], lse[MOST], loss[MOST], tau[MOST], total;
static size_t support[MOST];
static uint8_t labels[MOST], given[MOST];
static uint64_t state[ROOM], report[64], scratch[ROOM];

/* Rows and columns: short rows, rows of a few vectors and a rest, long rows. */
static const size_t shapes[][2] = {{40, 1}, {41, 2}, {37, 3}, {33, 5}, {30, 7}, {25, 10}, {19, 16},
                                   {17, 31}, {9, 100}, {5, 257}, {3, 1024}, {2, 5003}, {1, 70000}};
enum { SHAPES = sizeof shapes / sizeof *shapes };

/* Multiples of 2^-20 from -8 to 8; some rows have infinities, zeros or a NaN. */
static void fill(size_t rows, size_t cols, int strange) {
    uint64_t seed = rows * 1000003 + cols;
    const double odd[] = {-INFINITY, 0.0, -0.0, INFINITY, NAN, -100};
    for (size_t i = 0; i < rows * cols; i++) {
        double a = (double)(int64_t)(draw(&seed) >> 40) / 1048576 - 8;
        double b = (double)(int64_t)(draw(&seed) >> 40) / 8388608 - 1;
        if (strange && i / cols % 5 == 4 && draw(&seed) % 7 == 0) a = odd[draw(&seed) % 6];
        for (int type = 0; type < DTYPES; type++)
            put(x[type], type, i, a), put(above[type], type, i, b);
    }
    for (size_t r = 0; r < rows; r++) {
        labels[r] = (uint8_t)(draw(&seed) % (cols < 250 ? cols : 250));
        given[r] = (uint8_t)(draw(&seed) % (cols < 250 ? cols : 250));
        double w = (double)(draw(&seed) % 9) / 4;
        for (int type = 0; type < DTYPES; type++) put(weights[type], computed_type(type), r, w);
    }
}

/* Shares of integers, some of them 0: probabilities. */
static void to_probabilities(size_t rows, size_t cols) {
    uint64_t seed = rows + cols;
    for (size_t r = 0; r < rows; r++) {
        double sum = 0;
        for (size_t c = 0; c < cols; c++) sum += tau[c] = (double)(draw(&seed) % 64);
        for (size_t c = 0; c < cols; c++)
            for (int type = 0; type < DTYPES; type++)
                put(x[type], type, r * cols + c, sum > 0 ? tau[c] / sum : 1 / (double)cols);
    }
}

static uint64_t hash;
static uint64_t of_status(uint64_t so_far, lgt_status status, int line) {
    CHECK(status >= LGT_OK);
    if (status < LGT_OK) fprintf(stderr, "line %d: %s\n", line, lgt_status_name(status));
    return hash_word(so_far, (uint64_t)status);
}
/* An output, and the status of the call that made it. */
#define NUMBERS(type, array, n) (hash = hash_numbers(hash, type, array, n))
#define WORDS(array) (hash = hash_words(hash, &(array), sizeof(array)))
#define CALL(call) (hash = of_status(hash, call, __LINE__))
#define EACH_TYPE(group)      \
    group(f32, F32, float, float)     \
    group(f64, F64, double, double)   \
    group(f16, F16, lgt_f16, float)   \
    group(bf16, BF16, lgt_bf16, float)
#define OVER_TYPES(group)                                                                      \
    static void group(size_t rows, size_t cols) {                                              \
        group##_f32(rows, cols), group##_f64(rows, cols), group##_f16(rows, cols),             \
            group##_bf16(rows, cols);                                                          \
    }
#define X(type, element) (const element *)x[type], cols
#define Y(type, element) (element *)y[type], cols

#define SOFTMAX(dtype, type, element, acc)                                                       \
    static void softmax_##dtype(size_t rows, size_t cols) {                                      \
        lgt_softmax_opts opts;                                                                   \
        lgt_softmax_opts_default(&opts);                                                         \
        for (opts.scale = 1; opts.scale > 0.3; opts.scale -= 0.625) {                            \
            CALL(lgt_softmax_##dtype(X(type, element), Y(type, element), (acc *)lse, rows, cols, &opts)); \
            NUMBERS(type, y[type], rows * cols);                                                 \
            NUMBERS(computed_type(type), lse, rows);                                             \
            CALL(lgt_softmax_grad_##dtype(Y(type, element), (const element *)above[type], cols,  \
                                          NULL, 0, (element *)dx[type], cols, NULL, rows, cols, &opts)); \
            NUMBERS(type, dx[type], rows * cols);                                                \
            CALL(lgt_softmax_cols_##dtype(X(type, element), Y(type, element), (acc *)lse, rows, cols, &opts)); \
            NUMBERS(type, y[type], rows * cols);                                                 \
            NUMBERS(computed_type(type), lse, cols);                                             \
        }                                                                                        \
    }
EACH_TYPE(SOFTMAX)
OVER_TYPES(softmax)

#define LOG_SOFTMAX(dtype, type, element, acc)                                                   \
    static void log_softmax_##dtype(size_t rows, size_t cols) {                                  \
        CALL(lgt_log_softmax_##dtype(X(type, element), Y(type, element), NULL, rows, cols, NULL)); \
        NUMBERS(type, y[type], rows * cols);                                                     \
        CALL(lgt_log_softmax_grad_##dtype(Y(type, element), (const element *)above[type], cols, NULL, \
                                          0, (element *)dx[type], cols, NULL, rows, cols, NULL)); \
        NUMBERS(type, dx[type], rows * cols);                                                    \
    }
EACH_TYPE(LOG_SOFTMAX)
OVER_TYPES(log_softmax)

#define LOGSUMEXP(dtype, type, element, acc)                                                     \
    static void logsumexp_##dtype(size_t rows, size_t cols) {                                    \
        CALL(lgt_logsumexp_##dtype(X(type, element), (acc *)lse, rows, cols, NULL));             \
        NUMBERS(computed_type(type), lse, rows);                                                 \
        CALL(lgt_logsumexp_cols_##dtype(X(type, element), (acc *)lse, rows, cols, NULL));        \
        NUMBERS(computed_type(type), lse, cols);                                                 \
    }
EACH_TYPE(LOGSUMEXP)
OVER_TYPES(logsumexp)

#define MASKS(dtype, type, element, acc)                                                         \
    static void masks_##dtype(size_t rows, size_t cols) {                                        \
        lgt_softmax_mask mask;                                                                   \
        lgt_softmax_opts opts;                                                                   \
        lgt_softmax_mask_default(&mask);                                                         \
        lgt_softmax_opts_default(&opts);                                                         \
        opts.mask = &mask;                                                                       \
        mask.flags = LGT_MASK_CAUSAL;                                                            \
        mask.causal_offset = (int64_t)cols / 2;                                                  \
        mask.slope = -0.0625;                                                                    \
        mask.soft_cap = 5;                                                                       \
        CALL(lgt_softmax_##dtype(X(type, element), Y(type, element), NULL, rows, cols, &opts));  \
        NUMBERS(type, y[type], rows * cols);                                                     \
    }
EACH_TYPE(MASKS)
OVER_TYPES(masks)

#define TRANSFORMS(dtype, type, element, acc)                                                    \
    static void transforms_##dtype(size_t rows, size_t cols) {                                   \
        CALL(lgt_sparsemax_##dtype(X(type, element), Y(type, element), tau, support, rows, cols)); \
        NUMBERS(type, y[type], rows * cols);                                                     \
        CALL(lgt_entmax15_##dtype(X(type, element), Y(type, element), tau, support, rows, cols)); \
        NUMBERS(type, y[type], rows * cols);                                                     \
        NUMBERS(F64, tau, rows);                                                                 \
        CALL(lgt_entmax_##dtype(X(type, element), 1.25, Y(type, element), rows, cols));          \
        NUMBERS(type, y[type], rows * cols);                                                     \
        CALL(lgt_taylor_softmax_##dtype(X(type, element), Y(type, element), 2, rows, cols));     \
        NUMBERS(type, y[type], rows * cols);                                                     \
        CALL(lgt_spherical_softmax_##dtype(X(type, element), Y(type, element), 1e-6, rows, cols)); \
        NUMBERS(type, y[type], rows * cols);                                                     \
        CALL(lgt_sigmoid_##dtype(X(type, element), Y(type, element), rows, cols));               \
        NUMBERS(type, y[type], rows * cols);                                                     \
        CALL(lgt_log_sigmoid_##dtype(X(type, element), Y(type, element), rows, cols));           \
        NUMBERS(type, y[type], rows * cols);                                                     \
        CALL(lgt_softplus_##dtype(X(type, element), Y(type, element), 1.5, rows, cols));         \
        NUMBERS(type, y[type], rows * cols);                                                     \
    }
EACH_TYPE(TRANSFORMS)
OVER_TYPES(transforms)

#define LOSSES(dtype, type, element, acc)                                                        \
    static void losses_##dtype(size_t rows, size_t cols) {                                       \
        const acc *w = (const acc *)weights[type];                                               \
        element *grad = (element *)dx[type];                                                     \
        const element *other = (const element *)above[type];                                     \
        CALL(lgt_cross_entropy_##dtype(X(type, element), labels, LGT_U8, w, loss, tau, grad, cols, \
                                       &total, rows, cols, NULL));                               \
        LOSS(type);                                                                              \
        CALL(lgt_focal_##dtype(X(type, element), labels, LGT_U8, w, 2, loss, grad, cols, &total, \
                               rows, cols, NULL));                                               \
        LOSS(type);                                                                              \
        CALL(lgt_js_div_##dtype(X(type, element), other, cols, w, 1.5, loss, grad, cols, NULL, 0, \
                                &total, rows, cols, NULL));                                      \
        LOSS(type);                                                                              \
        CALL(lgt_dkd_##dtype(X(type, element), other, cols, labels, LGT_U8, w, 1, 4, 2, loss, grad, \
                             cols, &total, rows, cols, NULL));                                   \
        LOSS(type);                                                                              \
    }
#define LOSS(type)                       \
    NUMBERS(F64, loss, rows);            \
    NUMBERS(type, dx[type], rows * cols); \
    NUMBERS(F64, &total, 1)
EACH_TYPE(LOSSES)
OVER_TYPES(losses)

/* The bytes of a state and what it comes to. */
static void one_state(const family *f, size_t rows, size_t cols) {
    size_t size;
    CHECK_STATUS(f->size(&size), LGT_OK);
    for (int type = 0; type < DTYPES; type++) {
        CHECK_STATUS(f->init(state, size), LGT_OK);
        CALL(f->update[type](state, x[type], cols, labels, LGT_U8, weights[type], rows, cols));
        hash = hash_state(hash, state, size);
        memset(report, 0, sizeof report);
        CALL(f->finish(state, report));
        WORDS(report);
    }
}

static void states(size_t rows, size_t cols) {
    for (size_t i = 0; i < STATES; i++) {
        const uint32_t kind = families[i].kind;
        if ((kind == LGT_STATE_ECE_CLASSWISE && cols != 2) || (kind == LGT_STATE_EXTSUM && rows != 2))
            continue;
        if (kind == LGT_STATE_ECE_BINARY && rows > 64) continue;
        one_state(&families[i], rows, cols);
    }
}

static void probability_states(size_t rows, size_t cols) {
    to_probabilities(rows, cols);
    states(rows, cols);
}

#define CLASSES(cols) (cols >= 2 && cols <= 16)

/* Fits of many classes: model bytes. */
#define FITS(dtype, type, element, acc)                                                          \
    static void fits_##dtype(size_t rows, size_t cols) {                                         \
        lgt_temperature_model model;                                                             \
        const acc *w = (const acc *)weights[type];                                               \
        size_t size, bytes;                                                                      \
        if (!CLASSES(cols)) return;                                                              \
        CALL(lgt_temperature_fit_##dtype(&model, X(type, element), labels, LGT_U8, w, rows, cols, \
                                         NULL));                                                 \
        hash = hash_model(hash, &model, sizeof model);                                           \
        lgt_vector_scaling_size(cols, &size), lgt_vector_scaling_scratch(cols, &bytes);          \
        CHECK(size <= sizeof state && bytes <= sizeof scratch);                                  \
        CALL(lgt_vector_scaling_fit_##dtype(state, size, X(type, element), labels, LGT_U8, w, rows, \
                                            cols, NULL, scratch, bytes));                        \
        hash = hash_model(hash, state, size);                                                    \
        lgt_matrix_scaling_size(cols, &size), lgt_matrix_scaling_scratch(cols, &bytes);          \
        CHECK(size <= sizeof state && bytes <= sizeof scratch);                                  \
        CALL(lgt_matrix_scaling_fit_##dtype(state, size, X(type, element), labels, LGT_U8, w, rows, \
                                            cols, NULL, scratch, bytes));                        \
        hash = hash_model(hash, state, size);                                                    \
    }
EACH_TYPE(FITS)
OVER_TYPES(fits)

/* Of one score with two classes, the first `n` numbers. */
#define BINARY_FITS(dtype, type, element, acc)                                                   \
    static void binary_fits_##dtype(size_t rows, size_t cols) {                                  \
        lgt_platt_model platt;                                                                   \
        lgt_beta_model beta;                                                                     \
        const size_t n = rows * cols;                                                            \
        const acc *w = (const acc *)weights[type];                                               \
        const element *p = (const element *)x[type];                                             \
        size_t size, bytes;                                                                      \
        CALL(lgt_platt_fit_##dtype(&platt, p, 1, given, LGT_U8, w, n, NULL));                    \
        hash = hash_model(hash, &platt, sizeof platt);                                           \
        CALL(lgt_platt_apply_##dtype(&platt, p, 1, (element *)y[type], 1, n));                   \
        NUMBERS(type, y[type], n);                                                               \
        CALL(lgt_beta_fit_##dtype(&beta, p, 1, given, LGT_U8, w, n, NULL));                      \
        hash = hash_model(hash, &beta, sizeof beta);                                             \
        CALL(lgt_beta_apply_##dtype(&beta, p, 1, (element *)y[type], 1, n));                     \
        NUMBERS(type, y[type], n);                                                               \
        lgt_isotonic_size(n, 1, &size), lgt_isotonic_scratch(n, sizeof(element), 1, &bytes);     \
        if (size > sizeof state || bytes > sizeof scratch) return;                               \
        CALL(lgt_isotonic_fit_##dtype(state, size, p, 1, given, LGT_U8, w, n, NULL, scratch, bytes)); \
        hash = hash_model(hash, state, ((lgt_state_head *)state)->size);                         \
        CALL(lgt_isotonic_apply_##dtype(state, p, 1, (element *)y[type], 1, n));                 \
        NUMBERS(type, y[type], n);                                                               \
    }
EACH_TYPE(BINARY_FITS)
OVER_TYPES(binary_fits)

static void binary(size_t rows, size_t cols) {
    if (rows * cols > 1024) return;
    to_probabilities(rows, cols);
    for (size_t i = 0; i < rows * cols; i++) given[i] = (uint8_t)((i * i + i / 3) % 5 < 2);
    for (int type = 0; type < DTYPES; type++)
        for (size_t i = 0; i < rows * cols; i++) put(weights[type], computed_type(type), i, (double)(i % 4) / 2);
    binary_fits(rows, cols);
}

/* Areas, and prediction sets with their threshold. */
#define SCORES(dtype, type, element, acc)                                                        \
    static void scores_##dtype(size_t rows, size_t cols) {                                       \
        const size_t n = rows * cols;                                                            \
        size_t size, bytes;                                                                      \
        lgt_auroc_report area;                                                                   \
        lgt_average_precision_report precision;                                                  \
        const acc *w = (const acc *)weights[type];                                               \
        const element *p = (const element *)x[type];                                             \
        lgt_auroc_scratch(n, sizeof(element), 1, &bytes);                                        \
        CHECK(bytes <= sizeof scratch);                                                          \
        CALL(lgt_auroc_##dtype(p, given, LGT_U8, w, &area, n, 0.5, scratch, bytes));             \
        WORDS(area);                                                                             \
        lgt_average_precision_scratch(n, sizeof(element), 1, &bytes);                            \
        CHECK(bytes <= sizeof scratch);                                                          \
        CALL(lgt_average_precision_##dtype(p, given, LGT_U8, w, &precision, n, scratch, bytes)); \
        WORDS(precision);                                                                        \
        if (!CLASSES(cols)) return;                                                              \
        CALL(lgt_conformal_scores_##dtype(X(type, element), labels, LGT_U8, NULL, loss, rows, cols, \
                                          NULL));                                                \
        NUMBERS(F64, loss, rows);                                                                \
        lgt_conformal_size(0, &size), lgt_conformal_scratch(rows, 0, &bytes);                    \
        CHECK(size <= sizeof state && bytes <= sizeof scratch);                                  \
        CALL(lgt_conformal_fit(state, size, loss, NULL, LGT_U8, rows, 0, 0.125, NULL, scratch, bytes)); \
        hash = hash_model(hash, state, size);                                                    \
        lgt_conformal_sets_scratch(cols, &bytes);                                                \
        uint64_t *masks = (uint64_t *)tau;                                                       \
        uint32_t *sizes = (uint32_t *)lse;                                                       \
        CALL(lgt_conformal_sets_##dtype(state, X(type, element), NULL, NULL, masks, 1, sizes, rows, \
                                        cols, scratch, bytes));                                  \
        hash = hash_words(hash, masks, 8 * rows);                                                \
        for (size_t r = 0; r < rows; r++) hash = hash_word(hash, sizes[r]);                      \
    }
EACH_TYPE(SCORES)
OVER_TYPES(scores)

static void of_scores(size_t rows, size_t cols) {
    if (rows * cols > 1024) return;
    for (size_t i = 0; i < rows * cols; i++) given[i] = (uint8_t)((i * i + i / 3) % 5 < 2);
    for (int type = 0; type < DTYPES; type++)
        for (size_t i = 0; i < rows * cols; i++) put(weights[type], computed_type(type), i, (double)(i % 4) / 2);
    scores(rows, cols);
}

/* A query a row; its scores are few enough to be tied at times. */
#define RANKINGS(dtype, type, element, acc)                                                      \
    static void rankings_##dtype(size_t rows, size_t cols) {                                     \
        static const lgt_ranking_measure measures[3] = {                                         \
            {LGT_RANKING_NDCG, 10}, {LGT_RANKING_AVERAGE_PRECISION, 0}, {LGT_RANKING_ERR, 5}};    \
        const acc *w = (const acc *)weights[type];                                               \
        size_t size, bytes;                                                                      \
        lgt_ranking_size(measures, 3, NULL, &size), lgt_ranking_scratch(cols, &bytes);           \
        if (bytes > sizeof scratch) return;                                                      \
        CHECK_STATUS(lgt_ranking_init(state, size, measures, 3, NULL), LGT_OK);                  \
        CALL(lgt_ranking_update_##dtype(state, X(type, element), given, cols, LGT_U8, NULL, w, loss, \
                                        rows, cols, scratch, bytes));                            \
        hash = hash_state(hash, state, size);                                                    \
        NUMBERS(F64, loss, 3 * rows);                                                            \
    }
EACH_TYPE(RANKINGS)
OVER_TYPES(rankings)

static void of_queries(size_t rows, size_t cols) {
    for (size_t i = 0; i < rows * cols; i++) given[i] = (uint8_t)((i * i + i / 7) % 5);
    rankings(rows, cols);
}

/* Counts and exact sums of what was given: nothing is rounded that depends on a level. */
static void exact(size_t rows, size_t cols) {
    size_t size;
    one_state(&families[0], rows, cols);
    if (cols > 250) return;
    CHECK_STATUS(lgt_confusion_size((uint32_t)cols, NULL, &size), LGT_OK);
    if (size <= sizeof state) {
        CHECK_STATUS(lgt_confusion_init(state, size, (uint32_t)cols, NULL), LGT_OK);
        CALL(lgt_confusion_update(state, given, LGT_U8, labels, LGT_U8, NULL, rows));
        hash = hash_state(hash, state, 48);
    }
    CHECK_STATUS(lgt_pearson_size(&size), LGT_OK);
    CHECK_STATUS(lgt_pearson_init(state, size), LGT_OK);
    CALL(lgt_pearson_update_f64(state, x[F64], above[F64], weights[F64], rows));
    CALL(lgt_pearson_update_f32(state, (const float *)x[F32], (const float *)above[F32],
                                (const float *)weights[F32], rows));
    hash = hash_state(hash, state, size);
    to_probabilities(rows, cols);
    one_state(&families[3], rows, cols);
    if (cols == 2) one_state(&families[STATES - 1], rows, cols);
    if (rows <= 64) one_state(&families[STATES - 2], rows, cols);
}

typedef struct {
    const char *name;
    void (*run)(size_t rows, size_t cols);
    int strange;
    /* At the reproducible level, and at the portable one. */
    uint64_t expected[2];
} group;

/* What is exact is the same at every level. */
static const group exact_states = {"exact states", exact, 1, {0x71d747fdf40c33dd, 0x71d747fdf40c33dd}};

static const group groups[] = {
    {"softmax", softmax, 1, {0x5c976517958c93e2, 0x8d94cbcf155f414b}},
    {"log-softmax", log_softmax, 1, {0x21707818450161f2, 0x60864fff494016df}},
    {"logsumexp", logsumexp, 1, {0x837e6abc000c58c0, 0xaca7a0413f7715ac}},
    {"masks", masks, 1, {0xa6b1baecf01b1e53, 0x67721cfa75722583}},
    {"transforms", transforms, 1, {0xbcf12e93a279c21c, 0xdf07767adc3a7f68}},
    {"losses", losses, 1, {0x4ac4ae2dd6f4b625, 0x1deac896a5a8c44f}},
    {"states of logits", states, 1, {0x53c1e6d8868f0d83, 0x0aee47de946304d4}},
    {"states of probabilities", probability_states, 0, {0xbc16dd9c088f9a59, 0x9d375bb08677411d}},
    {"fits of classes", fits, 0, {0x5d2f7995b824a65c, 0xb4c6c93cf465997f}},
    {"fits of scores", binary, 0, {0xb9bd5ca5aef93539, 0xae1b3adaad99ec44}},
    {"rankings", of_queries, 0, {0x97f636626a14bc6d, 0x97f636626a14bc6d}},
    {"areas and sets", of_scores, 0, {0x9ff9c6f0b3985211, 0x03c91d349ef44fbf}},
};

static void compare(const group *g, int portable, const char *level) {
    hash = START;
    for (size_t i = 0; i < SHAPES; i++) {
        fill(shapes[i][0], shapes[i][1], g->strange);
        g->run(shapes[i][0], shapes[i][1]);
    }
    CHECK(hash == g->expected[portable]);
    if (hash != g->expected[portable])
        fprintf(stderr, "%s at %s: 0x%016llx\n", g->name, level, (unsigned long long)hash);
    printf("proof {\"table\":\"reproducible\",\"group\":\"%s\",\"hash\":\"%016llx\",\"level\":\"%s\"}\n",
           g->name, (unsigned long long)hash, level);
}

void test(void) {
    const uint32_t first = lgt_cpu_level();
    const int portable = first == LGT_LEVEL_PORTABLE;
    const char *name = lgt_cpu_level_name(first);
    char level[32];
    compare(&exact_states, portable, name);
    if (!portable && lgt_cpu_set_level(LGT_LEVEL_REPRODUCIBLE) != LGT_OK) return;
    snprintf(level, sizeof level, first == lgt_cpu_level() ? "%s" : "%s instead of %s",
             lgt_cpu_level_name(lgt_cpu_level()), name);
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) compare(&groups[i], portable, level);
    CHECK_STATUS(lgt_cpu_set_level(first), LGT_OK);
}
