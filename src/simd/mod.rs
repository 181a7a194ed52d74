//! A kernel is written once, over the seven ideas of this page.
//!
//! * [`Real`] is a number that is computed in: `f32` or `f64`.
//! * [`Lanes<T>`] is one set of instructions and one `Real`: vectors of `N`
//!   values and what can be done with them. A value of such a type is the proof
//!   that the processor has the instructions; it is born in a door only.
//! * [`Each<T>`] is what such lanes do with `N` vectors at once.
//! * [`Keys<K>`](keys::Keys) is vectors of integers that are sorted.
//! * [`Elem`] is a number as it lies in memory: `f32`, `f64`, [`F16`], [`Bf16`].
//! * [`Io<E>`] says how these lanes read and write that storage type.
//! * [`Kernel<E>`] is a piece of work over any of them.
//!
//! `E::dispatch(kernel)` walks through the door of the level in use
//! (`dispatch.rs`), and everything behind a door is `#[inline(always)]`: a door
//! is where the instructions are switched on, and a function that is not
//! inlined into it is compiled without them. One forgotten attribute costs a
//! factor of 38 and changes no result, so `tests/codegen.rs` reads the machine
//! code of every door.
//!
//! The operations are cut where the instruction sets really differ, so that
//! `math/` above stays generic. To add one: here, then in each ISA file.

mod dispatch;
mod elem;
pub mod keys;
mod portable;
mod real;
#[cfg(any(target_arch = "aarch64", target_arch = "x86_64"))]
mod steps;

#[cfg(target_arch = "aarch64")]
mod arm {
    pub mod neon;
}
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod wasm {
    pub mod simd128;
}
#[cfg(target_arch = "x86_64")]
mod x86 {
    pub mod avx2;
    pub mod avx512;
}

pub use elem::{Bf16, Elem, F16, Stored};
pub use real::Real;

/// Vectors of `N` values of type `T` and what one instruction set does with them.
pub trait Lanes<T: Real>: Copy {
    /// A vector.
    type V: Copy;
    /// A truth value a lane.
    type M: Copy;
    /// A vector of running totals in (at least) f64.
    type W: Copy;
    /// Values in a vector.
    const N: usize;
    /// Whether four vectors at a time pay; where vectors are arrays they only
    /// make the library larger.
    const UNROLL: bool = true;

    // Arithmetic.

    /// Every lane is `x`.
    fn splat(self, x: T) -> Self::V;
    /// `a + b`.
    fn add(self, a: Self::V, b: Self::V) -> Self::V;
    /// `a - b`.
    fn sub(self, a: Self::V, b: Self::V) -> Self::V;
    /// `a * b`.
    fn mul(self, a: Self::V, b: Self::V) -> Self::V;
    /// `a / b`.
    fn div(self, a: Self::V, b: Self::V) -> Self::V;
    /// `a * b + c`, the product exact: for reductions that cancel.
    fn fma(self, a: Self::V, b: Self::V, c: Self::V) -> Self::V;
    /// `a * b + c`, rounded once or twice, whichever is faster here.
    fn mul_add(self, a: Self::V, b: Self::V, c: Self::V) -> Self::V;
    /// The larger; `b` where either is NaN.
    fn max(self, a: Self::V, b: Self::V) -> Self::V;
    /// The smaller; `b` where either is NaN.
    fn min(self, a: Self::V, b: Self::V) -> Self::V;

    // Memory of the type that is computed in: scratch, so whole vectors only.

    /// # Safety
    /// `p` is readable for `N` values.
    unsafe fn get(self, p: *const T) -> Self::V;
    /// # Safety
    /// `p` is writable for `N` values.
    unsafe fn put(self, p: *mut T, v: Self::V);

    // Comparison. Each is false where either side is NaN.

    /// `a > b`.
    fn gt(self, a: Self::V, b: Self::V) -> Self::M;
    /// `a >= b`.
    fn ge(self, a: Self::V, b: Self::V) -> Self::M;
    /// `a == b`.
    fn eq(self, a: Self::V, b: Self::V) -> Self::M;
    /// Not `a >= b`: as `b > a`, but true where either side is NaN.
    #[inline(always)]
    fn not_ge(self, a: Self::V, b: Self::V) -> Self::M {
        self.or(self.gt(b, a), self.or(self.nan(a), self.nan(b)))
    }
    /// The lanes that hold NaN.
    fn nan(self, a: Self::V) -> Self::M;
    /// The first `n` lanes, `n <= N`.
    fn head(self, n: usize) -> Self::M;
    /// Lanes in both.
    fn and(self, a: Self::M, b: Self::M) -> Self::M;
    /// Lanes in either.
    fn or(self, a: Self::M, b: Self::M) -> Self::M;
    /// Bit `i` is lane `i`.
    fn bits(self, m: Self::M) -> u32;
    /// `a` where `m` holds, else `b`.
    fn select(self, m: Self::M, a: Self::V, b: Self::V) -> Self::V;

    // Exponents.

