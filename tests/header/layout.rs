//! The structs and statuses of the header are those of Rust, byte for byte.

use crate::{c, product};
use logitude::agreement::agreement::{AgreementReport, FleissCategory, FleissReport};
use logitude::agreement::icc::{IccForm, IccReport};
use logitude::calibration::ca_loss::CaLossReport;
use logitude::calibration::matrix_loss::MatrixLossReport;
use logitude::calibration::temperature_loss::TemperatureLossReport;
use logitude::calibration::temperature_search::TemperatureSearch;
use logitude::capi::agreement::{lgt_agreement_finish_opts, lgt_agreement_opts};
use logitude::capi::attention_weights::lgt_attention_weights_opts;
use logitude::capi::bbq::lgt_bbq_opts;
use logitude::capi::beta::{lgt_beta_model, lgt_beta_opts};
use logitude::capi::ca_temperature::lgt_ca_temperature_opts;
use logitude::capi::calibration_slope::{lgt_calibration_slope_opts, lgt_calibration_slope_report};
use logitude::capi::class_counts::{lgt_class_counts_finish_opts, lgt_class_counts_opts};
use logitude::capi::conformal::lgt_conformal_opts;
use logitude::capi::confusion::lgt_confusion_agreement_opts;
use logitude::capi::cross_entropy::lgt_cross_entropy_opts;
use logitude::capi::csr::lgt_csr;
use logitude::capi::ctx::lgt_ctx;
use logitude::capi::dpo::lgt_dpo_opts;
use logitude::capi::ensemble_temperature::lgt_ensemble_temperature_model;
use logitude::capi::evaluate::lgt_evaluate_opts;
use logitude::capi::gumbel_softmax::lgt_gumbel_softmax_opts;
use logitude::capi::histogram_binning::lgt_histogram_binning_opts;
use logitude::capi::isotonic::lgt_isotonic_opts;
use logitude::capi::ks_two_sample::lgt_ks_two_sample_opts;
use logitude::capi::logistic_search::{lgt_logistic_search, lgt_logistic_search_opts};
use logitude::capi::loss::lgt_loss_opts;
use logitude::capi::mann_whitney::lgt_mann_whitney_opts;
use logitude::capi::matrix_search::lgt_matrix_search_opts;
use logitude::capi::multilabel::{lgt_multilabel_finish_opts, lgt_multilabel_opts};
use logitude::capi::platt::{lgt_platt_model, lgt_platt_opts};
use logitude::capi::ranking::{lgt_ranking_measure, lgt_ranking_opts};
use logitude::capi::reduction::lgt_reduction_opts;
use logitude::capi::saerens::lgt_saerens_opts;
use logitude::capi::scaling_binning::lgt_scaling_binning_opts;
use logitude::capi::soft_label_regions::lgt_soft_label_regions_opts;
use logitude::capi::softmax::lgt_softmax_opts;
use logitude::capi::softmax_mask::lgt_softmax_mask;
use logitude::capi::spline::lgt_spline_opts;
use logitude::capi::temperature::{lgt_temperature_model, lgt_temperature_opts};
use logitude::capi::uskd::lgt_uskd_opts;
use logitude::conformal::coverage::{CoverageGroup, CoverageReport};
use logitude::correlation::concordance_index::ConcordanceIndexReport;
use logitude::correlation::kendall::KendallReport;
use logitude::correlation::pearson::PearsonReport;
use logitude::correlation::rank::RankReport;
use logitude::correlation::regression::RegressionReport;
use logitude::correlation::somers::SomersReport;
use logitude::correlation::spearman::SpearmanReport;
use logitude::correlation::weighted_tau::WeightedTauReport;
use logitude::correlation::xi::XiReport;
use logitude::curves::auroc::AurocReport;
use logitude::curves::average_precision::AveragePrecisionReport;
use logitude::curves::binned_auroc::BinnedAurocReport;
use logitude::curves::delong::{DelongReport, DelongTestReport};
use logitude::curves::ks_two_sample::KsTwoSampleReport;
use logitude::curves::mann_whitney::MannWhitneyReport;
use logitude::curves::multiclass_auroc::MulticlassAurocReport;
use logitude::curves::operating_point::OperatingPointReport;
use logitude::curves::risk_coverage::RiskCoverageReport;
use logitude::curves::roc_curve::RocCurveReport;
use logitude::curves::streaming_auroc::StreamingAurocReport;
use logitude::metrics::accuracy::AccuracyReport;
use logitude::metrics::ace::AceReport;
use logitude::metrics::association::Association;
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
use logitude::model::ModelHead;
use logitude::ranking::label_ranking::LabelRankingReport;
use logitude::ranking::ranking::RankingReport;
use logitude::ranking::{matching::MatchingReport, xmc::XmcReport};
use logitude::state::Head;
use logitude::status::Status;
use std::mem::offset_of;

