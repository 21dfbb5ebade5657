"""Composes the example pictures of the web chat from drawings that no training saw."""

import argparse
from pathlib import Path

import cv2
import numpy as np

from flags import load_drawings
from photos import load_photos
from scenes import compose

# file name, codes, kind, seed: picked by eye
EXAMPLES = [
    ("portugal", ["pt"], "half", 5), ("south-africa", ["za"], "half", 1), ("japan", ["jp"], "half", 10),
    ("brazil", ["br"], "small", 3), ("two-flags", ["mx", "ca"], "several", 7),
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workspace", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--size", type=int, default=512, help="pixels a side")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    drawings = load_drawings(arguments.workspace / "flags" / "country-flag-icons")
    photos = load_photos(arguments.workspace / "photos" / "test")
    for name, codes, kind, seed in EXAMPLES:
        scene = compose([drawings[code] for code in codes], np.random.default_rng(seed), size=arguments.size, grid=arguments.size // 16, difficulty=0.25, backgrounds=photos, kind=kind)
        cv2.imwrite(str(arguments.out / f"{name}.jpg"), cv2.cvtColor(scene.image, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, 84])


if __name__ == "__main__":
    main()
