"""The engine of one machine: in this process, or in worker processes that may die without taking the run along."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import TypeVar

from takhrij.engine.outcome import Failed

Shard = TypeVar("Shard")
Result = TypeVar("Result")
#: Shards waiting per worker: enough to keep it busy, few enough to hold little in memory.
_AHEAD = 3
_DIED = Failed("the worker died (out of memory, or killed)")


def run_here(fn: Callable[[Shard], Result], shards: Iterable[Shard]) -> Iterator[Result | Failed]:
    """Shard after shard in this process."""
    for shard in shards:
        result: Result | Failed
        try:
            result = fn(shard)
        except Exception as error:
            result = Failed.by(error)
        yield result


def run_in_processes(fn: Callable[[Shard], Result], shards: Iterable[Shard], workers: int) -> Iterator[Result | Failed]:
    """In ``workers`` processes. When one dies, the shards in flight are tried again one at a time, so only the killer fails."""
    source = iter(shards)
    waiting: deque[tuple[Shard, Future[Result] | None]] = deque()
    pool = _pool(workers)
    try:
        while True:
            for shard in islice(source, workers * _AHEAD - len(waiting)):
                waiting.append((shard, _submitted(pool, fn, shard)))
            if not waiting:
                return
            shard, future = waiting.popleft()
            result = _result(future)
            if result is not _DIED:
                yield result
                continue
            pool.shutdown(wait=False, cancel_futures=True)
            in_flight = [(shard, future), *waiting]
            waiting.clear()
            yield from _one_by_one(fn, in_flight)
            pool = _pool(workers)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _one_by_one(
    fn: Callable[[Shard], Result], in_flight: Iterable[tuple[Shard, Future[Result] | None]]
) -> Iterator[Result | Failed]:
    """What the broken pool had finished, and the rest anew in one process, so that the shard that kills is known."""
    pool = _pool(1)
    try:
        for shard, future in in_flight:
            if future is not None and future.done() and (result := _result(future)) is not _DIED:
                yield result
                continue
            result = _result(_submitted(pool, fn, shard))
            if result is _DIED:
                pool.shutdown(wait=False)
                pool = _pool(1)
            yield result
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _submitted(pool: ProcessPoolExecutor, fn: Callable[[Shard], Result], shard: Shard) -> Future[Result] | None:
    """The shard's future; None where a worker has died since the last one was sent."""
    try:
        return pool.submit(fn, shard)
    except BrokenProcessPool:
        return None


def _result(future: Future[Result] | None) -> Result | Failed:
    try:
        return _DIED if future is None else future.result()
    except BrokenProcessPool:
        return _DIED
    except Exception as error:
        return Failed.by(error)


def _pool(workers: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_leave_interrupts)


def _leave_interrupts() -> None:
    """Ctrl-C is for the process that gives out the work: it ends the workers, without a traceback from each."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
