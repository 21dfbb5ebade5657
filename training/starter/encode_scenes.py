"""Encodes reference flags and many scenes once with the frozen encoder, so that decoder training need not look at pixels."""

import argparse
from pathlib import Path

import numpy as np
import torch

from encoder import Encoder, EncoderConfig
from flag_bank import HELD_OUT_SEED, FlagBank, invented_drawings, load_bank
from pictures import reference_picture
from photos import load_photos
from scene_data import SceneData, batches
from train_encoder import to_pixels


def load_encoder(workspace: Path) -> Encoder:
    saved = torch.load(workspace / "encoder-joint.pt", weights_only=True)
    encoder = Encoder(EncoderConfig(**saved["config"]))
    encoder.load_state_dict(saved["encoder"])
    return encoder.eval().to(memory_format=torch.channels_last)


@torch.no_grad()
def encode(encoder: Encoder, images: np.ndarray, batch: int = 128) -> tuple[np.ndarray, np.ndarray]:
    """uint8 RGB [N, S, S, 3] -> image_embeds [N, D] and patch_embeds [N, P, D] as float16. In bf16, twice as fast and near enough."""
    embeds, patches = [], []
    for start in range(0, len(images), batch):
        pixels = to_pixels(torch.tensor(images[start : start + batch]).permute(0, 3, 1, 2))
        with torch.autocast("cpu", torch.bfloat16):
            embed, patch, _ = encoder.vision(pixels)
        embeds.append(embed.float().numpy().astype(np.float16))
        patches.append(patch.float().numpy().astype(np.float16))
    return np.concatenate(embeds), np.concatenate(patches)


def held_out_bank(bank: FlagBank, count: int = 250, twins: int = 50) -> FlagBank:
    """The real flags with invented ones that no training ever saw."""
    drawings, near = invented_drawings(count, twins, HELD_OUT_SEED)
    return FlagBank(bank.drawings[: bank.real] + drawings, bank.groups, [(first + bank.real, second + bank.real) for first, second in near])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workspace", type=Path, required=True)
    parser.add_argument("--scenes", type=int, default=24000)
    parser.add_argument("--invented", type=int, default=2000)
    parser.add_argument("--held-out", action="store_true", help="scenes with unseen invented flags and unseen photographs")
    arguments = parser.parse_args()
    torch.set_num_threads(2)
    encoder = load_encoder(arguments.workspace)
    size = encoder.config.image_size
    bank = load_bank(arguments.workspace, arguments.invented, arguments.invented // 4)
    split = "test" if arguments.held_out else "train"
    if arguments.held_out:
        bank = held_out_bank(bank)
    references = encode(encoder, np.stack([reference_picture(drawing, size) for drawing in bank.drawings]))
    data = SceneData(bank, size, load_photos(arguments.workspace / "photos" / split), seed=77 if split == "train" else 7777)
    embeds, patches, classes, covers, boxes = [], [], [], [], []
    stream = batches(data, 128, 1)
    while sum(map(len, embeds)) < arguments.scenes:
        images, kinds, cover, box = next(stream)
        shown = (kinds >= 0).any(1).numpy()
        embed, patch = encode(encoder, images.permute(0, 2, 3, 1).numpy()[shown])
        for store, value in ((embeds, embed), (patches, patch), (classes, kinds.numpy()[shown]), (covers, cover.numpy()[shown].astype(np.float16)), (boxes, box.numpy()[shown])):
            store.append(value)
        print(f"\r{sum(map(len, embeds))} scenes", end="", flush=True)
    np.savez(
        arguments.workspace / f"scenes-{split}.npz", reference_embeds=references[0], reference_patches=references[1], embeds=np.concatenate(embeds),
        patches=np.concatenate(patches), classes=np.concatenate(classes), cover=np.concatenate(covers), boxes=np.concatenate(boxes), real=bank.real,
    )


if __name__ == "__main__":
    main()
