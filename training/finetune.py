"""Fine-tune the reader on annotated articles.

    python -m training.finetune ENCODER.pt OUT.pt GOLD.jsonl... [--go-on READER.pt --rate R] [--hold-out OUTLET,...]

Of a folder in inline markup the articles that the tests measure on are left out, and so are held-out outlets; ``takhrij eval``
scores them.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from takhrij.attribution.view import FLAGS, NO_PLACE, PLACES
from takhrij.attribution.windows import RELATIONS, Windows, windows
from training.augment import restyled
from training.examples import ROLES, Example, example, read_rows
from training.network import Encoder, Reader
from training.pins import held_out

Batch = Sequence[Example]


def collate(batch: Batch) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Padded pieces, flags, places and mask of a batch."""
    size = max(len(e.place) for e in batch)
    pieces = np.zeros((len(batch), size, 6), dtype=np.int64)
    flags = np.zeros((len(batch), size, FLAGS), dtype=np.float32)
    place = np.full((len(batch), size), NO_PLACE, dtype=np.int64)
    mask = np.zeros((len(batch), size, 1), dtype=np.float32)
    for k, e in enumerate(batch):
        n = len(e.place)
        pieces[k, :n], flags[k, :n], place[k, :n], mask[k, :n] = e.pieces, e.flags, e.place, 1
    return torch.from_numpy(pieces), torch.from_numpy(flags), torch.from_numpy(place), torch.from_numpy(mask)


def gather(batch: Batch, found: list[Windows], h: Tensor, flags: Tensor) -> tuple[Tensor, ...]:
    """Padded windows over a batch: states, cue states, cue flags, relations, mask."""
    flat = [(k, n) for k, ws in enumerate(found) for n in range(len(ws.cues))]
    size = max(int(ws.lengths.max()) for ws in found if len(ws.cues))
    index = np.zeros((len(flat), size), dtype=np.int64)
    relations = np.zeros((len(flat), size, 4), dtype=np.int64)
    mask = np.zeros((len(flat), size), dtype=np.float32)
    rows, cue = [], []
    for n, (k, i) in enumerate(flat):
        at, ws = batch[k].view.at, found[k]
        begin, length = ws.begins[i], ws.lengths[i]
        index[n, :length] = at[ws.tokens[begin : begin + length]]
        relations[n, :length] = ws.relations[begin : begin + length]
        mask[n, :length] = 1
        rows.append(k)
        cue.append(int(at[ws.cues[i]]))
    rows_t = torch.tensor(rows)
    states = h[rows_t.unsqueeze(1), torch.from_numpy(index)]
    return (
        states,
        h[rows_t, torch.tensor(cue)],
        flags[rows_t, torch.tensor(cue)],
        torch.from_numpy(relations),
        torch.from_numpy(mask),
    )


def loss_of(model: Reader, batch: Batch, rng: random.Random) -> Tensor:
    """The summed losses of the cue head and the span head on a batch."""
    pieces, flags, place, mask = collate(batch)
    h = model.encode(pieces, flags, place, mask)
    want = torch.full(place.shape, -100, dtype=torch.long)
    for k, e in enumerate(batch):
        want[k, torch.from_numpy(e.view.at)] = 0
        for g in e.gold:
            want[k, int(e.view.at[g.cue])] = g.act + 1
    cue_loss = functional.cross_entropy(model.cues(h, flags).flatten(0, 1), want.flatten(), ignore_index=-100, reduction="sum")
    found = []
    for e in batch:
        noticed = sorted({g.cue for g in e.gold if rng.random() > 0.08})
        found.append(windows(e.view, np.array([g.cue for g in e.gold], dtype=np.int64), np.array(noticed, dtype=np.int64)))
    total = cue_loss / max(1, sum(len(e.gold) for e in batch)) * 1.5
    if any(len(ws.cues) for ws in found):
        states, cue, cue_flags, relations, seen = gather(batch, found, h, flags)
        edges, none = model.spans(states, cue, cue_flags, relations, seen)
        total = total + span_loss(edges, none, seen, targets(batch, found, seen.shape[1]))
    return total


def targets(batch: Batch, found: list[Windows], size: int) -> tuple[Tensor, Tensor]:
    """First and last per window and role (``size`` for none), and the inside mask."""
    bounds, inside = [], []
    for e, ws in zip(batch, found, strict=True):
        for g, begin, end in zip(e.gold, ws.first.tolist(), ws.last.tolist(), strict=True):
            row, mark = [], np.zeros((size, len(ROLES)), dtype=np.float32)
            for r, role in enumerate(ROLES):
                span = g.spans[role]
                if span is None or not begin <= span[0] <= end:
                    row.append((size, size))
                    continue
                a, b = span[0] - begin, min(span[1], end) - begin
                row.append((a, b))
                mark[a : b + 1, r] = 1
            bounds.append(row)
            inside.append(mark)
    return torch.tensor(bounds), torch.from_numpy(np.stack(inside))


