"""The inputs, by recipe: the same bits on every machine.

What is random comes as whole numbers and fractions of 2^53 from numpy's RandomState,
whose stream is frozen; from there on only sums, products and one division are
rounded, and never by a library's exp or by a sum of unknown order.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

DIGITS = Path(__file__).parents[2] / "examples" / "data"


def _set(**arrays: Any) -> SimpleNamespace:
    """A set of inputs under the names that entries use."""
    made = SimpleNamespace(**arrays)
    if hasattr(made, "y"):
        rng = np.random.RandomState(len(made.y))
        made.w = rng.randint(1, 17, len(made.y)) / 4
    return made


def _drawn(counts: np.ndarray, rng: np.random.RandomState) -> np.ndarray:
    """A class a row, with the probabilities counts / sum of counts."""
    ends = np.cumsum(counts, axis=1)
    return (rng.randint(0, ends[:, -1])[:, None] >= ends).sum(axis=1)


def _classes(x: np.ndarray, counts: np.ndarray, y: np.ndarray) -> SimpleNamespace:
    """Logits x, probabilities p, labels y, predictions yp, of C classes."""
    p = counts / counts.sum(axis=1, keepdims=True)
    return _set(x=x, p=p, y=y, yp=p.argmax(axis=1), C=p.shape[1])


def scored(rows: int, cols: int, seed: int) -> SimpleNamespace:
    """Probabilities with labels that are drawn from them, and logits apart."""
    rng = np.random.RandomState(seed)
    u = rng.random_sample((rows, cols))
    counts = (u * u * u * u * u * u * 2**20).astype(np.int64) + 1
    y = _drawn(counts, rng)
    x = 12 * (rng.random_sample((rows, cols)) - rng.random_sample((rows, cols)))
    x[np.arange(rows), y] += 3
    return _classes(x, counts, y)


def tied() -> SimpleNamespace:
    """Probabilities in twentieths: ties, 0 and 1, edges of bins; class 3 is no label,
    and every tenth label has probability 0 or is the last class."""
    rng = np.random.RandomState(3)
    cuts = np.sort(rng.randint(0, 21, (240, 3)), axis=1)
    counts = np.diff(np.c_[np.zeros(240, int), cuts, np.full(240, 20)], axis=1)
    counts[:8] = np.eye(4, dtype=int)[np.arange(8) % 3] * 20
    y = _drawn(counts, rng)
    y[y == 3] = 0
    y[::10] = counts[::10, :3].argmin(axis=1)
    return _classes(counts.astype(float), counts, y)


def digits() -> SimpleNamespace:
    """The logits of the examples; probabilities in steps of about 2^-30, so that the
    last bit of an exp is of no matter."""
    x = np.load(DIGITS / "digits_logits.npy").astype(np.float64)
    counts = np.rint(np.exp(x - x.max(axis=1, keepdims=True)) * 2**30).astype(np.int64) + 1
    return _classes(x, counts, np.load(DIGITS / "digits_labels.npy"))


def mistaken() -> SimpleNamespace:
    """A hundred rows, five of them mistakes that are made with confidence."""
    made = scored(100, 3, 5)
    made.x[np.arange(100), made.y] += 4
    made.x[:5] = 0
    made.x[np.arange(5), (made.y[:5] + 1) % 3] = [20, 24, 28, 32, 36]
    return made


def _events(p: np.ndarray, y: np.ndarray) -> SimpleNamespace:
    """Probabilities p that y is 1."""
    return _set(p=p, y=y, yp=(p > 0.5).astype(np.int64))


def events(rows: int, seed: int) -> SimpleNamespace:
    """Forecasts that are too bold."""
    rng = np.random.RandomState(seed)
    p, u = rng.random_sample(rows), rng.random_sample(rows)
    return _events(p, (u < 0.2 + 0.6 * p).astype(np.int64))


def bold() -> SimpleNamespace:
    """Forecasts of which about a third are 0 or 1, and some of these wrong."""
    made = events(160, 15)
    return _events((1.5 * made.p - 0.25).clip(0, 1), made.y)


def edges() -> SimpleNamespace:
    """Forecasts of k / 20, of which every second is an edge of ten bins, 0 and 1."""
    rng = np.random.RandomState(7)
    k = np.r_[np.arange(21), rng.randint(0, 21, 179)]
    return _events(k / 20, (rng.randint(0, 20, 200) < k).astype(np.int64))


def hits() -> SimpleNamespace:
    """Confidences of the digits, and whether they were right."""
    of = digits()
    return _events(of.p.max(axis=1), (of.yp == of.y).astype(np.int64))


def one_digit() -> SimpleNamespace:
    of = digits()
    return _events(of.p[:, 3].copy(), (of.y == 3).astype(np.int64))


def never() -> SimpleNamespace:
    rng = np.random.RandomState(8)
    return _events(rng.random_sample(50), np.zeros(50, np.int64))


def _pairs(y: np.ndarray, yp: np.ndarray, classes: int) -> SimpleNamespace:
    return _set(y=y, yp=yp, C=classes)


def pairs(rows: int, classes: int, seed: int) -> SimpleNamespace:
    """True classes and predictions, which agree in about half of all rows."""
    rng = np.random.RandomState(seed)
    y, yp = rng.randint(0, classes, (2, rows))
    return _pairs(y, np.where(rng.randint(0, 2, rows) == 1, y, yp), classes)


def absent() -> SimpleNamespace:
    """Of six classes 2 is never true, 4 never predicted, 5 neither."""
    made = pairs(120, 5, 11)
    made.y[made.y == 2] = 0
    made.yp[made.yp == 4] = 1
    made.C = 6
    return made


def alone() -> SimpleNamespace:
    return _pairs(np.zeros(20, np.int64), np.zeros(20, np.int64), 1)


def predicted_alone() -> SimpleNamespace:
    made = pairs(40, 3, 12)
    made.yp[:] = 1
    return made


def flags() -> SimpleNamespace:
    """Rows of six labels: Y true, P probabilities, YP those above 1/2. The first rows
    have no labels, and are given none."""
    rng = np.random.RandomState(13)
    probs = rng.random_sample((150, 6))
    truth = (rng.random_sample((150, 6)) < 0.1 + 0.7 * probs).astype(np.int64)
    truth[:6], probs[3:9] = 0, probs[3:9] / 2
    return SimpleNamespace(Y=truth, P=probs, YP=(probs > 0.5).astype(np.int64), C=6)


def some() -> SimpleNamespace:
    """k successes of n trials."""
    return SimpleNamespace(
        k=np.array([1, 3, 13, 39, 333, 12345]), n=np.array([2, 7, 40, 40, 1000, 10**6])
    )


def none_or_all() -> SimpleNamespace:
    return SimpleNamespace(k=np.array([0, 1, 0, 7, 0, 40]), n=np.array([1, 1, 7, 7, 40, 40]))


def sample() -> SimpleNamespace:
    """A skew sample s in eighths, and r, the means of 400 samples drawn from it."""
    rng = np.random.RandomState(14)
    s = (rng.random_sample(40) ** 2 * 200).astype(np.int64)
    drawn = s[rng.randint(0, 40, (400, 40))].sum(axis=1)
    return SimpleNamespace(s=s / 8, r=drawn / 320)


def apart() -> SimpleNamespace:
    """Rows that only the first, and only the second, of two classifiers has right."""
    return SimpleNamespace(bc=[(121, 59), (3, 1), (10, 0), (0, 1), (400, 520), (25, 24)])


def raters(categories: int, there: int, seed: int) -> SimpleNamespace:
    """Items by raters, who agree in about half of all cases: R, with NaN for the one of
    `there` ratings that is missing; N, how many put an item into each category."""
    rng = np.random.RandomState(seed)
    agreed = rng.randint(0, categories, (60, 1))
    others = rng.randint(0, categories, (60, 5))
    ratings = np.where(rng.randint(0, 2, (60, 5)) == 1, agreed, others)
    counts = (ratings[:, :, None] == np.arange(categories)).sum(axis=1)
    table = ratings.astype(float)
    if there:
        table[rng.randint(0, there, (60, 5)) == 0] = np.nan
    return SimpleNamespace(R=table, N=counts)


def same_raters() -> SimpleNamespace:
    """As `raters`, but they agree on all."""
    made = raters(4, 0, 22)
    made.R[:] = made.R[:, :1]
    made.N = (made.R[:, :, None] == np.arange(4)).sum(axis=1)
    return made


def queries(
    rows: int, documents: int, levels: int, share: float, least: int = 1
) -> SimpleNamespace:
    """Scores x and grades g from 0 to 3 of the documents of each query, at least `least`
    of which is relevant (y); scores are distinct if there are many levels."""
    rng = np.random.RandomState(rows + documents + levels % 97)
    x = rng.randint(0, levels, (rows, documents)) / 64
    if levels > documents:
        x = np.argsort(np.argsort(x, axis=1, kind="stable"), axis=1) / 64
    g = rng.randint(1, 4, (rows, documents)) * (rng.random_sample((rows, documents)) < share)
    g[:, 0] = np.maximum(g[:, 0], least)
    return _set(x=x, g=g, y=(g > 0).astype(np.int64))


def label_scores(values: int) -> SimpleNamespace:
    """Scores S of L labels as multiples of 1 / values, from 0 to 1; labels Y, of the
    first rows none and of the next all; weights v of rows."""
    rng = np.random.RandomState(16)
    scores = rng.randint(0, values, (120, 9)) / values
    truth = (rng.random_sample((120, 9)) < rng.random_sample((120, 1))).astype(np.int64)
    truth[:3], truth[3:5] = 0, 1
    return SimpleNamespace(S=scores, Y=truth, L=9, v=rng.randint(1, 17, 120) / 4)


def matched(values: int) -> SimpleNamespace:
    """Scores S of 60 queries and candidates, of which those of one number belong together."""
    rng = np.random.RandomState(17)
    return SimpleNamespace(S=rng.randint(0, values, (60, 60)) / 1024)


def samples(n: int, m: int, steps: int = 0) -> SimpleNamespace:
    """Two samples, the second somewhat larger; of few values if there are steps."""
    rng = np.random.RandomState(16)
    a, b = rng.random_sample(n), 1.25 * rng.random_sample(m)
    return SimpleNamespace(a=_stepped(a, steps), b=_stepped(b, steps))


def _stepped(x: np.ndarray, steps: int) -> np.ndarray:
    return np.floor(x * steps) / steps if steps else x


def ranked(rows: int, steps: int = 0) -> SimpleNamespace:
    """Two scores s and t of rows that are of label y = 0 or 1."""
    rng = np.random.RandomState(17)
    y = (rng.random_sample(rows) < 0.4).astype(np.int64)
    s = rng.random_sample(rows) + 0.5 * y
    t = 0.5 * s + rng.random_sample(rows)
    return SimpleNamespace(s=_stepped(s, steps), t=_stepped(t, steps), y=y)


def _columns(x: np.ndarray, z: np.ndarray) -> SimpleNamespace:
    """Numbers x and z, whole weights v, times t that ended if e is 1."""
    rng = np.random.RandomState(len(x))
    v, e = rng.randint(1, 5, len(x)).astype(float), rng.randint(0, 2, len(x))
    return SimpleNamespace(x=x, z=z, v=v, e=e)


def columns(rows: int, seed: int) -> SimpleNamespace:
    """Two columns that go together somewhat."""
    rng = np.random.RandomState(seed)
    x = 4 * rng.random_sample(rows) - 2
    return _columns(x, x * x * x + 6 * rng.random_sample(rows) - 3)


def levels(rows: int, seed: int) -> SimpleNamespace:
    """The same in few levels."""
    made = columns(rows, seed)
    return _columns(np.floor(2 * made.x), np.floor(made.z))


def far() -> SimpleNamespace:
    """The same at 2^30, in steps of 2^-20."""
    made = columns(300, 23)
    steps = 2.0**20
    return _columns(np.floor(made.x * steps) / steps + 2**30, made.z)


def constant() -> SimpleNamespace:
    made = columns(20, 24)
    return _columns(np.ones(20), made.z)


def two_classes(n: int, seed: int, steps: int = 0, weighted: bool = False) -> SimpleNamespace:
    """Scores from 0 to 1 of two classes, in so many steps if any, and weights in eighths."""
    rng = np.random.RandomState(seed)
    y = (rng.random_sample(n) < 0.4).astype(np.int64)
    y[:2] = 0, 1
    s = 0.7 * rng.random_sample(n) + 0.3 * y * rng.random_sample(n)
    s = np.round(s * steps) / steps if steps else s
    made = SimpleNamespace(s=s, y=y)
    if weighted:
        made.w = rng.randint(0, 9, n) / 8
        made.w[:2] = 1
    return made


def uneven() -> SimpleNamespace:
    """Scores of two classes to which beta calibration fits two slopes that differ."""
    rng = np.random.RandomState(35)
    s = (1 + rng.randint(0, 1023, 400)) / 1024
    return SimpleNamespace(s=s, y=(rng.random_sample(400) < s * s * (3 - s) / 2).astype(np.int64))


def falling() -> SimpleNamespace:
    """Scores that are lower for class 1."""
    made = two_classes(400, 31)
    return SimpleNamespace(s=made.s, y=1 - made.y)


def next_to_0() -> SimpleNamespace:
    return SimpleNamespace(s=np.array([1e-18, 2e-18, 0.5]), y=np.array([0, 1, 1]))


def close() -> SimpleNamespace:
    s = np.array([0.1234567, 0.1234568, 0.5, 0.7])
    return SimpleNamespace(s=s, y=np.array([1, 0, 0, 1]))


def alike() -> SimpleNamespace:
    """Rows of 1000 classes that are all alike."""
    return SimpleNamespace(p=np.full((4, 1000), 1 / 1000), y=np.array([0, 1, 500, 999]))


def many(seed, steps=0, weighted=False):
    """Scores of six classes that add up to 1, classes `y`, and labels `t`."""
    rng = np.random.RandomState(seed)
    y = rng.randint(0, 6, 240)
    y[:6] = np.arange(6)
    p = 0.1 + rng.random_sample((240, 6)) + 0.3 * (np.arange(6) == y[:, None])
    p = np.round(p * steps) / steps + 0.1 if steps else p
    p /= p.sum(axis=1, keepdims=True)
    made = SimpleNamespace(p=p, y=y, t=(rng.random_sample(p.shape) < 2 * p).astype(int))
    if weighted:
        made.w = rng.randint(0, 9, 240) / 8
        made.w[:6] = 1
    return made


RECIPES = {
    "random": lambda: scored(300, 7, 1),
    "wide": lambda: scored(60, 33, 2),
    "ties": tied,
    "digits": digits,
    "single": lambda: scored(1, 5, 4),
    "mistaken": mistaken,
    "events": lambda: events(500, 6),
    "edges": edges,
    "bold": bold,
    "hits": hits,
    "one digit": one_digit,
    "never": never,
    "pairs": lambda: pairs(500, 6, 10),
    "two": lambda: pairs(90, 2, 9),
    "absent": absent,
    "alone": alone,
    "predicted alone": predicted_alone,
    "flags": flags,
    "some": some,
    "none or all": none_or_all,
    "apart": apart,
    "sample": sample,
    "raters": lambda: raters(4, 0, 20),
    "some raters": lambda: raters(5, 4, 21),
    "same raters": same_raters,
    "queries": lambda: queries(40, 30, 1 << 20, 0.3),
    "tied queries": lambda: queries(40, 30, 4, 0.3),
    "constant queries": lambda: queries(12, 20, 1, 0.3),
    "few relevant": lambda: queries(10, 300, 1 << 20, 0.02),
    "some empty": lambda: queries(40, 12, 1 << 20, 0.02, 0),
    "label scores": lambda: label_scores(2**20),
    "tied label scores": lambda: label_scores(4),
    "constant label scores": lambda: label_scores(1),
    "matched pairs": lambda: matched(2**20),
    "tied pairs": lambda: matched(8),
    "constant pairs": lambda: matched(1),
    "samples": lambda: samples(40, 55),
    "few": lambda: samples(6, 9),
    "tied samples": lambda: samples(40, 55, 8),
    "few tied": lambda: samples(6, 9, 4),
    "same": lambda: samples(7, 5, 0.5),
    "ranked": lambda: ranked(300),
    "ranked ties": lambda: ranked(300, 10),
    "ranked alike": lambda: ranked(60, 0.25),
    "columns": lambda: columns(400, 21),
    "few columns": lambda: columns(9, 22),
    "levels": lambda: levels(300, 25),
    "few levels": lambda: levels(12, 26),
    "far": far,
    "constant": constant,
    "two classes": lambda: two_classes(400, 31),
    "tied classes": lambda: two_classes(400, 32, 20),
    "few of two classes": lambda: two_classes(9, 33, 4),
    "many": lambda: many(41),
    "tied many": lambda: many(42, 5),
    "weighted many": lambda: many(43, 20, True),
    "weighted classes": lambda: two_classes(300, 34, 50, True),
    "uneven classes": uneven,
    "falling classes": falling,
    "next to 0": next_to_0,
    "close": close,
    "alike": alike,
    "nine rows": lambda: scored(9, 5, 36),
}


def load() -> dict[str, SimpleNamespace]:
    return {name: recipe() for name, recipe in RECIPES.items()}


def digest(inputs: SimpleNamespace) -> str:
    """Of the bits of all arrays."""
    made = hashlib.sha256()
    for name, value in sorted(vars(inputs).items()):
        array = np.asarray(value)
        wide = array.astype("<f8" if array.dtype.kind == "f" else "<i8")
        made.update(f"{name} {array.shape} ".encode() + wide.tobytes())
    return made.hexdigest()[:16]
