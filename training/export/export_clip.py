"""Exports a CLIP checkpoint of Hugging Face (a local folder) as a model directory that Rora refines with.

    python training/export/export_clip.py CHECKPOINT OUT [--half] [--surgery-layers 6] [--texts FILE]

writes OUT/onnx/vision_encoder.onnx (image_embeds, patch_embeds), OUT/onnx/text_model.onnx (text_embeds, relevance_embeds) and the
checkpoint's config.json, preprocessor_config.json and tokenizer files as they stand. Then:  MODEL_DIR=OUT, with VLM_URL for the answers.
Needs training/requirements-export.txt.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import AutoTokenizer, CLIPModel

from clip_graphs import SURGERY_LAYERS, DenseVision, Text, shared_text
from onnx_files import HALF_TOLERANCE, TOLERANCE, largest_difference, store_half, write_graph

UNLIKE_TEXTS = Path(__file__).parent / "unlike_texts.txt"
SETTINGS = ["config.json", "preprocessor_config.json", "processor_config.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"]


def load_clip(checkpoint: Path) -> CLIPModel:
    """Float32, on the CPU, with attention that exports as plain products. SystemExit when the folder holds no CLIP."""
    try:
        model = CLIPModel.from_pretrained(checkpoint, local_files_only=True, attn_implementation="eager", dtype=torch.float32)
    except (OSError, ValueError, KeyError) as fault:
        sys.exit(f"{checkpoint} is no checkpoint of CLIP in Hugging Face's layout: {fault}")
    if model.config.model_type != "clip":
        sys.exit(f"{checkpoint} is a {model.config.model_type}; this exports clip only, whose patches share a space with its texts.")
    return model.eval()


def load_tokenizer(checkpoint: Path) -> Tokenizer:
    file = checkpoint / "tokenizer.json"
    return Tokenizer.from_file(str(file)) if file.exists() else AutoTokenizer.from_pretrained(checkpoint).backend_tokenizer


def token_rows(tokenizer: Tokenizer, texts: list[str], longest: int) -> list[list[int]]:
    """Ids of each text with what the tokenizer puts around it, cut to what the tower reads."""
    tokenizer.no_padding()
    tokenizer.enable_truncation(longest)
    return [encoding.ids for encoding in tokenizer.encode_batch(texts)]


def export(checkpoint: Path, out: Path, surgery_layers: int = SURGERY_LAYERS, texts: Path = UNLIKE_TEXTS, half: bool = False) -> dict[str, float]:
    """Returns the largest difference of each graph to PyTorch. SystemExit when one is not what it should be."""
    model, tokenizer = load_clip(checkpoint), load_tokenizer(checkpoint)
    config = model.config
    rows = token_rows(tokenizer, texts.read_text().split("\n"), config.text_config.max_position_embeddings)
    vision, text = DenseVision(model, surgery_layers), Text(model, shared_text(model, [row for row in rows if len(row) > 2]))
    size = config.vision_config.image_size
    pixels = torch.randn(2, 3, size, size, generator=torch.Generator().manual_seed(0))
    ids = torch.tensor([(row * 9)[: len(rows[0])] for row in rows[:2]])
    suffix = "_fp16" if half else ""
    differences = {}
    for module, example, name, inputs, outputs in [
        (vision, pixels, "vision_encoder", {"pixel_values": {0: "batch"}}, ["image_embeds", "patch_embeds"]),
        (text, ids, "text_model", {"input_ids": {0: "batch", 1: "tokens"}}, ["text_embeds", "relevance_embeds"]),
    ]:
        path = out / "onnx" / f"{name}{suffix}.onnx"
        write_graph(module, example, path, inputs, outputs)
        if half:
            store_half(path)
        # One of another batch and length than the graph was traced with.
        differences[path.name] = max(largest_difference(module, each, path) for each in (example, example[:1, :5] if example.dim() == 2 else example[:1]))
        if differences[path.name] > (HALF_TOLERANCE if half else TOLERANCE):
            sys.exit(f"{path.name} differs from PyTorch by {differences[path.name]:.2g}: do not use it.")
    for name in SETTINGS:
        if (checkpoint / name).exists():
            shutil.copy(checkpoint / name, out / name)
    if not (out / "tokenizer.json").exists():
        load_tokenizer(checkpoint).save(str(out / "tokenizer.json"))
    return differences


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--half", action="store_true", help="store weights as float16, in files with the suffix _fp16; computed in float32")
    parser.add_argument("--surgery-layers", type=int, default=SURGERY_LAYERS, help="last layers whose patches attend by value; 0: plain patches")
    parser.add_argument("--texts", type=Path, default=UNLIKE_TEXTS, help="what is shared by these texts, one a line, is subtracted")
    arguments = parser.parse_args()
    differences = export(arguments.checkpoint, arguments.out, arguments.surgery_layers, arguments.texts, arguments.half)
    for name, difference in differences.items():
        megabytes = (arguments.out / "onnx" / name).stat().st_size / 1e6
        print(f"{name}: {megabytes:.1f} MB, differs from PyTorch by {difference:.1g}")


if __name__ == "__main__":
    main()
