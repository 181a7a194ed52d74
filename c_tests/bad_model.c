/* Bad options, rows and models of the temperature: refused, with the model and
 * the probabilities as they were. */
#include "labelled.h"
#include "refused.h"
#include "temperature.h"

enum { N = 4, M = 3 };

static uint64_t x[N * M], y[N * M];
static const int32_t good[N] = {0, 1, 2, 0};
static lgt_temperature_model model;

static void prepare(int type) {
    for (size_t i = 0; i < N * M; i++) put(x, type, i, (double)(i * 7 % 5));
    memset(&model, 0xa5, sizeof model);
    memset(y, 0xa5, sizeof y);
    watch_nothing();
    watch(0, &model, sizeof model);
    watch(1, x, sizeof x);
    watch(2, y, sizeof y);
}

#define FIT(opts) fit(type, &model, x, M, good, LGT_I32, NULL, N, M, opts)

static void option(int type, double tol, double t_min, double t_max, uint32_t max_iter) {
    lgt_temperature_opts opts;
    lgt_temperature_opts_default(&opts);
    opts.tol = tol;
    opts.t_min = t_min;
    opts.t_max = t_max;
    opts.max_iter = max_iter;
    REFUSED(FIT(&opts), LGT_E_VALUE);
}

static void options(int type) {
    const double none[] = {NAN, INFINITY, -INFINITY, -1};
    for (size_t i = 0; i < 4; i++) {
        option(type, none[i], 0.01, 100, 50);
        option(type, 1e-7, none[i], 100, 50);
        option(type, 1e-7, 0.01, none[i], 50);
    }
    option(type, 1.5, 0.01, 100, 50);
    option(type, 1e-7, 0, 100, 50);
    option(type, 1e-7, 9e-7, 100, 50);
    option(type, 1e-7, 1.5, 100, 50);
    option(type, 1e-7, 0.01, 0.5, 50);
    option(type, 1e-7, 0.01, 1.1e6, 50);
    option(type, 1e-7, 0.01, 100, 0);
    lgt_temperature_opts opts;
    const double starts[] = {NAN, INFINITY, -1, 0.009, 101};
    for (size_t i = 0; i < 5; i++) {
        lgt_temperature_opts_default(&opts);
        opts.start = starts[i];
        REFUSED(FIT(&opts), LGT_E_VALUE);
    }
}

/* Of another version; read no further than its size says. */
static void sizes(int type) {
    lgt_temperature_opts usual;
    lgt_temperature_opts_default(&usual);
    for (uint32_t size = 8; size <= sizeof usual + 16; size += 8) {
        guarded room = guard_end(size);
        memset(room.data, 0, size);
        memcpy(room.data, &usual, size < sizeof usual ? size : sizeof usual);
        memcpy(room.data, &size, sizeof size);
        lgt_temperature_opts *opts = (lgt_temperature_opts *)room.data;
        if (size != sizeof usual) {
            if (size > sizeof usual) ((char *)room.data)[size - 1] = 1;
            REFUSED(FIT(opts), LGT_E_OPTION);
        }
        if (size >= sizeof usual) {
            lgt_temperature_model fitted;
            if (size > sizeof usual) ((char *)room.data)[size - 1] = 0;
            CHECK(fit(type, &fitted, x, M, good, LGT_I32, NULL, N, M, opts) >= 0);
        }
        guard_free(room);
    }
    usual.struct_size = 0;
    REFUSED(FIT(&usual), LGT_E_OPTION);
}

