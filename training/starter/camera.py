"""What a camera, a screen and a network do to a picture, on uint8 [height, width, 3] RGB."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.random import Generator

from backgrounds import grain


def develop(image: np.ndarray, random: Generator, difficulty: float) -> np.ndarray:
    """Light, blur, screen lines, noise, resampling and JPEG; all stronger with `difficulty` (0 to 1)."""
    height, width = image.shape[:2]
    unit = width / 128
    image = _tone(image, random, difficulty)
    if random.random() < 0.25 * difficulty:  # uneven light
        (a, b), ends = random.normal(0, 0.35 * difficulty, 2), np.linspace(-0.5, 0.5, width, dtype=np.float32)
        light = 1 + a * ends[None, :] + b * np.linspace(-0.5, 0.5, height, dtype=np.float32)[:, None]
        image = np.clip(image * light[..., None], 0, 255).astype(np.uint8)
    choice = random.random()
    if choice < 0.1 + 0.35 * difficulty:
        image = cv2.GaussianBlur(image, (0, 0), float(random.uniform(0.25, 0.4 + 1.1 * difficulty)) * unit)
    elif choice < 0.1 + 0.5 * difficulty:
        image = _motion(image, random, int(unit * random.uniform(2, 3 + 6 * difficulty)))
    if random.random() < 0.05 * (1 + difficulty):  # photographed off a screen
        image = _screen(image, random, difficulty)
    if random.random() < 0.35 * difficulty:  # a small copy, enlarged
        small = random.uniform(1.0 - 0.55 * difficulty, 1.0)
        little = cv2.resize(image, (max(16, int(width * small)), max(16, int(height * small))), interpolation=cv2.INTER_AREA)
        image = cv2.resize(little, (width, height), interpolation=int(random.choice([cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_NEAREST], p=[0.5, 0.4, 0.1])))
    if random.random() < 0.25 + 0.5 * difficulty:
        strength = random.uniform(1, 3 + 13 * difficulty)
        image = cv2.add(image, grain(random, height, width) * strength, dtype=cv2.CV_8U)
    if random.random() < 0.3 + 0.5 * difficulty:
        quality = int(random.uniform(95 - 70 * difficulty, 96))
        image = cv2.imdecode(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_COLOR)
    return image


def _tone(image: np.ndarray, random: Generator, difficulty: float) -> np.ndarray:
    """Exposure, white balance, contrast and gamma through one table per channel."""
    strength = 0.3 + 0.7 * difficulty
    levels = np.arange(256, dtype=np.float32)[:, None] / 255
    gain = np.exp(random.normal(0, 0.16) * strength + random.normal(0, 0.07, 3) * strength)
    contrast = np.exp(random.normal(-0.05, 0.16) * strength)
    lift = abs(random.normal(0, 0.05)) * strength  # haze
    gamma = np.exp(random.normal(0, 0.16) * strength)
    table = ((levels**gamma * gain - 0.5) * contrast + 0.5) * (1 - lift) + lift
    table = np.clip(table * 255, 0, 255).astype(np.uint8)
    image = cv2.LUT(image, table[:, None, :])
    if random.random() < 0.3 * difficulty:  # dull colours
        grey = cv2.cvtColor(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
        share = float(random.uniform(0, 0.5) * difficulty)
        image = cv2.addWeighted(image, 1 - share, grey, share, 0)
    return image


def _motion(image: np.ndarray, random: Generator, length: int) -> np.ndarray:
    length = max(3, length | 1)
    kernel = np.zeros((length, length), np.float32)
    angle, middle = random.uniform(0, np.pi), length // 2
    step = np.array([np.cos(angle), np.sin(angle)]) * middle
    start, end = np.round(middle - step).astype(int).tolist(), np.round(middle + step).astype(int).tolist()
    cv2.line(kernel, start, end, 1.0, 1)
    return cv2.filter2D(image, -1, kernel / kernel.sum())


def _screen(image: np.ndarray, random: Generator, difficulty: float) -> np.ndarray:
    """Moiré: one or two families of faint lines."""
    height, width = image.shape[:2]
    pattern = np.zeros((height, width), np.float32)
    for _ in range(int(random.integers(1, 3))):
        frequency, angle = random.uniform(0.2, 1.6), random.uniform(0, np.pi)
        x, y = np.arange(width, dtype=np.float32)[None, :], np.arange(height, dtype=np.float32)[:, None]
        pattern += np.sin(frequency * (np.cos(angle) * x + np.sin(angle) * y)).astype(np.float32)
    light = 1 + pattern * random.uniform(0.02, 0.05 + 0.08 * difficulty)
    return np.clip(image * light[..., None], 0, 255).astype(np.uint8)
