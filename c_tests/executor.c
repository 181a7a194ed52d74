/* Every function that takes an executor, with executors good and bad: whatever the order of
 * tasks, and however many workers run them, the bits are those of the calling thread alone;
 * where one fails, before any task, after some or after all, the call says so, what is
 * written is right, the rest is as it was, and the next call works. */
#include "check.h"

#include <pthread.h>

/* What the jobs are given and write. */
typedef struct {
    size_t rows, cols;
    void *x, *dy, *per_row;
    void *y, *sums, *state;
} arrays;

typedef lgt_status (*job)(const arrays *a, const lgt_softmax_opts *opts);

/* The same under a mask: no later columns, and a sink. */
static const lgt_softmax_opts *masked(const lgt_softmax_opts *opts) {
    static lgt_softmax_opts with;
    static lgt_softmax_mask mask;
    lgt_softmax_opts_default(&with);
    if (opts) with = *opts;
    lgt_softmax_mask_default(&mask);
    mask.flags = LGT_MASK_CAUSAL | LGT_MASK_SINK;
    mask.causal_offset = 3;
    mask.slope = 0.125;
    with.mask = &mask;
    return &with;
}

#define JOB(name, dtype, call)                                                          \
    static lgt_status name##_##dtype(const arrays *a, const lgt_softmax_opts *opts) {    \
        size_t n = a->rows, c = a->cols;                                                 \
        return call;                                                                     \
    }
#define JOBS_OF(dtype, E, S)                                                                   \
    JOB(softmax, dtype, lgt_softmax_##dtype((E *)a->x, c, (E *)a->y, c, (S *)a->sums, n, c,     \
                                            opts))                                              \
    JOB(log_softmax, dtype, lgt_log_softmax_##dtype((E *)a->x, c, (E *)a->y, c, (S *)a->sums,   \
                                                    n, c, opts))                                \
    JOB(logsumexp, dtype, lgt_logsumexp_##dtype((E *)a->x, c, (S *)a->sums, n, c, opts))        \
    JOB(extsum_update, dtype, lgt_extsum_update_##dtype(a->state, (E *)a->x, c, n, c, opts))    \
    JOB(extsum_scale, dtype, lgt_extsum_scale_##dtype(a->state, (E *)a->x, c, (E *)a->y, c, n,  \
                                                      c, opts))                                 \
    JOB(softmax_grad, dtype, lgt_softmax_grad_##dtype((E *)a->x, c, (E *)a->dy, c, NULL, 0,     \
                                                      (E *)a->y, c, NULL, n, c, opts))          \
    JOB(log_softmax_grad, dtype, lgt_log_softmax_grad_##dtype((E *)a->x, c, (E *)a->dy, c,      \
                                                              NULL, 0, (E *)a->y, c, NULL, n,   \
                                                              c, opts))                         \
    JOB(logsumexp_grad, dtype, lgt_logsumexp_grad_##dtype((E *)a->x, c, (S *)a->per_row,        \
                                                          (S *)a->per_row, (E *)a->y, c, NULL,  \
                                                          n, c, opts))                          \
    JOB(masked_softmax, dtype, lgt_softmax_##dtype((E *)a->x, c, (E *)a->y, c, NULL, n, c,      \
                                                   masked(opts)))                               \
    JOB(masked_grad, dtype, lgt_softmax_grad_##dtype((E *)a->x, c, (E *)a->dy, c, NULL, 0,      \
                                                     (E *)a->y, c, NULL, n, c, masked(opts)))   \
    JOB(softmax_cols, dtype, lgt_softmax_cols_##dtype((E *)a->x, c, (E *)a->y, c, (S *)a->sums, \
                                                      n, c, opts))                              \
    JOB(log_softmax_cols, dtype, lgt_log_softmax_cols_##dtype((E *)a->x, c, (E *)a->y, c,       \
                                                              (S *)a->sums, n, c, opts))        \
    JOB(logsumexp_cols, dtype, lgt_logsumexp_cols_##dtype((E *)a->x, c, (S *)a->sums, n, c,     \
                                                          opts))                                \
    JOB(softmax_cols_grad, dtype, lgt_softmax_cols_grad_##dtype((E *)a->x, c, (E *)a->dy, c,    \
                                                                (E *)a->y, c, n, c, opts))      \
    JOB(log_softmax_cols_grad, dtype,                                                           \
        lgt_log_softmax_cols_grad_##dtype((E *)a->x, c, (E *)a->dy, c, (E *)a->y, c, n, c,      \
                                          opts))                                                \
    JOB(logsumexp_cols_grad, dtype,                                                             \
        lgt_logsumexp_cols_grad_##dtype((E *)a->x, c, (S *)a->per_row, (S *)a->per_row,         \
                                        (E *)a->y, c, n, c, opts))
