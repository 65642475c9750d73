"""The network on numpy: long texts in stretches give what they give whole, and the store of forms stays bounded."""

from __future__ import annotations

import numpy as np
import pytest

from takhrij.attribution import network as module
from takhrij.attribution.network import network
from takhrij.attribution.view import view

SENTENCE = "وقالت هيئة المياه إن الخزان امتلأ بعد أمطار الأسبوع الماضي. "


def test_stretches_give_what_the_whole_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    v = view("عنوان\n" + SENTENCE * 30)
    whole, _ = network().encode(v)
    monkeypatch.setattr(module, "_STRETCH", 50)
    parts, _ = network().encode(v)
    assert np.allclose(whole, parts, atol=1e-4)


def test_chances_add_up_to_one() -> None:
    net = network()
    states, flags = net.encode(view(SENTENCE))
    chances = net.cues(states, flags)
    assert np.allclose(chances.sum(1), 1, atol=1e-4)
    assert chances[0, 0] < 0.5  # وقالت


def test_the_store_of_forms_starts_over_when_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_KEPT", 10)
    net = network()
    before, _ = net.encode(view(SENTENCE))
    net.encode(view(" ".join(f"كلمة{i}" for i in range(40))))
    after, _ = net.encode(view(SENTENCE))
    assert np.allclose(before, after)
