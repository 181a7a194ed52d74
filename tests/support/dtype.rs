//! The storage types, each with its C functions, so that a test is written once
//! for all of them.
#![allow(dead_code)] // Each test binary uses its part.

use crate::reference::format::{self, Format};
use logitude::capi::{
    accuracy::*, brier::*, ece_top_label::*, evaluate::*, extsum::*, log_softmax::*, logsumexp::*,
    nll::*, softmax::*, temperature::*,
};
use logitude::capi::{binary::*, log_loss::*, rps::*, spherical::*};
use logitude::status::Status;
use std::ffi::c_void;

pub type Transform<S, A> = unsafe extern "C" fn(
    *const S,
    usize,
    *mut S,
    usize,
    *mut A,
    usize,
    usize,
    *const lgt_softmax_opts,
) -> Status;
pub type Reduction<S, A> =
    unsafe extern "C" fn(*const S, usize, *mut A, usize, usize, *const lgt_softmax_opts) -> Status;
pub type Update<S, A> = unsafe extern "C" fn(
    *mut c_void,
    *const S,
    usize,
    *const c_void,
    u32,
    *const A,
    usize,
    usize,
) -> Status;
pub type Fit<S, A> = unsafe extern "C" fn(
    *mut lgt_temperature_model,
    *const S,
    usize,
    *const c_void,
    u32,
    *const A,
    usize,
    usize,
    *const lgt_temperature_opts,
) -> Status;
pub type Apply<S> = unsafe extern "C" fn(
    *const lgt_temperature_model,
    *const S,
    usize,
    *mut S,
    usize,
    usize,
    usize,
) -> Status;

/// Of two classes: one score a row.
pub type UpdateBinary<S, A> = unsafe extern "C" fn(
    *mut c_void,
    *const S,
    usize,
    *const c_void,
    u32,
    *const A,
    usize,
) -> Status;

pub type AddColumns<S> = unsafe extern "C" fn(
    *mut c_void,
    *const S,
    usize,
    usize,
    usize,
    *const lgt_softmax_opts,
) -> Status;
pub type ShareColumns<S> = unsafe extern "C" fn(
    *const c_void,
    *const S,
    usize,
    *mut S,
    usize,
    usize,
    usize,
    *const lgt_softmax_opts,
) -> Status;

pub trait Dtype {
    /// What is in memory.
    type Store: Copy + PartialEq + std::fmt::Debug + Sync;
    /// What is computed in: weights and logarithms are of this type.
    type Acc: Copy + PartialEq + std::fmt::Debug;
    const NAME: &'static str;
    const STORE: Format;
    const ACC: Format;
    const SOFTMAX: Transform<Self::Store, Self::Acc>;
    const LOG_SOFTMAX: Transform<Self::Store, Self::Acc>;
    const LOGSUMEXP: Reduction<Self::Store, Self::Acc>;
    const ACCURACY: Update<Self::Store, Self::Acc>;
    const NLL: Update<Self::Store, Self::Acc>;
    const BRIER: Update<Self::Store, Self::Acc>;
    const ECE: Update<Self::Store, Self::Acc>;
    const EVALUATE: Update<Self::Store, Self::Acc>;
    const LOG_LOSS: Update<Self::Store, Self::Acc>;
    const SPHERICAL: Update<Self::Store, Self::Acc>;
    const RPS: Update<Self::Store, Self::Acc>;
    const BINARY: UpdateBinary<Self::Store, Self::Acc>;
    const FIT: Fit<Self::Store, Self::Acc>;
    const APPLY: Apply<Self::Store>;
    const ADD: AddColumns<Self::Store>;
    const SHARE: ShareColumns<Self::Store>;
    /// The nearest stored value.
    fn store(x: f64) -> Self::Store;
    fn value(x: Self::Store) -> f64;
    /// The nearest value of the type computed in.
    fn acc(x: f64) -> Self::Acc;
    fn acc_value(x: Self::Acc) -> f64;
}

pub struct F32;
pub struct F64;
pub struct F16;
pub struct Bf16;

