/* The score of every class of a row, as the documentation has it, and one signature for
 * the functions that write those of the rows' own. */
#ifndef CONFORMAL_H
#define CONFORMAL_H

#include "labelled.h"

typedef lgt_status (*scores_function)(const void *x, size_t stride, const void *labels,
                                      uint32_t label_type, const double *u, double *scores,
                                      size_t rows, size_t cols, const lgt_conformal_opts *opts);

#define SCORES_FUNCTION(dtype, element)                                                     \
    static lgt_status scores_##dtype(const void *x, size_t stride, const void *labels,      \
                                     uint32_t label_type, const double *u, double *scores,  \
                                     size_t rows, size_t cols, const lgt_conformal_opts *opts) { \
        return lgt_conformal_scores_##dtype((const element *)x, stride, labels, label_type, u, \
                                            scores, rows, cols, opts);                      \
    }

SCORES_FUNCTION(f32, float)
SCORES_FUNCTION(f64, double)
SCORES_FUNCTION(f16, lgt_f16)
SCORES_FUNCTION(bf16, lgt_bf16)

static const scores_function scores_of[DTYPES] = {scores_f32, scores_f64, scores_f16, scores_bf16};

enum { ROWS = 64, METHODS = 6 };

/* The score of a class, as the documentation has it. */
static inline double score(const labelled *data, size_t r, size_t c, double u,
                           const lgt_conformal_opts *opts) {
    double own = labelled_x(data, r, c), max = own, sum = 0, before = 0, other = 0, top = 0;
    double rank = 1;
    int logits = !(opts->flags & LGT_CONFORMAL_PROBABILITIES);
    for (size_t j = 0; j < data->cols; j++) max = fmax(max, labelled_x(data, r, j));
    for (size_t j = 0; j < data->cols; j++) sum += exp(labelled_x(data, r, j) - max);
    for (size_t j = 0; j < data->cols; j++) {
        double x = labelled_x(data, r, j), p = logits ? exp(x - max) / sum : x;
        if (x > own || (x == own && j < c)) before += p, rank++;
        if (j != c) other = fmax(other, p);
        top = fmax(top, p);
    }
    double p = logits ? exp(own - max) / sum : own;
    switch (opts->method) {
    case LGT_CONFORMAL_LAC: return 1 - p;
    case LGT_CONFORMAL_APS: return before + u * p;
    case LGT_CONFORMAL_RAPS: return before + u * p + opts->lambda * fmax(0, rank - opts->k_reg);
    case LGT_CONFORMAL_SAPS: return rank == 1 ? u * top : top + opts->lambda * (rank - 2 + u);
    case LGT_CONFORMAL_TOP_K: return rank;
    default: return other - p;
    }
}

/* Options of a method, and what is drawn for each row. */
static inline lgt_conformal_opts drawn(const labelled *data, uint32_t method, uint32_t flags,
                                       double *u) {
    lgt_conformal_opts opts;
    lgt_conformal_opts_default(&opts);
    opts.method = method;
    opts.flags = flags;
    opts.k_reg = 2;
    opts.lambda = 0.0625;
    uint64_t seed = data->cols;
    for (size_t r = 0; r < data->rows; r++) u[r] = fabs(noise(&seed)) / 8;
    return opts;
}

#endif
