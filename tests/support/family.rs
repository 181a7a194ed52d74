//! The mergeable states, each with its C functions, so that a law is written
//! once for all of them. A new state is added here.
#![allow(dead_code)] // Each test binary uses its part.

use super::batch::Args;
use super::points::PointFunctions;
use logitude::capi::{
    accuracy::*, brier::*, ece_binary::*, ece_classwise::*, ece_top_label::*, extsum::*, nll::*,
    types::*,
};
use logitude::status::Status;

#[derive(Clone, Copy, Debug)]
pub enum Family {
    Accuracy {
        k: u32,
    },
    Nll,
    Brier,
    Ece {
        bins: u32,
    },
    /// Of columns, not of labelled rows: some laws are its own.
    ExtSum {
        rows: usize,
    },
    /// Of probabilities of one thing: of labelled rows it takes the first numbers,
    /// as many as there are rows, and labels of its own.
    EceBinary {
        bins: u32,
        closed: u32,
    },
    /// Of labelled rows with so many classes.
    EceClasswise {
        bins: u32,
        classes: u32,
        threshold: f64,
    },
}
use Family::*;

/// A state's bytes, aligned.
pub type State = Vec<u64>;

impl Family {
    /// Those of labelled rows.
    pub const ALL: [Family; 6] =
        [Accuracy { k: 1 }, Accuracy { k: 3 }, Nll, Brier, Ece { bins: 1 }, Ece { bins: 15 }];

    /// Every kind.
    pub const EVERY: [Family; 10] = [
        Accuracy { k: 1 },
        Accuracy { k: 3 },
        Nll,
        Brier,
        Ece { bins: 1 },
        Ece { bins: 15 },
        ExtSum { rows: 5 },
        EceBinary { bins: 10, closed: 1 },
        EceClasswise { bins: 4, classes: 3, threshold: 0.0 },
        EceClasswise { bins: 1, classes: 3, threshold: 0.125 },
    ];

    /// Words of parameters behind the head.
    pub fn words(self) -> usize {
        match self {
            EceBinary { .. } => 1,
            EceClasswise { .. } => 2,
            _ => 0,
        }
    }

    /// How many rows an update has, where any number will do five.
    pub fn rows(self) -> usize {
        if let ExtSum { rows } = self { rows } else { 5 }
    }

    /// The same kind with other parameters, where there are any.
    pub fn other_parameter(self) -> Option<Family> {
        match self {
            Accuracy { k } => Some(Accuracy { k: k + 1 }),
            Ece { bins } => Some(Ece { bins: bins + 1 }),
            ExtSum { rows } => Some(ExtSum { rows: rows + 1 }),
            EceBinary { bins, closed } => Some(EceBinary { bins, closed: 1 - closed }),
            EceClasswise { bins, classes, threshold } => {
                Some(EceClasswise { bins, classes, threshold: threshold + 0.25 })
            }
            Nll | Brier => None,
        }
    }

    /// Bytes of a state.
    pub fn size(self) -> usize {
        let mut bytes = 0;
        // SAFETY: `bytes` is one number.
        let status = unsafe {
            match self {
                Accuracy { k } => lgt_accuracy_size(k, &raw mut bytes),
                Nll => lgt_nll_size(&raw mut bytes),
                Brier => lgt_brier_size(&raw mut bytes),
                Ece { bins } => lgt_ece_top_label_size(bins, &raw mut bytes),
                ExtSum { rows } => lgt_extsum_size(rows, &raw mut bytes),
                EceBinary { bins, closed } => lgt_ece_binary_size(bins, closed, &raw mut bytes),
                EceClasswise { bins, classes, threshold } => {
                    lgt_ece_classwise_size(bins, classes, threshold, &raw mut bytes)
                }
            }
        };
        assert_eq!(status, Status::LGT_OK);
        bytes
    }

    /// A state that has seen nothing.
    pub fn start(self) -> State {
        let size = self.size();
        assert_eq!(size % 8, 0);
        let mut state = vec![u64::MAX; size / 8];
        let at = state.as_mut_ptr().cast();
        // SAFETY: `state` is `size` bytes long.
        let status = unsafe {
            match self {
                Accuracy { k } => lgt_accuracy_init(at, size, k),
                Nll => lgt_nll_init(at, size),
                Brier => lgt_brier_init(at, size),
                Ece { bins } => lgt_ece_top_label_init(at, size, bins),
                ExtSum { rows } => lgt_extsum_init(at, size, rows),
                EceBinary { bins, closed } => lgt_ece_binary_init(at, size, bins, closed),
                EceClasswise { bins, classes, threshold } => {
                    lgt_ece_classwise_init(at, size, bins, classes, threshold)
                }
            }
        };
        assert_eq!(status, Status::LGT_OK);
        state
    }

    /// Adds rows.
    pub fn update<D: PointFunctions>(self, state: &mut State, a: &Args<D>) -> Status {
        let at = state.as_mut_ptr().cast();
        let f = match self {
            Accuracy { .. } => D::ACCURACY,
            Nll => D::NLL,
            Brier => D::BRIER,
            Ece { .. } => D::ECE,
            EceClasswise { .. } => D::ECE_CLASSWISE,
            ExtSum { .. } => {
                let opts = core::ptr::null();
                // SAFETY: as below.
                return unsafe { D::ADD(at, a.x, a.stride, a.rows, a.cols, opts) };
            }
            EceBinary { .. } => {
                let labels: Vec<u8> = (0..a.rows).map(|r| (r % 2) as u8).collect();
                let labels = labels.as_ptr().cast();
                // SAFETY: as below; a row has at least one number.
                return unsafe { D::ECE_BINARY(at, a.x, labels, LGT_U8, a.weights, a.rows) };
            }
        };
        // SAFETY: the arguments come from a batch that is still there.
        unsafe { f(at, a.x, a.stride, a.labels, a.label_type, a.weights, a.rows, a.cols) }
    }

    /// Merges by the family's own function.
    pub fn merge(self, state: &mut State, other: &State) -> Status {
        let (at, other) = (state.as_mut_ptr().cast(), other.as_ptr().cast());
        // SAFETY: both are whole states.
        unsafe {
            match self {
                Accuracy { .. } => lgt_accuracy_merge(at, other),
                Nll => lgt_nll_merge(at, other),
                Brier => lgt_brier_merge(at, other),
                Ece { .. } => lgt_ece_top_label_merge(at, other),
                ExtSum { .. } => lgt_extsum_merge(at, other),
                EceBinary { .. } => lgt_ece_binary_merge(at, other),
                EceClasswise { .. } => lgt_ece_classwise_merge(at, other),
            }
        }
    }
}
