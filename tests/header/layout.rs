//! The structs and statuses of the header are those of Rust, byte for byte.

use crate::{c, product};
use logitude::capi::calibration_slope::{lgt_calibration_slope_opts, lgt_calibration_slope_report};
use logitude::capi::class_counts::{lgt_class_counts_finish_opts, lgt_class_counts_opts};
use logitude::capi::confusion::lgt_confusion_agreement_opts;
use logitude::capi::ctx::lgt_ctx;
use logitude::capi::evaluate::lgt_evaluate_opts;
use logitude::capi::multilabel::{lgt_multilabel_finish_opts, lgt_multilabel_opts};
use logitude::capi::softmax::lgt_softmax_opts;
use logitude::capi::temperature::{lgt_temperature_model, lgt_temperature_opts};
use logitude::curves::auroc::AurocReport;
use logitude::curves::average_precision::AveragePrecisionReport;
use logitude::curves::operating_point::OperatingPointReport;
use logitude::curves::roc_curve::RocCurveReport;
use logitude::metrics::accuracy::AccuracyReport;
use logitude::metrics::ace::AceReport;
use logitude::metrics::bootstrap::BootstrapReport;
use logitude::metrics::brier::BrierReport;
use logitude::metrics::brier_decomposition::BrierDecompositionReport;
use logitude::metrics::class_counts::{ClassCountsClass, ClassCountsReport};
use logitude::metrics::confusion::Agreement;
use logitude::metrics::ece_classwise::EceClasswiseReport;
use logitude::metrics::ece_top_label::EceTopLabelReport;
use logitude::metrics::evaluate::{EvaluateClass, EvaluateReport};
use logitude::metrics::ks_calibration::KsCalibrationReport;
use logitude::metrics::likelihood_ratios::LikelihoodRatios;
use logitude::metrics::mcnemar::McNemar;
use logitude::metrics::mmce::MmceReport;
use logitude::metrics::multilabel::{MultilabelLabel, MultilabelReport};
use logitude::metrics::nll::NllReport;
use logitude::metrics::reliability::{ReliabilityBin, ReliabilityReport};
use logitude::metrics::smooth_ece::SmoothEceReport;
use logitude::metrics::{binary::BinaryReport, hosmer_lemeshow::HosmerLemeshowReport};
use logitude::metrics::{log_loss::LogLossReport, rps::RpsReport, spherical::SphericalReport};
use logitude::state::Head;
use logitude::status::Status;
use std::mem::offset_of;

/// `name size`, then `name.field offset` for each field:
/// `layout!("lgt_x", X, a b)`.
macro_rules! layout {
    ($c:literal, $rust:ty, $($field:ident)+) => {
        format!("{} {}\n", $c, size_of::<$rust>())
            $(+ &format!("{}.{} {}\n", $c, stringify!($field), offset_of!($rust, $field)))+
    };
}

