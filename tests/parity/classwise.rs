//! The calibration error of each class, against that of its probabilities alone.

use crate::calibration::{blank, close, round, same_bins, same_report};
use crate::reference::calibration as exact;
use crate::reference::metrics::Sample;
use crate::support::batch::Batch;
use crate::support::bounds;
use crate::support::dtype::*;
use crate::support::family::{Family, State};
use crate::support::points::{Point, PointFunctions};
use crate::support::rng::Rng;
use logitude::capi::ece_classwise::*;
use logitude::metrics::ece_classwise::EceClasswiseReport;
use logitude::metrics::reliability::{ReliabilityBin, ReliabilityReport};
use logitude::status::Status;

/// Rows of probabilities, of which some are large and some on the edges of bins,
/// but most are small; weights are 1, whole, or any.
pub fn samples<D: Dtype>(rng: &mut Rng, rows: usize, cols: usize) -> Vec<Sample> {
    let (weights, edges) = (rng.below(3), rng.below(2));
    let one = |rng: &mut Rng| {
        let steep = [1.0, 6.0, 40.0][rng.below(3)];
        let logits: Vec<f64> = (0..cols).map(|_| rng.unit() * steep).collect();
        let sum: f64 = logits.iter().map(|x| x.exp()).sum();
        let share = |x: &f64| {
            let p = x.exp() / sum;
            D::value(D::store(if edges == 1 { (p * 20.0).round() / 20.0 } else { p }))
        };
        let weight = match weights {
            0 => 1.0,
            1 => rng.below(4) as f64,
            _ => D::acc_value(D::acc(rng.unit() * 10.0)),
        };
        Sample { x: logits.iter().map(share).collect(), label: rng.below(cols), weight }
    };
    (0..rows).map(|_| one(rng)).collect()
}

/// The points of one class that are not below the threshold.
pub fn of_class(data: &[Sample], class: usize, threshold: f64) -> Vec<Point> {
    let kept = data.iter().filter(|s| s.x[class] >= threshold);
    kept.map(|s| Point { p: s.x[class], hit: s.label == class, weight: s.weight }).collect()
}

fn seen<D: PointFunctions>(family: Family, data: &[Sample], cols: usize, kind: usize) -> State {
    let mut state = family.start();
    let weighted = data.iter().any(|s| s.weight != 1.0);
    let batch = Batch::<D>::new(data, 1, kind, weighted);
    let mut args = batch.args();
    (args.cols, args.stride) = (cols, cols + 1);
    assert_eq!(family.update(&mut state, &args), Status::LGT_OK);
    state
}

pub fn as_defined<D: PointFunctions>() {
    let mut rng = Rng::new(91);
    for (rows, cols) in [(0, 3), (1, 1), (1, 5), (17, 2), (60, 3), (200, 10), (40, 100)] {
        let data = samples::<D>(&mut rng, rows, cols);
        for (bins, threshold) in [(1, 0.0), (2, 0.0), (15, 0.0), (20, 0.0), (15, 0.05), (3, 0.5)] {
            let classes = cols as u32;
            let family = Family::EceClasswise { bins, classes, threshold };
            let state = seen::<D>(family, &data, cols, rng.below(8));
            let at = state.as_ptr().cast();
            let place = format!("{} {rows} x {cols}, {bins} bins from {threshold}", D::NAME);
            let mut errors = vec![];
            for class in 0..cols {
                let points = of_class(&data, class, round::<D>(threshold));
                let exact = exact::equal_width(&points, bins as usize, false, round::<D>);
                let mut report: ReliabilityReport = blank();
                let mut got = vec![blank::<ReliabilityBin>(); bins as usize];
                // SAFETY: the state is whole, and there is room.
                let status = unsafe {
                    let (to, count) = (got.as_mut_ptr(), got.len());
                    let status = lgt_ece_classwise_get_bins(at, class as u32, to, count);
                    assert_eq!(status, Status::LGT_OK);
                    lgt_ece_classwise_get_class(at, class as u32, &raw mut report)
                };
                same_bins(&got, &exact, &place);
                same_report(&report, &exact, &place);
                let kept = !exact::counted(&points).is_empty();
                assert_eq!(status == Status::LGT_OK, kept, "{place}");
                errors.extend(kept.then(|| exact::errors(&exact)[0]));
            }
            let mut report: EceClasswiseReport = blank();
            // SAFETY: the state is whole.
            let status = unsafe { lgt_ece_classwise_finish(at, &raw mut report) };
            let bound = bounds::ECE_A_BIN * f64::from(bins.max(4));
            assert_eq!(status == Status::LGT_UNDEFINED, errors.is_empty(), "{place}");
            assert_eq!(report.classes as usize, errors.len(), "{place}");
            let mean = errors.iter().sum::<f64>() / errors.len() as f64;
            assert!(close(report.ece, mean, bound), "{place}: {report:?}, not {mean}");
            let max = errors.iter().copied().fold(f64::NAN, f64::max);
            assert!(close(report.max, max, bound), "{place}: {report:?}, not {max}");
        }
    }
}

/// Any order and any split come to the same bytes; rows with what is no
/// probability are counted and are in no bin.
pub fn laws<D: PointFunctions>() {
    let mut rng = Rng::new(92);
    for (threshold, bins) in [(0.0, 15), (0.0, 1), (0.1, 15)] {
        let cols = 7;
        let family = Family::EceClasswise { bins, classes: cols as u32, threshold };
        let mut data = samples::<D>(&mut rng, 60, cols);
        let good = seen::<D>(family, &data, cols, 0);
        for (i, bad) in [f64::NAN, -0.25, 2.0, f64::INFINITY].into_iter().enumerate() {
            let mut sample = data[i].clone();
            (sample.x[i + 2], sample.weight) = (bad, 1.0);
            data.push(sample);
        }
        let whole = seen::<D>(family, &data, cols, 1);
        assert_eq!((whole[5], whole[4] - 4), (4, good[4]));
        assert!(whole[6..] == good[6..]);
        rng.shuffle(&mut data);
        let (first, second) = data.split_at(rng.below(data.len()));
        let mut state = seen::<D>(family, first, cols, 3);
        assert_eq!(family.merge(&mut state, &seen::<D>(family, second, cols, 4)), Status::LGT_OK);
        assert!(state == whole);
        let mut report: EceClasswiseReport = blank();
        // SAFETY: the state is whole.
        let status = unsafe { lgt_ece_classwise_finish(state.as_ptr().cast(), &raw mut report) };
        assert!(status == Status::LGT_UNDEFINED && report.ece.is_nan() && report.max.is_nan());
        // Of another number of columns.
        let batch = Batch::<D>::new(&samples::<D>(&mut rng, 2, cols + 1), 0, 0, false);
        assert_eq!(family.update(&mut state, &batch.args()), Status::LGT_E_SHAPE);
        assert!(state == whole);
    }
}
