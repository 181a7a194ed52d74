//! Cross-entropy of logits: with `p = softmax(scale x)`, a row's loss is
//! `-sum_c t_c ln p_c + penalty lse^2` for targets `t_c = w_c (own y_c + each)`, where
//! `y` is 1 at the label, or soft labels.
//!
//! Its derivative is `scale ((sum t + 2 penalty lse) p_c - t_c)`. A row with a label is
//! read once for its sum, and its gradient is written while the next row is read.

use super::cross_entropy_pass::{Next, RATIO, Step, Summed, Waiting};
use super::cross_entropy_row::{self, Found, Target};
use super::rows::{Loss, Losses, Task};
use crate::math::exp::Scale;
use crate::rows::kind::{Kind, kind};
use crate::rows::labels::Labels;
use crate::rows::moments::Table;
use crate::rows::moments_pass::{Computed, Scales};
use crate::rows::numbers::Numbers;
use crate::rows::pass::{Pass, walk};
use crate::rows::tally::{self, Tally};
use crate::rows::view::{Column, Rows, RowsMut};
use crate::simd::{Elem, Io, Kernel, Real, V};
use crate::softmax::line::Line;
use crate::softmax::row::{self, RowsPair};
use crate::status::Status;

/// What of cross-entropy may be different.
#[derive(Clone, Copy)]
pub struct Opts<'a> {
    /// What counts of the label, or of soft labels.
    pub own: f64,
    /// What counts of every class besides.
    pub each: f64,
    /// Of the squared logarithm of the sum.
    pub penalty: f64,
    /// Scores are multiplied by this.
    pub scale: f64,
    /// The same, ready for use.
    pub scales: Scales,
    /// A label of this is none.
    pub ignore: i64,
    /// A weight a class, if not 1.
    pub class_weights: Option<&'a [f64]>,
}

impl Opts<'_> {
    /// The weight of a class.
    #[inline(always)]
    pub fn class_weight(&self, class: usize) -> f64 {
        self.class_weights.map_or(1.0, |of| of.get(class).copied().unwrap_or(0.0))
    }
}

/// Losses of rows whose labels were checked, or are the diagonal; the logarithm of each
/// row's sum.
#[inline(never)]
pub fn apply(losses: &Losses, labels: Option<Labels>, lse: Column<f64>, opts: &Opts) -> Status {
    match losses.x.numbers {
        Numbers::F32(x) => Rowwise::new(x, losses, labels, lse, opts).run(),
        Numbers::F64(x) => Rowwise::new(x, losses, labels, lse, opts).run(),
        Numbers::F16(x) => Rowwise::new(x, losses, labels, lse, opts).run(),
        Numbers::Bf16(x) => Rowwise::new(x, losses, labels, lse, opts).run(),
    }
}

/// Losses of rows with soft labels, which were checked.
#[inline(never)]
pub fn soft(losses: &Losses, targets: Table, lse: Column<f64>, opts: &Opts) -> Status {
    clear(lse, losses.x.rows);
    losses.each(&|_| Some(1.0), &mut |task| {
        let target = Target::Soft(targets.row_numbers(task.r));
        said(cross_entropy_row::of(losses, task, target, opts), task.r, lse)
    })
}

/// Of rows that do not count there is no logarithm.
#[inline(never)]
fn clear(lse: Column<f64>, rows: usize) {
    if lse.is_wanted() {
        (0..rows).for_each(|r| lse.set(r, f64::NAN));
    }
}

/// A loss as its row says it.
fn said(found: Found, r: usize, lse: Column<f64>) -> Loss {
    lse.set(r, found.lse);
    (found.loss, if found.empty { Status::LGT_EMPTY_ROW } else { Status::LGT_OK })
}

/// The label of row `r`.
#[inline(always)]
fn label(labels: Option<Labels>, r: usize, cols: usize) -> usize {
    labels.map_or(r, |labels| labels.column(r, cols))
}

