"""The goals and the table of prediction sets and the fit of a temperature, next to a
read of the logits."""

from goals import at_most, goal_table, over
from tables import times

GROUPS = ["conformal", "temperature"]
SETS, FIT = ["conformal-50000x1000"], ["temperature-50000x1000"]

# Over a read what a prototype aimed at; over what evaluates the same rows.
GOALS = (
    at_most(SETS, "LAC sets over a read", 1.2, over("LAC sets", "read"))
    + at_most(SETS, "APS scores over a read", 1.25, over("APS scores", "read"))
    + at_most(SETS, "APS sets at 0.9 over a read", 2.1, over("APS sets at 0.9", "read"))
    + at_most(SETS, "LAC sets over `lgt_evaluate`", 1, over("LAC sets", "evaluate"))
    + at_most(SETS, "APS scores over `lgt_evaluate`", 1, over("APS scores", "evaluate"))
    + at_most(SETS, "APS sets at 0.9 over `lgt_evaluate`", 2, over("APS sets at 0.9", "evaluate"))
    + at_most(FIT, "the fit over a read", 3.2, over("fit", "read"))
)


def text(bench):
    cases = [bench.group(group) for group in GROUPS]
    if not any(cases) and not bench.whole:
        return ""
    parts = ["### Goals of sets\n\n" + goal_table(bench, GOALS)]
    parts += ["### Times over a read of the same\n\n" + times(c, "read") for c in cases if c]
    return "\n".join(parts)
