/* Confusion matrices against their definition, between guard pages. */
#include "classes.h"

static void as_defined(uint32_t type, size_t rows, uint32_t n, int at_end) {
    size_t bytes;
    CHECK_STATUS(lgt_confusion_size(n, NULL, &bytes), LGT_OK);
    guarded state = guard_end(bytes), counts = guard_end(8 * n * n), shares = guard_end(8 * n * n);
    CHECK_STATUS(lgt_confusion_init(state.data, bytes, n, NULL), LGT_OK);
    classes data = classes_new(type, rows, n, at_end);
    CHECK_STATUS(lgt_confusion_update(state.data, data.predicted.data, type, data.labels.data, type,
                                      NULL, rows),
                 LGT_OK);
    uint64_t *got = (uint64_t *)counts.data, seed = rows + n;
    uint64_t *want = (uint64_t *)calloc(n * n, 8);
    for (size_t r = 0; r < rows; r++) {
        size_t predicted = (size_t)class_noise(&seed, n);
        want[(size_t)class_noise(&seed, n) * n + predicted]++;
    }
    CHECK_STATUS(lgt_confusion_get_counts(state.data, got, n), LGT_OK);
    CHECK(memcmp(got, want, 8 * n * n) == 0);
    double *all = (double *)shares.data;
    for (uint32_t how = LGT_NORMALIZE_NONE; how <= LGT_NORMALIZE_ALL; how++) {
        double sum = 0;
        CHECK_STATUS(lgt_confusion_get_matrix(state.data, all, n, how), LGT_OK);
        for (size_t i = 0; i < n * n; i++) sum += all[i];
        if (how == LGT_NORMALIZE_NONE) CHECK(sum == (double)rows);
        if (how == LGT_NORMALIZE_ALL && rows) CHECK(fabs(sum - 1) < 1e-12);
        CHECK(sum <= (how == LGT_NORMALIZE_NONE ? rows : n) + 1e-9);
    }
    lgt_class_counts_report report;
    lgt_confusion_agreement agreement;
    CHECK((int)lgt_confusion_finish(state.data, &report, NULL) >= 0);
    CHECK((int)lgt_confusion_get_agreement(state.data, &agreement, NULL) >= 0);
    CHECK(report.rows == rows);
    CHECK(isnan(report.kappa) ? isnan(agreement.kappa)
                              : fabs(report.kappa - agreement.kappa) < 1e-12);
    free(want);
    classes_free(data);
    guard_free(state);
    guard_free(counts);
    guard_free(shares);
}

static void refused(void) {
    uint64_t state[6 + 2 + 9], counts[9];
    double matrix[9];
    size_t bytes = 77;
    const uint8_t y[3] = {0, 1, 3};
    lgt_confusion_agreement agreement;
    lgt_confusion_agreement_opts opts;
    lgt_confusion_agreement_opts_default(&opts);
    lgt_confusion_agreement_opts_default(NULL);
    CHECK_STATUS(lgt_confusion_size(21845, NULL, &bytes), LGT_OK);
    CHECK(bytes < UINT32_MAX);
    bytes = 77;
    CHECK_STATUS(lgt_confusion_size(21846, NULL, &bytes), LGT_E_VALUE);
    CHECK_STATUS(lgt_confusion_size(0, NULL, &bytes), LGT_E_VALUE);
    CHECK_STATUS(lgt_confusion_size(2, NULL, NULL), LGT_E_NULL);
    CHECK(bytes == 77);
    CHECK_STATUS(lgt_confusion_init(state, sizeof state - 8, 3, NULL), LGT_E_SIZE);
    CHECK_STATUS(lgt_confusion_init(state, sizeof state, 3, NULL), LGT_OK);
    CHECK_STATUS(lgt_confusion_update(state, y, LGT_U8, y, LGT_U8, NULL, 2), LGT_OK);
    uint64_t before[6 + 2 + 9];
    memcpy(before, state, sizeof state);
    CHECK_STATUS(lgt_confusion_update(state, y, LGT_U8, y, LGT_U8, NULL, 3), LGT_E_LABEL);
    CHECK_STATUS(lgt_confusion_merge(state, state), LGT_E_ALIAS);
    CHECK_STATUS(lgt_confusion_get_counts(state, state + 2, 3), LGT_E_ALIAS);
    CHECK_STATUS(lgt_confusion_get_matrix(state, (double *)(void *)state, 3, LGT_NORMALIZE_ALL),
                 LGT_E_ALIAS);
    CHECK(memcmp(before, state, sizeof state) == 0);
    counts[0] = 5;
    matrix[0] = 5;
    CHECK_STATUS(lgt_confusion_get_counts(state, counts, 2), LGT_E_STRIDE);
    CHECK_STATUS(lgt_confusion_get_counts(state, NULL, 3), LGT_E_NULL);
    CHECK_STATUS(lgt_confusion_get_matrix(state, matrix, 2, LGT_NORMALIZE_ALL), LGT_E_STRIDE);
    CHECK_STATUS(lgt_confusion_get_matrix(state, matrix, 3, 4), LGT_E_OPTION);
    CHECK(counts[0] == 5 && matrix[0] == 5);
    opts.mean = 4;
    CHECK_STATUS(lgt_confusion_get_agreement(state, &agreement, &opts), LGT_E_OPTION);
    opts.mean = 0;
    opts.flags = 2;
    CHECK_STATUS(lgt_confusion_get_agreement(state, &agreement, &opts), LGT_E_OPTION);
    opts.flags = 0;
    opts.beta = NAN;
    CHECK_STATUS(lgt_confusion_get_agreement(state, &agreement, &opts), LGT_E_VALUE);
}

void test(void) {
    for (uint32_t type = LGT_I8; type <= LGT_U64; type++)
        for (size_t rows = 0; rows < 40; rows++) as_defined(type, rows, 5, rows & 1);
    as_defined(LGT_I64, 3000, 70, 1);
    as_defined(LGT_I32, 513, 1, 0);
    refused();
}
