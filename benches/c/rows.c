/* Row transforms and states against the loop that people write by hand.
 *
 * Kernels take turns in one process, so that whatever the machine is doing
 * meets all of them; what is printed is the median of each, per element, and
 * its ratio to the hand-written loop and to memcpy. Trust the ratios. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "logitude/logitude.h"

enum { ROUNDS = 31, MAX_KERNELS = 8 };

typedef struct {
    const float *x;
    float *y;
    int32_t *labels;
    size_t rows, cols;
} job;

typedef void (*kernel)(const job *);

static void copy(const job *j) {
    memcpy(j->y, j->x, j->rows * j->cols * sizeof(float));
}

static void softmax_by_hand(const job *j) {
    for (size_t r = 0; r < j->rows; r++) {
        const float *x = j->x + r * j->cols;
        float *y = j->y + r * j->cols;
        float max = x[0], sum = 0;
        for (size_t c = 1; c < j->cols; c++) max = x[c] > max ? x[c] : max;
        for (size_t c = 0; c < j->cols; c++) sum += y[c] = expf(x[c] - max);
        for (size_t c = 0; c < j->cols; c++) y[c] /= sum;
    }
}

static void check(lgt_status status) {
    if (status < 0) {
        fprintf(stderr, "%s\n", lgt_status_string(status));
        exit(1);
    }
}

static void softmax(const job *j) {
    check(lgt_softmax_f32(j->x, j->cols, j->y, j->cols, NULL, j->rows, j->cols, NULL));
}

static void log_softmax(const job *j) {
    check(lgt_log_softmax_f32(j->x, j->cols, j->y, j->cols, NULL, j->rows, j->cols, NULL));
}

static void logsumexp(const job *j) {
    check(lgt_logsumexp_f32(j->x, j->cols, j->y, j->rows, j->cols, NULL));
}

static void nll(const job *j) {
    uint64_t state[77];
    check(lgt_nll_init(state, sizeof state));
    check(lgt_nll_update_f32(state, j->x, j->cols, j->labels, LGT_I32, NULL, j->rows, j->cols));
}

static void temperature(const job *j) {
    lgt_temperature_model model;
    check(lgt_temperature_fit_f32(&model, j->x, j->cols, j->labels, LGT_I32, NULL, j->rows,
                                  j->cols, NULL));
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static const struct {
    const char *name;
    kernel run;
} kernels[] = {
    {"memcpy", copy},           {"softmax by hand", softmax_by_hand},
    {"softmax", softmax},       {"log_softmax", log_softmax},
    {"logsumexp", logsumexp},   {"nll", nll},
    {"temperature", temperature},
};
enum { KERNELS = sizeof kernels / sizeof *kernels };

/* Fills with numbers that look like logits; the sum of four uniforms is near
 * enough to normal. */
static void fill(job *j) {
    uint32_t seed = 1;
    for (size_t i = 0; i < j->rows * j->cols; i++) {
        float sum = 0;
        for (int k = 0; k < 4; k++) {
            seed = seed * 1664525u + 1013904223u;
            sum += (float)(seed >> 8) / 16777216.0f - 0.5f;
        }
        ((float *)j->x)[i] = 5 * sum;
    }
    for (size_t r = 0; r < j->rows; r++) j->labels[r] = (int32_t)(r % j->cols);
}

static void run(size_t rows, size_t cols) {
    double times[KERNELS][ROUNDS];
    size_t n = rows * cols;
    float *x = malloc(n * sizeof *x), *y = malloc(n * sizeof *y);
    int32_t *labels = malloc(rows * sizeof *labels);
    if (!x || !y || !labels) exit(1);
    job j = {x, y, labels, rows, cols};
    fill(&j);
    for (int round = -2; round < ROUNDS; round++) {
        for (size_t k = 0; k < KERNELS; k++) {
            double start = now();
            kernels[k].run(&j);
            if (round >= 0) times[k][round] = (now() - start) / (double)n * 1e9;
        }
    }
    printf("\n%zu x %zu, f32, level %s\n%-18s %10s %10s %10s\n", rows, cols,
           lgt_cpu_level_name(lgt_cpu_level()), "", "ns/element", "by hand /", "/ memcpy");
    for (size_t k = 0; k < KERNELS; k++) qsort(times[k], ROUNDS, sizeof(double), ascending);
    for (size_t k = 0; k < KERNELS; k++) {
        double t = times[k][ROUNDS / 2];
        printf("%-18s %10.3f %10.2f %10.2f\n", kernels[k].name, t, times[1][ROUNDS / 2] / t,
               t / times[0][ROUNDS / 2]);
    }
    free(x);
    free(y);
    free(labels);
}

int main(void) {
    printf("%s\n", lgt_build_info());
    run(100000, 10);
    run(4096, 1000);
    run(64, 32000);
    run(1, 16000000);
    return 0;
}
