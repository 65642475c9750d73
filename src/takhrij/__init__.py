"""Takhrij: who said it, through whom it reached us, how many distinct origins stand behind it, and who denies it."""

__version__ = "0.1.0"
