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
