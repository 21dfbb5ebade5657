"""Trains the decoder on RORA prompts over the frozen encoder's tokens, with noise in retrieval.

Loss: the next token of the answer, where it is copied from, which fact each passage states where, and which the question is after. Resumes from its checkpoint; runs over --minutes.
"""

import argparse
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.utils.data import IterableDataset, get_worker_info

from collate import KINDS, Batch, Tokens, collate
from decoder import Decoder, DecoderConfig, EmbedTokens, Read, visual_features
from decoder_data import Packer
from encode_scenes import load_encoder
from encoded_scenes import EncodedScenes
from flag_bank import load_bank
from knowledge import Knowledge
from noise import Noise
from text_data import pad
from tokenizer import LABELS


NAMED = 0.2
"""Share of packs without pictures, whose questions name their country."""

TOKENS = {"refined": 0.92, "all": 0.02, "random": 0.03, "pooled": 0.03}
"""Which visual tokens the prompts of a batch have: those the runtime sends, and a few of the others, so that the ablation is fair."""


class QuestionEmbedder:
    """The text tower's vectors of questions, as computed on the data worker: list of N texts -> [N, D]."""

    def __init__(self, workspace: Path) -> None:
        self.tower = load_encoder(workspace).text
        self.tokenizer = Tokenizer.from_file(str(workspace / "tokenizer.json"))

    @torch.no_grad()
    def __call__(self, texts: list[str]) -> np.ndarray:
        parts = [pad(self.tokenizer, texts[start : start + 64]) for start in range(0, len(texts), 64)]
        return np.concatenate([self.tower(torch.tensor(ids), torch.tensor(mask)).numpy() for ids, mask in parts])


class PromptData(IterableDataset):
    """Batches of packs; those of a batch are about equally long, as padding would be a quarter of the work."""

    def __init__(self, workspace: Path, noise: Noise, batch: int, seed: int) -> None:
        self.workspace, self.noise, self.batch, self.seed = workspace, noise, batch, seed

    def __iter__(self) -> Iterator[Batch]:
        torch.set_num_threads(1)
        worker = get_worker_info()
        random = np.random.default_rng([self.seed, worker.id if worker else 0])
        scenes = EncodedScenes.load(self.workspace / "scenes-train.npz")
        knowledge = Knowledge(self.workspace, load_bank(self.workspace, 1, 0).groups, seed=21)
        packer = Packer(scenes, knowledge, self.noise, QuestionEmbedder(self.workspace))
        tokenizer = Tokenizer.from_file(str(self.workspace / "tokenizer.json"))
        while True:
            how = str(random.choice(list(TOKENS), p=list(TOKENS.values())))
            asks = 2 if how == "all" else 8
            packs = [
                packer.named(random, asks) if random.random() < NAMED else packer.pack(int(random.integers(len(scenes.embeds))), random, asks)
                for _ in range(self.batch * 4)
            ]
            packs = sorted(packer.look(packs, how, random), key=lambda pack: sum(len(item.passage["text"]) for item in pack.items))
            for index in random.permutation(4):
                yield collate(packs[index * self.batch : (index + 1) * self.batch], tokenizer)