    /// The number whose sum with `x` leaves what [`exp2`](Lanes::exp2) wants of
    /// `x` in the low bits.
    const MAGIC: f64;
    /// `2^t` times the power of two that stands in the low bits of `z`, a sum
    /// with [`MAGIC`](Lanes::MAGIC) of which `t` is the rest.
    fn exp2(self, z: Self::V, t: Self::V) -> Self::V;
    /// Whether [`exp2`](Lanes::exp2) is at least as large as any exponent up to
    /// infinity asks, rather than wrapping around; and 0 where it asks for less
    /// than there is.
    const SATURATES: bool = false;
    /// [`exp2`](Lanes::exp2) times a factor that stays the same in a loop.
    #[inline(always)]
    fn exp2_times(self, z: Self::V, t: Self::V, factor: Self::V) -> Self::V {
        self.mul(self.exp2(z, t), factor)
    }

    /// What was stored past the cache is seen before what is stored later.
    #[inline(always)]
    fn fence(self) {}

    // Integers.

    /// Vectors of integers of the same size.
    type Keys: keys::Keys<T::Key>;
    /// What is done with them.
    fn keys(self) -> Self::Keys;

    // Across lanes, always in the same order.

    /// The largest lane; NaN lanes may be passed over.
    fn reduce_max(self, v: Self::V) -> T;
    /// No total yet.
    fn wide_zero(self) -> Self::W;
    /// Totals with `v` added, exactly enough that the error does not grow with
    /// the number of additions.
    fn wide_add(self, w: Self::W, v: Self::V) -> Self::W;
    /// The sum of all totals.
    fn wide_sum(self, w: Self::W) -> f64;
}

/// What the same lanes do with `N` vectors at once, so that each lane becomes the
/// affair of a vector of its own: how many short rows are reduced together.
pub trait Each<T: Real>: Lanes<T> {
    /// `N` vectors.
    type Vs: Copy + AsMut<[Self::V]>;
    /// Which lane goes to each lane.
    type Places: Copy;

    /// `v`, `N` times.
    fn repeat(self, v: Self::V) -> Self::Vs;
    /// Lane `i` is the largest lane of vector `i`, or anything if a NaN is there.
    fn max_each(self, v: Self::Vs) -> Self::V;
    /// Lane `i` is the sum of vector `i`, in an order that is the same for all.
    fn sum_each(self, v: Self::Vs) -> Self::V;
    /// Vector `j` is lane `j` of every vector, in order.
    fn transpose(self, v: Self::Vs) -> Self::Vs;
    /// Lane numbers, at least 0 and below `N`, from numbers that are cut to
    /// whole ones.
    fn places(self, v: Self::V) -> Self::Places;
    /// Lane `i` is lane `p[i]` of `v`.
    fn permute(self, v: Self::V, p: Self::Places) -> Self::V;
    /// `(e, m)` with `x = 2^e m`, `e` whole and `m` from about `sqrt(1/2)` to
    /// `sqrt(2)`, for finite `x` of at least 1; no more than some numbers for NaN.
    fn split(self, x: Self::V) -> (Self::V, Self::V);
}

/// How these lanes read and write the storage type `E`.
///
/// # Safety
/// Pointers need the alignment of `E` and room for the values moved: `N`, or
/// `n <= N` for the `_head` forms, which touch nothing past them.
pub trait Io<E: Elem>: Each<E::Acc> {
    /// `N` values.
    unsafe fn load(self, p: *const E) -> Self::V;
    /// `n` values, then `fill`.
    unsafe fn load_head(self, p: *const E, n: usize, fill: E::Acc) -> Self::V;
    /// `N` values.
    unsafe fn store(self, p: *mut E, v: Self::V);
    /// The first `n` lanes.
    unsafe fn store_head(self, p: *mut E, n: usize, v: Self::V);
    /// `N` values past the cache where there is an instruction for that; `p` is
    /// aligned for the whole vector. [`Lanes::fence`] ends a run of them.
    #[inline(always)]
    unsafe fn store_past(self, p: *mut E, v: Self::V) {
        // SAFETY: the same contract.
        unsafe { self.store(p, v) }
    }
    /// Asks for the cache line at `p`, wherever that is.
    #[inline(always)]
    fn prefetch(self, p: *const E) {
        let _ = p;
    }
}

/// A vector of lanes `S` over storage type `E`.
pub type V<E, S> = <S as Lanes<<E as Elem>::Acc>>::V;
/// A mask of lanes `S` over storage type `E`.
pub type M<E, S> = <S as Lanes<<E as Elem>::Acc>>::M;
/// Places of lanes `S` over storage type `E`.
pub type Places<E, S> = <S as Each<<E as Elem>::Acc>>::Places;
/// Totals of lanes `S` over storage type `E`.
pub type W<E, S> = <S as Lanes<<E as Elem>::Acc>>::W;

/// A piece of work over storage type `E`, for any instruction set.
pub trait Kernel<E: Elem> {
    /// What it returns.
    type Out;
    /// Does it. Implementations are `#[inline(always)]`, like all they call.
    fn run<S: Io<E>>(self, s: S) -> Self::Out;
}