/// Rows one after another, the gradient of one of them waiting.
struct Rowwise<'a, E: Elem> {
    x: Rows<E>,
    losses: &'a Losses,
    labels: Option<Labels>,
    lse: Column<f64>,
    opts: &'a Opts<'a>,
    scale: Scale<E::Acc>,
    past: bool,
    line: Line<E>,
    waiting: Option<(Waiting<E>, Entry<E>)>,
    written: Option<Entry<E>>,
}

/// The entry of a label, whose gradient is written by itself: when the line it may be in
/// is written.
#[derive(Clone, Copy)]
struct Entry<E> {
    at: *mut E,
    value: E,
}

impl<E: Elem> Entry<E> {
    fn write(self) {
        // SAFETY: a label's column of a gradient that the caller vouched for.
        unsafe { *self.at = self.value }
    }
}

impl<'a, E: Elem> Rowwise<'a, E>
where
    E::Acc: Computed,
{
    #[inline(always)]
    fn new(
        x: *const E,
        losses: &'a Losses,
        labels: Option<Labels>,
        lse: Column<f64>,
        opts: &'a Opts<'a>,
    ) -> Self {
        let Table { stride, rows, cols, .. } = losses.x;
        // SAFETY: whoever made the table vouched for it.
        let (x, y, none) = unsafe {
            (
                Rows::new(x, stride, rows, cols),
                RowsMut::new(x.cast_mut(), stride),
                Column::new(core::ptr::null_mut()),
            )
        };
        let io = RowsPair { x, y, lse: none };
        let store = row::settled(&io, &row::Opts::DEFAULT);
        let past = row::past::<E>(&row::Opts { store, ..row::Opts::DEFAULT }, cols);
        let scale = *E::Acc::scale(&opts.scales);
        let (line, waiting, written) = (Line::empty(), None, None);
        Rowwise { x, losses, labels, lse, opts, scale, past, line, waiting, written }
    }

    #[inline(never)]
    fn run(mut self) -> Status {
        let Rowwise { losses, labels, opts, .. } = self;
        let share = |r| {
            let counts = !labels.is_some_and(|labels| labels.is(r, opts.ignore));
            counts.then(|| opts.class_weight(label(labels, r, losses.x.cols)))
        };
        clear(self.lse, self.x.rows);
        let status = losses.each(&share, &mut |task| self.row(task));
        self.step(None);
        self.written.take().into_iter().for_each(Entry::write);
        status
    }

    fn row(&mut self, task: Task) -> Loss {
        let (opts, label) = (self.opts, label(self.labels, task.r, self.x.cols));
        let weighted = opts.each > 0.0 && opts.class_weights.is_some();
        let summed = if weighted { None } else { self.sum(task.r, label) };
        let loss = summed.and_then(|summed| self.by_plan(task, label, &summed));
        loss.unwrap_or_else(|| {
            let target = Target::Label(label);
            said(cross_entropy_row::of(self.losses, task, target, opts), task.r, self.lse)
        })
    }

    /// The row's sum by a guessed reference, or by the maximum; none if there is no plan
    /// that takes entries as they are.
    #[inline(always)]
    fn sum(&mut self, r: usize, label: usize) -> Option<Summed<E::Acc>> {
        let (row, n) = (self.x.row(r), self.x.cols);
        let guessed = self.step(Some(Next { row, max: None, label }));
        guessed.filter(|found| found.plan.fits(found.own + found.rest)).or_else(|| {
            // SAFETY: the view vouches for its rows.
            match unsafe { kind(row, n) } {
                Kind::Finite(max) => self.step(Some(Next { row, max: Some(max), label })),
                _ => None,
            }
        })
    }

    /// Writes what waits, and sums the next row.
    #[inline(never)]
    fn step(&mut self, next: Option<Next<E>>) -> Option<Summed<E::Acc>> {
        let waiting = self.waiting.take();
        let (row, n) = (waiting.map(|(row, _)| row), self.x.cols);
        let (scale, line) = (&self.scale, &mut self.line);
        let summed = E::dispatch(Step { waiting: row, next, n, scale, line });
        if let Some((_, entry)) = waiting {
            // The line that this one may be in was completed, or given up.
            self.written.replace(entry).into_iter().for_each(Entry::write);
        }
        summed
    }

    /// The loss, while the gradient waits; none if that would be too small to compute with.
    #[inline(always)]
    fn by_plan(&mut self, task: Task, label: usize, of: &Summed<E::Acc>) -> Option<Loss> {
        let (opts, Summed { plan, own, rest, log }) = (self.opts, *of);
        let (row, n, sum) = (self.x.row(task.r), self.x.cols, own + rest);
        // SAFETY: labels are columns.
        let z = opts.scale * unsafe { *row.add(label) }.widen().to_f64();
        let (nll, lse) = if rest <= RATIO * own {
            (log, z + log)
        } else {
            let lse = plan.log(sum, &self.scale);
            (lse - z, lse)
        };
        // What is left of class weights is the label's.
        let weight = opts.own * opts.class_weight(label);
        let all = weight + opts.each * n as f64;
        let more = if opts.penalty > 0.0 { 2.0 * opts.penalty * lse } else { 0.0 };
        if let Some(to) = task.grad {
            let factor = task.factor * opts.scale;
            let unit = 1.0 / sum;
            let slope = factor * (all + more) * unit;
            if slope != 0.0 && slope.abs() < E::Acc::LEAST_NORMAL {
                return None;
            }
            // The label's own entry, in which 1 is taken off a share that may be nearly that.
            let miss = -rest * unit;
            let g = all * miss + (all - weight - opts.each);
            let g = if more == 0.0 { g } else { g + more * own * unit };
            let to: *mut E = to.cast();
            let at = to.wrapping_add(label);
            let entry = Entry { at, value: E::narrow(E::Acc::of(factor * g)) };
            let (slope, constant) = (E::Acc::of(slope), E::Acc::of(factor * opts.each));
            let past = self.past;
            self.waiting = Some((Waiting { from: row, to, plan, slope, constant, past }, entry));
        }
        let mut loss = if weight == 0.0 && nll == f64::INFINITY { 0.0 } else { weight * nll };
        if opts.each > 0.0 {
            let below = E::dispatch(Below { row, n, from: E::Acc::of(lse / opts.scale) });
            // What is rounded off infinity is NaN; of other NaN the logarithm tells.
            let below = if below.is_nan() && !lse.is_nan() { f64::INFINITY } else { below };
            loss += opts.each * opts.scale * below;
        }
        if opts.penalty > 0.0 {
            loss += opts.penalty * lse * lse;
        }
        self.lse.set(task.r, lse);
        Some((loss, Status::LGT_OK))
    }
}

