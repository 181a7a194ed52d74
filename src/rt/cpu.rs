//! Which instructions may be used.
//!
//! `std::is_x86_feature_detected!` lives in std, so the questions are asked
//! here: CPUID says what the processor has, XGETBV says which registers the
//! operating system saves. Both must agree, or a wide register loses its upper
//! half at the next context switch.
//!
//! The answer is one byte. The first call finds it; two threads that race find
//! the same, so relaxed stores are enough.

use core::sync::atomic::{AtomicU8, Ordering::Relaxed};

/// A set of instructions that the kernels are compiled for. The numbers are
/// part of the C contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Level {
    /// Plain Rust over arrays of four; runs everywhere.
    Portable = 0,
    /// x86-64 with AVX2, FMA, F16C, BMI1 and BMI2.
    Avx2 = 1,
    /// x86-64 with AVX-512 F, BW, DQ and VL on top of AVX2.
    Avx512 = 2,
    /// 64-bit Arm; always there.
    Neon = 3,
    /// WebAssembly built with simd128; there is no asking at run time.
    Simd128 = 4,
}

impl Level {
    const ALL: [Level; 5] =
        [Level::Portable, Level::Avx2, Level::Avx512, Level::Neon, Level::Simd128];

    /// The level with this number.
    pub fn from_code(code: u32) -> Option<Level> {
        Level::ALL.into_iter().find(|l| *l as u32 == code)
    }

    /// The name that `LOGITUDE_LEVEL` takes.
    pub const fn name(self) -> &'static core::ffi::CStr {
        match self {
            Level::Portable => c"portable",
            Level::Avx2 => c"avx2",
            Level::Avx512 => c"avx512",
            Level::Neon => c"neon",
            Level::Simd128 => c"simd128",
        }
    }
}

/// The name by which `LOGITUDE_LEVEL` asks for [`reproducible`].
pub const REPRODUCIBLE: &core::ffi::CStr = c"reproducible";

const UNKNOWN: u8 = u8::MAX;
static CURRENT: AtomicU8 = AtomicU8::new(UNKNOWN);

/// The level in use. The first call detects it and reads `LOGITUDE_LEVEL`.
#[inline]
pub fn level() -> Level {
    match CURRENT.load(Relaxed) {
        0 => Level::Portable,
        #[cfg(target_arch = "x86_64")]
        1 => Level::Avx2,
        #[cfg(target_arch = "x86_64")]
        2 => Level::Avx512,
        #[cfg(target_arch = "aarch64")]
        3 => Level::Neon,
        #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
        4 => Level::Simd128,
        _ => first_use(),
    }
}

/// Uses exactly `level` from now on; false if this machine lacks it.
pub fn set_level(level: Level) -> bool {
    let can = supported(level);
    if can {
        CURRENT.store(level as u8, Relaxed);
    }
    can
}

/// Whether this machine has everything that `level` uses.
pub fn supported(level: Level) -> bool {
    level == Level::Portable || arch::supported(level)
}

/// The best level of this machine.
pub fn detected() -> Level {
    arch::BEST_FIRST.into_iter().find(|l| arch::supported(*l)).unwrap_or(Level::Portable)
}

/// The level of this processor family whose arithmetic is the same, bit for bit, as that
/// of all others that are returned here: 8 lanes of f32 and 4 of f64, a fused
/// multiply-add, one `exp2`, one order of every sum. AVX2 defines it and NEON follows
/// it. There is none where a multiplication and an addition are rounded each for itself.
pub fn reproducible() -> Option<Level> {
    arch::REPRODUCIBLE
}

#[cold]
fn first_use() -> Level {
    let level = wanted().filter(|l| supported(*l)).unwrap_or_else(detected);
    CURRENT.store(level as u8, Relaxed);
    level
}

