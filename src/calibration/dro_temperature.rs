//! The robust temperature of a row: at which its softmax is as far from uniform, by
//! divergence, as it may be.
//!
//! The divergence falls with `t = ln tau`, its derivative being less the variance of
//! `x / tau` under the softmax. Where `tau` is large it falls like `tau^-2`, so that its
//! logarithm is a line: Newton's method on that, from where the line would end, inside
//! a bracket that shrinks with every step, and is halved where Newton leaves it.

use crate::rows::kind::Kind;
use crate::rows::moments::{Moments, Row, Scales, Table};
use crate::rows::view::Column;
use crate::status::Status;

/// What is asked for.
#[derive(Clone, Copy)]
pub struct Bounds {
    /// The divergence, at least 0.
    pub rho: f64,
    /// The least temperature.
    pub tau_min: f64,
    /// The largest.
    pub tau_max: f64,
}

/// Where in the bounds a temperature was found.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The divergence there is the one asked for.
    Inside,
    /// It is below that even at the least temperature.
    Low,
    /// It is above that even at the largest.
    High,
}

/// What was found.
pub struct Found {
    /// The temperature; NaN if the row has none.
    pub tau: f64,
    /// It, for use.
    pub scales: Scales,
    /// Moments there.
    pub moments: Moments,
    /// Where that is.
    pub place: Place,
}

/// Steps at most.
const STEPS: u32 = 60;

impl Found {
    /// A row at some temperature.
    #[inline(never)]
    fn at(row: &Row, tau: f64, place: Place) -> Found {
        let scales = Scales::new(tau);
        let moments = row.moments(&scales);
        let tau = if moments.sum.is_nan() { f64::NAN } else { tau };
        Found { tau, scales, moments, place }
    }
}

/// Finds the temperature of a row.
#[inline(never)]
pub fn solve(row: &Row, bounds: &Bounds) -> Found {
    let Bounds { rho, tau_min, tau_max } = *bounds;
    let least = Found::at(row, tau_min, Place::Low);
    if least.moments.sum.is_nan() || least.moments.divergence() <= rho {
        return least;
    }
    let most = Found::at(row, tau_max, Place::High);
    if most.moments.divergence() >= rho {
        return most;
    }
    let (mut low, mut high) = (libm::log(tau_min), libm::log(tau_max));
    let mut log = high + 0.5 * libm::log(0.5 * most.moments.variance / rho);
    let (mut found, rough) = (most, row.rough());
    for _ in 0..STEPS {
        // NaN is not inside.
        if !(log > low && log < high) {
            log = 0.5 * (low + high);
        }
        found = Found::at(row, libm::exp(log), Place::Inside);
        let divergence = found.moments.divergence();
        if divergence > rho {
            low = log
        } else {
            high = log
        }
        let noise = rough * 0.5 * (1.0 + libm::log(found.moments.entries));
        let step = divergence / found.moments.variance * libm::log(divergence / rho);
        if (divergence - rho).abs() <= noise || step.abs() <= rough {
            break;
        }
        log += step;
    }
    found
}

/// The temperatures of rows, and the divergences there.
#[inline(never)]
pub fn apply(x: Table, bounds: &Bounds, tau: Column<f64>, kl: Column<f64>) -> Status {
    let (mut clamped, mut empty) = (false, false);
    for r in 0..x.rows {
        let row = x.row(r);
        let found = solve(&row, bounds);
        tau.set(r, found.tau);
        kl.set(r, found.moments.divergence());
        clamped |= found.place != Place::Inside && !found.tau.is_nan();
        empty |= matches!(row.kind(), Kind::Empty);
    }
    match (empty, clamped) {
        (true, _) => Status::LGT_EMPTY_ROW,
        (_, true) => Status::LGT_AT_BOUND,
        _ => Status::LGT_OK,
    }
}
