//! `lgt_agreement`: a mergeable state.

use super::guard::{self, Options};
use super::items::{self, Table};
use super::state;
use crate::agreement::agreement::{
    AgreementReport, ERRORS, FleissCategory, FleissReport, Raters, Setup,
};
use crate::agreement::chance::{self, Coefficient, Opts};
use crate::agreement::fleiss;
use crate::agreement::weights::{Scheme, Weights};
use crate::state::Params;
use crate::status::Status;
use core::ffi::c_void;

/// The state of an `lgt_agreement` is to give standard errors.
pub const LGT_AGREEMENT_ERRORS: u32 = 1;

/// Krippendorff's alpha.
pub const LGT_COEFFICIENT_KRIPPENDORFF: u32 = 0;
/// Fleiss' kappa; of two raters Scott's pi.
pub const LGT_COEFFICIENT_FLEISS: u32 = 1;
/// Gwet's AC1, with weights AC2.
pub const LGT_COEFFICIENT_GWET: u32 = 2;
/// Brennan and Prediger's kappa, Randolph's free-marginal kappa.
pub const LGT_COEFFICIENT_BRENNAN_PREDIGER: u32 = 3;

/// Weights: 0 for all but the same category.
pub const LGT_WEIGHTS_IDENTITY: u32 = 0;
/// Weights: by the distance of values.
pub const LGT_WEIGHTS_LINEAR: u32 = 1;
/// Weights: by the square of the distance; Krippendorff's interval data.
pub const LGT_WEIGHTS_QUADRATIC: u32 = 2;
/// Weights: by the root of the distance.
pub const LGT_WEIGHTS_RADICAL: u32 = 3;
/// Weights: Gwet's ordinal ones, by the categories between.
pub const LGT_WEIGHTS_ORDINAL: u32 = 4;
/// Weights: by the square of distance over sum; Krippendorff's ratio data.
pub const LGT_WEIGHTS_RATIO: u32 = 5;
/// Weights: by the square of the ratings between; Krippendorff's ordinal data.
pub const LGT_WEIGHTS_RANKS: u32 = 6;
/// Weights: those of the options.
pub const LGT_WEIGHTS_CUSTOM: u32 = 7;

// Written as numbers because the header generator evaluates nothing.
const _: () = assert!(
    LGT_AGREEMENT_ERRORS as u64 == ERRORS
        && LGT_COEFFICIENT_BRENNAN_PREDIGER == Coefficient::BrennanPrediger as u32
        && LGT_WEIGHTS_CUSTOM == Scheme::Custom as u32
);

/// How a state of `lgt_agreement` is set up. Fill with `lgt_agreement_opts_default`,
/// then change what is to be different.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_agreement_opts {
    /// The size of this struct in bytes.
    pub struct_size: u32,
    /// `LGT_AGREEMENT_ERRORS` or 0, the default.
    pub flags: u32,
    /// The most ratings of an item, 1 to 1024; default 16.
    pub raters: u32,
    /// The label that stands for no rating, above INT32_MIN; default -1.
    pub missing: i32,
}

// SAFETY: repr(C), four numbers of 4 bytes.
unsafe impl Options for lgt_agreement_opts {
    const DEFAULT: Self =
        Self { struct_size: size_of::<Self>() as u32, flags: 0, raters: 16, missing: -1 };
}

impl lgt_agreement_opts {
    unsafe fn read(opts: *const Self, categories: u32) -> Result<Params, Status> {
        // SAFETY: the caller vouches for the struct.
        let opts = unsafe { guard::options(opts)? };
        if opts.flags & !LGT_AGREEMENT_ERRORS != 0 {
            return Err(Status::LGT_E_OPTION);
        }
        Ok(Setup {
            categories: categories as usize,
            raters: opts.raters as usize,
            errors: opts.flags & LGT_AGREEMENT_ERRORS != 0,
            missing: opts.missing,
        }
        .params())
    }
}

