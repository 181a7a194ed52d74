/* Every function that takes a context gives the same bits for any number of workers, in
 * any order of tasks, as the calling thread alone does. */
#include <pthread.h>

#include "check.h"
#include "hashed.h"

/* Enough for several tasks: many rows, a few long ones, and columns between. */
static const size_t shapes[][2] = {{4001, 17}, {300, 250}, {2, 40000}};
enum { SHAPES = sizeof shapes / sizeof *shapes, MOST = 80000, WORKERS = 7 };

static double x[MOST], above[MOST], sums[MOST], y[MOST], lse[MOST], alone[2 * MOST];
static uint64_t state[2 * MOST + 2];
/* How often there was more than one task. */
static long spread;

typedef struct {
    lgt_task task;
    void *arg;
    size_t first, tasks;
} work;

static void *every_seventh(void *given) {
    const work *w = (const work *)given;
    for (size_t i = w->first; i < w->tasks; i += WORKERS) w->task(w->arg, i);
    return NULL;
}

static int32_t threads(void *user, size_t tasks, lgt_task task, void *arg) {
    pthread_t made[WORKERS];
    work w[WORKERS];
    size_t n = 0;
    (void)user;
    spread++;
    for (; n < WORKERS; n++) {
        work mine = {task, arg, n, tasks};
        w[n] = mine;
        if (pthread_create(&made[n], NULL, every_seventh, &w[n]) != 0) break;
    }
    for (size_t i = 0; i < n; i++) pthread_join(made[i], NULL);
    return n < WORKERS;
}

static int32_t backwards(void *user, size_t tasks, lgt_task task, void *arg) {
    (void)user;
    spread++;
    while (tasks > 0) task(arg, --tasks);
    return 0;
}

typedef lgt_status (*call)(size_t rows, size_t cols, const lgt_softmax_opts *opts);

/* A function of every storage type; `acc` is what it computes in. */
#define OF_TYPE(name, dtype, element, acc, arguments)                                       \
    static lgt_status name##_##dtype(size_t rows, size_t cols, const lgt_softmax_opts *opts) { \
        typedef element number;                                                             \
        typedef acc total;                                                                  \
        (void)sizeof(total);                                                                \
        return lgt_##name##_##dtype arguments;                                              \
    }
#define FUNCTION(name, arguments)                     \
    OF_TYPE(name, f32, float, float, arguments)       \
    OF_TYPE(name, f64, double, double, arguments)     \
    OF_TYPE(name, f16, lgt_f16, float, arguments)     \
    OF_TYPE(name, bf16, lgt_bf16, float, arguments)
#define ROWS_OF(array) (const number *)array, cols
#define TO_Y (number *)y, cols

FUNCTION(softmax, (ROWS_OF(x), TO_Y, (total *)lse, rows, cols, opts))
FUNCTION(log_softmax, (ROWS_OF(x), TO_Y, (total *)lse, rows, cols, opts))
FUNCTION(logsumexp, (ROWS_OF(x), (total *)lse, rows, cols, opts))
FUNCTION(softmax_cols, (ROWS_OF(x), TO_Y, (total *)lse, rows, cols, opts))
FUNCTION(log_softmax_cols, (ROWS_OF(x), TO_Y, (total *)lse, rows, cols, opts))
FUNCTION(logsumexp_cols, (ROWS_OF(x), (total *)lse, rows, cols, opts))
FUNCTION(softmax_grad, (ROWS_OF(x), ROWS_OF(above), NULL, 0, TO_Y, NULL, rows, cols, opts))
FUNCTION(log_softmax_grad, (ROWS_OF(x), ROWS_OF(above), NULL, 0, TO_Y, NULL, rows, cols, opts))
FUNCTION(softmax_cols_grad, (ROWS_OF(x), ROWS_OF(above), TO_Y, rows, cols, opts))
FUNCTION(log_softmax_cols_grad, (ROWS_OF(x), ROWS_OF(above), TO_Y, rows, cols, opts))
FUNCTION(logsumexp_grad, (ROWS_OF(x), (const total *)sums, (const total *)sums, TO_Y, NULL, rows, cols, opts))
FUNCTION(logsumexp_cols_grad, (ROWS_OF(x), (const total *)sums, (const total *)sums, TO_Y, rows, cols, opts))

