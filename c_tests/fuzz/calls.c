/* A few calls of one group of functions, which bytes choose, each checked. States and models that
 * a call needs are made by the calls that make them, or were left by those before. */
#include "calls.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STEPS = 3, DEPTH = 3, POOL = 16, MOST_FUNCTIONS = 2048 };

/* States and models of this input, and the function that made each. */
static struct {
    int maker;
    uint8_t *data;
    size_t bytes;
} pool[POOL];
static int pooled;

static int perform(int index, int depth);

double floor_of(double x) {
    return floor(x);
}

double spread(double rows, double stride, double cols) {
    return rows > 0 && cols > 0 ? (rows - 1) * stride + cols : 0;
}

/* Bytes whose end is watched; `data` is aligned as any type wants it where `bytes` is. */
block *room(call *c, size_t bytes, int writable) {
    if (c->count == MOST_BLOCKS) abort();
    block *b = &c->blocks[c->count++];
    memset(b, 0, sizeof *b);
    b->data = (uint8_t *)hold(bytes, 1);
    if (bytes) memset(b->data, 0xa5, bytes);
    b->bytes = bytes;
    b->writable = writable;
    return b;
}

/* What the head of a state that is an argument says. */
double param(const call *c, const char *name) {
    if (strcmp(name, "form") == 0) return LGT_MATRIX_FORM_MATRIX;
    for (int i = 0; i < c->f->args; i++) {
        if (!(c->f->arg[i].flags & BLOB) || c->of[i] < 0) continue;
        const block *b = &c->blocks[c->of[i]];
        uint32_t found = 0;
        int measures = strcmp(name, "measures") == 0;
        size_t at = strcmp(name, "dims") == 0 ? 16 : measures ? 8 : 12;
        if (b->bytes >= at + 4) memcpy(&found, b->data + at, 4);
        if (measures) found = found < 48 ? 0 : (found - 48) / 608; /* docs/state-format.md */
        return found > 4096 ? 4096 : found;
    }
    return 0;
}

double nnz(const call *c, int i) {
    return c->of[i] >= 0 ? (double)((const lgt_csr *)c->a[i].p)->nnz : 0;
}

/* ---- states and models ---- */

static void keep(const uint8_t *data, size_t bytes, int maker) {
    if (pooled == POOL) return;
    pool[pooled].data = (uint8_t *)hold(bytes, 0);
    if (bytes) memcpy(pool[pooled].data, data, bytes);
    pool[pooled].bytes = bytes;
    pool[pooled++].maker = maker;
}

/* Size in the head, of bytes that a function has made. */
static size_t size_in_head(const block *b) {
    uint32_t size = 0;
    if (b->bytes >= 16) memcpy(&size, b->data + 8, 4);
    return size <= b->bytes ? size : b->bytes;
}

static int makes(const argument *arg, int maker) {
    const int16_t *m = arg->makers;
    while (*m >= 0 && *m != maker) m++;
    return *m >= 0;
}

/* A place in the pool, or -1 where none could be made. */
static int find(const argument *arg, int depth) {
    int fitting[POOL], n = 0, count = 0;
    uint8_t b = byte();
    for (int i = 0; i < pooled; i++)
        if (makes(arg, pool[i].maker)) fitting[n++] = i;
    if (n && b < 208) return fitting[b % n];
    while (arg->makers[count] >= 0) count++;
    return depth < DEPTH ? perform(arg->makers[byte() % count], depth + 1) : -1;
}

/* Other bytes behind the head, if they still are a state or a model. */
static void damage(block *b) {
    uint8_t *old = (uint8_t *)hold(b->bytes, 0);
    memcpy(old, b->data, b->bytes);
    for (int n = byte() % 4; n >= 0; n--) {
        size_t at = 16 + (size_t)(byte() | byte() << 8) % (b->bytes - 16);
        b->data[at] = byte() % 2 ? byte() : (uint8_t)(b->data[at] ^ 1u << byte() % 8);
    }
    int is = lgt_state_check(b->data, b->bytes) == LGT_OK || lgt_model_check(b->data, b->bytes) == LGT_OK;
    if (!is) memcpy(b->data, old, b->bytes);
}

