"""Packs to tensors: the training-time counterpart of what the exported graph works out from the marks."""

from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from decoder import FAR, SAME, Layout, Place
from decoder_data import Ask, Item, Pack
from questions import FACT_KINDS

EOS = "</s>"
KINDS = {fact: number for number, fact in enumerate(FACT_KINDS)}


@dataclass
class Tokens:
    """R rows of at most L tokens."""

    ids: Tensor
    """int64 [R, L]; 0 where padding or visual."""
    visual_at: Tensor
    """bool [R, L]."""
    visual: Tensor
    """[V, D], in the order of visual_at."""
    filled: Tensor
    """bool [R, L]: false where padding."""
    layout: Layout


@dataclass
class Batch:
    """B packs of at most M items and Q tokens of questions."""

    items: Tokens
    """One row an item, of all packs."""
    place: Place
    known: Tensor
    """int64 [B, M * L]: the ids that may be copied."""
    asks: Tokens
    """One row a pack: its questions and their answers, one after the other."""
    target: Tensor
    """int64 [B, Q]: the token that should come next, or −100."""
    copy_from: Tensor
    """int64 [B, Q]: where that token stands in `known`, or −1."""
    stated: Tensor
    """float [N, L, K]: 1 where an item's token is part of what states a fact of that kind."""
    meant: Tensor
    """int64 [B, Q]: at the end of a question the kind of fact it is after (K: none of them), else −100."""


def item_tokens(tokenizer: Tokenizer, item: Item) -> tuple[list[int], list[int], list[tuple[int, int]]]:
    """Ids before and after the picture, and the characters of `title. text` each later id covers."""
    similarity = round(100 * min(1.0, max(0.0, item.similarity)))
    head = tokenizer.encode(f"[{item.label}] {similarity}%", add_special_tokens=False).ids
    tail = tokenizer.encode(f" {item.record['title']}. {item.passage['text']}\n", add_special_tokens=False)
    return head, tail.ids, [(start - 1, end - 1) for start, end in tail.offsets]


def collate(packs: list[Pack], tokenizer: Tokenizer) -> Batch:
    read = [[item_tokens(tokenizer, item) for item in pack.items] for pack in packs]
    items, place = _items(packs, read)
    rows = [_questions(pack, words, items.ids.shape[1], tokenizer) for pack, words in zip(packs, read)]
    asks = _asks(packs, rows, items, place)
    known = place.spread((items.ids * ~items.visual_at)[:, None, :, None])[:, 0, :, 0]
    target, copy_from = (torch.tensor(_padded([row[name] for row in rows], fill)) for name, fill in (("target", -100), ("copy_from", -1)))
    meant = torch.tensor(_padded([row["meant"] for row in rows], -100))
    return Batch(items, place, known, asks, target, copy_from, _stated(packs, read, items), meant)


def _items(packs: list[Pack], read: list[list]) -> tuple[Tokens, Place]:
    """Every item by itself. Items stand right-aligned before the questions, which begin at position 0."""
    pairs = [(item, words) for pack, known in zip(packs, read) for item, words in zip(pack.items, known)]
    rows = [[*head, *[0] * len(item.visual), *tail] for item, (head, tail, _) in pairs]
    visual = [[False] * len(head) + [True] * len(item.visual) + [False] * len(tail) for item, (head, tail, _) in pairs]
    ids, visual_at = _padded(rows, 0), _padded(visual, False)
    count, length = ids.shape
    lengths = np.array([len(row) for row in rows], np.int64)
    filled = np.arange(length) < lengths[:, None]
    hidden = np.where(filled, 0.0, FAR).astype(np.float32)[:, None].repeat(length, 1)
    layout = Layout(torch.tensor(np.arange(length) - lengths[:, None]), torch.tensor(hidden), torch.zeros(count, length, 0), torch.zeros(count, length, 0), torch.zeros(count, length, 2))
    most = max(1, *(len(pack.items) for pack in packs))
    index = torch.tensor([number * most + nth for number, pack in enumerate(packs) for nth in range(len(pack.items))], dtype=torch.long)
    place = Place(index, most, torch.zeros(len(packs), most * length, dtype=torch.bool))
    place.copyable = place.spread(torch.tensor(filled & ~visual_at)[:, None, :, None])[:, 0, :, 0]
    return Tokens(torch.tensor(ids), torch.tensor(visual_at), _stack([item.visual for item, _ in pairs]), torch.tensor(filled), layout), place


