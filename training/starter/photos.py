"""Background photographs for scenes; procedural backgrounds stand in when there are none."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Literal

import cv2
import numpy as np

from backgrounds import procedural

DEFAULT_FOLDER = Path(os.environ.get("STARTER_WORKSPACE", ".")) / "photos"


def load_photos(split: Literal["train", "test"], folder: str | Path = DEFAULT_FOLDER) -> list[np.ndarray]:
    """The photographs of a split under `folder`, each uint8 [height, width, 3] RGB (see fetch_photos.py)."""
    paths = sorted((Path(folder) / split).glob("*.jpg"))
    if paths:
        return [cv2.cvtColor(cv2.imread(str(path)), cv2.COLOR_BGR2RGB) for path in paths]
    print(f"no photographs under {folder}/{split}: procedural backgrounds instead", file=sys.stderr)
    random = np.random.default_rng(11 if split == "train" else 12)
    return [procedural(random, 256, 256) for _ in range(16)]
