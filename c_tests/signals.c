/* A timer interrupts long calls every 100 microseconds, and its handler calls the library
 * itself, and sets the timer anew, so that slow machines come to an end: both have the bits
 * that they have alone. And fork, between two updates of a state
 * and while another thread is in a call. Nothing is shared, so nothing can be held. */
#include "check.h"

#include <pthread.h>
#include <signal.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

enum { N = 400000, FEW = 100, CLASSES = 10, STATE_WORDS = 1024 };

/* What the handler does, and what it must come to. */
typedef struct {
    float y[FEW];
    uint64_t state[STATE_WORDS];
    uint64_t auroc[64];
    int statuses;
} inner;

static float few[FEW];
static uint8_t few_labels[FEW];
static inner alone;
static volatile sig_atomic_t interruptions, differences;

static void small_calls(inner *to) {
    uint64_t scratch[4 * FEW];
    memset(to, 0, sizeof *to);
    to->statuses |= lgt_softmax_f32(few, FEW, to->y, FEW, NULL, 1, FEW, NULL);
    to->statuses |= lgt_nll_init(to->state, sizeof to->state);
    to->statuses |= lgt_nll_update_f32(to->state, few, CLASSES, few_labels, LGT_U8, NULL,
                                       FEW / CLASSES, CLASSES);
    to->statuses |= lgt_auroc_f32(few, few_labels, LGT_U8, NULL, (lgt_auroc_report *)to->auroc,
                                  FEW, 1, scratch, sizeof scratch);
}

static void after(long microseconds) {
    struct itimerval timer;
    memset(&timer, 0, sizeof timer);
    timer.it_value.tv_usec = microseconds;
    setitimer(ITIMER_REAL, &timer, NULL);
}

static volatile sig_atomic_t interval;

static void on_alarm(int number) {
    inner now;
    (void)number;
    small_calls(&now);
    interruptions = interruptions + 1;
    if (memcmp(&now, &alone, sizeof now) != 0) differences = differences + 1;
    after(interval);
}

static void every(int microseconds) {
    interval = microseconds;
    after(microseconds);
}

static float *x;
static uint8_t *labels;
static void *scratch;
static size_t scratch_size;

/* Long calls: their results into `to`, whose length they return. */
static size_t in_place(void *to) {
    memcpy(to, x, N * sizeof *x);
    CHECK_STATUS(lgt_softmax_f32((float *)to, N, (float *)to, N, NULL, 1, N, NULL), LGT_OK);
    return N * sizeof *x;
}

static size_t in_rows(void *to) {
    CHECK_STATUS(lgt_log_softmax_f32(x, CLASSES, (float *)to, CLASSES, NULL, N / CLASSES,
                                     CLASSES, NULL),
                 LGT_OK);
    return N * sizeof *x;
}

static size_t in_columns(void *to) {
    CHECK_STATUS(lgt_softmax_cols_f32(x, 400, (float *)to, 400, NULL, N / 400, 400, NULL),
                 LGT_OK);
    return N * sizeof *x;
}

static size_t into_a_state(void *to) {
    size_t size = STATE_WORDS * 8;
    CHECK_STATUS(lgt_nll_init(to, size), LGT_OK);
    CHECK_STATUS(lgt_nll_update_f32(to, x, CLASSES, labels, LGT_U8, NULL, N / CLASSES, CLASSES),
                 LGT_OK);
    return size;
}

static size_t into_bins(void *to) {
    size_t size;
    CHECK_STATUS(lgt_ece_binary_size(15, LGT_BINS_RIGHT, &size), LGT_OK);
    CHECK_STATUS(lgt_ece_binary_init(to, size, 15, LGT_BINS_RIGHT), LGT_OK);
    CHECK_STATUS(lgt_ece_binary_update_f32(to, x, labels, LGT_U8, NULL, N), LGT_OK);
    return size;
}

static size_t by_sorting(void *to) {
    CHECK_STATUS(lgt_auroc_f32(x, labels, LGT_U8, NULL, (lgt_auroc_report *)to, N, 1, scratch,
                               scratch_size),
                 LGT_OK);
    return sizeof(lgt_auroc_report);
}

