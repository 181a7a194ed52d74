//! What turns many classes into questions of two: methods that answer one of those, and
//! models that hold the answers of several.
//!
//! Such a model's parameters are first where in them each part starts, in words, and
//! where the last one ends; then the parts, each a model with a head of its own.

use super::bbq::{self, Bbq};
use super::histogram_binning::{self, HistogramBinning};
use super::isotonic::{self, Isotonic};
use super::logistic_search::{self, LogisticSearch};
use super::pooling;
use super::scaling_binning::{self, ScalingBinning};
use super::spline::{self, SplineCalibration};
use super::venn_abers::{self, VennAbers};
use super::{beta, platt};
use crate::curves::ranked::{self, Scored};
use crate::metrics::ace::Table;
use crate::metrics::bins::is_probability;
use crate::metrics::points::{Point, Points};
use crate::model::{self, Fitted, Model, ModelHead, View};
use crate::rows::column::{TwoClasses, Values};
use crate::rows::labels::{LabelType, Labels};
use crate::rows::numbers::Numbers;
use crate::rows::view::{Rows, RowsMut};
use crate::simd::Elem;
use crate::state::{Head, Kind};
use crate::status::Status;

/// A kind of model that is made of those of two classes.
pub trait Reduction: Model {
    /// The most parameters of a model.
    fn parameters(method: &Method, rows: usize, cols: usize, weighted: bool) -> Option<usize>;

    /// Words of scratch of a fit.
    fn words(method: &Method, rows: usize, cols: usize, weighted: bool) -> Option<usize>;

    /// Fits to rows of scores; how it went, and how many parameters there are. `E_VALUE`
    /// for a score that the method does not take.
    fn fit(
        table: &Table,
        weighted: bool,
        opts: &Opts,
        to: &mut [f64],
        scratch: &mut [u64],
    ) -> Result<(Fitted, usize), Status>;

    /// Probabilities of rows of scores.
    fn apply<E: Elem>(model: &View, x: Rows<E>, y: RowsMut<E>);
}

/// How to fit one.
#[derive(Clone, Copy)]
pub struct Opts {
    /// The calibrator of two classes.
    pub method: Method,
    /// The least rows of a predicted class that has a calibrator of its own.
    pub min_rows: usize,
}

/// A calibrator of two classes, and how to fit it.
#[derive(Clone, Copy)]
pub enum Method {
    /// Platt's.
    Platt(logistic_search::Opts),
    /// Beta.
    Beta(logistic_search::Opts),
    /// Isotonic, of this kind.
    Isotonic(u32),
    /// Histogram binning.
    HistogramBinning(histogram_binning::Opts),
    /// Bayesian binning, with a prior of this size.
    Bbq(f64),
    /// Venn-Abers.
    VennAbers,
    /// Scaling-binning.
    ScalingBinning(scaling_binning::Opts),
    /// By a spline.
    Spline(spline::Opts),
}

/// What a fit found: the parameter in the head, how it went, and how many parameters.
type Found = (u32, Fitted, usize);

impl Method {
    /// The kind of its models.
    pub fn kind(&self) -> Kind {
        match self {
            Method::Platt(_) => Kind::Platt,
            Method::Beta(_) => Kind::Beta,
            Method::Isotonic(_) => Kind::Isotonic,
            Method::HistogramBinning(_) => Kind::HistogramBinning,
            Method::Bbq(_) => Kind::Bbq,
            Method::VennAbers => Kind::VennAbers,
            Method::ScalingBinning(_) => Kind::ScalingBinning,
            Method::Spline(_) => Kind::Spline,
        }
    }

    /// The most parameters that a fit to so many rows finds.
    pub fn parameters(&self, rows: usize, weighted: bool) -> Option<usize> {
        match self {
            Method::Platt(_) => Some(2),
            Method::Beta(_) => Some(4),
            Method::Isotonic(_) => isotonic::parameters(rows, weighted),
            Method::HistogramBinning(opts) => Some(opts.parameters()),
            Method::Bbq(_) => bbq::parameters(rows),
            Method::VennAbers => venn_abers::parameters(rows, weighted),
            Method::ScalingBinning(opts) => Some(opts.parameters(rows)),
            Method::Spline(opts) => Some(opts.parameters(rows)),
        }
    }

