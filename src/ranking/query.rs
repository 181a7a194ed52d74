//! The measures of one query, from its documents in order: a run of equal scores at a
//! time, where each order of the documents in a run is as likely as any other.
//!
//! What is linear in the documents at each rank takes a run's mean for each of its
//! ranks. Of a run of `n` documents after `s` others, `r` of them relevant, with `R`
//! relevant ones before:
//!
//! * average precision (McSherry and Najork): rank `s + i + 1` holds a relevant document
//!   with probability `r / n`, and then the expected number of relevant ones up to it is
//!   `R + 1 + i (r - 1) / (n - 1)`;
//! * the first relevant one is at place `i` with the probability that none of `i` is,
//!   times `r / (n - i)`;
//! * of the judged documents that are not relevant, `m` in the run, any number from 0 to
//!   `m` is as likely to stand before a relevant one;
//! * the probability that a user of ERR passes `i` documents is the mean, over all ways
//!   to choose `i` of the run, of the product of their probabilities.

use super::gains::exponential;
use super::measure::{MOST, Measure, Setup, Ties, Wanted};
use crate::math::sum::Sum;

/// What is known of a query before its documents are in order.
#[derive(Clone, Copy, Default)]
pub struct Counts {
    /// Documents.
    pub all: usize,
    /// Those that were found.
    pub found: usize,
    /// Those that are relevant.
    pub relevant: usize,
    /// Those that were judged, and are not.
    pub judged: usize,
}

/// The most documents of a list.
pub const BLOCK: usize = 128;

/// The first documents in order: their grades, and where a run of equal scores starts how
/// many they are.
pub struct List {
    /// How many there are.
    pub len: usize,
    /// Their grades.
    pub grades: [f64; BLOCK],
    /// Lengths of runs.
    pub lengths: [u8; BLOCK],
}

impl List {
    /// Of nothing.
    pub const EMPTY: List = List { len: 0, grades: [0.0; BLOCK], lengths: [0; BLOCK] };
}

/// The mean of `n` gains: if they are equal, that, whatever sums are rounded to.
#[inline(never)]
fn mean(n: usize, gain: &dyn Fn(usize) -> f64) -> f64 {
    let (mut sum, mut low, mut high) = (Sum::ZERO, f64::INFINITY, 0.0);
    for i in 0..n {
        let gain = gain(i);
        sum = sum.plus(gain);
        (low, high) = (f64::min(low, gain), f64::max(high, gain));
    }
    if low == high { low } else { sum.value() / n as f64 }
}

/// Puts few numbers in order.
#[inline(never)]
fn ascend(grades: &mut [f64]) {
    for end in 1..grades.len() {
        let mut rest = grades.get_mut(..=end).unwrap_or(&mut []);
        while let [.., a, b] = rest
            && *a > *b
        {
            core::mem::swap(a, b);
            let less = rest.len() - 1;
            rest = rest.get_mut(..less).unwrap_or(&mut []);
        }
    }
}

/// A query whose documents are shown one run after the other.
pub struct Query<'a> {
    /// What is asked.
    pub setup: &'a Setup,
    discounts: &'a [u64],
    /// Whether only gains are asked for.
    pub gains_only: bool,
    /// Whether a measure looks at as many documents as are relevant.
    pub by_relevant: bool,
    err: bool,
    rbp: bool,
    counts: Counts,
    seen: Seen,
}

/// What was shown of a query.
struct Seen {
    /// Documents so far; those that are relevant, and that were judged not to be.
    place: usize,
    relevant: f64,
    judged: f64,
    /// Probabilities that a user of RBP, and of ERR, comes this far.
    persistence: f64,
    left: f64,
    sums: [Sum; MOST],
    best: [Sum; MOST],
}

const NOTHING: Seen = Seen {
    place: 0,
    relevant: 0.0,
    judged: 0.0,
    persistence: 1.0,
    left: 1.0,
    sums: [Sum::ZERO; MOST],
    best: [Sum::ZERO; MOST],
};

