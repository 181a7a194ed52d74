//! Every operation in plain Rust over arrays, for any processor.
//!
//! Four lanes of f32 and two of f64 are what a compiler turns into the 128-bit
//! vectors that every 64-bit processor has.

mod each;
mod keys;

use super::{Bf16, Elem, F16, Io, Lanes, Real};

/// Needs nothing.
#[derive(Clone, Copy)]
pub struct Portable;

/// What `f` makes of each lane's number. A loop, since `core::array::from_fn` is several calls
/// deep, and these stay calls wherever the library is not optimised whole: in tests, for other
/// processors, under sanitizers.
#[inline(always)]
fn lanes<T: Copy + Default, const N: usize>(f: impl Fn(usize) -> T) -> [T; N] {
    let mut all = [T::default(); N];
    let mut i = 0;
    while i < N {
        all[i] = f(i);
        i += 1;
    }
    all
}

#[inline(always)]
fn zip<T: Copy, U: Copy + Default, const N: usize>(
    a: [T; N],
    b: [T; N],
    f: impl Fn(T, T) -> U,
) -> [U; N] {
    lanes(|i| f(a[i], b[i]))
}

/// A sum and what its rounding lost.
#[inline(always)]
fn two_sum(sum: f64, lost: f64, x: f64) -> (f64, f64) {
    let total = sum + x;
    let part = total - sum;
    (total, lost + ((sum - (total - part)) + (x - part)))
}

impl Lanes<f32> for Portable {
    type V = [f32; 4];
    type M = [bool; 4];
    type W = [f64; 4];
    type Keys = Portable;
    const N: usize = 4;
    const UNROLL: bool = false;

    #[inline(always)]
    fn splat(self, x: f32) -> [f32; 4] {
        [x; 4]
    }
    #[inline(always)]
    fn add(self, a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
        zip(a, b, |a, b| a + b)
    }
    #[inline(always)]
    fn sub(self, a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
        zip(a, b, |a, b| a - b)
    }
    #[inline(always)]
    fn mul(self, a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
        zip(a, b, |a, b| a * b)
    }
    #[inline(always)]
    fn div(self, a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
        zip(a, b, |a, b| a / b)
    }
    /// In f64 the product is exact and the sum keeps 29 bits more than f32.
    #[inline(always)]
    fn fma(self, a: [f32; 4], b: [f32; 4], c: [f32; 4]) -> [f32; 4] {
        lanes(|i| (f64::from(a[i]) * f64::from(b[i]) + f64::from(c[i])) as f32)
    }
    #[inline(always)]
    fn mul_add(self, a: [f32; 4], b: [f32; 4], c: [f32; 4]) -> [f32; 4] {
        lanes(|i| a[i] * b[i] + c[i])
    }
    #[inline(always)]
    fn max(self, a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
        zip(a, b, |a, b| if a > b { a } else { b })
    }
    #[inline(always)]
    fn min(self, a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
        zip(a, b, |a, b| if a < b { a } else { b })
    }
    #[inline(always)]
    unsafe fn get(self, p: *const f32) -> [f32; 4] {
        // SAFETY: the caller vouches for N values.
        unsafe { *p.cast() }
    }
    #[inline(always)]
    unsafe fn put(self, p: *mut f32, v: [f32; 4]) {
        // SAFETY: the caller vouches for N values.
        unsafe { *p.cast() = v }
    }
    #[inline(always)]
    fn gt(self, a: [f32; 4], b: [f32; 4]) -> [bool; 4] {
        zip(a, b, |a, b| a > b)
    }
    #[inline(always)]
    fn ge(self, a: [f32; 4], b: [f32; 4]) -> [bool; 4] {
        zip(a, b, |a, b| a >= b)
    }
    #[inline(always)]
    fn eq(self, a: [f32; 4], b: [f32; 4]) -> [bool; 4] {
        zip(a, b, |a, b| a == b)
    }
    #[inline(always)]
    fn nan(self, a: [f32; 4]) -> [bool; 4] {
        lanes(|i| a[i].is_nan())
    }
    #[inline(always)]
    fn head(self, n: usize) -> [bool; 4] {
        lanes(|i| i < n)
    }
    #[inline(always)]
    fn and(self, a: [bool; 4], b: [bool; 4]) -> [bool; 4] {
        zip(a, b, |a, b| a & b)
    }
    #[inline(always)]
    fn or(self, a: [bool; 4], b: [bool; 4]) -> [bool; 4] {
        zip(a, b, |a, b| a | b)
    }
    #[inline(always)]
    fn bits(self, m: [bool; 4]) -> u32 {
        u32::from(m[0]) | u32::from(m[1]) << 1 | u32::from(m[2]) << 2 | u32::from(m[3]) << 3
    }
    #[inline(always)]
    fn select(self, m: [bool; 4], a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
        lanes(|i| if m[i] { a[i] } else { b[i] })
    }
    const MAGIC: f64 = <f32 as Real>::MAGIC_EXPONENT;
    #[inline(always)]
    fn exp2(self, z: [f32; 4], t: [f32; 4]) -> [f32; 4] {
        let p = exp2_poly::<f32, _>(self, t);
        // The low bits, moved into the exponent field.
        lanes(|i| p[i] * f32::from_bits(z[i].to_bits() << 23))
    }
    #[inline(always)]
    fn keys(self) -> Portable {
        self
    }
    #[inline(always)]
    fn reduce_max(self, v: [f32; 4]) -> f32 {
        let pairs = zip([v[0], v[1]], [v[2], v[3]], |a, b| if a > b { a } else { b });
        if pairs[0] > pairs[1] { pairs[0] } else { pairs[1] }
    }
    #[inline(always)]
    fn wide_zero(self) -> [f64; 4] {
        [0.0; 4]
    }
    #[inline(always)]
    fn wide_add(self, w: [f64; 4], v: [f32; 4]) -> [f64; 4] {
        lanes(|i| w[i] + f64::from(v[i]))
    }
    #[inline(always)]
    fn wide_sum(self, w: [f64; 4]) -> f64 {
        (w[0] + w[2]) + (w[1] + w[3])
    }
}