    /// The most parameters of fits to so many rows that are dealt out to so many parts.
    pub fn dealt(&self, parts: usize, rows: usize) -> Option<usize> {
        match self {
            Method::Platt(_) => parts.checked_mul(2),
            Method::Beta(_) => parts.checked_mul(4),
            Method::Isotonic(_) => parts.checked_add(rows)?.checked_mul(2),
            Method::HistogramBinning(opts) => parts.checked_mul(opts.parameters()),
            Method::Bbq(_) => bbq::dealt(parts, rows),
            Method::VennAbers => parts
                .checked_mul(venn_abers::parameters(0, true)?)?
                .checked_add(venn_abers::parameters(rows, true)?),
            Method::ScalingBinning(opts) => {
                shared(parts, rows, opts.parameters(rows), opts.parameters(0))
            }
            Method::Spline(opts) => shared(parts, rows, opts.parameters(rows), opts.parameters(0)),
        }
    }

    /// Words of scratch of a fit to so many rows.
    pub fn words(&self, rows: usize, weighted: bool) -> Option<usize> {
        match self {
            Method::Platt(_) | Method::Beta(_) => Some(0),
            Method::Isotonic(_) => pooling::words(rows, size_of::<f64>(), weighted),
            Method::HistogramBinning(opts) => opts.words(rows, size_of::<f64>(), weighted),
            Method::Bbq(_) => bbq::words(rows, size_of::<f64>(), weighted),
            Method::VennAbers => venn_abers::words(rows, size_of::<f64>(), weighted),
            Method::ScalingBinning(_) | Method::Spline(_) => {
                ranked::words(rows, size_of::<f64>(), weighted)
            }
        }
    }

    /// Whether it can be fitted to such a score.
    pub fn takes(&self, score: f64) -> bool {
        match self {
            Method::Platt(_) => score.abs() <= super::logistic_block::MOST,
            Method::Beta(_) => (0.0..=crate::rows::visit::LARGEST).contains(&score),
            Method::Isotonic(_) | Method::VennAbers => !score.is_nan(),
            Method::HistogramBinning(opts) if opts.sorts() => !score.is_nan(),
            Method::HistogramBinning(_) | Method::Bbq(_) => is_probability(score),
            Method::ScalingBinning(opts) => opts.takes(score),
            Method::Spline(opts) => opts.takes(score),
        }
    }

    fn fit(&self, part: &Part, to: &mut [f64], scratch: &mut [u64]) -> Result<Found, Status> {
        match self {
            Method::Platt(opts) | Method::Beta(opts) => {
                let search = logistic_search::fit(&part.data, opts)?;
                let ([a, b, c], eps) = (search.best, search.eps);
                let all = if opts.form.is_beta() { [a, b, c, eps] } else { [a, c, 0.0, 0.0] };
                let used = if opts.form.is_beta() { 4 } else { 2 };
                to.iter_mut().zip(all).take(used).for_each(|(to, p)| *to = p);
                Ok((0, went(&search), used))
            }
            Method::Isotonic(kind) => {
                let (fitted, used) = isotonic::fit(&part.data, &part.scored, *kind, to, scratch)?;
                Ok((*kind, fitted, used))
            }
            Method::HistogramBinning(opts) => {
                let (fitted, used) =
                    histogram_binning::fit(&part.data, &part.scored, opts, to, scratch)?;
                Ok((opts.strategy, fitted, used))
            }
            Method::Bbq(prior) => bbq::fit(&part.data, &part.scored, *prior, to, scratch),
            Method::VennAbers => {
                let (fitted, used) = venn_abers::fit(&part.data, &part.scored, to, scratch)?;
                Ok((0, fitted, used))
            }
            Method::ScalingBinning(opts) => {
                let (fitted, used) =
                    scaling_binning::fit(&part.data, &part.scored, opts, to, scratch)?;
                Ok((opts.scaling.form as u32, fitted, used))
            }
            Method::Spline(opts) => {
                let (fitted, used) = spline::fit(&part.data, &part.scored, opts, to, scratch)?;
                Ok((opts.param(), fitted, used))
            }
        }
    }
}

/// The most parameters of parts that have at most `most` each, and `least` and two a row.
fn shared(parts: usize, rows: usize, most: usize, least: usize) -> Option<usize> {
    let by_rows = parts.checked_mul(least)?.checked_add(rows.checked_mul(2)?)?;
    Some(by_rows.min(parts.checked_mul(most)?))
}

/// How a search went.
fn went(search: &LogisticSearch) -> Fitted {
    Fitted {
        status: Status::from_code(search.fit_status).unwrap_or(Status::LGT_NOT_CONVERGED),
        iterations: search.iterations,
        nll_before: search.nll_before,
        nll_after: search.nll_after,
    }
}

