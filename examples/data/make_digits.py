"""Writes digits_logits.npy and digits_labels.npy, the data of the C demonstration.

A small network learns handwritten digits from 600 images, without weight decay
and for as long as scikit-learn lets it by default: it ends up too sure of
itself, as large networks do. What it says of the images it has not seen is
what gets written.

    python make_digits.py [folder]      needs numpy and scikit-learn

One machine writes the same bytes every time. Another machine's BLAS may round
the last bits of a product differently, and 200 steps of training amplify that
to other logits, of a network that is as sure of itself.
"""

import sys
import warnings
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits

TRAINING_ROWS = 600
SEED = 0


def pooled_digits():
    """All digits in random order: 4 x 4 pixels from 0 to 1, and the labels."""
    images, labels = load_digits(return_X_y=True)
    pixels = images.reshape(-1, 4, 2, 4, 2).mean(axis=(2, 4)).reshape(-1, 16) / 16
    order = np.random.default_rng(SEED).permutation(len(labels))
    return pixels[order], labels[order]


def logits_of(network, pixels):
    """The input of the last layer's softmax: `predict_proba` without the softmax."""
    (hidden, output), (hidden_bias, output_bias) = network.coefs_, network.intercepts_
    return np.maximum(pixels @ hidden + hidden_bias, 0) @ output + output_bias


def main(folder):
    pixels, labels = pooled_digits()
    network = MLPClassifier((32,), solver="lbfgs", alpha=0, random_state=SEED)
    with threadpool_limits(1), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        network.fit(pixels[:TRAINING_ROWS], labels[:TRAINING_ROWS])
        logits = logits_of(network, pixels[TRAINING_ROWS:])
    np.save(folder / "digits_logits.npy", logits.astype("<f4"))
    np.save(folder / "digits_labels.npy", labels[TRAINING_ROWS:].astype("<i8"))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
