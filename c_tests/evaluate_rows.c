/* Rows whose columns are seen in shards, between guard pages, against the definition in
 * long double and against the evaluation of the whole rows; every kind of bad input. */
#include "guarded.h"
#include "refused.h"

static lgt_status add(int type, void *state, const void *x, size_t stride, uint64_t first,
                      const double *scores, const void *labels, uint32_t label_type, size_t rows,
                      size_t cols) {
    switch (type) {
    case F32:
        return lgt_evaluate_rows_update_f32(state, (const float *)x, stride, first, scores, labels,
                                            label_type, rows, cols);
    case F64:
        return lgt_evaluate_rows_update_f64(state, (const double *)x, stride, first, scores,
                                            labels, label_type, rows, cols);
    case F16:
        return lgt_evaluate_rows_update_f16(state, (const lgt_f16 *)x, stride, first, scores,
                                            labels, label_type, rows, cols);
    default:
        return lgt_evaluate_rows_update_bf16(state, (const lgt_bf16 *)x, stride, first, scores,
                                             labels, label_type, rows, cols);
    }
}

static guarded fresh(size_t rows) {
    size_t bytes;
    CHECK_STATUS(lgt_evaluate_rows_size(rows, &bytes), LGT_OK);
    CHECK(bytes == 16 + 64 * rows);
    guarded state = guard_end(bytes);
    CHECK_STATUS(lgt_evaluate_rows_init(state.data, bytes, rows), LGT_OK);
    return state;
}

static void start(uint64_t *state, size_t bytes, uint32_t classes) {
    lgt_evaluate_opts opts;
    lgt_evaluate_opts_default(&opts);
    opts.classes = classes;
    CHECK_STATUS(lgt_evaluate_init(state, bytes, &opts), LGT_OK);
}

enum { ROWS = 3, MOST = 200 };

/* Rows, their labels, and the logits there. */
typedef struct {
    double x[ROWS][MOST], scores[ROWS];
    uint16_t labels[ROWS];
    size_t cols;
} whole;

static void near_to(double got, long double want, long double bound) {
    CHECK(fabsl(got - want) <= bound);
}

/* What an evaluation says, and what the definition says. */
static void as_defined(const uint64_t *state, const whole *w, int type) {
    long double loss = 0, brier = 0, entropy = 0, confidence = 0, margin = 0;
    uint64_t ranks[MOST] = {0}, predicted[MOST] = {0};
    lgt_evaluate_class classes[MOST];
    lgt_evaluate_report got;
    for (size_t r = 0; r < ROWS; r++) {
        size_t top = 0, rank = 0;
        long double total = 0, next = 0;
        for (size_t c = 0; c < w->cols; c++) {
            double x = w->x[r][c];
            if (x > w->x[r][top]) top = c;
            rank += x > w->scores[r] || (x == w->scores[r] && c < w->labels[r]);
            total += expl(x);
        }
        for (size_t c = 0; c < w->cols; c++) {
            long double p = expl(w->x[r][c]) / total, off = p - (c == w->labels[r]);
            brier += off * off;
            entropy -= p * logl(p);
            if (c != top) next = fmaxl(next, p);
        }
        loss -= w->scores[r] - logl(total);
        confidence += expl(w->x[r][top]) / total;
        margin += expl(w->x[r][top]) / total - next;
        ranks[rank]++;
        predicted[top]++;
    }
    long double bound = (type == F64 ? 5e-14L : 1.5e-6L) * (1 + fabsl(loss)) + 1e-17L;
    CHECK_STATUS(lgt_evaluate_finish(state, &got), LGT_OK);
    CHECK(got.rows == ROWS && got.weight == ROWS && got.nan_rows == 0);
    near_to(got.nll, loss / ROWS, bound);
    near_to(got.brier, brier / ROWS, bound);
    near_to(got.entropy, entropy / ROWS, bound);
    near_to(got.confidence, confidence / ROWS, bound);
    near_to(got.margin, margin / ROWS, bound);
    uint64_t hits = 0;
    for (uint32_t k = 1; k <= 10; k++) {
        double accuracy = 7;
        if (k <= w->cols) hits += ranks[k - 1];
        CHECK_STATUS(lgt_evaluate_get_accuracy(state, k, &accuracy), LGT_OK);
        near_to(accuracy, (long double)hits / ROWS, 2e-16L);
    }
    CHECK_STATUS(lgt_evaluate_get_classes(state, classes, MOST), LGT_OK);
    for (size_t c = 0; c < w->cols; c++) CHECK(classes[c].predicted == predicted[c]);
}

