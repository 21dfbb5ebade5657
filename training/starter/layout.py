"""Where a photograph lies in the picture, and where flags lie in the photograph."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator


@dataclass
class Frame:
    """The photograph inside the picture: its pixels and its true proportions."""

    left: int
    top: int
    width: int
    height: int
    aspect: float
    """width over height of the photograph as it was taken; pixels are not square where it was stretched"""

    def pixels(self, points: np.ndarray) -> np.ndarray:
        """Points in units of the photograph's height → pixels of the frame."""
        return points * [self.width / self.aspect, self.height]


def random_frame(random: Generator, size: int, kind: str) -> Frame:
    """Square pictures, others squeezed into the square, others with bars."""
    choice = random.random()
    aspect = 1.0 if choice < 0.3 else float(random.choice([4 / 3, 4 / 3, 3 / 2, 16 / 9, 3 / 4, 2 / 3, 9 / 16]))
    if kind == "bare" or choice < 0.62:
        return Frame(0, 0, size, size, aspect)
    width, height = (size, round(size / aspect)) if aspect > 1 else (round(size * aspect), size)
    return Frame((size - width) // 2, (size - height) // 2, width, height, aspect)


def places(count: int, random: Generator, frame: Frame, kind: str, difficulty: float) -> list[tuple[np.ndarray, np.ndarray]]:
    """Per flag: centre and room (width, height), in units of the photograph's height."""
    whole = np.array([frame.aspect, 1.0])
    if kind in ("half", "small"):
        share = random.uniform(0.42, 0.98) if kind == "half" else random.uniform(0.15 if difficulty > 0.4 else 0.2, 0.37)
        room = whole * share
        slack = np.maximum(whole - room, 0)
        overhang = 0.12 * difficulty * room  # partly outside the frame
        return [(room / 2 - overhang + random.random(2) * (slack + 2 * overhang), room)] * count
    if not count:
        return []
    shapes = {2: [(1, 2), (1, 2), (2, 1)], 3: [(1, 3), (3, 1), (2, 2)], 4: [(2, 2)]}
    side = int(np.ceil(np.sqrt(count)))
    options = shapes.get(count, [(side, side)])
    rows, columns = options[int(random.integers(len(options)))]
    cell = whole / [columns, rows]
    spots = random.permutation(rows * columns)[:count]
    made = []
    for spot in spots:
        room = cell * random.uniform(0.62, 1.02)
        slack = np.maximum(cell - room, 0) * random.random(2)
        made.append((np.array([spot % columns, spot // columns]) * cell + room / 2 + slack, room))
    return made
