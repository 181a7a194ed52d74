import numpy as np
import pytest


@pytest.fixture
def rng():
    return np.random.default_rng(1)


@pytest.fixture
def scored(rng):
    """Logits of 500 rows and 7 classes, labels that they foretell somewhat, weights."""
    logits = rng.normal(size=(500, 7)) * 3
    labels = np.argmax(logits + rng.gumbel(size=logits.shape) * 2, axis=1)
    return logits, labels, rng.uniform(0, 4, size=len(labels))


@pytest.fixture
def many_classes(rng):
    """Logits of many classes that are twice too large, and labels."""
    x = rng.normal(size=(2000, 12)) * 3
    return x, np.argmax(x / 2 + rng.gumbel(size=x.shape), axis=1)


@pytest.fixture
def two_classes(rng):
    """Logits of class 1 that are twice too large, and labels."""
    x = rng.normal(size=1500) * 3
    return x, (rng.uniform(size=1500) < 1 / (1 + np.exp(-x / 2))).astype(int)
