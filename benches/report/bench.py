"""What build/bench.json holds, by name."""

import json

KERNELS = ["reload", "two-pass", "recompute"]
LIBRARIES = ["XNNPACK", "oneDNN"]
PEERS = ["torch", "onnxruntime", "numpy", "scipy"]
RIVALS = KERNELS + LIBRARIES + PEERS
SCORERS = ["scikit-learn", "numpy", "torch", "torchmetrics", "torcheval", "scipy", "netcal",
           "uncertainty-calibration"]
SCORING = ["evaluate", "ece", "binary", "confusion", "counts"]


class Case:
    def __init__(self, case):
        self.name = case["case"].split("-", 1)[1]
        self.group, self.rows, self.cols = case["group"], case["rows"], case["cols"]
        self.level = case["level"]
        self.limit = case.get("limit")
        self.originals = case["originals"]
        self.names = [t["name"] for t in case["timings"]]
        self.ns = {t["name"]: t["ns"] for t in case["timings"] if "ns" in t}
        self.reasons = {t["name"]: t["reason"] for t in case["timings"] if "reason" in t}
        self.peers = case.get("peers", {})

    def over(self, name, base="ours"):
        """How many times as long as `base` something takes, by the process that
        timed both; None if it was not measured."""
        times = self.peers if name in PEERS else self.ns
        if name not in times or base not in times:
            return None
        return times[name] / times[base]

    def scorer(self, name):
        """How many times as long as ours a library takes for scores, from Python."""
        times = self.peers
        return times[name] / times["ours"] if name in times and "ours" in times else None

    @staticmethod
    def _least(ratios):
        return min((r for r in ratios if r is not None), default=None)

    def least(self, names):
        """The fastest of these over ours."""
        return self._least(map(self.over, names))

    def best_scorer(self):
        return self._least(map(self.scorer, SCORERS))


class Bench:
    def __init__(self, path, whole=False):
        with open(path) as f:
            self.raw = json.load(f)
        self.whole = whole
        self.cases = {c["case"]: Case(c) for c in self.raw["cases"]}

    def group(self, *names):
        return [c for c in self.cases.values() if c.group in names]

    def get(self, name):
        return self.cases.get(name)