static size_t (*const calls[])(void *to) = {in_place,     in_rows,   in_columns,
                                            into_a_state, into_bins, by_sorting};

static void interrupted(void) {
    void *before = calloc(N, sizeof *x), *now = calloc(N, sizeof *x);
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        size_t bytes = calls[i](before);
        long start = interruptions;
        every(100);
        for (int round = 0; round < 200 && (round < 3 || interruptions < start + 20); round++) {
            CHECK(calls[i](now) == bytes);
            CHECK(memcmp(before, now, bytes) == 0);
        }
        every(0);
        CHECK(interruptions > start);
    }
    CHECK(differences == 0);
    free(before), free(now);
}

/* Whether a process made by fork comes to the same. */
static void same_in_a_child(void (*rest)(uint64_t *state), uint64_t *state) {
    uint64_t theirs[STATE_WORDS];
    int ends[2], status = -1;
    CHECK(pipe(ends) == 0);
    pid_t child = fork();
    if (child == 0) {
        rest(state);
        _exit(write(ends[1], state, sizeof theirs) != (ssize_t)sizeof theirs);
    }
    close(ends[1]);
    CHECK(read(ends[0], theirs, sizeof theirs) == (ssize_t)sizeof theirs);
    close(ends[0]);
    CHECK(waitpid(child, &status, 0) == child && status == 0);
    rest(state);
    CHECK(memcmp(state, theirs, sizeof theirs) == 0);
}

static void update_half(uint64_t *state, size_t half) {
    size_t rows = N / CLASSES / 2;
    CHECK_STATUS(lgt_nll_update_f32(state, x + half * rows * CLASSES, CLASSES, labels + half * rows,
                                    LGT_U8, NULL, rows, CLASSES),
                 LGT_OK);
}

static void second_half(uint64_t *state) {
    update_half(state, 1);
}

static void forked(void) {
    uint64_t state[STATE_WORDS] = {0}, whole[STATE_WORDS] = {0};
    lgt_nll_report split_report, report;
    CHECK_STATUS(lgt_nll_init(state, sizeof state), LGT_OK);
    update_half(state, 0);
    same_in_a_child(second_half, state);
    into_a_state(whole);
    CHECK_STATUS(lgt_nll_finish(state, &split_report), LGT_OK);
    CHECK_STATUS(lgt_nll_finish(whole, &report), LGT_OK);
    CHECK(memcmp(&report, &split_report, sizeof report) == 0);
}

static volatile sig_atomic_t enough;

static void *busy(void *to) {
    while (!enough) in_rows(to);
    return NULL;
}

static void all_of_it(uint64_t *state) {
    into_a_state(state);
}

static void forked_beside_a_thread(void) {
    void *to = malloc(N * sizeof *x);
    uint64_t state[STATE_WORDS] = {0};
    pthread_t thread;
    enough = 0;
    CHECK(pthread_create(&thread, NULL, busy, to) == 0);
    for (int i = 0; i < 5; i++) same_in_a_child(all_of_it, state);
    enough = 1;
    pthread_join(thread, NULL);
    free(to);
}

void test(void) {
    uint64_t seed = 1;
    x = (float *)malloc(N * sizeof *x), labels = (uint8_t *)malloc(N);
    for (size_t i = 0; i < N; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        x[i] = (float)(seed >> 40) / 16777216.0f;
        labels[i] = seed >> 20 & 1;
    }
    memcpy(few, x, sizeof few), memcpy(few_labels, labels, sizeof few_labels);
    CHECK_STATUS(lgt_auroc_scratch(N, sizeof *x, 0, &scratch_size), LGT_OK);
    scratch = malloc(scratch_size);
    small_calls(&alone);
    CHECK(alone.statuses == LGT_OK);
    CHECK(signal(SIGALRM, on_alarm) != SIG_ERR);
    interrupted();
    forked();
    forked_beside_a_thread();
    free(scratch), free(labels), free(x);
}
