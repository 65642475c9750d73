"""Names by which ministries go without the word ministry, from ``data/ministries.tsv``."""

from __future__ import annotations

from functools import cache

from takhrij.entities.tables import read
from takhrij.text.fold import fold


@cache
def ministries() -> dict[str, str]:
    """Folded names of ministries without the word ministry, ``الخارجيه``, to their English ones, ``Foreign Affairs``."""
    return {fold(row[0]): row[1] for row in read("ministries.tsv", 2)}
