//! Every function, at every level of this machine, against a slow reference
//! written from the definition. The tolerances are the bounds that the
//! documentation promises. `--nocapture` prints the largest errors seen.
#![cfg(feature = "capi")]

#[path = "parity/adaptive.rs"]
mod adaptive;
#[path = "parity/agreement.rs"]
mod agreement;
#[path = "parity/association.rs"]
mod association;
#[path = "parity/batches.rs"]
mod batches;
#[path = "parity/binary.rs"]
mod binary;
#[path = "parity/binning.rs"]
mod binning;
#[path = "parity/calibration.rs"]
mod calibration;
#[path = "parity/classes.rs"]
mod classes;
#[path = "parity/classwise.rs"]
mod classwise;
#[path = "parity/columns.rs"]
mod columns;
#[path = "parity/conformal.rs"]
mod conformal;
#[path = "parity/contrastive.rs"]
mod contrastive;
#[path = "parity/curves.rs"]
mod curves;
#[path = "parity/divergences.rs"]
mod divergences;
#[path = "parity/entries.rs"]
mod entries;
#[path = "parity/evaluate.rs"]
mod evaluate;
#[path = "parity/evaluate_case.rs"]
mod evaluate_case;
#[path = "parity/evaluate_others.rs"]
mod evaluate_others;
#[path = "parity/evaluate_rows.rs"]
mod evaluate_rows;
#[path = "parity/extsum.rs"]
mod extsum;
#[path = "parity/icc.rs"]
mod icc;
#[path = "parity/isotonic.rs"]
mod isotonic;
#[path = "parity/label_ranking.rs"]
mod label_ranking;
#[path = "parity/linear_maps.rs"]
mod linear_maps;
#[path = "parity/logistic.rs"]
mod logistic;
#[path = "parity/losses.rs"]
mod losses;
#[path = "parity/maps.rs"]
mod maps;
#[path = "parity/masked.rs"]
mod masked;
#[path = "parity/multiclass_auroc.rs"]
mod multiclass_auroc;
#[path = "parity/multilabel.rs"]
mod multilabel;
#[path = "parity/point_errors.rs"]
mod point_errors;
#[path = "parity/preference.rs"]
mod preference;
#[path = "parity/ranking.rs"]
mod ranking;
mod reference;
#[path = "parity/robust.rs"]
mod robust;
#[path = "parity/rows.rs"]
mod rows;
#[path = "parity/scores.rs"]
mod scores;
#[path = "parity/selective.rs"]
mod selective;
#[path = "parity/sparse.rs"]
mod sparse;
#[path = "parity/states.rs"]
mod states;
mod support;
#[path = "parity/temperature.rs"]
mod temperature;
#[path = "parity/transforms.rs"]
mod transforms;
#[path = "parity/two_by_two.rs"]
mod two_by_two;
#[path = "parity/two_samples.rs"]
mod two_samples;
#[path = "parity/xmc.rs"]
mod xmc;

use logitude::capi::cpu::{LGT_LEVEL_AVX2, LGT_LEVEL_NEON, lgt_cpu_level, lgt_cpu_set_level};
use logitude::capi::softmax::lgt_softmax_f64;
use logitude::status::Status;
use std::io::Write;
use std::process::{Command, Stdio};
use support::{dtype::*, level};

/// A test for each storage type.
macro_rules! for_each {
    (
        [$f32:ty, $f64:ty, $f16:ty, $bf16:ty]
        $($test:ident: $module:ident::$function:ident;)*
    ) => {$(
        mod $test {
            use super::*;
            #[test]
            fn f32() {
                $module::$function::<$f32>();
            }
            #[test]
            fn f64() {
                $module::$function::<$f64>();
            }
            #[test]
            fn f16() {
                $module::$function::<$f16>();
            }
            #[test]
            fn bf16() {
                $module::$function::<$bf16>();
            }
        }
    )*};
}

