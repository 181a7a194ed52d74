//! The robust contrastive loss of anchors: of each, how far similarities to all others
//! come near that to its own partner, by robust optimisation over them.
//!
//! With `h_j = s_ij - s_ii` for the `m` columns `j != i`, an anchor's loss is
//! `tau ln mean exp(h / tau) + tau rho`.

use super::tau_cross_entropy::Outputs;
use super::temperatures::Temperatures;
use crate::rows::kind::Kind;
use crate::rows::moments::Table;
use crate::rows::moments_pass::Scales;
use crate::status::Status;

/// Losses of anchors, row `r` with its partner in column `r < cols`.
#[inline(never)]
pub fn apply(x: Table, taus: &Temperatures, rho: f64, to: &Outputs) -> Status {
    let mut status = Status::LGT_OK;
    for r in 0..x.rows {
        let (row, tau) = (x.row_without(r, r), taus.get(r));
        let (scales, own) = (Scales::new(tau), row.at(r));
        let moments = row.moments(&scales);
        // A NaN anywhere, also of the partner, and nothing above -inf make all of a row NaN.
        let sum = if own.is_nan() { own } else { moments.sum };
        to.loss.set(r, (row.top() - own) + tau * (moments.log_mean() + rho));
        // As of cross-entropy: what the mean of `h` gains is lost by the logarithm.
        to.dtau.set(r, if sum.is_nan() { sum } else { rho - moments.divergence() });
        if let Some(dx) = &to.dx {
            // SAFETY: both tables have these rows.
            unsafe {
                row.write(&scales, sum, 1.0, dx.row(r));
                row.put(dx.row(r), r, if sum.is_nan() { sum } else { -1.0 });
            }
        }
        if matches!(row.kind(), Kind::Empty) {
            status = Status::LGT_EMPTY_ROW;
        }
    }
    status
}