static void take(call *c, int i, int depth) {
    const argument *arg = &c->f->arg[i];
    int from = find(arg, depth);
    size_t bytes = from >= 0 ? pool[from].bytes : arg->unit > 64 ? arg->unit : 64;
    block *b = room(c, bytes, !(arg->flags & IN));
    if (from >= 0) {
        memcpy(b->data, pool[from].data, bytes);
        if (rare(24) && bytes > 16) damage(b);
    }
    c->of[i] = c->count - 1, c->made[i] = from;
    c->a[i].p = b->data;
}

/* ---- arguments ---- */

static double scalar(const argument *arg) {
    const char *name = arg->name;
    int is_low = strcmp(name, "t_min") == 0 || strcmp(name, "tau_min") == 0;
    int is_high = strcmp(name, "t_max") == 0 || strcmp(name, "tau_max") == 0;
    if ((is_low || is_high) && !rare(40)) return is_low ? 0.125 : 8;
    return real();
}

static void set_scalars(call *c) {
    for (int i = 0; i < c->f->args; i++) {
        const argument *arg = &c->f->arg[i];
        value *v = &c->a[i];
        if (arg->what == SIZE) v->n = number(arg->bank, SIZE);
        if (arg->what == U32 || arg->what == TYPE) v->n = (uint32_t)number(arg->bank, arg->what);
        if (arg->what == U64 || arg->what == I32) v->n = number(arg->bank, U64);
        if (arg->what == HALF) v->n = word() & 0xffff;
        if (arg->what == REAL || arg->what == FLOAT) v->d = scalar(arg);
        if (arg->what == SIZE && v->n > MOST_BYTES) c->huge = 1;
    }
}

/* From row to row: mostly as many as there are columns, or a few more. */
static void set_strides(call *c) {
    for (int i = 0; i < c->f->args; i++) {
        if (c->f->arg[i].what != STRIDE) continue;
        c->f->lengths(c);
        double cols = c->e[c->f->arg[i].other].cols;
        if (cols < 0 || cols > 1e18) cols = 1e18;
        uint8_t b = byte();
        uint64_t n = (uint64_t)cols;
        c->a[i].n = b < 160 ? n : b < 224 ? n + b % 5 : b < 244 ? (n ? n - 1 : 0) : b < 252 ? b % 4 : number(BANK_OTHER, SIZE);
        if (c->a[i].n > MOST_BYTES) c->huge = 1;
    }
}

static void fill_structs(block *b, const structure *s) {
    for (size_t at = 0; at + s->size <= b->bytes; at += s->size)
        for (int i = 0; i < s->fields; i++) {
            const field *f = &s->field[i];
            double wide = real();
            uint64_t whole = number(BANK_OTHER, U32);
            uint32_t narrow = (uint32_t)whole;
            const void *from = f->c[0] == 'd' ? (void *)&wide : f->size == 4 ? (void *)&narrow : (void *)&whole;
            memcpy(b->data + at + f->offset, from, f->size);
        }
}

/* How many labels there are to choose from. */
static double classes(const call *c) {
    static const char *const names[] = {"cols", "classes", "categories"};
    for (int i = 0; i < c->f->args; i++)
        for (int n = 0; n < 3; n++)
            if (strcmp(c->f->arg[i].name, names[n]) == 0 && c->a[i].n < MOST_BYTES) return (double)c->a[i].n;
    for (int i = 0; i < c->f->args; i++)
        if (strcmp(c->f->arg[i].name, "state") == 0) return bank_of(BANK_COLS);
    return 2;
}

/* An array as long as it must be. Of what no memory holds there is but a piece, which must
 * not be looked at, or NULL. Whether the call can be made. */
