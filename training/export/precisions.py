"""Smaller copies of a graph beside it, under the names Hugging Face's tools give them."""

from pathlib import Path

import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer
from onnxruntime.transformers.float16 import convert_float_to_float16

PRECISIONS = ["fp32", "fp16", "q4", "q4f16", "int8"]
INT8_PRODUCTS = 4
"""ONNX Runtime's `accuracy_level` at which 4-bit weights meet 8-bit activations, its fastest on processors."""
Q4_BLOCK = 32
"""Weights that share one scale; the smallest block the format has, and the one Hugging Face's exports use."""


def write_precision(graph: Path, precision: str) -> None:
    """From `x.onnx` makes `x_fp16.onnx`, `x_q4.onnx`, `x_q4f16.onnx` or `x_int8.onnx`."""
    target = graph.with_name(f"{graph.stem}_{precision}.onnx")
    large = graph.with_name(f"{graph.name}_data").exists()
    if precision == "fp16":
        # Inputs and outputs stay float32, except the cache, which is read by nobody but the graph.
        kept = [name for name in _names(graph) if not name.startswith(("past_key_values.", "present."))]
        _save(_halved(onnx.load(str(graph)), kept, large), target, large)
    elif precision == "q4":
        _save(_four_bits(graph), target, large)
    elif precision == "q4f16":
        # Halves throughout, inputs and outputs too, as the first exports on the hub have them.
        _save(_halved(_four_bits(graph), False, large), target, large)
    elif precision == "int8":
        types = ["MatMul", "Gemm", "Gather"]
        quantize_dynamic(
            str(graph), str(target), per_channel=True, weight_type=QuantType.QInt8, op_types_to_quantize=types, use_external_data_format=large
        )
    else:
        raise ValueError(f"{precision} is none of {', '.join(PRECISIONS)}")


def _four_bits(graph: Path) -> onnx.ModelProto:
    quantizer = MatMulNBitsQuantizer(onnx.load(str(graph)), block_size=Q4_BLOCK, is_symmetric=True, accuracy_level=INT8_PRODUCTS)
    quantizer.process()
    return quantizer.model.model


def _halved(model: onnx.ModelProto, kept: list[str] | bool, large: bool) -> onnx.ModelProto:
    # Inferring shapes goes through a message of at most 2 GB.
    return convert_float_to_float16(model, keep_io_types=kept, disable_shape_infer=large)


def _names(graph: Path) -> list[str]:
    model = onnx.load(str(graph), load_external_data=False)
    return [value.name for value in [*model.graph.input, *model.graph.output]]


def _save(model: onnx.ModelProto, target: Path, large: bool) -> None:
    onnx.save_model(model, str(target), save_as_external_data=large, location=f"{target.name}_data")
