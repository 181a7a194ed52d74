"""Linear maps of logits."""

from __future__ import annotations

from .entry import Entry

# Rows of few classes, so that the minimum is inside.
ROWS = "random"
F32 = "probmetrics computes in f32, and stops early"
UNCERTAINTY = "torch-uncertainty computes in f32, and stops early"
# Of 300 rows and 7 classes, with as much of a uniform part as probmetrics mixes in.
COOLED = "lg.TemperatureScaling().fit(np.log(p), y).predict_proba(np.log(p))"
MIXED = f"np.log(300 / 301 * {COOLED} + 1 / 301 / 7)"


def _loss(made: str) -> str:
    return f"sk.log_loss(y, np.float64({made}), labels=range(p.shape[1]))"


def _structured(made: str) -> str:
    """What a penalised map makes of logits at their best temperature."""
    return f"(lambda z: {made}.fit(z, y).predict_proba(z))({MIXED})"


FAMILIES = {
    "Linear maps of logits": [
        Entry(
            "lg.MatrixScaling().fit(x, y).nll_after_",
            _loss(
                "linear_model.LogisticRegression(C=np.inf, tol=1e-10, max_iter=100000)"
                ".fit(x, y).predict_proba(x)"
            ),
            ROWS,
            coarse="scikit-learn stops early",
            rtol=1e-7,
        ),
        Entry(
            "lg.VectorScaling().fit(np.log(p), y).nll_after_",
            _loss("pc.VectorScalingCalibrator().fit(p, y).predict_proba(p)"),
            ROWS,
            coarse=F32,
            rtol=1e-5,
        ),
        Entry(
            "lg.MatrixScaling().fit(np.log(p), y).nll_after_",
            _loss("pc.MatrixScalingCalibrator().fit(p, y).predict_proba(p)"),
            ROWS,
            coarse=F32,
            rtol=1e-5,
        ),
        Entry(
            "lg.VectorScaling().fit(np.log(p), y).nll_after_",
            "(lambda m: (m.set_model(torch.nn.Identity()), m.fit([(torch.tensor(np.log(p)), "
            "torch.tensor(y))], progress=False), float(F.cross_entropy(m(torch.tensor(np.log(p)))"
            ".double(), torch.tensor(y))))[2])(post.VectorScaler(p.shape[1]))",
            ROWS,
            why="torch-uncertainty's vector scaling has scales only, no biases",
            rtol=1e-5,
        ),
        Entry(
            "lg.VectorScaling().fit(np.log(p), y).nll_after_",
            _loss("netcal_scaling.LogisticCalibration().fit(p, y, tensorboard=False).transform(p)"),
            ROWS,
            coarse="scipy's differences of losses stop early",
            rtol=1e-5,
        ),
        Entry(
            "lg.MatrixScaling().fit(x, y).nll_after_",
            "float(F.cross_entropy(given.scaler(post.MatrixScaler(7), x.float(), y)(x.float())"
            ".double(), y))",
            ROWS,
            coarse=UNCERTAINTY,
            rtol=1e-3,
        ),
        Entry(
            "lg.DirichletCalibration(off_diagonal=0.5 / 42, bias=0.25 / 7).fit(p, y)"
            ".predict_proba(p)",
            "F.softmax(given.scaler(post.DirichletScaler(7, lambda_reg=0.5, mu_reg=0.25), "
            "p.log().float(), y)(p.log().float()), dim=1).detach()",
            ROWS,
            coarse=UNCERTAINTY + "; its penalties are means",
            rtol=1e-1,
        ),
        Entry(
            _structured("lg.VectorScaling(diagonal=7 / 300, bias=7 / 300)"),
            "pc.SVSCalibrator().fit(p, y).predict_proba(p)",
            ROWS,
            coarse=F32,
            rtol=1e-1,
        ),
        Entry(
            _structured("lg.MatrixScaling(7 / 300, 42 / 300, 7 / 300)"),
            "pc.SMSCalibrator().fit(p, y).predict_proba(p)",
            ROWS,
            coarse=F32,
            rtol=1e-1,
        ),
    ],
}
