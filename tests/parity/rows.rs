//! Functions of rows against their truth: how they are called at every level, and how what
//! they write is compared. A test says what should come out of a row, and makes the call.

use crate::level;
use crate::reference::dd::Dd;
use crate::support::bounds::{ENTRY, ENTRY_LOST};
use crate::support::real::Real;
use crate::support::rng::Rng;
use crate::support::values;
use crate::support::worst::Worst;
use logitude::{Advice, Error, LossOpts, Rows, RowsMut};

/// What a number should be, and how far from it it may be: `bound` times `scale`, besides
/// what is `lost` and the rounding to its type.
#[derive(Clone, Copy)]
pub struct Near {
    pub exact: Dd,
    pub scale: f64,
    pub bound: f64,
    pub lost: f64,
}

impl Near {
    pub fn new(exact: Dd, scale: f64, bound: f64) -> Near {
        Near { exact, scale, bound, lost: 0.0 }
    }

    /// So many units in the last place of what `T` is computed in.
    pub fn ulps<T: Real>(exact: Dd, ulps: f64) -> Near {
        Near::new(exact, T::ACC.ulp(if exact.hi.is_finite() { exact.hi } else { 1.0 }), ulps)
    }

    /// A function of one entry; of `size` is what is lost.
    pub fn entry<T: Real>(exact: Dd, size: f64) -> Near {
        Near { lost: size * T::bound(&ENTRY_LOST), ..Near::ulps::<T>(exact, ENTRY) }
    }

    /// The error over the scale, and its bound; with an infinite one all is well. `rounding` is the distance of neighbours
    /// where storing rounds, `max` the largest number.
    pub fn error(&self, got: f64, rounding: impl Fn(f64) -> f64, max: f64) -> (f64, f64) {
        let exact = self.exact.value();
        if self.bound == f64::INFINITY {
            return (0.0, 1.0);
        }
        let right = |same: bool| (if same { 0.0 } else { f64::INFINITY }, self.bound);
        if exact.is_nan() || got.is_nan() {
            return right(exact.is_nan() && got.is_nan());
        }
        if exact.is_infinite() {
            return right(got == exact);
        }
        if got.is_infinite() {
            let largest = exact.abs() + self.scale * self.bound;
            return right(largest >= max && got.signum() == exact.signum());
        }
        let off = (Dd::of(got) - self.exact).value().abs();
        let off = (off - 0.5 * rounding(exact) - self.lost).max(0.0);
        (if off == 0.0 { 0.0 } else { off / self.scale }, self.bound)
    }
}

/// A stored array with gaps between its rows.
pub struct Matrix<T> {
    data: Vec<T>,
    rows: usize,
    cols: usize,
}

const GAP: usize = 3;
const SENTINEL: f64 = -776.0;

impl<T: Real> Matrix<T> {
    pub fn blank(rows: usize, cols: usize) -> Matrix<T> {
        Matrix { data: vec![T::of(SENTINEL); rows * (cols + GAP)], rows, cols }
    }

    pub fn of(values: &[Vec<f64>], cols: usize) -> Matrix<T> {
        let mut new = Matrix::blank(values.len(), cols);
        for (r, row) in values.iter().enumerate() {
            for (c, v) in row.iter().enumerate() {
                new.data[r * (cols + GAP) + c] = T::of(*v);
            }
        }
        new
    }

    pub fn view(&self) -> Rows<'_, T> {
        Rows::with_stride(&self.data, self.rows, self.cols, self.cols + GAP).unwrap()
    }

    pub fn view_mut(&mut self) -> RowsMut<'_, T> {
        RowsMut::with_stride(&mut self.data, self.rows, self.cols, self.cols + GAP).unwrap()
    }

    /// The values; what is between the rows must be as it was.
    fn values(&self) -> Vec<Vec<f64>> {
        let one = |row: &[T]| {
            assert!(row[self.cols..].iter().all(|v| *v == T::of(SENTINEL)), "wrote beyond a row");
            row[..self.cols].iter().map(|v| v.value()).collect()
        };
        self.data.chunks(self.cols + GAP).map(one).collect()
    }
}

fn transposed(rows: &[Vec<f64>], cols: usize) -> Vec<Vec<f64>> {
    (0..cols).map(|c| rows.iter().map(|row| row[c]).collect()).collect()
}

