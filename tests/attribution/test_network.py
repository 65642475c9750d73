"""The network: long texts in stretches give what they give whole, and the store of forms stays bounded."""

from __future__ import annotations

import numpy as np
import pytest

from takhrij.attribution import network as module
from takhrij.attribution.network import network
from takhrij.attribution.view import view

SENTENCE = "وقالت هيئة المياه إن الخزان امتلأ بعد أمطار الأسبوع الماضي. "


def test_stretches_give_what_the_whole_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    v = view("عنوان\n" + SENTENCE * 30)
    (whole,) = network().encode(v)
    monkeypatch.setattr(module, "_STRETCH", 50)
    parts = list(network().encode(v))
    assert [part.start for part in parts[1:]] == [part.end for part in parts[:-1]]
    states = np.concatenate([p.states[p.start - p.first : p.end - p.first] for p in parts])
    chances = np.concatenate([p.chances[p.start - p.first : p.end - p.first] for p in parts])
    assert np.abs(whole.states - states).mean() < 0.02  # the 8-bit products of each stretch have a scale of their own
    assert np.allclose(whole.chances, chances, atol=0.1)


def test_chances_add_up_to_one() -> None:
    (found,) = network().encode(view(SENTENCE))
    assert np.allclose(found.chances.sum(1), 1, atol=1e-4)
    assert found.chances[0, 0] < 0.5  # وقالت


def test_the_store_of_forms_starts_over_when_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_KEPT", 10)
    net = network()
    before = next(net.encode(view(SENTENCE))).states
    next(net.encode(view(" ".join(f"كلمة{i}" for i in range(40)))))
    after = next(net.encode(view(SENTENCE))).states
    assert np.allclose(before, after)
