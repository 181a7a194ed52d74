//! Which instructions are used.

use crate::rt::cpu::{self, Level};
use crate::status::Status;
use core::ffi::c_char;

/// Plain code; runs on every processor.
pub const LGT_LEVEL_PORTABLE: u32 = 0;
/// x86-64 with AVX2, FMA, F16C, BMI1 and BMI2.
pub const LGT_LEVEL_AVX2: u32 = 1;
/// x86-64 with AVX-512 F, BW, DQ and VL as well.
pub const LGT_LEVEL_AVX512: u32 = 2;
/// 64-bit Arm.
pub const LGT_LEVEL_NEON: u32 = 3;
/// WebAssembly built with simd128.
pub const LGT_LEVEL_SIMD128: u32 = 4;
/// No level of its own but a wish for one: that of this processor family whose results
/// are the same, bit for bit, on all families that have one. AVX2 on x86-64, also where
/// there is AVX-512; NEON on 64-bit Arm.
pub const LGT_LEVEL_REPRODUCIBLE: u32 = 100;

/// The level in use, an `LGT_LEVEL_` number. The first call of any function
/// finds the best level that the processor and the operating system support,
/// or takes the one that the environment variable `LOGITUDE_LEVEL` names
/// (`portable`, `avx2`, `avx512`, `neon`, `simd128`, or `reproducible` for what
/// `LGT_LEVEL_REPRODUCIBLE` means here) if the machine supports that.
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub extern "C" fn lgt_cpu_level() -> u32 {
    cpu::level() as u32
}

/// Uses exactly this level from now on, for the whole process: for tests, for
/// comparing machines, for finding faults. Going up again to what the machine
/// supports is allowed.
///
/// `LGT_LEVEL_REPRODUCIBLE` uses the level whose arithmetic does not depend on the
/// processor family: AVX2 or NEON, which `lgt_cpu_level` then returns. All results are
/// then the same bits on both, but for the sign and the payload of a NaN. WebAssembly,
/// processors without a fused multiply-add, and families that run plain code have none.
///
/// # Errors
/// `LGT_E_OPTION` for a number that is no level, `LGT_E_UNSUPPORTED` for a
/// level that this machine lacks; the level in use then stays.
///
/// Thread safety: any thread; calls that run meanwhile use either level.
#[unsafe(no_mangle)]
pub extern "C" fn lgt_cpu_set_level(level: u32) -> Status {
    let level = match level {
        LGT_LEVEL_REPRODUCIBLE => cpu::reproducible().ok_or(Status::LGT_E_UNSUPPORTED),
        number => Level::from_code(number).ok_or(Status::LGT_E_OPTION),
    };
    match level {
        Ok(level) if cpu::set_level(level) => Status::LGT_OK,
        Ok(_) => Status::LGT_E_UNSUPPORTED,
        Err(status) => status,
    }
}

/// The name of a level, as `LOGITUDE_LEVEL` takes it; "?" for a number that is
/// none. Static text. Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub extern "C" fn lgt_cpu_level_name(level: u32) -> *const c_char {
    let name = match level {
        LGT_LEVEL_REPRODUCIBLE => cpu::REPRODUCIBLE,
        number => Level::from_code(number).map_or(c"?", Level::name),
    };
    name.as_ptr()
}