for_each! {
    [F32, F64, F16, Bf16]
    conformal_as_defined: conformal::as_defined;
    conformal_by_class: conformal::by_class;
    curves_against_definitions: curves::against_definitions;
    curves_of_many_rows: curves::of_many_rows;
    curves_of_many_classes: multiclass_auroc::against_definitions;
    curves_of_many_classes_with_nan: multiclass_auroc::of_nan;
    transforms_every_length: transforms::every_length;
    transforms_long_rows: transforms::long_rows;
    extsum_shards: extsum::shards;
    extsum_large_scores: extsum::large_scores;
    extsum_not_seen: extsum::not_seen;
    batches_correct: batches::correct;
    batches_alike: batches::alike;
    batches_alike_longer: batches::alike_longer;
    accuracy: states::accuracy;
    nll: states::nll;
    nll_corners: states::nll_corners;
    brier: states::brier;
    ece: states::ece;
    evaluate_logits: evaluate::logits;
    evaluate_probabilities: evaluate::probabilities;
    evaluate_places: evaluate::places;
    evaluate_far: evaluate::far;
    evaluate_long: evaluate::long;
    evaluate_as_others: evaluate_others::alike;
    evaluate_unlikely: evaluate::unlikely;
    ranking_every_order: ranking::every_order;
    ranking_long_queries: ranking::long_queries;
    evaluate_rows_shards: evaluate_rows::shards;
    evaluate_rows_far: evaluate_rows::far;
    evaluate_rows_corners: evaluate_rows::corners;
    evaluate_rows_blocks: evaluate_rows::blocks;
    log_loss: scores::log_loss;
    log_loss_corners: scores::log_loss_corners;
    spherical: scores::spherical;
    rps: scores::rps;
    ece_binary: calibration::ece_binary;
    ece_binary_laws: calibration::ece_binary_laws;
    ece_classwise: classwise::as_defined;
    ece_classwise_laws: classwise::laws;
    ace: adaptive::ace;
    brier_decomposition: adaptive::brier_decomposition;
    equal_mass: point_errors::equal_mass;
    ks_calibration: point_errors::ks_calibration;
    mmce: point_errors::mmce;
    smooth_ece: point_errors::smooth_ece;
    top_label: point_errors::top_label;
    binary_probabilities: binary::probabilities;
    binary_logits: binary::logits;
    binary_corners: binary::corners;
    intraclass: icc::against_definitions;
    xmc_as_defined: xmc::as_defined;
    xmc_dense: xmc::dense;
    label_ranking_as_defined: label_ranking::as_defined;
    matching: label_ranking::matching;
    temperature_minimum: temperature::minimum;
    temperature_statuses: temperature::statuses;
    temperature_never_worse: temperature::never_worse;
    temperature_application: temperature::application;
    delong: two_samples::delong;
    delong_test: two_samples::delong_test;
    mann_whitney_small: two_samples::small_mann_whitney;
    mann_whitney_normal: two_samples::normal_mann_whitney;
    ks_two_sample_small: two_samples::small_ks;
    risk_coverage: selective::as_defined;
    linear_maps_losses: linear_maps::losses;
}

// By the functions for Rust.
for_each! {
    [f32, f64, logitude::F16, logitude::Bf16]
    softmax_under_masks: masked::masks;
    softmax_gradients: masked::gradients;
    softmax_of_columns: masked::columns;
    entries_sigmoids: entries::sigmoids;
    entries_logits: entries::logits;
    maps_sparse: sparse::maps;
    maps_sparse_gradients: sparse::gradients;
    maps_taylor: maps::taylor;
    maps_spherical: maps::spherical;
    maps_attention: maps::attention;
    maps_gumbel: maps::gumbel;
    maps_topk: maps::topk;
    maps_labels: maps::labels;
}

/// Compiled for no more types than have kernels of their own: the 16-bit ones are computed
/// in f32.
macro_rules! for_f32_and_f64 {
    ($($test:ident: $module:ident::$function:ident;)*) => {$(
        #[test]
        fn $test() {
            $module::$function::<f32>();
            $module::$function::<f64>();
        }
    )*};
}

for_f32_and_f64! {
    losses_cross_entropies: losses::cross_entropies;
    losses_of_labels: losses::of_labels;
    losses_of_outputs: losses::of_outputs;
    losses_of_columns: losses::of_columns;
    losses_sparse: sparse::losses;
    losses_divergences: divergences::divergences;
    losses_entropies: divergences::entropies;
    losses_decoupled: divergences::decoupled;
    losses_contrastive: contrastive::contrastive;
    losses_dual: contrastive::dual;
    losses_batch_targets: contrastive::batch_targets;
    losses_dpo: preference::dpo;
    losses_pairwise: preference::pairwise;
}

#[test]
fn two_samples_corners() {
    two_samples::not_a_number();
    two_samples::large_mann_whitney();
    two_samples::large_ks();
}

#[test]
fn risk_coverage_corners() {
    selective::ties_are_expected_orders();
    selective::augrc_is_an_auroc();
    selective::nothing_to_say();
}

#[test]
fn logistic_sums() {
    logistic::sums();
}

#[test]
fn logistic_optima() {
    logistic::platt();
    logistic::beta();
}

#[test]
fn binnings_against_formulas() {
    binning::shares();
    binning::bayes();
    binning::scaled();
}

#[test]
fn splines_against_formulas() {
    binning::spline();
}

#[test]
fn venn_abers_by_refits() {
    isotonic::venn_abers();
}

#[test]
fn smooth_ece_of_the_calibrated() {
    point_errors::smooth_ece_of_the_calibrated();
}

#[test]
fn brier_decomposition_example() {
    adaptive::brier_decomposition_example();
}

/// The 16-bit types lack the range for these.
#[test]
fn transforms_extreme_scales() {
    transforms::extreme_scales::<F32>();
    transforms::extreme_scales::<F64>();
}

#[test]
fn transforms_sixteen_million_columns() {
    transforms::sixteen_million();
}

#[test]
fn extsum_examples() {
    extsum::examples();
    extsum::masks();
}

