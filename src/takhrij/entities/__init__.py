"""Names to parties, places to coordinates, dates to days, numbers to values."""

from takhrij.entities.resolve import resolve

__all__ = ["resolve"]