static int set_array(call *c, int i) {
    const argument *arg = &c->f->arg[i];
    int type = arg->element;
    if (arg->other >= 0 && c->f->arg[arg->other].what == TYPE) type = (int)c->a[arg->other].n;
    size_t unit = arg->unit > 1 || type == LGT_U8 ? arg->unit : size_of_type(type);
    extent e = c->e[i];
    double bytes = spread(e.rows, e.stride, e.cols) * (double)unit;
    /* Not so much itself: it may be one byte less, rounded, which a machine could have. */
    int beyond = bytes > 9223372036854775808.0;
    if (bytes > MOST_BYTES && !beyond) {
        c->a[i].p = NULL;
        return !(arg->flags & NULLABLE);
    }
    block *b = room(c, beyond ? 16 : (size_t)bytes, !(arg->flags & IN));
    b->scratch = (arg->flags & SCRATCH) != 0;
    b->answers_errors = (arg->flags & ANSWERS_ERRORS) != 0;
    b->rows = &c->e[i], b->unit = unit;
    c->a[i].p = b->data, c->of[i] = c->count - 1;
    if (beyond) return 1;
    if (arg->flags & IN) {
        if (arg->options >= 0)
            fill_structs(b, &structures[arg->options]);
        else
            fill(b->data, arg, e, type, classes(c));
    }
    return 0;
}

/* Bytes whose number is an argument: mostly as many as are asked for. */
static void set_room(call *c, int i) {
    static const uint16_t guesses[] = {64, 4096, 0, 56, 88, 256, 1024, 16};
    const argument *arg = &c->f->arg[i];
    int of = arg->other;
    uint8_t b = byte();
    size_t bytes = 0;
    if (!c->a[of].p) {
        c->a[i].n = b % 3 * 8;
        return;
    }
    if (c->f->arg[of].flags & BLOB) {
        c->a[i].n = c->blocks[c->of[of]].bytes;
        if (b < 224) return;
        block *whole = &c->blocks[c->of[of]], *part = room(c, b % 2 ? whole->bytes / 2 / 8 * 8 : b % 16, whole->writable);
        memcpy(part->data, whole->data, part->bytes < whole->bytes ? part->bytes : whole->bytes);
        c->of[of] = c->count - 1, c->made[of] = -1;
        c->a[of].p = part->data, c->a[i].n = part->bytes;
        return;
    }
    lgt_status asked = c->f->asked(c, of, &bytes);
    if (asked == LGT_E_UNSUPPORTED) bytes = guesses[b % 8];
    if (asked < 0 && asked != LGT_E_UNSUPPORTED) bytes = 64;
    if (bytes > MOST_BYTES) bytes = 64;
    if (b >= 208) bytes = b < 228 ? bytes + 8 * (b % 4) : b < 244 ? (bytes ? bytes - 1 : 0) : b % 64;
    int askew = b >= 252 ? 4 : 0;
    block *made = room(c, bytes + (size_t)askew, 1);
    made->scratch = (c->f->arg[of].flags & SCRATCH) != 0;
    c->a[of].p = made->data + askew, c->of[of] = c->count - 1;
    c->a[i].n = bytes;
}

static int is_array(const call *c, int i) {
    return c->f->arg[i].what == POINTER && c->of[i] >= 0 && !(c->f->arg[i].flags & (OPTIONS | CSR | BLOB));
}

/* Lets an array that is written lie where another does, or a little further. */
static void overlap(call *c) {
    int out = byte() % c->f->args, other = byte() % c->f->args;
    uint8_t b = byte();
    if (out == other || !is_array(c, out) || !is_array(c, other) || (c->f->arg[out].flags & IN)) return;
    block *first = &c->blocks[c->of[out]], *second = &c->blocks[c->of[other]];
    size_t gap = b < 160 ? 0 : b % 16 * (second->unit ? second->unit : 8);
    size_t bytes = first->bytes > gap + second->bytes ? first->bytes : gap + second->bytes;
    if (second->scratch && gap % 8) return;
    int scratch = first->scratch || second->scratch;
    block *both = room(c, bytes, 1);
    both->scratch = scratch;
    both->shared = 1; /* Of scratch that is something else too nothing is said. */
    both->answers_errors = first->answers_errors || second->answers_errors;
    if (second->bytes) memcpy(both->data + gap, second->data, second->bytes);
    c->a[out].p = both->data, c->a[other].p = both->data + gap;
    c->of[out] = c->of[other] = c->count - 1;
}

