"""The ablations: answers on scenes, phrasings and invented countries that no training ever saw.

An answer counts when label and words are exactly right. Greedy decoding gives exactly the right words if and only if the
right token is the likeliest at every step given the right words before it, so one pass over the right answer decides.
"""

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from collate import collate
from decoder_data import THEMES, Item, Pack, Packer
from encoded_scenes import EncodedScenes, look_at, retrieve
from export import load_answerer
from figures import cell
from flag_bank import load_bank
from knowledge import Knowledge
from noise import Noise
from train_decoder import Answerer, QuestionEmbedder

CLEAN = Noise(gold_missing=0, random_wrong=0, wrong_passage=0, shuffled=0, found_anyway=0, fewer_items=0, second_passage=0, other_drawing=0)


@dataclass
class Tally:
    asked: int = 0
    right: int = 0
    answerable: int = 0
    abstained_wrongly: int = 0
    unanswerable: int = 0
    abstained_rightly: int = 0


@torch.no_grad()
def judge(model: Answerer, packs: list[Pack], tokenizer: Tokenizer) -> Tally:
    tally = Tally()
    none = tokenizer.token_to_id("[0]")
    for start in range(0, len(packs), 16):
        part = packs[start : start + 16]
        batch = collate(part, tokenizer)
        with torch.autocast("cpu", torch.bfloat16):
            read = model.read(batch)
        for row, pack in enumerate(part):
            wanted = (batch.target[row] >= 0).nonzero()[:, 0]
            attention = read.copying[row, wanted].float().softmax(-1)[None]
            said = model.decoder.distribution(read.hidden[row, wanted].float()[None], attention, batch.known[row][None])[0].argmax(-1)
            answerable = pack.asks[0].label > 0
            exact, silent = bool((said == batch.target[row, wanted]).all()), int(said[0]) == none
            tally.asked += 1
            tally.right += exact and answerable
            if answerable:
                tally.answerable += 1
                tally.abstained_wrongly += silent
            else:
                tally.unanswerable += 1
                tally.abstained_rightly += silent
    return tally


class Evaluation:
    """One question a scene, drawn from a fixed seed, so that every row of the table asks the same questions."""

    def __init__(self, workspace: Path, split: str, count: int) -> None:
        groups = load_bank(workspace, 1, 0).groups
        self.scenes = EncodedScenes.load(workspace / "scenes-test.npz")
        self.tokenizer = Tokenizer.from_file(str(workspace / "tokenizer.json"))
        self.packer = Packer(self.scenes, Knowledge(workspace, groups, seed=909, invented=2000), CLEAN, QuestionEmbedder(workspace), split, disguise=0.0)
        self.count = count
        first = self.scenes.classes[:, 0]
        several = (self.scenes.classes >= 0).sum(1) > 1
        self.kinds = {"real": np.flatnonzero((first < self.scenes.real) & ~several), "invented": np.flatnonzero((first >= self.scenes.real) & ~several), "several": np.flatnonzero(several)}

    def packs(self, kind: str, noise: Noise = CLEAN, how: str = "refined", wrong: int | None = None, change: Callable[[Pack], Pack] | None = None) -> list[Pack]:
        """`wrong`: the right item and this many nearest wrong ones; None: the first five as retrieved."""
        made = []
        for number, scene in enumerate(self.kinds[kind][: self.count]):
            random = np.random.default_rng([5, number])
            self.packer.noise = noise
            present = [int(entity) for entity in self.scenes.classes[scene] if entity >= 0]
            theme = THEMES[random.integers(len(THEMES))]
            flag, pointer = self.packer.subject(scene, present, random)
            items = self.packer.items(scene, present, flag, theme, random)
            if wrong is not None:
                items = self.with_wrong(scene, present, theme, wrong, random)
            made.append(Pack(items, [self.packer.ask(present[flag], pointer, items, theme, np.random.default_rng([6, number]))], int(scene)))
        made = self.packer.look(made, how, np.random.default_rng(7))
        return [change(pack) for pack in made] if change else made

    def with_wrong(self, scene: int, present: list[int], theme: str, wrong: int, random: np.random.Generator) -> list[Item]:
        query = look_at(self.scenes, scene, 0, random)
        entities, cosines = retrieve(self.scenes, query, self.packer.pool_for(present, random), 12)
        order = [(entity, cosine) for entity, cosine in zip(entities.tolist(), cosines.tolist()) if entity not in present][:wrong]
        own = self.packer.similarity(query, present[0])
        made = []
        for entity, cosine in sorted([(present[0], own), *order], key=lambda pair: -pair[1]):
            record = self.packer.knowledge.draw(entity, random, 0.0)
            passage = next((passage for passage in record["passages"] if passage["theme"] == theme), record["passages"][0])
            made.append(Item(len(made) + 1, entity, cosine, record, passage, self.scenes.reference_patches[entity].astype(np.float32)))
        return made