/// What `lgt_agreement_finish` is asked for. Fill with
/// `lgt_agreement_finish_opts_default`, then change what is to be different.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_agreement_finish_opts {
    /// The size of this struct in bytes.
    pub struct_size: u32,
    /// An `LGT_COEFFICIENT_`; default `LGT_COEFFICIENT_KRIPPENDORFF`.
    pub coefficient: u32,
    /// An `LGT_WEIGHTS_`; default `LGT_WEIGHTS_IDENTITY`.
    pub weights: u32,
    /// 0.
    pub reserved: u32,
    /// The value of each category, up to 1e150 in magnitude, for ratio not below 0; NULL,
    /// the default, is 0 for category 0, 1 for category 1, and so on.
    pub values: *const f64,
    /// Categories x categories weights from 0 to 1, of the same category 1, for
    /// `LGT_WEIGHTS_CUSTOM`. Of two entries for two categories the mean counts.
    pub custom: *const f64,
    /// Of the interval, above 0 and below 1; default 0.95.
    pub confidence: f64,
}

// SAFETY: repr(C), four numbers of 4 bytes, two pointers, 8 bytes.
unsafe impl Options for lgt_agreement_finish_opts {
    const DEFAULT: Self = Self {
        struct_size: size_of::<Self>() as u32,
        coefficient: LGT_COEFFICIENT_KRIPPENDORFF,
        weights: LGT_WEIGHTS_IDENTITY,
        reserved: 0,
        values: core::ptr::null(),
        custom: core::ptr::null(),
        confidence: 0.95,
    };
}

impl lgt_agreement_finish_opts {
    unsafe fn read<'a>(self, n: usize) -> Result<Opts<'a>, Status> {
        let coefficient = Coefficient::ALL.get(self.coefficient as usize);
        let scheme = Scheme::ALL.get(self.weights as usize);
        let (Some(&coefficient), Some(&scheme)) = (coefficient, scheme) else {
            return Err(Status::LGT_E_OPTION);
        };
        if self.reserved != 0 {
            return Err(Status::LGT_E_OPTION);
        }
        guard::confidence(self.confidence)?;
        let cells = if scheme == Scheme::Custom { n.checked_mul(n) } else { Some(0) };
        // SAFETY: the caller vouches for the arrays.
        let (values, custom) = unsafe {
            (
                if self.values.is_null() { None } else { Some(guard::slice(self.values, n)?) },
                guard::slice(self.custom, cells.ok_or(Status::LGT_E_SIZE)?)?,
            )
        };
        let weights = Weights { scheme, values, custom };
        if !weights.are_good(n) {
            return Err(Status::LGT_E_VALUE);
        }
        Ok(Opts { coefficient, weights, confidence: self.confidence })
    }
}

/// Writes the default options. Does nothing for NULL. Thread safety: any
/// thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_agreement_opts_default(opts: *mut lgt_agreement_opts) {
    if !opts.is_null() {
        // SAFETY: the contract of this function.
        unsafe { *opts = lgt_agreement_opts::DEFAULT };
    }
}

/// Writes the default options. Does nothing for NULL. Thread safety: any
/// thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_agreement_finish_opts_default(opts: *mut lgt_agreement_finish_opts) {
    if !opts.is_null() {
        // SAFETY: the contract of this function.
        unsafe { *opts = lgt_agreement_finish_opts::DEFAULT };
    }
}

/// Writes how many bytes a state of `lgt_agreement` needs: with C categories and R as the
/// most ratings of an item, 48 + 8 R (1 + C + C (C - 1) / 2), and with
/// `LGT_AGREEMENT_ERRORS` as often 8 C (C + 1) (C + 2) (C + 3) / 24 more.
///
/// # Shape
/// `categories`: 1 or more, with `LGT_AGREEMENT_ERRORS` up to 32; a state is below 4 GiB.
/// `opts`: how the state is to be set up, or NULL. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_OPTION`, `LGT_E_VALUE` (categories, raters, missing).
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_agreement_size(
    categories: u32,
    opts: *const lgt_agreement_opts,
    bytes: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    match unsafe { lgt_agreement_opts::read(opts, categories) } {
        // SAFETY: as above.
        Ok(params) => unsafe { state::size_of_state::<Raters>(params, bytes) },
        Err(status) => status,
    }
}

