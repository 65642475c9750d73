"""Readings and traces made to be looked at: on a terminal, as one self-contained page."""
