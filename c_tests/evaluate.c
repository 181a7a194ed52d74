/* Everything that one visit to each row tells, against its definition. */
#include "labelled.h"
#include "refused.h"

UPDATES(evaluate)
UPDATES(ece_top_label)

enum { MOST = 20 };

static lgt_evaluate_opts options(uint32_t input, uint32_t bins, uint32_t ranks, uint32_t classes) {
    lgt_evaluate_opts opts;
    lgt_evaluate_opts_default(&opts);
    opts.input = input;
    opts.bins = bins;
    opts.ranks = ranks;
    opts.classes = classes;
    return opts;
}

/* A filled state, before a guard page; to be freed. */
static guarded filled(const labelled *data, const lgt_evaluate_opts *opts) {
    size_t bytes;
    CHECK_STATUS(lgt_evaluate_size(opts, &bytes), LGT_OK);
    guarded state = guard_end(bytes);
    CHECK_STATUS(lgt_evaluate_init(state.data, bytes, opts), LGT_OK);
    labelled_laws(evaluate_update[data->type], data, state.data, bytes);
    return state;
}

/* How many entries of a row are before the label's own. */
static size_t rank_of(const labelled *data, size_t r) {
    size_t label = labelled_label(data, r), rank = 0;
    double own = labelled_x(data, r, label);
    for (size_t c = 0; c < data->cols; c++) {
        double x = labelled_x(data, r, c);
        rank += x > own || (x == own && c < label);
    }
    return rank;
}

/* Its first largest. */
static size_t predicted_of(const labelled *data, size_t r) {
    size_t best = 0;
    for (size_t c = 0; c < data->cols; c++)
        if (labelled_x(data, r, c) > labelled_x(data, r, best)) best = c;
    return best;
}

/* What the definition says of a row. */
typedef struct {
    long double loss, brier, confidence, entropy, margin;
} terms;

static terms of_row(const labelled *data, size_t r, int logits) {
    terms t = {0, 0, 0, 0, 0};
    size_t label = labelled_label(data, r), predicted = predicted_of(data, r);
    long double total = 0, next = 0;
    for (size_t c = 0; logits && c < data->cols; c++) total += expl(labelled_x(data, r, c));
    for (size_t c = 0; c < data->cols; c++) {
        long double p = labelled_x(data, r, c);
        if (logits) p = expl(p) / total;
        if (c == label) t.loss = -logl(p);
        t.brier += (p - (c == label)) * (p - (c == label));
        t.entropy -= p > 0 ? p * logl(p) : 0;
        if (c == predicted)
            t.confidence = p;
        else
            next = fmaxl(next, p);
    }
    t.margin = t.confidence - next;
    return t;
}

static void near_to(double got, long double want, long double bound) {
    CHECK(isnan(want) ? isnan(got) : got == want || fabsl(got - want) <= bound);
}

static void ranks_and_classes(const labelled *data, const void *state,
                              const lgt_evaluate_opts *opts) {
    lgt_evaluate_class classes[200];
    memset(classes, 0xa5, sizeof classes);
    CHECK_STATUS(lgt_evaluate_get_classes(state, classes, 200), LGT_OK);
    for (uint32_t k = 1; k <= opts->ranks; k++) {
        long double hits = 0, weight = 0;
        double accuracy = 7;
        for (size_t r = 0; r < data->rows; r++) {
            double w = labelled_weight(data, r);
            weight += w;
            hits += rank_of(data, r) < k ? w : 0;
        }
        CHECK_STATUS(lgt_evaluate_get_accuracy(state, k, &accuracy),
                     weight > 0 ? LGT_OK : LGT_UNDEFINED);
        near_to(accuracy, hits / weight, 3e-16L);
    }
    for (uint32_t c = 0; c < opts->classes; c++) {
        uint64_t labels = 0, predicted = 0, hits = 0;
        for (size_t r = 0; r < data->rows; r++) {
            if (labelled_weight(data, r) == 0) continue;
            int mine = labelled_label(data, r) == c, said = predicted_of(data, r) == c;
            labels += (uint64_t)mine;
            predicted += (uint64_t)said;
            hits += (uint64_t)(mine && said);
        }
        CHECK(classes[c].labelled == labels && classes[c].predicted == predicted);
        CHECK(classes[c].hits == hits);
    }
}

