/* What losses with temperatures are defined by, and one signature for all storage types. */
#ifndef ROBUST_H
#define ROBUST_H

#include "labelled.h"

#define BY_TYPE(type, call)                  \
    switch (type) {                          \
    case F32: return call(f32, float);       \
    case F64: return call(f64, double);      \
    case F16: return call(f16, lgt_f16);     \
    default: return call(bf16, lgt_bf16);    \
    }

static inline long double log_sum(const labelled *data, size_t r, long double tau, size_t without) {
    long double sum = 0, top = -HUGE_VALL;
    for (size_t c = 0; c < data->cols; c++)
        if (c != without && labelled_x(data, r, c) > top) top = labelled_x(data, r, c);
    for (size_t c = 0; c < data->cols; c++)
        if (c != without) sum += expl((labelled_x(data, r, c) - top) / tau);
    return logl(sum) + top / tau;
}

static inline long double divergence(const labelled *data, size_t r, long double tau, size_t without) {
    long double log = log_sum(data, r, tau, without), sum = 0;
    size_t n = data->cols - (without < data->cols);
    for (size_t c = 0; c < data->cols; c++) {
        long double own = labelled_x(data, r, c) / tau - log;
        if (c != without) sum += expl(own) * own;
    }
    return sum + logl((long double)n);
}

/* What the sums of so many columns are promised to be off by, in units of the temperature. */
static inline long double robust_unit(int type, size_t cols, int searched) {
    long double unit = type == F64 ? (searched ? 1e-14L : 4e-15L) : (searched ? 2e-6L : 1e-6L);
    return unit * (1 + logl((long double)cols));
}

/* Losses of all rows at temperatures of their own, with rho = 0.3, and their slopes: of each
 * row against its label, or against its own column among the others. */
typedef lgt_status (*robust_losses)(const labelled *data, const double *taus, double *loss,
                                    void *dx, double *dtau);

static inline void robust_check(const labelled *data, robust_losses call, int anchors) {
    size_t cols = data->cols, rows = data->rows;
    guarded loss = guard_end(rows * 8), dtau = guard_end(rows * 8), taus = guard_end(rows * 8);
    guarded dx = guard_end(rows * cols * dtype_size(data->type));
    long double rho = 0.3L, unit = robust_unit(data->type, cols, 0);
    double *t = (double *)taus.data, *l = (double *)loss.data, *d = (double *)dtau.data;
    for (size_t r = 0; r < rows; r++) t[r] = 0.25 + (double)r;
    CHECK_STATUS(call(data, t, l, dx.data, d), LGT_OK);
    for (size_t r = 0; r < rows; r++) {
        size_t own = anchors ? r : labelled_label(data, r), without = anchors ? r : cols;
        size_t n = cols - (size_t)anchors;
        long double log = log_sum(data, r, t[r], without);
        long double exact = t[r] * (log - logl((long double)n) + rho) - labelled_x(data, r, own);
        CHECK(fabsl(l[r] - exact) <= t[r] * unit + 1e-14L);
        CHECK(fabsl(d[r] - (rho - divergence(data, r, t[r], without))) <= unit);
        for (size_t c = 0; c < cols; c++) {
            long double p = c == without ? 0 : expl(labelled_x(data, r, c) / t[r] - log);
            p -= c == own;
            long double got = get(dx.data, data->type, r * cols + c);
            CHECK(fabsl(got - p) <= unit + dtype_epsilon(data->type) * fabsl(p));
        }
    }
    guard_free(loss);
    guard_free(dtau);
    guard_free(taus);
    guard_free(dx);
}

/* A row of these numbers, in memory of the test's. */
static inline void robust_row(int type, void *x, const double *row, size_t cols) {
    for (size_t c = 0; c < cols; c++) put(x, type, c, row[c]);
}

#endif
