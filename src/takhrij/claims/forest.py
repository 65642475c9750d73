"""Boosted trees, evaluated with numpy alone: the trees are learned elsewhere and ship as numbers.

All trees are perfect binary trees of one depth, so a row falls through all of them at once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Forest:
    """``features`` and ``classes`` name the columns in and out. ``split`` and ``threshold`` hold for each tree its inner nodes
    in level order, ``leaf`` its leaves, ``of_class`` the class that it votes for; ``start`` each class's score before any tree.
    """

    features: tuple[str, ...]
    classes: tuple[str, ...]
    start: Array
    of_class: npt.NDArray[np.int64]
    split: npt.NDArray[np.int64]
    threshold: Array
    leaf: Array

    def probabilities(self, evidence: Sequence[Mapping[str, float]]) -> Array:
        """A row per piece of evidence, a column per class; each row sums to 1. One class stands for yes against no."""
        rows = np.array([[float(seen[name]) for name in self.features] for seen in evidence], dtype=np.float64)
        scores = self._scores(rows.reshape(len(evidence), len(self.features)))
        if len(self.classes) == 1:
            result: Array = 1.0 / (1.0 + np.exp(-scores))
            return result
        scores -= scores.max(axis=1, keepdims=True)
        powers = np.exp(scores)
        shares: Array = powers / powers.sum(axis=1, keepdims=True)
        return shares

    def _scores(self, rows: Array) -> Array:
        trees = np.arange(len(self.split))
        inner = self.split.shape[1]
        node = np.zeros((len(rows), len(trees)), dtype=np.int64)
        while node.size and node[0, 0] < inner:
            values = np.take_along_axis(rows, self.split[trees, node], axis=1)
            node = 2 * node + 1 + (values > self.threshold[trees, node])
        votes = self.leaf[trees, node - inner]
        scores = np.tile(self.start, (len(rows), 1))
        for column in range(len(self.classes)):
            scores[:, column] += votes[:, self.of_class == column].sum(axis=1)
        return scores


@cache
def load(name: str) -> Forest:
    """The forest that ships as ``data/NAME.json``."""
    return from_json(json.loads(files("takhrij.claims").joinpath("data", f"{name}.json").read_text(encoding="utf-8")))


def from_json(given: Mapping[str, Any]) -> Forest:
    """The forest in the form in which it is written by ``bench/train_match.py``."""
    return Forest(
        tuple(given["features"]),
        tuple(given["classes"]),
        np.array(given["start"], dtype=np.float64),
        np.array(given["of_class"], dtype=np.int64),
        np.array(given["split"], dtype=np.int64),
        np.array(given["threshold"], dtype=np.float64),
        np.array(given["leaf"], dtype=np.float64),
    )
