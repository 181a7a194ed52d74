"""What build/bench.json holds, by name."""

import json

KERNELS = ["reload", "two-pass", "recompute"]
LIBRARIES = ["XNNPACK", "oneDNN"]
PEERS = ["torch", "onnxruntime", "numpy", "scipy"]
RIVALS = KERNELS + LIBRARIES + PEERS


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

    def least(self, names):
        """The fastest of these over ours."""
        ratios = [r for r in map(self.over, names) if r is not None]
        return min(ratios, default=None)


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
