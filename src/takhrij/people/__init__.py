"""People: who may do what at the desk. Accounts, roles by collection, sessions, tokens, and the gate before every route."""

from __future__ import annotations

from takhrij.people.access import Access
from takhrij.people.gate import Gate
from takhrij.people.store import People, open_people
from takhrij.people.visitor import Visitor, visitor

__all__ = ["Access", "Gate", "People", "Visitor", "open_people", "visitor"]
