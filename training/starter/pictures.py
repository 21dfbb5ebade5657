"""Plain pictures of flags."""

import cv2
import numpy as np


def reference_picture(drawing: np.ndarray, size: int) -> np.ndarray:
    """A drawing stretched to the square over white, as the runtime reads it: uint8 [S, S, 3]."""
    small = cv2.resize(drawing, (size, size), interpolation=cv2.INTER_AREA).astype(np.float32)
    alpha = small[..., 3:] / 255
    return (small[..., :3] * alpha + 255 * (1 - alpha)).round().astype(np.uint8)
