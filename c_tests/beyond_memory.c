/* Sizes and strides of arrays that no address space could hold are refused, and nothing is
 * written: also where the function itself would write but a few numbers. */
#include "refused.h"

enum { WORDS = 512, CLASSES = 2 };

static const size_t beyond = SIZE_MAX / 2;
static uint64_t state[WORDS], out[WORDS];

/* Room of a state, and that it is made. */
#define MADE(family, ...)                                                             \
    do {                                                                              \
        size_t size = 0;                                                              \
        CHECK_STATUS(lgt_##family##_size(__VA_ARGS__, &size), LGT_OK);                \
        CHECK(size <= sizeof state);                                                  \
        CHECK_STATUS(lgt_##family##_init(state, sizeof state, __VA_ARGS__), LGT_OK);  \
    } while (0)

static void counted(void) {
    MADE(confusion, CLASSES, NULL);
    REFUSED(lgt_confusion_get_counts(state, out, beyond), LGT_E_SIZE);
    REFUSED(lgt_confusion_get_matrix(state, (double *)out, beyond, LGT_NORMALIZE_NONE), LGT_E_SIZE);
    REFUSED(lgt_confusion_get_classes(state, (lgt_class_counts_class *)out, beyond, NULL),
            LGT_E_SIZE);
    MADE(class_counts, CLASSES, NULL);
    REFUSED(lgt_class_counts_get_classes(state, (lgt_class_counts_class *)out, beyond, NULL),
            LGT_E_SIZE);
    MADE(multilabel, CLASSES, NULL);
    REFUSED(lgt_multilabel_get_labels(state, (lgt_multilabel_label *)out, beyond, NULL),
            LGT_E_SIZE);
    MADE(coverage, CLASSES);
    REFUSED(lgt_coverage_get_classes(state, (lgt_coverage_group *)out, beyond), LGT_E_SIZE);
    MADE(agreement, CLASSES, NULL);
    REFUSED(lgt_agreement_get_categories(state, (lgt_agreement_category *)out, beyond),
            LGT_E_SIZE);
}

static void binned(void) {
    lgt_reliability_bin *bins = (lgt_reliability_bin *)out;
    const double temperatures[2] = {1, 2};
    size_t size = 0;
    MADE(ece_top_label, 3);
    REFUSED(lgt_ece_top_label_get_bins(state, bins, beyond), LGT_E_SIZE);
    MADE(binary, 3, 0.001, LGT_BINARY_PROBABILITIES);
    REFUSED(lgt_binary_get_bins(state, bins, beyond), LGT_E_SIZE);
    CHECK_STATUS(lgt_temperature_loss_size(temperatures, 2, 1, &size), LGT_OK);
    CHECK(size <= sizeof state);
    CHECK_STATUS(lgt_temperature_loss_init(state, sizeof state, temperatures, 2, 1), LGT_OK);
    REFUSED(lgt_temperature_loss_finish(state, (lgt_temperature_loss_report *)out, beyond),
            LGT_E_SIZE);
}

static void labelled(void) {
    const int64_t labels[2] = {0, 5};
    size_t *bad_row = (size_t *)out;
    REFUSED(lgt_labels_check(labels, LGT_I64, beyond, CLASSES, bad_row), LGT_E_SIZE);
}

void test(void) {
    watch(0, out, sizeof out);
    counted();
    binned();
    labelled();
    watch_nothing();
}
