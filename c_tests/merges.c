/* A state is a function of the rows it has seen: every kind of state, over every way of
 * cutting the rows, every tree of merging the parts, and any number of workers, comes to
 * the bytes of one pass. The kinds whose sums are rounded (docs/state-format.md) are held
 * to less: with the same cuts and the same tree the workers do not show. */
#include <pthread.h>

#include "check.h"
#include "hashed.h"

enum { ROWS = 96, COLS = 3, WORDS = 8192, PARTS = ROWS, WORKERS = 7 };

/* Rows of every sort, in the order of one pass. */
static double x[ROWS][COLS], p[ROWS][COLS], score[ROWS], y[ROWS], weights[ROWS];
static uint8_t labels[ROWS], given[ROWS], hits[ROWS], flags[ROWS][COLS], grades[ROWS][COLS];
static uint64_t starts[ROWS + 1], masks[ROWS];

static void fill(void) {
    uint64_t seed = 5;
    for (size_t r = 0; r < ROWS; r++) {
        double sum = 0;
        for (size_t c = 0; c < COLS; c++) {
            x[r][c] = (double)(int64_t)(draw(&seed) >> 40) / 1048576 - 8;
            sum += p[r][c] = (double)(1 + draw(&seed) % 63);
            flags[r][c] = draw(&seed) & 1;
            grades[r][c] = draw(&seed) & 3;
        }
        for (size_t c = 0; c < COLS; c++) p[r][c] /= sum;
        score[r] = p[r][0];
        y[r] = (double)(int64_t)(draw(&seed) >> 40) / 3;
        weights[r] = r % 7 ? (double)(draw(&seed) % 1000) / 3 : 0;
        labels[r] = draw(&seed) % COLS;
        given[r] = draw(&seed) % COLS;
        hits[r] = draw(&seed) & 1;
        masks[r] = draw(&seed) & 7;
        starts[r + 1] = r + 1;
    }
}

typedef struct {
    uint32_t kind;
    const char *name;
    lgt_status (*init)(void *state, size_t size);
    /* Adds rows from `at` on. */
    lgt_status (*add)(void *state, size_t at, size_t n);
    int rounded;
} kind;

/* One that takes labelled rows. */
#define LABELLED(name, array)                                                                  \
    static lgt_status name##_add(void *s, size_t at, size_t n) {                               \
        return lgt_##name##_update_f64(s, array[at], COLS, labels + at, LGT_U8, weights + at, n, \
                                       COLS);                                                  \
    }
#define ADD(name, call) \
    static lgt_status name##_add(void *s, size_t at, size_t n) { return call; }
#define INIT(name, call) \
    static lgt_status name##_init(void *s, size_t size) { return call; }

INIT(accuracy, lgt_accuracy_init(s, size, 2))
LABELLED(accuracy, x)
INIT(nll, lgt_nll_init(s, size))
LABELLED(nll, x)
INIT(brier, lgt_brier_init(s, size))
LABELLED(brier, p)
INIT(ece_top_label, lgt_ece_top_label_init(s, size, 10))
LABELLED(ece_top_label, p)
INIT(evaluate, lgt_evaluate_init(s, size, NULL))
LABELLED(evaluate, x)
INIT(log_loss, lgt_log_loss_init(s, size, 1e-9, 0))
LABELLED(log_loss, p)
INIT(spherical, lgt_spherical_init(s, size))
LABELLED(spherical, p)
INIT(rps, lgt_rps_init(s, size, 0))
LABELLED(rps, p)
INIT(ece_classwise, lgt_ece_classwise_init(s, size, 10, COLS, 0))
LABELLED(ece_classwise, p)

static const double temperatures[2] = {1.5, 1};
INIT(temperature_loss, lgt_temperature_loss_init(s, size, temperatures, 2, 1))
LABELLED(temperature_loss, x)
INIT(ca_loss, lgt_ca_loss_init(s, size))
ADD(ca_loss, lgt_ca_loss_update_f64(s, x[at], COLS, labels + at, LGT_U8, weights + at, temperatures,
                                    1, n, COLS))

