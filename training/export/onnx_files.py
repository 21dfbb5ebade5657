"""Writing graphs, and proving that a written graph computes what its module does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

TOLERANCE = 1e-4
"""Largest difference of an L2-normalised number, exported against PyTorch."""
HALF_TOLERANCE = 1e-2
INLINE_BYTES = 1_500_000_000
"""An ONNX file may have 2 GB; larger weights go into a file beside it, `NAME.onnx.data`."""


def write_graph(module: nn.Module, example: Tensor, path: Path, inputs: dict[str, dict[int, str]], outputs: Sequence[str]) -> None:
    """Exports `module` of one input; `inputs` names it and its free dimensions."""
    ((name, free),) = inputs.items()
    path.parent.mkdir(parents=True, exist_ok=True)
    bytes_of_weights = sum(parameter.numel() * parameter.element_size() for parameter in module.parameters())
    torch.onnx.export(
        module.eval(), (example,), str(path), input_names=[name], output_names=list(outputs), opset_version=18, dynamo=True, verbose=False,
        dynamic_shapes=({axis: torch.export.Dim.DYNAMIC for axis in free},), external_data=bytes_of_weights > INLINE_BYTES,
    )
    name_dimensions(path, {name: free, **{output: {0: "batch"} for output in outputs}})
    onnx.checker.check_model(str(path))


def name_dimensions(path: Path, free: dict[str, dict[int, str]]) -> None:
    """Plain names for free dimensions in place of the exporter's, and no notes on where each node comes from."""
    model = onnx.load(str(path), load_external_data=False)
    for value in [*model.graph.input, *model.graph.output]:
        for axis, name in free.get(value.name, {}).items():
            value.type.tensor_type.shape.dim[axis].dim_param = name
    for node in model.graph.node:
        del node.metadata_props[:]
        node.doc_string = ""
    del model.graph.value_info[:]
    onnx.save(model, str(path))


def store_half(path: Path) -> None:
    """Keeps large weights as float16 with a Cast behind each, which the runtime folds away when it loads: half the file, float32 speed."""
    model = onnx.load(str(path))
    casts = []
    for tensor in model.graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype != numpy.float32 or values.size < 1024:
            continue
        name = tensor.name
        tensor.CopyFrom(numpy_helper.from_array(values.astype(numpy.float16), f"{name}_half"))
        casts.append(helper.make_node("Cast", [f"{name}_half"], [name], to=TensorProto.FLOAT))
    nodes = [*casts, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.save(model, str(path))


@torch.no_grad()
def largest_difference(module: nn.Module, example: Tensor, path: Path) -> float:
    """Between what the written graph and the module make of `example`, over all outputs."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    exported = session.run(None, {session.get_inputs()[0].name: example.numpy()})
    expected = module.eval()(example)
    return max(float(numpy.abs(ours - theirs.numpy()).max()) for ours, theirs in zip(exported, expected, strict=True))