JOBS_OF(f32, float, float)
JOBS_OF(f64, double, double)
JOBS_OF(f16, lgt_f16, float)
JOBS_OF(bf16, lgt_bf16, float)

#define ALL_TYPES(name) {#name, {name##_f32, name##_f64, name##_f16, name##_bf16}, 0}
static struct {
    const char *name;
    job of[DTYPES];
    long failed; /* checks */
} jobs[] = {
    /* Those that cut a long row come first, then others of rows, then those of columns. */
    ALL_TYPES(softmax),          ALL_TYPES(log_softmax),       ALL_TYPES(logsumexp),
    ALL_TYPES(extsum_update),    ALL_TYPES(extsum_scale),      ALL_TYPES(softmax_grad),
    ALL_TYPES(log_softmax_grad), ALL_TYPES(logsumexp_grad),    ALL_TYPES(masked_softmax),
    ALL_TYPES(masked_grad),      ALL_TYPES(softmax_cols),      ALL_TYPES(log_softmax_cols),
    ALL_TYPES(logsumexp_cols),   ALL_TYPES(softmax_cols_grad), ALL_TYPES(log_softmax_cols_grad),
    ALL_TYPES(logsumexp_cols_grad),
};
enum { EXTSUM_UPDATE = 3, OF_LONG_ROWS = 5, OF_ROWS = 10, JOBS = sizeof jobs / sizeof *jobs };

/* An executor: the order of tasks, how many threads and workers, and when it fails. */
typedef struct {
    size_t step; /* task i is the one at i * step, modulo a prime: 1 is in order */
    int backwards, threads;
    uint32_t workers;
    long fails_in_call, tasks_before; /* which call of the executor; -1: none */
    long calls;
    size_t tasks;
} executor;

typedef struct {
    size_t next, tasks;
    lgt_task task;
    void *arg;
    pthread_mutex_t lock;
} queue;

static void *take_tasks(void *data) {
    queue *q = (queue *)data;
    for (;;) {
        pthread_mutex_lock(&q->lock);
        size_t i = q->next++;
        pthread_mutex_unlock(&q->lock);
        if (i >= q->tasks) return NULL;
        q->task(q->arg, i);
    }
}

static void on_threads(int threads, size_t tasks, lgt_task task, void *arg) {
    pthread_t ids[16];
    queue q;
    q.next = 0, q.tasks = tasks, q.task = task, q.arg = arg;
    pthread_mutex_init(&q.lock, NULL);
    for (int t = 0; t < threads; t++) CHECK(pthread_create(&ids[t], NULL, take_tasks, &q) == 0);
    for (int t = 0; t < threads; t++) pthread_join(ids[t], NULL);
    pthread_mutex_destroy(&q.lock);
}

/* Task i of an order in which each comes once. */
static size_t in_order(const executor *e, size_t i, size_t tasks) {
    static const size_t prime = 65537; /* more than there are tasks */
    if (e->backwards) return tasks - 1 - i;
    return e->step == 1 ? i : ((i + 1) * e->step) % prime - 1;
}

