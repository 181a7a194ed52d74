//! States of agreement of raters.
#![allow(dead_code)] // Each test binary uses its part.

use crate::reference::agreement::Item;
use crate::support::family::State;
use crate::support::pairs::Column;
use crate::support::rng::Rng;
use logitude::capi::{agreement::*, types::*};
use logitude::status::Status;

/// How a state is set up.
#[derive(Clone, Copy, Debug)]
pub struct RaterState {
    pub categories: u32,
    pub raters: u32,
    pub errors: bool,
    pub missing: i32,
}

/// How ratings are given: as labels, or counted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Form {
    Ratings,
    Counts,
}

impl RaterState {
    pub fn opts(self) -> lgt_agreement_opts {
        lgt_agreement_opts {
            struct_size: size_of::<lgt_agreement_opts>() as u32,
            flags: if self.errors { LGT_AGREEMENT_ERRORS } else { 0 },
            raters: self.raters,
            missing: self.missing,
        }
    }

    pub fn size(self) -> usize {
        let (mut bytes, opts) = (0, self.opts());
        // SAFETY: both are one struct.
        let status =
            unsafe { lgt_agreement_size(self.categories, &raw const opts, &raw mut bytes) };
        assert_eq!(status, Status::LGT_OK, "{self:?}");
        bytes
    }

    pub fn start(self) -> State {
        let (size, opts) = (self.size(), self.opts());
        let mut state = vec![u64::MAX; size / 8];
        // SAFETY: `state` is `size` bytes long.
        let status = unsafe {
            lgt_agreement_init(state.as_mut_ptr().cast(), size, self.categories, &raw const opts)
        };
        assert_eq!(status, Status::LGT_OK);
        state
    }

    /// An update with a table of so many columns, `gap` numbers between rows.
    pub fn update(self, state: &mut State, form: Form, table: &[Vec<i64>], kind: u32) -> Status {
        let cols = table.first().map_or(0, Vec::len);
        let gap = 3;
        let padded = |row: &Vec<i64>| row.iter().copied().chain([99; 3]).collect::<Vec<_>>();
        let column = Column::new(&table.iter().flat_map(padded).collect::<Vec<_>>(), kind);
        let (at, data) = (state.as_mut_ptr().cast(), column.bytes.as_ptr().cast());
        // SAFETY: the table is as large as is said.
        unsafe {
            match form {
                Form::Ratings => {
                    lgt_agreement_update(at, data, kind, cols + gap, table.len(), cols)
                }
                Form::Counts => {
                    lgt_agreement_update_counts(at, data, kind, cols + gap, table.len())
                }
            }
        }
    }

    /// Adds items in either form.
    pub fn see(self, state: &mut State, form: Form, items: &[Item], kind: u32) {
        let one = |item: &Item| -> Vec<i64> {
            match form {
                Form::Ratings => item
                    .iter()
                    .map(|rating| rating.map_or(self.missing.into(), |k| k as i64))
                    .collect(),
                Form::Counts => (0..self.categories as usize)
                    .map(|k| item.iter().filter(|rating| **rating == Some(k)).count() as i64)
                    .collect(),
            }
        };
        let table: Vec<Vec<i64>> = items.iter().map(one).collect();
        if !table.is_empty() {
            assert_eq!(self.update(state, form, &table, kind), Status::LGT_OK, "{self:?}");
        }
    }

    pub fn seen(self, items: &[Item]) -> State {
        let mut state = self.start();
        self.see(&mut state, Form::Ratings, items, LGT_I32);
        state
    }

    pub fn merge(self, state: &mut State, other: &State) -> Status {
        // SAFETY: both are whole states.
        unsafe { lgt_agreement_merge(state.as_mut_ptr().cast(), other.as_ptr().cast()) }
    }
}

/// Items that `raters` agree on more or less, each with a chance of `there` to rate.
pub fn items(rng: &mut Rng, n: usize, raters: usize, classes: usize, there: f64) -> Vec<Item> {
    let agreed = rng.unit();
    let used = 1 + rng.below(classes);
    let one = |rng: &mut Rng| -> Item {
        let own = rng.below(used);
        let rating = |rng: &mut Rng| if rng.unit() < agreed { own } else { rng.below(used) };
        (0..raters).map(|_| (rng.unit() < there).then(|| rating(rng))).collect()
    };
    (0..n).map(|_| one(rng)).collect()
}
