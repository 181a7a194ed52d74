//! f32 and f64 as they lie in memory, and the ends of rows of any type. There are no
//! masked loads and stores, so ends go by way of an array on the stack.

use super::{F32, F64, Neon};
use crate::simd::{Io, Lanes};

// SAFETY of every block below: as in the file above this one.

/// `n <= N` numbers, then `fill`.
///
/// # Safety
/// They are readable.
#[inline(always)]
pub unsafe fn read_head<T: Copy, const N: usize>(p: *const T, n: usize, fill: T) -> [T; N] {
    // SAFETY: the caller vouches for n values.
    core::array::from_fn(|i| if i < n { unsafe { *p.add(i) } } else { fill })
}

/// The first `n <= N` numbers.
///
/// # Safety
/// There is room for them.
#[inline(always)]
pub unsafe fn write_head<T: Copy, const N: usize>(p: *mut T, n: usize, all: [T; N]) {
    for (i, x) in all.into_iter().enumerate() {
        if i < n {
            // SAFETY: the caller vouches for n values.
            unsafe { *p.add(i) = x };
        }
    }
}

impl Io<f32> for Neon {
    #[inline(always)]
    unsafe fn load(self, p: *const f32) -> F32 {
        // SAFETY: see above.
        unsafe { Lanes::<f32>::get(self, p) }
    }
    #[inline(always)]
    unsafe fn load_head(self, p: *const f32, n: usize, fill: f32) -> F32 {
        // SAFETY: see above.
        unsafe { Lanes::<f32>::get(self, read_head::<f32, 8>(p, n, fill).as_ptr()) }
    }
    #[inline(always)]
    unsafe fn store(self, p: *mut f32, v: F32) {
        // SAFETY: see above.
        unsafe { Lanes::<f32>::put(self, p, v) }
    }
    #[inline(always)]
    unsafe fn store_head(self, p: *mut f32, n: usize, v: F32) {
        let mut all = [0f32; 8];
        // SAFETY: see above.
        unsafe {
            Lanes::<f32>::put(self, all.as_mut_ptr(), v);
            write_head(p, n, all);
        }
    }
}

impl Io<f64> for Neon {
    #[inline(always)]
    unsafe fn load(self, p: *const f64) -> F64 {
        // SAFETY: see above.
        unsafe { Lanes::<f64>::get(self, p) }
    }
    #[inline(always)]
    unsafe fn load_head(self, p: *const f64, n: usize, fill: f64) -> F64 {
        // SAFETY: see above.
        unsafe { Lanes::<f64>::get(self, read_head::<f64, 4>(p, n, fill).as_ptr()) }
    }
    #[inline(always)]
    unsafe fn store(self, p: *mut f64, v: F64) {
        // SAFETY: see above.
        unsafe { Lanes::<f64>::put(self, p, v) }
    }
    #[inline(always)]
    unsafe fn store_head(self, p: *mut f64, n: usize, v: F64) {
        let mut all = [0f64; 4];
        // SAFETY: see above.
        unsafe {
            Lanes::<f64>::put(self, all.as_mut_ptr(), v);
            write_head(p, n, all);
        }
    }
}
