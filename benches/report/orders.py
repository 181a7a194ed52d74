"""The goals and the table of what needs an order."""

from goals import goal_table
from tables import NONE, table


def peer(name):
    return lambda c: c[name] / c["ours"] if name in c else None


def at_least(case, name, least):
    return (case, f"{name}, at least {least:g}", peer(name), lambda v: v >= least)


def at_most(case, most, aim):
    return (case, f"ours in ns, at most {most:g} (aim {aim:g})", lambda c: c["ours"],
            lambda v: v <= most)


# What is aimed at is what a prototype reached, on a server with AVX-512.
GOALS = [
    at_least("auroc-10000000", "scikit-learn", 60),
    at_least("auroc-10000000", "torcheval", 23),
    at_least("auroc-10000000", "numpy", 4.8),
    at_most("auroc-10000000", 8, 5.5),
    at_least("average_precision-10000000", "scikit-learn", 44),
    at_most("average_precision-10000000", 9, 6.7),
    at_least("roc_curve-1000000", "scikit-learn", 19),
    at_most("roc_curve-1000000", 10, 6.6),
    at_least("auroc-1000000-f64", "scikit-learn", 22),
    at_most("auroc-1000000-f64", 15, 7.7),
    at_most("auroc-1000000-weighted", 13, 9.4),
    at_least("spearman-1000000", "scipy", 13),
    at_most("spearman-1000000", 32, 23),
    at_least("kendall-1000000", "scipy", 6),
    at_most("kendall-1000000", 42, 31),
    at_least("pearson-1000000", "numpy", 8),
    at_least("ndcg-100000x100", "scikit-learn", 90),
    at_least("ndcg-100000x100", "torch, by hand", 5),
    at_most("ndcg-100000x100", 3.5, 2.6),
]


class Cases:
    """What was measured, as the goals ask for it."""

    def __init__(self, cases, whole):
        self.cases, self.whole = cases, whole

    def get(self, name):
        return self.cases.get(name)


def peers(cases):
    names = list(dict.fromkeys(n for c in cases.values() for n in c if n != "ours"))
    rows = [[name, f"{case['ours']:.2f}"]
            + [f"{case[n] / case['ours']:.1f}" if n in case else NONE for n in names]
            for name, case in cases.items()]
    return table(["case", "ours from Python, ns"] + names, rows)


def text(bench):
    cases = bench.raw.get("orders")
    if not cases:
        return "Not measured: no libraries are installed (`make peers`).\n" if bench.whole else ""
    versions = bench.raw["orderers"]
    return "\n".join([
        ", ".join(f"{k} {v}" for k, v in versions.items()) + ".\n",
        "### Goals of orders\n\n" + goal_table(Cases(cases, bench.whole), GOALS),
        "### Peers, called from Python: their time over ours\n\n" + peers(cases),
    ])
