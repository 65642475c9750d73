"""Article -> Attributions: who is said to have communicated what, with exact spans."""

from takhrij.attribution.reader import read_attributions

__all__ = ["read_attributions"]