/* ---- calls ---- */

static int put_together(call *c, int depth) {
    static uint8_t placeholder[8];
    const argument *arg = c->f->arg;
    int refused = 0;
    for (int i = 0; i < c->f->args; i++) {
        c->of[i] = c->made[i] = -1;
        if (arg[i].what != POINTER) continue;
        uint8_t b = byte();
        int is_null = arg[i].flags & NULLABLE ? b % 4 == 1 : b >= 251;
        c->a[i].p = is_null ? NULL : placeholder;
    }
    for (int i = 0; i < c->f->args; i++)
        if (c->a[i].p && arg[i].flags & BLOB) take(c, i, depth);
    set_scalars(c);
    for (int i = 0; i < c->f->args; i++) {
        if (c->a[i].p && arg[i].flags & CSR) lend_csr(c, i);
        if (c->a[i].p && arg[i].flags & OPTIONS) lend_options(c, i);
    }
    set_strides(c);
    c->f->lengths(c);
    for (int i = 0; i < c->f->args; i++) {
        int has_room = arg[i].other >= 0 && arg[arg[i].other].what == ROOM;
        if (c->a[i].p == placeholder && !has_room) refused |= set_array(c, i);
    }
    for (int i = 0; i < c->f->args; i++)
        if (arg[i].what == ROOM) set_room(c, i);
    if (c->f->args && rare(32)) overlap(c);
    return refused || !c->huge;
}

static int answered[MOST_FUNCTIONS], tried[MOST_FUNCTIONS];

/* Makes a call. A place in the pool, if it made a state or a model. */
static int perform(int index, int depth) {
    call c;
    memset(&c, 0, sizeof c);
    c.f = &functions[index];
    c.picked = -1;
    if (!put_together(&c, depth)) return -1;
    int64_t status = checked(&c);
    tried[index] = 1;
    if (status < 0) return -1;
    answered[index] = 1;
    int place = -1;
    for (int i = 0; i < c.f->args; i++) {
        const argument *arg = &c.f->arg[i];
        if (c.of[i] < 0) continue;
        const block *b = &c.blocks[c.of[i]];
        if (arg->flags & BLOB && !(arg->flags & IN) && c.made[i] >= 0)
            memcpy(pool[c.made[i]].data, b->data, b->bytes);
        if (arg->flags & MADE && c.a[i].p == b->data) {
            place = pooled < POOL ? pooled : -1;
            keep(b->data, arg->unit > 1 ? arg->unit : size_in_head(b), index);
        }
    }
    return place;
}

/* How many functions of a group were called, and how many of them did what they do. */
void fuzz_report(const group *of) {
    int all = 0, well = 0;
    for (int i = of->first; i < of->first + of->count; i++) {
        all += tried[i], well += answered[i];
        if (!answered[i]) fprintf(stderr, "only refused: %s\n", functions[i].name);
    }
    fprintf(stderr, "functions: %d called: %d answered: %d\n", of->count, all, well);
}

const group *group_named(const char *name) {
    const group *g = groups;
    while (g->name && strcmp(g->name, name) != 0) g++;
    return g->name ? g : NULL;
}

void fuzz_calls(const group *of, const uint8_t *data, size_t size) {
    input_start(data, size);
    pooled = 0;
    for (int step = 0; step < STEPS && (step == 0 || input_more()); step++)
        perform(of->first + byte() % of->count, 0);
    release();
}
