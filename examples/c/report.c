/* From a model's logits to calibrated probabilities and a scored report.
 *
 *     report [-o diagram.svg] [-b bins] [logits.npy labels.npy]
 *
 * The first half of the rows fits a temperature. On the other half the model's
 * probabilities are scored before and after, because nothing should be graded
 * on what it was tuned on. So the rows must be in random order.
 *
 * Ends with 0, with 1 if the library refuses a call, with 2 if a file or an
 * argument is not what it should be.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <logitude/logitude.h>

#include "diagram.h"
#include "npy.h"

enum { REFUSED = 1, BAD_INPUT = 2 };

/* ---- Calling the library ------------------------------------------------ */

/* Every status goes through here. A positive one is advice, a negative one ends
 * the program. */
static void check(const char *function, int status)
{
    if (status == LGT_OK)
        return;
    fprintf(stderr, "%s: %s: %s\n", function, lgt_status_name(status), lgt_status_string(status));
    if (status < 0)
        exit(REFUSED);
}

#define CALL(function, ...) check(#function, function(__VA_ARGS__))

/* The functions that read or write scores exist once for each type. */
typedef enum { F16, F32, F64 } score_type;

#define CALL_FOR(type, function, ...)                           \
    do {                                                        \
        switch (type) {                                         \
        case F16: CALL(function##_f16, __VA_ARGS__); break;     \
        case F32: CALL(function##_f32, __VA_ARGS__); break;     \
        case F64: CALL(function##_f64, __VA_ARGS__); break;     \
        }                                                       \
    } while (0)

static void *allocate(size_t count, size_t size)
{
    bool none = count == 0 || size == 0;
    void *memory = none ? malloc(1) : calloc(count, size);
    if (memory == NULL) {
        fprintf(stderr, "report: not enough memory\n");
        exit(REFUSED);
    }
    return memory;
}

/* ---- Rows, and parts of them -------------------------------------------- */

/* Scores (logits or probabilities) and labels, where they lie. */
typedef struct {
    const void *x;
    score_type type;
    size_t width;
    const void *labels;
    uint32_t label_type;
    size_t label_width;
    size_t rows, cols;
} table;

/* `rows` rows from `first` on: two pointers move, nothing is copied. */
static table part(table all, size_t first, size_t rows)
{
    all.x = (const char *)all.x + first * all.cols * all.width;
    all.labels = (const char *)all.labels + first * all.label_width;
    all.rows = rows;
    return all;
}

/* The same rows and labels with other scores. */
static table with_scores(table t, const void *x)
{
    t.x = x;
    return t;
}

/* ---- Read --------------------------------------------------------------- */

static bool score_type_of(const npy_array *array, score_type *type)
{
    static const char *const names[] = {[F16] = "f2", [F32] = "f4", [F64] = "f8"};
    for (int t = F16; t <= F64; t++)
        if (strcmp(array->type, names[t]) == 0)
            return *type = (score_type)t, true;
    return false;
}

static bool label_type_of(const npy_array *array, uint32_t *type)
{
    static const struct { const char *name; uint32_t type; } known[] = {
        {"i1", LGT_I8}, {"i2", LGT_I16}, {"i4", LGT_I32}, {"i8", LGT_I64},
        {"u1", LGT_U8}, {"u2", LGT_U16}, {"u4", LGT_U32}, {"u8", LGT_U64},
    };
    for (size_t k = 0; k < sizeof known / sizeof *known; k++)
        if (strcmp(array->type, known[k].name) == 0)
            return *type = known[k].type, true;
    return false;
}

static bool labels_in_range(const char *path, const table *all)
{
    size_t bad_row = 0;
    char expected[64], found[64];
    if (lgt_labels_check(all->labels, all->label_type, all->rows, all->cols, &bad_row) == LGT_OK)
        return true;
    snprintf(expected, sizeof expected, "labels from 0 to %zu", all->cols - 1);
    snprintf(found, sizeof found, "another one in row %zu (counted from 0)", bad_row);
    return npy_complain(path, expected, found);
}

/* The two arrays as one table, if they go together. */
static bool join(table *all, const npy_array *logits, const char *logits_path,
                 const npy_array *labels, const char *labels_path)
{
    char expected[64], found[64];
    *all = (table){.x = logits->data, .width = logits->width,
                   .labels = labels->data, .label_width = labels->width,
                   .rows = logits->rows, .cols = logits->cols};
    if (logits->dims != 2 || logits->cols == 0)
        return npy_complain(logits_path, "rows of logits (two dimensions)",
                            logits->dims == 2 ? "no columns" : "one dimension");
    if (!score_type_of(logits, &all->type))
        return npy_complain(logits_path, "logits of type f2, f4 or f8", logits->type);
    if (labels->dims != 1)
        return npy_complain(labels_path, "one label a row (one dimension)", "two dimensions");
    if (!label_type_of(labels, &all->label_type))
        return npy_complain(labels_path, "labels of an integer type", labels->type);
    if (labels->rows != logits->rows) {
        snprintf(expected, sizeof expected, "%zu labels, one for each row of logits", logits->rows);
        snprintf(found, sizeof found, "%zu", labels->rows);
        return npy_complain(labels_path, expected, found);
    }
    return labels_in_range(labels_path, all);
}

/* ---- Score -------------------------------------------------------------- */

typedef struct {
    double accuracy, nll, brier;
    lgt_ece_top_label_report calibration;
    lgt_reliability_bin *bins;
} scores;

/* A measure is a state: init, any number of updates, finish. */
static double accuracy_of(table logits)
{
    size_t size;
    lgt_accuracy_report report;
    CALL(lgt_accuracy_size, 1, &size);
    void *state = allocate(1, size);
    CALL(lgt_accuracy_init, state, size, 1);
    CALL_FOR(logits.type, lgt_accuracy_update, state, logits.x, logits.cols,
             logits.labels, logits.label_type, NULL, logits.rows, logits.cols);
    CALL(lgt_accuracy_finish, state, &report);
    free(state);
    return report.accuracy;
}

static double nll_of(table logits)
{
    size_t size;
    lgt_nll_report report;
    CALL(lgt_nll_size, &size);
    void *state = allocate(1, size);
    CALL(lgt_nll_init, state, size);
    CALL_FOR(logits.type, lgt_nll_update, state, logits.x, logits.cols,
             logits.labels, logits.label_type, NULL, logits.rows, logits.cols);
    CALL(lgt_nll_finish, state, &report);
    free(state);
    return report.nll;
}

static double brier_of(table probs)
{
    size_t size;
    lgt_brier_report report;
    CALL(lgt_brier_size, &size);
    void *state = allocate(1, size);
    CALL(lgt_brier_init, state, size);
    CALL_FOR(probs.type, lgt_brier_update, state, probs.x, probs.cols,
             probs.labels, probs.label_type, NULL, probs.rows, probs.cols);
    CALL(lgt_brier_finish, state, &report);
    free(state);
    return report.brier;
}

static lgt_ece_top_label_report calibration_of(table probs, lgt_reliability_bin *bins,
                                               uint32_t count)
{
    size_t size;
    lgt_ece_top_label_report report;
    CALL(lgt_ece_top_label_size, count, &size);
    void *state = allocate(1, size);
    CALL(lgt_ece_top_label_init, state, size, count);
    CALL_FOR(probs.type, lgt_ece_top_label_update, state, probs.x, probs.cols,
             probs.labels, probs.label_type, NULL, probs.rows, probs.cols);
    CALL(lgt_ece_top_label_finish, state, &report);
    CALL(lgt_ece_top_label_get_bins, state, bins, count);
    free(state);
    return report;
}

static scores score(table logits, table probs, uint32_t bins)
{
    scores s = {.accuracy = accuracy_of(logits), .nll = nll_of(logits), .brier = brier_of(probs)};
    s.bins = allocate(bins, sizeof *s.bins);
    s.calibration = calibration_of(probs, s.bins, bins);
    return s;
}

/* The model's own probabilities. */
static scores score_before(table logits, uint32_t bins)
{
    void *probs = allocate(logits.rows, logits.cols * logits.width);
    CALL_FOR(logits.type, lgt_softmax, logits.x, logits.cols, probs, logits.cols, NULL,
             logits.rows, logits.cols, NULL);
    scores s = score(logits, with_scores(logits, probs), bins);
    free(probs);
    return s;
}

/* The calibrated probabilities. Their logarithms are logits as good as any
 * others, and cannot underflow as the probabilities can. */
static scores score_after(table logits, const lgt_temperature_model *model, uint32_t bins)
{
    void *probs = allocate(logits.rows, logits.cols * logits.width);
    void *log_probs = allocate(logits.rows, logits.cols * logits.width);
    lgt_softmax_opts opts;
    lgt_softmax_opts_default(&opts);
    opts.scale = 1 / model->temperature;

    CALL_FOR(logits.type, lgt_temperature_apply, model, logits.x, logits.cols, probs, logits.cols,
             logits.rows, logits.cols);
    CALL_FOR(logits.type, lgt_log_softmax, logits.x, logits.cols, log_probs, logits.cols, NULL,
             logits.rows, logits.cols, &opts);
    scores s = score(with_scores(logits, log_probs), with_scores(logits, probs), bins);
    free(log_probs);
    free(probs);
    return s;
}

/* ---- Report ------------------------------------------------------------- */

static void print_measures(const scores *before, const scores *after)
{
    printf("%-10s %8s %8s\n", "measure", "before", "after");
    printf("%-10s %8.4f %8.4f\n", "accuracy", before->accuracy, after->accuracy);
    printf("%-10s %8.4f %8.4f\n", "NLL", before->nll, after->nll);
    printf("%-10s %8.4f %8.4f\n", "Brier", before->brier, after->brier);
    printf("%-10s %8.4f %8.4f\n", "ECE", before->calibration.ece, after->calibration.ece);
    printf("%-10s %8.4f %8.4f\n", "MCE", before->calibration.mce, after->calibration.mce);
}

/* '#' up to the accuracy, '|' at the mean confidence: they should meet. */
static void print_bin(const lgt_reliability_bin *bin)
{
    enum { WIDTH = 20 };
    char bar[WIDTH + 2];
    memset(bar, ' ', WIDTH + 1);
    bar[WIDTH + 1] = '\0';
    if (bin->rows > 0) {
        memset(bar, '#', (size_t)(bin->frequency * WIDTH + 0.5));
        bar[(size_t)(bin->confidence * WIDTH + 0.5)] = '|';
    }
    printf("  %6llu %s", (unsigned long long)bin->rows, bar);
}

static void print_bins(const scores *before, const scores *after, uint32_t bins)
{
    printf("\n%-13s  %6s %-21s  %6s %s\n", "confidence", "rows", "before", "rows",
           "after (# accuracy, | confidence)");
    for (uint32_t b = 0; b < bins; b++) {
        printf("%.3f - %.3f", before->bins[b].low, before->bins[b].high);
        print_bin(&before->bins[b]);
        print_bin(&after->bins[b]);
        putchar('\n');
    }
}

/* ---- Draw --------------------------------------------------------------- */

static bool draw(const char *path, const scores *before, const scores *after, double temperature,
                 uint32_t bins)
{
    char title[48];
    snprintf(title, sizeof title, "After: T = %.3g", temperature);
    const diagram_panel panels[2] = {
        {"Before: T = 1", before->calibration.ece, before->bins},
        {title, after->calibration.ece, after->bins},
    };
    FILE *svg = fopen(path, "w");
    bool drawn = svg != NULL && diagram_draw(svg, panels, bins);
    bool written = svg != NULL && fclose(svg) == 0 && drawn;
    if (!written)
        fprintf(stderr, "%s: cannot be written\n", path);
    return written;
}

/* ---- The story ---------------------------------------------------------- */

typedef struct {
    const char *logits, *labels, *diagram; /* diagram: NULL for none */
    uint32_t bins;
} arguments;

static bool read_bins(const char *text, uint32_t *bins)
{
    char *end;
    unsigned long number = strtoul(text, &end, 10);
    *bins = (uint32_t)number;
    return end != text && *end == '\0' && number >= 1 && number <= 1000;
}

static bool understand(int argc, char **argv, arguments *a)
{
    *a = (arguments){.logits = "examples/data/digits_logits.npy",
                     .labels = "examples/data/digits_labels.npy", .bins = 15};
    int i = 1;
    for (; i + 1 < argc && argv[i][0] == '-'; i += 2) {
        if (strcmp(argv[i], "-o") == 0)
            a->diagram = argv[i + 1];
        else if (strcmp(argv[i], "-b") != 0 || !read_bins(argv[i + 1], &a->bins))
            return false;
    }
    if (i + 2 == argc) {
        a->logits = argv[i];
        a->labels = argv[i + 1];
    }
    return i == argc || i + 2 == argc;
}

int main(int argc, char **argv)
{
    arguments args;
    if (!understand(argc, argv, &args)) {
        fprintf(stderr, "usage: report [-o diagram.svg] [-b bins (1 to 1000)] "
                        "[logits.npy labels.npy]\n");
        return BAD_INPUT;
    }

    /* Read. */
    npy_array logits = {0}, labels = {0};
    table all;
    if (!npy_read(args.logits, &logits) || !npy_read(args.labels, &labels)
        || !join(&all, &logits, args.logits, &labels, args.labels)) {
        npy_free(&logits);
        npy_free(&labels);
        return BAD_INPUT;
    }

    /* Split. */
    size_t half = all.rows / 2;
    table fitting = part(all, 0, half), scoring = part(all, half, all.rows - half);

    /* Fit. */
    lgt_temperature_model model;
    CALL_FOR(fitting.type, lgt_temperature_fit, &model, fitting.x, fitting.cols,
             fitting.labels, fitting.label_type, NULL, fitting.rows, fitting.cols, NULL);

    /* Score. */
    scores before = score_before(scoring, args.bins);
    scores after = score_after(scoring, &model, args.bins);

    /* Report and draw. */
    printf("%zu rows of %zu classes: the first %zu fit the temperature, the other %zu are scored\n",
           all.rows, all.cols, fitting.rows, scoring.rows);
    printf("temperature %.4f after %u passes over the data (%s: %s)\n\n", model.temperature,
           (unsigned)model.iterations, lgt_status_name(model.fit_status),
           lgt_status_string(model.fit_status));
    print_measures(&before, &after);
    print_bins(&before, &after, args.bins);
    bool drawn = args.diagram == NULL
                 || draw(args.diagram, &before, &after, model.temperature, args.bins);

    free(before.bins);
    free(after.bins);
    npy_free(&logits);
    npy_free(&labels);
    return drawn ? 0 : BAD_INPUT;
}
