"""Fit the weights of confidence on gold articles that the network was not trained on.

    python -m training.calibrate OUT.json GOLD.jsonl|FOLDER...

Logistic regression by Newton's method with a small ridge; an attribution counts as right when cue, speaker and content are.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import numpy as np

from takhrij.attribution import reader
from takhrij.evaluation.matching import match
from takhrij.pages import article_from_text
from training.examples import read_rows

_RIDGE = 2.0


def judged(row: dict[str, Any]) -> list[tuple[dict[str, float], bool]]:
    """The evidence of each attribution read in a gold row, and whether it is right."""
    article = article_from_text(row["text"], row["id"])
    found = reader.read_with_evidence(article)
    answers = [
        {"cue": a.cue, "source": a.source, "speaker": a.speaker, "content": a.content, "parent": a.parent, "n": i}
        for i, (a, _) in enumerate(found)
    ]
    right = {j.answer.row["n"] for j in match(row, answers).judged if j.answer and j.right}
    return [(values, i in right) for i, (_, values) in enumerate(found)]


def fit(samples: list[tuple[dict[str, float], bool]]) -> dict[str, float]:
    """The weights by name, the bias among them."""
    names = ["bias", *sorted({name for values, _ in samples for name in values})]
    x = np.array([[1.0, *(values.get(n, 0.0) for n in names[1:])] for values, _ in samples])
    y = np.array([float(ok) for _, ok in samples])
    w = np.zeros(len(names))
    ridge = np.full(len(names), _RIDGE)
    ridge[0] = 1e-6
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (p - y) + ridge * w
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        step = np.linalg.solve(hessian, gradient)
        w -= step
        if np.abs(step).max() < 1e-6:
            break
    return {name: round(float(value), 4) for name, value in zip(names, w, strict=True)}


def main() -> None:
    out, *gold = sys.argv[1:]
    samples = [sample for path in gold for row in read_rows(path) for sample in judged(row)]
    weights = fit(samples)
    with open(out, "w", encoding="utf-8") as sink:
        note = "Weights of confidence; fitted by training/calibrate.py"
        json.dump({"note": note, "weights": weights}, sink, ensure_ascii=False, indent=1)
        sink.write("\n")
    print(f"{len(samples)} attributions, {sum(ok for _, ok in samples)} right")


if __name__ == "__main__":
    main()
