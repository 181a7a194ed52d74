//! What is asked of every query, and how it is kept in the words of a state.

use crate::state::{MOST_WORDS, Params};

/// The most measures of one state.
pub const MOST: usize = 8;
/// The largest cutoff.
pub const MOST_K: u32 = (1 << K_BITS) - 1;

/// What is measured. The numbers are part of the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Discounted cumulative gain, over that of the best order.
    Ndcg = 1,
    /// Discounted cumulative gain.
    Dcg = 2,
    /// Precision at each relevant document, over all relevant ones.
    AveragePrecision = 3,
    /// One over the rank of the first relevant document.
    ReciprocalRank = 4,
    /// Share of the first k that is relevant.
    Precision = 5,
    /// Share of the relevant that is among the first k.
    Recall = 6,
    /// Harmonic mean of both.
    F1 = 7,
    /// Whether one of the first k is relevant.
    Success = 8,
    /// Share of what is not relevant that is among the first k.
    FallOut = 9,
    /// Precision at the number of relevant documents.
    RPrecision = 10,
    /// How few judged documents that are not relevant stand before relevant ones.
    Bpref = 11,
    /// Rank-biased precision.
    Rbp = 12,
    /// Expected reciprocal rank.
    Err = 13,
}

impl Measure {
    /// The measure of that number.
    pub fn numbered(number: u32) -> Option<Measure> {
        use Measure::*;
        const ALL: [Measure; 13] = [
            Ndcg,
            Dcg,
            AveragePrecision,
            ReciprocalRank,
            Precision,
            Recall,
            F1,
            Success,
            FallOut,
            RPrecision,
            Bpref,
            Rbp,
            Err,
        ];
        ALL.get((number as usize).wrapping_sub(1)).copied()
    }

    /// Whether it has a cutoff.
    pub fn has_k(self) -> bool {
        !matches!(self, Measure::RPrecision | Measure::Bpref)
    }
}

/// The order of documents with equal scores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ties {
    /// All orders alike: the expected value.
    Average = 0,
    /// As they came.
    Stable = 1,
    /// The least relevant first.
    Pessimistic = 2,
    /// The last first.
    Trec = 3,
}

/// What a query counts as that has nothing to be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Empty {
    /// Not at all.
    Skip = 0,
    /// 0.
    Zero = 1,
    /// 1.
    One = 2,
}

/// A measure and its cutoff.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// What is measured.
    pub measure: Measure,
    /// Of how many documents from the first; 0 for all.
    pub k: u32,
}

/// All that is asked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Setup {
    /// Of equal scores.
    pub ties: Ties,
    /// Whether a gain is 2^grade - 1, rather than the grade.
    pub exponential: bool,
    /// Of queries with nothing to be found.
    pub empty: Empty,
    /// Whether a score of -inf is that of a document that was not found.
    pub unretrieved: bool,
    /// The highest grade, of ERR.
    pub most: u32,
    /// What is graded above this is relevant.
    pub above: f32,
    /// How likely a user of RBP goes on.
    pub persistence: f64,
    /// The measures, from the first on.
    pub wanted: [Option<Wanted>; MOST],
}

/// Bits of a cutoff and of a measure.
const K_BITS: u32 = 17;
const BITS: u32 = K_BITS + 4;
/// Bits of the options before the first measure.
const OPTIONS: u32 = 22;

/// Word and bit where measure `i` stands.
const PLACES: [(usize, u32); MOST] = [
    (0, OPTIONS),
    (0, OPTIONS + BITS),
    (2, 0),
    (2, BITS),
    (2, 2 * BITS),
    (3, 0),
    (3, BITS),
    (3, 2 * BITS),
];

impl Setup {
    /// The measures.
    pub fn measures(&self) -> impl Iterator<Item = Wanted> {
        self.wanted.iter().map_while(|wanted| *wanted)
    }

    /// Whether one of them is this.
    pub fn wants(&self, measure: Measure) -> bool {
        self.measures().any(|wanted| wanted.measure == measure)
    }

    /// The parameters of a state.
    #[inline(never)]
    pub fn params(&self) -> Params {
        let mut words = [0; MOST_WORDS];
        words[0] = self.ties as u64
            | u64::from(self.exponential) << 2
            | (self.empty as u64) << 3
            | u64::from(self.unretrieved) << 5
            | u64::from(self.most) << 6;
        words[1] = self.persistence.to_bits();
        for (wanted, (word, bit)) in self.measures().zip(PLACES) {
            if let Some(word) = words.get_mut(word) {
                *word |= (u64::from(wanted.k) | (wanted.measure as u64) << K_BITS) << bit;
            }
        }
        Params { param: self.above.to_bits(), words }
    }

    /// What parameters stand for; `None` where `params` does not give them.
    #[inline(never)]
    pub fn of(params: &Params) -> Option<Setup> {
        let [options, persistence, ..] = params.words;
        let mut wanted = [None; MOST];
        for (slot, (word, bit)) in wanted.iter_mut().zip(PLACES) {
            let word = params.words.get(word).copied().unwrap_or(0);
            let bits = (word >> bit) as u32 & ((1 << BITS) - 1);
            *slot = Measure::numbered(bits >> K_BITS)
                .map(|measure| Wanted { measure, k: bits & MOST_K });
        }
        let setup = Setup {
            ties: match options & 3 {
                0 => Ties::Average,
                1 => Ties::Stable,
                2 => Ties::Pessimistic,
                _ => Ties::Trec,
            },
            exponential: options >> 2 & 1 != 0,
            empty: match options >> 3 & 3 {
                0 => Empty::Skip,
                1 => Empty::Zero,
                _ => Empty::One,
            },
            unretrieved: options >> 5 & 1 != 0,
            most: (options >> 6 & 63) as u32,
            above: f32::from_bits(params.param),
            persistence: f64::from_bits(persistence),
            wanted,
        };
        (setup.is_good() && setup.params() == *params).then_some(setup)
    }

    /// Whether all numbers are in their ranges, and there is a measure.
    #[inline(never)]
    pub fn is_good(&self) -> bool {
        let fits = |w: Wanted| w.k <= MOST_K && (w.measure.has_k() || w.k == 0);
        self.wanted[0].is_some()
            && self.measures().all(fits)
            && (1..64).contains(&self.most)
            && (0.0..f32::INFINITY).contains(&self.above)
            && (0.0..1.0).contains(&self.persistence)
    }
}
