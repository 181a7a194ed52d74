/* Agreement of raters against its definitions, between guard pages. */
#include "check.h"
#include "guarded.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void put_label(void *to, uint32_t type, size_t at, int64_t value) {
    size_t width = (size_t)1 << ((type - 1) % 4);
    int8_t a = (int8_t)value;
    int16_t b = (int16_t)value;
    int32_t c = (int32_t)value;
    const void *from = width == 1 ? (void *)&a : width == 2 ? (void *)&b : width == 4 ? (void *)&c : (void *)&value;
    memcpy((char *)to + at * width, from, width);
}

/* Two raters: alpha and pi from their table. */
static void as_defined(uint32_t type, size_t items, int at_end) {
    enum { C = 3 };
    size_t bytes, width = (size_t)1 << ((type - 1) % 4);
    lgt_agreement_opts opts;
    lgt_agreement_opts_default(&opts);
    opts.raters = 2;
    opts.missing = 100;
    opts.flags = LGT_AGREEMENT_ERRORS;
    CHECK_STATUS(lgt_agreement_size(C, &opts, &bytes), LGT_OK);
    CHECK(bytes == 48 + 8 * 2 * (1 + 3 + 3 + 15));
    guarded state = guard_end(bytes), counted = guard_end(bytes);
    guarded ratings = at_end ? guard_end(items * 2 * width) : guard_start(items * 2 * width);
    guarded counts = guard_end(items * C * width);
    CHECK_STATUS(lgt_agreement_init(state.data, bytes, C, &opts), LGT_OK);
    CHECK_STATUS(lgt_agreement_init(counted.data, bytes, C, &opts), LGT_OK);
    double share[C] = {0}, apart = 0;
    uint64_t seed = items + type, pairs = 0, single = 0;
    for (size_t i = 0; i < items; i++) {
        size_t of[C] = {0};
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        size_t a = (seed >> 33) % C, b = (seed >> 40) % 3 ? a : (seed >> 50) % C;
        int alone = (seed >> 60) == 0;
        of[a]++;
        of[b] += !alone;
        put_label(ratings.data, type, 2 * i, (int64_t)a);
        put_label(ratings.data, type, 2 * i + 1, alone ? 100 : (int64_t)b);
        for (size_t k = 0; k < C; k++) put_label(counts.data, type, C * i + k, (int64_t)of[k]);
        for (size_t k = 0; k < C; k++) share[k] += (double)of[k] / (alone ? 1 : 2);
        pairs += !alone;
        single += alone;
        apart += !alone && a != b;
    }
    CHECK_STATUS(lgt_agreement_update(state.data, ratings.data, type, 2, items, 2), LGT_OK);
    CHECK_STATUS(lgt_agreement_update_counts(counted.data, counts.data, type, C, items), LGT_OK);
    CHECK(memcmp(state.data, counted.data, bytes) == 0);
    double chance = 1;
    for (size_t k = 0; k < C; k++) chance -= share[k] / (double)items * (share[k] / (double)items);
    lgt_agreement_finish_opts how;
    lgt_agreement_finish_opts_default(&how);
    how.coefficient = LGT_COEFFICIENT_FLEISS;
    lgt_agreement_report report;
    int some = pairs > 0 && chance > 1e-9;
    CHECK_STATUS(lgt_agreement_finish(state.data, &report, &how), some ? LGT_OK : LGT_UNDEFINED);
    CHECK(report.items == items && report.paired_items == pairs && report.ratings == 2 * pairs + single);
    if (some)
        CHECK(fabs(report.value - (1 - apart / (double)pairs / chance)) < 1e-12);
    else
        CHECK(isnan(report.value) && isnan(report.std_error));
    lgt_agreement_fleiss_report fleiss;
    CHECK((int)lgt_agreement_finish_fleiss(state.data, &fleiss) >= 0);
    CHECK(isnan(report.value) ? isnan(fleiss.kappa) : fleiss.kappa == report.value);
    CHECK_STATUS(lgt_agreement_merge(state.data, counted.data), LGT_OK);
    CHECK((int)lgt_agreement_finish(state.data, &report, NULL) >= 0 && report.items == 2 * items);
    lgt_agreement_category categories[C];
    CHECK_STATUS(lgt_agreement_get_categories(state.data, categories, C), LGT_OK);
    CHECK_STATUS(lgt_agreement_get_categories(state.data, categories, C - 1), LGT_E_SIZE);
    guard_free(state);
    guard_free(counted);
    guard_free(ratings);
    guard_free(counts);
}

