// Who else computes a softmax in this process. A rival that is not there is a
// kernel without `run`, with the reason.
#pragma once
#include <cstddef>
#include <vector>

#include "harness.hpp"

struct Shape {
    size_t rows, cols;
    size_t size() const { return rows * cols; }
};

// XNNPACK's three kernels in shape, ours by hand: names begin with "reload",
// "recompute", "two-pass"; `level` is an LGT_LEVEL_.
std::vector<Kernel> published_kernels(const float *x, float *y, Shape shape, unsigned level);

// The packaged libraries through their public interface, on one thread.
Kernel xnnpack(const float *x, float *y, Shape shape);
Kernel onednn(const float *x, float *y, Shape shape);
