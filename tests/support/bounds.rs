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
/// A fitted temperature, relative.
pub const TEMPERATURE: ByType = ByType { f32: 1e-6, f64: 1e-8 };

/// A bound of the score interval, relative.
pub const SCORE_INTERVAL: f64 = 1e-14;
/// What is left outside of an interval by quantiles of the beta distribution,
/// relative.
pub const BETA_INTERVAL: f64 = 1e-13;
/// A bound of an interval by the normal distribution.
pub const NORMAL_INTERVAL: f64 = 1e-15;

/// Averages over classes, accuracy, correlation.
pub const CLASS_SCORE: f64 = 1e-13;
/// What is made of a confusion matrix.
pub const AGREEMENT: f64 = 1e-12;
/// A p-value of McNemar's test, relative.
pub const MCNEMAR: f64 = 1e-12;

/// Every function whose documentation has a section on accuracy, with the
/// numbers in it as they come.
pub const STATED: [(&str, &[f64]); 28] = [
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
    ("lgt_temperature_fit_f32", &[TEMPERATURE.f32, TEMPERATURE.f64]),
    ("lgt_temperature_apply_f32", &[]),
    ("lgt_interval_wilson", &[SCORE_INTERVAL]),
    ("lgt_interval_clopper_pearson", &[BETA_INTERVAL]),
    ("lgt_interval_jeffreys", &[BETA_INTERVAL]),
    ("lgt_interval_agresti_coull", &[NORMAL_INTERVAL]),
    ("lgt_interval_normal", &[NORMAL_INTERVAL]),
    ("lgt_class_counts_update", &[]),
    ("lgt_class_counts_finish", &[CLASS_SCORE]),
    ("lgt_class_counts_get_classes", &[]),
    ("lgt_confusion_update", &[]),
    ("lgt_confusion_get_matrix", &[]),
    ("lgt_confusion_get_agreement", &[AGREEMENT]),
    ("lgt_likelihood_ratios", &[]),
    ("lgt_mcnemar", &[MCNEMAR]),
    ("lgt_multilabel_update", &[]),
    ("lgt_multilabel_update_f32", &[]),
    ("lgt_multilabel_finish", &[CLASS_SCORE]),
];

/// The exponential inside the kernels, in ulp: promised to no one, but what the
/// bounds above are made of.
pub const EXPONENTIAL: ByType = ByType { f32: 1.75, f64: 1.75 };
/// In f32 by references far from 0, where the rest of the reduction leaves the range
/// that the polynomial is made for by a little.
pub const EXPONENTIAL_FAR: f64 = 2.3;