/// Probabilities in place of scores, by a model of any of the methods.
pub fn apply(model: &View, scores: &mut [f64]) {
    let kind = model.head.head.kind;
    match *model.parameters {
        [a, b] if kind == Kind::Platt as u16 => platt::apply(scores, [a, b]),
        [a, b, c, eps] if kind == Kind::Beta as u16 => beta::apply(scores, [a, b, c], eps),
        _ if kind == Kind::Isotonic as u16 => isotonic::apply(model, scores),
        _ if kind == Kind::HistogramBinning as u16 => histogram_binning::apply(model, scores),
        _ if kind == Kind::Bbq as u16 => bbq::apply(model, scores),
        _ if kind == Kind::VennAbers as u16 => venn_abers::apply(model, scores),
        _ if kind == Kind::ScalingBinning as u16 => scaling_binning::apply(model, scores),
        _ if kind == Kind::Spline as u16 => spline::apply(model, scores),
        _ => scores.fill(f64::NAN),
    }
}

/// Scores of two classes, gathered in scratch.
pub struct Gathered<'a> {
    scores: &'a mut [f64],
    labels: &'a mut [u8],
    weights: Option<&'a mut [f64]>,
    /// How many there are.
    pub n: usize,
}

/// Some of them.
pub struct Part {
    /// As rows of two classes ..
    pub data: TwoClasses,
    /// .. and as what is put in order.
    pub scored: Scored,
}

/// Words of scratch to gather so many.
pub fn gathered_words(rows: usize, weighted: bool) -> Option<usize> {
    rows.checked_mul(if weighted { 2 } else { 1 })?.checked_add(rows.div_ceil(8))
}

impl<'a> Gathered<'a> {
    /// Room for so many rows, and what is left of the scratch.
    pub fn new(scratch: &'a mut [u64], rows: usize, weighted: bool) -> (Self, &'a mut [u64]) {
        let split = |words: &'a mut [u64], n| words.split_at_mut_checked(n).unwrap_or_default();
        let (scores, rest) = split(scratch, rows);
        let (weights, rest) = split(rest, if weighted { rows } else { 0 });
        let (labels, rest) = split(rest, rows.div_ceil(8));
        // SAFETY: a word is eight bytes, whatever its bits.
        let labels = unsafe {
            core::slice::from_raw_parts_mut(labels.as_mut_ptr().cast(), 8 * labels.len())
        };
        let weights = weighted.then(|| floats(weights));
        (Gathered { scores: floats(scores), labels, weights, n: 0 }, rest)
    }

    /// Puts a row at `place`.
    pub fn put(&mut self, place: usize, point: Point) {
        if let (Some(score), Some(label)) = (self.scores.get_mut(place), self.labels.get_mut(place))
        {
            (*score, *label) = (point.p, u8::from(point.hit));
            self.n = self.n.max(place + 1);
        }
        if let Some(weight) = self.weights.as_deref_mut().and_then(|w| w.get_mut(place)) {
            *weight = point.weight;
        }
    }

    /// All rows of these that count.
    pub fn fill(&mut self, points: &Points) {
        self.n = 0;
        points.iter().for_each(|point| self.put(self.n, point));
    }

    /// The scores from `start` on up to `end`, to be changed.
    pub fn scores(&mut self, start: usize, end: usize) -> &mut [f64] {
        self.scores.get_mut(start..end).unwrap_or(&mut [])
    }

    /// Rows `start .. end`.
    pub fn part(&self, start: usize, end: usize) -> Part {
        let end = end.min(self.scores.len());
        let (start, rows) = (start.min(end), end - start.min(end));
        let weights =
            self.weights.as_deref().map_or(core::ptr::null(), |w| w.as_ptr().wrapping_add(start));
        let scores = self.scores.as_ptr().wrapping_add(start);
        // SAFETY: there are so many of each, for as long as nothing is gathered anew.
        unsafe {
            let column = |at| Values::new(&Rows::<f64>::new(at, 1, rows, 1), 1);
            let labels = Labels::new(self.labels.as_ptr().wrapping_add(start), LabelType::U8);
            let data =
                TwoClasses { scores: column(scores), labels, weights: column(weights), rows };
            Part { data, scored: Scored::of(&data, Numbers::F64(scores)) }
        }
    }
}

/// Words as numbers.
fn floats(words: &mut [u64]) -> &mut [f64] {
    // SAFETY: as long, and aligned alike; any bits are a number.
    unsafe { core::slice::from_raw_parts_mut(words.as_mut_ptr().cast(), words.len()) }
}

/// Words of a head.
const HEAD: usize = size_of::<ModelHead>() / size_of::<f64>();

/// The parameters of a model of so many parts that have so many together.
pub fn parameters(parts: usize, together: Option<usize>) -> Option<usize> {
    parts.checked_mul(HEAD + 1)?.checked_add(1)?.checked_add(together?)
}

/// Writes the parts of a model, one after the other.
pub struct Writer<'a> {
    to: &'a mut [f64],
    /// Where the next part goes.
    at: usize,
    /// Which it is.
    slot: usize,
    /// How the parts went so far, taken together; losses are sums.
    pub fitted: Fitted,
}

