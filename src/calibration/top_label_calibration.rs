//! A calibrator of two classes, right or wrong, for rows of each predicted class
//! (C. Gupta and A. Ramdas, 2022): confidences then mean what they say whatever is
//! predicted. Classes that are predicted too seldom share one.

use super::reduction::{self, Gathered, Method, Opts, Reduction, Writer, gathered_words};
use super::score_nll;
use crate::metrics::ace::Table;
use crate::metrics::points::Point;
use crate::model::{Fitted, Model, View};
use crate::rows::view::{Rows, RowsMut};
use crate::simd::{Elem, Real};
use crate::state::Kind;
use crate::status::Status;

/// The model.
pub struct TopLabel;

impl Model for TopLabel {
    const KIND: Kind = Kind::TopLabel;

    fn fits(param: u32, parameters: usize) -> bool {
        parameters > param as usize + 1
    }

    fn good(param: u32, parameters: &[f64]) -> bool {
        reduction::good(parameters, param as usize + 1, 1)
    }
}

impl Reduction for TopLabel {
    fn parameters(method: &Method, rows: usize, cols: usize, weighted: bool) -> Option<usize> {
        let all = method.parameters(rows, weighted)?;
        reduction::parameters(cols.checked_add(1)?, method.dealt(cols, rows)?.checked_add(all))
    }

    fn words(method: &Method, rows: usize, cols: usize, weighted: bool) -> Option<usize> {
        let gathered =
            gathered_words(rows, weighted)?.checked_add(method.words(rows, weighted)?)?;
        gathered.checked_add(cols.checked_add(1)?)
    }

    fn fit(
        table: &Table,
        weighted: bool,
        opts: &Opts,
        to: &mut [f64],
        scratch: &mut [u64],
    ) -> Result<(Fitted, usize), Status> {
        let Opts { method, min_rows } = opts;
        let (starts, scratch) =
            scratch.split_at_mut_checked(table.cols + 1).ok_or(Status::LGT_E_SCRATCH)?;
        let (mut gathered, scratch) = Gathered::new(scratch, table.points.n, weighted);
        group(table, method, starts, &mut gathered)?;
        let (all, mut start) = (gathered.n, 0);
        let mut writer = Writer::new(to, table.cols + 1);
        writer.put(method, &gathered.part(0, all), scratch)?;
        for end in starts.iter().take(table.cols).map(|end| *end as usize) {
            if end - start >= (*min_rows).max(1) {
                writer.put(method, &gathered.part(start, end), scratch)?;
            } else {
                writer.skip();
            }
            start = end;
        }
        let (used, mut fitted) = (writer.used(), writer.fitted);
        fitted.nll_before = score_nll::mean(&gathered.part(0, all).data);
        let head = crate::model::ModelHead::NONE;
        let model = View { head: &head, parameters: to };
        let mut start = 0;
        for (k, end) in starts.iter().take(table.cols).map(|end| *end as usize).enumerate() {
            if let Some(part) = of_class(&model, k) {
                reduction::apply(&part, gathered.scores(start, end));
            }
            start = end;
        }
        fitted.nll_after = score_nll::mean(&gathered.part(0, all).data);
        Ok((fitted, used))
    }

    fn apply<E: Elem>(model: &View, x: Rows<E>, y: RowsMut<E>) {
        for r in 0..x.rows {
            let value = |k: usize| {
                // SAFETY: the view vouches for its rows.
                unsafe { *x.row(r).wrapping_add(k) }.widen().to_f64()
            };
            let best = (0..x.cols).fold(0, |best, k| if value(k) > value(best) { k } else { best });
            // Added up without the largest, beside which the others may be tiny.
            let rest: f64 = (0..x.cols).filter(|k| *k != best).map(value).sum();
            if x.cols == 0 {
                return;
            }
            let mut calibrated = [value(best)];
            match of_class(model, best) {
                Some(part) => reduction::apply(&part, &mut calibrated),
                None => calibrated = [f64::NAN],
            }
            let [p] = calibrated;
            let others = x.cols - 1;
            for k in 0..x.cols {
                let share = if rest > 0.0 { value(k) / rest } else { 1.0 / others as f64 };
                let q = if k == best { p } else { share * (1.0 - p) };
                let q = if (rest + p).is_nan() { f64::NAN } else { q };
                // SAFETY: the view vouches for its rows.
                unsafe { *y.row(r).wrapping_add(k) = E::narrow(E::Acc::of(q)) };
            }
        }
    }
}

/// The predicted class of row `r` and what there is to know of it; none where the row
/// does not count, and `E_VALUE` where a column of it is NaN.
fn top(table: &Table, r: usize) -> Result<Option<(usize, Point)>, Status> {
    let mut best: Option<(usize, Point)> = None;
    for k in 0..table.cols {
        // SAFETY: the table has these columns.
        let Some(point) = unsafe { table.points.of_class(k, table.stride, k) }.get(r) else {
            return Ok(None);
        };
        if point.p.is_nan() {
            return Err(Status::LGT_E_VALUE);
        }
        if best.is_none_or(|(_, most)| point.p > most.p) {
            best = Some((k, point));
        }
    }
    Ok(best)
}

/// Gathers confidences by predicted class; `ends` says where each class ends.
fn group(
    table: &Table,
    method: &Method,
    ends: &mut [u64],
    gathered: &mut Gathered,
) -> Result<(), Status> {
    ends.fill(0);
    for r in 0..table.points.n {
        if let Some((k, point)) = top(table, r)? {
            if !method.takes(point.p) {
                return Err(Status::LGT_E_VALUE);
            }
            ends.get_mut(k + 1).into_iter().for_each(|count| *count += 1);
        }
    }
    let mut sum = 0;
    ends.iter_mut().for_each(|end| {
        sum += *end;
        *end = sum;
    });
    // Where a class starts moves to where it ends.
    for r in 0..table.points.n {
        let Some((k, point)) = top(table, r)? else { continue };
        if let Some(place) = ends.get_mut(k) {
            gathered.put(*place as usize, point);
            *place += 1;
        }
    }
    Ok(())
}

/// The calibrator of a predicted class.
fn of_class<'a>(model: &View<'a>, k: usize) -> Option<View<'a>> {
    reduction::part(model, k + 1).or_else(|| reduction::part(model, 0))
}
