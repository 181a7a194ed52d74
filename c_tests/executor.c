/* An executor of real threads, lent to everything that takes one: the bits are those that
 * the calling thread writes alone. */
#include "check.h"

#include <pthread.h>

enum { THREADS = 3 };

typedef struct {
    lgt_task task;
    void *arg;
    size_t next, tasks;
} share;

static void *work(void *of) {
    const share *own = (const share *)of;
    for (size_t i = own->next; i < own->tasks; i += THREADS) own->task(own->arg, i);
    return NULL;
}

/* Every third task on each thread; counts how often it is asked. */
static int32_t run(void *user, size_t tasks, lgt_task task, void *arg) {
    pthread_t threads[THREADS];
    share shares[THREADS];
    ++*(long *)user;
    for (size_t t = 0; t < THREADS; t++) {
        share own = {task, arg, t, tasks};
        shares[t] = own;
        if (pthread_create(&threads[t], NULL, work, &shares[t]) != 0) exit(1);
    }
    for (size_t t = 0; t < THREADS; t++) pthread_join(threads[t], NULL);
    return 0;
}

/* Those of rows first; of them some take a mask. */
enum function {
    SOFTMAX, LOG_SOFTMAX, LOGSUMEXP, SOFTMAX_GRAD, LOG_SOFTMAX_GRAD, LOGSUMEXP_GRAD, MASKED,
    EXTSUM_UPDATE = MASKED, EXTSUM_SCALE, ROW_WISE,
    SOFTMAX_COLS = ROW_WISE, LOG_SOFTMAX_COLS, LOGSUMEXP_COLS, SOFTMAX_COLS_GRAD,
    LOG_SOFTMAX_COLS_GRAD, LOGSUMEXP_COLS_GRAD, FUNCTIONS
};

/* What a call reads, and the bytes that it writes: an array, a number a row or column, and a
 * state. */
typedef struct {
    size_t rows, cols;
    const void *x, *dy, *sums;
    unsigned char *y, *lse, *state;
    size_t y_bytes, lse_bytes, state_bytes;
} arrays;

#define CALLS(dtype, element, sum)                                                              \
    static lgt_status call_##dtype(int function, const arrays *a, const lgt_softmax_opts *opts) { \
        const element *x = (const element *)a->x, *dy = (const element *)a->dy;                 \
        const sum *sums = (const sum *)a->sums;                                                 \
        element *y = (element *)a->y;                                                           \
        sum *lse = (sum *)a->lse;                                                               \
        size_t m = a->rows, n = a->cols;                                                        \
        switch (function) {                                                                     \
        case SOFTMAX: return lgt_softmax_##dtype(x, n, y, n, lse, m, n, opts);                  \
        case LOG_SOFTMAX: return lgt_log_softmax_##dtype(x, n, y, n, lse, m, n, opts);          \
        case LOGSUMEXP: return lgt_logsumexp_##dtype(x, n, lse, m, n, opts);                    \
        case SOFTMAX_GRAD:                                                                      \
            return lgt_softmax_grad_##dtype(x, n, dy, n, x, n, y, n, NULL, m, n, opts);         \
        case LOG_SOFTMAX_GRAD:                                                                  \
            return lgt_log_softmax_grad_##dtype(x, n, dy, n, x, n, y, n, NULL, m, n, opts);     \
        case LOGSUMEXP_GRAD:                                                                    \
            return lgt_logsumexp_grad_##dtype(x, n, sums, sums, y, n, NULL, m, n, opts);        \
        case EXTSUM_UPDATE: return lgt_extsum_update_##dtype(a->state, x, n, m, n, opts);       \
        case EXTSUM_SCALE: {                                                                    \
            lgt_status status = lgt_extsum_update_##dtype(a->state, x, n, m, n, NULL);          \
            if (status != LGT_OK) return status;                                                \
            return lgt_extsum_scale_##dtype(a->state, x, n, y, n, m, n, opts);                  \
        }                                                                                       \
        case SOFTMAX_COLS: return lgt_softmax_cols_##dtype(x, n, y, n, lse, m, n, opts);        \
        case LOG_SOFTMAX_COLS: return lgt_log_softmax_cols_##dtype(x, n, y, n, lse, m, n, opts); \
        case LOGSUMEXP_COLS: return lgt_logsumexp_cols_##dtype(x, n, lse, m, n, opts);          \
        case SOFTMAX_COLS_GRAD:                                                                 \
            return lgt_softmax_cols_grad_##dtype(x, n, dy, n, y, n, m, n, opts);                \
        case LOG_SOFTMAX_COLS_GRAD:                                                             \
            return lgt_log_softmax_cols_grad_##dtype(x, n, dy, n, y, n, m, n, opts);            \
        default: return lgt_logsumexp_cols_grad_##dtype(x, n, sums, sums, y, n, m, n, opts);    \
        }                                                                                       \
    }
