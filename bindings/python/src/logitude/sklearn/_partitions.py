"""How alike two partitions of the same rows are."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import classification as native
from ..counts import ConfusionMatrix

__all__ = [
    "adjusted_mutual_info_score",
    "adjusted_rand_score",
    "completeness_score",
    "fowlkes_mallows_score",
    "homogeneity_completeness_v_measure",
    "homogeneity_score",
    "mutual_info_score",
    "normalized_mutual_info_score",
    "pair_confusion_matrix",
    "rand_score",
    "v_measure_score",
]


def _numbered(labels: Any) -> Any:
    """Clusters by number, in order: of labels only which are equal counts."""
    return np.unique(np.asarray(labels), return_inverse=True)[1].reshape(-1)


def mutual_info_score(
    labels_true: Any, labels_pred: Any, *, contingency: Any = None
) -> float:
    """Mutual information in nats."""
    if contingency is not None:
        raise NotImplementedError("contingency: give the labels of the rows")
    return native.mutual_info(_numbered(labels_true), _numbered(labels_pred))


def normalized_mutual_info_score(
    labels_true: Any, labels_pred: Any, *, average_method: str = "arithmetic"
) -> float:
    """Mutual information over a mean of the entropies."""
    both = _numbered(labels_true), _numbered(labels_pred)
    return native.normalized_mutual_info(*both, average_method=average_method)


def adjusted_mutual_info_score(
    labels_true: Any, labels_pred: Any, *, average_method: str = "arithmetic"
) -> float:
    """Normalised mutual information, from 0 for chance to 1."""
    both = _numbered(labels_true), _numbered(labels_pred)
    return native.adjusted_mutual_info(*both, average_method=average_method)


def homogeneity_completeness_v_measure(
    labels_true: Any, labels_pred: Any, *, beta: float = 1.0
) -> tuple[float, float, float]:
    """Homogeneity, completeness and their weighted harmonic mean."""
    both = _numbered(labels_true), _numbered(labels_pred)
    return native.homogeneity_completeness_v_measure(*both, beta=beta)


def homogeneity_score(labels_true: Any, labels_pred: Any) -> float:
    """Whether each cluster is of one class."""
    return homogeneity_completeness_v_measure(labels_true, labels_pred)[0]


def completeness_score(labels_true: Any, labels_pred: Any) -> float:
    """Whether each class is in one cluster."""
    return homogeneity_completeness_v_measure(labels_true, labels_pred)[1]


def v_measure_score(
    labels_true: Any, labels_pred: Any, *, beta: float = 1.0
) -> float:
    """The weighted harmonic mean of homogeneity and completeness."""
    return homogeneity_completeness_v_measure(labels_true, labels_pred, beta=beta)[2]


def rand_score(labels_true: Any, labels_pred: Any) -> float:
    """The share of pairs of rows on which both agree."""
    return native.rand(_numbered(labels_true), _numbered(labels_pred))


def adjusted_rand_score(labels_true: Any, labels_pred: Any) -> float:
    """Rand index, from 0 for chance to 1."""
    return native.adjusted_rand(_numbered(labels_true), _numbered(labels_pred))


def fowlkes_mallows_score(labels_true: Any, labels_pred: Any) -> float:
    """Geometric mean of pairwise precision and recall."""
    return native.fowlkes_mallows(_numbered(labels_true), _numbered(labels_pred))


def pair_confusion_matrix(labels_true: Any, labels_pred: Any) -> NDArray[np.int64]:
    """Ordered pairs of rows, by whether each partition has them together."""
    both = _numbered(labels_true), _numbered(labels_pred)
    state, _ = native._seen(ConfusionMatrix, *both, None, None)
    counts = state.counts().astype(np.int64)
    n, together = counts.sum(), (counts**2).sum()
    true_only = (counts.sum(axis=1) ** 2).sum() - together
    pred_only = (counts.sum(axis=0) ** 2).sum() - together
    apart = n * n - together - true_only - pred_only
    return np.array([[apart, pred_only], [true_only, together - n]])