/// Rows of one family: scores, and beside them targets, gradients or other scores.
pub struct Batch<T> {
    pub family: &'static str,
    pub cols: usize,
    pub values: Vec<Vec<f64>>,
    pub others: Vec<Vec<f64>>,
    pub labels: Vec<u32>,
    stored: [Matrix<T>; 2],
}

/// One of them.
pub struct Row<'a> {
    pub x: &'a [f64],
    pub y: &'a [f64],
    pub label: usize,
    /// Which one, of all of these.
    pub r: usize,
    pub all: &'a [Vec<f64>],
    pub labels: &'a [u32],
}

impl<T: Real> Batch<T> {
    /// `columns`: what is a row here is a column of the arrays.
    fn new(
        family: &'static str,
        cols: usize,
        [values, others]: [Vec<Vec<f64>>; 2],
        labels: Vec<u32>,
        columns: bool,
    ) -> Self {
        let rounded = |rows: Vec<Vec<f64>>| -> Vec<Vec<f64>> {
            rows.into_iter().map(|x| x.into_iter().map(|v| T::of(v).value()).collect()).collect()
        };
        let (values, others) = (rounded(values), rounded(others));
        let store = |rows: &Vec<Vec<f64>>| match columns {
            true => Matrix::of(&transposed(rows, cols), rows.len()),
            false => Matrix::of(rows, cols),
        };
        let stored = [store(&values), store(&others)];
        Batch { family, cols, values, others, labels, stored }
    }

    pub fn x(&self) -> Rows<'_, T> {
        self.stored[0].view()
    }

    pub fn y(&self) -> Rows<'_, T> {
        self.stored[1].view()
    }

    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let rows = self.values.iter().zip(&self.others).zip(&self.labels).enumerate();
        let (all, labels) = (&self.values[..], &self.labels[..]);
        rows.map(move |(r, ((x, y), label))| Row { x, y, label: *label as usize, r, all, labels })
    }

    fn place(&self, r: usize) -> String {
        let shown = |x: &[f64]| format!("{:?}", &x[..x.len().min(8)]);
        let (x, y) = (shown(&self.values[r]), shown(&self.others[r]));
        format!("{} columns, {x}, {y}, label {}", self.cols, self.labels[r])
    }

    fn has_empty(&self) -> bool {
        self.values.iter().any(|x| x.iter().all(|v| *v == f64::NEG_INFINITY))
    }
}

/// The outputs that all losses have.
pub struct Out<'a, T: Real> {
    pub weights: Option<&'a [T::Sum]>,
    pub loss: Option<&'a mut [f64]>,
    pub grad: Option<RowsMut<'a, T>>,
    pub total: Option<&'a mut f64>,
    pub opts: Option<&'a LossOpts>,
}

/// What a loss and its gradient should be.
pub struct Loss {
    pub loss: Near,
    pub grad: Vec<Near>,
}

impl Loss {
    /// Nothing is said of the gradient of a loss that is no number.
    pub fn or_no_gradient(mut self) -> Loss {
        if !self.loss.exact.hi.is_finite() {
            self.grad.iter_mut().for_each(|near| near.bound = f64::INFINITY);
        }
        self
    }
}

/// Batches, and what came of them.
pub struct Run<T> {
    pub batches: Vec<Batch<T>>,
    pub worst: Worst,
    /// Whether rows with nothing above -inf are spoken of; `None` if that is not compared.
    pub empty: Option<bool>,
    columns: bool,
}

/// Lengths about which blocks end.
pub const LENGTHS: [usize; 8] = [0, 1, 15, 16, 17, 33, 100, 1000];

