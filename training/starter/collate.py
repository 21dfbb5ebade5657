"""Packs to tensors: the training-time counterpart of what the exported graph works out from the marks."""

from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from decoder import SAME, Layout
from decoder_data import Pack

EOS = "</s>"


@dataclass
class Batch:
    """B packs of T tokens; V visual tokens in all."""

    ids: Tensor
    """int64 [B, T]; 0 where padding or visual."""
    visual_at: Tensor
    """bool [B, T]."""
    visual: Tensor
    """[V, D], in the order of visual_at."""
    layout: Layout
    copyable: Tensor
    """bool [B, T]: words of items, and their labels."""
    target: Tensor
    """int64 [B, T]: the token that should come next, or −100."""
    copy_from: Tensor
    """int64 [B, T]: where that token stands in the evidence, or −1."""


def item_tokens(tokenizer: Tokenizer, label: int, similarity: float, title: str, text: str) -> tuple[list[int], list[int], list[tuple[int, int]]]:
    """Ids before and after the picture, and the characters of `title. text` each later id covers."""
    head = tokenizer.encode(f"[{label}] {round(100 * min(1.0, max(0.0, similarity)))}%", add_special_tokens=False).ids
    tail = tokenizer.encode(f" {title}. {text}\n", add_special_tokens=False)
    return head, tail.ids, [(start - 1, end - 1) for start, end in tail.offsets]


def collate(packs: list[Pack], tokenizer: Tokenizer) -> Batch:
    rows = [_row(pack, tokenizer) for pack in packs]
    length = max(len(row["ids"]) for row in rows)

    def padded(name: str, fill: int) -> np.ndarray:
        return np.stack([np.pad(row[name], (0, length - len(row[name])), constant_values=fill) for row in rows])

    ids, segment, visual = padded("ids", 0), padded("segment", -1), padded("visual", 0)
    order = np.arange(length)
    item_column, ask_row = (segment >= 0) & (segment < 100), segment >= 100
    same = segment[:, :, None] == segment[:, None, :]
    visible = same & (item_column[:, :, None] | (order[:, None] >= order[None, :])) | ask_row[:, :, None] & item_column[:, None, :]
    visible |= np.eye(length, dtype=bool)  # padding looks at itself, so that no row is empty
    most = max(len(pack.items) for pack in packs) or 1
    asking, confidence = np.zeros((len(rows), length, most), np.float32), np.zeros((len(rows), length, 2), np.float32)
    for index, row in enumerate(rows):
        for ask, match in row["match"].items():
            asks, best = segment[index] == ask, max(match, default=0.0)
            asking[index, asks, : len(match)] = np.array(match, np.float32) - best
            confidence[index, asks] = best, best - max((value for value in match if value < best - SAME), default=0.0)
    belonging = (segment[:, :, None] == np.arange(most)).astype(np.float32)
    layout = Layout(torch.tensor(padded("position", 0)), torch.tensor(visible), torch.tensor(asking), torch.tensor(belonging), torch.tensor(confidence))
    vectors = [vector for row in rows for vector in row["vectors"] if len(vector)]
    visual_tokens = np.concatenate(vectors) if vectors else np.zeros((0, 1), np.float32)
    return Batch(
        torch.tensor(ids), torch.tensor(visual.astype(bool)), torch.tensor(visual_tokens), layout,
        torch.tensor(padded("copyable", 0).astype(bool)), torch.tensor(padded("target", -100)), torch.tensor(padded("copy_from", -1)),
    )


def _row(pack: Pack, tokenizer: Tokenizer) -> dict:
    """Tokens of one pack. Items stand right-aligned before the questions, which all begin at the same position."""
    ids: list[int] = []
    columns: dict[str, list[int]] = {name: [] for name in ("segment", "visual", "copyable", "target", "copy_from")}
    vectors: list[np.ndarray] = []
    answers: dict[int, tuple[int, list[tuple[int, int]], int]] = {}

    def add(new: list[int], segment: int, visual: int = 0, copyable: int = 0) -> None:
        ids.extend(new)
        for name, value in (("segment", segment), ("visual", visual), ("copyable", copyable), ("target", -100), ("copy_from", -1)):
            columns[name].extend([value] * len(new))

    lengths = []
    for number, item in enumerate(pack.items):
        before = len(ids)
        head, tail, offsets = item_tokens(tokenizer, item.label, item.similarity, item.record["title"], item.passage["text"])
        add(head, number, copyable=1)
        add([0] * len(item.visual), number, visual=1)
        vectors.append(item.visual)
        answers[item.label] = (before, offsets, len(ids))
        add(tail, number, copyable=1)
        lengths.append(len(ids) - before)
    start = len(ids)
    position = [start - length + index for length in lengths for index in range(length)]
    label_none, end = tokenizer.token_to_id("[0]"), tokenizer.token_to_id(EOS)
    match = {}
    for number, ask in enumerate(pack.asks):
        segment, before = 100 + number, len(ids)
        question = tokenizer.encode(f" {ask.text}\nAnswer:", add_special_tokens=False).ids
        add([tokenizer.token_to_id("Question:")], segment)
        add([0] * len(ask.visual), segment, visual=1)
        vectors.append(ask.visual)
        add(question, segment)
        said, sources = [label_none], [-1]
        if ask.span is not None:
            label_at, offsets, tail_at = answers[ask.label]
            covered = [index for index, (low, high) in enumerate(offsets) if low < ask.span[1] and high > ask.span[0]]
            said = [ids[label_at], *(ids[tail_at + index] for index in covered)]
            sources = [label_at, *(tail_at + index for index in covered)]
        for token, source in zip(said, sources):
            columns["target"][-1], columns["copy_from"][-1] = token, source
            add([token], segment)
        columns["target"][-1] = end
        position.extend(range(start, start + len(ids) - before))
        match[segment] = [_match(ask.visual, item.visual) for item in pack.items]
    return {"ids": np.array(ids), "position": np.array(position), "vectors": vectors, "match": match, **{name: np.array(values) for name, values in columns.items()}}


def _match(asked: np.ndarray, retrieved: np.ndarray) -> float:
    """Mean over the query's visual tokens [Q, D] of their best cosine with an item's [N, D], at least 0; 0 without pictures."""
    return max(0.0, float((asked @ retrieved.T).max(1).mean())) if len(asked) and len(retrieved) else 0.0
