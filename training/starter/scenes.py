"""Scenes for the encoder: flags as they are met in pictures, and which patches show them.

`compose` returns the picture and, per flag, the visible share of every patch. Run as a script for a contact sheet:
scenes.py --preview OUT.png [--flags FOLDER] [--photos FOLDER].
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator

from backgrounds import any_colour, background
from camera import develop
from clutter import add_distractor, occluder
from layout import Frame, places, random_frame
from warping import hang, project, redraw

cv2.setNumThreads(1)


@dataclass
class Scene:
    """A picture and where its flags are; F flags, S pixels a side, G patches a side."""

    image: np.ndarray
    """uint8 [S, S, 3] RGB"""
    coverage: np.ndarray
    """float32 [F, G, G]: visible share of each patch that is this flag"""
    boxes: np.ndarray
    """float32 [F, 4]: x0, y0, x1, y1 in 0 to 1 of the part inside the picture, even where occluded; zeros if there is none"""
    centres: np.ndarray
    """float32 [F, 2]: middle of each box, x, y in 0 to 1"""
    kind: str
    """"bare", "half", "small", "several" or "none" """


def compose(
    flags: list[np.ndarray],
    random: Generator,
    size: int = 128,
    grid: int = 8,
    difficulty: float = 0.5,
    backgrounds: list[np.ndarray] | None = None,
    kind: str | None = None,
) -> Scene:
    """A scene with all `flags` (uint8 [h, w, 4] RGBA) in it; several are side by side, above each other or apart.

    `kind` (see Scene) is drawn at random when left out.
    """
    kind = kind or _kind(len(flags), random)
    frame = random_frame(random, size, kind)
    if kind == "bare":
        canvas, masks = _bare(flags[0], random, frame, difficulty)
    else:
        canvas, masks = _photographed(flags, random, frame, kind, difficulty, backgrounds)
    boxes = np.zeros((len(flags), 4), np.float32)
    coverage = np.zeros((len(flags), grid, grid), np.float32)
    image = np.empty((size, size, 3), np.uint8)
    image[:] = (114, 114, 114) if random.random() < 0.5 else (random.integers(256),) * 3
    rows, columns = slice(frame.top, frame.top + frame.height), slice(frame.left, frame.left + frame.width)
    image[rows, columns] = canvas
    for index, (whole, visible) in enumerate(masks):
        x, y, wide, tall = cv2.boundingRect((whole > 0.5).astype(np.uint8))
        if wide:
            boxes[index] = (x + frame.left, y + frame.top, x + frame.left + wide, y + frame.top + tall)
        full = np.zeros((size, size), np.float32)
        full[rows, columns] = visible
        coverage[index] = cv2.resize(full, (grid, grid), interpolation=cv2.INTER_AREA)
    boxes /= size
    image = develop(image, random, difficulty)
    return Scene(image, coverage, boxes, (boxes[:, :2] + boxes[:, 2:]) / 2, kind)


def _kind(count: int, random: Generator) -> str:
    if count != 1:
        return "several" if count else "none"
    return ("bare", "half", "small")[int(np.searchsorted([0.25, 0.69], random.random()))]


def _bare(flag: np.ndarray, random: Generator, frame: Frame, difficulty: float) -> tuple[np.ndarray, list]:
    """The flag alone: stretched to the square, with bars, a little cropped, or as a rounded picture on a page."""
    size, aspect = frame.width, flag.shape[1] / flag.shape[0] * float(np.exp(random.normal(0, 0.06)))
    texture = redraw(flag, random, difficulty * 0.8, size)
    style = random.random()
    if style < 0.35:
        wide, tall, left, top = size * 1.0, size * 1.0, 0.0, 0.0
    elif style < 0.75:
        wide, tall = (size, size / aspect) if aspect > 1 else (size * aspect, size)
        left, top = (size - wide) / 2, (size - tall) / 2
    elif style < 0.85:
        zoom = size * random.uniform(1.0, 1.2)
        wide, tall = zoom * random.uniform(1, max(1.0, aspect)), zoom
        left, top = (size - wide) * random.random(), (size - tall) * random.random()
    else:
        wide = size * random.uniform(0.55, 0.95)
        tall = min(wide / aspect, size * 0.97)
        left, top = (size - wide) * random.random(), (size - tall) * random.random()
    quad = np.array([(left, top), (left + wide, top), (left + wide, top + tall), (left, top + tall)])
    waving = random.uniform(0, 0.8) * difficulty if random.random() < 0.3 else 0.0
    colours, cover = hang(texture, quad, random, size, size, waving, 0.0)
    if style >= 0.85 and random.random() < 0.7:  # rounded corners
        radius, box = int(size * random.uniform(0.02, 0.1)), np.round(quad[[0, 2]]).astype(int)
        mask = np.zeros((size, size), np.uint8)
        cv2.rectangle(mask, (box[0] + radius).tolist(), (box[1] - radius - 1).tolist(), 255, 2 * radius + 1)
        cv2.rectangle(mask, (box[0] + radius).tolist(), (box[1] - radius - 1).tolist(), 255, -1)
        cover = cover * (mask[..., None] > 0)
        colours = colours * (mask[..., None] > 0)
    page = np.empty((size, size, 3), np.float32)
    page[:] = [(0, 0, 0), (255, 255, 255), (114, 114, 114), (245, 245, 245), any_colour(random)][random.integers(5)]
    if style < 0.75 and random.random() < 0.2:  # bars filled with the blurred picture
        page[:] = cv2.blur(cv2.resize(texture[..., :3], (size, size)), (size // 4 | 1, size // 4 | 1))
    canvas = page * (1 - cover) + colours
    return np.minimum(canvas, 255).astype(np.uint8), [(cover[..., 0], cover[..., 0])]


def _photographed(
    flags: list[np.ndarray], random: Generator, frame: Frame, kind: str, difficulty: float, photos: list[np.ndarray] | None
) -> tuple[np.ndarray, list]:
    """Flags before a background, perhaps with clutter behind and occluders in front.

    Returns the canvas and per flag (whole, visible), each float32 [height, width] in 0 to 1.
    """
    height, width = frame.height, frame.width
    backdrop = background(random, height, width, photos)
    for _ in range(int(random.integers(0, 2 + round(2 * difficulty)))):
        add_distractor(backdrop, random)
    if random.random() < 0.3:  # out of focus
        backdrop = cv2.GaussianBlur(backdrop, (0, 0), float(random.uniform(0.6, 2.5)) * width / 128)
    canvas = backdrop.astype(np.float32)
    masks: list[tuple[np.ndarray, np.ndarray]] = []
    for flag, (centre, room) in zip(flags, places(len(flags), random, frame, kind, difficulty)):
        whole, colours = _one_flag(canvas, flag, random, frame, centre, room, difficulty)
        canvas *= 1 - whole
        canvas += colours
        masks = [(seen, visible * (1 - whole[..., 0])) for seen, visible in masks]
        masks.append((whole[..., 0], whole[..., 0]))
    for whole, _ in list(masks):
        if random.random() < 0.7 * difficulty:
            x, y, wide, tall = cv2.boundingRect((whole > 0.5).astype(np.uint8))
            area = random.uniform(0.02, 0.05 + 0.35 * difficulty)
            if wide:
                cover, paint = occluder(random, height, width, np.array([x, y, x + wide, y + tall], np.float64), area)
                share = (cover / np.float32(255)).astype(np.float32)
                canvas = canvas * (1 - share[..., None]) + paint * share[..., None]
                masks = [(seen, visible * (1 - share)) for seen, visible in masks]
    return np.clip(canvas, 0, 255).astype(np.uint8), masks


def _one_flag(
    canvas: np.ndarray, flag: np.ndarray, random: Generator, frame: Frame, centre: np.ndarray, room: np.ndarray, difficulty: float
) -> tuple[np.ndarray, np.ndarray]:
    """Cover [h, w, 1] and premultiplied colours [h, w, 3] of one flag; its shadow and pole are painted on `canvas`."""
    native = flag.shape[1] / flag.shape[0]
    aspect = native if random.random() < 0.4 else float(np.clip(native * np.exp(random.normal(0, 0.2)), 0.95, 2.3))
    wide = min(room[0], room[1] * aspect)
    angle = random.normal(0, 0.03 + 0.17 * difficulty)
    if random.random() < 0.08 * difficulty:
        angle = random.uniform(-1.2, 1.2)
    quad = frame.pixels(project(random, tuple(centre), (wide, wide / aspect), angle, random.random() * difficulty))
    pixels = float(np.ptp(quad[:, 0]))
    texture = redraw(flag, random, difficulty, pixels)
    flat = random.random() < 0.3
    waving = 0.0 if flat else random.uniform(0.1, 0.4 + 0.9 * difficulty)
    height, width = canvas.shape[:2]
    colours, cover = hang(texture, quad, random, height, width, waving, 0.0 if flat else random.uniform(0, 0.6) * (0.3 + difficulty))
    if random.random() < 0.3:  # shadow on what is behind
        shift = np.float32([[1, 0, random.uniform(-4, 4) * width / 128], [0, 1, random.uniform(0, 5) * width / 128]])
        shadow = cv2.blur(cv2.warpAffine(cover, shift, (width, height)), (5, 5))
        canvas *= 1 - float(random.uniform(0.2, 0.6)) * shadow[..., None]
    if not flat and random.random() < 0.35:  # pole along the hoist
        top, bottom = quad[0], quad[3]
        along = (bottom - top) / max(1.0, float(np.hypot(*(bottom - top))))
        shade = random.uniform(30, 230)
        ends = [top - along * 0.08 * pixels, bottom + along * random.uniform(0.1, 3) * pixels]
        thickness = max(1, int(pixels * random.uniform(0.015, 0.05)))
        cv2.line(canvas, ends[0].astype(int).tolist(), ends[1].astype(int).tolist(), (shade, shade, shade), thickness, cv2.LINE_AA)
    return cover, colours


if __name__ == "__main__":
    from preview import main

    main()
