"""Questions and passages for the text tower and the decoder."""

import json
from pathlib import Path

import numpy as np
from numpy.random import Generator
from tokenizers import Tokenizer

import questions
from invented_facts import invented_record
from invented_names import invented_name
from tokenizer import train_tokenizer

LONGEST = 96


def load_records(path: Path) -> list[dict]:
    """Real entities as `export_facts.ts` wrote them; at most one passage a theme."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def invented_records(count: int, random: Generator) -> list[dict]:
    return [invented_record(random, invented_name(random)) for _ in range(count)]


def open_tokenizer(workspace: Path, records: list[dict]) -> Tokenizer:
    """The tokenizer of the workspace; learned on first use from passages and questions of the training set."""
    path = workspace / "tokenizer.json"
    if not path.exists():
        random = np.random.default_rng(3)
        known = records + invented_records(3000, random)
        texts = [f"{record['title']}. {passage['text']}" for record in known for passage in record["passages"]]
        texts += [questions.ask(questions.FACT_KINDS[index % len(questions.FACT_KINDS)], "train", random) for index in range(30000)]
        train_tokenizer(texts, path)
    return Tokenizer.from_file(str(path))


def title_in_question(record: dict) -> str:
    return "=" + record.get("nameInSentence", record["title"])


def subjects_of(boxes: np.ndarray) -> dict[str, int]:
    """Which positional subject names which box without doubt; boxes [n, 4] as x0, y0, x1, y1 in 0..1.

    Left and right need centres a quarter of the width apart, big and small an area ratio of two.
    """
    if len(boxes) < 2:
        return {}
    x, y = boxes[:, [0, 2]].mean(1), boxes[:, [1, 3]].mean(1)
    area = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    found: dict[str, int] = {}
    for low, high, values, clear in (("left", "right", x, 0.22), ("upper", "lower", y, 0.22), ("small", "big", np.log(area + 1e-6), 0.7)):
        order = np.argsort(values)
        if values[order[1]] - values[order[0]] > clear:
            found[low] = int(order[0])
        if values[order[-1]] - values[order[-2]] > clear:
            found[high] = int(order[-1])
    return found


def pad(tokenizer: Tokenizer, texts: list[str], longest: int = LONGEST) -> tuple[np.ndarray, np.ndarray]:
    """input_ids and attention_mask, both int64 [B, T]."""
    rows = [encoding.ids[:longest] or [1] for encoding in tokenizer.encode_batch(texts, add_special_tokens=False)]
    length = max(map(len, rows))
    ids = np.zeros((len(rows), length), np.int64)
    for index, row in enumerate(rows):
        ids[index, : len(row)] = row
    return ids, (np.arange(length) < np.array([len(row) for row in rows])[:, None]).astype(np.int64)