/// The level named by the environment; an unknown name is no wish.
#[cfg(unix)]
fn wanted() -> Option<Level> {
    // SAFETY: the name ends in NUL; getenv returns null or a C string, which is
    // only compared before anything else could change the environment.
    unsafe {
        let value = libc::getenv(c"LOGITUDE_LEVEL".as_ptr());
        if value.is_null() {
            return None;
        }
        if libc::strcmp(value, REPRODUCIBLE.as_ptr()) == 0 {
            return reproducible();
        }
        Level::ALL.into_iter().find(|l| libc::strcmp(value, l.name().as_ptr()) == 0)
    }
}

#[cfg(not(unix))]
fn wanted() -> Option<Level> {
    None
}

#[cfg(target_arch = "x86_64")]
mod arch {
    use super::Level;
    use core::arch::x86_64::{__cpuid, __cpuid_count, _xgetbv};

    pub const BEST_FIRST: [Level; 2] = [Level::Avx512, Level::Avx2];
    pub const REPRODUCIBLE: Option<Level> = Some(Level::Avx2);

    // CPUID leaf 1, ecx.
    const FMA: u32 = 1 << 12;
    const OSXSAVE: u32 = 1 << 27;
    const AVX: u32 = 1 << 28;
    const F16C: u32 = 1 << 29;
    // CPUID leaf 7, ebx.
    const BMI1: u32 = 1 << 3;
    const AVX2: u32 = 1 << 5;
    const BMI2: u32 = 1 << 8;
    const AVX512F: u32 = 1 << 16;
    const AVX512DQ: u32 = 1 << 17;
    const AVX512BW: u32 = 1 << 30;
    const AVX512VL: u32 = 1 << 31;
    // XCR0: which registers the operating system saves.
    const YMM: u64 = 0x06;
    const ZMM: u64 = 0xe6;

    pub fn supported(level: Level) -> bool {
        let leaf1 = FMA | OSXSAVE | AVX | F16C;
        let leaf7 = BMI1 | AVX2 | BMI2;
        match level {
            Level::Avx2 => has(leaf1, leaf7, YMM),
            // Darwin saves the upper registers only on demand, and XCR0 does
            // not show it.
            Level::Avx512 => {
                !cfg!(target_vendor = "apple")
                    && has(leaf1, leaf7 | AVX512F | AVX512DQ | AVX512BW | AVX512VL, ZMM)
            }
            _ => false,
        }
    }

    fn has(leaf1: u32, leaf7: u32, saved: u64) -> bool {
        if __cpuid(0).eax < 7 || __cpuid(1).ecx & leaf1 != leaf1 {
            return false;
        }
        // SAFETY: leaf1 holds OSXSAVE, so XGETBV exists.
        let xcr0 = unsafe { xcr0() };
        xcr0 & saved == saved && __cpuid_count(7, 0).ebx & leaf7 == leaf7
    }

    #[target_feature(enable = "xsave")]
    unsafe fn xcr0() -> u64 {
        // SAFETY: the caller saw OSXSAVE; register 0 always exists.
        unsafe { _xgetbv(0) }
    }
}

#[cfg(target_arch = "aarch64")]
mod arch {
    use super::Level;
    pub const BEST_FIRST: [Level; 1] = [Level::Neon];
    pub const REPRODUCIBLE: Option<Level> = Some(Level::Neon);
    pub fn supported(level: Level) -> bool {
        level == Level::Neon
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod arch {
    use super::Level;
    pub const BEST_FIRST: [Level; 1] = [Level::Simd128];
    pub const REPRODUCIBLE: Option<Level> = None;
    pub fn supported(level: Level) -> bool {
        level == Level::Simd128
    }
}

#[cfg(not(any(
    target_arch = "x86_64",
    target_arch = "aarch64",
    all(target_arch = "wasm32", target_feature = "simd128")
)))]
mod arch {
    use super::Level;
    pub const BEST_FIRST: [Level; 0] = [];
    pub const REPRODUCIBLE: Option<Level> = None;
    pub fn supported(_: Level) -> bool {
        false
    }
}