INIT(confusion, lgt_confusion_init(s, size, COLS, NULL))
ADD(confusion, lgt_confusion_update(s, given + at, LGT_U8, labels + at, LGT_U8, NULL, n))
INIT(class_counts, lgt_class_counts_init(s, size, COLS, NULL))
ADD(class_counts, lgt_class_counts_update(s, given + at, LGT_U8, labels + at, LGT_U8, NULL, n))
INIT(multilabel, lgt_multilabel_init(s, size, COLS, NULL))
ADD(multilabel, lgt_multilabel_update_f64(s, p[at], COLS, flags[at], COLS, LGT_U8, NULL, n, COLS, 0.3))
INIT(agreement, lgt_agreement_init(s, size, 4, NULL))
ADD(agreement, lgt_agreement_update(s, grades[at], LGT_U8, COLS, n, COLS))
INIT(coverage, lgt_coverage_init(s, size, COLS))
ADD(coverage, lgt_coverage_update(s, masks + at, 1, labels + at, LGT_U8, weights + at, n, COLS))
INIT(bootstrap, lgt_bootstrap_init(s, size, LGT_STATE_NLL, 0, 20, 7))
ADD(bootstrap, lgt_bootstrap_update_f64(s, x[at], COLS, labels + at, LGT_U8, weights + at, at, n, COLS))

/* Of a score and two classes. */
INIT(binary, lgt_binary_init(s, size, 10, 0, LGT_BINARY_PROBABILITIES))
ADD(binary, lgt_binary_update_f64(s, p[at], COLS, hits + at, LGT_U8, weights + at, n))
INIT(ece_binary, lgt_ece_binary_init(s, size, 10, LGT_BINS_LEFT))
ADD(ece_binary, lgt_ece_binary_update_f64(s, score + at, hits + at, LGT_U8, weights + at, n))
INIT(binned_auroc, lgt_binned_auroc_init(s, size, 8, LGT_BINNED_AUROC_PROBABILITIES, NULL, 0))
ADD(binned_auroc, lgt_binned_auroc_update_f64(s, score + at, hits + at, LGT_U8, NULL, n, 0))
INIT(streaming_auroc, lgt_streaming_auroc_init(s, size, ROWS))
ADD(streaming_auroc, lgt_streaming_auroc_update_f64(s, y + at, hits + at, LGT_U8, n))
INIT(pearson, lgt_pearson_init(s, size))
ADD(pearson, lgt_pearson_update_f64(s, y + at, weights + at, NULL, n))
INIT(regression, lgt_regression_init(s, size))
ADD(regression, lgt_regression_update_f64(s, y + at, weights + at, NULL, n))

/* Of orders of labels. */
static lgt_csr one_label(size_t at, size_t n) {
    lgt_csr csr = {starts, labels + at, n, LGT_U64, LGT_U8};
    return csr;
}
static lgt_status xmc_init(void *s, size_t size) {
    return lgt_xmc_init(s, size, 2, 0);
}
static lgt_status xmc_add(void *s, size_t at, size_t n) {
    lgt_csr csr = one_label(at, n);
    return lgt_xmc_update_dense_f64(s, x[at], COLS, &csr, NULL, n, COLS);
}
INIT(label_ranking, lgt_label_ranking_init(s, size, 0))
static lgt_status label_ranking_add(void *s, size_t at, size_t n) {
    lgt_csr csr = one_label(at, n);
    return lgt_label_ranking_update_csr_f64(s, x[at], COLS, &csr, NULL, NULL, n, COLS);
}
static const uint32_t cutoffs[2] = {1, 2};
INIT(matching, lgt_matching_init(s, size, cutoffs, 2, LGT_MATCHING_TIES_AVERAGE))
ADD(matching, lgt_matching_update_f64(s, x[at], COLS, labels + at, LGT_U8, 0, NULL, n, COLS))
static const lgt_ranking_measure measures[2] = {{LGT_RANKING_NDCG, 2}, {LGT_RANKING_AVERAGE_PRECISION, 0}};
INIT(ranking, lgt_ranking_init(s, size, measures, 2, NULL))
static lgt_status ranking_add(void *s, size_t at, size_t n) {
    uint64_t scratch[64];
    return lgt_ranking_update_f64(s, x[at], COLS, grades[at], COLS, LGT_U8, NULL, weights + at, NULL,
                                  n, COLS, scratch, sizeof scratch);
}

