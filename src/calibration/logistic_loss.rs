//! What a logistic regression asks of its data: first the range and the weight of either
//! class, then loss, slopes and curvatures at one point after the other. The answers are
//! a mergeable state; which question it answers are its parameters.
//!
//! Sums over blocks of rows remember what their rounding lost, so that splits and orders
//! show in the last bits at most.

use super::logistic_block::{Block, Features, Question, Room, SUMS, Seen, look, range};
use super::logistic_form::Form;
use crate::math::sum::Sum;
use crate::rows::column::{BLOCK, TwoClasses};
use crate::state::{Head, Kind, Params, State};
use crate::status::Status;

/// Set in the parameter of a state that looks at ranges and weights.
pub const LOOK: u32 = 1 << 8;

/// Where the words of parameters end: of Platt's form the shift, the scale, the slope and
/// the intercept; of the others the least probability and `a, b, c`.
const WORDS: usize = 4;

/// Answers so far.
#[repr(C)]
pub struct LogisticLoss {
    head: Head,
    words: [u64; WORDS],
    /// Whether there is a row of class 0, of class 1.
    there: [u64; 2],
    /// Least and largest score of either class.
    ranges: [[f64; 2]; 2],
    /// The sum of weights of either class.
    weight: [Sum; 2],
    sums: [Sum; SUMS],
}

/// What one look at the data says.
#[derive(Clone, Copy, Debug)]
pub struct Looked {
    /// Least and largest score of either class; the wrong way round of none.
    pub ranges: [[f64; 2]; 2],
    /// The sum of weights of either class.
    pub weight: [f64; 2],
}

// SAFETY: repr(C): a head, words and numbers, all of 8 bytes behind it.
unsafe impl State for LogisticLoss {
    const KIND: Kind = Kind::LogisticLoss;
    const WORDS: usize = WORDS;

    fn size(params: &Params) -> Option<usize> {
        Form::of(params.param & !LOOK).map(|_| size_of::<Self>())
    }

    fn at(data: *mut u8, _: &Params) -> *mut Self {
        data.cast()
    }

    fn merge(&mut self, other: &Self) {
        for (class, range) in other.ranges.iter().enumerate().filter(|(c, _)| other.there[*c] != 0)
        {
            self.widen(class, *range);
        }
        let weights = self.weight.iter_mut().zip(other.weight);
        weights.for_each(|(to, from)| *to = to.merged(from));
        let sums = self.sums.iter_mut().zip(other.sums);
        sums.for_each(|(to, from)| *to = to.merged(from));
    }
}

/// The parameters of a question.
pub fn params(form: Form, features: Features, look: bool, point: [f64; 3]) -> Params {
    let [t1, t2, t3] = point;
    let words = match features {
        Features::Line { shift, scale } => [shift, scale, t1, t3],
        Features::Logs { eps } => [eps, t1, t2, t3],
    };
    Params { param: form as u32 | if look { LOOK } else { 0 }, words: words.map(f64::to_bits) }
}

impl LogisticLoss {
    /// A state that has seen nothing.
    pub fn new(params: &Params) -> LogisticLoss {
        LogisticLoss {
            head: Head::new(Self::KIND, params.param, size_of::<Self>()),
            words: params.words,
            there: [0; 2],
            ranges: [[0.0; 2]; 2],
            weight: [Sum::ZERO; 2],
            sums: [Sum::ZERO; SUMS],
        }
    }

    /// What it was asked.
    pub fn params(&self) -> Params {
        Params { param: self.head.param, words: self.words }
    }

    fn widen(&mut self, class: usize, [least, most]: [f64; 2]) {
        let (Some(there), Some(range)) = (self.there.get_mut(class), self.ranges.get_mut(class))
        else {
            return;
        };
        let [low, high] = *range;
        *range = if *there == 0 { [least, most] } else { [low.min(least), high.max(most)] };
        *there = 1;
    }

    fn question(&self) -> (Features, [f64; 3]) {
        let [a, b, c, d] = self.words.map(f64::from_bits);
        if Form::of(self.head.param & !LOOK).is_some_and(Form::is_beta) {
            (Features::Logs { eps: a }, [b, c, d])
        } else {
            (Features::Line { shift: a, scale: b }, [c, 0.0, d])
        }
    }

    /// Adds every so manieth block of rows that passed [`TwoClasses::check`]; `E_VALUE`,
    /// before anything is changed, if one that counts has no score.
    pub fn update(&mut self, data: &TwoClasses, every: usize) -> Result<(), Status> {
        let (features, point) = self.question();
        let mut part = LogisticLoss::new(&self.params());
        let (question, range) = (Question::new(features, point), range(features));
        let looks = self.head.param & LOOK != 0;
        let mut room = Room::NEW;
        for start in (0..data.rows).step_by(BLOCK.saturating_mul(every.max(1))) {
            let n = BLOCK.min(data.rows - start);
            // SAFETY: these rows are there.
            let block = unsafe { room.read(data, start, n) };
            let good = if looks { part.look(block, range) } else { part.add(&question, block) };
            if !good {
                return Err(Status::LGT_E_VALUE);
            }
        }
        self.merge(&part);
        Ok(())
    }

    fn look(&mut self, block: Block, range: [f64; 2]) -> bool {
        let mut seen: Seen = [0.0; 6];
        let good = look(block, range, &mut seen);
        let [most, least, most_hit, least_hit, miss, hit] = seen;
        for (class, (least, most)) in [(least, most), (least_hit, most_hit)].into_iter().enumerate()
        {
            if most > f64::NEG_INFINITY {
                self.widen(class, [-least, most]);
            }
        }
        let [first, second] = &mut self.weight;
        (*first, *second) = (first.plus(miss), second.plus(hit));
        good
    }

    fn add(&mut self, question: &Question, block: Block) -> bool {
        let mut sums = [0.0; SUMS];
        let good = question.sums(block, &mut sums);
        self.sums.iter_mut().zip(sums).for_each(|(to, sum)| *to = to.plus(sum));
        good
    }

    /// Ranges and weights.
    pub fn looked(&self) -> Looked {
        let nothing = [f64::INFINITY, f64::NEG_INFINITY];
        let [miss, hit] = self.ranges;
        let range = |there, range| if there != 0 { range } else { nothing };
        Looked {
            ranges: [range(self.there[0], miss), range(self.there[1], hit)],
            weight: self.weight.map(Sum::value),
        }
    }

    /// The sums at a point.
    pub fn sums(&self) -> [f64; SUMS] {
        self.sums.map(Sum::value)
    }
}
