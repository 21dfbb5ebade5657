"""Flags as objects in a scene: another artist's drawing of the flag, then cloth that waves, seen from an angle.

Textures are uint8 [h, w, 4] RGBA; results are cut to a canvas of `height` × `width` pixels.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.random import Generator

from backgrounds import fractal

# By how much one colour name's hue differs between artists, at every hue of OpenCV's 0 to 179 (2 degrees each): greens
# range from olive to teal and blues from azure to violet, while a red or yellow soon turns into another colour.
HUE_SWAY = np.interp(np.arange(256), [0, 12, 24, 34, 50, 75, 95, 112, 130, 160, 180, 255], [3, 3, 3.5, 5, 11, 13, 9, 8, 7, 4, 3, 3])
COARSE = 4  # maps are computed at every fourth pixel and interpolated


def redraw(flag: np.ndarray, random: Generator, difficulty: float, pixels: float) -> np.ndarray:
    """The flag as another artist would draw it, reduced to about twice the `pixels` it will be wide; RGBA uint8."""
    while flag.shape[1] > 2.4 * max(pixels, 16):
        flag = cv2.resize(flag, (max(8, flag.shape[1] // 2), max(8, flag.shape[0] // 2)), interpolation=cv2.INTER_AREA)
    height, width = flag.shape[:2]
    if random.random() < 0.25 + 0.25 * difficulty:  # slightly cropped or unevenly trimmed
        most = 0.01 + 0.05 * difficulty
        left, right, top, bottom = random.uniform(0, most, 4) * [width, width, height, height]
        flag = flag[int(top) : height - int(bottom), int(left) : width - int(right)]
    if random.random() < 0.02:  # the reverse side
        flag = flag[:, ::-1]
    flag = np.ascontiguousarray(flag)
    if random.random() < 0.3 + 0.4 * difficulty:
        flag = _other_proportions(flag, random, 0.3 + 0.7 * difficulty)
    colours = _other_shades(np.ascontiguousarray(flag[..., :3]), random, 0.5 + 0.5 * difficulty)
    detail = random.random()
    if detail < 0.08 + 0.12 * difficulty and min(flag.shape[:2]) > 12:
        colours = cv2.medianBlur(colours, int(random.choice([3, 5, 7])) if flag.shape[1] > 60 else 3)
    elif detail < 0.11 + 0.19 * difficulty:
        colours = _blurred_emblem(colours, random)
    flag = np.dstack([colours, flag[..., 3]])
    if random.random() < 0.06:  # hem, frame or sticker edge
        edge = max(1, int(flag.shape[1] * random.uniform(0.01, 0.04)))
        shade = float(random.choice([255, 235, 20, 120]))
        flag = cv2.copyMakeBorder(flag, edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=(shade, shade, shade, 255))
    return flag


def _other_shades(colours: np.ndarray, random: Generator, strength: float) -> np.ndarray:
    """Shift hue, saturation and value smoothly by hue, so that each colour of the flag gets its own shade."""
    hue, saturation, value = cv2.split(cv2.cvtColor(colours, cv2.COLOR_RGB2HSV))
    phase = np.arange(256, dtype=np.float32) * (2 * np.pi / 180)
    turns = [np.sin(phase * k + random.uniform(0, 6.3)) * strength for k in (1, 2, 3)]
    sway = np.clip(turns[0] * random.normal() + 0.7 * turns[1] * random.normal(), -1.6, 1.6)
    hue_table = (np.arange(256) + HUE_SWAY * sway) % 180
    dark_table = np.clip(45 * (turns[1] * random.normal() + 0.6 * turns[2] * random.normal()), 0, 130)
    fade_table = np.clip(55 * turns[0] * random.normal() + 40 * max(0.0, random.normal()) * strength, 0, 120)
    light_table = np.clip(70 * (turns[2] * random.normal() + 0.6 * turns[0] * random.normal()), 0, 170)
    gamma = float(np.exp(random.normal(0, 0.14) * strength))
    value_table = 255 * (np.arange(256) / 255) ** gamma
    dark = cv2.multiply(cv2.LUT(hue, dark_table.astype(np.uint8)), saturation, scale=1 / 255)
    value = cv2.subtract(cv2.LUT(value, value_table.astype(np.uint8)), cv2.multiply(dark, value, scale=1 / 255))
    # Navy drawn as royal blue: lighter and stronger, each by as much as there is room and colour; black stays black.
    light = cv2.multiply(cv2.LUT(hue, light_table.astype(np.uint8)), cv2.min(saturation, cv2.multiply(value, 4)), scale=1 / 255)
    value = cv2.add(value, cv2.multiply(light, 255 - value, scale=1 / 255))
    fade = cv2.multiply(cv2.LUT(hue, fade_table.astype(np.uint8)), saturation, scale=1 / 255)
    saturation = cv2.add(cv2.subtract(saturation, fade), cv2.multiply(light, saturation, scale=0.5 / 255))
    return cv2.cvtColor(cv2.merge([cv2.LUT(hue, hue_table.astype(np.uint8)), saturation, value]), cv2.COLOR_HSV2RGB)


def _other_proportions(flag: np.ndarray, random: Generator, strength: float) -> np.ndarray:
    """Stripes wider or narrower, the cross further left, the emblem larger or smaller: `strength` 0 to 1."""
    height, width = flag.shape[:2]
    x, y = np.linspace(0, 1, width, dtype=np.float32)[None, :], np.linspace(0, 1, height, dtype=np.float32)[:, None]
    # Slopes stay positive, so that nothing folds over: each wave's steepest slope is at most 0.45.
    wide, tall = (np.clip(random.normal(0, strength * 0.035, 2) / [1, 2], -0.07, 0.07).astype(np.float32) for _ in range(2))
    across = x + wide[0] * np.sin(np.pi * x) + wide[1] * np.sin(2 * np.pi * x)
    down = y + tall[0] * np.sin(np.pi * y) + tall[1] * np.sin(2 * np.pi * y)
    middle, reach = (random.choice([0.25, 0.5, 0.5, 0.75]), 0.5), random.uniform(0.15, 0.35)
    apart_x, apart_y = (x - middle[0]) * (width / height), y - middle[1]
    zoom = np.float32(np.clip(random.normal(0, 0.22 * strength), -0.35, 0.45)) * np.exp(-(apart_x**2 + apart_y**2) / np.float32(reach**2))
    across, down = across - zoom * (x - np.float32(middle[0])), down - zoom * apart_y
    maps = cv2.merge([(across * (width - 1)).astype(np.float32), (down * (height - 1)).astype(np.float32)])
    return cv2.remap(flag, maps, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def _blurred_emblem(colours: np.ndarray, random: Generator) -> np.ndarray:
    """Lose the detail of the busiest place: blurred, or one flat colour as if the emblem were a plain blob."""
    height, width = colours.shape[:2]
    cells = cv2.resize(cv2.convertScaleAbs(cv2.Laplacian(colours, cv2.CV_16S)), (8, 6), interpolation=cv2.INTER_AREA)
    index = int(cells.sum(2, dtype=np.int32)[1:-1, 1:-1].argmax())
    y, x = (1.5 + index // 6) * height / 6, (1.5 + index % 6) * width / 8
    reach = height * random.uniform(0.1, 0.22)
    top, left = max(0, int(y - reach)), max(0, int(x - reach))
    part = colours[top : int(y + reach) + 1, left : int(x + reach) + 1]
    colours = colours.copy()
    colours[top : top + part.shape[0], left : left + part.shape[1]] = cv2.GaussianBlur(part, (0, 0), float(reach * random.uniform(0.15, 0.5)))
    return colours


def hang(
    texture: np.ndarray, quad: np.ndarray, random: Generator, height: int, width: int, waving: float, folds: float
) -> tuple[np.ndarray, np.ndarray]:
    """Warp a texture onto `quad` [4, 2] (pixels; top left, top right, bottom right, bottom left).

    `waving` and `folds` are 0 to about 1. Returns premultiplied shaded colours float32 [height, width, 3] (0 to 255)
    and cover float32 [height, width, 1] (0 to 1).
    """
    corners = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], np.float32)
    inverse = cv2.getPerspectiveTransform(quad.astype(np.float32), corners)
    inverse /= inverse[2] @ [*quad.mean(0), 1.0]  # depth is 1 in the middle of the flag, negative behind the camera
    columns = (np.arange(-1, width // COARSE + 2, dtype=np.float32) + 0.5) * COARSE - 0.5
    rows = (np.arange(-1, height // COARSE + 2, dtype=np.float32) + 0.5) * COARSE - 0.5
    x, y = columns[None, :], rows[:, None]
    depth = inverse[2, 0] * x + inverse[2, 1] * y + inverse[2, 2]
    depth = np.where(depth < 0.05, 0.05, depth)
    u = (inverse[0, 0] * x + inverse[0, 1] * y + inverse[0, 2]) / depth
    v = (inverse[1, 0] * x + inverse[1, 1] * y + inverse[1, 2]) / depth
    shade = np.full_like(u, 1.0)
    if waving > 0.02:
        for size in (1.0, 0.45):
            cycles, slant, start = random.uniform(0.7, 3.2) / size**0.6, random.uniform(-0.5, 0.5), random.uniform(0, 6.3)
            phase = 6.283 * cycles * (u + slant * v) + start
            swing = waving * size * random.uniform(0.01, 0.065) * np.clip(0.35 + u, 0.2, 1.35)
            v = v + swing * np.sin(phase)
            u = u + 0.5 * swing * np.cos(phase + 1.0)
            shade += waving * size * random.uniform(0.05, 0.3) * np.cos(phase + random.uniform(-0.6, 0.6))
    tall, wide = texture.shape[:2]
    maps = _enlarge(cv2.merge([(u * wide - 0.5).astype(np.float32), (v * tall - 0.5).astype(np.float32)]), height, width)
    light = np.maximum(_enlarge(shade.astype(np.float32), height, width), 0.15)
    alpha = texture[..., 3]
    if alpha.min() < 255:
        texture = texture.copy()
        texture[..., :3] = cv2.multiply(texture[..., :3], cv2.cvtColor(alpha, cv2.COLOR_GRAY2RGB), scale=1 / 255)
    warped = cv2.remap(texture, maps, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=0)
    if folds > 0.02:
        light = cv2.max(cv2.scaleAdd(fractal(random, height, width) - 0.5, 0.7 * folds, light), 0.15)
    colours = cv2.multiply(cv2.cvtColor(warped, cv2.COLOR_RGBA2RGB), cv2.merge([light] * 3), dtype=cv2.CV_32F)
    cover = cv2.extractChannel(warped, 3) * np.float32(1 / 255)
    return np.minimum(colours, 255, out=colours), cover[..., None]


def _enlarge(coarse: np.ndarray, height: int, width: int) -> np.ndarray:
    """A map given at every fourth pixel, with one more around, at every pixel: [height, width] or [height, width, 2]."""
    fine = cv2.resize(coarse, None, fx=COARSE, fy=COARSE, interpolation=cv2.INTER_LINEAR)
    return fine[COARSE : COARSE + height, COARSE : COARSE + width]


def project(
    random: Generator, centre: tuple[float, float], size: tuple[float, float], angle: float, tilt: float
) -> np.ndarray:
    """Corners [4, 2] of a flag of `size` around `centre`, turned by `angle` (radians); `tilt` 0 to 1 is the perspective."""
    corners = np.array([(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)]) * size
    if tilt > 0:
        corners = corners + random.uniform(-0.14, 0.14, (4, 2)) * tilt * size
        if random.random() < 0.5:  # seen from the side: narrower, one edge shorter
            corners[:, 0] *= 1 - 0.35 * tilt * random.random()
            corners[[1, 2] if random.random() < 0.5 else [0, 3], 1] *= 1 - 0.3 * tilt * random.random()
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return corners @ turn + centre
