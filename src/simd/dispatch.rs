//! The doors: the one place where instructions are switched on.
//!
//! Each door is one function for the whole library, not inlined itself so that
//! `tests/codegen.rs` finds it by name, with everything behind it inlined.

#[cfg(target_arch = "aarch64")]
use super::arm::neon::Neon;
use super::portable::Portable;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
use super::wasm::simd128::Simd128;
#[cfg(target_arch = "x86_64")]
use super::x86::{avx2::Avx2, avx512::Avx512};
use super::{Elem, Io, Kernel};
use crate::rt::cpu::{Level, level};

/// Runs `kernel` behind the door of the level in use.
#[cfg(target_arch = "x86_64")]
#[inline]
pub fn enter<E: Elem, K: Kernel<E>>(kernel: K) -> K::Out
where
    Portable: Io<E>,
    Avx2: Io<E>,
    Avx512: Io<E>,
{
    match level() {
        // SAFETY: a level in use is one the processor and the system support.
        Level::Avx512 => unsafe { enter_avx512(kernel) },
        // SAFETY: as above.
        Level::Avx2 => unsafe { enter_avx2(kernel) },
        _ => enter_portable(kernel),
    }
}

/// Runs `kernel` behind the door of the level in use.
#[cfg(target_arch = "aarch64")]
#[inline]
pub fn enter<E: Elem, K: Kernel<E>>(kernel: K) -> K::Out
where
    Portable: Io<E>,
    Neon: Io<E>,
{
    match level() {
        // SAFETY: a level in use is one the processor and the system support.
        Level::Neon => unsafe { enter_neon(kernel) },
        _ => enter_portable(kernel),
    }
}

/// Runs `kernel` behind the door of the level in use.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline]
pub fn enter<E: Elem, K: Kernel<E>>(kernel: K) -> K::Out
where
    Portable: Io<E>,
    Simd128: Io<E>,
{
    match level() {
        // SAFETY: a level in use is one the processor and the system support.
        Level::Simd128 => unsafe { enter_simd128(kernel) },
        _ => enter_portable(kernel),
    }
}

/// Runs `kernel` behind the door of the level in use.
#[cfg(not(any(
    target_arch = "x86_64",
    target_arch = "aarch64",
    all(target_arch = "wasm32", target_feature = "simd128")
)))]
#[inline]
pub fn enter<E: Elem, K: Kernel<E>>(kernel: K) -> K::Out
where
    Portable: Io<E>,
{
    let _: Level = level();
    enter_portable(kernel)
}

#[inline(never)]
fn enter_portable<E: Elem, K: Kernel<E>>(kernel: K) -> K::Out
where
    Portable: Io<E>,
{
    kernel.run(Portable)
}

#[cfg(target_arch = "x86_64")]
#[inline(never)]
#[target_feature(enable = "avx2,fma,f16c,bmi1,bmi2,popcnt,lzcnt")]
unsafe fn enter_avx2<E: Elem, K: Kernel<E>>(kernel: K) -> K::Out
where
    Avx2: Io<E>,
{
    // SAFETY: inside this function the instructions are there.
    kernel.run(unsafe { Avx2::assume() })
}

#[cfg(target_arch = "x86_64")]
#[inline(never)]
#[target_feature(
    enable = "avx512f,avx512bw,avx512dq,avx512vl,avx2,fma,f16c,bmi1,bmi2,popcnt,lzcnt"
)]
unsafe fn enter_avx512<E: Elem, K: Kernel<E>>(kernel: K) -> K::Out
where
    Avx512: Io<E>,
{
    // SAFETY: inside this function the instructions are there.
    kernel.run(unsafe { Avx512::assume() })
}

#[cfg(target_arch = "aarch64")]
#[inline(never)]
#[target_feature(enable = "neon")]
unsafe fn enter_neon<E: Elem, K: Kernel<E>>(kernel: K) -> K::Out
where
    Neon: Io<E>,
{
    // SAFETY: inside this function the instructions are there.
    kernel.run(unsafe { Neon::assume() })
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline(never)]
#[target_feature(enable = "simd128")]
unsafe fn enter_simd128<E: Elem, K: Kernel<E>>(kernel: K) -> K::Out
where
    Simd128: Io<E>,
{
    // SAFETY: inside this function the instructions are there.
    kernel.run(unsafe { Simd128::assume() })
}
