"""The engine of one machine: in this process, or in worker processes that may die without taking the run along."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from takhrij.engine.outcome import Failed

Shard = TypeVar("Shard")
Result = TypeVar("Result")
#: Shards waiting per worker: enough to keep it busy, few enough to hold little in memory.
_AHEAD = 3


def run_here(fn: Callable[[Shard], Result], shards: Iterable[Shard]) -> Iterator[Result | Failed]:
    """Shard after shard in this process."""
    for shard in shards:
        try:
            yield fn(shard)
        except Exception as error:
            yield Failed.by(error)


def run_in_processes(fn: Callable[[Shard], Result], shards: Iterable[Shard], workers: int) -> Iterator[Result | Failed]:
    """In ``workers`` processes. When one dies, the shards in flight are tried again one at a time, so only the killer fails."""
    source = iter(shards)
    waiting: deque[tuple[Shard, Future[Result]]] = deque()
    pool = _pool(workers)
    try:
        while True:
            while len(waiting) < workers * _AHEAD:
                try:
                    shard = next(source)
                except StopIteration:
                    break
                waiting.append((shard, pool.submit(fn, shard)))
            if not waiting:
                return
            shard, future = waiting.popleft()
            try:
                yield future.result()
            except BrokenProcessPool:
                pool.shutdown(wait=False, cancel_futures=True)
                again = [shard, *(s for s, _ in waiting)]
                waiting.clear()
                for one in again:
                    yield _alone(fn, one)
                pool = _pool(workers)
            except Exception as error:
                yield Failed.by(error)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


def _alone(fn: Callable[[Shard], Result], shard: Shard) -> Result | Failed:
    """One shard in a process of its own."""
    with _pool(1) as pool:
        try:
            return pool.submit(fn, shard).result()
        except BrokenProcessPool:
            return Failed("the worker died (out of memory, or killed)")
        except Exception as error:
            return Failed.by(error)
