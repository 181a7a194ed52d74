/* Structs that a call is lent: options, which mostly are the defaults with a few fields
 * changed, and what they point to; rows of a few columns; executors. */
#include "calls.h"

#include <stdlib.h>
#include <string.h>

static double size_of_arg(const call *c, const char *name) {
    for (int i = 0; i < c->f->args; i++)
        if (strcmp(c->f->arg[i].name, name) == 0) return (double)c->a[i].n;
    return bank_of(BANK_COLS);
}

/* An array behind a pointer of a struct. Its lengths are those that the struct and the
 * call's sizes say. */
static void *array(call *c, int type, int hint, double rows, double cols, double stride, int writable) {
    argument as = {0};
    extent e = {rows, cols, stride};
    as.hint = (uint8_t)hint;
    double n = rows > 0 && cols > 0 ? (rows - 1) * stride + cols : 0;
    block *b = room(c, (size_t)n * size_of_type(type), writable);
    fill(b->data, &as, e, type, size_of_arg(c, "cols"));
    return b->data;
}

/* A field of a few values: mostly small, now and then anything. */
static void change(uint8_t *data, const field *f) {
    uint64_t whole = number(BANK_OTHER, U32);
    double wide = strstr(f->c, "double") ? real() : 0;
    float narrow = strstr(f->c, "float") ? (float)real() : 0;
    /* How long a fit may take is up to the caller, and not tried here. */
    if (strcmp(f->name, "max_iter") == 0 || strcmp(f->name, "grid") == 0) whole %= 40;
    uint32_t u32 = (uint32_t)whole;
    if (strchr(f->c, '*') || strcmp(f->c, "lgt_run") == 0) return;
    const void *from = f->c[0] == 'd' ? (void *)&wide : f->c[0] == 'f' ? (void *)&narrow
                       : f->size == 4 ? (void *)&u32 : (void *)&whole;
    memcpy(data + f->offset, from, f->size);
}

static void change_some(uint8_t *data, const structure *s) {
    uint8_t b = byte();
    for (int n = b < 80 ? 0 : b < 160 ? 1 : b % 4; n > 0; n--) change(data, &s->field[byte() % s->fields]);
}

static const structure *named(const char *name) {
    for (const structure *s = structures;; s++)
        if (strcmp(s->name, name) == 0) return s;
}

/* Memory for a struct, which may be said to be of another size than it is. */
static uint8_t *made(call *c, const structure *s) {
    static const int off[] = {4, 8, 64, -4, -8, 4};
    uint8_t b = byte();
    uint32_t size = s->size;
    uint8_t whole[512] = {0};
    s->defaults(whole);
    change_some(whole, s);
    if (b >= 244) size = b == 255 ? 0 : (uint32_t)((int)size + off[b % 6]);
    if (b % 2 && size > s->size) whole[s->size] = 1;
    memcpy(whole, &size, 4);
    block *room_ = room(c, size < 4 ? 4 : size, 0);
    memcpy(room_->data, whole, room_->bytes);
    return room_->data;
}

static int32_t run_backwards(void *failing, size_t tasks, lgt_task task, void *arg) {
    if (failing && tasks) tasks -= 1;
    for (size_t i = tasks; i > 0; i--) task(arg, i - 1);
    return failing != NULL;
}

static lgt_ctx *lend_ctx(call *c) {
    lgt_ctx *ctx = (lgt_ctx *)(void *)made(c, named("lgt_ctx"));
    if (((block *)&c->blocks[c->count - 1])->bytes < sizeof *ctx) return ctx;
    static int failing;
    ctx->run = rare(16) ? NULL : run_backwards;
    ctx->workers = byte() % 5;
    ctx->user = rare(24) ? &failing : NULL;
    c->failing = c->failing || ctx->user;
    return ctx;
}

static void lend_mask(call *c, lgt_softmax_opts *opts) {
    double rows = size_of_arg(c, "rows"), cols = size_of_arg(c, "cols");
    lgt_softmax_mask *m = (lgt_softmax_mask *)(void *)made(c, named("lgt_softmax_mask"));
    opts->mask = m;
    if (c->blocks[c->count - 1].bytes < sizeof *m) return;
    uint8_t b = byte();
    m->bias = NULL, m->kept = NULL, m->columns = NULL, m->scales = m->sinks = NULL, m->sink_share = NULL;
    m->count = 0;
    if (b & 1) {
        m->count = (size_t)number(BANK_COLS, SIZE) % 80;
        m->columns_type = (uint32_t)number(0, TYPE);
        m->columns = array(c, (int)m->columns_type, LABELS, 1, (double)m->count, 0, 0);
        c->picked = cols = (double)m->count;
    }
    m->period = b & 2 ? byte() % 8 : 0;
    double own = m->period ? (double)m->period : rows;
    if (own > rows) own = rows;
    if (b & 4) {
        static const uint8_t types[] = {0, LGT_F32, LGT_F64, LGT_F16, LGT_BF16};
        m->bias_type = types[byte() % 5];
        int type = m->bias_type ? (int)m->bias_type : c->f->arg[0].element;
        m->bias_stride = byte() % 3 ? (size_t)cols + byte() % 2 : 0;
        double all = m->bias_stride ? own : 1;
        m->bias = array(c, type, LOGITS, all, cols, (double)m->bias_stride, 0);
    }
    if (b & 8) {
        m->kept_stride = byte() % 3 ? (size_t)cols + byte() % 2 : 0;
        m->kept = (const uint8_t *)array(c, LGT_U8, BITS, m->kept_stride ? own : 1, cols, (double)m->kept_stride, 0);
    }
    if (b & 16) m->scales = (const double *)array(c, LGT_F64, UNIT, 1, rows, 0, 0);
    if (b & 32) m->sinks = (const double *)array(c, LGT_F64, LOGITS, 1, rows, 0, 0);
    if (b & 64) m->sink_share = (double *)array(c, LGT_F64, UNIT, 1, rows, 0, 1);
}