/// The name and size of a struct, and the name and offset of each field.
type Layout = (&'static str, usize, &'static [(&'static str, usize)]);

/// `layout!("lgt_x", X, a b)`.
macro_rules! layout {
    ($c:literal, $rust:ty, $($field:ident)+) => {
        ($c, size_of::<$rust>(), &[$((stringify!($field), offset_of!($rust, $field))),+])
    };
}

/// Every struct as Rust lays it out. Not code, since so much of it takes minutes to compile.
const IN_RUST: &[Layout] = &[
    layout!("lgt_ctx", lgt_ctx, struct_size workers user run),
    layout!(
        "lgt_dpo_opts",
        lgt_dpo_opts,
        struct_size reduction grad_scale beta label_smoothing gamma form reserved
    ),
    layout!(
        "lgt_uskd_opts",
        lgt_uskd_opts,
        struct_size reduction grad_scale alpha beta mu smoothing order compat
    ),
    layout!(
        "lgt_soft_label_regions_opts",
        lgt_soft_label_regions_opts,
        struct_size confidence low mid top smoothing
    ),
    layout!("lgt_loss_opts", lgt_loss_opts, struct_size reduction grad_scale),
    layout!("lgt_attention_weights_opts", lgt_attention_weights_opts, struct_size flags scale eps),
    layout!("lgt_gumbel_softmax_opts", lgt_gumbel_softmax_opts, struct_size flags tau seed
            stream first_row),
    layout!("lgt_cross_entropy_opts", lgt_cross_entropy_opts,
            struct_size reduction grad_scale label_smoothing lse_penalty scale ignore_index
            class_weights),
    layout!("lgt_softmax_mask", lgt_softmax_mask,
            struct_size flags bias_type columns_type causal_offset slope soft_cap sink scales
            bias bias_stride kept kept_stride sinks sink_share columns count period),
    layout!("lgt_softmax_opts", lgt_softmax_opts, struct_size flags scale algorithm store ctx mask),
    layout!("lgt_csr", lgt_csr, indptr indices nnz indptr_type indices_type),
    layout!("lgt_xmc_report", XmcReport,
            rows empty_rows nan_rows hits precision recall ndcg psp psndcg psrecall
            psndcg_normalized psp_mean psndcg_mean gain ideal_gain),
    layout!("lgt_matching_report", MatchingReport,
            rows nan_rows mean_rank mean_rank_std_error mrr mrr_std_error),
    layout!("lgt_label_ranking_report", LabelRankingReport,
            rows nan_rows none_rows all_rows weight average_precision average_precision_std_error
            coverage_error coverage_error_std_error ranking_loss ranking_loss_std_error one_error
            one_error_std_error),
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
    layout!("lgt_model_head", ModelHead, head fit_status iterations nll_before nll_after),
    layout!("lgt_reduction_opts", lgt_reduction_opts,
            struct_size method min_rows reserved method_opts),
    layout!("lgt_histogram_binning_opts", lgt_histogram_binning_opts,
            struct_size strategy bins reserved),
    layout!("lgt_bbq_opts", lgt_bbq_opts, struct_size reserved prior),
    layout!("lgt_isotonic_opts", lgt_isotonic_opts, struct_size kind),
    layout!("lgt_scaling_binning_opts", lgt_scaling_binning_opts,
            struct_size bins scaling max_iter tol eps),
    layout!("lgt_spline_opts", lgt_spline_opts, struct_size knots target reserved),
    layout!("lgt_conformal_opts", lgt_conformal_opts,
            struct_size method flags k_reg lambda),
    layout!("lgt_temperature_opts", lgt_temperature_opts,
            struct_size max_iter tol t_min t_max start),
    layout!("lgt_temperature_loss_report", TemperatureLossReport,
            rows lost_rows weight temperature nll slope curvature),
    layout!("lgt_temperature_search", TemperatureSearch,
            head status iterations count derivatives next beside nll_before nll_after
            temperature tol t_min t_max low high max_iter turns),
    layout!("lgt_temperature_model", lgt_temperature_model,
            head fit_status iterations nll_before nll_after temperature),
    layout!("lgt_ca_loss_report", CaLossReport,
            rows nan_rows weight accuracy balanced uniform right wrong),
    layout!("lgt_ensemble_temperature_model", lgt_ensemble_temperature_model,
            head fit_status iterations nll_before nll_after temperature weight_scaled weight_raw
            weight_uniform),
    layout!("lgt_ca_temperature_opts", lgt_ca_temperature_opts,
            struct_size flags grid max_iter tol t_min t_max),
    layout!("lgt_matrix_search_opts", lgt_matrix_search_opts,
            struct_size max_iter tol bound diagonal off_diagonal bias),
    layout!("lgt_matrix_loss_report", MatrixLossReport, rows rejected_rows weight loss),
    layout!("lgt_saerens_opts", lgt_saerens_opts, struct_size max_iter tol),
    layout!("lgt_platt_opts", lgt_platt_opts, struct_size targets max_iter reserved tol),
    layout!("lgt_platt_model", lgt_platt_model,
            head fit_status iterations nll_before nll_after a b),
    layout!("lgt_beta_opts", lgt_beta_opts,
            struct_size variant max_iter reserved eps tol),
    layout!("lgt_beta_model", lgt_beta_model,
            head fit_status iterations nll_before nll_after a b c eps),
    layout!("lgt_logistic_search_opts", lgt_logistic_search_opts,
            struct_size form max_iter reserved eps tol),
    layout!("lgt_logistic_search", lgt_logistic_search,
            head fit_status iterations done phase max_iter degenerate tol eps nll_before
            nll_after a b c weight_0 weight_1 shift scale start_a start_b start_c most point_1
            point_2 point_3 base_1 base_2 base_3 base_loss step_1 step_2 step_3 change),
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
    layout!("lgt_agreement_opts", lgt_agreement_opts, struct_size flags raters missing),
    layout!("lgt_agreement_finish_opts", lgt_agreement_finish_opts,
            struct_size coefficient weights reserved values custom confidence),
    layout!("lgt_agreement_report", AgreementReport,
            items paired_items empty_items ratings categories observed expected value std_error
            p_value low high),
    layout!("lgt_agreement_fleiss_report", FleissReport,
            items raters observed expected kappa std_error z p_value free_marginal),
    layout!("lgt_agreement_category", FleissCategory,
            ratings share kappa std_error z p_value),
    layout!("lgt_association_report", Association,
            labels predicted weight chi2 degrees p_value g g_p_value phi cramers_v
            cramers_v_corrected tschuprows_t tschuprows_t_corrected contingency theils_u_labels
            theils_u_predicted lambda_labels lambda_predicted lambda_both tau_labels
            tau_predicted),
    layout!("lgt_icc_form", IccForm, icc f df1 df2 p_value low high),
    layout!("lgt_icc_report", IccReport,
            items raters nan_items mean ms_items ms_within ms_raters ms_error icc1 icc2 icc3
            icc1k icc2k icc3k),
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
    layout!("lgt_multiclass_auroc_report", MulticlassAurocReport,
            rows nan_rows weight left_out precision_left_out pairs_left_out auroc_macro
            auroc_weighted auroc_micro ovo_macro ovo_weighted precision_macro
            precision_weighted precision_micro),
    layout!("lgt_roc_curve_report", RocCurveReport, rows nan_rows positives negatives
            positive_weight negative_weight points),
    layout!("lgt_operating_point_report", OperatingPointReport, rows nan_rows positives negatives
            positive_weight negative_weight
            threshold true_positives false_positives tpr fpr tnr precision f1 balanced_accuracy
            eer),
    layout!("lgt_mmce_report", MmceReport, rows nan_rows weight mmce mmce_weighted),
    layout!("lgt_ranking_measure", lgt_ranking_measure, measure k),
    layout!("lgt_ranking_opts", lgt_ranking_opts,
            struct_size ties empty flags max_grade above persistence),
    layout!("lgt_ranking_report", RankingReport,
            queries empty_queries nan_queries weight mean std_error),
    layout!("lgt_concordance_index_report", ConcordanceIndexReport,
            rows nan_rows concordant discordant ties_x value),
    layout!("lgt_kendall_report", KendallReport,
            rows nan_rows concordant discordant ties_x ties_y ties_both distinct_x distinct_y
            exact tau_a tau_b tau_c gamma z p_value),
    layout!("lgt_coverage_report", CoverageReport,
            rows weight coverage mean_size empty single least_class_coverage class_gap
            size_violation),
    layout!("lgt_coverage_group", CoverageGroup, weight covered coverage),
    layout!("lgt_pearson_report", PearsonReport,
            rows nan_rows weight r p_value low high mean_x mean_y variance_x variance_y
            covariance slope intercept slope_std_error concordance),
    layout!("lgt_rank_report", RankReport,
            rows nan_rows distinct tie_correction),
    layout!("lgt_regression_report", RegressionReport,
            rows nan_rows infinite_rows weight r2 adjusted_r2 explained_variance mse rmse mae
            mean_error max_error mape pinball),
    layout!("lgt_somers_report", SomersReport,
            rows nan_rows concordant discordant ties_x ties_y ties_both d_yx d_xy d z p_value),
    layout!("lgt_spearman_report", SpearmanReport,
            rows nan_rows r p_value low high),
    layout!("lgt_weighted_tau_report", WeightedTauReport,
            rows nan_rows tau tau_x tau_y),
    layout!("lgt_xi_report", XiReport,
            rows nan_rows ties_x xi std_error p_value),
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
    layout!("lgt_binned_auroc_report", BinnedAurocReport,
            rows nan_rows positives negatives filled_buckets auroc auroc_low auroc_high
            auroc_half_width average_precision average_precision_low average_precision_high
            average_precision_half_width),
    layout!("lgt_delong_report", DelongReport,
            rows nan_rows positives negatives auroc variance std_error low high logit_low
            logit_high),
    layout!("lgt_delong_test_report", DelongTestReport,
            rows nan_rows positives negatives first_auroc second_auroc difference first_variance
            second_variance covariance std_error z p low high),
    layout!("lgt_ks_two_sample_opts", lgt_ks_two_sample_opts,
            struct_size alternative method reserved),
    layout!("lgt_ks_two_sample_report", KsTwoSampleReport,
            n m nan_rows statistic location sign p asymptotic_p exact_p),
    layout!("lgt_mann_whitney_opts", lgt_mann_whitney_opts,
            struct_size alternative method continuity),
    layout!("lgt_mann_whitney_report", MannWhitneyReport,
            n m nan_rows ties u u_second effect rank_biserial z p asymptotic_p exact_p),
    layout!("lgt_risk_coverage_report", RiskCoverageReport,
            rows nan_rows points risk aurc optimal_aurc e_aurc augrc risk_at_coverage
            reached_coverage threshold_at_coverage coverage_at_risk threshold_at_risk),
    layout!("lgt_streaming_auroc_report", StreamingAurocReport,
            rows nan_rows positives negatives capacity auroc average_precision variance
            std_error low high logit_low logit_high),
];

/// `name size`, then `name.field offset` for each field, in the lines of a struct.
fn lines((name, size, fields): &Layout) -> Vec<String> {
    let fields = fields.iter().map(|(field, offset)| format!("{name}.{field} {offset}"));
    [format!("{name} {size}")].into_iter().chain(fields).collect()
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
    if let Some(in_c) = c::run(c::Language::C, "c11", "layout", &program(&print_layouts())) {
        // In any order: a family's place in the header is not that of its line above.
        let mut in_rust: Vec<String> = IN_RUST.iter().flat_map(lines).collect();
        let mut in_c: Vec<&str> = in_c.lines().collect();
        in_rust.sort();
        in_c.sort();
        assert_eq!(in_c, in_rust);
    }
}

#[test]
fn statuses_have_the_numbers_of_rust() {
    let name = |status: Status| status.name().to_str().expect("ASCII");
    let print = |status| format!("printf(\"%d\\n\", (int){});\n", name(status));
    let numbers: String = Status::ALL.map(|status| format!("{}\n", status as i32)).concat();
    if let Some(in_c) =
        c::run(c::Language::C, "c11", "statuses", &program(&Status::ALL.map(print).concat()))
    {
        assert_eq!(in_c, numbers);
    }
    let api = product::api();
    let listed = api["enums"][0]["values"].as_array().expect("a list");
    assert_eq!(listed.len(), Status::ALL.len());
}
