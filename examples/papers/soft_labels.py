"""Soft labels kept as their largest shares: what is lost and what is saved; and what becomes of
labels of regions of a picture.

    make paper PAPER=soft_labels

Z. Shen, "FerKD: Surgical Label Adaptation for Efficient Distillation" (2023); Z. Shen and
E. Xing, "A Fast Knowledge Distillation Framework for Visual Recognition" (2022).
"""

import logitude as lg
import numpy as np

CLASSES, ROWS = 1000, 2000


def divergence(p, q):
    """The mean over rows of KL(p || q), where q may lack what p has."""
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(p > 0, p * np.log(p / q), 0)
    return terms.sum(1).mean()


def compression(p) -> None:
    print(f"{ROWS} labels of {CLASSES} classes, {np.quantile(p.max(1), 0.5):.2f} their median top")
    print("    K  bytes  of f32   mass kept  KL to smoothed")
    for k in (1, 2, 5, 10, 50, 1000):
        indices, values = lg.soft_label_topk(p, k)
        smooth = lg.soft_label_expand(indices, values, CLASSES, "smooth")
        size = k * (2 + 2)  # a float16 and a uint16 each
        kept = values.sum(1).mean()
        print(f"{k:5d}  {size:5d}  {size / (4 * CLASSES):6.1%}  {kept:10.4f}"
              f"  {divergence(p, smooth):14.4f}")


def regions(p, labels) -> None:
    found = lg.soft_label_regions(p, labels)
    print("region           of all  weight")
    for region, name in enumerate(("too hard", "context", "kept", "too easy")):
        here = found.region == region
        weight = found.weights[here].mean() if here.any() else 0.0
        print(f"{name:14s} {here.mean():8.1%}  {weight:6.0f}")


def main():
    rng = np.random.default_rng(0)
    labels = rng.integers(0, CLASSES, ROWS)
    logits = rng.normal(size=(ROWS, CLASSES))
    logits[np.arange(ROWS), labels] += rng.uniform(3, 12, ROWS)
    p = lg.softmax(logits)
    compression(p)
    regions(p, labels)


if __name__ == "__main__":
    main()
