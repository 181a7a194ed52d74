"""Temperature scaling of data that lies in many places: a pool of processes looks at
shards, and what they send back is merged. The result has the bits of a fit on the whole.

    python examples/python/distributed_fit.py
"""

from concurrent.futures import ProcessPoolExecutor
from functools import partial

import logitude as lg
import numpy as np

SHARDS, ROWS, CLASSES = 7, 1000, 20


def load(shard: int) -> tuple[np.ndarray, np.ndarray]:
    """Logits and labels of one shard: here they are drawn, elsewhere they are read."""
    rng = np.random.default_rng(shard)
    logits = rng.normal(size=(ROWS + shard, CLASSES)).astype(np.float32)
    labels = rng.integers(0, CLASSES, len(logits))
    logits[np.arange(len(logits)), labels] += 2
    return 3 * logits, labels


def main() -> None:
    shards = [partial(load, shard) for shard in range(SHARDS)]
    with ProcessPoolExecutor(2) as pool:
        sharded = lg.TemperatureScaling(start=1.0).fit_shards(shards, map=pool.map)

    logits, labels = (np.concatenate(parts) for parts in zip(*(load(s) for s in range(SHARDS))))
    whole = lg.TemperatureScaling(start=1.0).fit(logits, labels)
    assert sharded.to_bytes() == whole.to_bytes()
    print(f"T = {sharded.temperature_:.6f} from {SHARDS} shards and from the whole")


if __name__ == "__main__":
    main()
