// One row of softmax by the three published algorithms, for two instruction
// sets. Rows of one kernel call follow each other without gaps.
#pragma once
#include <cstddef>

namespace published {

using Row = void (*)(const float *x, float *y, size_t n);

struct Kernels {
    Row reload, recompute, two_pass;
};

extern const Kernels avx2, avx512;

}  // namespace published