/* The bins are those of the state that has nothing else. */
static void bins(const labelled *data, const void *state, uint32_t count) {
    lgt_reliability_bin got[MOST], want[MOST];
    uint64_t room[4 + 13 * MOST];
    lgt_evaluate_report all;
    lgt_ece_top_label_report one;
    CHECK_STATUS(lgt_ece_top_label_init(room, sizeof room, count), LGT_OK);
    CHECK_STATUS(labelled_update(ece_top_label_update[data->type], room, data), LGT_OK);
    CHECK_STATUS(lgt_ece_top_label_get_bins(room, want, MOST), LGT_OK);
    CHECK_STATUS(lgt_evaluate_get_bins(state, got, MOST), LGT_OK);
    for (uint32_t b = 0; b < count; b++) {
        CHECK(got[b].rows == want[b].rows && got[b].weight == want[b].weight);
        CHECK(got[b].low == want[b].low && got[b].high == want[b].high);
        near_to(got[b].confidence, want[b].confidence, 1e-15L);
        near_to(got[b].frequency, want[b].frequency, 1e-15L);
    }
    CHECK(lgt_evaluate_finish(state, &all) >= 0 && lgt_ece_top_label_finish(room, &one) >= 0);
    near_to(all.ece, one.ece, 1e-12L);
    near_to(all.mce, one.mce, 1e-12L);
    near_to(all.rms, one.rms, 1e-12L);
}

static void as_defined(const labelled *data, int logits) {
    uint32_t classes = data->cols % 2 ? (uint32_t)data->cols : 0;
    uint32_t input = logits ? LGT_EVALUATE_LOGITS : LGT_EVALUATE_PROBABILITIES;
    lgt_evaluate_opts opts =
        options(input, 1 + (uint32_t)data->cols % MOST, 1 + (uint32_t)data->cols % 7, classes);
    guarded state = filled(data, &opts);
    long double bound = data->type == F64 ? 5e-14L : 1.5e-6L;
    long double loss = 0, brier = 0, confidence = 0, entropy = 0, margin = 0, weight = 0, hits = 0;
    uint64_t rows = 0, infinite = 0;
    for (size_t r = 0; r < data->rows; r++) {
        terms t = of_row(data, r, logits);
        double w = labelled_weight(data, r);
        rows += w > 0;
        weight += w;
        hits += rank_of(data, r) == 0 ? w : 0;
        infinite += w > 0 && isinf(t.loss); /* rounded to 0 */
        loss += w > 0 ? w * t.loss : 0;
        brier += w * t.brier;
        confidence += w * t.confidence;
        entropy += w * t.entropy;
        margin += w * t.margin;
    }
    lgt_evaluate_report got;
    CHECK_STATUS(lgt_evaluate_finish(state.data, &got), weight > 0 ? LGT_OK : LGT_UNDEFINED);
    CHECK(got.rows == rows && got.nan_rows == 0 && got.infinite_rows == infinite);
    CHECK(got.weight == (double)weight);
    near_to(got.accuracy, hits / weight, 3e-16L);
    near_to(got.nll, loss / weight, bound * (fabsl(loss) / weight) + 1e-18L);
    near_to(got.perplexity, expl(got.nll), 1e-15L * expl(got.nll));
    near_to(got.brier, brier / weight, bound * (brier / weight) + 1e-18L);
    near_to(got.confidence, confidence / weight, bound);
    /* Of a row whose label is not the largest relative to the loss. */
    near_to(got.entropy, entropy / weight, bound * (fmaxl(entropy, 0) + loss) / weight + 1e-14L);
    near_to(got.margin, margin / weight, bound);
    near_to(got.signed_gap, (confidence - hits) / weight, bound + 1e-15L);
    ranks_and_classes(data, state.data, &opts);
    if (!logits) bins(data, state.data, opts.bins);
    guard_free(state);
}

static void logits_as_defined(const labelled *data) {
    as_defined(data, 1);
}

static void probabilities_as_defined(const labelled *data) {
    as_defined(data, 0);
}

