#include "memory.hpp"

#include <cstdint>
#include <cstring>

#ifdef __SSE2__
#include <immintrin.h>
#endif

namespace memory {

volatile double sink;

// Eight independent sums of registers; the compiler makes them as wide as the
// machine that builds this.
constexpr size_t vector_bytes = 64;
template <class T>
using Lanes __attribute__((vector_size(vector_bytes))) = T;

template <class T>
static Lanes<T> load(const T *x) {
    Lanes<T> a;
    std::memcpy(&a, x, sizeof a);
    return a;
}

template <class T>
static void sum_of(const T *x, size_t n) {
    constexpr size_t lanes = vector_bytes / sizeof(T);
    Lanes<T> sum[8] = {};
    size_t i = 0;
    for (; i + 8 * lanes <= n; i += 8 * lanes) {
        for (size_t k = 0; k < 8; k++) sum[k] += load(x + i + k * lanes);
    }
    for (; i + lanes <= n; i += lanes) sum[0] += load(x + i);
    for (size_t k = 1; k < 8; k++) sum[0] += sum[k];
    T total = 0;
    for (; i < n; i++) total += x[i];
    for (size_t k = 0; k < lanes; k++) total += sum[0][k];
    sink = static_cast<double>(total);
}

void read(const float *x, size_t n) { sum_of(x, n); }
void read(const int32_t *x, size_t n) { sum_of(x, n); }
void read(const int64_t *x, size_t n) { sum_of(x, n); }

// In a loop of its own making, as memset may choose to write past the cache.
void write(float *y, size_t n) {
    constexpr size_t lanes = vector_bytes / sizeof *y;
    const Lanes<float> a = Lanes<float>{} + 1.0f;
    size_t i = 0;
    for (; i + lanes <= n; i += lanes) {
        std::memcpy(y + i, &a, sizeof a);
        asm volatile("" ::: "memory");
    }
    for (; i < n; i++) y[i] = 1;
}

void stream_copy(const float *x, float *y, size_t n) {
#ifdef __SSE2__
    constexpr size_t line = 16, ahead = 256;
    if (reinterpret_cast<uintptr_t>(y) % 64 == 0) {
        const size_t quarter = n / 4 / line * line;
        for (size_t i = 0; i < quarter; i += line) {
            for (size_t s = 0; s < 4; s++) {
                const float *from = x + s * quarter + i;
                float *to = y + s * quarter + i;
                _mm_prefetch(reinterpret_cast<const char *>(from + ahead), _MM_HINT_T0);
#ifdef __AVX512F__
                _mm512_stream_ps(to, _mm512_loadu_ps(from));
#else
                for (size_t k = 0; k < line; k += 4) _mm_stream_ps(to + k, _mm_loadu_ps(from + k));
#endif
            }
        }
        _mm_sfence();
        x += 4 * quarter;
        y += 4 * quarter;
        n -= 4 * quarter;
    }
#endif
    std::memcpy(y, x, n * sizeof *y);
}

}  // namespace memory
