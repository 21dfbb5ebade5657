"""Writes a vision-language model of Hugging Face as ONNX graphs in the layout Rora and transformers.js read.

LLaVA (LLaVA-1.5, LLaVA-Interleave), LLaVA-OneVision at its base resolution, Idefics3 and SmolVLM:
  python training/export/export_vlm.py --checkpoint llava-hf/llava-interleave-qwen-0.5b-hf --out models/interleave --precisions fp32,q4
With --clip, the vision tower becomes part of an encoder's folder, where it also gives what retrieval and relevance need, one pass
for all three; the model's folder then has none of its own, and MODEL_DIR=models/llava ENCODER_DIR=models/clip go together:
  … --checkpoint llava-hf/llava-1.5-7b-hf --out models/llava --clip openai/clip-vit-large-patch14-336 --encoder-out models/clip
Every graph is run and compared with PyTorch before it counts as written. Needs training/requirements-export.txt, and memory for the
checkpoint in float32, twice.
"""

import argparse
import shutil
from pathlib import Path

import onnx
import onnxruntime
import torch
from huggingface_hub import snapshot_download
from torch import nn
from transformers import AutoModelForImageTextToText, CLIPModel

from clip_graphs import SURGERY_LAYERS, DenseVision
from precisions import PRECISIONS, write_precision
from vlm_graphs import DecoderGraph, EmbedGraph, Idefics3VisionGraph, LlavaVisionGraph, OneTowerGraph

OPSET = 18
TOLERANCE = 1e-3
"""Largest difference to PyTorch, by the largest number of an output (or 1): float32 in another order."""
LLAVA = {"llava", "llava_onevision"}
IDEFICS = {"idefics3", "smolvlm"}
CONFIGURATION = ["*.json", "*.jinja"]


def export_vlm(checkpoint: Path, out: Path, precisions: list[str], clip: Path | None = None, encoder_out: Path | None = None) -> None:
    """`checkpoint` is a folder that `save_pretrained` wrote; its configuration and tokenizer files are copied as they are.

    With `clip`, a folder likewise, the vision encoder goes to `encoder_out`. SystemExit when something does not fit together.
    """
    # The eager attention is plain matrix products, which every runtime has.
    model = AutoModelForImageTextToText.from_pretrained(checkpoint, dtype=torch.float32, attn_implementation="eager").eval()
    graphs = out / "onnx"
    shutil.rmtree(graphs, ignore_errors=True)
    graphs.mkdir(parents=True)
    for pattern in CONFIGURATION:
        for file in checkpoint.glob(pattern):
            if not file.name.endswith(".index.json"):
                shutil.copy(file, out / file.name)
    export_embed(model, graphs / "embed_tokens.onnx")
    export_decoder(model, graphs / "decoder_model_merged.onnx")
    if model.config.model_type in IDEFICS:
        export_tiles(model, graphs / "vision_encoder.onnx")
    elif model.config.model_type in LLAVA:
        if clip is None:
            export_grid(model, graphs / "vision_encoder.onnx")
        else:
            (encoder_out / "onnx").mkdir(parents=True, exist_ok=True)
            export_one_tower(model, clip, encoder_out / "onnx" / "vision_encoder.onnx")
    else:
        raise SystemExit(f"{model.config.model_type} is none of {', '.join(sorted(LLAVA | IDEFICS))}")
    written = sorted(graphs.glob("*.onnx"))
    for graph in written:
        for precision in precisions:
            if precision != "fp32":
                write_precision(graph, precision)
    if "fp32" not in precisions:
        for graph in written:
            graph.unlink()
            graph.with_name(f"{graph.name}_data").unlink(missing_ok=True)


def export_embed(model: nn.Module, path: Path) -> None:
    names = {"input_ids": {0: "batch", 1: "tokens"}, "inputs_embeds": {0: "batch", 1: "tokens"}}
    export_graph(EmbedGraph(model), (torch.ones(1, 5, dtype=torch.long),), path, ["input_ids"], ["inputs_embeds"], names)


def export_decoder(model: nn.Module, path: Path) -> None:
    config = model.config.get_text_config()
    text_model = getattr(model.model, "language_model", None) or model.model.text_model
    heads = config.num_key_value_heads
    size = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
    tokens, past = 6, 3
    pairs = [(layer, kind) for layer in range(config.num_hidden_layers) for kind in ("key", "value")]
    before = [f"past_key_values.{layer}.{kind}" for layer, kind in pairs]
    after = [f"present.{layer}.{kind}" for layer, kind in pairs]
    dynamic = {
        "inputs_embeds": {0: "batch", 1: "tokens"},
        "attention_mask": {0: "batch", 1: "all_tokens"},
        "position_ids": {0: "batch", 1: "tokens"},
        "logits": {0: "batch"},
    }
    dynamic |= {name: {0: "batch", 2: "past_tokens"} for name in before} | {name: {0: "batch", 2: "all_tokens"} for name in after}
    inputs = (
        torch.randn(1, tokens, config.hidden_size),
        torch.ones(1, tokens + past, dtype=torch.long),
        torch.arange(past, past + tokens)[None],
        *(torch.zeros(1, heads, past, size) for _ in before),
    )
    graph = DecoderGraph(text_model, model.lm_head, config)
    export_graph(graph, inputs, path, ["inputs_embeds", "attention_mask", "position_ids", *before], ["logits", *after], dynamic)


