"""How often the right flag comes first, for drawings by other artists that no training ever saw.

The artists are the folders beside flags/flag-icons; country-flag-icons steered decisions, the others only give figures.
Identical flags count as one. The index holds every real flag once, as drawn by flag-icons. Also: unseen invented flags,
and how well patches show where the flag is.
"""

import argparse
import json
from pathlib import Path

import cv2
import numpy as np
import torch

from encode_scenes import encode, held_out_bank, load_encoder
from figures import cell
from flag_bank import load_bank
from flags import load_drawings
from pictures import reference_picture
from photos import load_photos
from scenes import compose

DIFFICULTY = {"bare": 0.4, "half": 0.5, "small": 0.75}


def scenes_of(kind: str, drawings: list[np.ndarray], count: int, size: int, photos: list[np.ndarray], seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """uint8 pictures [N, S, S, 3], index of the drawing in each [N], and cover [N, P]."""
    random = np.random.default_rng([seed, len(kind)])
    shown = np.resize(random.permutation(len(drawings)), count)
    made = [compose([drawings[index]], random, size=size, grid=size // 16, difficulty=DIFFICULTY[kind], backgrounds=photos, kind=kind) for index in shown]
    return np.stack([scene.image for scene in made]), shown, np.stack([scene.coverage[0].ravel() for scene in made])


def auc(scores: np.ndarray, wanted: np.ndarray) -> float:
    """Chance that a wanted patch scores above another one, by ranks."""
    ranks = scores.argsort().argsort()
    positive = wanted.sum()
    return float((ranks[wanted].sum() - positive * (positive - 1) / 2) / (positive * (~wanted).sum()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workspace", type=Path, required=True)
    parser.add_argument("--count", type=int, default=942, help="scenes of each kind; a multiple of the number of flags shows each equally often")
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    torch.set_num_threads(2)
    encoder = load_encoder(arguments.workspace)
    size = encoder.config.image_size
    bank = load_bank(arguments.workspace, 1, 0)
    photos = load_photos(arguments.workspace / "photos" / "test")
    references, _ = encode(encoder, np.stack([reference_picture(drawing, size) for drawing in bank.drawings[: bank.real]]))
    figures: dict[str, str] = {}
    for folder in sorted(path for path in (arguments.workspace / "flags").iterdir() if path.name != "flag-icons"):
        others = load_drawings(folder)
        known = [index for index, group in enumerate(bank.groups) if group[0] in others]
        drawings = [others[bank.groups[index][0]] for index in known]
        plain, _ = encode(encoder, np.stack([reference_picture(drawing, size) for drawing in drawings]))
        order = np.argsort(-(plain.astype(np.float32) @ references.astype(np.float32).T), 1)
        right = order[:, 0] == known
        figures[f"{folder.name}, plain drawing, R@1"] = cell(int(right.sum()), len(known))
        print(f"{folder.name}, confused:", ", ".join(f"{bank.groups[known[row]][0]}→{bank.groups[order[row, 0]][0]}" for row in np.flatnonzero(~right)))
        for kind in DIFFICULTY:
            images, shown, cover = scenes_of(kind, drawings, arguments.count, size, photos, 5)
            embeds, patches = encode(encoder, images)
            order = np.argsort(-(embeds.astype(np.float32) @ references.astype(np.float32).T), 1)
            truth = np.array(known)[shown]
            for depth in (1, 5):
                figures[f"{folder.name}, {kind}, R@{depth}"] = cell(int((order[:, :depth] == truth[:, None]).any(1).sum()), len(truth))
            if kind != "bare":
                mean = patches.astype(np.float32) @ text_direction(encoder, arguments.workspace)
                scores = [auc(row, seen > 0.5) for row, seen in zip(mean, cover) if 0 < (seen > 0.5).sum() < seen.size]
                figures[f"{folder.name}, patches that show the flag, {kind}, AUC"] = f"{np.mean(scores):.3f}"
    held = held_out_bank(bank)
    made = held.drawings[held.real :]
    references, _ = encode(encoder, np.stack([reference_picture(drawing, size) for drawing in made]))
    for kind in DIFFICULTY:
        images, shown, _ = scenes_of(kind, made, arguments.count, size, photos, 6)
        embeds, _ = encode(encoder, images)
        order = np.argsort(-(embeds.astype(np.float32) @ references.astype(np.float32).T), 1)
        for depth in (1, 5):
            figures[f"unseen invented, {kind}, R@{depth} of {len(made)}"] = cell(int((order[:, :depth] == shown[:, None]).any(1).sum()), len(shown))
    for name, value in figures.items():
        print(f"{name}: {value}")
    if arguments.out:
        arguments.out.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n")


@torch.no_grad()
def text_direction(encoder, workspace: Path) -> np.ndarray:
    """The text tower's vector of a plain question [D]."""
    from tokenizers import Tokenizer

    from text_data import pad

    ids, mask = pad(Tokenizer.from_file(str(workspace / "tokenizer.json")), ["which country does this flag belong to?"])
    return encoder.text(torch.tensor(ids), torch.tensor(mask))[0].numpy()


if __name__ == "__main__":
    main()
