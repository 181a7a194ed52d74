"""One temperature, and its ensemble."""

from __future__ import annotations

from .entry import Entry

LOGITS = "random, wide, ties, digits, mistaken"
POSITIVE = "random, wide, mistaken"

OF_LOGITS = "lg.TemperatureScaling().fit(x, y).temperature_"
OF_PROBABILITIES = "lg.TemperatureScaling().fit(np.log(p), y).temperature_"
ENSEMBLE = "lg.EnsembleTemperatureScaling().fit(np.log(p), y).nll_after_"
TRUTH = "truths.temperature({}, y)"


def _ensemble(loss: str) -> str:
    made = f'pt.ETSCalibrator(loss="{loss}").fit(p, y).predict_proba(p)'
    return f"sk.log_loss(y, {made}, labels=range(p.shape[1]))"


FAMILIES = {
    "Temperature": [
        Entry(
            OF_LOGITS,
            "1 / curves._TemperatureScaling().fit(x, y).beta_",
            LOGITS,
            coarse="scikit-learn compares losses, which are flat at their minimum",
            rtol=1e-6,
        ),
        Entry(
            OF_PROBABILITIES,
            "1 / pt.TemperatureScalingCalibrator().fit(p, y).invtemp_",
            POSITIVE,
            coarse="probmetrics halves an interval 30 times",
            rtol=1e-6,
        ),
        Entry(
            OF_LOGITS,
            'given.lbfgs_temperature(x, y, lr=1, max_iter=100, line_search_fn="strong_wolfe")',
            LOGITS,
            coarse="torch stops early",
            rtol=1e-3,
        ),
        Entry(
            OF_LOGITS,
            "given.lbfgs_temperature(x, y, lr=0.01, max_iter=50)",
            LOGITS,
            why="with this lr and number of iterations, those of the temperature's authors, "
            "torch's LBFGS is still on its way",
            rtol=1e-3,
        ),
        Entry(
            OF_LOGITS,
            "1 / given.scaler(post.TemperatureScaler(), x, y).inv_temp.item()",
            LOGITS,
            coarse="torch-uncertainty computes in f32, and stops early",
            rtol=1e-3,
        ),
        Entry(
            OF_LOGITS,
            "given.sgd_temperature(conf.TS(), x, y)",
            LOGITS,
            why="torchcp takes at most ten steps of 0.01 times the slope",
            rtol=1e-2,
        ),
        Entry(
            OF_PROBABILITIES,
            "1 / netcal_scaling.TemperatureScaling().fit(p, y, tensorboard=False).temperature",
            POSITIVE,
            coarse="netcal's `temperature` is 1 / T; scipy's differences of losses stop early",
            rtol=1e-4,
        ),
        Entry(
            OF_PROBABILITIES,
            "1 / netcal_scaling.TemperatureScaling()"
            ".fit(np.float32(p), y, tensorboard=False).temperature",
            POSITIVE,
            wrong="of f32 netcal makes 1: the steps of scipy's differences are below half an "
            "ulp of f32, so the loss seems flat",
            truth=TRUTH.format("np.log(p)"),
            rtol=1e-7,
        ),
        Entry(
            ENSEMBLE,
            _ensemble("ce"),
            POSITIVE,
            coarse="scipy's SLSQP stops early",
            rtol=1e-5,
        ),
        Entry(
            ENSEMBLE,
            _ensemble("mse"),
            POSITIVE,
            why="squared errors are minimised, which is probmetrics' default",
            rtol=1e-7,
        ),
    ],
}
