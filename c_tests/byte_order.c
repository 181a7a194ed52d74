/* States and models are the same numbers at the same places on processors of either byte
 * order: written out lowest byte first, the fields of docs/state-format.md have one
 * fingerprint everywhere. All numbers here are exact, so that no level rounds any. */
#include "check.h"

enum { ROWS = 24, COLS = 4, ROOM = 4096 };

static uint64_t bytes[ROOM], scratch[ROOM];
static float x[ROWS * COLS], shares[ROWS * COLS], p[ROWS], weights[ROWS];
static double scores[ROWS], double_weights[ROWS];
static uint8_t labels[ROWS], given[ROWS], hits[ROWS];
static uint64_t fingerprint;

static void fill(void) {
    for (size_t r = 0; r < ROWS; r++) {
        for (size_t c = 0; c < COLS; c++) {
            x[r * COLS + c] = (float)((r * 7 + c * 5) % 11);
            shares[r * COLS + c] = (r + c) % COLS == 0 ? 0.5f : (r + c) % COLS == 1 ? 0 : 0.25f;
        }
        labels[r] = (uint8_t)(r * r % COLS);
        given[r] = (uint8_t)(r * 3 % COLS);
        hits[r] = r * 5 % 7 > 2;
        p[r] = (float)(r * 11 % 16) / 16;
        weights[r] = (float)(r % 5) / 4;
        scores[r] = p[r];
        double_weights[r] = weights[r];
    }
}

/* FNV-1a of the number's bytes, lowest first. */
static void add(uint64_t number, size_t width) {
    for (size_t i = 0; i < width; i++)
        fingerprint = (fingerprint ^ (number >> 8 * i & 255)) * 0x100000001b3u;
}

/* `count` numbers at `at`; where the next ones are. */
static size_t fields(size_t at, size_t count, size_t width) {
    const uint8_t *from = (const uint8_t *)bytes + at;
    for (size_t i = 0; i < count; i++, from += width) {
        uint16_t two;
        uint32_t four;
        uint64_t eight;
        if (width == 1) add(*from, 1);
        if (width == 2) memcpy(&two, from, 2), add(two, 2);
        if (width == 4) memcpy(&four, from, 4), add(four, 4);
        if (width == 8) memcpy(&eight, from, 8), add(eight, 8);
    }
    return at + count * width;
}

/* Of a head; then of `narrow` numbers of another width at `at`; of words elsewhere, but
 * those before `from`. */
static void is(uint64_t expected, const char *what, size_t from, size_t at, size_t narrow,
               size_t width) {
    const lgt_state_head *head = (const lgt_state_head *)bytes;
    CHECK(head->size > from && head->size <= sizeof bytes);
    fingerprint = 0xcbf29ce484222325u;
    fields(fields(fields(0, 1, 4), 2, 2), 2, 4);
    if (narrow) from = fields(fields(from, (at - from) / 8, 8), narrow, width);
    CHECK(fields(from, (head->size - from) / 8, 8) == head->size);
    CHECK(fingerprint == expected);
    if (fingerprint != expected)
        fprintf(stderr, "%s: 0x%016llx\n", what, (unsigned long long)fingerprint);
}

#define ROWS_OF(family, x) \
    lgt_##family##_update_f32(bytes, x, COLS, labels, LGT_U8, weights, ROWS, COLS)

static void sums(void) {
    CHECK_STATUS(lgt_accuracy_init(bytes, sizeof bytes, 2), LGT_OK);
    CHECK_STATUS(ROWS_OF(accuracy, x), LGT_OK);
    is(0x917c6a6d703c3824, "accuracy", 16, 0, 0, 0);
    CHECK_STATUS(lgt_brier_init(bytes, sizeof bytes), LGT_OK);
    CHECK_STATUS(ROWS_OF(brier, shares), LGT_OK);
    is(0x31636a5260153b71, "brier", 16, 0, 0, 0);
    CHECK_STATUS(lgt_ece_top_label_init(bytes, sizeof bytes, 8), LGT_OK);
    CHECK_STATUS(ROWS_OF(ece_top_label, shares), LGT_OK);
    is(0xb913722730814c50, "ece_top_label", 16, 0, 0, 0);
    CHECK_STATUS(lgt_ece_classwise_init(bytes, sizeof bytes, 8, COLS, 0.125), LGT_OK);
    CHECK_STATUS(ROWS_OF(ece_classwise, shares), LGT_OK);
    is(0x312c1463430558f7, "ece_classwise", 16, 0, 0, 0);
    CHECK_STATUS(lgt_pearson_init(bytes, sizeof bytes), LGT_OK);
    CHECK_STATUS(lgt_pearson_update_f32(bytes, x, p, weights, ROWS), LGT_OK);
    is(0x77e92cfdccabca57, "pearson", 16, 0, 0, 0);
    CHECK_STATUS(lgt_bootstrap_init(bytes, sizeof bytes, LGT_STATE_ACCURACY, 1, 5, 9), LGT_OK);
    CHECK_STATUS(lgt_bootstrap_update_f32(bytes, x, COLS, labels, LGT_U8, weights, 0, ROWS, COLS),
                 LGT_OK);
    is(0x1636677b134c921f, "bootstrap", 16, 0, 0, 0);
}

