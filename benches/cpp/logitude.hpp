// The library's functions as kernels.
#pragma once
#include "harness.hpp"
#include "logitude/logitude.h"
#include "rivals.hpp"

lgt_softmax_opts options(uint32_t algorithm, uint32_t store, const lgt_ctx *ctx = nullptr);

// Ends the program where a call fails: a time without a result is none.
void check(lgt_status status);

Kernel softmax(const char *name, const float *x, float *y, Shape s, lgt_softmax_opts opts);
Kernel softmax_f64(const double *x, double *y, Shape s);
Kernel softmax_f16(const lgt_f16 *x, lgt_f16 *y, Shape s);
Kernel softmax_bf16(const lgt_bf16 *x, lgt_bf16 *y, Shape s);
Kernel log_softmax(const float *x, float *y, Shape s);
Kernel logsumexp(const float *x, float *y, Shape s);
Kernel sparsemax(const float *x, float *y, Shape s);
Kernel entmax15(const float *x, float *y, Shape s);
Kernel nll(const float *x, const int32_t *labels, Shape s);
Kernel temperature(const float *x, const int32_t *labels, Shape s);
