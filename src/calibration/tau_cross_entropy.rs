//! Cross-entropy at a temperature `tau` that is itself to be learnt, from robust
//! optimisation over distributions within a divergence `rho` of uniform.
//!
//! With `L = ln sum exp(x / tau)`, a row's loss is `tau L - x_y + (rho - ln n) tau`, where
//! `n` counts the entries above -inf. Its derivative in `x` is `p - y`, without `1 / tau`;
//! that in `tau` is `rho` less the divergence of `p` from uniform. It is convex in `tau`.

use super::temperatures::{Temperatures, scale};
use crate::rows::kind::Kind;
use crate::rows::labels::Labels;
use crate::rows::moments::Row;
use crate::rows::view::{Column, Rows, RowsMut};
use crate::simd::{Elem, Real};
use crate::softmax::row::{Corner, Opts, write_corner};
use crate::status::Status;

/// Where results go.
pub struct Outputs<E: Elem> {
    /// Losses.
    pub loss: Column<f64>,
    /// Derivatives in the logits.
    pub dx: Option<RowsMut<E>>,
    /// Derivatives in tau.
    pub dtau: Column<f64>,
}

/// Losses of rows whose labels were checked.
pub fn apply<E: Elem>(
    x: Rows<E>,
    labels: Labels,
    taus: &Temperatures,
    rho: f64,
    to: &Outputs<E>,
) -> Status {
    let mut status = Status::LGT_OK;
    for r in 0..x.rows {
        // SAFETY: the view vouches for its rows.
        let row = unsafe { Row::new(x.row(r), x.cols) };
        let (label, tau) = (labels.get(r) as usize, taus.get(r));
        let scale = scale(tau);
        let moments = row.moments(&scale);
        let behind = row.behind(label);
        to.loss.set(r, behind + tau * (moments.log_mean() + rho));
        to.dtau.set(r, rho - moments.divergence());
        if let Some(dx) = &to.dx {
            let own = share(&row, behind / tau, moments.sum);
            // SAFETY: both views vouch for their rows, and the label is in it.
            unsafe {
                write_shares(&row, (x.row(r), dx.row(r), x.cols), &scale, moments.sum);
                *dx.row(r).add(label) = E::narrow(E::Acc::of(own - 1.0));
            }
        }
        if matches!(row.kind(), Kind::Empty) {
            status = status.or(Status::LGT_EMPTY_ROW);
        }
    }
    status
}

/// The share of an entry that is so far behind the largest.
#[inline(always)]
fn share<E: Elem>(row: &Row<E>, behind: f64, sum: f64) -> f64 {
    match row.kind() {
        Kind::Infinite(_) if behind > 0.0 => 0.0,
        _ => libm::exp(-behind) / sum,
    }
}

/// Writes the shares of a row of any kind.
///
/// # Safety
/// `x` must be the row, readable, and `y` writable, for `n` values.
#[inline(never)]
pub unsafe fn write_shares<E: Elem>(
    row: &Row<E>,
    arrays: (*const E, *mut E, usize),
    scale: &crate::math::exp::Scale<E::Acc>,
    sum: f64,
) {
    // SAFETY: the caller vouches for the arrays.
    unsafe {
        match row.kind() {
            Kind::Finite(_) => row.write(scale, sum, 1.0, arrays.1),
            kind => {
                let _ = write_corner::<E>(kind, &Corner::shares(), &Opts::DEFAULT, arrays);
            }
        }
    }
}
