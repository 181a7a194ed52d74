//! The C functions: check, convert, call, return a status. No maths.
//!
//! Every function is literal text, since the header generator does not see what
//! macros make; so each is a few lines over a generic one. `tools/apigen` turns
//! the doc comments here into the header, `api.json` and everything after them.
#![allow(non_camel_case_types)]

pub mod accuracy;
pub mod ace;
pub mod auroc;
pub mod average_precision;
pub mod bootstrap;
pub mod brier;
pub mod brier_decomposition;
mod candidates;
pub mod class_counts;
mod columns;
pub mod concordance_index;
pub mod confusion;
pub mod cpu;
pub mod csr;
pub mod ctx;
pub mod det_curve;
pub mod ece_binary;
pub mod ece_classwise;
pub mod ece_equal_mass;
pub mod ece_top_label;
pub mod evaluate;
pub mod evaluate_rows;
pub mod extsum;
mod flags;
mod guard;
mod inputs;
pub mod interval;
pub mod inverse_propensity;
mod items;
pub mod kendall;
pub mod ks_calibration;
pub mod label_ranking;
pub mod labels;
pub mod likelihood_ratios;
pub mod log_softmax;
pub mod logsumexp;
pub mod matching;
pub mod mcnemar;
pub mod mmce;
pub mod model;
pub mod multilabel;
pub mod nll;
pub mod operating_point;
mod pairs;
pub mod pearson;
pub mod precision_recall_curve;
mod queries;
pub mod rank;
mod ranked;
pub mod ranking;
pub mod regression;
pub mod reliability;
pub mod roc_curve;
pub mod smooth_ece;
pub mod softmax;
pub mod somers;
pub mod spearman;
pub mod state;
pub mod status;
pub mod temperature;
pub mod temperature_loss;
pub mod temperature_rows;
pub mod temperature_search;
pub mod top_label;
pub mod types;
pub mod version;
pub mod weighted_tau;
pub mod xi;

pub mod agreement;
pub mod association;
pub mod binary;
pub mod calibration_slope;
pub mod hosmer_lemeshow;
pub mod icc;
pub mod log_loss;
pub mod rps;
pub mod spherical;
pub mod xmc;

pub mod binned_auroc;
pub mod delong;
pub mod ks_two_sample;
pub mod mann_whitney;
pub mod multiclass_auroc;
pub mod multilabel_auroc;
pub mod risk_coverage;
mod scores;
pub mod streaming_auroc;
