//! Which of a row's candidates are in the set: what stands before each is found by
//! comparing all pairs where they are few, by sorting where they are many.

use super::pairs::{MOST, Pairs};
use super::rule::{Rule, Seen, Terms};
use super::select::WORD;
use crate::math::sort::{Keyed, key, sort};
use crate::simd::Elem;

/// What decides.
#[derive(Clone, Copy)]
pub struct Bounds<'a> {
    /// One for all classes, or one for each.
    pub thresholds: &'a [f64],
    /// What is drawn for the row.
    pub u: f64,
}

impl Bounds<'_> {
    /// The threshold of a class.
    pub fn of(&self, class: usize) -> f64 {
        let one = if self.thresholds.len() > 1 { class } else { 0 };
        *self.thresholds.get(one).unwrap_or(&f64::NAN)
    }
}

/// Room to sort the candidates of a row in: four arrays of as many.
pub struct Spare<'a> {
    keys: [&'a mut [u64]; 2],
    loads: [&'a mut [u32]; 2],
}

impl<'a> Spare<'a> {
    /// Words that so many classes take.
    pub fn words(classes: usize) -> Option<usize> {
        classes.checked_mul(3)
    }

    /// Of at least so many words.
    pub fn new(words: &'a mut [u64]) -> Self {
        let each = words.len() / 3;
        let (first, rest) = words.split_at_mut_checked(each).unwrap_or_default();
        let (second, rest) = rest.split_at_mut_checked(each).unwrap_or_default();
        // SAFETY: any bits are numbers.
        let (_, loads, _) = unsafe { rest.align_to_mut::<u32>() };
        let (one, two) = loads.split_at_mut_checked(each).unwrap_or_default();
        Spare { keys: [first, second], loads: [one, two] }
    }
}

/// Score and exponential of a class.
pub type Entry<'a> = &'a dyn Fn(usize) -> (f64, f64);

/// The candidates of a row.
pub struct Candidates<'a> {
    /// How they are scored.
    pub rule: &'a Rule,
    /// The row.
    pub row: Seen,
    /// What they are.
    pub entry: Entry<'a>,
    /// What decides.
    pub bounds: Bounds<'a>,
}

/// The classes whose bits are set.
fn each(words: &[u64]) -> impl Iterator<Item = usize> {
    words.iter().enumerate().flat_map(|(i, word)| {
        let mut left = *word;
        core::iter::from_fn(move || {
            let bit = left.trailing_zeros() as usize;
            left &= left.wrapping_sub(1);
            (bit < WORD).then_some(i * WORD + bit)
        })
    })
}

/// Classes that are in for sure: those from an exponential on.
pub struct Sure {
    /// From this on ..
    pub from: f64,
    /// .. there are so many ..
    pub count: usize,
    /// .. of this sum.
    pub mass: f64,
}

impl Sure {
    /// None are.
    pub const NOTHING: Sure = Sure { from: f64::INFINITY, count: 0, mass: 0.0 };
}

/// How many bits are set.
pub fn count(words: &[u64]) -> usize {
    words.iter().map(|word| word.count_ones() as usize).sum()
}

impl Candidates<'_> {
    fn keep(&self, words: &mut [u64], class: usize, terms: &Terms) {
        let Bounds { u, .. } = self.bounds;
        if !self.rule.takes(&self.row, terms, u, self.bounds.of(class))
            && let Some(word) = words.get_mut(class / WORD)
        {
            *word &= !(1 << (class % WORD));
        }
    }

    /// Those that need nothing known of others.
    #[inline(never)]
    pub fn alone(&self, words: &mut [u64]) {
        for i in 0..words.len() {
            let Some(word) = words.get(i).copied() else { return };
            for bit in each(&[word]) {
                let class = i * WORD + bit;
                let (_, own) = (self.entry)(class);
                self.keep(words, class, &Terms { own, before: 0.0, rank: 0.0 });
            }
        }
    }

    /// Few of them, that is at most [`MOST`] that are not sure, or many.
    pub fn settle(&self, words: &mut [u64], sure: &Sure, spare: &mut Spare) {
        if count(words).saturating_sub(sure.count) <= MOST {
            self.few(words, sure);
        } else {
            self.many(words, spare);
        }
    }

    #[inline(never)]
    fn few(&self, words: &mut [u64], sure: &Sure) {
        let (mut scores, mut masses) = ([0.0; MOST], [0.0; MOST]);
        let mut classes = [0; MOST];
        let mut count = 0;
        let mut places = scores.iter_mut().zip(&mut masses).zip(&mut classes);
        for class in each(words) {
            let (score, own) = (self.entry)(class);
            if own < sure.from
                && let Some(((score_to, mass), to)) = places.next()
            {
                (*score_to, *mass, *to) = (score, own, class);
                count += 1;
            }
        }
        let (mut before, mut ranks) = ([0.0; MOST], [0.0; MOST]);
        f64::dispatch(Pairs {
            scores: &scores,
            masses: &masses,
            count,
            before: &mut before,
            ranks: &mut ranks,
        });
        let known = classes.iter().zip(&masses).zip(&before).zip(&ranks);
        for (((class, own), before), rank) in known.take(count) {
            let (before, rank) = (sure.mass + before, sure.count as f64 + rank);
            self.keep(words, *class, &Terms { own: *own, before, rank });
        }
    }

    #[inline(never)]
    fn many(&self, words: &mut [u64], spare: &mut Spare) {
        let count = count(words);
        let [keys, other_keys] = &mut spare.keys;
        let [loads, other_loads] = &mut spare.loads;
        for ((slot, load), class) in keys.iter_mut().zip(loads.iter_mut()).zip(each(words)) {
            // From high to low; equal ones stay in their order.
            *slot = !key((self.entry)(class).0);
            *load = class as u32;
        }
        let parts = (
            keys.get_mut(..count),
            loads.get_mut(..count),
            other_keys.get_mut(..count),
            other_loads.get_mut(..count),
        );
        let (Some(keys), Some(loads), Some(spare_keys), Some(spare_loads)) = parts else { return };
        sort(Keyed { keys, loads }, Keyed { keys: spare_keys, loads: spare_loads });
        let (mut before, mut rank) = (0.0, 0.0);
        for class in loads.iter().map(|class| *class as usize) {
            let (_, own) = (self.entry)(class);
            self.keep(words, class, &Terms { own, before, rank });
            before += own;
            rank += 1.0;
        }
    }
}
