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
/// What masks other than scales and causal ones add to the relative error of shares and the
/// absolute one of logarithms, relative to what scores are the sum of; eightfold if capped.
pub const MASKED: ByType = ByType { f32: 4.8e-7, f64: 9.6e-16 };
pub const MASKED_CAP: f64 = 8.0;
/// The gradient of a row transform, relative to what the documentation says.
pub const GRADIENT: ByType = ByType { f32: 1e-6, f64: 4e-15 };
/// A sum of exponentials, relative; and what is added by each further update.
pub const EXT_SUM: ByType = ByType { f32: 3e-7, f64: 6e-16 };
pub const EXT_SUM_ADDED: f64 = 1.2e-16;
/// Scores beyond which an exponent has no fraction.
pub const FAR: f64 = 3e15;
/// A function of one entry, in ulp of the type computed in; and what of it may be lost.
pub const ENTRY: f64 = 8.0;
pub const ENTRY_LOST: ByType = ByType { f32: 1e-37, f64: 1e-305 };
const ENTRY_STATED: &[f64] = &[ENTRY, ENTRY_LOST.f32, ENTRY_LOST.f64, 0.0];
const SOFTPLUS_STATED: &[f64] = &[1.0, ENTRY, ENTRY_LOST.f32, ENTRY_LOST.f64, 0.0];
/// A share by weights, relative; and a gradient of it.
pub const WEIGHED: ByType = ByType { f32: 1e-6, f64: 4e-15 };
pub const WEIGHED_GRADIENT: ByType = ByType { f32: 2e-6, f64: 8e-15 };
pub const TAYLOR: ByType = ByType { f32: 3e-6, f64: 1.2e-14 };
pub const TAYLOR_GRADIENT: ByType = ByType { f32: 6e-6, f64: 2.4e-14 };
/// What spherical shares may lack.
pub const SPHERICAL_LOST: f64 = 1e-30;
/// Noisy scores, in ulp.
pub const NOISE: f64 = 2.0;
/// The sum of soft top-k shares, up to how many columns and what size; their gradient, and
/// their loss, up to what size.
pub const TOPK_SUM: f64 = 1e-9;
pub const TOPK_COLS: f64 = 131072.0;
pub const TOPK_FAR: f64 = 1e4;
pub const TOPK_GRADIENT: f64 = 1e-13;
pub const TOPK_LOSS: f64 = 1e-12;
pub const TOPK_NEAR: f64 = 100.0;
/// A row's loss, relative.
pub const LOSS: ByType = ByType { f32: 6e-7, f64: 1e-14 };
/// A row's Brier score, relative.
pub const BRIER: ByType = ByType { f32: 5e-7, f64: 1e-15 };
/// The least score to which it is relative: squares of less are not normal numbers.
pub const BRIER_LEAST: ByType = ByType { f32: 1e-37, f64: 1e-300 };
/// A row's log loss, relative; where it is renormalised, absolute.
pub const LOG_LOSS: f64 = 6e-16;
pub const LOG_LOSS_RENORMALIZED: f64 = 1e-12;
/// A row's spherical score, relative.
pub const SPHERICAL: ByType = ByType { f32: 5e-7, f64: 1e-15 };
/// A measure of a query, relative; of ERR and RBP.
pub const RANKING: f64 = 1e-13;
pub const RANKING_CASCADE: f64 = 1e-12;
/// A ranked probability score, a class.
pub const RPS_A_CLASS: f64 = 1e-15;
/// A mean over rows of two classes, relative and absolute; what its bins tell,
/// absolute; Spiegelhalter's statistic, relative and absolute.
pub const BINARY: f64 = 4e-15;
pub const BINARY_LEAST: f64 = 1e-20;
pub const BINARY_BINS: f64 = 4e-15;
pub const BINARY_Z: f64 = 1e-12;
pub const BINARY_VARIANCE: f64 = 1e-12;
/// Intercept and slope of calibration, of the larger of themselves and 1.
pub const CALIBRATION_SLOPE: f64 = 1e-8;
/// The statistic of Hosmer and Lemeshow, and its p-value, relative.
pub const HOSMER_LEMESHOW: f64 = 1e-14;
pub const HOSMER_LEMESHOW_P: f64 = 1e-12;
/// A calibration error, a bin.
pub const ECE_A_BIN: f64 = 1e-15;
/// A row's terms of an evaluation: relative to what they are, or of 1.
pub const SCORED: ByType = ByType { f32: 1.5e-6, f64: 5e-14 };
/// What of a row's loss or Brier score, and of its entropy, may be lost, a column.
pub const SCORED_LOST: ByType = ByType { f32: 4e-18, f64: 6e-153 };
pub const SCORED_LOST_ENTROPY: ByType = ByType { f32: 2e-16, f64: 2e-150 };
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
/// A row's terms in extreme classification, relative; an inverse propensity; what a row
/// comes to in label ranking.
pub const XMC: f64 = 3e-13;
pub const INVERSE_PROPENSITY: f64 = 1e-13;
pub const LABEL_RANKING: f64 = 5e-16;
/// What is made of exact moments of columns, relative; p-values, relative.
pub const MOMENTS: f64 = 1e-15;
pub const COLUMNS_P: f64 = 1e-12;
/// Correlations of ranks.
pub const RANK_CORRELATION: f64 = 1e-15;
/// A weighted tau, up to so many rows.
pub const WEIGHTED_TAU: [f64; 4] = [1e-14, 1e5, 1e-11, 1e8];
/// Chatterjee's correlation, and its standard error, relative, up to so many rows.
pub const XI: [f64; 3] = [1e-14, 1e-11, 1e8];
/// A value of an isotonic function with weights, and losses, relative.
pub const ISOTONIC: f64 = 1e-12;
pub const ISOTONIC_LOSS: f64 = 1e-13;
/// What is between two of its values.
pub const ISOTONIC_LINE: f64 = 4e-16;
/// A mean of fitted values in a bin, and losses, relative.
pub const SCALING_BINNING: f64 = 1e-13;
/// A value of a spline calibrator, and losses, relative.
pub const SPLINE: f64 = 1e-10;
pub const SPLINE_LOSS: f64 = 1e-12;
/// A share of label 1 in a bin of equal width.
pub const BIN_SHARE: f64 = 4e-15;
/// A weight of a binning, and a value of an average of them.
pub const BBQ: f64 = 1e-8;
/// A lower or upper probability, without weights.
pub const VENN_ABERS: f64 = 1e-15;
/// A probability as a score of conformal prediction, relative, and a sum of them.
pub const CONFORMAL: ByType = ByType { f32: 1e-6, f64: 1e-13 };
pub const CONFORMAL_MASS: ByType = ByType { f32: 2e-6, f64: 1e-13 };
/// Coverage of prediction sets, its gaps, and their mean size, relative.
pub const COVERAGE: f64 = 1e-15;
/// Above a whole number, and below a share, what counts as reaching it.
pub const CONFORMAL_RANK: f64 = 1e-9;
pub const CONFORMAL_SHARE: f64 = 1e-12;
/// A fitted temperature, relative.
pub const TEMPERATURE: ByType = ByType { f32: 1e-6, f64: 1e-8 };
/// A weight of an ensemble at a temperature, of f64.
pub const ENSEMBLE_WEIGHT: f64 = 1e-6;
/// A row's loss at a temperature, of the larger of itself and its logits' distances.
pub const TEMPERATURE_LOSS: ByType = ByType { f32: 1e-6, f64: 1e-13 };

