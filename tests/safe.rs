//! The Rust API: every function for every storage type with arrays that are as long as
//! they must be, and what it refuses.

// A model may be fitted twice before it is applied.
#[allow(unused_assignments, clippy::manual_div_ceil)]
#[rustfmt::skip]
#[path = "safe/every.rs"]
mod every;
#[path = "safe/given.rs"]
mod given;

use given::Seen;
use logitude::*;
use std::cell::Cell;

#[test]
fn every_function_stays_within_its_arrays() {
    let mut seen = Seen::default();
    for all in [true, false] {
        every::every::<f32>(all, &mut seen);
        every::every::<f64>(all, &mut seen);
        every::every::<F16>(all, &mut seen);
        every::every::<Bf16>(all, &mut seen);
    }
    for (function, error) in &seen.refused {
        println!("{function}: {error}");
    }
    let refused = seen.refused.len();
    println!("{refused} of {} calls refused", seen.functions.len());
    // Most of what is called is done.
    assert!(refused * 4 < seen.functions.len(), "{refused} of {}", seen.functions.len());
}

const X: [f32; 8] = [1.0, 3.0, -2.0, 9.0, 0.5, 0.25, 4.0, 9.0];
const LABELS: [i16; 2] = [1, 2];

/// Two rows of three of the four columns that there are.
fn x() -> Rows<'static, f32> {
    Rows::with_stride(&X, 2, 3, 4).unwrap()
}

fn status<T>(got: Result<T, Error>) -> Status {
    got.err().expect("an error").status()
}

#[test]
fn transforms_give_the_bits_of_c() {
    let (mut ours, mut lse) = ([7.0f32; 8], [0.0f32; 2]);
    let opts = SoftmaxOpts { scale: 0.5, ..Default::default() };
    let y = RowsMut::with_stride(&mut ours, 2, 3, 4).unwrap();
    assert_eq!(softmax(x(), y, Some(&mut lse), Some(&opts)), Ok(Advice::None));
    let (mut theirs, mut their_lse) = ([7.0f32; 8], [0.0f32; 2]);
    // SAFETY: arrays of the shapes that are given.
    let status = unsafe {
        let mut opts = std::mem::zeroed();
        capi::softmax::lgt_softmax_opts_default(&mut opts);
        opts.scale = 0.5;
        let lse = their_lse.as_mut_ptr();
        capi::softmax::lgt_softmax_f32(X.as_ptr(), 4, theirs.as_mut_ptr(), 4, lse, 2, 3, &opts)
    };
    assert_eq!(status, Status::LGT_OK);
    assert_eq!((ours, lse), (theirs, their_lse));
    // Nothing is written between rows.
    assert_eq!(ours[3], 7.0);

    let mut inside = X;
    let y = RowsMut::with_stride(&mut inside, 2, 3, 4).unwrap();
    assert_eq!(softmax_in_place(y, None, Some(&opts)), Ok(Advice::None));
    assert_eq!((&inside[..3], &inside[4..7]), (&ours[..3], &ours[4..7]));
}

