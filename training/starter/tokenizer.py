"""The starter's tokenizer: byte-level BPE (https://arxiv.org/abs/1508.07909) with the marks of the prompt as single tokens."""

from collections.abc import Iterable
from pathlib import Path

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers

VOCABULARY = 2304
SPECIAL = ["<pad>", "</s>", "<image>"]
LABELS = [f"[{number}]" for number in range(10)]
"""[0] says that no evidence holds the answer."""
PERCENTAGES = [f"{number}%" for number in range(101)]
HEADINGS = ["Question:", "Answer:"]


def train_tokenizer(texts: Iterable[str], path: Path) -> Tokenizer:
    """Learns the merges and writes tokenizer.json; ids 0 to 2 are SPECIAL, the other marks follow."""
    tokenizer = Tokenizer(models.BPE())
    # Digits one by one, so that a number never shares a token with its neighbour.
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)])
    tokenizer.decoder = decoders.ByteLevel()
    marks = [*LABELS, *PERCENTAGES, *HEADINGS]
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY - len(marks), special_tokens=SPECIAL, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    tokenizer.add_tokens([AddedToken(mark, normalized=False) for mark in marks])
    tokenizer.save(str(path))
    return tokenizer