def export_grid(model: nn.Module, path: Path) -> None:
    size = model.config.vision_config.image_size
    dynamic = {name: {0: "batch"} for name in ["pixel_values", "image_features"]}
    export_graph(LlavaVisionGraph(model.model), (torch.randn(2, 3, size, size),), path, ["pixel_values"], ["image_features"], dynamic)


def export_one_tower(model: nn.Module, clip: Path, path: Path) -> None:
    size = model.config.vision_config.image_size
    theirs = CLIPModel.from_pretrained(clip, dtype=torch.float32, attn_implementation="eager").eval()
    tower = in_clip(model.model.vision_tower, theirs)
    graph = OneTowerGraph(model.model, DenseVision(tower, min(SURGERY_LAYERS, tower.config.vision_config.num_hidden_layers)))
    outputs = ["image_embeds", "patch_embeds", "image_features"]
    dynamic = {name: {0: "batch"} for name in ["pixel_values", *outputs]}
    export_graph(graph, (torch.randn(2, 3, size, size),), path, ["pixel_values"], outputs, dynamic)


def export_tiles(model: nn.Module, path: Path) -> None:
    size = model.config.vision_config.image_size
    inputs = (torch.randn(2, 3, 3, size, size), torch.ones(2, 3, size, size, dtype=torch.bool))
    tiles = {0: "batch", 1: "tiles"}
    names = ["pixel_values", "pixel_attention_mask"]
    dynamic = {name: tiles for name in names} | {"image_features": {0: "all_tiles"}}
    export_graph(Idefics3VisionGraph(model.model), inputs, path, names, ["image_features"], dynamic)


def in_clip(tower: nn.Module, clip: CLIPModel) -> CLIPModel:
    """`clip` with the model's own tower. Vectors of another would mean nothing in CLIP's space, so the weights must be CLIP's, rounded at most."""
    ours, theirs = tower.state_dict(), clip.vision_model.state_dict()
    plain = {name.removeprefix("vision_model."): value for name, value in ours.items()}
    if any(name not in plain or not torch.allclose(plain[name], value, atol=1e-3) for name, value in theirs.items()):
        raise SystemExit("The model's vision tower is not this CLIP; leave --clip out, or name the one it was built on.")
    clip.vision_model.load_state_dict({name: plain[name] for name in theirs})
    return clip


def export_graph(module: nn.Module, inputs: tuple, path: Path, names: list[str], outputs: list[str], dynamic: dict) -> None:
    with torch.no_grad():
        torch.onnx.export(module.eval(), inputs, str(path), input_names=names, output_names=outputs, dynamic_axes=dynamic, opset_version=OPSET, dynamo=False)
    gather_weights(path)
    onnx.checker.check_model(str(path))
    compare(module, inputs, path, names)


@torch.no_grad()
def compare(module: nn.Module, inputs: tuple, path: Path, names: list[str]) -> None:
    """Tracing bakes in what it takes for constants, so a graph that was written need not compute what it should."""
    expected = module(*inputs)
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    computed = session.run(None, {name: value.numpy() for name, value in zip(names, inputs)})
    for output, theirs, ours in zip(session.get_outputs(), expected if isinstance(expected, tuple) else (expected,), computed):
        scale = max(1.0, float(theirs.abs().max()))
        difference = float((theirs - torch.from_numpy(ours)).abs().max())
        if difference > TOLERANCE * scale:
            raise SystemExit(f"{output.name} of {path.name} differs from PyTorch by {difference:.2g}: do not use it.")


def gather_weights(path: Path) -> None:
    """The exporter scatters the weights of a large graph over many files; Hugging Face's layout wants `x.onnx_data`."""
    scattered = {
        entry.value
        for tensor in onnx.load(str(path), load_external_data=False).graph.initializer
        for entry in tensor.external_data
        if entry.key == "location"
    }
    if not scattered:
        return
    model = onnx.load(str(path))
    for name in scattered:
        (path.parent / name).unlink()
    onnx.save_model(model, str(path), save_as_external_data=True, location=f"{path.name}_data")


def local_folder(name: str) -> Path:
    return Path(name) if Path(name).is_dir() else Path(snapshot_download(name))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", required=True, help="a folder, or a repository of the hub")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--precisions", default="fp32", help=f"separated by commas: {', '.join(PRECISIONS)}")
    parser.add_argument("--clip", help="the CLIP whose vision tower a LLaVA sees through: a folder, or a repository of the hub")
    parser.add_argument("--encoder-out", type=Path, help="the encoder's folder, which export_clip.py has written for the same CLIP")
    arguments = parser.parse_args()
    if (arguments.clip is None) != (arguments.encoder_out is None):
        parser.error("--clip and --encoder-out go together")
    clip = None if arguments.clip is None else local_folder(arguments.clip)
    export_vlm(local_folder(arguments.checkpoint), arguments.out, arguments.precisions.split(","), clip, arguments.encoder_out)
    print({path.name: f"{path.stat().st_size / 1e6:.2f} MB" for path in sorted((arguments.out / "onnx").iterdir())})


if __name__ == "__main__":
    main()
