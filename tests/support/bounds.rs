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
/// A part of a Brier score.
pub const BRIER_PART: f64 = 1e-15;
/// Kolmogorov and Smirnov's calibration error, and Kuiper's.
pub const KS: f64 = 1e-15;
/// The square of a maximum mean calibration error.
pub const MMCE_SQUARE: f64 = 1e-14;
/// Smooth calibration error, from what size on, and the bound at its least bandwidth.
pub const SMOOTH_ECE: f64 = 1e-6;
pub const SMOOTH_ECE_FROM: f64 = 0.01;
pub const SMOOTH_ECE_WORST: f64 = 2e-5;
/// A fitted temperature, relative.
pub const TEMPERATURE: ByType = ByType { f32: 1e-6, f64: 1e-8 };

/// Every function whose documentation has a section on accuracy, with the
/// numbers in it as they come.
pub const STATED: [(&str, &[f64]); 21] = [
    ("lgt_softmax_f32", &[SHARE, ORDINARY_SHARE, LSE.f32, LSE.f64, LSE_LEAST]),
    ("lgt_log_softmax_f32", &[LOG_SHARE, 0.0]),
    ("lgt_logsumexp_f32", &[LSE.f32, LSE.f64, LSE_LEAST]),
    ("lgt_extsum_update_f32", &[EXT_SUM.f32, EXT_SUM.f64, EXT_SUM_ADDED]),
    ("lgt_extsum_scale_f32", &[SHARE, FAR]),
    ("lgt_accuracy_update_f32", &[]),
    ("lgt_nll_update_f32", &[LOSS.f32, LOSS.f64]),
    ("lgt_brier_update_f32", &[BRIER.f32, BRIER.f64]),
    ("lgt_ece_top_label_update_f32", &[ECE_A_BIN]),
    ("lgt_reliability_finish", &[ECE_A_BIN]),
    ("lgt_ece_binary_update_f32", &[]),
    ("lgt_ace_f32", &[ECE_A_BIN]),
    ("lgt_brier_decomposition_f32", &[BRIER_PART]),
    ("lgt_ece_classwise_update_f32", &[ECE_A_BIN]),
    ("lgt_ece_equal_mass_f32", &[ECE_A_BIN]),
    ("lgt_ks_calibration_f32", &[KS]),
    ("lgt_mmce_f32", &[MMCE_SQUARE]),
    ("lgt_smooth_ece_f32", &[SMOOTH_ECE, SMOOTH_ECE_FROM, SMOOTH_ECE_WORST]),
    ("lgt_top_label_f32", &[]),
    ("lgt_temperature_fit_f32", &[TEMPERATURE.f32, TEMPERATURE.f64]),
    ("lgt_temperature_apply_f32", &[]),
];

/// The exponential inside the kernels, in ulp: promised to no one, but what the
/// bounds above are made of.
pub const EXPONENTIAL: ByType = ByType { f32: 1.75, f64: 1.75 };
/// In f32 by references far from 0, where the rest of the reduction leaves the range
/// that the polynomial is made for by a little.
pub const EXPONENTIAL_FAR: f64 = 2.3;
