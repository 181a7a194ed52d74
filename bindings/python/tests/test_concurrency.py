"""Threads that call at once, processes that fork, pools of both."""

import multiprocessing
import os
import pickle
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import logitude as lg

fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


def of(seed, rows=2000):
    rng = np.random.default_rng(seed)
    logits = rng.normal(size=(rows, 11)).astype(np.float32) * 3
    return logits, np.argmax(logits + rng.gumbel(size=logits.shape) * 2, axis=1)


def evaluated(seed):
    """A state, as a worker makes it; pickled on its way back."""
    return lg.Evaluation(bins=10).update(*of(seed))


def test_two_threads_at_once():
    start, found = threading.Barrier(2), {}
    given = {seed: of(seed) for seed in (1, 2)}

    def work(seed):
        logits, labels = given[seed]
        metric, out = lg.Evaluation(bins=10), np.empty_like(logits)
        start.wait()
        for _ in range(50):
            metric.update(logits, labels)
            assert lg.softmax(logits, out=out) is out
        found[seed] = metric.to_bytes(), out

    threads = [threading.Thread(target=work, args=(seed,)) for seed in given]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for seed, (state, out) in found.items():
        alone = lg.Evaluation(bins=10)
        for _ in range(50):
            alone.update(*given[seed])
        assert state == alone.to_bytes()
        np.testing.assert_array_equal(out, lg.softmax(given[seed][0]))


def test_errors_belong_to_their_thread():
    def work(seed):
        logits, labels = of(seed, 100)
        with pytest.raises(lg.LogitudeError, match=rf"label {11 + seed} of row 7 "):
            labels[7] = 11 + seed
            lg.nll(logits, labels)
        return lg.nll(*of(seed, 100))

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(work, range(20))) == [lg.nll(*of(s, 100)) for s in range(20)]


def test_others_run_while_the_library_works():
    """Another thread's ticks fall into the middle of one call of this one."""
    probs = np.random.default_rng(0).uniform(0.3, 0.7, size=16000)
    ticks, done = [], threading.Event()

    def tick():
        while not done.is_set():
            lg.softmax([1.0, 2.0])
            ticks.append(time.perf_counter())

    def ticked_in_its_middle():
        began = time.perf_counter()
        lg.mmce(probs, (probs > 0.5).astype(int))
        took = time.perf_counter() - began
        return any(0.2 * took < when - began < 0.8 * took for when in list(ticks))

    ticking = threading.Thread(target=tick)
    ticking.start()
    try:
        # Where other programs have all processors, not in every call.
        assert any(ticked_in_its_middle() for _ in range(50))
    finally:
        done.set()
        ticking.join()


def test_a_pool_of_threads():
    with ThreadPoolExecutor(3) as pool:
        total = sum(pool.map(evaluated, range(8)), lg.Evaluation(bins=10))
    alone = lg.Evaluation(bins=10)
    for seed in reversed(range(8)):
        alone.update(*of(seed))
    assert total.to_bytes() == alone.to_bytes()


@fork
def test_fork_after_import():
    logits, labels = of(3)
    before = lg.TemperatureScaling().fit(logits, labels)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:  # no assertion may come out of here
        try:
            fitted = lg.TemperatureScaling().fit(logits, labels)
            os.write(writing, pickle.dumps((fitted.to_bytes(), before.temperature_)))
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        assert pickle.load(pipe) == (before.to_bytes(), before.temperature_)
    assert os.waitpid(child, 0)[1] == 0
    assert before.predict_proba(logits).shape == logits.shape


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_a_pool_of_processes(method):
    with multiprocessing.get_context(method).Pool(2) as pool:
        states = pool.map(evaluated, range(4))
        shards = [of(seed) for seed in range(4)]
        fitted = lg.TemperatureScaling(start=1.0).fit_shards(shards, map=pool.map)
    alone = lg.Evaluation(bins=10)
    for seed in (2, 0, 3, 1):
        alone.update(*of(seed))
    assert sum(states[1:], states[0]).to_bytes() == alone.to_bytes()
    whole = [np.concatenate(part) for part in zip(*shards)]
    assert fitted.temperature_ == lg.TemperatureScaling(start=1.0).fit(*whole).temperature_