/* Rows that are visited one by one, and more than a block of them. */
static void longer(void) {
    static const size_t shapes[][2] = {{3, 129}, {2, 199}, {70, 12}, {130, 3}};
    for (int type = 0; type < DTYPES; type++) {
        for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
            for (int at_end = 0; at_end < 2; at_end++) {
                size_t rows = shapes[i][0], cols = shapes[i][1];
                labelled data = labelled_new(type, LGT_I32, rows, cols, cols + i, at_end);
                labelled_fill(&data, i);
                as_defined(&data, 1);
                for (size_t r = 0; r < rows; r++) labelled_put_weight(&data, r, 1);
                as_defined(&data, 1);
                labelled_to_probabilities(&data);
                as_defined(&data, 0);
                labelled_free(data);
            }
        }
    }
}

/* Four rows of three classes, by hand. */
static void worked_example(void) {
    const float p[4][3] = {{.5f, .25f, .25f}, {.25f, .5f, .25f}, {0, 0, 1}, {.25f, .25f, .5f}};
    const uint8_t labels[4] = {0, 0, 2, 1};
    lgt_evaluate_opts opts = options(LGT_EVALUATE_PROBABILITIES, 2, 3, 3);
    lgt_evaluate_report got;
    lgt_reliability_bin bin[2];
    lgt_evaluate_class class_[3];
    uint64_t state[128];
    double second;
    CHECK_STATUS(lgt_evaluate_init(state, sizeof state, &opts), LGT_OK);
    CHECK_STATUS(lgt_evaluate_update_f32(state, p[0], 3, labels, LGT_U8, NULL, 4, 3), LGT_OK);
    CHECK_STATUS(lgt_evaluate_finish(state, &got), LGT_OK);
    CHECK(got.rows == 4 && got.weight == 4 && got.accuracy == 0.5);
    CHECK(fabs(got.nll - 5 * log(2.) / 4) < 1e-15 && fabs(got.perplexity - exp2(1.25)) < 1e-14);
    CHECK(got.brier == (0.375 + 0.875 + 0 + 0.875) / 4);
    CHECK(got.confidence == 0.625 && got.margin == 0.4375);
    CHECK(fabs(got.entropy - 4.5 * log(2.) / 4) < 1e-6);
    /* Three rows of confidence 0.5, one of which is right, and one that is sure. */
    CHECK(fabs(got.ece - 0.125) < 1e-15 && fabs(got.mce - 1 / 6.) < 1e-15);
    CHECK(fabs(got.signed_gap - 0.125) < 1e-15);
    CHECK_STATUS(lgt_evaluate_get_bins(state, bin, 2), LGT_OK);
    CHECK(bin[0].rows == 3 && bin[0].confidence == 0.5 && bin[1].rows == 1);
    CHECK_STATUS(lgt_evaluate_get_accuracy(state, 2, &second), LGT_OK);
    CHECK(second == 0.75); /* The last row's label stands behind an equal. */
    CHECK_STATUS(lgt_evaluate_get_accuracy(state, 3, &second), LGT_OK);
    CHECK(second == 1);
    CHECK_STATUS(lgt_evaluate_get_classes(state, class_, 3), LGT_OK);
    CHECK(class_[0].labelled == 2 && class_[0].predicted == 1 && class_[0].hits == 1);
    CHECK(class_[1].labelled == 1 && class_[1].predicted == 1 && class_[1].hits == 0);
    CHECK(class_[2].labelled == 1 && class_[2].predicted == 2 && class_[2].hits == 1);
    /* Precision 1, 0, 1/2; recall 1/2, 0, 1. */
    lgt_class_counts_report made;
    CHECK_STATUS(lgt_evaluate_finish_classes(state, &made, NULL), LGT_OK);
    CHECK(made.rows == 4 && made.classes == 3 && made.precision == 0.5 && made.recall == 0.5);
    CHECK(fabs(made.f - 4 / 9.) < 1e-15 && made.accuracy == 0.5);
}

