"""Softmax with a sink: what it holds between its limits, and the measure of a sink.

    make paper PAPER=attention_sink

X. Gu et al., "When Attention Sink Emerges in Language Models: An Empirical View" (2024).
"""

import logitude as lg
import numpy as np


def main():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(1000, 64))
    plain = lg.softmax(x)
    print("1000 rows of 64 normal scores")
    print("  sink  its mean share  mean sum of the others  furthest from softmax")
    for sink in (-np.inf, -10.0, 0.0, 4.0, 10.0, 100.0, np.inf):
        y, held = lg.softmax(x, sink=sink, return_sink=True)
        far = abs(y - plain).max()
        print(f"{sink:6.0f}  {held.mean():14.8f}  {y.sum(1).mean():22.8f}  {far:21.8f}")
    print("share of the first key, averaged over the queries that see it, causal and uniform")
    for n in (4, 64):
        shares = lg.softmax(np.zeros((n, n)), causal=True)
        alpha = shares.sum(0) / np.arange(n, 0, -1)
        exact = (1 / np.arange(1, n + 1)).sum() / n
        sink = "a sink" if alpha[0] > 0.3 else "no sink"
        print(f"  {n:3d} tokens: {alpha[0]:.10f}, H_n / n = {exact:.10f}: {sink} at 0.3")


if __name__ == "__main__":
    main()
