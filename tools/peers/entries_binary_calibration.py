"""Calibrators of two classes that take no form for granted, and what is made of them for
many classes."""

from __future__ import annotations

from .entry import Entry

SCORES = "two classes, tied classes, few of two classes, ranked, ranked ties"
PROBABILITIES = "two classes, tied classes, few of two classes, bold, edges"
GRID = "np.arange(-8, 73) / 64"
PAIRS = "np.c_[1 - s, s]"


def _netcal(made: str, at: str = "s") -> str:
    return f"binning.{made}.fit(s, y).transform({at})"


def _pairs(made: str) -> str:
    return f"{made}.fit({PAIRS}, y).predict_proba({PAIRS})[:, 1]"


def _histogram(strategy: str) -> str:
    return f'lg.HistogramBinning(10, "{strategy}").fit(s, y).predict_proba(s)'


def _trained(made: str) -> str:
    return f"(lambda m: (m.train_calibration(s, y), m.calibrate(s))[1])({made})"


def _venn_abers(more: str = "") -> str:
    return f"(lambda m: (m.fit({PAIRS}, y{more}), m.predict_proba({PAIRS}))[1])(va.VennAbers())"


def _of_many(method: str) -> str:
    return (
        "curves.CalibratedClassifierCV(frozen.FrozenEstimator(given.Probabilities(p.shape[1])), "
        f'method="{method}").fit(p, y).predict_proba(p)'
    )


FAMILIES = {
    "Calibration without a form": [
        Entry(
            f"lg.IsotonicCalibration().fit(s, y).predict_proba({GRID})",
            f'isotonic.IsotonicRegression(out_of_bounds="clip").fit(s, y).predict({GRID})',
            SCORES,
        ),
        Entry(
            f"lg.IsotonicCalibration().fit(s, y, w).predict_proba({GRID})",
            f'isotonic.IsotonicRegression(out_of_bounds="clip").fit(s, y, w).predict({GRID})',
            "weighted classes",
        ),
        Entry(
            "lg.IsotonicCalibration().fit(s, y).predict_proba(s)",
            'isotonic.IsotonicRegression(out_of_bounds="clip").fit(s, y).predict(s)',
            "next to 0",
            wrong="scikit-learn takes scores less than about 1e-15 apart for equal",
            truth="[0, 1, 1]",
        ),
        Entry(
            "lg.IsotonicCalibration().fit(s, y).predict_proba(s)",
            _netcal("IsotonicRegression()"),
            "two classes, tied classes",
        ),
        Entry(_histogram("width"), _netcal("HistogramBinning(10)"), "two classes"),
        Entry(
            _histogram("width"),
            _netcal("HistogramBinning(10)"),
            "tied classes",
            wrong="netcal counts a score on an edge in the bin above, and then gives it the value "
            "of the bin below",
            truth="truths.histogram(s, y, 10)",
        ),
        Entry(
            _histogram("width"),
            _pairs("pb.BinaryHistogramBinningCalibrator(10)"),
            "two classes",
        ),
        Entry(
            _histogram("width"),
            _pairs("pb.BinaryHistogramBinningCalibrator(10)"),
            "tied classes",
            why="probmetrics' bins are closed on the left",
        ),
        Entry(
            _histogram("mass"),
            _netcal("HistogramBinning(10, equal_intervals=False)"),
            "two classes",
            why="netcal fits bins of equal mass, but does not apply them",
        ),
        Entry(
            _histogram("mass"),
            _trained("ucal.HistogramCalibrator(1, 10)"),
            "two classes",
        ),
        Entry(
            _histogram("mass"),
            _pairs('pb.BinaryHistogramBinningCalibrator(10, "quantile")'),
            "two classes",
        ),
        Entry(
            "lg.BBQ().fit(s, y).predict_proba(s)",
            _netcal("BBQ()"),
            "two classes, tied classes",
            why="netcal weighs bins of equal width by BIC, and has no prior",
        ),
        Entry(
            'lg.ScalingBinning(10, "logit").fit(s, y).predict_proba(s)',
            _trained("ucal.PlattBinnerCalibrator(1, 10)"),
            "two classes",
            coarse="scikit-learn's LBFGS stops early",
            rtol=1e-3,
        ),
        Entry(
            "lg.SplineCalibration().fit(s, y).predict_proba(s)",
            _pairs("ps.CDFSplineCalibrator()"),
            "two classes, tied classes",
            why="probmetrics takes fractions (i - 1) / (n - 1) for i / n, and tied scores in the "
            "order of rows",
        ),
        Entry(
            "lg.VennAbers().fit(s, y).predict_interval(s)",
            _venn_abers() + "[1].T",
            SCORES,
        ),
        Entry(
            "lg.VennAbers().fit(s, y).predict_proba(s)",
            _venn_abers() + "[0][:, 1]",
            SCORES,
        ),
        Entry(
            "lg.VennAbers().fit(s, y).predict_interval(s)",
            _venn_abers(", precision=6") + "[1].T",
            "close",
            wrong="with `precision` venn-abers rounds the scores it is fitted to, but not those it "
            "is asked about",
            truth="truths.venn_abers(s, y)",
        ),
        Entry(
            "lg.OneVsRest(lg.IsotonicCalibration()).fit(p, y).predict_proba(p)",
            _of_many("isotonic"),
            "random, many",
        ),
        Entry(
            "lg.OneVsRest(lg.IsotonicCalibration()).fit(p, y).predict_proba(p)",
            _of_many("isotonic"),
            "tied many",
            why="scikit-learn takes scores less than about 1e-15 apart for equal: what division "
            "has made of ties",
        ),
        Entry(
            "lg.OneVsRest(lg.PlattScaling()).fit(p, y).predict_proba(p)",
            _of_many("sigmoid"),
            "random, many, tied many",
            coarse="scikit-learn's L-BFGS stops early",
            rtol=1e-2,
        ),
    ],
}
