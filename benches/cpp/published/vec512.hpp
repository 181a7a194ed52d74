// Sixteen floats in one register, with the exponential that XNNPACK's AVX-512
// softmax uses: rounded quotient, ln 2 in two parts, degree 5, vscalefps.
#pragma once
#include <immintrin.h>

#include <cstddef>

#include "constants.hpp"

namespace published {

struct Vec512 {
    using Reg = __m512;
    using Mask = __mmask16;
    static constexpr size_t lanes = 16;

    static Reg set(float x) { return _mm512_set1_ps(x); }
    static Reg load(const float *x) { return _mm512_loadu_ps(x); }
    static void store(float *y, Reg a) { _mm512_storeu_ps(y, a); }
    static void stream(float *y, Reg a) { _mm512_stream_ps(y, a); }
    static Mask first(size_t n) { return static_cast<Mask>((1u << n) - 1); }
    // Lanes that are not loaded take the value of `other`.
    static Reg load(const float *x, Mask m, Reg other) { return _mm512_mask_loadu_ps(other, m, x); }
    static void store(float *y, Mask m, Reg a) { _mm512_mask_storeu_ps(y, m, a); }
    static Reg keep(Mask m, Reg a) { return _mm512_maskz_mov_ps(m, a); }

    static Reg add(Reg a, Reg b) { return _mm512_add_ps(a, b); }
    static Reg sub(Reg a, Reg b) { return _mm512_sub_ps(a, b); }
    static Reg mul(Reg a, Reg b) { return _mm512_mul_ps(a, b); }
    static Reg max(Reg a, Reg b) { return _mm512_max_ps(a, b); }
    static float sum(Reg a) { return _mm512_reduce_add_ps(a); }
    static float max(Reg a) { return _mm512_reduce_max_ps(a); }

    // e^x = m 2^n with a whole n, however large.
    static Reg split(Reg x, Reg &n) {
        n = _mm512_roundscale_ps(_mm512_mul_ps(x, set(log2e)), 0);
        Reg t = _mm512_fnmadd_ps(n, set(ln2_high), x);
        t = _mm512_fnmadd_ps(n, set(ln2_low), t);
        Reg p = set(c5);
        p = _mm512_fmadd_ps(p, t, set(c4));
        p = _mm512_fmadd_ps(p, t, set(c3));
        p = _mm512_fmadd_ps(p, t, set(c2));
        p = _mm512_fmadd_ps(p, t, set(c1));
        return _mm512_fmadd_ps(p, t, set(1));
    }
    // m 2^n for n of any size.
    static Reg join(Reg m, Reg n) { return _mm512_scalef_ps(m, n); }
    static Reg exp(Reg x) {
        Reg n;
        Reg m = split(x, n);
        return join(m, n);
    }
};

}  // namespace published
