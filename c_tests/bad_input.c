/* Bad arrays and options of the row transforms: each gives the status that the
 * documentation names and leaves every output as it was. */
#include "refused.h"
#include "transform.h"

TRANSFORMS(softmax)
TRANSFORMS(log_softmax)

/* logsumexp writes no y; the same signature lets it share what it can. */
#define LOGSUMEXP(dtype, element, lse_type)                                                     \
    static lgt_status logsumexp_##dtype(const void *x, size_t xs, void *y, size_t ys, void *lse, \
                                        size_t rows, size_t cols, const lgt_softmax_opts *opts) { \
        (void)y;                                                                                \
        (void)ys;                                                                               \
        return lgt_logsumexp_##dtype((const element *)x, xs, (lse_type *)lse, rows, cols, opts); \
    }
LOGSUMEXP(f32, float, float)
LOGSUMEXP(f64, double, double)
LOGSUMEXP(f16, lgt_f16, float)
LOGSUMEXP(bf16, lgt_bf16, float)
static const transform logsumexp[DTYPES] = {logsumexp_f32, logsumexp_f64, logsumexp_f16,
                                            logsumexp_bf16};

enum { N = 4, M = 3 };

/* Room for any type. */
static uint64_t x[N * M], y[N * M], lse[N + 1];

static void prepare(int type) {
    for (size_t i = 0; i < N * M; i++) put(x, type, i, (double)(i % 5));
    memset(y, 0xa5, sizeof y);
    memset(lse, 0xa5, sizeof lse);
    watch(0, x, sizeof x);
    watch(1, y, sizeof y);
    watch(2, lse, sizeof lse);
}

/* Element i of an array of that type. */
static void *at(void *array, int type, size_t i) {
    return (char *)array + i * dtype_size(type);
}

static void input(transform f) {
    REFUSED(f(NULL, M, y, M, lse, N, M, NULL), LGT_E_NULL);
    REFUSED(f(x, M - 1, y, M, lse, N, M, NULL), LGT_E_STRIDE);
    REFUSED(f(x, 0, y, M, lse, N, M, NULL), LGT_E_STRIDE);
    REFUSED(f(x, SIZE_MAX / 2, y, M, lse, N, M, NULL), LGT_E_SIZE);
    REFUSED(f(x, SIZE_MAX, y, M, lse, N, M, NULL), LGT_E_SIZE);
    REFUSED(f(x, M, y, M, lse, SIZE_MAX, M, NULL), LGT_E_SIZE);
    REFUSED(f(x, M, y, M, lse, SIZE_MAX / 2, M, NULL), LGT_E_SIZE);
    REFUSED(f(x, SIZE_MAX, y, SIZE_MAX, lse, 1, SIZE_MAX, NULL), LGT_E_SIZE);
    REFUSED(f(x, SIZE_MAX / 2, y, SIZE_MAX / 2, lse, 1, SIZE_MAX / 2, NULL), LGT_E_SIZE);
    REFUSED(f(x, M, y, M, lse, 0, M, NULL), LGT_OK);
    REFUSED(f(NULL, M, NULL, M, NULL, 0, M, NULL), LGT_OK);
    REFUSED(f(NULL, 0, NULL, 0, NULL, 0, 0, NULL), LGT_OK);
}

