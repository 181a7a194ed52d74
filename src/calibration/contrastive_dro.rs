//! The robust contrastive loss of anchors: of each, how far similarities to all others
//! come near that to its own partner, by robust optimisation over them.
//!
//! With `h_j = s_ij - s_ii` for the `m` columns `j != i`, an anchor's loss is
//! `tau ln mean exp(h / tau) + tau rho`.

use super::tau_cross_entropy::{Outputs, write_shares};
use super::temperatures::{Temperatures, scale};
use crate::rows::kind::Kind;
use crate::rows::moments::Row;
use crate::rows::view::Rows;
use crate::simd::{Elem, Real};
use crate::status::Status;

/// Losses of anchors, row `r` with its partner in column `r < cols`.
pub fn apply<E: Elem>(x: Rows<E>, taus: &Temperatures, rho: f64, to: &Outputs<E>) -> Status {
    let mut status = Status::LGT_OK;
    for r in 0..x.rows {
        // SAFETY: the view vouches for its rows, and column `r` is one.
        let (row, own) =
            unsafe { (Row::without(x.row(r), x.cols, r), (*x.row(r).add(r)).widen().to_f64()) };
        let tau = taus.get(r);
        let scale = scale(tau);
        let moments = row.moments(&scale);
        to.loss.set(r, (row.top().to_f64() - own) + tau * (moments.log_mean() + rho));
        // As of cross-entropy: what the mean of `h` gains is lost by the logarithm.
        to.dtau.set(r, rho - moments.divergence());
        if let Some(dx) = &to.dx {
            // SAFETY: both views vouch for their rows.
            unsafe {
                write_shares(&row, (x.row(r), dx.row(r), x.cols), &scale, moments.sum);
                *dx.row(r).add(r) = E::narrow(E::Acc::of(-1.0));
            }
        }
        if matches!(row.kind(), Kind::Empty) {
            status = status.or(Status::LGT_EMPTY_ROW);
        }
    }
    status
}