def _questions(pack: Pack, read: list, length: int, tokenizer: Tokenizer) -> dict[str, list]:
    """The tokens of a pack's questions with their right answers; `length` is that of an item's row."""
    row: dict[str, list] = {name: [] for name in ("ids", "segment", "position", "visual", "target", "copy_from", "meant")}
    none, end, mark = (tokenizer.token_to_id(token) for token in ("[0]", EOS, "Question:"))
    for number, ask in enumerate(pack.asks):
        question = tokenizer.encode(f" {ask.text}\nAnswer:", add_special_tokens=False).ids
        said, sources = _answer(ask, pack, read, length, none)
        before = 1 + len(ask.visual) + len(question) - 1
        row["ids"] += [mark, *[0] * len(ask.visual), *question, *said]
        row["visual"] += [False, *[True] * len(ask.visual), *[False] * (len(question) + len(said))]
        row["target"] += [*[-100] * before, *said, end]
        row["copy_from"] += [*[-1] * before, *sources, -1]
        row["meant"] += [*[-100] * before, KINDS.get(ask.fact, len(KINDS)), *[-100] * len(said)]
        row["segment"] += [number] * (before + 1 + len(said))
        row["position"] += range(before + 1 + len(said))
    return row


def _answer(ask: Ask, pack: Pack, read: list, length: int, none: int) -> tuple[list[int], list[int]]:
    """What should be said, and where each token stands among the items' tokens."""
    if ask.span is None:
        return [none], [-1]
    number = next(index for index, item in enumerate(pack.items) if item.label == ask.label)
    head, tail, offsets = read[number]
    start, tail_at = number * length, number * length + len(head) + len(pack.items[number].visual)
    covered = [index for index, (low, high) in enumerate(offsets) if low < ask.span[1] and high > ask.span[0]]
    return [head[0], *(tail[index] for index in covered)], [start, *(tail_at + index for index in covered)]


def _asks(packs: list[Pack], rows: list[dict[str, list]], items: Tokens, place: Place) -> Tokens:
    ids, segment, visual = (_padded([row[name] for row in rows], fill) for name, fill in (("ids", 0), ("segment", -1), ("visual", False)))
    (count, length), most, item_length = ids.shape, place.most, items.ids.shape[1]
    order = np.arange(length)
    own = (segment[:, :, None] == segment[:, None, :]) & (order[:, None] >= order[None, :])
    filled = place.spread(items.filled[:, None, :, None])[:, 0, :, 0].numpy()
    visible = np.concatenate([filled[:, None].repeat(length, 1), own], 2)
    asking, confidence = np.zeros((count, length, most), np.float32), np.zeros((count, length, 2), np.float32)
    for row, pack in enumerate(packs):
        for number, ask in enumerate(pack.asks):
            match, asks = [_match(ask.visual, item.visual) for item in pack.items], segment[row] == number
            best = max(match, default=0.0)
            asking[row, asks, : len(match)] = np.array(match, np.float32) - best
            confidence[row, asks] = best, best - max((value for value in match if value < best - SAME), default=0.0)
    belonging = np.zeros((most * item_length + length, most), np.float32)
    belonging[np.arange(most * item_length), np.arange(most).repeat(item_length)] = 1
    position = torch.tensor(_padded([row["position"] for row in rows], 0))
    hidden = torch.tensor(np.where(visible, 0.0, FAR).astype(np.float32))
    layout = Layout(position, hidden, torch.tensor(asking), torch.tensor(belonging).expand(count, -1, -1), torch.tensor(confidence))
    return Tokens(torch.tensor(ids), torch.tensor(visual), _stack([ask.visual for pack in packs for ask in pack.asks]), torch.tensor(segment >= 0), layout)


def _stated(packs: list[Pack], read: list[list], items: Tokens) -> Tensor:
    stated = np.zeros((*items.ids.shape, len(KINDS)), np.float32)
    pairs = [(item, words) for pack, known in zip(packs, read) for item, words in zip(pack.items, known)]
    for row, (item, (head, _, offsets)) in enumerate(pairs):
        text_at, tail_at = len(item.record["title"]) + 2, len(head) + len(item.visual)
        for fact in item.passage["facts"]:
            start = text_at + fact["start"]
            for index, (low, high) in enumerate(offsets):
                if fact["fact"] in KINDS and low < start + len(fact["value"]) and high > start:
                    stated[row, tail_at + index, KINDS[fact["fact"]]] = 1
    return torch.tensor(stated)


def _padded(rows: list[list], fill: int) -> np.ndarray:
    """[R, L], L at least one."""
    length = max([1, *map(len, rows)])
    return np.array([[*row, *[fill] * (length - len(row))] for row in rows], type(fill) if isinstance(fill, bool) else np.int64).reshape(len(rows), length)


def _stack(visual: list[np.ndarray]) -> Tensor:
    """[V, D]."""
    shown = [vectors for vectors in visual if len(vectors)]
    return torch.tensor(np.concatenate(shown) if shown else np.zeros((0, 1), np.float32))


def _match(asked: np.ndarray, retrieved: np.ndarray) -> float:
    """Mean over the query's visual tokens [Q, D] of their best cosine with an item's [N, D], at least 0; 0 without pictures."""
    return max(0.0, float((asked @ retrieved.T).max(1).mean())) if len(asked) and len(retrieved) else 0.0