impl Lanes<f64> for Portable {
    type V = [f64; 2];
    type M = [bool; 2];
    /// Sums and what their rounding lost.
    type W = ([f64; 2], [f64; 2]);
    type Keys = Portable;
    const N: usize = 2;
    const UNROLL: bool = false;

    #[inline(always)]
    fn splat(self, x: f64) -> [f64; 2] {
        [x; 2]
    }
    #[inline(always)]
    fn add(self, a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
        zip(a, b, |a, b| a + b)
    }
    #[inline(always)]
    fn sub(self, a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
        zip(a, b, |a, b| a - b)
    }
    #[inline(always)]
    fn mul(self, a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
        zip(a, b, |a, b| a * b)
    }
    #[inline(always)]
    fn div(self, a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
        zip(a, b, |a, b| a / b)
    }
    #[inline(always)]
    fn fma(self, a: [f64; 2], b: [f64; 2], c: [f64; 2]) -> [f64; 2] {
        lanes(|i| product_plus(a[i], b[i], c[i]))
    }
    #[inline(always)]
    fn mul_add(self, a: [f64; 2], b: [f64; 2], c: [f64; 2]) -> [f64; 2] {
        lanes(|i| a[i] * b[i] + c[i])
    }
    #[inline(always)]
    fn max(self, a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
        zip(a, b, |a, b| if a > b { a } else { b })
    }
    #[inline(always)]
    fn min(self, a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
        zip(a, b, |a, b| if a < b { a } else { b })
    }
    #[inline(always)]
    unsafe fn get(self, p: *const f64) -> [f64; 2] {
        // SAFETY: the caller vouches for N values.
        unsafe { *p.cast() }
    }
    #[inline(always)]
    unsafe fn put(self, p: *mut f64, v: [f64; 2]) {
        // SAFETY: the caller vouches for N values.
        unsafe { *p.cast() = v }
    }
    #[inline(always)]
    fn gt(self, a: [f64; 2], b: [f64; 2]) -> [bool; 2] {
        zip(a, b, |a, b| a > b)
    }
    #[inline(always)]
    fn ge(self, a: [f64; 2], b: [f64; 2]) -> [bool; 2] {
        zip(a, b, |a, b| a >= b)
    }
    #[inline(always)]
    fn eq(self, a: [f64; 2], b: [f64; 2]) -> [bool; 2] {
        zip(a, b, |a, b| a == b)
    }
    #[inline(always)]
    fn nan(self, a: [f64; 2]) -> [bool; 2] {
        lanes(|i| a[i].is_nan())
    }
    #[inline(always)]
    fn head(self, n: usize) -> [bool; 2] {
        lanes(|i| i < n)
    }
    #[inline(always)]
    fn and(self, a: [bool; 2], b: [bool; 2]) -> [bool; 2] {
        zip(a, b, |a, b| a & b)
    }
    #[inline(always)]
    fn or(self, a: [bool; 2], b: [bool; 2]) -> [bool; 2] {
        zip(a, b, |a, b| a | b)
    }
    #[inline(always)]
    fn bits(self, m: [bool; 2]) -> u32 {
        u32::from(m[0]) | u32::from(m[1]) << 1
    }
    #[inline(always)]
    fn select(self, m: [bool; 2], a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
        lanes(|i| if m[i] { a[i] } else { b[i] })
    }
    const MAGIC: f64 = <f64 as Real>::MAGIC_EXPONENT;
    #[inline(always)]
    fn exp2(self, z: [f64; 2], t: [f64; 2]) -> [f64; 2] {
        let p = exp2_poly::<f64, _>(self, t);
        // The low bits, moved into the exponent field.
        lanes(|i| p[i] * f64::from_bits(z[i].to_bits() << 52))
    }
    #[inline(always)]
    fn keys(self) -> Portable {
        self
    }
    #[inline(always)]
    fn reduce_max(self, v: [f64; 2]) -> f64 {
        if v[0] > v[1] { v[0] } else { v[1] }
    }
    #[inline(always)]
    fn wide_zero(self) -> ([f64; 2], [f64; 2]) {
        ([0.0; 2], [0.0; 2])
    }
    #[inline(always)]
    fn wide_add(self, w: ([f64; 2], [f64; 2]), v: [f64; 2]) -> ([f64; 2], [f64; 2]) {
        let (s0, l0) = two_sum(w.0[0], w.1[0], v[0]);
        let (s1, l1) = two_sum(w.0[1], w.1[1], v[1]);
        ([s0, s1], [l0, l1])
    }
    #[inline(always)]
    fn wide_sum(self, w: ([f64; 2], [f64; 2])) -> f64 {
        wide_sum_f64(&w.0, &w.1)
    }
}

