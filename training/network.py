"""The small network in torch, as it is trained. :mod:`takhrij.attribution.network` runs the same one on numpy."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from takhrij.attribution.features import AFFIX_ROWS, STEM_ROWS, WORD_ROWS
from takhrij.attribution.lexicon import ACTS

#: How far each block of the encoder and of the span head reaches, and their widths.
REACHES, SPAN_REACHES = (1, 2, 4, 8, 16), (1, 2, 4, 8)
WIDTH, SPAN_WIDTH = 96, 96


class Norm(nn.Module):
    """Root-mean-square norm with a gain."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.gain = nn.Parameter(torch.ones(width))

    def forward(self, x: Tensor) -> Tensor:
        return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + 1e-6) * self.gain


class Block(nn.Module):
    """A residual gated convolution over the token, one ``reach`` before it and one after it."""

    def __init__(self, width: int, reach: int) -> None:
        super().__init__()
        self.reach = reach
        self.norm = Norm(width)
        self.mix = nn.Linear(3 * width, 2 * width)

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:  # x: (batch, length, width), mask: (batch, length, 1)
        y = self.norm(x) if mask is None else self.norm(x) * mask
        pad = functional.pad(y, (0, 0, self.reach, self.reach))
        length = x.shape[1]
        around = torch.cat([pad[:, :length], y, pad[:, 2 * self.reach : 2 * self.reach + length]], dim=-1)
        value, gate = self.mix(around).chunk(2, dim=-1)
        return x + value * torch.sigmoid(gate)


class Encoder(nn.Module):
    """Hashed pieces of each form -> a vector per token that knows some thirty tokens on either side."""

    def __init__(self, width: int = WIDTH, reaches: tuple[int, ...] = REACHES) -> None:
        super().__init__()
        self.width, self.reaches = width, reaches
        self.word = nn.Embedding(WORD_ROWS, width)
        self.stem = nn.Embedding(STEM_ROWS, width)
        self.affix = nn.Embedding(AFFIX_ROWS, width)
        for table in (self.word, self.stem, self.affix):
            nn.init.normal_(table.weight, std=0.3)
        self.mask = nn.Parameter(torch.zeros(width))
        self.blocks = nn.ModuleList(Block(width, r) for r in reaches)
        self.last = Norm(width)

    def embed(self, pieces: Tensor) -> Tensor:
        """``pieces`` (..., 6) as :func:`takhrij.attribution.features.pieces` gives them."""
        return (
            self.word(pieces[..., 0])
            + self.word(pieces[..., 1])
            + self.stem(pieces[..., 2])
            + self.affix(pieces[..., 3:6]).sum(-2)
        )

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        for block in self.blocks:
            x = block(x, mask)
        return self.last(x)


class Reader(nn.Module):
    """The encoder with two heads: which token is a cue and of which act; for a cue, the first and last token of each role."""

    def __init__(self, encoder: Encoder, flags: int, places: int, relations: int, roles: int = 5) -> None:
        super().__init__()
        self.encoder = encoder
        size, width = encoder.width, SPAN_WIDTH
        self.flags = nn.Linear(flags, size, bias=False)
        self.place = nn.Embedding(places, size)
        nn.init.normal_(self.place.weight, std=0.02)
        nn.init.normal_(self.flags.weight, std=0.05)
        self.drop = nn.Dropout(0.2)
        self.cue_hidden = nn.Linear(size + flags, size)
        self.cue = nn.Linear(size, 1 + len(ACTS))
        self.token = nn.Linear(size, width)
        self.of_cue = nn.Linear(size + flags, width)
        self.relation = nn.Embedding(relations, width)
        nn.init.normal_(self.relation.weight, std=0.1)
        self.blocks = nn.ModuleList(Block(width, reach) for reach in SPAN_REACHES)
        self.last = Norm(width)
        self.edges = nn.Linear(width, 3 * roles)  # per role: first, last, inside
        self.none = nn.Linear(width, roles)

    def encode(self, pieces: Tensor, flags: Tensor, place: Tensor, mask: Tensor) -> Tensor:
        x = self.encoder.embed(pieces)
        if self.training:
            kept = (torch.rand(x.shape[:2]) > 0.08).unsqueeze(-1)
            x = torch.where(kept, x, self.encoder.mask)
        x = x + self.flags(flags) + self.place(place)
        return self.drop(self.encoder(self.drop(x), mask))

    def cues(self, h: Tensor, flags: Tensor) -> Tensor:
        """Per token the scores of being no cue and a cue of each act."""
        return self.cue(self.drop(torch.relu(self.cue_hidden(torch.cat([h, flags], -1)))))

    def spans(self, h: Tensor, cue: Tensor, cue_flags: Tensor, relations: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """``h`` (n, w, size) the windows, ``cue`` (n, size); the edges (n, w, roles, 3) and the none scores (n, roles)."""
        head = self.of_cue(torch.cat([cue, cue_flags], -1))
        z = torch.relu(self.token(h) + head.unsqueeze(1) + self.relation(relations).sum(-2))
        z = self.drop(z)
        for block in self.blocks:
            z = block(z, mask.unsqueeze(-1))
        z = self.last(z)
        return self.edges(z).unflatten(-1, (-1, 3)), self.none(torch.relu(head))
