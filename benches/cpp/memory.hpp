// What the memory itself allows: reading, writing, copying.
#pragma once
#include <cstddef>
#include <cstdint>

namespace memory {

// Sums, as that keeps the reading alive.
void read(const float *x, size_t n);
void read(const int32_t *x, size_t n);
void read(const int64_t *x, size_t n);
void write(float *y, size_t n);
// Four streams, each a quarter of the array, prefetched and stored past the
// cache: the fastest copy of what no cache holds. Whole lines only; the rest
// is copied plainly.
void stream_copy(const float *x, float *y, size_t n);

}  // namespace memory
