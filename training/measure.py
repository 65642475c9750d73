"""Run the torch reader over gold articles and print what it finds, before the numpy reader exists or to compare with it."""

from __future__ import annotations

import numpy as np
import torch

from takhrij.attribution.lexicon import ACTS
from training.examples import ROLES, Example
from training.finetune import collate, gather, windows_of
from training.network import Reader


def best_span(
    first: np.ndarray, last: np.ndarray, inside: np.ndarray, none: float, weight: float = 0.35
) -> tuple[int, int] | None:
    """The span with the highest score, or None where none scores higher (scores are log odds)."""
    size = len(first)
    both = np.concatenate([first, [none]])
    first = first - np.log(np.exp(both - both.max()).sum()) - both.max()
    no = none - np.log(np.exp(both - both.max()).sum()) - both.max()
    both = np.concatenate([last, [none]])
    last = last - np.log(np.exp(both - both.max()).sum()) - both.max()
    no += none - np.log(np.exp(both - both.max()).sum()) - both.max()
    total = np.concatenate([[0], inside.cumsum()]) * weight
    opening = first - total[:size]
    best = np.maximum.accumulate(opening)
    where = np.where(opening == best, np.arange(size), 0)
    where = np.maximum.accumulate(where)
    scores = last + total[1:] + best
    end = int(scores.argmax())
    return (int(where[end]), end) if scores[end] > no else None


@torch.no_grad()
def predict(model: Reader, e: Example, threshold: float = 0.5) -> list[dict]:
    """Attributions of one article in tokens: cue, act, probability, spans."""
    pieces, flags, place, mask = collate([e])
    h = model.encode(pieces, flags, place, mask)
    chances = model.cues(h, flags).softmax(-1)[0][torch.tensor(e.view.at, dtype=torch.long)].numpy()
    cues = [i for i in range(len(chances)) if 1 - chances[i, 0] > threshold]
    if not cues:
        return []
    found = windows_of(e, cues, cues)
    states, cue, cue_flags, relations, seen = gather([e], [found], h, flags)
    edges, none = (x.numpy() for x in model.spans(states, cue, cue_flags, relations, seen))
    out = []
    for n, w in enumerate(found):
        length = w.last - w.first + 1
        spans = {}
        for r, role in enumerate(ROLES):
            e_ = edges[n, :length, r]
            no = float(none[n, r]) if role != "content" else -1e9
            span = best_span(e_[:, 0], e_[:, 1], e_[:, 2], no)
            spans[role] = (span[0] + w.first, span[1] + w.first) if span else None
        out.append({"cue": w.cue, "act": ACTS[int(chances[w.cue, 1:].argmax())], "p": float(1 - chances[w.cue, 0]), **spans})
    return out


def rows(model: Reader, examples: list[Example], threshold: float = 0.5) -> list[dict]:
    """Predicted rows as ``score.py`` reads them; a dropped speaker is the last one named, for want of better."""
    result = []
    for e in examples:
        t, text = e.view.tokens, e.row["text"]
        last, out = None, []
        for p in predict(model, e, threshold):
            span = lambda s: [t.starts[s[0]], t.ends[s[1]]] if s else None  # noqa: E731
            source = span(p["source"])
            if source:
                last = text[slice(*source)]
            out.append(
                {
                    "cue": span((p["cue"], p["cue"])),
                    "source": source,
                    "speaker": last,
                    "content": [span(p["content"])],
                    "act": p["act"],
                    "target": span(p["target"]),
                    "medium": span(p["medium"]),
                    "parent": None,
                    "p": p["p"],
                }
            )
        result.append({"id": e.row["id"], "attributions": out})
    return result
