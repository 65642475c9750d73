"""Fail when anything under the GPL or AGPL is among what the wheel and its extras bring along.

    python tools/check_licences.py

Walks the requirements of the installed takhrij, extras ``dev`` left out. A package offered under a choice of licences
passes when one of them is neither GPL nor AGPL; the LGPL passes (used unmodified, as a library).
"""

from __future__ import annotations

import re
import sys
from importlib import metadata

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

_STRONG = re.compile(r"\bA?GPL|(?<!Lesser )General Public License|Affero", re.I)
_LESSER = re.compile(r"LGPL|Lesser General Public", re.I)
_NOT_SHIPPED = frozenset({"dev", "train"})


def closure(root: str) -> dict[str, metadata.Distribution]:
    """The installed distributions that ``root`` and its extras need, by canonical name."""
    found: dict[str, metadata.Distribution] = {}
    waiting = [(root, _extras(root) - _NOT_SHIPPED)]
    while waiting:
        name, extras = waiting.pop()
        key = canonicalize_name(name)
        try:
            dist = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # of an extra that is not installed here
        known = key in found
        found[key] = dist
        if known and not extras:
            continue
        for text in dist.requires or ():
            need = Requirement(text)
            wanted = need.marker is None or any(need.marker.evaluate({"extra": e}) for e in ("", *extras))
            if wanted and (canonicalize_name(need.name) not in found or need.extras):
                waiting.append((need.name, set(need.extras)))
    return found


def _extras(name: str) -> set[str]:
    return set(metadata.distribution(name).metadata.get_all("Provides-Extra") or ())


def licences(dist: metadata.Distribution) -> list[str]:
    """What a distribution says of its licence: expression, field or classifiers."""
    meta = dist.metadata
    if meta.get("License-Expression"):
        return re.split(r"\s+OR\s+", meta["License-Expression"])
    named = [c.rsplit("::", 1)[-1].strip() for c in meta.get_all("Classifier") or () if c.startswith("License ::")]
    field = (meta.get("License") or "").split("\n")[0]
    return named or re.split(r"\s+OR\s+|,\s*|/", field) or ["?"]


def offends(said: list[str]) -> bool:
    """Whether every licence that is offered is the GPL or the AGPL."""
    return bool(said) and all(_STRONG.search(one) and not _LESSER.search(one) for one in said)


def main() -> None:
    found = closure("takhrij")
    bad = {name: licences(dist) for name, dist in sorted(found.items()) if offends(licences(dist))}
    for name, said in bad.items():
        print(f"{name}: {'; '.join(said)}")
    print(f"{len(found)} packages, {len(bad)} under the GPL or AGPL")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