#[test]
fn masks_say_what_c_is_told() {
    let kept = [1u8, 0, 1, 1, 1, 0];
    let share = [const { Cell::new(0.0) }; 2];
    let mask = SoftmaxMask {
        flags: MASK_SINK,
        kept: Rows::new(&kept, 2, 3),
        sink_share: Some(&share),
        ..Default::default()
    };
    let opts = SoftmaxOpts { mask: Some(&mask), ..Default::default() };
    let mut y = [0.0f32; 6];
    softmax(x(), RowsMut::new(&mut y, 2, 3).unwrap(), None, Some(&opts)).unwrap();
    assert_eq!((y[1], y[5]), (0.0, 0.0));
    for (row, share) in y.chunks(3).zip(&share) {
        assert!((row.iter().sum::<f32>() + share.get() as f32 - 1.0).abs() < 1e-6);
    }
    // Columns 2 and 0.
    let mask = SoftmaxMask { columns: Some((&[2u8, 0]).into()), ..Default::default() };
    let opts = SoftmaxOpts { mask: Some(&mask), ..Default::default() };
    softmax(x(), RowsMut::new(&mut y, 2, 2).unwrap(), None, Some(&opts)).unwrap();
    assert!(y[0] < y[1] && y[2] > y[3]);
    let wrong = softmax(x(), RowsMut::new(&mut y, 2, 3).unwrap(), None, Some(&opts));
    assert_eq!(wrong.unwrap_err().argument(), Some("y"));
    let mask = SoftmaxMask { scales: Some(&[1.0; 3]), ..Default::default() };
    let opts = SoftmaxOpts { mask: Some(&mask), ..Default::default() };
    let wrong = softmax(x(), RowsMut::new(&mut y, 2, 3).unwrap(), None, Some(&opts));
    assert_eq!(wrong.unwrap_err().argument(), Some("opts"));
}

#[test]
fn losses_give_the_bits_of_c() {
    let weights = [1.0, 2.0, 0.5];
    let opts = CrossEntropyOpts { class_weights: Some(&weights), ..Default::default() };
    let (mut grad, mut total) = ([0.0f32; 6], 0.0);
    let to = RowsMut::new(&mut grad, 2, 3);
    cross_entropy(x(), &LABELS, None, None, None, to, Some(&mut total), Some(&opts)).unwrap();
    let (mut their_grad, mut their_total) = ([0.0f32; 6], 0.0);
    let none = std::ptr::null_mut();
    // SAFETY: arrays of the shapes that are given.
    let _ = unsafe {
        let mut opts = std::mem::zeroed();
        capi::cross_entropy::lgt_cross_entropy_opts_default(&mut opts);
        opts.class_weights = weights.as_ptr();
        capi::cross_entropy::lgt_cross_entropy_f32(
            X.as_ptr(),
            4,
            LABELS.as_ptr().cast(),
            I16,
            std::ptr::null(),
            none,
            none.cast(),
            their_grad.as_mut_ptr(),
            3,
            &mut their_total,
            2,
            3,
            &opts,
        )
    };
    assert_eq!((grad, total), (their_grad, their_total));
    let opts = CrossEntropyOpts { class_weights: Some(&weights[..2]), ..Default::default() };
    let wrong = cross_entropy(x(), &LABELS, None, None, None, None, None, Some(&opts));
    assert_eq!(wrong.unwrap_err().argument(), Some("opts"));
}

#[test]
fn states_are_words_of_their_kind() {
    let x = Rows::new(&[0.25f32, 0.5, 0.25, 0.125, 0.125, 0.75], 2, 3).unwrap();
    let mut words = [0; 256];
    let mut state = EceTopLabelState::new(&mut words, 15).unwrap();
    state.update(x, &LABELS, None).unwrap();
    let (report, advice) = state.finish().unwrap();
    assert_eq!((report.rows, advice), (2, Advice::None));
    let mut stored = state.words().to_vec();
    let mut again = EceTopLabelState::load(&mut stored).unwrap();
    again.merge(&state).unwrap();
    assert_eq!(again.finish().unwrap().0.rows, 4);
    assert_eq!(status(NllState::load(&mut stored)), Status::LGT_E_STATE);
    // Fewer words than the head says, and too few for a head.
    for length in [0, 1, 2, 10] {
        let got = ece_top_label_finish(&stored[..length]);
        assert_eq!(status(got), Status::LGT_E_STATE, "{length}");
        assert_eq!(status(state_check(&stored[..length])), Status::LGT_E_STATE);
        assert_eq!(status(EceTopLabelState::load(&mut stored[..length])), Status::LGT_E_STATE);
    }
    assert_eq!(status(nll_finish(&stored)), Status::LGT_E_STATE);
    assert_eq!(status(ece_top_label_init(&mut [0; 4], 15)), Status::LGT_E_SIZE);
    assert_eq!(status(ece_top_label_update(&mut stored, x, &[0u8; 3], None)), Status::LGT_E_SHAPE);
}

