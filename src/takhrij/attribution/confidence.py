"""How likely an attribution is to be right in who and what: a logistic weighing of what led to it.

The weights (``data/confidence.json``) were fitted by ``training/calibrate.py`` on articles that the network had not
seen, so that
of attributions stated at 0.8 about eight in ten are right. ``takhrij eval`` prints how far that holds on any gold file.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib import resources

#: Chances are kept this far from 0 and 1 before their log odds are taken.
_EDGE = 1e-3


def evidence(
    chances: Mapping[str, float], speaker: str, *, nested: bool, clause: bool, quoted: bool, weight: int
) -> dict[str, float]:
    """The evidence for one attribution, by name.

    ``chances`` are the network's for cue, content, source and antecedent (those that apply); ``speaker`` the step
    that led to the
    speaker; ``clause`` whether a complementizer opens the content, ``quoted`` whether it is a quotation, ``weight``
    the cue's in the lexicon.
    """
    values = {f"chance of {name}": _log_odds(chance) for name, chance in chances.items()}
    values[f"speaker by {speaker}"] = 1.0
    values.update({"nested": float(nested), "clause": float(clause), "quoted": float(quoted), "cue weight": float(weight)})
    return values


def confidence(values: Mapping[str, float]) -> float:
    """The chance, in 0..1, that who and what are right, given :func:`evidence`."""
    weights = _weights()
    total = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in values.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def _log_odds(chance: float) -> float:
    chance = min(1 - _EDGE, max(_EDGE, chance))
    return math.log(chance / (1 - chance))


@cache
def _weights() -> dict[str, float]:
    text = (resources.files("takhrij.attribution") / "data" / "confidence.json").read_text("utf-8")
    weights: dict[str, float] = json.loads(text)["weights"]
    return weights
