"""Writes values.txt: intervals for a share, by mpmath from their definitions.

    pip install mpmath && python tests/intervals/values.py

A line is a method, successes, trials, confidence and both bounds, all as doubles. Wilson's bounds are those of the quadratic equation
|k/n - p| = z sqrt(p (1 - p) / n); Clopper's and Pearson's are where a tail of the
binomial distribution, a sum of its terms, is half of what is left out. All are
found by bisection.
"""

from pathlib import Path

from mpmath import mp, mpf

mp.dps = 50
lines = []


def bisect(rises, low, high):
    """Where a rising function crosses 0."""
    for _ in range(170):
        mid = (low + high) / 2
        low, high = (mid, high) if rises(mid) < 0 else (low, mid)
    return low


def z_of(side):
    return bisect(lambda z: side - mp.erfc(z / mp.sqrt(2)) / 2, mpf(0), mpf(40))


def wilson(k, n, side):
    if k == 0:
        return mpf(0)
    z, share = z_of(side), mpf(k) / n
    return bisect(lambda p: z * mp.sqrt(p * (1 - p) / n) - (share - p), mpf(0), share)


def clopper_pearson(k, n, side):
    """P(X >= k) = side."""
    if k == 0:
        return mpf(0)

    def tail(p):
        return mp.fsum(mp.binomial(n, i) * p**i * (1 - p) ** (n - i) for i in range(k, n + 1)) - side

    return bisect(tail, mpf(0), mpf(1))


def jeffreys(k, n, side):
    if k == 0:
        return mpf(0)
    a, b = mpf(k) + mpf(1) / 2, mpf(n) - k + mpf(1) / 2
    return bisect(lambda p: mp.betainc(a, b, 0, p, regularized=True) - side, mpf(0), mpf(1))


def agresti_coull(k, n, side):
    z = z_of(side)
    more = n + z * z
    p = (k + z * z / 2) / more
    return max(mpf(0), p - z * mp.sqrt(p * (1 - p) / more))


def normal(k, n, side):
    p = mpf(k) / n
    return max(mpf(0), p - z_of(side) * mp.sqrt(p * (1 - p) / n))


for method in (wilson, clopper_pearson, jeffreys, agresti_coull, normal):
    for k, n in ((0, 1), (1, 1), (0, 20), (1, 20), (3, 7), (10, 20), (19, 20), (81, 263), (263, 263), (2, 500)):
        for confidence in (0.5, 0.9, 0.95, 0.99, 0.999999):
            side = (1 - mpf(confidence)) / 2
            values = [k, n, confidence, method(k, n, side), 1 - method(n - k, n, side)]
            lines.append(" ".join([method.__name__, *(repr(float(x)) for x in values)]))

Path(__file__).with_name("values.txt").write_text("\n".join(lines) + "\n")
