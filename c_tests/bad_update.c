/* Bad scores, labels and weights, and bad places for a state or a report: each
 * gives the status that the documentation names, and the state is as it was. */
#include "families.h"
#include "refused.h"

enum { N = 4, M = 3 };

static uint64_t state[LARGEST_STATE / 8];
static uint64_t x[N * M];
static const int32_t good[N] = {0, 1, 2, 0};

static void arrays(update_function f) {
    REFUSED(f(NULL, x, M, good, LGT_I32, NULL, N, M), LGT_E_NULL);
    REFUSED(f(state, NULL, M, good, LGT_I32, NULL, N, M), LGT_E_NULL);
    REFUSED(f(state, x, M, NULL, LGT_I32, NULL, N, M), LGT_E_NULL);
    REFUSED(f(state, x, M - 1, good, LGT_I32, NULL, N, M), LGT_E_STRIDE);
    REFUSED(f(state, x, SIZE_MAX / 2, good, LGT_I32, NULL, N, M), LGT_E_SIZE);
    REFUSED(f(state, x, SIZE_MAX, good, LGT_I32, NULL, 1, SIZE_MAX), LGT_E_SIZE);
    REFUSED(f(state, x, M, good, LGT_I32, NULL, SIZE_MAX / 2, M), LGT_E_SIZE);
    /* Nothing to add is nothing to refuse; without classes no label is one. */
    REFUSED(f(state, NULL, M, NULL, LGT_I32, NULL, 0, M), LGT_OK);
    REFUSED(f(state, x, 0, good, LGT_I32, NULL, N, 0), LGT_E_LABEL);
}

static void labels(update_function f) {
    const struct {
        uint32_t type;
        int64_t bad[2];
    } kinds[] = {
        {LGT_I8, {-1, INT8_MIN}},   {LGT_I16, {-1, INT16_MIN}}, {LGT_I32, {-1, INT32_MIN}},
        {LGT_I64, {-1, INT64_MIN}}, {LGT_U8, {M, UINT8_MAX}},   {LGT_U16, {M, UINT16_MAX}},
        {LGT_U32, {M, UINT32_MAX}}, {LGT_U64, {M, -1}},
    };
    const uint32_t unknown[] = {0, 9, 255, UINT32_MAX};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        for (int i = 0; i < 2; i++) {
            labelled data = labelled_new(F32, kinds[k].type, N, M, M, 1);
            labelled_put_label(&data, N - 1, kinds[k].bad[i]);
            REFUSED(f(state, x, M, data.labels.data, kinds[k].type, NULL, N, M), LGT_E_LABEL);
            labelled_free(data);
        }
    }
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
        REFUSED(f(state, x, M, good, unknown[i], NULL, N, M), LGT_E_LABEL);
}

static void weights(update_function f, int type) {
    const double bad[] = {NAN, -1, INFINITY, -INFINITY, 1e19, -1e-30};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        labelled data = labelled_new(type, LGT_I32, N, M, M, 1);
        labelled_put_weight(&data, N - 1, bad[i]);
        REFUSED(f(state, x, M, good, LGT_I32, data.weights.data, N, M), LGT_E_VALUE);
        labelled_free(data);
    }
}

/* A state of another kind, and one that is no state. */
static void foreign(const family *own) {
    for (int i = 0; i < FAMILIES; i++) {
        if (families[i].kind == own->kind) continue;
        for (int type = 0; type < DTYPES; type++)
            REFUSED(families[i].update[type](state, x, M, good, LGT_I32, NULL, N, M), LGT_E_STATE);
        uint64_t report[LARGEST_REPORT / 8], other[LARGEST_STATE / 8];
        memset(report, 0xa5, sizeof report);
        memset(other, 0xa5, sizeof other);
        watch(2, report, sizeof report);
        REFUSED(families[i].finish(state, report), LGT_E_STATE);
        CHECK_STATUS(families[i].init(other, sizeof other), LGT_OK);
        watch(3, other, sizeof other);
        REFUSED(families[i].merge(other, state), LGT_E_STATE);
        REFUSED(families[i].merge(state, other), LGT_E_STATE);
        watch_nothing();
        watch(0, state, sizeof state);
    }
}

