"""Which record belongs to which flag."""

from pathlib import Path

import numpy as np
from numpy.random import Generator

from text_data import invented_records, load_records


class Knowledge:
    """Which record belongs to which class: real ones are fixed, invented ones change, so that facts must be read."""

    def __init__(self, workspace: Path, groups: list[list[str]], seed: int, invented: int = 6000) -> None:
        by_code = {record["code"]: record for record in load_records(workspace / "facts.jsonl")}
        self.real = [by_code[group[0]] for group in groups]
        self.invented = invented_records(invented, np.random.default_rng(seed))

    def draw(self, entity: int, random: Generator, disguise: float) -> dict:
        """Record of a class; with probability `disguise` a real flag stands for an invented country."""
        if entity < len(self.real) and random.random() >= disguise:
            return self.real[entity]
        return self.invented[random.integers(len(self.invented))]
