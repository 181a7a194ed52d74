//! Rows of 1 to 2^28 columns through the C functions, against sums in f64 that
//! lose nothing (of f64 rows: double-double numbers).

use crate::product;
use crate::reference::dd::Dd;
use crate::reference::softmax::{self, Row};
use crate::support::bounds::{LOG_SHARE, LSE, LSE_LEAST, SHARE};
use crate::support::dtype::*;
use crate::support::level;
use crate::support::rng::Rng;
use crate::tally::{Tally, larger};
use crate::threads::spread;
use logitude::capi::softmax::{LGT_STORE_AUTO, lgt_softmax_opts};
use logitude::status::Status;
use std::collections::BTreeMap;

pub const FAMILIES: [&str; 6] =
    ["normal(0, 3)", "uniform(-100, 0)", "nearly equal", "constant", "rising", "one spike"];

/// A column's score.
fn score(family: &str, rng: &mut Rng, base: f64, i: usize, n: usize) -> f64 {
    match family {
        "normal(0, 3)" => 3.0 * rng.normal(),
        "uniform(-100, 0)" => -100.0 * rng.unit(),
        "nearly equal" => base + 1e-3 * rng.unit(),
        "constant" => base,
        // Far past what a guess from the first columns allows for.
        "rising" => 100.0 * i as f64 / n as f64 - 50.0,
        // About half an ulp of the spike, each.
        "one spike" if i != n / 3 => -17.0 - rng.unit(),
        "one spike" => 0.0,
        unknown => panic!("no family {unknown}"),
    }
}

/// A way to have softmax computed, by the names in the contract.
pub struct Way {
    pub name: String,
    algorithm: u32,
    store: u32,
}

/// Every algorithm, with every store policy.
pub fn ways() -> Vec<Way> {
    let api = product::api();
    let named = |word: &str, prefix: &str| -> Vec<(String, u32)> {
        let constants = api["constants"].as_array().expect("a list").iter();
        let wanted =
            constants.filter(|c| c["doc"].as_str().is_some_and(|doc| doc.starts_with(word)));
        wanted
            .map(|c| {
                let name = c["name"].as_str().expect("a name").trim_start_matches(prefix);
                (name.to_lowercase(), c["value"].as_u64().expect("a number") as u32)
            })
            .collect()
    };
    let stores = named("Store:", "LGT_STORE_");
    let pair = |(name, algorithm): (String, u32)| {
        let way = move |(to, store): &(String, u32)| Way {
            name: format!("{name}, {to}"),
            algorithm,
            store: *store,
        };
        stores.iter().map(way).collect::<Vec<_>>()
    };
    named("Algorithm:", "LGT_SOFTMAX_").into_iter().flat_map(pair).collect()
}

impl Way {
    fn is_usual(&self) -> bool {
        self.store == LGT_STORE_AUTO
    }

    fn opts(&self) -> lgt_softmax_opts {
        let (algorithm, store) = (self.algorithm, self.store);
        let struct_size = size_of::<lgt_softmax_opts>() as u32;
        lgt_softmax_opts {
            struct_size,
            flags: 0,
            scale: 1.0,
            algorithm,
            store,
            ctx: core::ptr::null(),
            mask: core::ptr::null(),
        }
    }
}

/// What is exact about a row.
enum Truth {
    /// In f64: the maximum, the sum relative to it, and the logarithm of that.
    Close { max: f64, sum: f64, log: f64 },
    /// In double-double numbers, of a row or of what it repeats.
    Exact(Row),
}

impl Truth {
    fn of<D: Dtype>(x: &[D::Store], period: usize) -> Truth {
        if D::ACC == F64::ACC {
            let one: Vec<f64> = x[..period].iter().map(|v| D::value(*v)).collect();
            let (mut row, repeats) = (softmax::row(&one, 1.0, false), x.len() / period);
            if repeats > 1 {
                let (repeats, log) = (Dd::of(repeats as f64), Dd::of(repeats as f64).ln());
                row.shares.iter_mut().for_each(|share| *share = *share / repeats);
                row.logs.iter_mut().for_each(|one| *one = *one - log);
                row.lse = row.lse + log;
            }
            return Truth::Exact(row);
        }
        const PART: usize = 1 << 16;
        let max = x.iter().fold(f64::NEG_INFINITY, |max, v| max.max(D::value(*v)));
        let parts = spread(x.len().div_ceil(PART), |i| {
            let part = &x[i * PART..x.len().min((i + 1) * PART)];
            part.iter().fold(Dd::ZERO, |sum, v| {
                let next = Dd::sum(sum.hi, (D::value(*v) - max).exp());
                Dd { hi: next.hi, lo: sum.lo + next.lo }
            })
        });
        // The maximum itself is the 1 of ln(1 + rest).
        let rest = parts.into_iter().fold(Dd::of(-1.0), |sum, part| sum + part).value().max(0.0);
        Truth::Close { max, sum: 1.0 + rest, log: rest.ln_1p() }
    }