/* Rows in two shards, each in memory of its own up against a guard page. */
static void two_shards(int type, size_t left, size_t right, int at_end) {
    guarded (*guard)(size_t) = at_end ? guard_end : guard_start;
    size_t cols[2] = {left, right}, size = dtype_size(type);
    guarded x[2], parts[2] = {fresh(ROWS), fresh(ROWS)};
    guarded scores = guard(sizeof(double) * ROWS), labels = guard(sizeof(uint16_t) * ROWS);
    guarded weights = guard(sizeof(double) * ROWS);
    uint64_t seed = left * 151 + right;
    static whole w;
    w.cols = left + right;
    for (int i = 0; i < 2; i++) {
        x[i] = guard(ROWS * cols[i] * size);
        for (size_t r = 0; r < ROWS; r++)
            for (size_t c = 0; c < cols[i]; c++) {
                put(x[i].data, type, r * cols[i] + c, 3 * noise(&seed));
                w.x[r][(size_t)i * left + c] = get(x[i].data, type, r * cols[i] + c);
            }
    }
    for (size_t r = 0; r < ROWS; r++) {
        w.labels[r] = (uint16_t)((left * 7 + r * right + r) % w.cols);
        w.scores[r] = w.x[r][w.labels[r]];
        ((double *)weights.data)[r] = 1;
    }
    memcpy(scores.data, w.scores, sizeof w.scores);
    memcpy(labels.data, w.labels, sizeof w.labels);
    const double *own = (const double *)scores.data;
    for (int i = 0; i < 2; i++)
        CHECK_STATUS(add(type, parts[i].data, x[i].data, cols[i], (uint64_t)i * left, own,
                         labels.data, LGT_U16, ROWS, cols[i]),
                     LGT_OK);
    CHECK_STATUS(lgt_evaluate_rows_merge(parts[at_end].data, parts[!at_end].data), LGT_OK);
    static uint64_t got[2][1024];
    for (int i = 0; i < 2; i++) {
        start(got[i], sizeof got[i], (uint32_t)w.cols);
        CHECK_STATUS(lgt_evaluate_rows_add_to(parts[at_end].data, got[i], own, labels.data,
                                              LGT_U16, i ? (double *)weights.data : NULL),
                     LGT_OK);
    }
    as_defined(got[0], &w, type);
    CHECK(memcmp(got[0], got[1], sizeof got[0]) == 0);
    for (int i = 0; i < 2; i++) {
        guard_free(x[i]);
        guard_free(parts[i]);
    }
    guard_free(scores);
    guard_free(labels);
    guard_free(weights);
}

/* A NaN, a label without a probability, several of +inf, in the shard without the label
 * and in its own. */
static void corners(int type) {
    const double inf = INFINITY;
    const double odd[][3] = {{NAN, 1, 0}, {1, NAN, 0}, {0, -inf, 1}, {inf, inf, 0}, {inf, 0, 1},
                             {-inf, -inf, -inf}, {-inf, 3, -inf}, {-3e4, 3e4, 0}};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        uint64_t x[3], parts[2 + 8], state[512], direct[512];
        const uint8_t label[1] = {1};
        lgt_evaluate_report got, want;
        for (size_t c = 0; c < 3; c++) put(x, type, c, odd[i][c]);
        double own = get(x, type, 1);
        CHECK_STATUS(lgt_evaluate_rows_init(parts, sizeof parts, 1), LGT_OK);
        for (size_t c = 3; c-- > 0;)
            CHECK_STATUS(add(type, parts, (char *)x + c * dtype_size(type), 1, c, &own, label,
                             LGT_U8, 1, 1),
                         LGT_OK);
        start(state, sizeof state, 3);
        start(direct, sizeof direct, 3);
        CHECK_STATUS(lgt_evaluate_rows_add_to(parts, state, &own, label, LGT_U8, NULL), LGT_OK);
        double values[3];
        for (size_t c = 0; c < 3; c++) values[c] = get(x, type, c);
        CHECK_STATUS(lgt_evaluate_update_f64(direct, values, 3, label, LGT_U8, NULL, 1, 3), LGT_OK);
        lgt_status status = lgt_evaluate_finish(direct, &want);
        CHECK_STATUS(lgt_evaluate_finish(state, &got), status);
        CHECK(got.nan_rows == want.nan_rows && got.infinite_rows == want.infinite_rows);
        CHECK(got.accuracy == want.accuracy);
        if (want.nan_rows) continue;
        CHECK(got.nll == want.nll || fabs(got.nll - want.nll) <= 2e-6 * want.nll);
        near_to(got.brier, want.brier, 2e-6);
        near_to(got.confidence, want.confidence, 2e-6);
        near_to(got.margin, want.margin, 2e-6);
    }
}

