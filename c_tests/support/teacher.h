/* A second table of logits, and shares of rows in long double with one column left out. */
#ifndef TEACHER_H
#define TEACHER_H

#include "loss.h"

/* Multiples of a quarter, that every type holds. */
static inline double teacher_x(size_t row, size_t col) {
    return (double)((row * 7 + col * 3) % 11) - 5 + 0.25 * (double)((row * 5 + col) % 7);
}

static inline guarded teacher_new(const labelled *d) {
    guarded table = guard_end(d->rows * d->cols * dtype_size(d->type));
    for (size_t r = 0; r < d->rows; r++)
        for (size_t c = 0; c < d->cols; c++)
            put(table.data, d->type, r * d->cols + c, teacher_x(r, c));
    return table;
}

typedef struct {
    long double p[80], log[80], entropy;
} shares;

/* Those of the row's scores, or of the teacher's; `hole` may be no column. */
static inline shares shares_of(const labelled *d, size_t row, int teacher, double temperature,
                               size_t hole) {
    shares s;
    long double top = -HUGE_VALL, sum = 0;
    for (size_t c = 0; c < d->cols; c++) {
        s.log[c] = (teacher ? teacher_x(row, c) : labelled_x(d, row, c)) / (long double)temperature;
        if (c != hole && s.log[c] > top) top = s.log[c];
    }
    for (size_t c = 0; c < d->cols; c++)
        if (c != hole) sum += expl(s.log[c] - top);
    s.entropy = 0;
    for (size_t c = 0; c < d->cols; c++) {
        s.log[c] -= top + logl(sum);
        s.p[c] = c == hole ? 0 : expl(s.log[c]);
        if (s.p[c] > 0) s.entropy -= s.p[c] * s.log[c];
    }
    return s;
}

static inline long double divergence_of(const shares *q, const shares *p, size_t cols) {
    long double sum = 0;
    for (size_t c = 0; c < cols; c++)
        if (q->p[c] > 0) sum += q->p[c] * (q->log[c] - p->log[c]);
    return sum;
}

#endif
