"""Peers that take more than an expression to ask: what a user would write around them."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from sklearn.base import BaseEstimator, ClassifierMixin
from torch.nn import functional as F


class Probabilities(ClassifierMixin, BaseEstimator):
    """A classifier whose inputs are the probabilities that it gives."""

    def __init__(self, classes: int) -> None:
        self.classes = classes
        self.classes_ = np.arange(classes)

    def fit(self, X: Any, y: Any) -> Probabilities:
        return self

    def predict_proba(self, X: Any) -> np.ndarray:
        return np.asarray(X)

    def predict(self, X: Any) -> np.ndarray:
        return np.asarray(X).argmax(axis=1)

    def __sklearn_is_fitted__(self) -> bool:
        return True


def lbfgs_temperature(x: Any, y: Any, **options: Any) -> float:
    """The temperature that torch's LBFGS comes to from 1.5, in f64."""
    logits, labels = torch.as_tensor(x), torch.as_tensor(y)
    t = torch.full((1,), 1.5, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([t], **options)

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        loss = F.cross_entropy(logits / t, labels)
        loss.backward()
        return loss

    optimizer.step(closure)
    return t.item()


def scaler(made: Any, x: Any, y: Any) -> Any:
    """A scaler of torch-uncertainty, fitted to logits in one batch."""
    made.set_model(torch.nn.Identity())
    made.fit([(torch.as_tensor(x), torch.as_tensor(y))], progress=False)
    return made


def sgd_temperature(made: Any, x: Any, y: Any) -> float:
    """The temperature of a `TS` of torchcp, optimised over one batch."""
    made.optimze([(torch.as_tensor(x), torch.as_tensor(y))])
    return made.temperature.item()


def halves(metric: Any, first: Any, second: Any) -> Any:
    """What a metric of torchmetrics computes that saw its rows in two parts."""
    middle = len(first) // 2
    metric.update(first[:middle], second[:middle])
    metric.update(first[middle:], second[middle:])
    return metric.compute()


def queries(metric: Any, scores: Any, relevant: Any) -> Any:
    """The same of rows of documents, which torchmetrics numbers by query."""
    rows, documents = scores.shape
    numbers = torch.arange(rows).repeat_interleave(documents)
    middle = rows // 2 * documents
    scores, relevant = scores.flatten(), relevant.flatten()
    metric.update(scores[:middle], relevant[:middle], indexes=numbers[:middle])
    metric.update(scores[middle:], relevant[middle:], indexes=numbers[middle:])
    return metric.compute()
