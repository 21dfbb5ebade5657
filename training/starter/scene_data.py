"""Endless training scenes: pictures with the class and the visible cover of each flag in them."""

from collections.abc import Iterator

import cv2
import numpy as np
import torch
from torch.utils.data import IterableDataset, get_worker_info

from flag_bank import FlagBank
from scenes import compose

MOST_FLAGS = 3


class SceneData(IterableDataset):
    """Yields (image uint8 [3, S, S], classes int64 [3] or -1, cover float32 [3, P], boxes float32 [3, 4])."""

    def __init__(self, bank: FlagBank, size: int, photos: list[np.ndarray], seed: int, real_share: float = 0.6) -> None:
        self.bank, self.size, self.photos, self.seed, self.real_share = bank, size, photos, seed, real_share

    def choose(self, random: np.random.Generator) -> list[int]:
        bank = self.bank
        count = random.choice([0, 1, 2, 3], p=[0.02, 0.76, 0.17, 0.05])
        if count >= 2 and random.random() < 0.25:
            return list(bank.near[random.integers(len(bank.near))])
        return [
            int(random.integers(bank.real) if random.random() < self.real_share else random.integers(bank.real, len(bank.drawings)))
            for _ in range(count)
        ]

    def __iter__(self) -> Iterator[tuple]:
        cv2.setNumThreads(1)
        worker = get_worker_info()
        random = np.random.default_rng([self.seed, worker.id if worker else 0])
        patches = (self.size // 16) ** 2
        while True:
            chosen = self.choose(random)
            scene = compose(
                [self.bank.drawings[index] for index in chosen], random, size=self.size, grid=self.size // 16,
                difficulty=float(random.beta(1.3, 1.3)), backgrounds=self.photos,
            )
            classes = np.full(MOST_FLAGS, -1, np.int64)
            cover = np.zeros((MOST_FLAGS, patches), np.float32)
            boxes = np.zeros((MOST_FLAGS, 4), np.float32)
            classes[: len(chosen)] = chosen
            if chosen:
                cover[: len(chosen)] = scene.coverage.reshape(len(chosen), -1)
                boxes[: len(chosen)] = scene.boxes
            yield np.ascontiguousarray(scene.image.transpose(2, 0, 1)), classes, cover, boxes


def batches(data: SceneData, batch: int, workers: int) -> Iterator[list[torch.Tensor]]:
    loader = torch.utils.data.DataLoader(data, batch_size=batch, num_workers=workers, prefetch_factor=4 if workers else None)
    return iter(loader)