/* The sums of rows, then their shares. */
#define SUMS(dtype, element)                                                                   \
    static lgt_status extsum_##dtype(size_t rows, size_t cols, const lgt_softmax_opts *opts) { \
        lgt_status status = lgt_extsum_init(state, sizeof state, rows);                        \
        if (status == LGT_OK)                                                                  \
            status = lgt_extsum_update_##dtype(state, (const element *)x, cols, rows, cols, opts); \
        return status != LGT_OK ? status                                                       \
                                : lgt_extsum_scale_##dtype(state, (const element *)x, cols,    \
                                                           (element *)y, cols, rows, cols, opts); \
    }
SUMS(f32, float)
SUMS(f64, double)
SUMS(f16, lgt_f16)
SUMS(bf16, lgt_bf16)

#define ENTRY(name) {#name, {name##_f32, name##_f64, name##_f16, name##_bf16}}
static const struct {
    const char *name;
    call of[DTYPES];
} functions[] = {
    ENTRY(softmax), ENTRY(log_softmax), ENTRY(logsumexp), ENTRY(softmax_cols),
    ENTRY(log_softmax_cols), ENTRY(logsumexp_cols), ENTRY(softmax_grad), ENTRY(log_softmax_grad),
    ENTRY(softmax_cols_grad), ENTRY(log_softmax_cols_grad), ENTRY(logsumexp_grad),
    ENTRY(logsumexp_cols_grad), ENTRY(extsum),
};

static void fill(int type, size_t n) {
    uint64_t seed = 3;
    for (size_t i = 0; i < n; i++) {
        put(x, type, i, (double)(int64_t)(draw(&seed) >> 40) / 1048576 - 8);
        put(above, type, i, (double)(int64_t)(draw(&seed) >> 40) / 8388608 - 1);
        sums[i] = 0.5;
    }
}

static void run(call f, size_t rows, size_t cols, const lgt_softmax_opts *opts) {
    memset(y, 0, sizeof y);
    memset(lse, 0, sizeof lse);
    CHECK_STATUS(f(rows, cols, opts), LGT_OK);
}

static void same_bits(call f, size_t rows, size_t cols) {
    const lgt_run executors[] = {threads, backwards};
    const uint32_t workers[] = {1, 2, 3, WORKERS};
    lgt_ctx ctx;
    lgt_softmax_opts opts;
    lgt_ctx_default(&ctx);
    lgt_softmax_opts_default(&opts);
    run(f, rows, cols, &opts);
    memcpy(alone, y, sizeof y);
    memcpy(alone + MOST, lse, sizeof lse);
    opts.ctx = &ctx;
    for (size_t i = 0; i < 4; i++) {
        for (size_t e = 0; e < 2; e++) {
            ctx.workers = workers[i];
            ctx.run = executors[e];
            run(f, rows, cols, &opts);
            CHECK(memcmp(alone, y, sizeof y) == 0);
            CHECK(memcmp(alone + MOST, lse, sizeof lse) == 0);
        }
    }
}

void test(void) {
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        const long before = failures;
        spread = 0;
        for (int type = 0; type < DTYPES; type++) {
            for (size_t s = 0; s < SHAPES; s++) {
                fill(type, shapes[s][0] * shapes[s][1]);
                same_bits(functions[i].of[type], shapes[s][0], shapes[s][1]);
            }
        }
        CHECK(spread >= 6 * DTYPES);
        if (failures == before)
            printf("proof {\"table\":\"workers\",\"function\":\"%s\",\"types\":4,"
                   "\"workers\":\"1, 2, 3, 7\",\"level\":\"%s\"}\n",
                   functions[i].name, lgt_cpu_level_name(lgt_cpu_level()));
    }
}
