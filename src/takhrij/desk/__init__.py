"""The desk: pages for a browser over a ledger, Arabic first, readable without scripts."""

from __future__ import annotations

from takhrij.desk.app import create_desk

__all__ = ["create_desk"]