static void lend_method(call *c, lgt_reduction_opts *opts) {
    static const struct {
        uint32_t kind;
        const char *name;
    } methods[] = {{LGT_MODEL_ISOTONIC, "lgt_isotonic_opts"},
                   {LGT_MODEL_PLATT, "lgt_platt_opts"},
                   {LGT_MODEL_BETA, "lgt_beta_opts"},
                   {LGT_MODEL_HISTOGRAM_BINNING, "lgt_histogram_binning_opts"},
                   {LGT_MODEL_BBQ, "lgt_bbq_opts"},
                   {LGT_MODEL_SCALING_BINNING, "lgt_scaling_binning_opts"},
                   {LGT_MODEL_SPLINE, "lgt_spline_opts"},
                   {LGT_MODEL_VENN_ABERS, NULL}};
    uint8_t b = byte();
    opts->method = methods[b % 8].kind;
    opts->min_rows = 1 + byte() % 8;
    if (b & 8 && methods[b % 8].name) opts->method_opts = made(c, named(methods[b % 8].name));
}

void lend_options(call *c, int i) {
    const structure *s = &structures[c->f->arg[i].options];
    uint8_t *data = made(c, s);
    c->a[i].p = data;
    c->of[i] = c->count - 1;
    /* What is too small is refused; what is huge has no arrays. */
    if (c->blocks[c->count - 1].bytes < s->size || c->huge) return;
    if (strcmp(s->name, "lgt_softmax_opts") == 0) {
        lgt_softmax_opts *opts = (lgt_softmax_opts *)(void *)data;
        opts->ctx = byte() % 2 ? lend_ctx(c) : NULL;
        if (byte() % 2) lend_mask(c, opts);
    } else if (strcmp(s->name, "lgt_reduction_opts") == 0) {
        if (byte() % 4) lend_method(c, (lgt_reduction_opts *)(void *)data);
    } else if (strcmp(s->name, "lgt_cross_entropy_opts") == 0) {
        lgt_cross_entropy_opts *opts = (lgt_cross_entropy_opts *)(void *)data;
        double cols = size_of_arg(c, "cols");
        if (byte() % 2) opts->class_weights = (const double *)array(c, LGT_F64, WEIGHTS, 1, cols, 0, 0);
    } else if (strcmp(s->name, "lgt_agreement_finish_opts") == 0) {
        lgt_agreement_finish_opts *opts = (lgt_agreement_finish_opts *)(void *)data;
        double n = param(c, "categories");
        if (n > 64) return;
        if (byte() % 2) opts->values = (const double *)array(c, LGT_F64, WHOLE, 1, n, 0, 0);
        if (byte() % 2) opts->custom = (const double *)array(c, LGT_F64, UNIT, 1, n * n, 0, 0);
    }
}

/* Rows of columns in order, unless bytes say otherwise; as many entries as there are. */
void lend_csr(call *c, int i) {
    block *b = room(c, sizeof(lgt_csr), 0);
    lgt_csr *csr = (lgt_csr *)(void *)b->data;
    c->a[i].p = csr;
    c->of[i] = c->count - 1;
    memset(csr, 0, sizeof *csr);
    csr->indptr_type = (uint32_t)number(0, TYPE), csr->indices_type = (uint32_t)number(0, TYPE);
    double rows = size_of_arg(c, "rows"), cols = size_of_arg(c, "cols");
    if (c->huge || rows * cols > 4096) return;
    /* As many a row, then one in order or wherever its bytes put it. */
    size_t each = byte() % 4, most = each < cols ? each : (size_t)cols, entries = most * (size_t)rows;
    csr->nnz = entries + byte() % 2 * (byte() % 2);
    double start = rare(32) ? byte() : 0;
    csr->indptr = array(c, (int)csr->indptr_type, RISING, 1, rows + 1, 0, 0);
    csr->indices = array(c, (int)csr->indices_type, RISING, 1, (double)csr->nnz, 0, 0);
    size_t at = size_of_type((int)csr->indptr_type), in = size_of_type((int)csr->indices_type);
    if (rare(64)) return;
    for (size_t r = 0; r <= (size_t)rows; r++) {
        uint64_t x = r * most + (uint64_t)start;
        memcpy((uint8_t *)csr->indptr + r * at, &x, at); /* In order on little-endian machines. */
    }
    uint64_t skip = byte() % 3;
    for (size_t k = 0; most && k < entries; k++) {
        uint64_t x = k % most + (k / most * skip) % ((uint64_t)cols - most + 1);
        memcpy((uint8_t *)csr->indices + k * in, &x, in);
    }
}

double picked(const call *c) {
    return c->picked >= 0 ? c->picked : size_of_arg(c, "cols");
}
