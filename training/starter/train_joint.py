"""Goes on from train_encoder.py with the text tower: questions point at patches, names at flags, questions at passages.

Losses: identity (as before) + relevance of each patch to the question + name to flag + question to passage.
"""

import argparse
import time
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.utils.data import IterableDataset, get_worker_info

import questions
from encoder import Encoder, EncoderConfig, cosface
from flag_bank import FlagBank, load_bank
from pictures import reference_picture
from photos import load_photos
from scene_data import SceneData
from text_data import invented_records, load_records, open_tokenizer, pad, subjects_of, title_in_question
from train_encoder import identity_losses, save, to_pixels

RECORDS, PASSAGES_EACH = 10, 3
MARGIN = 0.2
PROXY_LENGTH = 4.0
"""Proxies are normalised when used; their length only sets how fast they turn."""


class JointData(IterableDataset):
    """Batches of scenes with one question each, and of questions with their passages."""

    def __init__(self, workspace: Path, size: int, batch: int, seed: int, invented: int) -> None:
        self.workspace, self.size, self.batch, self.seed = workspace, size, batch, seed
        self.records = load_records(workspace / "facts.jsonl")
        self.tokenizer = open_tokenizer(workspace, self.records)
        self.invented = invented_records(3000, np.random.default_rng(11))
        self.bank = load_bank(workspace, invented, invented // 4)
        by_code = {record["code"]: record for record in self.records}
        self.names = [title_in_question(by_code[group[0]]) for group in self.bank.groups]

    def question(self, classes: np.ndarray, boxes: np.ndarray, random: np.random.Generator) -> tuple[str, list[int]]:
        """A question about a scene, and which of its flags it is about."""
        count = int((classes >= 0).sum())
        fact = questions.FACT_KINDS[random.integers(len(questions.FACT_KINDS))]
        pointed = subjects_of(boxes[:count])
        named = [index for index in range(count) if classes[index] < self.bank.real]
        if count >= 2 and named and random.random() < 0.15:
            chosen = int(random.choice(named))
            return questions.ask(fact, "train", random, self.names[classes[chosen]]), [chosen]
        if pointed and random.random() < 0.85:
            subject = list(pointed)[random.integers(len(pointed))]
            return questions.ask(fact, "train", random, subject), [pointed[subject]]
        if random.random() < 0.15:
            return questions.unanswerable("train", random), list(range(count))
        return questions.ask(fact, "train", random), list(range(count))

    def passages(self, random: np.random.Generator) -> tuple[list[str], list[str]]:
        """Expanded questions and the passages that answer them, row by row."""
        asked, answers = [], []
        for _ in range(RECORDS):
            pool = self.records if random.random() < 0.35 else self.invented
            record = pool[random.integers(len(pool))]
            themes = random.permutation(len(record["passages"]))[:PASSAGES_EACH]
            for theme in themes:
                passage = record["passages"][theme]
                fact = passage["facts"][random.integers(len(passage["facts"]))]["fact"]
                text = questions.ask(fact, "train", random, title_in_question(record) if random.random() < 0.15 else None)
                if random.random() < 0.85:
                    names = [record["title"]] + [pool[random.integers(len(pool))]["title"] for _ in range(int(random.integers(5)))]
                    text += " " + ", ".join(names[index] for index in random.permutation(len(names)))
                asked.append(text)
                answers.append(f"{record['title']}. {passage['text']}")
        return asked, answers

    def __iter__(self) -> Iterator[tuple]:
        cv2.setNumThreads(1)
        worker = get_worker_info()
        random = np.random.default_rng([self.seed, 99, worker.id if worker else 0])
        scenes = iter(SceneData(self.bank, self.size, load_photos(self.workspace / "photos" / "train"), self.seed))
        while True:
            images, classes, covers, boxes = (np.stack(parts) for parts in zip(*(next(scenes) for _ in range(self.batch))))
            asked, targets = [], np.zeros((self.batch, covers.shape[2]), np.float32)
            for index in range(self.batch):
                text, about = self.question(classes[index], boxes[index], random)
                asked.append(text)
                if about:
                    targets[index] = covers[index, about].max(0)
            expanded, passages = self.passages(random)
            # Apart by length: padding short questions to the longest passage would double the text tower's work.
            texts = [tuple(map(torch.tensor, pad(self.tokenizer, group))) for group in (asked, expanded, passages)]
            yield torch.tensor(images), torch.tensor(classes), torch.tensor(covers), torch.tensor(targets), texts


def relevance_loss(encoder: Encoder, patch_embeds: Tensor, asked: Tensor, targets: Tensor) -> Tensor:
    """Patches [B, P, D], questions [B, D], cover [B, P] in 0..1: is this patch what the question is about?"""
    cosines = torch.einsum("bpd,bd->bp", patch_embeds, asked)
    logits = encoder.relevance_scale * cosines + encoder.relevance_offset
    weight = torch.where(targets > 0.5, 2.0, 1.0)
    return F.binary_cross_entropy_with_logits(logits, targets, weight)


@torch.no_grad()
def embed_references(encoder: Encoder, bank: FlagBank, size: int) -> Tensor:
    """image_embeds [C, D] of every class's plain drawing."""
    encoder.eval()
    pictures = torch.tensor(np.stack([reference_picture(drawing, size) for drawing in bank.drawings])).permute(0, 3, 1, 2)
    embeds = torch.cat([encoder.vision(to_pixels(part))[0] for part in pictures.split(128)])
    encoder.train()
    return embeds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workspace", type=Path, required=True)
    parser.add_argument("--size", type=int, default=160, help="may grow from one call to the next: the tower takes any multiple of 16")
    parser.add_argument("--minutes", type=float, default=30, help="in all, earlier calls counted in")
    parser.add_argument("--until", type=float, help="stop after this many of them, to go on with another size")
    parser.add_argument("--batch", type=int, default=96)
    parser.add_argument("--rate", type=float, default=2.0e-3)
    parser.add_argument("--invented", type=int, default=2000)
    arguments = parser.parse_args()
    torch.set_num_threads(2)
    torch.manual_seed(1)
    checkpoint = arguments.workspace / "encoder-joint.pt"
    state = {"seconds": 0.0, "step": 0}
    resumed = checkpoint.exists()
    saved = torch.load(checkpoint if resumed else arguments.workspace / "encoder-vision.pt", weights_only=True)
    encoder = Encoder(EncoderConfig(image_size=arguments.size)).to(memory_format=torch.channels_last)
    content = saved["encoder"] if resumed else {name: value for name, value in saved["encoder"].items() if name.startswith("vision.")}
    encoder.load_state_dict(content, strict=resumed)
    data = JointData(arguments.workspace, arguments.size, arguments.batch, seed=1000 + saved["state"]["step"], invented=arguments.invented)
    # Each class goes on from the embedding of its plain drawing, which is also what retrieval compares with.
    proxies = nn.Parameter(saved["proxies"] if resumed else PROXY_LENGTH * embed_references(encoder, data.bank, arguments.size))
    optimizer = torch.optim.AdamW(
        [
            {"params": encoder.vision.parameters(), "peak": arguments.rate},
            {"params": [*encoder.text.parameters(), encoder.relevance_scale, encoder.relevance_offset], "peak": arguments.rate},
            {"params": [proxies], "peak": arguments.rate * 4, "weight_decay": 0.0},
        ],
        weight_decay=0.05, betas=(0.9, 0.98),
    )
    if resumed:
        optimizer.load_state_dict(saved["optimizer"])
        state = saved["state"]
    real = len(data.bank.groups)
    name_ids, name_mask = map(torch.tensor, pad(data.tokenizer, [name[1:] for name in data.names]))
    averages: dict[str, float] = {}
    last = saved_at = time.time()
    for images, classes, covers, targets, texts in torch.utils.data.DataLoader(data, batch_size=None, num_workers=1, prefetch_factor=6):
        progress = state["seconds"] / (arguments.minutes * 60)
        if state["seconds"] >= 60 * (arguments.until or arguments.minutes):
            break
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * min(1.0, (state["step"] + 1) / 150) * (0.02 + 0.98 * (1 - progress))
        whole, patch, right, patch_embeds = identity_losses(encoder, F.normalize(proxies, dim=-1), to_pixels(images), classes, covers, MARGIN)
        with torch.autocast("cpu", torch.bfloat16):
            asked, expanded, passages = (encoder.text(ids, mask).float() for ids, mask in texts)
            sample = torch.randperm(real)[:32]
            names = encoder.text(name_ids[sample], name_mask[sample])
        relevance = relevance_loss(encoder, patch_embeds, asked, targets)
        similarity = expanded @ passages.T * 20.0
        found = F.cross_entropy(similarity, torch.arange(len(passages)))
        named = cosface(names.float() @ F.normalize(proxies.detach()[:real], dim=-1).T, sample, margin=0.1).mean()
        (whole + 0.4 * patch + 3.0 * relevance + 0.5 * found + 0.05 * named).backward()
        nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        hit = (similarity.argmax(1) == torch.arange(len(passages))).float().mean()
        for name, value in {"whole": whole, "patch": patch, "right": right, "relevance": relevance, "found": found, "hit": hit, "named": named}.items():
            averages[name] = 0.98 * averages.get(name, value.item()) + 0.02 * value.item()
        now = time.time()
        state = {"seconds": state["seconds"] + min(now - last, 30), "step": state["step"] + 1}
        last = now
        if state["step"] % 50 == 0:
            print(f"joint {state['step']} minute {state['seconds'] / 60:.1f} " + " ".join(f"{k} {v:.3f}" for k, v in averages.items()), flush=True)
        if now - saved_at > 120:
            save(checkpoint, encoder, proxies, optimizer, state)
            saved_at = now
    save(checkpoint, encoder, proxies, optimizer, state)


if __name__ == "__main__":
    main()