static void arrays(int type) {
    const uint64_t far[N] = {0, 1, 2, UINT64_MAX};
    const int8_t below[N] = {0, 1, 2, -1};
    REFUSED(fit(type, NULL, x, M, good, LGT_I32, NULL, N, M, NULL), LGT_E_NULL);
    REFUSED(fit(type, &model, NULL, M, good, LGT_I32, NULL, N, M, NULL), LGT_E_NULL);
    REFUSED(fit(type, &model, x, M, NULL, LGT_I32, NULL, N, M, NULL), LGT_E_NULL);
    REFUSED(fit(type, &model, x, M - 1, good, LGT_I32, NULL, N, M, NULL), LGT_E_STRIDE);
    REFUSED(fit(type, &model, x, SIZE_MAX / 2, good, LGT_I32, NULL, N, M, NULL), LGT_E_SIZE);
    REFUSED(fit(type, &model, x, M, far, LGT_U64, NULL, N, M, NULL), LGT_E_LABEL);
    REFUSED(fit(type, &model, x, M, below, LGT_I8, NULL, N, M, NULL), LGT_E_LABEL);
    REFUSED(fit(type, &model, x, M, good, 0, NULL, N, M, NULL), LGT_E_LABEL);
    REFUSED(fit(type, &model, x, M, good, 9, NULL, N, M, NULL), LGT_E_LABEL);
    const double bad[] = {NAN, -1, INFINITY, 1e19};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        labelled data = labelled_new(type, LGT_I32, N, M, M, 1);
        labelled_put_weight(&data, N - 1, bad[i]);
        REFUSED(fit(type, &model, x, M, good, LGT_I32, data.weights.data, N, M, NULL), LGT_E_VALUE);
        labelled_free(data);
    }
}

/* A row whose loss is finite at no temperature, wherever it stands; with weight
 * 0 it is left out. */
static void hopeless(int type) {
    const double lost[] = {NAN, INFINITY, -INFINITY};
    for (size_t row = 0; row < N; row++) {
        for (size_t i = 0; i < 3; i++) {
            labelled data = labelled_new(type, LGT_I32, N, M, M, 1);
            for (size_t r = 0; r < N; r++) {
                labelled_put_label(&data, r, good[r]);
                for (size_t c = 0; c < M; c++)
                    labelled_put_x(&data, r, c, (double)((r * M + c) * 7 % 5));
            }
            labelled_put_x(&data, row, (size_t)good[row], lost[i]);
            REFUSED(fit(type, &model, data.x.data, M, good, LGT_I32, NULL, N, M, NULL), LGT_E_VALUE);
            labelled_put_weight(&data, row, 0);
            lgt_temperature_model fitted;
            CHECK(fit(type, &fitted, data.x.data, M, good, LGT_I32, data.weights.data, N, M,
                      NULL) >= 0);
            labelled_free(data);
        }
    }
}

/* Bytes that are no model, up against a guard page. */
static void models(int type) {
    guarded room = guard_end(sizeof model);
    lgt_temperature_model *bad = (lgt_temperature_model *)room.data, fitted;
    REFUSED(apply(type, NULL, x, M, y, M, N, M), LGT_E_NULL);
    REFUSED(apply(type, &model, x, M, y, M, N, M), LGT_E_STATE);
    CHECK(fit(type, &fitted, x, M, good, LGT_I32, NULL, N, M, NULL) >= 0);
    for (size_t bit = 0; bit < 128; bit++) {
        *bad = fitted;
        ((unsigned char *)bad)[bit / 8] ^= (unsigned char)(1u << bit % 8);
        REFUSED(apply(type, bad, x, M, y, M, N, M), LGT_E_STATE);
    }
    const double no_temperature[] = {NAN, 0, -1, INFINITY, 9e-7, 1.1e6};
    for (size_t i = 0; i < sizeof no_temperature / sizeof *no_temperature; i++) {
        *bad = fitted;
        bad->temperature = no_temperature[i];
        REFUSED(apply(type, bad, x, M, y, M, N, M), LGT_E_STATE);
    }
    REFUSED(apply(type, &fitted, NULL, M, y, M, N, M), LGT_E_NULL);
    REFUSED(apply(type, &fitted, x, M, NULL, M, N, M), LGT_E_NULL);
    REFUSED(apply(type, &fitted, x, M - 1, y, M, N, M), LGT_E_STRIDE);
    REFUSED(apply(type, &fitted, x, M, y, SIZE_MAX / 2, N, M), LGT_E_SIZE);
    REFUSED(apply(type, &fitted, y, M, y, M + 1, N - 1, M), LGT_E_ALIAS);
    guard_free(room);
}

void test(void) {
    for (int type = 0; type < DTYPES; type++) {
        prepare(type);
        options(type);
        sizes(type);
        arrays(type);
        hopeless(type);
        models(type);
    }
}
