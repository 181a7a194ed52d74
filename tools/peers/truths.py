"""What is right where a peer is wrong: definitions, in numpy and scipy alone."""

from __future__ import annotations

import numpy as np
from scipy import optimize, special


def log_softmax(x: np.ndarray) -> np.ndarray:
    """Exact near 0 too: the logarithm is of 1 and of what the others add to it."""
    off = x - x.max(axis=1, keepdims=True)
    others = np.sort(np.exp(off), axis=1)[:, :-1].sum(axis=1, keepdims=True)
    return off - np.log1p(others)


def nll(x: np.ndarray, y: np.ndarray) -> float:
    return -np.mean(log_softmax(x.astype(np.float64))[np.arange(len(y)), y])


def log_loss(p: np.ndarray, y: np.ndarray) -> float:
    return -np.mean(np.log(p[np.arange(len(y)), y].astype(np.float64)))


def rms_error(p: np.ndarray, y: np.ndarray, bins: int, closed: str) -> float:
    """Calibration error in the L2 norm, over bins of equal width."""
    right = closed == "right"
    place = np.ceil(p * bins).clip(1) - 1 if right else np.floor(p * bins).clip(0, bins - 1)
    gaps = [(p - y)[place == b] for b in range(bins)]
    return np.sqrt(sum(gap.sum() ** 2 / len(gap) for gap in gaps if len(gap)) / len(y))


def ks(p: np.ndarray, y: np.ndarray) -> float:
    return max(abs(np.sum((p - y)[p <= at])) for at in p) / len(p)


def smooth_ece(p: np.ndarray, y: np.ndarray, points: int = 1000) -> float:
    """Residuals under a Gaussian that is reflected at 0 and 1, integrated in magnitude;
    at the bandwidth that is equal to the result."""
    at = (np.arange(points) + 0.5) / points
    images = np.concatenate([p, -p, 2 - p])
    off = np.tile(y - p, 3) / len(p)

    def error(width: float) -> float:
        smoothed = np.exp(-0.5 * ((at[:, None] - images) / width) ** 2) @ off
        return np.mean(np.abs(smoothed)) / (width * np.sqrt(2 * np.pi))

    return optimize.brentq(lambda width: error(width) - width, 0.01, 0.3)


def spiegelhalter_p(p: np.ndarray, y: np.ndarray) -> float:
    z = np.sum((y - p) * (1 - 2 * p)) / np.sqrt(np.sum((1 - 2 * p) ** 2 * p * (1 - p)))
    return 2 * special.ndtr(-abs(z))


def fleiss(counts: np.ndarray) -> float:
    ratings = counts[0].sum()
    observed = np.mean((counts * (counts - 1)).sum(axis=1) / (ratings * (ratings - 1)))
    chance = np.sum((counts.sum(axis=0) / counts.sum()) ** 2)
    return (observed - chance) / (1 - chance)