static int32_t run(void *user, size_t tasks, lgt_task task, void *arg) {
    executor *e = (executor *)user;
    long fails = e->calls++ == e->fails_in_call;
    size_t most = fails && e->tasks_before < (long)tasks ? (size_t)e->tasks_before : tasks;
    size_t done = 0;
    e->tasks = tasks;
    if (e->threads) {
        on_threads(e->threads, most, task, arg);
        return fails ? 5 : 0;
    }
    for (size_t i = 0; done < most; i++) {
        size_t index = in_order(e, i, tasks);
        if (index < tasks) task(arg, index), done++;
    }
    return fails ? 5 : 0;
}

enum { UNTOUCHED = 0xa5 };

typedef struct {
    size_t y, sums, state;
} lengths;

static lengths lengths_of(const arrays *a, int type) {
    lengths n;
    n.y = a->rows * a->cols * dtype_size(type);
    n.sums = (a->rows > a->cols ? a->rows : a->cols) * 8;
    n.state = 16 + 16 * a->rows;
    return n;
}

/* Whether each piece of `size` bytes is as after a call that went well, or as before. */
static int each_new_or_old(const void *now, const void *good, const void *before, size_t bytes,
                           size_t size) {
    for (size_t at = 0; at < bytes; at += size) {
        const char *n = (const char *)now + at;
        if (memcmp(n, (const char *)good + at, size) != 0 &&
            memcmp(n, (const char *)before + at, size) != 0)
            return 0;
    }
    return 1;
}

/* A set of arrays, and a second one that holds what is expected. */
typedef struct {
    arrays now, good, before;
    int type;
} trial;

static arrays with_results(arrays a, int type) {
    lengths n = lengths_of(&a, type);
    a.y = malloc(n.y), a.sums = malloc(n.sums), a.state = malloc(n.state);
    return a;
}

static void free_results(arrays *a) {
    free(a->y), free(a->sums), free(a->state);
}

/* Results as they are before a call: the state already holds something. */
static void clear(const trial *t, const arrays *a) {
    lengths n = lengths_of(a, t->type);
    memset(a->y, UNTOUCHED, n.y);
    memset(a->sums, UNTOUCHED, n.sums);
    if (a != &t->before) memcpy(a->state, t->before.state, n.state);
}

static lgt_softmax_opts options(lgt_ctx *ctx, executor *e) {
    lgt_softmax_opts opts;
    lgt_softmax_opts_default(&opts);
    lgt_ctx_default(ctx);
    ctx->workers = e->workers, ctx->user = e, ctx->run = run;
    opts.ctx = ctx;
    return opts;
}

static void same_bits(trial *t, job f, executor e) {
    lgt_ctx ctx;
    e.fails_in_call = -1;
    lgt_softmax_opts opts = options(&ctx, &e);
    lengths n = lengths_of(&t->now, t->type);
    clear(t, &t->now);
    CHECK_STATUS(f(&t->now, &opts), LGT_OK);
    CHECK(e.calls > 0);
    CHECK(memcmp(t->now.y, t->good.y, n.y) == 0);
    CHECK(memcmp(t->now.sums, t->good.sums, n.sums) == 0);
    CHECK(memcmp(t->now.state, t->good.state, n.state) == 0);
}

/* How many tasks there were in the call that failed; 0 if there was no such call. */
static size_t fails(trial *t, job f, executor e) {
    lgt_ctx ctx;
    lgt_softmax_opts opts = options(&ctx, &e);
    lengths n = lengths_of(&t->now, t->type);
    clear(t, &t->now);
    lgt_status status = f(&t->now, &opts);
    if (e.calls <= e.fails_in_call) return 0;
    CHECK_STATUS(status, LGT_E_CALLBACK);
    CHECK(e.calls == e.fails_in_call + 1);
    size_t size = dtype_size(t->type), sum = t->type == F64 ? 8 : 4;
    CHECK(each_new_or_old(t->now.y, t->good.y, t->before.y, n.y, size));
    CHECK(each_new_or_old(t->now.sums, t->good.sums, t->before.sums, n.sums, sum));
    CHECK(each_new_or_old(t->now.state, t->good.state, t->before.state, n.state, 16));
    return e.tasks;
}

