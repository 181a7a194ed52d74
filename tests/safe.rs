//! The Rust API: every function for every storage type with arrays that are as long as
//! they must be, and what it refuses.

// A model may be fitted twice before it is applied.
#[allow(unused_assignments)]
#[rustfmt::skip]
#[path = "safe/every.rs"]
mod every;
#[path = "safe/given.rs"]
mod given;

use given::Seen;
use logitude::{Bf16, F16};

#[test]
fn every_function_stays_within_its_arrays() {
    let mut seen = Seen::default();
    for all in [true, false] {
        every::every::<f32>(all, &mut seen);
        every::every::<f64>(all, &mut seen);
        every::every::<F16>(all, &mut seen);
        every::every::<Bf16>(all, &mut seen);
    }
    for (function, error) in &seen.refused {
        println!("{function}: {error}");
    }
    let refused = seen.refused.len();
    println!("{refused} of {} calls refused", seen.functions.len());
    // Most of what is called is done.
    assert!(refused * 4 < seen.functions.len(), "{refused} of {}", seen.functions.len());
}
