//! What raters did, as whole numbers from which every coefficient of agreement is
//! made at the end.
//!
//! If `r_k` raters put an item of `m` ratings into category k, coefficients ask for
//! sums over items of `r_k / m` and `r_k r_l / m (m - 1)`, or `/ (m - 1)`. So sums of
//! `r_k` and of `r_k r_l` are kept for each `m` apart: they are whole numbers, and any
//! weights of the categories can be put to them later. A standard error asks for the
//! square of a sum of these, which is a sum of `r_a r_b r_c r_d`; lower products are
//! in it too, since the `r_k` of an item add up to `m`.

use super::items::{Item, Items, MOST};
use crate::state::{Head, Kind, Params, State};
use crate::status::Status;

/// Products of four are kept, for standard errors.
pub const ERRORS: u64 = 1;
/// The most categories that may have them.
pub const MOST_WITH_ERRORS: usize = 32;

/// What has been seen; the header's parameter is the number of categories.
#[repr(C)]
pub struct Raters {
    head: Head,
    flags: u64,
    raters: u64,
    missing: u64,
    empty: u64,
    tables: [u64],
}

/// Words before the tables.
const FIXED: usize = 6;

/// Of a state: what it was set up with.
#[derive(Clone, Copy)]
pub struct Setup {
    /// Number of categories.
    pub categories: usize,
    /// The most ratings of an item.
    pub raters: usize,
    /// Whether there are products of four.
    pub errors: bool,
    /// The label of a rating that is not there.
    pub missing: i32,
}

impl Setup {
    /// The parameters of a state.
    pub fn params(self) -> Params {
        let flags = if self.errors { ERRORS } else { 0 };
        let words = [flags, self.raters as u64, u64::from(self.missing as u32), 0];
        Params { param: self.categories as u32, words }
    }

    /// What words in a state say, if they are words that [`Setup::params`] makes.
    fn of(params: &Params) -> Option<Setup> {
        let [flags, raters, missing, _] = params.words;
        let setup = Setup {
            categories: params.param as usize,
            raters: usize::try_from(raters).ok()?,
            errors: flags & ERRORS != 0,
            missing: missing as i32,
        };
        let most = if setup.errors { MOST_WITH_ERRORS } else { u32::MAX as usize };
        let sound = (1..=most).contains(&setup.categories)
            && (1..=MOST).contains(&setup.raters)
            && setup.missing != i32::MIN;
        (sound && setup.params().words == params.words).then_some(setup)
    }

    /// Words of the table of one number of ratings.
    fn words(self) -> Option<usize> {
        let n = self.categories;
        let pairs = n.checked_mul(n - 1)? / 2;
        let fours = if self.errors { n * (n + 1) * (n + 2) / 6 * (n + 3) / 4 } else { 0 };
        pairs.checked_add(1 + n)?.checked_add(fours)
    }
}

// SAFETY: repr(C) of u64s behind a head, without padding.
unsafe impl State for Raters {
    const KIND: Kind = Kind::Agreement;
    const WORDS: usize = 3;

    fn size(params: &Params) -> Option<usize> {
        let setup = Setup::of(params)?;
        let words = setup.words()?.checked_mul(setup.raters)?.checked_add(FIXED)?;
        words.checked_mul(8).filter(|bytes| u32::try_from(*bytes).is_ok())
    }

    fn at(data: *mut u8, params: &Params) -> *mut Self {
        let words = Self::size(params).map_or(0, |bytes| bytes / 8 - FIXED);
        core::ptr::slice_from_raw_parts_mut(data, words) as *mut Self
    }

    fn merge(&mut self, other: &Self) {
        self.empty = self.empty.wrapping_add(other.empty);
        for (mine, theirs) in self.tables.iter_mut().zip(&other.tables) {
            *mine = mine.wrapping_add(*theirs);
        }
    }
}

/// The result of `lgt_agreement_finish`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct AgreementReport {
    /// Items with a rating.
    pub items: u64,
    /// Those with more than one.
    pub paired_items: u64,
    /// Items without.
    pub empty_items: u64,
    /// All ratings.
    pub ratings: u64,
    /// Categories that were named.
    pub categories: u64,
    /// Observed agreement.
    pub observed: f64,
    /// Raters by chance.
    pub expected: f64,
    /// The coefficient.
    pub value: f64,
    /// Its standard error over items; NaN if not asked for.
    pub std_error: f64,
    /// Two-sided, for a coefficient of 0, by Student's t.
    pub p_value: f64,
    /// The lower end of the confidence interval.
    pub low: f64,
    /// The upper end, at most 1.
    pub high: f64,
}

/// The result of `lgt_agreement_finish_fleiss`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct FleissReport {
    /// Items with a rating.
    pub items: u64,
    /// Ratings of each; 0 if not all have as many.
    pub raters: u64,
    /// Observed agreement.
    pub observed: f64,
    /// Raters by chance.
    pub expected: f64,
    /// Fleiss' kappa.
    pub kappa: f64,
    /// What its standard error is if there is no agreement beyond chance.
    pub std_error: f64,
    /// Kappa over that.
    pub z: f64,
    /// Two-sided, by the normal distribution.
    pub p_value: f64,
    /// Randolph's kappa, for which categories are alike by chance.
    pub free_marginal: f64,
}

