"""Coefficients of 2^t beside a table of 2^(i/N), as in src/simd: which f32
numbers make the largest error of the exponential, over every f32, least?

    python tools/exp2_coefficients.py 32 3      # entries, coefficients

Needs numpy. What the kernel computes is computed here in the same steps: a
fused multiply-add is one in f64, rounded to f32.
"""

import sys

import numpy as np

F = np.float32
LOG2E = 1.4426950408889634
LOG2E_LO = 2.0355273740931033e-17
LIFT = 64
FIRST, LAST = (int(F(x).view(np.uint32)) for x in (2.0**-10, 104))


def fma(a, b, c):
    return (a.astype(float) * np.asarray(b, float) + np.asarray(c, float)).astype(F)


def arguments(entries, start, count, stride=1):
    """f32 numbers below 0: what is left of each, its power, the truth, its ulp."""
    x = -np.arange(start, min(LAST + 1, start + count * stride), stride, np.uint32).view(F)
    hi, magic = F(LOG2E), F(1.5 * 2**23 / entries + LIFT)
    z = fma(x, hi, magic)
    t = fma(x, F(LOG2E - float(hi) + LOG2E_LO), fma(x, hi, magic - z))
    # Lifted as in the kernels: nothing here is subnormal.
    steps = np.rint((z.astype(float) - float(magic)) * entries).astype(int)
    table = np.exp2(np.arange(entries) / entries).astype(F)
    power = np.ldexp(table[steps % entries], steps // entries + LIFT).astype(F)
    exact = np.exp(x.astype(float)) * 2.0**LIFT
    return np.rec.fromarrays(
        [t, power, exact, np.ldexp(1.0, np.frexp(exact)[1] - 24)], names="t,power,exact,ulp"
    )


def errors(a, coefficients):
    q = np.full_like(a.t, coefficients[-1])
    for c in coefficients[-2::-1]:
        q = fma(a.t, q, c)
    return np.abs(fma(q * a.t, a.power, a.power) - a.exact) / a.ulp


def everywhere(entries, coefficients, hard=0.0, block=1 << 20):
    """The largest error, and the arguments with errors above `hard`."""
    most, found = 0.0, []
    for start in range(FIRST, LAST, block):
        a = arguments(entries, start, block)
        e = errors(a, coefficients)
        most = max(most, e.max())
        found.append(a[e > hard])
    return most, np.concatenate(found).view(np.recarray)


def walk(a, best, width, rng, rounds=100, tries=24):
    """A random walk with shrinking steps."""
    least = errors(a, best).max()
    for i in range(rounds):
        for _ in range(tries):
            other = (best + rng.normal(size=len(best)) * width * 0.93**i).astype(F)
            worst = errors(a, other).max()
            if worst < least:
                best, least = other, worst
    return best, least


def search(entries, n):
    rng = np.random.default_rng(1)
    # A change that matters: some 2^-24 of the sum at the end of the interval.
    width = 2.0**-24 * (2.0 * entries) ** np.arange(1, n + 1)
    taylor = np.cumprod(np.log(2) / np.arange(1, n + 1)).astype(F)
    a = arguments(entries, FIRST, (LAST - FIRST) // 1999, 1999)
    best, least = walk(a, taylor, 8 * width, rng)
    results = []
    for _ in range(5):
        # Where it is worse than the sample said, the sample grows.
        most, hard = everywhere(entries, best, least * 0.99)
        results.append((most, list(best)))
        a = np.concatenate([a, hard]).view(np.recarray)
        best, least = walk(a, best, width, rng)
    return min(results)


if __name__ == "__main__":
    most, found = search(int(sys.argv[1]), int(sys.argv[2]))
    print(" ".join(f"{c:.9g}" for c in found))
    print(f"{most:.4f} ulp at most over every f32 from -104 to -2^-10")
