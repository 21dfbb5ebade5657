"""Writes the trained parts as a model directory in Hugging Face's layout, with golden files for the runtime's tests."""

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import nn

from decoder import DecoderConfig
from encode_scenes import load_encoder
from graphs import DecoderGraph, VisionGraph
from text_data import LONGEST
from tokenizer import SPECIAL
from train_decoder import Answerer

OPSET = 18
# What runs before the model has learnt nothing of other headings, so the template only joins what it is given.
CHAT_TEMPLATE = (
    "{%- for message in messages -%}{%- for part in message.content -%}"
    "{%- if part.type == 'image' -%}<image>{%- else -%}{{ part.text }}{%- endif -%}"
    "{%- endfor -%}{%- endfor -%}"
)


def export_graph(module: nn.Module, inputs: tuple, path: Path, names: list[str], outputs: list[str], dynamic: dict) -> None:
    with torch.no_grad():
        torch.onnx.export(module.eval(), inputs, str(path), input_names=names, output_names=outputs, dynamic_axes=dynamic, opset_version=OPSET, dynamo=False)
    onnx.checker.check_model(str(path))


def export_vision(encoder, hidden_size: int, path: Path) -> None:
    size = encoder.config.image_size
    outputs = ["image_embeds", "patch_embeds", "image_features"]
    dynamic = {name: {0: "batch"} for name in ["pixel_values", *outputs]}
    export_graph(VisionGraph(encoder, hidden_size), (torch.randn(2, 3, size, size),), path, ["pixel_values"], outputs, dynamic)


def export_text(encoder, path: Path) -> None:
    ids = torch.ones(2, 7, dtype=torch.long)
    dynamic = {name: {0: "batch", 1: "tokens"} for name in ["input_ids", "attention_mask"]} | {"text_embeds": {0: "batch"}}
    export_graph(encoder.text, (ids, torch.ones_like(ids)), path, ["input_ids", "attention_mask"], ["text_embeds"], dynamic)


def export_embed(model: Answerer, path: Path) -> None:
    dynamic = {name: {0: "batch", 1: "tokens"} for name in ["input_ids", "inputs_embeds"]}
    export_graph(model.embed, (torch.ones(1, 5, dtype=torch.long),), path, ["input_ids"], ["inputs_embeds"], dynamic)


def cache_shapes(config: DecoderConfig) -> list[tuple[int, int]]:
    """(heads, size) of each cache tensor, keys and values in turn; the last pair is the copy head's."""
    return [(config.num_attention_heads, config.head_dim)] * (2 * config.num_hidden_layers) + [(1, config.hidden_size), (1, 4)]


def export_decoder(model: Answerer, path: Path) -> None:
    config = model.decoder.config
    tokens, past = 6, 3
    cache = [torch.zeros(1, heads, past, size) for heads, size in cache_shapes(config)]
    pairs = [(layer, kind) for layer in range(config.num_hidden_layers + 1) for kind in ("key", "value")]
    before, after = [f"past_key_values.{layer}.{kind}" for layer, kind in pairs], [f"present.{layer}.{kind}" for layer, kind in pairs]
    dynamic = {"inputs_embeds": {0: "batch", 1: "tokens"}, "attention_mask": {0: "batch", 1: "all_tokens"}, "logits": {0: "batch"}}
    dynamic |= {name: {0: "batch", 2: "past_tokens"} for name in before} | {name: {0: "batch", 2: "all_tokens"} for name in after}
    inputs = (torch.randn(1, tokens, config.hidden_size), torch.ones(1, tokens + past, dtype=torch.long), *cache)
    export_graph(DecoderGraph(model.decoder), inputs, path, ["inputs_embeds", "attention_mask", *before], ["logits", *after], dynamic)