/// A parameter of a linear map, of the larger of itself and 1, where all is computed in
/// f64; a mapped row's probabilities, relative; a pass of expectation maximisation.
pub const LINEAR_MAP: f64 = 1e-8;
pub const MAPPED: ByType = ByType { f32: 1e-6, f64: 1e-14 };
pub const EXPECTATION: f64 = 1e-12;
/// The confidence of a row at a temperature, and what is made of it.
pub const CONFIDENCE: ByType = ByType { f32: 1e-6, f64: 4e-15 };
/// Cross-entropy, its gradient, and that of both directions of InfoNCE.
pub const CROSS_ENTROPY: ByType = ByType { f32: 1e-6, f64: 1e-14 };
pub const CROSS_ENTROPY_GRADIENT: ByType = ByType { f32: 2e-6, f64: 2e-14 };
pub const INFO_NCE_GRADIENT: ByType = ByType { f32: 4e-6, f64: 4e-14 };
pub const CA_GRADIENT: ByType = ByType { f32: 2e-6, f64: 1e-14 };
pub const CA_TEMPERATURE: ByType = ByType { f32: 1e-5, f64: 1e-8 };
/// What losses of the spherical family make of three numbers, relative to the largest term;
/// weights after steps of a layer, relative to their largest.
pub const SPHERICAL_PARTIALS: f64 = 4e-15;
pub const SPHERICAL_STEPS: f64 = 1e-9;
/// A Rényi entropy, relative to the larger of 1 and that of equal shares.
pub const RENYI: ByType = ByType { f32: 1e-5, f64: 4e-14 };
/// A soft label that is made of sums, and one that is mixed of two.
pub const LABEL: f64 = 1e-13;
pub const MIXED: f64 = 4e-16;
/// A divergence from uniform, relative to the larger of 1 and its greatest.
pub const DIVERGENCE: ByType = ByType { f32: 2e-6, f64: 1e-14 };

