//! States of pairs of classes, under one signature.
#![allow(dead_code)] // Each test binary uses its part.

use crate::reference::classes::Pair;
use crate::support::family::State;
use logitude::capi::{class_counts::*, confusion::*, types::*};
use logitude::status::Status;

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum What {
    Counts,
    Matrix,
}

/// A kind of state and how it is set up.
#[derive(Clone, Copy, Debug)]
pub struct PairState {
    pub what: What,
    pub classes: u32,
    pub weighted: bool,
    pub ignore: Option<i32>,
}

/// Integers of some type, as bytes.
pub struct Column {
    pub bytes: Vec<u64>,
    pub kind: u32,
}

impl Column {
    /// The lowest bytes of each number; `kind` is an `LGT_I8` to `LGT_U64`.
    pub fn new(values: &[i64], kind: u32) -> Column {
        let width = 1 << ((kind - 1) % 4);
        let mut bytes = vec![0u64; (values.len() * width).div_ceil(8) + 1];
        let to: *mut u8 = bytes.as_mut_ptr().cast();
        for (i, value) in values.iter().enumerate() {
            let little = if cfg!(target_endian = "little") { 0 } else { 8 - width };
            let low = &value.to_ne_bytes()[little..];
            // SAFETY: there is room for all values.
            unsafe { core::ptr::copy_nonoverlapping(low.as_ptr(), to.add(i * width), width) };
        }
        Column { bytes, kind }
    }
}

impl PairState {
    pub fn opts(self) -> lgt_class_counts_opts {
        let flag = |on, flag| if on { flag } else { 0 };
        lgt_class_counts_opts {
            struct_size: size_of::<lgt_class_counts_opts>() as u32,
            flags: flag(self.weighted, LGT_CLASS_COUNTS_WEIGHTED)
                | flag(self.ignore.is_some(), LGT_CLASS_COUNTS_IGNORE),
            ignore_index: self.ignore.unwrap_or(0),
        }
    }

    pub fn size(self) -> usize {
        let (mut bytes, opts) = (0, self.opts());
        // SAFETY: both are one struct.
        let status = unsafe {
            match self.what {
                What::Counts => {
                    lgt_class_counts_size(self.classes, &raw const opts, &raw mut bytes)
                }
                What::Matrix => lgt_confusion_size(self.classes, &raw const opts, &raw mut bytes),
            }
        };
        assert_eq!(status, Status::LGT_OK);
        bytes
    }

    pub fn start(self) -> State {
        let (size, opts) = (self.size(), self.opts());
        assert_eq!(size % 8, 0);
        let mut state = vec![u64::MAX; size / 8];
        let (at, opts) = (state.as_mut_ptr().cast(), &raw const opts);
        // SAFETY: `state` is `size` bytes long.
        let status = unsafe {
            match self.what {
                What::Counts => lgt_class_counts_init(at, size, self.classes, opts),
                What::Matrix => lgt_confusion_init(at, size, self.classes, opts),
            }
        };
        assert_eq!(status, Status::LGT_OK);
        state
    }

    pub fn update(
        self,
        state: &mut State,
        predicted: &Column,
        labels: &Column,
        weights: Option<&[f64]>,
        rows: usize,
    ) -> Status {
        let f = match self.what {
            What::Counts => lgt_class_counts_update,
            What::Matrix => lgt_confusion_update,
        };
        let weights = weights.map_or(core::ptr::null(), <[f64]>::as_ptr);
        let (p, y) = (predicted.bytes.as_ptr().cast(), labels.bytes.as_ptr().cast());
        // SAFETY: the columns hold as many values as there are rows.
        unsafe { f(state.as_mut_ptr().cast(), p, predicted.kind, y, labels.kind, weights, rows) }
    }

    /// Adds rows as `int32_t`; a label of `classes` stands for the ignored one.
    pub fn see(self, state: &mut State, pairs: &[Pair]) {
        let label = |p: &Pair| match self.ignore {
            Some(ignore) if p.label == self.classes as usize => ignore.into(),
            _ => p.label as i64,
        };
        let labels: Vec<i64> = pairs.iter().map(label).collect();
        let predicted: Vec<i64> = pairs.iter().map(|p| p.predicted as i64).collect();
        let weights: Vec<f64> = pairs.iter().map(|p| p.weight).collect();
        let weights = self.weighted.then_some(&weights[..]);
        let (p, y) = (Column::new(&predicted, LGT_I64), Column::new(&labels, LGT_I32));
        assert_eq!(self.update(state, &p, &y, weights, pairs.len()), Status::LGT_OK);
    }

    pub fn merge(self, state: &mut State, other: &State) -> Status {
        let f = match self.what {
            What::Counts => lgt_class_counts_merge,
            What::Matrix => lgt_confusion_merge,
        };
        // SAFETY: both are whole states.
        unsafe { f(state.as_mut_ptr().cast(), other.as_ptr().cast()) }
    }
}