/* A NaN, wherever it stands, and a label that has no probability. */
static void corners(void) {
    lgt_evaluate_opts opts = options(LGT_EVALUATE_LOGITS, 3, 2, 0);
    for (int type = 0; type < DTYPES; type++) {
        for (size_t cols = 37; cols <= 137; cols += 100) {
            for (size_t at = 0; at < cols; at += 3) {
                labelled data = labelled_new(type, LGT_U16, 2, cols, cols, at % 2 != 0);
                lgt_evaluate_report got;
                labelled_put_label(&data, 1, (int64_t)at);
                labelled_put_x(&data, 0, at, NAN);
                guarded state = filled(&data, &opts);
                CHECK_STATUS(lgt_evaluate_finish(state.data, &got), LGT_UNDEFINED);
                CHECK(got.rows == 2 && got.nan_rows == 1 && got.weight == 2);
                CHECK(got.accuracy == (at ? 0 : 0.5) && isnan(got.nll) && isnan(got.ece));
                guard_free(state);
                labelled_put_x(&data, 0, at, 0);
                labelled_put_x(&data, 1, at, -INFINITY);
                state = filled(&data, &opts);
                CHECK_STATUS(lgt_evaluate_finish(state.data, &got), LGT_OK);
                CHECK(got.nan_rows == 0 && got.infinite_rows == 1);
                CHECK(isinf(got.nll) && isinf(got.perplexity) && got.brier > 0.9);
                guard_free(state);
                labelled_free(data);
            }
        }
    }
}

static void bad_options(void) {
    uint64_t state[512];
    size_t bytes = 7;
    memset(state, 0xa5, sizeof state);
    watch_nothing();
    watch(0, state, sizeof state);
    watch(1, &bytes, sizeof bytes);
    const uint32_t none[] = {0, 65537, UINT32_MAX};
    for (int i = 0; i < 3; i++) {
        lgt_evaluate_opts opts = options(0, none[i], 1, 0);
        REFUSED(lgt_evaluate_size(&opts, &bytes), LGT_E_VALUE);
        REFUSED(lgt_evaluate_init(state, sizeof state, &opts), LGT_E_VALUE);
        opts = options(0, 1, none[i], 0);
        REFUSED(lgt_evaluate_size(&opts, &bytes), LGT_E_VALUE);
        REFUSED(lgt_evaluate_init(state, sizeof state, &opts), LGT_E_VALUE);
        opts = options(2 + none[i] / 2, 1, 1, 0);
        REFUSED(lgt_evaluate_init(state, sizeof state, &opts), LGT_E_VALUE);
        /* More than the head could say the size of. */
        opts = options(0, 1, 1, UINT32_MAX - none[i] % 2);
        REFUSED(lgt_evaluate_size(&opts, &bytes), LGT_E_VALUE);
        opts = options(0, 1, 1, 0);
        opts.reserved = 1 + none[i] / 2;
        REFUSED(lgt_evaluate_init(state, sizeof state, &opts), LGT_E_OPTION);
        opts.reserved = 0;
        opts.struct_size = none[i] % sizeof opts;
        REFUSED(lgt_evaluate_size(&opts, &bytes), LGT_E_OPTION);
    }
    REFUSED(lgt_evaluate_size(NULL, NULL), LGT_E_NULL);
    REFUSED(lgt_evaluate_init(NULL, sizeof state, NULL), LGT_E_NULL);
    REFUSED(lgt_evaluate_init((char *)state + 4, sizeof state - 4, NULL), LGT_E_STATE);
    REFUSED(lgt_evaluate_init(state, 8 * 364 - 1, NULL), LGT_E_SIZE);
    watch_nothing();
    CHECK_STATUS(lgt_evaluate_size(NULL, &bytes), LGT_OK);
    CHECK(bytes == 472 + 15 * 136 + 10 * 40);
    lgt_evaluate_opts_default(NULL);
}

/* A struct of another version, up against a guard page: read no further than its size
 * says, and taken only if what is new is zero. */
static void sizes(void) {
    lgt_evaluate_opts usual = options(1, 2, 3, 4);
    size_t bytes = 7;
    for (uint32_t size = 8; size <= sizeof usual + 16; size += 8) {
        guarded room = guard_end(size);
        memset(room.data, 0, size);
        memcpy(room.data, &usual, size < sizeof usual ? size : sizeof usual);
        memcpy(room.data, &size, sizeof size);
        const lgt_evaluate_opts *opts = (const lgt_evaluate_opts *)room.data;
        CHECK_STATUS(lgt_evaluate_size(opts, &bytes),
                     size < sizeof usual ? LGT_E_OPTION : LGT_OK);
        if (size > sizeof usual) ((char *)room.data)[size - 1] = 1;
        if (size > sizeof usual) CHECK_STATUS(lgt_evaluate_size(opts, &bytes), LGT_E_OPTION);
        guard_free(room);
    }
    CHECK(bytes == 472 + 2 * 136 + 3 * 40 + 4 * 24);
}