    #[inline]
    fn share(&self, i: usize, x: f64) -> Dd {
        match self {
            Truth::Close { max, sum, .. } => Dd::of((x - max).exp() / sum),
            Truth::Exact(row) => row.shares[i % row.shares.len()],
        }
    }

    #[inline]
    fn log(&self, i: usize, x: f64) -> Dd {
        match self {
            Truth::Close { max, log, .. } => Dd::of((x - max) - log),
            Truth::Exact(row) => row.logs[i % row.logs.len()],
        }
    }

    fn lse(&self) -> Dd {
        match self {
            Truth::Close { max, log, .. } => Dd::sum(*max, *log),
            Truth::Exact(row) => row.lse,
        }
    }
}

/// A row and what is exact about it.
pub struct Case<D: Dtype> {
    pub x: Vec<D::Store>,
    truth: Truth,
    top: f64,
}

impl<D: Dtype> Case<D> {
    pub fn of(x: Vec<D::Store>) -> Case<D> {
        Case::repeating(x, 1)
    }

    fn repeating(x: Vec<D::Store>, repeats: usize) -> Case<D> {
        let truth = Truth::of::<D>(&x, x.len() / repeats);
        let top = x.iter().fold(f64::NEG_INFINITY, |max, v| max.max(D::value(*v)));
        Case { x, truth, top }
    }

    /// A row of a family. Long rows of f64, of which the truth is slow, repeat
    /// short ones.
    pub fn new(family: &str, rng: &mut Rng, n: usize) -> Case<D> {
        const PERIOD: usize = 65_537;
        let base = rng.normal();
        let repeats = if D::ACC == F64::ACC && n > 1 << 20 { n / PERIOD } else { 1 };
        let period = n / repeats;
        let one = (0..period).map(|i| D::store(score(family, rng, base, i, period)));
        let mut x: Vec<D::Store> = Vec::with_capacity(period * repeats);
        x.extend(one);
        (1..repeats).for_each(|_| x.extend_from_within(..period));
        Case::repeating(x, repeats)
    }
}

/// Errors of one function: of its outputs, and of those that are subnormal; of
/// the logarithm of the sum, as documented.
#[derive(Clone)]
pub struct Errors {
    pub ulps: Tally,
    pub subnormal: Tally,
    /// Subnormal results that became 0.
    pub flushed: u64,
    pub lse: f64,
    /// The largest error over its bound.
    pub worst: f64,
}

impl Errors {
    pub fn new() -> Errors {
        Errors { ulps: Tally::new(), subnormal: Tally::new(), flushed: 0, lse: 0.0, worst: 0.0 }
    }

    pub fn merge(&mut self, other: &Errors) {
        self.ulps.merge(&other.ulps);
        self.subnormal.merge(&other.subnormal);
        self.flushed += other.flushed;
        self.lse = larger(self.lse, other.lse);
        self.worst = larger(self.worst, other.worst);
    }

    /// Takes note of an output.
    #[inline]
    fn see<D: Dtype>(&mut self, got: f64, exact: Dd, bound: f64, at: usize) {
        let error = D::STORE.error(got, exact);
        self.ulps.see(error, at as f64);
        let least = D::STORE.least_normal();
        if exact.hi.abs() < least && exact.hi != 0.0 {
            self.subnormal.see(error, at as f64);
            // What is nearer to 0 than to the least number is 0.
            self.flushed += u64::from(got == 0.0 && exact.hi.abs() > D::STORE.ulp(0.0));
        }
        let bound = if D::STORE == D::ACC {
            bound
        } else {
            0.5 + bound * D::ACC.ulp(exact.hi) / D::STORE.ulp(exact.hi)
        };
        self.worst = larger(self.worst, error / bound);
    }

    fn see_lse<D: Dtype>(&mut self, got: f64, case: &Case<D>) {
        let exact = case.truth.lse();
        let off = (Dd::of(got) - exact).value().abs();
        let error = off / exact.hi.abs().max(case.top.abs()).max(LSE_LEAST);
        self.lse = larger(self.lse, error);
        self.worst = larger(self.worst, error / LSE.of(D::ACC == F64::ACC));
    }
}

/// Every `stride`-th output of a transform.
pub fn outputs<D: Dtype>(case: &Case<D>, y: &[D::Store], logs: bool, stride: usize) -> Errors {
    const PART: usize = 1 << 18;
    let part = |i: usize| {
        let mut errors = Errors::new();
        for i in (i * PART..y.len().min((i + 1) * PART)).step_by(stride) {
            let (x, got) = (D::value(case.x[i]), D::value(y[i]));
            match logs {
                true => errors.see::<D>(got, case.truth.log(i, x), LOG_SHARE, i),
                false => errors.see::<D>(got, case.truth.share(i, x), SHARE, i),
            }
        }
        errors
    };
    let mut errors = Errors::new();
    spread(y.len().div_ceil(PART), part).iter().for_each(|part| errors.merge(part));
    errors
}

