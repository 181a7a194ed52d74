"""Writes values.txt: the special functions by mpmath, with 60 digits and more.

    pip install mpmath && python tests/special_functions/values.py

A line is a name, the arguments and the values, all as doubles. Arguments are
doubles already; values are rounded once.
"""

import random
from pathlib import Path

from mpmath import mp, mpf

mp.dps = 60
random.seed(1)
lines = []


def write(name, arguments, values):
    numbers = [float(x) for x in (*arguments, *values)]
    lines.append(" ".join([name, *map(repr, numbers)]))


def density_integral(log_density, low, high, peak, width):
    """The integral of exp(log_density) from low to high, in pieces around its peak."""
    top = log_density(peak)
    cuts = [peak + k * width for k in (-60, -40, -25, -16, -10, -6, -3, -1, 0, 1, 3, 6, 10, 16, 25, 40, 60)]
    # Beyond a bound inside the density, the pieces start from that bound.
    for bound in (low, high):
        cuts += [bound + k * width / 8 for k in (-8, -4, -2, -1, 1, 2, 4, 8)]
    cuts = sorted({low, high} | {c for c in cuts if low < c < high})
    return mp.quad(lambda t: mp.exp(log_density(t) - top), cuts), top


def shares(log_density, normal, low, x, high, peak, width):
    """Below and above x."""
    parts = []
    for a, b in ((low, x), (x, high)):
        area, top = density_integral(log_density, a, b, peak, width)
        parts.append(area * mp.exp(top - normal))
    assert abs(sum(parts) - 1) < mpf(10) ** -25, sum(parts)
    return parts


def gamma(a, x):
    a, x = mpf(a), mpf(x)
    if a <= 2000:
        with mp.workdps(60 + int(x / 2)):
            return mp.gammainc(a, 0, x, regularized=True), mp.gammainc(a, x, mp.inf, regularized=True)
    width = mp.sqrt(a)
    high = max(x, a) + 80 * width
    density = lambda t: (a - 1) * mp.log(t) - t
    return shares(density, mp.loggamma(a), max(mpf(10) ** -50, a - 100 * width), x, high, a, width)


def beta(a, b, x):
    a, b, x = mpf(a), mpf(b), mpf(x)
    if a + b <= 3000:
        with mp.workdps(60 + int(a + b)):
            return (
                mp.betainc(a, b, 0, x, regularized=True),
                mp.betainc(b, a, 0, 1 - x, regularized=True),
            )
    mean = a / (a + b)
    width = mp.sqrt(mean * (1 - mean) / (a + b))
    tiny = mpf(10) ** -50
    density = lambda t: (a - 1) * mp.log(t) + (b - 1) * mp.log1p(-t)
    normal = mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)
    low, high = max(tiny, mean - 120 * width), min(1 - tiny, mean + 120 * width)
    return shares(density, normal, low, x, high, mean, width)


for a in (0.5, 1.0, 1.5, 2.0, 3.25, 5.0, 7.5, 10.0, 15.0, 49.5, 100.0, 500.0, 999.5, 9999.0, 1e4, 2e5, 1e8):
    for k in (-8, -3, -1, -0.1, 0, 0.1, 1, 3, 6, 12):
        x = a + k * a**0.5
        if x <= 0:
            x = a * 0.01 / (1 - k)
        write("gamma", (a, x), gamma(a, x))
for x in (1e-300, 1e-10, 0.1, 2.0, 30.0, 600.0):
    for a in (0.5, 1.0, 20.0):
        write("gamma", (a, x), gamma(a, x))
for a in (0.01, 0.1):
    for x in (1e-5, 0.5, 2.0, 10.0):
        write("gamma", (a, x), gamma(a, x))

PAIRS = [(0.5, 0.5), (1, 1), (0.5, 3), (2, 3), (1, 1000), (10, 1), (30.5, 70.5), (700, 900), (3, 2000)]
PAIRS += [(9999, 12000), (1e4, 1e4), (12345.5, 2e6), (5, 1e9), (3000, 1e7), (1e8, 3e8), (5e11, 5e11 + 1)]
for a, b in PAIRS:
    mean = a / (a + b)
    width = (mean * (1 - mean) / (a + b)) ** 0.5
    for k in (-6, -3, -1, -0.1, 0, 0.2, 1, 2, 5, 12):
        x = mean + k * width
        if not 0 < x < 1:
            x = mean / (3 - k) if x <= 0 else 1 - (1 - mean) / (3 + k)
        if a + b > 3000 and min(a, b) < 100 and k < -2:
            continue
        write("beta", (a, b, x), beta(a, b, x))
for a, b in ((0.01, 2), (0.1, 0.1)):
    for x in (0.001, 0.3, 0.9):
        write("beta", (a, b, x), beta(a, b, x))

for x in [k / 8 for k in range(-64, 65)] + [-37.5, -37, -30.001, -29.999, -25.3, -12.7, 1e-9, 20.0]:
    write("cdf", (x,), (mp.ncdf(x),))
for x in (-1e8, -100.5, -37.0, -30.5, -30.0, -29.5, -10.1, -1.0, 0.0, 0.9, 1.1, 8.0, 20.0):
    log = mp.log(mp.erfc(-mpf(x) / mp.sqrt(2)) / 2) if x > -1000 else None
    if log is None:
        s = 1 / mpf(x) ** 2
        log = -mpf(x) ** 2 / 2 - mp.log(-mpf(x)) - mp.log(2 * mp.pi) / 2 + mp.log1p(-s + 3 * s**2)
    write("ln_cdf", (x,), (log,))


def normal_quantile(p):
    """By bisection, which needs no start."""
    low, high = mpf(-40), mpf(40)
    if p == 0.5:
        return mpf(0)
    for _ in range(190):
        mid = (low + high) / 2
        if mp.erfc(-mid / mp.sqrt(2)) / 2 < p:
            low = mid
        else:
            high = mid
    return low


PROBABILITIES = [5e-324, 1e-310, 1e-300, 1e-200, 1e-100, 1e-30, 1e-16, 1e-9, 1e-4, 0.001, 0.005]
PROBABILITIES += [0.01, 0.025, 0.05, 0.1, 0.2, 0.2499, 0.25, 0.3, 0.49, 0.4999999, 0.5, 0.5 + 2**-53]
PROBABILITIES += [0.500001, 0.6, 0.75, 0.7501, 0.9, 0.95, 0.975, 0.995, 1 - 1e-9, 1 - 2**-53]
for p in PROBABILITIES:
    write("quantile", (p,), (normal_quantile(mpf(p)),))

Path(__file__).with_name("values.txt").write_text("\n".join(lines) + "\n")