/// States and models have a head that is true, and anything behind it.
#[test]
fn whatever_follows_a_head_is_survived() {
    let fillings: [fn(usize) -> u64; 5] = [
        |_| u64::MAX,
        |_| 1 << 62,
        |i| i as u64,
        |i| (i as f64 * 1e300).to_bits(),
        |i| (i as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15),
    ];
    for (kept, filling) in [2, 6].iter().flat_map(|kept| fillings.map(|filling| (*kept, filling))) {
        given::SPOILT.set(Some((kept, filling)));
        every::every::<f32>(true, &mut Seen::default());
    }
}

#[test]
fn fits_and_curves_give_the_bits_of_c() {
    let opts = TemperatureOpts { struct_size: u32::MAX, max_iter: 7, ..Default::default() };
    // What a caller writes as the size of a struct is not what C is told.
    let (model, _) = temperature_fit(x(), &LABELS, None, Some(&opts)).unwrap();
    let mut y = [0.0f32; 6];
    temperature_apply(&model, x(), RowsMut::new(&mut y, 2, 3).unwrap()).unwrap();
    let mut theirs = [0.0f32; 6];
    // SAFETY: arrays of the shapes that are given.
    let _ = unsafe {
        let (x, y) = (X.as_ptr(), theirs.as_mut_ptr());
        capi::temperature::lgt_temperature_apply_f32(&model, x, 4, y, 3, 2, 3)
    };
    assert_eq!(y, theirs);

    let labels = [0u8, 1, 0, 1, 0, 1, 0, 1];
    let mut scratch = vec![0; auroc_scratch(8, 4, 0).unwrap().div_ceil(8)];
    let (report, _) = auroc(&X, &labels, None, 1.0, &mut scratch).unwrap();
    let mut theirs = report;
    // SAFETY: arrays of the shapes that are given.
    let _ = unsafe {
        let (room, size) = (scratch.as_mut_ptr().cast(), 8 * scratch.len());
        let (x, labels, none) = (X.as_ptr(), labels.as_ptr().cast(), std::ptr::null());
        capi::auroc::lgt_auroc_f32(x, labels, U8, none, &mut theirs, 8, 1.0, room, size)
    };
    assert_eq!(report.auroc, theirs.auroc);
    assert_eq!(status(auroc(&X, &labels, None, 1.0, &mut [])), Status::LGT_E_SCRATCH);
}

#[test]
fn views_lie_within_their_slices() {
    assert!(Rows::new(&X, 3, 3).is_none() && Rows::of(&X, 3).is_none());
    assert!(Rows::of(&X, 0).is_none() && Rows::new(&X, usize::MAX, 2).is_none());
    assert!(Rows::with_stride(&X, 2, 4, 3).is_none());
    assert!(Rows::with_stride(&X, usize::MAX, 1, usize::MAX).is_none());
    assert!(Rows::with_stride(&X, 2, 3, 5).is_some() && Rows::with_stride(&X, 2, 3, 6).is_none());
    assert!(Column::with_stride(&X, 4, 2).is_some() && Column::with_stride(&X, 5, 2).is_none());
    assert!(Column::with_stride(&X, 2, 0).is_none());
    assert_eq!(Rows::<f32>::of(&[], 3).map(|rows| rows.rows()), Some(0));
}

#[test]
fn errors_name_function_and_argument() {
    let mut y = [0.0f32; 4];
    let error = softmax(x(), RowsMut::new(&mut y, 2, 2).unwrap(), None, None).unwrap_err();
    assert_eq!(error.to_string(), "softmax: y: shapes that do not fit together");
    let opts = SoftmaxOpts { scale: -1.0, ..Default::default() };
    let error = softmax_in_place(RowsMut::new(&mut y, 2, 2).unwrap(), None, Some(&opts));
    assert_eq!(status(error), Status::LGT_E_VALUE);
}
