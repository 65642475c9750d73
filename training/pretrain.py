"""Pre-train the encoder on unlabelled news: guess hidden words from their surroundings.

    python -m training.pretrain STREAM.npz OUT.pt [--steps N] [--width W]

The guess is among the hidden words of the batch and words drawn by frequency (sampled softmax), so the output layer,
which alone has a vocabulary, is thrown away.
"""

from __future__ import annotations

import argparse
import math
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from training.network import WIDTH, Encoder

LENGTH, BATCH, NEGATIVES, VOCABULARY = 192, 48, 1536, 40_000


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("stream")
    ask.add_argument("out")
    ask.add_argument("--steps", type=int, default=3000)
    ask.add_argument("--width", type=int, default=WIDTH)
    ask.add_argument("--rate", type=float, default=2e-3)
    ask.add_argument("--go-on", help="start from this encoder instead of from nothing")
    a = ask.parse_args()
    torch.manual_seed(1)
    rng = np.random.default_rng(1)
    data = np.load(a.stream)
    ids, rows = data["ids"], torch.from_numpy(data["features"]).long()
    weights = data["counts"][:VOCABULARY].astype(np.float64) ** 0.5
    ladder = np.cumsum(weights / weights.sum())
    encoder = Encoder(a.width)
    if a.go_on:
        encoder.load_state_dict(torch.load(a.go_on)["state"])
    output = nn.Embedding(VOCABULARY, a.width)
    bias = nn.Parameter(torch.zeros(VOCABULARY))
    nn.init.normal_(output.weight, std=0.05)
    parameters = [*encoder.parameters(), *output.parameters(), bias]
    tune = torch.optim.AdamW(parameters, lr=a.rate, betas=(0.9, 0.98), weight_decay=0.01)
    logq = torch.from_numpy(np.log(weights / weights.sum() * NEGATIVES)).float()
    began, total = time.time(), 0.0
    for step in range(a.steps):
        rate = a.rate * min(1.0, (step + 1) / 200) * 0.5 * (1 + math.cos(math.pi * step / a.steps))
        for group in tune.param_groups:
            group["lr"] = rate
        starts = rng.integers(0, len(ids) - LENGTH, BATCH)
        batch = torch.from_numpy(np.stack([ids[s : s + LENGTH] for s in starts])).long()
        hidden = (torch.rand(batch.shape) < 0.2) & (batch < VOCABULARY)
        x = encoder.embed(rows[batch])
        x = torch.where(hidden.unsqueeze(-1), encoder.mask, x)
        h = encoder(x)[hidden]
        want = batch[hidden]
        drawn = torch.from_numpy(np.unique(np.searchsorted(ladder, rng.random(NEGATIVES)))).clamp(max=VOCABULARY - 1)
        right = (h * output(want)).sum(-1) + bias[want] - logq[want]
        wrong = h @ output(drawn).T + bias[drawn] - logq[drawn]
        wrong = wrong.masked_fill(drawn.unsqueeze(0) == want.unsqueeze(1), -1e9)
        loss = functional.cross_entropy(torch.cat([right.unsqueeze(1), wrong], 1), torch.zeros(len(want), dtype=torch.long))
        tune.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, 1.0)
        tune.step()
        total += loss.item()
        if (step + 1) % 100 == 0:
            speed = (step + 1) * BATCH * LENGTH / (time.time() - began)
            print(f"{step + 1} loss {total / 100:.3f} {speed:.0f} tokens/s", flush=True)
            total = 0.0
            torch.save({"width": a.width, "state": encoder.state_dict()}, a.out)
    torch.save({"width": a.width, "state": encoder.state_dict()}, a.out)


if __name__ == "__main__":
    main()