/* The rows of an evaluation: of equal logits, so that shares are exact, and behind the sums
 * of losses, which are not. */
static void evaluation(void) {
    static const float equal[ROWS * COLS] = {0};
    lgt_evaluate_opts opts;
    lgt_evaluate_opts_default(&opts);
    opts.bins = 8;
    opts.ranks = 2;
    opts.classes = COLS;
    CHECK_STATUS(lgt_evaluate_init(bytes, sizeof bytes, &opts), LGT_OK);
    for (int weighted = 0; weighted < 2; weighted++)
        CHECK_STATUS(lgt_evaluate_update_f32(bytes, equal, COLS, labels, LGT_U8,
                                             weighted ? weights : NULL, ROWS, COLS),
                     LGT_OK);
    is(0x245f3444b409fb05, "evaluate", 432, 0, 0, 0);
}

static void counts(void) {
    CHECK_STATUS(lgt_confusion_init(bytes, sizeof bytes, COLS, NULL), LGT_OK);
    CHECK_STATUS(lgt_confusion_update(bytes, given, LGT_U8, labels, LGT_U8, NULL, ROWS), LGT_OK);
    is(0x1e2aa2d81bb34b1b, "confusion", 16, 48, COLS * COLS, 1);
    CHECK_STATUS(lgt_class_counts_init(bytes, sizeof bytes, COLS, NULL), LGT_OK);
    CHECK_STATUS(lgt_class_counts_update(bytes, given, LGT_U8, labels, LGT_U8, NULL, ROWS), LGT_OK);
    is(0xb35acbfbf3f501d8, "class_counts", 16, 48, 3 * COLS, 4);
    CHECK_STATUS(lgt_agreement_init(bytes, sizeof bytes, COLS, NULL), LGT_OK);
    CHECK_STATUS(lgt_agreement_update(bytes, given, LGT_U8, 3, ROWS / 3, 3), LGT_OK);
    is(0xcb602c56be4077ea, "agreement", 16, 0, 0, 0);
    const uint32_t cutoffs[2] = {1, 3};
    CHECK_STATUS(lgt_matching_init(bytes, sizeof bytes, cutoffs, 2, 0), LGT_OK);
    CHECK_STATUS(lgt_matching_update_f32(bytes, x, COLS, labels, LGT_U8, 0, NULL, ROWS, COLS),
                 LGT_OK);
    is(0x33fa63633a9e02ca, "matching", 16, 0, 0, 0);
    uint64_t sets[ROWS];
    for (size_t r = 0; r < ROWS; r++) sets[r] = r % (1 << COLS);
    CHECK_STATUS(lgt_coverage_init(bytes, sizeof bytes, COLS), LGT_OK);
    CHECK_STATUS(lgt_coverage_update(bytes, sets, 1, labels, LGT_U8, double_weights, ROWS, COLS),
                 LGT_OK);
    is(0x4056ee3fb6036afa, "coverage", 16, 0, 0, 0);
}

static void scored(void) {
    CHECK_STATUS(lgt_ece_binary_init(bytes, sizeof bytes, 8, LGT_BINS_LEFT), LGT_OK);
    CHECK_STATUS(lgt_ece_binary_update_f32(bytes, p, hits, LGT_U8, weights, ROWS), LGT_OK);
    is(0xb7bb35b851a9ccf5, "ece_binary", 16, 0, 0, 0);
    CHECK_STATUS(lgt_binned_auroc_init(bytes, sizeof bytes, 8, LGT_BINNED_AUROC_SCORES, NULL, 0), LGT_OK);
    CHECK_STATUS(lgt_binned_auroc_update_f32(bytes, p, hits, LGT_U8, NULL, ROWS, 0), LGT_OK);
    is(0x1e55ad252aff51a0, "binned_auroc", 16, 0, 0, 0);
    CHECK_STATUS(lgt_streaming_auroc_init(bytes, sizeof bytes, ROWS), LGT_OK);
    CHECK_STATUS(lgt_streaming_auroc_update_f32(bytes, p, hits, LGT_U8, ROWS), LGT_OK);
    is(0x4a85794845800e44, "streaming_auroc", 16, 0, 0, 0);
}

/* Means of dyadic numbers over blocks; the losses of the head are logarithms. */
static void models(void) {
#define FIT(family)                                                                             \
    lgt_##family##_fit_f64(bytes, sizeof bytes, scores, 1, hits, LGT_U8, double_weights, ROWS,  \
                           NULL, scratch, sizeof scratch)
    CHECK_STATUS(FIT(isotonic), LGT_OK);
    is(0x852c484a20a98e04, "isotonic", 40, 0, 0, 0);
    CHECK_STATUS(FIT(histogram_binning), LGT_OK);
    is(0x265e958a864a5398, "histogram_binning", 40, 0, 0, 0);
    CHECK_STATUS(lgt_conformal_fit(bytes, sizeof bytes, scores, labels, LGT_U8, ROWS, COLS, 0.5,
                                   NULL, scratch, sizeof scratch),
                 LGT_DEGENERATE);
    is(0x6006d7416830e0c4, "conformal", 40, 0, 0, 0);
}

void test(void) {
    fill();
    sums();
    evaluation();
    counts();
    scored();
    models();
}
