"""RORA prompts for the decoder, packed: one query picture, its retrieved items, and several questions about them.

Each question sees the items and itself only, exactly as when it is asked alone.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.random import Generator

import questions
from encoded_scenes import KEEP_QUERY, KEEP_RETRIEVED, EncodedScenes, look_at, reduce_tokens, retrieve
from knowledge import Knowledge
from noise import Noise, redraw
from text_data import subjects_of, title_in_question


@dataclass
class Item:
    label: int
    entity: int
    """Class of the flag."""
    similarity: float
    record: dict
    passage: dict
    visual: np.ndarray = field(repr=False)
    """[N, D]"""


@dataclass
class Ask:
    text: str
    visual: np.ndarray = field(repr=False)
    """[Q, D]"""
    label: int
    """0: no item holds the answer."""
    span: tuple[int, int] | None
    """Characters of the answer in `record title. passage text` of the item."""
    value: str
    fact: str
    target: int
    """Class the question is about."""


@dataclass
class Pack:
    items: list[Item]
    asks: list[Ask]
    scene: int | None = None
    """The picture asked about; None where the country is named instead."""


class Packer:
    """Makes packs from scenes; `split` names the phrasing set, `embed` gives the text tower's vectors of questions [N, D]."""

    def __init__(self, scenes: EncodedScenes, knowledge: Knowledge, noise: Noise, embed, split: str = "train", disguise: float = 0.4) -> None:
        self.scenes, self.knowledge, self.noise, self.embed, self.split, self.disguise = scenes, knowledge, noise, embed, split, disguise

    def pool_for(self, present: list[int], random: Generator) -> np.ndarray:
        """The knowledge base of a picture: all real flags, or as many invented ones, or both; those in the picture among them."""
        real = self.scenes.real
        pool = np.arange(real) if min(present) < real else np.arange(0)
        if max(present) >= real:
            pool = np.append(pool, real + random.permutation(len(self.scenes.reference_embeds) - real)[:real])
        return np.unique(np.append(pool, present))

    def similarity(self, query: np.ndarray, entity: int) -> float:
        return float(self.scenes.reference_embeds[entity].astype(np.float32) @ query)

    def subject(self, scene: int, present: list[int], random: Generator) -> tuple[int, str | None]:
        """Which of a scene's flags is asked about, and what points at it; None where one cannot be told from another."""
        pointed = subjects_of(self.scenes.boxes[scene][: len(present)])
        if not pointed:
            return 0, None
        words = list(pointed)[random.integers(len(pointed))]
        return pointed[words], words

    def items(self, scene: int, present: list[int], flag: int, theme: str, random: Generator) -> list[Item]:
        """What retrieval finds for a question about one of the flags, disturbed."""
        noise, scenes = self.noise, self.scenes
        query = look_at(scenes, scene, flag, random)
        entities, cosines = retrieve(scenes, query, self.pool_for(present, random), 8)
        chosen = list(zip(entities.tolist(), cosines.tolist()))
        for entity in present:
            if entity not in entities[:4] and random.random() < noise.found_anyway:
                chosen.insert(int(random.integers(4)), (entity, self.similarity(query, entity)))
        if noise.fewer_items < 0:  # clean training
            chosen = [(entity, self.similarity(query, entity)) for entity in present]
        if random.random() < noise.gold_missing:
            chosen = [(entity, cosine) for entity, cosine in chosen if entity not in present]
        count = 5 if random.random() >= noise.fewer_items else int(random.integers(1, 5))
        chosen = chosen[:count]
        for index, (entity, cosine) in enumerate(chosen):
            if entity not in present and random.random() < noise.random_wrong:
                pool = np.arange(scenes.real) if entity < scenes.real else np.arange(scenes.real, len(scenes.reference_embeds))
                other = int(random.choice(pool))
                if other not in present and other not in [known for known, _ in chosen]:
                    chosen[index] = (other, self.similarity(query, other))
        repeated = -1
        if chosen and random.random() < noise.second_passage:
            chosen = [*chosen[:4], chosen[0]]
            repeated = len(chosen) - 1
        order = random.permutation(len(chosen)) if random.random() < noise.shuffled else range(len(chosen))
        records = {entity: self.knowledge.draw(entity, random, self.disguise) for entity, _ in chosen}
        made = []
        for label, place in enumerate(order, 1):
            entity, cosine = chosen[place]
            record = records[entity]
            passage = self._passage(record, draw_theme(random) if place == repeated else theme, random)
            made.append(Item(label, entity, cosine, record, passage, scenes.reference_patches[entity].astype(np.float32)))
        return made

    def ask(self, target: int, subject: str | None, items: list[Item], theme: str | None, random: Generator) -> Ask:
        """One question about a class, still without its visual tokens; theme None asks what no passage answers."""
        item = next((item for item in items if item.entity == target and item.passage["theme"] == theme), None)
        if theme is None:
            return Ask(questions.unanswerable(self.split, random), NOTHING, 0, None, "", "none", target)
        facts = item.passage["facts"] if item else FACTS_OF_THEME[theme]
        fact = facts[random.integers(len(facts))]
        text = questions.ask(fact["fact"], self.split, random, subject)
        if item is None:
            return Ask(text, NOTHING, 0, None, "", fact["fact"], target)
        start = len(item.record["title"]) + 2 + fact["start"]
        return Ask(text, NOTHING, item.label, (start, start + len(fact["value"])), fact["value"], fact["fact"], target)

    def look(self, packs: list[Pack], how: str = "refined", random: Generator | None = None) -> list[Pack]:
        """Gives every question about a picture its visual tokens, and the items theirs by the first question's; in place."""
        seeing = [pack for pack in packs if pack.scene is not None]
        texts = [ask.text for pack in seeing for ask in pack.asks]
        towards = iter(self.embed(texts) if texts else [])
        for pack in seeing:
            patches = self.scenes.patches[pack.scene].astype(np.float32)
            likeness = 1.0
            if random is not None and random.random() < self.noise.other_drawing:
                patches, likeness = redraw(patches, random)
            for ask in pack.asks:
                ask.visual = reduce_tokens(patches, next(towards), KEEP_QUERY, how, random)
            mean = pack.asks[0].visual.mean(0)
            for item in pack.items:
                item.visual = reduce_tokens(item.visual, mean, KEEP_RETRIEVED, how, random)
                item.similarity *= likeness
        return packs

    def pack(self, scene: int, random: Generator, asks: int = 8) -> Pack:
        """Items and questions of a scene, before `look`."""
        present = [int(entity) for entity in self.scenes.classes[scene] if entity >= 0]
        theme = draw_theme(random)
        flag, pointer = self.subject(scene, present, random)
        items = self.items(scene, present, flag, theme, random)
        # Retrieval looked at one flag; now and then the question is about another after all.
        about = [(flag, pointer) if random.random() < 0.85 else self.subject(scene, present, random) for _ in range(asks)]
        return Pack(items, [self.ask(present[which], words, items, _theme(theme, number, random), random) for number, (which, words) in enumerate(about)], scene)

    def named(self, random: Generator, asks: int = 8) -> Pack:
        """Items and questions without pictures, as when people ask by name.

        Passages of the country named are 100 % alike; what the question found elsewhere, mostly on the same theme, 0 %.
        """
        pool = self.knowledge.real if random.random() < 0.35 else self.knowledge.invented
        drawn = [pool[index] for index in random.permutation(len(pool))[: 2 + random.integers(3)]]
        records = list({record["title"]: record for record in drawn}.values())
        theme = draw_theme(random)
        # A question may name two countries; sometimes it names one of which nothing is known.
        mentioned = 2 if random.random() < 0.15 else 1
        known = range(1 if random.random() < 0.5 * self.noise.gold_missing else 0, len(records))
        pairs = [(entity, self._passage(records[entity], theme, random)) for entity in known]
        if 0 in known and random.random() < 0.6:
            other = self._passage(records[0], draw_theme(random), random)
            if other is not pairs[0][1]:
                pairs.append((0, other))
        order = random.permutation(len(pairs)) if random.random() < self.noise.shuffled else range(len(pairs))
        items = [
            Item(label, pairs[place][0], float(pairs[place][0] < mentioned), records[pairs[place][0]], pairs[place][1], NOTHING)
            for label, place in enumerate(order, 1)
        ]
        made = []
        for number in range(asks):
            about = int(random.integers(min(mentioned, len(records))))
            # In a conversation the country may have been named before.
            unnamed = mentioned == 1 and 0 in known and random.random() < 0.25
            made.append(self.ask(about, None if unnamed else title_in_question(records[about]), items, _theme(theme, number, random), random))
        return Pack(items, made)

    def _passage(self, record: dict, theme: str, random: Generator) -> dict:
        """A record's passage on a theme; now and then, and where there is none, another."""
        passages = {passage["theme"]: passage for passage in record["passages"]}
        swap = random.random() < self.noise.wrong_passage or theme not in passages
        return passages[list(passages)[random.integers(len(passages))]] if swap else passages[theme]


NOTHING = np.zeros((0, 0), np.float32)
"""Visual tokens where there is no picture."""


def _theme(theme: str, number: int, random: Generator) -> str | None:
    """Of the questions on one theme, the first may be about another, and the next two about nothing that is known."""
    if number == 0 and random.random() < 0.4:
        return draw_theme(random)
    return None if number in (1, 2) and random.random() < 0.35 else theme


def _themes() -> tuple[list[str], dict[str, list[dict]]]:
    from themes import THEMES as definitions

    facts = {theme["id"]: [{"fact": fact["id"], "value": "", "start": 0} for fact in theme["facts"] if fact["id"] in questions.FACT_KINDS] for theme in definitions}
    return [theme for theme, kinds in facts.items() if kinds], facts


THEMES, FACTS_OF_THEME = _themes()


def draw_theme(random: Generator) -> str:
    """As often as it has facts: a passage that states three is three times as much to learn."""
    counts = np.array([len(FACTS_OF_THEME[theme]) for theme in THEMES], float)
    return THEMES[random.choice(len(THEMES), p=counts / counts.sum())]
