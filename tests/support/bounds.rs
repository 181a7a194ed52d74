//! The bounds that the documentation promises, which are the tolerances of the
//! tests: in one place, and `tests/header/bounds.rs` compares the texts with it.
#![allow(dead_code)] // Each test binary uses its part.

/// A bound that depends on the type computed in.
pub struct ByType {
    pub f32: f64,
    pub f64: f64,
}

impl ByType {
    pub fn of(&self, is_f64: bool) -> f64 {
        if is_f64 { self.f64 } else { self.f32 }
    }
}

/// A share, in ulp of the type computed in.
pub const SHARE: f64 = 12.0;
/// A share of a row not made to lose terms.
pub const ORDINARY_SHARE: f64 = 6.0;
/// The logarithm of a share, likewise.
pub const LOG_SHARE: f64 = 12.0;
/// The logarithm of a sum, relative to the largest of [`LSE_LEAST`], itself, and
/// scale times the row's maximum.
pub const LSE: ByType = ByType { f32: 7e-7, f64: 1.2e-15 };
pub const LSE_LEAST: f64 = 1.0;
/// A sum of exponentials, relative; and what is added by each further update.
pub const EXT_SUM: ByType = ByType { f32: 3e-7, f64: 6e-16 };
pub const EXT_SUM_ADDED: f64 = 1.2e-16;
/// Scores beyond which an exponent has no fraction.
pub const FAR: f64 = 3e15;
/// A row's loss, relative.
pub const LOSS: ByType = ByType { f32: 6e-7, f64: 1e-14 };
/// A row's Brier score, relative.
pub const BRIER: ByType = ByType { f32: 5e-7, f64: 1e-15 };
/// A calibration error, a bin.
pub const ECE_A_BIN: f64 = 1e-15;
/// A row's terms of an evaluation: relative to what they are, or of 1.
pub const SCORED: ByType = ByType { f32: 1.5e-6, f64: 5e-14 };
/// What of a row's loss or Brier score, and of its entropy, may be lost, a column.
pub const SCORED_LOST: ByType = ByType { f32: 4e-18, f64: 6e-153 };
pub const SCORED_LOST_ENTROPY: ByType = ByType { f32: 2e-16, f64: 2e-150 };
/// A fitted temperature, relative.
pub const TEMPERATURE: ByType = ByType { f32: 1e-6, f64: 1e-8 };

/// The numbers of `lgt_evaluate_update_f32`.
const EVALUATE_STATED: &[f64] = &[
    SCORED.f32,
    SCORED.f64,
    SCORED.f32,
    SCORED.f64,
    SCORED_LOST.f32,
    SCORED_LOST.f64,
    SCORED_LOST_ENTROPY.f32,
    SCORED_LOST_ENTROPY.f64,
];

/// Every function whose documentation has a section on accuracy, with the
/// numbers in it as they come.
pub const STATED: [(&str, &[f64]); 13] = [
    ("lgt_softmax_f32", &[SHARE, ORDINARY_SHARE, LSE.f32, LSE.f64, LSE_LEAST]),
    ("lgt_log_softmax_f32", &[LOG_SHARE, 0.0]),
    ("lgt_logsumexp_f32", &[LSE.f32, LSE.f64, LSE_LEAST]),
    ("lgt_extsum_update_f32", &[EXT_SUM.f32, EXT_SUM.f64, EXT_SUM_ADDED]),
    ("lgt_extsum_scale_f32", &[SHARE, FAR]),
    ("lgt_accuracy_update_f32", &[]),
    ("lgt_nll_update_f32", &[LOSS.f32, LOSS.f64]),
    ("lgt_brier_update_f32", &[BRIER.f32, BRIER.f64]),
    ("lgt_ece_top_label_update_f32", &[ECE_A_BIN]),
    ("lgt_evaluate_update_f32", EVALUATE_STATED),
    ("lgt_reliability_finish", &[ECE_A_BIN]),
    ("lgt_temperature_fit_f32", &[TEMPERATURE.f32, TEMPERATURE.f64]),
    ("lgt_temperature_apply_f32", &[]),
];

/// The exponential inside the kernels, in ulp: promised to no one, but what the
/// bounds above are made of.
pub const EXPONENTIAL: ByType = ByType { f32: 1.75, f64: 1.75 };
/// In f32 by references far from 0, where the rest of the reduction leaves the range
/// that the polynomial is made for by a little.
pub const EXPONENTIAL_FAR: f64 = 2.3;
