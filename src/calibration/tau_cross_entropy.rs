//! Cross-entropy at a temperature `tau` that is itself to be learnt, from robust
//! optimisation over distributions within a divergence `rho` of uniform.
//!
//! With `L = ln sum exp(x / tau)`, a row's loss is `tau L - x_y + (rho - ln n) tau`, where
//! `n` counts the entries above -inf. Its derivative in `x` is `p - y`, without `1 / tau`;
//! that in `tau` is `rho` less the divergence of `p` from uniform. It is convex in `tau`.

use super::temperatures::Temperatures;
use crate::rows::kind::Kind;
use crate::rows::labels::Labels;
use crate::rows::moments::{Table, TableMut};
use crate::rows::moments_pass::Scales;
use crate::rows::view::Column;
use crate::status::Status;

/// Where results go.
pub struct Outputs {
    /// Losses.
    pub loss: Column<f64>,
    /// Derivatives in the logits.
    pub dx: Option<TableMut>,
    /// Derivatives in tau.
    pub dtau: Column<f64>,
}

/// Losses of rows whose labels were checked.
#[inline(never)]
pub fn apply(x: Table, labels: Labels, taus: &Temperatures, rho: f64, to: &Outputs) -> Status {
    let mut status = Status::LGT_OK;
    for r in 0..x.rows {
        let row = x.row(r);
        let (label, tau) = (labels.column(r, x.cols), taus.get(r));
        let scales = Scales::new(tau);
        let moments = row.moments(&scales);
        let behind = row.behind(row.at(label));
        to.loss.set(r, behind + tau * (moments.log_mean() + rho));
        to.dtau.set(r, rho - moments.divergence());
        if let Some(dx) = &to.dx {
            let own = row.share(behind, tau, moments.sum);
            // SAFETY: both tables have these rows, and the label is in them.
            unsafe {
                row.write(&scales, moments.sum, 1.0, dx.row(r));
                row.put(dx.row(r), label, own - 1.0);
            }
        }
        if matches!(row.kind(), Kind::Empty) {
            status = Status::LGT_EMPTY_ROW;
        }
    }
    status
}