/// Starts a state of agreement of raters, who put items into categories.
///
/// # Shape
/// `state`: `size` bytes of the caller, 8-byte aligned, at least what
/// `lgt_agreement_size` says of the same `categories` and `opts`. `categories`: 1 or
/// more, with `LGT_AGREEMENT_ERRORS` up to 32. `opts`: one struct, or NULL for the
/// defaults.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_OPTION`, `LGT_E_VALUE`
/// (categories, raters, missing).
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_agreement_init(
    state: *mut c_void,
    size: usize,
    categories: u32,
    opts: *const lgt_agreement_opts,
) -> Status {
    // SAFETY: the contract of this function.
    match unsafe { lgt_agreement_opts::read(opts, categories) } {
        // SAFETY: as above.
        Ok(params) => unsafe { state::init::<Raters>(state, size, params) },
        Err(status) => status,
    }
}

/// Adds items to a state of agreement of raters: the category into which each rater put
/// each item.
///
/// Who a rater is does not matter, only how many put an item into which category; so
/// items may have different raters, and different numbers of them. The label that the
/// options call `missing` is no rating.
///
/// # Shape
/// `ratings`: items x raters, of the integer type `rating_type` (`LGT_I8` to `LGT_U64`),
/// row-major, stride in elements, at least raters. Categories are 0 to categories - 1.
/// There may be more raters than the options say, as long as no item has more ratings.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL` (of a rating, an unknown
/// type), `LGT_E_VALUE` (an item of too many ratings), `LGT_E_STATE`. The state is then as
/// it was.
///
/// # Accuracy
/// Exact: all that is kept are whole numbers. The same items give the same bytes in any
/// order, of raters too, and any split. Sums of the fourth power of the numbers of ratings
/// must be below 2^64, as those of millions of items of a thousand ratings each are.
///
/// Thread safety: any thread, one at a time for one state; give each worker its
/// own and merge them.
///
/// # Source
/// K. Krippendorff, "Computing Krippendorff's alpha-reliability" (2011): his
/// coincidences, kept apart by the number of ratings.
///
/// # Example
/// ```c
/// uint64_t state[6 + 16 * 4];
/// int8_t ratings[3][2] = {{0, 0}, {1, 0}, {1, -1}};
/// lgt_agreement_report report;
/// assert(lgt_agreement_init(state, sizeof state, 2, NULL) == LGT_OK);
/// assert(lgt_agreement_update(state, &ratings[0][0], LGT_I8, 2, 3, 2) == LGT_OK);
/// assert(lgt_agreement_finish(state, &report, NULL) == LGT_OK);
/// assert(report.items == 3 && report.paired_items == 2 && report.value == 0);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_agreement_update(
    state: *mut c_void,
    ratings: *const c_void,
    rating_type: u32,
    ratings_stride: usize,
    items: usize,
    raters: usize,
) -> Status {
    let table = Table { data: ratings, kind: rating_type, stride: ratings_stride, rows: items };
    // SAFETY: the contract of this function.
    unsafe { items::update(state, table, Some(raters)) }
}

/// Adds items to a state of agreement of raters: how many raters put each item into each
/// category.
///
/// # Shape
/// `counts`: items x categories, of the integer type `count_type`, row-major, stride in
/// elements, at least categories.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL` (an unknown type),
/// `LGT_E_VALUE` (a count below 0, an item of too many ratings), `LGT_E_STATE`. The state
/// is then as it was.
///
/// Thread safety: any thread, one at a time for one state; give each worker its
/// own and merge them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_agreement_update_counts(
    state: *mut c_void,
    counts: *const c_void,
    count_type: u32,
    counts_stride: usize,
    items: usize,
) -> Status {
    let table = Table { data: counts, kind: count_type, stride: counts_stride, rows: items };
    // SAFETY: the contract of this function.
    unsafe { items::update(state, table, None) }
}

/// Adds what another state of the same parameters has seen. The order of merging
/// does not change a bit. For bytes from elsewhere use `lgt_state_merge`, which
/// is told their size.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_MISMATCH`, `LGT_E_ALIAS` (the same
/// state twice). The state is then as it was.
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_agreement_merge(state: *mut c_void, other: *const c_void) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::merge::<Raters>(state, other) }
}