/* Rounded: two rows whose columns are seen in parts, and losses with derivatives. */
INIT(extsum, lgt_extsum_init(s, size, 1))
ADD(extsum, lgt_extsum_update_f64(s, y + at, n, 1, n, NULL))
INIT(evaluate_rows, lgt_evaluate_rows_init(s, size, 1))
static lgt_status evaluate_rows_add(void *s, size_t at, size_t n) {
    return lgt_evaluate_rows_update_f64(s, y + at, n, at, y + 11, "\x0b", LGT_U8, 1, n);
}
static lgt_status matrix_loss_init(void *s, size_t size) {
    const double point[2 * COLS] = {1, 0.5, 2, 0, 0.25, -1};
    lgt_status status = lgt_matrix_loss_init(s, size, LGT_MATRIX_FORM_VECTOR, COLS, 0);
    return status == LGT_OK ? lgt_matrix_loss_set(s, point, 2 * COLS) : status;
}
static lgt_status matrix_loss_add(void *s, size_t at, size_t n) {
    uint64_t scratch[512];
    return lgt_matrix_loss_update_f64(s, x[at], COLS, labels + at, LGT_U8, weights + at, n, COLS,
                                      scratch, sizeof scratch);
}
static lgt_status logistic_loss_init(void *s, size_t size) {
    lgt_logistic_search search;
    lgt_status status = lgt_logistic_search_init(&search, NULL);
    return status == LGT_OK ? lgt_logistic_loss_init(s, size, &search) : status;
}
ADD(logistic_loss, lgt_logistic_loss_update_f64(s, y + at, 1, hits + at, LGT_U8, weights + at, n))

#define KIND(constant, name, rounded) {LGT_STATE_##constant, #name, name##_init, name##_add, rounded}
static const kind kinds[] = {
    KIND(ACCURACY, accuracy, 0),
    KIND(NLL, nll, 0),
    KIND(BRIER, brier, 0),
    KIND(ECE_TOP_LABEL, ece_top_label, 0),
    KIND(EVALUATE, evaluate, 0),
    KIND(LOG_LOSS, log_loss, 0),
    KIND(SPHERICAL, spherical, 0),
    KIND(RPS, rps, 0),
    KIND(ECE_CLASSWISE, ece_classwise, 0),
    KIND(TEMPERATURE_LOSS, temperature_loss, 0),
    KIND(CA_LOSS, ca_loss, 0),
    KIND(CONFUSION, confusion, 0),
    KIND(CLASS_COUNTS, class_counts, 0),
    KIND(MULTILABEL, multilabel, 0),
    KIND(AGREEMENT, agreement, 0),
    KIND(COVERAGE, coverage, 0),
    KIND(BOOTSTRAP, bootstrap, 0),
    KIND(BINARY, binary, 0),
    KIND(ECE_BINARY, ece_binary, 0),
    KIND(BINNED_AUROC, binned_auroc, 0),
    KIND(STREAMING_AUROC, streaming_auroc, 0),
    KIND(PEARSON, pearson, 0),
    KIND(REGRESSION, regression, 0),
    KIND(XMC, xmc, 0),
    KIND(LABEL_RANKING, label_ranking, 0),
    KIND(MATCHING, matching, 0),
    KIND(RANKING, ranking, 0),
    KIND(EXTSUM, extsum, 1),
    KIND(EVALUATE_ROWS, evaluate_rows, 1),
    KIND(MATRIX_LOSS, matrix_loss, 1),
    KIND(LOGISTIC_LOSS, logistic_loss, 1),
};

/* Parts of the rows, cut at rising places; some have no rows. */
typedef struct {
    size_t count, from[PARTS + 1];
} cuts;

enum { SPLITS = 8, TREES = 6 };

static cuts cut(int way) {
    cuts c = {0, {0}};
    uint64_t seed = (uint64_t)way;
    size_t at = 0;
    while (at < ROWS && c.count + 1 < PARTS) {
        c.from[c.count++] = at;
        at += way == 0 ? (size_t)ROWS : way == 1 ? 1 : way == 2 ? (size_t)ROWS / 2 : draw(&seed) % (4u << (way & 3));
    }
    if (way > 2) c.from[c.count++] = at < ROWS ? at : (size_t)ROWS;
    c.from[c.count] = ROWS;
    return c;
}