impl<'a> Writer<'a> {
    /// A model of so many parts.
    pub fn new(to: &'a mut [f64], parts: usize) -> Writer<'a> {
        let fitted =
            Fitted { status: Status::LGT_OK, iterations: 0, nll_before: 0.0, nll_after: 0.0 };
        let mut writer = Writer { to, at: parts + 1, slot: 0, fitted };
        writer.mark();
        writer
    }

    /// Says where the next part starts.
    fn mark(&mut self) {
        if let Some(to) = self.to.get_mut(self.slot) {
            *to = self.at as f64;
        }
    }

    /// The parameters so far.
    pub fn used(&self) -> usize {
        self.at
    }

    /// Fits a part and writes it.
    pub fn put(&mut self, method: &Method, part: &Part, scratch: &mut [u64]) -> Result<(), Status> {
        let (head, room) = self
            .to
            .get_mut(self.at..)
            .unwrap_or(&mut [])
            .split_at_mut_checked(HEAD)
            .ok_or(Status::LGT_E_SIZE)?;
        let (param, fitted, used) = method.fit(part, room, scratch)?;
        // SAFETY: a head is as long as that, and aligned as numbers are.
        unsafe { model::seal(head.as_mut_ptr().cast(), method.kind(), param, used, &fitted) };
        let together = &mut self.fitted;
        if fitted.status as i32 > together.status as i32 {
            together.status = fitted.status;
        }
        together.iterations = together.iterations.saturating_add(fitted.iterations);
        together.nll_before += fitted.nll_before;
        together.nll_after += fitted.nll_after;
        self.close(HEAD + used);
        Ok(())
    }

    /// Writes a part that is not there.
    pub fn skip(&mut self) {
        self.close(0);
    }

    fn close(&mut self, words: usize) {
        self.at += words;
        self.slot += 1;
        self.mark();
    }
}

/// Part `slot` of a model, if it is one and is there: any bytes may be asked.
pub fn part<'a>(model: &View<'a>, slot: usize) -> Option<View<'a>> {
    let place = |slot: usize| model.parameters.get(slot).map(|at| *at as usize);
    let words = model.parameters.get(place(slot)?..place(slot + 1)?)?;
    let (head, parameters) = words.split_at_checked(HEAD)?;
    // SAFETY: a head is as long as that, aligned as numbers are, and any bits are one.
    let head = unsafe { &*head.as_ptr().cast::<ModelHead>() };
    Some(View { head, parameters })
}

fn is<M: Model>(param: u32, parameters: &[f64]) -> bool {
    M::fits(param, parameters.len()) && M::good(param, parameters)
}

/// Whether a part is what a fit may have written.
fn is_good(part: &View) -> bool {
    let (param, parameters) = (part.param(), part.parameters);
    let size = model::size(parameters.len()).unwrap_or(0);
    let head = part.head.head;
    let finite = parameters.iter().all(|p| p.is_finite());
    let good = match head.kind {
        kind if kind == Kind::Platt as u16 => finite && parameters.len() == 2,
        kind if kind == Kind::Beta as u16 => finite && parameters.len() == 4,
        kind if kind == Kind::Isotonic as u16 => is::<Isotonic>(param, parameters),
        kind if kind == Kind::HistogramBinning as u16 => is::<HistogramBinning>(param, parameters),
        kind if kind == Kind::Bbq as u16 => is::<Bbq>(param, parameters),
        kind if kind == Kind::VennAbers as u16 => is::<VennAbers>(param, parameters),
        kind if kind == Kind::ScalingBinning as u16 => is::<ScalingBinning>(param, parameters),
        kind if kind == Kind::Spline as u16 => is::<SplineCalibration>(param, parameters),
        _ => false,
    };
    good && head == Head::numbered(head.kind, param, size)
}

/// Whether the first part, and of all together at least `least`, are there, and those
/// that are, are what fits of one method may have written.
pub fn good(parameters: &[f64], parts: usize, least: usize) -> bool {
    let model = View { head: &ModelHead::NONE, parameters };
    let place = |slot: usize| parameters.get(slot).copied();
    let kind = part(&model, 0).map(|first| first.head.head.kind);
    let there = |slot| match part(&model, slot) {
        Some(part) if Some(part.head.head.kind) == kind && is_good(&part) => Some(1),
        None if place(slot) == place(slot + 1) => Some(0),
        _ => None,
    };
    let count = (0..parts).try_fold(0, |sum, slot| Some(sum + there(slot)?));
    let ends = [place(0), place(parts)] == [parts + 1, parameters.len()].map(|at| Some(at as f64));
    ends && (parts == 0 || kind.is_some()) && count.is_some_and(|count| count >= least)
}
