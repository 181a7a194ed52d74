/* An executor made of OpenMP: four lines lend its threads to any call. */
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "logitude/logitude.h"

static int32_t run(void *user, size_t tasks, lgt_task task, void *arg) {
    (void)user;
#pragma omp parallel for schedule(dynamic)
    for (size_t i = 0; i < tasks; i++) task(arg, i);
    return 0;
}

int main(void) {
    const size_t rows = 512, cols = 8192;
    float *x = malloc(rows * cols * sizeof *x), *y = malloc(rows * cols * sizeof *y),
          *z = malloc(rows * cols * sizeof *z);
    if (!x || !y || !z) return 1;
    for (size_t i = 0; i < rows * cols; i++) x[i] = (float)(i * 2654435761u % 1000) * 0.01f;

    lgt_ctx ctx;
    lgt_ctx_default(&ctx);
    ctx.workers = (uint32_t)omp_get_max_threads();
    ctx.run = run;
    lgt_softmax_opts opts;
    lgt_softmax_opts_default(&opts);
    opts.ctx = &ctx;

    lgt_status shared = lgt_softmax_f32(x, cols, y, cols, NULL, rows, cols, &opts);
    lgt_status alone = lgt_softmax_f32(x, cols, z, cols, NULL, rows, cols, NULL);
    int same = memcmp(y, z, rows * cols * sizeof *y) == 0;
    printf("%u threads: %s, bits %s\n", ctx.workers, lgt_status_name(shared),
           same ? "as with one" : "differ");
    free(x);
    free(y);
    free(z);
    return shared == LGT_OK && alone == LGT_OK && same ? 0 : 1;
}
