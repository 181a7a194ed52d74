//! The structs and statuses of the header are those of Rust, byte for byte.

use crate::{c, product};
use logitude::capi::ctx::lgt_ctx;
use logitude::capi::evaluate::lgt_evaluate_opts;
use logitude::capi::softmax::lgt_softmax_opts;
use logitude::capi::temperature::{lgt_temperature_model, lgt_temperature_opts};
use logitude::metrics::accuracy::AccuracyReport;
use logitude::metrics::brier::BrierReport;
use logitude::metrics::ece_top_label::EceTopLabelReport;
use logitude::metrics::evaluate_report::{EvaluateClass, EvaluateReport};
use logitude::metrics::nll::NllReport;
use logitude::metrics::reliability::{ReliabilityBin, ReliabilityReport};
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

/// Every struct as Rust lays it out, in the order of the header.
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
        layout!("lgt_evaluate_opts", lgt_evaluate_opts,
            struct_size input bins ranks classes reserved),
        layout!("lgt_evaluate_report", EvaluateReport,
            rows nan_rows infinite_rows weight accuracy nll perplexity brier confidence entropy
            margin ece mce rms rms_debiased signed_gap),
        layout!("lgt_evaluate_class", EvaluateClass, labelled predicted hits),
        layout!("lgt_temperature_opts", lgt_temperature_opts,
            struct_size max_iter tol t_min t_max),
        layout!("lgt_temperature_model", lgt_temperature_model,
            head fit_status iterations temperature nll_before nll_after),
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
        assert_eq!(in_c, layouts_in_rust());
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
