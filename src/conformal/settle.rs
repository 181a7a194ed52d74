//! Which of a row's candidates are in the set: what stands before each is found by
//! comparing all pairs where they are few, by sorting where they are many.

use super::pairs::{Few, MOST, Pairs};
use super::rule::{Rule, Seen, Terms};
use super::select::WORD;
use super::table::Table;
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

    /// Room for a set of so many words, lost where anything is sorted.
    pub fn set(&mut self, words: usize) -> &mut [u64] {
        self.keys[0].get_mut(..words).unwrap_or_default()
    }
}

/// The candidates of a row.
pub struct Candidates<'a> {
    /// How they are scored.
    pub rule: &'a Rule,
    /// The row.
    pub row: Seen,
    /// Where it is.
    pub table: &'a dyn Table,
    /// Which one.
    pub r: usize,
    /// What decides.
    pub bounds: Bounds<'a>,
}

/// Classes of a row, with their scores and exponentials.
struct Batch {
    classes: [u32; MOST],
    count: usize,
    scores: Few,
    masses: Few,
}

impl Batch {
    const NONE: Batch =
        Batch { classes: [0; MOST], count: 0, scores: [0.0; MOST], masses: [0.0; MOST] };

    fn push(&mut self, class: usize) {
        if let Some(to) = self.classes.get_mut(self.count) {
            *to = class as u32;
            self.count += 1;
        }
    }

    /// Adds the classes of a word of a set.
    #[inline(never)]
    fn add(&mut self, i: usize, word: u64) {
        let mut left = word;
        while left != 0 {
            self.push(i * WORD + left.trailing_zeros() as usize);
            left &= left - 1;
        }
    }

    /// Class, score and exponential of each.
    fn each(&self) -> impl Iterator<Item = (usize, f64, f64)> {
        let known = self.classes.iter().zip(self.scores).zip(self.masses);
        known.take(self.count).map(|((class, score), mass)| (*class as usize, score, mass))
    }
}

/// Classes that are in for sure.
pub struct Sure {
    /// How many.
    pub count: usize,
    /// The sum of their exponentials.
    pub mass: f64,
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

    /// Reads what is known of a batch.
    fn read(&self, batch: &mut Batch) {
        let classes = batch.classes.get(..batch.count).unwrap_or_default();
        self.table.read(self.r, classes, &mut batch.scores, &mut batch.masses);
    }

    /// Those that need nothing known of others.
    #[inline(never)]
    pub fn alone(&self, words: &mut [u64]) {
        let mut batch = Batch::NONE;
        for i in 0..words.len() {
            batch.count = 0;
            batch.add(i, words.get(i).copied().unwrap_or_default());
            self.read(&mut batch);
            for (class, _, own) in batch.each() {
                self.keep(words, class, &Terms { own, before: 0.0, rank: 0.0 });
            }
        }
    }

    /// Few of them, that is at most [`MOST`] that are not sure, or many. The sure ones,
    /// if there are any, are the set in `spare`.
    pub fn settle(&self, words: &mut [u64], sure: &Sure, spare: &mut Spare) {
        if count(words).saturating_sub(sure.count) <= MOST {
            let known = if sure.count > 0 { words.len() } else { 0 };
            self.few(words, sure, spare.set(known));
        } else {
            self.many(words, spare);
        }
    }

    #[inline(never)]
    fn few(&self, words: &mut [u64], sure: &Sure, known: &[u64]) {
        let mut batch = Batch::NONE;
        for (i, word) in words.iter().enumerate() {
            batch.add(i, word & !known.get(i).copied().unwrap_or_default());
        }
        self.read(&mut batch);
        let (mut before, mut ranks) = ([0.0; MOST], [0.0; MOST]);
        f64::dispatch(Pairs {
            scores: &batch.scores,
            masses: &batch.masses,
            count: batch.count,
            before: &mut before,
            ranks: &mut ranks,
        });
        for ((class, _, own), (before, rank)) in batch.each().zip(before.iter().zip(&ranks)) {
            let (before, rank) = (sure.mass + before, sure.count as f64 + rank);
            self.keep(words, class, &Terms { own, before, rank });
        }
    }

    #[inline(never)]
    fn many(&self, words: &mut [u64], spare: &mut Spare) {
        let count = count(words);
        let [keys, other_keys] = &mut spare.keys;
        let [loads, other_loads] = &mut spare.loads;
        let mut places = keys.iter_mut().zip(loads.iter_mut());
        let mut batch = Batch::NONE;
        for (i, word) in words.iter().enumerate() {
            batch.count = 0;
            batch.add(i, *word);
            self.read(&mut batch);
            for ((class, score, _), (slot, load)) in batch.each().zip(&mut places) {
                // From high to low; equal ones stay in their order.
                *slot = !key(score);
                *load = class as u32;
            }
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
        for some in loads.chunks(MOST) {
            batch.count = 0;
            some.iter().for_each(|class| batch.push(*class as usize));
            self.read(&mut batch);
            for (class, _, own) in batch.each() {
                self.keep(words, class, &Terms { own, before, rank });
                before += own;
                rank += 1.0;
            }
        }
    }
}