static void output(transform f, int type) {
    int up = type == F64 ? 1 : 2; /* an lse further on that x or y may hold */
    REFUSED(f(x, M, NULL, M, lse, N, M, NULL), LGT_E_NULL);
    REFUSED(f(x, M, y, M - 1, lse, N, M, NULL), LGT_E_STRIDE);
    REFUSED(f(x, M, y, SIZE_MAX / 8, lse, 9, M, NULL), LGT_E_SIZE);
    REFUSED(f(at(y, type, 1), M, y, M, lse, N - 1, M, NULL), LGT_E_ALIAS);
    REFUSED(f(y, M, at(y, type, 1), M, lse, N - 1, M, NULL), LGT_E_ALIAS);
    REFUSED(f(y, M, at(y, type, M), M, lse, N - 1, M, NULL), LGT_E_ALIAS);
    REFUSED(f(y, M, y, M + 1, lse, N - 2, M, NULL), LGT_E_ALIAS);
    REFUSED(f(y, M + 1, y, M, lse, N - 2, M, NULL), LGT_E_ALIAS);
    /* Columns of one array that meet: 2 and 2 of 3. */
    REFUSED(f(y, M, at(y, type, 1), M, NULL, N - 1, 2, NULL), LGT_E_ALIAS);
    REFUSED(f(x, M, y, M, y, N, M, NULL), LGT_E_ALIAS);
    REFUSED(f(x, M, y, M, at(y, type, (size_t)up), N, M, NULL), LGT_E_ALIAS);
    REFUSED(f(x, M, y, M, x, N, M, NULL), LGT_E_ALIAS);
    REFUSED(f(NULL, 0, NULL, 0, NULL, N, 0, NULL), LGT_EMPTY_ROW);
}

static void lse_column(transform f) {
    REFUSED(f(x, M, NULL, 0, NULL, N, M, NULL), LGT_E_NULL);
    REFUSED(f(x, M, NULL, 0, x, N, M, NULL), LGT_E_ALIAS);
    REFUSED(f(lse, 1, NULL, 0, lse, 2, 1, NULL), LGT_E_ALIAS);
}

static void values(transform f) {
    const double bad[] = {NAN, 0, -0.0, -1, INFINITY, -INFINITY, 9e-31, 1.1e30};
    lgt_softmax_opts opts;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        lgt_softmax_opts_default(&opts);
        opts.scale = bad[i];
        REFUSED(f(x, M, y, M, lse, N, M, &opts), LGT_E_VALUE);
    }
    for (int bit = 1; bit < 32; bit++) {
        lgt_softmax_opts_default(&opts);
        opts.flags = 1u << bit;
        REFUSED(f(x, M, y, M, lse, N, M, &opts), LGT_E_OPTION);
    }
}

/* A struct of another version, up against a guard page: read no further than
 * its size says, and taken only if what is new is zero. */
static void sizes(transform f) {
    lgt_softmax_opts usual;
    lgt_softmax_opts_default(&usual);
    CHECK(usual.struct_size == sizeof usual && usual.flags == 0 && usual.scale == 1);
    for (uint32_t size = 8; size <= sizeof usual + 24; size += 8) {
        guarded room = guard_end(size);
        memset(room.data, 0, size);
        memcpy(room.data, &usual, size < sizeof usual ? size : sizeof usual);
        lgt_softmax_opts *opts = (lgt_softmax_opts *)room.data;
        memcpy(opts, &size, sizeof size);
        if (size < sizeof usual) {
            REFUSED(f(x, M, y, M, lse, N, M, opts), LGT_E_OPTION);
        } else {
            for (uint32_t i = sizeof usual; i < size; i++) {
                ((char *)room.data)[i] = 1;
                REFUSED(f(x, M, y, M, lse, N, M, opts), LGT_E_OPTION);
                ((char *)room.data)[i] = 0;
            }
            REFUSED(f(x, M, y, M, lse, 0, M, opts), LGT_OK);
        }
        guard_free(room);
    }
    usual.struct_size = 0;
    REFUSED(f(x, M, y, M, lse, N, M, &usual), LGT_E_OPTION);
}

void test(void) {
    const transform *const families[] = {softmax, log_softmax, logsumexp};
    for (int type = 0; type < DTYPES; type++) {
        prepare(type);
        for (int i = 0; i < 3; i++) {
            input(families[i][type]);
            values(families[i][type]);
            sizes(families[i][type]);
        }
        output(softmax[type], type);
        output(log_softmax[type], type);
        lse_column(logsumexp[type]);
    }
    lgt_softmax_opts_default(NULL);
}