static void places(const family *f) {
    size_t bytes = 0;
    CHECK_STATUS(f->size(&bytes), LGT_OK);
    REFUSED(f->size(NULL), LGT_E_NULL);
    REFUSED(f->finish(state, NULL), LGT_E_NULL);
    REFUSED(f->merge(state, NULL), LGT_E_NULL);
    REFUSED(f->merge(NULL, state), LGT_E_NULL);
    REFUSED(f->merge(state, state), LGT_E_ALIAS);
    REFUSED(f->init(NULL, bytes), LGT_E_NULL);
    REFUSED(f->init(state, 0), LGT_E_SIZE);
    REFUSED(f->init(state, bytes - 1), LGT_E_SIZE);
    for (size_t shift = 1; shift < 8; shift++)
        REFUSED(f->init((char *)state + shift, bytes), LGT_E_STATE);
    uint64_t report[LARGEST_REPORT / 8];
    REFUSED(f->finish(NULL, report), LGT_E_NULL);
}

static void parameters(void) {
    uint64_t room[64];
    size_t bytes = 7;
    memset(room, 0xa5, sizeof room);
    watch(1, room, sizeof room);
    watch(2, &bytes, sizeof bytes);
    REFUSED(lgt_accuracy_size(0, &bytes), LGT_E_VALUE);
    REFUSED(lgt_accuracy_init(room, sizeof room, 0), LGT_E_VALUE);
    const uint32_t bins[] = {0, 65537, UINT32_MAX};
    for (size_t i = 0; i < 3; i++) {
        REFUSED(lgt_ece_top_label_size(bins[i], &bytes), LGT_E_VALUE);
        REFUSED(lgt_ece_top_label_init(room, sizeof room, bins[i]), LGT_E_VALUE);
    }
    REFUSED(lgt_ece_top_label_init(room, sizeof room, 65536), LGT_E_SIZE);
    watch_nothing();
    CHECK_STATUS(lgt_ece_top_label_size(65536, &bytes), LGT_OK);
    CHECK(bytes == 8 * (4 + 13 * (size_t)65536));
}

static void bins(void) {
    lgt_reliability_bin got[15];
    memset(got, 0xa5, sizeof got);
    watch(1, got, sizeof got);
    CHECK_STATUS(lgt_ece_top_label_init(state, sizeof state, 15), LGT_OK);
    watch(0, state, sizeof state);
    REFUSED(lgt_ece_top_label_get_bins(NULL, got, 15), LGT_E_NULL);
    REFUSED(lgt_ece_top_label_get_bins(state, NULL, 15), LGT_E_NULL);
    REFUSED(lgt_ece_top_label_get_bins(state, got, 14), LGT_E_SIZE);
    REFUSED(lgt_ece_top_label_get_bins(state, got, 0), LGT_E_SIZE);
    CHECK_STATUS(lgt_nll_init(state, sizeof state), LGT_OK);
    watch(0, state, sizeof state);
    REFUSED(lgt_ece_top_label_get_bins(state, got, 15), LGT_E_STATE);
    watch_nothing();
}

void test(void) {
    for (int i = 0; i < FAMILIES; i++) {
        for (int type = 0; type < DTYPES; type++) {
            update_function f = families[i].update[type];
            for (size_t j = 0; j < N * M; j++) put(x, type, j, 0.25 * (double)(j % 4));
            memset(state, 0xa5, sizeof state);
            CHECK_STATUS(families[i].init(state, sizeof state), LGT_OK);
            CHECK_STATUS(f(state, x, M, good, LGT_I32, NULL, N, M), LGT_OK);
            watch(0, state, sizeof state);
            arrays(f);
            labels(f);
            weights(f, type);
            foreign(&families[i]);
            places(&families[i]);
        }
    }
    parameters();
    bins();
}
