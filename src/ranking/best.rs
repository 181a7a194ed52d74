//! The best of a row in order: a heap of as many as are asked for, the worst of them
//! at its root, so that most of the row is compared with one number and passed by.

use crate::math::sort::{key, value};

/// A score, as an integer in its order, and the complement of where it stood: the
/// larger the better, and of equal scores the first.
pub type Item = (u64, u64);

/// The best so far.
pub struct Best<'a> {
    items: &'a mut [Item],
    kept: usize,
    /// What a score must be above, once there are as many as are asked for.
    least: f64,
}

impl<'a> Best<'a> {
    /// None of as many as there is room for.
    pub fn new(items: &'a mut [Item]) -> Best<'a> {
        Best { items, kept: 0, least: 0.0 }
    }

    /// How many are asked for.
    pub fn most(&self) -> usize {
        self.items.len()
    }

    /// Forgets what was offered.
    pub fn clear(&mut self) {
        self.kept = 0;
    }

    /// Takes the score that stood at `place`, which is no NaN, if it is among the
    /// best. Places ascend.
    #[inline(always)]
    pub fn offer(&mut self, score: f64, place: usize) {
        if self.kept < self.items.len() || score > self.least {
            self.take(score, place);
        }
    }

    #[inline(never)]
    fn take(&mut self, score: f64, place: usize) {
        let item = (key(score), !(place as u64));
        if self.kept < self.items.len() {
            self.rise(self.kept, item);
            self.kept += 1;
        } else {
            self.sink(self.kept, item);
        }
        self.least = value(self.item(0).0);
    }

    /// Puts the best first.
    #[inline(never)]
    pub fn sort(&mut self) {
        for last in (1..self.kept).rev() {
            let (worst, moved) = (self.item(0), self.item(last));
            self.put(last, worst);
            self.sink(last, moved);
        }
    }

    /// Once sorted, where each stood, and its score.
    pub fn iter(&self) -> impl Iterator<Item = (usize, f64)> + '_ {
        self.items.iter().take(self.kept).map(|(score, place)| (!*place as usize, value(*score)))
    }

    fn item(&self, i: usize) -> Item {
        self.items.get(i).copied().unwrap_or((0, 0))
    }

    fn put(&mut self, i: usize, item: Item) {
        if let Some(to) = self.items.get_mut(i) {
            *to = item;
        }
    }

    /// Puts an item that is new at `i` above all that are better.
    fn rise(&mut self, mut i: usize, item: Item) {
        while i > 0 && item < self.item((i - 1) / 2) {
            self.put(i, self.item((i - 1) / 2));
            i = (i - 1) / 2;
        }
        self.put(i, item);
    }

    /// Puts an item in place of the root of `n`, below all that are worse.
    #[inline(never)]
    fn sink(&mut self, n: usize, item: Item) {
        let mut i = 0;
        loop {
            let mut below = 2 * i + 1;
            if below + 1 < n && self.item(below + 1) < self.item(below) {
                below += 1;
            }
            if below >= n || item <= self.item(below) {
                return self.put(i, item);
            }
            self.put(i, self.item(below));
            i = below;
        }
    }
}