CALLS(f32, float, float)
CALLS(f64, double, double)
CALLS(f16, lgt_f16, float)
CALLS(bf16, lgt_bf16, float)
static lgt_status (*const call[DTYPES])(int, const arrays *, const lgt_softmax_opts *) = {
    call_f32, call_f64, call_f16, call_bf16};

static void *numbers(int type, size_t n) {
    void *array = calloc(n, dtype_size(type));
    uint64_t seed = n;
    if (!array) exit(1);
    for (size_t i = 0; i < n; i++) put(array, type, i, noise(&seed));
    return array;
}

static unsigned char *bytes(size_t n) {
    unsigned char *array = (unsigned char *)malloc(n);
    if (!array) exit(1);
    return array;
}

static void forget(arrays *a) {
    memset(a->y, 0xa5, a->y_bytes);
    memset(a->lse, 0xa5, a->lse_bytes);
    CHECK_STATUS(lgt_extsum_init(a->state, a->state_bytes, a->rows), LGT_OK);
}

/* Alone into `a`, with threads into `b`. */
static void same_bits(int function, int type, arrays *a, arrays *b, const lgt_softmax_mask *mask,
                      int spreads) {
    long asked = 0;
    lgt_ctx ctx;
    lgt_softmax_opts opts;
    lgt_ctx_default(&ctx);
    lgt_softmax_opts_default(&opts);
    opts.mask = mask;
    forget(a);
    forget(b);
    lgt_status status = call[type](function, a, &opts);
    ctx.workers = THREADS;
    ctx.user = &asked;
    ctx.run = run;
    opts.ctx = &ctx;
    CHECK(status == LGT_OK || status == LGT_EMPTY_ROW);
    CHECK_STATUS(call[type](function, b, &opts), status);
    CHECK(memcmp(a->y, b->y, a->y_bytes) == 0);
    CHECK(memcmp(a->lse, b->lse, a->lse_bytes) == 0);
    CHECK(memcmp(a->state, b->state, a->state_bytes) == 0);
    CHECK(asked > 0 || !spreads);
}

static void shape(int type, size_t rows, size_t cols, int first, int last, int masked) {
    int sum_type = type == F64 ? F64 : F32;
    size_t most = rows > cols ? rows : cols, sum_size = dtype_size(sum_type);
    void *x = numbers(type, rows * cols), *dy = numbers(type, rows * cols);
    void *sums = numbers(sum_type, most);
    arrays of[2];
    lgt_softmax_mask mask;
    lgt_softmax_mask_default(&mask);
    mask.flags = LGT_MASK_CAUSAL | LGT_MASK_SINK;
    mask.causal_offset = 5;
    mask.slope = 0.125;
    for (int i = 0; i < 2; i++) {
        arrays a = {rows, cols, x, dy, sums, NULL, NULL, NULL,
                    rows * cols * dtype_size(type), most * sum_size, 16 + 16 * rows};
        of[i] = a;
        of[i].y = bytes(a.y_bytes);
        of[i].lse = bytes(a.lse_bytes);
        of[i].state = bytes(a.state_bytes);
    }
    for (int f = first; f < last; f++)
        same_bits(f, type, &of[0], &of[1], masked ? &mask : NULL, rows > 1);
    for (int i = 0; i < 2; i++) {
        free(of[i].y);
        free(of[i].lse);
        free(of[i].state);
    }
    free(x);
    free(dy);
    free(sums);
}

/* Rows between which a vector, or a masked tail, might reach; few classes; and one row that
 * is shared out itself. */
void test(void) {
    for (int type = 0; type < DTYPES; type++) {
        shape(type, 2000, 77, SOFTMAX, ROW_WISE, 0);
        shape(type, 10007, 10, SOFTMAX, ROW_WISE, 0);
        shape(type, 1, ((size_t)8 << 20) / dtype_size(type) + 77, SOFTMAX, ROW_WISE, 0);
        shape(type, 700, 77, SOFTMAX, MASKED, 1);
        shape(type, 77, 2000, ROW_WISE, FUNCTIONS, 0);
    }
}
