"""Running one function over many shards, on this machine or on a cluster. It knows nothing of news.

``run_shards(fn, shards)`` yields, in the order of the shards, ``fn(shard)`` or, where a shard kills its worker or raises, a
:class:`Failed` in its place: one bad shard never stops the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, TypeVar

from takhrij.engine.outcome import Failed
from takhrij.errors import UsageError

Engine = Literal["local", "ray"]
Shard = TypeVar("Shard")
Result = TypeVar("Result")


def run_shards(
    fn: Callable[[Shard], Result], shards: Iterable[Shard], *, workers: int = 1, engine: Engine = "local"
) -> Iterator[Result | Failed]:
    """``fn`` of each shard, in order; a failed shard yields :class:`Failed`. ``fn`` and shards have to pickle when workers > 1.

    Raises :class:`UsageError` for an engine that is unknown or not installed.
    """
    if engine == "ray":
        from takhrij.engine.cluster import run_on_ray

        return run_on_ray(fn, shards, workers)
    if engine != "local":
        raise UsageError(f"no engine is called {engine!r}: use local or ray")
    if workers <= 1:
        from takhrij.engine.local import run_here

        return run_here(fn, shards)
    from takhrij.engine.local import run_in_processes

    return run_in_processes(fn, shards, workers)


__all__ = ["Engine", "Failed", "run_shards"]
