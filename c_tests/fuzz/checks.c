/* A call, and what must be so after it, whatever it was: its answer is a status; an error
 * has written nothing; what is only read, or lies between rows, is as it was; again, the
 * same bytes; at another level, an error is the same error. */
#include "calls.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef FUZZ_GUARDED
#include "guarded.h"
#endif

/* All memory of one input, given back together. */
enum { MOST_HELD = 4096 };
#ifdef FUZZ_GUARDED
static guarded held[MOST_HELD];
#else
static void *held[MOST_HELD];
#endif
static int held_count;

/* Memory up against what must not be touched: a guard page, or what the sanitiser watches. */
void *hold(size_t bytes, int at_end) {
    if (held_count == MOST_HELD) abort();
#ifdef FUZZ_GUARDED
    guarded g = at_end ? guard_end(bytes) : guard_start(bytes);
    held[held_count++] = g;
    return g.data;
#else
    (void)at_end;
    return held[held_count++] = malloc(bytes ? bytes : 1);
#endif
}

void release(void) {
    while (held_count > 0) {
        held_count--;
#ifdef FUZZ_GUARDED
        guard_free(held[held_count]);
#else
        free(held[held_count]);
#endif
    }
}

void show(const call *c, const char *what, int64_t status) {
    fprintf(stderr, "%s: %s(", what, c->f->name);
    for (int i = 0; i < c->f->args; i++) {
        const argument *arg = &c->f->arg[i];
        fprintf(stderr, "%s%s = ", i ? ", " : "", arg->name);
        if (arg->what == POINTER)
            fprintf(stderr, "%p", c->a[i].p);
        else if (arg->what == REAL || arg->what == FLOAT)
            fprintf(stderr, "%g", c->a[i].d);
        else
            fprintf(stderr, "%llu", (unsigned long long)c->a[i].n);
    }
    fprintf(stderr, ") is %lld\n", (long long)status);
}

static void must(int is_so, const call *c, const char *what, int64_t status) {
    if (is_so) return;
    show(c, what, status);
    abort();
}

static void copy(uint8_t *to, const uint8_t *from, size_t bytes) {
    if (bytes) memcpy(to, from, bytes);
}

static int same(const uint8_t *a, const uint8_t *b, size_t bytes) {
    return !bytes || memcmp(a, b, bytes) == 0;
}

/* Whether what lies between rows is as it was. */
static int gaps_kept(const block *b) {
    if (!b->rows || !b->bytes || b->rows->rows < 2 || b->rows->stride <= b->rows->cols) return 1;
    if (b->rows->stride * (double)b->unit > (double)b->bytes) return 1;
    size_t row = (size_t)b->rows->cols * b->unit, step = (size_t)b->rows->stride * b->unit;
    for (size_t at = 0; at + step <= b->bytes; at += step)
        if (!same(b->data + at + row, b->before + at + row, step - row)) return 0;
    return 1;
}

static void judge(const call *c, int64_t status) {
    if (!c->f->is_status) {
        must(status == 0, c, "no text", status);
        return;
    }
    must(status >= LGT_E_CALLBACK && status <= LGT_NOT_CONVERGED, c, "no status", status);
    must(status != LGT_E_CALLBACK || c->failing, c, "no executor failed", status);
    for (int i = 0; i < c->count; i++) {
        const block *b = &c->blocks[i];
        int kept = same(b->data, b->before, b->bytes);
        must(b->writable || kept, c, "input written", status);
        int may = status >= 0 || status == LGT_E_CALLBACK || b->scratch || b->answers_errors;
        must(may || kept, c, "written with an error", status);
        must(status < 0 || gaps_kept(b), c, "written between rows", status);
    }
}

static void restore(call *c, int dirt) {
    for (int i = 0; i < c->count; i++) {
        block *b = &c->blocks[i];
        copy(b->data, b->before, b->bytes);
        if (b->scratch && !b->shared && b->bytes) memset(b->data, dirt, b->bytes);
    }
}

static void again(call *c, int64_t status) {
    restore(c, 0xff);
    int64_t second = c->f->function(c->a);
    must(second == status, c, "another answer", second);
    for (int i = 0; i < c->count; i++) {
        const block *b = &c->blocks[i];
        must(b->scratch || same(b->data, b->after, b->bytes), c, "other bytes the second time", second);
    }
}

static void elsewhere(call *c, int64_t status, uint32_t level) {
    restore(c, 0);
    if (lgt_cpu_set_level(level) < 0) return;
    int64_t other = c->f->function(c->a);
    must((other < 0 || status < 0) ? other == status : 1, c, "another error at another level", other);
}

/* The status; memory is then as the first call left it. */
int64_t checked(call *c) {
    static int shown = -1;
    if (shown < 0) shown = getenv("FUZZ_SHOW") != NULL;
    uint8_t level = byte();
    if (lgt_cpu_set_level(level % 3) < 0 && lgt_cpu_set_level(level % 2) < 0)
        lgt_cpu_set_level(LGT_LEVEL_PORTABLE);
    for (int i = 0; i < c->count; i++) {
        block *b = &c->blocks[i];
        b->before = (uint8_t *)hold(b->bytes, 0), b->after = (uint8_t *)hold(b->bytes, 0);
        copy(b->before, b->data, b->bytes);
    }
    if (shown) show(c, "calls", 0);
    int64_t status = c->f->function(c->a);
    if (shown) show(c, "made", status);
    judge(c, status);
    for (int i = 0; i < c->count; i++) copy(c->blocks[i].after, c->blocks[i].data, c->blocks[i].bytes);
    again(c, status);
    if (level & 64) elsewhere(c, status, (level + 1) % 3);
    for (int i = 0; i < c->count; i++) copy(c->blocks[i].data, c->blocks[i].after, c->blocks[i].bytes);
    return status;
}
