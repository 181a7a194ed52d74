"""Linear maps of logits."""

from __future__ import annotations

from .entry import Entry

# Rows of few classes, so that the minimum is inside.
ROWS = "random"
F32 = "probmetrics computes in f32, and stops early"


def _loss(made: str) -> str:
    return f"sk.log_loss(y, np.float64({made}), labels=range(p.shape[1]))"


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
    ],
}
