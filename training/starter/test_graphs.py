"""The exported decoder must compute what was trained: packed prompts in one pass, against the graph's prefill and steps."""

import unittest
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
from tokenizers import Tokenizer

from collate import collate
from decoder import DecoderConfig, visual_features
from decoder_data import Ask, Item, Pack
from export import cache_shapes
from graphs import DecoderGraph
from invented_facts import invented_record
from tokenizer import train_tokenizer
from train_decoder import Answerer


def unit_vectors(random: np.random.Generator, count: int, size: int) -> np.ndarray:
    vectors = random.standard_normal((count, size)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def example_pack(random: np.random.Generator, items: int, asks: int, size: int) -> Pack:
    made = []
    for label in range(1, items + 1):
        record = invented_record(random, f"Land {label}")
        made.append(Item(label, label, float(random.uniform(0.2, 1)), record, record["passages"][label], unit_vectors(random, 8, size)))
    fact = made[1].passage["facts"][0]
    start = len(made[1].record["title"]) + 2 + fact["start"]
    questions = [Ask(f"what about number {index}?", unit_vectors(random, 5, size), 2, (start, start + len(fact["value"])), fact["value"], fact["fact"], 2) for index in range(asks)]
    return Pack(made, questions)


class GraphEqualsTraining(unittest.TestCase):
    def setUp(self) -> None:
        torch.manual_seed(0)
        random = np.random.default_rng(0)
        texts = [passage["text"] for _ in range(50) for passage in invented_record(random, "Landia")["passages"]]
        with TemporaryDirectory() as folder:
            self.tokenizer: Tokenizer = train_tokenizer(texts, Path(folder) / "tokenizer.json")
        self.config = DecoderConfig(vocab_size=self.tokenizer.get_vocab_size(), num_hidden_layers=2)
        self.model = Answerer(self.config, self.tokenizer).eval()
        self.random = random

    def assert_graph_computes(self, pack: Pack) -> None:
        """Log-probabilities of every answer token, asked alone through the graph, are those of the packed pass."""
        batch = collate([pack], self.tokenizer)
        read = self.model.read(batch)
        packed = self.model.decoder.distribution(read.hidden, read.copying.softmax(-1), batch.known)[0]
        for number, ask in enumerate(pack.asks):
            alone = collate([Pack(pack.items, [ask])], self.tokenizer)
            items = self.model.inputs(alone.items)[alone.items.filled]
            answer = (alone.target[0] >= 0).nonzero()[:, 0] + len(items)
            embeds = torch.cat([items, self.model.inputs(alone.asks)[0]])[None]
            graph = DecoderGraph(self.model.decoder)
            cache = [torch.zeros(1, heads, 0, size) for heads, size in cache_shapes(self.config)]
            done, stepped = 0, []
            for position in answer.tolist():
                logits, *cache = graph(embeds[:, done : position + 1], torch.ones(1, position + 1, dtype=torch.long), *cache)
                done = position + 1
                stepped.append(logits[0, 0])
            rows = (batch.target[0] >= 0).nonzero()[:, 0][number * len(answer) : (number + 1) * len(answer)]
            self.assertLess((torch.stack(stepped) - packed[rows]).abs().max().item(), 1e-3)

    @torch.no_grad()
    def test_prefill_and_steps_give_the_log_probabilities_of_the_packed_pass(self) -> None:
        self.assert_graph_computes(example_pack(self.random, 3, 2, self.config.joint_dim))

    @torch.no_grad()
    def test_also_where_an_entity_stands_there_twice(self) -> None:
        pack = example_pack(self.random, 3, 2, self.config.joint_dim)
        twice = replace(pack.items[0], label=4, passage=pack.items[1].passage)
        self.assert_graph_computes(Pack([*pack.items, twice], pack.asks))

    @torch.no_grad()
    def test_also_without_pictures(self) -> None:
        pack = example_pack(self.random, 3, 2, self.config.joint_dim)
        none = np.zeros((0, 0), np.float32)
        self.assert_graph_computes(Pack([replace(item, visual=none) for item in pack.items], [replace(ask, visual=none) for ask in pack.asks]))

    @torch.no_grad()
    def test_a_label_knows_what_its_passage_says(self) -> None:
        pack = example_pack(self.random, 2, 1, self.config.joint_dim)
        other = replace(pack.items[0], passage=invented_record(self.random, "Elsewhere")["passages"][0])
        hidden = [
            self.model.decoder.through(self.model.inputs(batch.items), batch.items.layout)[0][0, 0]
            for batch in (collate([Pack([item, pack.items[1]], pack.asks)], self.tokenizer) for item in (pack.items[0], other))
        ]
        self.assertGreater((hidden[0] - hidden[1]).abs().max().item(), 1e-3)

    @torch.no_grad()
    def test_order_of_items_does_not_change_how_they_are_read(self) -> None:
        pack = example_pack(self.random, 3, 1, self.config.joint_dim)
        turned = Pack(pack.items[::-1], pack.asks)
        one, two = (collate([each], self.tokenizer) for each in (pack, turned))
        first, second = (self.model.read(batch).hidden[0, -1] for batch in (one, two))
        self.assertLess((first - second).abs().max().item(), 1e-4)

    def test_visual_features_carry_the_embedding_and_the_mark(self) -> None:
        patches = torch.rand(2, 4, self.config.joint_dim)
        features = visual_features(patches, self.config.hidden_size)
        self.assertTrue(torch.equal(features[..., : self.config.joint_dim], patches))
        self.assertEqual(features[..., -4:].sum().item(), 8)


if __name__ == "__main__":
    unittest.main()