/// One category against the rest.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct FleissCategory {
    /// How often it was named.
    pub ratings: u64,
    /// Its share: the mean over items.
    pub share: f64,
    /// Its kappa.
    pub kappa: f64,
    /// What its standard error is if there is no agreement beyond chance.
    pub std_error: f64,
    /// Kappa over that.
    pub z: f64,
    /// Two-sided, by the normal distribution.
    pub p_value: f64,
}

/// Items of one number of ratings.
#[derive(Clone, Copy)]
pub struct Table<'a> {
    /// That number.
    pub ratings: usize,
    /// How many items.
    pub items: u64,
    /// Of each category, the sum of `r_k`.
    pub singles: &'a [u64],
    /// Of each two, the sum of `r_k r_l`, at [`pair`].
    pub pairs: &'a [u64],
    /// Of each four in order, the sum of their product: the highest moves slowest.
    pub fours: &'a [u64],
}

/// The place of two categories, `low < high`.
pub fn pair(low: usize, high: usize) -> usize {
    high * high.saturating_sub(1) / 2 + low
}

/// The place of four categories, `a <= b <= c <= d`.
fn four(a: usize, b: usize, c: usize, d: usize) -> usize {
    a + b * (b + 1) / 2 + c * (c + 1) * (c + 2) / 6 + d * (d + 1) * (d + 2) / 6 * (d + 3) / 4
}

fn more(words: &mut [u64], place: usize, by: u64) {
    if let Some(word) = words.get_mut(place) {
        *word = word.wrapping_add(by);
    }
}

impl Raters {
    /// What the state was set up with.
    pub fn setup(&self) -> Setup {
        Setup {
            categories: self.head.param as usize,
            raters: self.raters as usize,
            errors: self.flags & ERRORS != 0,
            missing: self.missing as i32,
        }
    }

    /// Items without a rating.
    pub fn empty(&self) -> u64 {
        self.empty
    }

    /// Adds all items, or none and says why.
    #[inline(never)]
    pub fn update(&mut self, items: &Items) -> Result<(), Status> {
        let Setup { categories, raters, .. } = self.setup();
        let mut item = Item::EMPTY;
        for r in 0..items.rows {
            items.read(r, categories as u32, raters, &mut item)?;
        }
        for r in 0..items.rows {
            items.read(r, categories as u32, raters, &mut item)?;
            self.count(&item);
        }
        Ok(())
    }

    #[inline(never)]
    fn count(&mut self, item: &Item) {
        let setup = self.setup();
        let words = setup.words().unwrap_or(1);
        let Some(before) = item.total.checked_sub(1) else {
            self.empty = self.empty.wrapping_add(1);
            return;
        };
        let Some((_, from)) = self.tables.split_at_mut_checked(before * words) else { return };
        let Some((table, _)) = from.split_at_mut_checked(words) else { return };
        let Some(([items], table)) = table.split_at_mut_checked(1) else { return };
        let Some((singles, table)) = table.split_at_mut_checked(setup.categories) else { return };
        let pairs = pair(0, setup.categories);
        let Some((pairs, fours)) = table.split_at_mut_checked(pairs) else { return };
        *items = items.wrapping_add(1);
        for (i, (d, of_d)) in item.iter().enumerate() {
            more(singles, d, of_d);
            for (c, of_c) in item.iter().take(i) {
                more(pairs, pair(c, d), of_c * of_d);
            }
            if fours.is_empty() {
                continue;
            }
            for (j, (c, of_c)) in item.iter().take(i + 1).enumerate() {
                for (k, (b, of_b)) in item.iter().take(j + 1).enumerate() {
                    for (a, of_a) in item.iter().take(k + 1) {
                        more(fours, four(a, b, c, d), of_a * of_b * of_c * of_d);
                    }
                }
            }
        }
    }

    /// The items of one number of ratings, if there are any.
    #[inline(never)]
    fn table(&self, ratings: usize) -> Option<Table<'_>> {
        let setup = self.setup();
        let (n, words) = (setup.categories, setup.words()?);
        let (_, from) = self.tables.split_at_checked((ratings - 1) * words)?;
        let (table, _) = from.split_at_checked(words)?;
        let ([items], table) = table.split_first_chunk()?;
        let (singles, table) = table.split_at_checked(n)?;
        let (pairs, fours) = table.split_at_checked(pair(0, n))?;
        (*items > 0).then_some(Table { ratings, items: *items, singles, pairs, fours })
    }

    /// The items of each number of ratings, from 1 on; those of which there are none
    /// are left out.
    pub fn each(&self) -> impl Iterator<Item = Table<'_>> {
        (1..=self.setup().raters).filter_map(|ratings| self.table(ratings))
    }
}
