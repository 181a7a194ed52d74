// Eight floats in one register. Without vscalefps the power of two is an
// integer shifted into the exponent field, which ends at 2^-126.
#pragma once
#include <immintrin.h>

#include <cstddef>
#include <cstdint>

#include "constants.hpp"

namespace published {

struct Vec256 {
    using Reg = __m256;
    using Mask = __m256i;
    static constexpr size_t lanes = 8;

    static Reg set(float x) { return _mm256_set1_ps(x); }
    static Reg load(const float *x) { return _mm256_loadu_ps(x); }
    static void store(float *y, Reg a) { _mm256_storeu_ps(y, a); }
    static void stream(float *y, Reg a) { _mm256_stream_ps(y, a); }
    static Mask first(size_t n) {
        const Mask index = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
        return _mm256_cmpgt_epi32(_mm256_set1_epi32(static_cast<int32_t>(n)), index);
    }
    static Reg load(const float *x, Mask m, Reg other) {
        return _mm256_blendv_ps(other, _mm256_maskload_ps(x, m), _mm256_castsi256_ps(m));
    }
    static void store(float *y, Mask m, Reg a) { _mm256_maskstore_ps(y, m, a); }
    static Reg keep(Mask m, Reg a) { return _mm256_and_ps(_mm256_castsi256_ps(m), a); }

    static Reg add(Reg a, Reg b) { return _mm256_add_ps(a, b); }
    static Reg sub(Reg a, Reg b) { return _mm256_sub_ps(a, b); }
    static Reg mul(Reg a, Reg b) { return _mm256_mul_ps(a, b); }
    static Reg max(Reg a, Reg b) { return _mm256_max_ps(a, b); }
    static float sum(Reg a) {
        return fold(a, [](__m128 p, __m128 q) { return _mm_add_ps(p, q); });
    }
    static float max(Reg a) {
        return fold(a, [](__m128 p, __m128 q) { return _mm_max_ps(p, q); });
    }

    // e^x = m 2^n with a whole n, however large.
    static Reg split(Reg x, Reg &n) {
        n = _mm256_round_ps(_mm256_mul_ps(x, set(log2e)),
                            _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
        return _mm256_fmadd_ps(polynomial(reduce(x, n)), reduce(x, n), set(1));
    }
    // m 2^n for n <= 0; below 2^-126 it is 0. The magic number leaves n + 127
    // in the low bits of the sum.
    static Reg join(Reg m, Reg n) {
        n = _mm256_max_ps(n, set(-127));
        return _mm256_mul_ps(m, power(_mm256_add_ps(n, set(magic))));
    }
    // For x <= 0, flushed to 0 where the result would be subnormal.
    static Reg exp(Reg x) {
        Reg shifted = _mm256_fmadd_ps(x, set(log2e), set(magic));
        Reg t = reduce(x, _mm256_sub_ps(shifted, set(magic)));
        Reg s = power(shifted);
        Reg y = _mm256_fmadd_ps(_mm256_mul_ps(t, s), polynomial(t), s);
        return _mm256_andnot_ps(_mm256_cmp_ps(x, set(least), _CMP_LT_OS), y);
    }

private:
    static constexpr float magic = 12583039.0f;  // 1.5 * 2^23 + 127

    static Reg power(Reg shifted) {
        return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_castps_si256(shifted), 23));
    }
    static Reg reduce(Reg x, Reg n) {
        return _mm256_fnmadd_ps(n, set(ln2_low), _mm256_fnmadd_ps(n, set(ln2_high), x));
    }
    static Reg polynomial(Reg t) {
        Reg p = _mm256_fmadd_ps(set(c5), t, set(c4));
        p = _mm256_fmadd_ps(p, t, set(c3));
        p = _mm256_fmadd_ps(p, t, set(c2));
        return _mm256_fmadd_ps(p, t, set(c1));
    }
    template <class F>
    static float fold(Reg a, F f) {
        __m128 b = f(_mm256_castps256_ps128(a), _mm256_extractf128_ps(a, 1));
        b = f(b, _mm_movehl_ps(b, b));
        return _mm_cvtss_f32(f(b, _mm_movehdup_ps(b)));
    }
};

}  // namespace published
