"""Of what the parity tests print, a line for each function and level: the largest error of
f32 and f64 as a part of its bound, and how many errors were of each size. Of the 16-bit
types little but the rounding to them would be seen.

Standard input: `cargo test --test parity -- --nocapture`. Exits with 1 if no test passed.
"""

import json
import sys

LEVELS = {"portable", "avx2", "avx512", "neon", "simd128"}
# Up to so many units in the last place; the last count is of more.
EDGES = ["1/2", *(str(2**i) for i in range(10))]


def key_of(name):
    """The function, which is the first word of what was measured, and the level: what else
    was measured of it, such as its gradient, is in the same row."""
    words = name.split()
    return words[0], next((word for word in words if word in LEVELS), "any")


def gather(lines):
    """The rows of the table, and whether what was run has passed."""
    rows, passed = {}, False
    for line in lines:
        passed |= line.startswith("test result: ok")
        _, found, text = line.partition("parity {")
        if not found or "inf" in text or "NaN" in text:  # That test fails and says so.
            continue
        new = json.loads("{" + text)
        if {"f16", "bf16"} & set(new["name"].split()):
            continue
        old = rows.setdefault(key_of(new["name"]), new)
        if old is new:
            continue
        old["counts"] = [a + b for a, b in zip(old["counts"], new["counts"])]
        if new["max"] / new["bound"] > old["max"] / old["bound"]:
            old.update({key: new[key] for key in ("max", "bound", "unit")})
    return rows, passed


def histogram(counts):
    labels = [*EDGES, "more"]
    return ",".join(f"{edge}:{n}" for edge, n in zip(labels, counts) if n)


def main():
    rows, passed = gather(sys.stdin)
    for (function, level), row in sorted(rows.items()):
        shown = {
            "table": "parity",
            "function": function,
            "level": level,
            "inputs": sum(row["counts"]),
            "max": row["max"],
            "bound": row["bound"],
            "unit": row["unit"],
            "histogram": histogram(row["counts"]),
        }
        print("proof", json.dumps(shown))
    sys.exit(not passed)


if __name__ == "__main__":
    main()
