/* Class counts against their definition, and every kind of bad argument. */
#include "classes.h"

enum { MOST = 100 };

static guarded fresh(uint32_t n, const lgt_class_counts_opts *opts, size_t *bytes) {
    CHECK_STATUS(lgt_class_counts_size(n, opts, bytes), LGT_OK);
    guarded state = guard_end(*bytes);
    CHECK_STATUS(lgt_class_counts_init(state.data, *bytes, n, opts), LGT_OK);
    return state;
}

static void as_defined(uint32_t type, size_t rows, uint32_t n, int at_end) {
    size_t bytes;
    guarded state = fresh(n, NULL, &bytes), got = guard_end(n * sizeof(lgt_class_counts_class));
    classes data = classes_new(type, rows, n, at_end);
    CHECK_STATUS(lgt_class_counts_update(state.data, data.predicted.data, type, data.labels.data,
                                         type, NULL, rows),
                 LGT_OK);
    lgt_class_counts_class *each = (lgt_class_counts_class *)got.data;
    CHECK_STATUS(lgt_class_counts_get_classes(state.data, each, n, NULL), LGT_OK);
    size_t right = 0;
    for (uint32_t c = 0; c < n; c++) {
        size_t labelled = 0, predicted = 0, tp = 0;
        for (size_t r = 0; r < rows; r++) {
            int is = class_at(data.labels.data, type, r) == c;
            int given = class_at(data.predicted.data, type, r) == c;
            labelled += is;
            predicted += given;
            tp += is && given;
        }
        right += tp;
        CHECK(each[c].labelled == labelled && each[c].predicted == predicted && each[c].tp == tp);
        CHECK(each[c].precision == (predicted ? (double)tp / predicted : 0));
        CHECK(each[c].recall == (labelled ? (double)tp / labelled : 0));
    }
    lgt_class_counts_report report;
    lgt_status status = lgt_class_counts_finish(state.data, &report, NULL);
    CHECK(status == LGT_OK || status == LGT_UNDEFINED);
    CHECK(report.rows == rows && report.classes == n && report.ignored == 0);
    CHECK(rows ? report.accuracy == (double)right / rows : isnan(report.accuracy));
    classes_free(data);
    guard_free(state);
    guard_free(got);
}

/* A bad row at any place leaves the state as it was. */
static void refused(void) {
    const size_t places[] = {0, 255, 256, 700, 999};
    size_t bytes;
    guarded state = fresh(5, NULL, &bytes);
    classes data = classes_new(LGT_I64, 1000, 5, 1);
    void *p = data.predicted.data, *y = data.labels.data;
    CHECK_STATUS(lgt_class_counts_update(state.data, p, LGT_I64, y, LGT_I64, NULL, 9), LGT_OK);
    void *before = malloc(bytes);
    memcpy(before, state.data, bytes);
    for (size_t i = 0; i < 5; i++)
        for (int side = 0; side < 2; side++) {
            int64_t *at = (int64_t *)(side ? p : y) + places[i], good = *at;
            const int64_t bad[] = {5, -1, INT64_MIN, INT64_MAX, (int64_t)1 << 32};
            for (size_t k = 0; k < 5; k++) {
                *at = bad[k];
                CHECK_STATUS(
                    lgt_class_counts_update(state.data, p, LGT_I64, y, LGT_I64, NULL, 1000),
                    LGT_E_LABEL);
                CHECK(memcmp(before, state.data, bytes) == 0);
            }
            *at = good;
        }
    const double weights[9] = {1, 1, 1, 1, 1, 1, 1, 1, 1};
    CHECK_STATUS(lgt_class_counts_update(NULL, p, LGT_I64, y, LGT_I64, NULL, 9), LGT_E_NULL);
    CHECK_STATUS(lgt_class_counts_update(state.data, NULL, LGT_I64, y, LGT_I64, NULL, 9),
                 LGT_E_NULL);
    CHECK_STATUS(lgt_class_counts_update(state.data, p, LGT_I64, NULL, LGT_I64, NULL, 9),
                 LGT_E_NULL);
    CHECK_STATUS(lgt_class_counts_update(state.data, p, 0, y, LGT_I64, NULL, 9), LGT_E_LABEL);
    CHECK_STATUS(lgt_class_counts_update(state.data, p, LGT_I64, y, 9, NULL, 9), LGT_E_LABEL);
    CHECK_STATUS(lgt_class_counts_update(state.data, p, LGT_I64, y, LGT_I64, weights, 9),
                 LGT_E_OPTION);
    CHECK(memcmp(before, state.data, bytes) == 0);
    free(before);
    classes_free(data);
    guard_free(state);
}

