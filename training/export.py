"""Write a trained reader in the form that ships: tables in 8 bits with a scale per row, the layers as two onnxruntime graphs.

    python -m training.export READER.pt OUT.npz [--float]

Needs ``pip install onnx``. The matrices are kept in 8 bits and multiplied as integers (``--float`` keeps them as they are).
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from takhrij.attribution.windows import CUES, DISTANCES, QUOTES, SENTENCES
from training.network import REACHES, SPAN_REACHES

State = dict[str, np.ndarray]


class Graph:
    """An onnx graph in the making: each method adds one operation and gives the name of its output."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, np.ndarray] = {}

    def constant(self, value: np.ndarray) -> str:
        name = f"c{len(self.constants)}"
        self.constants[name] = value
        return name

    def op(self, kind: str, *inputs: str, outputs: int = 1, **attributes: object) -> list[str]:
        names = [f"n{len(self.nodes)}_{k}" for k in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, **attributes))
        return names

    def one(self, kind: str, *inputs: str, **attributes: object) -> str:
        return self.op(kind, *inputs, **attributes)[0]

    def linear(self, x: str, name: str) -> str:
        """``x`` through a linear layer of the state, bias included."""
        product = self.one("MatMul", x, self.constant(np.ascontiguousarray(self.state[f"{name}.weight"].T)))
        return self.one("Add", product, self.constant(self.state[f"{name}.bias"]))

    def norm(self, x: str, name: str) -> str:
        return self.one("SimplifiedLayerNormalization", x, self.constant(self.state[f"{name}.gain"]), axis=-1, epsilon=1e-6)

    def block(self, x: str, name: str, reach: int, mask: str | None = None) -> str:
        """The layer of :class:`training.network.Block`; ``x`` is (rows, width)."""
        width = len(self.state[f"{name}.norm.gain"])
        y = self.norm(x, f"{name}.norm")
        if mask:
            y = self.one("Mul", y, mask)
        down, up = (self.constant(np.array([s * reach, 0, -s * reach, 0], dtype=np.int64)) for s in (1, -1))
        around = self.one("Concat", self.one("Pad", y, down), y, self.one("Pad", y, up), axis=1)
        halves = self.constant(np.array([width, width], dtype=np.int64))
        value, gate = self.op("Split", self.linear(around, f"{name}.mix"), halves, outputs=2, axis=1)
        return self.one("Add", x, self.one("Mul", value, self.one("Sigmoid", gate)))

    def model(self, inputs: dict[str, tuple[int, list[str | int]]], outputs: dict[str, str]) -> onnx.ModelProto:
        """The finished graph; ``inputs`` by name with type and shape, ``outputs`` from name to the operation's output."""
        nodes = [*self.nodes, *(helper.make_node("Identity", [found], [name]) for name, found in outputs.items())]
        graph = helper.make_graph(
            nodes,
            "reader",
            [helper.make_tensor_value_info(n, kind, shape) for n, (kind, shape) in inputs.items()],
            [helper.make_tensor_value_info(n, TensorProto.FLOAT, None) for n in outputs],
            [numpy_helper.from_array(value, name) for name, value in self.constants.items()],
        )
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def encoder_graph(state: State) -> onnx.ModelProto:
    """Token vectors and flags to states, what tokens bring into windows, and the chances of being a cue."""
    g = Graph(state)
    x = "vectors"
    for i, reach in enumerate(REACHES):
        x = g.block(x, f"encoder.blocks.{i}", reach)
    states = g.norm(x, "encoder.last")
    hidden = g.one("Relu", g.linear(g.one("Concat", states, "flags", axis=1), "cue_hidden"))
    chances = g.one("Softmax", g.linear(hidden, "cue"), axis=1)
    outputs = {"states": states, "brought": g.linear(states, "token"), "chances": chances}
    kinds = {"vectors": _floats(len(state["encoder.last.gain"])), "flags": _floats(state["flags.weight"].shape[1])}
    return g.model(kinds, outputs)


def spans_graph(state: State) -> onnx.ModelProto:
    """The rows of windows to the scores of first, last and inside per role, and per window those of absence."""
    g = Graph(state)
    relation = state["relation.weight"]
    s, q = DISTANCES, DISTANCES + SENTENCES
    sums = relation[s:q, None, None] + relation[None, q : q + QUOTES, None] + relation[None, None, q + QUOTES :]
    head = g.linear("cue", "of_cue")
    none = g.linear(g.one("Relu", head), "none")
    z = g.one("Add", g.one("Gather", "brought", "token"), g.one("Gather", head, "owner"))
    z = g.one("Add", z, g.one("Gather", g.constant(np.ascontiguousarray(relation[:DISTANCES])), "distance"))
    z = g.one("Add", z, g.one("Gather", g.constant(sums.reshape(SENTENCES * QUOTES * CUES, -1)), "context"))
    z = g.one("Mul", g.one("Relu", z), "mask")
    for i, reach in enumerate(SPAN_REACHES):
        z = g.block(z, f"blocks.{i}", reach, "mask")
    edges = g.linear(g.norm(z, "last"), "edges")
    width = state["of_cue.weight"].shape[1]
    kinds = {"brought": _floats(relation.shape[1]), "cue": _floats(width), "mask": _floats(1)}
    rows = {name: (TensorProto.INT64, ["rows"]) for name in ("token", "owner", "distance", "context")}
    return g.model({**kinds, **rows}, {"edges": edges, "none": none})


def _floats(width: int) -> tuple[int, list[str | int]]:
    return TensorProto.FLOAT, [f"rows of {width}", width]


def packed(model: onnx.ModelProto, *, whole: bool) -> np.ndarray:
    """The bytes of a graph, its matrices in 8 bits unless ``whole``; 7 bits used, since older processors overflow on 8."""
    with tempfile.TemporaryDirectory() as folder:
        path, small = Path(folder) / "graph.onnx", Path(folder) / "small.onnx"
        onnx.save(model, path)
        if whole:
            return np.frombuffer(path.read_bytes(), dtype=np.uint8)
        more = {"DefaultTensorType": TensorProto.FLOAT}
        quantize_dynamic(path, small, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True, extra_options=more)
        return np.frombuffer(small.read_bytes(), dtype=np.uint8)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("reader")
    ask.add_argument("out")
    ask.add_argument("--float", action="store_true", help="keep the matrices in single precision")
    a = ask.parse_args()
    state = {k: v.numpy() for k, v in torch.load(a.reader)["state"].items()}
    ships: State = {"margin": np.array(sum(REACHES)), "gap": np.array(max(SPAN_REACHES))}
    for name in ("word", "stem", "affix"):
        table = state[f"encoder.{name}.weight"]
        scale = np.abs(table).max(1, keepdims=True) / 127 + 1e-12
        ships[f"{name}.q"] = np.round(table / scale).astype(np.int8)
        ships[f"{name}.s"] = scale.astype(np.float16)
    ships["flags"] = state["flags.weight"].T.astype(np.float16)
    ships["place"] = state["place.weight"].astype(np.float16)
    ships["encoder.onnx"] = packed(encoder_graph(state), whole=a.float)
    ships["spans.onnx"] = packed(spans_graph(state), whole=a.float)
    np.savez(a.out, **ships)


if __name__ == "__main__":
    main()