/* The first three without threads. */
static const executor orders[] = {
    {1, 0, 0, 7, -1, 0, 0, 0}, {1, 1, 0, 7, -1, 0, 0, 0}, {40503, 0, 0, 7, -1, 0, 0, 0},
    {1, 0, 2, 2, -1, 0, 0, 0}, {1, 0, 9, 3, -1, 0, 0, 0}, {1, 0, 7, 7, -1, 0, 0, 0},
};
enum { ORDERS = sizeof orders / sizeof *orders };

/* Executors that fail in their first call and in their second, if there is one: before any
 * task, and after some, or after every number of them. */
static void failing(trial *t, job f, size_t step) {
    for (long call = 0; call < 2; call++) {
        size_t tasks = 1;
        for (size_t k = 0; k <= tasks; k += step) {
            executor e = orders[k % 3];
            e.fails_in_call = call, e.tasks_before = (long)k;
            tasks = fails(t, f, e);
            if (tasks == 0) break;
        }
        if (tasks) same_bits(t, f, orders[1]);
    }
}

/* All jobs from the first to the last at this shape; the failures after every `step` tasks. */
static void shape(size_t rows, size_t cols, int type, int jobs_to, size_t step) {
    size_t size = dtype_size(type), most = rows > cols ? rows : cols;
    arrays a;
    uint64_t seed = rows;
    a.rows = rows, a.cols = cols;
    a.x = malloc(rows * cols * size), a.dy = malloc(rows * cols * size);
    a.per_row = malloc(most * 8);
    for (size_t i = 0; i < rows * cols; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        put(a.x, type, i, (double)(seed >> 40) / 16777216.0);
        put(a.dy, type, i, (double)(seed >> 20 & 0xffff) / 65536.0 - 0.5);
    }
    for (size_t i = 0; i < most; i++) put(a.per_row, type == F64 ? F64 : F32, i, 1.5);
    trial t;
    t.type = type;
    t.now = with_results(a, type), t.good = with_results(a, type), t.before = with_results(a, type);
    CHECK_STATUS(lgt_extsum_init(t.before.state, lengths_of(&a, type).state, rows), LGT_OK);
    CHECK_STATUS(jobs[EXTSUM_UPDATE].of[type](&t.before, NULL), LGT_OK);
    clear(&t, &t.before);
    for (int j = 0; j < jobs_to; j++) {
        job f = jobs[j].of[type];
        const long before = failures;
        clear(&t, &t.good);
        CHECK_STATUS(f(&t.good, NULL), LGT_OK);
        /* Where sizes are left out, the order that seven threads make. */
        for (int o = size_step() > 1 ? ORDERS - 1 : 0; o < ORDERS; o++)
            if (rows > 1 || o % 2) same_bits(&t, f, orders[o]);
        failing(&t, f, step);
        jobs[j].failed += failures - before;
    }
    free_results(&t.now), free_results(&t.good), free_results(&t.before);
    free(a.x), free(a.dy), free(a.per_row);
}

/* Rows between which a vector, or a masked tail, might reach; rows of many entries; and one
 * that no cache holds, which is shared out itself: 8 MiB and some. */
void test(void) {
    const size_t step = size_step();
    for (int type = 0; type < DTYPES; type++) {
        shape(4001, 17, type, OF_ROWS, step);
        shape(101, 1010, type, JOBS, 3 * step);
        if (step == 1 || type == F64)
            shape(1, ((size_t)8 << 20) / dtype_size(type) + 77, type,
                  step == 1 ? OF_LONG_ROWS : 1, 5 * step);
    }
    for (int j = 0; j < JOBS; j++)
        if (jobs[j].failed == 0)
            printf("proof {\"table\":\"workers\",\"function\":\"%s\",\"types\":4,"
                   "\"workers\":\"%s\",\"level\":\"%s\"}\n",
                   jobs[j].name, step == 1 ? "2, 3, 7" : "7",
                   lgt_cpu_level_name(lgt_cpu_level()));
}