static void bad_options(void) {
    lgt_class_counts_opts opts;
    lgt_class_counts_finish_opts finish;
    lgt_class_counts_report report;
    size_t bytes = 77;
    uint64_t state[40];
    lgt_class_counts_opts_default(&opts);
    lgt_class_counts_finish_opts_default(&finish);
    lgt_class_counts_opts_default(NULL);
    lgt_class_counts_finish_opts_default(NULL);
    CHECK_STATUS(lgt_class_counts_size(0, NULL, &bytes), LGT_E_VALUE);
    CHECK_STATUS(lgt_class_counts_size(UINT32_MAX, NULL, &bytes), LGT_E_VALUE);
    CHECK_STATUS(lgt_class_counts_size(3, NULL, NULL), LGT_E_NULL);
    opts.flags = 4;
    CHECK_STATUS(lgt_class_counts_size(3, &opts, &bytes), LGT_E_OPTION);
    opts.flags = LGT_CLASS_COUNTS_IGNORE;
    opts.ignore_index = INT32_MIN;
    CHECK_STATUS(lgt_class_counts_init(state, sizeof state, 3, &opts), LGT_E_OPTION);
    opts.struct_size = 8;
    CHECK_STATUS(lgt_class_counts_size(3, &opts, &bytes), LGT_E_OPTION);
    CHECK(bytes == 77);
    CHECK_STATUS(lgt_class_counts_init(state, 64, 3, NULL), LGT_E_SIZE);
    CHECK_STATUS(lgt_class_counts_init(state, sizeof state, 3, NULL), LGT_OK);
    memset(&report, 0x5a, sizeof report);
    lgt_class_counts_report kept = report;
    finish.average = 3;
    CHECK_STATUS(lgt_class_counts_finish(state, &report, &finish), LGT_E_OPTION);
    finish.average = LGT_AVERAGE_MICRO;
    finish.zero_division = 3;
    CHECK_STATUS(lgt_class_counts_finish(state, &report, &finish), LGT_E_OPTION);
    finish.zero_division = 0;
    finish.classes = 2;
    CHECK_STATUS(lgt_class_counts_finish(state, &report, &finish), LGT_E_OPTION);
    finish.classes = 0;
    finish.beta = -1;
    CHECK_STATUS(lgt_class_counts_finish(state, &report, &finish), LGT_E_VALUE);
    finish.beta = NAN;
    CHECK_STATUS(lgt_class_counts_finish(state, &report, &finish), LGT_E_VALUE);
    CHECK_STATUS(lgt_class_counts_finish(NULL, &report, NULL), LGT_E_NULL);
    CHECK_STATUS(lgt_class_counts_finish(state, NULL, NULL), LGT_E_NULL);
    CHECK(memcmp(&kept, &report, sizeof report) == 0);
    lgt_class_counts_class each[2];
    CHECK_STATUS(lgt_class_counts_get_classes(state, each, 2, NULL), LGT_E_SIZE);
    CHECK_STATUS(lgt_class_counts_finish(state, &report, NULL), LGT_UNDEFINED);
}

void test(void) {
    for (uint32_t type = LGT_I8; type <= LGT_U64; type++)
        for (size_t rows = 0; rows < 70; rows++) as_defined(type, rows, 7, rows & 1);
    as_defined(LGT_I64, 3000, MOST, 1);
    as_defined(LGT_U16, 1025, 1, 0);
    refused();
    bad_options();
}