/// `2^t` on `[-1/2, 1/2]`; shared by all instruction sets without a better way.
#[inline(always)]
pub fn exp2_poly<T: Real, S: Lanes<T>>(s: S, t: S::V) -> S::V {
    let terms = T::EXP2_POLY;
    let mut p = s.splat(terms[terms.len() - 1]);
    for c in terms.iter().rev().skip(1) {
        p = s.mul_add(p, t, s.splat(*c));
    }
    s.mul_add(p, t, s.splat(T::ONE))
}

/// The sum of compensated totals; shared by all instruction sets, once a row.
#[inline(always)]
pub fn wide_sum_f64(sums: &[f64], lost: &[f64]) -> f64 {
    let mut total = (0.0, 0.0);
    for i in 0..sums.len() {
        total = two_sum(total.0, total.1 + lost[i], sums[i]);
    }
    // Past infinity the losses are NaN and mean nothing.
    if total.1.is_nan() { total.0 } else { total.0 + total.1 }
}

/// `a * b + c` with the product held in two parts (Dekker, Veltkamp), for
/// processors without a fused instruction. Parts of 26 bits multiply exactly.
#[inline(always)]
fn product_plus(a: f64, b: f64, c: f64) -> f64 {
    const SPLIT: f64 = 134217729.0;
    let p = a * b;
    let (ah, bh) = (SPLIT * a - (SPLIT * a - a), SPLIT * b - (SPLIT * b - b));
    let (al, bl) = (a - ah, b - bh);
    let rest = ((ah * bh - p) + ah * bl + al * bh) + al * bl;
    (p + c) + rest
}

/// Any storage type is read and written one value at a time; one line a type,
/// since two blanket implementations would overlap.
macro_rules! io {
    ($($elem:ty: $n:literal;)*) => {$(
        impl Io<$elem> for Portable {
            #[inline(always)]
            unsafe fn load(self, p: *const $elem) -> [<$elem as Elem>::Acc; $n] {
                // SAFETY: the caller vouches for N values.
                lanes(|i| unsafe { *p.add(i) }.widen())
            }
            #[inline(always)]
            unsafe fn load_head(
                self,
                p: *const $elem,
                n: usize,
                fill: <$elem as Elem>::Acc,
            ) -> [<$elem as Elem>::Acc; $n] {
                // SAFETY: the caller vouches for n values.
                lanes(|i| if i < n { unsafe { *p.add(i) }.widen() } else { fill })
            }
            #[inline(always)]
            unsafe fn store(self, p: *mut $elem, v: [<$elem as Elem>::Acc; $n]) {
                // SAFETY: the caller vouches for N values.
                unsafe { self.store_head(p, $n, v) }
            }
            #[inline(always)]
            unsafe fn store_head(self, p: *mut $elem, n: usize, v: [<$elem as Elem>::Acc; $n]) {
                for (i, x) in v.into_iter().enumerate() {
                    if i < n {
                        // SAFETY: the caller vouches for n values.
                        unsafe { *p.add(i) = <$elem>::narrow(x) };
                    }
                }
            }
        }
    )*};
}

io! {
    f32: 4;
    F16: 4;
    Bf16: 4;
    f64: 2;
}