/* No rows, no columns. */
static void nothing(int type) {
    guarded none = fresh(0), two = fresh(2), before = fresh(2);
    const double scores[2] = {-INFINITY, 1};
    const uint8_t labels[2] = {0, 1};
    uint64_t state[512];
    lgt_evaluate_report got;
    start(state, sizeof state, 0);
    CHECK_STATUS(add(type, none.data, NULL, 5, 0, NULL, NULL, LGT_U8, 0, 5), LGT_OK);
    CHECK_STATUS(lgt_evaluate_rows_add_to(none.data, state, NULL, NULL, LGT_U8, NULL), LGT_OK);
    CHECK_STATUS(lgt_evaluate_finish(state, &got), LGT_UNDEFINED);
    CHECK(got.rows == 0);
    CHECK_STATUS(add(type, two.data, NULL, 0, 0, scores, labels, LGT_U8, 2, 0), LGT_OK);
    CHECK(memcmp(two.data, before.data, 16 + 2 * 64) == 0);
    /* A row of nothing but its label. */
    CHECK_STATUS(lgt_evaluate_rows_add_to(two.data, state, scores, labels, LGT_U8, NULL), LGT_OK);
    CHECK_STATUS(lgt_evaluate_finish(state, &got), LGT_UNDEFINED);
    CHECK(got.rows == 2 && got.nan_rows == 1 && got.accuracy == 0.5);
    guard_free(none);
    guard_free(two);
    guard_free(before);
}

static void bad_columns(int type) {
    enum { N = 4, M = 3 };
    uint64_t x[N * M], state[2 + 8 * N], other[12];
    const double scores[N] = {0};
    const int64_t labels[N] = {0, 1, 2, 1};
    const int64_t bad[][N] = {{0, -1, 0, 0}, {0, 0, 0, UINT32_MAX}, {INT64_MAX, 0, 0, 0}};
    memset(x, 0, sizeof x);
    CHECK_STATUS(lgt_evaluate_rows_init(state, sizeof state, N), LGT_OK);
    CHECK_STATUS(add(type, state, x, M, 0, scores, labels, LGT_I64, N, M), LGT_OK);
    watch_nothing();
    watch(0, state, sizeof state);
    REFUSED(add(type, NULL, x, M, 0, scores, labels, LGT_I64, N, M), LGT_E_NULL);
    REFUSED(add(type, state, NULL, M, 0, scores, labels, LGT_I64, N, M), LGT_E_NULL);
    REFUSED(add(type, state, x, M, 0, NULL, labels, LGT_I64, N, M), LGT_E_NULL);
    REFUSED(add(type, state, x, M, 0, scores, NULL, LGT_I64, N, M), LGT_E_NULL);
    REFUSED(add(type, state, x, M - 1, 0, scores, labels, LGT_I64, N, M), LGT_E_STRIDE);
    REFUSED(add(type, state, x, SIZE_MAX / 2, 0, scores, labels, LGT_I64, N, M), LGT_E_SIZE);
    REFUSED(add(type, state, x, M, 0, scores, labels, LGT_I64, N - 1, M), LGT_E_SHAPE);
    REFUSED(add(type, state, x, M, 0, scores, labels, LGT_I64, N + 1, M), LGT_E_SHAPE);
    REFUSED(add(type, state, x, M, 0, scores, labels, 9, N, M), LGT_E_LABEL);
    for (int i = 0; i < 3; i++)
        REFUSED(add(type, state, x, M, 0, scores, bad[i], LGT_I64, N, M), LGT_E_LABEL);
    const uint64_t far[] = {UINT32_MAX - 2, UINT32_MAX, (uint64_t)1 << 32, UINT64_MAX};
    for (int i = 0; i < 4; i++)
        REFUSED(add(type, state, x, M, far[i], scores, labels, LGT_I64, N, M), LGT_E_VALUE);
    /* No state, one elsewhere, and one of another kind. */
    memset(other, 0xa5, sizeof other);
    watch(1, other, sizeof other);
    REFUSED(add(type, other, x, M, 0, scores, labels, LGT_I64, N, M), LGT_E_STATE);
    REFUSED(add(type, (char *)state + 4, x, M, 0, scores, labels, LGT_I64, N, M), LGT_E_STATE);
    watch_nothing();
    CHECK_STATUS(lgt_accuracy_init(other, sizeof other, N), LGT_OK);
    watch(0, other, sizeof other);
    REFUSED(add(type, other, x, M, 0, scores, labels, LGT_I64, N, M), LGT_E_STATE);
    REFUSED(lgt_evaluate_rows_merge(other, state), LGT_E_STATE);
    watch_nothing();
}