/// Writes one coefficient of agreement; the state can go on.
///
/// With `LGT_COEFFICIENT_KRIPPENDORFF` items of one rating are left out, with the others
/// they count for how often categories are named. Nominal data have
/// `LGT_WEIGHTS_IDENTITY`; Krippendorff's metrics are `LGT_WEIGHTS_RANKS` (ordinal),
/// `_QUADRATIC` (interval) and `_RATIO`. Coefficients and weights go together as wished;
/// all are those of irrCAC, which takes `_ORDINAL` for alpha too. All categories of
/// `init` count for Gwet's and for Brennan and Prediger's, named or not.
///
/// Standard errors are Gwet's, items being a sample without a finite population: with
/// `LGT_AGREEMENT_ERRORS`, else NaN; also for `LGT_WEIGHTS_RANKS`, and of one item. P-value
/// and interval are by Student's t, with one degree for each item less one.
///
/// Undefined, so NaN: no item with two ratings, or no disagreement by chance, as where one
/// category has all ratings (for alpha and Fleiss' kappa) or is all there is.
///
/// # Shape
/// `report`: one struct. `opts`: one struct, or NULL for the defaults.
///
/// # Errors
/// `LGT_E_NULL` (custom weights), `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_OPTION`, `LGT_E_VALUE`
/// (values,
/// weights, confidence). Advisory: `LGT_UNDEFINED` if the coefficient is NaN.
///
/// # Accuracy
/// A coefficient is within 1e-12 of its exact value, a standard error within 1e-8 divided
/// by the root of the items: it is a difference of squares.
///
/// Thread safety: any thread, as long as no other changes the state.
///
/// # Source
/// K. Krippendorff (2011), as above; J. L. Fleiss, "Measuring nominal scale agreement among
/// many raters" (1971); K. L. Gwet, "Computing inter-rater reliability and its variance in
/// the presence of high agreement" (2008), and "Handbook of Inter-Rater Reliability" (2014)
/// for weights and missing ratings; R. L. Brennan and D. J. Prediger, "Coefficient kappa:
/// some uses, misuses, and alternatives" (1981).
///
/// # Example
/// ```c
/// uint64_t state[6 + 16 * 4];
/// uint8_t counts[4][2] = {{3, 0}, {2, 1}, {0, 3}, {0, 3}};
/// lgt_agreement_report report;
/// lgt_agreement_finish_opts opts;
/// lgt_agreement_finish_opts_default(&opts);
/// opts.coefficient = LGT_COEFFICIENT_BRENNAN_PREDIGER;
/// assert(lgt_agreement_init(state, sizeof state, 2, NULL) == LGT_OK);
/// assert(lgt_agreement_update_counts(state, counts, LGT_U8, 2, 4) == LGT_OK);
/// assert(lgt_agreement_finish(state, &report, &opts) == LGT_OK);
/// assert(report.value > 0.66 && report.value < 0.67 && report.expected == 0.5);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_agreement_finish(
    state: *const c_void,
    report: *mut AgreementReport,
    opts: *const lgt_agreement_finish_opts,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        state::read(state, report, |state: &Raters| {
            let opts = guard::options(opts)?.read(state.setup().categories)?;
            let made = chance::finish(state, &opts);
            *report = made;
            Ok(if made.value.is_nan() { Status::LGT_UNDEFINED } else { Status::LGT_OK })
        })
    }
}

/// Writes Fleiss' kappa with his test that raters agree by chance only, and Randolph's;
/// the state can go on.
///
/// As statsmodels' `fleiss_kappa` and R's `kappam.fleiss`. If items have different
/// numbers of ratings, kappas are the general ones of `lgt_agreement_finish`, and the
/// test, which has none, is NaN.
///
/// # Shape
/// `report`: one struct.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED` if kappa is NaN.
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_agreement_finish_fleiss(
    state: *const c_void,
    report: *mut FleissReport,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::finish(state, report, fleiss::finish, |made| made.kappa.is_nan()) }
}

/// Writes Fleiss' kappa and test of each category against the rest; the state can go on.
///
/// # Shape
/// `categories`: `count` structs; at least as many as `init` was told. A category that no
/// rating or every rating names has NaN.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_SIZE`.
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_agreement_get_categories(
    state: *const c_void,
    categories: *mut FleissCategory,
    count: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        state::read_all(state, (categories, count), |state: &Raters| {
            guard::fill(categories, count, fleiss::categories(state))
        })
    }
}
