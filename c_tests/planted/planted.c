/* A caller's fault for each tool that looks on (tools/sanitize.sh), which the tool must see
 * inside the library, at the level given: no test, and never right. */
#include "logitude/logitude.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLS = 301 };

/* A row that is one number longer than its memory. */
static lgt_status overread(void) {
    float *x = (float *)calloc(COLS - 1, sizeof *x), y[COLS], lse;
    lgt_status status = lgt_softmax_f32(x, COLS, y, COLS, &lse, 1, COLS, NULL);
    free(x);
    return status;
}

/* An output that is one number shorter than the row. */
static lgt_status overwrite(void) {
    float x[COLS] = {0}, *y = (float *)malloc((COLS - 1) * sizeof *y);
    lgt_status status = lgt_softmax_f32(x, COLS, y, COLS, NULL, 1, COLS, NULL);
    free(y);
    return status;
}

/* The last number of a row was never written. */
static lgt_status uninitialised(void) {
    float *x = (float *)malloc(COLS * sizeof *x), lse = 0;
    memset(x, 0, (COLS - 1) * sizeof *x);
    lgt_status status = lgt_logsumexp_f32(x, COLS, &lse, 1, COLS, NULL);
    free(x);
    return lse > 1 ? status : LGT_E_VALUE;
}

/* Two threads add to one state, for long enough that they meet. */
static void *add(void *state) {
    static const float x[COLS] = {0};
    static const uint8_t label = 3;
    for (int i = 0; i < 100000; i++) {
        lgt_status status = lgt_evaluate_update_f32(state, x, COLS, &label, LGT_U8, NULL, 1, COLS);
        if (status != LGT_OK) abort();
    }
    return NULL;
}

static lgt_status race(void) {
    static uint64_t state[512];
    pthread_t other;
    if (lgt_evaluate_init(state, sizeof state, NULL) != LGT_OK) abort();
    if (pthread_create(&other, NULL, add, state) != 0) abort();
    add(state);
    pthread_join(other, NULL);
    return LGT_OK;
}

/* The one of C itself. */
static lgt_status overflow(void) {
    volatile int32_t most = INT32_MAX;
    most = most + 1;
    return (lgt_status)(most != 0 ? LGT_OK : LGT_E_VALUE);
}

int main(int argc, char **argv) {
    static const struct {
        const char *name;
        lgt_status (*commit)(void);
    } faults[] = {{"overread", overread}, {"overwrite", overwrite},
                  {"uninitialised", uninitialised}, {"race", race}, {"overflow", overflow}};
    if (argc != 3 || strcmp(lgt_cpu_level_name(lgt_cpu_level()), argv[2]) != 0) return 77;
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        if (strcmp(faults[i].name, argv[1]) == 0) {
            printf("%s: %s\n", argv[1], lgt_status_name((int)faults[i].commit()));
            return 0;
        }
    return 77;
}
