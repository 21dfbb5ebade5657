"""Golden files for the runtime's tests: what PyTorch computes, end to end, on a few composed scenes."""

import argparse
import json
from pathlib import Path

import cv2
import numpy as np
import torch
from tokenizers import Tokenizer

import questions
from collate import collate
from decoder_data import Ask, Item, Pack
from encode_scenes import load_encoder
from encoded_scenes import KEEP_QUERY, KEEP_RETRIEVED
from export import cache_shapes, load_answerer
from flag_bank import load_bank
from flags import load_drawings
from graphs import DecoderGraph
from pictures import reference_picture
from photos import load_photos
from scenes import compose
from text_data import load_records, pad
from train_encoder import to_pixels

CASES = [("jp", "currency", "bare"), ("ke", "capital", "half"), ("br", "languages", "half"), ("se", "calling-code", "small")]


@torch.no_grad()
def greedy(model, pack: Pack, tokenizer: Tokenizer, most: int = 64) -> tuple[list[int], list[float]]:
    """Token ids and their log-probabilities up to and with the end."""
    batch = collate([pack], tokenizer)
    graph, config = DecoderGraph(model.decoder), model.decoder.config
    cache = [torch.zeros(1, heads, 0, size) for heads, size in cache_shapes(config)]
    # The prompt ends where the answer begins.
    length = int((batch.target[0] >= 0).nonzero()[0, 0]) + 1
    end = tokenizer.token_to_id("</s>")
    embeds = torch.cat([model.inputs(batch.items)[batch.items.filled], model.inputs(batch.asks)[0, :length]])[None]
    said: list[int] = []
    scores: list[float] = []
    while len(said) < most:
        logits, *cache = graph(embeds, torch.ones(1, cache[0].shape[2] + embeds.shape[1], dtype=torch.long), *cache)
        token = int(logits[0, 0].argmax())
        said.append(token)
        scores.append(float(logits[0, 0].log_softmax(-1)[token]))
        if token == end:
            break
        embeds = model.embed(torch.tensor([[token]]))
    return said, scores


def kept(scores: np.ndarray, count: int) -> list[int]:
    return sorted(np.argsort(-scores, kind="stable")[:count].tolist())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workspace", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="folder for golden.json and its pictures")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    encoder = load_encoder(arguments.workspace).float().to(memory_format=torch.contiguous_format)
    tokenizer = Tokenizer.from_file(str(arguments.workspace / "tokenizer.json"))
    model, _ = load_answerer(arguments.workspace)
    size = encoder.config.image_size
    bank = load_bank(arguments.workspace, 1, 0)
    records = {record["code"]: record for record in load_records(arguments.workspace / "facts.jsonl")}
    drawings = load_drawings(arguments.workspace / "flags" / "country-flag-icons")
    photos = load_photos(arguments.workspace / "photos" / "test")

    def see(picture: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        with torch.no_grad():
            embed, patches, _ = encoder.vision(to_pixels(torch.tensor(picture).permute(2, 0, 1)[None]))
        return embed[0].numpy(), patches[0].numpy()

    def read(text: str) -> np.ndarray:
        ids, mask = pad(tokenizer, [text])
        with torch.no_grad():
            return encoder.text(torch.tensor(ids), torch.tensor(mask))[0].numpy()

    references = [see(reference_picture(drawing, size)) for drawing in bank.drawings[: bank.real]]
    cases = []
    for number, (code, fact, kind) in enumerate(CASES):
        random = np.random.default_rng([42, number])
        picture = compose([drawings[code]], random, size=size, grid=size // 16, difficulty=0.3, backgrounds=photos, kind=kind).image
        name = f"scene-{code}.png"
        cv2.imwrite(str(arguments.out / name), cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
        embed, patches = see(picture)
        question = questions.ask(fact, "validation", random)
        relevance = patches @ read(question)
        query = kept(relevance, KEEP_QUERY)
        cosines = np.array([embed @ reference for reference, _ in references])
        items, shown = [], []
        for label, entity in enumerate(np.argsort(-cosines)[:5].tolist(), 1):
            record = records[bank.groups[entity][0]]
            theme = next(passage["theme"] for passage in records[code]["passages"] if any(each["fact"] == fact for each in passage["facts"]))
            passage = next((each for each in record["passages"] if each["theme"] == theme), record["passages"][0])
            retrieved = kept(references[entity][1] @ patches[query].mean(0), KEEP_RETRIEVED)
            items.append(Item(label, entity, float(cosines[entity]), record, passage, references[entity][1][retrieved]))
            shown.append({"code": record["code"], "title": record["title"], "text": passage["text"], "similarity": float(cosines[entity]), "kept": retrieved})
        said, scores = greedy(model, Pack(items, [Ask(question, patches[query], 0, None, "", fact, -1)]), tokenizer)
        cases.append({
            "picture": name, "question": question, "image_embeds": embed[:16].round(5).tolist(), "patch": patches[37 % len(patches)][:16].round(5).tolist(),
            "text_embeds": read(question)[:16].round(5).tolist(), "relevance": relevance.round(5).tolist(), "kept": query, "items": shown,
            "tokens": said, "answer": tokenizer.decode(said[:-1], skip_special_tokens=False), "log_probabilities": [round(score, 4) for score in scores],
        })
        print(question, "→", cases[-1]["answer"])
    (arguments.out / "golden.json").write_text(json.dumps({"cases": cases}, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
