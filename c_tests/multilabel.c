/* Multi-label counts against their definition, between guard pages. */
#include "classes.h"

static guarded fresh(uint32_t n, size_t *bytes) {
    CHECK_STATUS(lgt_multilabel_size(n, NULL, bytes), LGT_OK);
    guarded state = guard_end(*bytes);
    CHECK_STATUS(lgt_multilabel_init(state.data, *bytes, n, NULL), LGT_OK);
    return state;
}

static void as_defined(uint32_t type, size_t rows, uint32_t n, int at_end) {
    size_t bytes, wrong = 0, exact = 0;
    guarded state = fresh(n, &bytes), other = fresh(n, &bytes);
    classes data = classes_new(type, rows * n, 2, at_end);
    guarded scores = at_end ? guard_end(4 * rows * n) : guard_start(4 * rows * n);
    uint64_t seed = rows * n + 2;
    for (size_t r = 0; r < rows; r++) {
        size_t bad = 0;
        for (size_t l = 0; l < n; l++) {
            int64_t given = class_noise(&seed, 2), is = class_noise(&seed, 2);
            ((float *)scores.data)[r * n + l] = given ? 0.75f : 0.5f;
            bad += given != is;
        }
        wrong += bad;
        exact += bad == 0;
    }
    CHECK_STATUS(lgt_multilabel_update(state.data, data.predicted.data, n, type, data.labels.data,
                                       n, type, NULL, rows, n),
                 LGT_OK);
    CHECK_STATUS(lgt_multilabel_update_f32(other.data, (float *)scores.data, n, data.labels.data, n,
                                           type, NULL, rows, n, 0.5),
                 LGT_OK);
    CHECK(memcmp(state.data, other.data, bytes) == 0);
    lgt_multilabel_report report;
    lgt_status status = lgt_multilabel_finish(state.data, &report, NULL);
    CHECK(rows ? (int)status >= 0 : status == LGT_UNDEFINED);
    CHECK(report.rows == rows && report.nan_rows == 0);
    CHECK(rows ? report.exact_match == (double)exact / rows : isnan(report.exact_match));
    CHECK(rows ? fabs(report.hamming_loss - (double)wrong / (rows * n)) < 1e-15
               : isnan(report.hamming_loss));
    guard_free(state);
    guard_free(other);
    guard_free(scores);
    classes_free(data);
}

static void refused(void) {
    size_t bytes;
    guarded state = fresh(2, &bytes);
    const int32_t good[4] = {0, 1, 1, 0}, bad[4] = {0, 1, 2, 0};
    const double x[4] = {0.1, 0.9, 0.4, NAN};
    void *before = malloc(bytes);
    lgt_multilabel_report report;
    lgt_multilabel_opts opts;
    lgt_multilabel_finish_opts finish;
    lgt_multilabel_opts_default(&opts);
    lgt_multilabel_finish_opts_default(&finish);
    memcpy(before, state.data, bytes);
    void *s = state.data;
    CHECK_STATUS(lgt_multilabel_update(s, good, 2, LGT_I32, bad, 2, LGT_I32, NULL, 2, 2),
                 LGT_E_LABEL);
    CHECK_STATUS(lgt_multilabel_update(s, bad, 2, LGT_I32, good, 2, LGT_I32, NULL, 2, 2),
                 LGT_E_LABEL);
    CHECK_STATUS(lgt_multilabel_update(s, good, 1, LGT_I32, good, 2, LGT_I32, NULL, 2, 2),
                 LGT_E_STRIDE);
    CHECK_STATUS(lgt_multilabel_update(s, good, 2, LGT_I32, good, 2, LGT_I32, x, 2, 2),
                 LGT_E_OPTION);
    CHECK_STATUS(lgt_multilabel_update(s, good, 2, LGT_I32, good, 2, LGT_I32, NULL, 2, 1),
                 LGT_E_SHAPE);
    CHECK_STATUS(lgt_multilabel_update(s, NULL, 2, LGT_I32, good, 2, LGT_I32, NULL, 2, 2),
                 LGT_E_NULL);
    CHECK_STATUS(lgt_multilabel_update_f64(s, x, 2, good, 2, LGT_I32, NULL, 2, 2, NAN),
                 LGT_E_VALUE);
    CHECK(memcmp(before, s, bytes) == 0);
    CHECK_STATUS(lgt_multilabel_update_f64(s, x, 2, good, 2, LGT_I32, NULL, 2, 2, 0.5), LGT_OK);
    CHECK_STATUS(lgt_multilabel_finish(s, &report, NULL), LGT_UNDEFINED);
    CHECK(report.rows == 2 && report.nan_rows == 1 && isnan(report.f));
    finish.average = 4;
    CHECK_STATUS(lgt_multilabel_finish(s, &report, &finish), LGT_E_OPTION);
    opts.beta = -1;
    CHECK_STATUS(lgt_multilabel_size(2, &opts, &bytes), LGT_E_VALUE);
    opts.flags = 2;
    CHECK_STATUS(lgt_multilabel_size(2, &opts, &bytes), LGT_E_OPTION);
    CHECK_STATUS(lgt_multilabel_size(0, NULL, &bytes), LGT_E_VALUE);
    free(before);
    guard_free(state);
}

void test(void) {
    for (uint32_t type = LGT_I8; type <= LGT_U64; type++)
        for (size_t rows = 0; rows < 20; rows++)
            as_defined(type, rows, 1 + (uint32_t)rows, rows & 1);
    as_defined(LGT_U8, 3, 600, 1);
    refused();
}
