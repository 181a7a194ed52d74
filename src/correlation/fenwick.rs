//! Counts by place whose running sums are kept as they grow: P. M. Fenwick, "A new data
//! structure for cumulative frequency tables" (1994).

/// What is added up.
pub trait Count: Copy {
    /// None.
    const ZERO: Self;
    /// With another.
    fn plus(self, other: Self) -> Self;
}

impl Count for u32 {
    const ZERO: u32 = 0;
    #[inline(always)]
    fn plus(self, other: u32) -> u32 {
        self.wrapping_add(other)
    }
}

impl Count for u64 {
    const ZERO: u64 = 0;
    #[inline(always)]
    fn plus(self, other: u64) -> u64 {
        self.wrapping_add(other)
    }
}

/// Sums by place.
pub struct Fenwick<'a, T>(&'a mut [T]);

impl<'a, T: Count> Fenwick<'a, T> {
    /// Nothing, of as many places as there is room for.
    pub fn new(room: &'a mut [T]) -> Self {
        room.fill(T::ZERO);
        Fenwick(room)
    }

    /// Adds to a place.
    #[inline(always)]
    pub fn add(&mut self, place: usize, more: T) {
        let mut i = place + 1;
        while let Some(sum) = self.0.get_mut(i - 1) {
            *sum = sum.plus(more);
            i += i & i.wrapping_neg();
        }
    }

    /// What is in the places below this one.
    #[inline(always)]
    pub fn below(&self, place: usize) -> T {
        let (mut i, mut sum) = (place, T::ZERO);
        while i > 0 {
            sum = sum.plus(self.0.get(i - 1).map_or(T::ZERO, |sum| *sum));
            i &= i - 1;
        }
        sum
    }
}