impl<T: Real> Run<T> {
    /// Three rows of each length up to 100 and one of 1000; of the types that are computed in
    /// another, which have the same kernels, the shorter ones.
    pub fn new(families: &[&'static str]) -> Run<T> {
        let longest = if T::WIDE { 1000 } else { 33 };
        Run::of(families, longest, |cols| if cols > 100 { 1 } else { 3 }, false)
    }

    /// Columns of such lengths, as many as make up blocks.
    pub fn columns(families: &[&'static str]) -> Run<T> {
        Run::of(families, 33, |cols| 4 * (cols % 10) + 3, true)
    }

    fn of(
        families: &[&'static str],
        longest: usize,
        rows: impl Fn(usize) -> usize,
        columns: bool,
    ) -> Run<T> {
        let mut rng = Rng::new(17);
        let mut batches = vec![];
        for cols in LENGTHS.into_iter().filter(|n| *n <= longest) {
            for (i, family) in families.iter().enumerate() {
                if cols > 100 && i % 3 != 0 {
                    continue;
                }
                let rows = rows(cols);
                let x = (0..rows).map(|_| values::row::<T::C>(family, &mut rng, cols)).collect();
                let one = |rng: &mut Rng| [rng.normal(), rng.normal(), 0.0][rng.below(3)];
                let y = (0..rows).map(|_| (0..cols).map(|_| one(&mut rng)).collect()).collect();
                let labels = (0..rows).map(|_| rng.below(cols.max(1)) as u32).collect();
                batches.push(Batch::new(family, cols, [x, y], labels, columns));
            }
        }
        Run { batches, worst: Worst::default(), empty: Some(true), columns }
    }

    /// The same with other scores and what is beside them, made of both.
    pub fn with(&self, make: impl Fn(&Row<'_>) -> [Vec<f64>; 2]) -> Run<T> {
        let change = |b: &Batch<T>| {
            let (x, y) = b.rows().map(|row| make(&row).into()).unzip();
            Batch::new(b.family, b.cols, [x, y], b.labels.clone(), self.columns)
        };
        let batches = self.batches.iter().map(change).collect();
        Run { batches, worst: Worst::default(), empty: self.empty, columns: self.columns }
    }

    /// The batches that are no taller than wide, with more than one column.
    pub fn wide(mut self) -> Run<T> {
        self.batches.retain(|b| b.cols > 1 && b.values.len() <= b.cols);
        self
    }

    fn heard(&self, name: &str, b: &Batch<T>, got: Result<Advice, Error>) {
        self.heard_of(name, b, b.has_empty(), got);
    }

    fn heard_of(&self, name: &str, b: &Batch<T>, empty: bool, got: Result<Advice, Error>) {
        let advice =
            if empty && self.empty == Some(true) { Advice::EmptyRow } else { Advice::None };
        let right = if self.empty.is_none() { got.is_ok() } else { got == Ok(advice) };
        assert!(right, "{name} {}, {} columns: {got:?}", b.family, b.cols);
    }

    fn see(&mut self, name: &str, b: usize, got: &[Vec<f64>], truth: &[Vec<Near>]) {
        let rounding = |exact: f64| T::STORE.ulp(exact);
        let b = &self.batches[b];
        for (r, (got, truth)) in got.iter().zip(truth).enumerate() {
            assert_eq!(got.len(), truth.len(), "{name}");
            // Units in the last place are those of what is stored, where that is all.
            let rounding = |near: &Near, exact: f64| {
                if T::WIDE && near.bound >= 0.5 { 0.0 } else { rounding(exact) }
            };
            let errors = got.iter().zip(truth);
            let errors = errors.map(|(g, n)| n.error(*g, |e| rounding(n, e), T::STORE.max()));
            self.worst.see_each((name, b.family), errors, || b.place(r));
        }
    }

    /// Numbers in f64 that are one a row.
    fn see_numbers(&mut self, name: &str, b: usize, got: &[f64], truth: &[Near]) {
        let b = &self.batches[b];
        for (r, (got, near)) in got.iter().zip(truth).enumerate() {
            let error = near.error(*got, |_| 0.0, f64::MAX);
            self.worst.see_each((name, b.family), [error], || b.place(r));
        }
    }

    /// A map of rows to rows.
    pub fn map(
        &mut self,
        name: &str,
        truth: impl Fn(&Row<'_>) -> Vec<Near>,
        call: impl Fn(&Batch<T>, RowsMut<'_, T>) -> Result<Advice, Error>,
    ) {
        for i in 0..self.batches.len() {
            let truth: Vec<Vec<Near>> = self.batches[i].rows().map(|row| truth(&row)).collect();
            level::each(|level| {
                let b = &self.batches[i];
                let shape = b.x();
                let mut out = Matrix::blank(shape.rows(), shape.cols());
                self.heard(name, b, call(b, out.view_mut()));
                let got = out.values();
                let got = if self.columns { transposed(&got, b.values.len()) } else { got };
                self.see(&format!("{name} {} {level}", T::NAME), i, &got, &truth);
            });
        }
    }

    /// A reduction of rows to numbers of the type computed in.
    pub fn reduce(
        &mut self,
        name: &str,
        truth: impl Fn(&Row<'_>) -> Near,
        call: impl Fn(&Batch<T>, &mut [T::Sum]) -> Result<Advice, Error>,
    ) {
        self.numbers(name, truth, |b, out| {
            let mut sums = vec![T::sum(SENTINEL); out.len()];
            let got = call(b, &mut sums);
            out.iter_mut().zip(sums).for_each(|(out, sum)| *out = sum.into());
            got
        });
    }

    /// A reduction of rows to f64.
    pub fn numbers(
        &mut self,
        name: &str,
        truth: impl Fn(&Row<'_>) -> Near,
        call: impl Fn(&Batch<T>, &mut [f64]) -> Result<Advice, Error>,
    ) {
        for i in 0..self.batches.len() {
            let truth: Vec<Near> = self.batches[i].rows().map(|row| truth(&row)).collect();
            level::each(|level| {
                let b = &self.batches[i];
                let mut out = vec![SENTINEL; b.values.len()];
                self.heard(name, b, call(b, &mut out));
                self.see_numbers(&format!("{name} {} {level}", T::NAME), i, &out, &truth);
            });
        }
    }

    /// A loss with its gradient, every other batch weighted, and their mean.
    pub fn loss(
        &mut self,
        name: &str,
        truth: impl Fn(&Row<'_>) -> Loss,
        call: impl Fn(&Batch<T>, Out<'_, T>) -> Result<Advice, Error>,
    ) {
        for i in (0..self.batches.len()).filter(|i| i % 2 == 0 || T::WIDE) {
            let b = &self.batches[i];
            if b.cols == 0 {
                continue;
            }
            let weighted = i % 2 == 1;
            let weight = |r: usize| if weighted { [2.0, 0.5, 0.0, 1.0][r % 4] } else { 1.0 };
            let rows = b.values.len();
            let all: f64 = (0..rows).map(weight).sum();
            let opts =
                LossOpts { reduction: weighted.into(), grad_scale: 1.0, ..Default::default() };
            let factor = |r: usize| weight(r) / if weighted { all } else { 1.0 };
            let (losses, grads): (Vec<Near>, Vec<Vec<Near>>) = b
                .rows()
                .map(|row| {
                    let Loss { loss, grad } = truth(&row);
                    let by = factor(row.r);
                    if by == 0.0 {
                        let none = Near::new(Dd::ZERO, 1.0, 0.0);
                        return (none, vec![none; grad.len()]);
                    }
                    let grad = grad.into_iter().map(|n| Near {
                        exact: n.exact * Dd::of(by),
                        scale: n.scale * by,
                        lost: n.lost * by,
                        ..n
                    });
                    (loss, grad.collect())
                })
                .unzip();
            let weights: Vec<T::Sum> = (0..rows).map(|r| T::sum(weight(r))).collect();
            // An empty row of weight 0 is not spoken of.
            let counted = |r: usize| weight(r) > 0.0;
            level::each(|level| {
                let b = &self.batches[i];
                let mut grad = Matrix::blank(rows, b.cols);
                let (mut loss, mut total) = (vec![SENTINEL; rows], SENTINEL);
                let out = Out {
                    weights: weighted.then_some(&weights),
                    loss: Some(&mut loss),
                    grad: Some(grad.view_mut()),
                    total: Some(&mut total),
                    opts: weighted.then_some(&opts),
                };
                let got = call(b, out);
                let empty = |x: &Vec<f64>| x.iter().all(|v| *v == f64::NEG_INFINITY);
                let speaks = b.values.iter().enumerate().any(|(r, x)| counted(r) && empty(x));
                self.heard_of(name, b, speaks, got);
                let sum = (0..rows).filter(|r| counted(*r));
                let sum = sum.fold(Dd::ZERO, |sum, r| sum + Dd::product(loss[r], weight(r)));
                let mean = match sum.hi.is_finite() {
                    true => sum / Dd::of(if weighted { all } else { 1.0 }),
                    false => sum,
                };
                let near = Near::new(mean, mean.hi.abs(), f64::EPSILON);
                let name = |what: &str| format!("{name}{what} {} {level}", T::NAME);
                assert!(
                    near.error(total, |_| 0.0, f64::MAX).0 <= near.bound,
                    "{} total {total} of {loss:?}",
                    name("")
                );
                self.see_numbers(&name(""), i, &loss, &losses);
                self.see(&name(" gradient"), i, &grad.values(), &grads);
            });
        }
    }
}
