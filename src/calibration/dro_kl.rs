//! The worst mean of losses over distributions within a divergence of uniform, by its
//! dual: one temperature instead of as many probabilities.
//!
//! `max_p <p, l> - tau_min KL(p || u)` over `KL(p || u) <= rho` is the minimum over
//! `tau >= tau_min` of `tau ln mean exp(l / tau) + (tau - tau_min) rho`, and `p` is the
//! softmax of `l / tau` there.

use super::dro_temperature::{Bounds, Place, solve};
use crate::rows::kind::Kind;
use crate::rows::moments::{Table, TableMut};
use crate::rows::view::Column;
use crate::status::Status;

/// Where results go.
pub struct Outputs {
    /// The worst means.
    pub value: Column<f64>,
    /// Their temperatures.
    pub tau: Column<f64>,
    /// The distributions, if anyone wants them.
    pub weights: Option<TableMut>,
}

/// The worst means of rows of losses.
#[inline(never)]
pub fn apply(x: Table, bounds: &Bounds, to: &Outputs) -> Status {
    let (mut clamped, mut empty) = (false, false);
    for r in 0..x.rows {
        let row = x.row(r);
        let found = solve(&row, bounds);
        let tau = found.tau;
        let above = tau * found.moments.log_mean() + (tau - bounds.tau_min) * bounds.rho;
        to.value.set(r, row.top() + above);
        to.tau.set(r, tau);
        if let Some(weights) = &to.weights {
            // SAFETY: both tables have these rows.
            unsafe { row.write(&found.scales, found.moments.sum, 1.0, weights.row(r)) };
        }
        // At the least temperature the divergence is merely less than it might be.
        clamped |= found.place == Place::High;
        empty |= matches!(row.kind(), Kind::Empty);
    }
    match (empty, clamped) {
        (true, _) => Status::LGT_EMPTY_ROW,
        (_, true) => Status::LGT_AT_BOUND,
        _ => Status::LGT_OK,
    }
}
