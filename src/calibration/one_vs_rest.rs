//! One calibrator of two classes for each class, "this one or another", and shares of
//! what they say (B. Zadrozny and C. Elkan, 2002).

use super::reduction::{self, Gathered, Method, Opts, Reduction, Writer, gathered_words};
use crate::metrics::ace::Table;
use crate::model::{Fitted, Model, View};
use crate::rows::column::{BLOCK, Values};
use crate::rows::view::{Rows, RowsMut};
use crate::simd::{Elem, Real};
use crate::state::Kind;
use crate::status::Status;

/// The model.
pub struct OneVsRest;

impl Model for OneVsRest {
    const KIND: Kind = Kind::OneVsRest;

    fn fits(param: u32, parameters: usize) -> bool {
        parameters > param as usize
    }

    fn good(param: u32, parameters: &[f64]) -> bool {
        reduction::good(parameters, param as usize, param as usize)
    }
}

impl Reduction for OneVsRest {
    fn parameters(method: &Method, rows: usize, cols: usize, weighted: bool) -> Option<usize> {
        let one = method.parameters(rows, weighted)?;
        reduction::parameters(cols, cols.checked_mul(one))
    }

    fn words(method: &Method, rows: usize, cols: usize, weighted: bool) -> Option<usize> {
        // Columns are gathered one at a time.
        if cols == 0 {
            Some(0)
        } else {
            gathered_words(rows, weighted)?.checked_add(method.words(rows, weighted)?)
        }
    }

    fn fit(
        table: &Table,
        weighted: bool,
        opts: &Opts,
        to: &mut [f64],
        scratch: &mut [u64],
    ) -> Result<(Fitted, usize), Status> {
        // SAFETY: the table has these columns.
        let column = |k| unsafe { table.points.of_class(k, table.stride, k) };
        if (0..table.cols).any(|k| column(k).iter().any(|point| !opts.method.takes(point.p))) {
            return Err(Status::LGT_E_VALUE);
        }
        let (mut gathered, scratch) = Gathered::new(scratch, table.points.n, weighted);
        let mut writer = Writer::new(to, table.cols);
        for k in 0..table.cols {
            gathered.fill(&column(k));
            writer.put(&opts.method, &gathered.part(0, gathered.n), scratch)?;
        }
        if gathered.n == 0 {
            writer.fitted.status = Status::LGT_DEGENERATE;
        }
        Ok((writer.fitted, writer.used()))
    }

    fn apply<E: Elem>(model: &View, x: Rows<E>, y: RowsMut<E>) {
        let mut room = [0.0; BLOCK];
        for start in (0..x.rows).step_by(BLOCK) {
            let n = BLOCK.min(x.rows - start);
            let mut sums = [0.0; BLOCK];
            for k in 0..x.cols {
                let block = room.get_mut(..n).unwrap_or(&mut []);
                // SAFETY: these rows are there, and the block has room for them.
                unsafe {
                    Values::new(&x.piece(k, 1), x.stride()).get(start, n, block.as_mut_ptr())
                };
                match reduction::part(model, k) {
                    Some(part) => reduction::apply(&part, block),
                    None => block.fill(f64::NAN),
                }
                for (i, (p, sum)) in block.iter().zip(&mut sums).enumerate() {
                    *sum += *p;
                    // SAFETY: the view vouches for its rows.
                    unsafe { *y.row(start + i).wrapping_add(k) = E::narrow(E::Acc::of(*p)) };
                }
            }
            for (i, sum) in sums.iter().enumerate().take(n) {
                share(y.row(start + i), x.cols, *sum);
            }
        }
    }
}

/// Divides a row by its sum; where that is 0, all classes are alike.
fn share<E: Elem>(row: *mut E, cols: usize, sum: f64) {
    for k in 0..cols {
        // SAFETY: the view vouches for its rows.
        let to = unsafe { &mut *row.wrapping_add(k) };
        let p = if sum == 0.0 { 1.0 / cols as f64 } else { to.widen().to_f64() / sum };
        *to = E::narrow(E::Acc::of(p));
    }
}
