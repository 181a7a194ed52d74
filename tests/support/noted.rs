//! Errors of tests that compare one number at a time: noted as they are compared.
#![allow(dead_code)] // Each test binary uses its part.

use super::level;
use super::worst::Worst;
use std::cell::RefCell;
use std::panic::Location;
use std::path::Path;

/// Of one thread, which is one test.
#[derive(Default)]
struct Noted(Worst);

thread_local! {
    static NOTED: RefCell<Noted> = RefCell::default();
}

impl Drop for Noted {
    fn drop(&mut self) {
        self.0.print();
    }
}

/// Whether `got` is within `bound` times `scale` of what is exact. The error is noted under
/// the name of the caller's file and the level, and printed when the test's thread ends.
#[track_caller]
pub fn close(got: f64, exact: f64, bound: f64, scale: f64) -> bool {
    let same = got == exact || got.is_nan() && exact.is_nan();
    let error = if same { 0.0 } else { (got - exact).abs() / scale };
    if bound > 0.0 {
        let file = Path::new(Location::caller().file()).file_stem().unwrap_or_default();
        let name = format!("{} f64 {}", file.display(), level::current());
        NOTED.with_borrow_mut(|noted| noted.0.see((&name, ""), error, bound, String::new));
    }
    same || error <= bound
}