macro_rules! dtypes {
    ($($dtype:ident: $name:literal, $store:ty, $acc:ty, $format:expr, $acc_format:expr,
       $to:expr, $from:expr, [$softmax:ident $log_softmax:ident $logsumexp:ident
       $accuracy:ident $nll:ident $brier:ident $ece:ident $evaluate:ident
       $fit:ident $apply:ident $add:ident $share:ident
       $log_loss:ident $spherical:ident $rps:ident $binary:ident];)*) => {$(
        impl Dtype for $dtype {
            type Store = $store;
            type Acc = $acc;
            const NAME: &'static str = $name;
            const STORE: Format = $format;
            const ACC: Format = $acc_format;
            const SOFTMAX: Transform<$store, $acc> = $softmax;
            const LOG_SOFTMAX: Transform<$store, $acc> = $log_softmax;
            const LOGSUMEXP: Reduction<$store, $acc> = $logsumexp;
            const ACCURACY: Update<$store, $acc> = $accuracy;
            const NLL: Update<$store, $acc> = $nll;
            const BRIER: Update<$store, $acc> = $brier;
            const ECE: Update<$store, $acc> = $ece;
            const EVALUATE: Update<$store, $acc> = $evaluate;
            const LOG_LOSS: Update<$store, $acc> = $log_loss;
            const SPHERICAL: Update<$store, $acc> = $spherical;
            const RPS: Update<$store, $acc> = $rps;
            const BINARY: UpdateBinary<$store, $acc> = $binary;
            const FIT: Fit<$store, $acc> = $fit;
            const APPLY: Apply<$store> = $apply;
            const ADD: AddColumns<$store> = $add;
            const SHARE: ShareColumns<$store> = $share;
            fn store(x: f64) -> $store {
                $to(x)
            }
            fn value(x: $store) -> f64 {
                $from(x)
            }
            fn acc(x: f64) -> $acc {
                x as $acc
            }
            fn acc_value(x: $acc) -> f64 {
                f64::from(x)
            }
        }
    )*};
}

dtypes! {
    F32: "f32", f32, f32, format::F32, format::F32, |x| x as f32, f64::from,
        [lgt_softmax_f32 lgt_log_softmax_f32 lgt_logsumexp_f32 lgt_accuracy_update_f32
         lgt_nll_update_f32 lgt_brier_update_f32 lgt_ece_top_label_update_f32
         lgt_evaluate_update_f32
         lgt_temperature_fit_f32 lgt_temperature_apply_f32
         lgt_extsum_update_f32 lgt_extsum_scale_f32
         lgt_log_loss_update_f32 lgt_spherical_update_f32 lgt_rps_update_f32
         lgt_binary_update_f32];
    F64: "f64", f64, f64, format::F64, format::F64, |x| x, |x| x,
        [lgt_softmax_f64 lgt_log_softmax_f64 lgt_logsumexp_f64 lgt_accuracy_update_f64
         lgt_nll_update_f64 lgt_brier_update_f64 lgt_ece_top_label_update_f64
         lgt_evaluate_update_f64
         lgt_temperature_fit_f64 lgt_temperature_apply_f64
         lgt_extsum_update_f64 lgt_extsum_scale_f64
         lgt_log_loss_update_f64 lgt_spherical_update_f64 lgt_rps_update_f64
         lgt_binary_update_f64];
    F16: "f16", u16, f32, format::F16, format::F32,
        |x| format::F16.encode(x), |x| format::F16.decode(x),
        [lgt_softmax_f16 lgt_log_softmax_f16 lgt_logsumexp_f16 lgt_accuracy_update_f16
         lgt_nll_update_f16 lgt_brier_update_f16 lgt_ece_top_label_update_f16
         lgt_evaluate_update_f16
         lgt_temperature_fit_f16 lgt_temperature_apply_f16
         lgt_extsum_update_f16 lgt_extsum_scale_f16
         lgt_log_loss_update_f16 lgt_spherical_update_f16 lgt_rps_update_f16
         lgt_binary_update_f16];
    Bf16: "bf16", u16, f32, format::BF16, format::F32,
        |x| format::BF16.encode(x), |x| format::BF16.decode(x),
        [lgt_softmax_bf16 lgt_log_softmax_bf16 lgt_logsumexp_bf16 lgt_accuracy_update_bf16
         lgt_nll_update_bf16 lgt_brier_update_bf16 lgt_ece_top_label_update_bf16
         lgt_evaluate_update_bf16
         lgt_temperature_fit_bf16 lgt_temperature_apply_bf16
         lgt_extsum_update_bf16 lgt_extsum_scale_bf16
         lgt_log_loss_update_bf16 lgt_spherical_update_bf16 lgt_rps_update_bf16
         lgt_binary_update_bf16];
}