/// Every struct as Rust lays it out.
fn layouts_in_rust() -> String {
    [
        layout!("lgt_ctx", lgt_ctx, struct_size workers user run),
        layout!("lgt_softmax_opts", lgt_softmax_opts, struct_size flags scale algorithm store ctx),
        layout!("lgt_state_head", Head, magic kind version size param),
        layout!("lgt_accuracy_report", AccuracyReport, rows nan_rows weight accuracy),
        layout!("lgt_nll_report", NllReport, rows nan_rows infinite_rows weight nll std_error),
        layout!("lgt_brier_report", BrierReport, rows nan_rows weight brier),
        layout!("lgt_reliability_bin", ReliabilityBin,
            rows weight low high confidence frequency),
        layout!("lgt_reliability_report", ReliabilityReport,
            rows nan_rows bins weight ece mce rms rms_debiased average signed_gap overconfidence
            confidence frequency),
        layout!("lgt_ece_top_label_report", EceTopLabelReport,
            rows nan_rows weight ece mce confidence accuracy rms rms_debiased average),
        layout!("lgt_temperature_opts", lgt_temperature_opts,
            struct_size max_iter tol t_min t_max),
        layout!("lgt_temperature_model", lgt_temperature_model,
            head fit_status iterations temperature nll_before nll_after),
        layout!("lgt_binary_report", BinaryReport,
            rows nan_rows infinite_rows clipped_rows weight positives base_rate mean_probability
            log_loss brier ece mce rms true_positives false_positives false_negatives
            true_negatives spiegelhalter_z spiegelhalter_p brier_skill d2_log_loss),
        layout!("lgt_calibration_slope_opts", lgt_calibration_slope_opts,
            struct_size input max_iter reserved eps tol slope_max),
        layout!("lgt_calibration_slope_report", lgt_calibration_slope_report,
            fit_status iterations rows nan_rows clipped_rows weight intercept slope
            intercept_error slope_error intercept_at_one intercept_at_one_error nll_before
            nll_after),
        layout!("lgt_class_counts_opts", lgt_class_counts_opts, struct_size flags ignore_index),
        layout!("lgt_class_counts_finish_opts", lgt_class_counts_finish_opts,
            struct_size average beta zero_division classes),
        layout!("lgt_class_counts_report", ClassCountsReport,
            rows ignored weight classes precision recall f jaccard specificity npv
            undefined_precision undefined_recall undefined_f undefined_jaccard
            undefined_specificity undefined_npv accuracy hamming_loss balanced_accuracy
            balanced_accuracy_adjusted mcc kappa),
        layout!("lgt_class_counts_class", ClassCountsClass,
            labelled predicted tp precision recall f jaccard specificity npv),
        layout!("lgt_confusion_agreement_opts", lgt_confusion_agreement_opts,
            struct_size flags beta mean reserved),
        layout!("lgt_confusion_agreement", Agreement,
            kappa kappa_linear kappa_quadratic entropy_labels entropy_predicted mutual_info
            normalized_mutual_info expected_mutual_info adjusted_mutual_info homogeneity
            completeness v_measure rand adjusted_rand fowlkes_mallows),
        layout!("lgt_ace_report", AceReport, rows nan_rows weight classes ace max),
        layout!("lgt_brier_decomposition_report", BrierDecompositionReport,
            rows nan_rows groups weight brier reliability resolution uncertainty
            within_variance within_covariance),
        layout!("lgt_ece_classwise_report", EceClasswiseReport,
            rows nan_rows weight classes ece max worst),
        layout!("lgt_evaluate_opts", lgt_evaluate_opts,
            struct_size input bins ranks classes reserved),
        layout!("lgt_evaluate_report", EvaluateReport,
            rows nan_rows infinite_rows weight accuracy nll perplexity brier confidence entropy
            margin ece mce rms rms_debiased signed_gap),
        layout!("lgt_evaluate_class", EvaluateClass, labelled predicted hits),
        layout!("lgt_hosmer_lemeshow_report", HosmerLemeshowReport,
            bins weight statistic degrees p_value),
        layout!("lgt_ks_calibration_report", KsCalibrationReport,
            rows nan_rows weight ks kuiper at),
        layout!("lgt_likelihood_ratios_report", LikelihoodRatios, positive negative),
        layout!("lgt_log_loss_report", LogLossReport,
            rows nan_rows infinite_rows clipped_rows weight log_loss std_error),
        layout!("lgt_mcnemar_report", McNemar,
            b c exact_p chi2 chi2_p corrected_chi2 corrected_p),
        layout!("lgt_auroc_report", AurocReport, rows nan_rows positives negatives
            positive_weight negative_weight auroc tied partial standardized),
        layout!("lgt_average_precision_report", AveragePrecisionReport, rows nan_rows positives negatives
            positive_weight negative_weight
            average_precision prevalence),
        layout!("lgt_roc_curve_report", RocCurveReport, rows nan_rows positives negatives
            positive_weight negative_weight points),
        layout!("lgt_operating_point_report", OperatingPointReport, rows nan_rows positives negatives
            positive_weight negative_weight
            threshold true_positives false_positives tpr fpr tnr precision f1 balanced_accuracy
            eer),
        layout!("lgt_mmce_report", MmceReport, rows nan_rows weight mmce mmce_weighted),
        layout!("lgt_rps_report", RpsReport,
            rows nan_rows weight rps std_error),
        layout!("lgt_smooth_ece_report", SmoothEceReport, rows nan_rows weight ece bandwidth),
        layout!("lgt_spherical_report", SphericalReport,
            rows nan_rows weight spherical std_error),
        layout!("lgt_bootstrap_report", BootstrapReport,
            replicates undefined value mean std_error low high),
        layout!("lgt_multilabel_opts", lgt_multilabel_opts, struct_size flags beta),
        layout!("lgt_multilabel_finish_opts", lgt_multilabel_finish_opts,
            struct_size average zero_division),
        layout!("lgt_multilabel_report", MultilabelReport,
            rows nan_rows weight precision recall f jaccard specificity npv undefined_precision
            undefined_recall undefined_f undefined_jaccard exact_match hamming_loss),
        layout!("lgt_multilabel_label", MultilabelLabel,
            tp fp fn_ tn precision recall f jaccard specificity npv),
    ]
    .concat()
}

/// Statements that print every struct of the contract in the same way.
fn print_layouts() -> String {
    let api = product::api();
    let mut text = String::new();
    for entry in api["structs"].as_array().expect("a list") {
        let name = entry["name"].as_str().expect("a name");
        text += &format!("printf(\"{name} %zu\\n\", sizeof({name}));\n");
        for field in entry["fields"].as_array().expect("a list") {
            let field = field["name"].as_str().expect("a name");
            text += &format!("printf(\"{name}.{field} %zu\\n\", offsetof({name}, {field}));\n");
        }
    }
    text
}

/// A program of these statements.
fn program(statements: &str) -> String {
    format!(
        "#include <logitude/logitude.h>\n#include <stdio.h>\n\
         int main(void)\n{{\n{statements}return 0;\n}}\n"
    )
}

#[test]
fn structs_are_laid_out_as_in_rust() {
    if let Some(in_c) = c::run("layout", &program(&print_layouts())) {
        // In any order: a family's place in the header is not that of its line above.
        let sorted = |text: &str| {
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            lines.sort();
            lines
        };
        assert_eq!(sorted(&in_c), sorted(&layouts_in_rust()));
    }
}

#[test]
fn statuses_have_the_numbers_of_rust() {
    let name = |status: Status| status.name().to_str().expect("ASCII");
    let print = |status| format!("printf(\"%d\\n\", (int){});\n", name(status));
    let numbers: String = Status::ALL.map(|status| format!("{}\n", status as i32)).concat();
    if let Some(in_c) = c::run("statuses", &program(&Status::ALL.map(print).concat())) {
        assert_eq!(in_c, numbers);
    }
    let api = product::api();
    let listed = api["enums"][0]["values"].as_array().expect("a list");
    assert_eq!(listed.len(), Status::ALL.len());
}