/// A share of a sparse map, and a gradient or a loss beside it.
pub const SPARSE: ByType = ByType { f32: 2e-7, f64: 4e-15 };
/// Those whose shares are powers.
pub const SPARSE_POWER: f64 = 1e-13;
pub const SPARSE_NORM: f64 = 1e-12;

/// The numbers of `lgt_ca_loss_grad_f32` and of `lgt_tau_cross_entropy_f32`.
const CA_GRADIENT_STATED: &[f64] =
    &[CA_GRADIENT.f32, CA_GRADIENT.f64, 1.0, CA_GRADIENT.f32, CA_GRADIENT.f64, 1.0];
const CROSS_ENTROPY_STATED: &[f64] = &[
    CROSS_ENTROPY.f32,
    CROSS_ENTROPY.f64,
    1.0,
    CROSS_ENTROPY_GRADIENT.f32,
    CROSS_ENTROPY_GRADIENT.f64,
    1.0,
];
const SOFT_CROSS_ENTROPY_STATED: &[f64] =
    &[CROSS_ENTROPY.f32, CROSS_ENTROPY.f64, CROSS_ENTROPY_GRADIENT.f32, CROSS_ENTROPY_GRADIENT.f64];
const INFO_NCE_STATED: &[f64] = &[
    CROSS_ENTROPY_GRADIENT.f32,
    CROSS_ENTROPY_GRADIENT.f64,
    1.0,
    INFO_NCE_GRADIENT.f32,
    INFO_NCE_GRADIENT.f64,
];
const TAU_STATED: &[f64] = &[CONFIDENCE.f32, CONFIDENCE.f64, 1.0, CONFIDENCE.f32, CONFIDENCE.f64];

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
/// A coefficient of agreement of raters, and its standard error times the root of the
/// items.
pub const COEFFICIENT: f64 = 1e-12;
pub const COEFFICIENT_ERROR: f64 = 1e-8;
/// An intraclass correlation, of ratings as far apart, relative to their mean; its
/// p-value, relative.
pub const INTRACLASS: f64 = 1e-12;
pub const INTRACLASS_APART: f64 = 1e-4;
pub const INTRACLASS_P: f64 = 1e-12;
/// A coefficient of association, and the p-value of chi-square, relative.
pub const ASSOCIATION: f64 = 1e-12;
pub const ASSOCIATION_P: f64 = 1e-11;
/// A p-value of McNemar's test, relative.
pub const MCNEMAR: f64 = 1e-12;

/// A quantile between two values, relative to the larger.
pub const BETWEEN_VALUES: f64 = 1e-15;
/// What an interval by replicates cuts off, relative.
pub const CUT_OFF: f64 = 1e-12;

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