static uint64_t parts[PARTS][WORDS], whole[WORDS];

typedef struct {
    const kind *k;
    const cuts *c;
    size_t first, step;
    int failed;
} work;

/* Every `step`-th part from `first` on, each in a state of its own. */
static void *make(void *given_work) {
    work *w = (work *)given_work;
    for (size_t i = w->first; i < w->c->count; i += w->step) {
        size_t at = w->c->from[i], n = w->c->from[i + 1] - at;
        if (w->k->init(parts[i], sizeof parts[i]) != LGT_OK) w->failed = 1;
        if (n && w->k->add(parts[i], at, n) != LGT_OK) w->failed = 1;
    }
    return NULL;
}

static size_t size_of(const void *state) {
    return ((const lgt_state_head *)state)->size;
}

static void join(size_t to, size_t from) {
    size_t size = size_of(parts[to]);
    CHECK_STATUS(lgt_state_merge(parts[to], size, parts[from], size), LGT_OK);
}

/* Merges all parts by a tree; returns where the result is. */
static size_t merge_all(size_t count, int tree) {
    size_t place[PARTS];
    uint64_t seed = (uint64_t)tree;
    for (size_t i = 0; i < count; i++) place[i] = i;
    while (count > 1) {
        /* A chain from the left, from the right, a balanced tree, any others. */
        size_t to = tree == 0 ? 0 : tree == 1 ? count - 2 : tree == 2 ? 0 : draw(&seed) % count;
        size_t from = tree == 0 ? 1 : tree == 1 ? count - 1 : tree == 2 ? 1 : draw(&seed) % (count - 1);
        if (tree > 2 && from >= to) from++;
        join(place[to], place[from]);
        size_t kept = place[to];
        if (tree == 2) {
            /* The first two make room at the end. */
            memmove(place, place + 2, (count - 2) * sizeof *place);
            place[count - 2] = kept;
        } else {
            memmove(place + from, place + from + 1, (count - from - 1) * sizeof *place);
        }
        count--;
    }
    return place[0];
}

/* Parts made by so many workers at once, then merged. */
static size_t run(const kind *k, const cuts *c, size_t workers, int tree) {
    pthread_t threads[WORKERS];
    work w[WORKERS];
    for (size_t i = 0; i < workers; i++) {
        work mine = {k, c, i, workers, 0};
        w[i] = mine;
        if (i > 0) CHECK(pthread_create(&threads[i], NULL, make, &w[i]) == 0);
    }
    make(&w[0]);
    for (size_t i = 1; i < workers; i++) pthread_join(threads[i], NULL);
    for (size_t i = 0; i < workers; i++) CHECK(!w[i].failed);
    return merge_all(c->count, tree);
}

static void law(const kind *k) {
    const size_t more[] = {2, 3, WORKERS};
    const long before = failures;
    CHECK_STATUS(k->init(whole, sizeof whole), LGT_OK);
    CHECK(((lgt_state_head *)whole)->kind == k->kind);
    CHECK_STATUS(k->add(whole, 0, ROWS), LGT_OK);
    for (int way = 0; way < SPLITS; way++) {
        const cuts c = cut(way);
        for (int tree = 0; tree < TREES; tree++) {
            size_t at = run(k, &c, 1, tree);
            /* The rounded kinds make what several workers are held to. */
            if (k->rounded) memcpy(whole, parts[at], size_of(parts[at]));
            CHECK(memcmp(parts[at], whole, size_of(whole)) == 0);
            /* Every number of them meets every way to cut. */
            at = run(k, &c, more[(way + tree) % 3], tree);
            CHECK(memcmp(parts[at], whole, size_of(whole)) == 0);
        }
    }
    if (failures > before) {
        fprintf(stderr, "%s depends on how it was merged\n", k->name);
        return;
    }
    /* Of a rounded kind, how many give the same bytes as each other. */
    printf("proof {\"table\":\"merges\",\"state\":\"%s\",\"splits\":%d,\"trees\":%d,"
           "\"workers\":\"1, 2, 3, 7\",\"level\":\"%s\"}\n",
           k->name, k->rounded ? 1 : SPLITS, k->rounded ? 1 : TREES,
           lgt_cpu_level_name(lgt_cpu_level()));
}

void test(void) {
    fill();
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) law(&kinds[i]);
}
