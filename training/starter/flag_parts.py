"""What invented flags are made of: fields, overlays and charges, and how each is painted.

Painters take `canvas` uint8 [height, width, 3] RGB (painted in place), a `Layer`, and the palette.
Lengths in `Layer.numbers` are fractions of the flag's height or width.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator

Palette = tuple[tuple[int, int, int], ...]


@dataclass(frozen=True)
class Layer:
    """One painted layer: what it is, palette indices, numbers whose meaning depends on the kind, a seed for its shape."""

    kind: str
    colours: tuple[int, ...]
    numbers: tuple[float, ...]
    seed: int


Painter = Callable[[np.ndarray, Layer, Palette], None]


def polygon(canvas: np.ndarray, points: object, colour: tuple[int, int, int]) -> None:
    """Fill a polygon given in pixels with smooth edges."""
    fixed = np.round(np.asarray(points, np.float64) * 16).astype(np.int32)
    cv2.fillPoly(canvas, [fixed], colour, cv2.LINE_AA, 4)


def _spread(layer: Layer, length: float) -> np.ndarray:
    """Edges (pixels) of consecutive parts whose widths are proportional to `numbers`."""
    parts = np.array(layer.numbers)
    return np.concatenate([[0], np.cumsum(parts / parts.sum())]) * length


def _stripes(canvas: np.ndarray, layer: Layer, palette: Palette, axis: int) -> None:
    edges = np.round(_spread(layer, canvas.shape[axis])).astype(int)
    for index in range(len(edges) - 1):
        colour = palette[layer.colours[index % len(layer.colours)]]
        if axis == 0:
            canvas[edges[index] : edges[index + 1]] = colour
        else:
            canvas[:, edges[index] : edges[index + 1]] = colour


def _plain(canvas: np.ndarray, layer: Layer, palette: Palette) -> None:
    canvas[:] = palette[layer.colours[0]]


def _diagonal(canvas: np.ndarray, layer: Layer, palette: Palette) -> None:
    height, width = canvas.shape[:2]
    rising = layer.seed % 2
    for index, edge in enumerate(_spread(layer, 2.0)[:-1]):
        x = edge * width
        points = [(x, 0), (3 * width, 0), (3 * width, height), (x - width, height)]
        if rising:
            points = [(px, height - py) for px, py in points]
        polygon(canvas, points, palette[layer.colours[index % len(layer.colours)]])


def _quarters(canvas: np.ndarray, layer: Layer, palette: Palette) -> None:
    height, width = canvas.shape[:2]
    for index, (y, x) in enumerate([(0, 0), (0, 1), (1, 1), (1, 0)]):
        part = canvas[y * height // 2 : (y + 1) * height // 2, x * width // 2 : (x + 1) * width // 2]
        part[:] = palette[layer.colours[index % len(layer.colours)]]


def _rays(canvas: np.ndarray, layer: Layer, palette: Palette) -> None:
    height, width = canvas.shape[:2]
    count = 8 + 2 * (layer.seed % 7)
    centre = np.array([width * (0.5 if layer.seed % 3 else 0.0), height * 0.5])
    canvas[:] = palette[layer.colours[0]]
    for index in range(0, count, 2):
        angles = (np.array([index, index + 1]) + 0.5) * 2 * np.pi / count
        tips = centre + 3 * width * np.stack([np.cos(angles), np.sin(angles)], 1)
        polygon(canvas, [centre, *tips], palette[layer.colours[-1]])


def _serrated(canvas: np.ndarray, layer: Layer, palette: Palette) -> None:
    height, width = canvas.shape[:2]
    teeth, edge = 4 + layer.seed % 8, width * (0.2 + 0.4 * (layer.seed % 13) / 12)
    depth = width * (0.05 + 0.1 * (layer.seed % 5) / 4)
    canvas[:] = palette[layer.colours[0]]
    ys = np.linspace(0, height, 2 * teeth + 1)
    zigzag = [(edge + (depth if i % 2 else 0), y) for i, y in enumerate(ys)]
    polygon(canvas, [(0, 0), *zigzag, (0, height)], palette[layer.colours[-1]])


def _chevrons(canvas: np.ndarray, layer: Layer, palette: Palette) -> None:
    height, width = canvas.shape[:2]
    edges = _spread(layer, 1.6 * width)
    for index, edge in enumerate(edges[::-1][:-1]):
        points = [(-2, -2), (edge - 0.6 * width, -2), (edge, height / 2), (edge - 0.6 * width, height + 2), (-2, height + 2)]
        polygon(canvas, points, palette[layer.colours[index % len(layer.colours)]])


def _waves(canvas: np.ndarray, layer: Layer, palette: Palette) -> None:
    height, width = canvas.shape[:2]
    xs = np.linspace(0, width, 60)
    swing = 0.03 * height * np.sin(xs / width * np.pi * (4 + layer.seed % 6))
    for index, edge in enumerate(_spread(layer, height)[:-1]):
        top = edge + swing * (index > 0)
        polygon(canvas, [*zip(xs, top), (width, height), (0, height)], palette[layer.colours[index % len(layer.colours)]])


FIELDS: dict[str, Painter] = {
    "plain": _plain,
    "horizontal": lambda canvas, layer, palette: _stripes(canvas, layer, palette, 0),
    "vertical": lambda canvas, layer, palette: _stripes(canvas, layer, palette, 1),
    "diagonal": _diagonal,
    "quarters": _quarters,
    "rays": _rays,
    "serrated": _serrated,
    "chevrons": _chevrons,
    "waves": _waves,
}


def random_field(random: Generator, colour_count: int) -> Layer:
    """A field with two to thirteen parts, even, symmetric or uneven; neighbours differ in colour."""
    kind = str(random.choice(list(FIELDS), p=[0.16, 0.38, 0.17, 0.09, 0.04, 0.05, 0.03, 0.04, 0.04]))
    parts = int(random.choice([2, 3, 4, 5, 6, 7, 9, 13], p=[0.22, 0.46, 0.08, 0.12, 0.03, 0.05, 0.02, 0.02]))
    style = random.random()
    if style < 0.5:
        numbers = np.ones(parts)
    elif style < 0.75:
        half = random.choice([0.25, 0.5, 1.0, 1.5, 2.0], size=(parts + 1) // 2)
        numbers = np.concatenate([half, half[::-1][parts % 2 :]])
    else:
        numbers = random.uniform(0.3, 1.6, parts)
    order = [int(random.integers(colour_count))]
    while len(order) < (2 if parts > 7 else parts):
        colour = int(random.integers(colour_count))
        if parts == 3 and colour_count > 2 and random.random() < 0.8 and colour in order:
            continue
        if colour != order[-1]:
            order.append(colour)
    if style < 0.75 and parts in (5, 7):
        order = order[: (parts + 1) // 2]
        order += order[::-1][1:]
    return Layer(kind, tuple(order), tuple(float(n) for n in numbers), int(random.integers(1 << 30)))