/// The 16-bit types do not hold these confidences well enough.
#[test]
fn ece_example() {
    states::ece_example::<F32>();
    states::ece_example::<F64>();
}

#[test]
fn transforms_refuse_overlaps() {
    transforms::overlaps();
}

/// Says on the terminal, whatever the test runner hides, what was not tested.
#[test]
fn classes_against_definitions() {
    classes::against_definitions();
}

#[test]
fn classes_of_every_label_type() {
    classes::label_types();
}

#[test]
fn classes_as_shares() {
    classes::normalized();
}

#[test]
fn agreement_against_definitions() {
    agreement::against_definitions();
}

#[test]
fn agreement_as_published() {
    agreement::published();
    agreement::corners();
    agreement::refused();
}

#[test]
fn conformal_weighted() {
    conformal::weighted();
}

#[test]
fn isotonic_against_its_definition() {
    isotonic::as_defined();
}

#[test]
fn linear_maps_as_fitted() {
    linear_maps::derivatives();
    linear_maps::losses_of_probabilities();
    linear_maps::minima();
}

#[test]
fn priors_and_ensembles_as_fitted() {
    linear_maps::prior_shift();
    linear_maps::saerens();
    linear_maps::ensemble();
}

#[test]
fn intraclass_at_any_scale() {
    icc::scales();
}

#[test]
fn association_against_definitions() {
    association::against_definitions();
    association::published();
}

#[test]
fn multilabel_against_definitions() {
    multilabel::against_definitions();
    multilabel::corners();
}

#[test]
fn xmc_example_and_corners() {
    xmc::example();
    xmc::corners();
}

#[test]
fn label_ranking_corners() {
    label_ranking::corners();
    label_ranking::matching_corners();
}

#[test]
fn two_by_two_likelihood() {
    two_by_two::likelihood();
}

#[test]
fn two_by_two_mcnemar() {
    two_by_two::mcnemar();
    two_by_two::mcnemar_of_labels();
}

#[test]
fn levels_of_this_machine() {
    let missing = level::ALL.iter().filter(|(level, _)| level::at(*level, || ()).is_none());
    for (_, name) in missing {
        let _ = writeln!(std::io::stderr(), "NOT RUN: level {name}, which this machine lacks");
    }
    assert_eq!(lgt_cpu_set_level(99), Status::LGT_E_OPTION);
}

/// `LOGITUDE_LEVEL` is read once, so each name has a process of its own: this
/// test again, which then finds the name it is to check.
#[test]
fn the_environment_names_the_level() {
    const EXPECTED: &str = "LOGITUDE_TEST_EXPECTED_LEVEL";
    if let Ok(expected) = std::env::var(EXPECTED) {
        assert_eq!(lgt_cpu_level().to_string(), expected);
        return;
    }
    let best = level::ALL.iter().rfind(|(level, _)| level::at(*level, || ()).is_some()).unwrap().0;
    let lacking = |level: u32| level::at(level, || ()).is_none();
    let named = level::ALL.map(|(level, name)| (name, if lacking(level) { best } else { level }));
    let has = |level: &u32| !lacking(*level);
    let canonical = [LGT_LEVEL_AVX2, LGT_LEVEL_NEON].into_iter().find(has).unwrap_or(best);
    let others = [("reproducible", canonical), ("no such level", best), ("", best)];
    for (name, level) in named.into_iter().chain(others) {
        let status = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "the_environment_names_the_level"])
            .envs([("LOGITUDE_LEVEL", name), (EXPECTED, &level.to_string())])
            .stdout(Stdio::null())
            .status();
        assert!(status.unwrap().success(), "{name}");
    }
}

/// Worked examples: the row, its shares, the logarithm of its sum.
#[test]
fn worked_examples() {
    let examples: [(&[f64], &[f64], f64); 3] = [
        (
            &[1.0, 2.0, 3.0, 4.0],
            &[0.0320586033, 0.0871443187, 0.2368828181, 0.6439142599],
            4.4401896986,
        ),
        (&[1000.0, 1001.0, 1002.0], &[0.0900305732, 0.2447284711, 0.6652409558], 1002.4076059644),
        (
            &[-1000.0, f64::NEG_INFINITY, -1001.0],
            &[0.7310585786, 0.0, 0.2689414214],
            -999.6867383125,
        ),
    ];
    for (x, shares, log) in examples {
        level::each(|level| {
            let (n, mut y, mut lse) = (x.len(), vec![0.0; x.len()], 0.0);
            // SAFETY: one row of n values each, one logarithm.
            let status = unsafe {
                let (to, opts) = (y.as_mut_ptr(), core::ptr::null());
                lgt_softmax_f64(x.as_ptr(), n, to, n, &raw mut lse, 1, n, opts)
            };
            assert_eq!(status, Status::LGT_OK);
            let close = |a: f64, b: f64| (a - b).abs() < 5.1e-11;
            assert!(close(lse, log) && y.iter().zip(shares).all(|(a, b)| close(*a, *b)), "{level}");
        });
    }
}