/// What is known of a run.
struct Run {
    n: usize,
    relevant: f64,
    judged: f64,
    gain: f64,
}

fn has_gains(measure: Measure) -> bool {
    matches!(measure, Measure::Ndcg | Measure::Dcg)
}

impl<'a> Query<'a> {
    /// A query of which nothing is known; one over the logarithms of as many ranks as
    /// are asked for.
    pub fn new(setup: &'a Setup, discounts: &'a [u64]) -> Query<'a> {
        Query {
            setup,
            discounts,
            gains_only: setup.measures().all(|wanted| has_gains(wanted.measure)),
            by_relevant: setup.wants(Measure::RPrecision),
            err: setup.wants(Measure::Err),
            rbp: setup.wants(Measure::Rbp),
            counts: Counts::default(),
            seen: NOTHING,
        }
    }

    /// Starts the next query.
    #[inline(never)]
    pub fn start(&mut self, counts: Counts) {
        (self.counts, self.seen) = (counts, NOTHING);
    }

    /// How many documents a measure looks at.
    fn depth(&self, wanted: Wanted) -> usize {
        match wanted {
            Wanted { measure: Measure::RPrecision, .. } => self.counts.relevant,
            Wanted { k: 0, .. } => usize::MAX,
            Wanted { k, .. } => k as usize,
        }
    }

    /// How many all measures look at.
    pub fn deepest(&self) -> usize {
        self.setup.measures().map(|wanted| self.depth(wanted)).max().unwrap_or(0)
    }

    /// How many are looked at in the best order.
    pub fn deepest_best(&self) -> usize {
        if self.setup.wants(Measure::Ndcg) { self.discounts.len() } else { 0 }
    }

    fn gain(&self, grade: f64) -> f64 {
        let mut gain = [grade];
        self.turn(&mut gain);
        gain[0]
    }

    /// Takes the grade that stands at `place` of the best order.
    pub fn best(&mut self, place: usize, grade: f64) {
        self.weigh(place, &[self.gain(grade)], true);
    }

    /// Takes the first documents of the best order.
    #[inline(never)]
    pub fn show_best(&mut self, list: &mut List) {
        let gains = list.grades.get_mut(..list.len).unwrap_or(&mut []);
        self.turn(gains);
        self.weigh(0, gains, true);
    }

    /// Takes the first documents.
    #[inline(never)]
    pub fn show(&mut self, list: &mut List, spare: &mut [u64]) {
        let deepest = self.deepest().min(list.len);
        if self.setup.ties != Ties::Average {
            self.untie(list, deepest);
        }
        let List { len, grades, lengths } = list;
        if self.gains_only {
            self.turn(grades.get_mut(..*len).unwrap_or(&mut []));
            for (start, n) in lengths.iter().enumerate().take(deepest).filter(|(_, n)| **n > 1) {
                let run = grades.get_mut(start..start + usize::from(*n)).unwrap_or(&mut []);
                run.fill(mean(run.len(), &|i| run.get(i).copied().unwrap_or(0.0)));
            }
            return self.weigh(0, grades.get(..deepest).unwrap_or(&[]), false);
        }
        let mut start = 0;
        while start < deepest {
            let n = lengths.get(start).map_or(1, |n| usize::from(*n)).max(1);
            self.run(n, &|i| grades.get(start + i).copied().unwrap_or(0.0), spare);
            start += n;
        }
    }

    /// Turns grades into gains.
    fn turn(&self, grades: &mut [f64]) {
        grades.iter_mut().for_each(|grade| *grade = f64::max(*grade, 0.0));
        if self.setup.exponential {
            grades.iter_mut().for_each(|grade| *grade = exponential(*grade));
        }
    }

    /// Puts documents of equal scores in order.
    #[inline(never)]
    fn untie(&self, list: &mut List, deepest: usize) {
        let mut start = 0;
        while start < deepest {
            let n = list.lengths.get(start).map_or(1, |n| usize::from(*n)).max(1);
            let run = list.grades.get_mut(start..start + n).unwrap_or(&mut []);
            match self.setup.ties {
                Ties::Trec => run.reverse(),
                Ties::Pessimistic => ascend(run),
                _ => {}
            }
            list.lengths.get_mut(start..start + n).unwrap_or(&mut []).fill(1);
            start += n;
        }
    }

    /// Adds gains of documents from `start` on, over the logarithms of their ranks.
    #[inline(never)]
    fn weigh(&mut self, start: usize, gains: &[f64], best: bool) {
        let sums = if best { &mut self.seen.best } else { &mut self.seen.sums };
        let discounts = self.discounts.get(start..).unwrap_or(&[]);
        for (sum, wanted) in sums.iter_mut().zip(self.setup.measures()) {
            let depth = if wanted.k == 0 { usize::MAX } else { wanted.k as usize };
            if has_gains(wanted.measure) {
                let terms = gains.iter().zip(discounts).take(depth.saturating_sub(start));
                *sum = terms.fold(*sum, |sum, (gain, d)| sum.plus(gain * f64::from_bits(*d)));
            }
        }
    }

    /// Takes the next `n` documents, whose scores are equal. `spare` has a word more than
    /// `n`, if that is more than 1.
    #[inline(never)]
    pub fn run(&mut self, n: usize, grade: &dyn Fn(usize) -> f64, spare: &mut [u64]) {
        let run = self.about(n, grade);
        if !self.gains_only {
            for i in 0..MOST {
                let Some(wanted) = self.setup.wanted.get(i).copied().flatten() else { break };
                // How many documents of the run are looked at.
                let part = n.min(self.depth(wanted).saturating_sub(self.seen.place));
                let sum = self.seen.sums.get(i).copied().unwrap_or(Sum::ZERO);
                let sum = self.term(wanted.measure, &run, part, sum);
                if let Some(to) = self.seen.sums.get_mut(i) {
                    *to = sum;
                }
            }
        }
        if self.err {
            self.cascade(n, grade, spare);
        }
        if self.rbp {
            (0..n).for_each(|_| self.seen.persistence *= self.setup.persistence);
        }
        self.seen.relevant += run.relevant;
        self.seen.judged += run.judged;
        if run.gain > 0.0 {
            for place in self.seen.place..self.discounts.len().min(self.seen.place + n) {
                self.weigh(place, &[run.gain], false);
            }
        }
        self.seen.place += n;
    }

    fn about(&self, n: usize, grade: &dyn Fn(usize) -> f64) -> Run {
        let (mut relevant, mut judged) = (0usize, 0usize);
        for i in 0..n {
            let grade = grade(i);
            let is = grade > f64::from(self.setup.above);
            relevant += usize::from(is);
            judged += usize::from(grade >= 0.0 && !is);
        }
        let gain = mean(n, &|i| self.gain(grade(i)));
        Run { n, relevant: relevant as f64, judged: judged as f64, gain }
    }

    /// `sum` with what the first `part` documents of a run add to it, but for gains
    /// and ERR.
    #[inline(never)]
    fn term(&self, measure: Measure, run: &Run, part: usize, mut sum: Sum) -> Sum {
        let (n, r, before) = (run.n as f64, run.relevant, self.seen.relevant);
        let whole = match measure {
            Measure::Precision | Measure::Recall | Measure::F1 | Measure::RPrecision => {
                r * part as f64 / n
            }
            Measure::FallOut => (n - r) * part as f64 / n,
            Measure::Bpref => {
                let all = self.counts.relevant as f64;
                let most = f64::min(all, self.counts.judged as f64).max(1.0);
                // Below all with so many of the numbers from 0 to `judged` before it.
                let below = f64::min(f64::max(all - self.seen.judged, 0.0), run.judged + 1.0);
                let cut = below * self.seen.judged
                    + below * (below - 1.0) / 2.0
                    + (run.judged + 1.0 - below) * all;
                r * (1.0 - cut / (run.judged + 1.0) / most)
            }
            _ => 0.0,
        };
        let first = matches!(measure, Measure::ReciprocalRank | Measure::Success);
        let other = matches!(measure, Measure::AveragePrecision | Measure::Rbp);
        if r > 0.0 && (other || first && before == 0.0) {
            let more = if r > 1.0 { (r - 1.0) / (n - 1.0) } else { 0.0 };
            // The probability that none of the first is relevant; that a user comes here.
            let (mut none, mut weight) = (1.0, self.seen.persistence);
            for i in 0..part {
                let (rank, rest) = ((self.seen.place + i + 1) as f64, n - i as f64);
                sum = sum.plus(match measure {
                    Measure::AveragePrecision => r / n * ((before + 1.0 + i as f64 * more) / rank),
                    Measure::Rbp => weight * (r / n),
                    Measure::Success => 0.0,
                    _ => none * (r / rest) / rank,
                });
                none *= f64::max(rest - r, 0.0) / rest;
                weight *= self.setup.persistence;
            }
            if measure == Measure::Success {
                sum = sum.plus(1.0 - none);
            }
        }
        sum.plus(whole)
    }
    /// Adds to ERR what a run does.
    #[inline(never)]
    fn cascade(&mut self, n: usize, grade: &dyn Fn(usize) -> f64, spare: &mut [u64]) {
        let top = libm::scalbn(1.0, self.setup.most as i32);
        let pass = |i: usize| 1.0 - exponential(f64::max(grade(i), 0.0)) / top;
        let mut one = [1f64.to_bits(), 0];
        let spare = if n == 1 { &mut one[..] } else { spare };
        let Some(means) = spare.get_mut(..=n) else { return };
        means.fill(0);
        if let Some(first) = means.first_mut() {
            *first = 1f64.to_bits();
        }
        for t in 1..=n {
            let x = pass(t - 1);
            // The means over i of the first t documents, from those over t - 1.
            let mut above = 0.0;
            for (i, mean) in means.iter_mut().enumerate().take(t + 1) {
                let before = f64::from_bits(*mean);
                let with = above * x * (i as f64 / t as f64);
                *mean = (before * ((t - i) as f64 / t as f64) + with).to_bits();
                above = before;
            }
        }
        let mut before = 1.0;
        for (i, mean) in means.iter().skip(1).enumerate() {
            let mean = f64::from_bits(*mean);
            let term = self.seen.left * (before - mean) / (self.seen.place + i + 1) as f64;
            for (sum, wanted) in self.seen.sums.iter_mut().zip(self.setup.measures()) {
                let inside = wanted.k == 0 || self.seen.place + i < wanted.k as usize;
                if wanted.measure == Measure::Err && inside {
                    *sum = sum.plus(term);
                }
            }
            before = mean;
        }
        self.seen.left *= before;
    }

    /// Each measure, `None` where there is nothing to be found.
    #[inline(never)]
    pub fn values(&self, to: &mut [Option<f64>]) {
        let both = self.seen.sums.iter().zip(&self.seen.best).zip(self.setup.measures());
        for (to, ((sum, best), wanted)) in to.iter_mut().zip(both) {
            *to = self.value(wanted, sum.value(), best.value());
        }
    }

    #[inline(never)]
    fn value(&self, wanted: Wanted, sum: f64, best: f64) -> Option<f64> {
        let Counts { all, found, relevant, .. } = self.counts;
        let k = if wanted.k == 0 { found.max(1) } else { wanted.k as usize } as f64;
        let others = (all - relevant) as f64;
        let relevant = relevant as f64;
        let (top, bottom, possible) = match wanted.measure {
            Measure::Ndcg => (f64::min(sum, best), best, best),
            Measure::Dcg => (sum, 1.0, 1.0),
            Measure::Precision => (sum, k, relevant),
            Measure::F1 => (2.0 * sum, k + relevant, relevant),
            Measure::FallOut => (sum, others, others),
            Measure::Rbp => (sum * (1.0 - self.setup.persistence), 1.0, relevant),
            Measure::ReciprocalRank | Measure::Success | Measure::Err => (sum, 1.0, relevant),
            _ => (sum, relevant, relevant),
        };
        (possible > 0.0).then_some(top / bottom)
    }
}
