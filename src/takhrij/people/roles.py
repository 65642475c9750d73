"""What people may do: roles by collection, scopes of tokens, and the least role that each route wants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["reader", "reviewer", "editor", "owner"]
Scope = Literal["read", "review", "edit"]

#: From the least to the most: each may do what those before it may.
ROLES: tuple[Role, ...] = ("reader", "reviewer", "editor", "owner")
SCOPES: tuple[Scope, ...] = ("read", "review", "edit")
#: All collections, those that come later too.
EVERYWHERE = "*"
#: The most that a token with a scope may do, whatever its person may.
_OF_SCOPE: dict[str, Role] = {"read": "reader", "review": "reviewer", "edit": "editor"}


@dataclass(frozen=True, slots=True)
class Rule:
    """What a route wants. ``role`` None lets anybody in; ``token`` says whether API tokens may come; ``changes`` whether
    something is different afterwards, so that the request must prove that the desk's own page sent it."""

    role: Role | None
    token: bool = False
    changes: bool = False


def at_least(role: Role | None, wanted: Role | None) -> bool:
    """Whether ``role`` suffices where ``wanted`` is wanted."""
    if wanted is None:
        return True
    return role is not None and ROLES.index(role) >= ROLES.index(wanted)


def lesser(role: Role | None, scopes: frozenset[str]) -> Role | None:
    """What of ``role`` is left to a token with ``scopes``."""
    if role is None or not scopes:
        return None
    most = max((ROLES.index(_OF_SCOPE[scope]) for scope in scopes if scope in _OF_SCOPE), default=-1)
    return None if most < 0 else ROLES[min(most, ROLES.index(role))]