static void refused(void) {
    uint64_t state[6 + 16 * 7], before[6 + 16 * 7];
    size_t bytes = 77;
    const int8_t good[2][3] = {{0, 1, -1}, {2, 2, 0}}, bad[2][3] = {{0, 1, -1}, {2, 3, 0}};
    lgt_agreement_opts opts;
    lgt_agreement_opts_default(&opts);
    lgt_agreement_opts_default(NULL);
    lgt_agreement_finish_opts_default(NULL);
    CHECK_STATUS(lgt_agreement_size(0, NULL, &bytes), LGT_E_VALUE);
    CHECK_STATUS(lgt_agreement_size(UINT32_MAX, NULL, &bytes), LGT_E_VALUE);
    CHECK_STATUS(lgt_agreement_size(3, NULL, NULL), LGT_E_NULL);
    opts.flags = LGT_AGREEMENT_ERRORS;
    CHECK_STATUS(lgt_agreement_size(33, &opts, &bytes), LGT_E_VALUE);
    opts.flags = 2;
    CHECK_STATUS(lgt_agreement_size(3, &opts, &bytes), LGT_E_OPTION);
    opts.flags = 0;
    opts.raters = 0;
    CHECK_STATUS(lgt_agreement_size(3, &opts, &bytes), LGT_E_VALUE);
    opts.raters = 1025;
    CHECK_STATUS(lgt_agreement_size(3, &opts, &bytes), LGT_E_VALUE);
    opts.raters = 3;
    opts.missing = INT32_MIN;
    CHECK_STATUS(lgt_agreement_init(state, sizeof state, 3, &opts), LGT_E_VALUE);
    CHECK(bytes == 77);
    CHECK_STATUS(lgt_agreement_init(state, sizeof state - 8, 3, NULL), LGT_E_SIZE);
    CHECK_STATUS(lgt_agreement_init((char *)state + 4, sizeof state, 3, NULL), LGT_E_STATE);
    CHECK_STATUS(lgt_agreement_init(state, sizeof state, 3, NULL), LGT_OK);
    CHECK_STATUS(lgt_agreement_update(state, good, LGT_I8, 3, 2, 3), LGT_OK);
    memcpy(before, state, sizeof state);
    CHECK_STATUS(lgt_agreement_update(state, bad, LGT_I8, 3, 2, 3), LGT_E_LABEL);
    CHECK_STATUS(lgt_agreement_update(state, good, LGT_I8, 2, 2, 3), LGT_E_STRIDE);
    CHECK_STATUS(lgt_agreement_update(state, NULL, LGT_I8, 3, 2, 3), LGT_E_NULL);
    CHECK_STATUS(lgt_agreement_update(state, good, LGT_I8, SIZE_MAX / 2, SIZE_MAX, 3), LGT_E_SIZE);
    CHECK_STATUS(lgt_agreement_update(state, good, 77, 3, 2, 3), LGT_E_LABEL);
    CHECK_STATUS(lgt_agreement_update_counts(state, good, LGT_I8, 3, 2), LGT_E_VALUE);
    CHECK_STATUS(lgt_agreement_update_counts(state, NULL, LGT_I8, 3, 2), LGT_E_NULL);
    CHECK_STATUS(lgt_agreement_update(NULL, good, LGT_I8, 3, 2, 3), LGT_E_NULL);
    CHECK_STATUS(lgt_agreement_merge(state, state), LGT_E_ALIAS);
    CHECK_STATUS(lgt_agreement_get_categories(state, (lgt_agreement_category *)(void *)state, 3),
                 LGT_E_ALIAS);
    CHECK_STATUS(lgt_agreement_finish(state, NULL, NULL), LGT_E_NULL);
    CHECK_STATUS(lgt_agreement_finish_fleiss(NULL, NULL), LGT_E_NULL);
    CHECK(memcmp(before, state, sizeof state) == 0);
    CHECK_STATUS(lgt_agreement_update(state, NULL, LGT_I8, 3, 0, 3), LGT_OK);
    CHECK_STATUS(lgt_agreement_update(state, NULL, LGT_I8, 0, 2, 0), LGT_OK);
    lgt_agreement_report report;
    CHECK_STATUS(lgt_agreement_finish(state, &report, NULL), LGT_OK);
    CHECK(report.empty_items == 2 && report.items == 2);
}

void test(void) {
    for (uint32_t type = LGT_I8; type <= LGT_U64; type++)
        for (size_t items = 1; items < 20; items++) as_defined(type, items, items & 1);
    as_defined(LGT_I32, 3000, 1);
    refused();
}
