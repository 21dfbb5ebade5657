"""Makes tests/fixtures/vlm: tiny random models of each architecture, exported like real ones, and what PyTorch says of them.

  python training/export/make_vlm_fixtures.py --out tests/fixtures/vlm
Every golden file has the same questions: one picture and three, all visual tokens and some. Where Hugging Face's own processor and
model can be asked the same (all tokens), its ids and logits must be equal to those computed here, or the script stops.
"""

import argparse
import base64
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from PIL import Image, ImageDraw
from transformers import TemperatureLogitsWarper, TopKLogitsWarper, TopPLogitsWarper

from export_vlm import export_vlm
from tiny_checkpoints import ARCHITECTURES, IMAGE_SIZE, PATCH_SIZE, Tiny, save_checkpoint

GENERATED = 10
LEAST_MARGIN = 2e-3
"""Between the best and the second logit; less could turn around by rounding."""
# One part a list item; None is a picture. Each case also says which pictures, and which cells of a 4 by 4 map are kept (None: all).
ONE = ["Which money? ", None, " Answer: "]
THREE = ["[1] ", None, " Chad. The money is the franc.\n[2] ", None, " Zürich 東京\nQuestion:", None, " Which money do people pay with?\nAnswer:"]
CASES = [
    (ONE, [(0, None)]),
    (ONE, [(1, [0, 5, 6, 15])]),
    (THREE, [(0, None), (1, None), (2, None)]),
    (THREE, [(2, [1]), (0, [2, 3, 9]), (1, [0, 4, 5, 10, 14])]),
    (["Which money? "], []),
]
# The case with three pictures of which some tokens are kept.
PRUNED = 3
MAP = 4
# A model in a precision is completed by what there is in others, and the fixtures stay small.
LEFT_OUT = [f"{graph}_{precision}.onnx" for graph in ("embed_tokens", "vision_encoder") for precision in ("fp16", "q4", "int8")]


class NearlyEqual(Exception):
    """Two tokens are about as likely; other weights are needed."""


