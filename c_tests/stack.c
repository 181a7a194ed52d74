/* How much of a thread's stack a call uses: no more than is documented. */
#include "check.h"

#include <pthread.h>

enum { STACK = 256 << 10, PROMISED = 64 << 10, ROWS = 20, MOST = 5000, LAST = 17 };

static size_t cols;
static unsigned function;
static double x[ROWS * MOST], y[ROWS * MOST], lse[ROWS];

static uint64_t state[512], parts[2 + 8 * ROWS];
static const uint8_t labels[ROWS] = {0};
static lgt_evaluate_report report;
static uint64_t xmc[6 + 12 * 1024], ranking[306];

static void call(void) {
    const float *f = (const float *)x;
    const uint16_t *h = (const uint16_t *)x;
    switch (function) {
    case 1: (void)lgt_softmax_f32(f, cols, (float *)y, cols, NULL, ROWS, cols, NULL); break;
    case 2: (void)lgt_softmax_f64(x, cols, y, cols, lse, ROWS, cols, NULL); break;
    case 3: (void)lgt_softmax_f16(h, cols, (uint16_t *)y, cols, NULL, ROWS, cols, NULL); break;
    case 4: (void)lgt_softmax_bf16(h, cols, (uint16_t *)y, cols, NULL, ROWS, cols, NULL); break;
    case 5: (void)lgt_log_softmax_f32(f, cols, (float *)y, cols, NULL, ROWS, cols, NULL); break;
    case 6: (void)lgt_log_softmax_f64(x, cols, y, cols, lse, ROWS, cols, NULL); break;
    case 7: (void)lgt_logsumexp_f32(f, cols, (float *)lse, ROWS, cols, NULL); break;
    case 8: (void)lgt_logsumexp_f64(x, cols, lse, ROWS, cols, NULL); break;
    case 9: (void)lgt_evaluate_update_f32(state, f, cols, labels, LGT_U8, NULL, ROWS, cols); break;
    case 10: (void)lgt_evaluate_update_f64(state, x, cols, labels, LGT_U8, NULL, ROWS, cols); break;
    case 11: (void)lgt_evaluate_update_f16(state, h, cols, labels, LGT_U8, NULL, ROWS, cols); break;
    case 12: (void)lgt_evaluate_finish(state, &report); break;
    case 13:
        (void)lgt_evaluate_rows_update_f32(parts, f, cols, 0, lse, labels, LGT_U8, ROWS, cols);
        break;
    case 14:
        (void)lgt_evaluate_rows_update_f64(parts, x, cols, 0, lse, labels, LGT_U8, ROWS, cols);
        break;
    case 15: (void)lgt_evaluate_rows_add_to(parts, state, lse, labels, LGT_U8, NULL); break;
    case 16: {
        static const uint16_t starts[2] = {0, 3}, columns[3] = {0, 7, 9};
        lgt_csr csr = {starts, columns, 3, LGT_U16, LGT_U16};
        (void)lgt_xmc_update_dense_f64(xmc, x, cols, &csr, NULL, 1, cols);
        break;
    }
    case 17: {
        static uint8_t flags[MOST];
        for (size_t c = 0; c < MOST; c++) flags[c] = c % 2;
        (void)lgt_label_ranking_update_f64(ranking, x + 31, cols, flags, cols, LGT_U8, NULL, NULL,
                                           1, cols);
        break;
    }
    default: break;
    }
}

static void *in_thread(void *unused) {
    call();
    return unused;
}

/* Bytes of its stack that a thread leaves changed. */
static size_t used(void) {
    unsigned char *stack;
    void *memory = NULL;
    pthread_attr_t attr;
    pthread_t thread;
    size_t untouched = 0;
    if (posix_memalign(&memory, 4096, STACK) != 0) exit(1);
    stack = (unsigned char *)memory;
    memset(stack, 0xa5, STACK);
    CHECK(pthread_attr_init(&attr) == 0 && pthread_attr_setstack(&attr, stack, STACK) == 0);
    CHECK(pthread_create(&thread, &attr, in_thread, NULL) == 0);
    CHECK(pthread_join(thread, NULL) == 0);
    while (untouched < STACK && stack[untouched] == 0xa5) untouched++;
    pthread_attr_destroy(&attr);
    free(memory);
    return STACK - untouched;
}

void test(void) {
    static const size_t lengths[] = {1, 10, 64, 100, 128, 300, 4000, MOST};
    size_t none;
    /* Among zeros, an infinity of each type: rows that are done one by one. */
    x[30] = (double)INFINITY;
    ((float *)x)[3] = INFINITY;
    ((uint16_t *)x)[50] = 0x7f80;
    /* What is resolved at a first call is not the call's affair. */
    cols = 1;
    CHECK_STATUS(lgt_evaluate_init(state, sizeof state, NULL), LGT_OK);
    CHECK_STATUS(lgt_evaluate_rows_init(parts, sizeof parts, ROWS), LGT_OK);
    CHECK_STATUS(lgt_xmc_init(xmc, sizeof xmc, 1024, 0), LGT_OK);
    CHECK_STATUS(lgt_label_ranking_init(ranking, sizeof ranking, 0), LGT_OK);
    for (function = 1; function <= LAST; function++) call();
    function = 0;
    none = used();
    for (function = 1; function <= LAST; function++) {
        for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
            cols = lengths[i];
            CHECK(used() <= none + PROMISED);
        }
    }
}
