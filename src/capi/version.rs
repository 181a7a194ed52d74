//! Which library this is.

use core::ffi::{CStr, c_char};

const fn number(digits: &str) -> u32 {
    let (bytes, mut i, mut value) = (digits.as_bytes(), 0, 0);
    while i < bytes.len() {
        value = value * 10 + (bytes[i] - b'0') as u32;
        i += 1;
    }
    value
}

const NUMBER: u32 = number(env!("CARGO_PKG_VERSION_MAJOR")) * 10000
    + number(env!("CARGO_PKG_VERSION_MINOR")) * 100
    + number(env!("CARGO_PKG_VERSION_PATCH"));

const fn c_str(text: &'static str) -> &'static CStr {
    match CStr::from_bytes_with_nul(text.as_bytes()) {
        Ok(text) => text,
        Err(_) => c"",
    }
}

/// The version of the library that is running, as "major.minor.patch".
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub extern "C" fn lgt_version() -> *const c_char {
    const { c_str(concat!(env!("CARGO_PKG_VERSION"), "\0")) }.as_ptr()
}

/// The version of the library that is running, as
/// `major * 10000 + minor * 100 + patch`; compare with
/// `LGT_VERSION_NUMBER` of the header. Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub extern "C" fn lgt_version_number() -> u32 {
    NUMBER
}

/// What this library was built for: version, processor family, the levels it
/// holds kernels for. One line, for logs. Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub extern "C" fn lgt_build_info() -> *const c_char {
    macro_rules! info {
        ($levels:literal) => {
            const { c_str(concat!("logitude ", env!("CARGO_PKG_VERSION"), " ", $levels, "\0")) }
        };
    }
    if cfg!(target_arch = "x86_64") {
        info!("x86_64: portable avx2 avx512")
    } else if cfg!(target_arch = "aarch64") {
        info!("aarch64: portable neon")
    } else if cfg!(all(target_arch = "wasm32", target_feature = "simd128")) {
        info!("wasm32: portable simd128")
    } else if cfg!(target_arch = "wasm32") {
        info!("wasm32: portable")
    } else {
        info!("portable")
    }
    .as_ptr()
}
