"""A contact sheet of random scenes, to see with one's own eyes what the encoder is trained on."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import cv2
import numpy as np

import invented
from flags import load_drawings
from photos import load_photos
from scenes import Scene, compose


def overlay(scene: Scene) -> np.ndarray:
    """uint8 [S, S, 3]: the picture with each flag's cover tinted (red, green, blue) and its box drawn."""
    size = scene.image.shape[0]
    image = scene.image.astype(np.float32) * 0.6
    for index, cover in enumerate(scene.coverage):
        image[..., index % 3] += 100 * cv2.resize(cover, (size, size), interpolation=cv2.INTER_NEAREST)
    image = np.clip(image, 0, 255).astype(np.uint8)
    for box in scene.boxes:
        x0, y0, x1, y1 = (box * size).astype(int).tolist()
        cv2.rectangle(image, (x0, y0), (x1, y1), (255, 255, 255), 1)
    return image


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--preview", type=Path, required=True, help="PNG to write: 64 scenes, the lower half with cover and boxes")
    parser.add_argument("--flags", type=Path, help="folder of rendered flags; invented flags without it")
    parser.add_argument("--photos", type=Path, help="folder with train/ and test/ photographs")
    parser.add_argument("--difficulty", type=float, help="0 to 1; random without it")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    random = np.random.default_rng(arguments.seed)
    drawings = list(load_drawings(arguments.flags).values()) if arguments.flags else [invented.invented_flag(random) for _ in range(200)]
    photos = load_photos(arguments.photos / "train") if arguments.photos else None
    compose(drawings[:1], random, backgrounds=photos)  # builds the noise banks

    tiles: list[np.ndarray] = []
    started = time.perf_counter()
    for _ in range(64):
        count = int(random.choice([1, 2, 3], p=[0.78, 0.17, 0.05]))
        chosen = [drawings[index] for index in random.choice(len(drawings), count, replace=False)]
        difficulty = arguments.difficulty if arguments.difficulty is not None else float(random.random())
        scene = compose(chosen, random, difficulty=difficulty, backgrounds=photos)
        tiles.append(overlay(scene) if len(tiles) >= 32 else scene.image)
    print(f"{(time.perf_counter() - started) / 64 * 1000:.2f} ms a scene")
    rows = [np.hstack(tiles[start : start + 8]) for start in range(0, 64, 8)]
    cv2.imwrite(str(arguments.preview), cv2.cvtColor(np.vstack(rows), cv2.COLOR_RGB2BGR))


if __name__ == "__main__":
    main()
