"""The harness of benches/cpp/harness.cpp again, for what is called from Python."""

import itertools
import mmap
import os
import statistics
import time

import numpy as np

HUGE = 2 << 20


def pin():
    """Keeps the process on the last processor it may use."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def array(n):
    """float32 on huge pages, 2 MiB-aligned, touched."""
    # What is shared gets no huge pages.
    memory = mmap.mmap(-1, n * 4 + HUGE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    if hasattr(mmap, "MADV_HUGEPAGE"):
        memory.madvise(mmap.MADV_HUGEPAGE)
    whole = np.frombuffer(memory, dtype=np.uint8)
    skip = -whole.ctypes.data % HUGE
    values = whole[skip : skip + n * 4].view(np.float32)
    values[:] = 0
    return values


def race(kernels, elements, bytes_touched, caches, seconds):
    """Median nanoseconds per element of each kernel, called in turns.

    Processor time of the whole process counts: other people's load does not,
    a helper thread of a library does.
    """
    _, l2, l3 = caches
    warm = 5 if l2 / 2 < bytes_touched < 3 * l3 else 1
    calls = max(1, 100_000 // elements)
    one_round = 0.0
    for run in kernels.values():
        run()
        start = time.perf_counter()
        run()
        one_round += (time.perf_counter() - start) * (warm + calls)
    rounds = min(301, max(5, int(seconds / one_round)))
    times = {name: [] for name in kernels}
    for _ in range(rounds):
        for name, run in kernels.items():
            for _ in range(warm):
                run()
            start = time.process_time_ns()
            for _ in itertools.repeat(None, calls):
                run()
            times[name].append((time.process_time_ns() - start) / calls / elements)
    return {name: statistics.median(t) for name, t in times.items()}


def race_of_unequals(kernels, first, elements, seconds):
    """As `race`, of kernels that take a millisecond and others that take seconds:
    each is called for about `seconds` in all, at least three times and at most
    fifty, its calls spread over the rounds. `first`: what a call took before; ours
    takes part in every round.
    """
    rounds = {name: min(50, max(3, int(seconds / max(took, 1e-9)))) for name, took in first.items()}
    most = max(rounds.values(), default=50)
    times = {name: [] for name in kernels}
    for i in range(most):
        for name, run in kernels.items():
            share = rounds.get(name, most)
            if (i + 1) * share // most == i * share // most:
                continue
            # What others left in the caches is not its to clear away.
            if first.get(name, 0) < 0.1:
                run()
            start = time.process_time_ns()
            run()
            times[name].append((time.process_time_ns() - start) / elements)
    return {name: statistics.median(t) for name, t in times.items()}