static void bad_states(void) {
    uint64_t state[2 + 8 * 2], other[2 + 8 * 3];
    size_t bytes = 7;
    memset(state, 0xa5, sizeof state);
    watch_nothing();
    watch(0, state, sizeof state);
    watch(1, &bytes, sizeof bytes);
    const size_t many[] = {67108864, (size_t)1 << 28, UINT32_MAX, SIZE_MAX};
    for (size_t i = 0; i < sizeof many / sizeof *many; i++) {
        REFUSED(lgt_evaluate_rows_size(many[i], &bytes), LGT_E_VALUE);
        REFUSED(lgt_evaluate_rows_init(state, sizeof state, many[i]), LGT_E_VALUE);
    }
    REFUSED(lgt_evaluate_rows_size(2, NULL), LGT_E_NULL);
    REFUSED(lgt_evaluate_rows_init(NULL, sizeof state, 2), LGT_E_NULL);
    REFUSED(lgt_evaluate_rows_init(state, sizeof state - 1, 2), LGT_E_SIZE);
    REFUSED(lgt_evaluate_rows_init((char *)state + 4, sizeof state - 8, 1), LGT_E_STATE);
    watch_nothing();
    CHECK_STATUS(lgt_evaluate_rows_size(67108863, &bytes), LGT_OK);
    CHECK(bytes == 16 + 64 * (size_t)67108863);
    CHECK_STATUS(lgt_evaluate_rows_init(state, sizeof state, 2), LGT_OK);
    CHECK_STATUS(lgt_evaluate_rows_init(other, sizeof other, 3), LGT_OK);
    watch(0, state, sizeof state);
    watch(1, other, sizeof other);
    REFUSED(lgt_evaluate_rows_merge(state, other), LGT_E_MISMATCH);
    REFUSED(lgt_evaluate_rows_merge(state, state), LGT_E_ALIAS);
    REFUSED(lgt_evaluate_rows_merge(state, NULL), LGT_E_NULL);
    REFUSED(lgt_evaluate_rows_merge(NULL, state), LGT_E_NULL);
    watch_nothing();
}

static void bad_rows(void) {
    const double scores[2] = {0, 1}, bad_weights[][2] = {{0, NAN}, {-1, 0}, {1, INFINITY}};
    const uint8_t labels[2] = {0, 2};
    uint64_t state[2 + 8 * 2], evaluation[512], probabilities[512];
    lgt_evaluate_opts opts;
    lgt_evaluate_opts_default(&opts);
    opts.input = LGT_EVALUATE_PROBABILITIES;
    memset(evaluation, 0xa5, sizeof evaluation);
    memset(probabilities, 0xa5, sizeof probabilities);
    CHECK_STATUS(lgt_evaluate_rows_init(state, sizeof state, 2), LGT_OK);
    CHECK_STATUS(lgt_evaluate_init(probabilities, sizeof probabilities, &opts), LGT_OK);
    start(evaluation, sizeof evaluation, 2);
    watch_nothing();
    watch(0, state, sizeof state);
    watch(1, evaluation, sizeof evaluation);
    watch(2, probabilities, sizeof probabilities);
    /* Label 2 of two classes. */
    REFUSED(lgt_evaluate_rows_add_to(state, evaluation, scores, labels, LGT_U8, NULL), LGT_E_LABEL);
    REFUSED(lgt_evaluate_rows_add_to(state, probabilities, scores, labels, LGT_U8, NULL),
            LGT_E_MISMATCH);
    REFUSED(lgt_evaluate_rows_add_to(NULL, evaluation, scores, labels, LGT_U8, NULL), LGT_E_NULL);
    REFUSED(lgt_evaluate_rows_add_to(state, NULL, scores, labels, LGT_U8, NULL), LGT_E_NULL);
    REFUSED(lgt_evaluate_rows_add_to(state, evaluation, NULL, labels, LGT_U8, NULL), LGT_E_NULL);
    REFUSED(lgt_evaluate_rows_add_to(state, evaluation, scores, NULL, LGT_U8, NULL), LGT_E_NULL);
    REFUSED(lgt_evaluate_rows_add_to(state, evaluation, scores, labels, 0, NULL), LGT_E_LABEL);
    REFUSED(lgt_evaluate_rows_add_to(evaluation, state, scores, labels, LGT_U8, NULL), LGT_E_STATE);
    for (int i = 0; i < 3; i++)
        REFUSED(lgt_evaluate_rows_add_to(state, evaluation, scores, labels, LGT_U8,
                                         bad_weights[i]),
                LGT_E_VALUE);
    watch_nothing();
}

void test(void) {
    for (int type = 0; type < DTYPES; type++) {
        for (size_t left = 1; left <= 150; left += size_step())
            for (int at_end = 0; at_end < 2; at_end++)
                two_shards(type, left, left * 7 % 40, at_end);
        corners(type);
        nothing(type);
        bad_columns(type);
    }
    bad_states();
    bad_rows();
}
