"""What was asked of softmax, next to what a run reached: a rival's time over
ours, where nothing else is said."""

from bench import KERNELS, RIVALS
from tables import NONE, table


def at_least(cases, what, least, value):
    return [(c, f"{what}, at least {least:g}", value, lambda v: v >= least) for c in cases]


def at_most(cases, what, most, value):
    return [(c, f"{what}, at most {most:g}", value, lambda v: v <= most) for c in cases]


def over(name, base="ours"):
    return lambda c: c.over(name, base)


def better_kernel(c):
    return c.least(KERNELS)


def best_rival(c):
    return c.least(RIVALS)


def over_limit(c):
    return c.ns["ours"] / c.limit["ns"] if c.limit else None


def names(group, sizes):
    return [f"{group}-{n}" for n in sizes]


IN_L2 = names("row", [32000, 128256])
IN_L3 = names("row", [1000000, 4200000])
IN_MEMORY = names("row", [16000000, 33500000])
BATCH_L3 = names("batch", ["4096x1000", "64x32000"])
BATCH_MEMORY = names("batch", ["64000x1000", "2000x32000"])
SPARSE = ["sparse-5000x1000"]
NARROW = ["batch-1000000x10"]
WORKERS = names("workers", [16000000, "64000x1000"])
ADVERSARIAL = names("adversarial", [1000, 32000, 4200000])
MASKED = names("masked", ["64x32000"])
PATTERNS = ["largest last", "1e38 next to -1e38", "rising", "all equal", "one +inf"]

LOSSES = names("cross_entropy", ["4096x32000", "4096x1000"])

GOALS = (
    at_least(["row-1000"], "reload kernel", 1.25, over("reload"))
    + at_least(["batch-64x1000"], "torch", 2.5, over("torch"))
    + at_least(IN_L2, "reload kernel", 1.25, over("reload"))
    + at_least(IN_L2, "torch", 2.8, over("torch"))
    + at_least(IN_L2, "onnxruntime", 1.6, over("onnxruntime"))
    + at_least(IN_L3, "the best published kernel", 1.15, better_kernel)
    + at_least(IN_L3, "torch", 2, over("torch"))
    + at_most(IN_MEMORY, "ours over read + stream copy", 1.08, over_limit)
    + at_least(IN_MEMORY, "two-pass kernel", 1.6, over("two-pass"))
    + at_least(IN_MEMORY, "torch", 2.4, over("torch"))
    + at_least(IN_MEMORY, "onnxruntime", 1.8, over("onnxruntime"))
    + at_least(BATCH_L3, "the best published kernel", 1.05, better_kernel)
    + at_most(BATCH_L3, "ours over memcpy", 1.3, over("ours", "memcpy"))
    + at_least(BATCH_MEMORY, "the best rival", 1.5, best_rival)
    + at_most(BATCH_MEMORY, "ours over stream copy", 1.5, over("ours", "stream copy"))
    + at_least(NARROW, "the best published kernel", 3, better_kernel)
    + at_least(NARROW, "onnxruntime", 5, over("onnxruntime"))
    + at_least(NARROW, "torch", 25, over("torch"))
    + at_most(NARROW, "ours over stream copy", 1.6, over("ours", "stream copy"))
    + at_most(SPARSE, "sparsemax over softmax", 1.2, over("sparsemax", "softmax"))
    + at_most(SPARSE, "entmax-1.5 over softmax", 1.6, over("entmax15", "softmax"))
    + at_least(["avx2-16000000"], "AVX2 two-pass kernel", 1.7, over("two-pass"))
    + at_least(WORKERS, "one worker over two, processor time", 1.85, over("one", "two"))
    + at_least(WORKERS, "one worker over two, wall time", 1.85, over("one, wall", "two, wall"))
    + at_least(names("cached", [16000000, 33500000]), "our recompute over our two-pass", 1.15,
               over("recompute", "two-pass"))
    + at_least(names("cached", [8000, 32000, 128256]), "our two-pass over our reload", 1,
               over("two-pass", "reload"))
    + at_most(LOSSES[:1], "ours over stream copy", 1.4, over("ours", "stream copy"))
    + at_least(LOSSES[:1], "torch, there and back", 10, over("torch"))
    + at_least(LOSSES[1:], "torch, there and back", 2, over("torch"))
    + [goal for p in PATTERNS
       for goal in at_most(ADVERSARIAL, f"{p} over ordinary", 2, over(p, "ordinary"))]
    + at_most(ADVERSARIAL, "first half -inf over ordinary", 1.15,
              over("first half -inf", "ordinary"))
    + at_most(MASKED, "a scale over plain softmax", 1.02, over("scale", "softmax"))
    + at_most(MASKED, "one bias for all rows over plain softmax", 1.03,
              over("one bias", "softmax"))
    + at_most(MASKED, "a bias for each row over plain softmax", 1.03, over("bias", "softmax"))
    + at_most(MASKED, "half of the entries causal over plain softmax", .8,
              over("causal", "softmax"))
)


def reached(bench, goals):
    """(case, goal, value or None, met or None) of each goal."""
    for name, goal, value, met in goals:
        case = bench.get(name)
        if not case and not bench.whole:
            continue
        v = value(case) if case else None
        yield name, goal, v, None if v is None else met(v)


def goal_table(bench, goals):
    """Of a run of some cases, the goals for those."""
    rows = [[name, goal, NONE if v is None else f"{v:.2f}",
             "not measured" if met is None else "yes" if met else "**no**"]
            for name, goal, v, met in reached(bench, goals)]
    counts = [met for *_, met in reached(bench, goals)]
    summary = (f"{counts.count(True)} met, {counts.count(False)} not met, "
               f"{counts.count(None)} not measured.\n")
    return table(["case", "goal", "reached", "met"], rows) + "\n" + summary
