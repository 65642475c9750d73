"""What stands in a result's place when its shard failed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Failed:
    """``reason`` is one line: the error's kind and words, or that the worker died."""

    reason: str

    @classmethod
    def by(cls, error: BaseException) -> Failed:
        """The failure that an error makes."""
        words = " ".join(str(error).split())
        return cls(f"{type(error).__name__}: {words}" if words else type(error).__name__)
