"""plot.py BENCH.json FOLDER: the pictures of docs/performance.md, as SVG."""

import os
import sys

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt
from bench import RIVALS, Bench

# The same bytes for the same numbers.
plt.rcParams["svg.hashsalt"] = "logitude"
plt.rcParams["svg.fonttype"] = "none"
plt.rcParams["font.size"] = 9
PLAIN = {"Date": None}


def save(figure, folder, name):
    figure.tight_layout()
    figure.savefig(os.path.join(folder, name), metadata=PLAIN)
    plt.close(figure)


def line(axes, points, name, **style):
    points = [(n, v) for n, v in points if v is not None]
    if points:
        axes.plot(*zip(*points), label=name, marker="o", markersize=3, **style)


def log_axes(title, unit):
    figure, axes = plt.subplots(figsize=(8, 5))
    axes.set(xscale="log", yscale="log", xlabel="floats in the row", ylabel=unit, title=title)
    axes.grid(which="both", alpha=0.2)
    return figure, axes


def rows(bench, folder):
    cases = bench.group("row")
    figure, axes = log_axes("Softmax of one row, f32, one thread", "ns per float")
    line(axes, [(c.cols, c.ns.get("ours")) for c in cases], "Logitude", color="black", linewidth=2)
    for rival in RIVALS:
        # Rivals timed from Python: their ratio to ours there, times ours here.
        points = [(c.cols, c.over(rival) and c.over(rival) * c.ns["ours"]) for c in cases]
        line(axes, points, rival, linewidth=1)
    for name, style in (("memcpy", ":"), ("stream copy", "--")):
        line(axes, [(c.cols, c.ns.get(name)) for c in cases], name, color="grey", linestyle=style)
    line(axes, [(c.cols, c.limit and c.limit["ns"]) for c in cases], "limit of the memory",
         color="red", linestyle="-.")
    axes.legend(fontsize=7, ncol=2)
    save(figure, folder, "rows.svg")


def algorithms(bench, folder):
    figure, axes = log_axes("Our algorithms by name", "ns per float")
    for group, style in (("cached", "-"), ("streaming", "--")):
        cases = bench.group(group)
        names = list(dict.fromkeys(n for c in cases for n in c.names if n in c.ns))
        for i, name in enumerate(names):
            line(axes, [(c.cols, c.ns.get(name)) for c in cases], f"{name}, {group} stores",
                 color=f"C{i}", linestyle=style)
    axes.legend(fontsize=7)
    save(figure, folder, "algorithms.svg")


def batches(bench, folder):
    cases = bench.group("batch")
    rivals = [r for r in RIVALS if any(c.over(r) for c in cases)]
    figure, axes = plt.subplots(figsize=(8, 5))
    width = 0.8 / max(1, len(rivals))
    for i, rival in enumerate(rivals):
        places = [k + (i - len(rivals) / 2 + 0.5) * width for k in range(len(cases))]
        # From ours, at 1, up to the slower and down to the faster.
        axes.bar(places, [(c.over(rival) or 1) - 1 for c in cases], width, bottom=1, label=rival)
    axes.axhline(1, color="black", linewidth=1)
    axes.set(yscale="log", ylabel="time over Logitude's", title="Batches, f32, one thread",
             xticks=range(len(cases)))
    axes.set_xticklabels([c.name for c in cases], rotation=20)
    axes.legend(fontsize=7, ncol=3)
    save(figure, folder, "batches.svg")


def main():
    path, folder = sys.argv[1:]
    bench = Bench(path)
    os.makedirs(folder, exist_ok=True)
    for group, plot in (("row", rows), ("cached", algorithms), ("batch", batches)):
        if bench.group(group):
            plot(bench, folder)


main()
