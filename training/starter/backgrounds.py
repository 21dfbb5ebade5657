"""Backgrounds, clutter and occluders for scenes, painted with OpenCV on uint8 [height, width, 3] RGB."""

from __future__ import annotations

from collections.abc import Callable
from colorsys import hsv_to_rgb
from functools import lru_cache

import cv2
import numpy as np
from numpy.random import Generator

Colour = tuple[int, int, int]


@lru_cache(maxsize=1)
def _noise_bank() -> tuple[np.ndarray, ...]:
    """Sixteen float32 [320, 320] fields of 1/f noise, mostly within 0 to 1."""
    random = np.random.default_rng(5)
    bank = []
    for index in range(16):
        field = np.zeros((320, 320), np.float32)
        weight, first = 1.0, int(random.integers(2, 6))
        for octave in range(6):
            cells = min(320, first * 2**octave)
            layer = random.normal(size=(cells, max(2, cells // (1 + 3 * (index % 4 == 0))))).astype(np.float32)
            field += weight * cv2.resize(layer, (320, 320), interpolation=cv2.INTER_CUBIC)
            weight *= 0.45 + 0.03 * (index % 8)
        bank.append(0.5 + 0.22 * (field - field.mean()) / field.std())
    return tuple(bank)


@lru_cache(maxsize=1)
def _grain_bank() -> np.ndarray:
    """float32 [4, 512, 512, 3] of standard normal noise."""
    return np.random.default_rng(6).normal(size=(4, 512, 512, 3)).astype(np.float32)


def fractal(random: Generator, height: int, width: int) -> np.ndarray:
    """float32 [height, width] of 1/f noise around 0.5, at a random scale."""
    field = _noise_bank()[random.integers(16)]
    span = int(random.integers(60, 300))
    top, left = random.integers(0, 320 - span, 2)
    part = field[top : top + span, left : left + span]
    if random.random() < 0.5:
        part = part[:, ::-1]
    return cv2.resize(part, (width, height), interpolation=cv2.INTER_LINEAR)


def grain(random: Generator, height: int, width: int) -> np.ndarray:
    """float32 [height, width, 3] of standard normal noise (at most 512 a side)."""
    top, left = random.integers(0, 513 - height), random.integers(0, 513 - width)
    return _grain_bank()[random.integers(4), top : top + height, left : left + width]


def any_colour(random: Generator) -> Colour:
    """RGB: usually muted, sometimes as vivid as a flag."""
    hue, value = random.random(), random.uniform(30, 250)
    saturation = random.uniform(0, 0.5) if random.random() < 0.65 else random.uniform(0.5, 1)
    red, green, blue = hsv_to_rgb(hue, saturation, value)
    return int(red), int(green), int(blue)


def _near(random: Generator, colour: Colour, strength: float) -> Colour:
    shift = random.normal(0, strength)
    return tuple(int(min(255, max(0, c + shift + random.normal(0, strength / 3)))) for c in colour)


def _blend(first: Colour, second: Colour, share: np.ndarray) -> np.ndarray:
    """uint8 [h, w, 3] between two colours by `share` float32 [h, w]."""
    steps = np.linspace(0, 1, 256)[:, None]
    table = (np.array(first) * (1 - steps) + np.array(second) * steps).astype(np.uint8)
    return table[cv2.convertScaleAbs(cv2.max(share, 0.0), alpha=255)]


def _noise(random: Generator, height: int, width: int) -> np.ndarray:
    return _blend(any_colour(random), any_colour(random), fractal(random, height, width))


def _landscape(random: Generator, height: int, width: int) -> np.ndarray:
    """Sky that pales towards a horizon, above grass, sand, sea or asphalt."""
    skies = [(90, 150, 220), (150, 190, 230), (180, 185, 190), (240, 170, 110), (40, 50, 90), (210, 220, 230)]
    grounds = [(80, 120, 50), (110, 105, 100), (190, 170, 120), (50, 80, 60), (60, 60, 65), (40, 90, 120), (130, 110, 80)]
    sky = _near(random, skies[random.integers(6)], 18)
    ground = _near(random, grounds[random.integers(7)], 18)
    horizon = int(height * random.uniform(0.15, 1.0))
    canvas = _blend(ground, _near(random, ground, 40), fractal(random, height, width))
    if horizon:
        ramp = np.linspace(0, 1, horizon, dtype=np.float32)[:, None] * 0.8
        clouds = fractal(random, horizon, width) * float(random.uniform(0, 0.7))
        canvas[:horizon] = _blend(sky, (235, 235, 235), cv2.min(ramp + clouds, 1.0))
    return canvas


def _buildings(random: Generator, height: int, width: int) -> np.ndarray:
    canvas = _landscape(random, height, width)
    x = int(random.integers(-width // 4, width // 4))
    while x < width:
        wide, top = int(width * random.uniform(0.15, 0.5)), int(height * random.uniform(0, 0.6))
        wall = _near(random, [(150, 140, 130), (120, 75, 60), (200, 195, 185), (90, 95, 105), (190, 160, 110)][random.integers(5)], 20)
        cv2.rectangle(canvas, (x, top), (x + wide, height), wall, -1)
        pane = _near(random, (70, 80, 100) if random.random() < 0.7 else (230, 210, 140), 30)
        step_x, step_y = int(random.integers(6, 16)) * width // 128, int(random.integers(7, 20)) * height // 128
        for y in range(top + 3, height, max(5, step_y)):
            for window in range(x + 3, x + wide - 3, max(5, step_x)):
                cv2.rectangle(canvas, (window, y), (window + step_x // 2, y + step_y // 2), pane, -1)
        x += wide + int(random.integers(0, max(2, width // 4)))
    return canvas


def _bokeh(random: Generator, height: int, width: int) -> np.ndarray:
    canvas = _noise(random, height, width)
    for _ in range(int(random.integers(5, 22))):
        centre = (int(random.integers(width)), int(random.integers(height)))
        cv2.circle(canvas, centre, int(width * random.uniform(0.02, 0.14)), any_colour(random), -1, cv2.LINE_AA)
    return cv2.GaussianBlur(canvas, (0, 0), float(random.uniform(0.8, 5)) * width / 128)


def _crowd(random: Generator, height: int, width: int) -> np.ndarray:
    canvas = _landscape(random, height, width)
    skins = [(230, 190, 160), (190, 140, 100), (130, 90, 60), (80, 55, 40)]
    head = max(2, int(width * random.uniform(0.02, 0.06)))
    for y in range(int(height * random.uniform(0.2, 0.7)), height + 4 * head, 3 * head):
        for x in range(int(random.integers(0, 3 * head)), width, int(3.2 * head)):
            place = (x + int(random.integers(-head, head + 1)), y + int(random.integers(-head, head + 1)))
            cv2.ellipse(canvas, (place[0], place[1] + int(2.4 * head)), (int(1.6 * head), 2 * head), 0, 0, 360, any_colour(random), -1)
            cv2.circle(canvas, place, head, _near(random, skins[random.integers(4)], 12), -1, cv2.LINE_AA)
    return canvas


def _shapes(random: Generator, height: int, width: int) -> np.ndarray:
    canvas = _noise(random, height, width)
    for _ in range(int(random.integers(4, 14))):
        corners = random.uniform(-0.3, 0.3, (int(random.integers(3, 7)), 2)) + random.random(2)
        cv2.fillPoly(canvas, [(corners * [width, height]).astype(np.int32)], any_colour(random), cv2.LINE_AA)
    return canvas


def _lines(random: Generator, height: int, width: int) -> np.ndarray:
    """A wall of planks or bricks, or a page of text-like lines."""
    base = any_colour(random)
    canvas = _blend(base, _near(random, base, 35), fractal(random, height, width))
    ink, step = _near(random, base, 60), max(4, int(height * random.uniform(0.05, 0.2)))
    text = random.random() < 0.4
    for y in range(0, height, step):
        if text:
            x = int(width * 0.05)
            while x < width * 0.9:
                run = int(width * random.uniform(0.03, 0.12))
                cv2.line(canvas, (x, y), (x + run, y), ink, max(1, step // 4))
                x += run + width // 40
        else:
            cv2.line(canvas, (0, y), (width, y), ink, 1)
    return cv2.rotate(canvas, cv2.ROTATE_90_CLOCKWISE) if height == width and random.random() < 0.3 else canvas


def _room(random: Generator, height: int, width: int) -> np.ndarray:
    """A wall above a table or floor, with a few blocky things."""
    wall, floor = any_colour(random), any_colour(random)
    canvas = _blend(wall, _near(random, wall, 45), fractal(random, height, width))
    edge = int(height * random.uniform(0.4, 0.95))
    canvas[edge:] = _blend(floor, _near(random, floor, 40), fractal(random, height, width))[edge:]
    for _ in range(int(random.integers(0, 5))):
        x, wide, tall = int(random.integers(width)), int(width * random.uniform(0.05, 0.3)), int(height * random.uniform(0.05, 0.5))
        cv2.rectangle(canvas, (x, edge - tall), (x + wide, edge + 3), any_colour(random), -1)
    return canvas


def _photo(random: Generator, height: int, width: int, photos: list[np.ndarray]) -> np.ndarray:
    """A random crop of a photograph, perhaps mirrored, with jittered colours."""
    photo = photos[random.integers(len(photos))]
    span = int(min(photo.shape[:2]) * random.uniform(0.25, 1.0))
    top, left = random.integers(0, photo.shape[0] - span + 1), random.integers(0, photo.shape[1] - span + 1)
    crop = photo[top : top + span, left : left + span]
    crop = cv2.resize(crop, (width, height), interpolation=cv2.INTER_AREA if span > width else cv2.INTER_LINEAR)
    gain = random.uniform(0.6, 1.3) * random.normal(1, 0.1, 3)
    crop = cv2.transform(crop, (np.diag(gain) + random.normal(0, 0.08, (3, 3))).astype(np.float32))
    return cv2.flip(crop, 1) if random.random() < 0.5 else crop


KINDS: list[Callable[[Generator, int, int], np.ndarray]] = [_landscape, _noise, _buildings, _bokeh, _crowd, _shapes, _lines, _room]
WEIGHTS = np.cumsum([0.24, 0.14, 0.15, 0.12, 0.09, 0.09, 0.07, 0.10])


def procedural(random: Generator, height: int, width: int) -> np.ndarray:
    """uint8 [height, width, 3] RGB background of a random kind."""
    return KINDS[min(len(KINDS) - 1, int(np.searchsorted(WEIGHTS, random.random())))](random, height, width)


def background(random: Generator, height: int, width: int, photos: list[np.ndarray] | None) -> np.ndarray:
    """A procedural background or, for half of the scenes where there are photographs, a crop of one."""
    if photos and random.random() < 0.5:
        return _photo(random, height, width, photos)
    return procedural(random, height, width)
