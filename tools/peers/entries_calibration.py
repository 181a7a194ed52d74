"""Calibration errors, with bins and without."""

from __future__ import annotations

from .entry import Entry

ROWS = "random, wide, ties, digits, single"
OFF_EDGES = "random, wide, digits, single"
EVENTS = "events, edges, hits, one digit, never"
OFF_EDGES_OF_EVENTS = "events, hits, one digit, never"

TM_F32 = "torchmetrics turns confidences into f32, whatever it is given"
TU_F32 = "torch-uncertainty turns confidences into f32, whatever it is given"
TM_EDGES = (
    "torchmetrics closes bins on the left and gives 1 a bin of its own; its edges are "
    "those of an f32 linspace"
)
NETCAL_EDGES = "netcal clips to 2^-52 .. 1 - 2^-52, and closes bins on the left"

FAMILIES = {
    "Calibration error of the predicted class": [
        Entry("lg.ece(p, y, bins=15)", "ucal.get_ece(p, y, num_bins=15)", ROWS),
        Entry("lg.ece(p, y, bins=10)", "ucal.get_ece(p, y, num_bins=10)", ROWS),
        Entry(
            "lg.ECE(10).update(p, y).report().rms",
            "ucal.lower_bound_scaling_ce(p, y, p=2, debias=False, num_bins=10, "
            'binning_scheme=ucal.get_equal_prob_bins, mode="top-label")',
            ROWS,
        ),
        Entry(
            "lg.ECE(3).update(p, y).report().rms_debiased",
            "ucal.lower_bound_scaling_ce(p, y, p=2, debias=True, num_bins=3, "
            'binning_scheme=ucal.get_equal_prob_bins, mode="top-label")',
            "random, ties, digits",
        ),
        Entry(
            "lg.ECE(15).update(p, y).report().rms_debiased",
            "ucal.lower_bound_scaling_ce(p, y, p=2, debias=True, num_bins=15, "
            'binning_scheme=ucal.get_equal_prob_bins, mode="top-label")',
            "single",
            why="a bin of a single row has no gap there; ours keeps it, undebiased",
        ),
        Entry(
            "lg.ece(p, y, bins=15)",
            "tm.multiclass_calibration_error(p, y, C, n_bins=15)",
            OFF_EDGES,
            coarse=TM_F32,
            rtol=1e-5,
        ),
        Entry(
            "lg.ECE(15).update(p, y).report().rms",
            'tm.multiclass_calibration_error(p, y, C, n_bins=15, norm="l2")',
            "random, wide, single",
            coarse=TM_F32,
            rtol=1e-6,
        ),
        Entry(
            "lg.ECE(15).update(p, y).report().rms",
            'tm.multiclass_calibration_error(p, y, C, n_bins=15, norm="l2")',
            "digits",
            wrong="turns confidences into f32, of which those next to 1 become 1 and go to a "
            "sixteenth bin of their own",
            truth='truths.rms_error(p.max(axis=1), yp == y, 15, "right")',
        ),
        Entry(
            "lg.ECE(15).update(p, y).report().mce",
            'tm.multiclass_calibration_error(p, y, C, n_bins=15, norm="max")',
            OFF_EDGES,
            coarse=TM_F32,
            rtol=1e-6,
        ),
        Entry(
            "lg.ece(p, y, bins=10)",
            "tm.multiclass_calibration_error(p, y, C, n_bins=10)",
            "ties",
            why=TM_EDGES,
        ),
        Entry("lg.ece(p, y, bins=15)", "netcal.ECE(15).measure(p, y)", "random, wide, digits"),
        Entry(
            "lg.ECE(15).update(p, y).report().mce",
            "netcal.MCE(15).measure(p, y)",
            "random, wide, digits",
        ),
        Entry(
            "lg.ECE(15).update(p, y).report().average",
            "netcal.ACE(15).measure(p, y)",
            "random, wide, digits",
        ),
        Entry(
            'lg.ece_binary(p.max(axis=1), yp == y, 4, closed="left")',
            "netcal.ECE(4).measure(p, y)",
            "random, wide, ties, digits",
        ),
        Entry(
            'lg.ece_binary(p.max(axis=1), yp == y, 4, closed="left")',
            "tm.multiclass_calibration_error(p, y, C, n_bins=4)",
            ROWS,
            coarse=TM_F32,
            rtol=1e-5,
        ),
        Entry("lg.ece(p, y, bins=10)", "netcal.ECE(10).measure(p, y)", "ties", why=NETCAL_EDGES),
        Entry(
            "lg.ece_binary(p, y, bins=15)",
            "netcal.ECE(15).measure(np.c_[1 - p, p], y)",
            "events",
        ),
        Entry(
            "lg.ece(np.c_[1 - p, p], y, bins=15)",
            "netcal.ECE(15).measure(np.c_[1 - p, p], y)",
            "events",
            why="of two columns netcal takes the second for P(y = 1): `ece_binary` above",
        ),
        Entry(
            "lg.ece(p, y)",
            "netcal.ECE(15).measure(p, y)",
            "single",
            wrong="asks how many different labels there are, and with fewer than three takes "
            "any rows for events of two classes",
            truth="abs(p.max() - (yp[0] == y[0]))",
        ),
    ],
    "Calibration error of P(y = 1)": [
        Entry(
            "curve(lg.BinaryECE(10).update(p, y).bins())",
            "curves.calibration_curve(y, p, n_bins=10)",
            EVENTS,
        ),
        Entry("lg.ece_binary(p, y, bins=15)", "ucal.get_ece(p, y, num_bins=15)", EVENTS),
        Entry("lg.ece_binary(p, y, bins=10)", "ucal.get_ece(p, y, num_bins=10)", EVENTS),
        Entry("lg.ece_binary(p, y, bins=15)", "netcal.ECE(15).measure(p, y)", OFF_EDGES_OF_EVENTS),
        *(
            Entry(f'lg.BinaryECE(4, "left").update(p, y).report().{name}', peer, EVENTS)
            for name, peer in (
                ("ece", "netcal.ECE(4).measure(p, y)"),
                ("mce", "netcal.MCE(4).measure(p, y)"),
                ("average", "netcal.ACE(4).measure(p, y)"),
            )
        ),
        Entry(
            'lg.ece_binary(p, y, bins=10, closed="left")',
            "netcal.ECE(10).measure(p, y)",
            "edges",
            why="netcal's edges are those of a linspace, in which 3 * 0.1 is above 0.3; ours are "
            "the numbers nearest to k / bins",
        ),
        *(
            Entry(
                f'lg.BinaryECE({bins}, "left").update(p, y).report().{name}',
                f'tm.binary_calibration_error(p, y, n_bins={bins}, norm="{norm}")',
                on,
            )
            for bins, on in ((15, OFF_EDGES_OF_EVENTS), (10, "edges"))
            for name, norm in (("ece", "l1"), ("rms", "l2"), ("mce", "max"))
            if (on, norm) != ("edges", "l2")
        ),
        Entry(
            'lg.BinaryECE(10, "left").update(p, y).report().rms',
            'tm.binary_calibration_error(p, y, n_bins=10, norm="l2")',
            "edges",
            wrong="has an eleventh bin, for 1",
            truth='truths.rms_error(p, y, 10, "left")',
        ),
        Entry(
            "lg.ece_classwise(p, y, bins=15)",
            'ucal.get_ece(p, y, num_bins=15, mode="marginal")',
            ROWS,
        ),
        Entry(
            "lg.ece_classwise(p, y, bins=15)",
            "tu.ClasswiseCalibrationError(num_classes=C, num_bins=15)(p, y)",
            OFF_EDGES,
            coarse=TU_F32,
            rtol=1e-5,
        ),
    ],
    "Calibration error over bins of equal mass": [
        Entry(
            'lg.ece_equal_mass(p, y, 15, ties="together")',
            "ucal.get_ece_em(p, y, num_bins=15)",
            EVENTS,
        ),
        Entry(
            'lg.ece_equal_mass(p.max(axis=1), yp == y, 15, ties="together")',
            "ucal.get_ece_em(p, y, num_bins=15)",
            "random, wide, ties, digits, single",
        ),
        Entry(
            "lg.ece_equal_mass(p, y, 15)",
            "ucal.get_ece_em(p, y, num_bins=15)",
            "edges, hits, one digit",
            why="ours by default splits ties where a bin is full",
        ),
        Entry(
            "lg.ece_equal_mass(np.maximum(p, 1 - p), yp == y, 15)",
            'tu.AdaptiveCalibrationError(task="binary", num_bins=15)(p, y)',
            "events, never",
            coarse=TU_F32,
            rtol=1e-6,
        ),
        Entry(
            "lg.ece_equal_mass(p, y, 15)",
            'tu.AdaptiveCalibrationError(task="binary", num_bins=15)(p, y)',
            "events, never",
            why="torch-uncertainty asks about the likelier class of two, not about class 1",
        ),
        Entry(
            "lg.ece_equal_mass(p.max(axis=1), yp == y, 15)",
            'tu.AdaptiveCalibrationError(task="multiclass", num_classes=C, num_bins=15)(p, y)',
            "random, wide",
            coarse=TU_F32,
            rtol=1e-6,
        ),
        Entry(
            "curve(lg.ece_equal_mass(p, y, 10, report=True).bins)",
            'curves.calibration_curve(y, p, n_bins=10, strategy="quantile")',
            "events, never",
        ),
        Entry(
            "curve(lg.ece_equal_mass(p, y, 15, report=True).bins)",
            'curves.calibration_curve(y, p, n_bins=15, strategy="quantile")',
            "events",
            why="rows are not whole multiples of bins: quantiles are between rows there, "
            "parts as those of `array_split` here",
        ),
        Entry(
            "lg.ace(p, y, 10)",
            "np.mean([[abs(part.mean() - hit.mean()) for part, hit in zip("
            "np.array_split(np.sort(p[:, c]), 10), "
            "np.array_split((y == c)[np.argsort(p[:, c], kind='stable')], 10))] "
            "for c in range(C)])",
            "random, wide, ties, digits",
        ),
    ],
    "Calibration error without bins": [
        Entry("lg.mmce(p.max(axis=1), yp == y)", "netcal.MMCE().measure(p, y)", ROWS),
        Entry(
            "lg.mmce(np.maximum(p, 1 - p), yp == y)",
            "netcal.MMCE().measure(np.c_[1 - p, p], y)",
            EVENTS,
        ),
        Entry(
            "lg.ks_calibration_error(p, y)",
            "pm.KolmogorovSmirnovCalibrationMetric().compute_from_labels_probs("
            "y, torch.stack([1 - p, p], 1))",
            "events, never",
            coarse="probmetrics adds up in f32",
            rtol=1e-5,
        ),
        Entry(
            "lg.ks_calibration_error(p, y, report=True).kuiper",
            "pm.KuiperCalibrationMetric().compute_from_labels_probs(y, torch.stack([1 - p, p], 1))",
            "events, never",
            coarse="probmetrics adds up in f32",
            rtol=1e-5,
        ),
        Entry(
            "lg.ks_calibration_error(p, y)",
            "pm.KolmogorovSmirnovCalibrationMetric().compute_from_labels_probs("
            "y, torch.stack([1 - p, p], 1))",
            "edges",
            wrong="looks at sums in the midst of ties, which go by the order of rows",
            truth="truths.ks(p, y)",
        ),
        Entry(
            "lg.ks_calibration_error(p, y)",
            "np.abs(np.cumsum((p - y)[np.argsort(p)])).max() / len(p)",
            "events, never",
        ),
        Entry(
            "lg.smooth_ece(p, y)",
            "relplot.smECE(p, y)",
            "events, never",
            coarse="relplot has the bandwidth in steps of 1/1024, and forecasts on a grid; apart "
            "by so much of 1",
            rtol=1e-3,
            scale=1.0,
        ),
        Entry(
            "lg.smooth_ece(p, y)",
            "relplot.smECE(p, y)",
            "bold, hits",
            wrong="reflects at 0 and 1 what lies within a thousandth of them once, not twice: a "
            "confident row counts for half",
            truth="truths.smooth_ece(p, y)",
            rtol=1e-5,
        ),
    ],
}
