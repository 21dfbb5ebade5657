"""Overlays (crosses, cantons, bands) and charges (stars, suns, emblems) of invented flags.

Overlay numbers: (thickness, position) as fractions. Charge numbers: (x, y, size, turn): centre as fractions of
width and height, size as a fraction of the height, turn in radians.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.random import Generator

from flag_parts import Layer, Painter, Palette, polygon


def _cross(canvas: np.ndarray, layer: Layer, palette: Palette) -> None:
    height, width = canvas.shape[:2]
    thickness, position = layer.numbers[:2]
    fimbriated = len(set(layer.colours[:2])) > 1 and layer.seed % 2
    for share, colour in ((1.0, layer.colours[0]), (0.5, layer.colours[-1])):
        half = max(1, round(thickness * height * share / 2))
        x, y = round(position * width), height // 2
        canvas[y - half : y + half] = palette[colour]
        canvas[:, max(0, x - half) : x + half] = palette[colour]
        if not fimbriated:
            break


def _saltire(canvas: np.ndarray, layer: Layer, palette: Palette) -> None:
    height, width = canvas.shape[:2]
    half = layer.numbers[0] * height * 0.6
    for ends in (((0, 0), (width, height)), ((0, height), (width, 0))):
        (x0, y0), (x1, y1) = ends
        normal = np.array([-(y1 - y0), x1 - x0]) / np.hypot(width, height) * half
        along = np.array([x1 - x0, y1 - y0]) * 0.1
        first, second = np.array(ends[0]) - along, np.array(ends[1]) + along
        polygon(canvas, [first + normal, second + normal, second - normal, first - normal], palette[layer.colours[0]])


def _bend(canvas: np.ndarray, layer: Layer, palette: Palette) -> None:
    height, width = canvas.shape[:2]
    falling = layer.seed % 2
    for share, colour in ((1.5, layer.colours[-1]), (1.0, layer.colours[0])):
        half = layer.numbers[0] * height * share
        points = np.array([(-half, height), (half, height), (width + half, 0), (width - half, 0)])
        if falling:
            points[:, 1] = height - points[:, 1]
        polygon(canvas, points, palette[colour])


def _canton(canvas: np.ndarray, layer: Layer, palette: Palette) -> None:
    height, width = canvas.shape[:2]
    part = canvas[: round(height * (0.35 + layer.numbers[0])), : round(width * (0.3 + 0.5 * layer.numbers[1]))]
    part[:] = palette[layer.colours[0]]
    inner = Layer("", (layer.colours[-1],), (0.25, 0.5, 0.55, 0.0), layer.seed)
    painters = [_star, _cross, _saltire, _disc, _star_field, _crescent]
    choice = painters[layer.seed // 7 % len(painters)]
    numbers = inner.numbers if choice in (_cross, _saltire) else (0.5, 0.5, 0.55, 0.0)
    choice(part, Layer("", inner.colours, numbers, layer.seed), palette)


def _triangle(canvas: np.ndarray, layer: Layer, palette: Palette) -> None:
    height, width = canvas.shape[:2]
    reach = 0.3 + layer.numbers[1] * 0.9
    if layer.seed % 3 == 0:
        polygon(canvas, [(0, -0.1 * height), (reach * height * 1.2, height / 2), (0, 1.1 * height)], palette[layer.colours[-1]])
    polygon(canvas, [(0, 0), (reach * height, height / 2), (0, height)], palette[layer.colours[0]])


def _border(canvas: np.ndarray, layer: Layer, palette: Palette) -> None:
    edge = max(2, round(layer.numbers[0] * canvas.shape[0] * 0.5))
    for part in (canvas[:edge], canvas[-edge:], canvas[:, :edge], canvas[:, -edge:]):
        part[:] = palette[layer.colours[0]]


def _hoist(canvas: np.ndarray, layer: Layer, palette: Palette) -> None:
    canvas[:, : round(canvas.shape[1] * (0.12 + layer.numbers[1] * 0.5))] = palette[layer.colours[0]]


def _band(canvas: np.ndarray, layer: Layer, palette: Palette) -> None:
    height = canvas.shape[0]
    half = round(layer.numbers[0] * height * 0.6)
    canvas[height // 2 - half : height // 2 + half] = palette[layer.colours[0]]


OVERLAYS: dict[str, Painter] = {
    "cross": _cross, "saltire": _saltire, "bend": _bend, "canton": _canton,
    "triangle": _triangle, "border": _border, "hoist": _hoist, "band": _band,
}


def random_overlay(random: Generator, colour_count: int) -> Layer:
    """A cross (often Nordic), saltire, bend, canton, triangle, border, hoist band or central band."""
    kind = str(random.choice(list(OVERLAYS), p=[0.15, 0.08, 0.12, 0.2, 0.24, 0.07, 0.09, 0.05]))
    colours = tuple(int(i) for i in random.permutation(colour_count)[:2])
    position = float(random.choice([0.36, 0.5, 0.33, random.uniform(0.25, 0.6)]))
    return Layer(kind, colours, (float(random.uniform(0.08, 0.28)), position), int(random.integers(1 << 30)))


def _place(canvas: np.ndarray, layer: Layer) -> tuple[np.ndarray, float]:
    """Centre (x, y) in pixels and radius in pixels."""
    x, y, size = layer.numbers[:3]
    return np.array([x * canvas.shape[1], y * canvas.shape[0]]), size * min(canvas.shape[:2]) / 2


def _star_at(canvas: np.ndarray, centre: np.ndarray, radius: float, points: int, inner: float, turn: float, colour: tuple) -> None:
    angles = turn - np.pi / 2 + np.arange(2 * points) * np.pi / points
    reach = np.where(np.arange(2 * points) % 2, radius * inner, radius)
    polygon(canvas, centre + np.stack([np.cos(angles), np.sin(angles)], 1) * reach[:, None], colour)


def _star(canvas: np.ndarray, layer: Layer, palette: Palette) -> None:
    centre, radius = _place(canvas, layer)
    points = [5, 5, 5, 6, 7, 8, 4, 12][layer.seed % 8]
    inner = 0.382 if points == 5 else 0.35 + 0.3 * (layer.seed % 11) / 10
    _star_at(canvas, centre, radius, points, inner, layer.numbers[3], palette[layer.colours[0]])


def _star_field(canvas: np.ndarray, layer: Layer, palette: Palette) -> None:
    centre, radius = _place(canvas, layer)
    count, style, colour = 2 + layer.seed % 11, layer.seed // 11 % 3, palette[layer.colours[0]]
    if style == 0:
        spots = [(np.cos(a), np.sin(a)) for a in np.arange(count) * 2 * np.pi / count - np.pi / 2]
    elif style == 1:
        spots = [((i - (count - 1) / 2) * 2.4 / count, 0.0) for i in range(count)]
    else:
        spots = list(np.random.default_rng(layer.seed).uniform(-1, 1, (count, 2)))
    size = radius * (0.5 if count < 5 else 0.28)
    for spot in spots:
        _star_at(canvas, centre + np.array(spot) * radius, size, 5, 0.382, 0.0, colour)


def _disc(canvas: np.ndarray, layer: Layer, palette: Palette) -> None:
    centre, radius = _place(canvas, layer)
    cv2.circle(canvas, (centre * 16).astype(int).tolist(), int(radius * 16), palette[layer.colours[0]], -1, cv2.LINE_AA, 4)


def _ring(canvas: np.ndarray, layer: Layer, palette: Palette) -> None:
    centre, radius = _place(canvas, layer)
    thickness = max(2, round(radius * (0.1 + 0.3 * (layer.seed % 5) / 4)))
    cv2.circle(canvas, centre.astype(int).tolist(), int(radius * 0.85), palette[layer.colours[0]], thickness, cv2.LINE_AA)


def _crescent(canvas: np.ndarray, layer: Layer, palette: Palette) -> None:
    centre, radius = _place(canvas, layer)
    outer = np.linspace(0.22, 1.78, 40) * np.pi
    ends = radius * np.array([np.cos(outer[0]), np.sin(outer[0])])
    shift, bite = 0.35 * radius, np.hypot(ends[0] - 0.35 * radius, ends[1])
    start = np.arctan2(ends[1], ends[0] - shift)
    inner = np.linspace(2 * np.pi - start, start, 40)
    points = np.concatenate([
        radius * np.stack([np.cos(outer), np.sin(outer)], 1),
        np.stack([shift + bite * np.cos(inner), bite * np.sin(inner)], 1),
    ])
    turn = layer.numbers[3]
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    colour = palette[layer.colours[0]]
    polygon(canvas, centre + points @ rotation.T, colour)
    if layer.seed % 3:
        _star_at(canvas, centre + rotation @ [0.7 * radius, 0.0], radius * 0.45, 5, 0.382, turn + 0.3, colour)


def _sun(canvas: np.ndarray, layer: Layer, palette: Palette) -> None:
    centre, radius = _place(canvas, layer)
    rays = 8 + 2 * (layer.seed % 9)
    _star_at(canvas, centre, radius, rays, 0.6, layer.numbers[3], palette[layer.colours[0]])
    inner = (centre * 16).astype(int).tolist()
    cv2.circle(canvas, inner, int(radius * 0.5 * 16), palette[layer.colours[-1 if layer.seed % 2 else 0]], -1, cv2.LINE_AA, 4)


def _shield(canvas: np.ndarray, layer: Layer, palette: Palette) -> None:
    centre, radius = _place(canvas, layer)
    outline = np.array([(-0.75, -1), (0.75, -1), (0.75, 0.1), (0.5, 0.6), (0, 1), (-0.5, 0.6), (-0.75, 0.1)])
    polygon(canvas, centre + outline * radius, palette[layer.colours[-1]])
    polygon(canvas, centre + outline * radius * 0.82, palette[layer.colours[0]])
    details = (_star, _blob, _sun, _crescent)[layer.seed % 4]
    inner = (*layer.numbers[:2], layer.numbers[2] * 0.55, 0.0)
    details(canvas, Layer("", layer.colours[::-1], inner, layer.seed), palette)


def _blob(canvas: np.ndarray, layer: Layer, palette: Palette) -> None:
    """An animal-like outline: a smooth random polygon, often mirrored like an eagle, with a detail inside."""
    centre, radius = _place(canvas, layer)
    shape = np.random.default_rng(layer.seed)
    angles = np.linspace(-np.pi / 2, np.pi / 2, 14)
    reach = np.clip(0.65 + shape.normal(0, 0.3, 14), 0.15, 1.1)
    half = np.stack([np.cos(angles) * reach, np.sin(angles) * reach], 1)
    other = half[::-1] * [-1, 1] if layer.seed % 3 else np.stack([-np.cos(angles), np.sin(angles)], 1)[::-1] * shape.permutation(reach)[:, None]
    polygon(canvas, centre + np.concatenate([half, other]) * radius, palette[layer.colours[0]])
    for spot in shape.uniform(-0.4, 0.4, (int(shape.integers(0, 4)), 2)):
        where = ((centre + spot * radius) * 16).astype(int).tolist()
        cv2.circle(canvas, where, int(radius * shape.uniform(0.08, 0.2) * 16), palette[layer.colours[-1]], -1, cv2.LINE_AA, 4)


def _script(canvas: np.ndarray, layer: Layer, palette: Palette) -> None:
    """A line of strokes like handwriting across the middle."""
    centre, radius = _place(canvas, layer)
    shape = np.random.default_rng(layer.seed)
    count = int(shape.integers(5, 12))
    xs = np.linspace(-1.8, 1.8, count) * radius + centre[0]
    thickness = max(2, round(radius * 0.1))
    for x in xs:
        points = np.cumsum(shape.normal(0, 0.18, (5, 2)), 0) * radius + [x, centre[1]]
        cv2.polylines(canvas, [points.astype(np.int32)], False, palette[layer.colours[0]], thickness, cv2.LINE_AA)


def _tree(canvas: np.ndarray, layer: Layer, palette: Palette) -> None:
    centre, radius = _place(canvas, layer)
    colour = palette[layer.colours[0]]
    polygon(canvas, centre + np.array([(-0.1, -0.2), (0.1, -0.2), (0.15, 1), (-0.15, 1)]) * radius, colour)
    for level in range(1 + layer.seed % 3):
        top = -1 + level * 0.4
        polygon(canvas, centre + np.array([(0, top), (0.4 + 0.15 * level, top + 0.7), (-0.4 - 0.15 * level, top + 0.7)]) * radius, colour)


def _wreath(canvas: np.ndarray, layer: Layer, palette: Palette) -> None:
    centre, radius = _place(canvas, layer)
    for angle in np.linspace(0.65, 2.35, 9) * np.pi - np.pi:
        where = centre + 0.85 * radius * np.array([np.sin(angle), -np.cos(angle)]) * [1, -1]
        axes = (max(1, int(radius * 0.2)), max(1, int(radius * 0.09)))
        cv2.ellipse(canvas, where.astype(int).tolist(), axes, float(np.degrees(-angle) + 35), 0, 360, palette[layer.colours[0]], -1, cv2.LINE_AA)
    inner = (*layer.numbers[:2], layer.numbers[2] * 0.5, layer.numbers[3])
    (_star, _blob, _disc, _tree)[layer.seed % 4](canvas, Layer("", layer.colours[::-1], inner, layer.seed), palette)


def _lozenge(canvas: np.ndarray, layer: Layer, palette: Palette) -> None:
    centre, radius = _place(canvas, layer)
    stretch = 1 + 0.8 * (layer.seed % 2)
    polygon(canvas, centre + np.array([(-stretch, 0), (0, -1), (stretch, 0), (0, 1)]) * radius, palette[layer.colours[0]])
    if layer.seed % 3:
        inner = (*layer.numbers[:2], layer.numbers[2] * 0.5, 0.0)
        (_disc, _star, _blob)[layer.seed % 3](canvas, Layer("", layer.colours[::-1], inner, layer.seed), palette)


CHARGES: dict[str, Painter] = {
    "star": _star, "star field": _star_field, "disc": _disc, "ring": _ring, "crescent": _crescent, "sun": _sun,
    "shield": _shield, "blob": _blob, "script": _script, "tree": _tree, "wreath": _wreath, "lozenge": _lozenge,
}


def random_charge(random: Generator, colour_count: int) -> Layer:
    """A charge in one of the usual places: centre, hoist, canton, fly."""
    kind = str(random.choice(list(CHARGES), p=[0.2, 0.1, 0.1, 0.04, 0.1, 0.08, 0.1, 0.12, 0.04, 0.03, 0.06, 0.03]))
    places = [(0.5, 0.5, 0.5), (0.35, 0.5, 0.5), (0.18, 0.5, 0.28), (0.22, 0.25, 0.3), (0.75, 0.5, 0.4), (0.75, 0.25, 0.3)]
    x, y, size = places[int(random.choice(len(places), p=[0.46, 0.12, 0.14, 0.16, 0.08, 0.04]))]
    turn = float(random.choice([0.0, 0.0, 0.0, random.uniform(-np.pi, np.pi)]))
    colours = tuple(int(i) for i in random.permutation(colour_count)[:2])
    size *= float(random.uniform(0.65, 1.5))
    return Layer(kind, colours, (x + float(random.normal(0, 0.015)), y, size, turn), int(random.integers(1 << 30)))
