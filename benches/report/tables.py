"""The tables of docs/performance.md."""

from bench import KERNELS, LIBRARIES, PEERS, RIVALS

NONE = "-"


def table(head, rows):
    lines = [head, ["---"] + ["---:"] * (len(head) - 1)] + rows
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def ns(value):
    return NONE if value is None else f"{value:.3f}"


def ratio(value):
    return NONE if value is None else f"{value:.2f}"


def percent(value):
    return NONE if value is None else f"{100 * value:.0f} %"


def against(cases, rivals):
    """Ours, the limit, and how many times as long as ours each rival takes."""
    head = ["case", "ours, ns", "limit, ns", "the limit is", "reached"] + rivals
    rows = []
    for c in cases:
        limit, ours = c.limit, c.ns.get("ours")
        rows.append([c.name, ns(ours), ns(limit and limit["ns"]), limit["name"] if limit else NONE,
                     percent(limit["ns"] / ours if limit else None)]
                    + [ratio(c.over(r)) for r in rivals])
    return table(head, rows)


def missing(bench):
    """Why rivals have no column of numbers."""
    lines = []
    compared = bench.group("row", "batch")
    for name in KERNELS + LIBRARIES:
        reasons = {c.reasons[name] for c in compared if name in c.reasons}
        lines += [f"{name}: not measured: {reason}." for reason in sorted(reasons)]
    for name in PEERS:
        if not any(name in c.peers for c in compared):
            lines.append(f"{name}: not measured: not installed (`make peers`).")
    return lines


def times(cases, base=None):
    """All kernels of a group in ns, or as multiples of one of them."""
    names = list(dict.fromkeys(n for c in cases for n in c.names))
    rows = [[c.name] + [ratio(c.over(n, base)) if base else ns(c.ns.get(n)) for n in names]
            for c in cases]
    return table(["case"] + names, rows)


def originals(cases):
    head = ["case", "kernel", "over reading", "XNNPACK's", "over memcpy", "XNNPACK's", "within 10 %"]
    rows = [[c.name, f"{p['kernel']}, {c.level}", ratio(p["read"]), ratio(p["read_there"]),
             ratio(p["copy"]), ratio(p["copy_there"]), "yes" if p["within"] else "no: not measured"]
            for c in cases for p in c.originals]
    return table(head, rows)


def memory(cases):
    names = ["read", "write", "memcpy", "stream copy"]
    return table(["case"] + names, [[c.name] + [ns(c.ns.get(n)) for n in names] for c in cases])


def sections(bench):
    """(title, text) of everything that was measured."""
    compared = [r for r in RIVALS if any(c.over(r) for c in bench.group("row", "batch"))]
    groups = [
        ("One row, f32, one thread", "row", lambda c: against(c, compared)),
        ("Batches (rows x columns), f32, one thread", "batch", lambda c: against(c, compared)),
        ("One row with AVX2 only", "avx2", lambda c: against(c, KERNELS)),
        ("Two workers through `lgt_ctx`, ns", "workers", times),
        ("Our algorithms by name, ordinary stores, ns", "cached", times),
        ("Our algorithms by name, streaming stores, ns", "streaming", times),
        ("Adversarial rows, over an ordinary one", "adversarial", lambda c: times(c, "ordinary")),
        ("Masked scores, over plain ones", "masked", lambda c: times(c, "softmax")),
        ("Storage types, ns", "types", times),
        ("Other functions, ns", "functions", times),
        ("Cross-entropy with its gradient, ns", "cross_entropy", times),
        ("Sparse maps, ns", "sparse", times),
        ("Store policies, ns, alone and with a pass that reads the result", "store", times),
    ]
    for title, group, text in groups:
        cases = bench.group(group)
        if cases:
            yield title, text(cases)
    rows = bench.group("row", "avx2")
    if rows:
        yield "The memory, ns per float", memory(rows)
        yield "The published kernels here against XNNPACK's own on an Intel server", originals(rows)
