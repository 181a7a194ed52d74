"""The goals and tables of scores, next to reading what is scored and to libraries
called from Python."""

from bench import SCORERS, SCORING
from goals import at_least, at_most, goal_table, over
from tables import NONE, ns, ratio, table


def scorer(name):
    return lambda c: c.scorer(name)


def over_read(c):
    return c.over("ours", "read")


def best_scorer(c):
    return c.best_scorer()


# What is aimed at is what a prototype reached.
READS = [("50000x1000", 1.25, 1.09), ("50000x1000-bf16", 2.3, 2.0), ("2000x128256", 1.25, 1.11),
         ("1000000x10", 2.8, 2.5), ("50000x1000-avx2", 1.4, 1.11)]
EVALUATE, COUNTED = ["evaluate-50000x1000"], "10000000x1000"

GOALS = (
    [goal for name, most, aim in READS
     for goal in at_most([f"evaluate-{name}"], f"ours over a read (aim {aim:g})", most, over_read)]
    + at_least(EVALUATE, "scikit-learn, four calls", 300, scorer("scikit-learn"))
    + at_least(EVALUATE, "numpy by hand", 18, scorer("numpy"))
    + at_least(["ece-50000x1000"], "the best peer", 5, best_scorer)
    + at_least([f"confusion-{COUNTED}"], "scikit-learn", 17, scorer("scikit-learn"))
    + at_least([f"confusion-{COUNTED}"], "numpy's bincount", 2.1, scorer("numpy"))
    + at_least([f"counts-{COUNTED}"], "scikit-learn, three calls", 50, scorer("scikit-learn"))
    + at_least(["binary-1000000"], "scikit-learn, three calls", 60, scorer("scikit-learn"))
)


def reads(cases):
    """Ours beside a read of the same, and what else was timed in the same race."""
    others = list(dict.fromkeys(n for c in cases for n in c.names if n not in ("ours", "read")))
    head = ["case", "level", "ours, ns", "read, ns", "ours over read"]
    head += [f"{name}, over ours" for name in others]
    rows = [[f"{c.group}-{c.name}", c.level, ns(c.ns.get("ours")), ns(c.ns.get("read")),
             ratio(c.over("ours", "read"))] + [ratio(c.over(n)) for n in others] for c in cases]
    return table(head, rows)


def libraries(cases):
    """How many times as long as ours each library takes."""
    named = [s for s in SCORERS if any(c.scorer(s) for c in cases)]
    rows = [[f"{c.group}-{c.name}", ns(c.peers["ours"])]
            + [NONE if c.scorer(s) is None else f"{c.scorer(s):.1f}" for s in named]
            for c in cases]
    return table(["case", "ours from Python, ns"] + named, rows)


def text(bench):
    cases = bench.group(*SCORING)
    if not cases and not bench.whole:
        return ""
    parts = []
    versions = bench.raw.get("scorers")
    if versions:
        parts.append(", ".join(f"{k} {v}" for k, v in versions.items()) + ".\n")
    elif versions is None:
        parts.append("Libraries: not measured: not installed (`make peers`).\n")
    parts += [f"{name}: not measured: {reason}.\n"
              for name, reason in bench.raw.get("no_scorers", {}).items()]
    parts.append("### Goals of scores\n\n" + goal_table(bench, GOALS))
    if cases:
        parts.append("### Beside a read of the same, ns per score, pair or row\n\n" + reads(cases))
    called = [c for c in cases if c.peers]
    if called:
        parts.append("### Peers, called from Python: their time over ours\n\n"
                     + libraries(called))
    return "\n".join(parts)
