"""The goals and the table of fits of calibrators."""

from goals import goal_table
from orders import Cases, at_least, peers

GOALS = [
    at_least("temperature_fit-50000x1000", "scikit-learn", 150),
    at_least("temperature_fit-50000x1000", "torch", 50),
    at_least("vector_scaling_fit-50000x1000", "torch", 10),
    at_least("platt_fit-1000000", "scikit-learn", 8),
    at_least("beta_fit-1000000", "betacal", 8),
    at_least("isotonic_fit-1000000", "scikit-learn", 9),
    at_least("isotonic_fit-1000000", "scipy", 2.3),
    at_least("isotonic_fit-weighted-1000000", "scikit-learn", 13),
    at_least("histogram_binning_fit-width-1000000", "numpy", 3),
    at_least("histogram_binning_fit-mass-1000000", "numpy", 3),
]


def text(bench):
    cases = bench.raw.get("calibrators")
    if not cases:
        return "Not measured: no libraries are installed (`make peers`).\n" if bench.whole else ""
    versions = bench.raw["calibrating"]
    return "\n".join([
        ", ".join(f"{k} {v}" for k, v in versions.items()) + ".\n",
        "### Goals of fits\n\n" + goal_table(Cases(cases, bench.whole), GOALS),
        "### Peers, called from Python: their time over ours\n\n" + peers(cases),
    ])
