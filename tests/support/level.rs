//! Instruction levels. The level is one for the whole process, so whoever runs
//! at a level holds the lock until done.
#![allow(dead_code)] // Each test binary uses its part.

use logitude::capi::cpu::*;
use logitude::status::Status;
use std::cell::Cell;
use std::sync::{Mutex, PoisonError};

static LEVEL: Mutex<()> = Mutex::new(());

thread_local! {
    static CURRENT: Cell<&'static str> = const { Cell::new("any") };
}

/// The level that this thread runs at, or "any" if it has not asked for one.
pub fn current() -> &'static str {
    CURRENT.get()
}

pub const ALL: [(u32, &str); 5] = [
    (LGT_LEVEL_PORTABLE, "portable"),
    (LGT_LEVEL_AVX2, "avx2"),
    (LGT_LEVEL_AVX512, "avx512"),
    (LGT_LEVEL_NEON, "neon"),
    (LGT_LEVEL_SIMD128, "simd128"),
];

/// Those that no processor of the family lacks.
const ALWAYS: &[u32] = match cfg!(target_arch = "aarch64") {
    true => &[LGT_LEVEL_PORTABLE, LGT_LEVEL_NEON],
    false => &[LGT_LEVEL_PORTABLE],
};

/// Runs `f` at `level`; `None` where the machine lacks it.
pub fn at<T>(level: u32, f: impl FnOnce() -> T) -> Option<T> {
    let _held = LEVEL.lock().unwrap_or_else(PoisonError::into_inner);
    match lgt_cpu_set_level(level) {
        Status::LGT_OK => {
            assert_eq!(lgt_cpu_level(), level);
            let name =
                ALL.iter().find(|(known, _)| *known == level).map_or("any", |(_, name)| name);
            let before = CURRENT.replace(name);
            let out = f();
            CURRENT.set(before);
            Some(out)
        }
        status => {
            assert_eq!(status, Status::LGT_E_UNSUPPORTED);
            assert!(!ALWAYS.contains(&level), "a level that is always there");
            None
        }
    }
}

/// Runs `f` at every level that the machine has.
pub fn each(mut f: impl FnMut(&'static str)) {
    for (level, name) in ALL {
        let _ = at(level, || f(name));
    }
}

/// Runs `f` at the best level that the machine has.
pub fn best<T>(f: impl FnOnce() -> T) -> T {
    let mut f = Some(f);
    let mut run = |level: u32| at(level, || f.take().map(|f| f()));
    ALL.iter().rev().find_map(|(level, _)| run(*level).flatten()).unwrap()
}