static void bad_places(void) {
    lgt_evaluate_opts opts = options(LGT_EVALUATE_LOGITS, 4, 3, 5);
    uint64_t state[256] = {0}, other[256];
    lgt_reliability_bin got_bins[4];
    lgt_evaluate_class got_classes[5];
    lgt_class_counts_report got_report;
    lgt_evaluate_report report;
    double accuracy = 7;
    CHECK_STATUS(lgt_evaluate_init(state, sizeof state, &opts), LGT_OK);
    memset(got_bins, 0xa5, sizeof got_bins);
    memset(got_classes, 0xa5, sizeof got_classes);
    watch(0, state, sizeof state);
    watch(1, got_bins, sizeof got_bins);
    watch(2, got_classes, sizeof got_classes);
    watch(3, &accuracy, sizeof accuracy);
    REFUSED(lgt_evaluate_get_bins(NULL, got_bins, 4), LGT_E_NULL);
    REFUSED(lgt_evaluate_get_bins(state, NULL, 4), LGT_E_NULL);
    REFUSED(lgt_evaluate_get_bins(state, got_bins, 3), LGT_E_SIZE);
    REFUSED(lgt_evaluate_get_classes(NULL, got_classes, 5), LGT_E_NULL);
    REFUSED(lgt_evaluate_get_classes(state, NULL, 5), LGT_E_NULL);
    REFUSED(lgt_evaluate_get_classes(state, got_classes, 4), LGT_E_SIZE);
    REFUSED(lgt_evaluate_finish_classes(NULL, &got_report, NULL), LGT_E_NULL);
    REFUSED(lgt_evaluate_finish_classes(state, NULL, NULL), LGT_E_NULL);
    REFUSED(lgt_evaluate_get_accuracy(NULL, 1, &accuracy), LGT_E_NULL);
    REFUSED(lgt_evaluate_get_accuracy(state, 1, NULL), LGT_E_NULL);
    REFUSED(lgt_evaluate_get_accuracy(state, 0, &accuracy), LGT_E_VALUE);
    REFUSED(lgt_evaluate_get_accuracy(state, 4, &accuracy), LGT_E_VALUE);
    REFUSED(lgt_evaluate_get_accuracy(state, UINT32_MAX, &accuracy), LGT_E_VALUE);
    REFUSED(lgt_evaluate_finish(NULL, &report), LGT_E_NULL);
    REFUSED(lgt_evaluate_finish(state, NULL), LGT_E_NULL);
    /* Other columns than classes. */
    const float x[6] = {0};
    const uint8_t y[1] = {0};
    REFUSED(lgt_evaluate_update_f32(state, x, 4, y, LGT_U8, NULL, 1, 4), LGT_E_SHAPE);
    REFUSED(lgt_evaluate_update_f32(state, x, 6, y, LGT_U8, NULL, 1, 6), LGT_E_SHAPE);
    REFUSED(lgt_evaluate_update_f32(state, x, 6, y, LGT_U8, NULL, 0, 6), LGT_OK);
    /* Other options, and another kind. */
    opts.input = LGT_EVALUATE_PROBABILITIES;
    CHECK_STATUS(lgt_evaluate_init(other, sizeof other, &opts), LGT_OK);
    REFUSED(lgt_evaluate_merge(state, other), LGT_E_MISMATCH);
    REFUSED(lgt_evaluate_merge(state, state), LGT_E_ALIAS);
    CHECK_STATUS(lgt_nll_init(other, sizeof other), LGT_OK);
    REFUSED(lgt_evaluate_merge(state, other), LGT_E_STATE);
    REFUSED(lgt_evaluate_get_bins(other, got_bins, 4), LGT_E_STATE);
    REFUSED(lgt_evaluate_get_classes(other, got_classes, 5), LGT_E_STATE);
    REFUSED(lgt_evaluate_get_accuracy(other, 1, &accuracy), LGT_E_STATE);
    watch_nothing();
    CHECK_STATUS(lgt_evaluate_get_accuracy(state, 1, &accuracy), LGT_UNDEFINED);
    CHECK(isnan(accuracy));
}

void test(void) {
    labelled_each(0, logits_as_defined);
    labelled_each(1, probabilities_as_defined);
    longer();
    worked_example();
    corners();
    bad_options();
    sizes();
    bad_places();
}
