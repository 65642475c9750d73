"""Learn the two forests that decide whether statements are one, and write them as numbers.

    python bench/train_match.py OWN.jsonl [--also LABELLED.jsonl ...] [--headlines STANCE.csv]

OWN.jsonl holds the project's own pairs (``corpus/pairs.jsonl``); ``--also`` further rows ``{a, b, a_date, b_date, label}`` of a
licence that lets weights ship; ``--headlines`` rows ``s1,s2,stance`` (agree, disagree, other). Needs scikit-learn, which the
program itself does not.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier

from takhrij.claims.features import Evidence, agreement, contents
from takhrij.claims.views import StatementView, from_reading
from takhrij.pipeline import read_article
from takhrij.records import Article

DATA = Path(__file__).parent.parent / "src" / "takhrij" / "claims" / "data"
ONE_CONTENT = {"same", "part", "same_words_other_speaker"}
STANCES = {"agree": "same", "disagree": "contradict", "other": "related"}
TREES, DEPTH, RATE, SEEDS = 150, 3, 0.07, 6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("own", type=Path)
    parser.add_argument("--also", type=Path, nargs="*", default=[])
    parser.add_argument("--headlines", type=Path)
    parser.add_argument("--also-weight", type=float, default=2.0)
    parser.add_argument("--headline-weight", type=float, default=0.5)
    given = parser.parse_args()
    rows, weights = rows_of(given.own), []
    weights = [1.0] * len(rows)
    for path in given.also:
        more = rows_of(path)
        rows, weights = rows + more, weights + [given.also_weight] * len(more)
    if given.headlines:
        more = headlines(given.headlines)
        rows, weights = rows + more, weights + [given.headline_weight] * len(more)
    evidence = [evidence_of(row) for row in rows]
    labels = [row["label"] for row in rows]
    write("pairs", learn(evidence, labels, weights))
    names = list(contents("", ""))
    known = [{name: seen[name] for name in names} for seen in evidence]
    write("contents", learn(known, ["one" if label in ONE_CONTENT else "other" for label in labels], weights))


def rows_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def headlines(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return [
            {"a": r["s1"], "b": r["s2"], "label": STANCES[r["stance"]]}
            for r in csv.DictReader(stream)
            if r["stance"] in STANCES
        ]


def evidence_of(row: dict[str, Any]) -> Evidence:
    return agreement(view(row["a"], row.get("a_date")), view(row["b"], row.get("b_date")))


def view(text: str, date: str | None) -> StatementView:
    return from_reading(read_article(Article(id="", text=text, date=date)))


def learn(evidence: Sequence[Evidence], labels: Sequence[str], weights: Sequence[float]) -> dict[str, Any]:
    names = list(evidence[0])
    table = np.array([[float(seen[name]) for name in names] for seen in evidence])
    models = [
        GradientBoostingClassifier(
            n_estimators=TREES,
            max_depth=DEPTH,
            learning_rate=RATE,
            subsample=0.6,
            max_features=0.35,
            min_samples_leaf=5,
            random_state=seed,
        ).fit(table, labels, sample_weight=weights)
        for seed in range(SEEDS)
    ]
    return as_json(models, names)


def as_json(models: Sequence[GradientBoostingClassifier], names: Sequence[str]) -> dict[str, Any]:
    """The mean of ``models`` as one forest: their scores added up and divided by their number."""
    classes = [str(c) for c in models[0].classes_]
    two = len(classes) == 2
    start = np.mean([m._raw_predict_init(np.zeros((1, len(names))))[0] for m in models], axis=0)
    of_class, split, threshold, leaf = [], [], [], []
    for model in models:
        for stage in model.estimators_:
            for column, tree in enumerate(stage):
                nodes, cuts, ends = perfect(tree.tree_, model.learning_rate / len(models))
                of_class.append(column)
                split.append(nodes)
                threshold.append(cuts)
                leaf.append(ends)
    sign = -1.0 if two and classes[0] == "one" else 1.0  # with two classes the trees vote for the second
    return {
        "features": list(names),
        "classes": ["one"] if two else classes,
        "start": [round(sign * float(s), 6) for s in np.atleast_1d(start)],
        "of_class": of_class,
        "split": split,
        "threshold": threshold,
        "leaf": [[round(sign * value, 5) for value in values] for values in leaf],
    }


def perfect(tree: Any, rate: float) -> tuple[list[int], list[float], list[float]]:
    """A tree grown to ``DEPTH`` everywhere: a leaf above it is split on nothing, both halves alike."""
    inner = 2**DEPTH - 1
    nodes, cuts, ends = [0] * inner, [0.0] * inner, [0.0] * (inner + 1)

    def fill(node: int, at: int) -> None:
        if at >= inner:
            ends[at - inner] = float(tree.value[node].ravel()[0]) * rate
            return
        is_leaf = tree.children_left[node] < 0
        if not is_leaf:
            nodes[at], cuts[at] = int(tree.feature[node]), round(float(tree.threshold[node]), 5)
        fill(node if is_leaf else tree.children_left[node], 2 * at + 1)
        fill(node if is_leaf else tree.children_right[node], 2 * at + 2)

    fill(0, 0)
    return nodes, cuts, ends


def write(name: str, forest: dict[str, Any]) -> None:
    (DATA / f"{name}.json").write_text(json.dumps(forest, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