def write_configs(folder: Path, encoder, config: DecoderConfig, tokenizer: Tokenizer, recipe: dict) -> None:
    size, patch = encoder.config.image_size, encoder.config.patch_size
    write = lambda name, content: (folder / name).write_text(json.dumps(content, indent=2) + "\n")  # noqa: E731
    write("config.json", {
        "model_type": "rora_starter", "architectures": ["RoraStarter"], "image_token_index": tokenizer.token_to_id("<image>"),
        "eos_token_id": tokenizer.token_to_id("</s>"), "pad_token_id": 0, "vocab_size": config.vocab_size, "hidden_size": config.hidden_size,
        "num_hidden_layers": config.num_hidden_layers, "num_attention_heads": config.num_attention_heads, "max_position_embeddings": 2048,
        "projection_dim": encoder.config.projection_dim,
        "vision_config": {"image_size": size, "patch_size": patch, "hidden_size": encoder.config.hidden_size, "num_hidden_layers": encoder.config.layers},
        "text_config": {"max_position_embeddings": LONGEST, "hidden_size": encoder.config.text_hidden_size, "num_hidden_layers": encoder.config.text_layers},
        "relevance": {"scale": float(encoder.relevance_scale), "offset": float(encoder.relevance_offset)}, "training": recipe,
    })
    write("preprocessor_config.json", {
        "do_resize": True, "size": {"height": size, "width": size}, "resample": 2, "do_rescale": True, "rescale_factor": 1 / 255,
        "do_normalize": True, "image_mean": [0.5] * 3, "image_std": [0.5] * 3, "do_center_crop": False, "do_convert_rgb": True,
    })
    write("generation_config.json", {"eos_token_id": tokenizer.token_to_id("</s>"), "pad_token_id": 0, "do_sample": False, "max_new_tokens": 64})
    write("tokenizer_config.json", {
        "tokenizer_class": "PreTrainedTokenizerFast", "eos_token": "</s>", "pad_token": "<pad>", "image_token": "<image>",
        "additional_special_tokens": SPECIAL[2:], "chat_template": CHAT_TEMPLATE, "clean_up_tokenization_spaces": False,
    })


def quantise(path: Path) -> None:
    """int8 weights, one scale a column, activations measured as they come: beside `x.onnx` stands `x_int8.onnx`."""
    quantize_dynamic(str(path), str(path.with_name(path.stem + "_int8.onnx")), per_channel=True, weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul", "Gemm"])


def store_half(path: Path) -> None:
    """Keeps large weights as float16 with a Cast behind each, which the runtime folds away when it loads: half the file, float32 speed."""
    model = onnx.load(str(path))
    casts = []
    for tensor in model.graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.size < 1024:
            continue
        name = tensor.name
        tensor.CopyFrom(numpy_helper.from_array(values.astype(np.float16), f"{name}_half"))
        casts.append(helper.make_node("Cast", [f"{name}_half"], [name], to=TensorProto.FLOAT))
    nodes = [*casts, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def load_answerer(workspace: Path, name: str = "decoder.pt") -> tuple[Answerer, dict]:
    tokenizer = Tokenizer.from_file(str(workspace / "tokenizer.json"))
    saved = torch.load(workspace / name, weights_only=True)
    model = Answerer(DecoderConfig(**saved["config"]), tokenizer)
    model.load_state_dict(saved["model"])
    return model.eval(), saved


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workspace", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--untrained-decoder", action="store_true", help="for trying the layout before the decoder is trained")
    parser.add_argument("--int8", default="", help="which graphs get int8 weights instead, separated by commas: decoder_model_merged,…")
    arguments = parser.parse_args()
    torch.manual_seed(0)
    tokenizer = Tokenizer.from_file(str(arguments.workspace / "tokenizer.json"))
    encoder = load_encoder(arguments.workspace).float().to(memory_format=torch.contiguous_format)
    if arguments.untrained_decoder:
        model, recipe = Answerer(DecoderConfig(), tokenizer).eval(), {"decoder": "untrained"}
    else:
        model, saved = load_answerer(arguments.workspace)
        recipe = {"noise": saved["noise"], "decoder_steps": saved["state"]["step"]}
    graphs = arguments.out / "onnx"
    shutil.rmtree(graphs, ignore_errors=True)
    graphs.mkdir(parents=True)
    shutil.copy(arguments.workspace / "tokenizer.json", arguments.out / "tokenizer.json")
    export_vision(encoder, model.decoder.config.hidden_size, graphs / "vision_encoder.onnx")
    export_text(encoder, graphs / "text_model.onnx")
    export_embed(model, graphs / "embed_tokens.onnx")
    export_decoder(model, graphs / "decoder_model_merged.onnx")
    write_configs(arguments.out, encoder, model.decoder.config, tokenizer, recipe)
    small = [name for name in arguments.int8.split(",") if name]
    for path in sorted(graphs.glob("*.onnx")):
        if path.stem in small:
            quantise(path)
            path.unlink()
        elif path.stem != "embed_tokens":  # its marks hold token ids, which float16 rounds beyond 2048
            store_half(path)
    print({path.name: f"{path.stat().st_size / 1e6:.2f} MB" for path in sorted(graphs.iterdir())})


if __name__ == "__main__":
    main()
