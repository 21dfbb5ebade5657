"""Do a CLIP's patches show where a text's thing is? Plain patches against CLIP Surgery's, on scenes with known masks.

    python training/export/measure_patches.py CHECKPOINT SCENES [--surgery-layers 6] [--texts FILE] [--count 400] [--out FIGURES.json]

SCENES/labels.jsonl has a line a scene: {"file": "00001.jpg", "regions": [{"mask": "00001-0.png", "texts": ["the flag of Chad", …]}]}, masks
grey, white where the thing is seen (training/critic/scenes.py --masks composes such). Each text of each region is one measurement:
AUC, the chance that a patch inside scores above one outside (0.5: knows nothing; below: inverted), and whether the best patch is
inside. A patch is inside when at least half of it is. The mean over scenes stands with its standard error.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy
import torch
from PIL import Image
from torch import Tensor
from transformers import CLIPImageProcessorPil

from clip_graphs import SURGERY_LAYERS, DenseVision, Text, shared_text
from export_clip import UNLIKE_TEXTS, load_clip, load_tokenizer, token_rows


@dataclass
class Region:
    scene: int
    pixels: Tensor
    """[1, 3, S, S]"""
    inside: numpy.ndarray
    """bool [P]"""
    texts: list[str]


def auc(scores: numpy.ndarray, inside: numpy.ndarray) -> float:
    """Chance that a score inside is above one outside; ties count half."""
    _, places, counts = numpy.unique(scores, return_inverse=True, return_counts=True)
    ranks = (counts.cumsum() - (counts - 1) / 2)[places]
    within = int(inside.sum())
    return float((ranks[inside].sum() - within * (within + 1) / 2) / (within * (len(scores) - within)))


def regions_of(folder: Path, checkpoint: Path, patch: int, count: int) -> Iterator[Region]:
    """Those of which patches are both inside and outside. A mask goes through the picture's own resizing and cropping."""
    processor = CLIPImageProcessorPil.from_pretrained(checkpoint)
    lines = (folder / "labels.jsonl").read_text().splitlines()
    for scene, line in enumerate(lines[:count]):
        label = json.loads(line)
        pixels = torch.tensor(numpy.asarray(processor(Image.open(folder / label["file"]).convert("RGB"), return_tensors="np")["pixel_values"]))
        for region in label["regions"]:
            mask = Image.open(folder / region["mask"]).convert("L").convert("RGB")
            shown = torch.tensor(numpy.asarray(processor(mask, do_normalize=False, return_tensors="np")["pixel_values"]))
            inside = torch.nn.functional.avg_pool2d(shown[:, :1], patch)[0, 0].flatten().numpy() >= 0.5
            if inside.any() and not inside.all():
                yield Region(scene, pixels, inside, region["texts"])


@torch.no_grad()
def measure(checkpoint: Path, folder: Path, surgery_layers: int, texts: Path, count: int) -> dict[str, dict[str, list]]:
    """Figures by variant: (scene, value) of every measurement."""
    model, tokenizer = load_clip(checkpoint), load_tokenizer(checkpoint)
    longest = model.config.text_config.max_position_embeddings
    rows = lambda words: token_rows(tokenizer, words, longest)
    reader = Text(model, shared_text(model, [row for row in rows(texts.read_text().split("\n")) if len(row) > 2])).eval()
    towers = {"plain": DenseVision(model, 0).eval(), "value attention": DenseVision(model, surgery_layers).eval()}
    figures: dict[str, dict[str, list]] = {}
    for region in regions_of(folder, checkpoint, model.config.vision_config.patch_size, count):
        patches = {name: tower(region.pixels)[1][0] for name, tower in towers.items()}
        for row in rows(region.texts):
            directions = dict(zip(["", ", less what texts share"], reader(torch.tensor([row]))))
            for name, seen in patches.items():
                for less, direction in directions.items():
                    scores = (seen @ direction[0]).numpy()
                    found = figures.setdefault(name + less, {"AUC": [], "best patch inside": []})
                    found["AUC"].append((region.scene, auc(scores, region.inside)))
                    found["best patch inside"].append((region.scene, float(region.inside[scores.argmax()])))
    return figures


def summary(measurements: list[tuple[int, float]]) -> dict[str, float]:
    """Mean over scenes, since measurements of one scene go together, and its standard error."""
    scenes: dict[int, list[float]] = {}
    for scene, value in measurements:
        scenes.setdefault(scene, []).append(value)
    means = numpy.array([numpy.mean(values) for values in scenes.values()])
    error = means.std(ddof=1) / len(means) ** 0.5 if len(means) > 1 else float("nan")
    return {"mean": float(means.mean()), "standard_error": float(error), "scenes": len(means)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("scenes", type=Path)
    parser.add_argument("--surgery-layers", type=int, default=SURGERY_LAYERS)
    parser.add_argument("--texts", type=Path, default=UNLIKE_TEXTS, help="what is shared by these texts, one a line, is subtracted")
    parser.add_argument("--count", type=int, default=400, help="most scenes")
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    figures = measure(arguments.checkpoint, arguments.scenes, arguments.surgery_layers, arguments.texts, arguments.count)
    table = {variant: {name: summary(values) for name, values in found.items()} for variant, found in figures.items()}
    for variant, found in table.items():
        for name, value in found.items():
            print(f"{variant:40} {name:18} {value['mean']:.3f} ± {value['standard_error']:.3f} ({value['scenes']} scenes)")
    if arguments.out:
        arguments.out.write_text(json.dumps(table, indent=2) + "\n")


if __name__ == "__main__":
    main()