def without_pictures(pack: Pack) -> Pack:
    return Pack([replace(item, visual=item.visual[:0]) for item in pack.items], pack.asks)


def closed_book(pack: Pack) -> Pack:
    return Pack([], [replace(ask, label=0, span=None) for ask in pack.asks])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workspace", type=Path, required=True)
    parser.add_argument("--split", default="validation", choices=["validation", "test"], help="phrasings; test is looked at once, at the end")
    parser.add_argument("--count", type=int, default=600)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    torch.set_num_threads(2)
    evaluation = Evaluation(arguments.workspace, arguments.split, arguments.count)
    models = {"with noise": load_answerer(arguments.workspace)[0]}
    if (arguments.workspace / "decoder-clean.pt").exists():
        models["without noise"] = load_answerer(arguments.workspace, "decoder-clean.pt")[0]
    rows: dict[str, str] = {}

    def add(name: str, kind: str, model: Answerer, measure: Callable[[Tally], str], **options) -> None:
        packs = evaluation.packs(kind, **options)
        rows[name] = measure(judge(model, packs, evaluation.tokenizer))
        print(f"{name}: {rows[name]}", flush=True)

    exact = lambda tally: cell(tally.right, tally.asked)  # noqa: E731
    given = lambda tally: cell(tally.right, tally.answerable)  # noqa: E731
    for name, model in models.items():
        for kind in ("real", "invented"):
            for wrong in range(5):
                add(f"{name}, {kind}, right item and {wrong} nearest wrong ones: exact", kind, model, given, wrong=wrong)
    model = models["with noise"]
    for kind in ("real", "invented", "several"):
        add(f"{kind}, five items as retrieved: exact", kind, model, exact)
        add(f"{kind}, five items as retrieved, right one among them: exact", kind, model, given)
        add(f"{kind}, five items, right one among them: abstains wrongly", kind, model, lambda tally: cell(tally.abstained_wrongly, tally.answerable))
        add(f"{kind}, right entity taken out, look-alikes stay: abstains", kind, model, lambda tally: cell(tally.abstained_rightly, tally.unanswerable), noise=replace(CLEAN, gold_missing=1.0))
        for how in ("refined", "all", "random", "pooled"):
            add(f"{kind}, {how} tokens: exact", kind, model, given, how=how)
        add(f"{kind}, without pictures of the items: exact", kind, model, given, change=without_pictures)
    add("real, only the first item: exact", "real", model, exact, change=lambda pack: Pack(pack.items[:1], [ask if ask.label == 1 else replace(ask, label=0, span=None) for ask in pack.asks]))
    add("invented, only the first item: exact", "invented", model, exact, change=lambda pack: Pack(pack.items[:1], [ask if ask.label == 1 else replace(ask, label=0, span=None) for ask in pack.asks]))
    add("real, closed book: abstains", "real", model, lambda tally: cell(tally.abstained_rightly, tally.unanswerable), change=closed_book)
    if arguments.out:
        arguments.out.write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
