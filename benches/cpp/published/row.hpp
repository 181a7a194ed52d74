// The three algorithms that M. Dukhan and A. Ablavatski compare, in the shape
// XNNPACK gives them: one plain loop a pass over a tile of registers, one
// stream, ordinary stores, float sums. Written from the paper's formulas.
#pragma once
#include <cmath>
#include <cstddef>
#include <limits>

namespace published {

// Calls f(offset, live) for every register of a row: first whole tiles through
// `tile(offset)`, then single registers, the last one partly masked.
template <class V, size_t Tile, class T, class F>
inline __attribute__((always_inline)) void walk(size_t n, T tile, F one) {
    size_t i = 0;
    for (; i + Tile * V::lanes <= n; i += Tile * V::lanes) tile(i);
    for (; i + V::lanes <= n; i += V::lanes) one(i, V::lanes);
    if (i < n) one(i, n - i);
}

template <class V>
float row_max(const float *x, size_t n) {
    using Reg = typename V::Reg;
    Reg m[4];
    for (Reg &a : m) a = V::set(-std::numeric_limits<float>::infinity());
    walk<V, 4>(
        n,
        [&](size_t i) {
            for (size_t k = 0; k < 4; k++) m[k] = V::max(m[k], V::load(x + i + k * V::lanes));
        },
        [&](size_t i, size_t live) { m[0] = V::max(m[0], V::load(x + i, V::first(live), m[0])); });
    return V::max(V::max(V::max(m[0], m[1]), V::max(m[2], m[3])));
}

// Sum of e^(x - max), written to y as well if that is asked for.
template <class V, size_t Tile, size_t Sums, bool Store>
float exp_sum(const float *x, float *y, size_t n, float max) {
    using Reg = typename V::Reg;
    const Reg top = V::set(max);
    Reg s[Sums];
    for (Reg &a : s) a = V::set(0);
    walk<V, Tile>(
        n,
        [&](size_t i) {
            Reg e[Tile];
            for (size_t k = 0; k < Tile; k++)
                e[k] = V::exp(V::sub(V::load(x + i + k * V::lanes), top));
            if (Store) {
                for (size_t k = 0; k < Tile; k++) V::store(y + i + k * V::lanes, e[k]);
            }
            for (size_t k = 0; k < Tile; k++) s[k % Sums] = V::add(s[k % Sums], e[k]);
        },
        [&](size_t i, size_t live) {
            const auto mask = V::first(live);
            const Reg e = V::keep(mask, V::exp(V::sub(V::load(x + i, mask, top), top)));
            if (Store) V::store(y + i, mask, e);
            s[0] = V::add(s[0], e);
        });
    for (size_t k = 1; k < Sums; k++) s[0] = V::add(s[0], s[k]);
    return V::sum(s[0]);
}

template <class V>
void multiply(float *y, size_t n, float factor) {
    using Reg = typename V::Reg;
    const Reg f = V::set(factor);
    walk<V, 2>(
        n,
        [&](size_t i) {
            const Reg a = V::mul(V::load(y + i), f), b = V::mul(V::load(y + i + V::lanes), f);
            V::store(y + i, a);
            V::store(y + i + V::lanes, b);
        },
        [&](size_t i, size_t live) {
            const auto mask = V::first(live);
            V::store(y + i, mask, V::mul(V::load(y + i, mask, f), f));
        });
}

template <class V, size_t Tile>
void reload(const float *x, float *y, size_t n) {
    const float max = row_max<V>(x, n);
    const float sum = exp_sum<V, Tile, 2, true>(x, y, n, max);
    multiply<V>(y, n, 1 / sum);
}

template <class V, size_t SumTile, size_t Sums, size_t StoreTile>
void recompute(const float *x, float *y, size_t n) {
    using Reg = typename V::Reg;
    const float max = row_max<V>(x, n);
    const Reg factor = V::set(1 / exp_sum<V, SumTile, Sums, false>(x, y, n, max)),
              top = V::set(max);
    walk<V, StoreTile>(
        n,
        [&](size_t i) {
            Reg e[StoreTile];
            for (size_t k = 0; k < StoreTile; k++) {
                e[k] = V::mul(V::exp(V::sub(V::load(x + i + k * V::lanes), top)), factor);
            }
            for (size_t k = 0; k < StoreTile; k++) V::store(y + i + k * V::lanes, e[k]);
        },
        [&](size_t i, size_t live) {
            const auto mask = V::first(live);
            const Reg a = V::load(x + i, mask, top);
            V::store(y + i, mask, V::mul(V::exp(V::sub(a, top)), factor));
        });
}

// A sum of exponentials whose exponent has a float of its own.
template <class V>
struct Extended {
    typename V::Reg m, e;
};

template <class V>
Extended<V> merged(Extended<V> a, Extended<V> b) {
    const auto e = V::max(a.e, b.e);
    return {V::add(V::join(a.m, V::sub(a.e, e)), V::join(b.m, V::sub(b.e, e))), e};
}

template <class V, size_t SumTile, size_t Sums, size_t StoreTile>
void two_pass(const float *x, float *y, size_t n) {
    using Reg = typename V::Reg;
    // Below every exponent of a float, and far from where differences overflow.
    const Reg none = V::set(-1e6f);
    Extended<V> s[Sums];
    for (auto &a : s) a = {V::set(0), none};
    walk<V, SumTile>(
        n,
        [&](size_t i) {
            Reg m[SumTile], e[SumTile], high[Sums];
            for (size_t k = 0; k < SumTile; k++)
                m[k] = V::split(V::load(x + i + k * V::lanes), e[k]);
            for (size_t k = 0; k < Sums; k++) high[k] = s[k].e;
            for (size_t k = 0; k < SumTile; k++) high[k % Sums] = V::max(high[k % Sums], e[k]);
            for (size_t k = 0; k < Sums; k++)
                s[k] = {V::join(s[k].m, V::sub(s[k].e, high[k])), high[k]};
            for (size_t k = 0; k < SumTile; k++) {
                s[k % Sums].m = V::add(s[k % Sums].m, V::join(m[k], V::sub(e[k], high[k % Sums])));
            }
        },
        [&](size_t i, size_t live) {
            const auto mask = V::first(live);
            Extended<V> a;
            a.m = V::keep(mask, V::split(V::load(x + i, mask, V::set(x[i])), a.e));
            s[0] = merged<V>(s[0], a);
        });
    for (size_t k = 1; k < Sums; k++) s[0] = merged<V>(s[0], s[k]);
    const Reg high = V::set(V::max(s[0].e));
    const Reg factor = V::set(1 / V::sum(V::join(s[0].m, V::sub(s[0].e, high))));
    walk<V, StoreTile>(
        n,
        [&](size_t i) {
            Reg e[StoreTile];
            for (size_t k = 0; k < StoreTile; k++) {
                Reg power;
                const Reg m = V::split(V::load(x + i + k * V::lanes), power);
                e[k] = V::join(V::mul(m, factor), V::sub(power, high));
            }
            for (size_t k = 0; k < StoreTile; k++) V::store(y + i + k * V::lanes, e[k]);
        },
        [&](size_t i, size_t live) {
            const auto mask = V::first(live);
            Reg power;
            const Reg m = V::split(V::load(x + i, mask, V::set(x[i])), power);
            V::store(y + i, mask, V::join(V::mul(m, factor), V::sub(power, high)));
        });
}

}  // namespace published