def pictures() -> list[Image.Image]:
    """Sizes that Pillow takes along the width first, as it always did before version 13: other orders round differently."""
    made = []
    for width, height, seed in [(48, 40, 1), (44, 50, 2), (64, 64, 3)]:
        noise = np.random.default_rng(seed).integers(0, 256, (6, 6, 3), dtype=np.uint8)
        picture = Image.fromarray(noise).resize((width, height), Image.Resampling.BICUBIC)
        ImageDraw.Draw(picture).ellipse([width // 5, height // 4, width // 2, height * 3 // 4], fill=(250, 30 * seed, 20))
        made.append(picture)
    return made


class Seen:
    """One picture: its features [tokens, F] in order, the text that stands for them, and where each token lies in the picture."""

    def __init__(self, tiny: Tiny, model, processor, picture: Image.Image) -> None:
        if tiny.name == "idefics3":
            inputs = processor.image_processor([[picture]], return_tensors="pt", return_row_col_info=True)
            rows, columns = inputs["rows"][0][0], inputs["cols"][0][0]
            features = model.model.get_image_features(inputs["pixel_values"]).pooler_output
            self.pixels, self.features = inputs["pixel_values"][0], torch.cat(list(features))
            self.tiles = [(row, column, rows, columns) for row in range(rows) for column in range(columns)] + [(0, 0, 1, 1)]
            self.marks = [f"<fake_token_around_image><row_{row + 1}_col_{column + 1}>" for row, column, *_ in self.tiles[:-1]]
            self.marks.append(("\n" if rows else "") + "<fake_token_around_image><global-img>")
            self.ends = [("\n" if column == columns - 1 else "") for _, column, *_ in self.tiles[:-1]] + ["<fake_token_around_image>"]
            self.side = IMAGE_SIZE // PATCH_SIZE // 2
            self.closing = 0
        else:
            inputs = processor.image_processor([picture], return_tensors="pt")
            values = inputs["pixel_values"]
            if tiny.name == "llava-onevision":
                values = values[:, 0]
                # Two pictures in a prompt are seen at base resolution; saying that there are two is how one is.
                features = model.model.get_image_features(values, image_sizes=inputs["image_sizes"], batch_num_images=torch.tensor([2])).pooler_output
            else:
                features = model.model.get_image_features(values).pooler_output
            self.pixels, self.features = values, features[0]
            self.tiles, self.marks, self.ends, self.side = [(0, 0, 1, 1)], [""], [""], IMAGE_SIZE // PATCH_SIZE
            self.closing = len(self.features) - self.side**2

    def chosen(self, cells: list[int] | None) -> tuple[str, torch.Tensor, list[int]]:
        """Text, features and token indices. A token stays if its middle lies in a kept cell, or a kept cell's middle in it."""
        text, kept = "", []
        for number, (mark, end) in enumerate(zip(self.marks, self.ends)):
            tokens = [token for token in range(self.side**2) if cells is None or self.meets(number, token, cells)]
            first = number * self.side**2
            kept += [first + token for token in tokens]
            closing = list(range(first + self.side**2, first + self.side**2 + self.closing))
            kept += closing
            text += mark + "<image>" * (len(tokens) + len(closing)) + end
        return text, self.features[kept], kept

    def meets(self, tile: int, token: int, cells: list[int]) -> bool:
        row, column, rows, columns = self.tiles[tile]
        height, width = rows * self.side, columns * self.side
        top, left = row * self.side + token // self.side, column * self.side + token % self.side
        for cell in cells:
            cell_row, cell_column = divmod(cell, MAP)
            inside = int((top + 0.5) / height * MAP) == cell_row and int((left + 0.5) / width * MAP) == cell_column
            covers = int((cell_row + 0.5) / MAP * height) == top and int((cell_column + 0.5) / MAP * width) == left
            if inside or covers:
                return True
        return False


def prompt_text(processor, parts: list[str | None]) -> str:
    """Templates that show pictures first get them inside of the text: where a picture stands is what it is about."""
    if "Render all images first" in processor.chat_template:
        content = [{"type": "text", "text": "".join("<image>" if part is None else part for part in parts)}]
    else:
        content = [{"type": "image"} if part is None else {"type": "text", "text": part} for part in parts]
    return processor.apply_chat_template([{"role": "user", "content": content}], add_generation_prompt=True, tokenize=False)


@torch.no_grad()
def generation(tiny: Tiny, model, processor, seen: list[Seen], shown: list[Image.Image], parts, images) -> dict:
    text = prompt_text(processor, parts)
    pieces = text.split("<image>")
    chosen = [seen[picture].chosen(cells) for picture, cells in images]
    expanded = "".join(piece + (chosen[index][0] if index < len(chosen) else "") for index, piece in enumerate(pieces))
    begins = processor.tokenizer.bos_token and expanded.startswith(processor.tokenizer.bos_token)
    ids = torch.tensor([processor.tokenizer(expanded, add_special_tokens=not begins)["input_ids"]])
    embeds = model.get_input_embeddings()(ids)
    if images:
        embeds[ids == model.config.image_token_id] = torch.cat([features for _, features, _ in chosen])
    logits = model(inputs_embeds=embeds).logits[0, -1]
    if images and tiny.name != "llava-onevision" and all(cells is None for _, cells in images):
        compare_with_processor(model, processor, text, [shown[picture] for picture, _ in images], ids, logits)
    first, tokens, scores = logits, [], []
    while len(tokens) < GENERATED:
        best = logits.topk(2)
        if float(best.values[0] - best.values[1]) < LEAST_MARGIN:
            raise NearlyEqual
        tokens.append(int(best.indices[0]))
        scores.append(float(logits.log_softmax(-1)[tokens[-1]]))
        embeds = torch.cat([embeds, model.get_input_embeddings()(torch.tensor([tokens[-1:]]))], 1)
        logits = model(inputs_embeds=embeds).logits[0, -1]
    return {
        "parts": parts,
        "images": [{"picture": picture, "cells": cells, "tokens": kept} for (picture, cells), (_, _, kept) in zip(images, chosen)],
        "ids": ids[0].tolist(),
        "logits": rounded(first),
        "tokens": tokens,
        "logProbabilities": [round(score, 5) for score in scores],
    }


def compare_with_processor(model, processor, text: str, shown: list[Image.Image], ids: torch.Tensor, logits: torch.Tensor) -> None:
    inputs = processor(images=[shown] if "Idefics3" in type(processor).__name__ else shown, text=text, return_tensors="pt")
    assert inputs["input_ids"].tolist() == ids.tolist(), "the processor makes another prompt"
    theirs = model(**inputs).logits[0, -1]
    assert torch.allclose(theirs, logits, atol=1e-4), "the whole model gives other logits"


def rounded(values: torch.Tensor) -> list[float]:
    return [round(value, 5) for value in values.flatten().tolist()]


def packed(values: torch.Tensor) -> str:
    return base64.b64encode(values.float().contiguous().numpy().tobytes()).decode()


def make(tiny: Tiny, out: Path) -> None:
    for seed in range(7, 40):
        try:
            return make_with(tiny, seed, out)
        except NearlyEqual:
            continue
    raise SystemExit(f"{tiny.name}: no seed makes clear choices")


@torch.no_grad()
def make_with(tiny: Tiny, seed: int, out: Path) -> None:
    shown = pictures()
    with tempfile.TemporaryDirectory() as temporary:
        checkpoint = Path(temporary)
        model, processor = save_checkpoint(tiny, checkpoint, seed)
        seen = [Seen(tiny, model, processor, picture) for picture in shown]
        generations = [generation(tiny, model, processor, seen, shown, parts, images) for parts, images in CASES]
        shutil.rmtree(out, ignore_errors=True)
        export_vlm(checkpoint, out, list(tiny.precisions))
    # The older file beside it says the same, and the runtime reads that.
    (out / "processor_config.json").unlink()
    for graph in LEFT_OUT:
        (out / "onnx" / graph).unlink(missing_ok=True)
    golden = {
        "pictures": [
            {
                "width": picture.width,
                "height": picture.height,
                "pixels": base64.b64encode(picture.tobytes()).decode(),
                "tiles": len(each.pixels),
                "pixelSums": [round(float(tile.sum()), 2) for tile in each.pixels],
                "features": packed(each.features),
            }
            for picture, each in zip(shown, seen)
        ],
        "generations": generations,
        "sampling": sampling(generations[0]["logits"]),
        "precisions": {precision: in_precision(out / "onnx", precision, model.config.image_token_id, seen, generations[PRUNED]) for precision in tiny.precisions[1:]},
    }
    (out / "golden.json").write_text(json.dumps(golden) + "\n")
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    print(tiny.name, f"seed {seed}", f"{size / 1e6:.2f} MB")


def in_precision(graphs: Path, precision: str, image_token: int, seen: list[Seen], case: dict) -> list[float]:
    """Logits after the prompt of `case`, by ONNX Runtime alone: what a precision loses is its own, but it is the same everywhere."""

    def run(graph: str, feeds: dict[str, np.ndarray]) -> np.ndarray:
        path = graphs / f"{graph}_{precision}.onnx"
        session = onnxruntime.InferenceSession(path if path.exists() else graphs / f"{graph}.onnx", providers=["CPUExecutionProvider"])
        inputs = {value.name: value for value in session.get_inputs()}
        past = {name: np.zeros((1, value.shape[1], 0, value.shape[3])) for name, value in inputs.items() if name.startswith("past_key_values.")}
        types = {"tensor(float)": np.float32, "tensor(float16)": np.float16, "tensor(int64)": np.int64}
        typed = {name: value.astype(types[inputs[name].type]) for name, value in {**feeds, **past}.items()}
        return session.run(None, typed)[0].astype(np.float32)

    features = [run("vision_encoder", {"pixel_values": seen[image["picture"]].pixels.numpy()})[0][image["tokens"]] for image in case["images"]]
    ids = np.array([case["ids"]])
    embeds = run("embed_tokens", {"input_ids": ids})
    embeds[ids == image_token] = np.concatenate(features)
    feeds = {"inputs_embeds": embeds, "attention_mask": np.ones_like(ids), "position_ids": np.arange(ids.shape[1])[None]}
    return rounded(torch.from_numpy(run("decoder_model_merged", feeds)[0, -1]))


def sampling(logits: list[float]) -> list[dict]:
    """What may be drawn after the cuts of Hugging Face's own processors, by token id."""
    cuts = [{"temperature": 0.7, "top_k": 40, "top_p": 0.9}, {"temperature": 1.5, "top_k": 0, "top_p": 0.5}, {"temperature": 1.0, "top_k": 3, "top_p": 1.0}]
    golden = []
    for cut in cuts:
        scores = TemperatureLogitsWarper(cut["temperature"])(None, torch.tensor([logits]))
        if cut["top_k"] > 0:
            scores = TopKLogitsWarper(cut["top_k"])(None, scores)
        scores = TopPLogitsWarper(cut["top_p"])(None, scores)[0] if cut["top_p"] < 1 else scores[0]
        kept = scores.isfinite().nonzero().flatten().tolist()
        golden.append({**cut, "probabilities": {str(token): round(float(scores.softmax(-1)[token]), 6) for token in kept}})
    return golden


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", default="", help="names separated by commas")
    arguments = parser.parse_args()
    wanted = [name for name in arguments.only.split(",") if name]
    for tiny in ARCHITECTURES:
        if not wanted or tiny.name in wanted:
            make(tiny, arguments.out / tiny.name)


if __name__ == "__main__":
    main()