/// One transform of one row; every `stride`-th output is looked at.
fn transform<D: Dtype>(
    f: Transform<D::Store, D::Acc>,
    (opts, logs): (&lgt_softmax_opts, bool),
    case: &Case<D>,
    y: &mut Vec<D::Store>,
    stride: usize,
) -> Errors {
    let n = case.x.len();
    y.resize(n, D::store(0.0));
    let mut lse = D::acc(0.0);
    // SAFETY: one row of n values each, and one logarithm.
    let status = unsafe { f(case.x.as_ptr(), n, y.as_mut_ptr(), n, &raw mut lse, 1, n, opts) };
    assert_eq!(status, Status::LGT_OK);
    let mut errors = outputs(case, y, logs, stride);
    errors.see_lse(D::acc_value(lse), case);
    errors
}

pub fn softmax_of<D: Dtype>(
    way: &Way,
    case: &Case<D>,
    y: &mut Vec<D::Store>,
    stride: usize,
) -> Errors {
    transform::<D>(D::SOFTMAX, (&way.opts(), false), case, y, stride)
}

pub fn log_softmax_of<D: Dtype>(
    way: &Way,
    case: &Case<D>,
    y: &mut Vec<D::Store>,
    stride: usize,
) -> Errors {
    transform::<D>(D::LOG_SOFTMAX, (&way.opts(), true), case, y, stride)
}

pub fn logsumexp_of<D: Dtype>(case: &Case<D>) -> Errors {
    let (n, mut lse, f) = (case.x.len(), D::acc(0.0), D::LOGSUMEXP);
    // SAFETY: one row of n values, and one logarithm.
    let status = unsafe { f(case.x.as_ptr(), n, &raw mut lse, 1, n, core::ptr::null()) };
    assert_eq!(status, Status::LGT_OK);
    let mut errors = Errors::new();
    errors.see_lse(D::acc_value(lse), case);
    errors
}

/// What was measured: storage type, level, columns, family, function.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    pub dtype: &'static str,
    pub level: &'static str,
    pub columns: usize,
    pub family: &'static str,
    pub function: String,
}

/// Everything that was measured; lengths up to a thousand under one.
pub type Measured = BTreeMap<Key, Errors>;

pub const SHORT: usize = 1000;

/// Of very long rows not every output is looked at; the stride has nothing in
/// common with the number of lanes.
pub fn stride(n: usize) -> usize {
    if n > 1 << 22 { 17 } else { 1 }
}

/// Every function on one row, at the level in use.
fn every_function<D: Dtype>(
    level: &'static str,
    family: &'static str,
    case: &Case<D>,
    ways: &[Way],
    y: &mut Vec<D::Store>,
    measured: &mut Measured,
) {
    let n = case.x.len();
    let stride = stride(n);
    let mut note = |function: String, errors: Errors| {
        let key = Key { dtype: D::NAME, level, columns: n.max(SHORT), family, function };
        measured.entry(key).or_insert_with(Errors::new).merge(&errors);
    };
    // The longest are stored as is usual for them only.
    for way in ways.iter().filter(|way| way.is_usual() || n <= 1 << 24) {
        note(way.name.clone(), softmax_of(way, case, y, stride));
    }
    note("log_softmax".into(), log_softmax_of(&ways[0], case, y, stride));
    note("logsumexp".into(), logsumexp_of(case));
}

fn merge(all: &mut Measured, more: Measured) {
    for (key, errors) in more {
        all.entry(key).or_insert_with(Errors::new).merge(&errors);
    }
}

/// Every length up to `short` by `step`s, then those of `long`.
pub fn measure<D: Dtype>(short: (usize, usize), long: &[usize], measured: &mut Measured) {
    let ways = ways();
    let tasks: Vec<(usize, &'static str)> =
        (1..=short.0).step_by(short.1).flat_map(|n| FAMILIES.map(|family| (n, family))).collect();
    level::each(|level| {
        const EACH: usize = 64;
        let found = spread(tasks.len().div_ceil(EACH), |i| {
            let (mut measured, mut y) = (Measured::new(), Vec::new());
            for (n, family) in &tasks[i * EACH..tasks.len().min((i + 1) * EACH)] {
                let case = Case::<D>::new(family, &mut Rng::new(*n as u64), *n);
                every_function(level, family, &case, &ways, &mut y, &mut measured);
            }
            measured
        });
        found.into_iter().for_each(|found| merge(measured, found));
    });
    let mut y = Vec::new();
    for n in long {
        for family in FAMILIES {
            let case = Case::<D>::new(family, &mut Rng::new(*n as u64), *n);
            level::each(|level| every_function(level, family, &case, &ways, &mut y, measured));
        }
    }
}
