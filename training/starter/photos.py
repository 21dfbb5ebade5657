"""Background photographs for scenes (see fetch_photos.py)."""

from pathlib import Path

import cv2
import numpy as np


def load_photos(folder: Path) -> list[np.ndarray]:
    """Every photograph of a folder, uint8 [height, width, 3] RGB; an empty list, and so drawn backgrounds only, when there are none."""
    return [cv2.cvtColor(cv2.imread(str(path)), cv2.COLOR_BGR2RGB) for path in sorted(folder.glob("*.jpg"))]