/// The sum of what entries lack to a number.
struct Below<E: Elem> {
    row: *const E,
    n: usize,
    from: E::Acc,
}

impl<E: Elem> Kernel<E> for Below<E> {
    type Out = f64;

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) -> f64 {
        let mut pass = BelowPass::<E, S> { from: s.splat(self.from), sum: Tally::new(s) };
        // SAFETY: who made this vouched for the row.
        unsafe { walk(s, self.row, self.n, self.from, &mut pass) };
        pass.sum.value(s)
    }
}

struct BelowPass<E: Elem, S: Io<E>> {
    from: V<E, S>,
    sum: Tally<E, S>,
}

impl<E: Elem, S: Io<E>> Pass<E, S> for BelowPass<E, S> {
    const FOLD: usize = tally::FOLD;

    #[inline(always)]
    fn step(&mut self, s: S, v: V<E, S>, _: usize) {
        self.sum.add_wide(s, s.sub(self.from, v));
    }

    #[inline(always)]
    fn quad(&mut self, s: S, [a, b, c, d]: [V<E, S>; 4], _: usize) {
        let (a, b) = (s.sub(self.from, a), s.sub(self.from, b));
        let (c, d) = (s.sub(self.from, c), s.sub(self.from, d));
        self.sum.four(s, [a, b, c, d]);
    }

    #[inline(always)]
    fn fold(&mut self, s: S) {
        self.sum.fold(s);
    }
}
