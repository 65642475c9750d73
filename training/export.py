"""Write a trained reader in the form that ships: tables in 8 bits with a scale per row, the rest in half precision.

python -m training.export READER.pt OUT.npz
"""

from __future__ import annotations

import sys

import numpy as np
import torch

from training.network import SPAN_REACHES


def main() -> None:
    source, out = sys.argv[1:3]
    state = {k: v.numpy() for k, v in torch.load(source)["state"].items()}
    packed: dict[str, np.ndarray] = {"reaches": np.array([1, 2, 4, 8, 16]), "span_reaches": np.array(SPAN_REACHES)}
    for name in ("word", "stem", "affix"):
        table = state.pop(f"encoder.{name}.weight")
        scale = np.abs(table).max(1, keepdims=True) / 127 + 1e-12
        packed[f"{name}.q"] = np.round(table / scale).astype(np.int8)
        packed[f"{name}.s"] = scale.astype(np.float16)
    state.pop("encoder.mask")
    packed.update({k: v.astype(np.float16) for k, v in state.items()})
    np.savez(out, **packed)


if __name__ == "__main__":
    main()
