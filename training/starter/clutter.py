"""Things in a scene that are no flags: signs, shirts, cars behind the flags, and occluders in front of them."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.random import Generator

from backgrounds import any_colour


def add_distractor(canvas: np.ndarray, random: Generator) -> None:
    """Paint a colourful thing that is no flag (a sign, shirt, car, awning or poster) on `canvas` uint8 [h, w, 3]."""
    height, width = canvas.shape[:2]
    wide = width * random.uniform(0.1, 0.35)
    x, y = random.uniform(0, width), random.uniform(0, height)
    colour, kind = any_colour(random), random.integers(5)

    def spot(points: list[tuple[float, float]]) -> list[np.ndarray]:
        return [(np.array(points) * wide + [x, y]).astype(np.int32)]

    if kind == 0:  # sign with lettering
        cv2.fillPoly(canvas, spot([(0, 0), (1, 0), (1, 0.5), (0, 0.5)]), colour, cv2.LINE_AA)
        for row in (0.15, 0.35):
            cv2.polylines(canvas, spot([(0.1, row), (random.uniform(0.4, 0.9), row)]), False, any_colour(random), max(1, int(wide * 0.06)))
    elif kind == 1:  # shirt
        outline = [(0.25, 0), (0.75, 0), (1, 0.3), (0.85, 0.42), (0.75, 0.32), (0.75, 1), (0.25, 1), (0.25, 0.32), (0.15, 0.42), (0, 0.3)]
        cv2.fillPoly(canvas, spot(outline), colour, cv2.LINE_AA)
    elif kind == 2:  # car
        outline = [(0, 0.3), (0.2, 0.25), (0.35, 0), (0.7, 0), (0.85, 0.25), (1, 0.32), (1, 0.5), (0, 0.5)]
        cv2.fillPoly(canvas, spot(outline), colour, cv2.LINE_AA)
        for wheel in (0.22, 0.78):
            centre = spot([(wheel, 0.5)])[0][0]
            cv2.circle(canvas, (int(centre[0]), int(centre[1])), max(1, int(wide * 0.1)), (25, 25, 25), -1, cv2.LINE_AA)
    elif kind == 3:  # awning with many thin stripes
        count, other = int(random.integers(8, 15)), any_colour(random)
        for index in range(count):
            left, right = index / count, (index + 1) / count
            cv2.fillPoly(canvas, spot([(left, 0), (right, 0), (right, 0.35), (left, 0.35)]), other if index % 2 else colour)
    else:  # poster with a picture
        cv2.fillPoly(canvas, spot([(0, 0), (0.7, 0), (0.7, 1), (0, 1)]), colour, cv2.LINE_AA)
        for _ in range(4):
            centre = spot([(random.uniform(0.1, 0.6), random.uniform(0.1, 0.9))])[0][0]
            cv2.circle(canvas, (int(centre[0]), int(centre[1])), max(1, int(wide * random.uniform(0.05, 0.15))), any_colour(random), -1, cv2.LINE_AA)


def occluder(random: Generator, height: int, width: int, box: np.ndarray, area: float) -> tuple[np.ndarray, np.ndarray]:
    """Something in front of the flag in `box` (x0, y0, x1, y1 in pixels); `area` is about its share of the box.

    Returns its smooth cover uint8 [height, width] and its shaded colours uint8 [height, width, 3].
    """
    mask = np.zeros((height, width), np.uint8)
    size = np.maximum(box[2:] - box[:2], 4.0)
    centre = box[:2] + random.random(2) * size
    reach = float(np.sqrt(area * size[0] * size[1]))
    kind = random.integers(5)
    colour = any_colour(random)
    if kind == 0:
        angles = np.sort(random.uniform(0, 2 * np.pi, int(random.integers(3, 9))))
        points = centre + np.stack([np.cos(angles), np.sin(angles)], 1) * reach * random.uniform(0.5, 1.0, (len(angles), 1))
        cv2.fillPoly(mask, [points.astype(np.int32)], 255, cv2.LINE_AA)
    elif kind == 1:
        axes = (int(reach * random.uniform(0.4, 0.9)) + 1, int(reach * random.uniform(0.3, 0.6)) + 1)
        cv2.ellipse(mask, centre.astype(int).tolist(), axes, float(random.uniform(0, 180)), 0, 360, 255, -1, cv2.LINE_AA)
    elif kind == 2:  # pole, cable or branch across the frame
        direction = np.array([np.cos(angle := random.uniform(0, np.pi)), np.sin(angle)]) * 2 * max(height, width)
        thickness = max(1, int(area * min(size) * 0.8))
        cv2.line(mask, (centre - direction).astype(int).tolist(), (centre + direction).astype(int).tolist(), 255, thickness, cv2.LINE_AA)
        colour = tuple(int(c) for c in np.array([90, 85, 80]) * random.uniform(0.3, 2.2))
    elif kind == 3:  # leaves
        count = int(random.integers(5, 16))
        colour = tuple(int(c) for c in np.array([70, 110, 45]) * random.uniform(0.4, 1.5))
        for place in centre + random.normal(0, 0.7 * reach, (count, 2)):
            axes = (int(reach * 0.3) + 1, int(reach * 0.13) + 1)
            cv2.ellipse(mask, place.astype(int).tolist(), axes, float(random.uniform(0, 180)), 0, 360, 255, -1, cv2.LINE_AA)
    else:  # fingers that reach in from the flag's lower edge
        skins = [(225, 180, 150), (190, 140, 100), (130, 90, 60), (85, 60, 45)]
        colour, thickness = skins[random.integers(4)], max(2, int(reach * 0.22))
        for index in range(int(random.integers(1, 5))):
            start = np.array([centre[0] + index * thickness * 1.15, box[3] + thickness])
            tip = start - [random.normal(0, 0.1) * reach, reach * random.uniform(0.7, 1.1)]
            cv2.line(mask, start.astype(int).tolist(), tip.astype(int).tolist(), 255, thickness, cv2.LINE_AA)
    paint = np.empty((height, width, 3), np.uint8)
    ramp = np.linspace(random.uniform(0.6, 1.1), random.uniform(0.6, 1.1), width, dtype=np.float32)
    paint[:] = np.minimum(ramp[:, None] * np.array(colour, np.float32), 255).astype(np.uint8)
    return mask, paint
