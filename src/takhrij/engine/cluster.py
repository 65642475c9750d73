"""The engine of a cluster: Ray tasks (extra ``ray``), which outlive a killed worker and a lost node."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from itertools import islice
from typing import Any, TypeVar

from takhrij.engine.outcome import Failed
from takhrij.errors import UsageError

Shard = TypeVar("Shard")
Result = TypeVar("Result")
_AHEAD = 4


def run_on_ray(fn: Callable[[Shard], Result], shards: Iterable[Shard], workers: int) -> Iterator[Result | Failed]:
    """As tasks on the Ray cluster that RAY_ADDRESS names, else on one started here with ``workers`` processes."""
    try:
        ray: Any = import_module("ray")
    except ImportError:
        raise UsageError("the engine ray is not installed: pip install 'takhrij[ray]'") from None
    if not ray.is_initialized():
        ray.init(num_cpus=max(1, workers), include_dashboard=False, log_to_driver=False, logging_level="ERROR")
    task: Any = ray.remote(max_retries=2, retry_exceptions=False)(_call)
    function = ray.put(fn)
    waiting: deque[Any] = deque()
    source = iter(shards)
    try:
        while True:
            waiting.extend(task.remote(function, shard) for shard in islice(source, max(1, workers) * _AHEAD - len(waiting)))
            if not waiting:
                return
            yield _result(ray, waiting.popleft())
    finally:
        for reference in waiting:
            ray.cancel(reference)


def _call(fn: Callable[[Shard], Result], shard: Shard) -> Result:
    """The task: a function of its own, since ``fn`` may be any callable and Ray takes functions only."""
    return fn(shard)


def _result(ray: Any, reference: Any) -> Any:
    try:
        return ray.get(reference)
    except ray.exceptions.RayTaskError as error:
        return Failed.by(error.cause)
    except ray.exceptions.RayError as error:
        return Failed(f"the worker died ({type(error).__name__})")