/// Of AUROCs and their variances, relative, and of bounds.
pub const DELONG: f64 = 2e-15;
pub const DELONG_BOUND: f64 = 1e-14;
/// Of normal p-values, relative.
pub const NORMAL_P: f64 = 1e-12;
/// Of U over its deviation, and of p-values that count.
pub const MANN_WHITNEY_Z: f64 = 4e-15;
pub const EXACT_P: f64 = 1e-15;
/// Relative to the largest loss.
pub const RISK: f64 = 4e-16;
pub const RISK_AREA: f64 = 4e-15;
/// Of bounds for an average precision.
pub const PRECISION_BOUND: f64 = 1e-13;
/// Of shares of pairs, and of the area of trapezia.
pub const AUROC: f64 = 1e-14;
/// Of a mean of precisions.
pub const AVERAGE_PRECISION: f64 = 2e-14;
/// Of quotients of sums of weights.
pub const RATE: f64 = 2e-15;

/// Parameters of a logistic regression, of the larger of themselves and 1, and what another
/// order of rows changes of them; its probabilities, relative, and its sums.
pub const LOGISTIC: &[f64] = &[1e-8, 1.0, 1e-9];
pub const LOGISTIC_PROBABILITY: f64 = 1e-15;
pub const LOGISTIC_SUM: f64 = 1e-14;

