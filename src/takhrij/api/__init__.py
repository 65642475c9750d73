"""The HTTP interface to a ledger: JSON under ``/api``, described by ``/openapi.json``."""

from __future__ import annotations

from takhrij.api.app import create_api

__all__ = ["create_api"]