def span_loss(edges: Tensor, none: Tensor, mask: Tensor, wanted: tuple[Tensor, Tensor]) -> Tensor:
    """Cross entropy of first and last over the window and none, and of being inside; content weighs most."""
    bounds, inside = wanted
    hidden = (mask == 0).unsqueeze(-1)
    total = edges.new_zeros(())
    for which in (0, 1):
        scores = torch.cat([edges[..., which].masked_fill(hidden, -1e9), none.unsqueeze(1)], 1)  # (n, w + 1, roles)
        each = functional.cross_entropy(scores, bounds[..., which], reduction="none")
        total = total + (each * torch.tensor([1.0, 1.5, 0.9, 0.6, 0.7])).sum(-1).mean()
    each = functional.binary_cross_entropy_with_logits(edges[..., 2], inside, reduction="none") * mask.unsqueeze(-1)
    return total + (each.sum(1) * torch.tensor([0.1, 0.08, 0.06, 0.06, 0.06])).sum(-1).mean()


def train(model: Reader, examples: Sequence[Example], epochs: int, seed: int, rate: float) -> Reader:
    """Train ``model`` on; what comes back has the running average of its weights."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    tables = {id(p) for t in (model.encoder.word, model.encoder.stem, model.encoder.affix) for p in t.parameters()}
    body = {id(p) for p in model.encoder.parameters()} - tables
    groups = [
        {"params": [p for p in model.parameters() if id(p) in tables], "lr": rate * 0.2, "scale": 0.2},
        {"params": [p for p in model.parameters() if id(p) in body], "lr": rate * 0.4, "scale": 0.4},
        {"params": [p for p in model.parameters() if id(p) not in tables | body], "lr": rate, "scale": 1.0},
    ]
    tune = torch.optim.AdamW(groups, weight_decay=0.02)
    average = torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.995))
    batch_size, step = 8, 0
    steps = epochs * ((len(examples) + batch_size - 1) // batch_size)
    began = time.time()
    for epoch in range(epochs):
        model.train()
        order = [example(restyled(e.row, rng)) if rng.random() < 0.6 else e for e in examples]
        rng.shuffle(order)
        order.sort(key=lambda e: len(e.place) // 120 + rng.random())
        batches = [order[i : i + batch_size] for i in range(0, len(order), batch_size)]
        rng.shuffle(batches)
        total = 0.0
        for batch in batches:
            share = min(1.0, (step + 1) / 60) * max(0.02, 1 - step / steps)
            for group in tune.param_groups:
                group["lr"] = rate * group["scale"] * share
            loss = loss_of(model, batch, rng)
            tune.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            tune.step()
            average.update_parameters(model)
            total += loss.item()
            step += 1
        if epoch % 5 == 4:
            print(f"epoch {epoch + 1} loss {total / len(batches):.3f} {time.time() - began:.0f} s", flush=True)
    model.load_state_dict(average.module.state_dict())
    return model.eval()


def begun(encoder_file: str, seed: int) -> Reader:
    """A reader over a pre-trained encoder, its heads as drawn by ``seed``."""
    saved = torch.load(encoder_file)
    encoder = Encoder(saved["width"])
    encoder.load_state_dict(saved["state"])
    torch.manual_seed(seed)
    return Reader(encoder, FLAGS, PLACES, RELATIONS)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("encoder")
    ask.add_argument("out")
    ask.add_argument("gold", nargs="+")
    ask.add_argument("--go-on", help="go on from this reader, as when more articles have been annotated")
    ask.add_argument("--hold-out", default="")
    ask.add_argument("--epochs", type=int, default=18)
    ask.add_argument("--rate", type=float, default=2e-3)
    ask.add_argument("--seed", type=int, default=1)
    a = ask.parse_args()
    held = set(filter(None, a.hold_out.split(",")))
    rows = [r for path in a.gold for r in read_rows(path) if not (Path(path).is_dir() and held_out(r["id"]))]
    examples = [example(r) for r in rows if r["outlet"] not in held]
    print(f"{len(examples)} articles, {sum(len(e.gold) for e in examples)} attributions")
    model = begun(a.encoder, a.seed)
    if a.go_on:
        model.load_state_dict(torch.load(a.go_on)["state"])
    model = train(model, examples, a.epochs, a.seed, a.rate)
    torch.save({"width": model.encoder.width, "state": model.state_dict()}, a.out)


if __name__ == "__main__":
    main()