/// Every function whose documentation has a section on accuracy, with the
/// numbers in it as they come.
pub const STATED: &[(&str, &[f64])] = &[
    ("lgt_softmax_f32", &[SHARE, ORDINARY_SHARE, LSE.f32, LSE.f64, LSE_LEAST]),
    ("lgt_log_softmax_f32", &[LOG_SHARE, 0.0]),
    ("lgt_logsumexp_f32", &[LSE.f32, LSE.f64, LSE_LEAST]),
    ("lgt_softmax_cols_f32", &[SHARE, LSE.f32, LSE.f64, LSE_LEAST]),
    ("lgt_log_softmax_cols_f32", &[LOG_SHARE, 0.0]),
    ("lgt_logsumexp_cols_f32", &[LSE.f32, LSE.f64, LSE_LEAST]),
    ("lgt_softmax_grad_f32", &[GRADIENT.f32, GRADIENT.f64]),
    ("lgt_log_softmax_grad_f32", &[GRADIENT.f32, GRADIENT.f64, 1.0]),
    ("lgt_logsumexp_grad_f32", &[GRADIENT.f32, GRADIENT.f64, 1.0]),
    ("lgt_softmax_cols_grad_f32", &[GRADIENT.f32, GRADIENT.f64]),
    ("lgt_log_softmax_cols_grad_f32", &[GRADIENT.f32, GRADIENT.f64, 1.0]),
    ("lgt_logsumexp_cols_grad_f32", &[GRADIENT.f32, GRADIENT.f64, 1.0]),
    ("lgt_extsum_update_f32", &[EXT_SUM.f32, EXT_SUM.f64, EXT_SUM_ADDED]),
    ("lgt_extsum_scale_f32", &[SHARE, FAR]),
    ("lgt_accuracy_update_f32", &[]),
    ("lgt_nll_update_f32", &[LOSS.f32, LOSS.f64]),
    ("lgt_brier_update_f32", &[BRIER.f32, BRIER.f64, BRIER_LEAST.f32, BRIER_LEAST.f64]),
    ("lgt_ece_top_label_update_f32", &[ECE_A_BIN]),
    ("lgt_evaluate_update_f32", EVALUATE_STATED),
    ("lgt_evaluate_rows_update_f32", &[]),
    ("lgt_reliability_finish", &[ECE_A_BIN]),
    ("lgt_ece_binary_update_f32", &[]),
    ("lgt_ace_f32", &[ECE_A_BIN]),
    ("lgt_brier_decomposition_f32", &[BRIER_PART]),
    ("lgt_ece_classwise_update_f32", &[ECE_A_BIN]),
    ("lgt_ece_equal_mass_f32", &[ECE_A_BIN]),
    ("lgt_one_vs_rest_fit_f32", &[]),
    ("lgt_one_vs_rest_apply_f32", &[]),
    ("lgt_top_label_calibration_fit_f32", &[]),
    ("lgt_top_label_calibration_apply_f32", &[]),
    ("lgt_histogram_binning_fit_f32", &[ISOTONIC, BIN_SHARE, ISOTONIC_LOSS]),
    ("lgt_histogram_binning_from_state", &[BIN_SHARE]),
    ("lgt_histogram_binning_apply_f32", &[]),
    ("lgt_bbq_fit_f32", &[BBQ]),
    ("lgt_bbq_apply_f32", &[]),
    ("lgt_isotonic_fit_f32", &[ISOTONIC, ISOTONIC_LOSS]),
    ("lgt_isotonic_apply_f32", &[ISOTONIC_LINE]),
    ("lgt_scaling_binning_fit_f32", &[SCALING_BINNING, SCALING_BINNING]),
    ("lgt_scaling_binning_apply_f32", &[]),
    ("lgt_spline_fit_f32", &[SPLINE, SPLINE_LOSS]),
    ("lgt_spline_apply_f32", &[ISOTONIC_LINE]),
    ("lgt_venn_abers_fit_f32", &[VENN_ABERS, ISOTONIC, ISOTONIC_LOSS]),
    ("lgt_venn_abers_apply_f32", &[ISOTONIC_LINE]),
    ("lgt_venn_abers_interval_f32", &[]),
    ("lgt_ks_calibration_f32", &[KS]),
    ("lgt_mmce_f32", &[MMCE_SQUARE]),
    ("lgt_auroc_f32", &[AUROC]),
    ("lgt_average_precision_f32", &[AVERAGE_PRECISION]),
    ("lgt_multiclass_auroc_f32", &[AVERAGE_PRECISION]),
    ("lgt_multilabel_auroc_f32", &[AVERAGE_PRECISION]),
    ("lgt_roc_curve_f32", &[RATE]),
    ("lgt_precision_recall_curve_f32", &[RATE]),
    ("lgt_det_curve_f32", &[RATE]),
    ("lgt_operating_point_f32", &[RATE]),
    ("lgt_smooth_ece_f32", &[SMOOTH_ECE, SMOOTH_ECE_FROM, SMOOTH_ECE_WORST]),
    ("lgt_top_label_f32", &[]),
    ("lgt_delong_f32", &[DELONG, DELONG_BOUND]),
    ("lgt_delong_test_f32", &[DELONG, NORMAL_P]),
    ("lgt_mann_whitney_f32", &[MANN_WHITNEY_Z, NORMAL_P, EXACT_P]),
    ("lgt_ks_two_sample_f32", &[EXACT_P, NORMAL_P]),
    ("lgt_risk_coverage_f32", &[RISK, RISK_AREA]),
    ("lgt_binned_auroc_update_f32", &[PRECISION_BOUND]),
    ("lgt_streaming_auroc_update_f32", &[DELONG]),
    ("lgt_conformal_fit", &[1.0, 1.0, CONFORMAL_RANK]),
    ("lgt_conformal_weighted", &[CONFORMAL_SHARE]),
    (
        "lgt_conformal_scores_f32",
        &[CONFORMAL.f32, CONFORMAL.f64, CONFORMAL_MASS.f32, CONFORMAL_MASS.f64],
    ),
    ("lgt_conformal_sets_f32", &[]),
    ("lgt_coverage_update", &[]),
    ("lgt_coverage_finish", &[COVERAGE]),
    ("lgt_temperature_fit_f32", &[TEMPERATURE.f32, TEMPERATURE.f64]),
    ("lgt_temperature_apply_f32", &[]),
    ("lgt_ensemble_temperature_fit_f32", &[TEMPERATURE.f32, TEMPERATURE.f64, ENSEMBLE_WEIGHT]),
    ("lgt_ensemble_temperature_apply_f32", &[MAPPED.f32, MAPPED.f64]),
    ("lgt_vector_scaling_fit_f32", &[TEMPERATURE.f32, TEMPERATURE.f64, 1.0]),
    ("lgt_vector_scaling_apply_f32", &[]),
    ("lgt_prior_shift_fit_f32", &[TEMPERATURE.f32, TEMPERATURE.f64, 1.0]),
    ("lgt_prior_shift_apply_f32", &[]),
    ("lgt_matrix_scaling_fit_f32", &[LINEAR_MAP, 1.0]),
    ("lgt_matrix_scaling_apply_f32", &[]),
    ("lgt_dirichlet_fit_f32", &[LINEAR_MAP, 1.0]),
    ("lgt_dirichlet_apply_f32", &[]),
    ("lgt_matrix_loss_update_f32", &[MAPPED.f32, MAPPED.f64]),
    ("lgt_saerens_fit_f32", &[EXPECTATION]),
    ("lgt_ca_loss_update_f32", &[CONFIDENCE.f32, CONFIDENCE.f64]),
    ("lgt_ca_loss_grad_f32", CA_GRADIENT_STATED),
    ("lgt_ca_temperature_fit_f32", &[CA_TEMPERATURE.f32, CA_TEMPERATURE.f64]),
    ("lgt_ca_features_f32", &[CONFIDENCE.f32, CONFIDENCE.f64]),
    ("lgt_temperature_net_f32", &[]),
    ("lgt_temperature_net_grad_f32", &[]),
    ("lgt_tau_cross_entropy_f32", TAU_STATED),
    ("lgt_sigmoid_f32", ENTRY_STATED),
    ("lgt_sigmoid_grad_f32", ENTRY_STATED),
    ("lgt_log_sigmoid_f32", ENTRY_STATED),
    ("lgt_log_sigmoid_grad_f32", ENTRY_STATED),
    ("lgt_softplus_f32", SOFTPLUS_STATED),
    ("lgt_softplus_grad_f32", SOFTPLUS_STATED),
    ("lgt_logit_f32", &[ENTRY, 0.0]),
    ("lgt_logit_grad_f32", &[ENTRY]),
    ("lgt_taylor_softmax_f32", &[TAYLOR.f32, TAYLOR.f64, 1.0]),
    ("lgt_taylor_softmax_grad_f32", &[TAYLOR_GRADIENT.f32, TAYLOR_GRADIENT.f64]),
    ("lgt_spherical_softmax_f32", &[WEIGHED.f32, WEIGHED.f64, SPHERICAL_LOST, 1.0]),
    ("lgt_spherical_softmax_grad_f32", &[WEIGHED_GRADIENT.f32, WEIGHED_GRADIENT.f64]),
    ("lgt_attention_weights_f32", &[WEIGHED.f32, WEIGHED.f64, 1.0, ENTRY_LOST.f32, ENTRY_LOST.f64]),
    ("lgt_attention_weights_grad_f32", &[WEIGHED_GRADIENT.f32, WEIGHED_GRADIENT.f64, 1.0]),
    ("lgt_gumbel_softmax_f32", &[NOISE, WEIGHED.f32, WEIGHED.f64]),
    ("lgt_gumbel_softmax_grad_f32", &[WEIGHED.f32, WEIGHED.f64]),
    ("lgt_soft_topk_f32", &[TOPK_SUM, TOPK_COLS, TOPK_FAR, WEIGHED.f64, 1.0]),
    ("lgt_soft_topk_grad_f32", &[TOPK_GRADIENT, TOPK_NEAR]),
    ("lgt_soft_topk_loss_f32", &[TOPK_LOSS, 1.0, TOPK_LOSS, 1.0, TOPK_NEAR]),
    ("lgt_dkd_f32", &[CONFIDENCE.f32, CONFIDENCE.f64]),
    ("lgt_dpo_f32", &[CONFIDENCE.f64, MIXED]),
    ("lgt_entropy_f32", &[CONFIDENCE.f32, CONFIDENCE.f64, 1.0]),
    ("lgt_js_div_f32", &[CONFIDENCE.f32, CONFIDENCE.f64]),
    ("lgt_kd_f32", &[]),
    ("lgt_kl_div_f32", &[CONFIDENCE.f32, CONFIDENCE.f64, 1.0, CONFIDENCE.f32, CONFIDENCE.f64]),
    ("lgt_mix_labels_f32", &[MIXED]),
    ("lgt_nkd_f32", &[CONFIDENCE.f32, CONFIDENCE.f64]),
    ("lgt_pairwise_reward_f32", &[]),
    ("lgt_renyi_entropy_f32", &[1.0, RENYI.f32, RENYI.f64, 1.0, 1.0]),
    ("lgt_soft_label_topk_f32", &[]),
    ("lgt_soft_label_expand_f32", &[LABEL, 100.0]),
    ("lgt_soft_label_regions_f32", &[MIXED]),
    ("lgt_uskd_f32", &[1.0, CONFIDENCE.f32, CONFIDENCE.f64]),
    ("lgt_uskd_targets_f32", &[CONFIDENCE.f32, CONFIDENCE.f64]),
    ("lgt_zipf_targets_f32", &[LABEL]),
    ("lgt_cross_entropy_f32", CROSS_ENTROPY_STATED),
    ("lgt_cross_entropy_soft_f32", SOFT_CROSS_ENTROPY_STATED),
    ("lgt_decoupled_softmax_f32", &[CA_GRADIENT.f32, CA_GRADIENT.f64, 1.0]),
    ("lgt_hinge_f32", &[CONFIDENCE.f32, CONFIDENCE.f64, 1.0, 2.0]),
    ("lgt_info_nce_f32", INFO_NCE_STATED),
    ("lgt_pinball_f32", &[CONFIDENCE.f32, CONFIDENCE.f64, ENTRY_LOST.f32, ENTRY_LOST.f64]),
    ("lgt_focal_f32", &[CONFIDENCE.f32, CONFIDENCE.f64, 1.0]),
    ("lgt_spherical_family", &[SPHERICAL_PARTIALS]),
    ("lgt_spherical_layer_step", &[SPHERICAL_STEPS, 60.0]),
    ("lgt_z_loss_f32", &[CONFIDENCE.f32, CONFIDENCE.f64, 1.0, 1.0]),
    ("lgt_taylor_loss_f32", &[CONFIDENCE.f32, CONFIDENCE.f64, 1.0]),
    ("lgt_spherical_loss_f32", &[CONFIDENCE.f32, CONFIDENCE.f64, 1.0]),
    ("lgt_squared_error_f32", &[CONFIDENCE.f32, CONFIDENCE.f64, 1.0]),
    ("lgt_sparsemax_f32", &[SPARSE.f32, SPARSE.f64]),
    ("lgt_sparsemax_grad_f32", &[SPARSE.f64]),
    ("lgt_entmax15_f32", &[SPARSE.f32, SPARSE.f64]),
    ("lgt_entmax15_grad_f32", &[SPARSE.f64]),
    ("lgt_entmax_f32", &[SPARSE_POWER, 1.0, 1.5, 2.0]),
    ("lgt_entmax_grad_f32", &[SPARSE_POWER]),
    ("lgt_normmax_f32", &[SPARSE_NORM, 2.0, 1e-15]),
    ("lgt_normmax_grad_f32", &[SPARSE_POWER, 1.0]),
    ("lgt_budget_f32", &[SPARSE.f64]),
    ("lgt_budget_grad_f32", &[SPARSE.f64]),
    ("lgt_sparsemax_loss_f32", &[SPARSE.f64, 1.0]),
    ("lgt_entmax15_loss_f32", &[SPARSE.f64, 1.0]),
    ("lgt_entmax_loss_f32", &[SPARSE_POWER, 1.0, 1.0, 0.0]),
    (
        "lgt_binary_cross_entropy_f32",
        &[CONFIDENCE.f32, CONFIDENCE.f64, ENTRY_LOST.f32, ENTRY_LOST.f64],
    ),
    ("lgt_contrastive_dro_f32", &[]),
    ("lgt_dro_temperature_f32", &[DIVERGENCE.f32, DIVERGENCE.f64, 1.0]),
    ("lgt_dro_kl_f32", &[DIVERGENCE.f32, DIVERGENCE.f64, 1.0]),
    ("lgt_tempnet_f32", &[]),
    ("lgt_temperature_rows_apply_f32", &[]),
    ("lgt_temperature_search_init", &[]),
    ("lgt_temperature_loss_update_f32", &[TEMPERATURE_LOSS.f32, TEMPERATURE_LOSS.f64]),
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
    ("lgt_agreement_update", &[]),
    ("lgt_agreement_finish", &[COEFFICIENT, COEFFICIENT_ERROR]),
    ("lgt_icc_f32", &[INTRACLASS, INTRACLASS_APART, INTRACLASS_P]),
    ("lgt_association_finish", &[ASSOCIATION, ASSOCIATION_P]),
    ("lgt_likelihood_ratios", &[]),
    ("lgt_mcnemar", &[MCNEMAR]),
    ("lgt_log_loss_update_f32", &[LOG_LOSS, LOG_LOSS_RENORMALIZED]),
    ("lgt_spherical_update_f32", &[SPHERICAL.f32, SPHERICAL.f64]),
    ("lgt_rps_update_f32", &[RPS_A_CLASS]),
    ("lgt_binary_update_f32", &[BINARY, BINARY_LEAST, BINARY_BINS, BINARY_Z, 1.0, BINARY_VARIANCE]),
    ("lgt_calibration_slope_fit_f32", &[CALIBRATION_SLOPE, 1.0]),
    ("lgt_hosmer_lemeshow_finish", &[HOSMER_LEMESHOW, HOSMER_LEMESHOW_P]),
    ("lgt_interval_percentile", &[BETWEEN_VALUES]),
    ("lgt_interval_bca", &[CUT_OFF]),
    ("lgt_bootstrap_update_f32", &[]),
    ("lgt_bootstrap_weights_f32", &[]),
    ("lgt_ranking_update_f32", &[RANKING, RANKING_CASCADE, 1.0, 1.0]),
    ("lgt_multilabel_update", &[]),
    ("lgt_multilabel_update_f32", &[]),
    ("lgt_multilabel_finish", &[CLASS_SCORE]),
    ("lgt_csr_count", &[]),
    ("lgt_inverse_propensity", &[INVERSE_PROPENSITY]),
    ("lgt_xmc_update_f32", &[XMC]),
    ("lgt_xmc_update_dense_f32", &[]),
    ("lgt_label_ranking_update_f32", &[LABEL_RANKING]),
    ("lgt_label_ranking_update_csr_f32", &[]),
    ("lgt_matching_update_f32", &[]),
    ("lgt_matching_count_f32", &[]),
    ("lgt_pearson_update_f32", &[MOMENTS, COLUMNS_P]),
    ("lgt_regression_update_f32", &[MOMENTS]),
    ("lgt_rank_f32", &[]),
    ("lgt_spearman_f32", &[RANK_CORRELATION]),
    ("lgt_kendall_f32", &[RANK_CORRELATION, COLUMNS_P]),
    ("lgt_somers_f32", &[RANK_CORRELATION, COLUMNS_P]),
    ("lgt_concordance_index_f32", &[]),
    ("lgt_weighted_tau_f32", &WEIGHTED_TAU),
    ("lgt_xi_f32", &XI),
    ("lgt_platt_fit_f32", LOGISTIC),
    ("lgt_platt_apply_f32", &[LOGISTIC_PROBABILITY]),
    ("lgt_beta_fit_f32", LOGISTIC),
    ("lgt_beta_apply_f32", &[LOGISTIC_PROBABILITY]),
    ("lgt_logistic_loss_update_f32", &[LOGISTIC_SUM]),
];

/// The exponential inside the kernels, in ulp: promised to no one, but what the
/// bounds above are made of.
pub const EXPONENTIAL: ByType = ByType { f32: 1.75, f64: 1.75 };
/// In f32 by references far from 0, where the rest of the reduction leaves the range
/// that the polynomial is made for by a little.
pub const EXPONENTIAL_FAR: f64 = 2.3;