class Answerer(nn.Module):
    """Embedding table and decoder together."""

    def __init__(self, config: DecoderConfig, tokenizer: Tokenizer) -> None:
        super().__init__()
        self.embed = EmbedTokens(config, [tokenizer.token_to_id(label) for label in LABELS[1:]], tokenizer.token_to_id("Question:"))
        self.decoder = Decoder(config)
        # Only training uses these: half way up, a passage's words know which fact they state, and a question which it is after.
        self.stated = nn.Linear(config.hidden_size, len(KINDS))
        self.meant = nn.Linear(config.hidden_size, len(KINDS) + 1)
        self.none = tokenizer.token_to_id("[0]")

    def inputs(self, tokens: Tokens) -> Tensor:
        embeds = self.embed(tokens.ids)
        return embeds.masked_scatter(tokens.visual_at[..., None], visual_features(tokens.visual, embeds.shape[-1]).to(embeds.dtype))

    def read(self, batch: Batch) -> Read:
        items, asks = batch.items, batch.asks
        return self.decoder(self.inputs(items), items.layout, batch.place, self.inputs(asks), asks.layout)

    def losses(self, batch: Batch) -> dict[str, Tensor]:
        with torch.autocast("cpu", torch.bfloat16):
            read = self.read(batch)
        wanted = batch.target >= 0
        rows = wanted.nonzero()[:, 0]
        hidden, copying, target, source = read.hidden[wanted].float(), read.copying[wanted].float(), batch.target[wanted], batch.copy_from[wanted]
        gate = torch.sigmoid(self.decoder.gate(hidden))
        attention = copying.softmax(-1)
        spoken = self.decoder.vocabulary(hidden).softmax(-1).gather(1, target[:, None])[:, 0] * (1 - gate[:, 0])
        copied = (attention * (batch.known[rows] == target[:, None])).sum(1) * gate[:, 0]
        token = -torch.log(spoken + copied + 1e-8)
        pointed = source >= 0
        pointer = -torch.log(attention.gather(1, source.clamp(min=0)[:, None])[:, 0] + 1e-8)
        first = torch.zeros_like(wanted)
        first[:, 1:] = wanted[:, 1:] & ~wanted[:, :-1]
        is_first = first[wanted]
        right = copying.argmax(1) == source
        silent = self.decoder.vocabulary(hidden).softmax(-1)[:, self.none] * (1 - gate[:, 0]) > 0.5
        sourced = is_first & pointed
        asked = batch.meant >= 0
        meant = self.meant(read.meant[asked].float())
        filled = batch.items.filled
        return {
            "stated": F.binary_cross_entropy_with_logits(self.stated(read.understood[filled].float()), batch.stated[filled]),
            "meant": F.cross_entropy(meant, batch.meant[asked]), "meant_right": (meant.argmax(1) == batch.meant[asked]).float().mean(),
            "token": token.mean(), "pointer": pointer[pointed].mean(), "source": pointer[sourced].mean(),
            "source_right": right[sourced].float().mean(), "copy_right": right[pointed & ~is_first].float().mean(),
            "abstains_right": silent[is_first & ~pointed].float().mean(), "abstains_wrong": silent[sourced].float().mean(),
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workspace", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=40)
    parser.add_argument("--batch", type=int, default=16, help="packs of items with eight questions each")
    parser.add_argument("--rate", type=float, default=1.2e-3)
    parser.add_argument("--no-noise", action="store_true", help="the ablation: only the right item and passage")
    arguments = parser.parse_args()
    torch.set_num_threads(2)
    torch.manual_seed(2)
    noise = Noise.none() if arguments.no_noise else Noise()
    checkpoint = arguments.workspace / ("decoder-clean.pt" if arguments.no_noise else "decoder.pt")
    model = Answerer(DecoderConfig(), Tokenizer.from_file(str(arguments.workspace / "tokenizer.json")))
    optimizer = torch.optim.AdamW(model.parameters(), weight_decay=0.02, betas=(0.9, 0.98), lr=arguments.rate)
    state = {"seconds": 0.0, "step": 0}
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        state = saved["state"]
    averages: dict[str, float] = {}
    last = saved_at = time.time()
    data = PromptData(arguments.workspace, noise, arguments.batch, seed=state["step"])

    def save() -> None:
        content = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "state": state, "config": model.decoder.config.to_dict(), "noise": asdict(noise)}
        torch.save(content, checkpoint.with_suffix(".tmp"))
        checkpoint.with_suffix(".tmp").rename(checkpoint)

    for batch in torch.utils.data.DataLoader(data, batch_size=None, num_workers=1, prefetch_factor=8):
        progress = state["seconds"] / (arguments.minutes * 60)
        if progress >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = arguments.rate * min(1.0, (state["step"] + 1) / 200) * (0.02 + 0.98 * (1 - progress))
        losses = model.losses(batch)
        (losses["token"] + 0.5 * losses["pointer"] + 0.5 * losses["source"] + 5 * losses["stated"] + 0.3 * losses["meant"]).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        for name, value in losses.items():
            averages[name] = 0.98 * averages.get(name, value.item()) + 0.02 * value.item()
        now = time.time()
        state = {"seconds": state["seconds"] + min(now - last, 30), "step": state["step"] + 1}
        last = now
        if state["step"] % 50 == 0:
            print(f"decoder {state['step']} minute {state['seconds'] / 60:.1f} " + " ".join(f"{k} {v:.3f}" for k, v in averages.items()), flush=True)
        if now - saved_at > 120:
            save()
            saved_at = now
    save()


if __name__ == "__main__":
    main()
