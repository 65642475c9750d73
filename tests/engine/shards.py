"""What the engine's tests run in other processes: it has to be importable there."""

from __future__ import annotations

import os


def square(number: int) -> int:
    """The square; 13 raises, 31 kills the process that it runs in."""
    if number == 13:
        raise ValueError("thirteen\nis not squared")
    if number == 31:
        os._exit(1)
    return number * number


def process(_: int) -> int:
    """Where it runs."""
    return os.getpid()


def power(number: int, exponent: int) -> int:
    """One of the arguments comes with the function."""
    return number**exponent
