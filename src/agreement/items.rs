//! Items that were put into categories: a label for each rater, or the number of
//! raters for each category.

use crate::rows::labels::Labels;
use crate::status::Status;

/// The most ratings of one item.
pub const MOST: usize = 1024;

/// How items are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The category that each rater named; this label says that one named none.
    Ratings(i32),
    /// How many raters named each category.
    Counts,
}

/// What an update is given.
#[derive(Clone, Copy)]
pub struct Items {
    /// All numbers.
    pub labels: Labels,
    /// From item to item.
    pub stride: usize,
    /// Raters, or categories.
    pub cols: usize,
    /// Number of items.
    pub rows: usize,
    /// What the numbers are.
    pub form: Form,
}

/// The categories of one item, lowest first, and how often each was named.
pub struct Item {
    categories: [u32; MOST],
    counts: [u32; MOST],
    used: usize,
    /// All ratings.
    pub total: usize,
}

impl Item {
    /// One that no one rated.
    pub const EMPTY: Item = Item { categories: [0; MOST], counts: [0; MOST], used: 0, total: 0 };

    /// Each category that was named, and how often.
    pub fn iter(&self) -> impl Iterator<Item = (usize, u64)> + '_ {
        let both = self.categories.iter().zip(&self.counts).take(self.used);
        both.map(|(category, count)| (*category as usize, u64::from(*count)))
    }

    /// Adds ratings; false if they are too many.
    fn add(&mut self, category: u32, count: usize) -> bool {
        if count > MOST - self.total.min(MOST) {
            return false;
        }
        self.total += count;
        let used = self.categories.get(..self.used).unwrap_or_default();
        let place = used.iter().position(|known| *known >= category).unwrap_or(self.used);
        if used.get(place) != Some(&category) {
            // Each that is new brings a rating, so there is room.
            let (mut moved, mut with) = (category, 0);
            for (known, count) in self
                .categories
                .iter_mut()
                .zip(&mut self.counts)
                .skip(place)
                .take(self.used + 1 - place)
            {
                core::mem::swap(known, &mut moved);
                core::mem::swap(count, &mut with);
            }
            self.used += 1;
        }
        if let Some(known) = self.counts.get_mut(place) {
            *known += count as u32;
        }
        true
    }
}

impl Items {
    /// Reads item `r`: `E_LABEL` for what is no category, `E_VALUE` for more ratings
    /// than `most`.
    #[inline(never)]
    pub fn read(&self, r: usize, classes: u32, most: usize, item: &mut Item) -> Result<(), Status> {
        (item.used, item.total) = (0, 0);
        let start = r * self.stride;
        let good = match self.form {
            Form::Ratings(missing) => {
                let mut label = [0];
                for at in start..start + self.cols {
                    self.labels.narrow(at, &mut label);
                    if label[0] == missing {
                        continue;
                    }
                    let category = u32::try_from(label[0]).unwrap_or(u32::MAX);
                    if category >= classes {
                        return Err(Status::LGT_E_LABEL);
                    }
                    if !item.add(category, 1) {
                        return Err(Status::LGT_E_VALUE);
                    }
                }
                true
            }
            Form::Counts => (0..classes).all(|c| {
                let count = self.labels.get(start + c as usize);
                count == 0 || count <= MOST as u64 && item.add(c, count as usize)
            }),
        };
        if good && item.total <= most { Ok(()) } else { Err(Status::LGT_E_VALUE) }
    }
}
