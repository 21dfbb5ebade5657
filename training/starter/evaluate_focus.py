"""Does retrieval gain from looking at what the question is about? The whole picture alone, against both together."""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from numpy.random import Generator

import questions
from encoded_scenes import FOCUS_PATCHES, EncodedScenes, focused, refine
from figures import cell
from text_data import subjects_of
from train_decoder import QuestionEmbedder

FACTS = [fact for fact in questions.FACT_KINDS if fact != "name"]


def ask_about(scenes: EncodedScenes, count: int, several: bool, random: Generator) -> list[tuple[int, int, str]]:
    """(scene, class, question) of real flags, alone or among several that words can tell apart."""
    asked = []
    for scene, (classes, boxes) in enumerate(zip(scenes.classes, scenes.boxes)):
        present = [int(entity) for entity in classes if entity >= 0]
        pointed = subjects_of(boxes[: len(present)])
        if max(present) >= scenes.real or (len(present) > 1) != several or (several and not pointed):
            continue
        words = list(pointed)[random.integers(len(pointed))] if several else None
        text = questions.ask(FACTS[random.integers(len(FACTS))], "validation", random, words)
        asked.append((scene, present[pointed[words]] if words else present[0], text))
    return asked[:count]


def rank_of(scenes: EncodedScenes, query: np.ndarray, entity: int) -> int:
    cosines = scenes.reference_embeds[: scenes.real].astype(np.float32) @ query
    return int((cosines > cosines[entity]).sum()) + 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workspace", type=Path, required=True)
    parser.add_argument("--count", type=int, default=600)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    torch.set_num_threads(2)
    scenes = EncodedScenes.load(arguments.workspace / "scenes-test.npz")
    embed = QuestionEmbedder(arguments.workspace)
    figures: dict[str, str] = {}
    for name, several in (("one flag", False), ("one of several flags", True)):
        asked = ask_about(scenes, arguments.count, several, np.random.default_rng(3))
        towards = embed([text for _, _, text in asked])
        ranks: dict[str, list[int]] = {"whole picture": [], "focused": []}
        for (scene, entity, _), direction in zip(asked, towards):
            whole, patches = scenes.embeds[scene].astype(np.float32), scenes.patches[scene].astype(np.float32)
            ranks["whole picture"].append(rank_of(scenes, whole, entity))
            ranks["focused"].append(rank_of(scenes, focused(whole, refine(patches, direction, FOCUS_PATCHES)), entity))
        for how, found in ranks.items():
            for depth in (1, 5):
                figures[f"{name}, {how}, R@{depth}"] = cell(sum(rank <= depth for rank in found), len(found))
                print(f"{name}, {how}, R@{depth}: {figures[f'{name}, {how}, R@{depth}']}")
    if arguments.out:
        arguments.out.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
