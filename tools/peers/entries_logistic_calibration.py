"""Calibrators of two classes with two or three parameters."""

from __future__ import annotations

from .entry import Entry

SCORES = "two classes, tied classes, ranked, ranked ties"
PROBABILITIES = "two classes, uneven classes"
PAIRS = "np.c_[1 - s, s]"
LOGIT = "np.log(s / (1 - s))"
EARLY = "scikit-learn's LBFGS stops early"
NETCAL = "scipy's differences of losses stop early"


def _beta(variant: str) -> str:
    return f'lg.BetaCalibration("{variant}").fit(s, y).predict_proba(s)'


def _betacal(variant: str) -> str:
    return f'betacal.BetaCalibration("{variant}").fit(s, y).predict(s)'


FAMILIES = {
    "Logistic calibration": [
        Entry(
            "lg.PlattScaling().fit(s, y).predict_proba(s)",
            "curves._SigmoidCalibration().fit(s, y).predict(s)",
            SCORES,
            coarse="scikit-learn's L-BFGS stops early",
            rtol=1e-3,
        ),
        Entry(
            f'lg.PlattScaling("plain").fit({LOGIT}, y).predict_proba({LOGIT})',
            f'pc.BinaryLogisticCalibrator("affine").fit({PAIRS}, y).predict_proba({PAIRS})[:, 1]',
            PROBABILITIES,
            coarse=EARLY,
            rtol=1e-2,
        ),
        Entry(
            f'lg.PlattScaling("plain").fit({LOGIT}, y).predict_proba({LOGIT})',
            "netcal_scaling.LogisticCalibration().fit(s, y, tensorboard=False).transform(s)",
            PROBABILITIES,
            coarse=NETCAL,
            rtol=1e-3,
        ),
        *(
            Entry(_beta(variant), _betacal(variant), PROBABILITIES, coarse=EARLY, rtol=1e-2)
            for variant in ("abm", "am", "ab")
        ),
        *(
            Entry(
                _beta(variant),
                _betacal(variant),
                "falling classes",
                wrong="beta calibration has no negative slope, betacal's map falls: what is fitted "
                "again without a slope is not looked at again",
                truth=f'truths.beta(s, y, "{variant}")',
                rtol=1e-6,
            )
            for variant in ("abm", "am", "ab")
        ),
        Entry(
            _beta("abm"),
            "netcal_scaling.BetaCalibration().fit(s, y, tensorboard=False).transform(s)",
            PROBABILITIES,
            coarse=NETCAL,
            rtol=1e-2,
        ),
    ],
}
